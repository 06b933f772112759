//! Texts of which a piece has a mark before every so many characters, counted from its end.

use std::ops::Range;

use mimus_core::{Datum, Expr};

use super::runs::{Runs, Source, text_of};
use super::{Deduction, call};
use crate::lab::Lab;

/// Rows that must hold such a mark.
const ENOUGH: usize = 3;
/// How many characters may stand together.
const SIZES: std::ops::RangeInclusive<usize> = 2..=4;

impl Runs<'_> {
    /// What stands before the piece, the piece without its marks, and what stands behind it are goals.
    pub(super) fn grouped(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        if !self.text {
            return;
        }
        let texts: Vec<Vec<char>> = self.wanted.iter().map(|items| text_of(items, lab).chars().collect()).collect();
        let inside = |text: &Vec<char>| -> Vec<char> {
            let between =
                |w: &[char]| (w[0].is_alphanumeric() && !w[1].is_alphanumeric() && w[2].is_alphanumeric()).then_some(w[1]);
            text.windows(3).filter_map(between).collect()
        };
        let mut marks: Vec<char> = texts.iter().flat_map(inside).collect();
        marks.sort_unstable();
        marks.dedup();
        for (mark, size) in marks.into_iter().flat_map(|mark| SIZES.map(move |size| (mark, size))) {
            let Some(pieces) = texts.iter().map(|text| piece(text, mark, size)).collect::<Option<Vec<_>>>() else { continue };
            let held = pieces.iter().zip(&texts).filter(|(piece, text)| text[piece.start..piece.end].contains(&mark)).count();
            if held < ENOUGH {
                continue;
            }
            let known = |source: &Source| Some((of_source(source, &texts, &pieces, mark, size, lab)?, source.cost));
            if let Some((expr, cost)) = self.sources.iter().filter(|source| self.fits(source)).find_map(known) {
                out.push(Deduction::new(vec![], cost + 4, Box::new(move |_| vec![expr.clone()])));
            }
            let rows = self.every();
            let mut goal = |part: &dyn Fn(usize) -> Vec<usize>| {
                let items: Vec<Vec<_>> =
                    rows.iter().map(|i| part(*i).into_iter().map(|at| self.wanted[*i][at]).collect()).collect();
                let is_there = items.iter().any(|items: &Vec<_>| !items.is_empty());
                let wants = rows.iter().zip(&items).map(|(i, items)| self.run(*i, items, lab)).collect();
                is_there.then(|| self.part(&rows, wants, false))
            };
            let before = goal(&|i| (0..pieces[i].start).collect());
            let plain = goal(&|i| pieces[i].clone().filter(|at| texts[i][*at] != mark).collect());
            let behind = goal(&|i| (pieces[i].end..texts[i].len()).collect());
            let (is_before, is_behind) = (before.is_some(), behind.is_some());
            let build = move |solved: &[Expr]| {
                let mut solved = solved.iter().cloned();
                let mut next = |is_there: bool| if is_there { solved.next() } else { None };
                let (before, plain, behind) = (next(is_before), next(true), next(is_behind));
                let all = [before, plain.map(|plain| marked(plain, mark, size)), behind].into_iter().flatten();
                all.reduce(|front, back| call("cat", vec![front, back])).into_iter().collect()
            };
            let parts = [before, plain, behind].into_iter().flatten().collect();
            out.push(Deduction::new(parts, 4, Box::new(build)));
        }
    }
}

/// A piece with its marks.
fn marked(plain: Expr, mark: char, size: usize) -> Expr {
    let groups = call("chunks_back", vec![plain, Expr::Const(Datum::int(size as i64))]);
    call("glue", vec![groups, Expr::Const(Datum::text(&mark.to_string()))])
}

/// What is wanted, made of a source that is the same but for the marks in these pieces.
fn of_source(source: &Source, texts: &[Vec<char>], pieces: &[Range<usize>], mark: char, size: usize, lab: &Lab) -> Option<Expr> {
    let mut wanted = source.runs.iter().zip(texts.iter().zip(pieces));
    let is_it = wanted.all(|(run, (text, piece))| {
        let plain = (0..text.len()).filter(|at| !piece.contains(at) || text[*at] != mark).map(|at| text[at]);
        plain.eq(text_of(run, lab).chars())
    });
    let leads: Vec<&[char]> = texts.iter().zip(pieces).map(|(text, piece)| &text[..piece.start]).collect();
    let is_all = texts.iter().zip(pieces).all(|(text, piece)| piece.end == text.len());
    if is_it { of_known(&source.expr, &leads, is_all, mark, size) } else { None }
}

/// The same text with marks in its first number, which one sign may stand before, and other things behind.
fn of_known(text: &Expr, leads: &[&[char]], is_all: bool, mark: char, size: usize) -> Option<Expr> {
    let constant = |text: String| Expr::Const(Datum::text(&text));
    let int = |i: usize| Expr::Const(Datum::int(i as i64));
    let length = |of: &Expr| call("length", vec![of.clone()]);
    let behind = call("past_digits", vec![text.clone()]);
    let head = match is_all {
        true => text.clone(),
        false => call("first_part", vec![text.clone(), call("subtract", vec![length(text), length(&behind)])]),
    };
    let mut signs: Vec<&[char]> = leads.iter().copied().filter(|lead| !lead.is_empty()).collect();
    signs.sort_unstable();
    signs.dedup();
    let front = match signs[..] {
        [] => marked(head, mark, size),
        [sign] => {
            let is_there = call("begins", vec![text.clone(), constant(sign.iter().collect())]);
            let lead = Expr::If(Box::new([is_there, int(sign.len()), int(0)]));
            let cut = |part: &str, of: &Expr| call(part, vec![of.clone(), lead.clone()]);
            call("cat", vec![cut("first_part", text), marked(cut("rest_part", &head), mark, size)])
        }
        _ => return None,
    };
    Some(if is_all { front } else { call("cat", vec![front, behind]) })
}

/// The first piece of letters, digits and marks, if its marks stand where they should.
fn piece(text: &[char], mark: char, size: usize) -> Option<Range<usize>> {
    let start = text.iter().position(|c| c.is_alphanumeric()).unwrap_or(text.len());
    let length = text[start..].iter().take_while(|c| c.is_alphanumeric() || **c == mark).count();
    let piece = start..start + length;
    let plain: Vec<char> = text[piece.clone()].iter().copied().filter(|c| *c != mark).collect();
    let groups: Vec<String> = plain.rchunks(size).rev().map(|group| group.iter().collect()).collect();
    let is_so = groups.join(&mark.to_string()).chars().eq(text[piece.clone()].iter().copied());
    is_so.then_some(piece)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_with_marks() {
        let check = |text: &str, size: usize, expected: Option<Range<usize>>| {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(piece(&chars, ',', size), expected, "{text} by {size}");
        };
        check("1,234,567", 3, Some(0..9));
        check("-1,234.50", 3, Some(1..6));
        check("12", 3, Some(0..2));
        check("", 3, Some(0..0));
        check("1,23", 3, None);
        check("1234", 3, None);
    }
}
