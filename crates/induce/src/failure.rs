//! Kinds of errors among the examples of an operation.

use mimus_core::Symbol;

use crate::case::{Case, End};

/// A kind of error.
pub struct Failure {
    pub class: Symbol,
    pub text: Wording,
}

/// What the texts of a kind of error have in common.
pub enum Wording {
    /// All are one.
    One(String),
    /// All but their numbers.
    Alike(String),
    /// Nothing.
    Any,
}

impl Failure {
    /// Whether an error is of this kind.
    pub fn takes(&self, class: Symbol, text: &str) -> bool {
        self.class == class
            && match &self.text {
                Wording::One(own) => own == text,
                Wording::Alike(own) => *own == without_numbers(text),
                Wording::Any => true,
            }
    }
}

/// A text with a mark in the place of each number.
fn without_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' if out.ends_with('9') => {}
            '0'..='9' => out.push('9'),
            _ => out.push(c),
        }
    }
    out
}

/// The kinds of errors: by class, and by text where a class has only a few, or a few that differ in numbers alone.
pub fn failures(cases: &[Case]) -> Vec<Failure> {
    let mut seen: Vec<(Symbol, Vec<(String, usize)>)> = vec![];
    for case in cases {
        if let End::Raised { class, text, .. } = &case.end {
            let at = seen.iter().position(|(c, _)| c == class).unwrap_or_else(|| {
                seen.push((*class, vec![]));
                seen.len() - 1
            });
            match seen[at].1.iter_mut().find(|(t, _)| t == text) {
                Some((_, n)) => *n += 1,
                None => seen[at].1.push((text.clone(), 1)),
            }
        }
    }
    let mut out = vec![];
    for (class, texts) in seen {
        let few = |texts: &[(String, usize)]| texts.len() <= 3 && texts.iter().all(|(_, n)| *n >= 2);
        let mut alike: Vec<(String, usize)> = vec![];
        for (text, n) in &texts {
            let look = without_numbers(text);
            match alike.iter_mut().find(|(known, _)| *known == look) {
                Some((_, all)) => *all += n,
                None => alike.push((look, *n)),
            }
        }
        if texts.len() == 1 || few(&texts) {
            out.extend(texts.into_iter().map(|(text, _)| Failure { class, text: Wording::One(text) }));
        } else if alike.len() > 1 && few(&alike) {
            out.extend(alike.into_iter().map(|(text, _)| Failure { class, text: Wording::Alike(text) }));
        } else {
            out.push(Failure { class, text: Wording::Any });
        }
    }
    out.truncate(200);
    out
}
