//! Marks in a text that give the character after them another meaning: found by aligning texts with what became of them.

use std::collections::BTreeMap;

use mimus_core::{Datum, Symbol};

/// Texts that must differ from what became of them.
const FEWEST: usize = 4;
/// What two characters became is no longer than this.
const LONGEST: usize = 2;

/// The mark, and what it and the character after it became: `None` where nothing of the kind explains most of the pairs, and where
/// it would be wrong about one. Pairs with a mark before a character that is not in the table are left open.
pub fn table(pairs: &[(Vec<char>, Vec<char>)]) -> Option<(char, BTreeMap<char, String>)> {
    let differing: Vec<&(Vec<char>, Vec<char>)> = pairs.iter().filter(|(from, to)| from != to).collect();
    if differing.len() < FEWEST {
        return None;
    }
    let mut marks: Vec<char> = differing[0].0.clone();
    marks.sort_unstable();
    marks.dedup();
    marks.retain(|mark| differing.iter().all(|(from, _)| from.contains(mark)));
    let idle = |mark: &char| pairs.iter().filter(|(from, to)| from == to && from.contains(mark)).count();
    let mark = marks.into_iter().min_by_key(idle)?;
    Some((mark, table_of(mark, pairs)?))
}

/// The same for a mark that is known.
pub fn table_of(mark: char, pairs: &[(Vec<char>, Vec<char>)]) -> Option<BTreeMap<char, String>> {
    let mut order: Vec<&(Vec<char>, Vec<char>)> = pairs.iter().filter(|(from, to)| from != to || from.contains(&mark)).collect();
    order.sort_by_key(|(from, _)| from.len());
    let mut table: BTreeMap<char, Option<String>> = BTreeMap::new();
    for _ in 0..2 {
        for (from, to) in &order {
            if let Some((next, image)) = unknown(mark, from, to, &table) {
                table.insert(next, Some(image));
            }
        }
    }
    // What does not hold everywhere does not hold.
    for (from, to) in pairs {
        if decoded(mark, from, &table).is_some_and(|found| found != *to) {
            let of = from.windows(2).filter(|two| two[0] == mark).map(|two| two[1]);
            of.for_each(|next| drop(table.insert(next, None)));
        }
    }
    let right = pairs.iter().filter(|(from, to)| decoded(mark, from, &table).is_some_and(|found| found == *to)).count();
    let known: BTreeMap<char, String> = table.into_iter().filter_map(|(next, image)| Some((next, image?))).collect();
    (right * 2 >= pairs.len() && !known.is_empty()).then_some(known)
}

/// The table as a value: pairs of a character and what it becomes.
pub fn datum(table: &BTreeMap<char, String>) -> Datum {
    let row = |(next, image): (&char, &String)| {
        Datum::seq(Symbol::neutral(), vec![Datum::text(next.encode_utf8(&mut [0; 4])), Datum::text(image)])
    };
    Datum::seq(Symbol::neutral(), table.iter().map(row).collect())
}

fn decoded(mark: char, from: &[char], table: &BTreeMap<char, Option<String>>) -> Option<Vec<char>> {
    let mut out = vec![];
    let mut rest = from.iter();
    while let Some(c) = rest.next() {
        match c == &mark {
            true => out.extend(table.get(rest.next()?)?.as_ref()?.chars()),
            false => out.push(*c),
        }
    }
    Some(out)
}

/// The only marked character of a text that is not in the table, and what became of it.
fn unknown(mark: char, from: &[char], to: &[char], table: &BTreeMap<char, Option<String>>) -> Option<(char, String)> {
    let mut pieces: Vec<Result<Vec<char>, char>> = vec![];
    let mut rest = from.iter();
    while let Some(c) = rest.next() {
        pieces.push(match c == &mark {
            true => {
                let next = *rest.next()?;
                match table.get(&next) {
                    Some(image) => Ok(image.as_ref()?.chars().collect()),
                    None => Err(next),
                }
            }
            false => Ok(vec![*c]),
        });
    }
    let at = pieces.iter().position(Result::is_err)?;
    let next = pieces[at].clone().err()?;
    if pieces[at + 1..].iter().any(Result::is_err) {
        return None;
    }
    let before: Vec<char> = pieces[..at].iter().flatten().flatten().copied().collect();
    let after: Vec<char> = pieces[at + 1..].iter().flatten().flatten().copied().collect();
    let image = to.strip_prefix(&before[..])?.strip_suffix(&after[..])?;
    (image.len() <= LONGEST).then(|| (next, image.iter().collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pairs: &[(&str, &str)], expected: Option<(char, &[(char, &str)])>) {
        let pairs: Vec<(Vec<char>, Vec<char>)> = pairs.iter().map(|(a, b)| (a.chars().collect(), b.chars().collect())).collect();
        let expected = expected.map(|(mark, rows)| (mark, rows.iter().map(|(c, image)| (*c, (*image).to_string())).collect()));
        assert_eq!(table(&pairs), expected);
    }

    #[test]
    fn marks_are_found_with_what_they_make() {
        let pairs = [("a", "a"), ("a%n", "a\n"), ("%t", "\t"), ("%%", "%"), ("b%%n", "b%n"), ("%n%t", "\n\t"), ("n t", "n t")];
        check(&pairs, Some(('%', &[('%', "%"), ('n', "\n"), ('t', "\t")])));
        check(&pairs[..3], None);
    }

    #[test]
    fn what_is_not_of_the_kind_is_left_open() {
        let pairs = [("a%n", "a\n"), ("%n", "\n"), ("%nb", "\nb"), ("c%n", "c\n"), ("%n%n", "\n\n"), ("%x41", "A")];
        check(&pairs, Some(('%', &[('n', "\n")])));
        check(&[("ab", "ba"), ("cb", "bc"), ("db", "bd"), ("eb", "be")], None);
    }
}
