//! Of some formulas the one that explains a group most surely.

use mimus_core::{Formula, Meaning};
use mimus_knowledge::Rival;

use crate::circle::is_circle;
use crate::general::length;
use crate::group::Group;
use crate::posterior::reserve;
use crate::solve::NODE_BITS;
use crate::trial::{Fit, Trial};
use crate::trust::trust;
use crate::vocabulary::{Operations, Vocabulary};

/// The surest of some ways, which are told apart by so many bits, if it is surer than what the group has.
pub fn of(i: usize, ways: Vec<Formula>, choice: f64, groups: &[Group], vocabulary: &Vocabulary) -> Option<Rival<Meaning>> {
    let group = &groups[i];
    let mut trial: Option<Trial> = None;
    let mut best: Option<Rival<Meaning>> = None;
    for formula in ways {
        let meaning = Meaning::Formula(formula.clone());
        let bits = NODE_BITS * length(&formula) as f64 + choice;
        let share = (1.0 - reserve(bits, group.evidence)) * trust(group.key, &meaning, &vocabulary.operations);
        let least = best.as_ref().map_or(group.share(), |best| best.share);
        if share > least
            && let Fit::Explains(suited, flaw) = trial.get_or_insert_with(|| Trial::new(groups, vocabulary)).fit(i, &formula)
            && share * (1.0 - flaw) > least
            && !is_circle(group.key, &group.takes, &meaning, &vocabulary.operations)
        {
            best = Some(Rival { meaning: Meaning::Formula(*suited), share: share * (1.0 - flaw) });
        }
    }
    best
}

/// Gives groups what was found for them, unless that leads back to itself by now.
pub fn give(found: Vec<(usize, Rival<Meaning>)>, groups: &mut [Group], operations: &mut Operations) {
    for (i, rival) in found {
        let group = &mut groups[i];
        if !is_circle(group.key, &group.takes, &rival.meaning, operations) {
            (group.partly, group.exceptions) = (false, 0);
            group.take(vec![rival], operations);
        }
    }
}
