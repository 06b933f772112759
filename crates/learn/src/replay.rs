//! Walks a trace in the order of events and collects episodes.

use std::collections::HashMap;
use std::sync::Arc;

use mimus_core::{Body, Datum, Kind, Symbol, Tree};
use mimus_trace::{End, Program, Ref, When};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::episode::{Call, Episode, Path, Step};
use crate::world::{Time, Val, World};

/// All that was observed.
pub(crate) struct Record {
    pub world: World,
    pub sources: Vec<Arc<str>>,
    pub ids: Vec<String>,
    pub episodes: Vec<Episode>,
    pub calls: Vec<Call>,
    /// Texts that the teacher makes for people: the engine's operation for that, its operands and the text.
    pub told: Vec<(&'static str, Vec<Datum>, String)>,
}

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
}

impl Record {
    pub fn new() -> Self {
        Self { world: World::new(), sources: vec![], ids: vec![], episodes: vec![], calls: vec![], told: vec![] }
    }

    /// Adds a program's activations. `tree` is its text as the grammar shapes it.
    pub fn add(&mut self, program: &Program, tree: &Tree) {
        let number = self.sources.len() as u32;
        self.sources.push(program.source.as_str().into());
        self.ids.push(program.id.clone());
        let mut places: FxHashMap<usize, Place> = FxHashMap::default();
        find_places(tree, None, &[], &mut places);
        let base = self.world.add_objects(&program.objects);
        let mut given: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for (i, act) in program.acts.iter().enumerate() {
            if let Ref::Object(object) = act.value {
                given.entry(object).or_default().push(i);
            }
        }
        let mut replay = Replay {
            record: self,
            program,
            number,
            base,
            places,
            stack: vec![],
            frames: HashMap::default(),
            made_in: HashMap::default(),
            done: (0..program.acts.len()).map(|_| None).collect(),
            children: vec![vec![]; program.acts.len()],
            foreign: FxHashMap::default(),
            silent: vec![],
            closed: vec![],
            given,
            told: FxHashSet::default(),
            first: FxHashSet::default(),
        };
        replay.run();
        if let Some(end) = &program.end {
            let error = self.world.value(base, &end.raised);
            let now = self.world.now;
            let error = self.world.snapshot(error, now);
            // Class and text apart: what holds for one class can be seen to hold for all.
            if let Some(text) = text_of(&error) {
                self.told.push(("report", vec![Datum::text(error.class().as_str()), text], end.printed.clone()));
            }
        }
    }
}

/// What an error says.
fn text_of(error: &Datum) -> Option<Datum> {
    let Datum::Compound(compound) = error else { return None };
    let Body::Record(fields) = &compound.body else { return None };
    fields.iter().find(|(name, _)| name.as_str() == "text").map(|(_, text)| text.clone())
}

/// Where a span stands in the tree.
struct Place {
    tree: Arc<Tree>,
    /// The nearest enclosing span with activations, and the path from it.
    owner: Option<usize>,
    path: Path,
}

fn find_places(tree: &Tree, owner: Option<usize>, path: &[(u8, u16)], places: &mut FxHashMap<usize, Place>) {
    let is_part = tree.form.kind == Kind::Part;
    if let Some(span) = tree.span {
        places.insert(span, Place { tree: Arc::new(tree.clone()), owner, path: path.to_vec() });
    }
    let owner = if is_part { owner } else { tree.span };
    for (i, slot) in tree.slots.iter().enumerate() {
        for (j, child) in slot.trees().iter().enumerate() {
            let mut inner = if is_part { path.to_vec() } else { vec![] };
            inner.push((i as u8, j as u16));
            find_places(child, owner, &inner, places);
        }
    }
}

struct Frame {
    names: FxHashMap<Symbol, Val>,
    outer: Option<usize>,
}

struct Replay<'r> {
    record: &'r mut Record,
    program: &'r Program,
    number: u32,
    base: usize,
    places: FxHashMap<usize, Place>,
    stack: Vec<Open>,
    frames: HashMap<usize, Frame>,
    /// The frame in which a function value was made, and by which span.
    made_in: HashMap<Val, (usize, usize)>,
    done: Vec<Option<Step>>,
    children: Vec<Vec<usize>>,
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
}

impl Replay<'_> {
    fn run(&mut self) {
        self.frames.insert(0, Frame { names: FxHashMap::default(), outer: None });
        for act in 0..self.program.acts.len() {
            let parent = self.program.acts[act].parent;
            let on_stack = parent.is_none_or(|p| self.stack.iter().any(|open| open.act == p));
            let is_inside = |open: &Open| {
                let above = |act: &usize| self.program.acts[*act].parent;
                std::iter::successors(Some(open.act), above).any(|around| Some(around) == parent)
            };
            // A piece that runs when its construct is over comes after the one that ran so before it.
            let over = |open: &Open| if on_stack { Some(open.act) != parent } else { is_inside(open) };
            while self.stack.last().is_some_and(over) {
                self.exit();
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

    fn look_up(&self, mut frame: usize, name: Symbol) -> Option<Val> {
        loop {
            let known = self.frames.get(&frame)?;
            if let Some(value) = known.names.get(&name) {
                return Some(*value);
            }
            frame = known.outer?;
        }
    }

    fn bind(&mut self, name: Symbol, value: Option<Val>, frame: usize, current: usize) {
        let outer = (frame != current && frame != 0).then_some(current);
        let frame = self.frames.entry(frame).or_insert_with(|| Frame { names: FxHashMap::default(), outer });
        match value {
            Some(value) => frame.names.insert(name, value),
            None => frame.names.remove(&name),
        };
    }

    fn enter(&mut self, number: usize) {
        let act = &self.program.acts[number];
        let caller = act.parent.and_then(|p| self.stack.iter().rev().find(|open| open.act == p)).map_or(0, |open| open.frame);
        let mut frame = caller;
        if let Some((opened, Ref::None)) = &act.opens {
            // Names of a construct's own, without a function: the frame may be met again.
            frame = *opened;
            self.frames.entry(frame).or_insert_with(|| Frame { names: FxHashMap::default(), outer: Some(caller) });
        } else if let Some((opened, function)) = &act.opens {
            let function = self.record.world.value(self.base, function);
            let outer = self.made_in.get(&function).map_or(0, |(frame, _)| *frame);
            frame = *opened;
            self.frames.insert(frame, Frame { names: FxHashMap::default(), outer: Some(outer) });
        }
        for bind in act.binds.iter().filter(|bind| bind.when == When::Entry) {
            let value = bind.value.as_ref().map(|v| self.record.world.value(self.base, v));
            self.bind(bind.name, value, bind.frame, frame);
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
            let is_new = self.record.world.born(self.base + change.object).is_none_or(|born| born >= began);
            if self.told.insert(change.object) && is_new && !self.is_given_inside(number, change.object) {
                let value = self.record.world.reference(self.base + change.object);
                self.made_in.entry(value).or_insert((frame, self.program.acts[number].span));
                self.first.insert((number, change.object));
                self.record.world.change(self.base, change);
            }
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
        let above = |inner: &usize| self.program.acts[*inner].parent;
        given.iter().any(|giver| *giver > act && std::iter::successors(above(giver), above).any(|around| around == act))
    }

    /// Whether an object is what an expression around this activation gives, and was not there before it.
    fn is_made_around(&self, act: usize, object: usize) -> bool {
        let born = self.record.world.born(self.base + object);
        let mut around = act;
        loop {
            let inner = &self.program.acts[around];
            let is_body = inner.opens.as_ref().is_some_and(|(_, function)| *function != Ref::None);
            let is_expr = self.places.get(&inner.span).is_none_or(|place| place.tree.form.kind == Kind::Expr);
            let Some(parent) = inner.parent.filter(|_| is_expr && !is_body) else { return false };
            around = parent;
            let outer = &self.program.acts[around];
            let open = self.stack.iter().find(|open| open.act == around).map(|open| open.began);
            let began = open.or_else(|| self.done[around].as_ref().map(|step| step.began));
            if outer.end == End::Normal && outer.value == Ref::Object(object) && born > began {
                return true;
            }
        }
    }

    /// What the names in a piece are bound to.
    fn names_in(&self, span: usize, frame: usize) -> Vec<(Symbol, Val)> {
        fn collect(tree: &Tree, source: &str, out: &mut Vec<Symbol>) {
            for child in tree.children() {
                match child.form.kind {
                    Kind::Name => out.push(Symbol::new(child.text(source))),
                    Kind::Part => collect(child, source, out),
                    _ => {}
                }
            }
        }
        let Some(place) = self.places.get(&span) else { return vec![] };
        let mut words = Vec::new();
        if place.tree.slots.is_empty() {
            words.push(Symbol::new(place.tree.text(&self.program.source)));
        } else {
            collect(&place.tree, &self.program.source, &mut words);
        }
        words.into_iter().filter_map(|word| Some((word, self.look_up(frame, word)?))).collect()
    }

    fn exit(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        let act = &self.program.acts[open.act];
        let mut changed = Vec::new();
        for change in &act.heap {
            self.record.world.mention_inserted(self.base, change);
            if self.first.remove(&(open.act, change.object)) {
                continue;
            }
            let object = self.base + change.object;
            if self.is_made_around(open.act, change.object) {
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
        let value = self.record.world.value(self.base, &act.value);
        if self.record.world.is_function(value) && act.end == End::Normal {
            self.made_in.entry(value).or_insert((open.frame, act.span));
        }
        let mut binds = Vec::new();
        for bind in act.binds.iter().filter(|bind| bind.when == When::Exit) {
            let value = bind.value.as_ref().map(|v| self.record.world.value(self.base, v));
            if let Some(value) = value.filter(|v| self.record.world.is_function(*v)) {
                self.made_in.entry(value).or_insert((open.frame, act.span));
            }
            self.bind(bind.name, value, bind.frame, open.frame);
            if bind.frame != open.frame {
                self.foreign.insert((open.frame, bind.name), bind.frame == 0);
            }
            binds.push((bind.name, value));
        }
        // What holds something that never came back did not come back as a whole, whatever is reported.
        let suspended =
            self.children[open.act].iter().any(|child| self.done[*child].as_ref().is_some_and(|s| s.end == End::Suspended));
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

        let own_template = || self.places.get(&act.span).map(|place| place.tree.form.template);
        let (mut jump, mut carried) = (None, value);
        if end == End::Left {
            // The innermost abandoned one is the one that jumped.
            let mut inside = self.children[open.act].iter().rev().filter_map(|child| self.done[*child].as_ref());
            match inside.find(|step| step.end == End::Left && step.body_of.is_none()) {
                Some(last) => (jump, carried) = (last.jump, last.value),
                None => jump = own_template(),
            }
        }
        let called = act.opens.as_ref().filter(|(_, function)| *function != Ref::None);
        let body_of = called.map(|(_, function)| self.record.world.value(self.base, function));
        let path = self.places.get(&act.span).map(|place| place.path.clone()).unwrap_or_default();
        let step = Step {
            path: if body_of.is_some() { vec![] } else { path },
            end,
            jump,
            value: carried,
            binds: entry_binds.clone(),
            body_of,
            scoped: act.opens.is_some() && body_of.is_none(),
            began: open.began,
            ended,
        };
        if let Some(function) = body_of {
            let args: Vec<Datum> = entry_binds.iter().map(|(_, v)| self.record.world.snapshot(*v, open.began)).collect();
            if end == End::Normal || end == End::Left {
                let result = self.record.world.snapshot(carried, ended);
                self.record.world.add_call(function, args, result);
            }
            let maker = self.made_in.get(&function).and_then(|(_, span)| self.places.get(span));
            // The function may have been noted first by the statement around its maker: find the one the body stands in.
            let owner = self.places.get(&act.span).and_then(|place| place.owner).and_then(|owner| self.places.get(&owner));
            if let Some(place) = owner.or(maker) {
                self.record.calls.push(Call {
                    maker: place.tree.clone(),
                    program: self.number,
                    function,
                    binds: entry_binds,
                    began: open.began,
                    jump,
                });
            }
        }
        self.done[open.act] = Some(step);
        let closed = Closed { act: open.act, frame: open.frame, end, jump, value: carried, binds, names: open.names, changed };
        self.closed.push((closed, open.began, ended));
    }

    /// Makes the episode of an activation. Only when the program is over: late evaluation may add steps to what has ended.
    fn conclude(&mut self, closed: Closed, began: Time, ended: Time) {
        let act = &self.program.acts[closed.act];
        let steps = self.steps_of(closed.act);
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
            out: act.out.clone(),
            lazy: false,
            began,
            ended,
        });
    }

    fn steps_of(&self, act: usize) -> Vec<Step> {
        let span = self.program.acts[act].span;
        let mut given: Vec<Val> = Vec::new();
        let mut steps = Vec::new();
        for child in &self.children[act] {
            let Some(step) = self.done[*child].clone() else { continue };
            let owner = self.places.get(&self.program.acts[*child].span).and_then(|place| place.owner);
            // Of bodies, only those of functions that a piece of the construct gave: the others were called back by a builtin,
            // and what they did belongs to it.
            if step.body_of.map_or(owner == Some(span), |function| given.contains(&function)) {
                given.push(step.value);
                steps.push(step);
            }
        }
        steps
    }
}
