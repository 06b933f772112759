//! Texts that say one thing after the other: what the first part says is done to what comes of the rest.

use std::collections::{BTreeMap, BTreeSet};

use mimus_core::{Datum, Expr, PrimId, Ready, SizeLimit, Stop, Symbol, Value};
use mimus_knowledge::{Opening, Operation, Pattern};

use crate::example::{Example, Outcome};
use crate::group::Group;
use crate::vocabulary::{Operations, Speaker, Vocabulary};

/// Examples with an opening, and ways to go on, that make it worth a look.
const ENOUGH: (usize, usize) = (8, 3);
/// Characters before what they share that must have been seen.
const FIRST: usize = 3;
/// Of ten texts so many begin as is common.
const COMMON: usize = 6;
/// Further operations that may do what is left.
const OTHERS: usize = 3;
/// Openings of marks and a number that make it clear that texts say something.
const SAYING: usize = 2;
/// Marks before the number of an opening.
const MARKS: usize = 3;
/// Openings of one overload that are looked at.
const MOST: usize = 24;

/// The parts of a group whose last text begins alike, but for what a longer opening tells, where that is said of another operand.
pub fn parts(group: &Group) -> Vec<Group> {
    let is_text = |operand: &usize| group.examples.iter().all(|e| text_of(&e.args[*operand]).is_some());
    let operand = (0..group.takes.len()).rev().find(is_text).filter(|_| group.takes.len() > 1);
    operand.map_or(vec![], |operand| opened(group, operand))
}

fn opened(group: &Group, operand: usize) -> Vec<Group> {
    let texts: Vec<&str> = group.examples.iter().filter_map(|e| text_of(&e.args[operand])).collect();
    let mut seen: BTreeMap<Opening, (usize, BTreeSet<String>, BTreeSet<char>)> = BTreeMap::new();
    for text in &texts {
        for (opening, rest) in openings(text) {
            let (count, rests, firsts) = seen.entry(opening).or_default();
            *count += 1;
            rests.insert(Pattern::frame(&rest));
            firsts.extend(text.chars().next());
        }
    }
    seen.retain(|opening, (count, rests, firsts)| {
        *count >= ENOUGH.0 && rests.len() >= ENOUGH.1 && (!opening.after_one || firsts.len() >= FIRST)
    });
    // Free texts seldom begin alike with marks and a number.
    if seen.keys().filter(|opening| opening.frame.starts_with(is_mark) && opening.frame.ends_with('9')).count() < SAYING {
        return vec![];
    }
    // Where any character may stand before, each that was seen there is no case of its own.
    let any: Vec<String> = seen.keys().filter(|opening| opening.after_one).map(|opening| opening.frame.clone()).collect();
    let behind = |opening: &Opening| opening.frame.char_indices().nth(1).map(|(at, _)| opening.frame[at..].to_owned());
    seen.retain(|opening, _| opening.after_one || !behind(opening).is_some_and(|frame| any.contains(&frame)));
    let mut chosen: Vec<(Opening, usize)> = seen.into_iter().map(|(opening, (count, ..))| (opening, count)).collect();
    chosen.sort_by_key(|(opening, count)| (std::cmp::Reverse(*count), opening.clone()));
    chosen.truncate(MOST);
    let part = |opening: &Opening| {
        let mut takes = group.takes.clone();
        takes[operand] = takes[operand].clone().opened(opening);
        // What nearly all begin with is looked at for all of them.
        let is_common = texts.iter().filter(|text| opening.fits(text)).count() * 10 >= texts.len() * COMMON;
        let is_told_more =
            |text: &str| !is_common && chosen.iter().any(|(other, _)| other.length() > opening.length() && other.fits(text));
        let fits = |text: &str| opening.fits(text) && !is_told_more(text);
        let examples = group.examples.iter().filter(|e| text_of(&e.args[operand]).is_some_and(fits)).cloned().collect();
        Group::new(group.key, takes, examples, true)
    };
    chosen.iter().map(|(opening, _)| part(opening)).filter(|part| part.examples.len() >= ENOUGH.0).collect()
}

/// Steps towards what the first part of a text says: what the operation gives for the text without it, what the number in it is, and
/// what that has too little for as many characters.
pub fn steps(group: &Group, operations: &Operations) -> Vec<Expr> {
    let opened = |(i, pattern): (usize, &Pattern)| {
        let opening = pattern.opening().map(|opening| vec![opening]);
        // What is alike but for its numbers begins alike, too.
        let framed = || pattern.frame_of().filter(|frame| Pattern::says(frame)).map(beginnings_of);
        Some((u8::try_from(i).ok()?, opening.or_else(framed)?))
    };
    let Some((operand, openings)) = group.takes.iter().enumerate().find_map(opened).filter(|(_, all)| !all.is_empty()) else {
        return vec![];
    };
    let mut steps: Vec<Expr> = vec![];
    for opening in &openings {
        let more = steps_for(group, operand, opening).unwrap_or_default();
        steps.extend(more.into_iter().filter(|step| !steps.contains(step)).collect::<Vec<_>>());
    }
    let opening = &openings[0];
    // Another operation may do what the rest says.
    let rest = steps.last().cloned().filter(|_| !opening.frame.ends_with('9'));
    let others = operations.iter().filter(|(key, operation)| **key != group.key && reads(operation, group, operand)).take(OTHERS);
    steps.extend(
        rest.into_iter()
            .flat_map(|rest| others.clone().map(move |(key, _)| call(*key, group, operand, &rest)).collect::<Vec<_>>()),
    );
    steps
}

/// Whether an operation is known for such operands by how a text begins, or how it is made.
fn reads(operation: &Operation, group: &Group, operand: u8) -> bool {
    let says = |(i, (pattern, own)): (usize, (&Pattern, &Pattern))| {
        let is_it = i == usize::from(operand);
        pattern.class == own.class && (!is_it || pattern.opening().is_some() || pattern.frame_of().is_some())
    };
    let takes = |takes: &[Pattern]| takes.len() == group.takes.len() && takes.iter().zip(&group.takes).enumerate().all(says);
    operation.overloads.iter().any(|overload| !overload.meanings.is_empty() && takes(&overload.takes))
}

/// An operation on the same operands but for this one.
fn call(key: Symbol, group: &Group, operand: u8, text: &Expr) -> Expr {
    Expr::Learned(key, (0..group.takes.len() as u8).map(|i| if i == operand { text.clone() } else { Expr::Arg(i) }).collect())
}

/// The examples of which it is known what comes of the rest of the text: the others say nothing yet about what is done to that. None if
/// that makes no difference, or leaves too few.
pub fn told(group: &Group, steps: &[Expr], vocabulary: &Vocabulary) -> Option<Vec<Example>> {
    let calls: Vec<Ready> = steps.iter().filter(|step| matches!(step, Expr::Learned(..))).map(Ready::new).collect();
    let _limit = SizeLimit::set(2_000);
    let mut speaker = Speaker::new(vocabulary);
    let mut is_told = |example: &&Example| {
        let args: Vec<Value> = example.args.iter().map(Value::from_datum).collect();
        calls.iter().any(|call| {
            speaker.begin();
            !matches!(call.run(&args, &mut speaker), Err(Stop::NotLearned(..) | Stop::Undefined))
        })
    };
    let told: Vec<Example> = group.examples.iter().filter(&mut is_told).cloned().collect();
    let rests = told.iter().flat_map(|e| e.args.iter().filter_map(text_of)).collect::<BTreeSet<_>>();
    (!calls.is_empty() && told.len() >= ENOUGH.0 && rests.len() >= ENOUGH.1).then_some(told)
}

fn steps_for(group: &Group, operand: u8, opening: &Opening) -> Option<Vec<Expr>> {
    let prim = |name: &str, args: Vec<Expr>| Some(Expr::Prim(PrimId::by_name(name)?, args));
    let int = |i: usize| Expr::Const(Datum::int(i as i64));
    let whole = Expr::Arg(operand);
    let base = if opening.after_one { prim("rest_part", vec![whole.clone(), int(1)])? } else { whole };
    let marks = opening.frame.trim_end_matches('9');
    let has_number = marks.len() < opening.frame.len();
    let marks = if has_number { marks.trim_end_matches('0') } else { marks };
    let rest = match has_number {
        true => prim("past_digits", vec![base.clone()])?,
        false => prim("rest_part", vec![base.clone(), int(marks.chars().count())])?,
    };
    let number = match has_number {
        true => Some(prim("at", vec![prim("numbers_in", vec![base])?, int(0)])?),
        false => None,
    };
    let mut steps = vec![];
    // Its first mark may say something about the number alone.
    let starts = (0..marks.len()).filter(|at| has_number && marks.is_char_boundary(*at)).chain([marks.len()]);
    let mut texts: Vec<Expr> = vec![];
    for at in starts.collect::<Vec<_>>().into_iter().rev() {
        texts.push(match &marks[at..] {
            "" => rest.clone(),
            kept => prim("cat", vec![Expr::Const(Datum::text(kept)), rest.clone()])?,
        });
    }
    for text in texts {
        let told = call(group.key, group, operand, &text);
        if let Some(number) = &number {
            let lacking = prim("subtract", vec![number.clone(), prim("length", vec![told.clone()])?])?;
            let lacking = prim("larger", vec![lacking, int(0)])?;
            if opening.after_one {
                steps.push(prim("again", vec![prim("at", vec![Expr::Arg(operand), int(0)])?, lacking.clone()])?);
            }
            steps.push(lacking);
            let fill = if opening.after_one { Some(prim("at", vec![Expr::Arg(operand), int(0)])?) } else { filling(group) };
            steps.extend(fill.and_then(|fill| prim("centred", vec![told.clone(), number.clone(), fill])));
        }
        steps.push(told);
    }
    steps.extend(number);
    if opening.after_one {
        steps.push(prim("at", vec![Expr::Arg(operand), int(0)])?);
    }
    steps.push(rest);
    Some(steps)
}

/// The character that most of what came of it ends with.
fn filling(group: &Group) -> Option<Expr> {
    let given = |example: &Example| match &example.outcome {
        Outcome::Gave { value, .. } => text_of(value).and_then(|text| text.chars().next_back()),
        Outcome::Raised(_) => None,
    };
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    group.examples.iter().filter_map(given).for_each(|last| *counts.entry(last).or_default() += 1);
    let (last, count) = counts.into_iter().max_by_key(|(last, count)| (*count, std::cmp::Reverse(*last)))?;
    (count * 3 >= group.examples.len()).then(|| Expr::Const(Datum::text(&last.to_string())))
}

fn text_of(datum: &Datum) -> Option<&str> {
    if let Datum::Text(text) = datum { Some(text) } else { None }
}

/// How a text may be said to begin, with what comes after that: by its first mark, or by a few marks and a number; the same after its
/// first character.
fn openings(text: &str) -> Vec<(Opening, String)> {
    let mut found =
        beginnings(text).into_iter().map(|(frame, rest)| (Opening { after_one: false, frame }, rest)).collect::<Vec<_>>();
    let mut chars = text.chars();
    if chars.next().is_some() {
        let behind =
            beginnings(chars.as_str()).into_iter().filter(|(frame, _)| frame.starts_with(is_mark) && frame.ends_with('9'));
        found.extend(behind.map(|(frame, rest)| (Opening { after_one: true, frame }, rest)));
    }
    found
}

/// The ways in which texts with a frame begin, if something comes after that; what tells more first.
fn beginnings_of(frame: &str) -> Vec<Opening> {
    let found = beginnings(frame).into_iter().rev().filter(|(_, rest)| !rest.is_empty());
    found.map(|(frame, _)| Opening { after_one: false, frame }).collect()
}

fn beginnings(text: &str) -> Vec<(String, String)> {
    let mut found = vec![];
    if let Some(first) = text.chars().next().filter(|c| is_mark(*c)) {
        found.push((first.to_string(), text[first.len_utf8()..].to_owned()));
    }
    let marks: String = text.chars().take_while(|c| is_mark(*c)).collect();
    let rest = text[marks.len()..].trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &text[marks.len()..text.len() - rest.len()];
    if !digits.is_empty() && marks.chars().count() <= MARKS {
        found.push((Pattern::frame(&format!("{marks}{digits}")), rest.to_owned()));
    }
    found
}

fn is_mark(c: char) -> bool {
    !c.is_alphanumeric()
}
