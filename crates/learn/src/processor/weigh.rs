//! How sure lines are: formulas that explain the same are weighed by how many instructions each of them would explain.
//!
//! A rule that many instructions share was seen that much more often. What was only ever seen to be the same deserves doubt: that it
//! is so again has the probability of Laplace's rule of succession.

use std::collections::BTreeMap;

use mimus_core::Expr;
use mimus_knowledge::{Instruction, Rival, Target};
use rayon::prelude::*;

use super::library::{Library, Template, class};
use super::study::Study;

/// Bits for a node of a formula.
const NODE_BITS: f64 = 4.0;
/// Formulas of a line that are kept.
const RIVALS: usize = 4;
/// Less is not worth telling.
const LEAST: f64 = 1e-4;
/// Instructions that may vouch for a rule.
const MOST_SHARED: f64 = 32.0;

/// What was told of an instruction.
pub struct Told<'s, 'a> {
    pub study: &'s Study<'a>,
    /// Further steps that were asked for and explained.
    pub checked: usize,
}

/// Formulas of each line, with the numbers of their templates.
type Explanations = Vec<Vec<(Expr, Option<usize>)>>;

/// All instructions with shares for their meanings.
pub fn instructions(all: &[Told], library: &Library) -> Vec<Instruction> {
    let mut templates: BTreeMap<Target, Vec<&Template>> = BTreeMap::new();
    for line in all.iter().flat_map(|told| &told.study.lines) {
        templates.entry(class(line.target)).or_insert_with(|| library.of_class(line.target));
    }
    let explained: Vec<Explanations> = all
        .par_iter()
        .map(|told| {
            let lines = told.study.lines.iter().enumerate();
            lines.map(|(i, line)| told.study.explanations(i, &templates[&class(line.target)])).collect()
        })
        .collect();
    let mut counts: BTreeMap<(Target, usize), f64> = BTreeMap::new();
    for (told, lines) in all.iter().zip(&explained) {
        for (line, formulas) in told.study.lines.iter().zip(lines) {
            for number in formulas.iter().filter_map(|(_, number)| *number) {
                *counts.entry((class(line.target), number)).or_default() += 1.0;
            }
        }
    }
    let weighed = all.par_iter().zip(&explained).map(|(told, lines)| {
        let count =
            |i: usize, number: Option<usize>| number.map_or(1.0, |number| counts[&(class(told.study.lines[i].target), number)]);
        let mixed = told.study.mixed();
        let shares = lines.iter().enumerate().map(|(i, formulas)| shares(told, i, formulas, &mixed, &|number| count(i, number)));
        told.study.instruction(&shares.collect::<Vec<_>>())
    });
    weighed.collect()
}

/// Shares of the formulas of one line, the best first.
fn shares(
    told: &Told,
    line: usize,
    formulas: &[(Expr, Option<usize>)],
    mixed: &[Vec<i64>],
    count: &dyn Fn(Option<usize>) -> f64,
) -> Vec<Rival<Expr>> {
    // A formula is as long as it is written, or as its name among those that there are.
    let all: f64 = formulas.iter().map(|(_, number)| count(*number)).sum();
    let bits = |(expr, number): &(Expr, Option<usize>)| {
        (NODE_BITS * expr.size() as f64).min(1.0 + (all / count(*number)).log2()) + expr.size() as f64 / 64.0
    };
    let mut sorted: Vec<&(Expr, Option<usize>)> = formulas.iter().collect();
    sorted.sort_by(|a, b| bits(a).total_cmp(&bits(b)));
    let Some(best) = sorted.first() else { return vec![] };
    let least = bits(best);
    let mut rivals: Vec<Rival<Expr>> = vec![];
    for formula in &sorted {
        let share = (least - bits(formula)).exp2();
        let same = rivals.iter_mut().find(|known| told.study.are_same(&known.meaning, &formula.0, line, mixed));
        match same {
            Some(known) => {
                known.share += share;
                if formula.0.size() < known.meaning.size() {
                    known.meaning = formula.0.clone();
                }
            }
            None => rivals.push(Rival { meaning: formula.0.clone(), share }),
        }
    }
    let sum: f64 = rivals.iter().map(|rival| rival.share).sum();
    let known = 1.0 - reserve(told, line, &best.0, count(best.1));
    rivals.iter_mut().for_each(|rival| rival.share *= known / sum);
    rivals.retain(|rival| rival.share >= LEAST);
    rivals.truncate(RIVALS);
    rivals
}

/// The mass of "none of these".
fn reserve(told: &Told, line: usize, best: &Expr, shared: f64) -> f64 {
    let rows = (told.study.steps.len() + told.checked) as f64 * shared.min(MOST_SHARED);
    let nodes = best.size() as f64;
    // A long formula was found among more that might have fitted by chance.
    let needed = NODE_BITS * nodes * (1.0 + nodes / 12.0);
    let ratio = rows * told.study.told_bits(line).max(0.1) / needed;
    (1.0 / (1.0 + ratio * ratio)).max(1.0 / (rows + 2.0))
}
