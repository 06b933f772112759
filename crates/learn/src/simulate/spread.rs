//! Spreads what comes in over several targets.

use mimus_core::{Code, Datum, Kind, Shape, Symbol, Tree};
use mimus_knowledge::Role;

use super::context::Ctx;
use super::exit::{Exit, Ran};
use super::findings::{OpResult, V};
use super::laws::Laws;
use super::run::{Item, Run};
use crate::episode::Path;
use crate::world::Val;

/// A piece that takes something, and where it stands.
type Target<'c> = (&'c Tree, Path);

impl Run<'_> {
    pub fn spread(&mut self, slots: &[u8], ctx: &Ctx) -> Ran {
        let whole = ctx.incoming.ok_or(Exit::Bad)?;
        let targets = self.targets(slots, ctx)?;
        let key = Symbol::new("spread");
        let rest = targets.iter().position(|(tree, _)| takes_rest(self.laws, tree).is_some());
        // As many elements as targets; or as many as there are before and after the one that takes the rest.
        let counts = match rest {
            Some(at) => vec![at, targets.len() - 1 - at],
            None => vec![targets.len()],
        };
        let mut operands = vec![whole];
        operands.extend(counts.into_iter().map(|n| V::Known(self.world.intern(Datum::int(n)))));
        // What fails in a target does not fail here: tried first.
        if self.may_raise() && !self.choose()? {
            return Err(self.raised(key, operands, vec![]));
        }
        match (rest, self.elements(whole)) {
            (None, all) => {
                if all.is_some_and(|elements| elements.len() != targets.len()) {
                    return Err(Exit::Bad);
                }
                let elements: Vec<V> = targets.iter().map(|_| self.new_var()).collect();
                self.log(key, operands, OpResult::Elements(elements.clone(), true));
                for ((tree, path), v) in targets.into_iter().zip(elements) {
                    self.store(tree, &path, v)?;
                }
            }
            (Some(_), None) => self.spread_unseen(targets)?,
            (Some(rest), Some(all)) => {
                let left = all.len().checked_sub(targets.len() - 1).ok_or(Exit::Bad)?;
                let elements = all.iter().map(|v| V::Known(*v)).collect();
                self.log(key, operands, OpResult::Elements(elements, true));
                self.spread_seen(targets, &all, rest, left)?;
            }
        }
        Ok(whole)
    }

    /// The pieces in the slots, each with a program to take something.
    fn targets<'c>(&self, slots: &[u8], ctx: &Ctx<'c>) -> Ran<Vec<Target<'c>>> {
        let mut targets = Vec::new();
        for slot in slots {
            targets.extend(ctx.pieces(*slot)?.iter().enumerate().map(|(j, tree)| (tree, ctx.path(*slot, j))));
        }
        for (tree, _) in &targets {
            if tree.form.kind == Kind::Part && !self.laws.parts.contains_key(&(tree.form, Role::Target)) {
                return Err(Exit::Needs(tree.form, Role::Target, (*tree).clone()));
            }
        }
        Ok(targets)
    }

    /// What iterating gives is not known: each target got something.
    fn spread_unseen(&mut self, targets: Vec<Target>) -> Ran<()> {
        for (tree, path) in targets {
            let v = self.new_var();
            match tree.slots.as_slice() {
                [name] if takes_rest(self.laws, tree).is_some() => self.store(&name.trees()[0], &path, v)?,
                _ => self.store(tree, &path, v)?,
            }
        }
        Ok(())
    }

    /// One target takes the `left` elements that the others leave.
    fn spread_seen(&mut self, targets: Vec<Target>, all: &[Val], rest: usize, left: usize) -> Ran<()> {
        let mut all = all.iter().copied();
        for (i, (tree, path)) in targets.into_iter().enumerate() {
            if i == rest {
                let items = all.by_ref().take(left).map(|v| Item::One(V::Known(v))).collect();
                let class = takes_rest(self.laws, tree).ok_or(Exit::Bad)?;
                let taken = V::Fresh(self.new_collection(class, Shape::Seq, items));
                let [name] = tree.slots.as_slice() else { return Err(Exit::Bad) };
                self.store(&name.trees()[0], &path, taken)?;
            } else {
                let v = V::Known(all.next().ok_or(Exit::Bad)?);
                self.store(tree, &path, v)?;
            }
        }
        Ok(())
    }
}

/// The class of the collection in which a target takes the rest, if it takes that.
fn takes_rest(laws: &Laws, tree: &Tree) -> Option<Symbol> {
    match laws.parts.get(&(tree.form, Role::Target)).map(|code| &**code) {
        Some(Code::TakeRest(_, class)) => Some(*class),
        _ => None,
    }
}
