//! Templates that were never seen, but that others make likely.

use std::collections::{BTreeMap, BTreeSet};

use mimus_core::Kind;

use crate::automaton::{Shape, is_hole};
use crate::fold::Folds;
use crate::sym::{Item, Sym};

/// The longest stretch that may be left out.
const STRETCH: usize = 3;
/// How many may be added.
const MOST: usize = 600;

/// Adds them, with a count of nothing.
pub(crate) fn add(forms: &mut BTreeMap<Shape, f64>, folds: &Folds) {
    let mut found: BTreeSet<Shape> = BTreeSet::new();
    for (kind, items) in forms.keys() {
        found.extend(folds.longer(*kind, items).into_iter().map(|items| (*kind, items)));
    }
    found.extend(other_kinds(forms));
    found.extend(left_out(forms));
    for shape in found.into_iter().take(MOST) {
        forms.entry(shape).or_default();
    }
}

fn head(items: &[Item]) -> Option<[Item; 2]> {
    items.first_chunk::<2>().copied().filter(|head| is_hole(&head[0]))
}

/// Where pieces of two kinds share a template, they share those that begin alike.
fn other_kinds(forms: &BTreeMap<Shape, f64>) -> Vec<Shape> {
    let mut shared: BTreeSet<(Kind, Kind, [Item; 2])> = BTreeSet::new();
    let kinds = [Kind::Expr, Kind::Part];
    for (kind, items) in forms.keys() {
        for other in kinds.into_iter().filter(|other| other != kind && kinds.contains(kind)) {
            if let Some(head) = head(items)
                && forms.contains_key(&(other, items.clone()))
            {
                shared.insert((*kind, other, head));
            }
        }
    }
    let mut out = Vec::new();
    for (kind, items) in forms.keys() {
        for other in kinds {
            if head(items).is_some_and(|head| shared.contains(&(*kind, other, head))) {
                out.push((other, items.clone()));
            }
        }
    }
    out
}

/// What stands before and behind a stretch, and the stretch.
type Gap = (Kind, Item, Item, Vec<Item>);

/// A stretch that two or more templates may have or not have in the same surroundings, others may have or not have, too.
fn left_out(forms: &BTreeMap<Shape, f64>) -> Vec<Shape> {
    const EDGE: Item = Item::One(Sym::EDGE);
    let mut gaps: BTreeMap<Gap, usize> = BTreeMap::new();
    let each = |shape: &Shape, take: &mut dyn FnMut(Gap, Vec<Item>)| {
        let (kind, items) = shape;
        for from in 0..items.len() {
            for to in from + 1..=(from + STRETCH).min(items.len()) {
                // A stretch is told by the tokens around it, one of them at least.
                let before = if from == 0 { EDGE } else { items[from - 1] };
                let after = items.get(to).copied().unwrap_or(EDGE);
                let mut rest = items.clone();
                rest.drain(from..to);
                let solid = |item: Item| !is_hole(&item) && (item != EDGE || *kind == Kind::Stmt);
                if rest.len() > 1 && solid(before) && solid(after) {
                    take((*kind, before, after, items[from..to].to_vec()), rest);
                }
            }
        }
    };
    for shape in forms.keys().filter(|s| s.1.len() > 2) {
        each(shape, &mut |gap, rest| {
            if forms.contains_key(&(gap.0, rest)) {
                *gaps.entry(gap).or_default() += 1;
            }
        });
    }
    gaps.retain(|_, n| *n >= 2);
    let mut out = Vec::new();
    for shape in forms.keys().filter(|s| s.1.len() > 1) {
        each(shape, &mut |gap, rest| {
            if gaps.contains_key(&gap) {
                out.push((gap.0, rest));
            }
        });
        let (kind, items) = shape;
        for (of, before, after, stretch) in gaps.keys() {
            for at in (0..=items.len()).filter(|_| of == kind) {
                let left = if at == 0 { EDGE } else { items[at - 1] };
                let right = items.get(at).copied().unwrap_or(EDGE);
                if left == *before && right == *after {
                    let more: Vec<Item> = items[..at].iter().chain(stretch).chain(&items[at..]).copied().collect();
                    out.push((*kind, more));
                }
            }
        }
    }
    out.retain(|shape| !forms.contains_key(shape));
    out
}
