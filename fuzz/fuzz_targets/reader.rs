//! Any text is read into a tree whose pieces lie inside of one another, quickly and without a crash.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use mimus_grammar::Grammar;
use mimus_knowledge::Knowledge;

/// The shipped knowledge; run `cargo xtask learn` where there is none.
static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../knowledge/python.mimus");
    let text = std::fs::read_to_string(path).expect("knowledge/python.mimus can be read");
    let knowledge = Knowledge::from_text(path, &text).expect("the shipped knowledge is sound");
    Grammar::from_lines(&knowledge.grammar).expect("the shipped grammar is sound")
});

fuzz_target!(|text: &str| {
    let mut work = vec![GRAMMAR.read(text).tree];
    while let Some(piece) = work.pop() {
        for child in piece.children() {
            assert!(piece.at.start <= child.at.start && child.at.end <= piece.at.end);
            work.push(child.clone());
        }
    }
});
