//! Learned operations as words for the search, and running meanings on values.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use mimus_core::{CALL, Formula, Host, Meaning, Ready, Stop, Symbol, Value, dress};
use mimus_knowledge::{Operation, Overload, Pattern};
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::group::sum_of_shares;

/// Operations by key; what is not changed is shared.
pub type Operations = BTreeMap<Symbol, Arc<Operation>>;

/// Operations that may be shared.
pub fn shared(operations: &BTreeMap<Symbol, Operation>) -> Operations {
    operations.iter().map(|(key, operation)| (*key, Arc::new(operation.clone()))).collect()
}

/// The operations that a search may use. Plain data: each thread makes its own [`Speaker`] of it.
#[derive(Clone, Default)]
pub struct Vocabulary {
    /// Operations by key.
    pub operations: Arc<Operations>,
    /// Which of them are offered as words of their own; the others are only called by those.
    pub offered: Vec<Symbol>,
}

impl Vocabulary {
    /// All operations of what was learned that have a meaning, all offered.
    pub fn of(learned: &BTreeMap<Symbol, Operation>) -> Self {
        Self::all(&shared(learned))
    }

    /// All operations that have a meaning, all offered.
    pub fn all(operations: &Operations) -> Self {
        let known = |operation: &Operation| operation.overloads.iter().any(|o| !o.meanings.is_empty());
        let operations: Operations = operations.iter().filter(|(_, o)| known(o)).map(|(key, o)| (*key, Arc::clone(o))).collect();
        Self { offered: operations.keys().copied().collect(), operations: Arc::new(operations) }
    }
}

/// A meaning prepared for running.
pub struct ReadyMeaning(Body);

enum Body {
    Formula {
        guards: Vec<(Ready, ReadyRaise)>,
        undefined: Option<ReadyRaise>,
        result: Ready,
        classes: Vec<Symbol>,
        changes: Vec<(usize, Ready)>,
        output: Option<Ready>,
    },
    Rote {
        on: usize,
        rows: Vec<(Value, Ready)>,
    },
}

struct ReadyRaise {
    class: Symbol,
    text: Ready,
}

/// What running a meaning came to.
#[derive(Clone, Debug)]
pub struct Effect {
    /// The value given.
    pub value: Value,
    /// New contents of operands.
    pub changes: Vec<(usize, Value)>,
    /// Text printed.
    pub out: String,
}

impl ReadyRaise {
    fn new(raise: &mimus_core::Raise) -> Self {
        Self { class: raise.class, text: Ready::new(&raise.text) }
    }

    fn raise(&self, args: &[Value], host: &mut dyn Host) -> Stop {
        match self.text.run(args, host) {
            Ok(text @ Value::Text(_)) => Stop::Raised(Value::error_saying(self.class, text)),
            Ok(text) if text.is_unlearned() => Stop::Raised(Value::error_saying(self.class, text)),
            Ok(_) | Err(Stop::Undefined) => Stop::Undefined,
            Err(stop) => stop,
        }
    }
}

impl ReadyMeaning {
    /// Prepares a meaning.
    pub fn new(meaning: &Meaning) -> Self {
        Self(match meaning {
            Meaning::Rote { on, rows } => {
                Body::Rote { on: *on, rows: rows.iter().map(|(v, e)| (Value::from_datum(v), Ready::new(e))).collect() }
            }
            Meaning::Formula(f) => Body::Formula {
                guards: f.guards.iter().map(|(test, raise)| (Ready::new(test), ReadyRaise::new(raise))).collect(),
                undefined: f.undefined.as_ref().map(ReadyRaise::new),
                result: Ready::new(&f.result),
                classes: f.classes.clone(),
                changes: f.changes.iter().map(|(i, e)| (*i, Ready::new(e))).collect(),
                output: f.output.as_ref().map(Ready::new),
            },
        })
    }

    /// Prepares a formula.
    pub fn formula(formula: &Formula) -> Self {
        Self::new(&Meaning::Formula(formula.clone()))
    }

    /// Whether it raises errors of a class itself: others come from what it calls.
    pub fn raises(&self, class: Symbol) -> bool {
        match &self.0 {
            Body::Formula { guards, undefined, .. } => {
                guards.iter().map(|(_, raise)| raise).chain(undefined).any(|raise| raise.class == class)
            }
            Body::Rote { .. } => false,
        }
    }

    /// Whether it only gives a value.
    pub fn is_pure(&self) -> bool {
        match &self.0 {
            Body::Formula { changes, output, .. } => changes.is_empty() && output.is_none(),
            Body::Rote { .. } => true,
        }
    }

    /// Runs it.
    pub fn run(&self, args: &[Value], host: &mut dyn Host) -> Result<Effect, Stop> {
        match &self.0 {
            Body::Rote { on, rows } => {
                let decisive = args.get(*on).ok_or(Stop::Undefined)?;
                let (_, result) = rows.iter().find(|(value, _)| value == decisive).ok_or(Stop::Undefined)?;
                Ok(Effect { value: result.run(args, host)?, changes: vec![], out: String::new() })
            }
            Body::Formula { guards, undefined, result, classes, changes, output } => {
                for (test, raise) in guards {
                    match test.run(args, host) {
                        Ok(Value::Bool(true)) => return Err(raise.raise(args, host)),
                        Ok(_) | Err(Stop::Undefined) => {}
                        Err(stop) => return Err(stop),
                    }
                }
                let otherwise = |stop: Stop, host: &mut dyn Host| match (stop, undefined) {
                    (Stop::Undefined, Some(raise)) => raise.raise(args, host),
                    (stop, _) => stop,
                };
                let mut changed = Vec::with_capacity(changes.len());
                for (i, new) in changes {
                    let value = new.run(args, host).map_err(|stop| otherwise(stop, host))?;
                    changed.push((*i, dress(&value, classes)));
                }
                let value = result.run(args, host).map_err(|stop| otherwise(stop, host))?;
                let out = match output {
                    None => String::new(),
                    Some(text) => match text.run(args, host).map_err(|stop| otherwise(stop, host))? {
                        Value::Text(text) => text.to_string(),
                        _ => return Err(Stop::Undefined),
                    },
                };
                Ok(Effect { value: dress(&value, classes), changes: changed, out })
            }
        }
    }
}

/// What the overloads of an operation mean.
struct Overloads {
    operation: Arc<Operation>,
    /// What each means, once it was asked for: most never are.
    ready: Vec<OnceCell<Option<ReadyMeaning>>>,
    /// Those that may take operands of certain classes, for the classes met before.
    by_classes: RefCell<FxHashMap<Vec<Symbol>, Rc<[usize]>>>,
}

impl Overloads {
    fn of(operation: &Arc<Operation>) -> Self {
        let ready = operation.overloads.iter().map(|_| OnceCell::new()).collect();
        Self { operation: Arc::clone(operation), ready, by_classes: RefCell::default() }
    }

    /// The first that takes operands. One without a meaning says for which operands wider ones do not hold.
    fn fitting(&self, args: &[Value]) -> Option<(&Overload, &ReadyMeaning)> {
        let all = &self.operation.overloads;
        let known = |i: &usize| !all[*i].meanings.is_empty() || all[*i].bars();
        let takes = |i: &usize| all[*i].takes(args, &[], Pattern::fits);
        let i = if all.len() < FEW {
            (0..all.len()).filter(known).find(takes)?
        } else {
            let classes: SmallVec<[Symbol; 4]> = args.iter().map(Value::class).collect();
            let met = self.by_classes.borrow().get(classes.as_slice()).cloned();
            let likely = met.unwrap_or_else(|| {
                let may = |pattern: &Pattern, value: &Value| pattern.class.is_none_or(|class| class == value.class());
                let likely: Rc<[usize]> = (0..all.len()).filter(known).filter(|i| all[*i].takes(args, &[], may)).collect();
                self.by_classes.borrow_mut().insert(classes.to_vec(), Rc::clone(&likely));
                likely
            });
            likely.iter().copied().find(takes)?
        };
        let ready = || all[i].meanings.first().map(|best| ReadyMeaning::new(&best.meaning));
        self.ready[i].get_or_init(ready).as_ref().map(|meaning| (&all[i], meaning))
    }
}

/// Of fewer overloads the one that fits is found by looking.
const FEW: usize = 8;

/// A vocabulary that is prepared for running as it is used: the host of every evaluation in a search.
pub struct Speaker {
    operations: Arc<Operations>,
    ready: FxHashMap<Symbol, Option<Rc<Overloads>>>,
    /// The operation being learned: its own observed results, for recursion.
    own: Option<Own>,
    depth: usize,
    ticks: u64,
    /// The share of the least sure meaning that the evaluation used so far.
    least: f64,
}

struct Own {
    key: Symbol,
    table: FxHashMap<Vec<Value>, Result<Value, Value>>,
    /// Classes of operands that it was observed with.
    classes: FxHashSet<Vec<Symbol>>,
    /// The patterns of those that its meaning is for; none if that is not told.
    takes: Vec<Pattern>,
    meaning: Option<Rc<ReadyMeaning>>,
}

/// How deep learned operations may call each other.
const DEPTH: usize = 24;
/// How many steps one evaluation may take.
const TICKS: u64 = 20_000;

impl Speaker {
    /// A speaker of a vocabulary.
    pub fn new(vocabulary: &Vocabulary) -> Self {
        let operations = Arc::clone(&vocabulary.operations);
        Self { operations, ready: FxHashMap::default(), own: None, depth: 0, ticks: 0, least: 1.0 }
    }

    /// What an operation's overloads mean.
    fn overloads(&mut self, key: Symbol) -> Option<Rc<Overloads>> {
        let operations = &self.operations;
        self.ready.entry(key).or_insert_with(|| operations.get(&key).map(|operation| Rc::new(Overloads::of(operation)))).clone()
    }

    /// Operations with a meaning for two operands of which the second may be a text: they may do as that says.
    pub fn told_by_text(&self) -> Vec<Symbol> {
        let text = Value::text("").class();
        let is_told = |overload: &Overload| match &overload.takes[..] {
            [_, said] => said.name.is_none() && said.class.is_none_or(|class| class == text) && !overload.meanings.is_empty(),
            _ => false,
        };
        let told = self.operations.iter().filter(|(_, operation)| operation.overloads.iter().any(is_told));
        told.map(|(key, _)| *key).filter(|key| !self.is_own(*key)).collect()
    }

    /// Answers calls of an operation from its observed results.
    pub fn learn_own(&mut self, key: Symbol, table: impl IntoIterator<Item = (Vec<Value>, Result<Value, Value>)>) {
        let rows: Vec<(Vec<Value>, Result<Value, Value>)> = table.into_iter().collect();
        let classes = rows.iter().map(|(args, _)| args.iter().map(Value::class).collect()).collect();
        self.own = Some(Own { key, table: rows.into_iter().collect(), classes, takes: vec![], meaning: None });
    }

    /// Lets calls of the operation being learned run a meaning that was found; `None` goes back to the observed results.
    pub fn speak_own(&mut self, meaning: Option<Rc<ReadyMeaning>>) {
        if let Some(own) = &mut self.own {
            own.meaning = meaning;
        }
    }

    /// Keeps the meaning of the operation being learned to operands that fit these patterns.
    pub fn keep_own_to(&mut self, takes: &[Pattern]) {
        if let Some(own) = &mut self.own {
            own.takes = takes.to_vec();
        }
    }

    /// Begins a new evaluation.
    pub fn begin(&mut self) {
        self.ticks = 0;
        self.depth = 0;
        self.least = 1.0;
    }

    /// How sure the least sure meaning is that the evaluation used so far.
    pub fn least(&self) -> f64 {
        self.least
    }

    /// How many steps the evaluation took so far.
    pub fn ticks(&self) -> u64 {
        self.ticks
    }

    fn call_own(&mut self, args: &[Value]) -> Option<Result<Value, Stop>> {
        let own = self.own.as_ref()?;
        if let Some(meaning) = &own.meaning {
            // It is a meaning for such operands only.
            if !own.classes.is_empty() && !own.classes.contains(&args.iter().map(Value::class).collect::<Vec<_>>()) {
                return None;
            }
            let fits = own.takes.len() == args.len() && own.takes.iter().zip(args).all(|(pattern, arg)| pattern.fits(arg));
            if own.takes.iter().any(|pattern| pattern.opening().is_some()) && !fits {
                return None;
            }
            let meaning = Rc::clone(meaning);
            return Some(meaning.run(args, self).map(|effect| effect.value));
        }
        own.table.get(args).map(|known| known.clone().map_err(Stop::Raised))
    }
}

impl Host for Speaker {
    fn learned(&mut self, key: Symbol, args: &[Value]) -> Result<Value, Stop> {
        self.tick()?;
        if self.depth >= DEPTH {
            return Err(Stop::Limit("depth"));
        }
        self.depth += 1;
        let result = self.dispatch(key, args);
        self.depth -= 1;
        result
    }

    fn apply(&mut self, function: &Value, args: &[Value]) -> Result<Value, Stop> {
        self.tick()?;
        let after = |first: &Value| -> Vec<Value> { std::iter::once(first).chain(args).cloned().collect() };
        match function {
            Value::Function(f) => f.look_up(args).ok_or(Stop::Undefined),
            Value::Atom(name) => {
                let key = Symbol::new(&format!("@{name}"));
                self.learned(key, args)
            }
            Value::Bound(pair) => self.learned(Symbol::new(&format!("@{}", pair.0)), &after(&pair.1)),
            // What else can be called was seen to be.
            Value::Object(_) => self.learned(Symbol::new(CALL), &after(function)),
            _ => Err(Stop::Undefined),
        }
    }

    fn tick(&mut self) -> Result<(), Stop> {
        self.ticks += 1;
        if self.ticks > TICKS { Err(Stop::Limit("steps")) } else { Ok(()) }
    }
}

impl Speaker {
    fn dispatch(&mut self, key: Symbol, args: &[Value]) -> Result<Value, Stop> {
        let overloads = self.overloads(key);
        if let Some((overload, meaning)) = overloads.as_deref().and_then(|overloads| overloads.fitting(args))
            && meaning.is_pure()
        {
            self.least = self.least.min(sum_of_shares(&overload.meanings));
            let packed = overload.packed(args, &[]);
            return meaning.run(packed.as_deref().unwrap_or(args), self).map(|effect| effect.value);
        }
        if self.is_own(key)
            && let Some(result) = self.call_own(args)
        {
            return result;
        }
        Err(Stop::NotLearned(key, args.iter().map(Value::class).collect()))
    }
}

impl Speaker {
    /// The operation being learned.
    pub fn own_key(&self) -> Option<Symbol> {
        self.own.as_ref().map(|own| own.key)
    }

    /// Whether a key is that of the operation being learned.
    pub fn is_own(&self, key: Symbol) -> bool {
        self.own_key() == Some(key)
    }
}
