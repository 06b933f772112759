//! What was learned: grammar, constructs, operations, words, each with its evidence. Data and its text form, nothing else.
//!
//! Knowledge is made by learning and read by the machine. This crate must never know a taught language, and holds no search,
//! no parsing of source text and no execution.

mod file;
mod opening;
mod pattern;
mod processor;
mod way;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use mimus_core::{Code, Contents, Datum, Form, Meaning, Symbol, Value};

pub use file::LoadError;
pub use opening::Opening;
pub use pattern::{Pattern, digits, is_one_class, is_one_of};
pub use processor::{Instruction, Line, Processor, Target};
pub use way::{Does, Passed, View, Way};

/// Everything learned from one teacher.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Knowledge {
    /// The teacher's name and version.
    pub teacher: String,
    /// The learned grammar, as lines that the grammar crate reads.
    pub grammar: Vec<String>,
    /// Constructs by form and role.
    pub constructs: BTreeMap<(Form, Role), Construct>,
    /// What a word stands for where nothing in memory has that name.
    pub words: BTreeMap<Symbol, Word>,
    /// Operations by key. `truth`, `iterate`, `spread`, `unbound` and `report` belong to the engine: what is true, what iteration
    /// gives, how a value is spread over targets, what reading an unbound name raises, how an error is reported at the end.
    /// Other keys are templates or, after an `@`, names of atoms.
    pub operations: BTreeMap<Symbol, Operation>,
    /// What operations do where operands delegate, by key.
    pub ways: BTreeMap<Symbol, Vec<Way>>,
}

/// How a part is used by the construct it belongs to. Everything that is not a part is `Plain`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Evaluated or executed.
    Plain,
    /// One of a run: an argument, an element, an entry.
    Element,
    /// Receives the incoming value.
    Target,
    /// Runs around what comes after it.
    Clause,
    /// Takes arguments of a call.
    Parameter,
}

/// A template and what it does.
#[derive(Clone, Debug, PartialEq)]
pub struct Construct {
    /// How many activations were explained (for a construct without meaning: seen).
    pub seen: u64,
    /// A piece of text that has this form.
    pub example: String,
    /// Programs that explain all of them, best first; empty when none was found.
    pub meanings: Vec<Rival<Code>>,
}

/// One of several explanations.
#[derive(Clone, Debug, PartialEq)]
pub struct Rival<T> {
    /// The explanation.
    pub meaning: T,
    /// Its share of the posterior, 0 to 1. What the rivals' shares lack to 1 is the mass of "none of these".
    pub share: f64,
}

/// What a word stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// The value.
    pub value: Datum,
    /// How often it was seen to give it.
    pub seen: u64,
}

/// A learned operation: its overloads, tried in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Operation {
    /// Overloads; those with narrower patterns come first.
    pub overloads: Vec<Overload>,
}

/// What an operation does for operands of certain types.
#[derive(Clone, Debug, PartialEq)]
pub struct Overload {
    /// A pattern for each operand.
    pub takes: Vec<Pattern>,
    /// Distinct examples it was learned from or checked on.
    pub seen: u64,
    /// One of them, for people: `[1, 2], 3 -> ...`
    pub example: String,
    /// Explanations, best first; empty when none was found.
    pub meanings: Vec<Rival<Meaning>>,
}

/// The place of an overload that takes these among the others of its operation: what takes less stands before what takes more.
pub fn narrowness(takes: &[Pattern]) -> impl Ord + use<> {
    let count = |has: fn(&Pattern) -> bool| takes.iter().filter(|pattern| has(pattern)).count();
    let together = takes.iter().filter(|p| p.is_several()).count();
    // Of texts that begin alike, those of which more is told; before them, those of which all is.
    let openings: Vec<usize> = takes.iter().filter_map(|p| p.opening()).map(|opening| opening.length()).collect();
    let told = openings.iter().sum::<usize>();
    (together, count(|p| p.class.is_none()), Reverse(count(|p| p.elements.is_some())), openings.len(), Reverse(told))
}

impl Overload {
    /// Whether it is known only that wider overloads do not hold here: it has examples, and nothing explains them. One for
    /// certain elements does not bar the way to that for any elements.
    pub fn bars(&self) -> bool {
        self.meanings.is_empty() && self.takes.iter().all(|pattern| pattern.class.is_some() && pattern.elements.is_none())
    }

    /// Whether it takes these operands, the last of which have these names, if `fits` says so of each.
    pub fn takes<V>(&self, args: &[V], names: &[Symbol], mut fits: impl FnMut(&Pattern, &V) -> bool) -> bool {
        let unnamed = args.len() - names.len().min(args.len());
        let mut patterns = self.takes.iter().peekable();
        let mut at = 0;
        while let Some(pattern) = patterns.next_if(|pattern| pattern.name.is_none() && !pattern.all_named) {
            match pattern.all_from {
                Some(least) if unnamed.saturating_sub(at) >= usize::from(least) => at = unnamed,
                None if at < unnamed && fits(pattern, &args[at]) => at += 1,
                _ => return false,
            }
        }
        if patterns.peek().is_some_and(|pattern| pattern.all_named) {
            return at == unnamed && !names.is_empty();
        }
        let mut named = |pattern: &Pattern, i: usize| pattern.name == names.get(i - unnamed).copied() && fits(pattern, &args[i]);
        at == unnamed && patterns.len() == args.len() - unnamed && patterns.zip(unnamed..).all(|(pattern, i)| named(pattern, i))
    }

    /// The operands as its meanings number them, if that is not how they are given: several together as a sequence, those with names
    /// as a map.
    pub fn packed(&self, args: &[Value], names: &[Symbol]) -> Option<Vec<Value>> {
        if !self.takes.iter().any(Pattern::is_several) {
            return None;
        }
        let (unnamed, named) = args.split_at(args.len() - names.len().min(args.len()));
        let mut packed = vec![];
        for (i, pattern) in self.takes.iter().enumerate() {
            if pattern.all_from.is_some() {
                packed.push(Value::seq(unnamed.get(i..)?.to_vec()));
            } else if pattern.all_named {
                let entries = names.iter().map(|name| Value::text(name.as_str())).zip(named.iter().cloned());
                packed.push(Value::object(Symbol::neutral(), Contents::Map(entries.collect())));
            } else if pattern.name.is_none() {
                packed.push(unnamed.get(i)?.clone());
            } else {
                packed.push(named.get(names.iter().position(|name| Some(*name) == pattern.name)?)?.clone());
            }
        }
        Some(packed)
    }
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 5] = [Self::Plain, Self::Element, Self::Target, Self::Clause, Self::Parameter];

    /// The word of knowledge files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Element => "element",
            Self::Target => "target",
            Self::Clause => "clause",
            Self::Parameter => "parameter",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(takes: &[&str], args: &[Value], names: &[&str], expected: Option<&str>) {
        let takes = takes.iter().map(|text| Pattern::parse(text)).collect();
        let overload = Overload { takes, seen: 1, example: String::new(), meanings: vec![] };
        let names: Vec<Symbol> = names.iter().map(|name| Symbol::new(name)).collect();
        let taken = overload.takes(args, &names, Pattern::fits).then(|| {
            let packed = overload.packed(args, &names).unwrap_or_else(|| args.to_vec());
            packed.iter().map(|value| value.to_datum(3).to_string()).collect::<Vec<_>>().join("; ")
        });
        assert_eq!(taken.as_deref(), expected);
    }

    #[test]
    fn operands_are_taken_one_by_one_or_all_together() {
        let (one, two, text) = (Value::Int(1), Value::Int(2), Value::text("t"));
        check(&["int", "_"], &[one.clone(), text.clone()], &[], Some("1; \"t\""));
        check(&["int", "_"], &[text.clone(), one.clone()], &[], None);
        check(&["int", "end=text"], &[one.clone(), text.clone()], &["end"], Some("1; \"t\""));
        check(&["int", "end=text"], &[one.clone(), text.clone()], &["sep"], None);
        check(&["2.."], &[one.clone(), two.clone()], &[], Some("seq(\"\", 1, 2)"));
        check(&["2.."], &[one.clone(), two.clone(), text.clone()], &[], Some("seq(\"\", 1, 2, \"t\")"));
        check(&["2.."], std::slice::from_ref(&one), &[], None);
        check(&["2.."], &[one.clone(), two.clone()], &["end"], None);
        check(&["1..", "end=text"], &[one.clone(), text.clone()], &["end"], Some("seq(\"\", 1); \"t\""));
        check(&["0.."], &[], &[], Some("seq(\"\")"));
        check(&["text", "1.."], &[text.clone(), one.clone(), two.clone()], &[], Some("\"t\"; seq(\"\", 1, 2)"));
        check(&["text", "1.."], std::slice::from_ref(&text), &[], None);
        check(&["int", "1.."], &[text.clone(), one.clone()], &[], None);
        check(&["..=_"], &[one.clone(), two.clone()], &["b", "a"], Some("map(\"\", \"b\", 1, \"a\", 2)"));
        check(&["..=_"], &[one.clone(), two.clone()], &["b"], None);
        check(&["text", "0..", "..=_"], &[text.clone(), two.clone()], &["a"], Some("\"t\"; seq(\"\"); map(\"\", \"a\", 2)"));
    }
}
