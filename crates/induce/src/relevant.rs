//! The kinds of candidates that can matter for a goal.

use mimus_core::{Table, Value};

use crate::bank::{Engine, Row};
use crate::goal::Goal;
use crate::kind::{ANY, BOOL, BOTTOM, CHAR, INT, Kind, KindId, TEXT};
use crate::lambda;

/// The longest sequences that are looked at place by place.
const PLACES: usize = 4;

/// The kinds of candidates that can matter for a goal: those of operands and results, of their parts, and a few in between.
pub fn allowed(rows: &[Row], goal: &Goal, engine: &mut Engine) -> Vec<KindId> {
    let mut kinds: Vec<KindId> = vec![BOOL, INT];
    parts(goal.kind, &mut kinds, engine);
    // Where results are of several kinds, each of them is wanted somewhere.
    for (_, id) in goal.values() {
        parts(engine.pool.kind(id), &mut kinds, engine);
    }
    let width = rows.first().map_or(0, |row| row.args.len() + row.locals.len());
    for i in 0..width {
        let value = |row: &Row| if i < row.args.len() { row.args.get(i) } else { row.locals.get(i - row.args.len()) }.cloned();
        let column: Vec<Value> = rows.iter().filter_map(value).collect();
        let kind = column_kinds(&column, &mut kinds, engine);
        // What is at each place of a sequence whose elements have nothing else in common.
        if engine.pool.lattice.element(kind) == Some(ANY) {
            for place in places(&column) {
                column_kinds(&place, &mut kinds, engine);
                // In place of a function, say, there may be none.
                for value in &place {
                    let one = engine.pool.lattice.of(value);
                    parts(one, &mut kinds, engine);
                }
            }
        }
    }
    if kinds.contains(&CHAR) && !kinds.contains(&TEXT) {
        kinds.push(TEXT);
    }
    let lattice = &mut engine.pool.lattice;
    let goal_kind = lattice.get(goal.kind);
    let mut more: Vec<Kind> = vec![];
    let maps = kinds.iter().any(|k| matches!(lattice.get(*k), Kind::Map(..)));
    if kinds.contains(&TEXT) && !maps && matches!(goal_kind, Kind::Text | Kind::Char | Kind::Int | Kind::Seq(_) | Kind::Bool) {
        more.push(Kind::Seq(TEXT));
    }
    if matches!(goal_kind, Kind::Seq(_)) {
        more.push(Kind::Seq(INT));
    }
    for kind in kinds.clone() {
        match lattice.get(kind) {
            Kind::Map(k, v) => {
                let pair = lattice.join(k, v);
                let pair = lattice.number(Kind::Seq(pair));
                more.extend([Kind::Seq(k), Kind::Seq(v), Kind::Seq(pair), lattice.get(pair)]);
            }
            Kind::Set(x) => more.push(Kind::Seq(x)),
            _ => {}
        }
    }
    for kind in more {
        let id = lattice.number(kind);
        if !kinds.contains(&id) {
            kinds.push(id);
        }
    }
    kinds
}

/// The kind of the values that a variable has, with all that can be had from them.
fn column_kinds(column: &[Value], kinds: &mut Vec<KindId>, engine: &mut Engine) -> KindId {
    let (mut kind, mut given) = (BOTTOM, BOTTOM);
    for value in column {
        let one = engine.pool.lattice.of(value);
        kind = engine.pool.lattice.join(kind, one);
        // Functions that give different kinds can still be told to order, to filter, to map.
        if let Value::Function(function) = value {
            for result in Table::results(&**function) {
                let one = engine.pool.lattice.of(result);
                given = engine.pool.lattice.join(given, one);
                parts(one, kinds, engine);
            }
        }
    }
    parts(kind, kinds, engine);
    parts(given, kinds, engine);
    kind
}

/// The elements at each place that most of some sequences have, if they have a few each.
fn places(column: &[Value]) -> Vec<Vec<Value>> {
    let rows: Vec<Vec<Value>> = column.iter().filter_map(lambda::items).collect();
    if rows.len() < column.len() || rows.iter().any(|row| row.len() > PLACES) {
        return vec![];
    }
    let places = (0..PLACES).map(|place| rows.iter().filter_map(|row| row.get(place).cloned()).collect::<Vec<Value>>());
    places.take_while(|place| place.len() * 2 > rows.len()).collect()
}

fn parts(kind: KindId, into: &mut Vec<KindId>, engine: &Engine) {
    if kind == BOTTOM || into.contains(&kind) {
        return;
    }
    into.push(kind);
    match engine.pool.lattice.get(kind) {
        Kind::Seq(x) | Kind::Set(x) => parts(x, into, engine),
        Kind::Map(k, v) => {
            parts(k, into, engine);
            parts(v, into, engine);
        }
        _ => {}
    }
}
