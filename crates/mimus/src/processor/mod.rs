//! Learned processors on the command line.

pub mod args;
pub mod eval;
mod image;
pub mod learn;
mod random;
mod run;
pub mod show;
mod state;
mod step;
pub mod watch;

use std::path::Path;

use mimus_knowledge::{Processor, Target};
use mimus_machine::processor::Halt;
use mimus_trace::step::Layout;

use crate::failure::{Exit, Failure};
use crate::files::{read_text, shipped};
use crate::machines;
use args::{Choice, Cpu, Task};

/// What `mimus watch` calls records of single steps.
pub const RECORDS: &str = "records";

/// `mimus cpu`.
pub fn cpu(args: &Cpu) -> Result<Exit, Failure> {
    match &args.task {
        Task::Run(args) => run::run(args),
        Task::Step(args) => step::step(args),
    }
}

/// The processor that is asked for; `None` where what is asked for is knowledge of a language.
pub fn if_chosen(choice: &Choice) -> Result<Option<Processor>, Failure> {
    match (&choice.machine, &choice.knowledge) {
        (None, None) => Ok(None),
        (None, Some(file)) if !Processor::is_text(&read_text(file)?) => Ok(None),
        _ => chosen(choice).map(Some),
    }
}

/// The processor that is asked for.
fn chosen(choice: &Choice) -> Result<Processor, Failure> {
    let processor = match (&choice.machine, &choice.knowledge) {
        (_, Some(file)) => from_file(file)?,
        (Some(name), None) => from_name(name)?,
        (None, None) => {
            return Err(Failure::new("which processor is not said")
                .advise(format!("give --machine NAME ({}), or --knowledge FILE", machines::names())));
        }
    };
    if let (Some(name), Some(file)) = (&choice.machine, &choice.knowledge)
        && machines::require(name)?.layout() != processor.layout
    {
        return Err(Failure::new(format!("{} is knowledge of {}, not of {name}", file.display(), processor.teacher))
            .advise("leave --machine out, or give another file"));
    }
    Ok(processor)
}

fn from_file(file: &Path) -> Result<Processor, Failure> {
    let (name, text) = (file.display().to_string(), read_text(file)?);
    if text.starts_with("mimus knowledge") {
        return Err(Failure::new(format!("{name} is knowledge of a language, not of a processor"))
            .advise("`mimus run` and `mimus ask` use it"));
    }
    not_empty(&name, Processor::from_text(&name, &text)?)
}

/// What ships with this program for a machine.
fn from_name(machine: &str) -> Result<Processor, Failure> {
    match shipped(machine) {
        Some(text) if Processor::is_text(text) => not_empty("the shipped knowledge", Processor::from_text(machine, text)?),
        _ if machines::find(machine).is_none() => Err(machines::unknown(machine)),
        _ => Err(Failure::new(format!("no knowledge of {machine} ships with this program"))
            .advise(format!("learn it with `mimus learn --teacher {machine} --out FILE`, and give the file with --knowledge"))),
    }
}

fn not_empty(name: &str, processor: Processor) -> Result<Processor, Failure> {
    match processor.instructions.is_empty() {
        true => Err(Failure::new(format!("{name} holds no instructions")).advise("learn some with `mimus learn`")),
        false => Ok(processor),
    }
}

/// Why there is no answer, for people.
fn why(layout: &Layout, halt: &Halt) -> String {
    match halt {
        Halt::Fuel => "the allowed number of instructions was run".into(),
        Halt::Loop => "an instruction led to itself".into(),
        Halt::Stopped => "the processor stopped".into(),
        Halt::NotLearned(code, None) => format!("not learned: what {} does", state::cells(layout, code)),
        Halt::NotLearned(code, Some(target)) => {
            format!("not learned, or not defined here: {} by {}", told(layout, *target), state::cells(layout, code))
        }
    }
}

/// What a line of an instruction is for, for people.
fn told(layout: &Layout, target: Target) -> String {
    match target {
        Target::Read => "where a cell is read".into(),
        Target::Address(i) => format!("where write {} goes", u32::from(i) + 1),
        Target::Value(i) => format!("what write {} puts there", u32::from(i) + 1),
        Target::Part(i) => layout.parts()[usize::from(i)].name.clone(),
        Target::Stop => "whether it stops".into(),
    }
}
