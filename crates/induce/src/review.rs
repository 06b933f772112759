//! How well groups are explained by what their meanings come to now.

use mimus_core::{Host, Meaning, SizeLimit, Stop, Value};
use mimus_knowledge::Rival;
use rayon::prelude::*;

use crate::case::Case;
use crate::circle::passes_on;
use crate::group::{Group, sum_of_shares};
use crate::solve::{score, tell_own};
use crate::vocabulary::{ReadyMeaning, Speaker, Vocabulary};
use crate::wild;

/// What is as sure as this and explains all examples makes what was found for a part of them needless.
const SURE: f64 = 0.9;
/// Examples by which it is seen whether an operation says something of a group.
const ASKED: usize = 12;
/// What a meaning that knows the exceptions may lose of the share of one that passes them over.
const EXCEPTIONS: f64 = 0.8;

/// Looks at all groups again: an operation that a meaning calls may have got another meaning since it was found. What is refuted
/// goes.
pub fn review(groups: &mut [Group], vocabulary: &Vocabulary) {
    // Making a vocabulary ready takes longer than most groups do.
    let speaker = || Speaker::new(vocabulary);
    let solved = groups.par_iter_mut().filter(|group| !group.rivals.is_empty());
    solved.for_each_init(speaker, |speaker, group| {
        let mut doubts = Doubts::of(&group.rivals, group, speaker);
        // What says nothing any more gives way to what was found before.
        while doubts.refuted || doubts.silent && !group.aside.is_empty() {
            group.rivals.remove(0);
            group.fall_back();
            group.lost = group.rivals.is_empty();
            doubts = Doubts::of(&group.rivals, group, speaker);
        }
        group.exceptions = doubts.exceptions;
    });
    let shared: &[Group] = groups;
    let needless: Vec<bool> = shared.par_iter().map_init(speaker, |speaker, part| is_needless(part, shared, speaker)).collect();
    groups.iter_mut().zip(needless).for_each(|(group, needless)| group.needless = needless);
}

/// Brings back what was found before for groups of whose examples nothing is said any more, because what they were left to or hand
/// their operands on to was lost. Says whether there were any.
pub fn bring_back(groups: &mut [Group], vocabulary: &Vocabulary) -> bool {
    let speaker = || Speaker::new(vocabulary);
    let is_open = |group: &Group| group.rivals.first().is_none_or(|best| passes_on(&group.takes, &best.meaning));
    let missed = groups.par_iter_mut().filter(|group| !group.past.is_empty() && is_open(group));
    let back = missed.map_init(speaker, |speaker, group| {
        let is_back = says_less(group, speaker) && {
            let doubts = Doubts::of(&group.past, group, speaker);
            !doubts.refuted && doubts.declined * 2 <= group.examples.len()
        };
        if is_back {
            group.rivals.clone_from(&group.past);
            (group.lost, group.partly) = (false, false);
        }
        is_back
    });
    back.reduce(|| false, |a, b| a | b)
}

/// Whether an operation says something about fewer of a few examples than what was found for them before.
fn says_less(group: &Group, speaker: &mut Speaker) -> bool {
    let Some(Rival { meaning, .. }) = group.past.first() else { return false };
    let _limit = SizeLimit::set(2_000);
    let before = ReadyMeaning::new(meaning);
    let step = group.examples.len().div_ceil(ASKED).max(1);
    let (mut told, mut told_before) = (0, 0);
    for example in group.examples.iter().step_by(step).filter(|example| example.names.is_empty()) {
        let args: Vec<Value> = example.args.iter().map(Value::from_datum).collect();
        speaker.begin();
        told += usize::from(matches!(speaker.learned(group.key, &args), Ok(_) | Err(Stop::Raised(_))));
        speaker.begin();
        told_before += usize::from(matches!(before.run(&args, speaker), Ok(_) | Err(Stop::Raised(_))));
    }
    told < told_before
}

/// Whether what was found for all operands is right on the examples for a part of them, too.
fn is_needless(part: &Group, groups: &[Group], speaker: &mut Speaker) -> bool {
    let is_formula = |group: &Group| matches!(group.rivals.first(), Some(Rival { meaning: Meaning::Formula(_), .. }));
    let wider = |whole: &&Group| {
        is_formula(whole) && (part.is_part_of(whole) || part.begins_as(whole)) && whole.share() >= SURE.min(part.share())
    };
    part.refined
        && !part.rivals.is_empty()
        && groups.iter().filter(wider).any(|whole| {
            let doubts = Doubts::of(&whole.rivals, part, speaker);
            doubts.exceptions == 0 && doubts.declined == 0
        })
}

/// What the examples of a group say against the best of some formulas.
#[derive(Default)]
struct Doubts {
    /// Examples that it is wrong on.
    exceptions: usize,
    /// Examples on which it says nothing.
    declined: usize,
    /// Whether it says nothing on any of them.
    silent: bool,
    refuted: bool,
}

impl Doubts {
    fn of(rivals: &[Rival<Meaning>], group: &Group, speaker: &mut Speaker) -> Self {
        let Some(Rival { meaning: Meaning::Formula(formula), .. }) = rivals.first() else { return Self::default() };
        let _limit = SizeLimit::set(2_000);
        let cases = Case::all(&group.examples);
        tell_own(group.key, &cases, speaker);
        speaker.keep_own_to(&group.takes);
        let score = score(formula, &cases, speaker);
        // Where something that it calls is not sure, that may be wrong.
        let own: Vec<usize> = score.wrong.iter().copied().filter(|i| !score.unsure.contains(i)).collect();
        let refuted = !wild::explained(formula, &own, &cases);
        let silent = score.declined.len() == cases.len();
        Self { exceptions: score.missed().len(), declined: score.declined.len(), silent, refuted }
    }
}

/// Whether what was found now for a group should take the place of what was known.
pub fn is_better(rivals: &[Rival<Meaning>], group: &Group, vocabulary: &Vocabulary) -> bool {
    let knows_more = || Doubts::of(rivals, group, &mut Speaker::new(vocabulary)).exceptions < group.exceptions;
    // What knows the exceptions, too, is longer, but no less sure for that.
    sum_of_shares(rivals) > if group.exceptions > 0 && knows_more() { group.share() * EXCEPTIONS } else { group.share() }
}
