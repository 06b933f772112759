//! Ways that a use speaks for.

use std::collections::BTreeMap;

use mimus_core::{Body, Datum, Symbol};
use mimus_knowledge::{Does, View, Way};
use rustc_hash::FxHashSet;

use super::explain::{beneath, fits_view, found, name, parts};
use super::uses::{Came, Inner, Use, pair};
use crate::world::{Val, World};

/// Uses that must speak for a view.
const LEAST: usize = 2;

/// The ways that some use speaks for, the simplest first.
pub(super) fn candidates(world: &World, uses: &[&Use]) -> Vec<Way> {
    let views = Views::of(world, uses);
    let mut met = FxHashSet::default();
    let mut out = vec![];
    for used in uses {
        for way in of_use(world, used, &views) {
            if met.insert((way.on, way.class, way.count, way.does.clone())) {
                out.push(way);
            }
        }
    }
    // Of those that explain as much, the first is taken; the order must be the same in every run.
    out.sort_by_cached_key(|way| (rank(&way.does), way.to_term().to_string()));
    out
}

fn rank(does: &Does) -> usize {
    match does {
        Does::Gives(_) => 0,
        Does::First | Does::Same(..) | Does::Beyond => 1,
        Does::Has(_) | Does::Drop(_) | Does::Reaches(_) => 2,
        Does::Call { order: Some(_), opposite: false, .. } => 3,
        Does::Call { .. } => 4,
        Does::Instead(_) | Does::Steps(..) => 5,
        Does::Read { .. } | Does::ReadBeyond { .. } | Does::Write { .. } | Does::Make(..) => 6,
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

fn of_use(world: &World, used: &Use, views: &Views) -> Vec<Way> {
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
                add(Some(on), class, exact, Does::ReadBeyond { key, views });
            }
        }
        if world.delegates(*of).is_none() {
            continue;
        }
        if let Some(first) = used.inner.first() {
            for called in names_of(world, *of, first, used.at) {
                for opposite in [false, true] {
                    let call = |order| Does::Call { name: called, order, opposite, unless: None };
                    if let Some(order) = order(used, first) {
                        if order.iter().copied().eq(0..used.args.len()) {
                            add(Some(on), class, None, call(None));
                        }
                        add(Some(on), class, exact, call(Some(order)));
                    }
                    if opposite {
                        continue;
                    }
                }
                add(None, class, None, Does::Instead(called));
                if let Some(end) = used.inner.last().filter(|one| one.raised) {
                    add(Some(on), class, exact, Does::Steps(called, world.class(end.value)));
                }
            }
        }
        if let Came::Gave(new) = used.came
            && on == 0
            && world.delegates(new).is_some_and(|all| all.first() == Some(of))
        {
            add(Some(0), class, None, Does::Make(None, world.class(new)));
            for called in used.inner.iter().flat_map(|one| own_names_of(world, *of, one.function, used.at)) {
                add(Some(0), class, None, Does::Make(Some(called), world.class(new)));
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
    // A class as the second operand: the first may be anything.
    out
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

/// Which operands a body got, in order.
fn order(used: &Use, inner: &Inner) -> Option<Vec<usize>> {
    let mut order = vec![];
    for bound in &inner.binds {
        let next = (0..used.args.len()).find(|i| !order.contains(i) && used.args[*i] == *bound);
        match next {
            Some(i) => order.push(i),
            None => break,
        }
    }
    (!order.is_empty()).then_some(order)
}
