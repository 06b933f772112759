//! What the command line says, word for word. After a change on purpose: `INSTA_UPDATE=always cargo test -p mimus --test words`.

mod common;

use std::fmt::Write;

use common::{KNOWLEDGE, call_in, folder};

/// Knowledge of a construct and an operation, but of no word.
fn knowledge() -> String {
    KNOWLEDGE.replace("word \"nil\" = none seen 3\n\n", "")
}

/// All that some calls in a folder with these files say.
fn said(files: &[(&str, &str)], calls: &[&[&str]]) -> String {
    let folder = folder(files);
    let mut all = String::new();
    for words in calls {
        let called = call_in(folder.path(), words);
        let _ = writeln!(all, "$ mimus {}\n{}{}[{}]\n", words.join(" "), called.out, called.err, called.code);
    }
    all
}

#[test]
fn what_is_shown() {
    let calls: &[&[&str]] =
        &[&["show", "--knowledge", "k"], &["show", "_ & _", "--knowledge", "k"], &["show", "+?", "--knowledge", "k"]];
    insta::assert_snapshot!(said(&[("k", &knowledge())], calls));
}

#[test]
fn knowledge_that_cannot_be_used() {
    let files = [
        ("p", "x"),
        ("newer", "mimus knowledge 99\nteacher \"t\"\n"),
        ("cut", "mimus knowledge 1"),
        ("other", "hello\n"),
        ("count", &knowledge().replace("seen 12\n  example \"1 & 2\"", "seen many")),
        ("meaning", &knowledge().replace("add(a0, a1)", "add(a0")),
        ("word", &knowledge().replace("add(a0, a1)", "sum_up(a0, a1)")),
        ("arity", &knowledge().replace("add(a0, a1)", "add(a0)")),
        ("empty", "mimus knowledge 1\nteacher \"\"\n\ngrammar\n"),
    ];
    let calls: Vec<[&str; 4]> = ["none", "newer", "cut", "other", "count", "meaning", "word", "arity", "empty"]
        .map(|k| ["run", "p", "--knowledge", k])
        .into();
    let calls: Vec<&[&str]> = calls.iter().map(<[&str; 4]>::as_slice).collect();
    insta::assert_snapshot!(said(&files, &calls));
}

#[test]
fn traces_that_cannot_be_learned_from() {
    let files = [
        ("empty.jsonl", ""),
        ("text.jsonl", "hello\n"),
        ("newer.jsonl", "{\"mimus-trace\": 99, \"teacher\": \"t\"}\n"),
        ("field.jsonl", "{\"mimus-trace\": 1, \"teacher\": \"t\"}\n{\"id\": \"a\"}\n"),
        ("cut.jsonl", "{\"mimus-trace\": 1, \"teacher\": \"t\"}\n{\"id\": \"a\", \"sou"),
        ("none.jsonl", "{\"mimus-trace\": 1, \"teacher\": \"t\"}\n"),
    ];
    let calls: Vec<[&str; 5]> = ["absent", "empty", "text", "newer", "field", "cut", "none"]
        .map(|name| files.iter().map(|(file, _)| *file).find(|file| file.starts_with(name)).unwrap_or("absent.jsonl"))
        .map(|file| ["learn", "--from", file, "--out", "k"])
        .into();
    let calls: Vec<&[&str]> = calls.iter().map(<[&str; 5]>::as_slice).collect();
    insta::assert_snapshot!(said(&files, &calls));
}
