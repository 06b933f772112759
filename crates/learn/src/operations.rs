//! Induction over all operations: easy ones first, what is found becomes vocabulary for the rest.

use std::collections::BTreeMap;

use mimus_core::{Body, Datum, Expr, Meaning, PrimId, Symbol};
use mimus_induce::{Budget, Example, Outcome, Problem, Vocabulary, induce};
use mimus_knowledge::{Operation, Overload, Pattern, Rival};
use rayon::prelude::*;

use crate::Progress;

/// Overloads that are searched side by side, with the same vocabulary. Part of the result: it must not depend on the machine.
const TOGETHER: usize = 24;
/// Examples that a refined overload needs.
const ENOUGH: usize = 6;

/// One overload to be found.
struct Task {
    key: Symbol,
    takes: Vec<Pattern>,
    examples: Vec<Example>,
    solved: bool,
}

/// Finds meanings for all operations; `budget` is the work for one overload in the last round.
pub(crate) fn learn_operations(
    examples: BTreeMap<Symbol, Vec<Example>>,
    budget: u64,
    progress: &mut dyn FnMut(Progress),
) -> BTreeMap<Symbol, Operation> {
    let mut tasks: Vec<Task> = Vec::new();
    for (key, examples) in examples {
        let mut groups: BTreeMap<Vec<Pattern>, Vec<Example>> = BTreeMap::new();
        for example in examples {
            groups.entry(patterns(&example)).or_default().push(example);
        }
        tasks.extend(groups.into_iter().map(|(takes, examples)| Task { key, takes, examples, solved: false }));
    }
    // Fewer and smaller operands first.
    tasks.sort_by_key(|task| {
        let sizes: usize = task.examples.iter().flat_map(|e| &e.args).map(datum_size).sum();
        (task.takes.len(), sizes / task.examples.len().max(1), task.key, task.takes.clone())
    });
    let mut operations: BTreeMap<Symbol, Operation> = BTreeMap::new();
    let mut found = 0;
    // What is easy must not wait for what is hard, and what is hard may become easy with what was found meanwhile.
    for (round, share) in [64, 16, 4, 1].into_iter().enumerate() {
        let budget = Budget { candidates: (budget / share).max(1000), ..Budget::default() };
        let open: Vec<usize> = (0..tasks.len()).filter(|i| !tasks[*i].solved).collect();
        if round == 2 {
            let refined: Vec<Task> = open.iter().flat_map(|i| refine(&tasks[*i])).collect();
            tasks.extend(refined);
        }
        let open: Vec<usize> = (0..tasks.len()).filter(|i| !tasks[*i].solved).collect();
        let mut done = 0;
        for chunk in open.chunks(TOGETHER) {
            let vocabulary = Vocabulary::all(&operations);
            let results: Vec<Vec<Rival<Meaning>>> = chunk.par_iter().map(|i| solve(&tasks[*i], &vocabulary, budget)).collect();
            for (i, meanings) in chunk.iter().zip(results) {
                let task = &mut tasks[*i];
                done += 1;
                if !meanings.is_empty() {
                    found += 1;
                    task.solved = true;
                    insert(&mut operations, task, meanings);
                }
                let takes: Vec<String> = task.takes.iter().map(ToString::to_string).collect();
                progress(Progress {
                    stage: ["operations, easy", "operations", "operations, hard", "operations, hardest"][round],
                    what: format!("{} ({}){}", task.key, takes.join(", "), if task.solved { "" } else { " ?" }),
                    done,
                    all: open.len(),
                    found,
                });
            }
        }
    }
    for task in tasks.iter().filter(|task| !task.solved && task.takes.iter().all(|p| p.elements.is_none())) {
        insert(&mut operations, task, vec![]);
    }
    for operation in operations.values_mut() {
        // Narrow patterns first.
        operation.overloads.sort_by_key(|o| (o.takes.iter().filter(|p| p.elements.is_none()).count(), o.takes.clone()));
    }
    operations
}

fn insert(operations: &mut BTreeMap<Symbol, Operation>, task: &Task, meanings: Vec<Rival<Meaning>>) {
    let example = task.examples.first().map(show).unwrap_or_default();
    let overload = Overload { takes: task.takes.clone(), seen: task.examples.len() as u64, example, meanings };
    let overloads = &mut operations.entry(task.key).or_default().overloads;
    overloads.retain(|o| o.takes != overload.takes);
    overloads.push(overload);
}

fn solve(task: &Task, vocabulary: &Vocabulary, budget: Budget) -> Vec<Rival<Meaning>> {
    if let Some(rote) = by_rote(task) {
        return vec![rote];
    }
    let problem = Problem { key: task.key, examples: task.examples.clone() };
    // Without other operations first: a few primitives say more than a long word.
    let bare = Vocabulary { operations: vocabulary.operations.clone(), offered: vec![] };
    let found = induce(&problem, &bare, Budget { candidates: budget.candidates / 3, ..budget });
    if !found.rivals.is_empty() {
        return found.rivals;
    }
    induce(&problem, vocabulary, budget).rivals
}

fn patterns(example: &Example) -> Vec<Pattern> {
    let unnamed = example.args.len() - example.names.len();
    let pattern = |(i, arg): (usize, &Datum)| Pattern {
        name: i.checked_sub(unnamed).map(|i| example.names[i]),
        class: arg.class(),
        elements: None,
    };
    example.args.iter().enumerate().map(pattern).collect()
}

/// The same overload for each class of elements of its first operand with elements.
fn refine(task: &Task) -> Vec<Task> {
    let holds = |datum: &Datum| matches!(datum, Datum::Compound(c) if !matches!(c.body, Body::Record(_)));
    let Some(position) = (0..task.takes.len()).find(|i| task.examples.iter().any(|e| holds(&e.args[*i]))) else { return vec![] };
    let mut classes: Vec<Symbol> = task.examples.iter().filter_map(|e| first_element(&e.args[position])).collect();
    classes.sort();
    classes.dedup();
    if classes.len() < 2 {
        return vec![];
    }
    let narrow = |class: Symbol| {
        let mut takes = task.takes.clone();
        takes[position].elements = Some(class);
        let pattern = takes[position].clone();
        let examples: Vec<Example> = task.examples.iter().filter(|e| pattern.fits_datum(&e.args[position])).cloned().collect();
        (examples.len() >= ENOUGH).then_some(Task { key: task.key, takes, examples, solved: false })
    };
    classes.into_iter().filter_map(narrow).collect()
}

fn first_element(datum: &Datum) -> Option<Symbol> {
    match datum {
        Datum::Compound(c) => match &c.body {
            Body::Seq(items) | Body::Set(items) => items.first().map(Datum::class),
            Body::Map(entries) => entries.first().map(|(key, _)| key.class()),
            Body::Record(_) => None,
        },
        _ => None,
    }
}

/// What one operand's exact value decides, where few values decide much.
fn by_rote(task: &Task) -> Option<Rival<Meaning>> {
    let bind = PrimId::by_name("bind_atom");
    let is_name = |datum: &Datum| matches!(datum, Datum::Text(_) | Datum::Atom(_));
    (0..task.takes.len()).rev().filter(|i| task.examples.iter().all(|e| is_name(&e.args[*i]))).find_map(|on| {
        let mut rows: BTreeMap<String, (Datum, Vec<&Example>)> = BTreeMap::new();
        for example in &task.examples {
            rows.entry(example.args[on].to_string()).or_insert_with(|| (example.args[on].clone(), vec![])).1.push(example);
        }
        let (count, most) = (rows.len(), task.examples.len());
        let (mut learned, mut bound, mut repeated) = (Vec::new(), 0, 0);
        for (value, examples) in rows.into_values() {
            let values: Vec<&Datum> = examples
                .iter()
                .map(|e| match &e.outcome {
                    Outcome::Gave { value, changes, out } if changes.is_empty() && out.is_empty() => Some(value),
                    _ => None,
                })
                .collect::<Option<_>>()?;
            let taken_from_first = |name: &Symbol| {
                examples.iter().zip(&values).all(|(e, v)| matches!(v, Datum::Bound(n, of) if n == name && **of == e.args[0]))
            };
            let result = match values[0] {
                Datum::Bound(name, _) if on > 0 && taken_from_first(name) => {
                    bound += 1;
                    Expr::Prim(bind?, vec![Expr::Const(Datum::text(name.as_str())), Expr::Arg(0)])
                }
                first @ (Datum::Atom(_) | Datum::Bool(_) | Datum::Text(_)) if values.iter().all(|v| *v == first) => {
                    Expr::Const(first.clone())
                }
                _ => return None,
            };
            repeated += usize::from(examples.len() > 1);
            learned.push((value, result));
        }
        let general = bound == count || (repeated * 2 > count && count * 2 <= most);
        let share = 1.0 - 0.5 / (most as f64 + 1.0);
        (general && count > 1 || bound == count && count > 0)
            .then_some(Rival { meaning: Meaning::Rote { on, rows: learned }, share })
    })
}

fn show(example: &Example) -> String {
    let args: Vec<String> = example.args.iter().map(ToString::to_string).collect();
    let outcome = match &example.outcome {
        Outcome::Gave { value, changes, out } => {
            let changes: String = changes.iter().map(|(i, v)| format!("; {i} becomes {v}")).collect();
            let out = if out.is_empty() { String::new() } else { format!("; prints {out:?}") };
            format!("{value}{changes}{out}")
        }
        Outcome::Raised(error) => format!("raises {error}"),
    };
    format!("{} -> {outcome}", args.join(", "))
}

fn datum_size(datum: &Datum) -> usize {
    match datum {
        Datum::Compound(c) => match &c.body {
            Body::Seq(items) | Body::Set(items) => 1 + items.iter().map(datum_size).sum::<usize>(),
            Body::Map(entries) => 1 + entries.iter().map(|(k, v)| datum_size(k) + datum_size(v)).sum::<usize>(),
            Body::Record(fields) => 1 + fields.iter().map(|(_, v)| datum_size(v)).sum::<usize>(),
        },
        _ => 1,
    }
}
