//! Random operands and short ways to write values.

use mimus_core::{Body, Datum, Symbol};
use mimus_induce::Outcome;

/// A small generator of pseudo-random numbers.
pub struct Rng(pub u64);

impl Rng {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }
    pub fn below(&mut self, n: usize) -> usize {
        self.next() as usize % n.max(1)
    }
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
    pub fn between(&mut self, a: i64, b: i64) -> i64 {
        a + self.below((b - a + 1) as usize) as i64
    }
}

/// A kind of operand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum G {
    /// An integer.
    Int,
    /// A small one, not negative.
    Count,
    /// A position, also from the end, sometimes outside.
    Index,
    Float,
    Bool,
    Text,
    /// A short text, often a part of the one before.
    Part,
    /// As `Part`, never empty.
    Needle,
    Char,
    Digits,
    /// A list of integers with duplicates.
    Ints,
    Texts,
    /// An integer, often an element of the one before.
    Member,
    /// A list of anything.
    Mixed,
    Map,
    /// A text, often a key of the one before.
    Key,
    Set,
}

/// Where operands come from: the examples to learn from, or fresh ones from another distribution.
#[derive(Clone, Copy, PartialEq)]
pub enum From {
    Training,
    Fresh,
}

pub fn int(n: i64) -> Datum {
    Datum::int(n)
}
pub fn text(s: &str) -> Datum {
    Datum::text(s)
}
pub fn ints(v: &[i64]) -> Datum {
    list(v.iter().map(|n| int(*n)).collect())
}
pub fn list(items: Vec<Datum>) -> Datum {
    Datum::compound(Symbol::new("list"), 900, Body::Seq(items))
}
pub fn tuple(items: Vec<Datum>) -> Datum {
    Datum::seq("tuple", items)
}
pub fn map(entries: Vec<(Datum, Datum)>) -> Datum {
    Datum::compound(Symbol::new("dict"), 901, Body::Map(entries))
}
pub fn set(items: Vec<Datum>) -> Datum {
    Datum::compound(Symbol::new("set"), 902, Body::Set(items))
}
fn labelled(datum: Datum, label: u32) -> Datum {
    match datum {
        Datum::Compound(c) => Datum::compound(c.class, label, c.body.clone()),
        other => other,
    }
}

pub fn gave(value: Datum) -> Outcome {
    Outcome::gave(value)
}
pub fn changed(value: Datum, operand: usize, new: Datum) -> Outcome {
    Outcome::Gave { value, changes: vec![(operand, new)], out: String::new() }
}
pub fn raised(class: &str, message: &str) -> Outcome {
    Outcome::Raised(Datum::error(class, message))
}

/// Reads operands.
pub trait Read {
    fn i(&self) -> i64;
    fn t(&self) -> String;
    fn f(&self) -> f64;
    fn b(&self) -> bool;
    fn s(&self) -> Vec<Datum>;
    fn ns(&self) -> Vec<i64>;
    fn m(&self) -> Vec<(Datum, Datum)>;
    fn cs(&self) -> Vec<char>;
}
impl Read for Datum {
    fn i(&self) -> i64 {
        match self {
            Datum::Int(n) => i64::try_from(n).unwrap(),
            other => panic!("{other}"),
        }
    }
    fn t(&self) -> String {
        match self {
            Datum::Text(t) => t.to_string(),
            other => panic!("{other}"),
        }
    }
    fn f(&self) -> f64 {
        match self {
            Datum::Float(x) => *x,
            other => panic!("{other}"),
        }
    }
    fn b(&self) -> bool {
        *self == Datum::Bool(true)
    }
    fn s(&self) -> Vec<Datum> {
        match self {
            Datum::Compound(c) => match &c.body {
                Body::Seq(v) | Body::Set(v) => v.clone(),
                _ => panic!(),
            },
            other => panic!("{other}"),
        }
    }
    fn ns(&self) -> Vec<i64> {
        self.s().iter().map(Read::i).collect()
    }
    fn m(&self) -> Vec<(Datum, Datum)> {
        match self {
            Datum::Compound(c) => match &c.body {
                Body::Map(v) => v.clone(),
                _ => panic!(),
            },
            other => panic!("{other}"),
        }
    }
    fn cs(&self) -> Vec<char> {
        self.t().chars().collect()
    }
}

const LEARN: &[char] = &['a', 'b', 'c', 'a', 'B', 'Z', ' ', ' ', ',', '-', '1', '7', 'é', 'x'];
const OTHER: &[char] = &['d', 'e', 'Q', 'R', ' ', '.', ',', '-', '3', '0', 'ü', 'a', 'b', '\t'];
const WORDS: &[&str] = &["", "a", "b", "ab", "foo", "bar", "x y", "Zed", "10", "kiwi", "it"];

fn some_text(rng: &mut Rng, from: From) -> String {
    let (alphabet, most) = if from == From::Training { (LEARN, 7) } else { (OTHER, 12) };
    let n = rng.below(most + 1);
    // Runs of one sort of character, and the same one at both ends: where operations differ most.
    match rng.below(5) {
        0 => {
            let sorts: [fn(char) -> bool; 4] = [char::is_whitespace, char::is_uppercase, char::is_lowercase, char::is_numeric];
            let sort = sorts[rng.below(4)];
            let some: Vec<char> = alphabet.iter().copied().filter(|c| sort(*c)).collect();
            (0..n).map(|_| *rng.pick(&some)).collect()
        }
        1 => format!(" {} ", (0..n).map(|_| *rng.pick(alphabet)).collect::<String>()),
        _ => (0..n).map(|_| *rng.pick(alphabet)).collect(),
    }
}

fn some_int(rng: &mut Rng, from: From) -> i64 {
    if from == From::Training {
        if rng.below(6) == 0 { rng.between(-60, 60) } else { rng.between(-7, 9) }
    } else {
        rng.between(-45, 45)
    }
}

fn some_ints(rng: &mut Rng, from: From) -> Vec<i64> {
    let (most, span) = if from == From::Training { (5, 4) } else { (8, 12) };
    let n = rng.below(most + 1);
    let same = rng.between(-1, 2);
    let alike = rng.below(6) == 0;
    (0..n).map(|_| if alike { same } else { rng.between(-span, span + 1) }).collect()
}

/// Makes operands of these kinds.
pub fn operands(kinds: &[G], rng: &mut Rng, from: From) -> Vec<Datum> {
    let mut out: Vec<Datum> = vec![];
    for (k, kind) in kinds.iter().enumerate() {
        let before = out.first().cloned();
        let value = match kind {
            G::Int => int(some_int(rng, from)),
            G::Count => int(rng.between(0, if from == From::Training { 6 } else { 9 })),
            G::Index => {
                let n = match &before {
                    Some(Datum::Text(t)) => t.chars().count() as i64,
                    Some(d @ Datum::Compound(_)) => d.s().len() as i64,
                    _ => 4,
                };
                int(rng.between(-n - 2, n + 2))
            }
            G::Float => Datum::Float(match rng.below(5) {
                4 => match &before {
                    Some(d @ Datum::Int(_)) => d.i() as f64,
                    _ => 0.0,
                },
                0 => some_int(rng, from) as f64,
                1 => some_int(rng, from) as f64 / 4.0,
                2 => some_int(rng, from) as f64 / 10.0,
                _ => some_int(rng, from) as f64 * 1.5 + 0.5,
            }),
            G::Bool => Datum::Bool(rng.below(2) == 0),
            G::Text => match &before {
                Some(Datum::Text(t)) if rng.below(5) == 0 => text(t),
                _ => text(&some_text(rng, from)),
            },
            G::Part | G::Needle => {
                let whole = before.map_or(vec![], |d| d.cs());
                let mut part = if whole.is_empty() || rng.below(4) == 0 {
                    some_text(rng, from).chars().take(2).collect::<String>()
                } else {
                    let a = rng.below(whole.len());
                    let (a, n) = match rng.below(4) {
                        0 => (0, 1 + rng.below(3)),
                        1 => (whole.len().saturating_sub(2), 2),
                        _ => (a, 1 + rng.below(2)),
                    };
                    whole[a..(a + n).min(whole.len())].iter().collect()
                };
                if *kind == G::Needle && part.is_empty() {
                    part = "-".into();
                }
                text(&part)
            }
            G::Char => text(&rng.pick(if from == From::Training { LEARN } else { OTHER }).to_string()),
            G::Digits => text(&match rng.below(5) {
                0 => some_text(rng, from),
                2 => (0..rng.below(5)).map(|_| *rng.pick(&['1', '2', 'a', '0', '-', 'b'])).collect(),
                1 => format!(" {}", some_int(rng, from)),
                _ => some_int(rng, from).to_string(),
            }),
            G::Ints => ints(&some_ints(rng, from)),
            G::Texts => {
                let n = rng.below(if from == From::Training { 4 } else { 6 });
                list(
                    (0..n)
                        .map(
                            |_| if rng.below(2) == 0 { text(WORDS[rng.below(WORDS.len())]) } else { text(&some_text(rng, from)) },
                        )
                        .collect(),
                )
            }
            G::Member => match before.map(|d| d.ns()) {
                Some(ns) if !ns.is_empty() && rng.below(3) > 0 => int(*rng.pick(&ns)),
                _ => int(some_int(rng, from)),
            },
            G::Mixed => {
                let n = rng.below(5);
                list(
                    (0..n)
                        .map(|_| if rng.below(2) == 0 { int(some_int(rng, from)) } else { text(&some_text(rng, from)) })
                        .collect(),
                )
            }
            G::Map => {
                let n = rng.below(if from == From::Training { 4 } else { 6 });
                let mut entries: Vec<(Datum, Datum)> = vec![];
                for _ in 0..n {
                    let key =
                        if from == From::Training { text(WORDS[rng.below(WORDS.len())]) } else { text(&some_text(rng, from)) };
                    if entries.iter().all(|(k, _)| *k != key) {
                        entries.push((key, int(some_int(rng, from))));
                    }
                }
                map(entries)
            }
            G::Key => match before.map(|d| d.m()) {
                Some(m) if !m.is_empty() && rng.below(2) > 0 => rng.pick(&m).0.clone(),
                _ => text(WORDS[rng.below(WORDS.len())]),
            },
            G::Set => {
                let mut items = some_ints(rng, from);
                let mut seen = vec![];
                items.retain(|x| {
                    let new = !seen.contains(x);
                    seen.push(*x);
                    new
                });
                set(items.into_iter().map(int).collect())
            }
        };
        out.push(labelled(value, k as u32 + 1));
    }
    out
}
