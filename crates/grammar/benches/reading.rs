//! How long it takes to make a learned grammar ready, and to read programs with it.

use std::path::Path;

use mimus_grammar::Grammar;
use mimus_knowledge::Knowledge;

fn main() {
    divan::main();
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn lines() -> Vec<String> {
    let mut shipped =
        std::fs::read_dir(root().join("knowledge")).expect("the folder is there").flatten().map(|entry| entry.path());
    let path = shipped.find(|path| path.extension().is_some_and(|e| e == "mimus")).expect("knowledge is shipped");
    let text = std::fs::read_to_string(&path).expect("it opens");
    Knowledge::from_text(&path.display().to_string(), &text).expect("it is well formed").grammar
}

#[divan::bench]
fn make_ready(bencher: divan::Bencher<'_, '_>) {
    let lines = lines();
    bencher.bench_local(|| Grammar::from_lines(&lines).expect("a grammar"));
}

/// All programs of `examples/`, one after the other.
#[divan::bench]
fn read(bencher: divan::Bencher<'_, '_>) {
    let grammar = Grammar::from_lines(&lines()).expect("a grammar");
    let files = std::fs::read_dir(root().join("examples")).expect("the folder is there").flatten();
    let sources: Vec<String> = files.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect();
    let bytes: usize = sources.iter().map(String::len).sum();
    bencher.counter(divan::counter::BytesCount::new(bytes)).bench_local(|| {
        for source in &sources {
            divan::black_box(grammar.read(source));
        }
    });
}
