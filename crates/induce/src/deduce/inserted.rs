//! Runs that are a source with something put in: where, and what, are goals.

use mimus_core::{Datum, Expr, Symbol, Value};

use super::positions::narrow_and_wide;
use super::runs::{Runs, Source};
use super::{Part, call};
use crate::lab::Lab;
use crate::pool::ValueId;

/// Rows that tell where something was put in.
const ENOUGH: usize = 4;
/// Marks behind which something may be put in, and rows with and without one.
const MARKS: usize = 4;
const EACH: usize = 3;

impl Runs<'_> {
    /// A source with something put in, not always at the same end.
    pub(super) fn inserted(&self, lab: &mut Lab, out: &mut Vec<super::Deduction>) {
        let n = self.rows.len();
        for source in self.sources.iter().filter(|s| s.variable && self.fits(s)) {
            let Some(places) = (0..n).map(|i| places(&source.runs[i], &self.wanted[i])).collect::<Option<Vec<_>>>() else {
                continue;
            };
            let more = |i: &usize| self.wanted[*i].len() - source.runs[*i].len();
            let grown = (0..n).filter(|i| more(i) > 0 && !source.runs[*i].is_empty()).count();
            let told: Vec<usize> =
                (0..n).filter(|i| more(i) > 0 && places[*i].len() == 1 && !source.runs[*i].is_empty()).collect();
            // What always stands at one end is found otherwise.
            let at_front = told.iter().filter(|i| places[**i].start == 0).count();
            let at_end = told.iter().filter(|i| places[**i].start == source.runs[**i].len()).count();
            if told.len() < ENOUGH || told.len() * 2 < grown || at_front == told.len() || at_end == told.len() {
                continue;
            }
            let wants = told.iter().map(|i| lab.engine.pool.intern(Value::Int(places[*i].start as i64))).collect();
            let mut place = self.part(&told, wants, false);
            let fronts = told.iter().map(|i| &source.runs[*i][..places[*i].start]).collect::<Vec<_>>();
            if let (Part::Waiting(spec), Some(front)) = (&mut place, self.behind_marks(source, &fronts, &told, lab)) {
                spec.given.push((front, 2));
            }
            // Where nothing was put in, that is told, too.
            let kept: Vec<usize> = (0..n).filter(|i| told.contains(i) || more(i) == 0).collect();
            let wants = kept.iter().map(|i| self.run(*i, &self.wanted[*i][places[*i].start..places[*i].start + more(i)], lab));
            let piece = self.part(&kept, wants.collect(), true);
            let expr = source.expr.clone();
            let build = move |solved: &[Expr]| {
                let (place, piece) = (&solved[0], &solved[1]);
                let part = |name| call(name, vec![expr.clone(), place.clone()]);
                vec![call("cat", vec![call("cat", vec![part("first_part"), piece.clone()]), part("rest_part")])]
            };
            narrow_and_wide(vec![place, piece], 3 + source.cost, build, &[0], self.search, lab, out);
        }
    }

    /// The place behind one of a few marks that a source begins with, and its front where there is none, if that is where something
    /// was put in.
    fn behind_marks(&self, source: &Source, fronts: &[&[ValueId]], told: &[usize], lab: &Lab) -> Option<Expr> {
        let size = fronts.iter().map(|front| front.len()).max()?;
        let mut marks: Vec<&[ValueId]> = fronts.iter().copied().filter(|front| !front.is_empty()).collect();
        let bare = fronts.len() - marks.len();
        if marks.iter().any(|mark| mark.len() != size) || marks.len() < EACH || bare < EACH {
            return None;
        }
        marks.sort_unstable();
        marks.dedup();
        let is_marked = |i: &usize| source.runs[*i].get(..size).is_some_and(|front| marks.contains(&front));
        let agrees = fronts.iter().zip(told).all(|(front, i)| front.is_empty() != is_marked(i));
        if marks.len() > MARKS || !agrees || !self.text {
            return None;
        }
        let known = marks.iter().map(|mark| match self.constant(mark, lab) {
            Expr::Const(datum) => datum,
            _ => Datum::None,
        });
        let known = Expr::Const(Datum::seq(Symbol::neutral(), known.collect()));
        let size = Expr::Const(Datum::int(size as i64));
        let front = call("first_part", vec![source.expr.clone(), size.clone()]);
        Some(Expr::If(Box::new([call("has", vec![known, front]), size, Expr::Const(Datum::int(0))])))
    }
}

/// Where a run may have been put into another one to make this one of it.
fn places<T: PartialEq>(run: &[T], whole: &[T]) -> Option<std::ops::Range<usize>> {
    if run.len() > whole.len() {
        return None;
    }
    let front = run.iter().zip(whole).take_while(|(a, b)| a == b).count();
    let back = run.iter().rev().zip(whole.iter().rev()).take_while(|(a, b)| a == b).count();
    (front + back >= run.len()).then(|| run.len() - back..front + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_something_was_put_in() {
        let check = |run: &str, whole: &str, expected: Option<std::ops::Range<usize>>| {
            assert_eq!(places(run.as_bytes(), whole.as_bytes()), expected, "{run} in {whole}");
        };
        check("-5", "-005", Some(1..2));
        check("5", "005", Some(0..1));
        check("-05", "-0005", Some(1..3));
        check("ab", "ab", Some(0..3));
        check("ab", "abc", Some(2..3));
        check("", "x", Some(0..1));
        check("ab", "ba", None);
        check("abc", "ab", None);
    }
}
