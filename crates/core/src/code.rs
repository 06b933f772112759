//! Control programs: what a construct does with its slots. The machine runs them; induction finds them.

use std::fmt;

use crate::{Datum, Symbol, Term};

/// A slot of the construct's template, from 0.
pub type SlotId = u8;

/// A control program over the slots of one construct.
///
/// Its state while it runs: `it` (the last value), the last value of each slot, the stack of collections under construction,
/// the incoming value (for targets), the caught signal (for handlers), and what remains of an enclosing [`Code::Nest`].
///
/// A slot that holds a part runs the part's own program, for the role in which the slot is used, in the state of the
/// construct that the part belongs to: its `push`es go to that construct's collection, its `rest` is that construct's.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// A constant.
    Const(Datum),
    /// The last value.
    It,
    /// The value that a slot had last.
    Val(SlotId),
    /// The incoming value (in a target's program).
    In,
    /// The value of the caught signal.
    Caught,
    /// The piece's own text, as a text value.
    OwnText,
    /// The text of a slot that holds a name, or a part without pieces, as a text value.
    Word(SlotId),
    /// What the piece's own text names in memory; where nothing has that name, what the word is known to stand for.
    Load,
    /// What a name slot's name is bound to now.
    Get(SlotId),
    /// Evaluates a slot.
    Slot(SlotId),
    /// Evaluates every piece of a run, in order, in the role of elements.
    Every(SlotId),
    /// Stores a value into a name or target.
    Store(SlotId, Box<Code>),
    /// Stores the elements of the incoming value into the targets of these slots (runs included), one each.
    Spread(Vec<SlotId>),
    /// Removes a name.
    Forget(SlotId),
    /// One after the other; gives the second's value.
    Seq(Box<[Code; 2]>),
    /// Tests a value's truth.
    If(Box<[Code; 3]>),
    /// While the test is true, runs the body.
    While(Box<[Code; 2]>),
    /// Runs the body, then tests, as long as the test is true.
    Until(Box<[Code; 2]>),
    /// For each element of a value: stores it into the slot, runs the body.
    Each(SlotId, Box<[Code; 2]>),
    /// A new object of this class and shape (`seq`, `set` or `map`), or a new text, that collects what the inside pushes.
    New(Symbol, Shape, Box<Code>),
    /// Adds a value to the innermost collection.
    Push(Box<Code>),
    /// Adds all elements of a value to the innermost collection (entries, if it is a map).
    PushAll(Box<Code>),
    /// Adds an entry to the innermost collection.
    PushEntry(Box<[Code; 2]>),
    /// Adds a named argument: the name of a name slot, and a value.
    PushNamed(SlotId, Box<Code>),
    /// Runs the clauses of a slot, each around what comes after it, with the program innermost.
    Nest(SlotId, Box<Code>),
    /// What comes after this clause.
    Rest,
    /// Gives a value to whoever asks the function's body for the next one, and waits there until it is asked again; none. A call of a
    /// function whose body holds this does not run the body: it gives something of this class, which may be asked.
    Suspend(Symbol, Box<Code>),
    /// The same for each element of a value. Gives what that ended with, if it was such a body itself, else none.
    SuspendAll(Symbol, Box<Code>),
    /// Leaves with a signal of this kind, carrying a value. `SELF` is the construct itself.
    Signal(SignalKind, Box<Code>),
    /// Runs; a signal of the kind ends it, and gives what the signal carried.
    Catch(SignalKind, Box<Code>),
    /// Like `Catch`; when no signal came, the second runs, outside the catch.
    CatchElse(SignalKind, Box<[Code; 2]>),
    /// Runs the first; when an error comes, runs the second with it.
    Handle(Box<[Code; 2]>),
    /// Like `Handle`; when no error came, the third runs, and its errors are not handled here.
    HandleElse(Box<[Code; 3]>),
    /// Sends the caught signal on.
    Again,
    /// Runs the first; the second runs afterwards, however the first ended.
    After(Box<[Code; 2]>),
    /// Runs the first; then the second, with what the first gave as the incoming value. However the second ended, the third runs
    /// afterwards, with the error that came, or none, as what was caught. Where it gives what is true, that error goes no further.
    Settle(Box<[Code; 3]>),
    /// A learned operation on values.
    Op(Symbol, Vec<Code>),
    /// A new function: parameters (`None`: without any), body, and the kind of signal that gives its result (else none).
    Closure(Option<SlotId>, SlotId, Option<Symbol>),
    /// Calls a function value with the arguments that the second program pushes.
    Call(Box<[Code; 2]>),
    /// A parameter: takes the next argument.
    Take(SlotId),
    /// A parameter with a default, evaluated when the function is made.
    TakeOr(SlotId, SlotId),
    /// A parameter for all further positional arguments, as a sequence of this class.
    TakeRest(SlotId, Symbol),
    /// A parameter for all further named arguments, as a map of this class.
    TakeNamed(SlotId, Symbol),
    /// Among parameters: those after this take no argument by its position.
    OnlyNamed,
    /// Among parameters: those before this take no argument by its name.
    OnlyPlaced,
    /// Runs inside a frame of its own.
    Scope(Box<Code>),
    /// A new record: runs the second program inside a frame of its own, whose names become the record's fields. It takes what it
    /// lacks from what the first pushes, and from what that takes it from.
    Own(Named, Box<[Code; 2]>),
    /// Makes a name slot's name (or each of a run) mean the program's outermost frame, or (false) the nearest enclosing one.
    Declare(SlotId, bool),
}

/// What a record is called that is made of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Named {
    /// Its class.
    pub class: Symbol,
    /// The field that holds its name.
    pub field: Symbol,
    /// The slot with the name.
    pub slot: SlotId,
}

/// How a collection under construction takes what is pushed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Shape {
    Seq,
    Set,
    Map,
    /// Texts, one after the other.
    Text,
}

/// What tells signals apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignalKind {
    /// The construct that sends it: in knowledge, `self`.
    Own,
    /// An error.
    Error,
    /// Sent by the construct with this template, or one whose signals were found to mean the same.
    Of(Symbol),
}

impl Code {
    /// Two programs one after the other.
    pub fn seq(a: Code, b: Code) -> Self {
        Self::Seq(Box::new([a, b]))
    }

    /// Number of nodes.
    pub fn size(&self) -> usize {
        1 + self.parts().map(Code::size).sum::<usize>()
    }

    /// Whether this program or one inside it is such.
    pub fn any(&self, is_such: &dyn Fn(&Code) -> bool) -> bool {
        is_such(self) || self.parts().any(|part| part.any(is_such))
    }

    /// The direct subprograms.
    pub fn parts(&self) -> impl Iterator<Item = &Code> {
        let parts: &[Code] = match self {
            Self::Store(_, p)
            | Self::New(_, _, p)
            | Self::Push(p)
            | Self::PushAll(p)
            | Self::PushNamed(_, p)
            | Self::Nest(_, p)
            | Self::Signal(_, p)
            | Self::Catch(_, p)
            | Self::Suspend(_, p)
            | Self::SuspendAll(_, p)
            | Self::Scope(p) => std::slice::from_ref(&**p),
            Self::Seq(two)
            | Self::While(two)
            | Self::Until(two)
            | Self::Each(_, two)
            | Self::PushEntry(two)
            | Self::CatchElse(_, two)
            | Self::Handle(two)
            | Self::After(two)
            | Self::Call(two)
            | Self::Own(_, two) => two.as_slice(),
            Self::If(three) | Self::HandleElse(three) | Self::Settle(three) => three.as_slice(),
            Self::Op(_, args) => args,
            _ => &[],
        };
        parts.iter()
    }

    /// The same as a term of the knowledge syntax.
    pub fn to_term(&self) -> Term {
        let slot = |i: SlotId| Term::word(&format!("s{i}"));
        let call = |head: &str, front: Vec<Term>| {
            let mut args = front;
            args.extend(self.parts().map(Code::to_term));
            Term::call(head, args)
        };
        let text = |symbol: Symbol| Term::Text(symbol.as_str().into());
        let kind = |kind: SignalKind| match kind {
            SignalKind::Own => Term::word("self"),
            SignalKind::Error => Term::word("error"),
            SignalKind::Of(template) => text(template),
        };
        match self {
            Self::Const(datum) => datum.to_term(),
            Self::It => Term::word("it"),
            Self::In => Term::word("in"),
            Self::Caught => Term::word("caught"),
            Self::OwnText => Term::word("own_text"),
            Self::Load => Term::word("load"),
            Self::Rest => Term::word("rest"),
            Self::Again => Term::word("again"),
            Self::Val(i) => call("val", vec![slot(*i)]),
            Self::Word(i) => call("word", vec![slot(*i)]),
            Self::Get(i) => call("get", vec![slot(*i)]),
            Self::Slot(i) => slot(*i),
            Self::Every(i) => call("every", vec![slot(*i)]),
            Self::Store(i, _) => call("store", vec![slot(*i)]),
            Self::Spread(slots) => call("spread", slots.iter().map(|i| slot(*i)).collect()),
            Self::Forget(i) => call("forget", vec![slot(*i)]),
            Self::Seq(_) => call("seq", vec![]),
            Self::If(_) => call("if", vec![]),
            Self::While(_) => call("while", vec![]),
            Self::Until(_) => call("until", vec![]),
            Self::Each(i, _) => call("each", vec![slot(*i)]),
            Self::New(class, shape, _) => call("new", vec![text(*class), Term::word(shape.word())]),
            Self::Push(_) => call("push", vec![]),
            Self::PushAll(_) => call("push_all", vec![]),
            Self::PushEntry(_) => call("push_entry", vec![]),
            Self::PushNamed(i, _) => call("push_named", vec![slot(*i)]),
            Self::Nest(i, _) => call("nest", vec![slot(*i)]),
            Self::Signal(k, _) => call("signal", vec![kind(*k)]),
            Self::Catch(k, _) => call("catch", vec![kind(*k)]),
            Self::CatchElse(k, _) => call("catch_else", vec![kind(*k)]),
            Self::Handle(_) => call("handle", vec![]),
            Self::HandleElse(_) => call("handle_else", vec![]),
            Self::After(_) => call("after", vec![]),
            Self::Settle(_) => call("settle", vec![]),
            Self::Op(key, _) => call("op", vec![text(*key)]),
            Self::Closure(params, body, result) => {
                let mut args = vec![params.map_or_else(|| Term::word("none"), slot), slot(*body)];
                args.extend(result.map(text));
                Term::call("closure", args)
            }
            Self::Call(_) => call("call", vec![]),
            Self::Take(i) => call("take", vec![slot(*i)]),
            Self::TakeOr(i, j) => call("take_or", vec![slot(*i), slot(*j)]),
            Self::TakeRest(i, class) => call("take_rest", vec![slot(*i), text(*class)]),
            Self::TakeNamed(i, class) => call("take_named", vec![slot(*i), text(*class)]),
            Self::OnlyNamed => Term::word("only_named"),
            Self::OnlyPlaced => Term::word("only_placed"),
            Self::Scope(_) => call("scope", vec![]),
            Self::Suspend(class, _) => call("suspend", vec![text(*class)]),
            Self::SuspendAll(class, _) => call("suspend_all", vec![text(*class)]),
            Self::Own(named, _) => call("own", vec![text(named.class), text(named.field), slot(named.slot)]),
            Self::Declare(i, outermost) => call(if *outermost { "outermost" } else { "enclosing" }, vec![slot(*i)]),
        }
    }

    /// Reads what [`Code::to_term`] writes; says what is unknown in it.
    pub fn from_term(term: &Term) -> Result<Self, String> {
        if let Some(datum) = Datum::from_term(term) {
            return Ok(Self::Const(datum));
        }
        let Term::Call(head, args) = term else { return Err(format!("not a control program: {term}")) };
        let bad = || format!("`{head}` with other operands than it takes");
        let slot = |i: usize| args.get(i).and_then(slot_of).ok_or_else(bad);
        let text = |i: usize| match args.get(i) {
            Some(Term::Text(text)) => Ok(Symbol::new(text)),
            _ => Err(bad()),
        };
        let kind = || match args.first() {
            Some(Term::Text(text)) => Ok(SignalKind::Of(Symbol::new(text))),
            Some(Term::Call(word, _)) if word == "self" => Ok(SignalKind::Own),
            Some(Term::Call(word, _)) if word == "error" => Ok(SignalKind::Error),
            _ => Err(bad()),
        };
        let one = |i: usize| Ok::<_, String>(Box::new(Self::from_term(args.get(i).ok_or_else(bad)?)?));
        let two = |i: usize| Ok::<_, String>(Box::new([*one(i)?, *one(i + 1)?]));
        let three = || Ok::<_, String>(Box::new([*one(0)?, *one(1)?, *one(2)?]));
        Ok(match head.as_str() {
            "it" => Self::It,
            "in" => Self::In,
            "caught" => Self::Caught,
            "own_text" => Self::OwnText,
            "load" => Self::Load,
            "rest" => Self::Rest,
            "again" => Self::Again,
            "val" => Self::Val(slot(0)?),
            "word" => Self::Word(slot(0)?),
            "get" => Self::Get(slot(0)?),
            "every" => Self::Every(slot(0)?),
            "store" => Self::Store(slot(0)?, one(1)?),
            "spread" => Self::Spread((0..args.len()).map(slot).collect::<Result<_, _>>()?),
            "forget" => Self::Forget(slot(0)?),
            "seq" => Self::Seq(two(0)?),
            "if" => Self::If(three()?),
            "while" => Self::While(two(0)?),
            "until" => Self::Until(two(0)?),
            "each" => Self::Each(slot(0)?, two(1)?),
            "new" => {
                let shape = match args.get(1) {
                    Some(Term::Call(word, _)) => Shape::from_word(word).ok_or_else(bad)?,
                    _ => return Err(bad()),
                };
                Self::New(text(0)?, shape, one(2)?)
            }
            "push" => Self::Push(one(0)?),
            "push_all" => Self::PushAll(one(0)?),
            "push_entry" => Self::PushEntry(two(0)?),
            "push_named" => Self::PushNamed(slot(0)?, one(1)?),
            "nest" => Self::Nest(slot(0)?, one(1)?),
            "signal" => Self::Signal(kind()?, one(1)?),
            "catch" => Self::Catch(kind()?, one(1)?),
            "catch_else" => Self::CatchElse(kind()?, two(1)?),
            "handle" => Self::Handle(two(0)?),
            "handle_else" => Self::HandleElse(three()?),
            "after" => Self::After(two(0)?),
            "settle" => Self::Settle(three()?),
            "op" => Self::Op(text(0)?, args[1..].iter().map(Self::from_term).collect::<Result<_, _>>()?),
            "closure" => {
                let params = match args.first() {
                    Some(Term::Call(word, _)) if word == "none" => None,
                    _ => Some(slot(0)?),
                };
                Self::Closure(params, slot(1)?, if args.len() > 2 { Some(text(2)?) } else { None })
            }
            "call" => Self::Call(two(0)?),
            "take" => Self::Take(slot(0)?),
            "take_or" => Self::TakeOr(slot(0)?, slot(1)?),
            "take_rest" => Self::TakeRest(slot(0)?, text(1)?),
            "take_named" => Self::TakeNamed(slot(0)?, text(1)?),
            "only_named" => Self::OnlyNamed,
            "only_placed" => Self::OnlyPlaced,
            "scope" => Self::Scope(one(0)?),
            "suspend" => Self::Suspend(text(0)?, one(1)?),
            "suspend_all" => Self::SuspendAll(text(0)?, one(1)?),
            "own" => Self::Own(Named { class: text(0)?, field: text(1)?, slot: slot(2)? }, two(3)?),
            "outermost" => Self::Declare(slot(0)?, true),
            "enclosing" => Self::Declare(slot(0)?, false),
            _ => Self::Slot(slot_of(term).ok_or_else(|| format!("unknown word `{head}`"))?),
        })
    }
}

fn slot_of(term: &Term) -> Option<SlotId> {
    match term {
        Term::Call(word, args) if args.is_empty() => word.strip_prefix('s')?.parse().ok(),
        _ => None,
    }
}

impl Shape {
    /// The word of knowledge files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Seq => "seq",
            Self::Set => "set",
            Self::Map => "map",
            Self::Text => "text",
        }
    }

    /// The reverse of [`Shape::word`].
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Seq, Self::Set, Self::Map, Self::Text].into_iter().find(|shape| shape.word() == word)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_term().fmt(f)
    }
}
