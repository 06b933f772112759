//! All operations of a teacher: easy ones first, and what is learned becomes vocabulary for the rest.

use std::collections::BTreeMap;

use mimus_core::{Body, Datum, Meaning, Symbol};
use mimus_knowledge::{Operation, Overload, Pattern, Rival};
use rayon::prelude::*;

use crate::example::{Budget, Example, Outcome, Problem};
use crate::general::{self, General};
use crate::group::{Group, group, refine};
use crate::posterior::induce;
use crate::rote;
use crate::vocabulary::Vocabulary;
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
const TOGETHER: usize = 16;
/// A meaning of more nodes than this may have a shorter one, once there are more words.
const LARGE: usize = 14;

/// Learns operations from examples. Deterministic: equal input and budget give equal operations.
pub fn learn_operations(
    examples: &BTreeMap<Symbol, Vec<Example>>,
    known: &BTreeMap<Symbol, Operation>,
    budget: Budget,
    progress: &mut dyn FnMut(Progress),
) -> BTreeMap<Symbol, Operation> {
    let mut groups: Vec<Group> = examples.iter().flat_map(|(key, examples)| group(*key, examples)).collect();
    // What has few and small operands comes first.
    groups.sort_by_cached_key(|g| (g.examples.iter().take(50).map(weight).sum::<usize>() / g.examples.len().clamp(1, 50), g.key));
    let mut generals: Vec<General> = vec![];
    let mut operations = collect(&groups, &generals, known);
    for round in 0..budget.rounds.max(1) {
        let candidates = (budget.candidates >> (2 * (budget.rounds.saturating_sub(round + 1)).min(3))).max(1_000);
        if round == 1 {
            let more: Vec<Group> = groups.iter().filter(|g| g.rivals.is_empty()).flat_map(refine).collect();
            groups.extend(more);
        }
        let wanting = |g: &Group| g.rivals.is_empty() || size(&g.rivals[0].meaning) > LARGE;
        let due: Vec<usize> = (0..groups.len()).filter(|i| wanting(&groups[*i])).collect();
        for chunk in due.chunks(TOGETHER) {
            let vocabulary = Vocabulary::all(&operations);
            let words = vocabulary.operations.values().map(|o| o.overloads.len()).sum::<usize>();
            let chunk: Vec<usize> = chunk.iter().copied().filter(|i| groups[*i].tried != (candidates, words)).collect();
            let results: Vec<(usize, Vec<Rival<Meaning>>, u64)> = chunk
                .par_iter()
                .map(|i| {
                    let (rivals, work) = attempt(&groups[*i], &vocabulary, Budget { candidates, ..budget });
                    (*i, rivals, work)
                })
                .collect();
            for (i, rivals, work) in results {
                let group = &mut groups[i];
                group.tried = (candidates, words);
                let better = |old: &[Rival<Meaning>]| old.is_empty() || size(&rivals[0].meaning) < size(&old[0].meaning);
                if !rivals.is_empty() && better(&group.rivals) {
                    group.rivals = rivals;
                }
                let solved = !group.rivals.is_empty();
                let (key, takes) = (group.key, group.takes.clone());
                let known = groups.iter().filter(|g| !g.rivals.is_empty()).count();
                progress(Progress { key, takes, solved, round, known, all: groups.len(), work });
            }
            operations = collect(&groups, &generals, known);
        }
        let parts = widen::widen(&mut groups, &Vocabulary::all(&operations));
        groups.extend(parts);
        operations = collect(&groups, &generals, known);
        generals = general::find(&mut groups, &Vocabulary::all(&operations), Budget { candidates, ..budget });
        operations = collect(&groups, &generals, known);
        if groups.iter().all(|g| !g.rivals.is_empty()) {
            break;
        }
    }
    operations
}

/// Formulas first, without other operations and then with them; then what is remembered case by case.
fn attempt(group: &Group, vocabulary: &Vocabulary, budget: Budget) -> (Vec<Rival<Meaning>>, u64) {
    if let Some(table) = members(group) {
        return (vec![table], 0);
    }
    let problem = Problem { key: group.key, examples: group.examples.clone() };
    // A few primitives say more than a long word; and every word makes the search wider.
    let bare = Vocabulary { operations: vocabulary.operations.clone(), offered: vec![] };
    let mut posterior = induce(&problem, &bare, Budget { candidates: budget.candidates / 3, ..budget });
    if posterior.rivals.is_empty() {
        let work = posterior.work;
        posterior = induce(&problem, vocabulary, budget);
        posterior.work += work;
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
    (posterior.rivals, posterior.work)
}

/// A table of functions that are taken from the first operand by a name. Names that it lacks are not learned.
fn members(group: &Group) -> Option<Rival<Meaning>> {
    let bind = mimus_core::PrimId::by_name("bind_atom")?;
    if group.takes.len() != 2 {
        return None;
    }
    let mut rows: BTreeMap<String, (Datum, Symbol)> = BTreeMap::new();
    let mut explained = 0;
    for example in &group.examples {
        if let (Datum::Text(name), Outcome::Gave { value: Datum::Bound(member, of), .. }) = (&example.args[1], &example.outcome)
            && **of == example.args[0]
        {
            explained += 1;
            let row = rows.entry(name.to_string()).or_insert_with(|| (example.args[1].clone(), *member));
            if row.1 != *member {
                return None;
            }
        }
    }
    if rows.is_empty() || explained * 2 < group.examples.len() {
        return None;
    }
    let row = |(name, member): (Datum, Symbol)| {
        let from = vec![mimus_core::Expr::Const(Datum::text(member.as_str())), mimus_core::Expr::Arg(0)];
        (name, mimus_core::Expr::Prim(bind, from))
    };
    let share = 1.0 - 0.5 / (explained as f64 + 1.0);
    Some(Rival { meaning: Meaning::Rote { on: 1, rows: rows.into_values().map(row).collect() }, share })
}

/// How many constant texts an operand is tested for.
fn tests(expr: &mimus_core::Expr) -> usize {
    use mimus_core::Expr;
    let own = match expr {
        Expr::If(three) => three[0].parts().filter(|p| matches!(p, Expr::Const(Datum::Text(_)))).count(),
        _ => 0,
    };
    own + expr.parts().map(tests).sum::<usize>()
}

/// What is known: the overloads of each operation, narrower patterns first.
fn collect(groups: &[Group], generals: &[General], known: &BTreeMap<Symbol, Operation>) -> BTreeMap<Symbol, Operation> {
    let mut operations = known.clone();
    let own = groups.iter().map(|group| {
        let example = group.examples.first().map_or(String::new(), describe);
        let meanings = group.rivals.clone();
        (group.key, Overload { takes: group.takes.clone(), seen: group.seen as u64, example, meanings })
    });
    let general = generals.iter().map(|general| {
        let example = groups[general.explains[0]].examples.first().map_or(String::new(), describe);
        let meanings = general.rivals.clone();
        (general.key, Overload { takes: general.takes.clone(), seen: general.seen as u64, example, meanings })
    });
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
        let wild = |takes: &[Pattern]| takes.iter().filter(|p| p.class.is_none()).count();
        let refined = |takes: &[Pattern]| takes.iter().filter(|p| p.elements.is_some()).count();
        operation.overloads.sort_by_key(|o| (wild(&o.takes), std::cmp::Reverse(refined(&o.takes))));
    }
    operations
}

/// An example for people: `operands -> result`.
fn describe(example: &Example) -> String {
    let args: Vec<String> = example.args.iter().map(ToString::to_string).collect();
    let result = match &example.outcome {
        Outcome::Gave { value, .. } => value.to_string(),
        Outcome::Raised(error) => format!("raises {error}"),
    };
    format!("{} -> {result}", args.join(", "))
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

/// The nodes of a meaning.
pub fn size(meaning: &Meaning) -> usize {
    match meaning {
        Meaning::Rote { rows, .. } => 2 + rows.iter().map(|(_, e)| 1 + e.size()).sum::<usize>(),
        Meaning::Formula(f) => {
            f.result.size()
                + f.guards.iter().map(|(test, _)| test.size()).sum::<usize>()
                + f.changes.iter().map(|(_, e)| e.size()).sum::<usize>()
                + f.output.as_ref().map_or(0, mimus_core::Expr::size)
        }
    }
}
