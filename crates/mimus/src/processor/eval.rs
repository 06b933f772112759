//! `mimus eval` on records of single steps.

use std::fs::File;
use std::io::{BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use mimus_eval::{Given, StepSummary};
use mimus_knowledge::Processor;
use mimus_machine::processor::Core;
use mimus_trace::step::{Layout, State, read_records, register_names};

use super::args::Choice;
use super::{chosen, why};
use crate::args::Eval;
use crate::failure::{Exit, Failure};
use crate::files::{collect, read_text};
use crate::machines;
use crate::progress::Progress;

/// Scores a processor on records; `None` where the files hold none.
pub fn eval(args: &Eval) -> Result<Option<Exit>, Failure> {
    let files = collect(&args.files, "json")?;
    let Some(first) = files.first() else { return Ok(None) };
    if !holds_records(first)? {
        return match args.machine {
            Some(_) => Err(Failure::new(format!("{} does not hold records of single steps", first.display()))
                .advise("they are one JSON array, as docs/trace-format.md says")),
            None => Ok(None),
        };
    }
    let processor = processor(args, first)?;
    let progress = Progress::new("scoring", files.len() as u64);
    let summary = all(&processor, &files, args.jobs, args.limit.unwrap_or(usize::MAX), &progress)?;
    progress.clear();
    let text = match args.json {
        true => format!("{}\n", summary.to_json(&processor.layout)),
        false => summary.to_text(&processor.layout),
    };
    // A reader that is gone has seen all it wanted.
    let _ = std::io::stdout().write_all(text.as_bytes());
    Ok(Some(Exit::Fine))
}

/// Whether a file begins like an array.
fn holds_records(file: &Path) -> Result<bool, Failure> {
    let opened = File::open(file).map_err(|e| Failure::file("read", file, &e))?;
    let first = BufReader::new(opened).bytes().map_while(Result::ok).find(|byte| !byte.is_ascii_whitespace());
    Ok(first == Some(b'['))
}

/// The processor that is asked for, or else that of the machine whose registers the records have.
fn processor(args: &Eval, first: &Path) -> Result<Processor, Failure> {
    let mut choice = Choice { machine: args.machine.clone(), knowledge: args.engine.knowledge.clone() };
    if choice.machine.is_none() && choice.knowledge.is_none() {
        let names = register_names(&first.display().to_string(), &read_text(first)?)?;
        let Some((name, _)) = machines::with_registers(&names) else {
            let names: Vec<_> = names.into_iter().collect();
            return Err(Failure::new(format!("{}: no known machine has the registers {}", first.display(), names.join(", ")))
                .advise("give --knowledge FILE"));
        };
        choice.machine = Some(name.into());
    }
    chosen(&choice)
}

/// Scores the files, several at a time; the summary is the same as one after the other would give.
fn all(processor: &Processor, files: &[PathBuf], jobs: usize, limit: usize, progress: &Progress) -> Result<StepSummary, Failure> {
    let core = Core::new(processor);
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let work = || {
        while let Some((i, file)) = Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|i| Some((i, files.get(i)?))) {
            let scored = one(processor, &core, file, limit);
            done.lock().unwrap_or_else(|broken| broken.into_inner()).push((i, scored));
            progress.step(&file.display().to_string());
        }
    };
    thread::scope(|scope| (0..jobs.clamp(1, files.len())).for_each(|_| drop(scope.spawn(work))));
    let mut done = done.into_inner().unwrap_or_else(|broken| broken.into_inner());
    done.sort_by_key(|(i, _)| *i);
    let mut summary = StepSummary::default();
    for (_, scored) in done {
        summary.merge(scored?);
    }
    Ok(summary)
}

fn one(processor: &Processor, core: &Core<'_>, file: &Path, limit: usize) -> Result<StepSummary, Failure> {
    let (name, layout) = (file.display().to_string(), &processor.layout);
    let mut summary = StepSummary::default();
    let steps = read_records(&name, &read_text(file)?, layout)?;
    for (i, step) in steps.iter().enumerate().take(limit) {
        let added = summary.add(layout, step, given(layout, core, &step.before));
        added.map_err(|what| Failure::new(format!("{name}, record {}: {what}", i + 1)))?;
    }
    Ok(summary)
}

/// What is learned of a state; cells that nothing is known of hold 0.
fn given(layout: &Layout, core: &Core<'_>, before: &State) -> Result<Given, String> {
    let read = |at: u64| before.cells.get(&at).copied().unwrap_or(0);
    let answer = core.ask(&layout.split(&before.registers), &read).map_err(|halt| why(layout, &halt))?;
    let registers = layout.join(&answer.parts);
    Ok(Given { registers, writes: answer.writes, stopped: answer.stopped, confidence: answer.confidence })
}
