//! What an operation does for any number of operands: one meaning over all of them together.

use std::collections::BTreeMap;

use mimus_core::{Datum, Formula, Meaning, SizeLimit, Symbol};
use mimus_knowledge::{Operation, Pattern};
use rayon::prelude::*;

use crate::driver::datum_weight;
use crate::example::{Budget, Example, Outcome, Problem};
use crate::general::{Best, General};
use crate::group::{Group, alike};
use crate::posterior::induce;
use crate::trial::Trial;
use crate::vocabulary::Vocabulary;

/// Numbers of operands that must have been seen.
const FEWEST: usize = 3;
/// A meaning must hold for this part of the groups that can tell.
const SHARE: f64 = 0.6;
/// For a search: numbers of operands, groups of each, and examples of each of those.
const POOLED: (usize, usize, usize) = (4, 3, 6);
/// The fewest examples of a group that a search looks at.
const TELLING: usize = 4;

/// Finds meanings over all operands without a name together.
pub fn find(groups: &[Group], vocabulary: &Vocabulary, operations: &BTreeMap<Symbol, Operation>, budget: Budget) -> Vec<General> {
    let names = |group: &Group| group.names().into_iter().flatten().collect::<Vec<Symbol>>();
    let mut alike = alike(groups, |group| (!group.refined).then(|| names(group)));
    alike.retain(|members| arities(members, groups).len() >= FEWEST);
    let mut found: Vec<General> = alike.par_iter().filter_map(|members| among(members, groups, vocabulary, budget)).collect();
    found.retain_mut(|general| general.keep_straight(operations));
    found
}

/// The numbers of operands without a name.
fn arities(members: &[usize], groups: &[Group]) -> Vec<usize> {
    let mut arities: Vec<usize> = members.iter().map(|i| unnamed(&groups[*i])).collect();
    arities.sort_unstable();
    arities.dedup();
    arities
}

fn unnamed(group: &Group) -> usize {
    group.takes.iter().filter(|pattern| pattern.name.is_none()).count()
}

/// A meaning for these groups.
fn among(members: &[usize], groups: &[Group], vocabulary: &Vocabulary, budget: Budget) -> Option<General> {
    let _limit = SizeLimit::set(2_000);
    let all = arities(members, groups);
    // One operand alone is often another matter: what it holds.
    for least in [2, all[0]] {
        let part: Vec<usize> = members.iter().copied().filter(|i| unnamed(&groups[*i]) >= least).collect();
        if arities(&part, groups).len() < FEWEST {
            continue;
        }
        let least = least as u8;
        let packed: Vec<Group> = part.iter().map(|i| pack(&groups[*i], least)).collect();
        let every: Vec<usize> = (0..packed.len()).collect();
        let mut trial = Trial::new(&packed, vocabulary);
        for plain in [true, false] {
            let best = Best::of(&every, searched(&packed, plain, vocabulary, budget), &mut trial);
            let holds = best.holds(&every);
            let explained: Vec<usize> = best.explains.iter().map(|i| part[*i]).collect();
            if holds < SHARE || arities(&explained, groups).len() < FEWEST || !best.makes_the_same() {
                continue;
            }
            let rivals = best.rivals(explained.iter().map(|i| groups[*i].evidence).sum(), holds);
            let seen = explained.iter().map(|i| groups[*i].seen).sum();
            let silent = best.silent.iter().map(|i| part[*i]).collect();
            let (key, takes) = (groups[part[0]].key, packed[0].takes.clone());
            let explains = explained.into_iter().map(|i| (i, best.classes().to_vec())).collect();
            return Some(General { key, takes, seen, rivals, explains, silent, holds, is_wide: true });
        }
    }
    None
}

/// A group with its operands without a name as one sequence.
fn pack(group: &Group, least: u8) -> Group {
    let unnamed = unnamed(group);
    let takes = std::iter::once(Pattern::all_from(least)).chain(group.takes[unnamed..].iter().cloned()).collect();
    let examples = group.examples.iter().filter_map(|example| {
        let mut example = example.clone();
        let rest = example.args.split_off(unnamed);
        let all = Datum::seq(Symbol::neutral(), std::mem::take(&mut example.args));
        example.args = std::iter::once(all).chain(rest).collect();
        if let Outcome::Gave { changes, .. } = &mut example.outcome {
            // What happens to one of them has no place in a meaning over all.
            if changes.iter().any(|(i, _)| *i < unnamed) {
                return None;
            }
            changes.iter_mut().for_each(|(i, _)| *i = *i + 1 - unnamed);
        }
        Some(example)
    });
    Group::new(group.key, takes, examples.collect(), false)
}

/// Formulas for a few examples of several numbers of operands; `plain`: of operands that hold no others.
fn searched(packed: &[Group], plain: bool, vocabulary: &Vocabulary, budget: Budget) -> Vec<Formula> {
    let operands = |example: &Example| match &example.args[0] {
        Datum::Compound(c) => match &c.body {
            mimus_core::Body::Seq(items) => items.clone(),
            _ => vec![],
        },
        _ => vec![],
    };
    let mut by_number: BTreeMap<usize, Vec<&Group>> = BTreeMap::new();
    for group in packed.iter().filter(|group| group.seen >= TELLING) {
        let operands = operands(&group.examples[0]);
        if !(plain && operands.iter().any(|operand| matches!(operand, Datum::Compound(_)))) {
            by_number.entry(operands.len()).or_default().push(group);
        }
    }
    let mut examples: Vec<Example> = vec![];
    for groups in by_number.values_mut().filter(|groups| !groups.is_empty()).take(POOLED.0) {
        // Much seen and little in it comes first.
        let weight =
            |group: &Group| group.examples.iter().map(|e| datum_weight(&e.args[0])).sum::<usize>() / group.examples.len();
        groups.sort_by_key(|group| (std::cmp::Reverse(group.seen.min(40) / 8), weight(group)));
        for group in groups.iter().take(POOLED.1) {
            let step = group.examples.len().div_ceil(POOLED.2).max(1);
            examples.extend(group.examples.iter().step_by(step).cloned());
        }
    }
    let problem = Problem::new(packed[0].key, examples);
    let found = induce(&problem, vocabulary, budget);
    found.rivals.into_iter().filter_map(|rival| if let Meaning::Formula(f) = rival.meaning { Some(f) } else { None }).collect()
}
