//! Examples that an otherwise good meaning does not explain: when they may be passed over, and what that costs.
//!
//! A record of what a machine did holds a few things that were seen wrongly. They must not hide a meaning that explains all the
//! rest; but what comes again and again is no accident, and a meaning that misses it is wrong.

use mimus_core::{Expr, Formula};

use crate::case::Case;

/// Examples that must agree before any may be passed over.
const ENOUGH: usize = 20;
/// Examples for each node of a formula that makes distinctions, for some to be passed over.
const PER_NODE: usize = 3;
/// Of a hundred examples so many may be passed over.
const PERCENT: usize = 3;
/// Examples that look alike are a class of their own from this many on.
const CLASS: usize = 3;

/// Whether a meaning that is wrong on these cases may still be meant.
pub fn bearable(misses: &[usize], cases: &[Case]) -> bool {
    if misses.is_empty() {
        return true;
    }
    let few = misses.len() <= (cases.len() * PERCENT / 100).max(1);
    few && cases.len() >= ENOUGH + misses.len() && !separable(misses, cases) && !is_telling(misses, cases)
}

/// Whether all other cases came out the same: then these are all there is to learn.
fn is_telling(misses: &[usize], cases: &[Case]) -> bool {
    let mut others = (0..cases.len()).filter(|i| !misses.contains(i)).map(|i| cases[i].left().next());
    let first = others.next().flatten();
    first.is_some_and(|first| others.all(|other| other == Some(first)))
}

/// Whether a formula that is wrong on these cases may still be meant. One that makes distinctions must make all of them right, unless
/// there are many cases for its size: its tests may be fitted to the very examples that were seen wrongly.
pub fn explained(formula: &Formula, misses: &[usize], cases: &[Case]) -> bool {
    let is_fitted = || distinguishes(formula) && cases.len() < PER_NODE * formula.result.size();
    misses.is_empty() || (!is_fitted() && bearable(misses, cases))
}

/// Whether what it gives depends on tests.
fn distinguishes(formula: &Formula) -> bool {
    fn tests(expr: &Expr) -> bool {
        matches!(expr, Expr::If(_) | Expr::Or(_)) || expr.parts().any(tests)
    }
    let changes = formula.changes.iter().map(|(_, expr)| expr);
    changes.chain([&formula.result]).chain(&formula.output).any(tests)
}

/// The probability that the next example is another one that a meaning gets wrong, by the rule of succession.
pub fn mistrust(misses: usize, cases: usize) -> f64 {
    if misses == 0 { 0.0 } else { (misses + 1) as f64 / (cases + 2) as f64 }
}

/// Whether most of the cases with some simple feature are missed: then it is that feature which the meaning does not know.
fn separable(misses: &[usize], cases: &[Case]) -> bool {
    let mut features: Vec<String> = misses.iter().flat_map(|i| cases[*i].features()).collect();
    features.sort();
    features.dedup();
    let all: Vec<Vec<String>> = cases.iter().map(Case::features).collect();
    features.iter().any(|feature| {
        let members = all.iter().filter(|own| own.contains(feature)).count();
        let missed = misses.iter().filter(|i| all[**i].contains(feature)).count();
        members >= CLASS && missed * 2 > members
    })
}
