//! How much work the next search for an operation is worth, after those before it.

/// Searches that came to nothing, less those that found something, after which the next one gets half the work. What takes any
/// operands was seen with hundreds of sets of classes: what was not found for many of them is seldom found for the next.
const HALVED: u64 = 8;

/// How many searches for one operation came to nothing, less those that found something.
#[derive(Default)]
pub struct Patience(u64);

impl Patience {
    /// The work for the next search, of so much for the first.
    pub fn left(&self, candidates: u64) -> u64 {
        candidates * HALVED / (HALVED + self.0)
    }

    /// A search has come to its end.
    pub fn note(&mut self, found: bool) {
        self.0 = if found { self.0.saturating_sub(1) } else { self.0 + 1 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(searches: &[bool], left: u64) {
        let mut patience = Patience::default();
        searches.iter().for_each(|found| patience.note(*found));
        assert_eq!(patience.left(1_000), left);
    }

    #[test]
    fn what_came_to_nothing_often_is_worth_less() {
        check(&[], 1_000);
        check(&[false; 8], 500);
        check(&[false; 24], 250);
    }

    #[test]
    fn what_finds_something_gives_back() {
        check(&[true, true], 1_000);
        check(&[[false; 2], [true; 2]].concat(), 1_000);
    }
}
