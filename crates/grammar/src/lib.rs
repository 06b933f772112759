//! Learns a grammar from texts whose pieces are marked, and reads texts with it.
//!
//! [`Learner`] takes programs with their spans and gives a [`Grammar`]; that reads any text into a [`mimus_core::Tree`] and says how sure it is.
//! This crate must never know a taught language: quotes, comments, operators, precedence and layout are read off the spans. What
//! it does assume is how texts look in general: words, numbers, quotes, brackets that nest, lines and their depth.

mod automaton;
mod counts;
mod error;
mod file;
mod fold;
mod grammar;
mod kin;
mod learner;
mod lexer;
mod lexicon;
mod model;
mod outline;
mod parse;
mod pieces;
mod question;
mod rank;
mod reading;
mod spell;
mod sym;

pub use error::ShapeError;
pub use grammar::Grammar;
pub use learner::Learner;
pub use question::Question;
pub use reading::{Fault, Reading};

/// Texts that nest deeper are not read: trees are walked by recursion.
const DEEPEST: usize = 400;
