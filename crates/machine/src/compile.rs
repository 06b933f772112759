//! From a text as read to a program made ready: each piece once, by the program of its construct.

use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use mimus_core::{CALL, Code, Datum, Form, Kind, Named, Shape, SignalKind, Slot, SlotId, Symbol, TRUTH, Tree, Value};
use mimus_knowledge::{Knowledge, Role};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use smallvec::SmallVec;

use crate::closure::{FunctionCode, Given, Param, Takes};
use crate::cx::State;
use crate::names::{Finder, Names, is_name, name_of, role_inside};
use crate::node::{CallSite, Catch, Each, Leftover, Name, Node, Own, Place, Settle, Spread, Target, Temp};
use crate::operation::Site;
use crate::parameters::{Kinds, Parameter, Parameters};

/// A program ready to run.
pub(crate) struct Program {
    pub(crate) node: Node,
    /// Scratch values of its outermost frame.
    pub(crate) size: u32,
    /// Whether its last statement is nothing but the evaluation of an expression.
    pub(crate) gives: bool,
}

/// Pieces nest at most this deep.
const DEEPEST: usize = 3000;

/// Programs of at most this many nodes: knowledge that is damaged can ask for ever so many.
const LARGEST: usize = 20_000_000;

/// Compiles a text as read.
pub(crate) fn program(state: &mut State, source: &str, tree: &Tree) -> Program {
    let knowledge = Arc::clone(&state.knowledge);
    let mut compiler = Compiler {
        knowledge: &knowledge,
        state,
        source,
        scopes: vec![Scope::default()],
        uses: Vec::new(),
        depth: 0,
        nodes: 0,
        waits: 0,
        lazy: Vec::new(),
        asked: asked(&knowledge),
    };
    let node = compiler.stretch(|c| c.plain(tree));
    let size = compiler.scopes[0].size;
    Program { node, size, gives: gives(&knowledge, tree) }
}

/// Classes of what is asked for one value after the other.
fn asked(knowledge: &Knowledge) -> FxHashSet<Symbol> {
    fn find(code: &Code, out: &mut FxHashSet<Symbol>) {
        if let Code::Suspend(class, _) | Code::SuspendAll(class, _) = code {
            out.insert(*class);
        }
        code.parts().for_each(|part| find(part, out));
    }
    let mut out = FxHashSet::default();
    let rivals = knowledge.constructs.values().filter_map(|construct| construct.meanings.first());
    rivals.for_each(|rival| find(&rival.meaning, &mut out));
    out
}

/// Whether the last statement of a program is nothing but the evaluation of an expression.
fn gives(knowledge: &Knowledge, tree: &Tree) -> bool {
    let code = knowledge.constructs.get(&(tree.form, Role::Plain)).and_then(|c| c.meanings.first()).map(|rival| &rival.meaning);
    let slot = match (tree.form.kind, code) {
        (Kind::Expr, _) => return true,
        (Kind::Block, Some(Code::Every(i) | Code::Slot(i))) | (Kind::Stmt, Some(Code::Slot(i))) => *i,
        _ => return false,
    };
    let last = tree.slots.get(slot as usize).and_then(|slot| slot.trees().last());
    last.is_some_and(|last| matches!(last.form.kind, Kind::Stmt | Kind::Expr) && gives(knowledge, last))
}

/// A frame that the program will have.
#[derive(Default)]
struct Scope {
    names: FxHashMap<Symbol, u32>,
    declared: FxHashMap<Symbol, bool>,
    size: u32,
    /// Its names become a record's fields: what is made inside does not see them.
    hidden: bool,
    /// A name that nothing is bound to in it yet is what it is outside.
    open: bool,
}

impl Scope {
    fn of(names: Names) -> Self {
        let size = names.bound.len() as u32;
        let numbered = names.bound.into_iter().zip(0..).collect();
        Self { names: numbered, declared: names.declared, size, hidden: false, open: false }
    }
}

/// A scratch value: the number of its frame from the outermost one, and its slot.
#[derive(Clone, Copy)]
struct Scratch {
    level: usize,
    slot: u32,
}

/// A piece of text whose program is being compiled.
struct Piece<'p, 't> {
    tree: &'t Tree,
    role: Role,
    /// The last value: shared by a construct and its parts.
    it: Option<Scratch>,
    values: SmallVec<[(SlotId, Scratch); 2]>,
    incoming: Option<Scratch>,
    /// Where what was caught is kept, if it is kept at all.
    caught: Option<Scratch>,
    rest: Option<&'p Rest<'p, 't>>,
    shared: RefCell<FxHashMap<SharedKey, Rc<Node>>>,
    /// Slots that the program mentions more than once.
    repeated: SmallVec<[SlotId; 2]>,
}

/// Slot, place in it, role, whether it is pushed, and the frame.
type SharedKey = (SlotId, usize, Role, bool, usize);

/// What comes after a clause: further clauses, then the program that is innermost.
struct Rest<'p, 't> {
    clauses: &'t [Tree],
    inside: &'t Code,
    owner: &'p Piece<'p, 't>,
    collecting: bool,
}

/// How a part gets at the state of the construct that it belongs to.
struct Within<'p, 't> {
    it: Option<Scratch>,
    incoming: Option<Scratch>,
    rest: Option<&'p Rest<'p, 't>>,
    collecting: bool,
}

struct Compiler<'s, 't> {
    knowledge: &'t Knowledge,
    state: &'s mut State,
    source: &'t str,
    scopes: Vec<Scope>,
    /// Constructs of the straight stretches that are being compiled.
    uses: Vec<Vec<(u32, Range<usize>)>>,
    depth: usize,
    nodes: usize,
    /// Where values are given to whoever asks a body, so far; and the class of what is asked, for each function around.
    waits: usize,
    lazy: Vec<Option<Symbol>>,
    /// Classes of what is asked.
    asked: FxHashSet<Symbol>,
}

impl<'t> Compiler<'_, 't> {
    // Frames and names

    fn scratch(&mut self) -> Scratch {
        let level = self.scopes.len() - 1;
        let scope = &mut self.scopes[level];
        scope.size += 1;
        Scratch { level, slot: scope.size - 1 }
    }

    fn temp(&self, scratch: Scratch) -> Temp {
        Temp { hops: (self.scopes.len() - 1 - scratch.level) as u32, slot: scratch.slot }
    }

    fn place(&mut self, name: Symbol) -> Place {
        self.place_below(name, self.scopes.len()).0
    }

    /// Where a name belongs among the frames below one, and that frame's number from the outermost one.
    fn place_below(&mut self, name: Symbol, below: usize) -> (Place, usize) {
        let innermost = self.scopes.len() - 1;
        for level in (1..below).rev() {
            let scope = &self.scopes[level];
            if scope.hidden && level != innermost {
                continue;
            }
            match (scope.declared.get(&name), scope.names.get(&name)) {
                (Some(true), _) => break,
                (Some(false), _) | (None, None) => {}
                (None, Some(slot)) if level == innermost => return (Place::Local(*slot), level),
                (None, Some(slot)) => return (Place::Outer((innermost - level) as u32, *slot), level),
            }
        }
        (Place::Global(self.state.global_number(name)), 0)
    }

    fn name(&mut self, name: Symbol, at: &Range<usize>) -> Name {
        let word = self.knowledge.words.get(&name).map(|word| Value::from_datum(&word.value));
        Name { name, word, unbound: self.site("unbound", at), beyond: None }
    }

    fn load(&mut self, tree: &Tree) -> Node {
        self.load_below(tree, self.scopes.len())
    }

    fn load_below(&mut self, tree: &Tree, below: usize) -> Node {
        let symbol = name_of(self.source, tree);
        let mut name = Box::new(self.name(symbol, &tree.at));
        let (place, level) = self.place_below(symbol, below);
        if self.scopes[level].open {
            name.beyond = Some(self.load_below(tree, level));
        }
        match place {
            Place::Local(slot) => Node::Local(slot, name),
            Place::Outer(hops, slot) => Node::Outer(hops, slot, name),
            Place::Global(number) => Node::Global(number, name),
        }
    }

    fn text(&self, tree: &Tree) -> &'t str {
        self.source.get(tree.at.clone()).unwrap_or("")
    }

    fn site(&mut self, key: &str, at: &Range<usize>) -> Site {
        Site::new(self.state.table(Symbol::new(key)), at.clone())
    }

    // Straight stretches

    /// Compiles something that may run more or less often than what is around it.
    fn stretch(&mut self, compile: impl FnOnce(&mut Self) -> Node) -> Node {
        self.uses.push(Vec::new());
        let node = compile(self);
        match self.uses.pop() {
            Some(uses) if !uses.is_empty() => {
                let number = self.state.stretches.len() as u32;
                self.state.stretches.push(uses);
                self.state.counters.push(0);
                Node::Mark(number, Box::new(node))
            }
            _ => node,
        }
    }

    // Pieces

    fn unknown(&self, tree: &Tree, why: String) -> Node {
        Node::Unknown(Box::new((tree.at.clone(), why)))
    }

    /// What is said of a piece whose construct is not known in this role.
    fn not_known(&self, tree: &Tree, role: Role) -> String {
        let text: String = self.text(tree).chars().take(60).collect();
        let form = tree.form;
        if form.template.as_str().is_empty() {
            return format!("`{text}` could not be read");
        }
        let mut why = format!("`{text}` is not understood: `{form}` was not learned as {}", role.word());
        let near = nearest(self.knowledge, form, role);
        if let Some(near) = near {
            why += &format!("; the nearest known is `{near}`");
        }
        why
    }

    fn plain(&mut self, tree: &'t Tree) -> Node {
        let within = Within { it: None, incoming: None, rest: None, collecting: false };
        self.piece(tree, Role::Plain, &within)
    }

    /// Compiles a piece in a role.
    fn piece(&mut self, tree: &'t Tree, role: Role, within: &Within<'_, 't>) -> Node {
        self.depth += 1;
        self.nodes += 1;
        let node = if self.depth > DEEPEST || self.nodes > LARGEST {
            self.unknown(tree, "the program is nested too deep or grows too large".into())
        } else {
            self.known_piece(tree, role, within)
        };
        self.depth -= 1;
        if self.depth.is_multiple_of(32) && self.depth > 0 { Node::Deep(Box::new(node)) } else { node }
    }

    fn known_piece(&mut self, tree: &'t Tree, role: Role, within: &Within<'_, 't>) -> Node {
        let roles = if role == Role::Element { &[Role::Element, Role::Plain][..] } else { &[role][..] };
        let known = roles.iter().find_map(|role| Some((*role, self.state.construct(tree.form, *role)?)));
        let Some((used_role, number)) = known else {
            // A word that is data stands for its own text.
            return match (tree.form.kind, role) {
                (Kind::Name, Role::Plain) => Node::Const(Value::text(self.text(tree))),
                _ => self.unknown(tree, self.not_known(tree, role)),
            };
        };
        let knowledge = self.knowledge;
        let Some(rival) = knowledge.constructs.get(&(tree.form, used_role)).and_then(|c| c.meanings.first()) else {
            return self.unknown(tree, self.not_known(tree, role));
        };
        self.used(number, tree);
        let code = &rival.meaning;
        let is_part = tree.form.kind == Kind::Part;
        let it = if is_part { within.it } else { None };
        let it = it.or_else(|| uses_it(knowledge, code, tree).then(|| self.scratch()));
        let values = mentioned_values(code).into_iter().map(|slot| (slot, self.scratch())).collect();
        let piece = Piece {
            tree,
            role: used_role,
            it,
            values,
            incoming: within.incoming,
            caught: None,
            rest: within.rest,
            shared: RefCell::default(),
            repeated: repeated(code),
        };
        self.code(code, &piece, within.collecting)
    }

    /// Notes that the program being compiled relies on a construct.
    fn used(&mut self, number: u32, tree: &Tree) {
        if let Some(uses) = self.uses.last_mut() {
            uses.push((number, tree.at.clone()));
        }
    }

    /// A piece of a slot, shared when the program mentions the slot more than once.
    fn of_slot(&mut self, piece: &Piece<'_, 't>, slot: SlotId, place: usize, tree: &'t Tree, collecting: bool) -> Node {
        let role = match piece.role {
            Role::Parameter if tree.form.kind == Kind::Name => Role::Plain,
            role => role_inside(tree, role),
        };
        let key = (slot, place, role, collecting, self.scopes.len());
        if let Some(node) = piece.shared.borrow().get(&key) {
            return Node::Shared(node.clone());
        }
        let is_part = tree.form.kind == Kind::Part;
        let within = Within {
            it: piece.it,
            incoming: if is_part { piece.incoming } else { None },
            rest: if is_part { piece.rest } else { None },
            collecting: collecting && is_part,
        };
        let repeated = piece.repeated.contains(&slot);
        let compile = |c: &mut Self| {
            let node = c.piece(tree, role, &within);
            let node = match (is_part, piece.it) {
                (false, Some(it)) => Node::SetTemp(c.temp(it), Box::new(node)),
                _ => node,
            };
            if collecting && tree.form.kind != Kind::Stmt && tree.form.kind != Kind::Block && !is_part {
                Node::Push(Box::new((tree.at.clone(), node)))
            } else {
                node
            }
        };
        let node = if repeated { self.stretch(compile) } else { compile(self) };
        let node = match piece.values.iter().find(|(i, _)| *i == slot) {
            Some((_, scratch)) => Node::SetTemp(self.temp(*scratch), Box::new(node)),
            None => node,
        };
        if repeated {
            let node = Rc::new(node);
            piece.shared.borrow_mut().insert(key, node.clone());
            return Node::Shared(node);
        }
        node
    }

    fn missing_slot(&self, piece: &Piece<'_, 't>, slot: SlotId) -> Node {
        let form = piece.tree.form;
        self.unknown(piece.tree, format!("what was learned of `{form}` speaks of a slot {slot}, which it lacks here"))
    }

    fn slot(&mut self, piece: &Piece<'_, 't>, slot: SlotId, collecting: bool) -> Node {
        let Some(pieces) = piece.tree.slots.get(slot as usize).map(Slot::trees) else { return self.missing_slot(piece, slot) };
        if let [one] = pieces {
            let node = self.of_slot(piece, slot, 0, one, collecting);
            return if one.form.kind == Kind::Stmt { Node::Step(Box::new(node)) } else { node };
        }
        let nodes = pieces.iter().enumerate().map(|(place, tree)| {
            if tree.form.kind == Kind::Stmt {
                let node = self.stretch(|c| c.of_slot(piece, slot, place, tree, collecting));
                Node::Step(Box::new(node))
            } else {
                self.of_slot(piece, slot, place, tree, collecting)
            }
        });
        Node::Seq(nodes.collect())
    }

    /// The pieces of a slot that names one or more names, or the text of the first.
    fn pieces(&self, piece: &Piece<'_, 't>, slot: SlotId) -> Option<&'t [Tree]> {
        piece.tree.slots.get(slot as usize).map(Slot::trees).filter(|trees| !trees.is_empty())
    }

    // Targets

    fn target(&mut self, tree: &'t Tree, piece: &Piece<'_, 't>) -> Target {
        if is_name(self.knowledge, tree) {
            return Target::Name(self.place(name_of(self.source, tree)));
        }
        let incoming = self.scratch();
        let within = Within { it: piece.it, incoming: Some(incoming), rest: piece.rest, collecting: false };
        match self.piece(tree, Role::Target, &within) {
            // The part only passes the value on to a name: no need to keep it meanwhile.
            Node::Store(store) if matches!(store.1, Node::Temp(temp) if temp.hops == 0 && temp.slot == incoming.slot) => store.0,
            node => Target::Part(self.temp(incoming), Box::new(node)),
        }
    }

    fn targets(&mut self, piece: &Piece<'_, 't>, slot: SlotId) -> Target {
        match self.pieces(piece, slot) {
            None => match self.missing_slot(piece, slot) {
                Node::Unknown(what) => Target::Unknown(what),
                _ => Target::All(Box::default()),
            },
            Some([one]) => self.target(one, piece),
            Some(many) => Target::All(many.iter().map(|tree| self.target(tree, piece)).collect()),
        }
    }

    // Programs

    fn code(&mut self, code: &'t Code, piece: &Piece<'_, 't>, collecting: bool) -> Node {
        self.nodes += 1;
        let before = self.waits;
        let node = self.bare(code, piece, collecting);
        if self.waits > before { Node::Waits(Box::new(node)) } else { node }
    }

    fn two(&mut self, two: &'t [Code; 2], piece: &Piece<'_, 't>, collecting: bool) -> [Node; 2] {
        [self.code(&two[0], piece, collecting), self.code(&two[1], piece, collecting)]
    }

    /// The first where it stands, the second in a stretch of its own.
    fn one_then(&mut self, two: &'t [Code; 2], piece: &Piece<'_, 't>, collecting: bool) -> [Node; 2] {
        let first = self.code(&two[0], piece, collecting);
        [first, self.stretch(|c| c.code(&two[1], piece, collecting))]
    }

    fn turns(&mut self, two: &'t [Code; 2], piece: &Piece<'_, 't>, collecting: bool) -> Box<(Site, [Node; 2])> {
        let site = self.site(TRUTH, &piece.tree.at);
        let first = self.stretch(|c| c.code(&two[0], piece, collecting));
        let second = self.stretch(|c| c.code(&two[1], piece, collecting));
        Box::new((site, [first, second]))
    }

    fn read(&self, scratch: Option<Scratch>) -> Node {
        scratch.map_or(Node::Nothing, |scratch| Node::Temp(self.temp(scratch)))
    }

    fn bare(&mut self, code: &'t Code, piece: &Piece<'_, 't>, collecting: bool) -> Node {
        let at = || piece.tree.at.clone();
        match code {
            Code::Const(datum @ Datum::Compound(_)) => Node::Fresh(Box::new(datum.clone())),
            Code::Const(datum) => Node::Const(Value::from_datum(datum)),
            Code::It => self.read(piece.it),
            Code::Val(i) => self.read(piece.values.iter().find(|(slot, _)| slot == i).map(|(_, scratch)| *scratch)),
            Code::In => self.read(piece.incoming.or(piece.it)),
            Code::Caught => match piece.caught {
                Some(caught) => Node::Temp(self.temp(caught)),
                None => Node::Caught(Box::new(at())),
            },
            Code::OwnText => Node::Const(Value::text(self.text(piece.tree))),
            Code::Word(i) => match self.pieces(piece, *i) {
                Some([first, ..]) => Node::Const(Value::text(self.text(first))),
                _ => self.missing_slot(piece, *i),
            },
            Code::Load => self.load(piece.tree),
            Code::Get(i) => match self.pieces(piece, *i) {
                Some([first, ..]) => self.load(first),
                _ => self.missing_slot(piece, *i),
            },
            Code::Slot(i) => self.slot(piece, *i, false),
            Code::Every(i) => self.slot(piece, *i, collecting),
            Code::Store(i, value) => {
                let value = self.code(value, piece, collecting);
                Node::Store(Box::new((self.targets(piece, *i), value)))
            }
            Code::Spread(slots) => self.spread(slots, piece),
            Code::Forget(i) => match self.pieces(piece, *i) {
                None => self.missing_slot(piece, *i),
                Some(trees) => {
                    let names = trees.iter().map(|tree| {
                        let name = name_of(self.source, tree);
                        (self.place(name), self.name(name, &tree.at))
                    });
                    Node::Forget(names.collect())
                }
            },
            Code::Seq(two) => Node::Seq(self.two(two, piece, collecting).into()),
            Code::If(three) => {
                let site = self.site(TRUTH, &piece.tree.at);
                let test = self.code(&three[0], piece, collecting);
                let test = match piece.it {
                    Some(it) => Node::SetTemp(self.temp(it), Box::new(test)),
                    None => test,
                };
                let yes = self.stretch(|c| c.code(&three[1], piece, collecting));
                let no = self.stretch(|c| c.code(&three[2], piece, collecting));
                Node::If(Box::new((site, [test, yes, no])))
            }
            Code::While(two) => Node::While(self.turns(two, piece, collecting)),
            Code::Until(two) => Node::Until(self.turns(two, piece, collecting)),
            Code::Each(i, two) => {
                let site = self.site("iterate", &piece.tree.at);
                let over = self.code(&two[0], piece, collecting);
                let target = self.targets(piece, *i);
                let body = self.stretch(|c| c.code(&two[1], piece, collecting));
                Node::Each(Box::new(Each { site, over, target, body }))
            }
            Code::New(class, Shape::Seq, inside) if self.asked.contains(class) => {
                Node::Lazily(*class, Box::new(self.code(inside, piece, true)))
            }
            Code::New(class, shape, inside) => match self.flat(inside, piece) {
                Some(nodes) if *shape == Shape::Seq => Node::List(*class, nodes),
                _ => Node::New(*class, *shape, Box::new(self.code(inside, piece, true))),
            },
            Code::Push(value) => Node::Push(Box::new((at(), self.code(value, piece, collecting)))),
            Code::PushAll(value) => {
                let value = self.code(value, piece, collecting);
                Node::PushAll(Box::new((self.site("iterate", &piece.tree.at), value)))
            }
            Code::PushEntry(two) => Node::PushEntry(Box::new((at(), self.two(two, piece, collecting)))),
            Code::PushNamed(i, value) => match self.pieces(piece, *i) {
                Some([first, ..]) => {
                    let name = name_of(self.source, first);
                    Node::PushNamed(name, Box::new((at(), self.code(value, piece, collecting))))
                }
                _ => self.missing_slot(piece, *i),
            },
            Code::Nest(i, inside) => {
                let Some(clauses) = self.pieces(piece, *i) else { return self.missing_slot(piece, *i) };
                self.rest(&Rest { clauses, inside, owner: piece, collecting })
            }
            Code::Rest => match piece.rest {
                Some(rest) => self.stretch(|c| c.rest(rest)),
                None => self.unknown(piece.tree, "nothing comes after this clause: it stands alone".into()),
            },
            Code::Signal(SignalKind::Error, value) => Node::Raise(Box::new((at(), self.code(value, piece, collecting)))),
            Code::Signal(kind, value) => {
                Node::Jump(self.kind(*kind, piece), Box::new((at(), self.code(value, piece, collecting))))
            }
            Code::Catch(kind, body) => {
                let body = self.code(body, piece, collecting);
                self.catch(*kind, body, None, piece)
            }
            Code::CatchElse(kind, two) => {
                let [body, otherwise] = self.one_then(two, piece, collecting);
                self.catch(*kind, body, Some(otherwise), piece)
            }
            Code::Handle(two) => Node::Handle(Box::new(self.one_then(two, piece, collecting))),
            Code::HandleElse(three) => {
                let body = self.code(&three[0], piece, collecting);
                let [handler, otherwise] = [&three[1], &three[2]].map(|code| self.stretch(|c| c.code(code, piece, collecting)));
                Node::HandleElse(Box::new([body, handler, otherwise]))
            }
            Code::Again => Node::Again(Box::new(at())),
            Code::After(two) => Node::After(Box::new(self.two(two, piece, collecting))),
            Code::Settle(three) => self.settle(three, piece, collecting),
            Code::Op(key, args) => self.operation(*key, args, piece, collecting),
            Code::Closure(params, body, result) => self.closure(*params, *body, *result, piece),
            Code::Call(two) => self.call(two, piece, collecting),
            Code::TakeRest(..) if piece.role == Role::Target => {
                self.unknown(piece.tree, "nothing is spread here that this could take the rest of".into())
            }
            Code::Take(_) | Code::TakeOr(..) | Code::TakeRest(..) | Code::TakeNamed(..) | Code::OnlyNamed | Code::OnlyPlaced => {
                self.unknown(piece.tree, "a parameter stands outside of a function".into())
            }
            Code::Scope(inside) => {
                let mut finder = Finder::new(self.knowledge, self.source);
                finder.code(inside, piece.tree, piece.role);
                // A clause's rest runs inside the scope too: what it binds belongs there.
                if let Some(rest) = piece.rest {
                    rest.names(&mut finder);
                }
                self.scopes.push(Scope { open: true, ..Scope::of(finder.done()) });
                let node = self.code(inside, piece, collecting);
                let size = self.scopes.pop().map_or(0, |scope| scope.size);
                Node::Scope(size, Box::new(node))
            }
            Code::Suspend(class, value) => {
                let value = self.code(value, piece, collecting);
                self.suspend(*class, piece.tree).unwrap_or_else(|| Node::Suspend(Box::new(value)))
            }
            Code::SuspendAll(class, value) => {
                let value = self.code(value, piece, collecting);
                let site = self.site("iterate", &piece.tree.at);
                self.suspend(*class, piece.tree).unwrap_or_else(|| Node::SuspendAll(Box::new((site, value))))
            }
            Code::Own(named, two) => self.own(*named, two, piece),
            // Names were sorted into frames before.
            Code::Declare(..) => Node::Nothing,
        }
    }

    /// Notes that the function around is one that is asked for one value after the other; says where that cannot be.
    fn suspend(&mut self, class: Symbol, tree: &Tree) -> Option<Node> {
        let at_home = self.lazy.last_mut().map(|lazy| *lazy.get_or_insert(class) == class);
        if at_home == Some(true) {
            self.waits += 1;
            return None;
        }
        Some(self.unknown(tree, "nothing around this can be asked for one value after the other".into()))
    }

    /// A record made of the frame of a body.
    fn own(&mut self, named: Named, two: &'t [Code; 2], piece: &Piece<'_, 't>) -> Node {
        let at = piece.tree.at.clone();
        let name = match self.pieces(piece, named.slot) {
            Some([first, ..]) => Value::text(self.text(first)),
            _ => return self.missing_slot(piece, named.slot),
        };
        let delegates = Node::New(Symbol::neutral(), Shape::Seq, Box::new(self.code(&two[0], piece, true)));
        let mut finder = Finder::new(self.knowledge, self.source);
        finder.code(&two[1], piece.tree, piece.role);
        let names = finder.done();
        let fields = names.bound.iter().copied().zip(0..).filter(|(name, _)| !names.declared.contains_key(name)).collect();
        self.scopes.push(Scope { hidden: true, ..Scope::of(names) });
        let body = self.code(&two[1], piece, false);
        let size = self.scopes.pop().map_or(0, |scope| scope.size);
        Node::Own(Box::new(Own { named, name, at, delegates, size, fields, body }))
    }

    fn kind(&self, kind: SignalKind, piece: &Piece<'_, 't>) -> Symbol {
        match kind {
            SignalKind::Of(template) => template,
            SignalKind::Own | SignalKind::Error => piece.tree.form.template,
        }
    }

    fn catch(&mut self, kind: SignalKind, body: Node, otherwise: Option<Node>, piece: &Piece<'_, 't>) -> Node {
        let kind = if kind == SignalKind::Error { None } else { Some(self.kind(kind, piece)) };
        Node::Catch(Box::new(Catch { kind, body, otherwise }))
    }

    fn settle(&mut self, three: &'t [Code; 3], piece: &Piece<'_, 't>, collecting: bool) -> Node {
        let site = self.site(TRUTH, &piece.tree.at);
        let open = self.code(&three[0], piece, collecting);
        let (given, error) = (self.scratch(), self.scratch());
        let inside = Piece { incoming: Some(given), ..piece.again() };
        let body = self.stretch(|c| c.code(&three[1], &inside, collecting));
        let after = Piece { caught: Some(error), ..piece.again() };
        let close = self.stretch(|c| c.code(&three[2], &after, collecting));
        Node::Settle(Box::new(Settle { site, open, given: self.temp(given), body, error: self.temp(error), close }))
    }

    fn spread(&mut self, slots: &[SlotId], piece: &Piece<'_, 't>) -> Node {
        let from = self.read(piece.incoming.or(piece.it));
        let mut targets = Vec::new();
        let mut rest = None;
        for slot in slots {
            let Some(trees) = self.pieces(piece, *slot) else { return self.missing_slot(piece, *slot) };
            for tree in trees {
                let Some((inner, class)) = self.leftover(tree) else {
                    targets.push(self.target(tree, piece));
                    continue;
                };
                if rest.is_some() {
                    return self.unknown(piece.tree, "more than one target takes the rest".into());
                }
                rest = Some(Leftover { at: targets.len(), class, iterate: self.site("iterate", &piece.tree.at) });
                targets.push(self.target(inner, piece));
            }
        }
        let site = self.site("spread", &piece.tree.at);
        Node::Spread(Box::new(Spread { site, from, targets: targets.into(), rest }))
    }

    /// What takes the rest, and as which class, if this piece is a target that does.
    fn leftover(&mut self, tree: &'t Tree) -> Option<(&'t Tree, Symbol)> {
        let known = self.knowledge.constructs.get(&(tree.form, Role::Target))?;
        let Code::TakeRest(slot, class) = known.meanings.first()?.meaning else { return None };
        let inner = tree.slots.get(slot as usize)?.trees().first()?;
        let number = self.state.construct(tree.form, Role::Target)?;
        self.used(number, tree);
        Some((inner, class))
    }

    /// The clauses that remain, then what is innermost.
    fn rest(&mut self, rest: &Rest<'_, 't>) -> Node {
        match rest.clauses.split_first() {
            None => self.stretch(|c| c.code(rest.inside, rest.owner, rest.collecting)),
            Some((first, clauses)) => {
                let following = Rest { clauses, ..*rest };
                let within = Within {
                    it: rest.owner.it,
                    incoming: rest.owner.incoming,
                    rest: Some(&following),
                    collecting: rest.collecting,
                };
                self.piece(first, Role::Clause, &within)
            }
        }
    }

    fn operation(&mut self, key: Symbol, args: &'t [Code], piece: &Piece<'_, 't>, collecting: bool) -> Node {
        let site = Site::new(self.state.table(key), piece.tree.at.clone());
        let nodes: Vec<Node> = args.iter().map(|arg| self.code(arg, piece, collecting)).collect();
        let constant = !nodes.is_empty() && nodes.iter().all(|node| matches!(node, Node::Const(_)));
        let node = match <[Node; 1]>::try_from(nodes) {
            Ok([one]) => Node::Op1(Box::new((site, one))),
            Err(nodes) => match <[Node; 2]>::try_from(nodes) {
                Ok(two) => Node::Op2(Box::new((site, two))),
                Err(nodes) => match <[Node; 3]>::try_from(nodes) {
                    Ok(three) => Node::Op3(Box::new((site, three))),
                    Err(nodes) => Node::Op(Box::new((site, nodes.into()))),
                },
            },
        };
        if constant { Node::Once(Box::new((OnceCell::new(), node))) } else { node }
    }

    /// What a program pushes when it only pushes, in order: no collection needs to be under construction meanwhile.
    fn flat(&mut self, code: &'t Code, piece: &Piece<'_, 't>) -> Option<Box<[Node]>> {
        if !self.is_flat(code, piece) {
            return None;
        }
        let mut nodes = Vec::new();
        self.flatten(code, piece, &mut nodes);
        Some(nodes.into())
    }

    fn is_flat(&self, code: &Code, piece: &Piece<'_, 't>) -> bool {
        match code {
            Code::Const(Datum::None) => true,
            Code::Push(_) => true,
            Code::Every(i) => self.pieces(piece, *i).is_some_and(|trees| trees.iter().all(|tree| tree.form.kind == Kind::Expr)),
            Code::Seq(two) => self.is_flat(&two[0], piece) && self.is_flat(&two[1], piece),
            _ => false,
        }
    }

    fn flatten(&mut self, code: &'t Code, piece: &Piece<'_, 't>, out: &mut Vec<Node>) {
        match code {
            Code::Push(value) => {
                let node = self.code(value, piece, true);
                out.push(node);
            }
            Code::Every(i) => {
                for (place, tree) in self.pieces(piece, *i).unwrap_or_default().iter().enumerate() {
                    let node = self.of_slot(piece, *i, place, tree, false);
                    out.push(node);
                }
            }
            Code::Seq(two) => two.iter().for_each(|code| self.flatten(code, piece, out)),
            _ => {}
        }
    }

    fn call(&mut self, two: &'t [Code; 2], piece: &Piece<'_, 't>, collecting: bool) -> Node {
        let at = piece.tree.at.clone();
        let callee = self.code(&two[0], piece, collecting);
        let site = CallSite { at: at.clone(), call: self.site(CALL, &at), last: RefCell::new(None) };
        match self.flat(&two[1], piece) {
            Some(args) => Node::Call(Box::new((callee, args, site))),
            None => {
                let args = self.code(&two[1], piece, true);
                Node::CallPushed(Box::new((callee, args, site)))
            }
        }
    }

    // Functions

    fn closure(&mut self, params: Option<SlotId>, body: SlotId, result: Option<Symbol>, piece: &Piece<'_, 't>) -> Node {
        let Some(bodies) = self.pieces(piece, body) else { return self.missing_slot(piece, body) };
        let params = match params.map(|slot| self.pieces(piece, slot)) {
            None => &[][..],
            Some(Some(trees)) => trees,
            Some(None) => return self.missing_slot(piece, params.unwrap_or_default()),
        };
        let mut finder = Finder::new(self.knowledge, self.source);
        params.iter().for_each(|tree| finder.parameter(tree));
        bodies.iter().for_each(|tree| finder.piece(tree, Role::Plain));
        let names = finder.done();
        let mut takes = Parameters::default();
        for tree in params {
            if let Err(node) = self.parameter(tree, &mut takes) {
                return node;
            }
        }
        // Defaults belong to the frame around.
        let defaults = takes.all.iter().filter_map(|parameter| parameter.default).map(|tree| self.plain(tree)).collect();
        self.scopes.push(Scope::of(names));
        let mut number = 0;
        let params: Vec<Param> = takes
            .all
            .into_iter()
            .map(|Parameter { target, kinds, given, .. }| {
                let takes = match kinds {
                    Kinds::One => Takes::One,
                    Kinds::Or => {
                        number += 1;
                        Takes::Or(number - 1)
                    }
                    Kinds::Rest(class) => Takes::Rest(class),
                    Kinds::Named(class) => Takes::Named(class),
                };
                let owner = Piece {
                    tree: target,
                    role: Role::Parameter,
                    it: None,
                    values: SmallVec::new(),
                    incoming: None,
                    caught: None,
                    rest: None,
                    shared: RefCell::default(),
                    repeated: SmallVec::new(),
                };
                Param { takes, given, name: name_of(self.source, target), target: self.target(target, &owner) }
            })
            .collect();
        let simple = params.iter().enumerate().all(|(i, param)| {
            matches!(param.takes, Takes::One)
                && param.given != Given::Named
                && matches!(param.target, Target::Name(Place::Local(slot)) if slot as usize == i)
        });
        let waits = self.waits;
        self.lazy.push(None);
        let nodes: Vec<Node> = bodies.iter().map(|tree| self.stretch(|c| c.plain(tree))).collect();
        // What waits in the body is nothing that the maker of the function waits for.
        self.waits = waits;
        let lazy = self.lazy.pop().flatten();
        let gives = bodies.iter().all(|tree| tree.form.kind == Kind::Expr);
        let body = match <[Node; 1]>::try_from(nodes) {
            Ok([one]) => one,
            Err(nodes) if lazy.is_some() => Node::Waits(Box::new(Node::Seq(nodes.into()))),
            Err(nodes) => Node::Seq(nodes.into()),
        };
        let missing = self.site("missing", &piece.tree.at);
        let surplus = self.site("surplus", &piece.tree.at);
        let size = self.scopes.pop().map_or(0, |scope| scope.size);
        let code = FunctionCode { size, params, simple, body, result, gives, lazy, missing, surplus };
        Node::Closure(Box::new((Rc::new(code), defaults)))
    }

    /// What a piece among the parameters takes, in order.
    fn parameter(&mut self, tree: &'t Tree, out: &mut Parameters<'t>) -> Result<(), Node> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.unknown(tree, "parameters nested too deep".into()));
        }
        let knowledge = self.knowledge;
        let construct = knowledge.constructs.get(&(tree.form, Role::Parameter)).and_then(|c| c.meanings.first());
        let result = match construct {
            Some(rival) => {
                if let (Some(number), Some(uses)) = (self.state.construct(tree.form, Role::Parameter), self.uses.last_mut()) {
                    uses.push((number, tree.at.clone()));
                }
                self.taking(&rival.meaning, tree, out)
            }
            None if is_name(knowledge, tree) => {
                out.push(tree, Kinds::One, None);
                Ok(())
            }
            None => Err(self.unknown(tree, self.not_known(tree, Role::Parameter))),
        };
        self.depth -= 1;
        result
    }

    fn taking(&mut self, code: &'t Code, tree: &'t Tree, out: &mut Parameters<'t>) -> Result<(), Node> {
        let pieces = |i: SlotId| tree.slots.get(i as usize).map_or(&[][..], Slot::trees);
        let (slot, kind, default) = match code {
            Code::Take(i) => (*i, Kinds::One, None),
            Code::TakeOr(i, j) => (*i, Kinds::Or, Some(*j)),
            Code::TakeRest(i, class) => (*i, Kinds::Rest(*class), None),
            Code::TakeNamed(i, class) => (*i, Kinds::Named(*class), None),
            Code::Seq(two) => {
                self.taking(&two[0], tree, out)?;
                return self.taking(&two[1], tree, out);
            }
            Code::Every(i) | Code::Slot(i) => {
                return pieces(*i).iter().try_for_each(|piece| self.parameter(piece, out));
            }
            Code::Const(_) => return Ok(()),
            Code::OnlyNamed => {
                out.name_next();
                return Ok(());
            }
            Code::OnlyPlaced => {
                out.place_all();
                return Ok(());
            }
            _ => return Err(self.unknown(tree, "what was learned of this parameter takes no argument".into())),
        };
        let default = default.map(|j| pieces(j).first());
        match (pieces(slot).first(), default) {
            (Some(target), None) => out.push(target, kind, None),
            (Some(target), Some(Some(default))) => out.push(target, kind, Some(default)),
            _ => return Err(self.unknown(tree, "what was learned of this parameter speaks of a slot it lacks".into())),
        }
        Ok(())
    }
}

impl<'p, 't> Piece<'p, 't> {
    /// The same piece; what it shares is compiled anew.
    fn again(&self) -> Self {
        Self {
            tree: self.tree,
            role: self.role,
            it: self.it,
            values: self.values.clone(),
            incoming: self.incoming,
            caught: self.caught,
            rest: self.rest,
            shared: RefCell::default(),
            repeated: self.repeated.clone(),
        }
    }
}

impl<'t> Rest<'_, 't> {
    fn names(&self, finder: &mut Finder<'t>) {
        self.clauses.iter().for_each(|clause| finder.piece(clause, Role::Clause));
        finder.code(self.inside, self.owner.tree, self.owner.role);
    }
}

/// Whether a construct's program or that of one of its parts speaks of the last value.
fn uses_it(knowledge: &Knowledge, code: &Code, tree: &Tree) -> bool {
    // A target has an incoming value of its own; elsewhere the last value stands for it.
    fn speaks(code: &Code, is_target: bool) -> bool {
        matches!(code, Code::It)
            || (!is_target && matches!(code, Code::In | Code::Spread(_)))
            || code.parts().any(|part| speaks(part, is_target))
    }
    fn part(knowledge: &Knowledge, tree: &Tree, met: &mut FxHashSet<*const Tree>) -> bool {
        if tree.form.kind != Kind::Part || !met.insert(std::ptr::from_ref(tree)) {
            return false;
        }
        Role::ALL.into_iter().any(|role| {
            let known = knowledge.constructs.get(&(tree.form, role)).and_then(|c| c.meanings.first());
            known.is_some_and(|rival| speaks(&rival.meaning, role == Role::Target))
        }) || tree.children().any(|child| part(knowledge, child, met))
    }
    speaks(code, false) || tree.children().any(|child| part(knowledge, child, &mut FxHashSet::default()))
}

/// The slots whose last value a program speaks of.
fn mentioned_values(code: &Code) -> FxHashSet<SlotId> {
    fn walk(code: &Code, out: &mut FxHashSet<SlotId>) {
        if let Code::Val(i) = code {
            out.insert(*i);
        }
        code.parts().for_each(|part| walk(part, out));
    }
    let mut out = FxHashSet::default();
    walk(code, &mut out);
    out
}

/// The slots that a program evaluates at more than one place.
fn repeated(code: &Code) -> SmallVec<[SlotId; 2]> {
    fn walk(code: &Code, out: &mut SmallVec<[(SlotId, u32); 4]>) {
        if let Code::Slot(i) | Code::Every(i) = code {
            match out.iter_mut().find(|(slot, _)| slot == i) {
                Some((_, count)) => *count += 1,
                None => out.push((*i, 1)),
            }
        }
        code.parts().for_each(|part| walk(part, out));
    }
    let mut counts = SmallVec::new();
    walk(code, &mut counts);
    counts.into_iter().filter(|(_, count)| *count > 1).map(|(slot, _)| slot).collect()
}

/// The known template of this kind and role that has most tokens in common with an unknown one.
fn nearest(knowledge: &Knowledge, form: Form, role: Role) -> Option<Symbol> {
    let tokens = |template: Symbol| -> indexmap::IndexSet<&'static str, FxBuildHasher> { template.as_str().split(' ').collect() };
    let wanted = tokens(form.template);
    let likeness = |template: Symbol| {
        let other = tokens(template);
        let common = other.intersection(&wanted).count();
        // Common tokens, less those that only one of them has.
        3 * common as i64 - (other.len() + wanted.len() - 2 * common) as i64
    };
    let known = knowledge.constructs.iter().filter(|((known, known_role), construct)| {
        known.kind == form.kind && *known_role == role && !construct.meanings.is_empty()
    });
    known.map(|((known, _), _)| (likeness(known.template), known.template)).max_by_key(|(score, _)| *score).map(|(_, near)| near)
}
