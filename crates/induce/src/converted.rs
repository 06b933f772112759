//! Operations that make something else of an operand first: what another operation makes of it, or what it is as another kind of number or
//! text, where the operation is known for that.

use mimus_core::{Expr, Formula, Host, Meaning, PrimId, SizeLimit, Symbol, Value};
use mimus_knowledge::{Overload, Rival};
use rayon::prelude::*;

use crate::case::{Agreement, Case, End};
use crate::group::{Covered, Group, alike};
use crate::surest;
use crate::vocabulary::{Operations, ReadyMeaning, Speaker, Vocabulary};

/// With more operands there are too many sets of classes.
const OPERANDS: std::ops::RangeInclusive<usize> = 1..=3;
/// Examples that gave something, without which a way fits by chance; those that a way is tried on first, and how many it may miss.
const ENOUGH: usize = 4;
const PROBES: usize = 6;
const MISSED: usize = 1;
/// What is surer than this needs no help.
const SURE: f64 = 0.9;

/// Gives groups without a sure meaning what their operation does to something that is made of an operand, or of all of its class.
pub fn find(groups: &mut [Group], operations: &mut Operations) {
    let vocabulary = Vocabulary::all(operations);
    let is_open = |group: &Group| {
        let is_plain = group.takes.iter().all(|p| p.name.is_none() && !p.is_several());
        let is_wanting = group.share() < SURE && group.covered != Covered::Fully && group.gives();
        is_plain && is_wanting && OPERANDS.contains(&group.takes.len())
    };
    let open: Vec<usize> = alike(groups, |group| is_open(group).then_some(())).concat();
    let shared: &[Group] = groups;
    // Making a vocabulary ready takes longer than most groups do.
    let speaker = || Speaker::new(&vocabulary);
    let of_group = |speaker: &mut Speaker, i: &usize| Some((*i, of_group(*i, shared, &vocabulary, speaker)?));
    let found: Vec<(usize, Rival<Meaning>)> =
        open.par_iter().with_max_len(8).map_init(speaker, of_group).filter_map(|found| found).collect();
    surest::give(found, groups, operations);
}

/// The surest way for a group that is surer than what it has.
fn of_group(i: usize, groups: &[Group], vocabulary: &Vocabulary, speaker: &mut Speaker) -> Option<Rival<Meaning>> {
    let _limit = SizeLimit::set(2_000);
    let (ways, tried) = ways(&groups[i], vocabulary, speaker);
    // Which of so many it is has to be told, too.
    surest::of(i, ways, (tried as f64).log2(), groups, vocabulary)
}

/// The ways that are right about most of a few examples, and how many were looked at.
fn ways(group: &Group, vocabulary: &Vocabulary, speaker: &mut Speaker) -> (Vec<Formula>, usize) {
    let mut gave = Case::all(&group.examples);
    gave.retain(|case| matches!(case.end, End::Gave { .. }));
    if gave.len() < ENOUGH {
        return (vec![], 0);
    }
    let step = gave.len().div_ceil(PROBES).max(1);
    let probes: Vec<Case> = gave.into_iter().step_by(step).collect();
    let args = &probes[0].args;
    let Some(own) = vocabulary.operations.get(&group.key) else { return (vec![], 0) };
    let mut formulas = vec![];
    for (operand, value) in args.iter().enumerate() {
        let alike: Vec<usize> = (0..args.len()).filter(|i| args[*i].class() == value.class()).collect();
        // All of a class are made into the same: that is looked at with the first of them.
        let sets: Vec<Vec<usize>> =
            if alike.len() > 1 && alike[0] == operand { vec![vec![operand], alike] } else { vec![vec![operand]] };
        for (made, how) in conversions(value, group.key, &vocabulary.operations, speaker) {
            for set in &sets {
                let fits = |o: &&Overload| takes(o, args, set, &made);
                if !own.overloads.iter().any(|o| fits(&o)) {
                    continue;
                }
                let call = (0..args.len()).map(|i| {
                    let arg = Expr::Arg(i as u8);
                    if set.contains(&i) { how.of(arg) } else { arg }
                });
                formulas.push(Formula::pure(Expr::Learned(group.key, call.collect())));
            }
        }
    }
    let tried = formulas.len();
    formulas.retain(|formula| {
        let ready = ReadyMeaning::formula(formula);
        let misses = probes.iter().filter(|case| !matches!(case.agrees(&ready, speaker), Agreement::Full));
        misses.take(MISSED + 1).count() <= MISSED
    });
    (formulas, tried)
}

/// Whether an overload with a meaning takes operands some of which were made into something.
fn takes(overload: &Overload, args: &[Value], set: &[usize], made: &Value) -> bool {
    let fits = |(i, pattern): (usize, &mimus_knowledge::Pattern)| {
        pattern.name.is_none() && pattern.class.is_some() && pattern.fits_class(if set.contains(&i) { made } else { &args[i] })
    };
    overload.takes.len() == args.len() && !overload.meanings.is_empty() && overload.takes.iter().enumerate().all(fits)
}

/// How something else is made of a value.
enum Conversion {
    Prim(PrimId),
    Learned(Symbol),
}

impl Conversion {
    fn of(&self, operand: Expr) -> Expr {
        match self {
            Self::Prim(id) => Expr::Prim(*id, vec![operand]),
            Self::Learned(key) => Expr::Learned(*key, vec![operand]),
        }
    }
}

/// What is made of a value that is of another class, each thing once: by primitives, then by operations.
fn conversions(value: &Value, own: Symbol, operations: &Operations, speaker: &mut Speaker) -> Vec<(Value, Conversion)> {
    let mut found: Vec<(Value, Conversion)> = vec![];
    let mut note = |made: Value, how: Conversion| {
        let is_known = |known: &(Value, Conversion)| known.0.class() == made.class() && known.0 == made;
        if made.class() != value.class() && !found.iter().any(is_known) {
            found.push((made, how));
        }
    };
    for id in PrimId::all().filter(|id| id.converts_to().is_some()) {
        if let Some(made) = (id.get().run)(std::slice::from_ref(value)) {
            note(made, Conversion::Prim(id));
        }
    }
    let takes_one = |o: &Overload| o.takes.len() == 1 && o.takes[0].fits_class(value) && !o.meanings.is_empty();
    for (key, operation) in operations {
        if *key != own && operation.overloads.iter().any(takes_one) {
            speaker.begin();
            // Of the others it is not told of which class they are, so that they might lead back.
            if let Ok(made @ Value::Object(_)) = speaker.learned(*key, std::slice::from_ref(value)) {
                note(made, Conversion::Learned(*key));
            }
        }
    }
    found
}
