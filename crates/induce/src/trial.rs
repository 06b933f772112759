//! A formula that was found for some examples of an operation, tried on others.

use std::collections::BTreeMap;

use mimus_core::{Formula, Symbol};

use crate::case::{Case, distinct};
use crate::goal::classes_of;
use crate::group::Group;
use crate::solve::score;
use crate::vocabulary::{Speaker, Vocabulary};
use crate::wild;

/// Examples of a group that a formula is tried on.
const CHECKED: usize = 200;
/// Examples that it is tried on first: most formulas are wrong on most of them.
const FIRST: usize = 8;

/// A formula that gives wrong texts of errors for more than this part of the examples explains nothing.
const MOST_FLAWED: f64 = 0.3;

/// What came of a trial.
pub enum Fit {
    /// It explains the group, with the classes that what it makes has there; for a part of the examples but the text of an error.
    Explains(Box<Formula>, f64),
    /// It needs operations that have no meaning for most of the operands: nothing was seen for or against it there. With the classes as
    /// above, and the part of the examples that it explains.
    Silent(Box<Formula>, f64),
    /// It is undefined for all of them: it says nothing there, and nothing wrong.
    Undefined,
    Refuted,
}

/// Formulas on trial.
pub struct Trial<'a> {
    groups: &'a [Group],
    ready: BTreeMap<usize, Ready>,
    speaker: Speaker,
}

/// A group's examples, ready to be compared.
struct Ready {
    cases: Vec<Case>,
    classes: Vec<Symbol>,
}

impl Ready {
    fn new(group: &Group) -> Self {
        let examples = distinct(&group.examples).0;
        let step = examples.len().div_ceil(CHECKED).max(1);
        let cases: Vec<Case> = examples.into_iter().step_by(step).map(Case::new).collect();
        let classes = classes_of(cases.iter().flat_map(Case::left));
        Self { cases, classes }
    }

    /// Tries a formula with the group's classes down to a depth.
    fn fit(&self, formula: &Formula, depth: usize, speaker: &mut Speaker) -> Fit {
        let suited = Formula { classes: self.classes[..depth].to_vec(), ..formula.clone() };
        let first = &self.cases[..self.cases.len().min(FIRST)];
        let of_first = score(&suited, first, speaker);
        if of_first.missed().len() * 2 > first.len() && of_first.undefined.len() < first.len() {
            return Fit::Refuted;
        }
        let score = score(&suited, &self.cases, speaker);
        if score.undefined.len() == self.cases.len() {
            return Fit::Undefined;
        }
        if score.flaw > MOST_FLAWED || !score.undefined.is_empty() || !wild::explained(&suited, &score.wrong, &self.cases) {
            return Fit::Refuted;
        }
        if score.declined.len() * 2 <= self.cases.len() {
            return Fit::Explains(Box::new(suited), score.flaw);
        }
        let explained = score.right.len() as f64 / self.cases.len() as f64;
        Fit::Silent(Box::new(suited), explained)
    }
}

impl<'a> Trial<'a> {
    pub fn new(groups: &'a [Group], vocabulary: &Vocabulary) -> Self {
        Self { groups, ready: BTreeMap::new(), speaker: Speaker::new(vocabulary) }
    }

    /// Whether a group has a meaning.
    pub fn is_known(&self, group: usize) -> bool {
        !self.groups[group].rivals.is_empty()
    }

    /// Tries a formula on a group: with as few of the group's own classes for what it makes as will do.
    pub fn fit(&mut self, group: usize, formula: &Formula) -> Fit {
        let ready = self.ready.entry(group).or_insert_with(|| Ready::new(&self.groups[group]));
        let all = ready.classes.len();
        let fit = ready.fit(formula, all, &mut self.speaker);
        if !matches!(fit, Fit::Explains(..)) {
            return fit;
        }
        let fewer = |depth| Some(ready.fit(formula, depth, &mut self.speaker)).filter(|fit| matches!(fit, Fit::Explains(..)));
        (0..all).find_map(fewer).unwrap_or(fit)
    }
}
