//! Languages that did not exist when the engine was written: Python's lessons in other words, orders and meanings
//! (teachers/python/alien). Each is learned from traces alone, with the same binary and the same budget as plain Python is, and
//! then runs programs that were in no lesson. It must get right nearly as many of them as are got right in Python.

mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use common::{call_in, root};

/// Search steps for one overload. Enough to compare languages; not enough to find all that could be found.
const BUDGET: &str = "10000";
/// Steps that a program of the test may take: none needs more.
const FUEL: &str = "2000000";
/// The least part of Python's share that another language must reach, in percent.
const LEAST: usize = 95;

/// What a program must do.
struct Held {
    name: String,
    source: String,
    /// What it prints.
    out: String,
    /// The last line of the report, if it ends with an error.
    end: Option<String>,
}

/// What was learned of a language, tried on the programs.
struct Tried {
    right: Vec<String>,
    /// Programs that are not right, with what was said instead.
    missed: Vec<String>,
}

fn python(words: &[&str], folder: &Path) -> String {
    let output = Command::new("python3").args(words).current_dir(folder).stdin(Stdio::null()).output().expect("python3 starts");
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// The programs of a folder that `--translate --expect` wrote.
fn held(folder: &Path) -> Vec<Held> {
    let read = |path: &Path| fs::read_to_string(path).ok();
    let entries = fs::read_dir(folder).expect("the programs are there").flatten().map(|entry| entry.path());
    let mut all: Vec<Held> = entries
        .filter(|path| path.extension().is_some_and(|end| end == "txt"))
        .map(|path| Held {
            name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            source: path.display().to_string(),
            out: read(&path.with_extension("out")).expect("what it prints"),
            end: read(&path.with_extension("end")),
        })
        .collect();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(all.len() >= 30, "only {} programs", all.len());
    all
}

/// Learns a language, and tries it. `None` is Python as it is.
fn tried(language: Option<&str>) -> Tried {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let teachers = root().join("teachers/python").canonicalize().expect("the teachers are there");
    let path = |name: &str| teachers.join(name).display().to_string();
    let (alien, observer, programs) = (path("alien"), path("observer"), path("alien/held"));
    python(&[&path("lessons"), "lessons", "--tiny"], at);
    let trace = match language {
        Some(language) => {
            python(&[&alien, "--language", language, "--translate", "told", "--acts", "20000", "lessons"], at);
            python(&[&alien, "--language", language, "--translate", "held", "--expect", &programs], at);
            python(&[&alien, "--language", language, "--acts", "20000", "told"], at)
        }
        None => {
            as_it_is(Path::new(&programs), &at.join("held"));
            python(&[&observer, "--acts", "20000", "lessons"], at)
        }
    };
    fs::write(at.join("trace.jsonl"), trace).expect("the trace is written");
    let learned = call_in(at, &["learn", "--from", "trace.jsonl", "--out", "known", "--budget", BUDGET]);
    assert_eq!(learned.code, 0, "{}", learned.err);
    let mut tried = Tried { right: vec![], missed: vec![] };
    for program in held(&at.join("held")) {
        let called = call_in(at, &["run", &program.source, "--knowledge", "known", "--fuel", FUEL]);
        let last = called.err.trim_end().lines().last().unwrap_or_default();
        let ends = match &program.end {
            Some(end) => called.code == 1 && last == end.trim_end(),
            None => called.code == 0,
        };
        if ends && called.out == program.out {
            tried.right.push(program.name);
        } else {
            tried.missed.push(format!("{}: {last}", program.name));
        }
    }
    tried
}

/// Python's programs need no translation.
fn as_it_is(from: &Path, to: &Path) {
    fs::create_dir(to).expect("a folder");
    for file in fs::read_dir(from).expect("the programs are there").flatten().map(|entry| entry.path()) {
        if file.extension().is_none_or(|end| end != "py") {
            continue;
        }
        let stem = to.join(file.file_stem().unwrap_or_default());
        let ran = Command::new("python3").arg(&file).stdin(Stdio::null()).output().expect("python3 starts");
        fs::copy(&file, stem.with_extension("txt")).expect("a copy");
        fs::write(stem.with_extension("out"), &ran.stdout).expect("what it prints");
        if let Some(last) = String::from_utf8_lossy(&ran.stderr).trim_end().lines().last() {
            fs::write(stem.with_extension("end"), last).expect("how it ends");
        }
    }
}

/// How many programs are right in Python; `None` where there is no Python to teach.
fn plain() -> Option<usize> {
    static RIGHT: OnceLock<Option<usize>> = OnceLock::new();
    *RIGHT.get_or_init(|| {
        if Command::new("python3").arg("--version").stdout(Stdio::null()).status().is_err() {
            eprintln!("skipped: python3 is not on the PATH, so there is nobody to teach");
            return None;
        }
        let tried = tried(None);
        eprintln!("python: {} right, not {:#?}", tried.right.len(), tried.missed);
        // Else being as good as that would say nothing.
        assert!(tried.right.len() >= 15, "plain Python is hardly learned at all");
        Some(tried.right.len())
    })
}

#[track_caller]
fn check(language: &str) {
    let Some(plain) = plain() else { return };
    let tried = tried(Some(language));
    let right = tried.right.len();
    eprintln!("{language}: {right} right ({plain} in Python), not {:#?}", tried.missed);
    assert!(right * 100 >= plain * LEAST, "{language}: {right} right, {plain} in Python");
}

#[test]
fn other_words_and_swapped_signs() {
    check("swapped");
}

#[test]
fn braces_and_semicolons() {
    check("braces");
}

#[test]
fn counting_from_one() {
    check("counted");
}

#[test]
fn other_precedence() {
    check("bound");
}

#[test]
fn bodies_before_tests() {
    check("eager");
}

#[test]
fn prose() {
    check("prose");
}

#[test]
fn nothing_but_lists() {
    check("lists");
}
