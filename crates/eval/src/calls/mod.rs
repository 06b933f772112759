//! Scores of single operations: fresh calls of them as a teacher tells them, and whether the same comes of each.
//!
//! Operands are given as values, and results are compared as values: how the language writes things down plays no part in it.

mod heap;
mod row;
mod told;
mod verdict;

pub use heap::{Beside, Heap, Live};
pub use row::{Example, Known, Row, RowSummary};
pub use told::{Call, Operation, Told, read_told};
pub use verdict::{Caller, Came, Ended, Verdict, ask};
