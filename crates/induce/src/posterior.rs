//! Rival meanings with their shares: what is known, and how surely.

use std::collections::BTreeMap;

use mimus_core::{Datum, Meaning, SizeLimit, Stop, Value};
use mimus_knowledge::Rival;

use crate::example::{Budget, Outcome, Problem};
use crate::solve::{Explained, Findings, solve};
use crate::vocabulary::{ReadyMeaning, Speaker, Vocabulary};

/// Meanings that explain all examples.
#[derive(Clone, Debug, Default)]
pub struct Posterior {
    /// The meanings, best first. What their shares lack to 1 is the mass of "none of these".
    pub rivals: Vec<Rival<Meaning>>,
    /// Distinct examples that they were found for.
    pub seen: usize,
    /// Those of them for which they are undefined: more than none only where nothing explains all.
    pub open: usize,
    /// Evaluations that the search took.
    pub work: u64,
}

/// Meanings kept beside the best.
const RIVALS: usize = 8;
/// Bits by which a kept rival may be longer than the best.
const SPAN: f64 = 24.0;

/// Searches for the meanings of one overload.
pub fn induce(problem: &Problem, vocabulary: &Vocabulary, budget: Budget) -> Posterior {
    let Findings { explained, seen, open, evidence, work } = solve(problem, vocabulary, budget);
    Posterior { rivals: weigh(explained, evidence), seen, open, work }
}

/// Shares for meanings that explain so many telling examples: by length, less what is held back for meanings that nobody thought of.
pub fn weigh(mut explained: Vec<Explained>, evidence: f64) -> Vec<Rival<Meaning>> {
    explained.sort_by(|a, b| a.bits.total_cmp(&b.bits));
    let Some(least) = explained.first().map(|e| e.bits) else { return vec![] };
    explained.retain(|e| e.bits <= least + SPAN);
    let total: f64 = explained.iter().map(|e| (least - e.bits).exp2()).sum();
    let known = 1.0 - reserve(least, evidence);
    let rivals: Vec<Rival<Meaning>> = explained
        .into_iter()
        .map(|e| Rival { share: known * (1.0 - e.flaw) * (least - e.bits).exp2() / total, meaning: e.meaning })
        .collect();
    // Classes for what is not there make no difference.
    let mut different: Vec<Rival<Meaning>> = vec![];
    for rival in rivals {
        match different.iter_mut().find(|other| are_same_but_for_classes(&other.meaning, &rival.meaning)) {
            Some(other) => other.share += rival.share,
            None => different.push(rival),
        }
    }
    different.truncate(RIVALS);
    different
}

fn are_same_but_for_classes(a: &Meaning, b: &Meaning) -> bool {
    matches!((a, b), (Meaning::Formula(a), Meaning::Formula(b)) if a.is_like(b))
}

/// The mass of "none of these": it falls with the evidence for each node of the best meaning, and the more slowly the larger
/// that is, because a large one was found among more that might have fitted by chance.
pub(crate) fn reserve(bits: f64, evidence: f64) -> f64 {
    let nodes = (bits / crate::solve::NODE_BITS).max(1.0);
    let ratio = 3.0 * evidence / chance_nodes(nodes);
    1.0 / (1.0 + ratio * ratio)
}

/// Nodes, weighed by among how many others of their number a meaning was found.
pub(crate) fn chance_nodes(nodes: f64) -> f64 {
    nodes * (1.0 + nodes / 12.0)
}

/// What the rivals expect for operands, most probable first. The probabilities sum to less than 1.
pub fn predict(posterior: &Posterior, vocabulary: &Vocabulary, args: &[Datum]) -> Vec<(Outcome, f64)> {
    let _limit = SizeLimit::set(1_000_000);
    let mut speaker = Speaker::new(vocabulary);
    let args: Vec<Value> = args.iter().map(Value::from_datum).collect();
    let mut sums: BTreeMap<String, (Outcome, f64)> = BTreeMap::new();
    for rival in &posterior.rivals {
        speaker.begin();
        let outcome = match ReadyMeaning::new(&rival.meaning).run(&args, &mut speaker) {
            Ok(effect) => Outcome::Gave {
                value: effect.value.to_datum(64),
                changes: effect.changes.iter().map(|(i, v)| (*i, v.to_datum(64))).collect(),
                out: effect.out,
            },
            Err(Stop::Raised(error)) => Outcome::Raised(error.to_datum(8)),
            Err(_) => continue,
        };
        let entry = sums.entry(format!("{outcome:?}")).or_insert((outcome, 0.0));
        entry.1 += rival.share;
    }
    let mut out: Vec<(Outcome, f64)> = sums.into_values().collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1));
    out
}

/// The candidate operands on which the rivals disagree most; `None` when they agree on all.
pub fn question(posterior: &Posterior, vocabulary: &Vocabulary, candidates: &[Vec<Datum>]) -> Option<usize> {
    let entropy = |args: &Vec<Datum>| -> f64 {
        let outcomes = predict(posterior, vocabulary, args);
        let total: f64 = outcomes.iter().map(|(_, p)| p).sum();
        // A rival that says nothing at all differs from those that do.
        let mass: f64 = posterior.rivals.iter().map(|r| r.share).sum();
        let silent = (mass - total).max(0.0);
        outcomes.iter().map(|(_, p)| *p).chain([silent]).filter(|p| *p > 1e-9).map(|p| -(p / mass) * (p / mass).log2()).sum()
    };
    let scored = candidates.iter().map(entropy).enumerate();
    scored.filter(|(_, h)| *h > 1e-6).max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(i, _)| i)
}
