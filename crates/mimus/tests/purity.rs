//! The invariant, checked: the engine knows no language.
//!
//! Every teacher's folder lists its language's words, operators and messages in `vocabulary.txt`. No literal in a Rust file
//! outside teachers/ may hold one of them, except where [`ALLOWED`] says why. Tests may hold sample texts: they are not looked at.
//! And no crate may depend on a teacher, except the command line, which hands teachers to the rest as opaque programs.

use std::fs;
use std::path::{Path, PathBuf};

/// Literals that are allowed although a language has the same word: file or folder, literals, reason.
const ALLOWED: &[(&str, &[&str], &str)] = &[
    ("crates/trace/src", &["id", "exit", "class", "int", "float", "bytes", "set", "map", "object"], "fields of the trace format"),
    ("columns/src", &["id"], "a field of the trace format"),
    ("crates/core/src", &["bool", "int", "float", "bytes", "set", "map"], "the engine's own names of kinds of values"),
    ("crates/core/src/prim", &["to_bytes", "from_bytes", "add", "bit_length", "slice", "copy"], "names of primitives"),
    ("crates/induce/src", &["add", "slice"], "names of primitives"),
    ("crates/core/src/linear.rs", &["add"], "names of primitives"),
    ("crates/machine/src", &["slice", "copy"], "names of primitives"),
    ("crates/core/src/code.rs", &["if", "while", "in", "get"], "control forms of the core language"),
    ("crates/core/src/expr.rs", &["if", "or"], "forms of the core language's expressions"),
    ("crates/knowledge/src/file.rs", &["raise"], "a word of the knowledge format"),
    ("crates/knowledge/src/processor.rs", &["stop", "set"], "words of the knowledge format"),
    ("crates/eval/src", &["count", "items", "id", "input"], "fields of benchmark files and of their summary"),
    ("crates/mimus/src/teacher/process.rs", &["id"], "a field of a question to a teacher"),
    ("crates/mimus/src/ask.rs", &["type"], "a field of the answer that `mimus ask --json` gives"),
    ("crates/mimus/src/wording.rs", &[" in "], "English, between two class names"),
    (
        "crates/mimus/src/formula",
        &["add", "or", "and", "<<", ">>", ">=", "!=", " else "],
        "primitives, and the notation of formulas",
    ),
    ("xtask/src", &["eval"], "a command of mimus"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace is there")
}

/// Something that belongs to a taught language.
struct Entry {
    text: String,
    /// Whether it counts inside of a longer literal too.
    anywhere: bool,
}

fn vocabulary() -> Vec<Entry> {
    let mut entries = Vec::new();
    for teacher in fs::read_dir(root().join("teachers")).expect("teachers/ is there").flatten() {
        let Ok(text) = fs::read_to_string(teacher.path().join("vocabulary.txt")) else { continue };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (place, text) = line.split_once(' ').expect("a vocabulary line is a place and a text");
            entries.push(Entry { text: text.into(), anywhere: place == "anywhere" });
        }
    }
    assert!(entries.len() > 100, "no teacher's vocabulary was found");
    entries
}

/// A string or character literal.
#[derive(Debug, PartialEq)]
struct Literal {
    line: usize,
    text: String,
}

/// The literals of a Rust file, without those of `#[cfg(test)]` modules and of attributes of documentation.
fn literals(source: &str) -> Vec<Literal> {
    let source = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let bytes = source.as_bytes();
    let mut found = Vec::new();
    let (mut at, mut line) = (0, 1);
    while at < bytes.len() {
        let rest = &source[at..];
        let (length, text) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), None)
        } else if rest.starts_with("/*") {
            (rest.find("*/").map_or(rest.len(), |end| end + 2), None)
        } else if let Some((length, text)) = raw(rest, at > 0 && is_word(bytes[at - 1])) {
            (length, Some(text))
        } else if rest.starts_with('"') {
            let length = closing(rest, '"');
            (length, Some(unescape(&rest[1..length - 1])))
        } else if rest.starts_with('\'') && is_character(rest) {
            let length = closing(rest, '\'');
            (length, Some(unescape(&rest[1..length - 1])))
        } else {
            (rest.chars().next().map_or(1, char::len_utf8), None)
        };
        found.extend(text.map(|text| Literal { line, text }));
        line += rest[..length].matches('\n').count();
        at += length;
    }
    found
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// A raw literal at the front: its length and its text.
fn raw(rest: &str, inside_word: bool) -> Option<(usize, String)> {
    let after = rest.strip_prefix("br").or(rest.strip_prefix('r')).filter(|_| !inside_word)?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let body = after[hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    let end = body.find(&close)?;
    Some((rest.len() - body.len() + end + close.len(), body[..end].into()))
}

/// Whether a quote begins a character and not a lifetime.
fn is_character(rest: &str) -> bool {
    let mut chars = rest.chars().skip(1);
    match chars.next() {
        Some('\\') => true,
        Some(_) => chars.next() == Some('\''),
        None => false,
    }
}

/// The length of a quoted literal at the front.
fn closing(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (i, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return i + 1,
            _ => {}
        }
    }
    rest.len()
}

fn unescape(text: &str) -> String {
    let mut plain = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => plain.push('\n'),
                Some('t') => plain.push('\t'),
                Some(c) => plain.push(c),
                None => {}
            },
            c => plain.push(c),
        }
    }
    plain
}

/// Whether a literal holds something of a language: alone, as a piece of a longer text, or as a token beside a template's holes.
fn holds(literal: &str, entry: &Entry) -> bool {
    if literal.trim() == entry.text {
        return true;
    }
    let tokens: Vec<_> = literal.split_whitespace().collect();
    let template = tokens.iter().any(|token| ["_", "N", "S", "B"].contains(token));
    if template && tokens.contains(&entry.text.as_str()) {
        return true;
    }
    let edge = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let worded = entry.text.chars().all(|c| c.is_alphanumeric() || c == '_');
    entry.anywhere
        && literal.match_indices(&entry.text).any(|(start, found)| {
            !worded || edge(literal[..start].chars().next_back()) && edge(literal[start + found.len()..].chars().next())
        })
}

/// Rust files below a folder, except tests, benches and build outputs.
fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() {
            if !["tests", "benches", "target", "teachers", ".git"].iter().any(|skipped| name == *skipped) {
                rust_files(&path, found);
            }
        } else if path.extension().is_some_and(|e| e == "rs") && name != "tests.rs" {
            found.push(path);
        }
    }
}

#[test]
fn no_crate_but_a_teacher_names_what_belongs_to_a_language() {
    let (root, entries) = (root(), vocabulary());
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    assert!(files.len() > 20, "no sources were found below {}", root.display());
    let mut violations = Vec::new();
    for file in &files {
        let name = file.strip_prefix(&root).unwrap_or(file).display().to_string();
        for literal in literals(&fs::read_to_string(file).expect("a source file can be read")) {
            let allowed =
                ALLOWED.iter().any(|(place, texts, _)| name.starts_with(place) && texts.contains(&literal.text.as_str()));
            if let Some(entry) = entries.iter().find(|entry| holds(&literal.text, entry)).filter(|_| !allowed) {
                violations.push(format!("{name}:{}: {:?} holds `{}`", literal.line, literal.text, entry.text));
            }
        }
    }
    assert!(violations.is_empty(), "the engine names things of a taught language:\n{}", violations.join("\n"));
}

#[test]
fn no_crate_but_the_command_line_depends_on_a_teacher() {
    for entry in fs::read_dir(root().join("crates")).expect("crates/ is there").flatten() {
        let manifest = fs::read_to_string(entry.path().join("Cargo.toml")).expect("a crate has a manifest");
        let named = manifest.contains("mimus-teacher");
        assert!(!named || entry.file_name() == "mimus", "{} depends on a teacher", entry.path().display());
    }
}

#[test]
fn what_is_allowed_is_needed() {
    let root = root();
    for (place, texts, _) in ALLOWED {
        let path = root.join(place);
        let mut files = vec![path.clone()];
        if path.is_dir() {
            files.clear();
            rust_files(&path, &mut files);
        }
        let held: Vec<_> = files.iter().flat_map(|file| literals(&fs::read_to_string(file).unwrap_or_default())).collect();
        for text in *texts {
            let used = held.iter().any(|literal| literal.text == *text);
            assert!(used, "{place} does not hold {text:?} any more: take it off the list");
        }
    }
}

#[test]
fn literals_are_found() {
    let source = "let a: &'static str = \"x\\n\\\"y\"; // \"no\"\n/* 'n' */ let b = ['\\'', 'c', b'd'];\nr#\"ra\"w\"# \
                  for r\"s\"\n#[cfg(test)]\nmod tests { \"hidden\" }";
    let texts: Vec<_> = literals(source).into_iter().map(|literal| (literal.line, literal.text)).collect();
    let expected = [(1, "x\n\"y"), (2, "'"), (2, "c"), (2, "d"), (3, "ra\"w"), (3, "s")];
    assert_eq!(texts, expected.map(|(line, text)| (line, text.to_string())));
}

#[test]
fn words_count_by_their_place() {
    let entry = |text: &str, anywhere| Entry { text: text.into(), anywhere };
    assert!(holds("for", &entry("for", false)));
    assert!(!holds("wait for it", &entry("for", false)));
    assert!(holds("_ for _", &entry("for", false)));
    assert!(holds("an elif here", &entry("elif", true)));
    assert!(!holds("relief", &entry("elif", true)));
    assert!(holds("a // b", &entry("//", true)));
}
