//! Texts whose bracketing would tell what the programs seen so far do not.

use std::collections::{BTreeMap, BTreeSet};

use mimus_core::Kind;

use crate::automaton::{Path, Shape, is_hole};
use crate::counts::{class_of, contest};
use crate::model::Model;
use crate::sym::{Item, Sym};

/// A question for the teacher: how is this text bracketed, if it is one at all?
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The text.
    pub text: String,
    /// The template around.
    pub outer: String,
    /// The template that may or may not nest in it.
    pub inner: String,
    /// How much an answer is worth; only the order counts.
    pub worth: f64,
}

/// How deep a place may lie below its statement.
const DEEP: usize = 6;

struct Asker<'m> {
    model: &'m Model,
    paths: Vec<Option<Path>>,
    /// A form for each slot, and which of its pieces it is; the most frequent one.
    homes: BTreeMap<u32, (usize, usize)>,
    /// Where pieces of a class stand most often.
    places: BTreeMap<String, u32>,
}

/// All questions, those worth most first; no text twice.
pub(crate) fn questions(model: &Model) -> Vec<Question> {
    let asker = Asker::new(model);
    let mut out = Vec::new();
    asker.contests(&mut out);
    asker.nestings(&mut out);
    asker.templates(&mut out);
    out.sort_by(|a: &Question, b| b.worth.total_cmp(&a.worth).then_with(|| a.text.cmp(&b.text)));
    let mut seen = BTreeSet::new();
    out.retain(|question| seen.insert(question.text.clone()));
    out
}

impl<'m> Asker<'m> {
    fn new(model: &'m Model) -> Self {
        let forms = &model.automaton.forms;
        let paths: Vec<Option<Path>> = forms.iter().map(|shape| model.automaton.path(shape, &[2; 16])).collect();
        let mut homes: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        for (form, path) in paths.iter().enumerate() {
            for (i, &slot) in path.iter().flat_map(|path| path.slots.iter().enumerate()) {
                let count = |form: usize| model.counts.forms[&forms[form]];
                if homes.get(&slot).is_none_or(|&(old, _)| count(form) > count(old)) {
                    homes.insert(slot, (form, i));
                }
            }
        }
        let mut best: BTreeMap<String, (f64, u32)> = BTreeMap::new();
        for (name, classes) in &model.counts.slots {
            let Some(slot) = model.automaton.named(name) else { continue };
            for (class, &n) in classes {
                let entry = best.entry(class.clone()).or_insert((0.0, slot));
                if n > entry.0 {
                    *entry = (n, slot);
                }
            }
        }
        Self { model, paths, homes, places: best.into_iter().map(|(class, (_, slot))| (class, slot)).collect() }
    }

    fn shape(&self, form: usize) -> &Shape {
        &self.model.automaton.forms[form]
    }

    /// A short text that stands in the slot.
    fn filler(&self, slot: u32) -> Option<&str> {
        let seen = self.model.counts.slots.get(&self.model.automaton.slots[slot as usize].name)?;
        let texts = seen.iter().filter_map(|(class, &n)| self.model.counts.examples.get(class).map(|text| (text, n)));
        texts.max_by_key(|(text, n)| (*n > 2.0 || seen.len() == 1, std::cmp::Reverse(text.len()))).map(|(text, _)| text.as_str())
    }

    /// A form's text, with `own` in place of its piece number `at`.
    fn render(&self, form: usize, at: usize, own: &str) -> Option<String> {
        let (_, items) = self.shape(form);
        let path = self.paths[form].as_ref()?;
        let mut words: Vec<String> = Vec::new();
        let mut piece = 0;
        for item in items {
            let fill = |piece: usize| {
                if piece == at { Some(own.to_string()) } else { self.filler(path.slots[piece]).map(String::from) }
            };
            match *item {
                Item::One(sym) if is_hole(item) => {
                    if sym == Sym::hole(Kind::Block) {
                        words.push(self.block()?);
                    } else {
                        words.push(fill(piece)?);
                    }
                    piece += 1;
                }
                Item::One(sym) => words.push(self.token(sym)?),
                Item::Run { sep, kinds, .. } => {
                    if kinds.0 == 0 {
                        return None;
                    }
                    words.push(fill(piece)?);
                    words.extend(match sep {
                        Some(sep) => Some(self.token(sep)?),
                        None => None,
                    });
                    words.push(fill(piece + 1)?);
                    piece += 2;
                }
            }
        }
        Some(words.join(" "))
    }

    fn token(&self, sym: Sym) -> Option<String> {
        match sym {
            Sym::NEWLINE => Some("\n".into()),
            _ if sym.is_layout() || self.model.alphabet.is_shape(sym) => None,
            _ => Some(self.model.alphabet.raw(sym).to_string()),
        }
    }

    fn block(&self) -> Option<String> {
        let statement = self.model.counts.examples.iter().filter(|(class, _)| class.starts_with(Kind::Stmt.word())).map(|e| e.1);
        let statement = statement.min_by_key(|text| text.len())?;
        Some(if self.model.indented() {
            format!("\n    {statement}\n")
        } else {
            let sep = self.model.lexicon.separators.first().map_or("", |sep| sep.as_str());
            format!("{statement} {sep}")
        })
    }

    /// The text of a whole statement with `own` in the slot.
    fn whole(&self, slot: u32, own: &str) -> Option<String> {
        let mut text = own.to_string();
        let mut slot = slot;
        for _ in 0..DEEP {
            let &(form, at) = self.homes.get(&slot)?;
            text = self.render(form, at, &text)?;
            let shape = self.shape(form);
            if shape.0 == Kind::Stmt {
                return Some(format!("{}\n", text.trim_end()));
            }
            slot = *self.places.get(&class_of(shape, &self.model.alphabet))?;
        }
        None
    }

    fn seen(&self, slot: u32) -> f64 {
        let name = &self.model.automaton.slots[slot as usize].name;
        self.model.counts.slots.get(name).map_or(0.0, |classes| classes.values().sum())
    }

    /// Operators behind what is open to the right.
    fn contests(&self, out: &mut Vec<Question>) {
        let m = self.model;
        let slots = || 0..m.automaton.slots.len() as u32;
        for open in slots().filter(|&s| m.right_open[s as usize] && self.seen(s) > 0.0) {
            let operators = |s: &u32| {
                let info = &m.automaton.slots[*s as usize];
                info.first && info.inside == Kind::Expr && m.automaton.states[info.state as usize].left == *s
            };
            for operator in slots().filter(operators).filter(|&s| self.seen(s) > 0.0) {
                if m.decided(open, operator) || !contest(&m.automaton, open, operator) {
                    continue;
                }
                let (Some(&(outer, last)), Some(&(inner, _))) = (self.homes.get(&open), self.homes.get(&operator)) else {
                    continue;
                };
                let Some(x) = self.filler(open) else { continue };
                let Some(inside) = self.render(inner, 0, x) else { continue };
                let Some(text) = self.render(outer, last, &inside) else { continue };
                let Some(&place) = self.places.get(&class_of(self.shape(outer), &m.alphabet)) else { continue };
                let Some(text) = self.plain(&text).or_else(|| self.whole(place, &text)) else { continue };
                let unsure = 1.0 / (1.0 + m.odds(open, operator).unwrap_or(0.0).abs());
                let worth = 10.0 * unsure + (self.seen(open).min(self.seen(operator)) + 1.0).ln();
                out.push(Question {
                    text,
                    outer: m.automaton.slots[open as usize].name.clone(),
                    inner: m.automaton.slots[operator as usize].name.clone(),
                    worth,
                });
            }
        }
    }

    /// An expression as a statement, where the language has that.
    fn plain(&self, text: &str) -> Option<String> {
        let unit = (Kind::Stmt, vec![Item::One(Sym::hole(Kind::Expr))]);
        self.model.counts.forms.get(&unit).filter(|&&n| n > 0.0).map(|_| format!("{text}\n"))
    }

    /// Pieces in places where they were never seen.
    fn nestings(&self, out: &mut Vec<Question>) {
        let m = self.model;
        for (slot, info) in m.automaton.slots.iter().enumerate() {
            let often = self.seen(slot as u32);
            if often == 0.0 || !info.kinds.has(Kind::Expr) {
                continue;
            }
            for (class, name) in m.classes.iter().enumerate() {
                if m.seen[slot][class] || !name.starts_with(Kind::Expr.word()) {
                    continue;
                }
                let Some(example) = m.counts.examples.get(name) else { continue };
                let Some(text) = self.whole(slot as u32, example) else { continue };
                let class_often = m.counts.slots.values().filter_map(|seen| seen.get(name)).sum::<f64>();
                let worth = (1.0 + often.min(class_often)).ln();
                out.push(Question { text, outer: info.name.clone(), inner: name.clone(), worth });
            }
        }
    }

    /// Templates that others make likely.
    fn templates(&self, out: &mut Vec<Question>) {
        let m = self.model;
        for (form, shape) in m.automaton.forms.iter().enumerate().filter(|(_, shape)| m.counts.forms[*shape] == 0.0) {
            let Some(text) = self.render(form, usize::MAX, "") else { continue };
            let whole = match self.places.get(&class_of(shape, &m.alphabet)) {
                _ if shape.0 == Kind::Stmt => Some(format!("{}\n", text.trim_end())),
                Some(&place) => self.whole(place, &text),
                None => None,
            };
            let template = m.alphabet.template(&shape.1);
            out.extend(whole.map(|text| Question { text, outer: shape.0.word().into(), inner: template, worth: 4.0 }));
        }
    }
}
