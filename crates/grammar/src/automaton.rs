//! All templates as one automaton: what may come next in a piece that has begun so.

use std::collections::BTreeMap;

use mimus_core::Kind;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::sym::{Alphabet, Item, Kinds, Sym};

/// No state, slot or form.
pub(crate) const NONE: u32 = u32::MAX;

/// The kind and items of a template.
pub(crate) type Shape = (Kind, Vec<Item>);

/// A state: a template that has been read up to here.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub edges: Vec<(Sym, u32)>,
    pub holes: Vec<(Kind, u32)>,
    /// Where a run may be left to, and the weight of that.
    pub exits: Vec<(u32, f64)>,
    pub form: u32,
    /// The slot of the hole that comes next.
    pub slot: u32,
    /// The slot of the first piece, when the symbol after it led here.
    pub left: u32,
    /// The same, when the next symbol is a hole.
    pub left_hole: u32,
    /// The same, when nothing follows.
    pub left_end: u32,
}

/// A place where pieces stand.
#[derive(Clone, Debug)]
pub(crate) struct SlotInfo {
    /// The template up to it, for people and files; unique.
    pub name: String,
    /// The kind of the piece it is in.
    pub inside: Kind,
    /// Kinds that may stand in it.
    pub kinds: Kinds,
    /// For the first hole of a template: the state behind the symbol that follows it.
    pub state: u32,
    /// Is nothing before it?
    pub first: bool,
}

/// The automaton. Forms are numbered in the order of their shapes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Automaton {
    pub states: Vec<State>,
    pub roots: [u32; 5],
    pub forms: Vec<Shape>,
    pub slots: Vec<SlotInfo>,
    names: FxHashMap<String, u32>,
    runs: FxHashMap<(u32, Item), (u32, u32)>,
    /// States behind the first piece of a run.
    run_first: FxHashSet<u32>,
    /// States that a token begins.
    pub starts: FxHashMap<Sym, Vec<u32>>,
    /// Per kind and next token: states that begin with such a piece and the token.
    pub lefts: FxHashMap<(Kind, Sym), Vec<u32>>,
    /// Per kind: states behind a first piece of this kind.
    pub after: [Vec<u32>; 5],
}

/// The weight of a run that ends after its first separator.
const ONE_AND_SEPARATOR: f64 = -6.0;

/// The slot of statements in blocks.
pub(crate) const STATEMENT: u32 = 0;

/// How a piece passes through its template.
#[derive(Clone, Debug, Default)]
pub(crate) struct Path {
    /// The slot of each piece in it.
    pub slots: Vec<u32>,
    /// Does it begin with a piece?
    pub left_open: bool,
    /// Does it end with one?
    pub right_open: bool,
}

impl Automaton {
    pub fn new(shapes: &BTreeMap<Shape, f64>, alphabet: &Alphabet) -> Self {
        let mut a = Self::default();
        a.slot("block <>".into(), Kind::Block, NONE, false);
        a.slots[0].kinds = Kinds::of(Kind::Stmt);
        for kind in 0..5 {
            a.roots[kind] = a.state();
        }
        for shape in shapes.keys() {
            a.insert(shape, alphabet);
        }
        a.index();
        a
    }

    fn state(&mut self) -> u32 {
        self.states.push(State {
            edges: Vec::new(),
            holes: Vec::new(),
            exits: Vec::new(),
            form: NONE,
            slot: NONE,
            left: NONE,
            left_hole: NONE,
            left_end: NONE,
        });
        self.states.len() as u32 - 1
    }

    fn slot(&mut self, name: String, inside: Kind, state: u32, first: bool) -> u32 {
        if let Some(&slot) = self.names.get(&name) {
            return slot;
        }
        let slot = self.slots.len() as u32;
        self.names.insert(name.clone(), slot);
        self.slots.push(SlotInfo { name, inside, kinds: Kinds::default(), state, first });
        slot
    }

    /// The slot with this name.
    pub fn named(&self, name: &str) -> Option<u32> {
        self.names.get(name).copied()
    }

    fn edge(&mut self, from: u32, sym: Sym) -> u32 {
        if let Some(&(_, to)) = self.states[from as usize].edges.iter().find(|e| e.0 == sym && !self.run_first.contains(&e.1)) {
            return to;
        }
        let to = self.state();
        self.states[from as usize].edges.push((sym, to));
        to
    }

    fn hole(&mut self, from: u32, kind: Kind) -> u32 {
        if let Some(&(_, to)) = self.states[from as usize].holes.iter().find(|h| h.0 == kind && !self.run_first.contains(&h.1)) {
            return to;
        }
        let to = self.state();
        self.states[from as usize].holes.push((kind, to));
        to
    }

    /// The first state of a run that begins at `from`, and the state behind it.
    fn run(&mut self, from: u32, item: Item, alphabet: &Alphabet) -> (u32, u32) {
        if let Some(&found) = self.runs.get(&(from, item)) {
            return found;
        }
        let Item::Run { unit, kinds, sep } = item else { return (from, from) };
        let (first, more, behind) = (self.state(), self.state(), self.state());
        self.runs.insert((from, item), (first, behind));
        self.run_first.insert(first);
        let units: Vec<Sym> = match () {
            () if kinds.0 != 0 => Vec::new(),
            () if alphabet.is_quoted(unit) => {
                (Sym::FREE..alphabet.len() as u32).map(Sym).filter(|&s| alphabet.is_quoted(s)).collect()
            }
            () => vec![unit],
        };
        let fill = |a: &mut Self, at: u32, to: u32| {
            for kind in kinds.each() {
                a.states[at as usize].holes.push((kind, to));
            }
            for &sym in &units {
                a.states[at as usize].edges.push((sym, to));
            }
        };
        fill(self, from, first);
        if let Some(sep) = sep {
            let (second, next) = (self.state(), self.state());
            self.states[first as usize].edges.push((sep, second));
            fill(self, second, more);
            self.states[more as usize].edges.push((sep, next));
            fill(self, next, more);
            // A separator may stand before what closes the run.
            if kinds.0 != 0 {
                self.states[next as usize].exits.push((behind, 0.0));
                self.states[second as usize].exits.push((behind, ONE_AND_SEPARATOR));
            }
        } else {
            fill(self, first, more);
            fill(self, more, more);
        }
        self.states[more as usize].exits.push((behind, 0.0));
        (first, behind)
    }

    fn insert(&mut self, shape: &Shape, alphabet: &Alphabet) {
        let (kind, items) = shape;
        let form = self.forms.len() as u32;
        self.forms.push(shape.clone());
        let mut at = self.roots[*kind as usize];
        for (i, item) in items.iter().enumerate() {
            let before = || format!("{} {}", kind.word(), alphabet.internal(&items[..i]));
            match *item {
                Item::One(sym) => match sym.as_hole() {
                    Some(hole) => {
                        if i == 1 && is_hole(&items[0]) {
                            let name = format!("{} <> {}", kind.word(), alphabet.internal(&items[1..2]));
                            self.hole_slot(at, name, *kind);
                        }
                        if i > 0 {
                            self.give_slot(at, before(), *kind, Kinds::of(hole));
                        }
                        at = self.hole(at, hole);
                    }
                    None => {
                        at = self.edge(at, sym);
                        if i == 1 && is_hole(&items[0]) {
                            self.first_slot(at, *kind, sym, alphabet);
                        }
                    }
                },
                Item::Run { kinds, sep, .. } => {
                    let from = at;
                    if i == 1 && is_hole(&items[0]) {
                        let name = format!("{} <> {}", kind.word(), alphabet.internal(&items[1..2]));
                        self.hole_slot(at, name, *kind);
                    }
                    let (first, behind) = self.run(at, *item, alphabet);
                    at = behind;
                    if kinds.0 == 0 {
                        continue;
                    }
                    let slot = if i > 0 {
                        self.give_slot(from, before(), *kind, kinds)
                    } else {
                        self.slot(format!("{} {} <>", kind.word(), alphabet.internal(&items[..1])), *kind, NONE, false)
                    };
                    self.slots[slot as usize].kinds = self.slots[slot as usize].kinds.with(kinds);
                    for state in self.run_states(first) {
                        self.states[state as usize].slot = slot;
                    }
                    if i == 0 {
                        match sep {
                            Some(sep) => {
                                let second = self.states[first as usize].edges[0].1;
                                self.first_slot(second, *kind, sep, alphabet);
                            }
                            None => {
                                let name = format!("{} <> {}", kind.word(), alphabet.internal(&items[..1]));
                                self.hole_slot(first, name, *kind);
                            }
                        }
                    }
                }
            }
        }
        if items.len() == 1 && is_hole(&items[0]) && !matches!(items[0], Item::Run { .. }) {
            let slot = self.slot(format!("{} <>", kind.word()), *kind, at, true);
            self.states[at as usize].left_end = slot;
        }
        self.states[at as usize].form = form;
    }

    fn run_states(&self, first: u32) -> Vec<u32> {
        let mut found = vec![first];
        let mut i = 0;
        while i < found.len() && found.len() < 5 {
            let state = &self.states[found[i] as usize];
            let next: Vec<u32> = state.edges.iter().map(|e| e.1).chain(state.holes.iter().map(|h| h.1)).collect();
            for to in next {
                if !found.contains(&to) && found.len() < 4 {
                    found.push(to);
                }
            }
            i += 1;
        }
        found
    }

    fn first_slot(&mut self, state: u32, kind: Kind, sym: Sym, alphabet: &Alphabet) {
        if self.states[state as usize].left == NONE {
            let mut name = format!("{} <> {}", kind.word(), alphabet.internal(&[Item::One(sym)]));
            // A run and a pair may begin alike.
            while self.names.contains_key(&name) {
                name.push('\'');
            }
            self.states[state as usize].left = self.slot(name, kind, state, true);
        }
    }

    fn hole_slot(&mut self, state: u32, name: String, kind: Kind) {
        if self.states[state as usize].left_hole == NONE {
            let slot = self.slot(name, kind, state, true);
            self.states[state as usize].left_hole = slot;
        }
    }

    fn give_slot(&mut self, state: u32, before: String, kind: Kind, kinds: Kinds) -> u32 {
        let slot = match self.states[state as usize].slot {
            NONE => self.slot(format!("{before} <>"), kind, NONE, false),
            slot => slot,
        };
        self.states[state as usize].slot = slot;
        self.slots[slot as usize].kinds = self.slots[slot as usize].kinds.with(kinds);
        slot
    }

    /// Tables for the reader.
    fn index(&mut self) {
        for kind in [Kind::Stmt, Kind::Expr, Kind::Name, Kind::Part] {
            let root = self.roots[kind as usize];
            let state = self.states[root as usize].clone();
            for (sym, to) in state.edges {
                self.starts.entry(sym).or_default().push(to);
            }
            for (hole, to) in state.holes {
                self.after[hole as usize].push(to);
                let next = self.states[to as usize].clone();
                for (sym, to) in next.edges {
                    self.lefts.entry((hole, sym)).or_default().push(to);
                    let left = self.states[to as usize].left;
                    if left != NONE {
                        self.allow(left, hole);
                    }
                }
                for left in [next.left_hole, next.left_end] {
                    if left != NONE {
                        self.allow(left, hole);
                    }
                }
            }
        }
        for list in self.lefts.values_mut() {
            list.sort_unstable();
            list.dedup();
        }
        for list in &mut self.after {
            list.sort_unstable();
            list.dedup();
        }
    }

    fn allow(&mut self, slot: u32, kind: Kind) {
        let kinds = &mut self.slots[slot as usize].kinds;
        *kinds = kinds.with(Kinds::of(kind));
    }

    /// The slots that a piece of this form gives its pieces; `counts` says how many fill each hole.
    pub fn path(&self, shape: &Shape, counts: &[usize]) -> Option<Path> {
        let (kind, items) = shape;
        let mut path = Path::default();
        let mut at = self.roots[*kind as usize];
        let mut counts = counts.iter();
        path.left_open = items.first().is_some_and(is_hole);
        path.right_open = items.last().is_some_and(is_hole);
        for (i, item) in items.iter().enumerate() {
            let state = &self.states[at as usize];
            match *item {
                Item::One(sym) => match sym.as_hole() {
                    Some(hole) => {
                        counts.next();
                        let to = state.holes.iter().find(|h| h.0 == hole && !self.run_first.contains(&h.1))?.1;
                        if i > 0 {
                            path.slots.push(state.slot);
                        } else {
                            path.slots.push(self.left_of(to, items.get(1)));
                        }
                        at = to;
                    }
                    None => at = state.edges.iter().find(|e| e.0 == sym && !self.run_first.contains(&e.1))?.1,
                },
                Item::Run { kinds, sep, .. } => {
                    let &(first, behind) = self.runs.get(&(at, *item))?;
                    if kinds.0 != 0 {
                        let n = *counts.next()?;
                        let (one, rest) = match (i, sep) {
                            (0, Some(_)) => {
                                let second = self.states[first as usize].edges.first()?.1;
                                (self.states[second as usize].left, self.states[first as usize].slot)
                            }
                            (0, None) => (self.states[first as usize].left_hole, self.states[first as usize].slot),
                            _ => (state.slot, state.slot),
                        };
                        path.slots.push(one);
                        path.slots.extend(std::iter::repeat_n(rest, n.saturating_sub(1)));
                    }
                    at = behind;
                }
            }
        }
        path.slots.iter().all(|&slot| slot != NONE).then_some(path)
    }

    fn left_of(&self, after: u32, next: Option<&Item>) -> u32 {
        let state = &self.states[after as usize];
        match next {
            None => state.left_end,
            Some(item) if is_hole(item) => state.left_hole,
            Some(Item::One(sym)) => {
                let found = state.edges.iter().find(|e| e.0 == *sym && !self.run_first.contains(&e.1));
                found.map_or(NONE, |e| self.states[e.1 as usize].left)
            }
            Some(Item::Run { .. }) => NONE,
        }
    }
}

/// Does a piece stand here?
pub(crate) fn is_hole(item: &Item) -> bool {
    match item {
        Item::One(sym) => sym.as_hole().is_some(),
        Item::Run { kinds, .. } => kinds.0 != 0,
    }
}
