//! What an operation does for operands of any class: one meaning for many groups of examples that differ in classes alone.

use std::collections::{BTreeMap, BTreeSet};

use mimus_core::{Expr, Formula, Meaning, SizeLimit, Symbol};
use mimus_knowledge::{Overload, Pattern, Rival};
use rayon::prelude::*;

use crate::circle::is_circle;
use crate::driver::datum_weight;
use crate::example::{Budget, Example, Problem};
use crate::group::{Group, alike, sum_of_shares};
use crate::patience::Patience;
use crate::posterior::{induce, weigh};
use crate::solve::{Explained, NODE_BITS};
use crate::trial::{Fit, Trial};
use crate::vocabulary::{Operations, Vocabulary};

/// A meaning for any class of some operands.
pub struct General {
    pub key: Symbol,
    pub takes: Vec<Pattern>,
    /// Distinct examples that it explains.
    pub seen: usize,
    /// One of them, for people.
    pub example: String,
    /// Their shares are for a class that was not seen.
    pub rivals: Vec<Rival<Meaning>>,
    /// The groups that it explains, and the classes that what it makes has there.
    pub explains: Vec<(usize, Vec<Symbol>)>,
    /// Groups that say nothing for or against it.
    pub silent: Vec<usize>,
    /// Whether the classes are the same for all groups.
    pub is_wide: bool,
    /// The probability that it holds for another class, too.
    pub holds: f64,
}

impl General {
    /// How surely it is known for a class that was not seen.
    pub fn share(&self) -> f64 {
        sum_of_shares(&self.rivals)
    }

    /// What it adds to its operation.
    pub fn overload(&self) -> Overload {
        let (takes, example, meanings) = (self.takes.clone(), self.example.clone(), self.rivals.clone());
        Overload { takes, seen: self.seen as u64, example, meanings }
    }

    /// Whether it is about any number of operands.
    pub fn is_over_all(&self) -> bool {
        self.takes.iter().any(Pattern::is_several)
    }

    /// Leaves out what leads back to where it began; whether anything is left.
    pub fn keep_straight(&mut self, operations: &Operations) -> bool {
        self.rivals.retain(|rival| !is_circle(self.key, &self.takes, &rival.meaning, operations));
        !self.rivals.is_empty()
    }

    /// Whether it takes all operands together, and those of another one are such.
    pub fn takes_all_that(&self, other: &Self) -> bool {
        let unnamed = other.takes.iter().filter(|pattern| pattern.name.is_none()).count();
        let all = self.takes.first().and_then(|pattern| pattern.all_from).is_some_and(|least| unnamed >= usize::from(least));
        self.key == other.key && all && self.takes[1..] == other.takes[unnamed..]
    }
}

/// What holds for fewer classes than this is not called general.
const FEWEST: usize = 3;
/// What does not hold for more than this part of the classes that were seen is not called general either.
const SHARE: f64 = 0.6;
/// What is surer than this needs no company.
const SURE: f64 = 0.95;
/// Formulas of single groups that are tried on the others.
const TRIED: usize = 12;
/// The operation that gives the elements of a value, one after the other: all forms that walk through something use it.
const ITERATE: &str = "iterate";
/// Groups, and examples of each, for a search of their own.
const POOLED: (usize, usize) = (6, 8);

/// What searches for general meanings go by.
#[derive(Clone, Copy)]
pub struct Effort<'a> {
    pub vocabulary: &'a Vocabulary,
    pub budget: Budget,
    /// What was found in the round before: it is tried before anything is searched.
    pub before: &'a [General],
    /// Whether there is a search where nothing known will do.
    pub searches: bool,
}

impl Effort<'_> {
    /// What was found before for such operands.
    pub fn known(&self, key: Symbol, takes: &[Pattern]) -> Vec<Formula> {
        let alike = self.before.iter().filter(|general| general.key == key && general.takes == takes);
        alike.flat_map(|general| general.rivals.clone()).filter_map(formula).collect()
    }
}

/// Finds general meanings. Groups that they explain better than what was found for them alone get them too; those that a sure meaning
/// over any number of operands explains need none.
pub fn find(groups: &mut [Group], over_all: &[General], operations: &mut Operations, effort: Effort) -> Vec<General> {
    // Each operation by itself, so that the work can be shared out.
    let mut alike = alike(groups, |group| group.speaks_for_all().then(|| group.names()));
    let explained: BTreeSet<usize> =
        over_all.iter().filter(|wide| wide.share() >= SURE).flat_map(|wide| &wide.explains).map(|(i, _)| *i).collect();
    alike.iter_mut().for_each(|members| members.retain(|i| !explained.contains(i)));
    alike.retain(|members| members.len() >= FEWEST);
    let shared: &[Group] = groups;
    let mut found: Vec<General> =
        alike.par_iter().with_max_len(1).flat_map_iter(|members| among(members, shared, effort)).collect();
    found.retain_mut(|general| general.keep_straight(operations));
    for general in &found {
        // What was seen in many groups is surer than what explains one of them alone; and these classes were seen.
        let known = general.share() / general.holds;
        for (i, classes) in &general.explains {
            let seen = |rival: &Rival<Meaning>| {
                let Meaning::Formula(formula) = &rival.meaning else { return rival.clone() };
                let meaning = Meaning::Formula(Formula { classes: classes.clone(), ..formula.clone() });
                Rival { share: rival.share / general.holds, meaning }
            };
            let group = &mut groups[*i];
            let mut rivals: Vec<Rival<Meaning>> = general.rivals.iter().map(seen).collect();
            rivals.retain(|rival| !is_circle(group.key, &group.takes, &rival.meaning, operations));
            if group.share() < known && !rivals.is_empty() {
                group.take(rivals, operations);
            }
        }
    }
    found.retain(|general| general.is_wide);
    found
}

/// General meanings for groups of one operation.
fn among(members: &[usize], groups: &[Group], effort: Effort) -> Vec<General> {
    let Effort { vocabulary, budget, .. } = effort;
    let _limit = SizeLimit::set(2_000);
    let mut trial = Trial::new(groups, vocabulary);
    let mut open = members.to_vec();
    let mut found: Vec<General> = vec![];
    let mut patience = Patience::default();
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
            let mut tried = formulas(&part, groups);
            tried.extend(effort.known(groups[part[0]].key, &takes));
            tried.extend(tried.clone().iter().filter_map(|formula| walked(formula, &wild)));
            let mut best = Best::of(&part, tried, &mut trial);
            if effort.searches && !best.is_general(&part, &wild, groups) {
                // What always fails has nothing in common with what gives something.
                let (giving, failing): (Vec<usize>, Vec<usize>) = part.iter().partition(|i| groups[**i].gives());
                for pool in [giving, failing] {
                    if best.is_general(&part, &wild, groups) || !broad(&pool, &wild, groups) || !is_open(&pool, groups) {
                        continue;
                    }
                    let budget = Budget { candidates: patience.left(budget.candidates), ..budget };
                    best = Best::of(&part, pooled(&pool, groups, vocabulary, budget), &mut trial);
                    patience.note(best.is_general(&part, &wild, groups));
                }
            }
            if !best.is_general(&part, &wild, groups) {
                continue;
            }
            open.retain(|i| !best.explains.contains(i));
            let holds = best.holds(&part);
            let seen = best.explains.iter().map(|i| groups[*i].seen).sum();
            // What it makes has a class: where that differs, another class has one that was not seen.
            let is_wide = best.makes_the_same();
            let rivals = best.rivals(best.explains.iter().map(|i| groups[*i].evidence).sum(), holds);
            let silent = best.silent;
            let example = groups[best.explains[0]].example.clone();
            let explains = best.explains.into_iter().zip(best.suited.into_iter().map(|suited| suited.classes)).collect();
            found.push(General { key: groups[part[0]].key, takes, seen, example, rivals, explains, silent, holds, is_wide });
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

/// Whether most groups have no meaning of their own that is sure.
fn is_open(part: &[usize], groups: &[Group]) -> bool {
    part.iter().filter(|i| groups[**i].share() < SURE).count() * 2 > part.len()
}

/// The formulas of groups, what many have first.
fn formulas(part: &[usize], groups: &[Group]) -> Vec<Formula> {
    let mut all: Vec<(usize, &Formula)> = vec![];
    for rival in part.iter().flat_map(|i| &groups[*i].rivals) {
        let Meaning::Formula(formula) = &rival.meaning else { continue };
        // What never succeeds was not seen to succeed: that says little of other classes.
        if formula.fails() {
            continue;
        }
        match all.iter_mut().find(|(_, known)| known.is_like(formula)) {
            Some((count, _)) => *count += 1,
            None => all.push((1, formula)),
        }
    }
    all.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    all.into_iter().take(TRIED).map(|(_, formula)| formula.clone()).collect()
}

/// The same of what walking through these operands gives, in place of the operands: what holds for a sequence may hold for
/// anything that has elements.
fn walked(formula: &Formula, wild: &[usize]) -> Option<Formula> {
    fn with(expr: &Expr, wild: &[usize]) -> Expr {
        match expr {
            Expr::Arg(i) if wild.contains(&usize::from(*i)) => Expr::Learned(Symbol::new(ITERATE), vec![expr.clone()]),
            other => other.with_parts(&mut |part| with(part, wild)),
        }
    }
    let is_plain = formula.guards.is_empty() && formula.changes.is_empty() && formula.output.is_none();
    let result = with(&formula.result, wild);
    (is_plain && result != formula.result).then(|| Formula { result, undefined: None, ..formula.clone() })
}

/// The nodes of a formula, with all that its constants hold: a table in a constant makes no short formula.
pub fn length(formula: &Formula) -> usize {
    fn held(expr: &Expr) -> usize {
        match expr {
            Expr::Const(datum) => datum_weight(datum),
            other => other.parts().map(held).sum(),
        }
    }
    let parts = formula.guards.iter().map(|(test, _)| test).chain(formula.changes.iter().map(|(_, e)| e)).chain(&formula.output);
    formula.size() + held(&formula.result) + parts.map(held).sum::<usize>()
}

/// Formulas that explain a few examples of several groups together.
fn pooled(part: &[usize], groups: &[Group], vocabulary: &Vocabulary, budget: Budget) -> Vec<Formula> {
    let step = part.len().div_ceil(POOLED.0).max(1);
    let few = |group: &Group| -> Vec<Example> {
        let step = group.examples.len().div_ceil(POOLED.1).max(1);
        group.examples.iter().step_by(step).cloned().collect()
    };
    let examples = part.iter().step_by(step).flat_map(|i| few(&groups[*i])).collect();
    let problem = Problem::new(groups[part[0]].key, examples);
    let found = induce(&problem, vocabulary, Budget { candidates: budget.candidates / 3, ..budget });
    found.rivals.into_iter().filter_map(formula).collect()
}

/// What is no table.
pub fn formula(rival: Rival<Meaning>) -> Option<Formula> {
    if let Meaning::Formula(formula) = rival.meaning { Some(formula) } else { None }
}

/// Formulas that explain as many groups of a part as any, and what each of those makes of them.
#[derive(Default)]
pub struct Best {
    pub formulas: Vec<Formula>,
    pub explains: Vec<usize>,
    /// Groups that say nothing for or against them.
    pub silent: Vec<usize>,
    /// Groups that have a meaning of their own, and for which they are undefined.
    pub beside: usize,
    /// The first formula, with the classes that what it makes has in each group.
    pub suited: Vec<Formula>,
}

impl Best {
    pub fn of(part: &[usize], formulas: Vec<Formula>, trial: &mut Trial) -> Self {
        let mut best = Self::default();
        for formula in formulas {
            let mut now = Self::default();
            for i in part {
                match trial.fit(*i, &formula) {
                    Fit::Explains(suited, 0.0) => {
                        now.explains.push(*i);
                        now.suited.push(*suited);
                    }
                    Fit::Silent(..) => now.silent.push(*i),
                    Fit::Undefined if trial.is_known(*i) => now.beside += 1,
                    Fit::Explains(..) | Fit::Undefined | Fit::Refuted => {}
                }
            }
            if now.explains.len() > best.explains.len() {
                best = Self { formulas: vec![formula], ..now };
            } else if now.explains == best.explains {
                best.formulas.push(formula);
            }
        }
        best
    }

    /// The classes of what the first formula makes in the first group.
    pub fn classes(&self) -> &[Symbol] {
        self.suited.first().map_or(&[], |suited| &suited.classes)
    }

    /// Whether these classes are the same in all groups.
    pub fn makes_the_same(&self) -> bool {
        self.suited.iter().all(|suited| suited.classes == self.classes())
    }

    /// The formulas with their shares, where so many telling examples stand behind them, and they hold so probably.
    pub fn rivals(&self, evidence: f64, holds: f64) -> Vec<Rival<Meaning>> {
        let explained = |formula: &Formula| {
            let meaning = Meaning::Formula(Formula { classes: self.classes().to_vec(), ..formula.clone() });
            Explained { bits: NODE_BITS * length(formula) as f64, meaning, flaw: 1.0 - holds }
        };
        weigh(self.formulas.iter().map(explained).collect(), evidence)
    }

    /// The probability that what explains some groups of a part explains another one, by the rule of succession.
    pub fn holds(&self, part: &[usize]) -> f64 {
        (self.explains.len() + 1) as f64 / (part.len() - self.silent.len() - self.beside + 2) as f64
    }

    fn is_general(&self, part: &[usize], wild: &[usize], groups: &[Group]) -> bool {
        self.holds(part) >= SHARE && broad(&self.explains, wild, groups)
    }
}
