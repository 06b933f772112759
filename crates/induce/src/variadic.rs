//! What an operation does for any number of operands: one meaning over all of them together, over those that come after a first one
//! that stands apart, or over all that have names.

use std::collections::{BTreeMap, BTreeSet};

use mimus_core::{Body, Datum, Formula, SizeLimit, Symbol};
use mimus_knowledge::Pattern;
use rayon::prelude::*;

use crate::driver::datum_weight;
use crate::example::{Example, Outcome, Problem};
use crate::general::{Best, Effort, General, formula};
use crate::group::{Group, alike};
use crate::posterior::induce;
use crate::trial::Trial;
use crate::vocabulary::Operations;

/// Numbers of operands that must have been seen.
const FEWEST: usize = 3;
/// A meaning must hold for this part of the groups that can tell.
const SHARE: f64 = 0.6;
/// For a search: numbers of operands, groups of each, and examples of each of those.
const POOLED: (usize, usize, usize) = (4, 3, 6);
/// The fewest examples of a group that a search looks at.
const TELLING: usize = 4;

/// Which operands are put together.
#[derive(Clone, Copy)]
enum Together {
    /// Those without a name, but for so many at the beginning, if there are at least so many.
    Unnamed { after: usize, least: u8 },
    /// Those with a name.
    Named,
}

/// Finds meanings over operands put together.
pub fn find(groups: &[Group], operations: &Operations, effort: Effort) -> Vec<General> {
    let names = |group: &Group| group.names().into_iter().flatten().collect::<Vec<Symbol>>();
    let by_names = alike(groups, |group| group.speaks_for_all().then(|| names(group)));
    let mut found: Vec<General> =
        by_names.par_iter().with_max_len(1).filter_map(|members| over_all(members, groups, effort)).collect();
    // Where all together mean nothing, the first one may stand apart.
    let first =
        |group: &Group| Some((names(group), group.takes.first()?.class)).filter(|_| unnamed(group) > 0 && group.speaks_for_all());
    let mut by_first = alike(groups, first);
    by_first.retain(|members| !found.iter().any(|general| general.explains.iter().any(|(i, _)| members.contains(i))));
    let after_first = |members: &Vec<usize>| over_rest(members, groups, effort);
    found.extend(by_first.par_iter().filter_map(after_first).collect::<Vec<_>>());
    let before_names = |group: &Group| group.takes[..unnamed(group)].to_vec();
    let by_rest = alike(groups, |group| (group.speaks_for_all() && !names(group).is_empty()).then(|| before_names(group)));
    let named = |members: &Vec<usize>| among(members, Together::Named, groups, effort);
    found.extend(by_rest.par_iter().filter_map(named).collect::<Vec<_>>());
    found.retain_mut(|general| general.keep_straight(operations));
    found
}

/// How many kinds of what is put together there are: numbers of operands without a name, or sets of names.
fn kinds(members: &[usize], together: Together, groups: &[Group]) -> usize {
    let kind = |i: &usize| match together {
        Together::Unnamed { .. } => (unnamed(&groups[*i]), vec![]),
        Together::Named => (0, groups[*i].names()),
    };
    members.iter().map(kind).collect::<BTreeSet<_>>().len()
}

fn unnamed(group: &Group) -> usize {
    group.takes.iter().filter(|pattern| pattern.name.is_none()).count()
}

/// A meaning over all operands without a name.
fn over_all(members: &[usize], groups: &[Group], effort: Effort) -> Option<General> {
    let fewest = members.iter().map(|i| unnamed(&groups[*i])).min()?;
    // One operand alone is often another matter: what it holds.
    [2, fewest].into_iter().find_map(|least| {
        let together = Together::Unnamed { after: 0, least: u8::try_from(least).ok()? };
        among(&with_at_least(least, members, groups), together, groups, effort)
    })
}

/// A meaning over the first operand and the others together.
fn over_rest(members: &[usize], groups: &[Group], effort: Effort) -> Option<General> {
    let fewest = members.iter().map(|i| unnamed(&groups[*i])).min()?.max(2);
    let together = Together::Unnamed { after: 1, least: u8::try_from(fewest - 1).ok()? };
    among(&with_at_least(fewest, members, groups), together, groups, effort)
}

fn with_at_least(least: usize, members: &[usize], groups: &[Group]) -> Vec<usize> {
    members.iter().copied().filter(|i| unnamed(&groups[*i]) >= least).collect()
}

/// A meaning for these groups.
fn among(part: &[usize], together: Together, groups: &[Group], effort: Effort) -> Option<General> {
    let _limit = SizeLimit::set(2_000);
    // So many operands that all it does is fail say nothing of what it does.
    let part: Vec<usize> = part.iter().copied().filter(|i| groups[*i].gives()).collect();
    if kinds(&part, together, groups) < FEWEST {
        return None;
    }
    let packed: Vec<Group> = part.iter().map(|i| pack(&groups[*i], together)).collect();
    let every: Vec<usize> = (0..packed.len()).collect();
    let mut trial = Trial::new(&packed, effort.vocabulary);
    let key = groups[part[0]].key;
    let takes = &packed.first()?.takes;
    let mut of = |formulas: Vec<Formula>| {
        let best = Best::of(&every, formulas, &mut trial);
        let holds = best.holds(&every);
        let explained: Vec<usize> = best.explains.iter().map(|i| part[*i]).collect();
        if holds < SHARE || kinds(&explained, together, groups) < FEWEST || !best.makes_the_same() {
            return None;
        }
        let rivals = best.rivals(explained.iter().map(|i| groups[*i].evidence).sum(), holds);
        let seen = explained.iter().map(|i| groups[*i].seen).sum();
        let silent = best.silent.iter().map(|i| part[*i]).collect();
        let takes = takes.clone();
        let explains = explained.into_iter().map(|i| (i, best.classes().to_vec())).collect();
        let example = groups[part[best.explains[0]]].example.clone();
        Some(General { key, takes, seen, example, rivals, explains, silent, holds, is_wide: true })
    };
    of(effort.known(key, takes)).or_else(|| {
        let mut plain = [true, false].into_iter().filter(|_| effort.searches);
        plain.find_map(|plain| of(searched(&packed, plain, effort)))
    })
}

impl Together {
    /// The places of these operands.
    fn places(self, group: &Group) -> std::ops::Range<usize> {
        match self {
            Self::Unnamed { after, .. } => after..unnamed(group),
            Self::Named => unnamed(group)..group.takes.len(),
        }
    }

    /// What stands for them.
    fn pattern(self) -> Pattern {
        match self {
            Self::Unnamed { least, .. } => Pattern::all_from(least),
            Self::Named => Pattern::all_named(),
        }
    }

    fn put(self, operands: Vec<Datum>, names: &[Symbol]) -> Datum {
        let body = match self {
            Self::Unnamed { .. } => Body::Seq(operands),
            Self::Named => Body::Map(names.iter().map(|name| Datum::text(name.as_str())).zip(operands).collect()),
        };
        Datum::compound(Symbol::neutral(), 0, body)
    }
}

/// A group with operands put together.
fn pack(group: &Group, together: Together) -> Group {
    let places = together.places(group);
    let mut takes = group.takes.clone();
    takes.splice(places.clone(), [together.pattern()]);
    let examples = group.examples.iter().filter_map(|example| {
        let mut example = example.clone();
        let operands = example.args[places.clone()].to_vec();
        example.args.splice(places.clone(), [together.put(operands, &example.names)]);
        if matches!(together, Together::Named) {
            example.names.clear();
        }
        if let Outcome::Gave { changes, .. } = &mut example.outcome {
            // What happens to one of them has no place in a meaning over all.
            if changes.iter().any(|(i, _)| places.contains(i)) {
                return None;
            }
            let later = changes.iter_mut().filter(|(i, _)| *i >= places.end);
            later.for_each(|(i, _)| *i = *i + 1 - places.len());
        }
        Some(example)
    });
    Group::new(group.key, takes, examples.collect(), false)
}

/// Formulas for a few examples of several numbers of operands; `plain`: of operands that hold no others.
fn searched(packed: &[Group], plain: bool, effort: Effort) -> Vec<Formula> {
    let place = packed[0].takes.iter().position(Pattern::is_several).unwrap_or_default();
    let operands = |example: &Example| match &example.args[place] {
        Datum::Compound(c) => match &c.body {
            Body::Seq(items) => items.clone(),
            Body::Map(entries) => entries.iter().map(|(_, operand)| operand.clone()).collect(),
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
            |group: &Group| group.examples.iter().map(|e| datum_weight(&e.args[place])).sum::<usize>() / group.examples.len();
        groups.sort_by_key(|group| (std::cmp::Reverse(group.seen.min(40) / 8), weight(group)));
        for group in groups.iter().take(POOLED.1) {
            let step = group.examples.len().div_ceil(POOLED.2).max(1);
            examples.extend(group.examples.iter().step_by(step).cloned());
        }
    }
    let problem = Problem::new(packed[0].key, examples);
    let found = induce(&problem, effort.vocabulary, effort.budget);
    found.rivals.into_iter().filter_map(formula).collect()
}
