//! Conditionals: partial candidates that are right on some rows, joined by tests that tell the rows apart.

use rustc_hash::FxHashSet;

use crate::goal::Mask;
use crate::reading::Reading;

/// A candidate and the rows that it gets right.
#[derive(Clone)]
pub struct Cover {
    pub mask: Mask,
    /// The rows on which it is undefined.
    pub undefined: Mask,
    pub cost: usize,
    pub leaf: Leaf,
}

/// What a cover is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Leaf {
    /// A candidate. It may be undefined where errors of this number are wanted.
    Term(u32, Option<u8>),
    /// A candidate and a last step on the integer that it gives.
    Read(u32, Reading),
    /// An error.
    Error(u8),
}

/// A test and the rows on which it holds.
#[derive(Clone)]
pub struct Test {
    pub mask: Mask,
    pub cost: usize,
    pub term: u32,
    /// What makes a test of an integer.
    pub reading: Reading,
}

/// A tree of tests with covers as leaves; numbers count in the lists that were given.
#[derive(Clone)]
pub enum Tree {
    Leaf(usize),
    Node(usize, Box<Tree>, Box<Tree>),
    /// The first, or where it is undefined the second.
    Or(usize, usize),
}

/// A search for the cheapest tree over covers and tests, both sorted by cost.
pub struct Forest<'a> {
    pub covers: &'a [Cover],
    pub tests: &'a [Test],
    /// Work done, in tests looked at; the search ends at the limit.
    pub work: u64,
    pub limit: u64,
}

type Scored = Option<(usize, Tree)>;

impl Forest<'_> {
    /// The cheapest tree with up to so many leaves that is found: all trees of two leaves are tried, of more only lists of tests.
    pub fn list(&mut self, rows: Mask, leaves: usize) -> Scored {
        if let Some(c) = self.covering(rows) {
            return Some((self.covers[c].cost, Tree::Leaf(c)));
        }
        if leaves < 2 || self.work > self.limit {
            return None;
        }
        let mut best: Scored = None;
        let mut partial: Vec<(u32, usize, bool, usize)> = vec![];
        for (i, test) in self.tests.iter().enumerate() {
            if self.work > self.limit {
                break;
            }
            let (yes, no) = (rows & test.mask, rows & !test.mask);
            if yes == 0 || no == 0 {
                continue;
            }
            if best.as_ref().is_some_and(|(cost, _)| test.cost + 2 >= *cost) {
                break;
            }
            for (side, other, positive) in [(yes, no, true), (no, yes, false)] {
                let Some(c) = self.covering(side) else { continue };
                if let Some(d) = self.covering(other) {
                    let cost = test.cost + 1 + self.covers[c].cost + self.covers[d].cost;
                    if best.as_ref().is_none_or(|(known, _)| cost < *known) {
                        let (then, otherwise) = if positive { (c, d) } else { (d, c) };
                        best = Some((cost, Tree::Node(i, Box::new(Tree::Leaf(then)), Box::new(Tree::Leaf(otherwise)))));
                    }
                    break;
                }
                if leaves > 2 {
                    partial.push((side.count_ones(), i, positive, c));
                }
            }
        }
        if best.is_some() || leaves == 2 {
            return best;
        }
        partial.sort_by_key(|(n, i, ..)| (std::cmp::Reverse(*n), self.tests[*i].cost));
        let mut seen = FxHashSet::default();
        let most = if leaves == 3 { 25 } else { 6 };
        for (_, i, positive, c) in partial {
            let rest = if positive { rows & !self.tests[i].mask } else { rows & self.tests[i].mask };
            if !seen.insert(rest) {
                continue;
            }
            if seen.len() > most {
                break;
            }
            let own = self.tests[i].cost + 1 + self.covers[c].cost;
            if best.as_ref().is_some_and(|(cost, _)| own >= *cost) {
                continue;
            }
            if let Some((cost, tree)) = self.list(rest, leaves - 1) {
                let cost = cost + own;
                if best.as_ref().is_none_or(|(known, _)| cost < *known) {
                    let (leaf, rest) = (Box::new(Tree::Leaf(c)), Box::new(tree));
                    best = Some((cost, if positive { Tree::Node(i, leaf, rest) } else { Tree::Node(i, rest, leaf) }));
                }
            }
        }
        best
    }

    /// A pair of covers of which the second is right wherever the first is undefined.
    pub fn fallback(&mut self, rows: Mask) -> Scored {
        let mut best: Scored = None;
        for (i, first) in self.covers.iter().enumerate() {
            self.work += 1;
            if !matches!(first.leaf, Leaf::Term(_, None) | Leaf::Read(..))
                || first.mask & rows == 0
                || rows & !(first.mask | first.undefined) != 0
            {
                continue;
            }
            if let Some(second) = self.covering(rows & !first.mask) {
                let cost = first.cost + self.covers[second].cost + 1;
                if best.as_ref().is_none_or(|(known, _)| cost < *known) {
                    best = Some((cost, Tree::Or(i, second)));
                }
            }
        }
        best
    }

    /// A tree grown by the test that tells most.
    pub fn grow(&mut self, rows: Mask, depth: usize) -> Scored {
        if let Some(found) = self.list(rows, 2) {
            return Some(found);
        }
        if depth == 0 || self.work > self.limit {
            return None;
        }
        let mut masks: Vec<Mask> = self.covers.iter().map(|c| c.mask & rows).filter(|m| *m != 0).collect();
        masks.sort_by_key(|m| (std::cmp::Reverse(m.count_ones()), *m));
        masks.dedup();
        masks.truncate(40);
        let mut best: Option<(f64, usize)> = None;
        for (i, test) in self.tests.iter().enumerate().take(1500) {
            let (yes, no) = (rows & test.mask, rows & !test.mask);
            if yes == 0 || no == 0 {
                continue;
            }
            self.work += 80;
            if self.work > self.limit {
                break;
            }
            let weigh = |side: Mask| f64::from(side.count_ones()) * disorder(side, &masks);
            let score = (weigh(yes) + weigh(no)) / f64::from(rows.count_ones()) + 0.01 * test.cost as f64;
            if best.is_none_or(|(known, _)| score < known) {
                best = Some((score, i));
            }
        }
        let (_, i) = best?;
        let mask = self.tests[i].mask;
        let (left_cost, left) = self.grow(rows & mask, depth - 1)?;
        let (right_cost, right) = self.grow(rows & !mask, depth - 1)?;
        Some((left_cost + right_cost + self.tests[i].cost + 1, Tree::Node(i, Box::new(left), Box::new(right))))
    }

    /// The cheapest cover of all these rows.
    fn covering(&mut self, rows: Mask) -> Option<usize> {
        let found = self.covers.iter().position(|c| rows & !c.mask == 0);
        self.work += found.unwrap_or(self.covers.len()) as u64 / 16 + 1;
        found
    }
}

/// The entropy of rows over covers, each row counted for the largest cover that has it.
fn disorder(rows: Mask, covers: &[Mask]) -> f64 {
    let mut rest = rows;
    let n = f64::from(rows.count_ones());
    let mut sum = 0.0;
    while rest != 0 {
        let Some(most) = covers.iter().max_by_key(|m| (*m & rest).count_ones()) else { return 7.0 };
        let share = f64::from((most & rest).count_ones()) / n;
        if share == 0.0 {
            return sum + f64::from(rest.count_ones()) / n * 7.0;
        }
        sum -= share * share.log2();
        rest &= !most;
    }
    sum
}

/// Drops covers that a cheaper and larger one replaces; sorts by cost.
pub fn prune(covers: &[Cover]) -> Vec<Cover> {
    let mut sorted: Vec<&Cover> = covers.iter().collect();
    sorted.sort_by_key(|c| (std::cmp::Reverse(c.mask.count_ones()), c.cost));
    let mut kept: Vec<Cover> = vec![];
    for cover in sorted {
        if !kept.iter().any(|k| cover.mask & !k.mask == 0 && k.cost <= cover.cost) {
            kept.push(cover.clone());
            if kept.len() >= 500 {
                break;
            }
        }
    }
    kept.sort_by_key(|c| c.cost);
    kept
}
