//! Texts with marks, each of which something else stands for.

use mimus_core::{Datum, Expr, Higher, Symbol, Value};

use super::runs::Runs;
use super::{Build, Deduction, Part, call};
use crate::lambda::inside;
use crate::pool::ValueId;
use crate::search::Lab;

/// Lengths of marks.
const LENGTHS: std::ops::RangeInclusive<usize> = 1..=3;
/// Marks that are tried.
const MARKS: usize = 3;
/// Ways to count what stands before a mark.
const SINCE: usize = 12;

impl Runs<'_> {
    /// A source whose marks are replaced one after the other: what they are replaced by is a goal of its own.
    pub(super) fn filled(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        if !self.text || self.search.spec.depth > 0 {
            return;
        }
        let string = |run: &[ValueId], lab: &Lab| -> String {
            let text = |id: &ValueId| if let Value::Text(t) = lab.engine.pool.get(*id) { t.to_string() } else { String::new() };
            run.iter().map(text).collect()
        };
        let wholes: Vec<String> = self.wanted.iter().map(|run| string(run, lab)).collect();
        let short = self.sources.iter().filter(|source| self.fits(source) && source.size <= 3);
        let texts: Vec<(Expr, usize, Vec<String>)> = short
            .map(|source| (source.expr.clone(), source.cost, source.runs.iter().map(|run| string(run, lab)).collect()))
            .collect();
        for (source, cost, texts) in texts {
            for mark in marks(&texts) {
                let fills: Vec<Option<Vec<&str>>> =
                    texts.iter().zip(&wholes).map(|(text, whole)| fills(text, whole, &mark)).collect();
                let kept: Vec<usize> = (0..fills.len()).filter(|i| fills[*i].is_some()).collect();
                if kept.len() < 4 {
                    continue;
                }
                if mark.contains(char::is_control) {
                    self.filled_one_by_one(&source, cost, (&mark, &texts), &fills, lab, out);
                    continue;
                }
                if kept.len() * 2 < fills.len() {
                    continue;
                }
                let wants = kept.iter().map(|i| {
                    let texts = fills[*i].iter().flatten().map(|text| Value::text(text)).collect();
                    lab.engine.pool.intern(Value::object(Symbol::neutral(), mimus_core::Contents::Seq(texts)))
                });
                let wants = wants.collect();
                let (source, mark) = (source.clone(), Expr::Const(Datum::text(&mark)));
                let build: Build =
                    Box::new(move |solved| vec![call("exchange_each", vec![source.clone(), mark.clone(), solved[0].clone()])]);
                let part = self.part(&kept, wants, true);
                out.push(Deduction { partial: true, ..Deduction::new(vec![part], 2 + cost, build) });
            }
        }
    }
}

impl Runs<'_> {
    /// The same where what a mark is replaced by is made of what stands before it.
    fn filled_one_by_one(
        &self,
        source: &Expr,
        cost: usize,
        (mark, texts): (&str, &[String]),
        fills: &[Option<Vec<&str>>],
        lab: &mut Lab,
        out: &mut Vec<Deduction>,
    ) {
        let (mut rows, mut wants) = (vec![], vec![]);
        for (i, fills) in fills.iter().enumerate() {
            for (j, (piece, fill)) in texts[i].split(mark).zip(fills.iter().flatten()).enumerate() {
                rows.push(inside(&self.search.spec.rows[self.rows[i]], &[Value::Int(j as i64), Value::text(piece)]));
                wants.push(lab.engine.pool.intern(Value::text(fill)));
            }
        }
        if rows.len() < 4 {
            return;
        }
        let mark_text = || Expr::Const(Datum::text(mark));
        let pieces = call("cut_at", vec![source.clone(), mark_text()]);
        // What follows the last mark stands before none.
        let before =
            call("backwards", vec![call("rest_part", vec![call("backwards", vec![pieces]), Expr::Const(Datum::int(1))])]);
        let (source, mark) = (source.clone(), mark_text());
        let build: Build = Box::new(move |solved| {
            let fills = Expr::Higher(Higher::Map, Box::new(solved[0].clone()), vec![before.clone()]);
            let filled = call("exchange_each", vec![source.clone(), mark.clone(), fills]);
            let bare = call("exchange", vec![source.clone(), mark.clone(), Expr::Const(Datum::text(""))]);
            vec![filled.clone(), Expr::Or(Box::new([filled, bare]))]
        });
        let mut part = self.spec(rows, wants, vec![], false);
        if let Part::Waiting(spec) = &mut part {
            spec.given = since_last(texts);
        }
        out.push(Deduction::new(vec![part], 6 + cost, build));
    }
}

/// How much of a piece follows the last of the control characters that many texts hold.
fn since_last(texts: &[String]) -> Vec<(Expr, usize)> {
    let mut marks: Vec<char> = texts.iter().flat_map(|text| text.chars()).filter(|c| c.is_control()).collect();
    marks.sort_unstable();
    marks.dedup();
    let held = |mark: &char| texts.iter().filter(|text| text.contains(*mark)).count();
    marks.retain(|mark| held(mark) * 20 >= texts.len());
    let after = |expr: Expr, mark: &char| {
        let mark = Expr::Const(Datum::text(mark.encode_utf8(&mut [0; 4])));
        call("last", vec![call("cut_at", vec![expr, mark])])
    };
    let length = |expr: Expr| call("length", vec![expr]);
    let one = marks.iter().map(|mark| (length(after(Expr::Local(0), mark)), 2));
    let pairs = marks.iter().enumerate().flat_map(|(i, a)| marks[i + 1..].iter().map(move |b| (a, b)));
    let two = pairs.map(|(a, b)| (length(after(after(Expr::Local(0), a), b)), 3));
    one.chain(two).take(SINCE).collect()
}

/// Short parts that most of the texts hold and that say something by more than letters and numerals, the longest first.
fn marks(texts: &[String]) -> Vec<String> {
    let Some(longest) = texts.iter().max_by_key(|text| text.len()) else { return vec![] };
    let chars: Vec<char> = longest.chars().collect();
    let mut marks: Vec<String> = LENGTHS.flat_map(|length| chars.windows(length).map(|part| part.iter().collect())).collect();
    marks.sort();
    marks.dedup();
    let is_mark = |part: &String| part.chars().any(|c| !c.is_alphanumeric() && (!c.is_whitespace() || c.is_control()));
    let held = |part: &String| texts.iter().filter(|text| text.contains(part.as_str())).count();
    let is_plain = |part: &String| !part.contains(char::is_whitespace) || part.chars().all(char::is_control) && part.len() == 1;
    // A control character is a mark wherever it stands.
    let least = |part: &String| if part.contains(char::is_control) { texts.len() / 5 } else { texts.len() / 2 };
    marks.retain(|part| is_mark(part) && is_plain(part) && held(part) >= least(part).max(1));
    marks.sort_by_key(|part| (std::cmp::Reverse(part.len()), part.clone()));
    marks.truncate(MARKS);
    marks
}

/// What stands in a text for each mark of another one, if that can be read off.
fn fills<'a>(text: &str, whole: &'a str, mark: &str) -> Option<Vec<&'a str>> {
    let pieces: Vec<&str> = text.split(mark).collect();
    let (first, rest) = pieces.split_first()?;
    let (last, between) = rest.split_last()?;
    let mut left = whole.strip_prefix(first)?.strip_suffix(last)?;
    let mut fills = vec![];
    for piece in between {
        // Two marks side by side: where one ends cannot be seen.
        let at = left.find(piece).filter(|at| !piece.is_empty() && left.rfind(piece) == Some(*at))?;
        fills.push(&left[..at]);
        left = &left[at + piece.len()..];
    }
    fills.push(left);
    Some(fills)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_marks_stand_for_is_read_off() {
        let check = |text: &str, whole: &str, expected: Option<&[&str]>| {
            assert_eq!(fills(text, whole, "{}").as_deref(), expected, "{text} and {whole}");
        };
        check("{} and {}", "a and b", Some(&["a", "b"]));
        check("{}", "x", Some(&["x"]));
        check("<{}>", "<>", Some(&[""]));
        check("{}{}", "ab", None);
        check("none", "none", None);
        check("{}!", "a", None);
    }
}
