//! How much work the next search for an operation is worth, after those before it in a round.

use std::collections::BTreeMap;

use mimus_core::Symbol;

/// Searches that came to nothing, less those that found something, after which the next one gets half the work. What takes any
/// operands was seen with hundreds of sets of classes: what was not found for many of them is seldom found for the next.
const HALVED: u64 = 8;

/// What became of the searches of a round, operation by operation.
#[derive(Default)]
pub struct Patience(BTreeMap<Symbol, u64>);

impl Patience {
    /// The work for the next search, of so much for the first.
    pub fn left(&self, key: Symbol, candidates: u64) -> u64 {
        let fruitless = self.0.get(&key).copied().unwrap_or_default();
        candidates * HALVED / (HALVED + fruitless)
    }

    /// A search has come to its end.
    pub fn note(&mut self, key: Symbol, found: bool) {
        let fruitless = self.0.entry(key).or_default();
        *fruitless = if found { fruitless.saturating_sub(1) } else { *fruitless + 1 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(searches: &[(&str, bool)], key: &str, left: u64) {
        let mut patience = Patience::default();
        searches.iter().for_each(|(key, found)| patience.note(Symbol::new(key), *found));
        assert_eq!(patience.left(Symbol::new(key), 1_000), left);
    }

    #[test]
    fn what_came_to_nothing_often_is_worth_less() {
        let failed = ("f", false);
        check(&[], "f", 1_000);
        check(&[failed; 8], "f", 500);
        check(&[failed; 24], "f", 250);
        check(&[failed; 48], "g", 1_000);
    }

    #[test]
    fn what_finds_something_gives_back() {
        check(&[("f", true), ("f", true)], "f", 1_000);
        check(&[[("f", false); 2], [("f", true); 2]].concat(), "f", 1_000);
    }
}
