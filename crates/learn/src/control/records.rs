//! Programs of constructs whose body becomes a record.

use mimus_core::{Body, Code, Datum, Kind, Named, Slot, SlotId};

use super::pieces::slot_kind;
use crate::episode::{Episode, Step};
use crate::record::Record;

/// The programs that a construct may have if its body was seen to become a record. They are larger than the enumeration reaches,
/// and there are few: what makes a record has to be run, named and told what to delegate to.
pub(super) fn records(record: &Record, sample: &[usize]) -> Vec<Code> {
    let made = sample.iter().find_map(|i| {
        let episode = &record.episodes[*i];
        let step = episode.steps.iter().find(|step| step.becomes.is_some() && step.path.len() == 1)?;
        Some((episode, step))
    });
    made.map_or_else(Vec::new, |(episode, step)| programs(record, episode, step))
}

fn programs(record: &Record, episode: &Episode, step: &Step) -> Vec<Code> {
    let (Some(value), body) = (step.becomes, step.path[0].0) else { return vec![] };
    let Some(contents) = record.world.object(value).and_then(|object| record.world.contents(object, episode.ended)) else {
        return vec![];
    };
    let Body::Record(fields) = &**contents else { return vec![] };
    let slots = || (0 as SlotId..).zip(&episode.tree.slots);
    let of_kind = |kind: Kind| slots().filter(move |(_, slot)| slot_kind(slot) == Some(kind)).map(|(i, _)| i);
    let mut out = vec![];
    for slot in of_kind(Kind::Name) {
        let [name] = episode.tree.slots[usize::from(slot)].trees() else { continue };
        let name = Datum::text(name.text(record.source(episode)));
        let Some((field, _)) = fields.iter().find(|(_, v)| *record.world.raw(*v) == name) else { continue };
        let named = Named { class: record.world.class(value), field: *field, slot };
        // What it delegates to is in a slot of its own, if anywhere.
        let others = slots().filter(|(i, _)| *i != slot && *i != body);
        let mut pushed: Vec<Code> = others
            .filter_map(|(i, slot)| match (slot, slot_kind(slot)) {
                (Slot::One(_), Some(Kind::Expr)) => Some(Code::Push(Box::new(Code::Slot(i)))),
                (_, Some(Kind::Expr | Kind::Part)) => Some(Code::Every(i)),
                _ => None,
            })
            .collect();
        if pushed.is_empty() {
            pushed.push(Code::Const(Datum::None));
        }
        for delegates in pushed {
            let own = || Code::Own(named, Box::new([delegates.clone(), Code::Slot(body)]));
            out.push(Code::Store(slot, Box::new(own())));
            out.extend(of_kind(Kind::Part).map(|part| Code::Store(slot, Box::new(Code::Nest(part, Box::new(own()))))));
        }
        // Clauses around it take what is made, and delegate to nothing.
        let own = || Code::Own(named, Box::new([Code::Const(Datum::None), Code::Slot(body)]));
        out.extend(of_kind(Kind::Part).map(|part| Code::Store(slot, Box::new(Code::Nest(part, Box::new(own()))))));
    }
    out
}

/// The programs that a construct may have if it was seen to make a function and to bind something else: clauses take the function.
pub(super) fn wrapped(record: &Record, sample: &[usize]) -> Vec<Code> {
    let Some(episode) = sample.iter().map(|i| &record.episodes[*i]).find(|episode| episode.made.is_some()) else {
        return vec![];
    };
    let slots = || (0 as SlotId..).zip(&episode.tree.slots);
    let of_kind = |kind: Kind| slots().filter(move |(_, slot)| slot_kind(slot) == Some(kind)).map(|(i, _)| i);
    let mut out = vec![];
    for (name, body) in of_kind(Kind::Name).flat_map(|name| of_kind(Kind::Block).map(move |body| (name, body))) {
        // Where several slots hold parameters, no one of them is all of them.
        if of_kind(Kind::Part).count() > 2 {
            continue;
        }
        for around in of_kind(Kind::Part) {
            let params = of_kind(Kind::Part).filter(|i| *i != around).map(Some).chain([None]);
            out.extend(params.map(|params| {
                let closure = Code::Closure(params, body, None);
                Code::Store(name, Box::new(Code::Nest(around, Box::new(closure))))
            }));
        }
    }
    out
}
