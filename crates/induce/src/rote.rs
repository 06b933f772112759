//! What no formula gives, but one operand's exact value decides: remembered, value by value.

use mimus_core::{Datum, Expr, Meaning};
use mimus_knowledge::Rival;

use crate::example::{Budget, Example, Outcome, Problem};
use crate::posterior::{chance_nodes, induce};
use crate::vocabulary::Vocabulary;

/// Values that are worth remembering.
const MOST_VALUES: usize = 400;
/// What was seen so often is no surer for being seen again.
const MOST_TIMES: u32 = 6;
/// A table that can be trusted less than this is none.
const LEAST: f64 = 0.5;

/// A table for the operand whose values repeat and each lead to a short formula; and the work it took.
pub fn learn(problem: &Problem, vocabulary: &Vocabulary, budget: Budget) -> Option<(Vec<Rival<Meaning>>, u64)> {
    let arity = problem.examples.first()?.args.len();
    let mut work = 0;
    for on in (0..arity).rev() {
        let mut values: Vec<(&Datum, Vec<&Example>)> = vec![];
        for example in &problem.examples {
            let value = &example.args[on];
            if matches!(value, Datum::Compound(_) | Datum::Function(_) | Datum::Opaque(..) | Datum::Float(_)) {
                values.clear();
                break;
            }
            match values.iter_mut().find(|(known, _)| *known == value) {
                Some((_, examples)) => examples.push(example),
                None => values.push((value, vec![example])),
            }
        }
        let alone = values.iter().filter(|(_, examples)| is_single(examples)).count();
        // A table over values that never come again is no generalisation.
        if values.is_empty() || values.len() > MOST_VALUES || alone * 2 > values.len() {
            continue;
        }
        let mut rows: Vec<(Datum, Expr)> = vec![];
        let mut lost = 0;
        for (value, examples) in &values {
            let few = is_single(examples);
            let examples: Vec<Example> = examples.iter().map(|e| (*e).clone()).collect();
            let part = Problem::new(problem.key, examples);
            let posterior = induce(&part, vocabulary, Budget { candidates: (budget.candidates / 50).min(20_000), ..budget });
            work += posterior.work;
            match posterior.rivals.first().map(|r| &r.meaning) {
                Some(Meaning::Formula(f))
                    if f.guards.is_empty() && f.undefined.is_none() && f.changes.is_empty() && f.output.is_none() =>
                {
                    // From a single example only what is like the other rows.
                    let known = rows.iter().any(|(_, e)| shape(e) == shape(&f.result));
                    if !few || known {
                        rows.push(((*value).clone(), f.result.clone()));
                    } else {
                        lost += 1;
                    }
                }
                _ => lost += 1,
            }
            if lost * 10 > values.len() + 5 {
                break;
            }
        }
        if lost * 10 <= values.len() && !rows.is_empty() {
            let explained = rows.len() as f64 / values.len() as f64;
            let seen = problem.examples.iter().map(|e| e.times.min(MOST_TIMES) as usize).sum();
            let share = explained * trust(&rows, seen);
            if share >= LEAST {
                return Some((vec![Rival { meaning: Meaning::Rote { on, rows }, share }], work));
            }
        }
    }
    None
}

/// Whether a value was looked at once only.
fn is_single(examples: &[&Example]) -> bool {
    matches!(examples, [one] if one.times < 2)
}

/// Whether most of what came of an operation is builtin things that were not among its operands: nothing computes those.
pub fn is_only_way(problem: &Problem) -> bool {
    let brought =
        |e: &&Example| matches!(&e.outcome, Outcome::Gave { value: value @ Datum::Atom(_), .. } if !e.args.contains(value));
    problem.examples.iter().filter(brought).count() * 2 > problem.examples.len()
}

/// How far a table can be trusted: its shapes are so many formulas that may fit by chance, its rows are only long.
fn trust(rows: &[(Datum, Expr)], examples: usize) -> f64 {
    let mut shapes: Vec<(String, usize)> = rows.iter().map(|(_, expr)| (shape(expr), expr.size())).collect();
    shapes.sort();
    shapes.dedup();
    let nodes = shapes.iter().map(|(_, size)| *size).sum::<usize>() as f64;
    let ratio = 3.0 * examples as f64 / (chance_nodes(nodes) + rows.len() as f64);
    1.0 - 1.0 / (1.0 + ratio * ratio)
}

/// An expression without its constants.
fn shape(expr: &Expr) -> String {
    match expr {
        Expr::Const(_) => "_".into(),
        other => {
            let parts: Vec<String> = other.parts().map(shape).collect();
            let head = match other {
                Expr::Prim(id, _) => id.get().name.to_string(),
                Expr::Arg(i) => format!("a{i}"),
                Expr::Local(i) => format!("v{i}"),
                Expr::Learned(key, _) => key.as_str().to_string(),
                Expr::Higher(form, ..) => format!("{form:?}"),
                _ => "?".into(),
            };
            format!("{head}({})", parts.join(","))
        }
    }
}
