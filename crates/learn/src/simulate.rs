//! Checks a control program against an episode: does running it give what was seen?
//!
//! The program runs over the observed steps. What learned operations give is not known yet, so their results are variables that
//! unification binds; each use is logged, for consistency and as evidence for induction.

use std::sync::Arc;

use mimus_core::{Body, Code, Datum, Form, Kind, Shape, SignalKind, Slot, Symbol, Tree};
use mimus_knowledge::Role;
use mimus_trace::{self as trace, End};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::episode::{Episode, Path};
use crate::world::{Time, Val, World};

/// What is known, or assumed for now, beyond the program that is being checked.
#[derive(Clone, Default)]
pub(crate) struct Laws {
    /// Whether a value (a snapshot) is true. Booleans are what they are.
    pub truth: FxHashMap<Val, bool>,
    /// What parts do, by role.
    pub parts: FxHashMap<(Form, Role), Arc<Code>>,
    /// Whether what a shared operation gave was true; its value is never seen.
    pub decided: FxHashMap<(Symbol, Vec<Datum>), bool>,
    /// What operations of other constructs were seen to give.
    pub facts: FxHashMap<Symbol, Facts>,
}

/// What one operation was seen to give, where that is a value by itself.
#[derive(Clone, Default)]
pub(crate) struct Facts {
    pub gave: FxHashMap<Vec<Datum>, Val>,
    /// Classes of operands that it was seen with.
    pub classes: FxHashSet<Vec<Symbol>>,
    /// It changes nothing and prints nothing.
    pub pure: bool,
}

/// A value during simulation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum V {
    Known(Val),
    /// The result of an operation, not seen directly.
    Var(usize),
    /// A collection under construction.
    Fresh(usize),
    /// A function just made.
    Function,
}

/// One use of a learned operation.
#[derive(Clone, Debug)]
pub(crate) struct OpUse {
    pub key: Symbol,
    pub args: Vec<V>,
    pub names: Vec<Symbol>,
    pub at: Time,
    pub result: OpResult,
}

#[derive(Clone, Debug)]
pub(crate) enum OpResult {
    Gave(V),
    Raised,
    /// Elements, in order; complete when the construct took all of them.
    Elements(Vec<V>, bool),
}

/// What a successful check found out.
#[derive(Default)]
pub(crate) struct Findings {
    pub ops: Vec<OpUse>,
    pub vars: Vec<Option<Val>>,
    /// Whether they are true, where their value was not seen.
    pub var_truths: Vec<Option<bool>>,
    pub truths: Vec<(Val, bool)>,
    /// Words that stand for a value without being bound.
    pub words: Vec<(Symbol, Val)>,
    /// Kinds of jumps that gave calls their results.
    pub results: Vec<Symbol>,
    /// Calls of the program's own functions.
    pub applied: Vec<Applied>,
}

impl OpUse {
    /// Whether its result was true, where that is all that was seen.
    pub fn decided(&self, findings: &Findings) -> Option<bool> {
        match self.result {
            OpResult::Gave(V::Var(i)) => findings.var_truths[i],
            _ => None,
        }
    }
}

impl Findings {
    /// The value that was seen, if one was.
    pub fn value(&self, v: V) -> Option<Val> {
        match v {
            V::Known(v) => Some(v),
            V::Var(i) => self.vars[i],
            V::Fresh(_) | V::Function => None,
        }
    }
}

/// A call of a function of the program: what it was given.
pub(crate) struct Applied {
    pub function: Val,
    pub args: Vec<V>,
    pub named: Vec<(Symbol, V)>,
    /// When the body began.
    pub began: Time,
}

pub(crate) enum Verdict {
    Pass(Findings),
    Fail,
    /// A part's program is needed to go on.
    Needs(Form, Role, Tree),
}

enum Exit {
    Signal(Jump, V),
    Bad,
    Undecided,
    Needs(Form, Role, Tree),
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Jump {
    Kind(Symbol),
    Error,
}

type Ran = Result<V, Exit>;

enum Item {
    One(V),
    All(V),
    Entry(V, V),
    Named(Symbol, V),
}

struct Collection {
    class: Symbol,
    shape: Shape,
    items: Vec<Item>,
}

struct Rest<'c> {
    around: &'c Ctx<'c>,
    slot: u8,
    next: usize,
    body: &'c Code,
}

struct Ctx<'c> {
    tree: &'c Tree,
    prefix: &'c [(u8, u16)],
    incoming: Option<V>,
    rest: Option<&'c Rest<'c>>,
}

struct Var {
    value: Option<Val>,
    truth: Option<bool>,
}

struct Pending {
    name: Symbol,
    value: Option<V>,
    reported: bool,
}

struct Run<'a> {
    world: &'a mut World,
    laws: &'a Laws,
    episode: &'a Episode,
    source: &'a str,
    position: usize,
    now: Time,
    /// Nothing, before anything ran.
    it: Option<V>,
    values: Vec<(Path, V)>,
    pending: Vec<Pending>,
    collections: Vec<Collection>,
    open: Vec<usize>,
    caught: Option<V>,
    vars: Vec<Var>,
    over: Vec<(Val, bool)>,
    choices: Vec<bool>,
    chosen: usize,
    fuel: u32,
    declared: bool,
    findings: Findings,
}

/// Alternatives tried for undecided choices within one episode.
const TRIES: usize = 48;
const FUEL: u32 = 4000;

/// The key of a construct's own operation.
pub(crate) fn operation_key(form: Form) -> Symbol {
    match form.kind {
        Kind::Expr if form.template.as_str().contains(' ') => form.template,
        kind => Symbol::new(&format!("{} {}", kind.word(), form.template)),
    }
}

/// Checks a program against an episode.
pub(crate) fn check(world: &mut World, laws: &Laws, source: &str, code: &Code, episode: &Episode) -> Verdict {
    let mut stack: Vec<Vec<bool>> = vec![vec![]];
    let mut tries = 0;
    while let Some(choices) = stack.pop() {
        tries += 1;
        if tries > TRIES {
            return Verdict::Fail;
        }
        let now = episode.began;
        let mut run = Run {
            world,
            laws,
            episode,
            source,
            position: 0,
            now,
            it: None,
            values: vec![],
            pending: vec![],
            collections: vec![],
            open: vec![],
            caught: None,
            vars: vec![],
            over: vec![],
            choices,
            chosen: 0,
            fuel: FUEL,
            declared: false,
            findings: Findings::default(),
        };
        let ctx = Ctx { tree: &episode.tree, prefix: &[], incoming: None, rest: None };
        let ran = run.exec(code, &ctx);
        match run.judge(ran) {
            Ok(true) => {
                let Run { mut findings, vars, over, .. } = run;
                findings.var_truths = vars.iter().map(|v| v.truth.filter(|_| v.value.is_none())).collect();
                findings.vars = vars.into_iter().map(|v| v.value).collect();
                findings.truths = over;
                return Verdict::Pass(findings);
            }
            Ok(false) => {}
            Err(Exit::Undecided) => {
                for choice in [false, true] {
                    let mut next = run.choices.clone();
                    next.push(choice);
                    stack.push(next);
                }
            }
            Err(Exit::Needs(form, role, tree)) => return Verdict::Needs(form, role, tree),
            Err(_) => {}
        }
    }
    Verdict::Fail
}

impl Run<'_> {
    fn judge(&mut self, ran: Ran) -> Result<bool, Exit> {
        let episode = self.episode;
        if self.position != episode.steps.len() {
            return match ran {
                Err(exit @ (Exit::Undecided | Exit::Needs(..))) => Err(exit),
                _ => Ok(false),
            };
        }
        let fits = match ran {
            Ok(v) => episode.end == End::Normal && (episode.form().kind != Kind::Expr || self.unify(v, episode.value)),
            Err(Exit::Signal(Jump::Error, payload)) => episode.end == End::Raised && self.unify(payload, episode.value),
            Err(Exit::Signal(Jump::Kind(kind), payload)) => {
                episode.end == End::Left && episode.jump == Some(kind) && self.unify(payload, episode.value)
            }
            Err(Exit::Bad) => false,
            Err(exit) => return Err(exit),
        };
        Ok(fits && self.explains_binds() && self.explains_effects())
    }

    fn explains_binds(&mut self) -> bool {
        let episode = self.episode;
        for (name, value) in &episode.binds {
            let Some(i) = self.pending.iter().position(|p| p.name == *name) else {
                // A name that a construct removes at its end (its own variable) may go unexplained.
                if value.is_none() {
                    continue;
                }
                return false;
            };
            let fits = match (self.pending[i].value, value) {
                (None, None) => true,
                (Some(stored), Some(seen)) => self.unify(stored, *seen),
                _ => false,
            };
            if !fits {
                return false;
            }
            self.pending[i].reported = true;
        }
        (episode.declares.is_none() || self.declared) && (episode.end != End::Normal || self.pending.iter().all(|p| p.reported))
    }

    fn explains_effects(&mut self) -> bool {
        let episode = self.episode;
        let own = operation_key(episode.form());
        let acts = |op: &&OpUse| op.key == own || self.laws.facts.get(&op.key).is_none_or(|facts| !facts.pure);
        // What happened is taken for what the last operation did: that one has to be of a kind that does such things.
        let last: Option<Vec<V>> = self.findings.ops.last().filter(acts).map(|op| op.args.clone());
        if !episode.out.is_empty() && last.is_none() {
            return false;
        }
        episode.changed.iter().all(|object| {
            let value = self.world.reference(*object);
            let collected = self.collections.iter().any(|_| self.world.class(value) == self.world.class(episode.value));
            collected || last.as_ref().is_some_and(|args| args.iter().any(|arg| self.reaches(*arg, value)))
        })
    }

    fn reaches(&self, arg: V, value: Val) -> bool {
        let known = match arg {
            V::Known(known) => Some(known),
            V::Var(i) => self.vars[i].value,
            _ => None,
        };
        known.is_some_and(|known| {
            known == value || {
                fn inside(datum: &Datum, wanted: &Datum) -> bool {
                    match datum {
                        Datum::Bound(_, of) => inside(of, wanted),
                        Datum::Compound(c) => match &c.body {
                            Body::Seq(items) | Body::Set(items) => items.iter().any(|item| inside(item, wanted)),
                            _ => false,
                        },
                        other => other == wanted,
                    }
                }
                inside(self.world.raw(known), self.world.raw(value))
            }
        })
    }

    fn choose(&mut self) -> Result<bool, Exit> {
        match self.choices.get(self.chosen) {
            Some(choice) => {
                self.chosen += 1;
                Ok(*choice)
            }
            None => Err(Exit::Undecided),
        }
    }

    fn new_var(&mut self) -> V {
        self.vars.push(Var { value: None, truth: None });
        V::Var(self.vars.len() - 1)
    }

    fn unify(&mut self, v: V, seen: Val) -> bool {
        match v {
            V::Known(known) => known == seen,
            V::Function => self.world.is_function(seen),
            V::Var(i) => {
                if let Some(known) = self.vars[i].value {
                    return known == seen;
                }
                self.vars[i].value = Some(seen);
                match self.vars[i].truth {
                    Some(truth) => self.decide(seen, truth),
                    None => true,
                }
            }
            V::Fresh(i) => self.unify_fresh(i, seen),
        }
    }

    fn unify_fresh(&mut self, collection: usize, seen: Val) -> bool {
        let episode = self.episode;
        let body = match self.world.object(seen) {
            Some(object) => {
                let fresh = self.world.born(object).is_some_and(|born| born > episode.began);
                let shape = match self.world.shape(object) {
                    trace::Shape::Seq => Some(Shape::Seq),
                    trace::Shape::Set => Some(Shape::Set),
                    trace::Shape::Map => Some(Shape::Map),
                    _ => None,
                };
                if !fresh || shape != Some(self.collections[collection].shape) {
                    return false;
                }
                // What is filled lazily is compared as it was in the end.
                match self.world.contents(object, Time::MAX).filter(|_| episode.steps.iter().any(|s| s.ended > episode.ended)) {
                    Some(filled) => filled.clone(),
                    None => match self.world.contents(object, episode.ended) {
                        Some(body) => body.clone(),
                        None => return false,
                    },
                }
            }
            None => {
                let Datum::Compound(compound) = self.world.raw(seen).clone() else { return false };
                let mut intern = |items: &[Datum]| items.iter().map(|item| self.world.intern(item.clone())).collect();
                Arc::new(match &compound.body {
                    Body::Seq(items) => Body::Seq(intern(items)),
                    Body::Set(items) => Body::Set(intern(items)),
                    _ => return false,
                })
            }
        };
        let class = self.collections[collection].class;
        if class != Symbol::neutral() && self.world.class(seen) != class {
            return false;
        }
        let items = std::mem::take(&mut self.collections[collection].items);
        let fits = self.holds(&items, &body);
        self.collections[collection].items = items;
        fits
    }

    /// Whether pushing the items would give these contents.
    fn holds(&mut self, items: &[Item], body: &Body<Val>) -> bool {
        match body {
            Body::Seq(values) => {
                let mut values = values.iter();
                for (position, item) in items.iter().enumerate() {
                    match item {
                        Item::One(v) => {
                            let Some(seen) = values.next() else { return false };
                            if !self.unify(*v, *seen) {
                                return false;
                            }
                        }
                        Item::All(v) => match self.elements(*v) {
                            Some(all) => {
                                if !all.into_iter().all(|v| values.next() == Some(&v)) {
                                    return false;
                                }
                            }
                            None => {
                                // What iterating gives is not known yet: all but what the others need.
                                let others = items.len() - 1;
                                let Some(own) = values.len().checked_sub(others - position) else { return false };
                                let taken: Vec<V> = values.by_ref().take(own).map(|v| V::Known(*v)).collect();
                                let (key, at) = (Symbol::new("iterate"), self.now);
                                let result = OpResult::Elements(taken, true);
                                self.findings.ops.push(OpUse { key, args: vec![*v], names: vec![], at, result });
                            }
                        },
                        _ => return false,
                    }
                }
                values.next().is_none()
            }
            Body::Set(values) => {
                let mut pushed = Vec::new();
                for item in items {
                    match item {
                        Item::One(V::Known(v)) => pushed.push(*v),
                        Item::One(V::Var(i)) => match self.vars[*i].value {
                            Some(v) => pushed.push(v),
                            None => return false,
                        },
                        Item::All(v) => pushed.extend(self.elements(*v).unwrap_or_default()),
                        _ => return false,
                    }
                }
                values.iter().all(|v| pushed.contains(v)) && pushed.len() >= values.len()
            }
            Body::Map(entries) => {
                let mut wanted: Vec<(Val, Val)> = vec![];
                for item in items {
                    let (k, v) = match item {
                        Item::Entry(k, v) => (self.known(*k), self.known(*v)),
                        _ => return false,
                    };
                    let (Some(k), Some(v)) = (k, v) else { return false };
                    match wanted.iter_mut().find(|(old, _)| *old == k) {
                        Some(entry) => entry.1 = v,
                        None => wanted.push((k, v)),
                    }
                }
                wanted == *entries
            }
            Body::Record(_) => false,
        }
    }

    fn known(&self, v: V) -> Option<Val> {
        match v {
            V::Known(v) => Some(v),
            V::Var(i) => self.vars[i].value,
            _ => None,
        }
    }

    fn elements(&mut self, v: V) -> Option<Vec<Val>> {
        let value = self.known(v)?;
        match self.world.object(value) {
            Some(object) => match &**self.world.contents(object, self.now)? {
                Body::Seq(items) => Some(items.clone()),
                _ => None,
            },
            None => match self.world.raw(value).clone() {
                Datum::Compound(c) => match &c.body {
                    Body::Seq(items) => Some(items.iter().map(|item| self.world.intern(item.clone())).collect()),
                    _ => None,
                },
                _ => None,
            },
        }
    }

    /// Whether a value is directly inside another.
    fn holds_value(&self, outer: Val, inner: Val, at: Time) -> bool {
        match self.world.object(outer) {
            Some(object) => match self.world.contents(object, at).map(|body| &**body) {
                Some(Body::Seq(items) | Body::Set(items)) => items.contains(&inner),
                Some(Body::Map(entries)) => entries.iter().any(|(_, v)| *v == inner),
                _ => false,
            },
            None => match self.world.raw(outer) {
                Datum::Compound(c) => matches!(&c.body, Body::Seq(items) if items.contains(self.world.raw(inner))),
                _ => false,
            },
        }
    }

    /// The entries of a map whose keys are texts.
    fn entries(&mut self, v: V) -> Option<Vec<(Symbol, V)>> {
        let object = self.world.object(self.known(v)?)?;
        let Body::Map(entries) = &**self.world.contents(object, self.now)? else { return None };
        let entry = |(k, v): &(Val, Val)| match self.world.raw(*k) {
            Datum::Text(text) => Some((Symbol::new(text), V::Known(*v))),
            _ => None,
        };
        entries.iter().map(entry).collect()
    }

    /// Notes that a value is true or false; fails where that contradicts what is known.
    fn decide(&mut self, value: Val, truth: bool) -> bool {
        match self.truth_known(value) {
            Ok(known) => known == truth,
            Err(key) => {
                self.over.push((key, truth));
                true
            }
        }
    }

    fn truth_known(&mut self, value: Val) -> Result<bool, Val> {
        if value == World::TRUE || value == World::FALSE {
            return Ok(value == World::TRUE);
        }
        let snapshot = self.world.snapshot(value, self.now);
        let key = self.world.intern(snapshot);
        if let Some(known) = self.laws.truth.get(&key) {
            return Ok(*known);
        }
        self.over.iter().find(|(k, _)| *k == key).map(|(_, t)| *t).ok_or(key)
    }

    fn truth(&mut self, v: V, hint: Option<bool>) -> Result<bool, Exit> {
        match v {
            V::Known(value) => match self.truth_known(value) {
                Ok(truth) => Ok(truth),
                Err(key) => {
                    let truth = hint.map_or_else(|| self.choose(), Ok)?;
                    self.over.push((key, truth));
                    Ok(truth)
                }
            },
            V::Var(i) => match (self.vars[i].value, self.vars[i].truth) {
                (Some(value), _) => self.truth(V::Known(value), hint),
                (None, Some(truth)) => Ok(truth),
                (None, None) => {
                    let truth = hint.map_or_else(|| self.choose(), Ok)?;
                    self.vars[i].truth = Some(truth);
                    Ok(truth)
                }
            },
            V::Fresh(_) | V::Function => Err(Exit::Bad),
        }
    }

    /// Which branch the next step speaks for.
    fn hint(&self, yes: &Code, no: &Code, ctx: &Ctx) -> Option<bool> {
        if let Some(step) = self.episode.steps.get(self.position) {
            if claims(yes, ctx, &step.path) {
                return Some(true);
            }
            if claims(no, ctx, &step.path) {
                return Some(false);
            }
        }
        match (consumes(yes, ctx), consumes(no, ctx)) {
            (true, false) => Some(false),
            (false, true) => Some(true),
            _ => None,
        }
    }

    fn next_claimed(&self, code: &Code, ctx: &Ctx) -> bool {
        self.episode.steps.get(self.position).is_some_and(|step| claims(code, ctx, &step.path))
    }

    fn step(&mut self, path: &[(u8, u16)]) -> Ran {
        let episode = self.episode;
        let Some(step) = episode.steps.get(self.position) else { return Err(Exit::Bad) };
        if step.path != path || step.body_of.is_some() {
            return Err(Exit::Bad);
        }
        self.position += 1;
        for (name, value) in &step.binds {
            let Some(i) = self.pending.iter().position(|p| p.name == *name) else { return Err(Exit::Bad) };
            let fits = self.pending[i].value.is_some_and(|stored| self.unify(stored, *value));
            if !fits {
                return Err(Exit::Bad);
            }
            self.pending[i].reported = true;
        }
        self.now = step.ended;
        let value = V::Known(step.value);
        match step.end {
            End::Normal => {
                self.it = Some(value);
                self.values.retain(|(known, _)| known != path);
                self.values.push((path.to_vec(), value));
                Ok(value)
            }
            End::Left => Err(Exit::Signal(Jump::Kind(step.jump.ok_or(Exit::Bad)?), value)),
            End::Raised => Err(Exit::Signal(Jump::Error, value)),
            End::Suspended => Err(Exit::Bad),
        }
    }

    fn part(&mut self, tree: &Tree, path: &[(u8, u16)], role: Role, incoming: Option<V>, rest: Option<&Rest>) -> Ran {
        let Some(code) = self.laws.parts.get(&(tree.form, role)).cloned() else {
            return Err(Exit::Needs(tree.form, role, tree.clone()));
        };
        self.exec(&code, &Ctx { tree, prefix: path, incoming, rest })
    }

    fn store(&mut self, tree: &Tree, path: &[(u8, u16)], v: V) -> Result<(), Exit> {
        match tree.form.kind {
            Kind::Name => {
                let name = Symbol::new(tree.text(self.source));
                self.pending.retain(|p| p.name != name);
                self.pending.push(Pending { name, value: Some(v), reported: false });
                Ok(())
            }
            Kind::Part => self.part(tree, path, Role::Target, Some(v), None).map(|_| ()),
            _ => Err(Exit::Bad),
        }
    }

    /// Whether an operation may be what raised the episode's error.
    fn may_raise(&self) -> bool {
        let episode = self.episode;
        episode.end == End::Raised
            && self.position == episode.steps.len()
            && episode
                .steps
                .last()
                .is_none_or(|step| step.end != End::Raised || step.value != episode.value || step.body_of.is_some())
    }

    fn operate(&mut self, key: Symbol, args: Vec<V>, names: Vec<Symbol>) -> Ran {
        let at = self.now;
        // The error that is being handled is not a new one.
        let handled = self.caught.is_some_and(|v| self.known(v) == Some(self.episode.value));
        if self.may_raise() && !handled && self.choose()? {
            self.findings.ops.push(OpUse { key, args, names, at, result: OpResult::Raised });
            return Err(Exit::Signal(Jump::Error, V::Known(self.episode.value)));
        }
        let result = match self.seen_to_give(key, &args)? {
            Some(value) => V::Known(value),
            None => self.new_var(),
        };
        if let (V::Var(i), "catches") = (result, key.as_str()) {
            let values: Option<Vec<Val>> = args.iter().map(|arg| self.known(*arg)).collect();
            let values = values.map(|values| values.into_iter().map(|v| self.world.snapshot(v, at)).collect());
            self.vars[i].truth = values.and_then(|values| self.laws.decided.get(&(key, values)).copied());
        }
        self.findings.ops.push(OpUse { key, args, names, at, result: OpResult::Gave(result) });
        Ok(result)
    }

    /// What another construct's operation was seen to give for these operands. An operation that never met operands of these
    /// classes explains nothing.
    fn seen_to_give(&mut self, key: Symbol, args: &[V]) -> Result<Option<Val>, Exit> {
        let laws = self.laws;
        let Some(facts) = laws.facts.get(&key).filter(|_| key != operation_key(self.episode.form())) else { return Ok(None) };
        let Some(values) = args.iter().map(|arg| self.known(*arg)).collect::<Option<Vec<Val>>>() else { return Ok(None) };
        let values: Vec<Datum> = values.into_iter().map(|v| self.world.snapshot(v, self.now)).collect();
        if !facts.classes.contains(&values.iter().map(Datum::class).collect::<Vec<_>>()) {
            return Err(Exit::Bad);
        }
        Ok(facts.gave.get(&values).copied())
    }

    fn piece<'t>(&self, ctx: &Ctx<'t>, slot: u8) -> Result<&'t [Tree], Exit> {
        ctx.tree.slots.get(slot as usize).map(Slot::trees).ok_or(Exit::Bad)
    }

    fn word(&mut self, ctx: &Ctx, slot: u8) -> Result<Symbol, Exit> {
        match self.piece(ctx, slot)? {
            [tree] if tree.form.kind == Kind::Name => Ok(Symbol::new(tree.text(self.source))),
            _ => Err(Exit::Bad),
        }
    }

    fn text(&mut self, text: &str) -> V {
        V::Known(self.world.intern(Datum::text(text)))
    }

    fn collect(&mut self, item: Item) -> Result<(), Exit> {
        let open = *self.open.last().ok_or(Exit::Bad)?;
        self.collections[open].items.push(item);
        Ok(())
    }

    fn kind(&self, kind: SignalKind, ctx: &Ctx) -> Jump {
        match kind {
            SignalKind::Own => Jump::Kind(ctx.tree.form.template),
            SignalKind::Error => Jump::Error,
            SignalKind::Of(template) => Jump::Kind(template),
        }
    }

    fn gather(&mut self, class: Symbol, shape: Shape, code: &Code, ctx: &Ctx) -> Result<usize, Exit> {
        let new = self.collections.len();
        self.collections.push(Collection { class, shape, items: vec![] });
        self.open.push(new);
        let ran = self.exec(code, ctx);
        self.open.pop();
        ran.map(|_| new)
    }

    #[allow(clippy::too_many_lines)]
    fn exec(&mut self, code: &Code, ctx: &Ctx) -> Ran {
        self.fuel = self.fuel.checked_sub(1).ok_or(Exit::Bad)?;
        let none = V::Known(World::NONE);
        match code {
            Code::Const(datum) => Ok(V::Known(self.world.intern(datum.clone()))),
            Code::It => self.it.ok_or(Exit::Bad),
            Code::Val(i) => {
                let path = extend(ctx.prefix, *i, 0);
                self.values.iter().find(|(known, _)| *known == path).map(|(_, v)| *v).ok_or(Exit::Bad)
            }
            Code::In => ctx.incoming.ok_or(Exit::Bad),
            Code::Caught => self.caught.ok_or(Exit::Bad),
            Code::OwnText => {
                let text = ctx.tree.text(self.source);
                Ok(self.text(text))
            }
            Code::Word(i) => {
                let word = self.word(ctx, *i)?;
                Ok(self.text(word.as_str()))
            }
            Code::Load => self.load(ctx),
            Code::Get(i) => {
                let word = self.word(ctx, *i)?;
                match self.pending.iter().find(|p| p.name == word).and_then(|p| p.value) {
                    Some(v) => Ok(v),
                    None => match self.episode.named(word) {
                        Some(v) => Ok(V::Known(v)),
                        None if self.may_raise() => {
                            let text = self.text(word.as_str());
                            self.operate(Symbol::new("unbound"), vec![text], vec![])
                        }
                        None => Err(Exit::Bad),
                    },
                }
            }
            Code::Slot(i) => match self.piece(ctx, *i)? {
                [tree] if matches!(tree.form.kind, Kind::Expr | Kind::Stmt | Kind::Block) => {
                    self.step(&extend(ctx.prefix, *i, 0))
                }
                _ => Err(Exit::Bad),
            },
            Code::Every(i) => {
                for (j, tree) in self.piece(ctx, *i)?.iter().enumerate() {
                    let path = extend(ctx.prefix, *i, j as u16);
                    match tree.form.kind {
                        Kind::Part => {
                            self.part(tree, &path, Role::Element, None, None)?;
                        }
                        Kind::Expr => {
                            let v = self.step(&path)?;
                            if !self.open.is_empty() {
                                self.collect(Item::One(v))?;
                            }
                        }
                        Kind::Stmt | Kind::Block => {
                            self.step(&path)?;
                        }
                        Kind::Name => return Err(Exit::Bad),
                    }
                }
                Ok(self.it.unwrap_or(none))
            }
            Code::Store(i, inner) => {
                let v = self.exec(inner, ctx)?;
                let pieces = self.piece(ctx, *i)?;
                let [tree] = pieces else { return Err(Exit::Bad) };
                self.store(tree, &extend(ctx.prefix, *i, 0), v)?;
                Ok(v)
            }
            Code::Spread(slots) => self.spread(slots, ctx),
            Code::Forget(i) => {
                for tree in self.piece(ctx, *i)? {
                    if tree.form.kind != Kind::Name {
                        return Err(Exit::Bad);
                    }
                    let name = Symbol::new(tree.text(self.source));
                    self.pending.retain(|p| p.name != name);
                    self.pending.push(Pending { name, value: None, reported: false });
                }
                Ok(none)
            }
            Code::Seq(two) => {
                self.exec(&two[0], ctx)?;
                self.exec(&two[1], ctx)
            }
            Code::If(three) => {
                let tested = self.exec(&three[0], ctx)?;
                let hint = self.hint(&three[1], &three[2], ctx);
                let truth = self.truth(tested, hint)?;
                self.it = Some(tested);
                self.exec(if truth { &three[1] } else { &three[2] }, ctx)
            }
            Code::While(two) => loop {
                let tested = self.exec(&two[0], ctx)?;
                let goes_on = self.next_claimed(&two[1], ctx);
                if !self.truth(tested, Some(goes_on))? {
                    return Ok(none);
                }
                let before = self.position;
                self.exec(&two[1], ctx)?;
                if self.position == before {
                    return Err(Exit::Bad);
                }
            },
            Code::Until(two) => loop {
                let before = self.position;
                self.exec(&two[0], ctx)?;
                let tested = self.exec(&two[1], ctx)?;
                let goes_on = self.next_claimed(&two[0], ctx);
                if !self.truth(tested, Some(goes_on))? {
                    return Ok(none);
                }
                if self.position == before {
                    return Err(Exit::Bad);
                }
            },
            Code::Each(i, two) => self.each(*i, two, ctx),
            Code::New(class, shape, inner) => Ok(V::Fresh(self.gather(*class, *shape, inner, ctx)?)),
            Code::Push(inner) => {
                let v = self.exec(inner, ctx)?;
                self.collect(Item::One(v))?;
                Ok(v)
            }
            Code::PushAll(inner) => {
                let v = self.exec(inner, ctx)?;
                self.collect(Item::All(v))?;
                Ok(v)
            }
            Code::PushEntry(two) => {
                let k = self.exec(&two[0], ctx)?;
                let v = self.exec(&two[1], ctx)?;
                self.collect(Item::Entry(k, v))?;
                Ok(v)
            }
            Code::PushNamed(i, inner) => {
                let v = self.exec(inner, ctx)?;
                let name = self.word(ctx, *i)?;
                self.collect(Item::Named(name, v))?;
                Ok(v)
            }
            Code::Nest(slot, body) => self.clause(&Rest { around: ctx, slot: *slot, next: 0, body }),
            Code::Rest => self.clause(ctx.rest.ok_or(Exit::Bad)?),
            Code::Signal(kind, inner) => {
                let mut v = self.exec(inner, ctx)?;
                if let (SignalKind::Error, V::Known(class)) = (kind, v) {
                    // A class of errors in place of an error: one is made without operands.
                    if let Datum::Atom(name) = self.world.raw(class) {
                        let (key, at) = (Symbol::new(&format!("@{name}")), self.now);
                        v = self.new_var();
                        self.findings.ops.push(OpUse { key, args: vec![], names: vec![], at, result: OpResult::Gave(v) });
                    }
                }
                Err(Exit::Signal(self.kind(*kind, ctx), v))
            }
            Code::Catch(kind, inner) => match self.exec(inner, ctx) {
                Err(Exit::Signal(jump, v)) if jump == self.kind(*kind, ctx) => Ok(v),
                other => other,
            },
            Code::CatchElse(kind, two) => match self.exec(&two[0], ctx) {
                Err(Exit::Signal(jump, v)) if jump == self.kind(*kind, ctx) => Ok(v),
                Ok(_) => self.exec(&two[1], ctx),
                other => other,
            },
            Code::Handle(two) => match self.exec(&two[0], ctx) {
                Err(Exit::Signal(Jump::Error, error)) => {
                    let before = self.caught.replace(error);
                    let ran = self.exec(&two[1], ctx);
                    self.caught = before;
                    ran
                }
                other => other,
            },
            Code::Again => Err(Exit::Signal(Jump::Error, self.caught.ok_or(Exit::Bad)?)),
            Code::After(two) => {
                let first = self.exec(&two[0], ctx);
                if matches!(first, Ok(_) | Err(Exit::Signal(..))) {
                    self.exec(&two[1], ctx)?;
                }
                first
            }
            Code::Op(key, inner) => {
                let mut args = Vec::with_capacity(inner.len());
                for arg in inner {
                    args.push(self.exec(arg, ctx)?);
                }
                self.operate(*key, args, vec![])
            }
            Code::Closure(params, _, _) => {
                if let Some(params) = params {
                    for j in 0..self.piece(ctx, *params)?.len() {
                        let front = extend(ctx.prefix, *params, j as u16);
                        while self.episode.steps.get(self.position).is_some_and(|step| step.path.starts_with(&front)) {
                            let path = self.episode.steps[self.position].path.clone();
                            self.step(&path)?;
                        }
                    }
                }
                Ok(V::Function)
            }
            Code::Call(two) => self.call(two, ctx),
            Code::Scope(inner) => self.exec(inner, ctx),
            Code::Declare(_, outermost) => {
                if self.episode.declares.is_some_and(|seen| seen != *outermost) {
                    return Err(Exit::Bad);
                }
                self.declared = true;
                Ok(none)
            }
            Code::Take(_) | Code::TakeOr(..) | Code::TakeRest(..) | Code::TakeNamed(..) => Err(Exit::Bad),
        }
    }

    fn load(&mut self, ctx: &Ctx) -> Ran {
        let word = Symbol::new(ctx.tree.text(self.source));
        if let Some(v) = self.episode.named(word) {
            return Ok(V::Known(v));
        }
        if self.may_raise() {
            let text = self.text(word.as_str());
            self.findings.ops.push(OpUse {
                key: Symbol::new("unbound"),
                args: vec![text],
                names: vec![],
                at: self.now,
                result: OpResult::Raised,
            });
            return Err(Exit::Signal(Jump::Error, V::Known(self.episode.value)));
        }
        self.findings.words.push((word, self.episode.value));
        Ok(V::Known(self.episode.value))
    }

    fn spread(&mut self, slots: &[u8], ctx: &Ctx) -> Ran {
        let whole = ctx.incoming.ok_or(Exit::Bad)?;
        let mut targets = Vec::new();
        for slot in slots {
            for (j, tree) in self.piece(ctx, *slot)?.iter().enumerate() {
                targets.push((tree, extend(ctx.prefix, *slot, j as u16)));
            }
        }
        for (tree, _) in &targets {
            if tree.form.kind == Kind::Part && !self.laws.parts.contains_key(&(tree.form, Role::Target)) {
                return Err(Exit::Needs(tree.form, Role::Target, (*tree).clone()));
            }
        }
        let laws = self.laws;
        let takes_rest = |tree: &Tree| match laws.parts.get(&(tree.form, Role::Target)).map(|code| &**code) {
            Some(Code::TakeRest(_, class)) => Some(*class),
            _ => None,
        };
        let key = Symbol::new("spread");
        let rest = targets.iter().position(|(tree, _)| takes_rest(tree).is_some());
        // As many elements as targets; or as many as there are before and after the one that takes the rest.
        let counts = match rest {
            Some(at) => vec![at, targets.len() - 1 - at],
            None => vec![targets.len()],
        };
        let mut operands = vec![whole];
        operands.extend(counts.into_iter().map(|n| V::Known(self.world.intern(Datum::int(n)))));
        let at = self.now;
        if self.may_raise() && self.choose()? {
            self.findings.ops.push(OpUse { key, args: operands, names: vec![], at, result: OpResult::Raised });
            return Err(Exit::Signal(Jump::Error, V::Known(self.episode.value)));
        }
        let all = self.elements(whole);
        if let Some(rest) = rest {
            // One target takes what the others leave.
            let Some(all) = all else {
                // What iterating gives is not known: each target got something.
                for (tree, path) in targets {
                    let v = self.new_var();
                    match tree.slots.as_slice() {
                        [name] if takes_rest(tree).is_some() => self.store(&name.trees()[0], &path, v)?,
                        _ => self.store(tree, &path, v)?,
                    }
                }
                return Ok(whole);
            };
            let Some(left) = all.len().checked_sub(targets.len() - 1) else { return Err(Exit::Bad) };
            let elements = all.iter().map(|v| V::Known(*v)).collect();
            let result = OpResult::Elements(elements, true);
            self.findings.ops.push(OpUse { key, args: operands, names: vec![], at, result });
            let mut all = all.into_iter();
            for (i, (tree, path)) in targets.into_iter().enumerate() {
                if i == rest {
                    let items = all.by_ref().take(left).map(|v| Item::One(V::Known(v))).collect();
                    let class = takes_rest(tree).ok_or(Exit::Bad)?;
                    self.collections.push(Collection { class, shape: Shape::Seq, items });
                    let [name] = tree.slots.as_slice() else { return Err(Exit::Bad) };
                    self.store(&name.trees()[0], &path, V::Fresh(self.collections.len() - 1))?;
                } else {
                    let v = V::Known(all.next().ok_or(Exit::Bad)?);
                    self.store(tree, &path, v)?;
                }
            }
            return Ok(whole);
        }
        // One element for each target.
        if all.is_some_and(|elements| elements.len() != targets.len()) {
            return Err(Exit::Bad);
        }
        let elements: Vec<V> = targets.iter().map(|_| self.new_var()).collect();
        let result = OpResult::Elements(elements.clone(), true);
        self.findings.ops.push(OpUse { key, args: operands, names: vec![], at, result });
        for ((tree, path), v) in targets.into_iter().zip(elements) {
            self.store(tree, &path, v)?;
        }
        Ok(whole)
    }

    fn each(&mut self, slot: u8, two: &[Code; 2], ctx: &Ctx) -> Ran {
        let whole = self.exec(&two[0], ctx)?;
        let key = Symbol::new("iterate");
        let at = self.now;
        let [target] = self.piece(ctx, slot)? else { return Err(Exit::Bad) };
        let path = extend(ctx.prefix, slot, 0);
        if self.may_raise() && self.choose()? {
            self.findings.ops.push(OpUse { key, args: vec![whole], names: vec![], at, result: OpResult::Raised });
            return Err(Exit::Signal(Jump::Error, V::Known(self.episode.value)));
        }
        let log = self.findings.ops.len();
        self.findings.ops.push(OpUse { key, args: vec![whole], names: vec![], at, result: OpResult::Elements(vec![], false) });
        let mut elements = Vec::new();
        loop {
            let goes_on = self.next_claimed(&two[1], ctx)
                || self.episode.steps.get(self.position).is_some_and(|step| step.path.starts_with(&path));
            if !goes_on {
                break;
            }
            let element = self.new_var();
            elements.push(element);
            self.findings.ops[log].result = OpResult::Elements(elements.clone(), false);
            let before = self.position;
            self.store(target, &path, element)?;
            self.exec(&two[1], ctx)?;
            if self.position == before {
                return Err(Exit::Bad);
            }
        }
        self.findings.ops[log].result = OpResult::Elements(elements, true);
        Ok(V::Known(World::NONE))
    }

    fn clause(&mut self, rest: &Rest) -> Ran {
        let around = rest.around;
        let pieces = self.piece(around, rest.slot)?;
        let Some(tree) = pieces.get(rest.next) else {
            return self.exec(rest.body, around);
        };
        if tree.form.kind != Kind::Part {
            return Err(Exit::Bad);
        }
        let path = extend(around.prefix, rest.slot, rest.next as u16);
        let inner = Rest { around, slot: rest.slot, next: rest.next + 1, body: rest.body };
        self.part(tree, &path, Role::Clause, None, Some(&inner))
    }

    fn call(&mut self, two: &[Code; 2], ctx: &Ctx) -> Ran {
        let function = self.exec(&two[0], ctx)?;
        let args = self.gather(Symbol::neutral(), Shape::Seq, &two[1], ctx)?;
        let V::Known(callee) = function else { return Err(Exit::Bad) };
        let episode = self.episode;
        let (mut args_v, mut named) = (Vec::new(), Vec::new());
        let items = std::mem::take(&mut self.collections[args].items);
        for item in &items {
            match item {
                Item::One(v) => args_v.push(*v),
                Item::All(v) => match self.entries(*v) {
                    Some(entries) => named.extend(entries),
                    None => args_v.extend(self.elements(*v).ok_or(Exit::Bad)?.into_iter().map(V::Known)),
                },
                Item::Named(name, v) => named.push((*name, *v)),
                Item::Entry(..) => return Err(Exit::Bad),
            }
        }
        named.sort_by_key(|(name, _)| *name);
        if self.world.is_function(callee)
            && let Some(step) = episode.steps.get(self.position).filter(|step| step.body_of == Some(callee))
        {
            // What was given must have arrived under some name.
            for v in args_v.iter().chain(named.iter().map(|(_, v)| v)) {
                if let Some(given) = self.known(*v) {
                    let arrived =
                        step.binds.iter().any(|(_, bound)| *bound == given || self.holds_value(*bound, given, step.began));
                    if !arrived {
                        return Err(Exit::Bad);
                    }
                }
            }
            self.position += 1;
            self.now = step.ended;
            self.findings.applied.push(Applied { function: callee, args: args_v, named, began: step.began });
            return match step.end {
                End::Normal => Ok(V::Known(step.value)),
                End::Left => {
                    self.findings.results.extend(step.jump);
                    Ok(V::Known(step.value))
                }
                End::Raised => Err(Exit::Signal(Jump::Error, V::Known(step.value))),
                End::Suspended => Err(Exit::Bad),
            };
        }
        // Functions that a builtin called back: what they did is in their tables.
        while episode.steps.get(self.position).is_some_and(|step| step.body_of.is_some()) {
            self.position += 1;
        }
        let key = match self.world.raw(callee).clone() {
            Datum::Atom(name) => Symbol::new(&format!("@{name}")),
            Datum::Bound(name, of) => {
                args_v.insert(0, V::Known(self.world.intern((*of).clone())));
                Symbol::new(&format!("@{name}"))
            }
            _ => {
                args_v.insert(0, function);
                Symbol::new("call")
            }
        };
        let names = named.iter().map(|(name, _)| *name).collect();
        args_v.extend(named.into_iter().map(|(_, v)| v));
        self.operate(key, args_v, names)
    }
}

fn extend(prefix: &[(u8, u16)], slot: u8, piece: u16) -> Path {
    let mut path = prefix.to_vec();
    path.push((slot, piece));
    path
}

/// Whether a step at this path would be taken by the program.
fn claims(code: &Code, ctx: &Ctx, path: &[(u8, u16)]) -> bool {
    let Some(inner) = path.strip_prefix(ctx.prefix) else {
        // A clause's `rest` reaches pieces outside the clause.
        return code_has_rest(code) && ctx.rest.is_some_and(|rest| rest_claims(rest, path));
    };
    let here = inner.first().map(|(slot, _)| *slot);
    let own = match code {
        Code::Slot(i) | Code::Every(i) | Code::Store(i, _) | Code::Each(i, _) | Code::Nest(i, _) => here == Some(*i),
        Code::Spread(slots) => here.is_some_and(|slot| slots.contains(&slot)),
        Code::Closure(Some(i), ..) => here == Some(*i),
        Code::Rest => return ctx.rest.is_some_and(|rest| rest_claims(rest, path)),
        _ => false,
    };
    own || code.parts().any(|part| claims(part, ctx, path))
}

fn code_has_rest(code: &Code) -> bool {
    matches!(code, Code::Rest) || code.parts().any(code_has_rest)
}

fn rest_claims(rest: &Rest, path: &[(u8, u16)]) -> bool {
    let own = path.strip_prefix(rest.around.prefix).and_then(|inner| inner.first());
    own.is_some_and(|(slot, piece)| *slot == rest.slot && usize::from(*piece) >= rest.next)
        || claims(rest.body, rest.around, path)
}

/// Whether running the program takes steps.
fn consumes(code: &Code, ctx: &Ctx) -> bool {
    match code {
        Code::Slot(_) | Code::Every(_) | Code::Nest(..) => true,
        Code::Rest => ctx.rest.is_some_and(|rest| {
            let pieces = rest.around.tree.slots.get(rest.slot as usize).map_or(0, |slot| slot.trees().len());
            rest.next < pieces || consumes(rest.body, rest.around)
        }),
        _ => code.parts().any(|part| consumes(part, ctx)),
    }
}
