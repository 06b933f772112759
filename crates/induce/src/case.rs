//! Examples as live values, and whether a meaning agrees with them.

use std::rc::Rc;

use mimus_core::{Datum, Stop, Symbol, Value};
use rustc_hash::FxHashSet;

use crate::example::{Example, Outcome};
use crate::goal::{Match, labels_of};
use crate::vocabulary::{Effect, ReadyMeaning, Speaker};

/// A live example.
pub struct Case {
    pub args: Rc<[Value]>,
    pub labels: Rc<[u32]>,
    pub end: End,
}

/// How it ended.
pub enum End {
    Gave { value: Value, changes: Vec<(usize, Value)>, out: String },
    Raised { class: Symbol, text: String, error: Value },
}

/// How far a meaning agrees with an example.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Agreement {
    Full,
    /// It raises the right error with a wrong text.
    ButText,
    None,
    /// It comes to something else, by an operation that is not sure: that may be wrong instead.
    Unsure,
    /// It uses an operation for operands for which that has no meaning.
    Declined,
    /// It is undefined where a value was given.
    Undefined,
}

/// How sure an operation must be that a wrong result is not its fault.
const SURE: f64 = 0.9;

impl Agreement {
    fn refused(speaker: &Speaker) -> Self {
        if speaker.least() < SURE { Self::Unsure } else { Self::None }
    }
}

impl Case {
    /// The distinct ones of some examples.
    pub fn all(examples: &[Example]) -> Vec<Self> {
        distinct(examples).0.into_iter().map(Self::new).collect()
    }

    pub fn new(example: &Example) -> Self {
        let args: Rc<[Value]> = example.args.iter().map(Value::from_datum).collect();
        let mut labels = vec![];
        args.iter().for_each(|v| labels_of(v, &mut labels));
        let end = match &example.outcome {
            Outcome::Gave { value, changes, out } => End::Gave {
                value: Value::from_datum(value),
                changes: changes.iter().map(|(i, v)| (*i, Value::from_datum(v))).collect(),
                out: out.clone(),
            },
            Outcome::Raised(error) => {
                let text = error_text(error);
                End::Raised { class: error.class(), error: Value::error(error.class(), &text), text }
            }
        };
        Self { args, labels: labels.into(), end }
    }

    /// What was given, and what operands became.
    pub fn left(&self) -> impl Iterator<Item = &Value> {
        let (value, changes) = match &self.end {
            End::Gave { value, changes, .. } => (Some(value), &changes[..]),
            End::Raised { .. } => (None, &[][..]),
        };
        value.into_iter().chain(changes.iter().map(|(_, new)| new))
    }

    /// Whether a meaning comes to the same.
    pub fn agrees(&self, meaning: &ReadyMeaning, speaker: &mut Speaker) -> Agreement {
        speaker.begin();
        if let End::Raised { class, error, text } = &self.end {
            // An error of something that is called, in quite other words, is another error.
            let is_unlearned = |found: &Value| found.said().is_some_and(|said| said.is_unlearned());
            let is_alike =
                |found: &Value| meaning.raises(*class) || is_unlearned(found) || are_alike(text, &error_text(&found.to_datum(2)));
            return match meaning.run(&self.args, speaker) {
                Err(Stop::Raised(found)) if found == *error => Agreement::Full,
                Err(Stop::Raised(found)) if found.class() == *class && is_alike(&found) => Agreement::ButText,
                Err(Stop::NotLearned(..)) => Agreement::Declined,
                Err(Stop::Undefined) => Agreement::Undefined,
                _ => Agreement::refused(speaker),
            };
        }
        match meaning.run(&self.args, speaker) {
            Err(Stop::NotLearned(..)) => Agreement::Declined,
            Err(Stop::Undefined) => Agreement::Undefined,
            ran if self.is_as_seen(&ran) => Agreement::Full,
            _ => Agreement::refused(speaker),
        }
    }

    fn is_as_seen(&self, ran: &Result<Effect, Stop>) -> bool {
        let frame = Match { classes: &[], labels: &self.labels };
        match (ran, &self.end) {
            (Ok(effect), End::Gave { value, changes, out }) => {
                let changed = |i: usize, new: &Value| match changes.iter().find(|(j, _)| *j == i) {
                    Some((_, wanted)) => frame.contents(new, wanted),
                    None => frame.contents(new, &self.args[i]),
                };
                frame.value(&effect.value, value, 0)
                    && effect.out == *out
                    && effect.changes.iter().all(|(i, new)| *i < self.args.len() && changed(*i, new))
                    && changes
                        .iter()
                        .all(|(i, wanted)| effect.changes.iter().any(|(j, _)| i == j) || frame.contents(&self.args[*i], wanted))
            }
            _ => false,
        }
    }

    /// Equal for examples that look alike: the search begins with one of each look.
    pub fn look(&self) -> String {
        self.features().concat()
    }

    /// How each operand, each pair of operands and the outcome look.
    pub fn features(&self) -> Vec<String> {
        let mut all: Vec<String> = vec![];
        for (i, arg) in self.args.iter().enumerate() {
            let mut feature = format!("{i}");
            look(arg, &mut feature, 1);
            all.push(feature);
        }
        for (i, a) in self.args.iter().enumerate() {
            for (j, b) in self.args.iter().enumerate().skip(i + 1) {
                let order = match mimus_core::compare(a, b) {
                    Some(std::cmp::Ordering::Less) => '<',
                    Some(std::cmp::Ordering::Equal) => '=',
                    Some(std::cmp::Ordering::Greater) => '>',
                    None => '?',
                };
                all.push(format!("{i}{order}{j}"));
                for (i, whole, j, part) in [(i, a, j, b), (j, b, i, a)] {
                    if holds(whole, part) {
                        all.push(format!("{j} in {i}"));
                    }
                }
            }
        }
        all.push(match &self.end {
            End::Gave { value, changes, out } => {
                let mut feature = String::from("=");
                look(value, &mut feature, 0);
                feature.push(if changes.is_empty() { '.' } else { '!' });
                feature.push(if out.is_empty() { '.' } else { 'o' });
                feature
            }
            End::Raised { class, text, .. } => format!("{class}{}", text.chars().take(12).collect::<String>()),
        });
        all
    }
}

/// Whether one value is in another.
fn holds(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Text(whole), Value::Text(part)) => whole.contains(&**part),
        (Value::Object(whole), part) => match &*whole.body.borrow() {
            mimus_core::Contents::Seq(items) => items.contains(part),
            mimus_core::Contents::Set(items) => items.contains(part),
            mimus_core::Contents::Map(entries) => entries.contains_key(part),
            _ => false,
        },
        _ => false,
    }
}

fn look(value: &Value, out: &mut String, depth: usize) {
    let size = |n: usize| ['e', 'u', 'm'][n.min(2)];
    match value {
        Value::None => out.push('N'),
        Value::Bool(b) => out.push(if *b { 'T' } else { 'F' }),
        Value::Int(i) => out.push(match i {
            0 => '0',
            1 => '1',
            i if *i < 0 => '-',
            _ => '+',
        }),
        Value::Big(_) => out.push('B'),
        Value::Float(x) => out.push(if *x < 0.0 {
            'f'
        } else if x.fract() == 0.0 {
            'w'
        } else {
            'r'
        }),
        Value::Text(t) => {
            out.push('t');
            out.push(size(t.chars_len()));
            if t.contains(char::is_whitespace) {
                out.push('_');
            }
        }
        Value::Bytes(b) => out.push(size(b.len())),
        Value::Object(o) => {
            let body = o.body.borrow();
            out.push(size(body.len()));
            if depth > 0
                && let mimus_core::Contents::Seq(items) = &*body
            {
                let repeated = |(i, item): (usize, &Value)| items[..i].contains(item);
                if items.iter().take(40).enumerate().any(repeated) {
                    out.push('d');
                }
                if let Some(first) = items.first() {
                    look(first, out, 0);
                }
            }
        }
        _ => out.push('x'),
    }
}

/// Whether two texts have half of their words in common.
fn are_alike(a: &str, b: &str) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let (a, mut b) = (words(a), words(b));
    let most = a.len().max(b.len());
    let shared = a.iter().filter(|word| b.iter().position(|other| other == *word).map(|at| b.swap_remove(at)).is_some()).count();
    shared * 2 >= most
}

/// The text of an error record.
pub fn error_text(error: &Datum) -> String {
    if let Datum::Compound(c) = error
        && let mimus_core::Body::Record(fields) = &c.body
        && let Some((_, Datum::Text(text))) = fields.iter().find(|(name, _)| name.as_str() == "text")
    {
        return text.to_string();
    }
    String::new()
}

/// Distinct examples; of those that contradict each other the first. The second number is how many were contradicted.
pub fn distinct(examples: &[Example]) -> (Vec<&Example>, usize) {
    let mut seen: FxHashSet<(String, Vec<usize>)> = FxHashSet::default();
    let mut outcomes = rustc_hash::FxHashMap::default();
    let (mut kept, mut contradicted) = (vec![], 0);
    for example in examples {
        let text = example.args.iter().map(|a| format!("{a} ")).collect::<String>();
        // Which operands are the same object belongs to what they are.
        let key = (text, Datum::identities(&example.args));
        let outcome = format!("{:?}", strip(&example.outcome));
        if seen.insert(key.clone()) {
            outcomes.insert(key, outcome);
            kept.push(example);
        } else if outcomes.get(&key) != Some(&outcome) {
            contradicted += 1;
        }
    }
    (kept, contradicted)
}

/// How much distinct examples tell, in examples: each by how rare its outcome is among them. Where all end alike, that is all there
/// is to learn.
pub fn evidence(examples: &[&Example]) -> f64 {
    let mut counts: rustc_hash::FxHashMap<_, usize> = rustc_hash::FxHashMap::default();
    for example in examples {
        *counts.entry(strip(&example.outcome)).or_default() += 1;
    }
    let all = examples.len() as f64;
    if counts.len() == 1 {
        return all;
    }
    // In a fixed order: sums of floats depend on it.
    let mut counts: Vec<usize> = counts.into_values().collect();
    counts.sort_unstable();
    counts.into_iter().map(|n| n as f64 * (1.0 - (n - 1) as f64 / all)).sum()
}

/// An outcome without what differs from run to run.
fn strip(outcome: &Outcome) -> (String, String, String) {
    match outcome {
        Outcome::Gave { value, changes, out } => {
            let changes = changes.iter().map(|(i, v)| format!("{i}:{v} ")).collect();
            (value.to_string(), changes, out.clone())
        }
        Outcome::Raised(error) => (error.class().to_string(), error_text(error), String::new()),
    }
}
