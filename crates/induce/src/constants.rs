//! Constants mined from the examples.

use std::collections::BTreeMap;

use mimus_core::{Body, Datum, Symbol, Value};

use crate::bank::{Engine, Row};
use crate::goal::{Goal, Want};
use crate::kind::{Kind, KindId};
use crate::pool::ValueId;

/// A constant and what it costs.
pub struct Constant {
    pub id: ValueId,
    pub datum: Datum,
    pub cost: usize,
}

/// Constants that the rows of a goal suggest, the plain ones first.
pub fn mine(rows: &[Row], goal: &Goal, allowed: &[KindId], engine: &mut Engine) -> Vec<Constant> {
    let has = |engine: &Engine, test: &dyn Fn(Kind) -> bool| allowed.iter().any(|k| test(engine.pool.lattice.get(*k)));
    let mut out = Out { list: vec![] };
    let text = has(engine, &|k| matches!(k, Kind::Text | Kind::Char));
    out.add(Datum::int(0), 1, engine);
    out.add(Datum::int(1), 1, engine);
    out.add(Datum::int(2), if text { 2 } else { 1 }, engine);
    if has(engine, &|k| k == Kind::Float) {
        out.add(Datum::Float(0.0), 2, engine);
        out.add(Datum::Float(1.0), 2, engine);
    }
    out.add(Datum::Bool(true), 1, engine);
    out.add(Datum::Bool(false), 1, engine);
    if text {
        out.add(Datum::text(""), 1, engine);
    }
    let empty = |body| Datum::compound(Symbol::neutral(), 0, body);
    match engine.pool.lattice.get(goal.kind) {
        Kind::Seq(_) => out.add(empty(Body::Seq(vec![])), 1, engine),
        Kind::Map(..) => out.add(empty(Body::Map(vec![])), 1, engine),
        Kind::Set(_) => out.add(empty(Body::Set(vec![])), 1, engine),
        _ => {}
    }
    outputs(rows, goal, &mut out, engine);
    if text {
        characters(rows, goal, &mut out, engine);
    }
    if text && has(engine, &|k| k == Kind::Int) && matches!(engine.pool.lattice.get(goal.kind), Kind::Text | Kind::Int) {
        // The usual bases of numerals.
        out.add(Datum::int(10), 3, engine);
        out.add(Datum::int(16), 3, engine);
    }
    fields(rows, &mut out, engine);
    out.list
}

/// Constants for a goal of a few bits: what comes up again and again, and the bits that are always set or never.
pub fn mine_bits(goal: &Goal, bits: u8, engine: &mut Engine) -> Vec<Constant> {
    let mut out = Out { list: vec![] };
    out.add(Datum::int(0), 1, engine);
    out.add(Datum::int(1), 1, engine);
    outputs(&[], goal, &mut out, engine);
    let wanted = goal.values().filter_map(|(_, id)| if let Value::Int(i) = engine.pool.get(id) { Some(*i) } else { None });
    let (set, any) = wanted.fold((-1, 0), |(set, any), value| (set & value, any | value));
    for mask in [set, any] {
        if bits > 1 && mask > 1 && mask != (1 << bits) - 1 {
            out.add(Datum::int(mask), 2, engine);
        }
    }
    out.list
}

struct Out {
    list: Vec<Constant>,
}

impl Out {
    fn add(&mut self, datum: Datum, cost: usize, engine: &mut Engine) {
        let id = engine.pool.intern(Value::from_datum(&datum));
        if !self.list.iter().any(|c| c.id == id) && self.list.len() < 28 {
            self.list.push(Constant { id, datum, cost });
        }
    }
}

/// Results that come up again and again.
fn outputs(rows: &[Row], goal: &Goal, out: &mut Out, engine: &mut Engine) {
    let mut counts: BTreeMap<ValueId, usize> = BTreeMap::new();
    goal.values().for_each(|(_, id)| *counts.entry(id).or_default() += 1);
    let wanted: usize = counts.values().sum();
    // A bound thing is known by its name, whatever it is bound to.
    let mut names: BTreeMap<Symbol, usize> = BTreeMap::new();
    for id in counts.keys() {
        if let Value::Bound(pair) = engine.pool.get(*id) {
            *names.entry(pair.0).or_default() += 1;
        }
    }
    for (name, n) in ranked(names).into_iter().take(3) {
        if n * 4 >= wanted {
            out.add(Datum::text(name.as_str()), 1, engine);
        }
    }
    let mut sorted: Vec<(ValueId, usize)> = counts.into_iter().collect();
    sorted.sort_by_key(|(id, n)| (std::cmp::Reverse(*n), *id));
    for (id, n) in sorted.into_iter().take(6) {
        if n * 8 < wanted || (n == 1 && wanted > 4) {
            continue;
        }
        let datum = engine.pool.get(id).to_datum(8);
        match &datum {
            Datum::None | Datum::Bool(_) => out.add(datum, 1, engine),
            Datum::Text(t) => {
                let cost = 2 + t.chars().count() / 8;
                out.add(datum, cost, engine);
            }
            Datum::Int(_) | Datum::Float(_) | Datum::Atom(_) => out.add(datum, 2, engine),
            // Only what contains nothing of the operands can be constant.
            Datum::Compound(c) if c.label == 0 || !rows.iter().any(|r| r.labels.contains(&c.label)) => {
                let cost = 2 + size(&datum);
                out.add(bare(&datum), cost, engine);
            }
            _ => {}
        }
    }
}

fn size(datum: &Datum) -> usize {
    match datum {
        Datum::Compound(c) => match &c.body {
            Body::Seq(items) | Body::Set(items) => 1 + items.iter().map(size).sum::<usize>(),
            Body::Map(entries) => 1 + entries.iter().map(|(k, v)| size(k) + size(v)).sum::<usize>(),
            Body::Record(fields) => 1 + fields.iter().map(|(_, v)| size(v)).sum::<usize>(),
        },
        _ => 1,
    }
}

/// The same without labels.
fn bare(datum: &Datum) -> Datum {
    let Datum::Compound(c) = datum else { return datum.clone() };
    let body = match &c.body {
        Body::Seq(items) => Body::Seq(items.iter().map(bare).collect()),
        Body::Set(items) => Body::Set(items.iter().map(bare).collect()),
        Body::Map(entries) => Body::Map(entries.iter().map(|(k, v)| (bare(k), bare(v))).collect()),
        Body::Record(fields) => Body::Record(fields.iter().map(|(n, v)| (*n, bare(v))).collect()),
    };
    Datum::compound(c.class, 0, body)
}

fn gather(value: &Value, into: &mut String) {
    match value {
        Value::Text(t) => {
            into.push_str(t);
            into.push('\u{0}');
        }
        Value::Int(i) => into.push_str(&i.to_string()),
        Value::Float(x) => into.push_str(&format!("{x:?}")),
        Value::Object(o) => match &*o.body.borrow() {
            mimus_core::Contents::Seq(items) => items.iter().for_each(|v| gather(v, into)),
            mimus_core::Contents::Set(items) => items.iter().for_each(|v| gather(v, into)),
            mimus_core::Contents::Map(entries) => entries.iter().for_each(|(k, v)| {
                gather(k, into);
                gather(v, into);
            }),
            mimus_core::Contents::Record(fields) => fields.iter().for_each(|(_, v)| gather(v, into)),
            mimus_core::Contents::Range { .. } => {}
        },
        _ => {}
    }
}

/// Characters and pairs of them that the results have and the operands lack; and separators that many operands have.
fn characters(rows: &[Row], goal: &Goal, out: &mut Out, engine: &mut Engine) {
    let mut single: BTreeMap<char, usize> = BTreeMap::new();
    let mut double: BTreeMap<String, usize> = BTreeMap::new();
    let mut inside: BTreeMap<char, usize> = BTreeMap::new();
    let mut wanted = 0;
    for (row, want) in rows.iter().zip(&goal.wants) {
        let mut operands = String::new();
        row.args.iter().chain(row.locals.iter()).for_each(|v| gather(v, &mut operands));
        let mut marks: Vec<char> = operands.chars().filter(|c| !c.is_alphanumeric() && *c != '\u{0}').collect();
        marks.sort_unstable();
        marks.dedup();
        for c in marks {
            *inside.entry(c).or_default() += 1;
        }
        let Want::Value(id) = want else { continue };
        wanted += 1;
        let Value::Text(result) = engine.pool.get(*id) else { continue };
        let (upper, lower) = (operands.to_uppercase(), operands.to_lowercase());
        let mut chars: Vec<char> = result.chars().collect();
        let mut pairs: Vec<String> = chars.windows(2).map(|w| w.iter().collect()).collect();
        chars.sort_unstable();
        chars.dedup();
        for c in chars {
            if !operands.contains(c) && !upper.contains(c) && !lower.contains(c) && !c.is_numeric() {
                *single.entry(c).or_default() += 1;
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        for pair in pairs {
            if !operands.contains(&pair) && pair.chars().all(|c| !c.is_alphanumeric()) {
                *double.entry(pair).or_default() += 1;
            }
        }
    }
    let wanted = wanted.max(1);
    for (c, n) in ranked(single).into_iter().take(5) {
        if n * 6 >= wanted.min(24) {
            out.add(Datum::text(&c.to_string()), 1, engine);
        }
    }
    for (i, (pair, n)) in ranked(double).into_iter().take(4).enumerate() {
        if n * 4 >= wanted {
            out.add(Datum::text(&pair), if i < 2 { 1 } else { 2 }, engine);
        }
    }
    for (c, n) in ranked(inside).into_iter().take(3) {
        if n * 6 >= rows.len() {
            out.add(Datum::text(&c.to_string()), 1, engine);
        }
    }
}

fn ranked<T: Ord + Clone>(counts: BTreeMap<T, usize>) -> Vec<(T, usize)> {
    let mut sorted: Vec<(T, usize)> = counts.into_iter().collect();
    sorted.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    sorted
}

/// Names of fields of record operands.
fn fields(rows: &[Row], out: &mut Out, engine: &mut Engine) {
    let mut names: Vec<Symbol> = vec![];
    for value in rows.iter().flat_map(|row| row.args.iter()) {
        if let Value::Object(o) = value
            && let mimus_core::Contents::Record(fields) = &*o.body.borrow()
        {
            for (name, _) in fields {
                if !names.contains(name) && names.len() < 6 {
                    names.push(*name);
                }
            }
        }
    }
    for name in names {
        out.add(Datum::text(name.as_str()), 1, engine);
    }
}
