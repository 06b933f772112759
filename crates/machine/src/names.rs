//! Which names a function (or scope) binds: found before its program is compiled, because a name that is bound anywhere in it is
//! its own everywhere in it.

use indexmap::IndexSet;
use mimus_core::{Code, Kind, SlotId, Symbol, Tree};
use mimus_knowledge::{Knowledge, Role};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

/// The names of one frame.
#[derive(Default)]
pub(crate) struct Names {
    pub(crate) bound: IndexSet<Symbol, FxBuildHasher>,
    /// Names that are declared to live elsewhere: `true` in the outermost frame, `false` in the nearest enclosing one.
    pub(crate) declared: FxHashMap<Symbol, bool>,
}

/// Finds names.
pub(crate) struct Finder<'k> {
    pub(crate) knowledge: &'k Knowledge,
    pub(crate) source: &'k str,
    names: Names,
    met: FxHashSet<(*const Tree, Role)>,
}

/// Whether a piece is a name to bind, rather than a target with a program.
pub(crate) fn is_name(knowledge: &Knowledge, tree: &Tree) -> bool {
    tree.form.kind == Kind::Name || (tree.slots.is_empty() && !knowledge.constructs.contains_key(&(tree.form, Role::Target)))
}

/// The role of a piece that a program evaluates, in a program of this role.
pub(crate) fn role_inside(tree: &Tree, role: Role) -> Role {
    match (tree.form.kind, role) {
        (Kind::Part, Role::Parameter) => Role::Parameter,
        (Kind::Part, _) => Role::Element,
        _ => Role::Plain,
    }
}

/// A piece's text as a name.
pub(crate) fn name_of(source: &str, tree: &Tree) -> Symbol {
    Symbol::new(source.get(tree.at.clone()).unwrap_or(""))
}

impl<'k> Finder<'k> {
    pub(crate) fn new(knowledge: &'k Knowledge, source: &'k str) -> Self {
        Self { knowledge, source, names: Names::default(), met: FxHashSet::default() }
    }

    pub(crate) fn done(self) -> Names {
        let mut names = self.names;
        names.bound.retain(|name| !names.declared.contains_key(name));
        names
    }

    /// Adds what a piece binds when it is used in a role.
    pub(crate) fn piece(&mut self, tree: &'k Tree, role: Role) {
        if !self.met.insert((std::ptr::from_ref(tree), role)) {
            return;
        }
        let knowledge = self.knowledge;
        let known = |role| knowledge.constructs.get(&(tree.form, role)).and_then(|c| c.meanings.first());
        let fallback = if role == Role::Element { known(Role::Plain) } else { None };
        if let Some(rival) = known(role).or(fallback) {
            self.code(&rival.meaning, tree, role);
        }
    }

    /// Adds what a piece binds as a target.
    pub(crate) fn target(&mut self, tree: &'k Tree) {
        if is_name(self.knowledge, tree) {
            self.names.bound.insert(name_of(self.source, tree));
        } else {
            self.piece(tree, Role::Target);
        }
    }

    /// Adds what parameters bind.
    pub(crate) fn parameter(&mut self, tree: &'k Tree) {
        if self.knowledge.constructs.contains_key(&(tree.form, Role::Parameter)) {
            self.piece(tree, Role::Parameter);
        } else {
            self.target(tree);
        }
    }

    /// Adds what a program binds that belongs to a piece.
    pub(crate) fn code(&mut self, code: &'k Code, tree: &'k Tree, role: Role) {
        let pieces = |i: SlotId| tree.slots.get(i as usize).map_or(&[][..], |slot| slot.trees());
        match code {
            Code::Store(i, _) | Code::Each(i, _) | Code::Take(i) | Code::TakeOr(i, _) => {
                pieces(*i).iter().for_each(|piece| self.target(piece));
            }
            Code::TakeRest(i, _) | Code::TakeNamed(i, _) => pieces(*i).iter().for_each(|piece| self.target(piece)),
            Code::Spread(slots) => slots.iter().flat_map(|i| pieces(*i)).for_each(|piece| self.target(piece)),
            Code::Forget(i) => pieces(*i).iter().for_each(|piece| {
                self.names.bound.insert(name_of(self.source, piece));
            }),
            Code::Declare(i, outermost) => pieces(*i).iter().for_each(|piece| {
                self.names.declared.insert(name_of(self.source, piece), *outermost);
            }),
            Code::Slot(i) | Code::Every(i) => pieces(*i).iter().for_each(|piece| match role {
                Role::Parameter if piece.form.kind != Kind::Expr => self.parameter(piece),
                _ => self.piece(piece, role_inside(piece, role)),
            }),
            Code::Nest(i, _) => pieces(*i).iter().for_each(|piece| self.piece(piece, Role::Clause)),
            // These have names of their own.
            Code::Closure(..) | Code::Scope(_) => return,
            Code::Own(_, two) => return self.code(&two[0], tree, role),
            _ => {}
        }
        code.parts().for_each(|part| self.code(part, tree, role));
    }
}
