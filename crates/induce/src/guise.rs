//! What operations on bytes give, seen as what operations that are written alike give for texts: what holds for the characters of a
//! text often holds for bytes, which are searched for, cut and joined in the same ways.

use mimus_core::{Body, Datum, Expr, Formula, Higher, Meaning, PrimId, SizeLimit, Symbol};
use mimus_knowledge::Rival;
use rayon::prelude::*;

use crate::general::length;
use crate::group::Group;
use crate::posterior::reserve;
use crate::solve::NODE_BITS;
use crate::trial::{Fit, Trial};
use crate::trust::trust;
use crate::vocabulary::{Operations, Vocabulary};

/// What is surer than this needs no help.
const SURE: f64 = 0.9;
/// Operations that are written alike and tried.
const WORDS: usize = 4;

/// Gives groups with bytes among their operands what operations on texts give for these as texts, where that explains them more
/// surely than what was found.
pub fn lend(groups: &mut [Group], operations: &mut Operations) {
    let vocabulary = Vocabulary::all(operations);
    let shared: &[Group] = groups;
    let open = |i: &usize| !shared[*i].refined && shared[*i].share() < SURE && !guises(&shared[*i]).is_empty();
    let open: Vec<usize> = (0..shared.len()).filter(open).collect();
    let lent: Vec<(usize, Rival<Meaning>)> = open.par_iter().filter_map(|i| Some((*i, best(*i, shared, &vocabulary)?))).collect();
    for (i, rival) in lent {
        groups[i].adopt(rival, operations);
    }
}

/// The surest of the formulas that explain a group.
fn best(i: usize, groups: &[Group], vocabulary: &Vocabulary) -> Option<Rival<Meaning>> {
    let _limit = SizeLimit::set(2_000);
    let group = &groups[i];
    let mut trial = Trial::new(groups, vocabulary);
    let mut best: Option<Rival<Meaning>> = None;
    for result in words(group, vocabulary).flat_map(|word| results(word, group)) {
        let formula = Formula::pure(result);
        let surety = trust(group.key, &Meaning::Formula(formula.clone()), &vocabulary.operations);
        let share = (1.0 - reserve(NODE_BITS * length(&formula) as f64, group.evidence)) * surety;
        if share > best.as_ref().map_or(group.share(), |rival| rival.share)
            && let Fit::Explains(suited, 0.0) = trial.fit(i, &formula)
        {
            best = Some(Rival { meaning: Meaning::Formula(*suited), share });
        }
    }
    best
}

/// Operations whose names end as a group's does, itself among them.
fn words(group: &Group, vocabulary: &Vocabulary) -> impl Iterator<Item = Symbol> {
    let own = last_word(group.key).to_string();
    let mut found = vec![group.key];
    found.extend(
        vocabulary.operations.keys().copied().filter(|key| !own.is_empty() && last_word(*key) == own && *key != group.key),
    );
    found.into_iter().take(WORDS)
}

fn last_word(key: Symbol) -> &'static str {
    key.as_str().rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

/// The operands of a group that are bytes, or hold nothing else, in all of its examples.
fn guises(group: &Group) -> Vec<usize> {
    if group.takes.iter().any(|pattern| pattern.name.is_some()) {
        return vec![];
    }
    let of_bytes = |i: &usize| {
        let mut operands = group.examples.iter().filter_map(|example| example.args.get(*i)).peekable();
        operands.peek().is_some() && operands.all(is_of_bytes)
    };
    (0..group.takes.len()).filter(of_bytes).collect()
}

fn is_of_bytes(datum: &Datum) -> bool {
    match datum {
        Datum::Bytes(_) => true,
        Datum::Compound(c) => matches!(&c.body, Body::Seq(items) if items.iter().all(|item| matches!(item, Datum::Bytes(_)))),
        _ => false,
    }
}

/// What an operation gives for the operands as texts, as it is, as bytes, and as bytes one by one.
fn results(word: Symbol, group: &Group) -> Vec<Expr> {
    let (Some(to_text), Some(to_bytes)) = (PrimId::by_name("byte_chars"), PrimId::by_name("char_bytes")) else { return vec![] };
    let guises = guises(group);
    let operand = |i: usize| {
        let arg = Expr::Arg(i as u8);
        if guises.contains(&i) { Expr::Prim(to_text, vec![arg]) } else { arg }
    };
    let plain = Expr::Learned(word, (0..group.takes.len()).map(operand).collect());
    let each = Expr::Higher(Higher::Map, Box::new(Expr::Prim(to_bytes, vec![Expr::Local(0)])), vec![plain.clone()]);
    vec![plain.clone(), Expr::Prim(to_bytes, vec![plain]), each]
}
