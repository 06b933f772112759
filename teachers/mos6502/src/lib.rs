//! The 6502 teacher: a processor that can be put into any state and watched for one step, and programs to try what was learned on.
//!
//! All that the Rust side knows of the 6502 is in this crate. It must never know how anything is learned or run.

pub mod asm;
mod documented;
mod fresh;
mod machine;
mod programs;
mod reference;

pub use documented::{DOCUMENTED, NAME};
pub use fresh::fresh;
pub use machine::Mos6502;
pub use programs::{PROGRAMS, expected};
pub use reference::{Ended, Why, entry, run};
