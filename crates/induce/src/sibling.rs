//! What an operation does for other operands, tried on those for which nothing, or nothing sure, was found.

use mimus_core::{Formula, Meaning, SizeLimit};
use mimus_knowledge::Rival;
use rayon::prelude::*;

use crate::circle::is_circle;
use crate::general::length;
use crate::group::{Group, alike};
use crate::posterior::reserve;
use crate::solve::NODE_BITS;
use crate::trial::{Fit, Trial};
use crate::trust::trust;
use crate::vocabulary::{Operations, Vocabulary};

/// Formulas that are tried on a group.
const TRIED: usize = 24;
/// What is surer than this needs no help.
const SURE: f64 = 0.9;
/// The length of "the same as there", in bits.
const SAME: f64 = 2.0 * NODE_BITS;

/// Gives groups the meanings of others of the same operation, where those explain them more surely than their own and do not lead
/// back to them, as what was given to others stands.
pub fn lend(groups: &mut [Group], operations: &mut Operations) {
    let vocabulary = Vocabulary::all(operations);
    let mut alike = alike(groups, |group| Some(group.names()));
    alike.retain(|members| members.len() > 1);
    let shared: &[Group] = groups;
    let lent: Vec<(usize, Rival<Meaning>)> =
        alike.par_iter().with_max_len(1).flat_map_iter(|members| among(members, shared, &vocabulary)).collect();
    for (i, rival) in lent {
        let group = &mut groups[i];
        if !is_circle(group.key, &group.takes, &rival.meaning, operations) {
            group.take(vec![rival], operations);
        }
    }
}

fn among(members: &[usize], groups: &[Group], vocabulary: &Vocabulary) -> Vec<(usize, Rival<Meaning>)> {
    let _limit = SizeLimit::set(2_000);
    let mut trial = Trial::new(groups, vocabulary);
    let key = groups[members[0]].key;
    let with_trust = |(formula, told): (Formula, f64)| {
        let surety = trust(key, &Meaning::Formula(formula.clone()), &vocabulary.operations);
        (formula, told, surety)
    };
    let offers: Vec<(Formula, f64, f64)> = offers(members, groups).into_iter().map(with_trust).collect();
    let mut lent = vec![];
    for i in members.iter().filter(|i| !groups[**i].refined && groups[**i].share() < SURE) {
        let group = &groups[*i];
        let mut best: Option<(f64, Formula)> = None;
        for (formula, told, surety) in &offers {
            let known = 1.0 - reserve(NODE_BITS * length(formula) as f64, told + group.evidence);
            let share = known * (1.0 - reserve(SAME, group.evidence)) * surety;
            if share > group.share()
                && best.as_ref().is_none_or(|(known, _)| share > *known)
                && let Fit::Explains(suited, flaw) = trial.fit(*i, formula)
                && share * (1.0 - flaw) > group.share().max(best.as_ref().map_or(0.0, |(known, _)| *known))
            {
                best = Some((share * (1.0 - flaw), *suited));
            }
        }
        lent.extend(best.map(|(share, formula)| (*i, Rival { meaning: Meaning::Formula(formula), share })));
    }
    lent
}

/// The formulas of groups, and how much stands behind each, in examples; what has most behind it first.
fn offers(members: &[usize], groups: &[Group]) -> Vec<(Formula, f64)> {
    let mut all: Vec<(Formula, f64)> = vec![];
    for i in members {
        for rival in groups[*i].rivals.iter().take(2) {
            let Meaning::Formula(formula) = &rival.meaning else { continue };
            // What never succeeds was not seen to succeed: that says little of other operands.
            if formula.fails() {
                continue;
            }
            let bare = Formula { classes: vec![], ..formula.clone() };
            match all.iter_mut().find(|(known, _)| *known == bare) {
                Some((_, told)) => *told += groups[*i].evidence,
                None => all.push((bare, groups[*i].evidence)),
            }
        }
    }
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    all.truncate(TRIED);
    all
}
