//! Runs source text with knowledge, and with nothing else.

mod calc;
mod census;
mod change;
mod closure;
mod collect;
mod compile;
mod cx;
mod frame;
mod ints;
mod limits;
mod machine;
mod names;
mod node;
mod operation;
mod report;
mod signal;

pub use limits::{Limited, Limits};
pub use machine::{Interrupt, Machine};
pub use report::{Ended, Report, Used, Weak};
