//! All operations of a teacher: easy ones first, and what is learned becomes vocabulary for the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use mimus_core::{Body, Datum, Expr, Meaning, PrimId, Symbol};
use mimus_knowledge::{Operation, Overload, Pattern, Rival, narrowness};
use rayon::prelude::*;

use crate::chained;
use crate::circle::{is_circle, passes_on};
use crate::converted;
use crate::default;
use crate::example::{Budget, Example, Outcome, Problem};
use crate::general::{self, Effort, General};
use crate::group::{Covered, Group, group, own_words, refine, sum_of_shares};
use crate::guise;
use crate::library::Library;
use crate::members;
use crate::opening;
use crate::posterior::induce;
use crate::review::{bring_back, is_better, review};
use crate::rote;
use crate::sibling;
use crate::synonym;
use crate::trust::trust;
use crate::variadic;
use crate::vocabulary::{Operations, Vocabulary, shared};
use crate::widen;

/// How learning goes on.
#[derive(Clone, Debug)]
pub struct Progress {
    /// The operation that was just worked on.
    pub key: Symbol,
    /// Its operands' classes.
    pub takes: Vec<Pattern>,
    /// Whether it has a meaning now.
    pub solved: bool,
    /// The round of trying.
    pub round: usize,
    /// Overloads that have a meaning.
    pub known: usize,
    /// All overloads.
    pub all: usize,
    /// Evaluations that this search took.
    pub work: u64,
}

/// Overloads that are searched side by side, with the same words. Part of the result: it must not depend on the machine.
const TOGETHER: usize = 48;
/// How much more work the last round may do for a group than the one before it.
const LAST: u64 = 2;
/// Work that each distinct example may cost: a formula that takes a long search to find is long, and few examples cannot make it sure.
const PAID: u64 = 3_000;
/// What was found for parts of a group that a search for all of it builds on.
const GIVEN: usize = 3;
/// The groups of an operation that are told more of than one that is worth half the work. What takes anything was seen with hundreds of sets
/// of classes: what is not found for those that most is known of is seldom found for the others.
const HALVED: u64 = 2;
/// Of the work for one group, the part that a search for what many groups have in common may take, of which there are many.
const POOLED: u64 = 16;
/// Two known steps are tried in so many rounds before the last: by then most steps are known.
const CHAINED: usize = 2;
/// Where a table is the only way but for known steps, the part of the work that these may take.
const STEPS: u64 = 10;
/// With so many examples a meaning that is less sure than this is wrong on some of them.
const MANY: usize = 20;
const SURE: f64 = 0.9;
/// The cost of what was found for a part.
const GIVEN_COST: usize = 2;
/// The cost of a number in a text that is the same but for numbers: that of an operand.
const NUMBER_COST: usize = 1;
/// Numbers of which it can be told by which power of ten they differ from others: so large, and so close to it.
const LEAST_TOLD: f64 = 5.0;
const CLOSE: f64 = 0.1;
const MOST_POWER: f64 = 6.0;
/// A meaning of more nodes than this may have a shorter one, once there are more words.
const LARGE: usize = 14;

/// Learns operations from examples, round by round with more work for each; then those once more that may find in what their
/// operands hold what they lacked. Deterministic: equal input and budget give equal operations.
pub fn learn_operations(
    examples: &BTreeMap<Symbol, Vec<Example>>,
    known: &BTreeMap<Symbol, Operation>,
    budget: Budget,
    progress: &mut dyn FnMut(Progress),
) -> BTreeMap<Symbol, Operation> {
    let mut groups: Vec<Group> = examples.iter().flat_map(|(key, examples)| group(*key, examples)).collect();
    // What has few and small operands comes first.
    groups.sort_by_cached_key(|g| (g.examples.iter().take(50).map(weight).sum::<usize>() / g.examples.len().clamp(1, 50), g.key));
    let known = &shared(known);
    let mut generals: Vec<General> = vec![];
    let mut operations = collect(&groups, &generals, known);
    let rounds = budget.rounds.max(1);
    for round in 0..=rounds {
        let candidates = match rounds.checked_sub(round + 1) {
            Some(left) => (budget.candidates >> (2 * left.min(3))).max(1_000),
            // They are few.
            None => LAST * budget.candidates,
        };
        if round == 1 {
            // What is known of the names in one thing says nothing of another's.
            let is_open = |g: &&Group| g.rivals.is_empty() && g.covered != Covered::Fully || g.is_of_members();
            let more: Vec<Group> = groups.iter().filter(is_open).flat_map(refine).collect();
            groups.extend(more);
        }
        let wanting = |g: &Group| match g.rivals.first() {
            Some(best) => best.meaning.size() > LARGE || g.exceptions > 0,
            None => g.covered != Covered::Fully,
        };
        let reachable = |g: &Group| g.lost || g.knows_more(&operations) || g.given < found_for_parts(g, &groups).len();
        let due = |g: &Group| if round < rounds { wanting(g) } else { g.rivals.is_empty() && reachable(g) };
        let due: Vec<usize> = (0..groups.len()).filter(|i| due(&groups[*i])).collect();
        let mut vocabulary = Vocabulary::all(&operations);
        let mut library = (round > 0).then(|| Library::of(&groups));
        let paid = paid(&due, &groups, candidates);
        for chunk in due.chunks(TOGETHER) {
            let words = vocabulary.operations.values().map(|o| o.overloads.len()).sum::<usize>();
            let chunk: Vec<usize> = chunk.iter().copied().filter(|i| groups[*i].tried != (paid[i], words)).collect();
            chunk.iter().for_each(|i| groups[*i].own_words = own_words(groups[*i].key, &operations));
            // Some take a thousand times as long as others: each is handed out by itself.
            let results: Vec<(usize, usize, Tried)> = chunk
                .par_iter()
                .with_max_len(1)
                .map(|i| {
                    let mut given = found_for_parts(&groups[*i], &groups);
                    let of_parts = given.len();
                    if let Some(library) = library.as_ref().filter(|_| of_parts == 0) {
                        given.extend_from_slice(library.for_group(&groups[*i]));
                    }
                    let budget = Budget { candidates: paid[i], ..budget };
                    (*i, of_parts, attempt(&groups[*i], &given, &vocabulary, budget))
                })
                .collect();
            let mut new: BTreeSet<Symbol> = BTreeSet::new();
            for (i, of_parts, Tried { mut rivals, partly, work }) in results {
                let group = &mut groups[i];
                group.given = of_parts;
                rivals.retain(|rival| !is_circle(group.key, &group.takes, &rival.meaning, &operations));
                group.tried = (paid[&i], words);
                if is_better(&rivals, group, &vocabulary) {
                    group.partly = partly;
                    new.insert(group.key);
                    // Two that were found side by side may be a circle together.
                    group.take(rivals, &mut operations);
                }
                let solved = !group.rivals.is_empty();
                let (key, takes) = (group.key, group.takes.clone());
                if solved && group.is_of_nothing() {
                    let part = group.clone();
                    groups.iter_mut().for_each(|whole| whole.leave_to(&part));
                }
                let known = groups.iter().filter(|g| !g.rivals.is_empty()).count();
                progress(Progress { key, takes, solved, round, known, all: groups.len(), work });
            }
            if !new.is_empty() {
                operations.extend(of_keys(|key| new.contains(key), &groups, &generals, known));
                vocabulary = Vocabulary::all(&operations);
                library = (round > 0).then(|| Library::of(&groups));
            }
        }
        groups.iter_mut().for_each(Group::remember);
        sibling::lend(&mut groups, &mut operations);
        operations = collect(&groups, &generals, known);
        let parts = widen::widen(&mut groups, &Vocabulary::all(&operations));
        groups.extend(parts);
        operations = collect(&groups, &generals, known);
        // What was found for a part may now be what others lacked.
        sibling::lend(&mut groups, &mut operations);
        default::lend(&mut groups, &mut operations);
        if round + CHAINED >= rounds {
            chained::find(&mut groups, &mut operations);
            converted::find(&mut groups, &mut operations);
        }
        synonym::lend(&mut groups, &mut operations);
        guise::lend(&mut groups, &mut operations);
        operations = collect(&groups, &generals, known);
        let effort = Effort {
            vocabulary: &Vocabulary::all(&operations),
            budget: Budget { candidates: candidates.min(budget.candidates / POOLED), ..budget },
            before: &generals,
            // Where there were next to no words, and where there are most.
            searches: round == 0 || round + 1 == rounds,
        };
        groups.iter_mut().for_each(Group::remember);
        let over_all = variadic::find(&groups, &operations, effort);
        generals = general::find(&mut groups, &over_all, &mut operations, effort);
        // What is surer and takes more leaves nothing to say.
        generals.retain(|g| !over_all.iter().any(|wide| wide.takes_all_that(g) && wide.share() > g.share()));
        generals.extend(over_all);
        cover(&mut groups, &generals);
        operations = collect(&groups, &generals, known);
        widen::take_back(&mut groups, &Vocabulary::all(&operations));
        let parts = widen::narrow(&mut groups, &Vocabulary::all(&operations));
        groups.extend(parts);
        cover(&mut groups, &generals);
        operations = collect(&groups, &generals, known);
        // What was lent or narrowed may lead back to itself; so may what takes the place of what is refuted.
        keep_straight(&mut groups, &mut generals, &mut operations);
        cover(&mut groups, &generals);
        operations = collect(&groups, &generals, known);
        review(&mut groups, &Vocabulary::all(&operations));
        operations = collect(&groups, &generals, known);
        keep_straight(&mut groups, &mut generals, &mut operations);
        cover(&mut groups, &generals);
        operations = collect(&groups, &generals, known);
        if bring_back(&mut groups, &Vocabulary::all(&operations)) {
            operations = collect(&groups, &generals, known);
            keep_straight(&mut groups, &mut generals, &mut operations);
            cover(&mut groups, &generals);
            operations = collect(&groups, &generals, known);
        }
        if groups.iter().all(|g| g.covered != Covered::No || !g.rivals.is_empty()) {
            break;
        }
    }
    operations.into_iter().map(|(key, operation)| (key, Arc::unwrap_or_clone(operation))).collect()
}

/// The work for each group that is due, of so much for one: less the more groups of the same operation come before it, wholes and parts
/// by themselves, what most examples tell of first.
fn paid(due: &[usize], groups: &[Group], candidates: u64) -> BTreeMap<usize, u64> {
    let mut by_key: BTreeMap<(Symbol, bool), Vec<usize>> = BTreeMap::new();
    due.iter().for_each(|i| by_key.entry((groups[*i].key, groups[*i].refined)).or_default().push(*i));
    let ranked = by_key.into_values().flat_map(|mut alike| {
        // Of many examples as many are kept: then what is met most often.
        alike.sort_by_key(|i| std::cmp::Reverse((groups[*i].seen, groups[*i].met)));
        alike.into_iter().zip(0..)
    });
    ranked.map(|(i, rank)| (i, candidates.min(PAID * groups[i].seen as u64) * HALVED / (HALVED + rank))).collect()
}

/// Takes away what leads back to itself.
fn keep_straight(groups: &mut [Group], generals: &mut Vec<General>, operations: &mut Operations) {
    // Of a circle, what goes first is what leaves something behind: what was found before, or parts of its operands that have meanings
    // of their own.
    let stands = |g: &&Group| g.refined && g.rivals.first().is_some_and(|best| !passes_on(&g.takes, &best.meaning));
    let held: BTreeSet<_> = groups.iter().filter(stands).map(Group::whole).collect();
    let rank = |group: &Group| match group.refined {
        _ if !group.aside.is_empty() => 0,
        false if held.contains(&group.whole()) => 0,
        // What was found for a part of the operands gives way to what was found for all of them.
        true => 1,
        false => 2,
    };
    let mut order: Vec<(u8, usize)> = groups.iter().map(rank).zip(0..).collect();
    order.sort_unstable();
    order.into_iter().for_each(|(_, i)| groups[i].keep_straight(operations));
    generals.retain_mut(|general| general.keep_straight(operations));
}

/// Leaves groups to general meanings: those that have no meaning of their own, where nothing speaks against it, and those whose own
/// is less sure than one over all operands.
fn cover(groups: &mut [Group], generals: &[General]) {
    groups.iter_mut().for_each(|group| (group.covered, group.outdone) = (Covered::No, false));
    for general in generals {
        if general.is_over_all() {
            for i in general.explains.iter().map(|(i, _)| i).chain(&general.silent) {
                let group = &mut groups[*i];
                // What it has of its own comes back if the general meaning goes.
                group.outdone |= group.share() < general.share();
                group.covered = Covered::Fully;
            }
        } else {
            general.silent.iter().for_each(|i| groups[*i].covered = Covered::Unrefuted);
        }
    }
}

/// What came of a try at a group.
struct Tried {
    rivals: Vec<Rival<Meaning>>,
    /// Whether they are undefined on some examples.
    partly: bool,
    work: u64,
}

/// Formulas first, without other operations and then with them; then what is remembered case by case.
fn attempt(group: &Group, given: &[Expr], vocabulary: &Vocabulary, budget: Budget) -> Tried {
    if let Some(table) = members::table(group) {
        return Tried { rivals: vec![table], partly: false, work: 0 };
    }
    let steps = opening::steps(group, &vocabulary.operations);
    let examples = opening::told(group, &steps, vocabulary).unwrap_or_else(|| group.examples.clone());
    let given = given.iter().cloned().chain(steps).map(|expr| (expr, GIVEN_COST));
    // Texts that differ in a number only say no more than that number.
    let given = given.chain(numbers(group).into_iter().chain(scaled(group)).map(|number| (number, NUMBER_COST))).collect();
    let problem = Problem { given, takes: group.takes.clone(), ..Problem::new(group.key, examples) };
    // A few primitives say more than a long word; and every word makes the search wider.
    let bare = Vocabulary { offered: vec![], ..vocabulary.clone() };
    if rote::is_only_way(&problem)
        && let Some((rivals, work)) = rote::learn(&problem, &bare, budget)
    {
        // Known steps that lead to such things say more than a table of those that were seen.
        let steps = induce(&problem, vocabulary, Budget { candidates: budget.candidates / STEPS, ..budget });
        let work = work + steps.work;
        let is_surer = sum_of_shares(&steps.rivals) > sum_of_shares(&rivals) && steps.open == 0;
        return Tried { rivals: if is_surer { steps.rivals } else { rivals }, partly: false, work };
    }
    let mut posterior = induce(&problem, &bare, Budget { candidates: budget.candidates / 3, ..budget });
    // What takes many primitives may be a short sentence.
    let is_long = posterior.rivals.first().is_some_and(|best| best.meaning.size() > LARGE);
    // The texts of errors are often made with a word.
    let is_flawed = group.examples.len() >= MANY && sum_of_shares(&posterior.rivals) < SURE;
    if posterior.rivals.is_empty() || posterior.open > 0 || is_long || is_flawed {
        let wordy = induce(&problem, vocabulary, budget);
        let work = posterior.work + wordy.work;
        let is_surer = wordy.open <= posterior.open && sum_of_shares(&wordy.rivals) > sum_of_shares(&posterior.rivals);
        if posterior.rivals.is_empty() || is_surer || !wordy.rivals.is_empty() && wordy.open < posterior.open {
            posterior = wordy;
        }
        posterior.work = work;
    }
    // A chain of tests for one value each is a table that guesses where it ends.
    let chain =
        posterior.rivals.first().is_some_and(|best| matches!(&best.meaning, Meaning::Formula(f) if tests(&f.result) >= 2));
    if (posterior.rivals.is_empty() || chain)
        && let Some((rote, work)) = rote::learn(&problem, vocabulary, budget)
    {
        posterior.work += work;
        posterior.rivals = rote;
    }
    if let Some(cases) = whole_domain(group) {
        // There is no other case left: only that one may come out otherwise another time.
        let known = sum_of_shares(&posterior.rivals);
        let certain = 1.0 - 0.5 / ((cases + 1) * (cases + 1)) as f64;
        posterior.rivals.iter_mut().for_each(|rival| rival.share *= (certain / known).max(1.0));
    }
    for rival in &mut posterior.rivals {
        rival.share *= trust(group.key, &rival.meaning, &vocabulary.operations);
    }
    Tried { rivals: posterior.rivals, partly: posterior.open > 0, work: posterior.work }
}

/// The numbers in a text that is the same but for them.
fn numbers(group: &Group) -> Vec<Expr> {
    let (Some(all), Some(at)) = (PrimId::by_name("numbers_in"), PrimId::by_name("at")) else { return vec![] };
    let framed = |(i, pattern): (usize, &Pattern)| Some((u8::try_from(i).ok()?, pattern.frame_of()?.matches('9').count()));
    let operands = group.takes.iter().enumerate().filter_map(framed);
    let number = |operand: u8, place: usize| {
        Expr::Prim(at, vec![Expr::Prim(all, vec![Expr::Arg(operand)]), Expr::Const(Datum::int(place as i64))])
    };
    operands.flat_map(|(operand, count)| (0..count).map(move |place| number(operand, place))).collect()
}

/// A float operand times the power of ten by which it differs from the number that what comes of it begins with, where that is the same
/// everywhere.
fn scaled(group: &Group) -> Option<Expr> {
    let operand = group.takes.iter().position(|pattern| pattern.class == Some(Datum::Float(0.0).class()))?;
    let mut found: Option<f64> = None;
    for example in &group.examples {
        let (Datum::Float(x), Outcome::Gave { value: Datum::Text(text), .. }) = (&example.args[operand], &example.outcome) else {
            return None;
        };
        let spelled: String = text.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '.')).collect();
        // Few digits tell little.
        let Some(told) = spelled.parse::<f64>().ok().filter(|told| x.is_finite() && told.abs() >= LEAST_TOLD) else { continue };
        let power = (told / x).log10();
        if (power - power.round()).abs() > CLOSE || found.is_some_and(|known| known != power.round()) {
            return None;
        }
        found = Some(power.round());
    }
    let power = found.filter(|power| *power != 0.0 && power.abs() <= MOST_POWER)?;
    let times = Expr::Const(Datum::Float(10_f64.powi(power as i32)));
    Some(Expr::Prim(PrimId::by_name("float_multiply")?, vec![Expr::Arg(u8::try_from(operand).ok()?), times]))
}

/// Results that were found for parts of a group, what explains most first.
fn found_for_parts(group: &Group, groups: &[Group]) -> Vec<Expr> {
    let mut found: Vec<(usize, &Expr)> = vec![];
    let own = Some(group).filter(|group| group.exceptions > 0);
    for part in groups.iter().filter(|part| part.is_part_of(group)).chain(own) {
        if let Some(Rival { meaning: Meaning::Formula(f), .. }) = part.rivals.first()
            && f.guards.is_empty()
            && f.changes.is_empty()
            && f.output.is_none()
            && f.result.size() > 1
        {
            match found.iter_mut().find(|(_, known)| **known == f.result) {
                Some((seen, _)) => *seen += part.seen,
                None => found.push((part.seen, &f.result)),
            }
        }
    }
    found.sort_by_key(|(seen, _)| std::cmp::Reverse(*seen));
    found.into_iter().take(GIVEN).map(|(_, expr)| expr.clone()).collect()
}

/// How many cases there can be, if all of them were seen.
fn whole_domain(group: &Group) -> Option<usize> {
    let values = |class: Symbol| {
        [Datum::Bool(true), Datum::None].iter().find(|d| d.class() == class).map(|d| 1 + usize::from(*d != Datum::None))
    };
    let sizes: Vec<usize> = group.takes.iter().map(|takes| values(takes.class?)).collect::<Option<_>>()?;
    let all = sizes.iter().product();
    (group.seen == all && !sizes.is_empty()).then_some(all)
}

/// How many constant texts an operand is tested for.
fn tests(expr: &Expr) -> usize {
    let own = match expr {
        Expr::If(three) => three[0].parts().filter(|p| matches!(p, Expr::Const(Datum::Text(_)))).count(),
        _ => 0,
    };
    own + expr.parts().map(tests).sum::<usize>()
}

/// What is known: the overloads of each operation, narrower patterns first.
fn collect(groups: &[Group], generals: &[General], known: &Operations) -> Operations {
    of_keys(|_| true, groups, generals, known)
}

/// What is known of some operations.
fn of_keys(is_wanted: impl Fn(&Symbol) -> bool, groups: &[Group], generals: &[General], known: &Operations) -> Operations {
    let wanted = known.iter().filter(|(key, _)| is_wanted(key));
    let mut operations: BTreeMap<Symbol, Operation> = wanted.map(|(key, o)| (*key, Operation::clone(o))).collect();
    let groups: Vec<&Group> = groups.iter().filter(|group| is_wanted(&group.key)).collect();
    // What was found for all operands says more than what was found for a part of them, if it is as sure.
    let mut by_key: BTreeMap<Symbol, Vec<&Group>> = BTreeMap::new();
    let whole = groups.iter().filter(|group| !group.refined && !group.rivals.is_empty());
    whole.for_each(|g| by_key.entry(g.key).or_default().push(g));
    let is_needless = |part: &Group| {
        // A table of one thing's members says nothing of another's.
        let is_formula = |wide: &&&Group| matches!(wide.rivals.first(), Some(Rival { meaning: Meaning::Formula(_), .. }));
        let mut wider = by_key.get(&part.key).into_iter().flatten().filter(|wide| part.is_part_of(wide)).filter(is_formula);
        part.needless || part.refined && !part.is_of_nothing() && wider.any(|wide| !wide.partly && wide.share() >= part.share())
    };
    let is_left_out =
        |group: &Group| is_needless(group) || group.covered != Covered::No && group.rivals.is_empty() || group.outdone;
    let own = groups.iter().filter(|group| !is_left_out(group)).map(|group| (group.key, group.overload()));
    let general = generals.iter().filter(|general| is_wanted(&general.key)).map(|general| (general.key, general.overload()));
    for (key, overload) in own.chain(general) {
        let overloads = &mut operations.entry(key).or_default().overloads;
        match overloads.iter_mut().find(|o| o.takes == overload.takes) {
            // What was known stays when nothing was found now.
            Some(old) if !overload.meanings.is_empty() || old.meanings.is_empty() => *old = overload,
            Some(_) => {}
            None => overloads.push(overload),
        }
    }
    for operation in operations.values_mut() {
        // Of those that are as narrow, what is surer: a text may fit several.
        let share = |overload: &Overload| sum_of_shares(&overload.meanings);
        let holds_some = |overload: &Overload| overload.takes.iter().all(|p| p.elements.is_none_or(|e| !e.as_str().is_empty()));
        let order = |a: &Overload, b: &Overload| {
            let narrower = narrowness(&a.takes).cmp(&narrowness(&b.takes));
            narrower.then(holds_some(a).cmp(&holds_some(b))).then(share(b).total_cmp(&share(a)))
        };
        operation.overloads.sort_by(order);
    }
    operations.into_iter().map(|(key, operation)| (key, Arc::new(operation))).collect()
}

fn weight(example: &Example) -> usize {
    example.args.iter().map(datum_weight).sum::<usize>() + if matches!(example.outcome, Outcome::Raised(_)) { 2 } else { 0 }
}

pub fn datum_weight(datum: &Datum) -> usize {
    match datum {
        Datum::Text(t) => 2 + t.len() / 4,
        Datum::Compound(c) => {
            3 + match &c.body {
                Body::Seq(items) | Body::Set(items) => items.iter().map(datum_weight).sum::<usize>(),
                Body::Map(entries) => entries.iter().map(|(k, v)| datum_weight(k) + datum_weight(v)).sum(),
                Body::Record(fields) => fields.iter().map(|(_, v)| datum_weight(v)).sum(),
            }
        }
        _ => 1,
    }
}
