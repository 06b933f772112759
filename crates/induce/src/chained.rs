//! Operations on several operands that are two steps: what one operation makes of some of them, and what another makes of that with
//! the others. Each operand is used once, in its order, as it is or changed a little.

use mimus_core::{Datum, Expr, Formula, Meaning, SizeLimit, Symbol, Value};
use mimus_knowledge::{Overload, Pattern, Rival};
use rayon::prelude::*;

use crate::case::{Agreement, Case, End};
use crate::deduce::call;
use crate::group::{Covered, Group, alike};
use crate::solve::{KIN, kinship};
use crate::surest;
use crate::vocabulary::{Operations, ReadyMeaning, Speaker, Vocabulary};

/// With fewer operands the search comes as far by itself; with more there are too many ways.
const OPERANDS: std::ops::RangeInclusive<usize> = 3..=5;
/// Examples that a way is tried on first, and how many of them it may miss.
const PROBES: usize = 10;
const MISSED: usize = 1;
/// Groups of an operation without such a way, beyond as many with one, after which no more are tried.
const FRUITLESS: usize = 12;
/// Groups of an operation that are looked at side by side.
const TOGETHER: usize = 4;
/// What is surer than this needs no help.
const SURE: f64 = 0.9;

/// Gives groups without a sure meaning what two known steps come to.
pub fn find(groups: &mut [Group], operations: &mut Operations) {
    let vocabulary = Vocabulary::all(operations);
    let is_open = |group: &Group| {
        let is_plain = group.takes.iter().all(|p| p.name.is_none() && p.all_from.is_none());
        let is_wanting = group.share() < SURE && group.covered != Covered::Fully && group.gives();
        is_plain && is_wanting && OPERANDS.contains(&group.takes.len())
    };
    let open = alike(groups, |group| is_open(group).then_some(()));
    let shared: &[Group] = groups;
    let found: Vec<(usize, Rival<Meaning>)> =
        open.par_iter().with_max_len(1).flat_map_iter(|members| among(members, shared, &vocabulary)).collect();
    surest::give(found, groups, operations);
}

/// The surest ways for groups of one operation, until too many had none.
fn among(members: &[usize], groups: &[Group], vocabulary: &Vocabulary) -> Vec<(usize, Rival<Meaning>)> {
    let mut found = vec![];
    let mut fruitless = 0;
    // One operation may have most of the groups.
    for some in members.chunks(TOGETHER) {
        let ways: Vec<_> = some.par_iter().with_max_len(1).map(|i| of_group(*i, groups, vocabulary)).collect();
        fruitless += ways.iter().filter(|way| way.is_none()).count();
        found.extend(some.iter().zip(ways).filter_map(|(i, way)| Some((*i, way?))));
        if fruitless > FRUITLESS + found.len() {
            break;
        }
    }
    found
}

/// The surest way for a group that is surer than what it has.
fn of_group(i: usize, groups: &[Group], vocabulary: &Vocabulary) -> Option<Rival<Meaning>> {
    let _limit = SizeLimit::set(2_000);
    let group = &groups[i];
    surest::of(i, Ways::new(group, vocabulary)?.all(), 0.0, groups, vocabulary)
}

/// The ways to make two steps of a group's operands.
struct Ways<'a> {
    key: Symbol,
    /// Each operand that says something, as it is and changed a little.
    operands: Vec<Vec<Expr>>,
    /// Which of all operands are negative integers.
    negative: Vec<bool>,
    operations: &'a Operations,
    probes: Vec<Case>,
    speaker: Speaker,
}

impl<'a> Ways<'a> {
    fn new(group: &Group, vocabulary: &'a Vocabulary) -> Option<Self> {
        let mut gave = Case::all(&group.examples);
        gave.retain(|case| matches!(case.end, End::Gave { .. }));
        let step = gave.len().div_ceil(PROBES).max(1);
        let mut probes: Vec<Case> = gave.into_iter().step_by(step).collect();
        // What holds most shows best whether a step changes it.
        probes.sort_by_key(|case| std::cmp::Reverse(case.args.first().and_then(mimus_core::size)));
        let whole = matches!(probes.first()?.args.first()?, Value::Text(_) | Value::Bytes(_) | Value::Object(_));
        let changed = |(i, value): (usize, &Value)| {
            let operand = || Expr::Arg(i as u8);
            match value {
                Value::None => vec![],
                Value::Int(_) if whole => {
                    vec![operand(), from_end(operand()), call("negative", vec![operand()]), flipped(operand())]
                }
                Value::Int(_) => vec![operand(), call("negative", vec![operand()])],
                _ => vec![operand()],
            }
        };
        let mut operands: Vec<Vec<Expr>> = probes.first()?.args.iter().enumerate().map(changed).collect();
        operands.retain(|forms| !forms.is_empty());
        let speaker = Speaker::new(vocabulary);
        let negative =
            group.takes.iter().map(|pattern| *pattern == Pattern { name: None, ..pattern.clone() }.negative()).collect();
        let mut ways = Self { key: group.key, operands, negative, operations: &vocabulary.operations, probes, speaker };
        let turned = ways.turned();
        ways.operands.first_mut()?.extend(turned);
        (ways.operands.len() > 1).then_some(ways)
    }

    /// What operations that are written alike make of the first operand and a step back, where that is another of its class.
    fn turned(&mut self) -> Vec<Expr> {
        let first = self.probes[0].args[0].clone();
        let key = self.key;
        let with_step = |key: Symbol| Expr::Learned(key, vec![Expr::Arg(0), Expr::Const(Datum::int(-1))]);
        let near = self.operations.keys().filter(|other| kinship(key, **other) * 2 >= KIN).map(|key| with_step(*key));
        let mut seen = vec![first.clone()];
        let is_other = |expr: &Expr| {
            self.speaker.begin();
            let made = mimus_core::eval(expr, &self.probes[0].args, &mut self.speaker).ok();
            let made = made.filter(|made| made.class() == first.class() && !seen.contains(made));
            seen.extend(made.clone());
            made.is_some()
        };
        near.filter(is_other).collect()
    }

    /// Those that are right about most probes, without the classes of what they make.
    fn all(mut self) -> Vec<Formula> {
        let count = self.operands.len();
        let mut found = vec![];
        // Which operands the first step takes: always the first.
        for mask in (0..1_u32 << count).filter(|mask| mask & 1 == 1) {
            let (taken, rest): (Vec<usize>, Vec<usize>) = (0..count).partition(|i| mask >> i & 1 == 1);
            let first = self.applied(&taken, None);
            if rest.is_empty() {
                found.extend(first.into_iter().filter(|expr| self.leads_on(expr)).map(Formula::pure));
                continue;
            }
            if taken.len() == 1 {
                continue;
            }
            for inner in first {
                found.extend(self.applied(&rest, Some(&inner)).into_iter().map(Formula::pure));
            }
        }
        found.retain(|formula| self.is_likely(formula));
        found
    }

    /// Whether a call is not the operation's own for operands that are as they are in the group: that would never end. A negative
    /// position that is counted from the end is one that is not negative.
    fn leads_on(&self, expr: &Expr) -> bool {
        let Expr::Learned(key, args) = expr else { return true };
        let is_settled = |(i, arg): (usize, &Expr)| self.negative[i] && *arg == from_end(Expr::Arg(i as u8));
        *key != self.key || args.len() < self.negative.len() || args.iter().enumerate().any(is_settled)
    }

    /// What operations make of operands, after what was made of others.
    fn applied(&mut self, operands: &[usize], before: Option<&Expr>) -> Vec<Expr> {
        let made = before.map(|expr| {
            self.speaker.begin();
            mimus_core::eval(expr, &self.probes[0].args, &mut self.speaker).ok()
        });
        // What the first step gives must be something.
        let Some(made) = made.map_or(Some(None), |made| made.map(Some)) else { return vec![] };
        let mut choices: Vec<Vec<Expr>> = vec![before.cloned().into_iter().collect()];
        for operand in operands {
            let longer = |args: Vec<Expr>| {
                self.operands[*operand].iter().map(move |form| [&args[..], std::slice::from_ref(form)].concat())
            };
            choices = choices.into_iter().flat_map(longer).collect();
        }
        let args = &self.probes[0].args;
        let value = |form: &Expr| if let Expr::Arg(i) = form { args.get(usize::from(*i)).cloned() } else { None };
        let values: Vec<Value> =
            made.iter().cloned().chain(operands.iter().filter_map(|i| value(&self.operands[*i][0]))).collect();
        let takes = |o: &Overload| {
            let fits =
                o.takes.len() == values.len() && o.takes.iter().zip(&values).all(|(p, v)| p.name.is_none() && p.fits_class(v));
            fits && o.takes.iter().all(|p| p.class.is_some()) && !o.meanings.is_empty()
        };
        let key = self.key;
        let is_near = |other: Symbol| other == key || kinship(key, other) * 2 >= KIN;
        let mut out = vec![];
        for (key, operation) in self.operations {
            // What is made of the operands first may be anything if the operation itself goes on with it.
            if (before.is_none() && values.len() > 1 || is_near(*key)) && operation.overloads.iter().any(takes) {
                out.extend(choices.iter().map(|args| Expr::Learned(*key, args.clone())));
            }
        }
        out
    }

    fn is_likely(&mut self, formula: &Formula) -> bool {
        let ready = ReadyMeaning::formula(formula);
        let misses = self.probes.iter().filter(|case| !matches!(case.agrees(&ready, &mut self.speaker), Agreement::Full));
        misses.take(MISSED + 1).count() <= MISSED
    }
}

/// A position counted from the end of the first operand, at least zero.
fn from_end(position: Expr) -> Expr {
    let added = call("add", vec![position, call("length", vec![Expr::Arg(0)])]);
    call("larger", vec![added, Expr::Const(Datum::int(0))])
}

/// The same position counted from the other end, where those below zero count from there.
fn flipped(position: Expr) -> Expr {
    call("bit_not", vec![position])
}
