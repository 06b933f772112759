//! Texts with gaps: each gives way to what is made of what it says and of the next operand.

use std::collections::BTreeMap;

use mimus_core::{Datum, Expr, Higher, Ready, Symbol, Value};

use super::between::between;
use super::runs::{Runs, text_of};
use super::{Build, Deduction, Part, call};
use crate::bank::{Row, settle};
use crate::lab::Lab;
use crate::lambda::{inside, items};
use crate::pool::{UNLEARNED, ValueId};

/// Marks that are tried.
const MARKS: usize = 3;
/// Rows that tell what gaps gave way to.
const ENOUGH: usize = 6;
/// Characters that what gaps say begins or ends with, as far as they are told apart.
const ENDS: usize = 5;

/// Gaps that operations are tried on, and those that one must be right on.
const TELLING: usize = 24;
const RIGHT: usize = 4;
/// Of so many right answers of an operation one may be wrong.
const SELDOM: usize = 5;
/// Work below which no operations are tried.
const PATIENT: u64 = 300_000;

/// The pieces of a text in turn outside and inside gaps, and what stands for each gap in what is wanted.
struct Filled {
    pieces: Vec<String>,
    fills: Vec<String>,
}

impl Runs<'_> {
    /// A source with gaps: what stands for one is a goal over what it says, its number, and the operand with that number.
    pub(super) fn gaps(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        if !self.text || self.search.spec.depth > 0 {
            return;
        }
        let wholes: Vec<String> = (0..self.rows.len()).map(|i| text_of(&self.wanted[i], lab)).collect();
        for source in self.sources.iter().filter(|s| s.variable && self.fits(s)) {
            let Expr::Arg(operand) = source.expr else { continue };
            let texts: Vec<String> = source.runs.iter().map(|run| text_of(run, lab)).collect();
            for (open, close) in marks(&texts) {
                let (open, close) = (Datum::text(&open), Datum::text(&close));
                let split = call("gaps", vec![source.expr.clone(), Expr::Const(open.clone()), Expr::Const(close.clone())]);
                let ready = Ready::new(&split);
                let filled: Vec<Option<Filled>> = (0..texts.len())
                    .map(|i| {
                        lab.engine.work += 1;
                        lab.engine.speaker.begin();
                        let pieces = ready.run(&self.search.spec.rows[self.rows[i]].args, &mut lab.engine.speaker).ok()?;
                        Filled::new(items(&pieces)?, &wholes[i])
                    })
                    .collect();
                let told: Vec<(usize, &Filled)> = filled.iter().enumerate().filter_map(|(i, f)| Some((i, f.as_ref()?))).collect();
                let filled_in = told.iter().filter(|(_, filled)| !filled.fills.is_empty()).count();
                // One that is all there is says nothing of gaps.
                let is_part = |filled: &Filled| filled.fills.len() > 1 || filled.pieces.iter().step_by(2).any(|p| !p.is_empty());
                if filled_in < ENOUGH || told.len() * 2 < texts.len() || !told.iter().any(|(_, filled)| is_part(filled)) {
                    continue;
                }
                let mut gaps: Vec<Gap> = vec![];
                for (i, filled) in &told {
                    let row = &self.search.spec.rows[self.rows[*i]];
                    for (j, fill) in filled.fills.iter().enumerate() {
                        let at = 2 * j + 1;
                        let row = inside(row, &[Value::Int(at as i64), Value::text(&filled.pieces[at])]);
                        gaps.push(Gap { row, fill: lab.engine.pool.intern(Value::text(fill)) });
                    }
                }
                let Leaves { mut given, told: subjects } = leaves(operand, &gaps, &open, &close, lab.engine.speaker.own_key());
                if let Some(expr) = as_said(&subjects, &mut gaps, lab) {
                    given.push((expr, 2));
                }
                let (rows, wants) = gaps.into_iter().map(|gap| (gap.row, gap.fill)).unzip();
                let mut part = self.spec(rows, wants, vec![], true);
                if let Part::Waiting(spec) = &mut part {
                    spec.given = given;
                    spec.given.extend(ends(&told).into_iter().map(|test| (test, 2)));
                }
                let build: Build = Box::new(move |solved| {
                    let parity = call("remainder", vec![Expr::Local(1), Expr::Const(Datum::int(2))]);
                    let is_outside = call("equal", vec![parity, Expr::Const(Datum::int(0))]);
                    let piece = Expr::If(Box::new([is_outside, Expr::Local(0), solved[0].clone()]));
                    let pieces = Expr::Higher(Higher::Map, Box::new(piece), vec![split.clone()]);
                    vec![call("glue", vec![pieces, Expr::Const(Datum::text(""))])]
                });
                out.push(Deduction { must: true, partial: true, ..Deduction::new(vec![part], 5 + source.cost, build) });
            }
        }
    }
}

/// Whether what a gap says ends, or begins, as is common.
fn ends(told: &[(usize, &Filled)]) -> Vec<Expr> {
    let said = || told.iter().flat_map(|(_, filled)| filled.pieces.iter().skip(1).step_by(2));
    let tests = |name: &'static str, ends: Vec<char>| {
        let mut counts: BTreeMap<char, usize> = BTreeMap::new();
        ends.into_iter().for_each(|c| *counts.entry(c).or_default() += 1);
        let mut counts: Vec<(char, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let test = move |(c, _): (char, usize)| call(name, vec![Expr::Local(0), Expr::Const(Datum::text(&c.to_string()))]);
        counts.into_iter().take(ENDS).map(test)
    };
    let last = tests("ends", said().filter_map(|text| text.chars().next_back()).collect());
    last.chain(tests("begins", said().filter_map(|text| text.chars().next()).collect())).collect()
}

/// A gap with what it says and its number as variables.
struct Gap {
    row: Row,
    /// What stands for it.
    fill: ValueId,
}

/// What stands for a gap may be made of these.
struct Leaves {
    /// Expressions with their costs.
    given: Vec<(Expr, usize)>,
    /// What a gap may be about, each with what it says of that.
    told: Vec<[Expr; 2]>,
}

/// What a learned operation makes of what a gap is about and of what it says of that: the one that is right on the most gaps, and
/// hardly ever wrong. What it has no meaning for yet is wanted to stay so; gaps that it is wrong on are left out.
fn as_said(told: &[[Expr; 2]], gaps: &mut Vec<Gap>, lab: &mut Lab) -> Option<Expr> {
    if gaps.len() < RIGHT || lab.words.is_empty() || lab.total < PATIENT {
        return None;
    }
    let nothing = lab.engine.pool.intern(Value::text(""));
    let keys = lab.engine.speaker.told_by_text();
    let mut best: Option<(usize, Expr, &Expr)> = None;
    for operands in told {
        let said = Ready::new(&operands[1]);
        let saying: Vec<&Gap> = gaps.iter().filter(|gap| gap.given(&said, lab) != nothing).collect();
        let step = saying.len().div_ceil(TELLING).max(1);
        for key in &keys {
            let expr = Expr::Learned(*key, operands.to_vec());
            let ready = Ready::new(&expr);
            let given: Vec<(ValueId, ValueId)> =
                saying.iter().step_by(step).map(|gap| (gap.given(&ready, lab), gap.fill)).collect();
            let right = given.iter().filter(|(given, fill)| given == fill).count();
            let wrong = given.iter().filter(|(given, fill)| given != fill && !lab.engine.pool.is_undefined(*given)).count();
            if right >= RIGHT && wrong * SELDOM <= right && best.as_ref().is_none_or(|(most, ..)| right > *most) {
                best = Some((right, expr, &operands[1]));
            }
        }
    }
    let (_, expr, said) = best?;
    let (ready, said) = (Ready::new(&expr), Ready::new(said));
    gaps.retain_mut(|gap| {
        let given = gap.given(&ready, lab);
        let is_open = given == UNLEARNED && gap.given(&said, lab) != nothing;
        if is_open {
            gap.fill = UNLEARNED;
        }
        is_open || given == gap.fill || lab.engine.pool.is_undefined(given)
    });
    Some(expr)
}

impl Gap {
    /// What an expression gives for it.
    fn given(&self, ready: &Ready, lab: &mut Lab) -> ValueId {
        lab.engine.work += 1;
        lab.engine.speaker.begin();
        let given = ready.run_inside(&self.row.args, &mut self.row.locals.to_vec(), &mut lab.engine.speaker);
        settle(given, &mut lab.engine)
    }
}

/// What a gap may be about: the operand with its number, or the one that it names; and what the operation itself makes of that.
fn leaves(template: u8, gaps: &[Gap], open: &Datum, close: &Datum, own: Option<Symbol>) -> Leaves {
    let number = call("quotient", vec![Expr::Local(1), Expr::Const(Datum::int(2))]);
    let said = Expr::Local(0);
    let mut told: Vec<[Expr; 2]> = vec![];
    let Some(first) = gaps.first() else { return Leaves { given: vec![], told } };
    // It may begin with the number of what it is about.
    let zero = || Expr::Const(Datum::int(0));
    let by_number = |numbered: Expr, otherwise: Expr| {
        let is_numbered = call("is_numeral", vec![call("at", vec![Expr::Local(0), zero()])]);
        let chosen = Expr::If(Box::new([is_numbered, numbered, otherwise.clone()]));
        Expr::Or(Box::new([chosen, otherwise]))
    };
    let rest = by_number(call("past_digits", vec![said.clone()]), said.clone());
    let others: Vec<u8> = (0..first.row.args.len() as u8).filter(|i| *i != template).collect();
    let all = |i: u8, test: fn(&mimus_core::Contents) -> bool| {
        gaps.iter().all(|Gap { row, .. }| matches!(&row.args[usize::from(i)], Value::Object(o) if test(&o.body.borrow())))
    };
    let is_seq = |i: &u8| all(*i, |contents| matches!(contents, mimus_core::Contents::Seq(_)));
    let is_map = |i: &u8| all(*i, |contents| matches!(contents, mimus_core::Contents::Map(_)));
    let mut runs: Vec<Expr> = others.iter().copied().filter(is_seq).map(Expr::Arg).collect();
    if let ([a, b, rest @ ..], true) = (&others[..], runs.is_empty()) {
        // Operands side by side are as good as a sequence of them.
        let pair = call("couple", vec![Expr::Arg(*a), Expr::Arg(*b)]);
        runs.push(rest.iter().fold(pair, |run, i| call("push", vec![run, Expr::Arg(*i)])));
    }
    let mut operands: Vec<Expr> = vec![];
    for run in runs {
        let at = |place: Expr| call("at", vec![run.clone(), place]);
        let first = call("at", vec![call("numbers_in", vec![said.clone()]), zero()]);
        told.push([by_number(at(first), at(number.clone())), rest.clone()]);
        operands.extend([at(number.clone()), at(call("read_int", vec![said.clone()]))]);
    }
    operands.extend(others.iter().copied().filter(is_map).map(|i| call("look_up", vec![Expr::Arg(i), said.clone()])));
    if let ([other], true) = (&others[..], operands.is_empty()) {
        operands.push(Expr::Arg(*other));
        told.push([Expr::Arg(*other), rest.clone()]);
    }
    let constant = |datum: &Datum| Expr::Const(datum.clone());
    let gap = call("cat", vec![call("cat", vec![constant(open), said]), constant(close)]);
    let made = own.into_iter().flat_map(|own| {
        operands
            .iter()
            .map(move |operand| (own, operand))
            .map(|(own, operand)| Expr::Learned(own, vec![gap.clone(), operand.clone()]))
    });
    let mut given: Vec<(Expr, usize)> = made.map(|expr| (expr, 2)).collect();
    given.extend(operands.into_iter().filter(|expr| !matches!(expr, Expr::Arg(_))).map(|expr| (expr, 1)));
    given.push((number, 2));
    // Only the number may be told.
    given.extend(told.iter().flatten().filter(|expr| expr.size() > 1).map(|expr| (expr.clone(), 1)));
    Leaves { given, told }
}

/// Marks that gaps may begin and end with, the most frequent first; a gap that ends with its first letter has no mark there.
fn marks(texts: &[String]) -> Vec<(String, String)> {
    let mut seen: Vec<char> =
        texts.iter().flat_map(|text| text.chars()).filter(|c| !c.is_alphanumeric() && !c.is_whitespace()).collect();
    seen.sort_unstable();
    seen.dedup();
    let held = |c: &char| texts.iter().filter(|text| text.contains(*c)).count();
    let mut frequent: Vec<char> = seen.into_iter().filter(|c| held(c) * 2 >= texts.len()).collect();
    frequent.sort_by_key(|c| (std::cmp::Reverse(held(c)), *c));
    frequent.truncate(4);
    // Every gap that begins has an end.
    let ends = |open: char, close: char| {
        let count = |text: &String, mark: char| text.matches(mark).count();
        let first = |text: &String| text.find(open) <= text.find(close);
        open != close && texts.iter().filter(|t| count(t, open) == count(t, close) && first(t)).count() * 10 >= texts.len() * 8
    };
    let mut found: Vec<(String, String)> = vec![];
    for open in &frequent {
        found.extend(frequent.iter().filter(|close| ends(*open, **close)).map(|close| (open.to_string(), close.to_string())));
    }
    let lettered = |open: &char| {
        let followed = |text: &&String| text.split_once(*open).is_some_and(|(_, after)| after.contains(char::is_alphabetic));
        texts.iter().filter(followed).count() * 2 >= texts.len()
    };
    let single =
        frequent.iter().filter(|open| found.iter().all(|(a, b)| !a.contains(**open) && !b.contains(**open)) && lettered(open));
    found.extend(single.map(|open| (open.to_string(), String::new())).collect::<Vec<_>>());
    found.truncate(MARKS);
    found
}

impl Filled {
    /// None if it cannot be read off in one way only.
    fn new(pieces: Vec<Value>, whole: &str) -> Option<Self> {
        let text = |value: Value| if let Value::Text(text) = value { Some(text.to_string()) } else { None };
        let pieces: Vec<String> = pieces.into_iter().map(text).collect::<Option<_>>()?;
        let characters = |text: &str| text.chars().collect::<Vec<char>>();
        let outside: Vec<Vec<char>> = pieces.iter().step_by(2).map(|piece| characters(piece)).collect();
        let outside: Vec<&[char]> = outside.iter().map(Vec::as_slice).collect();
        let whole = characters(whole);
        let fills = between(&outside, &whole)?.into_iter().map(|range| whole[range].iter().collect()).collect();
        Some(Self { pieces, fills })
    }
}
