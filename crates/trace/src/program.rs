use mimus_core::{Kind, Symbol};

use crate::Ref;

/// One observed program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Program {
    /// Its name in messages and evidence.
    pub id: String,
    /// Its text.
    pub source: String,
    /// The pieces of the text, parents first.
    pub spans: Vec<Span>,
    /// The objects that `Ref::Object` numbers.
    pub objects: Vec<ObjectInfo>,
    /// What happened, in order of beginning. Empty when only the text was looked at.
    pub acts: Vec<Act>,
    /// How the program as a whole ended, if it raised.
    pub end: Option<Ending>,
    /// All it printed, when the teacher says so.
    pub out: Option<String>,
}

/// A piece of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The enclosing span.
    pub parent: Option<usize>,
    /// What it is.
    pub kind: Kind,
}

/// Class and shape of an object, and what else is known of it from the beginning.
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectInfo {
    /// The teacher's tag.
    pub class: Symbol,
    /// How its contents are counted.
    pub shape: Shape,
    /// Where it takes what it lacks from, in this order; nothing for what delegates nothing to others.
    pub delegates: Option<Vec<Ref>>,
    /// The frame whose names became its fields.
    pub made_of: Option<usize>,
}

/// How an object's contents are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Shape {
    Seq,
    Set,
    Map,
    Record,
    Closure,
    Opaque,
}

/// One dynamic evaluation of one span.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// Which span.
    pub span: usize,
    /// The activation it ran inside.
    pub parent: Option<usize>,
    /// How it ended.
    pub end: End,
    /// The value it gave, the error, or what a jump carries.
    pub value: Ref,
    /// Names that got values.
    pub binds: Vec<Bind>,
    /// Changes of objects, at its exit.
    pub heap: Vec<HeapChange>,
    /// Text printed.
    pub out: String,
    /// How the teacher writes the value down for people, where it tells.
    pub shown: Option<String>,
    /// The frame it opened and the function value whose body it is.
    pub opens: Option<(usize, Ref)>,
    /// On a body that gives one value after the other, as far as it is asked: the object that holds what it gave.
    pub fills: Option<usize>,
    /// Objects that will grow no more, because this asked what fills them for more than there was.
    pub over: Vec<usize>,
}

/// How an activation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// It gave its value.
    Normal,
    /// It was abandoned by a jump.
    Left,
    /// An error passed through.
    Raised,
    /// It never came back.
    Suspended,
}

/// A name that got a value (or lost it: `None`).
#[derive(Clone, Debug, PartialEq)]
pub struct Bind {
    /// Before the first child, or at the end.
    pub when: When,
    /// The name.
    pub name: Symbol,
    /// The value; `None` when the name was removed.
    pub value: Option<Ref>,
    /// The frame that holds it.
    pub frame: usize,
}

/// When a binding happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum When {
    Entry,
    Exit,
}

/// A splice of an object's contents. For maps and records `inserted` holds keys and values by turns.
#[derive(Clone, Debug, PartialEq)]
pub struct HeapChange {
    /// The object.
    pub object: usize,
    /// Where, in elements, entries or fields.
    pub position: usize,
    /// How many were removed there.
    pub removed: usize,
    /// What was put in their place.
    pub inserted: Vec<Ref>,
}

/// The end of a program that raised.
#[derive(Clone, Debug, PartialEq)]
pub struct Ending {
    /// The error.
    pub raised: Ref,
    /// The last line that the teacher's machine reports.
    pub printed: String,
}
