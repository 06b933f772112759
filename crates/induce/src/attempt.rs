//! One try at an overload: a set of rows, and the searches that look for what is right on all of them.

use std::rc::Rc;

use mimus_core::{Datum, Expr, Formula, Raise, Ready, Symbol, Value};

use crate::bank::Row;
use crate::case::{Case, End};
use crate::deduce::{call, common_ends};
use crate::failure::{Failure, Wording, failures};
use crate::goal::{Match, Want, classes_of, labels_of};
use crate::lab::Lab;
use crate::pool::UNDEFINED;
use crate::probe;
use crate::search::Solution;
use crate::solve::NODE_BITS;
use crate::spec::Spec;

/// Of so many right texts of errors one may be wrong.
const SELDOM: usize = 20;
/// The part of an error's texts that must be one, for which no formula was found, to be said for all.
const COMMON: (usize, usize) = (3, 4);
/// Examples of an error that its text is searched by.
const MOST_TEXTS: usize = 48;
/// Partial answers that are looked at for what stands against them.
const LIKELY: usize = 6;
/// Steps of an answer that tests for errors may be made of, and what each costs.
const MOST_STEPS: usize = 3;
const STEP_COST: usize = 2;
/// What it costs to ask how much an operand holds.
const LENGTH_COST: usize = 1;
/// Rows without a wanted value, on which rival meanings may differ.
pub const PROBES: usize = 8;

/// What of an outcome a formula has to give.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Aspect {
    Value,
    Change(usize),
    Output,
}

/// Tests with the errors that they raise, and the error that being undefined stands for.
type Guarded = (Vec<(Expr, u8)>, Option<u8>);

/// One set of rows, and the searches on it.
pub struct Attempt<'a> {
    cases: &'a [Case],
    active: Vec<usize>,
    rows: Vec<Row>,
    probes: usize,
    failures: Vec<Failure>,
    /// The failure of each active row, if it raised.
    failed: Vec<Option<u8>>,
    errors: Vec<u32>,
    aspects: Vec<Aspect>,
    /// The searches for what each aspect is where nothing was raised.
    searches: Vec<usize>,
    classes: Vec<Symbol>,
}

impl<'a> Attempt<'a> {
    pub fn new(cases: &'a [Case], active: &[usize], lab: &mut Lab) -> Self {
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
            End::Raised { class, text, .. } => failures.iter().position(|failure| failure.takes(*class, text)).map(|i| i as u8),
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
        for case in cases {
            if let End::Gave { changes, out, .. } = &case.end {
                prints |= !out.is_empty();
                for (i, _) in changes {
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
        let classes = classes_of(cases.iter().flat_map(Case::left));
        let probes = probes.len();
        Self { cases, active: active.to_vec(), rows, probes, failures, failed, errors, aspects, searches: vec![], classes }
    }

    fn specification(&self, wants: Vec<Want>, main_error: Option<u8>, loose: bool, lab: &Lab) -> Spec {
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
            given: lab.given.clone(),
            narrow: false,
            bits: None,
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
    pub fn run(&mut self, lab: &mut Lab, total: u64) -> Vec<(Formula, f64)> {
        let raises = self.failed.iter().any(Option::is_some);
        let gives = self.failed.iter().any(Option::is_none);
        let main = self.main_failure();
        let mut work: u64 = 200_000;
        lab.total = total.saturating_sub(lab.engine.work);
        let plain: Vec<usize> = self
            .aspects
            .clone()
            .into_iter()
            .map(|aspect| {
                let wants = self.wants(aspect, false, lab);
                {
                    let spec = self.specification(wants, None, matches!(aspect, Aspect::Change(_)), lab);
                    lab.open(spec)
                }
            })
            .collect();
        self.searches.clone_from(&plain);
        // An aspect that is the same everywhere says nothing about where errors come from.
        let mut strict: Vec<(usize, usize)> = vec![];
        if raises && gives {
            for (k, aspect) in self.aspects.clone().into_iter().enumerate() {
                let wants = self.wants(aspect, true, lab);
                let mut values: Vec<Want> = wants.iter().filter(|w| matches!(w, Want::Value(_))).copied().collect();
                values.dedup();
                if values.len() > 1 || self.aspects.len() == 1 {
                    let spec = self.specification(wants, main, matches!(aspect, Aspect::Change(_)), lab);
                    strict.push((k, lab.open(spec)));
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

    /// The cases that stand against what is right on most rows, after a run that led to nothing.
    pub fn doubtful(&self, lab: &mut Lab) -> Vec<usize> {
        let mut all: Vec<usize> = vec![];
        for (aspect, search) in self.aspects.iter().zip(&self.searches) {
            let likely = lab.look(*search).map_or(vec![], |search| search.likely(LIKELY));
            match likely.iter().map(|expr| self.misses(*aspect, expr, lab)).min_by_key(Vec::len) {
                Some(misses) => all.extend(misses),
                None => return vec![],
            }
        }
        // An error that came once or twice may be what no test was found for.
        let class = |case: &Case| match &case.end {
            End::Raised { class, .. } => Some(*class),
            End::Gave { .. } => None,
        };
        let rare = |class: &Symbol| {
            self.cases.iter().filter(|case| matches!(&case.end, End::Raised { class: c, .. } if c == class)).count() <= 2
        };
        all.extend((0..self.cases.len()).filter(|i| class(&self.cases[*i]).is_some_and(|class| rare(&class))));
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Formulas that are right on many rows, after a run that led to nothing.
    pub fn likely(&self, lab: &mut Lab, total: u64) -> Vec<(Formula, f64)> {
        let answers = |search: &usize| -> Vec<Solution> {
            let likely = lab.look(*search).map_or(vec![], |search| search.likely(LIKELY));
            let solution = |expr: Expr| Solution { cost: expr.size(), expr, guards: vec![], undefined: None };
            likely.into_iter().map(solution).collect()
        };
        let answers: Vec<Vec<Solution>> = self.searches.iter().map(answers).collect();
        if answers.iter().any(Vec::is_empty) { vec![] } else { self.assemble(&answers, &[], lab, total) }
    }

    /// The cases that gave something else than an expression says of one aspect.
    fn misses(&self, aspect: Aspect, expr: &Expr, lab: &mut Lab) -> Vec<usize> {
        let ready = Ready::new(expr);
        let speaker = &mut lab.engine.speaker;
        let mut right = |case: &Case| {
            let End::Gave { value, changes, out } = &case.end else { return true };
            lab.engine.work += 1;
            speaker.begin();
            let Ok(found) = ready.run(&case.args, speaker) else { return false };
            let frame = Match { classes: &self.classes, labels: &case.labels };
            match aspect {
                Aspect::Value => frame.value(&found, value, 0),
                Aspect::Change(operand) => {
                    let new = changes.iter().find(|(j, _)| *j == operand).map_or(&case.args[operand], |(_, new)| new);
                    frame.contents(&found, new)
                }
                Aspect::Output => matches!(&found, Value::Text(text) if **text == **out),
            }
        };
        (0..self.cases.len()).filter(|i| !right(&self.cases[*i])).collect()
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
        // What fails often fails for what a step on the way comes to.
        let mut steps = vec![];
        for expr in &exprs {
            steps_of(expr, &mut steps);
        }
        steps.sort_by_key(|step| std::cmp::Reverse(step.size()));
        steps.truncate(MOST_STEPS);
        let lengths = self.lengths();
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
                let mut spec = self.specification(wants, None, false, lab);
                spec.given.extend(steps.iter().map(|step| (step.clone(), STEP_COST)));
                spec.given.extend(lengths.iter().map(|length| (length.clone(), LENGTH_COST)));
                let search = lab.open(spec);
                lab.advance(search, share)?.expr
            };
            guards.push((test, kind));
            done.push(kind);
        }
        Some((guards, partial))
    }

    /// How much each operand holds, where all hold something: much fails for that alone.
    fn lengths(&self) -> Vec<Expr> {
        let arity = self.rows.first().map_or(0, |row| row.args.len());
        let is_sized = |i: &usize| self.rows.iter().take(self.active.len()).all(|row| mimus_core::size(&row.args[*i]).is_some());
        (0..arity).filter(is_sized).map(|i| call("length", vec![Expr::Arg(i as u8)])).collect()
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
        if let Wording::One(text) = &failure.text {
            return (Expr::Const(Datum::text(text)), NODE_BITS);
        }
        // All examples of this error, not only the active ones: there are seldom many.
        let of_kind = self.cases.iter().filter_map(|case| match &case.end {
            End::Raised { class, text, .. } if failure.takes(*class, text) => Some((case, text)),
            _ => None,
        });
        let all: Vec<(&Case, &String)> = of_kind.take(MOST_TEXTS).collect();
        // Most texts hold operands as they are, also where odd ones are spelled in a way that is not known yet.
        let holds_all = |(case, text): &(&Case, &String)| {
            case.args.iter().all(|arg| if let Value::Text(held) = arg { text.contains(&**held) } else { true })
        };
        let plain: Vec<(&Case, &String)> = all.iter().copied().filter(holds_all).collect();
        let most = if plain.len() < all.len() && plain.len() * 2 >= all.len() { Some(&plain) } else { None };
        let share = (total / 4).max(400_000);
        let open = |cases: &[(&Case, &String)], within: &dyn Fn(&str) -> String, lab: &mut Lab| {
            let row = |(case, _): &(&Case, &String)| Row {
                args: Rc::clone(&case.args),
                locals: Rc::from([]),
                labels: Rc::clone(&case.labels),
            };
            let mut want = |(_, text): &(&Case, &String)| Want::Value(lab.engine.pool.intern(Value::text(&within(text))));
            let spec = Spec {
                wants: cases.iter().map(&mut want).collect(),
                rows: cases.iter().map(row).collect(),
                main_error: None,
                errors: vec![],
                classes: vec![],
                loose: false,
                depth: 0,
                given: vec![],
                narrow: false,
                bits: None,
            };
            let search = lab.open(spec);
            (lab.advance(search, share), search)
        };
        for cases in std::iter::once(&all).chain(most) {
            if let (Some(solution), _) = open(cases, &str::to_owned, lab) {
                return (solution.expr, NODE_BITS * solution.cost as f64);
            }
        }
        // What hardly ever says another text may stay silent on some: how those operands are spelled is not known yet.
        let chars: Vec<Vec<u32>> = all.iter().map(|(_, text)| text.chars().map(u32::from).collect()).collect();
        let (front, back) = common_ends(&chars, |_| true);
        let part = |text: &str, from: usize, to: usize| text.chars().skip(from).take(to - from).collect::<String>();
        let (first, length) = (all[0].1, chars[0].len());
        let (before, after) = (part(first, 0, front), part(first, length - back, length));
        let within = |text: &str| part(text, front, text.chars().count() - back);
        let (_, search) = open(&all, &within, lab);
        let likely = lab.look(search).map_or(vec![], |search| search.likely(LIKELY));
        let whole = likely.into_iter().map(|expr| {
            let text = |part: &str| Expr::Const(Datum::text(part));
            call("cat", vec![text(&before), call("cat", vec![expr, text(&after)])])
        });
        let spoken = whole.filter_map(|expr| Some((spoken(&expr, &all, lab)?, expr)));
        if let Some((_, expr)) = spoken.filter(|(right, _)| right * 2 >= all.len()).max_by_key(|(right, _)| *right) {
            let bits = NODE_BITS * expr.size() as f64;
            return (expr, bits);
        }
        let texts: Vec<&String> = all.into_iter().map(|(_, text)| text).collect();
        // Better the class alone than nothing.
        let mut best = texts[0];
        for text in &texts {
            if texts.iter().filter(|t| *t == text).count() > texts.iter().filter(|t| **t == best).count() {
                best = text;
            }
        }
        let is_common = texts.iter().filter(|text| **text == best).count() * COMMON.1 >= texts.len() * COMMON.0;
        (Expr::Const(if is_common { Datum::text(best) } else { Datum::unlearned() }), 10.0 * NODE_BITS)
    }
}

/// How many of these texts an expression gives; none if it gives other ones more often than seldom.
fn spoken(expr: &Expr, texts: &[(&Case, &String)], lab: &mut Lab) -> Option<usize> {
    let ready = Ready::new(expr);
    let (mut right, mut wrong) = (0, 0);
    for (case, text) in texts {
        lab.engine.work += 1;
        lab.engine.speaker.begin();
        match ready.run(&case.args, &mut lab.engine.speaker) {
            Ok(Value::Text(found)) if *found == ***text => right += 1,
            Ok(_) => wrong += 1,
            Err(_) => {}
        }
    }
    (wrong * SELDOM <= right).then_some(right)
}

/// Steps of primitives over the operands alone; whether the expression is one.
fn steps_of(expr: &Expr, into: &mut Vec<Expr>) -> bool {
    let (mut plain, mut any) = (true, false);
    for part in expr.parts() {
        plain &= steps_of(part, into);
        any |= !matches!(part, Expr::Const(_));
    }
    match expr {
        Expr::Prim(..) if plain && any => {
            if expr.size() > 2 && !into.contains(expr) {
                into.push(expr.clone());
            }
            true
        }
        Expr::Arg(_) | Expr::Const(_) => true,
        _ => false,
    }
}
