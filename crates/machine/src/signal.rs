use std::ops::Range;

use mimus_core::{Symbol, Value};

use crate::Limited;

/// Why a program part did not end normally.
#[derive(Clone, Debug)]
pub(crate) enum Signal {
    /// A jump of this kind (the template of the construct that sent it), with what it carries, and from where.
    Jump(Symbol, Value, Range<usize>),
    /// An error.
    Raise(Value),
    /// Something is not known: no program can go on after it, and none may catch it.
    Unknown { at: Range<usize>, why: String },
    /// A limit was reached.
    Limit(Limited),
}

/// What a jump is: see [`Signal::Jump`].
pub(crate) type Jump = (Symbol, Value, Range<usize>);

/// The result of running something. Signals are boxed: they are rare, and values should travel in registers.
pub(crate) type Flow<T> = Result<T, Box<Signal>>;

impl Signal {
    /// Whether the program itself may react to it.
    pub(crate) fn is_of_the_program(&self) -> bool {
        matches!(self, Self::Jump(..) | Self::Raise(_))
    }
}

pub(crate) fn unknown<T>(at: &Range<usize>, why: impl Into<String>) -> Flow<T> {
    Err(Box::new(Signal::Unknown { at: at.clone(), why: why.into() }))
}

pub(crate) fn limit<T>(limited: Limited) -> Flow<T> {
    Err(Box::new(Signal::Limit(limited)))
}
