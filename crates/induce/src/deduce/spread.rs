//! Texts in which each character of another one gives a few: which ones is a goal of its own.

use mimus_core::{Datum, Expr, Higher, Value};

use super::runs::Runs;
use super::{Build, Deduction, Part, call};
use crate::lab::Lab;
use crate::lambda::inside;
use crate::pool::ValueId;

/// The most that one character gives.
const LONGEST: usize = 4;
/// Steps in looking for what the characters of one text gave.
const STEPS: usize = 4_000;

impl Runs<'_> {
    /// A text made character by character of another one that is longer or shorter.
    pub(super) fn spread(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let same =
            |source: &super::runs::Source| source.runs.iter().zip(&self.wanted).all(|(run, wanted)| run.len() == wanted.len());
        for source in self.sources.iter().filter(|s| self.text && s.variable && self.fits(s) && !same(s)) {
            let (mut rows, mut wants) = (vec![], vec![]);
            let mut told = 0;
            for (i, run) in source.runs.iter().enumerate() {
                let Some(images) = images(run, &self.wanted[i]) else { continue };
                told += 1;
                for (j, (item, image)) in run.iter().zip(images).enumerate() {
                    // What stands for itself again and again tells nothing new.
                    if image == [*item] && j > 2 && run[..j].contains(item) {
                        continue;
                    }
                    let value = lab.engine.pool.get(*item).clone();
                    rows.push(inside(&self.search.spec.rows[self.rows[i]], &[Value::Int(j as i64), value]));
                    wants.push(self.run(i, image, lab));
                }
            }
            if told < 4 || told * 2 < self.rows.len() || rows.len() < 4 {
                continue;
            }
            let expr = source.expr.clone();
            let build: Build =
                Box::new(move |solved| vec![Expr::Higher(Higher::Map, Box::new(solved[0].clone()), vec![expr.clone()])]);
            let mut part = self.spec(rows, wants, vec![], false);
            if let Part::Waiting(spec) = &mut part {
                spec.given = self.looked_up();
            }
            out.push(Deduction::new(vec![part], 2 + source.cost, build));
        }
    }

    /// What maps among the operands have for an element or its number, as a character if it is the number of one, or else the element
    /// itself.
    fn looked_up(&self) -> Vec<(Expr, usize)> {
        let Some(row) = self.search.spec.rows.first() else { return vec![] };
        let is_map =
            |value: &Value| matches!(value, Value::Object(o) if matches!(&*o.body.borrow(), mimus_core::Contents::Map(_)));
        let maps = row.args.iter().enumerate().filter(|(_, value)| is_map(value)).map(|(i, _)| Expr::Arg(i as u8));
        let mut given = vec![];
        for map in maps {
            for key in [Expr::Local(0), call("code_of", vec![Expr::Local(0)])] {
                let or = |first: Expr, second: Expr| Expr::Or(Box::new([first, second]));
                let found = call("look_up", vec![map.clone(), key]);
                let character = call("char_of", vec![found.clone()]);
                let or_itself = or(found.clone(), Expr::Local(0));
                let is_none = call("equal", vec![found.clone(), Expr::Const(Datum::None)]);
                given.extend([(found, 1), (is_none, 2), (or(character, or_itself.clone()), 3), (or_itself, 2)]);
            }
        }
        given
    }
}

/// What each element became: always the same for the same one, itself where that can be. Nothing where that leaves a choice.
fn images<'a>(from: &[ValueId], to: &'a [ValueId]) -> Option<Vec<&'a [ValueId]>> {
    let mut look = Look { from, to, known: vec![], steps: 0, best: None, rivals: 0 };
    look.go(0, 0, 0);
    let (_, known) = look.best.filter(|_| look.rivals == 1 && look.steps <= STEPS)?;
    let image = |item: &ValueId| known.iter().find(|(known, _)| known == item).map(|(_, (start, end))| &to[*start..*end]);
    from.iter().map(image).collect()
}

/// What elements became, as where that begins and ends.
type Images = Vec<(ValueId, (usize, usize))>;

/// Goes through all that elements may have become.
struct Look<'a> {
    from: &'a [ValueId],
    to: &'a [ValueId],
    known: Images,
    steps: usize,
    /// With how many that do not stand for themselves.
    best: Option<(usize, Images)>,
    /// How many are as good.
    rivals: usize,
}

impl Look<'_> {
    fn go(&mut self, i: usize, at: usize, changed: usize) {
        self.steps += 1;
        if self.steps > STEPS || self.best.as_ref().is_some_and(|(least, _)| changed > *least) {
            return;
        }
        if i == self.from.len() {
            if at == self.to.len() {
                let better = self.best.as_ref().is_none_or(|(least, _)| changed < *least);
                self.rivals = if better { 1 } else { self.rivals + 1 };
                if better {
                    self.best = Some((changed, self.known.clone()));
                }
            }
            return;
        }
        let item = self.from[i];
        if let Some((_, (start, end))) = self.known.iter().find(|(known, _)| *known == item).copied() {
            if self.to[at..].starts_with(&self.to[start..end]) {
                self.go(i + 1, at + end - start, changed);
            }
            return;
        }
        // Most stand for themselves.
        for length in [1, 0].into_iter().chain(2..=LONGEST).filter(|length| at + length <= self.to.len()) {
            let itself = self.to[at..at + length] == [item];
            self.known.push((item, (at, at + length)));
            self.go(i + 1, at + length, changed + usize::from(!itself));
            self.known.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(from: &[ValueId], to: &[ValueId], expected: Option<&[&[ValueId]]>) {
        assert_eq!(images(from, to).as_deref(), expected, "{from:?} to {to:?}");
    }

    #[test]
    fn images_are_read_off() {
        check(&[1, 2, 3], &[1, 2, 3], Some(&[&[1], &[2], &[3]]));
        check(&[1, 2, 3], &[1, 3], Some(&[&[1], &[], &[3]]));
        check(&[1, 2, 1], &[7, 8, 2, 7, 8], Some(&[&[7, 8], &[2], &[7, 8]]));
        check(&[1], &[], Some(&[&[]]));
        check(&[1, 2], &[7, 8, 9], None);
        check(&[1, 1], &[7], None);
    }
}
