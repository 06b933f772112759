//! How running a program over an episode ends before its end.

use mimus_core::{Form, Symbol, Tree};
use mimus_knowledge::Role;

use super::findings::V;

pub(super) enum Exit {
    Signal(Jump, V),
    /// The program does not do what was seen.
    Bad,
    /// A choice has to be made first.
    Undecided,
    /// A part's program is needed to go on.
    Needs(Form, Role, Tree),
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Jump {
    Kind(Symbol),
    Error,
}

pub(super) type Ran<T = V> = Result<T, Exit>;
