//! Programs and questions on the shipped knowledge: exit codes, streams, shapes.

mod common;

use std::io::Write as _;
use std::process::Stdio;

use common::{Called, call_in, command, knows_something};
use serde_json::{Value, json};

/// Runs a program text.
#[track_caller]
fn run(program: &str, options: &[&str]) -> Called {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("p"), program).expect("a file in it");
    let words: Vec<_> = ["run", "p"].iter().chain(options).copied().collect();
    call_in(folder.path(), &words)
}

#[track_caller]
fn ask(words: &[&str]) -> Value {
    let words: Vec<_> = ["ask"].iter().chain(words).copied().chain(["--json"]).collect();
    let called = call_in(&common::root(), &words);
    serde_json::from_str(&called.out).unwrap_or_else(|e| panic!("{e}: {called:?}"))
}

#[test]
fn a_program_that_ends_well() {
    if !knows_something() {
        return;
    }
    let called = run("print(1 + 1)\n", &[]);
    assert_eq!((called.code, called.out.as_str(), called.err.as_str()), (0, "2\n", ""));
    let called = run("print(1 + 1)\n", &["--confidence"]);
    assert_eq!((called.code, called.out.as_str()), (0, "2\n"));
    assert!(called.err.contains("confidence"), "{}", called.err);
    let called = run("print(1 + 1)\n", &["--check"]);
    assert_eq!((called.code, called.err.as_str()), (0, "the same as the teacher\n"));
}

#[test]
fn a_program_that_raises() {
    if !knows_something() {
        return;
    }
    let called = run("print('before')\nprint(1 / 0)\n", &[]);
    assert_eq!((called.code, called.out.as_str()), (1, "before\n"));
    assert_eq!(called.err.lines().last(), Some("ZeroDivisionError: division by zero"));
    assert_eq!(run("x = 1\nprint(1 / 0)\n", &["--check"]).code, 1);
}

#[test]
fn a_program_that_is_not_understood() {
    if !knows_something() {
        return;
    }
    let called = run("x = 1\nwibble wobble ?? 3\n", &[]);
    assert_eq!(called.code, 2, "{called:?}");
    assert!(called.err.contains("p, line 2, column "), "{}", called.err);
}

#[test]
fn a_program_without_end() {
    if !knows_something() {
        return;
    }
    let called = run("while True:\n    pass\n", &["--fuel", "10000"]);
    assert_eq!((called.code, called.err.as_str()), (2, "p: stopped: out of steps\n"));
}

#[test]
fn a_question_over_a_memory() {
    if !knows_something() {
        return;
    }
    let answer = ask(&["x + 1", "--memory", "x = 41"]);
    assert_eq!((&answer["value"], &answer["type"], &answer["error"]), (&json!("42"), &json!("int"), &json!(null)));
    assert_eq!((&answer["stdout"], &answer["memory"]), (&json!(""), &json!({"x": "41"})));
    assert!(answer["confidence"].as_f64().is_some_and(|c| c > 0.5 && c <= 1.0), "{answer}");
    assert!(answer["alternatives"].is_array() && answer["reading"].is_string(), "{answer}");
    let answer = ask(&["print('a')", "--memory", ""]);
    assert_eq!(answer["stdout"], json!("a\n"));
    let answer = ask(&["1 / 0"]);
    assert_eq!((&answer["value"], &answer["error"]), (&json!(null), &json!("ZeroDivisionError: division by zero")));
}

#[test]
fn a_memory_that_cannot_be_made() {
    if !knows_something() {
        return;
    }
    let called = call_in(&common::root(), &["ask", "x", "--memory", "x = 1 / 0"]);
    assert_eq!(called.code, 3);
    assert!(called.err.contains("must run to their end"), "{}", called.err);
}

#[test]
fn a_dialogue() {
    if !knows_something() {
        return;
    }
    let mut child = command(&common::root(), &[])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let typed = "x = 2 + 2\nfor i in range(2):\n    print(i + x)\n\nx * 10\n:memory\n:why\n:top\n:what\n:quit\n";
    child.stdin.take().expect("its input").write_all(typed.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8(output.stdout).expect("text");
    for part in ["x = 4\n", "4\n5\n", "40\n", " sure)", "_ * _", "something else", "there is no :what"] {
        assert!(said.contains(part), "{said} lacks {part}");
    }
    assert!(output.status.success());
}

#[test]
fn things_of_a_programs_own_are_kept_anywhere() {
    if !knows_something() {
        return;
    }
    let check = |what: &str, expected: &str| {
        let program = format!(
            "class P:\n    def __init__(self, v):\n        self.v = v\n\np = P(1)\nq = P(2)\na = [p]\nd = {{}}\n{}\n",
            what.replace("; ", "\n")
        );
        let called = run(&program, &[]);
        assert_eq!((called.code, called.out.trim_end()), (0, expected), "{what}: {}", called.err);
    };
    check("a.append(q); print(len(a), a[1] is q)", "2 True");
    check("a.insert(0, q); print([o.v for o in a])", "[2, 1]");
    check("a[0] = q; print(a[0].v)", "2");
    check("d['x'] = q; print(d['x'].v)", "2");
    check("d[1] = p; print([o.v for o in d.values()])", "[1]");
    check("r = [[None] * 2 for _ in range(2)]; r[0][1] = q; print(r[0][1].v, r[1][1])", "2 None");
    check("print(sorted([q, p], key=lambda o: o.v)[0].v)", "1");
}
