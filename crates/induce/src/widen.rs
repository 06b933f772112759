//! Meanings that were found for a part of an operation's operands, tried on all of them; and those for all that hold for a part.

use mimus_core::{Datum, Expr, Formula, Meaning, SizeLimit, Symbol, Value};
use mimus_knowledge::{Pattern, Rival, digits};

use crate::case::Case;
use crate::example::Example;
use crate::group::Group;
use crate::posterior::weigh;
use crate::solve::{Explained, NODE_BITS, Score, score, tell_own};
use crate::vocabulary::{Speaker, Vocabulary};
use crate::wild;

/// Examples that must agree.
const ENOUGH: usize = 12;
/// Marks that a text may be asked not to hold.
const MARKS: usize = 12;
/// Of those, the ones that texts are asked not to hold one by one.
const OPEN: usize = 2;

/// Gives groups without a meaning what was found for a part of them, where it holds; gives further groups for texts that do not
/// hold some marks, where it holds only for those.
pub fn widen(groups: &mut [Group], vocabulary: &Vocabulary) -> Vec<Group> {
    let _limit = SizeLimit::set(2_000);
    let mut speaker = Speaker::new(vocabulary);
    let mut more: Vec<Group> = vec![];
    for i in 0..groups.len() {
        let group = &groups[i];
        if group.refined || !group.rivals.is_empty() {
            continue;
        }
        let mut formulas: Vec<&Formula> = vec![];
        for rival in groups.iter().filter(|part| part.is_part_of(group)).flat_map(|part| &part.rivals) {
            if let Meaning::Formula(formula) = &rival.meaning
                && !formulas.contains(&formula)
            {
                formulas.push(formula);
            }
        }
        // Most texts may stand for themselves, but for a few marks.
        let itself = Formula::gives(Expr::Arg(0));
        if group.takes.len() == 1 && !formulas.contains(&&itself) {
            formulas.push(&itself);
        }
        let cases = Case::all(&group.examples);
        tell_own(group.key, &cases, &mut speaker);
        let mut tried: Vec<(Score, &Formula)> = formulas.into_iter().map(|f| (score(f, &cases, &mut speaker), f)).collect();
        tried.sort_by_key(|(score, formula)| (std::cmp::Reverse(score.right.len()), formula.result.size()));
        let Some((best, formula)) = tried.into_iter().find(|(score, _)| score.right.len() >= ENOUGH) else { continue };
        let formula = formula.clone();
        let missed = best.missed();
        if wild::explained(&formula, &missed, &cases) && best.declined.len() * 2 <= cases.len() {
            groups[i].rivals = rivals(
                &formula,
                group.evidence * best.right.len() as f64 / cases.len() as f64,
                1.0 - (1.0 - best.flaw) * (1.0 - wild::mistrust(missed.len(), cases.len())),
            );
        } else if best.declined.is_empty()
            && let Some(marks) = marks(&cases, &best)
        {
            let part = part_of(group, &format!("without {marks}"), |part| rivals(&formula, part.evidence, best.flaw));
            // What texts with these marks come to may be more of the same, but for one of the marks.
            let open = marks.chars().take(OPEN).map(|mark| part_of(group, &format!("without {mark}"), |_| vec![]));
            for part in std::iter::once(part).chain(open) {
                if !groups.iter().chain(&more).any(|other| other.key == part.key && other.takes == part.takes) {
                    more.push(part);
                }
            }
        }
    }
    more
}

/// Gives back to groups the operands that hold nothing, where what was found for the others is right for those, too.
pub fn take_back(groups: &mut Vec<Group>, vocabulary: &Vocabulary) {
    let _limit = SizeLimit::set(2_000);
    let mut speaker = Speaker::new(vocabulary);
    for i in 0..groups.len() {
        let part = &groups[i];
        let whole = |whole: &Group| part.is_part_of(whole) && !whole.rivals.is_empty();
        let Some(whole) = groups.iter().position(|g| part.is_of_nothing() && !part.rivals.is_empty() && whole(g)) else {
            continue;
        };
        let Meaning::Formula(formula) = &groups[whole].rivals[0].meaning else { continue };
        let cases: Vec<Case> = part.examples.iter().map(Case::new).collect();
        if score(formula, &cases, &mut speaker).right.len() == cases.len() {
            let examples = std::mem::take(&mut groups[i].examples);
            groups[i].rivals.clear();
            groups[whole].examples.extend(examples);
        }
    }
    groups.retain(|group| !group.examples.is_empty());
}

/// Keeps what was found for floats to those that are spelled as the ones for which it is right. Gives the groups of those.
pub fn narrow(groups: &mut [Group], vocabulary: &Vocabulary) -> Vec<Group> {
    let _limit = SizeLimit::set(2_000);
    let mut speaker = Speaker::new(vocabulary);
    let mut more: Vec<Group> = vec![];
    for group in groups.iter_mut().filter(|group| !group.refined && group.takes.len() == 1) {
        let Some(Rival { meaning: Meaning::Formula(formula), .. }) = group.rivals.first() else { continue };
        if !matches!(group.examples.first(), Some(Example { args, .. }) if matches!(args[0], Datum::Float(_))) {
            continue;
        }
        let cases = Case::all(&group.examples);
        tell_own(group.key, &cases, &mut speaker);
        let score = score(formula, &cases, &mut speaker);
        if score.missed().is_empty() {
            continue;
        }
        let formula = formula.clone();
        let found = |part: &Group| rivals(&formula, part.evidence, score.flaw);
        let parts: Vec<Group> = sound_spellings(&cases, &score).iter().map(|kind| part_of(group, kind, found)).collect();
        if !parts.is_empty() {
            group.rivals.clear();
            more.extend(parts);
        }
    }
    more
}

/// How the operands are spelled for which a formula is right, if it is not wrong for others that are spelled so.
fn sound_spellings(cases: &[Case], score: &Score) -> Vec<String> {
    let spelling = |i: &usize| text_of(&cases[*i]).map(|text| Pattern::spelling(&text));
    let mut sound: Vec<String> = score.right.iter().filter_map(spelling).collect();
    sound.sort();
    let often = |kind: &&[String]| kind.len() >= ENOUGH;
    let mut kinds: Vec<String> = sound.chunk_by(|a, b| a == b).filter(often).map(|kind| kind[0].clone()).collect();
    let wrong: Vec<String> = score.missed().iter().filter_map(spelling).collect();
    kinds.retain(|kind| !wrong.contains(kind));
    kinds
}

/// The part of a group whose operands are spelled in a way, with what is found for it.
fn part_of(group: &Group, kind: &str, found: impl FnOnce(&Group) -> Vec<Rival<Meaning>>) -> Group {
    let mut part = group.part(0, Symbol::new(kind));
    part.rivals = found(&part);
    part
}

fn rivals(formula: &Formula, evidence: f64, flaw: f64) -> Vec<Rival<Meaning>> {
    let bits = NODE_BITS * formula.result.size() as f64;
    weigh(vec![Explained { bits, flaw, meaning: Meaning::Formula(formula.clone()) }], evidence)
}

/// The only operand, as it is spelled.
fn text_of(case: &Case) -> Option<String> {
    match case.args.as_ref() {
        [Value::Text(text)] => Some(text.to_string()),
        [Value::Float(x)] => Some(digits(*x)),
        _ => None,
    }
}

/// The marks that texts hold for which a formula is wrong, and no others; if they tell all of those apart.
fn marks(cases: &[Case], score: &Score) -> Option<String> {
    let text = |i: &usize| text_of(&cases[*i]);
    let right: Vec<String> = score.right.iter().map(text).collect::<Option<_>>()?;
    let wrong: Vec<String> = score.missed().iter().map(text).collect::<Option<_>>()?;
    let mut marks: Vec<char> = wrong.iter().flat_map(|text| text.chars()).filter(|c| !c.is_control()).collect();
    marks.sort_unstable();
    marks.dedup();
    marks.retain(|mark| !Pattern::SIGNS.contains(mark) && !right.iter().any(|text| text.contains(*mark)));
    let told = |text: &String| text.contains(|c: char| c.is_control() || marks.contains(&c));
    if right.iter().any(|text| text.contains(char::is_control)) || !wrong.iter().all(told) {
        return None;
    }
    // The fewest that still tell them apart: those that most of them hold first.
    let mut open: Vec<&String> = wrong.iter().filter(|text| !text.contains(char::is_control)).collect();
    let mut chosen = String::new();
    while !open.is_empty() && chosen.chars().count() < MARKS {
        let held = |mark: &&char| open.iter().filter(|text| text.contains(**mark)).count();
        let best = *marks.iter().rev().max_by_key(held)?;
        chosen.push(best);
        open.retain(|text| !text.contains(best));
    }
    // One mark alone would let pass what cannot be seen.
    if chosen.chars().count() == 1 {
        chosen.extend(marks.iter().find(|mark| !chosen.contains(**mark)));
    }
    (open.is_empty() && chosen.chars().count() > 1).then_some(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(text: &str) -> Case {
        Case::new(&crate::Example::pure(vec![Datum::text(text)], Datum::None))
    }

    #[test]
    fn marks_tell_wrong_texts_apart() {
        let cases: Vec<Case> = ["ab", "a b", "a'b", "it's", "a\\b", "x\n"].iter().map(|text| case(text)).collect();
        let score =
            Score { right: vec![0, 1], wrong: vec![2, 3, 4, 5], unsure: vec![], declined: vec![], undefined: vec![], flaw: 0.0 };
        assert_eq!(marks(&cases, &score).as_deref(), Some("'\\"));
        let score = Score { right: vec![1, 5], wrong: vec![2], unsure: vec![], declined: vec![], undefined: vec![], flaw: 0.0 };
        assert_eq!(marks(&cases, &score), None, "a text that is right holds what cannot be seen");
    }
}
