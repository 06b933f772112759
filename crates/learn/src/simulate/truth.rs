//! Whether values are true: known, seen from what runs next, or assumed.

use mimus_core::{Code, Symbol, TRUTH};

use super::context::Ctx;
use super::exit::{Exit, Ran};
use super::findings::{OpResult, V};
use super::run::Run;
use crate::world::{Val, World};

impl Run<'_> {
    /// Notes that a value is true or false; fails where that contradicts what is known.
    pub fn decide(&mut self, value: Val, truth: bool) -> bool {
        if self.world.delegates(value).is_some() {
            self.log(Symbol::new(TRUTH), vec![V::Known(value)], OpResult::Gave(V::truth(truth)));
            return true;
        }
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
            self.findings.tested.push((key, *known));
            return Ok(*known);
        }
        self.over.iter().find(|(k, _)| *k == key).map(|(_, t)| *t).ok_or(key)
    }

    /// Whether what was tested is true. What nothing tells is taken for what the hint says, else tried both ways.
    pub fn truth(&mut self, v: V, hint: Option<bool>) -> Ran<bool> {
        match v {
            // What delegates may be true now and false later, and something may run to find out.
            V::Known(value) if self.world.delegates(value).is_some() => {
                let truth = hint.map_or_else(|| self.choose(), Ok)?;
                self.log(Symbol::new(TRUTH), vec![v], OpResult::Gave(V::truth(truth)));
                Ok(truth)
            }
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
    pub fn hint(&self, yes: &Code, no: &Code, ctx: &Ctx) -> Option<bool> {
        if self.next_claimed(yes, ctx) {
            return Some(true);
        }
        if self.next_claimed(no, ctx) {
            return Some(false);
        }
        match (ctx.consumes(yes), ctx.consumes(no)) {
            (true, false) => Some(false),
            (false, true) => Some(true),
            _ => None,
        }
    }

    /// Whether a program would take the next step.
    pub fn next_claimed(&self, code: &Code, ctx: &Ctx) -> bool {
        self.next().is_some_and(|step| ctx.claims(code, &step.path))
    }
}
