//! Whether a way explains a use.

use mimus_core::{Body, Datum, Symbol};
use mimus_knowledge::{Does, Passed, View, Way};

use super::uses::{Came, Inner, Use, pair};
use crate::world::{Time, Val, World};

/// What a value's delegates have under a name.
pub(super) fn beneath(world: &World, value: Val, name: Symbol, at: Time) -> Option<Val> {
    world.delegates(value)?.iter().find_map(|holder| world.field(*holder, name, at))
}

/// The same of the value itself and its delegates.
pub(super) fn found(world: &World, value: Val, name: Symbol, at: Time) -> Option<Val> {
    world.field(value, name, at).or_else(|| beneath(world, value, name, at))
}

/// The text of a value as a name.
pub(super) fn name(world: &World, value: Val) -> Option<Symbol> {
    if let Datum::Text(text) = world.raw(value) { Some(Symbol::new(text)) } else { None }
}

/// The class and elements of a sequence held by value.
pub(super) fn parts(world: &World, value: Val) -> Option<(Symbol, Vec<Val>)> {
    match world.raw(value) {
        Datum::Compound(c) if !world.may_be_taken(value) => match &c.body {
            Body::Seq(items) => Some((c.class, items.iter().map(|item| world.known(item)).collect::<Option<_>>()?)),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a value is a sequence held by value.
fn is_parts(world: &World, value: Val) -> bool {
    matches!(world.raw(value), Datum::Compound(c) if matches!(c.body, Body::Seq(_))) && !world.may_be_taken(value)
}

fn truth(value: bool) -> Came {
    Came::Gave(if value { World::TRUE } else { World::FALSE })
}

/// Whether a body is that of a function with these arguments; those that are collected are not looked at.
fn is_call(world: &World, inner: &Inner, function: Val, args: &[Val]) -> bool {
    let same = |(bound, arg): (&Val, &Val)| bound == arg || is_parts(world, *bound);
    inner.function == function && inner.binds.iter().zip(args).all(same) && (args.is_empty() || !inner.binds.is_empty())
}

/// Whether a body got an operand beyond so many arguments: what defaults give is something else.
fn gets_more(world: &World, used: &Use, inner: &Inner, most: usize) -> bool {
    let is_thing = |v: &Val| matches!(world.raw(*v), Datum::Opaque(..) | Datum::Compound(_));
    let is_operand = |v: &Val| is_thing(v) && used.args.contains(v);
    inner.binds.iter().skip(most).any(|v| {
        let inside = match world.raw(*v) {
            Datum::Compound(c) => match &c.body {
                Body::Seq(items) => items.iter().any(|item| used.args.iter().any(|arg| is_thing(arg) && world.raw(*arg) == item)),
                _ => false,
            },
            _ => false,
        };
        is_operand(v) || inside
    })
}

/// What a function gets that is called. What stands beside an operand is known only as what the body got.
fn given(world: &World, used: &Use, passed: Passed, inner: Option<&Inner>) -> Option<Val> {
    let (Passed::Operand(i) | Passed::Kind(i) | Passed::Beside(i, _)) = passed;
    let arg = *used.args.get(i)?;
    match passed {
        Passed::Operand(_) => Some(arg),
        _ if arg == World::NONE => Some(arg),
        Passed::Kind(_) => kind(world, arg),
        Passed::Beside(_, class) => {
            let is_such = |v: &Val| world.is_opaque(*v) && world.class(*v) == class;
            inner.and_then(|one| one.binds.iter().copied().find(is_such)).or(Some(arg))
        }
    }
}

/// What a value is one of.
pub(super) fn kind(world: &World, of: Val) -> Option<Val> {
    match world.delegates(of) {
        Some(delegates) => delegates.first().copied(),
        None => world.known(&Datum::Atom(world.class(of))),
    }
}

/// Whether what came is what a body gave.
fn passes_on(used: &Use, inner: &Inner) -> bool {
    match used.came {
        Came::Raised(error) => inner.raised && error == inner.value,
        Came::Gave(value) => !inner.raised && value == inner.value,
        Came::Unseen => !inner.raised,
    }
}

/// What a view of a value gives, where that can be seen to be so.
pub(super) fn fits_view(world: &World, used: &Use, of: Val, items: &[Val], view: View) -> bool {
    let (View::Run(i) | View::Give(i) | View::Take(i) | View::TakeFirst(i)) = view;
    let Some(item) = items.get(i).copied() else { return false };
    let given = |from: Option<Val>| match (used.came, from) {
        (Came::Gave(value), Some(from)) => used.inner.is_empty() && world.is_taken_from(value, item, from),
        _ => false,
    };
    match view {
        View::Run(_) => matches!(used.inner.as_slice(), [one] if is_call(world, one, item, &[of]) && passes_on(used, one)),
        View::Give(_) => used.came == Came::Gave(item) && used.inner.is_empty(),
        View::Take(_) => given(Some(of)),
        View::TakeFirst(_) => given(world.delegates(of).and_then(|all| all.first()).copied()),
    }
}

/// Whether a way explains a use; nothing where it cannot be gone.
pub(super) fn explains(world: &World, way: &Way, used: &Use) -> Option<bool> {
    if way.count.is_some_and(|count| count != used.args.len() || used.named) {
        return None;
    }
    if way.does == Does::Beyond {
        let (Came::Gave(value), true) = (used.came, used.args.is_empty()) else { return None };
        return Some(used.home.is_some() && pair(world, value) == used.home && world.class(value) == way.class);
    }
    if let Does::Instead(called) = way.does {
        if used.settled {
            return None;
        }
        return instead(world, way.class, called, used);
    }
    if let Does::Within(field) = way.does {
        return within(world, way.class, field, used);
    }
    let on = used.args.get(way.on?).copied().filter(|on| world.class(*on) == way.class)?;
    if let Does::ReadBeyond { key, views, joint } = &way.does {
        return read_beyond(world, used, on, *used.args.get(*key)?, views, *joint);
    }
    world.delegates(on)?;
    let arg = |i: usize| used.args.get(i).copied();
    // Nothing ran, but for functions that left it to others; nothing was changed or printed.
    let answering = used.answering(world);
    let silent = answering.is_empty();
    let quiet = silent && used.changed.is_empty() && used.out.is_empty();
    let only_gives =
        matches!(way.does, Does::Read { .. } | Does::Has(_) | Does::First | Does::Reaches(_) | Does::Same(..) | Does::Gives(_));
    if only_gives && used.came == Came::Unseen {
        return None;
    }
    match &way.does {
        Does::Call { name, order, opposite, unless } => {
            let function = beneath(world, on, *name, used.at).filter(|f| world.is_function(*f))?;
            let args: Option<Vec<Val>> = match order {
                Some(order) => order.iter().map(|passed| given(world, used, *passed, answering.first())).collect(),
                None => Some(used.args.clone()),
            };
            let declined = used.inner.len() - answering.len();
            if unless.is_some() && used.inner[..declined].iter().any(|one| one.function == function) {
                return None;
            }
            let [one] = answering else { return Some(false) };
            let args = args?;
            let right = is_call(world, one, function, &args) && !gets_more(world, used, one, args.len());
            Some(right && if *opposite { is_opposite(used, one) } else { passes_on(used, one) })
        }
        Does::Make { builtin, .. } if *builtin != has_builtin(world, on) => None,
        Does::Make { begins, class, builtin } => make(world, used, on, *begins, *class, *builtin),
        Does::Fill => {
            Some(has_builtin(world, on) && silent && used.out.is_empty() && used.changed.iter().all(|object| *object == on))
        }
        Does::Read { key, or, takes, views } => {
            let wanted = name(world, arg(*key)?)?;
            let own = world.field(on, wanted, used.at);
            let value = match own.or_else(|| beneath(world, on, wanted, used.at)) {
                Some(value) => value,
                None => return or.map(|i| silent && arg(i).is_some_and(|v| used.came == Came::Gave(v))),
            };
            if (own.is_none() || !takes)
                && let Some((class, items)) = parts(world, value)
                && let Some((_, view)) = views.iter().find(|(known, _)| *known == class)
            {
                return Some(fits_view(world, used, on, &items, *view));
            }
            let taken = *takes && own.is_none() && world.is_function(value);
            match used.came {
                Came::Gave(given) => Some(silent && if taken { world.is_taken_from(given, value, on) } else { given == value }),
                _ => Some(false),
            }
        }
        Does::Has(key) => Some(quiet && used.came == truth(found(world, on, name(world, arg(*key)?)?, used.at).is_some())),
        Does::Write { key, value, views } => {
            let (wanted, value) = (name(world, arg(*key)?)?, arg(*value)?);
            if let Some((class, items)) = beneath(world, on, wanted, used.at).and_then(|v| parts(world, v))
                && let Some((_, i)) = views.iter().find(|(known, _)| *known == class)
            {
                let function = items.get(*i).copied()?;
                return match used.inner.as_slice() {
                    [one] => Some(is_call(world, one, function, &[on, value])),
                    _ if world.is_function(function) => Some(false),
                    _ => None,
                };
            }
            let was = world.field(on, wanted, used.at);
            let is = world.field(on, wanted, used.ended);
            let only = used.changed.iter().all(|object| *object == on);
            Some(
                silent
                    && !matches!(used.came, Came::Raised(_))
                    && is == Some(value)
                    && only
                    && (was == is || used.changed == [on]),
            )
        }
        Does::Drop(key) => {
            let wanted = name(world, arg(*key)?)?;
            world.field(on, wanted, used.at)?;
            Some(silent && used.changed == [on] && world.field(on, wanted, used.ended).is_none())
        }
        Does::First => Some(quiet && world.delegates(on)?.first().is_some_and(|first| used.came == Came::Gave(*first))),
        Does::Reaches(i) => Some(quiet && used.came == truth(reaches(world, on, arg(*i)?))),
        Does::Same(i, is) => Some(quiet && used.came == truth((on == arg(*i)?) == *is)),
        Does::Gives(datum) => match used.came {
            Came::Gave(value) => Some(quiet && world.raw(value) == datum),
            _ => Some(false),
        },
        Does::Steps { name, until, .. } => steps(world, used, on, *name, *until),
        Does::Instead(_) | Does::Within(_) | Does::Beyond | Does::ReadBeyond { .. } => None,
    }
}

fn is_opposite(used: &Use, inner: &Inner) -> bool {
    match used.came {
        Came::Gave(World::TRUE) => inner.value == World::FALSE,
        Came::Gave(World::FALSE) => inner.value == World::TRUE,
        _ => passes_on(used, inner),
    }
}

/// Whether something is this, or an element of it, or delegates to that.
pub(super) fn reaches(world: &World, of: Val, wanted: Val) -> bool {
    let all = parts(world, wanted).map_or_else(|| vec![wanted], |(_, items)| items);
    all.iter().any(|v| *v == of || world.delegates(of).is_some_and(|delegates| delegates.contains(v)))
}

/// All operands of the class that have a function under the name are worked on by it first, in order. What runs between on others
/// belongs to what else the operation does: what it shows of an operand's elements, say.
fn instead(world: &World, class: Symbol, called: Symbol, used: &Use) -> Option<bool> {
    let function = |v: &Val| beneath(world, *v, called, used.at).filter(|f| world.is_function(*f)).map(|f| (*v, f));
    let wanted: Vec<(Val, Val)> = used.args.iter().filter(|v| world.class(**v) == class).filter_map(function).collect();
    if wanted.is_empty() {
        return None;
    }
    let mut inner = used.inner.iter();
    for (of, function) in &wanted {
        match inner.find(|one| one.binds.len() == 1 && is_call(world, one, *function, &[*of])) {
            Some(one) if one.raised => return Some(used.came == Came::Raised(one.value)),
            Some(_) => {}
            None => return Some(false),
        }
    }
    Some(!matches!(used.came, Came::Raised(_)))
}

/// Whether a builtin thing is among what a value delegates to.
pub(super) fn has_builtin(world: &World, of: Val) -> bool {
    world.delegates(of).is_some_and(|all| all.iter().any(|v| matches!(world.raw(*v), Datum::Atom(_))))
}

/// An operand's own field stands for it, as far as can be seen: nothing ran.
fn within(world: &World, class: Symbol, field: Symbol, used: &Use) -> Option<bool> {
    let mut fields = used.args.iter().filter(|v| world.class(**v) == class).map(|v| world.field(*v, field, used.at));
    let first = fields.next()?;
    let all = first.is_some() && fields.all(|v| v.is_some());
    let right = match used.came {
        Came::Gave(value) => Some(value) == first || !used.out.is_empty(),
        Came::Raised(_) => false,
        Came::Unseen => true,
    };
    Some(all && right && used.inner.is_empty() && used.changed.is_empty())
}

fn make(world: &World, used: &Use, on: Val, begins: Option<Symbol>, class: Symbol, builtin: bool) -> Option<bool> {
    let function = begins.and_then(|begins| found(world, on, begins, used.at)).filter(|f| world.is_function(*f));
    let is_of = |v: Val| world.class(v) == class && world.delegates(v).is_some_and(|all| all.first() == Some(&on));
    match (used.came, function, used.inner.as_slice()) {
        (Came::Gave(new), None, []) => Some(is_of(new) && (builtin || used.args.len() == 1)),
        (Came::Gave(new), Some(function), [one]) => {
            let args: Vec<Val> = std::iter::once(new).chain(used.args[1..].iter().copied()).collect();
            // Named ones may come in any order.
            let args = if used.named { &args[..1] } else { &args[..] };
            Some(is_of(new) && is_call(world, one, function, args))
        }
        (Came::Raised(error), Some(function), [one]) => {
            Some(one.function == function && one.raised && one.value == error && one.binds.first().is_some_and(|v| is_of(*v)))
        }
        (Came::Raised(_), _, []) | (Came::Unseen, ..) => None,
        _ => Some(false),
    }
}

fn read_beyond(world: &World, used: &Use, on: Val, key: Val, views: &[(Symbol, View)], joint: Option<Symbol>) -> Option<bool> {
    let (home, of) = pair(world, on)?;
    let wanted = name(world, key)?;
    let chain: Vec<Val> = std::iter::once(of).chain(world.delegates(of)?.iter().copied()).collect();
    let after = chain.iter().position(|v| *v == home)? + 1;
    let Some(value) = chain[after..].iter().find_map(|holder| world.field(*holder, wanted, used.at)) else {
        let holder = chain[after..].iter().find_map(|v| builtin_name(world, *v))?;
        let joined = format!("{holder}{}{wanted}", joint?);
        let Came::Gave(given) = used.came else { return None };
        return Some(matches!(world.raw(given), Datum::Bound(name, from) if name.as_str() == joined && **from == *world.raw(of)));
    };
    if let Some((class, items)) = parts(world, value)
        && let Some((_, view)) = views.iter().find(|(known, _)| *known == class)
    {
        return Some(fits_view(world, used, of, &items, *view));
    }
    let Came::Gave(given) = used.came else { return Some(false) };
    Some(used.inner.is_empty() && if world.is_function(value) { world.is_taken_from(given, value, of) } else { given == value })
}

/// The name of a builtin thing.
pub(super) fn builtin_name(world: &World, value: Val) -> Option<Symbol> {
    if let Datum::Atom(name) = world.raw(value) { Some(*name) } else { None }
}

/// Whether the function was called again and again, until it raised or the elements were left.
fn steps(world: &World, used: &Use, on: Val, called: Symbol, class: Symbol) -> Option<bool> {
    let function = beneath(world, on, called, used.at).filter(|f| world.is_function(*f))?;
    let mine: Vec<&Inner> = used.inner.iter().filter(|one| one.function == function && one.binds == [on]).collect();
    let (last, before) = mine.split_last()?;
    Some(
        mine.len() == used.inner.len()
            && before.iter().all(|one| !one.raised)
            && (!last.raised || world.class(last.value) == class),
    )
}
