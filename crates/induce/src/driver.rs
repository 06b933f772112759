//! All operations of a teacher: easy ones first, and what is learned becomes vocabulary for the rest.

use std::collections::BTreeMap;

use mimus_core::{Body, Datum, Meaning, Symbol};
use mimus_knowledge::{Operation, Overload, Pattern, Rival};
use rayon::prelude::*;

use crate::example::{Budget, Example, Outcome, Problem};
use crate::posterior::induce;
use crate::rote;
use crate::vocabulary::Vocabulary;

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

/// Examples of one overload, and what was found for it.
struct Group {
    key: Symbol,
    takes: Vec<Pattern>,
    examples: Vec<Example>,
    seen: usize,
    rivals: Vec<Rival<Meaning>>,
    /// Made of a group whose operands hold elements of several classes.
    refined: bool,
    /// The budget and vocabulary with which it was tried last.
    tried: (u64, usize),
}

/// Examples of one overload that a search takes: more would only cost time.
const MOST_EXAMPLES: usize = 600;
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
    let mut operations = collect(&groups, known);
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
            operations = collect(&groups, known);
        }
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

/// Groups examples by the classes of their operands.
fn group(key: Symbol, examples: &[Example]) -> Vec<Group> {
    let mut by_takes: BTreeMap<Vec<Pattern>, Vec<Example>> = BTreeMap::new();
    for example in examples {
        let example = ordered(example);
        let first_name = example.args.len() - example.names.len().min(example.args.len());
        let pattern = |(i, arg): (usize, &Datum)| Pattern {
            name: i.checked_sub(first_name).and_then(|i| example.names.get(i)).copied(),
            ..Pattern::class(arg.class())
        };
        let takes = example.args.iter().enumerate().map(pattern).collect();
        by_takes.entry(takes).or_default().push(example);
    }
    by_takes.into_iter().map(|(takes, examples)| Group::new(key, takes, examples, false)).collect()
}

/// Named operands sorted by name.
fn ordered(example: &Example) -> Example {
    let mut example = example.clone();
    let first = example.args.len() - example.names.len().min(example.args.len());
    let mut named: Vec<(Symbol, usize)> = example.names.iter().enumerate().map(|(i, name)| (*name, first + i)).collect();
    named.sort();
    if named.iter().map(|(_, at)| *at).eq(first..example.args.len()) {
        return example;
    }
    let order: Vec<usize> = (0..first).chain(named.iter().map(|(_, at)| *at)).collect();
    example.args = order.iter().map(|at| example.args[*at].clone()).collect();
    example.names = named.into_iter().map(|(name, _)| name).collect();
    if let Outcome::Gave { changes, .. } = &mut example.outcome {
        for (operand, _) in changes {
            *operand = order.iter().position(|at| at == operand).unwrap_or(*operand);
        }
    }
    example
}

impl Group {
    fn new(key: Symbol, takes: Vec<Pattern>, examples: Vec<Example>, refined: bool) -> Self {
        let seen = crate::case::distinct(&examples).0.len();
        // Evenly over all of them: a lesson's examples come in the order in which it was written.
        let step = examples.len().div_ceil(MOST_EXAMPLES).max(1);
        let examples = if step == 1 { examples } else { examples.into_iter().step_by(step).collect() };
        Self { key, takes, examples, seen, rivals: vec![], refined, tried: (0, 0) }
    }
}

/// Groups by the class of the elements of an operand, where that tells examples apart.
fn refine(group: &Group) -> Vec<Group> {
    if group.refined {
        return vec![];
    }
    if group.takes.len() == 1 && group.examples.iter().all(|e| matches!(e.args[0], Datum::Text(_))) {
        return refine_text(group);
    }
    for operand in 0..group.takes.len() {
        let mut classes: Vec<Symbol> = vec![];
        for example in &group.examples {
            for class in element_classes(&example.args[operand]) {
                if !classes.contains(&class) {
                    classes.push(class);
                }
            }
        }
        if classes.len() < 2 {
            continue;
        }
        classes.sort();
        let with = |class: Symbol| {
            let mut takes = group.takes.clone();
            takes[operand].elements = Some(class);
            let examples: Vec<Example> =
                group.examples.iter().filter(|e| takes[operand].fits_datum(&e.args[operand])).cloned().collect();
            let telling = examples.iter().filter(|e| !element_classes(&e.args[operand]).is_empty()).count();
            (telling >= 3).then(|| Group::new(group.key, takes, examples, true))
        };
        return classes.into_iter().filter_map(with).collect();
    }
    vec![]
}

/// Groups by how a text is spelled, and by what it does not hold: part of an operation's texts may be easy.
fn refine_text(group: &Group) -> Vec<Group> {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let all = group.examples.len();
    for example in &group.examples {
        let Datum::Text(text) = &example.args[0] else { continue };
        let spelling = Pattern::spelling(text);
        if spelling.chars().count() <= 5 {
            *kinds.entry(spelling).or_default() += 1;
        }
        let mut marks: Vec<char> = text.chars().filter(|c| !c.is_alphanumeric() && !c.is_whitespace()).collect();
        marks.sort_unstable();
        marks.dedup();
        for mark in marks {
            *kinds.entry(format!("without {mark}")).or_default() += 1;
        }
    }
    let useful = |(kind, count): &(String, usize)| {
        !kind.contains(['<', '>', '=', '"'])
            && if kind.starts_with("without ") { *count * 50 >= all && *count * 2 <= all } else { *count >= 6 }
    };
    let mut kinds: Vec<(String, usize)> = kinds.into_iter().filter(useful).collect();
    kinds.sort_by_key(|(kind, count)| (std::cmp::Reverse(*count), kind.clone()));
    kinds.truncate(10);
    let with = |(kind, _): (String, usize)| {
        let mut takes = group.takes.clone();
        takes[0].elements = Some(Symbol::new(&kind));
        let examples: Vec<Example> = group.examples.iter().filter(|e| takes[0].fits_datum(&e.args[0])).cloned().collect();
        Group::new(group.key, takes, examples, true)
    };
    kinds.into_iter().map(with).collect()
}

fn element_classes(datum: &Datum) -> Vec<Symbol> {
    let mut classes: Vec<Symbol> = match datum {
        Datum::Compound(c) => match &c.body {
            Body::Seq(items) | Body::Set(items) => items.iter().map(Datum::class).collect(),
            Body::Map(entries) => entries.iter().map(|(key, _)| key.class()).collect(),
            Body::Record(_) => vec![],
        },
        _ => vec![],
    };
    classes.sort();
    classes.dedup();
    classes
}

/// What is known: the overloads of each operation, narrower patterns first.
fn collect(groups: &[Group], known: &BTreeMap<Symbol, Operation>) -> BTreeMap<Symbol, Operation> {
    let mut operations = known.clone();
    for group in groups {
        let example = group.examples.first().map_or(String::new(), describe);
        let overload = Overload { takes: group.takes.clone(), seen: group.seen as u64, example, meanings: group.rivals.clone() };
        let overloads = &mut operations.entry(group.key).or_default().overloads;
        match overloads.iter_mut().find(|o| o.takes == overload.takes) {
            // What was known stays when nothing was found now.
            Some(old) if !overload.meanings.is_empty() || old.meanings.is_empty() => *old = overload,
            Some(_) => {}
            None => overloads.push(overload),
        }
    }
    for operation in operations.values_mut() {
        operation.overloads.sort_by_key(|o| std::cmp::Reverse(o.takes.iter().filter(|p| p.elements.is_some()).count()));
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

fn datum_weight(datum: &Datum) -> usize {
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
fn size(meaning: &Meaning) -> usize {
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
