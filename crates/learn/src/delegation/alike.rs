//! Ways of one operation that another one goes, too: one that was seen to do the same with all that both were asked.

use std::collections::BTreeMap;

use mimus_core::Symbol;
use mimus_induce::{Example, Outcome};
use rustc_hash::FxHashMap;

use super::Ways;

/// Operands that both must have been asked.
const COMMON: usize = 20;

/// Gives operations of one operand that have no ways those of the operation that is most like them.
pub(crate) fn lend(ways: &mut Ways, examples: &BTreeMap<Symbol, Vec<Example>>) {
    let outcomes = |key: &Symbol| -> FxHashMap<String, &Outcome> {
        let of_one = examples.get(key).into_iter().flatten().filter(|e| e.args.len() == 1 && e.names.is_empty());
        of_one.map(|example| (example.args[0].to_string(), &example.outcome)).collect()
    };
    let known: Vec<(Symbol, FxHashMap<String, &Outcome>)> = ways.keys().map(|key| (*key, outcomes(key))).collect();
    let mut lent = vec![];
    for key in examples.keys().filter(|key| !ways.contains_key(key)) {
        let own = outcomes(key);
        let common = |others: &FxHashMap<String, &Outcome>| {
            let both = own.iter().filter_map(|(operand, outcome)| Some((*outcome, *others.get(operand)?)));
            let (same, different): (Vec<_>, Vec<_>) = both.partition(|(a, b)| a == b);
            if different.is_empty() { same.len() } else { 0 }
        };
        let likest = known.iter().map(|(other, outcomes)| (common(outcomes), *other)).filter(|(common, _)| *common >= COMMON);
        lent.extend(likest.max().map(|(_, other)| (*key, other)));
    }
    for (key, other) in lent {
        // Those that call by name: what else is done hangs on how the other is asked.
        let calls = |way: &&mimus_knowledge::Way| way.count == Some(1) && matches!(way.does, mimus_knowledge::Does::Call { .. });
        let theirs: Vec<_> = ways[&other].iter().filter(calls).cloned().collect();
        if !theirs.is_empty() {
            ways.insert(key, theirs);
        }
    }
}

#[cfg(test)]
mod tests {
    use mimus_core::Datum;
    use mimus_knowledge::{Does, Way};

    use super::*;

    /// Whether `own` goes the way of `other`, if they gave these texts for the same integers.
    fn check(given: impl Fn(i64) -> (String, String), count: i64, expected: bool) {
        let (own, other) = (Symbol::new("own"), Symbol::new("other"));
        let example = |n: i64, text: String| Example::pure(vec![Datum::int(n)], Datum::text(&text));
        let examples = BTreeMap::from([
            (own, (0..count).map(|n| example(n, given(n).0)).collect()),
            (other, (0..count).map(|n| example(n, given(n).1)).collect()),
        ]);
        let does = Does::Call { name: Symbol::new("text"), order: None, opposite: false, unless: None };
        let way = Way { on: Some(0), class: Symbol::new("thing"), count: Some(1), does, seen: 30 };
        let mut ways = Ways::from([(other, vec![way])]);
        lend(&mut ways, &examples);
        assert_eq!(ways.contains_key(&own), expected);
    }

    #[test]
    fn what_does_the_same_goes_the_same_way() {
        check(|n| (n.to_string(), n.to_string()), 40, true);
        check(|n| (n.to_string(), n.to_string()), 10, false);
        check(|n| (n.to_string(), if n == 7 { "x".into() } else { n.to_string() }), 40, false);
    }
}
