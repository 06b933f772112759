//! The same meaning in fewer words: tests for errors that the examples can do without.

use mimus_core::Formula;

use crate::case::Case;
use crate::solve::{NODE_BITS, Score, score};
use crate::vocabulary::Speaker;

/// A formula with its bits and its score on some cases.
pub struct Scored {
    pub formula: Formula,
    pub bits: f64,
    pub score: Score,
}

impl Scored {
    /// The same without the tests for errors that make no difference: what is undefined raises of itself, and errors that
    /// were looked for one by one, as their texts are spelled differently, often have one text as a formula.
    pub fn shortened(mut self, cases: &[Case], speaker: &mut Speaker) -> Self {
        for guard in (0..self.formula.guards.len()).rev() {
            let mut formula = self.formula.clone();
            let (test, raise) = formula.guards.remove(guard);
            formula.undefined.get_or_insert(raise);
            let score = score(&formula, cases, speaker);
            if score.is_as_good_as(&self.score) {
                self = Self { bits: self.bits - NODE_BITS * test.size() as f64, formula, score };
            }
        }
        self
    }
}
