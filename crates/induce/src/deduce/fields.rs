//! Records made field by field.

use mimus_core::{Body, Contents, Datum, Expr, Symbol, Value};

use super::{Build, Deduction, Part, call};
use crate::goal::Want;
use crate::kind::RECORD;
use crate::lab::Lab;
use crate::pool::ValueId;
use crate::search::Search;
use crate::spec::Spec;

/// A goal for each field that is not always the same, where all records are of one class and have the same fields.
pub(super) fn fields(search: &Search, rows: &[usize], lab: &mut Lab, out: &mut Vec<Deduction>) {
    if search.spec.depth > 1 || search.goal.kind != RECORD {
        return;
    }
    let Some(records) = rows.iter().map(|row| record(search, *row, lab)).collect::<Option<Vec<Record>>>() else { return };
    let Some(first) = records.first() else { return };
    let is_alike = |other: &Record| other.class == first.class && names(other).eq(names(first));
    if !records.iter().all(is_alike) {
        return;
    }
    let varies = |field: &usize| records.iter().any(|record| record.fields[*field].1 != first.fields[*field].1);
    let varying: Vec<usize> = (0..first.fields.len()).filter(varies).collect();
    if varying.is_empty() {
        return;
    }
    let part = |field: &usize| {
        let wants = records.iter().map(|record| Want::Value(record.fields[*field].1)).collect();
        let classes = search.spec.classes.iter().skip(1).copied().collect();
        Part::Waiting(Box::new(Spec { wants, classes, loose: true, ..search.spec.on(rows) }))
    };
    let parts = varying.iter().map(part).collect();
    let constant = |(i, (name, value)): (usize, &(Symbol, ValueId))| {
        let held = if varying.contains(&i) { Datum::None } else { lab.engine.pool.get(*value).to_datum(6) };
        (*name, held)
    };
    let template = Body::Record(first.fields.iter().enumerate().map(constant).collect());
    let template = Expr::Const(Datum::compound(first.class, 0, template));
    let names: Vec<Symbol> = varying.iter().map(|field| first.fields[*field].0).collect();
    let build: Build = Box::new(move |solved| {
        let filled = |record: Expr, (name, value): (&Symbol, &Expr)| {
            call("put_field", vec![record, Expr::Const(Datum::text(name.as_str())), value.clone()])
        };
        vec![names.iter().zip(solved).fold(template.clone(), filled)]
    });
    out.push(Deduction::new(parts, 1, build));
}

/// A record that is wanted.
struct Record {
    class: Symbol,
    fields: Vec<(Symbol, ValueId)>,
}

fn record(search: &Search, row: usize, lab: &mut Lab) -> Option<Record> {
    let Want::Value(id) = search.goal.wants[row] else { return None };
    let Value::Object(object) = lab.engine.pool.get(id).clone() else { return None };
    let Contents::Record(fields) = &*object.body.borrow() else { return None };
    let fields = fields.iter().map(|(name, value)| (*name, lab.engine.pool.intern(value.clone()))).collect();
    Some(Record { class: object.class, fields })
}

fn names(record: &Record) -> impl Iterator<Item = Symbol> {
    record.fields.iter().map(|(name, _)| *name)
}
