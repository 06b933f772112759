//! What operations were seen to do, as examples for induction.

use std::collections::BTreeMap;

use mimus_core::{Body, Datum, Symbol, TAKES, TRUTH};
use mimus_induce::{Example, Outcome};
use mimus_knowledge::Pattern;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::episode::Episode;
use crate::simulate::{CATCHES, CLOSES, Findings, OpResult, OpUse};
use crate::world::{Val, World};

/// What was seen less often is no such fact.
const SEEN: u64 = 8;
/// A fact seen more often is not surer.
const FACT: u64 = 20;
/// Distinct examples kept for one operation and one combination of classes.
const KEPT: usize = 240;
/// Of those that look alike so many are kept before others: an empty collection is rare among many, and tells much.
const ALIKE: usize = 4;
/// Examples with more values in them than this are left out: they say little and cost much.
const LARGEST: usize = 90;
/// For one walk through something whose elements could be seen, so many may have been hidden; else what only nothing was seen of is odd.
const HIDDEN: u32 = 4;

/// Examples by operation, distinct ones only.
#[derive(Default)]
pub(crate) struct Evidence {
    examples: BTreeMap<Symbol, FxHashMap<Vec<Symbol>, Kept>>,
    /// What unbound words stood for, and how often.
    pub words: BTreeMap<Symbol, (Val, u64)>,
    /// Words that did not stand for one value.
    pub fickle: FxHashSet<Symbol>,
    /// Kinds of jumps that ended calls.
    pub results: FxHashSet<Symbol>,
    /// What operations took of what gives one value after the other.
    taken: BTreeMap<Symbol, Taken>,
}

/// What an operation took of what gives one value after the other.
#[derive(Default)]
struct Taken {
    seen: u64,
    /// How many it took where there may have been more: the fewest and the most.
    some: Option<(usize, usize)>,
    /// The most that it took where that was not as many as it asked for.
    all: Option<usize>,
}

impl Taken {
    fn add(&mut self, count: usize, over: bool) {
        self.seen += 1;
        if over {
            self.all = self.all.max(Some(count));
        } else {
            let (fewest, most) = self.some.unwrap_or((count, count));
            self.some = Some((fewest.min(count), most.max(count)));
        }
    }

    /// All there is (true), always so many, or (false) what depends.
    fn fact(&self) -> Datum {
        match (self.some, self.all) {
            (None, _) => Datum::Bool(true),
            (Some((fewest, most)), all) if fewest == most && all.is_none_or(|all| all < most) => Datum::int(most as i64),
            _ => Datum::Bool(false),
        }
    }
}

#[derive(Default)]
struct Kept {
    /// How often each example was seen.
    seen: FxHashMap<u64, u32>,
    /// How often it could not be seen what elements there were.
    hidden: u32,
    /// With a hash each, so that those kept are spread over the record and the same in every run.
    rows: Vec<(u64, Example)>,
}

impl Kept {
    /// Leaves so many: first a few of each look, then any.
    fn truncate(&mut self, most: usize) {
        self.rows.sort_by_key(|(hash, _)| *hash);
        let mut looks: FxHashMap<Look, usize> = FxHashMap::default();
        let mut rank = |example: &Example| {
            let alike = looks.entry(Look::of(example)).or_default();
            *alike += 1;
            (*alike).min(ALIKE + 1)
        };
        let mut ranked: Vec<(usize, (u64, Example))> =
            std::mem::take(&mut self.rows).into_iter().map(|row| (rank(&row.1), row)).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        let rare = ranked.partition_point(|(rank, _)| *rank <= ALIKE).min(most / 2);
        ranked[rare..].sort_by_key(|(_, (hash, _))| *hash);
        ranked.truncate(most);
        self.rows = ranked.into_iter().map(|(_, row)| row).collect();
        self.rows.sort_by_key(|(hash, _)| *hash);
    }
}

impl Evidence {
    /// Takes what a checked episode shows, but for the uses of operations at these places.
    pub fn add(&mut self, world: &mut World, episode: &Episode, findings: &Findings, without: &[usize]) {
        for (word, value) in &findings.words {
            let known = self.words.entry(*word).or_insert((*value, 0));
            if known.0 == *value {
                known.1 += 1;
            } else {
                self.fickle.insert(*word);
            }
        }
        self.results.extend(findings.results.iter().copied());
        self.note_taken(world, episode, findings);
        for (i, op) in findings.ops.iter().enumerate().filter(|(i, _)| !without.contains(i)) {
            let is_last = i + 1 == findings.ops.len();
            if is_disputed(world, episode, findings, op) {
                continue;
            }
            match example(world, episode, findings, op, is_last) {
                Some(example) => self.insert(op.key, example),
                None if matches!(op.result, OpResult::Elements(..)) => self.note_hidden(world, episode, findings, op),
                None => {}
            }
        }
    }

    /// Notes that a walk through something did not show its elements.
    fn note_hidden(&mut self, world: &mut World, episode: &Episode, findings: &Findings, op: &OpUse) {
        if let Some(args) = op.operands(findings, world, episode) {
            let classes = args.iter().map(Datum::class).collect();
            self.examples.entry(op.key).or_default().entry(classes).or_default().hidden += 1;
        }
    }

    /// Notes how much operations took of what gives one value after the other.
    fn note_taken(&mut self, world: &World, episode: &Episode, findings: &Findings) {
        let during = episode.began..episode.ended;
        for op in findings.ops.iter().filter(|op| matches!(op.result, OpResult::Gave(_))) {
            let operands = op.args.iter().filter_map(|v| world.lazy(findings.value(*v)?));
            for object in operands.filter(|object| world.goes_on(*object, episode.began)) {
                let taken = world.grown(object, during.clone());
                self.taken.entry(op.key).or_default().add(taken, episode.over.contains(&object));
            }
        }
    }

    /// Adds one example unless it is known, too large, or holds what could not be observed.
    pub fn insert(&mut self, key: Symbol, example: Example) {
        use std::hash::{Hash, Hasher};
        if example.args.iter().map(size).sum::<usize>() > LARGEST {
            return;
        }
        let mut classes: Vec<Symbol> = example.args.iter().map(Datum::class).collect();
        classes.extend(&example.names);
        // What a builtin thing has under a name is a fact of its own: as many are kept for each such thing.
        if let [Datum::Atom(of), Datum::Text(_)] = example.args.as_slice() {
            classes.push(*of);
        }
        // Texts that say what is to be done: as many of each kind.
        if example.args.len() > 1 {
            let says = |arg: &Datum| if let Datum::Text(text) = arg { Some(Pattern::frame(text)) } else { None };
            let framed = |frame: &String| frame.contains('9') && Pattern::says(frame);
            classes.extend(example.args.iter().filter_map(says).filter(framed).map(|frame| Symbol::new(&frame)));
        }
        let mut hasher = rustc_hash::FxHasher::default();
        // Texts, not addresses: the choice must be the same in every run.
        for arg in &example.args {
            arg.to_string().hash(&mut hasher);
        }
        // Operands that look alike may be one or several.
        let identities = Datum::identities(&example.args);
        if identities.iter().enumerate().any(|(i, first)| i != *first) {
            identities.hash(&mut hasher);
        }
        matches!(example.outcome, Outcome::Raised(_)).hash(&mut hasher);
        let hash = hasher.finish().wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let kept = self.examples.entry(key).or_default().entry(classes).or_default();
        let times = kept.seen.entry(hash).or_default();
        *times += 1;
        if *times > 1 {
            return;
        }
        kept.rows.push((hash, example));
        if kept.rows.len() > 4 * KEPT {
            kept.truncate(2 * KEPT);
        }
    }

    /// Takes that a value was tested, and whether it counted as true.
    pub fn add_truth(&mut self, value: Datum, is_true: bool) {
        self.insert(Symbol::new(TRUTH), Example::pure(vec![value], Datum::Bool(is_true)));
    }

    /// All examples by operation, in a fixed order.
    pub fn into_examples(mut self) -> BTreeMap<Symbol, Vec<Example>> {
        for (key, taken) in std::mem::take(&mut self.taken).into_iter().filter(|(_, taken)| taken.seen >= SEEN) {
            for _ in 0..taken.seen.min(FACT) {
                self.insert(Symbol::new(TAKES), Example::pure(vec![Datum::Atom(key)], taken.fact()));
            }
        }
        let finish = |(key, groups): (Symbol, FxHashMap<Vec<Symbol>, Kept>)| {
            let mut groups: Vec<_> = groups.into_iter().collect();
            groups.sort_by(|a, b| a.0.cmp(&b.0));
            let mut all = Vec::new();
            for (_, mut kept) in groups {
                kept.truncate(KEPT);
                let Kept { seen, rows, hidden } = kept;
                let gave_some =
                    rows.iter().any(|(_, example)| matches!(&example.outcome, Outcome::Gave { value, .. } if size(value) > 1));
                if !gave_some && hidden > HIDDEN * seen.values().sum::<u32>() {
                    continue;
                }
                all.extend(rows.into_iter().map(|(hash, example)| Example { times: seen[&hash], ..example }));
            }
            (key, all)
        };
        self.examples.into_iter().map(finish).collect()
    }
}

/// Whether it cannot be told what of a change an operation did, as another one in the same episode may have done it.
fn is_disputed(world: &World, episode: &Episode, findings: &Findings, op: &OpUse) -> bool {
    let is_changed = |v: Val| world.object(v).is_some_and(|object| episode.changed.contains(&object));
    let may_change = |op: &OpUse| {
        // What gives something that is taken is done for that.
        let gives = match &op.result {
            OpResult::Gave(v) => findings.value(*v).is_some_and(|v| v != World::NONE) || op.decided(findings).is_some(),
            OpResult::Elements(..) | OpResult::Raised => true,
        };
        !gives && op.args.iter().filter_map(|v| findings.value(*v)).any(is_changed)
    };
    may_change(op) && findings.ops.iter().filter(|other| may_change(other)).count() > 1
}

fn example(world: &mut World, episode: &Episode, findings: &Findings, op: &OpUse, is_last: bool) -> Option<Example> {
    let vals = findings.values(&op.args)?;
    let args = op.operands(findings, world, episode)?;
    // An error of what is only asked for more is none of the operation's.
    if matches!(op.result, OpResult::Raised) && vals.iter().any(|v| world.lazy(*v).is_some_and(|object| world.failed(object))) {
        return None;
    }
    if args.iter().any(|arg| matches!(arg, Datum::Opaque(..))) {
        return None;
    }
    let outcome = match &op.result {
        OpResult::Raised => Outcome::Raised(world.snapshot(episode.value, episode.ended)),
        OpResult::Elements(elements, complete) => {
            if !complete || episode.lazy {
                return None;
            }
            // What was changed while it was walked through gave other elements than it held at first.
            if world.snapshot(vals[0], op.at) != world.snapshot(vals[0], episode.ended) {
                return None;
            }
            let items = findings.values(elements)?;
            // Where it waited in between, not all that it took may be seen.
            let took = |arg: &Datum| matches!(arg, Datum::Compound(c) if parts(&c.body).count() >= items.len());
            if world.lazy(vals[0]).is_some() && !args.first().is_some_and(took) {
                return None;
            }
            Outcome::gave(Datum::seq(Symbol::neutral(), world.snapshots(&items, op.at)))
        }
        // Of what is only asked whether something holds, that is all there is to learn.
        OpResult::Gave(_) if [CATCHES, CLOSES].contains(&op.key.as_str()) && op.decided(findings).is_some() => {
            Outcome::gave(Datum::Bool(op.decided(findings)?))
        }
        OpResult::Gave(v) => {
            // What nothing takes is nothing; but what was only tested is something.
            let value = match findings.value(*v) {
                None if is_last && !findings.is_hidden(*v) && op.decided(findings).is_none() => World::NONE,
                value => value?,
            };
            let mut changes = Vec::new();
            if is_last {
                for object in &episode.changed {
                    let position = vals.iter().position(|v| world.object(*v) == Some(*object))?;
                    let after = world.reference(*object);
                    changes.push((position, world.snapshot(after, episode.ended)));
                }
            }
            let out = if is_last { episode.out.clone() } else { String::new() };
            // What was printed may be what a function printed that the operation was given.
            if !out.is_empty() && args.iter().any(|arg| matches!(arg, Datum::Compound(_)) && holds_function(arg)) {
                return None;
            }
            Outcome::Gave { value: world.snapshot(value, episode.ended), changes, out }
        }
    };
    Some(Example { args, names: op.names.clone(), outcome, times: 1 })
}

fn holds_function(datum: &Datum) -> bool {
    match datum {
        Datum::Atom(_) | Datum::Bound(..) | Datum::Function(_) => true,
        Datum::Compound(c) => parts(&c.body).any(holds_function),
        _ => false,
    }
}

fn parts(body: &Body<Datum>) -> Box<dyn Iterator<Item = &Datum> + '_> {
    match body {
        Body::Seq(items) | Body::Set(items) => Box::new(items.iter()),
        Body::Map(entries) => Box::new(entries.iter().flat_map(|(key, to)| [key, to])),
        Body::Record(fields) => Box::new(fields.iter().map(|(_, to)| to)),
    }
}

/// What of an example can be seen from afar: how much its operands hold, and how it ended.
#[derive(PartialEq, Eq, Hash)]
struct Look {
    held: Vec<usize>,
    raised: bool,
    /// The name of what it gave.
    named: Option<Symbol>,
    /// The first sign in a text it gave that no text among its operands holds: each may stand for something else there.
    made: Option<char>,
}

impl Look {
    fn of(example: &Example) -> Self {
        let held = |datum: &Datum| match datum {
            Datum::Text(text) => text.chars().take(4).count(),
            Datum::Compound(_) => size(datum).min(3) - 1,
            Datum::Int(n) => (n.cmp(&Default::default()) as i8 + 1) as usize,
            _ => 0,
        };
        let named = match &example.outcome {
            Outcome::Gave { value: Datum::Bound(name, _) | Datum::Atom(name), .. } => Some(*name),
            _ => None,
        };
        let raised = matches!(example.outcome, Outcome::Raised(_));
        let is_new = |c: &char| {
            let holds = |arg: &Datum| matches!(arg, Datum::Text(text) if text.contains(*c));
            !c.is_alphanumeric() && !example.args.iter().any(holds)
        };
        let made = match &example.outcome {
            Outcome::Gave { value: Datum::Text(text), .. } => text.chars().find(is_new),
            _ => None,
        };
        Self { held: example.args.iter().map(held).collect(), raised, named, made }
    }
}

fn size(datum: &Datum) -> usize {
    1 + match datum {
        Datum::Text(text) => text.len() / 8,
        Datum::Bound(_, of) => size(of),
        Datum::Compound(c) => parts(&c.body).map(size).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operands_that_look_alike_may_be_one_or_several() {
        let (key, mut evidence) = (Symbol::new("same"), Evidence::default());
        let list = |label: u32| Datum::compound(Symbol::new("list"), label, Body::Seq(vec![Datum::int(1)]));
        for (a, b, is_same) in [(7, 7, true), (7, 8, false), (3, 3, true), (0, 0, false)] {
            evidence.insert(key, Example::pure(vec![list(a), list(b)], Datum::Bool(is_same)));
        }
        assert_eq!(evidence.into_examples()[&key].len(), 2);
    }

    #[test]
    fn what_is_mostly_hidden_is_not_told_by_the_rest() {
        let walk = |n: i64, most: i64| {
            let elements = (0..n.min(most)).map(Datum::int).collect();
            Example::pure(vec![Datum::int(n)], Datum::seq(Symbol::neutral(), elements))
        };
        let kept = |most: i64, hidden: u32| {
            let (key, mut evidence) = (Symbol::new("walk"), Evidence::default());
            (0..5).for_each(|n| evidence.insert(key, walk(n, most)));
            let groups = evidence.examples.get_mut(&key).expect("examples");
            groups.values_mut().for_each(|kept| kept.hidden = hidden);
            evidence.into_examples()[&key].len()
        };
        assert_eq!((kept(0, 0), kept(0, 5 * HIDDEN), kept(0, 5 * HIDDEN + 1)), (5, 5, 0));
        assert_eq!(kept(3, 5 * HIDDEN + 1), 5, "some elements were seen");
    }
}
