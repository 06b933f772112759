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
/// Examples that a part must have for what is silent about most of them.
const TOLD: f64 = 2.0;
/// The length of "the same as there", in bits.
const SAME: f64 = 2.0 * NODE_BITS;

/// Gives groups the meanings of others of the same operation, where those explain them more surely than their own and do not lead
/// back to them, as what was given to others stands. Parts get those of the parts of other classes that are told apart in the same way.
pub fn lend(groups: &mut [Group], operations: &mut Operations) {
    let vocabulary = Vocabulary::all(operations);
    let wholes = alike(groups, |group| Some(group.names()));
    let told_apart = |group: &Group| group.takes.iter().map(|pattern| pattern.elements).collect::<Vec<_>>();
    let parts = alike(groups, |group| group.refined.then(|| (group.names(), told_apart(group))));
    let alike = wholes.into_iter().zip(std::iter::repeat(false)).chain(parts.into_iter().zip(std::iter::repeat(true)));
    let alike: Vec<(Vec<usize>, bool)> = alike.filter(|(members, _)| members.len() > 1).collect();
    let shared: &[Group] = groups;
    let lent: Vec<(usize, Rival<Meaning>)> = alike
        .par_iter()
        .with_max_len(1)
        .flat_map_iter(|(members, are_parts)| among(members, *are_parts, shared, &vocabulary))
        .collect();
    for (i, rival) in lent {
        let group = &mut groups[i];
        if !is_circle(group.key, &group.takes, &rival.meaning, operations) {
            group.take(vec![rival], operations);
        }
    }
}

fn among(members: &[usize], are_parts: bool, groups: &[Group], vocabulary: &Vocabulary) -> Vec<(usize, Rival<Meaning>)> {
    let _limit = SizeLimit::set(2_000);
    let mut trial = Trial::new(groups, vocabulary);
    let key = groups[members[0]].key;
    let with_trust = |(formula, told): (Formula, f64)| {
        let surety = trust(key, &Meaning::Formula(formula.clone()), &vocabulary.operations);
        (formula, told, surety)
    };
    let offers: Vec<(Formula, f64, f64)> = offers(members, groups).into_iter().map(with_trust).collect();
    let mut lent = vec![];
    for i in members.iter().filter(|i| groups[**i].refined == are_parts && groups[**i].share() < SURE) {
        let group = &groups[*i];
        let mut best: Option<(f64, Formula)> = None;
        for (formula, told, surety) in &offers {
            let sure = |evidence: f64| {
                let known = 1.0 - reserve(NODE_BITS * length(formula) as f64, told + evidence);
                known * (1.0 - reserve(SAME, evidence)) * surety
            };
            let least = best.as_ref().map_or(group.share(), |(share, _)| *share);
            if sure(group.evidence) <= least {
                continue;
            }
            let (suited, share) = match trial.fit(*i, formula) {
                Fit::Explains(suited, flaw) => (suited, sure(group.evidence) * (1.0 - flaw)),
                // What comes of the rest of a text is not known yet for most of them.
                Fit::Silent(suited, explained) if are_parts && explained * group.seen as f64 >= TOLD => {
                    (suited, sure(group.evidence * explained))
                }
                _ => continue,
            };
            if share > least {
                best = Some((share, *suited));
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
