//! Machines for the commands, and how their reports are told.

use std::ops::Range;
use std::sync::Arc;

use mimus_knowledge::Knowledge;
use mimus_machine::{Ended, Limits, Machine, Report};

use crate::args::Engine;
use crate::failure::{Exit, Failure};
use crate::files;

/// The knowledge that the command line asks for.
pub fn knowledge(args: &Engine) -> Result<Arc<Knowledge>, Failure> {
    files::knowledge(args.knowledge.as_deref())
}

/// The limits that the command line asks for; `memory` in MiB.
pub fn limits(args: &Engine, memory: Option<u64>) -> Limits {
    let bytes = memory.map(|mib| usize::try_from(mib.saturating_mul(1 << 20)).unwrap_or(usize::MAX));
    Limits { fuel: args.fuel, memory: bytes, ..Limits::default() }
}

/// A machine with this knowledge.
pub fn machine(knowledge: &Arc<Knowledge>, limits: Limits) -> Machine {
    Machine::new(Arc::clone(knowledge), limits)
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
        Ended::NotUnderstood { at, why } => {
            Some(format!("{name}, {}: not understood: `{}`\n  {why}", place(source, at), excerpt(source, at)))
        }
        Ended::Limit(limit) => Some(format!("{name}: stopped: {limit}")),
    }
}

/// Line and column of a place, for people.
pub fn place(source: &str, at: &Range<usize>) -> String {
    let before = source.get(..at.start).unwrap_or(source);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("line {line}, column {column}")
}

/// The text at a place: its first line, cut where it is long.
pub fn excerpt<'s>(source: &'s str, at: &Range<usize>) -> &'s str {
    let text = source.get(at.clone()).unwrap_or_default().trim();
    let line = text.lines().next().unwrap_or_default();
    line.char_indices().nth(60).map_or(line, |(end, _)| &line[..end])
}

/// A probability as people read it. Only what is certain is called 100 %.
pub fn percent(share: f64) -> String {
    match share {
        s if s >= 1.0 => "100 %".into(),
        s if s >= 0.9995 => "> 99.9 %".into(),
        s => format!("{:.1} %", 100.0 * s),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_from_one() {
        let source = "ab\ncde\n";
        assert_eq!(place(source, &(0..1)), "line 1, column 1");
        assert_eq!(place(source, &(4..5)), "line 2, column 2");
        assert_eq!(place(source, &(99..99)), "line 3, column 1");
        assert_eq!(excerpt(source, &(0..5)), "ab");
        assert_eq!(excerpt(source, &(5..99)), "");
    }

    #[test]
    fn nothing_uncertain_reads_as_certain() {
        assert_eq!(percent(1.0), "100 %");
        assert_eq!(percent(0.99999), "> 99.9 %");
        assert_eq!(percent(0.5), "50.0 %");
    }
}
