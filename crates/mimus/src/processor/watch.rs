//! `mimus watch` of machines without source text: random states, or records that somebody else made.

use std::path::{Path, PathBuf};

use mimus_trace::step::{Layout, Oracle, infer_layout, read_records, register_names, step_line, steps_header};

use super::{RECORDS, random};
use crate::args::Watch;
use crate::failure::{Exit, Failure};
use crate::files::{collect, read_text, write_with};
use crate::machines;
use crate::progress::Progress;

/// Observes a machine in random states.
pub fn machine(args: &Watch, machine: &dyn Oracle) -> Result<Exit, Failure> {
    if !args.files.is_empty() {
        return Err(Failure::new(format!("{} is put into random states: it takes no files", args.teacher))
            .advise(format!("`mimus watch {RECORDS} FILE...` makes traces of records")));
    }
    let layout = machine.layout();
    let file = args.out.join(format!("{}.jsonl", args.teacher));
    let mut count = 0;
    let progress = Progress::new("watching", 0);
    write_with(&file, |out| {
        writeln!(out, "{}", steps_header(&machine.name(), &layout))?;
        for states in random::states(&layout, args.steps, args.seed) {
            for step in machine.observe(&states) {
                writeln!(out, "{}", step_line(&layout, &step))?;
            }
            count += states.len();
            progress.at(count as u64, count as u64, "steps");
        }
        Ok(())
    })?;
    progress.finish(&format!("{count} steps in {}", file.display()));
    Ok(Exit::Fine)
}

/// Makes one trace of files of records.
pub fn records(args: &Watch) -> Result<Exit, Failure> {
    let files = collect(&args.files, "json")?;
    if files.is_empty() {
        return Err(Failure::new("no files of records (*.json) were given")
            .advise("`mimus watch --help` says how; each holds one array of single steps"));
    }
    let (name, layout) = layout(args, &files)?;
    let trace = args.out.join(format!("{RECORDS}.jsonl"));
    let (mut count, mut failed) = (0, None);
    let progress = Progress::new("reading", files.len() as u64);
    write_with(&trace, |out| {
        writeln!(out, "{}", steps_header(&name, &layout))?;
        for file in &files {
            let steps = match read(file, &layout) {
                Ok(steps) => steps,
                Err(failure) => {
                    failed = Some(failure);
                    return Err(std::io::ErrorKind::InvalidData.into());
                }
            };
            for step in &steps {
                writeln!(out, "{}", step_line(&layout, step))?;
            }
            count += steps.len();
            progress.step(&file.display().to_string());
        }
        Ok(())
    })
    .map_err(|failure| failed.take().unwrap_or(failure))?;
    progress.finish(&format!("{count} steps of {name} in {}", trace.display()));
    Ok(Exit::Fine)
}

fn read(file: &Path, layout: &Layout) -> Result<Vec<mimus_trace::step::Step>, Failure> {
    Ok(read_records(&file.display().to_string(), &read_text(file)?, layout)?)
}

/// What the records are of: the machine that is named, or the one that has their registers, or else one that nobody knows.
fn layout(args: &Watch, files: &[PathBuf]) -> Result<(String, Layout), Failure> {
    let named = |name: &str, machine: &dyn Oracle| (format!("{name} {RECORDS}"), machine.layout());
    if let Some(name) = &args.machine {
        return Ok(named(name, &*machines::require(name)?));
    }
    let (first, text) = (files[0].display().to_string(), read_text(&files[0])?);
    if let Some((name, machine)) = machines::with_registers(&register_names(&first, &text)?) {
        return Ok(named(name, &*machine));
    }
    let mut all = infer_layout(&first, &text)?;
    for file in &files[1..] {
        let name = file.display().to_string();
        let more = infer_layout(&name, &read_text(file)?)?;
        let names = |layout: &Layout| layout.registers.iter().map(|r| r.name.clone()).collect::<Vec<_>>();
        if names(&more) != names(&all) {
            return Err(
                Failure::new(format!("{name} has other registers than {first}")).advise("give records of one machine at a time")
            );
        }
        for (known, seen) in all.registers.iter_mut().zip(&more.registers) {
            known.bits = known.bits.max(seen.bits);
        }
        all.memory.address = all.memory.address.max(more.memory.address);
        all.memory.cell = all.memory.cell.max(more.memory.cell);
    }
    Ok((RECORDS.into(), all))
}
