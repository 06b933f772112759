//! `mimus eval`: a benchmark.

use std::io::Write as _;
use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use mimus_eval::{End, Ran, Subject, Summary, evaluate, read_items};
use mimus_grammar::Fault;
use mimus_knowledge::Knowledge;
use mimus_machine::{Ended, Limits, Machine, Report};

use crate::args;
use crate::clock::Clock;
use crate::engine;
use crate::failure::{Exit, Failure};
use crate::files::read_text;
use crate::operations;
use crate::processor;
use crate::progress::Progress;
use crate::teacher::harness;
use crate::wording;

/// Steps an item may take where the command line says nothing: what a program of a benchmark needs many times over.
const FUEL: u64 = 200_000_000;

/// Memory of an item, in MiB, where the command line says nothing.
const MEMORY: u64 = 1024;

/// Runs a benchmark and prints its summary.
pub fn eval(args: &args::Eval) -> Result<Exit, Failure> {
    if args.operations {
        return operations::operations(args);
    }
    if let Some(exit) = processor::eval::eval(args)? {
        return Ok(exit);
    }
    let [file] = &args.files[..] else {
        return Err(Failure::new("several files can be scored together only where all hold records of single steps")
            .advise("run a benchmark at a time"));
    };
    let text = read_text(file)?;
    let mut items = read_items(&text).map_err(|e| Failure::new(format!("{}, line {}: {}", file.display(), e.line, e.what)))?;
    items.truncate(args.limit.unwrap_or(usize::MAX));
    let knowledge = engine::knowledge(&args.engine)?;
    let mut limits = engine::limits(&args.engine, args.memory.or(Some(MEMORY)));
    limits.fuel = limits.fuel.or(Some(FUEL));
    let patience = patience(args)?;
    // Bad knowledge must not look like items that failed.
    engine::machine(&knowledge, limits)?;
    let progress = Progress::new("running", items.len() as u64);
    let began = Instant::now();
    let subject = || -> Box<dyn Subject> { Box::new(Examined::new(&knowledge, limits, patience)) };
    let done = |n: usize| progress.at(n as u64, items.len() as u64, "");
    let scored = evaluate(&items, harness(&knowledge), &subject, args.jobs, &done);
    progress.clear();
    let summary = Summary::new(&scored, began.elapsed());
    let text = if args.json { format!("{}\n", summary.to_json()) } else { summary.to_string() };
    // A reader that is gone has seen all it wanted.
    let _ = std::io::stdout().write_all(text.as_bytes());
    Ok(Exit::Fine)
}

/// How long an item may take.
pub fn patience(args: &args::Eval) -> Result<Duration, Failure> {
    Duration::try_from_secs_f64(args.time).map_err(|_| Failure::new("--time must be a number of seconds of at least 0"))
}

/// A machine with a clock: each item gets a fresh memory and a time limit.
struct Examined {
    knowledge: Arc<Knowledge>,
    limits: Limits,
    clock: Clock,
}

impl Examined {
    fn new(knowledge: &Arc<Knowledge>, limits: Limits, patience: Duration) -> Self {
        Self { knowledge: Arc::clone(knowledge), limits, clock: Clock::new(patience) }
    }
}

impl Subject for Examined {
    fn run(&mut self, before: &str, program: &str) -> Ran {
        let mut machine = Machine::new(Arc::clone(&self.knowledge), self.limits);
        self.clock.start(machine.interrupt_handle());
        let mut printed = Vec::new();
        let setup = (!before.trim().is_empty()).then(|| machine.run(before, &mut std::io::sink()));
        let report = match setup {
            Some(report) if !matches!(report.end, Ended::Normal) => report,
            _ => machine.run(program, &mut printed),
        };
        let ran = told(&mut machine, &report, program, printed);
        self.clock.stop();
        ran
    }
}

fn told(machine: &mut Machine, report: &Report, source: &str, printed: Vec<u8>) -> Ran {
    let end = match &report.end {
        Ended::Normal => End::Normal,
        Ended::Raised { report, .. } => End::Raised(report.clone()),
        Ended::NotUnderstood { at, why } => match unread(machine, source, at) {
            Some(why) => End::NotRead(why),
            None => End::NotLearned(reason(why).into()),
        },
        Ended::Limit(limit) => End::Limit(limit.to_string()),
    };
    let weakest = match &report.weakest {
        Some(weak) => format!("{} ({:.3}) in `{}`", weak.what, weak.confidence, wording::excerpt(source, &weak.at)),
        None => "nothing".into(),
    };
    Ran {
        end,
        stdout: String::from_utf8_lossy(&printed).into_owned(),
        value: report.value.clone().map(|value| machine.show(&value)),
        memory: machine.memory().iter().map(|(name, value)| (name.to_string(), machine.show(value))).collect(),
        confidence: report.confidence,
        weakest,
    }
}

/// The reason without the text that it is about: items that lack the same thing must give the same reason.
pub fn reason(why: &str) -> &str {
    why.split_once("` is not understood: ").map_or(why, |(_, reason)| reason)
}

/// Why the text at this place was not read; `None` when it was.
fn unread(machine: &Machine, source: &str, at: &Range<usize>) -> Option<String> {
    let reading = match machine.read(source) {
        Ok(reading) => reading,
        Err(why) => return Some(why),
    };
    let inside = |fault: &&Fault| fault.at.start <= at.start && at.start <= fault.at.end;
    reading.faults.iter().find(inside).map(|fault| fault.message.clone())
}
