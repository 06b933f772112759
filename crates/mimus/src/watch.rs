//! `mimus watch`: programs under a teacher's observation.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use mimus_trace::Answer;

use crate::args;
use crate::failure::{Exit, Failure};
use crate::files::{collect, read_text, write_whole};
use crate::progress::Progress;
use crate::teacher::Teacher;
use crate::{machines, processor};

/// Observes each program and writes one trace for each.
pub fn watch(args: &args::Watch) -> Result<Exit, Failure> {
    if args.teacher == processor::RECORDS {
        return processor::watch::records(args);
    }
    if let Some(machine) = machines::find(&args.teacher) {
        return processor::watch::machine(args, &*machine);
    }
    let teacher = Teacher::find(&args.teacher)?;
    if args.files.is_empty() {
        return Err(Failure::new("no programs were given to be watched").advise("`mimus watch --help` says how"));
    }
    let files = collect(&args.files, teacher.extension())?;
    if files.is_empty() {
        return Err(Failure::new(format!("no programs (*.{}) in the folders given", teacher.extension())));
    }
    let names = names(&files);
    let progress = Progress::new("watching", files.len() as u64);
    let next = AtomicUsize::new(0);
    let failed = Mutex::new(None);
    let without = AtomicUsize::new(0);
    let work = || -> Result<(), Failure> {
        let mut process = teacher.start()?;
        loop {
            let i = next.fetch_add(1, Ordering::Relaxed);
            let Some((file, name)) = files.get(i).zip(names.get(i)) else { return Ok(()) };
            let source = read_text(file)?;
            let header = process.header().to_string();
            let mut trace = None;
            process.ask(&[(name.clone(), source)], args.static_only, |_, told| match told.answer {
                Answer::Program(_) => trace = Some(format!("{header}\n{}\n", told.line)),
                Answer::Refused(why) | Answer::Stopped(why) => {
                    without.fetch_add(1, Ordering::Relaxed);
                    progress.say(&format!("{}: no trace: {why}", file.display()));
                }
            })?;
            if let Some(trace) = trace {
                write_whole(&args.out.join(format!("{name}.jsonl")), &trace)?;
            }
            progress.step(&name.clone());
        }
    };
    thread::scope(|scope| {
        for _ in 0..args.jobs.clamp(1, files.len()) {
            scope.spawn(|| {
                if let Err(failure) = work() {
                    // The other threads need not begin anything more.
                    next.store(files.len(), Ordering::Relaxed);
                    failed.lock().unwrap_or_else(|broken| broken.into_inner()).get_or_insert(failure);
                }
            });
        }
    });
    if let Some(failure) = failed.into_inner().unwrap_or_else(|broken| broken.into_inner()) {
        return Err(failure);
    }
    let without = without.into_inner();
    let written = files.len() - without;
    let traces = if written == 1 { "trace" } else { "traces" };
    progress.finish(&format!("{written} {traces} in {}", args.out.display()));
    Ok(if without == 0 { Exit::Fine } else { Exit::Raised })
}

/// A name for each trace: the file's, with as much of its path as it takes to tell it from the others.
fn names(files: &[PathBuf]) -> Vec<String> {
    let name = |file: &Path, parts: usize| {
        let without = file.with_extension("");
        let all: Vec<_> = without.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        all[all.len().saturating_sub(parts)..].join("-").replace('/', "")
    };
    let distinct = |parts: &usize| {
        let mut seen = std::collections::HashSet::new();
        files.iter().all(|file| seen.insert(name(file, *parts)))
    };
    let parts = (1..8).find(distinct);
    files
        .iter()
        .enumerate()
        .map(|(i, file)| match parts {
            Some(parts) => name(file, parts),
            None => format!("{i}-{}", name(file, 1)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_distinct_and_short() {
        let files = |all: &[&str]| names(&all.iter().map(PathBuf::from).collect::<Vec<_>>());
        assert_eq!(files(&["a/x.y", "a/z.y"]), ["x", "z"]);
        assert_eq!(files(&["a/x.y", "b/x.y"]), ["a-x", "b-x"]);
        assert_eq!(files(&["a/x.y", "a/x.y"]), ["0-x", "1-x"]);
    }
}
