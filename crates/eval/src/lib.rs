//! How good knowledge is: runs benchmark items through something that runs programs, compares, and measures calibration.
//!
//! This crate knows the benchmark files' field names, programs and expected results. It must never know a taught language (what
//! turns an item into a program text is a [`Harness`], which a teacher gives) nor how a program is run (that is a [`Subject`]).

mod calibration;
pub mod calls;
mod evaluate;
mod item;
mod report;
mod score;
mod steps;
mod subject;

pub use calibration::{Bin, Calibration};
pub use evaluate::{Scored, evaluate};
pub use item::{Item, ItemError, Task, read_items};
pub use report::Summary;
pub use score::{Failure, Kind, judge, same_value};
pub use steps::{Given, StepSummary, Tally};
pub use subject::{End, Harness, Probe, Ran, Subject};
