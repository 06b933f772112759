//! What operations do by delegation: on things that take what they lack from others.

use mimus_core::{Datum, Symbol, Term};

/// What an operation does where an operand delegates. The ways of an operation are tried in order; the first that can be gone is.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// Which operand delegates; without a number, any.
    pub on: Option<usize>,
    /// Its class.
    pub class: Symbol,
    /// How many operands there are, if that matters.
    pub count: Option<usize>,
    /// What is done.
    pub does: Does,
    /// Uses that it explained.
    pub seen: u64,
}

/// What is done with an operand that delegates. Operands are numbered from 0.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Does {
    /// Calls the function that its delegates have under a name, with the operands in this order (or as they are).
    Call {
        /// The name.
        name: Symbol,
        /// The order.
        order: Option<Vec<Passed>>,
        /// Whether the opposite of what that gives is given.
        opposite: bool,
        /// Where the function gives this, the next way is tried.
        unless: Option<Datum>,
    },
    /// Calls that function with the operand, and works on what it gives instead.
    Instead(Symbol),
    /// Makes a new record that delegates to the operand, and calls the function that has the name, if any, with it and the other
    /// operands. What a builtin thing among the delegates makes of the operands gives its first fields.
    Make {
        /// The name.
        begins: Option<Symbol>,
        /// The class of the record.
        class: Symbol,
        /// Whether there is a builtin thing among the delegates.
        builtin: bool,
    },
    /// What a builtin thing among the delegates makes of the other operands gives fields.
    Fill,
    /// Works on an own field instead.
    Within(Symbol),
    /// Gives the field that the operand of this number names; fields of delegates count as its own.
    Read {
        /// The operand with the name.
        key: usize,
        /// The operand that is given if there is no such field.
        or: Option<usize>,
        /// Whether functions of delegates are given together with what they were taken from.
        takes: bool,
        /// What is done with values of certain classes that delegates hold.
        views: Vec<(Symbol, View)>,
    },
    /// The same for a pair of a record and what delegates to it: only what comes after that record is asked.
    ReadBeyond {
        /// The operand with the name.
        key: usize,
        /// What is done with values of certain classes that delegates hold.
        views: Vec<(Symbol, View)>,
        /// What stands between a builtin thing's name and that of what it has.
        joint: Option<Symbol>,
    },
    /// The pair of what the running function belongs to and its first argument.
    Beyond,
    /// Whether there is a field.
    Has(usize),
    /// Sets a field: name, value.
    Write {
        /// The operand with the name.
        key: usize,
        /// The operand with the value.
        value: usize,
        /// What is called in its place if delegates hold something of a class under that name: the function at a position.
        views: Vec<(Symbol, usize)>,
    },
    /// Removes a field.
    Drop(usize),
    /// Gives the first thing that it delegates to.
    First,
    /// Whether it is this operand, or an element of that, or delegates to it.
    Reaches(usize),
    /// Whether it is this operand (or, with `false`, is not).
    Same(usize, bool),
    /// Always gives this.
    Gives(Datum),
    /// Works on a sequence instead: what the function under a name gives until it raises an error.
    Steps {
        /// The name.
        name: Symbol,
        /// The class of the error.
        until: Symbol,
        /// The class of the sequence.
        class: Symbol,
    },
}

/// What a function that is called gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Passed {
    /// The operand of this number.
    Operand(usize),
    /// What that is one of: the first thing that it delegates to, or the builtin thing of its class. None if it is none.
    Kind(usize),
    /// Something of this class of which nothing else is known. None if that operand is none.
    Beside(usize, Symbol),
}

/// What is given in place of a value that delegates hold: a sequence of which one element counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// What calling the element with the thing gives.
    Run(usize),
    /// The element.
    Give(usize),
    /// The element, taken from the thing.
    Take(usize),
    /// The element, taken from the first thing that the thing delegates to.
    TakeFirst(usize),
}

fn text(symbol: Symbol) -> Term {
    Term::Text(symbol.as_str().into())
}

fn number(n: usize) -> Term {
    Term::Int(n.into())
}

fn symbol_of(term: &Term) -> Option<Symbol> {
    if let Term::Text(text) = term { Some(Symbol::new(text)) } else { None }
}

fn number_of(term: &Term) -> Option<usize> {
    if let Term::Int(n) = term { usize::try_from(n).ok() } else { None }
}

impl Way {
    /// As a term of the knowledge syntax.
    pub fn to_term(&self) -> Term {
        let any = |n: Option<usize>| n.map_or_else(|| Term::word("each"), number);
        Term::call("way", vec![any(self.on), text(self.class), any(self.count), self.does.to_term()])
    }

    /// Reads what [`Way::to_term`] writes.
    pub fn from_term(term: &Term, seen: u64) -> Option<Self> {
        let Term::Call(_, parts) = term else { return None };
        let [on, class, count, does] = parts.as_slice() else { return None };
        let does = Does::from_term(does)?;
        Some(Self { on: number_of(on), class: symbol_of(class)?, count: number_of(count), does, seen })
    }
}

impl Passed {
    fn to_term(self) -> Term {
        match self {
            Self::Operand(i) => number(i),
            Self::Kind(i) => Term::call("kind", vec![number(i)]),
            Self::Beside(i, class) => Term::call("beside", vec![number(i), text(class)]),
        }
    }

    fn from_term(term: &Term) -> Option<Self> {
        let Term::Call(word, parts) = term else { return number_of(term).map(Self::Operand) };
        let i = number_of(parts.first()?)?;
        Some(match word.as_str() {
            "kind" => Self::Kind(i),
            "beside" => Self::Beside(i, symbol_of(parts.get(1)?)?),
            _ => return None,
        })
    }
}

impl View {
    fn to_term(self) -> Term {
        let (word, i) = match self {
            Self::Run(i) => ("run", i),
            Self::Give(i) => ("give", i),
            Self::Take(i) => ("take", i),
            Self::TakeFirst(i) => ("take_first", i),
        };
        Term::call(word, vec![number(i)])
    }

    fn from_term(term: &Term) -> Option<Self> {
        let Term::Call(word, parts) = term else { return None };
        let i = number_of(parts.first()?)?;
        Some(match word.as_str() {
            "run" => Self::Run(i),
            "give" => Self::Give(i),
            "take" => Self::Take(i),
            "take_first" => Self::TakeFirst(i),
            _ => return None,
        })
    }
}

fn views_of(parts: &[Term]) -> Option<Vec<(Symbol, View)>> {
    parts.chunks_exact(2).map(|pair| Some((symbol_of(&pair[0])?, View::from_term(&pair[1])?))).collect()
}

impl Does {
    fn to_term(&self) -> Term {
        let seen =
            |views: &[(Symbol, View)]| views.iter().flat_map(|(class, view)| [text(*class), view.to_term()]).collect::<Vec<_>>();
        match self {
            Self::Call { name, order, opposite, unless } => {
                let order =
                    order.as_ref().map(|order| Term::call("order", order.iter().map(|passed| passed.to_term()).collect()));
                let unless = unless.as_ref().map(|datum| Term::call("unless", vec![datum.to_term()]));
                let front = [text(*name), Term::word(if *opposite { "opposite" } else { "result" })];
                Term::call("call", front.into_iter().chain(order).chain(unless).collect())
            }
            Self::Instead(name) => Term::call("instead", vec![text(*name)]),
            Self::Make { begins, class, builtin } => {
                let front = [text(*class), Term::word(if *builtin { "builtin" } else { "own" })];
                Term::call("make", front.into_iter().chain(begins.map(text)).collect())
            }
            Self::Fill => Term::word("fill"),
            Self::Within(field) => Term::call("within", vec![text(*field)]),
            Self::Read { key, or, takes, views } => {
                let or = or.map_or_else(|| Term::word("none"), number);
                let front = vec![number(*key), or, Term::word(if *takes { "taken" } else { "plain" })];
                Term::call("read", [front, seen(views)].concat())
            }
            Self::ReadBeyond { key, views, joint } => {
                let joint = joint.map_or_else(|| Term::word("none"), text);
                Term::call("read_beyond", [vec![number(*key), joint], seen(views)].concat())
            }
            Self::Beyond => Term::word("beyond"),
            Self::Has(key) => Term::call("has", vec![number(*key)]),
            Self::Write { key, value, views } => {
                let views = views.iter().flat_map(|(class, i)| [text(*class), number(*i)]).collect();
                Term::call("write", [vec![number(*key), number(*value)], views].concat())
            }
            Self::Drop(key) => Term::call("drop", vec![number(*key)]),
            Self::First => Term::word("first"),
            Self::Reaches(i) => Term::call("reaches", vec![number(*i)]),
            Self::Same(i, is) => Term::call(if *is { "same" } else { "differs" }, vec![number(*i)]),
            Self::Gives(datum) => Term::call("gives", vec![datum.to_term()]),
            Self::Steps { name, until, class } => Term::call("steps", vec![text(*name), text(*until), text(*class)]),
        }
    }

    fn from_term(term: &Term) -> Option<Self> {
        let Term::Call(word, parts) = term else { return None };
        let at = |i: usize| number_of(parts.get(i)?);
        let name = |i: usize| symbol_of(parts.get(i)?);
        let is = |i: usize, wanted: &str| matches!(parts.get(i), Some(Term::Call(word, _)) if word == wanted);
        Some(match word.as_str() {
            "call" => {
                let part = |wanted: &str| {
                    parts.iter().find_map(|part| match part {
                        Term::Call(word, inside) if word == wanted => Some(inside),
                        _ => None,
                    })
                };
                let order = part("order").map(|all| all.iter().map(Passed::from_term).collect::<Option<Vec<_>>>());
                let unless = part("unless").and_then(|all| all.first()).map(Datum::from_term);
                Self::Call {
                    name: name(0)?,
                    opposite: is(1, "opposite"),
                    order: if let Some(order) = order { Some(order?) } else { None },
                    unless: if let Some(datum) = unless { Some(datum?) } else { None },
                }
            }
            "instead" => Self::Instead(name(0)?),
            "make" => Self::Make { begins: name(2), class: name(0)?, builtin: is(1, "builtin") },
            "fill" => Self::Fill,
            "within" => Self::Within(name(0)?),
            "read" => Self::Read { key: at(0)?, or: at(1), takes: is(2, "taken"), views: views_of(parts.get(3..)?)? },
            "read_beyond" => Self::ReadBeyond { key: at(0)?, joint: name(1), views: views_of(parts.get(2..)?)? },
            "beyond" => Self::Beyond,
            "has" => Self::Has(at(0)?),
            "write" => {
                let views = parts.get(2..)?.chunks_exact(2).map(|pair| Some((symbol_of(&pair[0])?, number_of(&pair[1])?)));
                Self::Write { key: at(0)?, value: at(1)?, views: views.collect::<Option<_>>()? }
            }
            "drop" => Self::Drop(at(0)?),
            "first" => Self::First,
            "reaches" => Self::Reaches(at(0)?),
            "same" => Self::Same(at(0)?, true),
            "differs" => Self::Same(at(0)?, false),
            "gives" => Self::Gives(Datum::from_term(parts.first()?)?),
            "steps" => Self::Steps { name: name(0)?, until: name(1)?, class: name(2)? },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str) {
        let term = Term::parse(line).unwrap_or_else(|e| panic!("{e}"));
        let way = Way::from_term(&term, 3).unwrap_or_else(|| panic!("not a way: {line}"));
        assert_eq!(way.to_term().to_string(), line);
    }

    #[test]
    fn ways_are_read_as_they_are_written() {
        check(r#"way(0, "thing", 2, call("plus", result, order(0, 1)))"#);
        check(r#"way(1, "thing", 2, call("plus", opposite, order(1, 0), unless(atom("no"))))"#);
        check(r#"way(0, "thing", 2, call("end", result, order(0, kind(1), 1, beside(1, "path"))))"#);
        check(r#"way(each, "thing", each, instead("text"))"#);
        check(r#"way(0, "kind", each, make("thing", own, "begin"))"#);
        check(r#"way(0, "kind", each, make("thing", builtin))"#);
        check(r#"way(0, "thing", each, fill)"#);
        check(r#"way(each, "thing", each, within("text"))"#);
        check(r#"way(0, "thing", 2, read(1, none, taken, "getter", run(0)))"#);
        check(r#"way(0, "thing", 3, read(1, 2, plain))"#);
        check(r#"way(0, "above", 2, read_beyond(1, ".", "own", take_first(0)))"#);
        check(r#"way(1, "thing", 3, write(2, 0, "getter", 1))"#);
        check(r#"way(0, "thing", 1, gives(true))"#);
        check(r#"way(0, "thing", 1, steps("next", "End", "run"))"#);
    }
}
