//! `mimus eval --operations`: fresh calls of every operation, a row an operation.

use std::collections::HashMap;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use mimus_core::{Symbol, Value};
use mimus_eval::calls::{Caller, Came, Ended, Known, Row, RowSummary, Told, Verdict, ask};
use mimus_grammar::Reading;
use mimus_knowledge::Knowledge;
use mimus_machine::{self as machine, Limits, Machine};

use crate::args;
use crate::clock::Clock;
use crate::engine;
use crate::eval::{patience, reason};
use crate::failure::{Exit, Failure};
use crate::progress::Progress;
use crate::teacher::{Fresh, Teacher, Wanted};

/// Steps a call may take where the command line says nothing.
const FUEL: u64 = 5_000_000;

/// Memory of a call, in MiB, where the command line says nothing.
const MEMORY: u64 = 512;

/// After so many calls the machine is made anew: it keeps what it compiled.
const RENEWED: usize = 4000;

/// Values nest deeply while they are compared; the address space is only used as far as they do.
const STACK: usize = 256 << 20;

/// Asks and scores all, and prints the rows.
pub fn operations(args: &args::Eval) -> Result<Exit, Failure> {
    let knowledge = engine::knowledge(&args.engine)?;
    let mut limits = engine::limits(&args.engine, args.memory.or(Some(MEMORY)));
    limits.fuel = limits.fuel.or(Some(FUEL));
    let patience = patience(args)?;
    // Bad knowledge must not look like operations that were not learned.
    engine::machine(&knowledge, limits)?;
    let teacher = Teacher::of(&knowledge)?;
    let jobs = args.jobs.max(1);
    let progress = Progress::new("scoring", 0);
    let (done, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
    let scored = Mutex::new((Vec::new(), None));
    let work = |part: usize| {
        let only = args.only.clone().unwrap_or_default();
        let wanted = Wanted { calls: args.calls, seed: args.seed, only, of: jobs, part };
        let subject = || Subject::new(&knowledge, limits, patience);
        let finished = |row: &Row| {
            let number = done.fetch_add(1, Ordering::Relaxed) as u64 + 1;
            progress.at(number, row.operation.of as u64, &row.operation.name);
        };
        let rows = teacher.fresh(&wanted).and_then(|fresh| score(fresh, &subject, &finished, &stop));
        let mut scored = scored.lock().unwrap_or_else(|broken| broken.into_inner());
        match rows {
            Ok(rows) => scored.0.extend(rows),
            Err(failure) => {
                stop.store(true, Ordering::Relaxed);
                scored.1.get_or_insert(failure);
            }
        }
    };
    thread::scope(|scope| {
        for part in 0..jobs {
            let work = &work;
            if thread::Builder::new().stack_size(STACK).spawn_scoped(scope, move || work(part)).is_err() {
                work(part);
            }
        }
    });
    progress.clear();
    let (rows, failure) = scored.into_inner().unwrap_or_else(|broken| broken.into_inner());
    if let Some(failure) = failure {
        return Err(failure);
    }
    if rows.is_empty() {
        let only = args.only.as_deref().unwrap_or_default();
        return Err(Failure::new(format!("no operation is called `{only}`")).advise("without --only, all are listed"));
    }
    let summary = RowSummary::new(rows);
    let text = if args.json { format!("{}\n", summary.to_json()) } else { summary.to_text() };
    // A reader that is gone has seen all it wanted.
    let _ = std::io::stdout().write_all(text.as_bytes());
    Ok(Exit::Fine)
}

/// Scores all that a teacher tells.
fn score(
    mut fresh: Fresh,
    subject: &dyn Fn() -> Subject,
    finished: &dyn Fn(&Row),
    stop: &AtomicBool,
) -> Result<Vec<Row>, Failure> {
    let mut rows: Vec<Row> = Vec::new();
    let mut asked = subject();
    while !stop.load(Ordering::Relaxed) {
        match fresh.next()? {
            Told::Operation(operation) => {
                rows.last().into_iter().for_each(finished);
                let known = known(&asked.knowledge, &operation.known);
                rows.push(Row::new(operation, known));
                // What ran before must not show, not even in the order in which probabilities are multiplied.
                asked.renew();
            }
            Told::Call(call) => {
                let row = rows.last_mut().ok_or_else(|| fresh.useless("a call of no operation"))?;
                let answer = catch_unwind(AssertUnwindSafe(|| ask(&call, &mut asked))).unwrap_or_else(|_| {
                    // What it left behind may be in no good state.
                    asked.renew();
                    Ok((Verdict::Declined("the engine itself failed".into()), 0.0))
                });
                let (verdict, confidence) = answer.map_err(|what| fresh.useless(&what))?;
                row.add(&call, verdict, confidence);
            }
            Told::Done => break,
        }
    }
    Ok(rows)
}

/// What knowledge holds under these keys.
fn known(knowledge: &Knowledge, keys: &[String]) -> Known {
    let mut known = Known::default();
    let operations = keys.iter().filter_map(|key| knowledge.operations.get(&Symbol::new(key)));
    for overload in operations.flat_map(|operation| &operation.overloads) {
        known.seen += overload.seen;
        known.overloads += 1;
        if let Some(best) = overload.meanings.first() {
            known.solved += 1;
            known.size += best.meaning.size();
        }
    }
    known
}

/// A machine with a clock. Each text is read once.
struct Subject {
    knowledge: Arc<Knowledge>,
    limits: Limits,
    clock: Clock,
    machine: Machine,
    readings: HashMap<String, Reading>,
    calls: usize,
}

impl Subject {
    fn new(knowledge: &Arc<Knowledge>, limits: Limits, patience: Duration) -> Self {
        Self {
            knowledge: Arc::clone(knowledge),
            limits,
            clock: Clock::new(patience),
            machine: Machine::new(Arc::clone(knowledge), limits),
            readings: HashMap::new(),
            calls: 0,
        }
    }

    /// Forgets everything that was run.
    fn renew(&mut self) {
        self.machine = Machine::new(Arc::clone(&self.knowledge), self.limits);
        self.readings.clear();
        self.calls = 0;
    }
}

impl Caller for Subject {
    fn call(&mut self, source: &str, given: Vec<(Symbol, Value)>) -> Came {
        self.calls += 1;
        if self.calls > RENEWED {
            self.renew();
        }
        for (name, _) in self.machine.memory() {
            self.machine.set_memory(name, None);
        }
        for (name, value) in given {
            self.machine.set_memory(name, Some(value));
        }
        if !self.readings.contains_key(source) {
            match self.machine.read(source) {
                Ok(reading) => drop(self.readings.insert(source.into(), reading)),
                Err(why) => return Came { ended: Ended::Declined(why), printed: String::new(), memory: vec![], confidence: 0.0 },
            }
        }
        let reading = &self.readings[source];
        let mut printed = Vec::new();
        self.clock.start(self.machine.interrupt_handle());
        let report = self.machine.run_tree(source, &reading.tree, reading.confidence, &mut printed);
        self.clock.stop();
        let ended = match report.end {
            machine::Ended::Normal => Ended::Gave(report.value.unwrap_or(Value::None)),
            machine::Ended::Raised { error, .. } => Ended::Raised(error),
            machine::Ended::NotUnderstood { why, .. } => Ended::Declined(reason(&why).into()),
            machine::Ended::Limit(limit) => Ended::Declined(limit.to_string()),
        };
        let printed = String::from_utf8_lossy(&printed).into_owned();
        Came { ended, printed, memory: self.machine.memory(), confidence: report.confidence }
    }
}
