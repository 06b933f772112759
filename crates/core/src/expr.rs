//! Operation expressions: what an operation computes from its operands.

use std::fmt;

use crate::{Datum, PrimId, Symbol, Term};

/// An expression over the operands of one operation. Evaluation may be undefined (an index out of bounds, say).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Expr {
    /// An operand, from 0.
    Arg(u8),
    /// A variable of an enclosing [`Higher`] form; 0 is the innermost form's first variable, further ones follow outwards.
    Local(u8),
    /// A constant.
    Const(Datum),
    /// A primitive of the table.
    Prim(PrimId, Vec<Expr>),
    /// Test, then, else. An undefined test counts as false.
    If(Box<[Expr; 3]>),
    /// The first, or the second where the first is undefined.
    Or(Box<[Expr; 2]>),
    /// A form that runs a body for elements of a sequence.
    Higher(Higher, Box<Expr>, Vec<Expr>),
    /// Another learned operation, chosen by the classes of its operands when it runs.
    Learned(Symbol, Vec<Expr>),
    /// A call of a function value: the function, then its arguments.
    Apply(Vec<Expr>),
}

/// Forms with a body. The first operand is what they run over; the body's variables are given in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Higher {
    /// (element, index) -> new element
    Map,
    /// (element, index) -> keep?
    Filter,
    /// (accumulator, element, index) -> accumulator; second operand: the first accumulator
    Fold,
    /// (element, index) -> bool: is it so for any
    Any,
    /// (element, index) -> bool: is it so for all
    All,
    /// (element, index) -> bool: the longest prefix for which it is so
    TakeWhile,
    /// (element, index) -> bool: the rest after that prefix
    DropWhile,
    /// (element, index) -> bool: the position of the first; undefined without one
    Position,
    /// (element, index) -> bool: the runs between elements for which it is so
    SplitBy,
    /// (element, index) -> key: sorted by it, stable
    SortBy,
    /// (element, index) -> key: sorted by it, largest first, stable
    SortDown,
    /// (state) -> state, over a count: applied that often to the second operand
    Repeat,
}

impl Higher {
    /// All forms with their word and number of body variables.
    pub const ALL: [(Self, &'static str, u8); 12] = [
        (Self::Map, "each", 2),
        (Self::Filter, "keep", 2),
        (Self::Fold, "fold", 3),
        (Self::Any, "exists", 2),
        (Self::All, "forall", 2),
        (Self::TakeWhile, "take_while", 2),
        (Self::DropWhile, "drop_while", 2),
        (Self::Position, "position", 2),
        (Self::SplitBy, "split_by", 2),
        (Self::SortBy, "sort_by", 2),
        (Self::SortDown, "sort_down", 2),
        (Self::Repeat, "repeat_on", 1),
    ];

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(form, ..)| *form == self).map_or("", |(_, word, _)| word)
    }
}

impl Expr {
    /// Number of nodes.
    pub fn size(&self) -> usize {
        1 + self.parts().map(Expr::size).sum::<usize>()
    }

    /// Whether this is what it is made of.
    pub fn is_made_of(&self, part: &Expr) -> bool {
        self == part || self.parts().any(|own| own.is_made_of(part))
    }

    /// Whether it does more with an operand than put it somewhere.
    pub fn looks_at(&self, operand: u8) -> bool {
        match self {
            Self::Arg(i) => *i == operand,
            Self::Prim(id, args) => {
                let is_put = |(place, arg): (usize, &Self)| *arg == Self::Arg(operand) && id.puts(place);
                args.iter().enumerate().any(|(place, arg)| !is_put((place, arg)) && arg.looks_at(operand))
            }
            _ => self.parts().any(|part| part.looks_at(operand)),
        }
    }

    /// The direct subexpressions, bodies first.
    pub fn parts(&self) -> impl Iterator<Item = &Expr> {
        let (body, rest): (Option<&Expr>, &[Expr]) = match self {
            Self::Arg(_) | Self::Local(_) | Self::Const(_) => (None, &[]),
            Self::Prim(_, args) | Self::Learned(_, args) | Self::Apply(args) => (None, args),
            Self::If(three) => (None, three.as_slice()),
            Self::Or(two) => (None, two.as_slice()),
            Self::Higher(_, body, args) => (Some(body), args),
        };
        body.into_iter().chain(rest)
    }

    /// The same with each direct subexpression changed.
    pub fn with_parts(&self, change: &mut dyn FnMut(&Expr) -> Expr) -> Self {
        let mut all = |items: &[Expr]| items.iter().map(&mut *change).collect::<Vec<_>>();
        match self {
            Self::Arg(_) | Self::Local(_) | Self::Const(_) => self.clone(),
            Self::Prim(id, args) => Self::Prim(*id, all(args)),
            Self::If(three) => Self::If(Box::new(three.each_ref().map(change))),
            Self::Or(two) => Self::Or(Box::new(two.each_ref().map(change))),
            Self::Higher(form, body, args) => Self::Higher(*form, Box::new(change(body)), args.iter().map(change).collect()),
            Self::Learned(key, args) => Self::Learned(*key, all(args)),
            Self::Apply(args) => Self::Apply(all(args)),
        }
    }

    /// The same as a term of the knowledge syntax.
    pub fn to_term(&self) -> Term {
        let all = |items: &[Expr]| items.iter().map(Expr::to_term).collect::<Vec<_>>();
        match self {
            Self::Arg(i) => Term::word(&format!("a{i}")),
            Self::Local(i) => Term::word(&format!("v{i}")),
            Self::Const(datum) => datum.to_term(),
            Self::Prim(id, args) => Term::call(id.get().name, all(args)),
            Self::If(three) => Term::call("if", all(three.as_slice())),
            Self::Or(two) => Term::call("or", all(two.as_slice())),
            Self::Higher(form, body, args) => {
                let mut terms = vec![body.to_term()];
                terms.extend(all(args));
                Term::call(form.word(), terms)
            }
            Self::Learned(key, args) => {
                let mut terms = vec![Term::Text(key.as_str().into())];
                terms.extend(all(args));
                Term::call("learned", terms)
            }
            Self::Apply(args) => Term::call("apply", all(args)),
        }
    }

    /// Reads what [`Expr::to_term`] writes; says what is unknown in it.
    pub fn from_term(term: &Term) -> Result<Self, String> {
        let Term::Call(head, args) = term else {
            return Datum::from_term(term).map(Self::Const).ok_or_else(|| format!("not a constant: {term}"));
        };
        let all = |terms: &[Term]| terms.iter().map(Self::from_term).collect::<Result<Vec<_>, _>>();
        let numbered = |mark: char| head.strip_prefix(mark).and_then(|digits| digits.parse::<u8>().ok());
        if args.is_empty() {
            if let Some(i) = numbered('a') {
                return Ok(Self::Arg(i));
            }
            if let Some(i) = numbered('v') {
                return Ok(Self::Local(i));
            }
        }
        match (head.as_str(), args.as_slice()) {
            ("if", [_, _, _]) => {
                let [a, b, c]: [Expr; 3] = all(args)?.try_into().map_err(|_| "if".to_string())?;
                return Ok(Self::If(Box::new([a, b, c])));
            }
            ("or", [_, _]) => {
                let [a, b]: [Expr; 2] = all(args)?.try_into().map_err(|_| "or".to_string())?;
                return Ok(Self::Or(Box::new([a, b])));
            }
            ("learned", [Term::Text(key), rest @ ..]) => return Ok(Self::Learned(Symbol::new(key), all(rest)?)),
            ("apply", [_, ..]) => return Ok(Self::Apply(all(args)?)),
            (word, [body, rest @ ..]) => {
                if let Some((form, ..)) = Higher::ALL.iter().find(|(_, name, _)| *name == word) {
                    return Ok(Self::Higher(*form, Box::new(Self::from_term(body)?), all(rest)?));
                }
            }
            _ => {}
        }
        if let Some(id) = PrimId::by_name(head) {
            let arity = id.get().takes.len();
            if arity != args.len() {
                return Err(format!("`{head}` takes {arity} operands, not {}", args.len()));
            }
            return Ok(Self::Prim(id, all(args)?));
        }
        Datum::from_term(term).map(Self::Const).ok_or_else(|| format!("unknown word `{head}`"))
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_term().fmt(f)
    }
}
