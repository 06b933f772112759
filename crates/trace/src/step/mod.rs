//! Steps of a machine without source text: its state before, its state after, and what it did to memory in between.

mod layout;
mod oracle;
mod record;

use std::collections::BTreeMap;

pub use layout::{Code, Field, Layout, Memory, Part, Register, ones};
pub use oracle::{Fill, Oracle, Question, SplitMix};
pub use record::{infer_layout, read_records, read_steps, register_names, step_line, steps_header};

/// A state of a machine, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The registers, in the layout's order.
    pub registers: Vec<u64>,
    /// The cells of memory that matter, by address.
    pub cells: BTreeMap<u64, u64>,
}

/// A cell that was looked at or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// Where.
    pub address: u64,
    /// What was there, or was put there.
    pub value: u64,
    /// Whether it was written.
    pub write: bool,
}

/// One step as observed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// A name for messages.
    pub name: String,
    /// The state before: the cells that were looked at or written hold what they held then.
    pub before: State,
    /// The state after, with the same cells.
    pub after: State,
    /// What it did to memory, in order.
    pub accesses: Vec<Access>,
    /// The machine gave up or could not go on. What is in `after` is as it was left.
    pub stopped: bool,
}

impl Step {
    /// The cells that chose what it did; `None` when the record lacks one.
    pub fn code(&self, layout: &Layout) -> Option<Vec<u64>> {
        let at = self.before.registers[layout.code_register()];
        layout.code_addresses(at).map(|address| self.before.cells.get(&address).copied()).collect()
    }
}
