//! What an operation does for operands of any class: one meaning for many groups of examples that differ in classes alone.

use std::collections::BTreeMap;

use mimus_core::{Datum, Expr, Formula, Meaning, SizeLimit, Symbol};
use mimus_knowledge::{Pattern, Rival};
use rayon::prelude::*;

use crate::case::{Case, distinct};
use crate::driver::{datum_weight, size};
use crate::example::{Budget, Example, Problem};
use crate::group::Group;
use crate::posterior::{induce, weigh};
use crate::solve::{Explained, NODE_BITS, disagreeing};
use crate::vocabulary::{Speaker, Vocabulary};
use crate::wild;

/// A meaning for any class of some operands.
pub struct General {
    pub key: Symbol,
    pub takes: Vec<Pattern>,
    /// Distinct examples that it explains.
    pub seen: usize,
    /// Their shares are for a class that was not seen.
    pub rivals: Vec<Rival<Meaning>>,
    /// The groups that it explains.
    pub explains: Vec<usize>,
    /// The probability that it holds for another class, too.
    holds: f64,
}

/// What holds for fewer classes than this is not called general.
const FEWEST: usize = 3;
/// What does not hold for more than this part of the classes that were seen is not called general either.
const SHARE: f64 = 0.6;
/// Formulas of single groups that are tried on the others.
const TRIED: usize = 12;
/// Examples of a group that a formula is tried on.
const CHECKED: usize = 60;
/// Groups, and examples of each, for a search of their own.
const POOLED: (usize, usize) = (6, 8);

/// Finds general meanings. Groups that they explain better than what was found for them alone get them too.
pub fn find(groups: &mut [Group], vocabulary: &Vocabulary, budget: Budget) -> Vec<General> {
    let mut alike: BTreeMap<(Symbol, Vec<Option<Symbol>>), Vec<usize>> = BTreeMap::new();
    for (i, group) in groups.iter().enumerate().filter(|(_, group)| !group.refined) {
        alike.entry((group.key, group.takes.iter().map(|p| p.name).collect())).or_default().push(i);
    }
    // Each operation by itself, so that the work can be shared out.
    let alike: Vec<Vec<usize>> = alike.into_values().filter(|members| members.len() >= FEWEST).collect();
    let shared: &[Group] = groups;
    let found: Vec<General> = alike.par_iter().flat_map_iter(|members| among(members, shared, vocabulary, budget)).collect();
    for general in &found {
        // What was seen in many groups is surer than what explains one of them alone; and these classes were seen.
        let known: f64 = general.rivals.iter().map(|rival| rival.share).sum::<f64>() / general.holds;
        for i in &general.explains {
            let group = &mut groups[*i];
            if group.rivals.iter().map(|rival| rival.share).sum::<f64>() < known {
                let seen = |rival: &Rival<Meaning>| Rival { share: rival.share / general.holds, ..rival.clone() };
                group.rivals = general.rivals.iter().map(seen).collect();
            }
        }
    }
    found
}

/// General meanings for groups of one operation.
fn among(members: &[usize], groups: &[Group], vocabulary: &Vocabulary, budget: Budget) -> Vec<General> {
    let _limit = SizeLimit::set(2_000);
    let mut trial = Trial { groups, cases: BTreeMap::new(), speaker: Speaker::new(vocabulary) };
    let mut open = members.to_vec();
    let mut found: Vec<General> = vec![];
    for wild in choices(groups[members[0]].takes.len()) {
        let mut parts: BTreeMap<Vec<Pattern>, Vec<usize>> = BTreeMap::new();
        // What a wide pattern does not take says nothing about it.
        let taken = |i: &&usize| groups[**i].examples.iter().all(|e| wild.iter().all(|k| Pattern::any().fits_datum(&e.args[*k])));
        for i in open.iter().filter(taken) {
            let takes = groups[*i].takes.iter().enumerate();
            let takes =
                takes.map(|(k, p)| if wild.contains(&k) { Pattern { name: p.name, ..Pattern::any() } } else { p.clone() });
            parts.entry(takes.collect()).or_default().push(*i);
        }
        for (takes, part) in parts {
            if !broad(&part, &wild, groups) {
                continue;
            }
            let mut best = trial.best(&part, formulas(&part, groups));
            if !is_general(&best.1, &part, &wild, groups) && is_open(&part, groups) {
                best = trial.best(&part, pooled(&part, groups, vocabulary, budget));
            }
            let (formulas, explains) = best;
            if !is_general(&explains, &part, &wild, groups) {
                continue;
            }
            open.retain(|i| !explains.contains(i));
            let holds = holds(&explains, &part);
            let seen = explains.iter().map(|i| groups[*i].seen).sum();
            let explained = |formula: Formula| {
                let meaning = Meaning::Formula(formula);
                Explained { bits: NODE_BITS * length(&meaning) as f64, meaning, flaw: 1.0 - holds }
            };
            let rivals = weigh(formulas.into_iter().map(explained).collect(), seen);
            found.push(General { key: groups[part[0]].key, takes, seen, rivals, explains, holds });
        }
    }
    found
}

/// The operands whose class may not matter: all of them first.
fn choices(arity: usize) -> Vec<Vec<usize>> {
    let mut choices: Vec<Vec<usize>> = match arity {
        0..=3 => (1..1_u32 << arity).map(|bits| (0..arity).filter(|k| bits >> k & 1 == 1).collect()).collect(),
        _ => (0..arity).map(|k| vec![k]).collect(),
    };
    choices.sort_by_key(|wild| std::cmp::Reverse(wild.len()));
    choices
}

/// Whether groups show enough classes of each operand.
fn broad(part: &[usize], wild: &[usize], groups: &[Group]) -> bool {
    wild.iter().all(|k| {
        let mut classes: Vec<Option<Symbol>> = part.iter().map(|i| groups[*i].takes[*k].class).collect();
        classes.sort();
        classes.dedup();
        classes.len() >= FEWEST
    })
}

/// Whether most groups have no meaning of their own.
fn is_open(part: &[usize], groups: &[Group]) -> bool {
    part.iter().filter(|i| groups[**i].rivals.is_empty()).count() * 2 > part.len()
}

fn is_general(explains: &[usize], part: &[usize], wild: &[usize], groups: &[Group]) -> bool {
    holds(explains, part) >= SHARE && broad(explains, wild, groups)
}

/// The probability that what explains some groups of a part explains another one, by the rule of succession.
fn holds(explains: &[usize], part: &[usize]) -> f64 {
    (explains.len() + 1) as f64 / (part.len() + 2) as f64
}

/// The formulas of groups, what many have first.
fn formulas(part: &[usize], groups: &[Group]) -> Vec<Formula> {
    let mut all: Vec<(usize, &Formula)> = vec![];
    for rival in part.iter().flat_map(|i| &groups[*i].rivals) {
        let Meaning::Formula(formula) = &rival.meaning else { continue };
        // What never succeeds was not seen to succeed: that says little of other classes.
        if formula.guards.iter().any(|(test, _)| *test == Expr::Const(Datum::Bool(true))) {
            continue;
        }
        match all.iter_mut().find(|(_, known)| *known == formula) {
            Some((count, _)) => *count += 1,
            None => all.push((1, formula)),
        }
    }
    all.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    all.into_iter().take(TRIED).map(|(_, formula)| formula.clone()).collect()
}

/// The nodes of a meaning, with all that its constants hold: a table in a constant is no short meaning.
fn length(meaning: &Meaning) -> usize {
    fn held(expr: &Expr) -> usize {
        match expr {
            Expr::Const(datum) => datum_weight(datum),
            other => other.parts().map(held).sum(),
        }
    }
    let Meaning::Formula(f) = meaning else { return size(meaning) };
    let parts = f.guards.iter().map(|(test, _)| test).chain(f.changes.iter().map(|(_, e)| e)).chain(&f.output);
    size(meaning) + held(&f.result) + parts.map(held).sum::<usize>()
}

/// Formulas that explain a few examples of several groups together.
fn pooled(part: &[usize], groups: &[Group], vocabulary: &Vocabulary, budget: Budget) -> Vec<Formula> {
    let step = part.len().div_ceil(POOLED.0).max(1);
    let few = |group: &Group| -> Vec<Example> {
        let step = group.examples.len().div_ceil(POOLED.1).max(1);
        group.examples.iter().step_by(step).cloned().collect()
    };
    let examples = part.iter().step_by(step).flat_map(|i| few(&groups[*i])).collect();
    let problem = Problem { key: groups[part[0]].key, examples };
    let found = induce(&problem, vocabulary, Budget { candidates: budget.candidates / 3, ..budget });
    let formula = |rival: Rival<Meaning>| if let Meaning::Formula(formula) = rival.meaning { Some(formula) } else { None };
    found.rivals.into_iter().filter_map(formula).collect()
}

/// Formulas on trial.
struct Trial<'a> {
    groups: &'a [Group],
    /// Examples of groups, ready to be compared.
    cases: BTreeMap<usize, Vec<Case>>,
    speaker: Speaker,
}

impl Trial<'_> {
    /// The formulas that explain most groups of a part, and those groups.
    fn best(&mut self, part: &[usize], formulas: Vec<Formula>) -> (Vec<Formula>, Vec<usize>) {
        let mut best: (Vec<Formula>, Vec<usize>) = (vec![], vec![]);
        for formula in formulas {
            let explains: Vec<usize> = part.iter().copied().filter(|i| self.explains(*i, &formula)).collect();
            if explains.len() > best.1.len() {
                best = (vec![formula], explains);
            } else if explains == best.1 {
                best.0.push(formula);
            }
        }
        best
    }

    fn explains(&mut self, group: usize, formula: &Formula) -> bool {
        let cases = self.cases.entry(group).or_insert_with(|| {
            let examples = distinct(&self.groups[group].examples).0;
            let step = examples.len().div_ceil(CHECKED).max(1);
            examples.into_iter().step_by(step).map(Case::new).collect()
        });
        let (misses, flaw) = disagreeing(formula, cases, &mut self.speaker);
        flaw == 0.0 && wild::explained(formula, &misses, cases)
    }
}
