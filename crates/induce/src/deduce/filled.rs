//! Texts with marks, each of which something else stands for.

use mimus_core::{Datum, Expr, Symbol, Value};

use super::runs::Runs;
use super::{Build, Deduction, call};
use crate::lab::Lab;
use crate::pool::ValueId;

/// Lengths of marks.
const LENGTHS: std::ops::RangeInclusive<usize> = 1..=3;
/// Marks that are tried.
const MARKS: usize = 3;

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
                if kept.len() < 4 || kept.len() * 2 < fills.len() {
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

/// Short parts that most of the texts hold and that say something by more than letters and numerals, the longest first.
fn marks(texts: &[String]) -> Vec<String> {
    let Some(longest) = texts.iter().max_by_key(|text| text.len()) else { return vec![] };
    let chars: Vec<char> = longest.chars().collect();
    let mut marks: Vec<String> = LENGTHS.flat_map(|length| chars.windows(length).map(|part| part.iter().collect())).collect();
    marks.sort();
    marks.dedup();
    let is_mark = |part: &String| part.chars().any(|c| !c.is_alphanumeric() && !c.is_whitespace());
    let held = |part: &String| texts.iter().filter(|text| text.contains(part.as_str())).count();
    marks.retain(|part| is_mark(part) && !part.contains(char::is_whitespace) && held(part) * 2 >= texts.len());
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
        let at = left.find(piece).filter(|_| !piece.is_empty())?;
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
