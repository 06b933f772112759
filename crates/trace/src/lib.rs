//! The trace: what a teacher reports of the programs it ran (docs/trace-format.md).
//!
//! This crate knows the record and its checks. It must never know a taught language, nor what a trace is used for.

mod error;
mod program;
mod reader;
pub mod step;
mod value;

pub use error::TraceError;
pub use program::{Act, Bind, End, Ending, HeapChange, ObjectInfo, Program, Shape, Span, When};
pub use reader::{Answer, Header, read_answer, read_header, read_program, read_trace};
pub use value::Ref;
