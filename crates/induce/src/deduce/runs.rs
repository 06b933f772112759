//! Goals whose wanted values are runs, and what they may be made of.

use mimus_core::{Datum, Expr, Symbol, Value};

use super::{Part, call};
use crate::bank::Row;
use crate::goal::{MOST_ROWS, Want};
use crate::kind::{INT, Kind};
use crate::lab::Lab;
use crate::lambda::items;
use crate::pool::ValueId;
use crate::search::{SOURCES_LEVEL, Search};
use crate::spec::Spec;

/// A source: a candidate that gives runs, and its elements row by row.
pub(super) struct Source {
    pub(super) expr: Expr,
    /// Whether its runs are texts.
    pub(super) text: bool,
    pub(super) runs: Vec<Vec<ValueId>>,
    pub(super) size: usize,
    pub(super) cost: usize,
    pub(super) variable: bool,
}

/// A goal whose wanted values are runs.
pub(super) struct Runs<'a> {
    pub(super) search: &'a Search,
    /// The rows that want a value, and the elements of what they want.
    pub(super) rows: Vec<usize>,
    pub(super) wanted: Vec<Vec<ValueId>>,
    pub(super) text: bool,
    pub(super) sources: Vec<Source>,
}

/// Rows that want nothing beside those that want something.
const FREE: usize = 16;

pub(super) fn numbers(id: ValueId, lab: &mut Lab) -> Option<Vec<ValueId>> {
    let items = items(lab.engine.pool.get(id))?;
    (items.len() <= 400).then(|| items.into_iter().map(|v| lab.engine.pool.intern(v)).collect())
}

/// What gives runs on all rows.
pub(super) fn sources(search: &Search, rows: &[usize], lab: &mut Lab) -> Vec<Source> {
    sources_on(search, rows, 0, lab)
}

/// What gives runs on all rows but so many; those are empty there.
pub(super) fn sources_on(search: &Search, rows: &[usize], missing: usize, lab: &mut Lab) -> Vec<Source> {
    let short = |term: &u32| search.bank.terms[*term as usize].cost as usize <= SOURCES_LEVEL;
    let terms = (0..search.bank.terms.len() as u32).take_while(short);
    terms.filter_map(|term| source(search, rows, missing, term, lab)).take(40).collect()
}

/// A candidate as a source, if it is one on all rows but so many.
fn source(search: &Search, rows: &[usize], missing: usize, term: u32, lab: &mut Lab) -> Option<Source> {
    let t = &search.bank.terms[term as usize];
    if !matches!(lab.engine.pool.lattice.get(t.kind), Kind::Seq(_) | Kind::Text | Kind::Char) || !search.bank.varies(term) {
        return None;
    }
    let values = search.bank.values(term);
    if rows.iter().filter(|i| lab.engine.pool.is_undefined(values[**i])).count() > missing {
        return None;
    }
    let ids: Vec<ValueId> = rows.iter().map(|i| values[*i]).collect();
    let run = |id| if lab.engine.pool.is_undefined(id) { Some(vec![]) } else { numbers(id, lab) };
    let runs = ids.into_iter().map(run).collect::<Option<Vec<Vec<ValueId>>>>()?;
    let expr = search.bank.expr(term);
    let size = expr.size();
    let text = matches!(lab.engine.pool.lattice.get(t.kind), Kind::Text | Kind::Char);
    Some(Source { expr, text, runs, size, cost: t.cost as usize, variable: search.bank.is_variable(term) })
}

/// Bases that integers may be spelled in.
const BASES: std::ops::RangeInclusive<i64> = 2..=36;

/// Digits of integers among the operands, in each base in which all wanted texts hold them. No search for the base is short.
pub(super) fn spelled(search: &Search, rows: &[usize], wanted: &[Vec<ValueId>], lab: &mut Lab) -> Vec<Source> {
    let integers = search.bank.variables().into_iter().filter(|term| search.bank.terms[*term as usize].kind == INT);
    let mut out = vec![];
    for term in integers.collect::<Vec<u32>>() {
        for base in BASES.filter(|base| *base != 10) {
            let digits = call("spell_in", vec![call("magnitude", vec![search.bank.expr(term)]), Expr::Const(Datum::int(base))]);
            for expr in [digits.clone(), call("to_upper", vec![digits])] {
                let values = lab.values_of(&expr, rows.iter().map(|row| &search.spec.rows[*row]));
                let mut runs = vec![];
                for (value, whole) in values.into_iter().zip(wanted) {
                    let run = value.and_then(|value| {
                        let id = lab.engine.pool.intern(value);
                        numbers(id, lab)
                    });
                    match run {
                        Some(run) if !occurrences(&run, whole).is_empty() => runs.push(run),
                        _ => break,
                    }
                }
                if runs.len() == rows.len() && out.iter().all(|known: &Source| known.runs != runs) {
                    let size = expr.size();
                    out.push(Source { expr, text: true, runs, size, cost: 2, variable: false });
                }
            }
        }
    }
    out
}

/// The elements of operands without those that come again, where some do.
pub(super) fn differing(sources: &[Source]) -> Vec<Source> {
    let once = |source: &Source| {
        let first = |run: &Vec<ValueId>| -> Vec<ValueId> {
            run.iter().enumerate().filter(|(i, id)| !run[..*i].contains(id)).map(|(_, id)| *id).collect()
        };
        let runs: Vec<Vec<ValueId>> = source.runs.iter().map(first).collect();
        let expr = if source.text { call("chars_of", vec![source.expr.clone()]) } else { source.expr.clone() };
        let expr = call("distinct", vec![expr]);
        let size = expr.size();
        (runs != source.runs).then_some(Source { expr, text: false, runs, size, cost: 2, variable: false })
    };
    sources.iter().filter(|source| source.variable).filter_map(once).collect()
}

/// The text that characters make.
pub(super) fn text_of(items: &[ValueId], lab: &Lab) -> String {
    let mut text = String::new();
    for id in items {
        if let Value::Text(t) = lab.engine.pool.get(*id) {
            text.push_str(t);
        }
    }
    text
}

/// The positions at which a part occurs.
pub(super) fn occurrences(part: &[ValueId], whole: &[ValueId]) -> Vec<usize> {
    if part.len() > whole.len() {
        return vec![];
    }
    (0..=whole.len() - part.len()).filter(|at| whole[*at..*at + part.len()] == *part).collect()
}

/// At most as many rows as a search takes, equal ones once, spread evenly.
pub(super) fn thin(rows: Vec<Row>, wants: Vec<ValueId>) -> (Vec<Row>, Vec<ValueId>) {
    let step = rows.len().div_ceil(MOST_ROWS.min(96)).max(1);
    rows.into_iter().zip(wants).step_by(step).unzip()
}

impl Runs<'_> {
    /// A run of the goal's kind with these elements.
    pub(super) fn run(&self, row: usize, items: &[ValueId], lab: &mut Lab) -> ValueId {
        let value = if self.text {
            Value::text(&text_of(items, lab))
        } else {
            let class = match self.search.goal.wants[self.rows[row]] {
                Want::Value(id) => lab.engine.pool.get(id).class(),
                _ => Symbol::neutral(),
            };
            let items = items.iter().map(|id| lab.engine.pool.get(*id).clone()).collect();
            Value::object(class, mimus_core::Contents::Seq(items))
        };
        lab.engine.pool.intern(value)
    }

    pub(super) fn constant(&self, items: &[ValueId], lab: &Lab) -> Expr {
        if self.text {
            return Expr::Const(Datum::text(&text_of(items, lab)));
        }
        let items = items.iter().map(|id| lab.engine.pool.get(*id).to_datum(6)).collect();
        Expr::Const(Datum::seq(Symbol::neutral(), items))
    }

    /// A goal on some of the rows; the wanted values are parts of runs.
    pub(super) fn part(&self, rows: &[usize], wants: Vec<ValueId>, loose: bool) -> Part {
        // All rows are kept: one of them may be all that tells of a character.
        let rows = rows.iter().map(|i| self.search.spec.rows[self.rows[*i]].clone()).collect();
        let spec = self.over(rows, wants, self.search.spec.classes.clone(), loose);
        // The variables are the same, so what is given means the same.
        Part::Waiting(Box::new(Spec { given: self.search.spec.given.clone(), ..spec }))
    }

    pub(super) fn spec(&self, rows: Vec<Row>, wants: Vec<ValueId>, classes: Vec<Symbol>, loose: bool) -> Part {
        let (rows, wants) = thin(rows, wants);
        Part::Waiting(Box::new(self.over(rows, wants, classes, loose)))
    }

    fn over(&self, rows: Vec<Row>, wants: Vec<ValueId>, classes: Vec<Symbol>, loose: bool) -> Spec {
        Spec {
            rows,
            wants: wants.into_iter().map(Want::Value).collect(),
            main_error: None,
            errors: vec![],
            classes,
            loose,
            depth: self.search.spec.depth + 1,
            given: vec![],
            narrow: false,
            bits: None,
        }
    }

    /// The same goal with some more rows that want nothing: what differs only on those is not the same.
    pub(super) fn with_free(&self, mut part: Part, rows: &[usize]) -> Part {
        if let Part::Waiting(spec) = &mut part {
            let room = FREE.min(MOST_ROWS.saturating_sub(spec.rows.len()));
            // The last ones refuted an answer.
            let more = rows.iter().rev().take(room).map(|i| self.search.spec.rows[self.rows[*i]].clone());
            spec.rows.extend(more);
            spec.wants.resize(spec.rows.len(), Want::Free);
        }
        part
    }

    /// The classes one level further in.
    pub(super) fn inner_classes(&self) -> Vec<Symbol> {
        if self.text { vec![] } else { self.search.spec.classes.iter().skip(1).copied().collect() }
    }

    pub(super) fn every(&self) -> Vec<usize> {
        (0..self.rows.len()).collect()
    }

    pub(super) fn fits(&self, source: &Source) -> bool {
        source.text == self.text
    }
}
