//! Random programs of the teacher's, run by both: nothing may panic, hang, or be sure of what is wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use mimus_knowledge::Knowledge;
use mimus_machine::{Ended, Interrupt, Limits, Machine};
use serde_json::Value;

use crate::mimus::root;

/// Where the random programs begin unless the command line says otherwise.
const SEED: &str = "1";

/// Programs, unless time is up before.
const PROGRAMS: usize = 20_000;

/// An answer of at least this confidence must not be wrong.
const SURE: f64 = 0.99;

/// Bounds of a program that goes wrong: those that are asked need far less.
const LIMITS: Limits = Limits { fuel: Some(20_000_000), memory: Some(512 << 20), depth: 900 };

/// How long a program may take before it is interrupted, and after.
const PATIENCE: Duration = Duration::from_secs(10);

/// Wrong answers of which the machine was not sure that are shown.
const SHOWN: usize = 20;

/// Programs that one machine runs: making one takes longer than most programs do.
const SHARED: usize = 200;

/// What came of a program.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Right,
    RightAndSure,
    Declined,
    WrongButUnsure,
    Limit,
    WrongAndSure,
    Hang,
    Panic,
}

impl Outcome {
    fn words(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::RightAndSure => "right, and sure",
            Self::Declined => "declined",
            Self::WrongButUnsure => "wrong, but unsure",
            Self::Limit => "ended at a limit",
            Self::WrongAndSure => "wrong, and sure",
            Self::Hang => "did not end",
            Self::Panic => "panicked",
        }
    }

    fn is_failure(self) -> bool {
        matches!(self, Self::WrongAndSure | Self::Hang | Self::Panic)
    }
}

/// A program as the teacher ran it.
struct Asked {
    number: u64,
    source: String,
    out: String,
    error: Option<String>,
}

/// Runs programs for so many seconds, and fails where one must not end as it did.
pub fn fuzz(seconds: &str, seed: Option<&str>) -> Result<(), String> {
    let seconds: u64 = seconds.parse().map_err(|_| format!("{seconds} is no number of seconds"))?;
    let seed = seed.unwrap_or(SEED);
    let knowledge = knowledge()?;
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut child = Command::new("python3")
        .args(["teachers/python/fuzz", seed])
        .current_dir(root())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| format!("python3 could not be started: {e}"))?;
    let stream = child.stdout.take().ok_or("the programs have no output")?;
    let watch = Watch::new();
    let mut counts: BTreeMap<Outcome, usize> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut machine = Machine::new(Arc::clone(&knowledge), LIMITS);
    for line in BufReader::new(stream).lines() {
        let line = line.map_err(|e| e.to_string())?;
        let asked = asked(&line).ok_or_else(|| format!("no program: {line}"))?;
        let (outcome, what) = run(&mut machine, &asked, &watch);
        let total = counts.values().sum::<usize>();
        if outcome == Outcome::Panic || total.is_multiple_of(SHARED) {
            machine = Machine::new(Arc::clone(&knowledge), LIMITS);
        }
        *counts.entry(outcome).or_default() += 1;
        if outcome.is_failure() && seen.insert(what.clone()) {
            println!("-- program {} of seed {seed} {}: {what}\n{}", asked.number, outcome.words(), asked.source);
        }
        if outcome == Outcome::WrongButUnsure && seen.len() < SHOWN && seen.insert(what.clone()) {
            println!("program {}: {what}", asked.number);
        }
        if Instant::now() > until || total + 1 >= PROGRAMS {
            break;
        }
    }
    // Whether it still runs or has failed: it is not needed any more.
    let _ = child.kill().and_then(|()| child.wait().map(drop));
    let total: usize = counts.values().sum();
    println!("{total} programs of seed {seed}");
    counts.iter().for_each(|(outcome, count)| println!("{count:>7} {}", outcome.words()));
    let failed: usize = counts.iter().filter(|(outcome, _)| outcome.is_failure()).map(|(_, count)| count).sum();
    match (total, failed) {
        (0, _) => Err("no program came".into()),
        (_, 0) => Ok(()),
        _ => Err(format!("{failed} programs must not end as they did")),
    }
}

fn knowledge() -> Result<Arc<Knowledge>, String> {
    let path = root().join("knowledge/python.mimus");
    let text = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    Knowledge::from_text("knowledge", &text).map(Arc::new).map_err(|e| e.to_string())
}

fn asked(line: &str) -> Option<Asked> {
    let value: Value = serde_json::from_str(line).ok()?;
    let text = |field: &str| value[field].as_str().map(str::to_owned);
    Some(Asked { number: value["number"].as_u64()?, source: text("source")?, out: text("out")?, error: text("error") })
}

/// Runs a program, and says what is wrong with what came of it.
fn run(machine: &mut Machine, asked: &Asked, watch: &Watch) -> (Outcome, String) {
    let ran = catch_unwind(AssertUnwindSafe(|| {
        for (name, _) in machine.memory() {
            machine.set_memory(name, None);
        }
        watch.begin(machine.interrupt_handle(), asked.number);
        let mut out = Vec::new();
        let report = machine.run(&asked.source, &mut out);
        (report, String::from_utf8_lossy(&out).into_owned())
    }));
    watch.end();
    let Ok((report, out)) = ran else { return (Outcome::Panic, "a panic".into()) };
    let sure = report.confidence >= SURE;
    let end = match &report.end {
        Ended::Normal => None,
        Ended::Raised { report, .. } => Some(report.lines().last().unwrap_or_default().to_owned()),
        // What was printed before must be right.
        Ended::NotUnderstood { .. } if asked.out.starts_with(&out) => return (Outcome::Declined, String::new()),
        Ended::NotUnderstood { why, .. } => Some(why.clone()),
        Ended::Limit(limit) if limit.to_string() == "interrupted" => return (Outcome::Hang, "no end".into()),
        Ended::Limit(_) => return (Outcome::Limit, String::new()),
    };
    if out == asked.out && end == asked.error {
        return (if sure { Outcome::RightAndSure } else { Outcome::Right }, String::new());
    }
    let what = difference(asked, &out, end.as_deref());
    (if sure { Outcome::WrongAndSure } else { Outcome::WrongButUnsure }, what)
}

fn difference(asked: &Asked, out: &str, end: Option<&str>) -> String {
    let (mut ours, mut theirs) = (out.lines(), asked.out.lines());
    loop {
        match (ours.next(), theirs.next()) {
            (None, None) => break,
            (a, b) if a == b => {}
            (a, b) => return format!("it prints {a:?}, not {b:?}; ends with {end:?}, not {:?}", asked.error),
        }
    }
    format!("it ends with {end:?}, not {:?}", asked.error)
}

/// Interrupts what takes too long, and ends this process where that does not help: then the programs' numbers say which it was.
struct Watch(Sender<Option<(Interrupt, u64)>>);

impl Watch {
    fn new() -> Self {
        let (to, from) = channel();
        thread::spawn(move || watch(&from));
        Self(to)
    }

    fn begin(&self, interrupt: Interrupt, number: u64) {
        let _ = self.0.send(Some((interrupt, number)));
    }

    fn end(&self) {
        let _ = self.0.send(None);
    }
}

fn watch(from: &Receiver<Option<(Interrupt, u64)>>) {
    while let Ok(begun) = from.recv() {
        let Some((interrupt, number)) = begun else { continue };
        for again in [false, true] {
            match from.recv_timeout(PATIENCE) {
                Err(RecvTimeoutError::Timeout) if again => {
                    eprintln!("program {number} cannot be interrupted");
                    std::process::exit(1);
                }
                Err(RecvTimeoutError::Timeout) => interrupt.interrupt(),
                Ok(_) | Err(RecvTimeoutError::Disconnected) => break,
            }
        }
    }
}
