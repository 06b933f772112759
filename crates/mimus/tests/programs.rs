//! Whole programs, as people write them: each prints and ends as with CPython, or is declined. The list of those that do must be true.
//!
//! `cargo test --release -p mimus --test programs -- --nocapture` says of each program how it went, and what stops most of them.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Read as _, Seek as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use common::Called;

/// Most time a program may take. The slowest one takes CPython less than a second.
const LIMIT: Duration = Duration::from_secs(60);

/// What came of a program.
enum Outcome {
    Same,
    /// The message, whole.
    Declined(String),
    /// What is different.
    Wrong(String),
}

#[test]
fn programs_print_what_the_teacher_prints() {
    if !common::knows_something() || !common::has_teacher() {
        return;
    }
    let folder = common::root().join("tests/programs");
    let outcomes = run_all(&programs(&folder));
    report(&outcomes);

    let listed = fs::read_to_string(folder.join("PASSING.txt")).expect("the list is there");
    let listed: BTreeSet<&str> = listed.lines().collect();
    let passing: BTreeSet<&str> =
        outcomes.iter().filter(|(_, o)| matches!(o, Outcome::Same)).map(|(name, _)| name.as_str()).collect();
    let fallen: Vec<_> = listed.difference(&passing).collect();
    let risen: Vec<_> = passing.difference(&listed).collect();
    assert!(fallen.is_empty(), "in tests/programs/PASSING.txt, but not the same as CPython (or not there): {fallen:?}");
    assert!(risen.is_empty(), "the same as CPython now: add to tests/programs/PASSING.txt: {risen:?}");
}

/// The programs of a folder, by name.
fn programs(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the programs are there").flatten().map(|entry| entry.path());
    let mut files: Vec<_> = entries.filter(|path| path.extension().is_some_and(|e| e == "py")).collect();
    files.sort();
    assert!(files.len() >= 70, "only {} programs", files.len());
    files
}

/// Each program's name and outcome, several at a time.
fn run_all(files: &[PathBuf]) -> Vec<(String, Outcome)> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.push((file.file_stem().unwrap_or_default().to_string_lossy().into_owned(), run_one(file)));
        }
        done
    };
    let mut outcomes: Vec<_> = thread::scope(|scope| {
        let count = thread::available_parallelism().map_or(2, usize::from);
        let workers: Vec<_> = (0..count).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("no panic")).collect()
    });
    outcomes.sort_by(|a, b| a.0.cmp(&b.0));
    outcomes
}

fn run_one(file: &Path) -> Outcome {
    let folder = file.parent().unwrap_or(Path::new("."));
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut python = Command::new("python3");
    python.arg(&name).current_dir(folder).stdin(Stdio::null());
    let expected = finish(python).unwrap_or_else(|| panic!("{name} does not come to an end with CPython"));
    match finish(common::command(folder, &["run", &name])) {
        Some(called) => judge(&expected, called),
        None => Outcome::Wrong(format!("still running after {} s", LIMIT.as_secs())),
    }
}

/// Runs a command to its end, if that comes in time. The streams are files: a pipe that nobody reads could fill up.
fn finish(mut command: Command) -> Option<Called> {
    let mut out = tempfile::tempfile().expect("a temporary file");
    let mut err = tempfile::tempfile().expect("a temporary file");
    command.stdout(out.try_clone().expect("a second handle")).stderr(err.try_clone().expect("a second handle"));
    let mut child = command.spawn().expect("the program starts");
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("its state is known") {
            break status;
        }
        if start.elapsed() > LIMIT {
            child.kill().and_then(|()| child.wait()).expect("it can be ended");
            return None;
        }
        thread::sleep(Duration::from_millis(5));
    };
    let text = |file: &mut fs::File| {
        let mut bytes = Vec::new();
        file.rewind().and_then(|()| file.read_to_end(&mut bytes)).expect("what was written can be read");
        String::from_utf8_lossy(&bytes).into_owned()
    };
    Some(Called { code: status.code().unwrap_or(-1), out: text(&mut out), err: text(&mut err) })
}

fn judge(expected: &Called, called: Called) -> Outcome {
    // What a program printed before it was declined must be right, too.
    if called.code == 2 && expected.code != 2 && expected.out.starts_with(&called.out) {
        return Outcome::Declined(called.err);
    }
    if called.out != expected.out {
        let (ours, theirs) = (called.out.lines(), expected.out.lines());
        let same = ours.clone().zip(theirs.clone()).take_while(|(a, b)| a == b).count();
        let (ours, theirs) = (ours.clone().nth(same), theirs.clone().nth(same));
        return Outcome::Wrong(format!("line {} of the output is {ours:?}, not {theirs:?}{}", same + 1, ending(&called)));
    }
    if called.code != expected.code {
        return Outcome::Wrong(format!("exit {}, not {}{}", called.code, expected.code, ending(&called)));
    }
    // The rest of what CPython writes there says where in its own files it was.
    if called.code != 0 && called.err.lines().last() != expected.err.lines().last() {
        return Outcome::Wrong(format!("the error is {:?}, not {:?}", called.err.lines().last(), expected.err.lines().last()));
    }
    Outcome::Same
}

/// The error that a program ended with, for a message.
fn ending(called: &Called) -> String {
    called.err.lines().last().map_or(String::new(), |line| format!("; it ended with: {line}"))
}

fn report(outcomes: &[(String, Outcome)]) {
    let mut kinds = [0; 3];
    let mut reasons: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (name, outcome) in outcomes {
        let (kind, line) = match outcome {
            Outcome::Same => (0, "same".to_owned()),
            Outcome::Declined(message) => {
                reasons.entry(reason(message)).or_default().push(name);
                (1, format!("declined: {}", message.lines().next().unwrap_or_default()))
            }
            Outcome::Wrong(what) => (2, format!("wrong: {what}")),
        };
        kinds[kind] += 1;
        println!("{name:<18} {line}");
    }
    println!("\n{} programs: {} same, {} declined, {} wrong", outcomes.len(), kinds[0], kinds[1], kinds[2]);
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, names)| std::cmp::Reverse(names.len()));
    for (reason, names) in reasons {
        println!("{:>4} {reason}: {}", names.len(), names.join(", "));
    }
}

/// Why a program was declined: what was not learned, without the program's own text where the message can do without.
fn reason(message: &str) -> String {
    let why = message.split_once('\n').map_or(message, |(_, rest)| rest).trim();
    if let Some(text) = why.strip_suffix("could not be read") {
        let word = text.trim_start_matches('`').split_whitespace().next().unwrap_or_default();
        return format!("`{word} ...` could not be read");
    }
    let why = why.rsplit_once(" is not understood: ").map_or(why, |(_, reason)| reason);
    why.split("; the nearest").next().unwrap_or_default().replace('\n', " ")
}
