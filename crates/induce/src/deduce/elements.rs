//! Runs made element by element.

use mimus_core::{Datum, Expr, Higher, Value};

use super::positions::narrow_and_wide;
use super::runs::{Runs, Source};
use super::{Build, Deduction, Part, call};
use crate::goal::Want;
use crate::lab::Lab;
use crate::lambda::inside;

impl Runs<'_> {
    /// Some elements of a source, in order.
    pub(super) fn selection(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let n = self.rows.len();
        let mut tried = 0;
        let (yes, no) = (lab.engine.pool.intern(Value::Bool(true)), lab.engine.pool.intern(Value::Bool(false)));
        for source in self.sources.iter().filter(|s| s.size <= 3 && self.fits(s)) {
            if tried >= 2 || (0..n).all(|i| source.runs[i].len() == self.wanted[i].len()) {
                continue;
            }
            let (mut rows, mut wants) = (vec![], vec![]);
            let whole = (0..n).all(|i| {
                let mut taken = 0;
                for (j, item) in source.runs[i].iter().enumerate() {
                    let hit = self.wanted[i].get(taken) == Some(item);
                    taken += usize::from(hit);
                    let value = lab.engine.pool.get(*item).clone();
                    rows.push(inside(&self.search.spec.rows[self.rows[i]], &[Value::Int(j as i64), value]));
                    wants.push(if hit { yes } else { no });
                }
                taken == self.wanted[i].len()
            });
            if !whole || rows.len() < 4 {
                continue;
            }
            tried += 1;
            let expr = source.expr.clone();
            let build: Build =
                Box::new(move |solved| vec![Expr::Higher(Higher::Filter, Box::new(solved[0].clone()), vec![expr.clone()])]);
            out.push(Deduction::new(vec![self.spec(rows, wants, vec![], false)], 1 + source.cost, build));
        }
    }

    /// As many elements as a source: each is made of one of its.
    pub(super) fn each(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let n = self.rows.len();
        let mut tried = 0;
        for source in &self.sources {
            let same = (0..n).all(|i| source.runs[i].len() == self.wanted[i].len()) && self.wanted.iter().any(|w| w.len() > 1);
            if tried >= 3 || !same || (self.text && !self.fits(source)) {
                continue;
            }
            tried += 1;
            let (mut rows, mut wants) = (vec![], vec![]);
            for i in 0..n {
                for (j, (item, wanted)) in source.runs[i].iter().zip(&self.wanted[i]).enumerate() {
                    let value = lab.engine.pool.get(*item).clone();
                    rows.push(inside(&self.search.spec.rows[self.rows[i]], &[Value::Int(j as i64), value]));
                    wants.push(*wanted);
                }
            }
            // Over a text the form gives a text; the characters give a sequence.
            let expr = if source.text && !self.text { call("chars_of", vec![source.expr.clone()]) } else { source.expr.clone() };
            let build: Build =
                Box::new(move |solved| vec![Expr::Higher(Higher::Map, Box::new(solved[0].clone()), vec![expr.clone()])]);
            let mut part = self.spec(rows, wants, self.inner_classes(), false);
            if let (Part::Waiting(spec), true) = (&mut part, source.variable && matches!(source.expr, Expr::Arg(_))) {
                let beside =
                    |name| call("at", vec![source.expr.clone(), call(name, vec![Expr::Local(1), Expr::Const(Datum::int(1))])]);
                spec.given = vec![(beside("subtract"), 2), (beside("add"), 2)];
            }
            out.push(Deduction::new(vec![part], 1 + source.cost, build));
        }
    }

    /// A text of pieces with a separator, as many as a source has elements.
    pub(super) fn glued(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        if !self.text {
            return;
        }
        let n = self.rows.len();
        let texts: Vec<String> = (0..n)
            .map(|i| match self.search.goal.wants[self.rows[i]] {
                Want::Value(id) => match lab.engine.pool.get(id) {
                    Value::Text(t) => t.to_string(),
                    _ => String::new(),
                },
                _ => String::new(),
            })
            .collect();
        // Pairs say more than what is only one side of them.
        let are_pairs = |source: &&Source, lab: &Lab| {
            source.runs.iter().flatten().all(|id| matches!(lab.engine.pool.get(*id), Value::Object(_)))
        };
        let mut sources: Vec<&Source> = self.sources.iter().filter(|s| !self.fits(s) && s.size <= 2).collect();
        sources.sort_by_key(|source| (source.cost > 1 && !are_pairs(source, lab), source.cost));
        let separators = self.search.constants.iter().filter_map(|constant| match &constant.datum {
            Datum::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        });
        let mut ways: Vec<Split> = vec![];
        for separator in separators {
            ways.extend(sources.iter().take(3).filter_map(|source| Split::new(&texts, separator, source)));
        }
        // What splits most as wanted says most; a part of a separator splits no better than all of it.
        ways.sort_by_key(|way| std::cmp::Reverse((way.kept.len(), way.separator.len())));
        let mut taken: Vec<&Split> = vec![];
        for way in &ways {
            let longer = taken.iter().filter(|other| other.separator.contains(way.separator) && other.separator != way.separator);
            if taken.len() < 6 && longer.count() == 0 {
                taken.push(way);
            }
        }
        for Split { separator, source, kept } in taken {
            let (mut rows, mut wants) = (vec![], vec![]);
            for i in kept {
                for (j, (item, piece)) in source.runs[*i].iter().zip(texts[*i].split(separator)).enumerate() {
                    let value = lab.engine.pool.get(*item).clone();
                    rows.push(inside(&self.search.spec.rows[self.rows[*i]], &[Value::Int(j as i64), value]));
                    wants.push(lab.engine.pool.intern(Value::text(piece)));
                }
            }
            let expr = source.expr.clone();
            let constant = Expr::Const(Datum::text(separator));
            let build: Build = Box::new(move |solved| {
                let mapped = Expr::Higher(Higher::Map, Box::new(solved[0].clone()), vec![expr.clone()]);
                vec![call("glue", vec![mapped, constant.clone()])]
            });
            let mut part = self.spec(rows, wants, vec![], false);
            if let (Part::Waiting(spec), true) = (&mut part, are_pairs(source, lab)) {
                let item = |i: i64| call("at", vec![Expr::Local(0), Expr::Const(Datum::int(i))]);
                spec.given = vec![(item(0), 1), (item(1), 1)];
            }
            out.push(Deduction::new(vec![part], 3 + source.cost, build));
        }
    }

    /// A length, and each element made of its position.
    pub(super) fn tabulate(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let n = self.rows.len();
        if self.text || self.wanted.iter().any(|w| w.len() > 120) || self.wanted.iter().map(Vec::len).sum::<usize>() < 4 {
            return;
        }
        let lengths = (0..n).map(|i| lab.engine.pool.intern(Value::Int(self.wanted[i].len() as i64))).collect();
        let (mut rows, mut wants) = (vec![], vec![]);
        for i in 0..n {
            for (j, wanted) in self.wanted[i].iter().enumerate() {
                let index = Value::Int(j as i64);
                rows.push(inside(&self.search.spec.rows[self.rows[i]], &[index.clone(), index]));
                wants.push(*wanted);
            }
        }
        let parts = vec![self.part(&self.every(), lengths, false), self.spec(rows, wants, self.inner_classes(), false)];
        let build = |solved: &[Expr]| {
            let count = |count: Expr| Expr::Higher(Higher::Map, Box::new(solved[1].clone()), vec![call("up_to", vec![count])]);
            vec![count(solved[0].clone()), count(call("larger", vec![solved[0].clone(), Expr::Const(Datum::int(0))]))]
        };
        narrow_and_wide(parts, 2, build, &[0], self.search, lab, out);
    }
}

/// Texts split where a separator stands, into as many pieces as a source has elements.
struct Split<'a> {
    separator: &'a str,
    source: &'a Source,
    /// The rows with as many pieces as elements.
    kept: Vec<usize>,
}

impl<'a> Split<'a> {
    /// None where that is so for too few rows to say anything.
    fn new(texts: &[String], separator: &'a str, source: &'a Source) -> Option<Self> {
        let filled = |i: &usize| !source.runs[*i].is_empty();
        if (0..texts.len()).any(|i| !filled(&i) && !texts[i].is_empty()) {
            return None;
        }
        let pieces: Vec<usize> = texts.iter().map(|text| text.split(separator).count()).collect();
        let all = (0..texts.len()).filter(filled).count();
        let kept: Vec<usize> = (0..texts.len()).filter(filled).filter(|i| pieces[*i] == source.runs[*i].len()).collect();
        // More pieces than elements refute nothing: what stands for an element may hold the separator itself.
        let fewer = (0..texts.len()).any(|i| pieces[i] < source.runs[i].len());
        let least = if fewer { 6 } else { 3 };
        let tells = kept.len() >= 3 && kept.len() * 10 >= all * least && kept.iter().any(|i| pieces[*i] > 1);
        tells.then_some(Self { separator, source, kept })
    }
}
