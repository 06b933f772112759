//! `mimus eval --operations`: rows, options, and what is said where nothing can be scored.

mod common;

use common::{call, call_in, folder, knows_something};
use serde_json::Value;

/// Knowledge of a teacher that tells no fresh calls.
const STRANGER: &str =
    "mimus knowledge 1\nteacher \"./other 1\"\n\ngrammar\n\nconstruct expr \"_ & _\" plain\n  seen 1\n  example \"\"\n";

#[track_caller]
fn scored(words: &[&str]) -> Value {
    let words: Vec<_> = ["eval", "--operations", "--json"].iter().chain(words).copied().collect();
    let called = call(&words);
    assert_eq!(called.code, 0, "{called:?}");
    serde_json::from_str(&called.out).unwrap_or_else(|e| panic!("{e}: {called:?}"))
}

#[test]
fn a_row_an_operation() {
    if !knows_something() {
        return;
    }
    let summary = scored(&["--calls", "3", "--only", "^str.(upper|lower)$"]);
    let rows = summary["rows"].as_array().expect("rows");
    let names: Vec<_> = rows.iter().map(|row| row["operation"].as_str().unwrap_or_default()).collect();
    assert_eq!(names, ["str.lower", "str.upper"]);
    for row in rows {
        assert_eq!(row["calls"], 3, "{row}");
        assert!(row["evidence"].as_u64() > Some(0) && row["size"].as_u64() > Some(0), "{row}");
    }
    assert_eq!((&summary["operations"], &summary["calls"]), (&Value::from(2), &Value::from(6)));
}

#[test]
fn calls_are_the_same_for_the_same_seed_only() {
    if !knows_something() {
        return;
    }
    let words = ["--calls", "12", "--only", "list.in", "--seed"];
    let with = |seed: &str, jobs: &str| scored(&[&words[..], &[seed, "--jobs", jobs]].concat());
    assert_eq!(with("5", "1"), with("5", "2"));
    assert_ne!(with("5", "1"), with("6", "1"));
}

#[test]
fn people_get_a_table() {
    if !knows_something() {
        return;
    }
    let called = call(&["eval", "--operations", "--calls", "3", "--only", "dict.get"]);
    let lines: Vec<_> = called.out.lines().collect();
    assert!(lines[0].starts_with("operation") && lines[1].starts_with("dict.get "), "{called:?}");
    assert!(called.out.contains("operations 1: ") && called.out.contains("wrong at confidence >= 0.99: "), "{called:?}");
}

#[test]
fn what_cannot_be_scored_ends_with_3() {
    if knows_something() {
        let called = call(&["eval", "--operations", "--only", "no such operation"]);
        assert_eq!(called.code, 3, "{called:?}");
        assert!(called.err.contains("no operation is called `no such operation`"), "{called:?}");
    }
    for words in [&["eval", "--operations", "file"][..], &["eval", "file", "--calls", "3"], &["eval", "file", "--only", "x"]] {
        assert_eq!(call(words).code, 3, "{words:?}");
    }
    let folder = folder(&[("k", STRANGER), ("other", "")]);
    let called = call_in(folder.path(), &["eval", "--operations", "--knowledge", "k"]);
    assert_eq!(called.code, 3, "{called:?}");
    assert!(called.err.contains("other does not tell fresh calls of its operations"), "{called:?}");
}
