//! What stands between pieces of a whole.

use std::ops::Range;

/// Steps in looking for it.
const STEPS: usize = 2_000;

/// What stands between pieces of a whole, if it can be read off in one way only.
pub(super) fn between<T: PartialEq>(pieces: &[&[T]], whole: &[T]) -> Option<Vec<Range<usize>>> {
    let (first, rest) = pieces.split_first()?;
    let mut look = Look { whole, found: vec![], current: vec![], steps: 0 };
    if !whole.starts_with(first) {
        return None;
    }
    look.go(rest, first.len());
    (look.found.len() == 1 && look.steps <= STEPS).then(|| look.found.remove(0))
}

/// Goes through all ways in which pieces may stand in a whole.
struct Look<'a, T> {
    whole: &'a [T],
    found: Vec<Vec<Range<usize>>>,
    current: Vec<Range<usize>>,
    steps: usize,
}

impl<T: PartialEq> Look<'_, T> {
    fn go(&mut self, pieces: &[&[T]], at: usize) {
        self.steps += 1;
        if self.steps > STEPS || self.found.len() > 1 {
            return;
        }
        let Some((piece, rest)) = pieces.split_first() else {
            if at == self.whole.len() {
                self.found.push(self.current.clone());
            }
            return;
        };
        for start in at..=self.whole.len() {
            if self.whole[start..].starts_with(piece) && (!rest.is_empty() || start + piece.len() == self.whole.len()) {
                self.current.push(at..start);
                self.go(rest, start + piece.len());
                self.current.pop();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_pieces() {
        let check = |pieces: &[&[u32]], whole: &[u32], expected: Option<&[(usize, usize)]>| {
            let found = between(pieces, whole).map(|all| all.iter().map(|gap| (gap.start, gap.end)).collect::<Vec<_>>());
            assert_eq!(found.as_deref(), expected, "{pieces:?} in {whole:?}");
        };
        check(&[&[1], &[2]], &[1, 9, 9, 2], Some(&[(1, 3)]));
        check(&[&[], &[]], &[9, 9], Some(&[(0, 2)]));
        check(&[&[1], &[], &[2]], &[1, 9, 9, 2], None);
        check(&[&[1], &[3], &[2]], &[1, 9, 3, 9, 2], Some(&[(1, 2), (3, 4)]));
        check(&[&[1]], &[1], Some(&[]));
        check(&[&[1], &[2]], &[1, 9], None);
    }
}
