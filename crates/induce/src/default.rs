//! Operands that may be left out, and operands that may be named: what an operation does without one is what it does with a certain
//! value for it, and it does the same however that value is handed over.

use mimus_core::{Datum, Expr, Formula, Meaning, Raise, SizeLimit};
use mimus_knowledge::{Pattern, Rival};
use rayon::prelude::*;

use crate::general::length;
use crate::group::{Group, alike};
use crate::posterior::reserve;
use crate::solve::NODE_BITS;
use crate::trial::{Fit, Trial};
use crate::trust::trust;
use crate::vocabulary::{Operations, Vocabulary};

/// Overloads whose meanings are tried on another.
const GIVERS: usize = 6;
/// Values that are tried for an operand that is left out: those seen most often in its place.
const VALUES: usize = 12;
/// The length of "the same, named or not", in bits.
const SAME: f64 = 3.0 * NODE_BITS;

/// Gives groups without a meaning those of others of the same operation that take one operand more, or name theirs otherwise.
pub fn lend(groups: &mut [Group], operations: &mut Operations) {
    let vocabulary = Vocabulary::all(operations);
    let alike = alike(groups, |group| (!group.takes.iter().any(Pattern::is_several)).then_some(()));
    let shared: &[Group] = groups;
    let lent: Vec<(usize, Rival<Meaning>)> =
        alike.par_iter().with_max_len(1).flat_map_iter(|members| among(members, shared, &vocabulary)).collect();
    for (i, rival) in lent {
        groups[i].adopt(rival, operations);
    }
}

fn among(members: &[usize], groups: &[Group], vocabulary: &Vocabulary) -> Vec<(usize, Rival<Meaning>)> {
    let _limit = SizeLimit::set(2_000);
    let mut trial = Trial::new(groups, vocabulary);
    let is_open = |i: &&usize| !groups[**i].refined && (groups[**i].rivals.is_empty() || groups[**i].partly);
    let mut lent = vec![];
    for i in members.iter().filter(is_open) {
        let group = &groups[*i];
        let mut givers: Vec<&Group> = members.iter().map(|j| &groups[*j]).filter(|giver| gives(giver, group)).collect();
        givers.sort_by(|a, b| b.share().total_cmp(&a.share()));
        let mut best: Option<(f64, Formula)> = None;
        for giver in givers.into_iter().take(GIVERS) {
            let Some(Rival { meaning: Meaning::Formula(formula), .. }) = giver.rivals.first() else { continue };
            let surety = trust(group.key, &Meaning::Formula(formula.clone()), &vocabulary.operations);
            let known = 1.0 - reserve(NODE_BITS * length(formula) as f64, giver.evidence + group.evidence);
            for (formula, bits) in spelled_otherwise(formula, giver, group) {
                let share = known * (1.0 - reserve(SAME + bits, group.evidence)) * surety;
                if best.as_ref().is_none_or(|(known, _)| share > *known)
                    && let Fit::Explains(suited, flaw) = trial.fit(*i, &formula)
                {
                    best = Some((share * (1.0 - flaw), *suited));
                }
            }
        }
        lent.extend(best.map(|(share, formula)| (*i, Rival { meaning: Meaning::Formula(formula), share })));
    }
    lent
}

/// Whether an overload takes what another takes, in this order, and at most one operand more.
fn gives(giver: &Group, group: &Group) -> bool {
    let more = giver.takes.len().checked_sub(group.takes.len());
    // The same operands by the same names: that is another matter.
    let is_other = more == Some(1) || more == Some(0) && giver.names() != group.names();
    is_other && !giver.refined && matches!(giver.rivals.first(), Some(Rival { meaning: Meaning::Formula(f), .. }) if !f.fails())
}

/// A formula over the operands of one overload as formulas over those of another, with the bits that the change costs.
fn spelled_otherwise(formula: &Formula, giver: &Group, group: &Group) -> Vec<(Formula, f64)> {
    let fits = |left_out: Option<usize>| {
        let rest: Vec<_> = giver.takes.iter().enumerate().filter(|(i, _)| Some(*i) != left_out).map(|(_, p)| p.class).collect();
        rest.iter().zip(&group.takes).filter(|(class, pattern)| **class == pattern.class).count() * 2 >= rest.len()
    };
    let bare = Formula { classes: vec![], ..formula.clone() };
    if giver.takes.len() == group.takes.len() {
        return if fits(None) { vec![(bare, 0.0)] } else { vec![] };
    }
    let with = |operand: usize| {
        let changes_it = formula.changes.iter().any(|(i, _)| *i == operand);
        let values = if changes_it || !fits(Some(operand)) { vec![] } else { values(giver, operand) };
        let bare = &bare;
        values
            .into_iter()
            .enumerate()
            .map(move |(i, value)| (without(bare, operand, &value), NODE_BITS + (i as f64 + 1.0).log2()))
    };
    (0..giver.takes.len()).flat_map(with).collect()
}

/// The plain values that an operand was seen to be, those seen most often first, and what else Rust's types begin with.
fn values(giver: &Group, operand: usize) -> Vec<Datum> {
    let mut seen: Vec<(Datum, usize)> = vec![];
    for example in &giver.examples {
        let value = &example.args[operand];
        let is_plain = match value {
            Datum::Text(text) => text.chars().count() < 2,
            Datum::None | Datum::Bool(_) | Datum::Int(_) => true,
            _ => false,
        };
        match seen.iter_mut().find(|(known, _)| known == value) {
            Some((_, count)) => *count += 1,
            None if is_plain => seen.push((value.clone(), 1)),
            None => {}
        }
    }
    seen.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let mut values: Vec<Datum> = seen.into_iter().map(|(value, _)| value).take(VALUES).collect();
    let first = [Datum::None, Datum::Bool(false), Datum::int(0), Datum::int(1), Datum::text(""), Datum::text(" ")];
    values.extend(first.into_iter().filter(|value| !values.contains(value)).collect::<Vec<_>>());
    values
}

/// A formula with a value for an operand, and without that operand.
fn without(formula: &Formula, operand: usize, value: &Datum) -> Formula {
    fn put(expr: &Expr, operand: usize, value: &Datum) -> Expr {
        match expr {
            Expr::Arg(i) if usize::from(*i) == operand => Expr::Const(value.clone()),
            Expr::Arg(i) if usize::from(*i) > operand => Expr::Arg(i - 1),
            _ => expr.with_parts(&mut |part| put(part, operand, value)),
        }
    }
    let put = |expr: &Expr| put(expr, operand, value);
    let raise = |raise: &Raise| Raise { class: raise.class, text: put(&raise.text) };
    Formula {
        guards: formula.guards.iter().map(|(test, error)| (put(test), raise(error))).collect(),
        undefined: formula.undefined.as_ref().map(raise),
        result: put(&formula.result),
        classes: formula.classes.clone(),
        changes: formula.changes.iter().map(|(i, expr)| (i - usize::from(*i > operand), put(expr))).collect(),
        output: formula.output.as_ref().map(put),
    }
}
