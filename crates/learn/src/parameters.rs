//! What the parameters of functions do: how arguments become names.

use std::collections::BTreeMap;
use std::sync::Arc;

use mimus_core::{Body, Code, Datum, Form, Kind, Slot, Symbol, Tree};
use rustc_hash::FxHashMap;

use crate::episode::Call;
use crate::simulate::{Applied, Findings};
use crate::world::{Time, Val, World};

/// A call whose arguments and resulting names are both known.
struct Observed {
    maker: Arc<Tree>,
    program: u32,
    args: Vec<Val>,
    named: Vec<(Symbol, Val)>,
    binds: Vec<(Symbol, Val)>,
    began: Time,
}

/// Collects calls, then finds the programs of parameters.
#[derive(Default)]
pub(crate) struct Parameters {
    calls: Vec<Observed>,
}

/// Calls looked at.
const SAMPLE: usize = 600;
/// Combinations of programs tried.
const TRIED: usize = 20_000;

impl Parameters {
    /// Takes the calls of a checked episode.
    pub fn add(&mut self, calls: &FxHashMap<(Val, Time), usize>, all: &[Call], findings: &Findings) {
        for Applied { function, args, named, began } in &findings.applied {
            let (Some(call), Some(args)) = (calls.get(&(*function, *began)), findings.values(args)) else { continue };
            let named = named.iter().map(|(name, v)| Some((*name, findings.value(*v)?)));
            let Some(named) = named.collect::<Option<Vec<_>>>() else { continue };
            let call = &all[*call];
            self.calls.push(Observed {
                maker: call.maker.clone(),
                program: call.program,
                args,
                named,
                binds: call.binds.clone(),
                began: *began,
            });
        }
    }

    /// The programs of parameter parts that explain most calls, with how many each explains and how many there were.
    pub fn solve(self, world: &mut World, sources: &[Arc<str>]) -> BTreeMap<Form, (Code, u64, u64, String)> {
        let mut candidates: BTreeMap<Form, Vec<Code>> = BTreeMap::new();
        let mut examples: BTreeMap<Form, String> = BTreeMap::new();
        let mut classes: Vec<(Symbol, bool)> = Vec::new();
        for call in &self.calls {
            for (_, value) in &call.binds {
                let datum = world.snapshot(*value, call.began);
                if let Datum::Compound(c) = &datum {
                    let entry = (c.class, matches!(c.body, Body::Map(_)));
                    if matches!(c.body, Body::Seq(_) | Body::Map(_)) && !classes.contains(&entry) {
                        classes.push(entry);
                    }
                }
            }
        }
        let stride = (self.calls.len() / SAMPLE).max(1);
        let sample: Vec<&Observed> = self.calls.iter().step_by(stride).collect();
        for call in &sample {
            for part in parameters(&call.maker) {
                examples.entry(part.form).or_insert_with(|| part.text(&sources[call.program as usize]).to_string());
                candidates.entry(part.form).or_insert_with(|| programs(part, &classes));
            }
        }
        candidates.retain(|_, programs| !programs.is_empty());
        // Forms are settled one after the other, the frequent ones first, by the calls that need only settled ones and this one.
        let mut settled: BTreeMap<Form, (Code, u64, u64, String)> = BTreeMap::new();
        let count = |form: &Form| sample.iter().filter(|c| parameters(&c.maker).any(|p| p.form == *form)).count();
        let mut order: Vec<(usize, Form)> = candidates.keys().map(|form| (count(form), *form)).collect();
        order.sort_by_key(|(n, form)| (std::cmp::Reverse(*n), *form));
        let mut tried = 0;
        for (_, form) in order {
            let mut best: Option<(u64, u64, Code)> = None;
            for program in &candidates[&form] {
                tried += 1;
                if tried > TRIED {
                    break;
                }
                let (mut right, mut all) = (0, 0);
                for call in &sample {
                    let needs_other = |p: &Tree| p.form != form && !settled.contains_key(&p.form);
                    if !parameters(&call.maker).any(|p| p.form == form) || parameters(&call.maker).any(needs_other) {
                        continue;
                    }
                    all += 1;
                    let find = |other: Form| if other == form { Some(program) } else { settled.get(&other).map(|s| &s.0) };
                    right += u64::from(explains(world, call, &sources[call.program as usize], &find));
                }
                if right > 0 && best.as_ref().is_none_or(|(most, ..)| right > *most) {
                    best = Some((right, all, program.clone()));
                }
            }
            if let Some((right, all, program)) = best.filter(|(right, all, _)| right * 10 >= all * 9) {
                settled.insert(form, (program, right, all, examples[&form].clone()));
            }
        }
        settled
    }
}

/// The parameter parts of what makes a function: its parts that are not clauses around it.
fn parameters(maker: &Tree) -> impl Iterator<Item = &Tree> {
    maker
        .slots
        .iter()
        .filter(|slot| slot.trees().iter().any(|tree| tree.form.kind == Kind::Part))
        .flat_map(Slot::trees)
        .filter(|tree| tree.form.kind == Kind::Part)
}

fn programs(part: &Tree, classes: &[(Symbol, bool)]) -> Vec<Code> {
    let slots_of = |kind: Kind| {
        let is = move |slot: &Slot| matches!(slot, Slot::One(tree) if tree.form.kind == kind);
        part.slots.iter().enumerate().filter(move |(_, slot)| is(slot)).map(|(i, _)| i as u8).collect::<Vec<_>>()
    };
    // Nothing to take: it says how others take. What no call did cannot be done, so the strictest is tried first.
    if part.slots.is_empty() {
        return vec![Code::OnlyNamed, Code::OnlyPlaced];
    }
    let mut out = Vec::new();
    for name in slots_of(Kind::Name) {
        out.push(Code::Take(name));
        out.extend(slots_of(Kind::Expr).into_iter().map(|default| Code::TakeOr(name, default)));
        for (class, is_map) in classes {
            out.push(if *is_map { Code::TakeNamed(name, *class) } else { Code::TakeRest(name, *class) });
        }
    }
    out
}

fn explains<'c>(world: &mut World, call: &Observed, source: &str, find: &dyn Fn(Form) -> Option<&'c Code>) -> bool {
    let mut args = call.args.iter().copied();
    let mut named = call.named.clone();
    let mut explained = 0;
    let says = |part: &Tree, code: &Code| find(part.form) == Some(code);
    let placed = parameters(&call.maker).position(|part| says(part, &Code::OnlyPlaced)).unwrap_or(0);
    let mut only_named = false;
    for (i, part) in parameters(&call.maker).enumerate() {
        let Some(program) = find(part.form) else { return false };
        if matches!(program, Code::OnlyNamed | Code::OnlyPlaced) {
            only_named |= *program == Code::OnlyNamed;
            continue;
        }
        let (Code::Take(slot) | Code::TakeOr(slot, _) | Code::TakeRest(slot, _) | Code::TakeNamed(slot, _)) = program else {
            return false;
        };
        let Some([tree]) = part.slots.get(usize::from(*slot)).map(Slot::trees) else { return false };
        let name = Symbol::new(tree.text(source));
        let Some(bound) = call.binds.iter().find(|(n, _)| *n == name).map(|(_, v)| *v) else { return false };
        explained += 1;
        let fits = match program {
            Code::Take(_) | Code::TakeOr(..) => {
                let given = match named.iter().position(|(n, _)| *n == name).filter(|_| i >= placed) {
                    Some(i) => Some(named.remove(i).1),
                    None if only_named => None,
                    None => args.next(),
                };
                match given {
                    Some(given) => given == bound,
                    None => matches!(program, Code::TakeOr(..)),
                }
            }
            Code::TakeRest(_, class) => {
                let rest: Vec<Datum> = args.by_ref().map(|v| world.snapshot(v, call.began)).collect();
                world.snapshot(bound, call.began) == Datum::seq(*class, rest)
            }
            Code::TakeNamed(_, class) => {
                named.clear();
                world.class(bound) == *class
            }
            _ => false,
        };
        if !fits {
            return false;
        }
    }
    explained == call.binds.len() && args.next().is_none() && named.is_empty()
}
