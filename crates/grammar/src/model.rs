//! Counts made into probabilities.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use mimus_core::Kind;
use rustc_hash::FxHashMap;

use crate::automaton::{Automaton, NONE, STATEMENT};
use crate::counts::{Counts, class_of, contest};
use crate::fold::Folds;
use crate::lexicon::{Layout, Lexicon};
use crate::rank;
use crate::sym::{Alphabet, Sym};

/// Everything the reader needs. All weights are logarithms of probabilities.
#[derive(Debug)]
pub(crate) struct Model {
    pub lexicon: Lexicon,
    pub alphabet: Alphabet,
    pub folds: Folds,
    pub counts: Counts,
    pub automaton: Automaton,
    /// The class of each form, and the form's weight in it.
    pub class: Vec<u32>,
    pub form_weight: Vec<f64>,
    pub classes: Vec<String>,
    class_kind: Vec<Kind>,
    /// Weight of each class in each slot.
    pub weight: Vec<Vec<f64>>,
    /// Weight of each class wherever its kind may stand.
    anywhere: Vec<f64>,
    /// Was the class ever seen there?
    pub seen: Vec<Vec<bool>>,
    /// Forms that can be finished from each state.
    reach: Vec<Vec<u32>>,
    bounds: Vec<OnceLock<Box<[f32]>>>,
    /// Slots whose piece may be the last of its template.
    pub right_open: Vec<bool>,
    contests: FxHashMap<(u32, u32), f64>,
    ranks: rank::Ranks,
    /// For words of templates: weight as a leaf and as a part of a template.
    pub word_weight: FxHashMap<Sym, (f64, f64)>,
    pub separators: Vec<Sym>,
    pub adjacent: Vec<bool>,
    pub empty_blocks: bool,
    /// From the end of one comparison to the next operator: by state, the edges, and the weight of going on.
    pub chains: FxHashMap<u32, Vec<(Sym, u32)>>,
    pub chain_weight: f64,
}

/// The weight of what can't be.
pub(crate) const NEVER: f64 = -40.0;

impl Model {
    pub fn new(lexicon: Lexicon, alphabet: Alphabet, folds: Folds, counts: Counts, automaton: Automaton) -> Self {
        let mut names: BTreeMap<String, Kind> = BTreeMap::new();
        let of_form: Vec<String> = automaton.forms.iter().map(|shape| class_of(shape, &alphabet)).collect();
        for (name, shape) in of_form.iter().zip(&automaton.forms) {
            names.insert(name.clone(), shape.0);
        }
        let classes: Vec<String> = names.keys().cloned().collect();
        let class_kind: Vec<Kind> = names.values().copied().collect();
        let index: FxHashMap<&str, u32> = classes.iter().enumerate().map(|(i, name)| (name.as_str(), i as u32)).collect();
        let class: Vec<u32> = of_form.iter().map(|name| index[name.as_str()]).collect();
        let mut totals = vec![0.0; classes.len()];
        for (form, shape) in automaton.forms.iter().enumerate() {
            totals[class[form] as usize] += counts.forms[shape] + 0.2;
        }
        let form_weight: Vec<f64> = automaton
            .forms
            .iter()
            .enumerate()
            .map(|(form, shape)| ((counts.forms[shape] + 0.2) / totals[class[form] as usize]).ln())
            .collect();
        let mut table = vec![vec![0f64; classes.len()]; automaton.slots.len()];
        for (slot, seen) in &counts.slots {
            let Some(slot) = automaton.named(slot) else { continue };
            for (name, n) in seen {
                if let Some(&c) = index.get(name.as_str()) {
                    table[slot as usize][c as usize] = *n;
                }
            }
        }
        let seen: Vec<Vec<bool>> = table.iter().map(|row| row.iter().map(|&n| n > 0.0).collect()).collect();
        let mut sums = [1.0; 5];
        let total: Vec<f64> = (0..classes.len()).map(|c| table.iter().map(|row| row[c]).sum::<f64>() + 0.1).collect();
        class_kind.iter().zip(&total).for_each(|(&kind, n)| sums[kind as usize] += n);
        let anywhere = class_kind.iter().zip(&total).map(|(&kind, n)| (n / sums[kind as usize]).ln()).collect();
        let mut weight = smooth(&table, &automaton, &class_kind);
        for ((slot, name), nudge) in &counts.nudges {
            if let (Some(slot), Some(&c)) = (automaton.named(slot), index.get(name.as_str())) {
                weight[slot as usize][c as usize] += nudge;
            }
        }
        let right_open = right_open(&automaton);
        let mut contests = FxHashMap::default();
        let mut evidence = Vec::new();
        for ((open, operator), &(ended, went_in)) in &counts.contests {
            if let (Some(open), Some(operator)) = (automaton.named(open), automaton.named(operator)) {
                evidence.push(rank::Evidence { open, operator, ended, went_in });
            }
        }
        let ranks = rank::Ranks::fit(automaton.slots.len(), &evidence, &ties(&automaton));
        for e in &evidence {
            contests.insert((e.open, e.operator), ranks.with_evidence(e));
        }
        let word_weight = counts
            .words
            .iter()
            .map(|(word, &(leaf, own))| {
                let (leaf, own) = (leaf as f64, own as f64);
                let sum = leaf + own + 0.02;
                // Where it is mostly a part of templates, standing alone has a form of its own.
                let alone = if leaf <= own { 0.0 } else { leaf };
                let own = if leaf <= own { sum } else { own };
                (alphabet.token(word), (((alone + 0.02 / (1.0 + own)) / sum).ln(), ((own + 0.001) / sum).ln().min(0.0)))
            })
            .collect();
        let reach = reach(&automaton);
        let mut adjacent = vec![false; alphabet.len()];
        for sym in &counts.adjacent {
            adjacent[sym.0 as usize] = true;
        }
        let separators = counts.separators.keys().copied().collect();
        let bounds = (0..automaton.slots.len()).map(|_| OnceLock::new()).collect();
        let mut model = Self {
            empty_blocks: counts.empty_blocks > 0,
            lexicon,
            alphabet,
            folds,
            counts,
            class,
            form_weight,
            classes,
            class_kind,
            weight,
            anywhere,
            seen,
            reach,
            bounds,
            right_open,
            contests,
            ranks,
            word_weight,
            separators,
            adjacent,
            chains: FxHashMap::default(),
            chain_weight: 0.0,
            automaton,
        };
        model.chain();
        model
    }

    /// Lets operators that were seen in one chain follow each other in any order.
    fn chain(&mut self) {
        let expr = Sym::hole(Kind::Expr);
        let (mut chained, mut plain) = (1.0, 1.0);
        let mut ends = Vec::new();
        let mut edges: Vec<(Sym, u32)> = Vec::new();
        let Some(&(_, after)) =
            self.automaton.states[self.automaton.roots[Kind::Expr as usize] as usize].holes.iter().find(|h| h.0 == Kind::Expr)
        else {
            return;
        };
        for (sep, n) in &self.counts.chains {
            let mut at = after;
            for &sym in sep {
                let Some(&(_, to)) = self.automaton.states[at as usize].edges.iter().find(|e| e.0 == sym) else {
                    at = NONE;
                    break;
                };
                if at == after {
                    edges.push((sym, to));
                }
                at = to;
            }
            let end =
                self.automaton.states.get(at as usize).and_then(|s| s.holes.iter().find(|h| h.0 == Kind::Expr)).map(|h| h.1);
            let Some(end) = end.filter(|&end| self.automaton.states[end as usize].form != NONE) else { continue };
            ends.push(end);
            chained += *n as f64;
            let form = self.automaton.states[end as usize].form;
            plain += self.counts.forms[&self.automaton.forms[form as usize]];
        }
        let _ = expr;
        edges.sort_unstable();
        edges.dedup();
        self.chain_weight = (chained / (plain + chained)).ln();
        self.chains = ends.into_iter().map(|end| (end, edges.clone())).collect();
    }

    /// The best weight that a piece can have in `slot` when it has got to `state`, alone or as the beginning of another.
    pub fn bound(&self, slot: u32, state: u32) -> f64 {
        f64::from(self.bounds[slot as usize].get_or_init(|| self.bounds_of(slot))[state as usize])
    }

    fn bounds_of(&self, slot: u32) -> Box<[f32]> {
        let mut best = self.weight[slot as usize].clone();
        let state_bound = |best: &[f64], state: u32| {
            let forms = &self.reach[state as usize];
            forms.iter().map(|&f| best[self.class[f as usize] as usize] + self.form_weight[f as usize]).fold(NEVER, f64::max)
        };
        // A class can also begin something that stands here.
        for _ in 0..12 {
            let mut changed = false;
            for (left, info) in self.automaton.slots.iter().enumerate().filter(|(_, info)| info.first) {
                let inside = state_bound(&best, info.state);
                if inside <= NEVER {
                    continue;
                }
                for (c, at) in best.iter_mut().enumerate() {
                    if info.kinds.has(self.class_kind[c]) {
                        let through = self.weight[left][c] + inside;
                        if through > *at + 1e-6 {
                            *at = through;
                            changed = true;
                        }
                    }
                }
            }
            if !changed {
                break;
            }
        }
        (0..self.automaton.states.len() as u32).map(|state| state_bound(&best, state) as f32).collect()
    }

    /// The weight of a form in a slot.
    pub fn fits(&self, slot: u32, form: u32) -> f64 {
        self.weight[slot as usize][self.class[form as usize] as usize] + self.form_weight[form as usize]
    }

    /// The weight of a form in any slot for its kind.
    pub fn anywhere(&self, form: u32) -> f64 {
        self.anywhere[self.class[form as usize] as usize] + self.form_weight[form as usize]
    }

    /// The doubt (a logarithm) that this nesting leaves: none when it was seen, little when there is room for it.
    pub fn surprise(&self, slot: u32, form: u32) -> f32 {
        if self.seen[slot as usize][self.class[form as usize] as usize] {
            return 0.0;
        }
        let odd = -self.weight[slot as usize][self.class[form as usize] as usize];
        (0.05 + 0.35 * (odd - 7.0).max(0.0)) as f32
    }

    /// The odds (a logarithm) that a piece open at `open` ends before the operator whose first slot is `operator`. None where
    /// there is no choice.
    pub fn odds(&self, open: u32, operator: u32) -> Option<f64> {
        if !contest(&self.automaton, open, operator) {
            return None;
        }
        Some(self.contests.get(&(open, operator)).copied().unwrap_or_else(|| self.ranks.odds(open, operator)))
    }

    /// Was the choice between these two ever seen?
    pub fn decided(&self, open: u32, operator: u32) -> bool {
        self.contests.contains_key(&(open, operator))
    }

    /// Does depth of lines make blocks?
    pub fn indented(&self) -> bool {
        self.lexicon.layout == Layout::Indent
    }
}

/// The two sides of each operator.
fn ties(automaton: &Automaton) -> Vec<(u32, u32)> {
    let paths =
        automaton.forms.iter().filter(|(kind, _)| *kind == Kind::Expr).filter_map(|shape| automaton.path(shape, &[2; 16]));
    let open = paths.filter(|path| path.left_open && path.right_open && path.slots.len() > 1);
    let mut ties: Vec<(u32, u32)> = open.map(|path| (path.slots[path.slots.len() - 1], path.slots[0])).collect();
    ties.sort_unstable();
    ties.dedup();
    ties
}

fn right_open(automaton: &Automaton) -> Vec<bool> {
    let mut open = vec![false; automaton.slots.len()];
    let ends = |state: u32| {
        let s = &automaton.states[state as usize];
        s.form != NONE || s.exits.iter().any(|&(e, _)| automaton.states[e as usize].form != NONE)
    };
    for state in &automaton.states {
        if state.slot != NONE && state.holes.iter().any(|h| ends(h.1)) {
            open[state.slot as usize] = true;
        }
    }
    open
}

fn reach(automaton: &Automaton) -> Vec<Vec<u32>> {
    let mut reach: Vec<Vec<u32>> =
        automaton.states.iter().map(|s| if s.form == NONE { Vec::new() } else { vec![s.form] }).collect();
    loop {
        let mut changed = false;
        for i in (0..automaton.states.len()).rev() {
            let state = &automaton.states[i];
            let next =
                state.edges.iter().map(|e| e.1).chain(state.holes.iter().map(|h| h.1)).chain(state.exits.iter().map(|e| e.0));
            let mut all = reach[i].clone();
            for to in next.filter(|&to| to as usize != i) {
                all.extend(&reach[to as usize]);
            }
            all.sort_unstable();
            all.dedup();
            if all.len() != reach[i].len() {
                reach[i] = all;
                changed = true;
            }
        }
        if !changed {
            return reach;
        }
    }
}

/// Probabilities of classes in slots: what was seen, and for the rest what similar slots have.
fn smooth(table: &[Vec<f64>], automaton: &Automaton, class_kind: &[Kind]) -> Vec<Vec<f64>> {
    let classes = class_kind.len();
    let totals: Vec<f64> = table.iter().map(|row| row.iter().sum::<f64>()).collect();
    let mut global = vec![0.5; classes];
    for (slot, row) in table.iter().enumerate() {
        if slot != STATEMENT as usize {
            for (g, n) in global.iter_mut().zip(row) {
                *g += *n;
            }
        }
    }
    let background =
        |slot: usize, c: usize, sum: f64| global[c] / sum * f64::from(u8::from(automaton.slots[slot].kinds.has(class_kind[c])));
    let sums: Vec<f64> = (0..table.len())
        .map(|slot| {
            (0..classes).filter(|&c| automaton.slots[slot].kinds.has(class_kind[c])).map(|c| global[c]).sum::<f64>().max(1.0)
        })
        .collect();
    // How many of the classes that might stand in a slot do, per kind: what was never seen at all is as likely.
    let open: Vec<f64> = Kind::ALL
        .into_iter()
        .map(|kind| {
            let of_kind = class_kind.iter().filter(|&&k| k == kind).count() as f64;
            let slots = (0..table.len()).filter(|&s| automaton.slots[s].kinds.has(kind) && totals[s] >= 5.0);
            let (mut seen, mut all) = (0.5, 20.0);
            for slot in slots {
                seen += (0..classes).filter(|&c| class_kind[c] == kind && table[slot][c] > 0.0).count() as f64;
                all += of_kind;
            }
            f64::clamp(seen / all, 0.005, 0.5)
        })
        .collect();
    let shares: Vec<Vec<(usize, f64)>> = table
        .iter()
        .enumerate()
        .map(|(slot, row)| row.iter().enumerate().filter(|e| *e.1 > 0.0).map(|(c, &n)| (c, n / totals[slot])).collect())
        .collect();
    let mut out = Vec::with_capacity(table.len());
    for (slot, row) in table.iter().enumerate() {
        let info = &automaton.slots[slot];
        let own: Vec<(usize, f64)> = row.iter().enumerate().filter(|e| *e.1 > 0.0).map(|(c, &n)| (c, n.min(3.0))).collect();
        // How well does each other slot explain what stands in this one?
        let mut like: Vec<(f64, usize)> = Vec::new();
        for other in (0..table.len())
            .filter(|&other| other != slot && totals[other] > 0.0 && automaton.slots[other].kinds.0 & info.kinds.0 != 0)
        {
            let mut log = 0.5 * totals[other].ln();
            for &(c, n) in &own {
                let p = (table[other][c] + 0.5 * background(slot, c, sums[slot])) / (totals[other] + 0.5);
                log += n * p.max(1e-9).ln();
            }
            like.push((log, other));
        }
        like.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        like.truncate(24);
        let top = like.first().map_or(0.0, |l| l.0);
        let mass: f64 = like.iter().map(|l| ((l.0 - top) * 0.5).exp()).sum();
        let mut back: Vec<f64> = (0..classes).map(|c| open[class_kind[c] as usize] * background(slot, c, sums[slot])).collect();
        for &(log, other) in &like {
            let w = 0.8 * ((log - top) * 0.5).exp() / mass;
            for &(c, p) in &shares[other] {
                back[c] += w * p;
            }
        }
        let once = row.iter().filter(|&&n| n > 0.0 && n <= 1.0).map(|n| n.min(1.0)).sum::<f64>();
        let unseen = (once + 0.5) / (totals[slot] + 1.0);
        let unseen = unseen.min(0.8);
        let line = (0..classes)
            .map(|c| {
                if !info.kinds.has(class_kind[c]) {
                    return NEVER;
                }
                let own = if totals[slot] > 0.0 { row[c] / totals[slot] } else { 0.0 };
                ((1.0 - unseen) * own + unseen * back[c]).max(1e-12).ln()
            })
            .collect();
        out.push(line);
    }
    out
}
