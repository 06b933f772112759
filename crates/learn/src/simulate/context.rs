//! Where in a construct's tree a program runs, and which steps it would take there.

use mimus_core::{Code, Kind, SignalKind, Slot, Symbol, Tree};

use super::exit::{Exit, Jump, Ran};
use super::findings::V;
use crate::episode::Path;

/// The piece that a program belongs to, and what came in from around it.
pub(super) struct Ctx<'c> {
    pub tree: &'c Tree,
    /// The path to the piece.
    pub prefix: &'c [(u8, u16)],
    pub incoming: Option<V>,
    pub rest: Option<&'c Rest<'c>>,
}

/// What runs inside a clause: the clauses after it, then a body.
pub(super) struct Rest<'c> {
    pub around: &'c Ctx<'c>,
    pub slot: u8,
    pub next: usize,
    pub body: &'c Code,
}

impl<'c> Ctx<'c> {
    pub fn path(&self, slot: u8, piece: usize) -> Path {
        let mut path = self.prefix.to_vec();
        path.push((slot, piece as u16));
        path
    }

    pub fn pieces(&self, slot: u8) -> Ran<&'c [Tree]> {
        self.tree.slots.get(slot as usize).map(Slot::trees).ok_or(Exit::Bad)
    }

    /// The only piece in a slot.
    pub fn piece(&self, slot: u8) -> Ran<&'c Tree> {
        let [tree] = self.pieces(slot)? else { return Err(Exit::Bad) };
        Ok(tree)
    }

    /// The name in a slot, or the text of a part that has no pieces.
    pub fn word(&self, slot: u8, source: &str) -> Ran<Symbol> {
        match self.piece(slot)? {
            tree if tree.form.kind == Kind::Name || tree.is_bare_part() => Ok(Symbol::new(tree.text(source))),
            _ => Err(Exit::Bad),
        }
    }

    pub fn jump(&self, kind: SignalKind) -> Jump {
        match kind {
            SignalKind::Own => Jump::Kind(self.tree.form.template),
            SignalKind::Error => Jump::Error,
            SignalKind::Of(template) => Jump::Kind(template),
        }
    }

    /// Whether a step at this path would be taken by a program.
    pub fn claims(&self, code: &Code, path: &[(u8, u16)]) -> bool {
        let Some(inner) = path.strip_prefix(self.prefix) else {
            // A clause's `rest` reaches pieces outside the clause.
            return code.any(&|code| matches!(code, Code::Rest)) && self.rest.is_some_and(|rest| rest.claims(path));
        };
        let here = inner.first().map(|(slot, _)| *slot);
        let own = match code {
            Code::Slot(i) | Code::Every(i) | Code::Store(i, _) | Code::Each(i, _) | Code::Nest(i, _) => here == Some(*i),
            Code::Spread(slots) => here.is_some_and(|slot| slots.contains(&slot)),
            Code::Closure(Some(i), ..) => here == Some(*i),
            Code::Rest => return self.rest.is_some_and(|rest| rest.claims(path)),
            _ => false,
        };
        own || code.parts().any(|part| self.claims(part, path))
    }

    /// Whether running a program takes steps.
    pub fn consumes(&self, code: &Code) -> bool {
        match code {
            Code::Slot(_) | Code::Every(_) | Code::Nest(..) => true,
            Code::Rest => self.rest.is_some_and(|rest| {
                let pieces = rest.around.tree.slots.get(rest.slot as usize).map_or(0, |slot| slot.trees().len());
                rest.next < pieces || rest.around.consumes(rest.body)
            }),
            _ => code.parts().any(|part| self.consumes(part)),
        }
    }
}

impl Rest<'_> {
    fn claims(&self, path: &[(u8, u16)]) -> bool {
        let own = path.strip_prefix(self.around.prefix).and_then(|inner| inner.first());
        own.is_some_and(|(slot, piece)| *slot == self.slot && usize::from(*piece) >= self.next)
            || self.around.claims(self.body, path)
    }
}
