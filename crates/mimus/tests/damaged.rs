//! Programs damaged at random: whatever is read and run, nothing panics, and nothing takes long.

mod common;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use mimus_knowledge::Knowledge;
use mimus_machine::{Limits, Machine};

/// How long the test goes on, and how many programs are enough.
const TIME: Duration = Duration::from_secs(15);
const ENOUGH: usize = 4000;

/// The longest that reading and running one may take: limits end a program long before.
const PATIENCE: Duration = Duration::from_secs(10);

const LIMITS: Limits = Limits { fuel: Some(20_000), memory: Some(32 << 20), depth: 200 };

/// Characters that begin, end or separate something somewhere, and some that do nothing anywhere.
const MARKS: [&str; 24] = [
    "(", ")", "[", "]", "{", "}", "\"", "'", "'''", "\\", ":", ",", ".", "#", "\n", "\n    ", "\t", "\r", "\0", " ", "é", "🙂",
    "9", "\u{202e}",
];

/// Numbers that look random, the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % end.max(1)
    }
}

fn programs() -> Vec<Vec<u8>> {
    let mut texts = Vec::new();
    for folder in ["examples", "tests/programs", "teachers/python/fuzz"] {
        let mut files: Vec<_> =
            fs::read_dir(common::root().join(folder)).into_iter().flatten().flatten().map(|e| e.path()).collect();
        files.sort();
        texts.extend(
            files.iter().filter(|path| path.extension().is_some_and(|e| e == "py")).filter_map(|path| fs::read(path).ok()),
        );
    }
    assert!(texts.len() >= 20, "only {} programs", texts.len());
    texts
}

/// A piece of a program, or all of it where it is short.
fn piece(text: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
    let from = numbers.below(lines.len());
    let count = 1 + numbers.below(40);
    lines[from..].iter().take(count).copied().collect::<Vec<_>>().concat()
}

/// One change.
fn damage(text: &mut Vec<u8>, other: &[u8], numbers: &mut Numbers) {
    let at = numbers.below(text.len() + 1);
    let to = (at + 1 + numbers.below(12)).min(text.len());
    match numbers.below(6) {
        0 if at < text.len() => text[at] = numbers.below(256) as u8,
        1 => drop(text.drain(at.min(to)..to)),
        2 => {
            let from = numbers.below(other.len());
            let part = &other[from..(from + 1 + numbers.below(30)).min(other.len())];
            text.splice(at..at, part.iter().copied());
        }
        3 => {
            let again = text[at.min(to)..to].to_vec();
            text.splice(at..at, again);
        }
        4 if at < text.len() => {
            let with = numbers.below(text.len());
            text.swap(at, with);
        }
        _ => drop(text.splice(at..at, MARKS[numbers.below(MARKS.len())].bytes())),
    }
}

#[test]
fn damaged_programs_never_panic() {
    if !common::knows_something() {
        return;
    }
    let path = common::root().join("knowledge/python.mimus");
    let text = fs::read_to_string(path).expect("the shipped knowledge can be read");
    let knowledge = Arc::new(Knowledge::from_text("knowledge", &text).expect("the shipped knowledge is sound"));
    let programs = programs();
    let mut numbers = Numbers(1);
    let mut machine = Machine::new(Arc::clone(&knowledge), LIMITS);
    let began = Instant::now();
    for number in 0..ENOUGH {
        if began.elapsed() > TIME {
            break;
        }
        let mut text = piece(&programs[numbers.below(programs.len())], &mut numbers);
        for _ in 0..1 + numbers.below(6) {
            let other = numbers.below(programs.len());
            damage(&mut text, &programs[other], &mut numbers);
        }
        let source = String::from_utf8_lossy(&text).into_owned();
        let start = Instant::now();
        let ran = catch_unwind(AssertUnwindSafe(|| {
            let report = machine.run(&source, &mut std::io::sink());
            assert!((0.0..=1.0).contains(&report.confidence));
            let values: Vec<_> = machine.memory().into_iter().map(|(name, value)| (name, machine.show(&value))).collect();
            values.into_iter().for_each(|(name, _)| machine.set_memory(name, None));
        }));
        assert!(ran.is_ok(), "damaged program {number} panics:\n{source}");
        assert!(start.elapsed() < PATIENCE, "damaged program {number} takes {:?}:\n{source}", start.elapsed());
        if number % 200 == 199 {
            machine = Machine::new(Arc::clone(&knowledge), LIMITS);
        }
    }
}
