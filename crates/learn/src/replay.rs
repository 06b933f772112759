//! Walks a trace in the order of events and collects episodes.

use std::collections::HashMap;

use mimus_core::{Body, Datum, Kind, Symbol, Tree};
use mimus_trace::{Act, End, Program, Ref, Shape, When};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::episode::{Call, Episode, Step};
use crate::frames::Frames;
use crate::place::{Place, places};
use crate::record::Record;
use crate::sleepers::Sleepers;
use crate::world::{Time, Val};

/// What is known of an activation while it is open.
struct Open {
    act: usize,
    began: Time,
    frame: usize,
    names: Vec<(Symbol, Val)>,
}

/// An activation that has ended.
struct Closed {
    act: usize,
    frame: usize,
    end: End,
    jump: Option<Symbol>,
    value: Val,
    binds: Vec<(Symbol, Option<Val>)>,
    names: Vec<(Symbol, Val)>,
    changed: Vec<usize>,
    gives: Vec<Val>,
}

/// Adds a program's activations to the record. `tree` is its text as the grammar shapes it.
pub(crate) fn replay(record: &mut Record, program: &Program, tree: &Tree) {
    let number = record.sources.len() as u32;
    record.sources.push(program.source.as_str().into());
    record.ids.push(program.id.clone());
    let base = record.world.add_objects(&program.objects);
    let mut given: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (i, act) in program.acts.iter().enumerate() {
        if let Ref::Object(object) = act.value {
            given.entry(object).or_default().push(i);
        }
    }
    let mut replay = Replay {
        record,
        program,
        number,
        base,
        places: places(tree),
        stack: vec![],
        frames: Frames::new(),
        made_in: HashMap::default(),
        done: (0..program.acts.len()).map(|_| None).collect(),
        children: vec![vec![]; program.acts.len()],
        records: program.objects.iter().enumerate().filter_map(|(i, info)| Some((info.made_of?, i))).collect(),
        homes: FxHashMap::default(),
        made: FxHashMap::default(),
        foreign: FxHashMap::default(),
        silent: vec![],
        closed: vec![],
        given,
        told: FxHashSet::default(),
        first: FxHashSet::default(),
        sleepers: Sleepers::of(program),
        filled: FxHashMap::default(),
    };
    replay.run();
    replay.note_end();
}

/// What an error says.
fn text_of(error: &Datum) -> Option<Datum> {
    let Datum::Compound(compound) = error else { return None };
    let Body::Record(fields) = &compound.body else { return None };
    fields.iter().find(|(name, _)| name.as_str() == "text").map(|(_, text)| text.clone())
}

/// The activations around one, from the inside out.
pub(crate) fn around(program: &Program, act: usize) -> impl Iterator<Item = usize> {
    let parent = |act: &usize| program.acts[*act].parent;
    std::iter::successors(parent(&act), parent)
}

struct Replay<'r> {
    record: &'r mut Record,
    program: &'r Program,
    number: u32,
    base: usize,
    places: FxHashMap<usize, Place>,
    stack: Vec<Open>,
    frames: Frames,
    /// The frame in which a function value was made, and by which span.
    made_in: HashMap<Val, (usize, usize)>,
    done: Vec<Option<Step>>,
    children: Vec<Vec<usize>>,
    /// Frames whose names became the fields of an object.
    records: FxHashMap<usize, usize>,
    /// By frame of a function, the record whose body made it and what its first parameter got.
    homes: FxHashMap<usize, (Val, Val)>,
    /// Functions whose making was told, by activation.
    made: FxHashMap<usize, Val>,
    /// Names that a frame's code binds elsewhere: in the outermost frame or not.
    foreign: FxHashMap<(usize, Symbol), bool>,
    /// Episodes without steps that name names, with their frames: they may be what made those names foreign.
    silent: Vec<(usize, usize)>,
    closed: Vec<(Closed, Time, Time)>,
    /// Activations that give each object.
    given: FxHashMap<usize, Vec<usize>>,
    /// Objects whose contents were told.
    told: FxHashSet<usize>,
    /// Changes that were the first of their object, by activation: they are made already.
    first: FxHashSet<(usize, usize)>,
    sleepers: Sleepers<Open>,
    /// How many changes of an activation are made already, where they are not all made at its end.
    filled: FxHashMap<usize, usize>,
}

impl Replay<'_> {
    fn run(&mut self) {
        let program = self.program;
        for act in 0..program.acts.len() {
            let parent = program.acts[act].parent;
            if let Some(woken) = parent.and_then(|parent| self.sleepers.wake(|open| open.act == parent)) {
                self.stack.extend(woken);
            }
            let on_stack = parent.is_none_or(|p| self.stack.iter().any(|open| open.act == p));
            let is_inside = |open: &Open| Some(open.act) == parent || around(program, open.act).any(|act| Some(act) == parent);
            // A piece that runs when its construct is over comes after the one that ran so before it.
            let over = |open: &Open| if on_stack { Some(open.act) != parent } else { is_inside(open) };
            while self.stack.last().is_some_and(over) {
                let stays = self.stack.iter().rposition(|open| !over(open)).map_or(0, |last| last + 1);
                let goes_on = |open: &Open| self.sleepers.goes_on(open.act, act);
                match self.stack[stays..].iter().position(goes_on) {
                    Some(first) => self.sleep(stays + first),
                    None => self.exit(),
                }
            }
            self.enter(act);
        }
        while !self.stack.is_empty() {
            self.exit();
        }
        for (closed, began, ended) in std::mem::take(&mut self.closed) {
            self.conclude(closed, began, ended);
        }
        for (episode, frame) in std::mem::take(&mut self.silent) {
            let episode = &mut self.record.episodes[episode];
            let names = episode.tree.children().map(|child| Symbol::new(child.text(&self.program.source)));
            episode.declares = names.filter_map(|name| self.foreign.get(&(frame, name)).copied()).next();
        }
    }

    fn enter(&mut self, number: usize) {
        let act = &self.program.acts[number];
        let caller = act.parent.and_then(|p| self.stack.iter().rev().find(|open| open.act == p)).map_or(0, |open| open.frame);
        let mut frame = caller;
        if let Some((opened, Ref::None)) = &act.opens {
            // Names of a construct's own, without a function: the frame may be met again.
            frame = *opened;
            self.frames.reopen(frame, caller);
            if let Some(home) = self.homes.get(&caller).filter(|_| !self.records.contains_key(&frame)) {
                self.homes.insert(frame, *home);
            }
        } else if let Some((opened, function)) = &act.opens {
            let function = self.record.world.value(self.base, function);
            let made_in = self.made_in.get(&function).map_or(0, |(frame, _)| *frame);
            frame = *opened;
            let mut outer = made_in;
            // Names that are fields are none to what is made among them.
            while self.records.contains_key(&outer) {
                outer = self.frames.around(outer).unwrap_or_default();
            }
            self.note_home(frame, made_in, act);
            self.frames.open(frame, outer);
        }
        for bind in act.binds.iter().filter(|bind| bind.when == When::Entry) {
            let value = bind.value.as_ref().map(|v| self.record.world.value(self.base, v));
            self.frames.bind(bind.name, value, bind.frame, frame);
            // A construct with names of its own: what runs in it sees them.
            if bind.frame != frame && bind.frame != 0 {
                frame = bind.frame;
            }
        }
        if let Some(parent) = act.parent {
            self.children[parent].push(number);
        }
        let names = self.names_in(act.span, frame);
        let began = self.record.world.now;
        self.stack.push(Open { act: number, began, frame, names });
        self.record.world.now += 1;
        // The first that is told of an object holds from here on, unless it was there already, without contents.
        for change in &self.program.acts[number].heap {
            if self.program.objects[change.object].shape == Shape::Closure {
                let value = self.record.world.reference(self.base + change.object);
                self.made_in.entry(value).or_insert((frame, self.program.acts[number].span));
                self.first.insert((number, change.object));
                self.made.insert(number, value);
                continue;
            }
            let is_new = self.record.world.born(self.base + change.object).is_none_or(|born| born >= began);
            if self.sleepers.is_filled(change.object) {
                continue;
            }
            if self.told.insert(change.object) && is_new && !self.is_given_inside(number, change.object) {
                let value = self.record.world.reference(self.base + change.object);
                self.made_in.entry(value).or_insert((frame, self.program.acts[number].span));
                self.first.insert((number, change.object));
                self.record.world.change(self.base, change);
            }
        }
    }

    /// Notes what a function belongs to whose body begins.
    fn note_home(&mut self, frame: usize, made_in: usize, act: &Act) {
        let first = act.binds.iter().find(|bind| bind.when == When::Entry).and_then(|bind| bind.value.as_ref());
        let home = match (self.records.get(&made_in), first) {
            (Some(record), Some(first)) => {
                let first = self.record.world.value(self.base, first);
                Some((self.record.world.reference(self.base + record), first))
            }
            _ => self.homes.get(&made_in).copied(),
        };
        if let Some(home) = home {
            self.homes.insert(frame, home);
        }
    }

    /// Whether something inside an activation gives an object that was not there at its beginning.
    fn is_given_inside(&self, act: usize, object: usize) -> bool {
        let wanted = Ref::Object(object);
        let arrives = |bind: &mimus_trace::Bind| bind.when == When::Entry && bind.value.as_ref() == Some(&wanted);
        if self.program.acts[act].binds.iter().any(arrives) {
            return false;
        }
        let given = self.given.get(&object).map_or(&[][..], Vec::as_slice);
        given.iter().any(|giver| *giver > act && around(self.program, *giver).any(|around| around == act))
    }

    /// Whether an object is what an expression around this activation gives, and was not there before it.
    fn is_made_around(&self, act: usize, object: usize) -> bool {
        let born = self.record.world.born(self.base + object);
        let mut act = act;
        for parent in around(self.program, act) {
            let inner = &self.program.acts[act];
            let is_body = inner.opens.as_ref().is_some_and(|(_, function)| *function != Ref::None);
            let is_expr = self.places.get(&inner.span).is_none_or(|place| place.tree.form.kind == Kind::Expr);
            if is_body || !is_expr {
                return false;
            }
            act = parent;
            let outer = &self.program.acts[act];
            let open = self.stack.iter().find(|open| open.act == act).map(|open| open.began);
            let began = open.or_else(|| self.done[act].as_ref().map(|step| step.began));
            if outer.end == End::Normal && outer.value == Ref::Object(object) && born > began {
                return true;
            }
        }
        false
    }

    /// What the names in a piece are bound to.
    fn names_in(&self, span: usize, frame: usize) -> Vec<(Symbol, Val)> {
        let Some(place) = self.places.get(&span) else { return vec![] };
        let words = place.words(&self.program.source);
        words.into_iter().filter_map(|word| Some((word, self.frames.look_up(frame, word)?))).collect()
    }

    /// Puts aside what is open from here on, until it goes on. What it has given by now is given.
    fn sleep(&mut self, from: usize) {
        let fills = |open: &Open| {
            let heap = &self.program.acts[open.act].heap;
            let next = heap.get(self.filled.get(&open.act).copied().unwrap_or(0)).map(|change| change.object);
            next.is_some() && next == self.sleepers.fills(self.program, open.act)
        };
        let giving = self.stack[from..].iter().rposition(fills).map(|giving| from + giving);
        // What it evaluated has come to its end.
        while giving.is_some_and(|giving| giving + 1 < self.stack.len()) {
            self.exit();
        }
        let asleep = self.stack.split_off(from);
        if let (Some(open), Some(_)) = (asleep.last(), giving) {
            let heap = &self.program.acts[open.act].heap;
            let made = self.filled.entry(open.act).or_default();
            let mut met = FxHashSet::default();
            while let Some(change) = heap.get(*made)
                && self.sleepers.is_filled(change.object)
                && met.insert(change.object)
            {
                *made += 1;
                self.record.world.mention_inserted(self.base, change);
                self.record.world.change(self.base, change);
            }
        }
        self.sleepers.put(asleep);
    }

    fn exit(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        let act = &self.program.acts[open.act];
        let changed = self.apply_changes(&open);
        let gives = self.sleepers.given(self.program, open.act);
        let gives: Vec<Val> = gives.map(|value| self.record.world.value(self.base, value)).collect();
        let value = self.record.world.value(self.base, &act.value);
        if self.record.world.is_function(value) && act.end == End::Normal {
            self.made_in.entry(value).or_insert((open.frame, act.span));
        }
        let binds = self.apply_binds(&open);
        // What holds something that never came back did not come back as a whole, whatever is reported.
        let is_cut = |step: &Step| step.end == End::Suspended && step.fills.is_none();
        let suspended = self.children[open.act].iter().any(|child| self.done[*child].as_ref().is_some_and(is_cut));
        let (end, world) = (if suspended && act.end == End::Normal { End::Suspended } else { act.end }, &mut self.record.world);
        let entry_binds: Vec<(Symbol, Val)> = act
            .binds
            .iter()
            .filter(|bind| bind.when == When::Entry)
            .filter_map(|bind| Some((bind.name, world.value(self.base, bind.value.as_ref()?))))
            .collect();
        let ended = world.now;
        world.now += 1;
        if let Some(text) = &act.shown {
            self.record.told.push(("show", vec![world.snapshot(value, ended)], text.clone()));
        }
        let (jump, carried) = if end == End::Left { self.jump_of(&open, value) } else { (None, value) };
        let called = act.opens.as_ref().filter(|(_, function)| *function != Ref::None);
        let body_of = called.map(|(_, function)| self.record.world.value(self.base, function));
        let path = self.places.get(&act.span).map(|place| place.path.clone()).unwrap_or_default();
        let fills = act.fills.map(|object| self.record.world.reference(self.base + object));
        if let Some(object) = act.fills {
            self.record.world.end_filling(self.base + object, end, carried);
        }
        let record = act.opens.as_ref().and_then(|(frame, _)| self.records.get(frame));
        let becomes = record.map(|i| self.record.world.reference(self.base + i));
        let step = Step {
            path: if body_of.is_some() { vec![] } else { path },
            end,
            jump,
            value: carried,
            binds: entry_binds,
            body_of,
            fills,
            scoped: act.opens.is_some() && body_of.is_none(),
            becomes,
            began: open.began,
            ended,
        };
        if let Some(function) = body_of {
            self.note_call(function, &step, act.span);
        }
        self.done[open.act] = Some(step);
        let Open { frame, names, .. } = open;
        let closed = Closed { act: open.act, frame, end, jump, value: carried, binds, names, changed, gives };
        self.closed.push((closed, open.began, ended));
    }

    /// Makes the changes that an activation told of; gives the objects that it changed itself.
    fn apply_changes(&mut self, open: &Open) -> Vec<usize> {
        let act = &self.program.acts[open.act];
        let mut changed = Vec::new();
        let made = self.filled.remove(&open.act).unwrap_or(0);
        for change in &act.heap[made..] {
            self.record.world.mention_inserted(self.base, change);
            if self.first.remove(&(open.act, change.object)) {
                continue;
            }
            let object = self.base + change.object;
            if self.sleepers.is_filled(change.object) {
                // It is filled; nothing in it was changed.
            } else if self.is_made_around(open.act, change.object) {
                // What runs inside a construct that fills its result as it goes does not change that result itself.
            } else if self.record.world.born(object).is_some_and(|born| born <= open.began)
                || self.is_given_inside(open.act, change.object)
            {
                changed.push(object);
            } else {
                let value = self.record.world.reference(object);
                self.made_in.entry(value).or_insert((open.frame, act.span));
            }
            self.record.world.change(self.base, change);
        }
        changed.sort_unstable();
        changed.dedup();
        changed
    }

    /// Binds what an activation bound at its end.
    fn apply_binds(&mut self, open: &Open) -> Vec<(Symbol, Option<Val>)> {
        let act = &self.program.acts[open.act];
        let mut binds = Vec::new();
        for bind in act.binds.iter().filter(|bind| bind.when == When::Exit) {
            let value = bind.value.as_ref().map(|v| self.record.world.value(self.base, v));
            if let Some(value) = value.filter(|v| self.record.world.is_function(*v)) {
                self.made_in.entry(value).or_insert((open.frame, act.span));
            }
            self.frames.bind(bind.name, value, bind.frame, open.frame);
            if bind.frame != open.frame {
                self.foreign.insert((open.frame, bind.name), bind.frame == 0);
            }
            binds.push((bind.name, value));
        }
        binds
    }

    /// Which construct sent the jump that an activation was left by, and what the jump carries.
    fn jump_of(&self, open: &Open, value: Val) -> (Option<Symbol>, Val) {
        // The innermost abandoned one is the one that jumped.
        let mut inside = self.children[open.act].iter().rev().filter_map(|child| self.done[*child].as_ref());
        match inside.find(|step| step.end == End::Left && step.body_of.is_none()) {
            Some(last) => (last.jump, last.value),
            None => (self.places.get(&self.program.acts[open.act].span).map(|place| place.tree.form.template), value),
        }
    }

    /// Notes what a call of one of the program's functions was given and gave; `body` is its body.
    fn note_call(&mut self, function: Val, body: &Step, span: usize) {
        let world = &mut self.record.world;
        let args: Vec<Datum> = body.binds.iter().map(|(_, v)| world.snapshot(*v, body.began)).collect();
        if matches!(body.end, End::Normal | End::Left) && body.fills.is_none() {
            let result = world.snapshot(body.value, body.ended);
            world.add_call(function, args, result);
        }
        let maker = self.made_in.get(&function).and_then(|(_, span)| self.places.get(span));
        // The function may have been noted first by the statement around its maker: find the one the body stands in.
        let owner = self.places.get(&span).and_then(|place| place.owner).and_then(|owner| self.places.get(&owner));
        if let Some(place) = owner.or(maker) {
            self.record.calls.push(Call {
                maker: place.tree.clone(),
                program: self.number,
                function,
                binds: body.binds.clone(),
                began: body.began,
                jump: body.jump,
            });
        }
    }

    /// Makes the episode of an activation. Only when the program is over: late evaluation may add steps to what has ended.
    fn conclude(&mut self, closed: Closed, began: Time, ended: Time) {
        let act = &self.program.acts[closed.act];
        let (steps, inner) = self.steps_of(closed.act);
        let Some(place) = self.places.get(&act.span) else { return };
        let has_names = place.tree.children().next().is_some_and(|child| child.form.kind == Kind::Name);
        if steps.is_empty() && closed.binds.is_empty() && has_names {
            self.silent.push((self.record.episodes.len(), closed.frame));
        }
        self.record.episodes.push(Episode {
            program: self.number,
            tree: place.tree.clone(),
            steps,
            end: closed.end,
            jump: closed.jump,
            value: closed.value,
            binds: closed.binds,
            names: closed.names,
            declares: None,
            changed: closed.changed,
            fills: self.sleepers.fills(self.program, closed.act).map(|object| self.program.objects[object].class),
            gives: closed.gives,
            over: act.over.iter().map(|object| self.base + object).collect(),
            inner,
            made: self.made.get(&closed.act).copied(),
            home: self.homes.get(&closed.frame).copied(),
            out: act.out.clone(),
            lazy: false,
            began,
            ended,
        });
    }

    /// Notes what was printed of the error that ended the program.
    fn note_end(&mut self) {
        let Some(end) = &self.program.end else { return };
        let world = &mut self.record.world;
        let error = world.value(self.base, &end.raised);
        let error = world.snapshot(error, world.now);
        // Class and text apart: what holds for one class can be seen to hold for all.
        if let Some(text) = text_of(&error) {
            self.record.told.push(("report", vec![Datum::text(error.class().as_str()), text], end.printed.clone()));
        }
    }

    /// What ran inside an activation, and the bodies of functions among it that no piece of it gave.
    fn steps_of(&self, act: usize) -> (Vec<Step>, Vec<Step>) {
        let span = self.program.acts[act].span;
        let mut given: Vec<Val> = Vec::new();
        let (mut steps, mut inner) = (Vec::new(), Vec::new());
        for child in &self.children[act] {
            let Some(step) = self.done[*child].clone() else { continue };
            let owner = self.places.get(&self.program.acts[*child].span).and_then(|place| place.owner);
            // Of bodies, only those of functions that a piece of the construct gave: the others were called back by a builtin,
            // and what they did belongs to it.
            let is_given = |function: Val| given.iter().any(|v| self.record.world.runs(*v, function));
            if step.body_of.map_or(owner == Some(span), is_given) {
                given.push(step.value);
                steps.push(step);
            } else if step.body_of.is_some() {
                inner.push(step);
            }
        }
        (steps, inner)
    }
}
