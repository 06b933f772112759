//! `mimus run`: a program, and nothing on standard output but what it prints.

use std::io::{self, BufWriter, Write};
use std::process::{Output, Stdio};

use mimus_machine::{Ended, Report};

use crate::args;
use crate::engine;
use crate::failure::{Exit, Failure};
use crate::files::read_text;
use crate::teacher::Teacher;
use crate::wording;

/// Runs a program.
pub fn run(args: &args::Run) -> Result<Exit, Failure> {
    let source = read_text(&args.file)?;
    let knowledge = engine::knowledge(&args.engine)?;
    let beside = match args.check {
        true => Some(teacher_run(&Teacher::of(&knowledge)?, args)?),
        false => None,
    };
    let mut machine = engine::machine(&knowledge, engine::limits(&args.engine, args.memory))?;
    let mut out = Copying { to: BufWriter::new(io::stdout().lock()), copy: beside.is_some().then(Vec::new) };
    let report = machine.run(&source, &mut out);
    // A reader that is gone has seen all it wanted.
    let _ = out.flush();
    let name = args.file.display().to_string();
    let mut exit = engine::exit(&report);
    if args.confidence {
        eprintln!("{}", least_sure(&report, &source));
    }
    if let Some(beside) = beside {
        let printed = out.copy.unwrap_or_default();
        match first_difference(&String::from_utf8_lossy(&printed), &report, &beside) {
            None => eprintln!("the same as the teacher"),
            Some(difference) => {
                eprintln!("{difference}");
                exit = Exit::NotUnderstood;
            }
        }
    }
    if let Some(ending) = engine::ending(&report, &name, &source) {
        eprintln!("{ending}");
    }
    Ok(exit)
}

/// What the teacher makes of the same program, unobserved.
fn teacher_run(teacher: &Teacher, args: &args::Run) -> Result<Output, Failure> {
    let Some(mut command) = teacher.plain(&args.file) else {
        return Err(Failure::new("this knowledge's teacher cannot run a program beside"));
    };
    let output = command.stdin(Stdio::null()).output();
    output.map_err(|e| Failure::new(format!("the teacher could not be started: {e}")))
}

fn least_sure(report: &Report, source: &str) -> String {
    let whole = wording::percent(report.confidence);
    match &report.weakest {
        None => format!("confidence of the whole {whole}"),
        Some(weak) => format!(
            "lowest confidence {} at {}: `{}` ({}); of the whole {whole}",
            wording::percent(weak.confidence),
            wording::place(source, &weak.at),
            wording::excerpt(source, &weak.at),
            weak.what,
        ),
    }
}

/// The first line that differs, or the ends if those do.
fn first_difference(printed: &str, report: &Report, teacher: &Output) -> Option<String> {
    let theirs = String::from_utf8_lossy(&teacher.stdout);
    if printed != theirs {
        let mut lines = (printed.split('\n'), theirs.split('\n'));
        for number in 1.. {
            let (ours, theirs) = (lines.0.next(), lines.1.next());
            if ours != theirs {
                let shown = |line: Option<&str>| line.map_or("nothing more".into(), |line| format!("`{line}`"));
                return Some(format!(
                    "line {number} of the output differs\n  the teacher: {}\n  mimus:       {}",
                    shown(theirs),
                    shown(ours)
                ));
            }
        }
    }
    let complaint = String::from_utf8_lossy(&teacher.stderr);
    let last = complaint.lines().last().unwrap_or_default();
    let (theirs, ours) = match (&report.end, teacher.status.success()) {
        (Ended::Normal, true) => return None,
        (Ended::Raised { report, .. }, false) if report.lines().last() == Some(last) => return None,
        (Ended::Normal, false) => (last, "ends normally".to_string()),
        (Ended::Raised { report, .. }, ok) => (if ok { "ends normally" } else { last }, report.clone()),
        (Ended::NotUnderstood { .. }, ok) => (if ok { "ends normally" } else { last }, "not understood".into()),
        (Ended::Limit(limit), ok) => (if ok { "ends normally" } else { last }, format!("stopped: {limit}")),
    };
    Some(format!("the end differs\n  the teacher: {theirs}\n  mimus:       {ours}"))
}

/// Writes, and keeps a copy where that is asked for.
struct Copying<W> {
    to: W,
    copy: Option<Vec<u8>>,
}

impl<W: Write> Write for Copying<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(copy) = &mut self.copy {
            copy.extend_from_slice(bytes);
        }
        self.to.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
