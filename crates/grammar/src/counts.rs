//! What was counted: everything a grammar is made of besides its lexicon.

use std::collections::{BTreeMap, BTreeSet};

use mimus_core::Kind;

use crate::automaton::{Automaton, STATEMENT, Shape, is_hole};
use crate::sym::{Alphabet, Item, Sym};

/// Pieces that stand in the same places: forms that begin alike.
pub(crate) type Class = String;

/// The class of a form.
pub(crate) fn class_of(shape: &Shape, alphabet: &Alphabet) -> Class {
    let (kind, items) = shape;
    let head = match items.first() {
        Some(Item::One(sym) | Item::Run { unit: sym, .. }) if alphabet.is_quoted(*sym) => "quoted".into(),
        Some(Item::Run { unit, sep, kinds }) if kinds.0 == 0 => {
            alphabet.internal(&[Item::One(*unit)]) + if sep.is_some() { " .." } else { "" }
        }
        Some(item @ Item::One(_)) if is_hole(item) => match items.get(1) {
            Some(Item::One(next)) => alphabet.internal(&[*item, Item::One(*next)]),
            Some(next) => alphabet.internal(&[*item, *next]),
            None => alphabet.internal(&[*item]),
        },
        Some(Item::Run { unit, sep, .. }) => {
            let pair: Vec<Item> = std::iter::once(Item::One(*unit)).chain(sep.map(Item::One)).collect();
            alphabet.internal(&pair)
        }
        // What begins with a token: what stands first behind it tells much.
        Some(item) => {
            let next = items.get(1).filter(|next| is_hole(next));
            let letter = next.map(|next| match next {
                Item::One(sym) => Item::One(*sym),
                Item::Run { unit, .. } => Item::One(*unit),
            });
            alphabet.internal(&std::iter::once(*item).chain(letter).collect::<Vec<_>>())
        }
        None => String::new(),
    };
    format!("{} {head}", kind.word())
}

/// All counts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    pub forms: BTreeMap<Shape, f64>,
    /// By slot name.
    pub slots: BTreeMap<String, BTreeMap<Class, f64>>,
    /// Pieces that were open to the right when an operator came: slot of the open piece, slot of the operator's first piece;
    /// how often the piece ended there, how often the operator went into it.
    pub contests: BTreeMap<(String, String), (u64, u64)>,
    /// Words of templates: how often each was a leaf, how often it was not.
    pub words: BTreeMap<String, (u64, u64)>,
    /// Tokens that separate statements.
    pub separators: BTreeMap<Sym, u64>,
    /// Last symbols of statements that were followed by another one without a separator.
    pub adjacent: BTreeSet<Sym>,
    /// May a block be empty?
    pub empty_blocks: u64,
    /// Separators of templates such as a < b <= c, and how many such templates there were.
    pub chains: BTreeMap<Vec<Sym>, u64>,
    /// The shortest text of each class that was seen, on one line.
    pub examples: BTreeMap<Class, String>,
    /// Corrections of weights: by slot name and class.
    pub nudges: BTreeMap<(String, Class), f64>,
}

/// A piece with its template, for counting.
pub(crate) struct Counted {
    pub shape: Shape,
    pub counts: Vec<usize>,
    pub kids: Vec<usize>,
}

/// One event of a text: a piece of a class in a slot.
pub(crate) struct Event {
    pub slot: u32,
    pub class: Class,
}

impl Counts {
    /// Counts the forms of one text.
    pub fn add_forms(&mut self, pieces: &[Counted], weight: f64) {
        for piece in pieces.iter().filter(|p| p.shape.0 != Kind::Block) {
            *self.forms.entry(piece.shape.clone()).or_default() += weight;
        }
    }

    /// Takes sums of fractions to what a file holds.
    pub fn round(&mut self) {
        let round = |n: &mut f64| *n = (*n * 100.0).round() / 100.0;
        self.forms.values_mut().for_each(round);
        self.slots.values_mut().flat_map(|classes| classes.values_mut()).for_each(round);
    }

    /// Keeps a short text for each class.
    pub fn add_examples<'s>(&mut self, pieces: &[Counted], texts: impl Iterator<Item = &'s str>, alphabet: &Alphabet) {
        for (piece, text) in pieces.iter().zip(texts).filter(|(_, text)| text.len() <= 40 && !text.contains('\n')) {
            let class = class_of(&piece.shape, alphabet);
            let better = |old: &String| text.len() < old.len();
            if self.examples.get(&class).is_none_or(better) {
                self.examples.insert(class, text.to_string());
            }
        }
    }

    /// Counts what stands where in one text.
    pub fn add_slots(&mut self, pieces: &[Counted], automaton: &Automaton, alphabet: &Alphabet, weight: f64) {
        for event in events(pieces, automaton, alphabet) {
            let name = automaton.slots[event.slot as usize].name.clone();
            *self.slots.entry(name).or_default().entry(event.class).or_default() += weight;
        }
        let paths: Vec<_> = pieces.iter().map(|p| automaton.path(&p.shape, &p.counts)).collect();
        for (i, piece) in pieces.iter().enumerate() {
            let Some(path) = paths[i].as_ref().filter(|_| piece.shape.0 != Kind::Block) else { continue };
            let names = |slot: u32| automaton.slots[slot as usize].name.clone();
            // Everything open to the right in the first piece was ended by this template's first symbol.
            if path.left_open && piece.kids.len() > 1 {
                let operator = path.slots[0];
                let mut at = piece.kids[0];
                while let Some(inner) = paths[at].as_ref().filter(|p| p.right_open && pieces[at].shape.0 != Kind::Block) {
                    let (Some(&open), Some(&last)) = (inner.slots.last(), pieces[at].kids.last()) else { break };
                    if contest(automaton, open, operator) {
                        self.contests.entry((names(open), names(operator))).or_default().0 += 1;
                    }
                    at = last;
                }
            }
            // Everything open to the left in the last piece went into this template.
            if path.right_open {
                let (Some(&open), Some(&last)) = (path.slots.last(), piece.kids.last()) else { continue };
                let mut at = last;
                while let Some(inner) = paths[at].as_ref().filter(|p| p.left_open && pieces[at].kids.len() > 1) {
                    let (Some(&operator), Some(&first)) = (inner.slots.first(), pieces[at].kids.first()) else { break };
                    if contest(automaton, open, operator) {
                        self.contests.entry((names(open), names(operator))).or_default().1 += 1;
                    }
                    at = first;
                }
            }
        }
    }
}

/// Can a piece with this open slot stand before this operator at all?
pub(crate) fn contest(automaton: &Automaton, open: u32, operator: u32) -> bool {
    let (open, operator) = (&automaton.slots[open as usize], &automaton.slots[operator as usize]);
    operator.kinds.has(open.inside)
}

/// What stands where in a text.
pub(crate) fn events(pieces: &[Counted], automaton: &Automaton, alphabet: &Alphabet) -> Vec<Event> {
    let mut out = Vec::new();
    for piece in pieces {
        if piece.shape.0 == Kind::Block {
            out.extend(piece.kids.iter().map(|&kid| Event { slot: STATEMENT, class: class_of(&pieces[kid].shape, alphabet) }));
            continue;
        }
        let Some(path) = automaton.path(&piece.shape, &piece.counts) else { continue };
        for (&slot, &kid) in path.slots.iter().zip(&piece.kids) {
            if pieces[kid].shape.0 != Kind::Block {
                out.push(Event { slot, class: class_of(&pieces[kid].shape, alphabet) });
            }
        }
    }
    out
}
