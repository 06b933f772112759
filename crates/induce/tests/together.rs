//! Operations that take any number of operands, after a first one or by name.

use std::collections::BTreeMap;

use mimus_core::{Body, Datum, Symbol, Value};
use mimus_induce::{Budget, Example, Outcome, ReadyMeaning, Speaker, Vocabulary, learn_operations};
use mimus_knowledge::{Operation, Pattern};

/// Learns an operation from its examples.
fn learned(examples: Vec<Example>) -> Operation {
    let key = Symbol::new("op");
    let examples = BTreeMap::from([(key, examples)]);
    learn_operations(&examples, &BTreeMap::new(), Budget { candidates: 20_000, rounds: 2 }, &mut |_| {})[&key].clone()
}

/// Checks what a learned operation gives for operands, the last of which have these names.
#[track_caller]
fn check(operation: &Operation, args: &[Datum], names: &[&str], expected: &Datum) {
    let names: Vec<Symbol> = names.iter().map(|name| Symbol::new(name)).collect();
    let args: Vec<Value> = args.iter().map(Value::from_datum).collect();
    let is_it = |overload: &&mimus_knowledge::Overload| overload.takes(&args, &names, Pattern::fits);
    let overload = operation.overloads.iter().find(is_it).expect("an overload takes them");
    let packed = overload.packed(&args, &names).unwrap_or(args);
    let meaning = &overload.meanings.first().expect("it has a meaning").meaning;
    let gives = ReadyMeaning::new(meaning).run(&packed, &mut Speaker::new(&Vocabulary::default())).ok();
    assert_eq!(gives.map(|effect| effect.value.to_datum(4)).as_ref(), Some(expected), "{:?}", overload.takes);
}

fn seq(items: Vec<Datum>) -> Datum {
    Datum::compound(Symbol::new("list"), 0, Body::Seq(items))
}

#[test]
fn operands_after_the_first_are_taken_together() {
    let glued = |between: &str, words: &[&str]| Datum::text(&words.join(between));
    let words = ["a", "bc", "", "x y", "long", "-"];
    let line = |i: usize| {
        let between = ["+", ", ", "--", " "][i % 4];
        let given: Vec<&str> = (0..=i % 5).map(|k| words[(i * 5 + k * k + k) % 6]).collect();
        let args = std::iter::once(between).chain(given.iter().copied()).map(Datum::text).collect();
        Example::pure(args, glued(between, &given))
    };
    let operation = learned((0..160).map(line).collect());
    let args = ["/", "new", "b", "c", "d", "e", "f", "g"].map(Datum::text);
    check(&operation, &args, &[], &Datum::text("new/b/c/d/e/f/g"));
}

#[test]
fn operands_with_names_are_taken_together() {
    let all = ["a", "b", "size", "x"];
    let record = |entries: Vec<(Datum, Datum)>| Datum::compound(Symbol::new("table"), 0, Body::Map(entries));
    let line = |i: usize| {
        let names: Vec<&str> =
            all.iter().copied().filter(|name| (i + name.len()) * 7 % 5 < 3 || i % 4 == name.len() % 4).collect();
        let args: Vec<Datum> = (0..names.len()).map(|k| Datum::int((i * 3 + k) as i64)).collect();
        let entries = names.iter().map(|name| Datum::text(name)).zip(args.iter().cloned()).collect();
        let names = names.iter().map(|name| Symbol::new(name)).collect();
        Example { args, names, outcome: Outcome::gave(record(entries)), times: 1 }
    };
    let operation = learned((0..60).map(line).filter(|example| !example.args.is_empty()).collect());
    let args = [Datum::int(7), seq(vec![])];
    let expected = record(vec![(Datum::text("other"), Datum::int(7)), (Datum::text("new"), seq(vec![]))]);
    check(&operation, &args, &["other", "new"], &expected);
}
