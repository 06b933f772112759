//! Machines for the commands, and how their reports are told.

use std::sync::Arc;

use mimus_knowledge::Knowledge;
use mimus_machine::{Ended, Limits, Machine, Report};

use crate::args::Engine;
use crate::failure::{Exit, Failure};
use crate::files;
use crate::wording::{excerpt, place};

/// The knowledge that the command line asks for.
pub fn knowledge(args: &Engine) -> Result<Arc<Knowledge>, Failure> {
    files::knowledge(args.knowledge.as_deref())
}

/// The limits that the command line asks for; `memory` in MiB.
pub fn limits(args: &Engine, memory: Option<u64>) -> Limits {
    let bytes = memory.map(|mib| usize::try_from(mib.saturating_mul(1 << 20)).unwrap_or(usize::MAX));
    Limits { fuel: args.fuel, memory: bytes, ..Limits::default() }
}

/// A machine with this knowledge; knowledge whose grammar cannot be used is a bad file.
pub fn machine(knowledge: &Arc<Knowledge>, limits: Limits) -> Result<Machine, Failure> {
    let machine = Machine::new(Arc::clone(knowledge), limits);
    match machine.read("") {
        Ok(_) => Ok(machine),
        Err(why) => Err(Failure::new(why).advise("make the knowledge again with `mimus learn`, or use another")),
    }
}

/// The exit code for the end of a run.
pub fn exit(report: &Report) -> Exit {
    match report.end {
        Ended::Normal => Exit::Fine,
        Ended::Raised { .. } => Exit::Raised,
        Ended::NotUnderstood { .. } | Ended::Limit(_) => Exit::NotUnderstood,
    }
}

/// What is to be said of an end that is not normal: one line, or two for a text that is not understood. `name` is the source's.
pub fn ending(report: &Report, name: &str, source: &str) -> Option<String> {
    match &report.end {
        Ended::Normal => None,
        Ended::Raised { report, .. } => Some(report.clone()),
        Ended::NotUnderstood { at, why } if at.is_empty() => Some(format!("{name}: {why}")),
        Ended::NotUnderstood { at, why } => {
            Some(format!("{name}, {}: not understood: `{}`\n  {why}", place(source, at), excerpt(source, at)))
        }
        Ended::Limit(limit) => Some(format!("{name}: stopped: {limit}")),
    }
}
