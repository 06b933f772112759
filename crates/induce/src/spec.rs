//! What a search is asked: rows, what each of them wants, and what may be used for it.

use std::rc::Rc;

use mimus_core::{Expr, Symbol};

use crate::bank::Row;
use crate::goal::Want;

/// A goal over rows: what a search is made of.
#[derive(Clone)]
pub struct Spec {
    pub rows: Vec<Row>,
    pub wants: Vec<Want>,
    /// The error that an undefined candidate stands for.
    pub main_error: Option<u8>,
    /// The errors as the pool numbers them.
    pub errors: Vec<u32>,
    pub classes: Vec<Symbol>,
    pub loose: bool,
    pub depth: u8,
    /// Expressions that count as leaves, with their costs.
    pub given: Vec<(Expr, usize)>,
    /// Only integers and tests: for positions, with what is given standing for the rest.
    pub narrow: bool,
    /// Only so many bits of an integer count.
    pub bits: Option<Bits>,
}

/// A goal of a few bits.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Bits {
    /// How many.
    pub wanted: u8,
    /// The widths of what there is.
    pub widths: Rc<[u8]>,
    /// The operands themselves are no candidates.
    pub only_given: bool,
}

impl Bits {
    /// The bits that tell most: the highest of words and their halves, and what is carried out of them.
    pub fn edges(&self) -> Vec<u8> {
        let mut edges: Vec<u8> =
            self.widths.iter().flat_map(|w| [w / 2, *w]).filter(|w| *w > 1).flat_map(|w| [w - 1, w]).collect();
        edges.retain(|place| *place < 62);
        edges.sort_unstable();
        edges.dedup();
        edges
    }
}

impl Spec {
    /// The same goal on some of the rows, one level further down.
    pub fn on(&self, rows: &[usize]) -> Self {
        Self {
            rows: rows.iter().map(|row| self.rows[*row].clone()).collect(),
            wants: rows.iter().map(|row| self.wants[*row]).collect(),
            main_error: None,
            errors: vec![],
            depth: self.depth + 1,
            narrow: false,
            ..self.clone()
        }
    }
}
