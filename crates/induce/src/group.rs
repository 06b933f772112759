//! Examples of an operation by what their operands are: the overloads that are searched for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use mimus_core::{Body, Datum, Meaning, Symbol};
use mimus_knowledge::{Overload, Pattern, Rival, narrowness};

use crate::case::{distinct, evidence};
use crate::circle::{is_circle, passes_on};
use crate::example::{Example, Outcome};
use crate::opening;
use crate::vocabulary::Operations;

/// Examples of one overload, and what was found for it.
#[derive(Clone)]
pub struct Group {
    pub key: Symbol,
    pub takes: Vec<Pattern>,
    pub examples: Vec<Example>,
    /// One of them, for people.
    pub example: String,
    pub seen: usize,
    /// How often, with those that are alike.
    pub met: u64,
    /// How much the distinct examples tell, in examples.
    pub evidence: f64,
    pub rivals: Vec<Rival<Meaning>>,
    /// What was found for it before and does more than pass its operands on: it comes back if what took its place goes.
    pub aside: Vec<Rival<Meaning>>,
    /// The surest that was ever found for it and does more than pass its operands on.
    pub past: Vec<Rival<Meaning>>,
    /// Examples that the best of them is wrong on.
    pub exceptions: usize,
    /// What was found for it is undefined on some examples.
    pub partly: bool,
    /// What was found for it was refuted by what became of the operations that it called.
    pub lost: bool,
    /// A part for which the meaning of the whole is right.
    pub needless: bool,
    /// Made of a group whose operands hold elements of several classes.
    pub refined: bool,
    pub covered: Covered,
    /// What was found for it is less sure than a meaning over all operands that explains it.
    pub outdone: bool,
    /// The budget and vocabulary with which it was tried last.
    pub tried: (u64, usize),
    /// The overloads of its own operation that had a meaning then.
    pub own_words: usize,
    /// What was found for parts of it then.
    pub given: usize,
}

/// Whether a group without a meaning is left to one for more operands than its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Covered {
    /// Its examples speak against any such.
    No,
    /// They do not say anything: it may get a meaning of its own yet.
    Unrefuted,
    /// That meaning was found for many numbers of operands.
    Fully,
}

/// Examples of one overload that a search takes: more would only cost time.
const MOST_EXAMPLES: usize = 600;
/// Parts of texts by how they are spelled, and by a mark that they do not hold, that are looked at for themselves.
const SPELLED: usize = 6;
const WITHOUT: usize = 3;
/// Examples with ordinary operands alone (no negative integers, no texts but ASCII) that are looked at for themselves.
const ORDINARY: usize = 8;
/// Examples with a text of the same frame that are looked at for themselves, and how many such groups an overload may have.
const FRAMED: usize = 5;
/// Frames of marks and numbers that make it clear that texts say something.
const SAYING: usize = 3;
/// Sets of classes of elements that go together that are looked at for themselves.
const CLIQUES: usize = 4;
const MOST_FRAMES: usize = 40;

/// Groups examples by the classes of their operands.
pub fn group(key: Symbol, examples: &[Example]) -> Vec<Group> {
    let mut by_takes: BTreeMap<Vec<Pattern>, Vec<Example>> = BTreeMap::new();
    for example in examples {
        let example = ordered(example);
        let first_name = example.args.len() - example.names.len().min(example.args.len());
        let pattern = |(i, arg): (usize, &Datum)| Pattern {
            name: i.checked_sub(first_name).and_then(|i| example.names.get(i)).copied(),
            ..Pattern::class(arg.class())
        };
        let takes = example.args.iter().enumerate().map(pattern).collect();
        by_takes.entry(takes).or_default().push(example);
    }
    by_takes.into_iter().map(|(takes, examples)| Group::new(key, takes, examples, false)).collect()
}

/// Named operands sorted by name.
fn ordered(example: &Example) -> Example {
    let mut example = example.clone();
    let first = example.args.len() - example.names.len().min(example.args.len());
    let mut named: Vec<(Symbol, usize)> = example.names.iter().enumerate().map(|(i, name)| (*name, first + i)).collect();
    named.sort();
    if named.iter().map(|(_, at)| *at).eq(first..example.args.len()) {
        return example;
    }
    let order: Vec<usize> = (0..first).chain(named.iter().map(|(_, at)| *at)).collect();
    example.args = order.iter().map(|at| example.args[*at].clone()).collect();
    example.names = named.into_iter().map(|(name, _)| name).collect();
    if let Outcome::Gave { changes, .. } = &mut example.outcome {
        for (operand, _) in changes {
            *operand = order.iter().position(|at| at == operand).unwrap_or(*operand);
        }
    }
    example
}

/// Whether it tells what a builtin thing has under a name.
fn is_member(example: &Example) -> bool {
    matches!(example.args.as_slice(), [Datum::Atom(_), Datum::Text(_)])
}

impl Group {
    pub fn new(key: Symbol, takes: Vec<Pattern>, examples: Vec<Example>, refined: bool) -> Self {
        let told = distinct(&examples).0;
        let (seen, evidence) = (told.len(), evidence(&told));
        let met = examples.iter().map(|e| u64::from(e.times)).sum();
        // Evenly over all of them: a lesson's examples come in the order in which it was written. But what a thing has under a name is
        // a fact that no other example tells.
        let is_fact = |e: &&Example| {
            let named = matches!(&e.outcome, Outcome::Gave { value: Datum::Bound(..) | Datum::Atom(_), .. });
            is_member(e) || named && matches!(e.args.as_slice(), [_, Datum::Text(_)])
        };
        let are_facts = examples.iter().filter(is_fact).count() * 2 > examples.len();
        let step = if are_facts { 1 } else { examples.len().div_ceil(MOST_EXAMPLES).max(1) };
        let examples: Vec<Example> = if step == 1 { examples } else { examples.into_iter().step_by(step).collect() };
        let example = examples.first().map_or(String::new(), Example::describe);
        Self {
            key,
            takes,
            examples,
            example,
            seen,
            met,
            evidence,
            rivals: vec![],
            aside: vec![],
            past: vec![],
            exceptions: 0,
            partly: false,
            lost: false,
            needless: false,
            refined,
            covered: Covered::No,
            outdone: false,
            tried: (0, 0),
            own_words: 0,
            given: 0,
        }
    }
}

impl Group {
    /// The part of it whose operand holds, or is spelled as, so much.
    pub fn part(&self, operand: usize, elements: Symbol) -> Self {
        let mut takes = self.takes.clone();
        takes[operand].elements = Some(elements);
        let fits = |e: &&Example| takes[operand].fits_datum(&e.args[operand]);
        let examples = self.examples.iter().filter(fits).cloned().collect();
        Self::new(self.key, takes, examples, true)
    }

    /// Whether it was made of another group: the same operands, but for what they hold.
    pub fn is_part_of(&self, whole: &Self) -> bool {
        let same = |(a, b): (&Pattern, &Pattern)| a.class == b.class && a.name == b.name;
        self.refined
            && !whole.refined
            && self.key == whole.key
            && self.takes.len() == whole.takes.len()
            && self.takes.iter().zip(&whole.takes).all(same)
    }

    /// What it has in common with the group that it was made of, and with the other parts of that.
    pub fn whole(&self) -> (Symbol, Vec<Pattern>) {
        (self.key, self.takes.iter().map(|pattern| Pattern { elements: None, ..pattern.clone() }).collect())
    }

    /// Whether it was made of the same group, of texts that are alike, as another for all that begin so.
    pub fn begins_as(&self, other: &Self) -> bool {
        let within = |(own, other): (&Pattern, &Pattern)| match (own.frame_of(), other.opening()) {
            (Some(frame), Some(opening)) => opening.fits(frame) && own.class == other.class,
            (None, Some(opening)) => own.opening().is_some_and(|own| own.tells_more_than(&opening)),
            _ => other.covers(own) && own.name == other.name,
        };
        let has_opening = other.takes.iter().any(|pattern| pattern.opening().is_some());
        has_opening
            && self.key == other.key
            && self.takes.len() == other.takes.len()
            && self.takes.iter().zip(&other.takes).all(within)
    }

    /// Whether it was seen to give something.
    pub fn gives(&self) -> bool {
        self.examples.iter().any(|example| matches!(example.outcome, Outcome::Gave { .. }))
    }

    /// Whether it may tell what holds for anything: it is no part, and not about things of a program's own, which may have their own way.
    pub fn speaks_for_all(&self) -> bool {
        let is_thing = |arg: &Datum| matches!(arg, Datum::Opaque(..));
        !self.refined && !self.examples.first().is_some_and(|example| example.args.iter().any(is_thing))
    }

    /// Whether it is about an operand that holds nothing.
    pub fn is_of_nothing(&self) -> bool {
        self.takes.iter().any(|pattern| pattern.elements.is_some_and(|class| class.as_str().is_empty()))
    }

    /// Whether it is about what builtin things have under names.
    pub fn is_of_members(&self) -> bool {
        self.examples.first().is_some_and(is_member)
    }

    /// Leaves to a part of it that has a meaning what that takes, if it holds nothing.
    pub fn leave_to(&mut self, part: &Self) {
        if part.is_of_nothing() && part.is_part_of(self) {
            let is_left = |e: &Example| part.takes.iter().zip(&e.args).all(|(pattern, arg)| pattern.fits_datum(arg));
            self.examples.retain(|example| !is_left(example));
            self.evidence = evidence(&distinct(&self.examples).0);
        }
    }

    /// Puts what was found for it in the place of what was known.
    pub fn tell(&self, operations: &mut Operations) {
        let overloads = &mut Arc::make_mut(operations.entry(self.key).or_default()).overloads;
        match overloads.iter_mut().find(|overload| overload.takes == self.takes) {
            Some(overload) => overload.meanings.clone_from(&self.rivals),
            None => {
                let at = overloads.partition_point(|o| narrowness(&o.takes) <= narrowness(&self.takes));
                overloads.insert(at, self.overload());
            }
        }
    }

    /// Takes what explains all of it in the place of what was found for it, unless that leads back to itself.
    pub fn adopt(&mut self, rival: Rival<Meaning>, operations: &mut Operations) {
        if !is_circle(self.key, &self.takes, &rival.meaning, operations) {
            self.partly = false;
            self.take(vec![rival], operations);
        }
    }

    /// Takes these in the place of what was found for it.
    pub fn take(&mut self, rivals: Vec<Rival<Meaning>>, operations: &mut Operations) {
        let before = std::mem::replace(&mut self.rivals, rivals);
        if before.first().is_some_and(|best| !passes_on(&self.takes, &best.meaning)) {
            self.aside = before;
        }
        self.tell(operations);
    }

    /// Keeps what is known of it now for the time when it may be lost.
    pub fn remember(&mut self) {
        if self.rivals.first().is_some_and(|best| !passes_on(&self.takes, &best.meaning))
            && self.share() >= sum_of_shares(&self.past)
        {
            self.past.clone_from(&self.rivals);
        }
    }

    /// Takes away what leads back to itself; if nothing else is left, what was found before comes back.
    pub fn keep_straight(&mut self, operations: &mut Operations) {
        let before = self.rivals.len();
        self.rivals.retain(|rival| !is_circle(self.key, &self.takes, &rival.meaning, operations));
        if self.rivals.len() < before {
            self.fall_back();
            self.tell(operations);
        }
    }

    /// What was found before comes back, if nothing is left.
    pub fn fall_back(&mut self) {
        if self.rivals.is_empty() {
            self.rivals = std::mem::take(&mut self.aside);
        }
    }

    /// Whether the operation is known for more than when it was tried last, which it may have to do to what its operand holds.
    pub fn knows_more(&self, operations: &Operations) -> bool {
        let holds_some = matches!(self.examples.first(), Some(e) if matches!(e.args.as_slice(), [Datum::Compound(_)]));
        holds_some && self.own_words < own_words(self.key, operations)
    }

    /// What it adds to its operation.
    pub fn overload(&self) -> Overload {
        let example = self.example.clone();
        Overload { takes: self.takes.clone(), seen: self.seen as u64, example, meanings: self.rivals.clone() }
    }

    /// Which operands have which names.
    pub fn names(&self) -> Vec<Option<Symbol>> {
        self.takes.iter().map(|pattern| pattern.name).collect()
    }

    /// How surely it is known what it does.
    pub fn share(&self) -> f64 {
        sum_of_shares(&self.rivals)
    }
}

/// The overloads of an operation that have a meaning.
pub fn own_words(key: Symbol, operations: &Operations) -> usize {
    operations.get(&key).into_iter().flat_map(|operation| &operation.overloads).filter(|o| !o.meanings.is_empty()).count()
}

/// How surely something is known, if these are what it may be.
pub fn sum_of_shares<T>(rivals: &[Rival<T>]) -> f64 {
    rivals.iter().map(|rival| rival.share).sum()
}

/// Groups of one operation that are alike in something; those that have none of it are left out.
pub fn alike<K: Ord>(groups: &[Group], by: impl Fn(&Group) -> Option<K>) -> Vec<Vec<usize>> {
    let mut alike: BTreeMap<(Symbol, K), Vec<usize>> = BTreeMap::new();
    for (i, group) in groups.iter().enumerate() {
        if let Some(what) = by(group) {
            alike.entry((group.key, what)).or_default().push(i);
        }
    }
    alike.into_values().collect()
}

/// Groups by the class of the elements of an operand, where that tells examples apart.
pub fn refine(group: &Group) -> Vec<Group> {
    if group.refined {
        return vec![];
    }
    if group.takes.len() == 1 && group.examples.iter().all(|e| matches!(e.args[0], Datum::Text(_))) {
        return refine_text(group);
    }
    if let Some(Example { args, .. }) = group.examples.first()
        && args.len() > 1
        && matches!(args[0], Datum::Atom(_))
    {
        let is_one = group.examples.iter().all(|example| example.args[0] == args[0]);
        return if is_one { (1..args.len()).flat_map(|operand| cliques(group, operand)).collect() } else { refine_atoms(group) };
    }
    let mut parts: Vec<Group> =
        empty(group).into_iter().chain(natural(group)).chain(by_sign(group)).chain(ascii(group)).collect();
    let mut is_first = true;
    for operand in 0..group.takes.len() {
        let classes = held_classes(group, operand);
        if classes.len() < 2 {
            continue;
        }
        let with = |class: Symbol| {
            let part = group.part(operand, class);
            let telling = part.examples.iter().filter(|e| !element_classes(&e.args[operand]).is_empty()).count();
            (telling >= 3).then_some(part)
        };
        if is_first {
            parts.extend(classes.iter().copied().filter_map(with));
        }
        is_first = false;
        parts.extend(together(group, operand, &classes));
    }
    parts.extend(framed(group));
    parts.extend(opening::parts(group));
    parts
}

/// The classes of all that an operand holds in some example.
fn held_classes(group: &Group, operand: usize) -> Vec<Symbol> {
    let held: BTreeSet<Symbol> = group.examples.iter().flat_map(|e| element_classes(&e.args[operand])).collect();
    held.into_iter().collect()
}

fn cliques(group: &Group, operand: usize) -> Vec<Group> {
    let classes = held_classes(group, operand);
    if classes.len() < 2 { vec![] } else { together(group, operand, &classes) }
}

/// The parts whose operand holds elements of several classes that go together, where others do not: that is, what gave a value
/// held them, and what raised an error held one that nothing else held, or two that nothing else held together.
fn together(group: &Group, operand: usize, classes: &[Symbol]) -> Vec<Group> {
    let held = |gave: bool| {
        let ended = move |e: &&Example| matches!(e.outcome, Outcome::Gave { .. }) == gave;
        group.examples.iter().filter(ended).map(|e| element_classes(&e.args[operand])).collect::<Vec<_>>()
    };
    let (gave, raised) = (held(true), held(false));
    let fits = |all: &[Symbol]| all.iter().all(|class| gave.iter().any(|held| held.contains(class)));
    let fine: Vec<Symbol> = classes.iter().copied().filter(|class| fits(&[*class])).collect();
    let at_odds = |a: Symbol, b: Symbol| {
        let both = |held: &Vec<Symbol>| held.contains(&a) && held.contains(&b);
        raised.iter().any(|held| both(held) && fits(held)) && !gave.iter().any(both)
    };
    let mut cliques: Vec<Vec<Symbol>> = vec![];
    for class in &fine {
        let mut clique = vec![*class];
        let others = fine.iter().filter(|other| *other != class);
        others.for_each(|other| {
            if clique.iter().all(|one| !at_odds(*one, *other)) {
                clique.push(*other)
            }
        });
        clique.sort();
        if !(2..classes.len()).contains(&clique.len()) || cliques.contains(&clique) {
            continue;
        }
        cliques.push(clique);
    }
    cliques.truncate(CLIQUES);
    let part = |clique: Vec<Symbol>| group.part(operand, Pattern::any().of_any(&clique).elements.expect("classes were given"));
    cliques.into_iter().map(part).collect()
}

/// Where a text says what is to be done with another operand: groups by how it is made but for the numbers in it.
fn framed(group: &Group) -> Vec<Group> {
    let text = |example: &Example, operand: usize| match &example.args[operand] {
        Datum::Text(text) => Some(Pattern::frame(text)),
        _ => None,
    };
    for operand in (0..group.takes.len()).rev().filter(|_| group.takes.len() > 1) {
        let mut frames: BTreeMap<String, usize> = BTreeMap::new();
        group.examples.iter().filter_map(|e| text(e, operand)).for_each(|frame| *frames.entry(frame).or_default() += 1);
        let says = |frame: &&String| Pattern::says(frame) && frames[*frame] >= FRAMED;
        let most = frames.keys().filter(says).map(|frame| frames[frame]).sum::<usize>() * 2 >= group.examples.len();
        // Marks with numbers among them are seldom met by chance.
        let many = frames.keys().filter(|frame| says(frame) && frame.contains('9')).count() >= SAYING;
        if !(most || many) || frames.len() < 2 {
            continue;
        }
        let mut chosen: Vec<(String, usize)> = frames.into_iter().filter(|(_, n)| *n >= FRAMED).collect();
        chosen.sort_by_key(|(frame, n)| (std::cmp::Reverse(*n), frame.clone()));
        let part = |(frame, _): (String, usize)| {
            let elements = Pattern::any().framed(&frame).elements?;
            Some(group.part(operand, elements))
        };
        let parts = chosen.into_iter().take(MOST_FRAMES).filter_map(part);
        // What is to be done with a negative number is often another matter.
        return parts
            .flat_map(|part| [natural(&part), negative(&part), Some(part)].into_iter().flatten().collect::<Vec<_>>())
            .collect();
    }
    vec![]
}

/// What happens to an operand that holds nothing, where others hold something: often a case of its own.
fn empty(group: &Group) -> Option<Group> {
    if group.takes.len() != 1 || !group.examples.iter().all(|e| matches!(e.args[0], Datum::Compound(_))) {
        return None;
    }
    let part = group.part(0, Symbol::new(""));
    (!part.examples.is_empty() && part.examples.len() < group.examples.len()).then_some(part)
}

/// What happens for texts of ASCII characters alone, where there are others: what holds for letters seldom holds for all that the world
/// writes with.
fn ascii(group: &Group) -> Option<Group> {
    ordinary(group, |datum| matches!(datum, Datum::Text(_)), Pattern::ascii)
}

/// What happens for integers that are not negative, where there are others: places and counts mean something else there.
fn natural(group: &Group) -> Option<Group> {
    // Of a number alone the sign is as good a test as any.
    let is_int = |datum: &Datum| matches!(datum, Datum::Int(_));
    if group.takes.len() > 1 { ordinary(group, is_int, Pattern::natural) } else { None }
}

/// What happens for integers that are negative, where there are others.
fn negative(group: &Group) -> Option<Group> {
    let is_int = |datum: &Datum| matches!(datum, Datum::Int(_));
    if group.takes.len() > 1 { ordinary(group, is_int, Pattern::negative) } else { None }
}

/// What happens where one of several integers is negative, and where it is not: a step that leads back is another matter.
fn by_sign(group: &Group) -> Vec<Group> {
    let is_mixed = |operand: &usize| {
        let mut of = group.examples.iter().map(|e| &e.args[*operand]);
        let is_natural = |datum: &Datum| Pattern::class(datum.class()).natural().fits_datum(datum);
        of.clone().all(|datum| matches!(datum, Datum::Int(_))) && of.clone().any(is_natural) && of.any(|datum| !is_natural(datum))
    };
    let mixed: Vec<usize> = (0..group.takes.len()).filter(is_mixed).collect();
    if group.takes.len() < 2 {
        return vec![];
    }
    // Where there is one alone, `natural` tells its better half.
    let signs = |operand: usize| {
        let pattern = &group.takes[operand];
        let natural = (mixed.len() > 1).then(|| pattern.clone().natural());
        natural.into_iter().chain([pattern.clone().negative()]).map(move |pattern| (operand, pattern.elements))
    };
    let parts = mixed.iter().flat_map(|operand| signs(*operand)).filter_map(|(operand, sign)| Some(group.part(operand, sign?)));
    parts.filter(|part| part.examples.len() >= ORDINARY).collect()
}

/// The part of a group whose operands of some kind are of the ordinary ones of that kind, where others are not.
fn ordinary(group: &Group, is_kind: fn(&Datum) -> bool, narrowed: fn(Pattern) -> Pattern) -> Option<Group> {
    let elements = |operand: usize| narrowed(group.takes[operand].clone());
    let is_mixed = |operand: &usize| {
        let pattern = elements(*operand);
        let mut of = group.examples.iter().map(|e| &e.args[*operand]);
        of.clone().all(is_kind) && of.any(|datum| !pattern.fits_datum(datum))
    };
    let part = (0..group.takes.len()).filter(is_mixed).fold(None, |part: Option<Group>, operand| {
        Some(part.as_ref().unwrap_or(group).part(operand, elements(operand).elements?))
    })?;
    (part.examples.len() >= ORDINARY).then_some(part)
}

/// Groups by which thing the first operand is: each is a case of its own.
fn refine_atoms(group: &Group) -> Vec<Group> {
    let mut by_name: BTreeMap<Symbol, Vec<Example>> = BTreeMap::new();
    for example in &group.examples {
        if let Datum::Atom(name) = &example.args[0] {
            by_name.entry(*name).or_default().push(example.clone());
        }
    }
    let with = |(name, examples): (Symbol, Vec<Example>)| {
        let mut takes = group.takes.clone();
        takes[0].elements = Some(name);
        Group::new(group.key, takes, examples, true)
    };
    if by_name.len() < 2 { vec![] } else { by_name.into_iter().map(with).collect() }
}

/// Groups by how a text is spelled, and by what it does not hold: part of an operation's texts may be easy.
fn refine_text(group: &Group) -> Vec<Group> {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let text = |example: &Example| if let Datum::Text(text) = &example.args[0] { Some(text.clone()) } else { None };
    let texts: BTreeSet<_> = group.examples.iter().filter_map(text).collect();
    let all = texts.len();
    for text in &texts {
        let spelling = Pattern::spelling(text);
        if spelling.chars().count() <= 5 {
            *kinds.entry(spelling).or_default() += 1;
        }
        let mut marks: Vec<char> = text.chars().filter(|c| !c.is_alphanumeric() && !c.is_whitespace()).collect();
        marks.sort_unstable();
        marks.dedup();
        for mark in marks {
            *kinds.entry(format!("without {mark}")).or_default() += 1;
        }
    }
    let useful = |(kind, count): &(String, usize)| {
        !kind.contains(Pattern::SIGNS)
            && if kind.starts_with("without ") { *count * 50 >= all && *count * 10 <= all * 9 } else { *count >= 6 }
    };
    let (mut without, mut spelled): (Vec<_>, Vec<_>) =
        kinds.into_iter().filter(useful).partition(|(kind, _)| kind.starts_with("without "));
    // What is held by few texts hides little; what is spelled like few others says little.
    without.sort_by_key(|(kind, count)| (*count, kind.clone()));
    spelled.sort_by_key(|(kind, count)| (std::cmp::Reverse(*count), kind.clone()));
    let chosen = spelled.into_iter().take(SPELLED).chain(without.into_iter().take(WITHOUT));
    chosen.map(|(kind, _)| group.part(0, Symbol::new(&kind))).chain(ascii(group)).collect()
}

fn element_classes(datum: &Datum) -> Vec<Symbol> {
    let mut classes: Vec<Symbol> = match datum {
        Datum::Compound(c) => match &c.body {
            Body::Seq(items) | Body::Set(items) => items.iter().map(Datum::class).collect(),
            Body::Map(entries) => entries.iter().map(|(key, _)| key.class()).collect(),
            Body::Record(_) => vec![],
        },
        _ => vec![],
    };
    classes.sort();
    classes.dedup();
    classes
}
