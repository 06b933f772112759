//! Ways that a use speaks for.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use mimus_core::{Body, Datum, Symbol};
use mimus_knowledge::{Does, Passed, View, Way};
use rustc_hash::FxHashSet;

use super::explain::{beneath, builtin_name, fits_view, found, has_builtin, kind, name, parts};
use super::uses::{Came, Inner, Use, pair};
use crate::world::{Val, World};

/// Uses that must speak for a view.
const LEAST: usize = 2;

/// The ways that some use speaks for, the simplest first.
pub(super) fn candidates(world: &World, uses: &[&Use]) -> Vec<Way> {
    let views = Views::of(world, uses);
    let declined = declined(world, uses);
    let walked = walked(world, uses);
    let mut met = FxHashSet::default();
    let mut out = vec![];
    for used in uses {
        for way in of_use(world, used, &views, &declined, walked) {
            if met.insert((way.on, way.class, way.count, way.does.clone())) {
                out.push(way);
            }
        }
    }
    // Of those that explain as much, the first is taken, and that is the one that says most of what is given; the order must be the
    // same in every run.
    let given = |does: &Does| if let Does::Call { order: Some(order), .. } = does { order.len() } else { 0 };
    out.sort_by_cached_key(|way| (rank(&way.does), Reverse(given(&way.does)), way.to_term().to_string()));
    out
}

fn rank(does: &Does) -> usize {
    match does {
        Does::First | Does::Same(..) | Does::Beyond => 1,
        Does::Has(_) | Does::Drop(_) | Does::Reaches(_) => 2,
        Does::Call { order: Some(_), opposite: false, unless: None, .. } => 3,
        Does::Call { opposite: false, unless: None, .. } => 4,
        Does::Call { opposite: false, .. } => 5,
        Does::Call { .. } => 6,
        Does::Instead(_) | Does::Steps { .. } | Does::Within(_) => 7,
        Does::Read { takes: true, .. } => 8,
        Does::Read { .. } | Does::ReadBeyond { .. } | Does::Write { .. } | Does::Make { .. } => 9,
        Does::Fill | Does::Gives(_) => 10,
    }
}

/// What is done with values of certain classes that delegates hold, by the operand's place and class.
struct Views {
    reads: BTreeMap<(usize, Symbol), Vec<(Symbol, View)>>,
    writes: BTreeMap<(usize, Symbol), Vec<(Symbol, usize)>>,
}

impl Views {
    fn of(world: &World, uses: &[&Use]) -> Self {
        let mut reads: BTreeMap<(usize, Symbol, Symbol), Vec<(View, usize)>> = BTreeMap::new();
        let mut writes: BTreeMap<(usize, Symbol, Symbol), Vec<(usize, usize)>> = BTreeMap::new();
        for used in uses {
            for (on, of) in used.args.iter().enumerate() {
                let asked = pair(world, *of).map_or(*of, |(_, of)| of);
                let names = used.args.iter().enumerate().filter(|(i, _)| *i != on).filter_map(|(_, v)| name(world, *v));
                for wanted in names {
                    let Some((class, items)) = found(world, asked, wanted, used.at).and_then(|v| parts(world, v)) else {
                        continue;
                    };
                    let place = (on, world.class(*of), class);
                    for i in 0..items.len() {
                        for view in [View::Give(i), View::Take(i), View::TakeFirst(i), View::Run(i)] {
                            if fits_view(world, used, asked, &items, view) {
                                count(reads.entry(place).or_default(), view);
                            }
                        }
                        let runs = matches!(used.inner.as_slice(), [one] if one.function == items[i] && one.binds.len() == 2);
                        if runs && used.args.len() > 2 {
                            count(writes.entry(place).or_default(), i);
                        }
                    }
                }
            }
        }
        let best = |seen: Vec<(View, usize)>| seen.into_iter().rev().max_by_key(|(_, n)| *n).filter(|(_, n)| *n >= LEAST);
        let most = |seen: Vec<(usize, usize)>| seen.into_iter().rev().max_by_key(|(_, n)| *n).filter(|(_, n)| *n >= LEAST);
        let mut views = Self { reads: BTreeMap::new(), writes: BTreeMap::new() };
        for ((on, of, class), seen) in reads {
            if let Some((view, _)) = best(seen) {
                views.reads.entry((on, of)).or_default().push((class, view));
            }
        }
        for ((on, of, class), seen) in writes {
            if let Some((i, _)) = most(seen) {
                views.writes.entry((on, of)).or_default().push((class, i));
            }
        }
        views
    }
}

fn count<T: PartialEq>(seen: &mut Vec<(T, usize)>, what: T) {
    match seen.iter_mut().find(|(known, _)| *known == what) {
        Some((_, n)) => *n += 1,
        None => seen.push((what, 1)),
    }
}

/// Builtin things that functions gave where it came to something else: they leave it to others.
fn declined(world: &World, uses: &[&Use]) -> Vec<Datum> {
    let mut out: Vec<Datum> = vec![];
    for used in uses {
        let answering = used.answering(world).len();
        for one in &used.inner[..used.inner.len() - answering] {
            if !out.contains(world.raw(one.value)) {
                out.push(world.raw(one.value).clone());
            }
        }
    }
    out.truncate(2);
    out
}

/// The class of what functions give mostly that is a sequence held by value.
fn walked(world: &World, uses: &[&Use]) -> Symbol {
    let mut seen = vec![];
    for one in uses.iter().filter_map(|used| used.inner.first()) {
        if let Some((class, _)) = parts(world, one.value) {
            count(&mut seen, class);
        }
    }
    seen.into_iter().rev().max_by_key(|(_, n)| *n).map_or_else(Symbol::neutral, |(class, _)| class)
}

fn of_use(world: &World, used: &Use, views: &Views, declined: &[Datum], walked: Symbol) -> Vec<Way> {
    let mut out = vec![];
    let exact = Some(used.args.len());
    let mut add =
        |on: Option<usize>, class: Symbol, count: Option<usize>, does: Does| out.push(Way { on, class, count, does, seen: 0 });
    if let (Came::Gave(value), true) = (used.came, used.args.is_empty()) {
        add(None, world.class(value), exact, Does::Beyond);
    }
    for (on, of) in used.args.iter().enumerate() {
        let class = world.class(*of);
        let others = || (0..used.args.len()).filter(move |i| *i != on);
        let names = || others().filter(|i| name(world, used.args[*i]).is_some());
        if pair(world, *of).is_some() {
            for key in names() {
                let views = views.reads.get(&(on, class)).cloned().unwrap_or_default();
                let joints = joint(world, used, used.args[key]).map(Some).into_iter().chain([None]);
                for joint in joints {
                    add(Some(on), class, exact, Does::ReadBeyond { key, views: views.clone(), joint });
                }
            }
        }
        if world.delegates(*of).is_none() {
            continue;
        }
        for first in used.inner.first().into_iter().chain(used.answering(world).first()) {
            for called in names_of(world, *of, first, used.at) {
                let declining = declined.iter().map(|atom| Some(atom.clone()));
                for (opposite, unless) in [(false, None), (true, None)]
                    .into_iter()
                    .chain(declining.flat_map(|unless| [(false, unless.clone()), (true, unless)]))
                {
                    let call = |order| Does::Call { name: called, order, opposite, unless: unless.clone() };
                    // A function gets what it was found for first.
                    if let Some(order) = order(world, used, first).filter(|order| order.first() == Some(&Passed::Operand(on))) {
                        if order.iter().copied().eq((0..used.args.len()).map(Passed::Operand)) {
                            add(Some(on), class, None, call(None));
                        }
                        add(Some(on), class, exact, call(Some(order)));
                    }
                }
                add(None, class, None, Does::Instead(called));
                if let Some(end) = used.inner.last().filter(|one| one.raised) {
                    add(Some(on), class, None, Does::Steps { name: called, until: world.class(end.value), class: walked });
                }
            }
        }
        if let Came::Gave(new) = used.came
            && on == 0
            && world.delegates(new).is_some_and(|all| all.first() == Some(of))
        {
            let (made, builtin) = (world.class(new), has_builtin(world, *of));
            add(Some(0), class, None, Does::Make { begins: None, class: made, builtin });
            for called in used.inner.iter().flat_map(|one| own_names_of(world, *of, one.function, used.at)) {
                add(Some(0), class, None, Does::Make { begins: Some(called), class: made, builtin });
            }
        }
        if used.named {
            continue;
        }
        for key in names() {
            for takes in [true, false] {
                let read = |or| {
                    let views = views.reads.get(&(on, class)).cloned().unwrap_or_default();
                    Does::Read { key, or, takes, views }
                };
                add(Some(on), class, exact, read(None));
                for or in others().filter(|i| *i != key) {
                    add(Some(on), class, exact, read(Some(or)));
                }
            }
            add(Some(on), class, exact, Does::Has(key));
            add(Some(on), class, exact, Does::Drop(key));
            for value in others().filter(|i| *i != key) {
                let views = views.writes.get(&(on, class)).cloned().unwrap_or_default();
                add(Some(on), class, exact, Does::Write { key, value, views });
            }
        }
        if has_builtin(world, *of) && world.class(*of) != class_of_made(world, *of) {
            if on == 0 && !used.changed.is_empty() {
                add(Some(on), class, None, Does::Fill);
            }
            for (field, _) in texts(world, *of, used.at) {
                add(None, class, None, Does::Within(field));
            }
        }
        add(Some(on), class, exact, Does::First);
        for i in others() {
            add(Some(on), class, exact, Does::Reaches(i));
            add(Some(on), class, exact, Does::Same(i, true));
            add(Some(on), class, exact, Does::Same(i, false));
        }
        if let Came::Gave(value) = used.came
            && matches!(world.raw(value), Datum::None | Datum::Bool(_) | Datum::Atom(_))
        {
            add(Some(on), class, exact, Does::Gives(world.raw(value).clone()));
        }
    }
    out
}

/// The class of records that are made of frames, if this is one: they are not what is worked on.
fn class_of_made(world: &World, of: Val) -> Symbol {
    if world.is_made_of_frame(of) { world.class(of) } else { Symbol::neutral() }
}

/// The own fields of a record that hold texts.
fn texts(world: &World, of: Val, at: u32) -> Vec<(Symbol, Val)> {
    match world.object(of).and_then(|object| world.contents(object, at)).map(|body| &**body) {
        Some(Body::Record(fields)) => fields.iter().filter(|(_, v)| name(world, *v).is_some()).copied().collect(),
        _ => vec![],
    }
}

/// What stands between the name of a builtin thing and that of what it has, where such a thing came of a use.
fn joint(world: &World, used: &Use, key: Val) -> Option<Symbol> {
    let (Came::Gave(given), Some(wanted)) = (used.came, name(world, key)) else { return None };
    let Datum::Bound(called, of) = world.raw(given) else { return None };
    let of = world.known(of)?;
    let front = called.as_str().strip_suffix(wanted.as_str())?;
    let holders = world.delegates(of)?.iter().filter_map(|v| builtin_name(world, *v));
    holders.filter_map(|holder| front.strip_prefix(holder.as_str())).find(|joint| joint.len() < 4).map(Symbol::new)
}

/// The names under which delegates of a value have the function of a body.
fn names_of(world: &World, of: Val, inner: &Inner, at: u32) -> Vec<Symbol> {
    let holders = world.delegates(of).map(<[Val]>::to_vec).unwrap_or_default();
    let names = holders.iter().flat_map(|holder| own_names_of(world, *holder, inner.function, at));
    names.filter(|called| beneath(world, of, *called, at) == Some(inner.function)).collect()
}

/// The names of the fields, of a record or what it delegates to, with a function.
fn own_names_of(world: &World, of: Val, function: Val, at: u32) -> Vec<Symbol> {
    let holders = std::iter::once(of).chain(world.delegates(of).unwrap_or_default().iter().copied());
    let fields = |holder: Val| match &**world.contents(world.object(holder)?, at)? {
        Body::Record(fields) => Some(fields.iter().filter(|(_, v)| *v == function).map(|(name, _)| *name).collect::<Vec<_>>()),
        _ => None,
    };
    holders.filter_map(fields).flatten().collect()
}

/// What a body got, in order: operands, what they are, and what stands beside the last operand that is something.
fn order(world: &World, used: &Use, inner: &Inner) -> Option<Vec<Passed>> {
    let mut order = vec![];
    let is_some = |i: &usize| used.args[*i] != World::NONE;
    for bound in &inner.binds {
        let is_new = |passed: &Passed| !order.contains(passed);
        let operands = (0..used.args.len()).filter(|i| used.args[*i] == *bound).map(Passed::Operand);
        let kinds = (1..used.args.len()).filter(is_some).filter(|i| kind(world, used.args[*i]) == Some(*bound)).map(Passed::Kind);
        let last = (1..used.args.len()).rev().find(is_some).filter(|_| world.is_opaque(*bound));
        let beside = last.map(|i| Passed::Beside(i, world.class(*bound)));
        match operands.chain(kinds).chain(beside).find(is_new) {
            Some(passed) => order.push(passed),
            None => break,
        }
    }
    (!order.is_empty()).then_some(order)
}
