//! Texts cut into pieces where one of several marks stands: the marks are read off.

use std::collections::BTreeSet;

use mimus_core::{Datum, Expr, Symbol, Value};

use super::runs::{Runs, Source};
use super::{Deduction, call};
use crate::lab::Lab;
use crate::pool::ValueId;

/// More marks than this are no marks.
const MARKS: usize = 24;
/// Ways to read the marks of one text.
const READINGS: usize = 12;
/// The longest mark, in characters.
const LONGEST: usize = 2;

impl Runs<'_> {
    /// The pieces of a text that end with marks, with these or without.
    pub(super) fn ended(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        if self.text {
            return;
        }
        let text =
            |id: &ValueId, lab: &Lab| if let Value::Text(t) = lab.engine.pool.get(*id) { Some(t.to_string()) } else { None };
        let pieces = |run: &Vec<ValueId>| run.iter().map(|id| text(id, lab)).collect::<Option<Vec<String>>>();
        let Some(wanted) = self.wanted.iter().map(pieces).collect::<Option<Vec<Vec<String>>>>() else { return };
        if wanted.iter().all(|pieces| pieces.len() < 2) {
            return;
        }
        for source in self.sources.iter().filter(|source| source.text && source.size == 1) {
            let whole = |run: &Vec<ValueId>| run.iter().map(|id| text(id, lab)).collect::<Option<String>>();
            let Some(texts) = source.runs.iter().map(whole).collect::<Option<Vec<String>>>() else { continue };
            let rows = || texts.iter().map(String::as_str).zip(&wanted);
            let between = rows().map(|(text, pieces)| gaps(text, pieces)).collect::<Option<Vec<_>>>().map(settled);
            let at_ends = rows().all(|(text, pieces)| pieces.concat() == text).then(|| kept(&wanted)).flatten();
            for (marks, name) in [(between, "ended_by"), (at_ends, "ended_with")] {
                if let Some(marks) = marks.filter(|marks| (1..=MARKS).contains(&marks.len())) {
                    let cost = 3 + marks.len();
                    let expr = cut(source, &marks, name);
                    out.push(Deduction::new(vec![], cost, Box::new(move |_| vec![expr.clone()])));
                }
            }
            self.ended_or_not(source, &texts, &wanted, out);
        }
    }

    /// The same where an operand says whether the marks stay.
    fn ended_or_not(&self, source: &Source, texts: &[String], wanted: &[Vec<String>], out: &mut Vec<Deduction>) {
        let row = |i: usize| &self.search.spec.rows[self.rows[i]];
        let arity = row(0).args.len();
        for operand in (0..arity).filter(|k| (0..texts.len()).all(|i| matches!(row(i).args[*k], Value::Bool(_)))) {
            for stay in [true, false] {
                let (yes, no): (Vec<usize>, Vec<usize>) =
                    (0..texts.len()).partition(|i| row(*i).args[operand] == Value::Bool(stay));
                let of_yes: Vec<Vec<String>> = yes.iter().map(|i| wanted[*i].clone()).collect();
                let are_whole = yes.iter().all(|i| wanted[*i].concat() == texts[*i]);
                let between = no.iter().map(|i| gaps(&texts[*i], &wanted[*i])).collect::<Option<Vec<_>>>();
                let (Some(between), Some(at_ends)) = (between, are_whole.then(|| kept(&of_yes)).flatten()) else { continue };
                // Both sides have the same marks: each shows some of them.
                let marks: BTreeSet<String> = settled(between).union(&at_ends).cloned().collect();
                if !(1..=MARKS).contains(&marks.len()) {
                    continue;
                }
                let (with, without) = (cut(source, &marks, "ended_with"), cut(source, &marks, "ended_by"));
                let (first, second) = if stay { (with, without) } else { (without, with) };
                let expr = Expr::If(Box::new([Expr::Arg(operand as u8), first, second]));
                out.push(Deduction::new(vec![], 5 + marks.len(), Box::new(move |_| vec![expr.clone()])));
            }
        }
    }
}

fn cut(source: &Source, marks: &BTreeSet<String>, name: &str) -> Expr {
    let marks = marks.iter().map(|mark| Datum::text(mark)).collect();
    call(name, vec![source.expr.clone(), Expr::Const(Datum::seq(Symbol::neutral(), marks))])
}

/// The marks of several texts, each of which may be read in several ways: what is sure of some decides for the others.
fn settled(texts: Vec<Vec<Vec<String>>>) -> BTreeSet<String> {
    let (sure, open): (Vec<_>, Vec<_>) = texts.into_iter().partition(|readings| readings.len() == 1);
    let mut marks: BTreeSet<String> = sure.into_iter().flatten().flatten().collect();
    for readings in open {
        let fresh = |reading: &Vec<String>| reading.iter().filter(|mark| !marks.contains(*mark)).count();
        marks.extend(readings.into_iter().min_by_key(fresh).unwrap_or_default());
    }
    marks
}

/// What stands between the pieces of a text, and after the last one: all ways to see it, but for so many.
fn gaps(text: &str, pieces: &[String]) -> Option<Vec<Vec<String>>> {
    fn rest(text: &str, pieces: &[String], marks: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
        let Some((first, others)) = pieces.split_first() else {
            if text.is_empty() {
                found.push(marks.clone());
            }
            return;
        };
        let Some(after) = text.strip_prefix(first.as_str()) else { return };
        if others.is_empty() && after.is_empty() {
            // Where nothing is left there is no piece.
            if !first.is_empty() {
                found.push(marks.clone());
            }
            return;
        }
        for (at, c) in after.char_indices().take(LONGEST) {
            let (mark, left) = after.split_at(at + c.len_utf8());
            marks.push(mark.to_string());
            if found.len() < READINGS {
                rest(left, others, marks, found);
            }
            marks.pop();
        }
    }
    let mut found = vec![];
    rest(text, pieces, &mut vec![], &mut found);
    (!found.is_empty()).then_some(found)
}

/// What the pieces of texts end with, the last ones of each left out.
fn kept(texts: &[Vec<String>]) -> Option<BTreeSet<String>> {
    let before = texts.iter().filter_map(|pieces| pieces.split_last()).flat_map(|(_, before)| before);
    let ends: BTreeSet<char> = before.filter_map(|piece| piece.chars().last()).collect();
    let mut marks: BTreeSet<String> = ends.iter().map(char::to_string).collect();
    for piece in texts.iter().flatten() {
        let chars: Vec<char> = piece.chars().collect();
        // One that stands before the end of a piece makes one mark with what follows.
        match chars.iter().position(|c| ends.contains(c)) {
            Some(at) if at + LONGEST == chars.len() => drop(marks.insert(chars[at..].iter().collect())),
            Some(at) if at + 1 < chars.len() => return None,
            _ => {}
        }
    }
    Some(marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(pieces: &[&str]) -> Vec<String> {
        pieces.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn marks_between_pieces_are_read_off() {
        let check = |texts: &[(&str, &[&str])], expected: Option<&[&str]>| {
            let gaps = texts.iter().map(|(text, pieces)| gaps(text, &owned(pieces))).collect::<Option<Vec<_>>>();
            assert_eq!(gaps.map(settled), expected.map(|marks| owned(marks).into_iter().collect()), "{texts:?}");
        };
        check(&[("a-b", &["a", "b"])], Some(&["-"]));
        check(&[("a-b+", &["a", "b"])], Some(&["+", "-"]));
        check(&[("a<>b", &["a", "b"])], Some(&["<>"]));
        check(&[("--", &["", ""])], Some(&["-"]));
        check(&[("<>-", &["", ""]), ("a<>b", &["a", "b"]), ("a-", &["a"])], Some(&["-", "<>"]));
        check(&[("", &[])], Some(&[]));
        check(&[("ab", &["b", "a"])], None);
    }

    #[test]
    fn marks_at_the_ends_of_pieces_are_read_off() {
        let check = |texts: &[&[&str]], expected: Option<&[&str]>| {
            let texts: Vec<Vec<String>> = texts.iter().map(|pieces| owned(pieces)).collect();
            assert_eq!(kept(&texts), expected.map(|marks| owned(marks).into_iter().collect()));
        };
        check(&[&["a-", "b"]], Some(&["-"]));
        check(&[&["a<", "b<>", "c"], &["c>"]], Some(&["<", "<>", ">"]));
        check(&[&["a-", "b-b-"]], None);
    }
}
