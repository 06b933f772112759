//! Machines that can be watched step by step: the known ones by name, handed on as oracles of which nothing else is known.

use std::collections::BTreeSet;

use mimus_teacher_mos6502 as mos6502;
use mimus_trace::step::Oracle;

use crate::failure::Failure;

/// Makes a machine.
type Make = fn() -> Box<dyn Oracle>;

/// All, by name.
const KNOWN: &[(&str, Make)] = &[(mos6502::NAME, || Box::new(mos6502::Mos6502))];

/// A machine by its name.
pub fn find(name: &str) -> Option<Box<dyn Oracle>> {
    KNOWN.iter().find(|(known, _)| *known == name).map(|(_, make)| make())
}

/// The same, with a message where there is none.
pub fn require(name: &str) -> Result<Box<dyn Oracle>, Failure> {
    find(name).ok_or_else(|| unknown(name))
}

/// There is none of that name.
pub fn unknown(name: &str) -> Failure {
    Failure::new(format!("there is no machine {name}")).advise(format!("known are: {}", names()))
}

/// The names of all.
pub fn names() -> String {
    KNOWN.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}

/// The machine whose registers have these names, with its own name.
pub fn with_registers(names: &BTreeSet<String>) -> Option<(&'static str, Box<dyn Oracle>)> {
    let registers = |machine: &dyn Oracle| machine.layout().registers.into_iter().map(|r| r.name).collect::<BTreeSet<_>>();
    KNOWN.iter().map(|(name, make)| (*name, make())).find(|(_, machine)| registers(&**machine) == *names)
}
