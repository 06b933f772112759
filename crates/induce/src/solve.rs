//! One overload: from examples to formulas that explain all of them.

use std::rc::Rc;

use mimus_core::{Datum, Expr, Formula, Meaning, Raise, SizeLimit, Symbol, Value};

use crate::bank::{Engine, Row};
use crate::case::{Agreement, Case, End, distinct};
use crate::example::{Budget, Problem};
use crate::goal::{MOST_ROWS, Want, classes_of, labels_of};
use crate::pool::{Pool, UNDEFINED};
use crate::probe;
use crate::search::{Lab, Solution, Spec};
use crate::vocabulary::{ReadyMeaning, Speaker, Vocabulary};

/// A meaning that explains all examples, and its description length in bits.
#[derive(Clone, Debug)]
pub struct Explained {
    pub meaning: Meaning,
    pub bits: f64,
    /// The part of the examples in which the text of an error is not explained.
    pub flaw: f64,
}

/// What a search for one overload came to.
pub struct Findings {
    /// Meanings, shortest first.
    pub explained: Vec<Explained>,
    /// Distinct examples.
    pub seen: usize,
    /// Evaluations done.
    pub work: u64,
}

/// Rows that a search begins with.
const FIRST_ROWS: usize = 40;
/// Rows without a wanted value, on which rival meanings may differ.
const PROBES: usize = 8;
/// Evaluations that a candidate costs on average.
const ROWS_PER_CANDIDATE: u64 = 40;
/// Bits for a node of a formula.
pub const NODE_BITS: f64 = 4.0;
/// Bits for an operand that a formula does not use: operations depend on their operands.
const IDLE_BITS: f64 = 6.0;

/// What of an outcome a formula has to give.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Aspect {
    Value,
    Change(usize),
    Output,
}

/// A kind of error.
struct Failure {
    class: Symbol,
    /// Its text, where all of this kind have one text.
    text: Option<String>,
}

/// Tests with the errors that they raise, and the error that being undefined stands for.
type Guarded = (Vec<(Expr, u8)>, Option<u8>);

/// Searches for formulas.
pub fn solve(problem: &Problem, vocabulary: &Vocabulary, budget: Budget) -> Findings {
    let _limit = SizeLimit::set(2_000);
    let (examples, contradicted) = distinct(&problem.examples);
    let seen = examples.len();
    let mut findings = Findings { explained: vec![], seen, work: 0 };
    if seen == 0 || contradicted * 20 > seen {
        return findings;
    }
    let cases: Vec<Case> = examples.iter().map(|e| Case::new(e)).collect();
    let mut speaker = Speaker::new(vocabulary);
    let own = cases.iter().filter_map(|case| match &case.end {
        End::Gave { value, changes, out } if changes.is_empty() && out.is_empty() => {
            Some((case.args.to_vec(), Ok(value.clone())))
        }
        End::Raised { error, .. } => Some((case.args.to_vec(), Err(error.clone()))),
        End::Gave { .. } => None,
    });
    speaker.learn_own(problem.key, own);
    let words = words(problem.key, vocabulary, &cases);
    let engine = Engine { pool: Pool::new(), speaker, work: 0 };
    let mut lab = Lab::new(engine, words);
    let total = budget.candidates.saturating_mul(ROWS_PER_CANDIDATE);
    let order = first_rows(&cases);
    let mut active = order[..order.len().min(FIRST_ROWS)].to_vec();
    // Few rows are quick; where they lead to nothing, or only to what other rows refute, more of them tell more.
    let mut limit = if order.len() > FIRST_ROWS { total / 4 } else { total };
    for _ in 0..12 {
        let mut attempt = Attempt::new(&cases, &active, &mut lab);
        let formulas = attempt.run(&mut lab, limit);
        if formulas.is_empty() {
            if limit >= total {
                break;
            }
            limit = total;
            active = order.clone();
            lab.clear();
            continue;
        }
        let mut wrong: Vec<usize> = vec![];
        for (formula, bits) in formulas {
            let (failed, flaw) = disagreeing(&formula, &cases, &mut lab.engine.speaker);
            if failed.is_empty() {
                let bits = bits + idle(&formula, &cases);
                findings.explained.push(Explained { bits, flaw, meaning: Meaning::Formula(formula) });
            } else if findings.explained.is_empty() && wrong.is_empty() {
                wrong = failed;
            }
        }
        if !findings.explained.is_empty() || lab.engine.work >= total {
            break;
        }
        // The examples that refute the answer join the rows: a few, spread over all of them.
        let step = wrong.len().div_ceil(6).max(1);
        let before = active.len();
        active.extend(wrong.into_iter().step_by(step).filter(|i| !active.contains(i)).collect::<Vec<_>>());
        active.truncate(MOST_ROWS - PROBES);
        if active.len() == before {
            break;
        }
        lab.clear();
    }
    findings.explained.sort_by(|a, b| a.bits.total_cmp(&b.bits));
    findings.work = lab.engine.work;
    findings
}

/// The cases with which a formula does not agree, and the part of all in which only an error's text is wrong.
fn disagreeing(formula: &Formula, cases: &[Case], speaker: &mut Speaker) -> (Vec<usize>, f64) {
    let meaning = Rc::new(ReadyMeaning::formula(formula));
    speaker.speak_own(Some(Rc::clone(&meaning)));
    let mut flawed = 0;
    let mut failed = vec![];
    for (i, case) in cases.iter().enumerate() {
        match case.agrees(&meaning, speaker) {
            Agreement::Full => {}
            Agreement::ButText => flawed += 1,
            Agreement::None => failed.push(i),
        }
    }
    speaker.speak_own(None);
    (failed, f64::from(flawed) / cases.len() as f64)
}

/// Bits for operands that vary, but are not used.
fn idle(formula: &Formula, cases: &[Case]) -> f64 {
    let arity = cases.first().map_or(0, |case| case.args.len());
    let mut used = vec![false; arity];
    let mut note = |expr: &Expr| uses(expr, &mut used);
    note(&formula.result);
    formula.changes.iter().for_each(|(_, e)| note(e));
    formula.output.iter().for_each(&mut note);
    formula.guards.iter().for_each(|(test, _)| note(test));
    for (i, _) in &formula.changes {
        if let Some(used) = used.get_mut(*i) {
            *used = true;
        }
    }
    used.iter().filter(|used| !**used).count() as f64 * IDLE_BITS
}

fn uses(expr: &Expr, used: &mut [bool]) {
    if let Expr::Arg(i) = expr
        && let Some(used) = used.get_mut(*i as usize)
    {
        *used = true;
    }
    expr.parts().for_each(|part| uses(part, used));
}

/// Learned operations that can matter here: those that take a class that occurs in the operands.
fn words(own: Symbol, vocabulary: &Vocabulary, cases: &[Case]) -> Vec<(Symbol, usize, usize)> {
    let mut classes: Vec<Symbol> = vec![];
    for case in cases.iter().take(40) {
        case.args.iter().for_each(|arg| inner_classes(arg, &mut classes, 3));
    }
    let mut out = vec![];
    for key in vocabulary.offered.iter().filter(|key| **key != own) {
        let Some(operation) = vocabulary.operations.get(key) else { continue };
        let fits = |takes: &[mimus_knowledge::Pattern]| takes.iter().all(|p| p.name.is_none() && classes.contains(&p.class));
        let pure = |meaning: &Meaning| match meaning {
            Meaning::Formula(f) => f.changes.is_empty() && f.output.is_none(),
            Meaning::Rote { .. } => true,
        };
        let mut arities: Vec<usize> = operation
            .overloads
            .iter()
            .filter(|o| fits(&o.takes) && o.meanings.first().is_some_and(|m| pure(&m.meaning)))
            .map(|o| o.takes.len())
            .collect();
        arities.sort_unstable();
        arities.dedup();
        out.extend(arities.into_iter().filter(|n| (1..=2).contains(n)).map(|n| (*key, n, n)));
    }
    // A value that holds values of its own class may be explained through what the operation does to those.
    let nested = cases.iter().any(|case| {
        case.args.iter().any(|arg| {
            let mut inner = vec![];
            inner_classes(arg, &mut inner, 3);
            matches!(arg, Value::Object(_)) && inner.len() > 1
        })
    });
    if nested && let Some(case) = cases.first() {
        out.insert(0, (own, case.args.len().min(2), case.args.len()));
    }
    out.truncate(16);
    out
}

fn inner_classes(value: &Value, into: &mut Vec<Symbol>, depth: usize) {
    if !into.contains(&value.class()) {
        into.push(value.class());
    }
    if depth == 0 {
        return;
    }
    if let Value::Object(o) = value {
        match &*o.body.borrow() {
            mimus_core::Contents::Seq(items) => items.iter().for_each(|v| inner_classes(v, into, depth - 1)),
            mimus_core::Contents::Set(items) => items.iter().for_each(|v| inner_classes(v, into, depth - 1)),
            mimus_core::Contents::Map(entries) => entries.iter().for_each(|(k, v)| {
                inner_classes(k, into, depth - 1);
                inner_classes(v, into, depth - 1);
            }),
            mimus_core::Contents::Record(fields) => fields.iter().for_each(|(_, v)| inner_classes(v, into, depth - 1)),
            mimus_core::Contents::Range { .. } => {}
        }
    }
}

/// One example of each look, then more of those that there are most of.
fn first_rows(cases: &[Case]) -> Vec<usize> {
    let mut groups: Vec<(String, Vec<usize>)> = vec![];
    for (i, case) in cases.iter().enumerate() {
        let look = case.look();
        match groups.iter_mut().find(|(known, _)| *known == look) {
            Some((_, members)) => members.push(i),
            None => groups.push((look, vec![i])),
        }
    }
    let mut rows = vec![];
    let most = groups.iter().map(|(_, members)| members.len()).max().unwrap_or(0);
    // Looks in the order of their size, so that what is common is there first.
    groups.sort_by_key(|(_, members)| std::cmp::Reverse(members.len()));
    for round in 0..most {
        for (_, members) in &groups {
            if rows.len() >= MOST_ROWS - PROBES - 24 {
                return rows;
            }
            if let Some(i) = members.get(round) {
                rows.push(*i);
            }
        }
    }
    rows
}

/// One set of rows, and the searches on it.
struct Attempt<'a> {
    cases: &'a [Case],
    active: Vec<usize>,
    rows: Vec<Row>,
    probes: usize,
    failures: Vec<Failure>,
    /// The failure of each active row, if it raised.
    failed: Vec<Option<u8>>,
    errors: Vec<u32>,
    aspects: Vec<Aspect>,
    classes: Vec<Symbol>,
}

impl<'a> Attempt<'a> {
    fn new(cases: &'a [Case], active: &[usize], lab: &mut Lab) -> Self {
        let mut rows: Vec<Row> = active
            .iter()
            .map(|i| Row { args: Rc::clone(&cases[*i].args), locals: Rc::from([]), labels: Rc::clone(&cases[*i].labels) })
            .collect();
        let probes = probe::make(cases, PROBES);
        for args in &probes {
            let mut labels = vec![];
            args.iter().for_each(|v| labels_of(v, &mut labels));
            rows.push(Row { args: args.as_slice().into(), locals: Rc::from([]), labels: labels.into() });
        }
        let failures = failures(cases);
        let failure = |case: &Case| match &case.end {
            End::Raised { class, text, .. } => {
                failures.iter().position(|f| f.class == *class && f.text.as_ref().is_none_or(|t| t == text)).map(|i| i as u8)
            }
            End::Gave { .. } => None,
        };
        let failed = active.iter().map(|i| failure(&cases[*i])).collect();
        let mut errors: Vec<u32> = active
            .iter()
            .map(|i| match &cases[*i].end {
                End::Raised { error, .. } => lab.engine.pool.intern_raised(error.clone()),
                End::Gave { .. } => UNDEFINED,
            })
            .collect();
        errors.resize(rows.len(), UNDEFINED);
        let mut changed: Vec<usize> = vec![];
        let mut prints = false;
        let mut wanted: Vec<&Value> = vec![];
        for case in cases {
            if let End::Gave { value, changes, out } = &case.end {
                wanted.push(value);
                prints |= !out.is_empty();
                for (i, new) in changes {
                    wanted.push(new);
                    if !changed.contains(i) {
                        changed.push(*i);
                    }
                }
            }
        }
        changed.sort_unstable();
        let mut aspects: Vec<Aspect> = changed.into_iter().map(Aspect::Change).collect();
        aspects.insert(0, Aspect::Value);
        if prints {
            aspects.push(Aspect::Output);
        }
        let classes = classes_of(wanted.into_iter());
        let probes = probes.len();
        Self { cases, active: active.to_vec(), rows, probes, failures, failed, errors, aspects, classes }
    }

    fn specification(&self, wants: Vec<Want>, main_error: Option<u8>, loose: bool) -> Spec {
        let mut wants = wants;
        wants.resize(self.active.len() + self.probes, Want::Free);
        Spec {
            rows: self.rows.clone(),
            wants,
            main_error,
            errors: if main_error.is_some() { self.errors.clone() } else { vec![] },
            classes: self.classes.clone(),
            loose,
            depth: 0,
            given: vec![],
            narrow: false,
        }
    }

    /// What an aspect wants in the rows that gave a value.
    fn wants(&self, aspect: Aspect, with_errors: bool, lab: &mut Lab) -> Vec<Want> {
        let mut wants = vec![];
        for (k, i) in self.active.iter().enumerate() {
            let case = &self.cases[*i];
            wants.push(match (&case.end, aspect) {
                (End::Raised { .. }, _) => match self.failed[k] {
                    Some(kind) if with_errors => Want::Error(kind),
                    _ => Want::Free,
                },
                (End::Gave { value, .. }, Aspect::Value) => Want::Value(lab.engine.pool.intern(value.clone())),
                (End::Gave { changes, .. }, Aspect::Change(operand)) => {
                    let new = changes.iter().find(|(j, _)| *j == operand).map_or(&case.args[operand], |(_, new)| new);
                    Want::Value(lab.engine.pool.intern(new.clone()))
                }
                (End::Gave { out, .. }, Aspect::Output) => Want::Value(lab.engine.pool.intern(Value::text(out))),
            });
        }
        wants
    }

    /// Formulas that are right on all rows, with their bits; none if the work ran out.
    fn run(&mut self, lab: &mut Lab, total: u64) -> Vec<(Formula, f64)> {
        let raises = self.failed.iter().any(Option::is_some);
        let gives = self.failed.iter().any(Option::is_none);
        let main = self.main_failure();
        let mut work: u64 = 200_000;
        let plain: Vec<usize> = self
            .aspects
            .clone()
            .into_iter()
            .map(|aspect| {
                let wants = self.wants(aspect, false, lab);
                lab.open(self.specification(wants, None, matches!(aspect, Aspect::Change(_))))
            })
            .collect();
        // An aspect that is the same everywhere says nothing about where errors come from.
        let mut strict: Vec<(usize, usize)> = vec![];
        if raises && gives {
            for (k, aspect) in self.aspects.clone().into_iter().enumerate() {
                let wants = self.wants(aspect, true, lab);
                let mut values: Vec<Want> = wants.iter().filter(|w| matches!(w, Want::Value(_))).copied().collect();
                values.dedup();
                if values.len() > 1 || self.aspects.len() == 1 {
                    strict.push((k, lab.open(self.specification(wants, main, matches!(aspect, Aspect::Change(_))))));
                }
            }
        }
        loop {
            let left = total.saturating_sub(lab.engine.work);
            if left == 0 {
                return vec![];
            }
            let share = work.min(left);
            let before = lab.engine.work;
            let solved = if !gives {
                Some(vec![
                    vec![Solution { cost: 1, expr: Expr::Const(Datum::None), guards: vec![], undefined: None }];
                    self.aspects.len()
                ])
            } else {
                self.aspects_solved(&plain, lab, share)
            };
            if !raises {
                if let Some(solved) = solved {
                    return self.assemble(&solved, &[], lab, total);
                }
            } else {
                for (k, search) in &strict {
                    if lab.advance(*search, share).is_some() {
                        let mut all = vec![];
                        for (j, plain) in plain.iter().enumerate() {
                            let search = if j == *k { *search } else { *plain };
                            if lab.advance(search, share).is_none() {
                                break;
                            }
                            let until = lab.engine.work + 10_000_000;
                            lab.finish(search, until);
                            all.push(lab.look(search).map_or(vec![], |s| s.found.clone()));
                        }
                        if all.len() == plain.len() {
                            return self.assemble(&all, &[], lab, total);
                        }
                    }
                }
                if let Some(solved) = solved
                    && let Some((guards, undefined)) = self.guards(&solved, lab, share)
                {
                    let mut solved = solved;
                    for solution in &mut solved[0] {
                        solution.undefined = undefined;
                    }
                    solved[0].truncate(1);
                    return self.assemble(&solved, &guards, lab, total);
                }
            }
            if lab.engine.work < before + 1_000 {
                // All searches have come to their end.
                return vec![];
            }
            work = work.saturating_mul(3);
        }
    }

    fn aspects_solved(&self, searches: &[usize], lab: &mut Lab, share: u64) -> Option<Vec<Vec<Solution>>> {
        let mut all = vec![];
        for search in searches {
            lab.advance(*search, share)?;
            let until = lab.engine.work + 10_000_000;
            lab.finish(*search, until);
            all.push(lab.look(*search).map_or(vec![], |s| s.found.clone()));
        }
        Some(all)
    }

    /// The error that most rows raise.
    fn main_failure(&self) -> Option<u8> {
        let kinds = 0..self.failures.len() as u8;
        kinds.max_by_key(|kind| (self.failed.iter().filter(|f| **f == Some(*kind)).count(), std::cmp::Reverse(*kind)))
    }

    /// Tests for errors where the solved aspects are not undefined of themselves.
    fn guards(&self, solved: &[Vec<Solution>], lab: &mut Lab, share: u64) -> Option<Guarded> {
        let exprs: Vec<Expr> = solved.iter().filter_map(|s| s.first()).map(|s| s.expr.clone()).collect();
        let undefined: Vec<bool> = self
            .rows
            .iter()
            .take(self.active.len())
            .map(|row| {
                exprs.iter().any(|expr| {
                    lab.engine.speaker.begin();
                    mimus_core::eval(expr, &row.args, &mut lab.engine.speaker).is_err()
                })
            })
            .collect();
        let count = |kind: u8| (0..self.active.len()).filter(|i| undefined[*i] && self.failed[*i] == Some(kind)).count();
        let partial = (0..self.failures.len() as u8).filter(|kind| count(*kind) > 0).max_by_key(|kind| count(*kind));
        let settled = |i: usize| undefined[i] && partial.is_some() && self.failed[i] == partial;
        let (yes, no) = (lab.engine.pool.intern(Value::Bool(true)), lab.engine.pool.intern(Value::Bool(false)));
        let mut kinds: Vec<u8> = (0..self.active.len()).filter(|i| !settled(*i)).filter_map(|i| self.failed[i]).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let mut guards = vec![];
        let mut done: Vec<u8> = vec![];
        for kind in kinds {
            let wants: Vec<Want> = (0..self.active.len())
                .map(|i| match self.failed[i] {
                    Some(k) if k == kind && settled(i) => Want::Free,
                    Some(k) if k == kind => Want::Value(yes),
                    Some(k) if done.contains(&k) => Want::Free,
                    _ => Want::Value(no),
                })
                .collect();
            let all = wants.iter().all(|w| *w != Want::Value(no));
            let test = if all {
                Expr::Const(Datum::Bool(true))
            } else {
                let search = lab.open(self.specification(wants, None, false));
                lab.advance(search, share)?.expr
            };
            guards.push((test, kind));
            done.push(kind);
        }
        Some((guards, partial))
    }

    /// Formulas from the answers of each aspect: the best of each, and the rivals of the first.
    fn assemble(&self, solved: &[Vec<Solution>], guards: &[(Expr, u8)], lab: &mut Lab, total: u64) -> Vec<(Formula, f64)> {
        let mut texts: Vec<Option<(Expr, f64)>> = self.failures.iter().map(|_| None).collect();
        let mut out = vec![];
        let rivals = solved.iter().map(Vec::len).max().unwrap_or(0);
        // The aspect with the most answers varies; of the others the best is taken.
        let varying = (0..solved.len()).max_by_key(|k| (solved[*k].len(), std::cmp::Reverse(*k))).unwrap_or(0);
        for n in 0..rivals {
            let mut formula = Formula::pure(Expr::Const(Datum::None));
            formula.classes.clone_from(&self.classes);
            let mut bits = 0.0;
            let mut raise = |kind: u8, attempt: &Self, lab: &mut Lab, bits: &mut f64| {
                let (text, cost) = texts[kind as usize].get_or_insert_with(|| attempt.text(kind, lab, total)).clone();
                *bits += cost;
                Raise { class: attempt.failures[kind as usize].class, text }
            };
            for (test, kind) in guards {
                bits += NODE_BITS * test.size() as f64;
                formula.guards.push((test.clone(), raise(*kind, self, lab, &mut bits)));
            }
            for (k, aspect) in self.aspects.iter().enumerate() {
                let Some(solution) = solved[k].get(if k == varying { n } else { 0 }) else { continue };
                bits += NODE_BITS * solution.cost as f64;
                for (test, kind) in &solution.guards {
                    formula.guards.push((test.clone(), raise(*kind, self, lab, &mut bits)));
                }
                if let Some(kind) = solution.undefined {
                    formula.undefined = Some(raise(kind, self, lab, &mut bits));
                }
                match aspect {
                    Aspect::Value => formula.result = solution.expr.clone(),
                    Aspect::Change(i) => formula.changes.push((*i, solution.expr.clone())),
                    Aspect::Output => formula.output = Some(solution.expr.clone()),
                }
            }
            out.push((formula, bits));
        }
        out
    }

    /// The text of a kind of error, as an expression, and its bits.
    fn text(&self, kind: u8, lab: &mut Lab, total: u64) -> (Expr, f64) {
        let failure = &self.failures[kind as usize];
        if let Some(text) = &failure.text {
            return (Expr::Const(Datum::text(text)), NODE_BITS);
        }
        // All examples of this error, not only the active ones: there are seldom many.
        let mut rows = vec![];
        let mut wants = vec![];
        let mut texts: Vec<&String> = vec![];
        for case in self.cases {
            if let End::Raised { class, text, .. } = &case.end
                && *class == failure.class
                && rows.len() < 48
            {
                rows.push(Row { args: Rc::clone(&case.args), locals: Rc::from([]), labels: Rc::clone(&case.labels) });
                wants.push(Want::Value(lab.engine.pool.intern(Value::text(text))));
                texts.push(text);
            }
        }
        let spec = Spec {
            rows,
            wants,
            main_error: None,
            errors: vec![],
            classes: vec![],
            loose: false,
            depth: 0,
            given: vec![],
            narrow: false,
        };
        let search = lab.open(spec);
        let share = (total / 4).max(400_000);
        if let Some(solution) = lab.advance(search, share) {
            return (solution.expr, NODE_BITS * solution.cost as f64);
        }
        // Better the class with the wrong text than nothing.
        let mut best = texts[0];
        for text in &texts {
            if texts.iter().filter(|t| *t == text).count() > texts.iter().filter(|t| **t == best).count() {
                best = text;
            }
        }
        (Expr::Const(Datum::text(best)), 10.0 * NODE_BITS)
    }
}

/// The kinds of errors: by class, and by text where a class has only a few.
fn failures(cases: &[Case]) -> Vec<Failure> {
    let mut seen: Vec<(Symbol, Vec<(String, usize)>)> = vec![];
    for case in cases {
        if let End::Raised { class, text, .. } = &case.end {
            let at = seen.iter().position(|(c, _)| c == class).unwrap_or_else(|| {
                seen.push((*class, vec![]));
                seen.len() - 1
            });
            match seen[at].1.iter_mut().find(|(t, _)| t == text) {
                Some((_, n)) => *n += 1,
                None => seen[at].1.push((text.clone(), 1)),
            }
        }
    }
    let mut out = vec![];
    for (class, texts) in seen {
        let few = texts.len() == 1 || (texts.len() <= 3 && texts.iter().all(|(_, n)| *n >= 2));
        if few {
            out.extend(texts.into_iter().map(|(text, _)| Failure { class, text: Some(text) }));
        } else {
            out.push(Failure { class, text: None });
        }
    }
    out.truncate(200);
    out
}
