//! `mimus learn`.
use crate::args;
use crate::failure::{Exit, Failure};
pub fn learn(_args: &args::Learn) -> Result<Exit, Failure> {
    Err(Failure::new("learning is not wired up yet"))
}
