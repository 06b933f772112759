//! Forms that run a program again and again.

use mimus_core::{Code, Symbol};

use super::context::Ctx;
use super::exit::{Exit, Ran};
use super::findings::{OpResult, V};
use super::run::Run;

impl Run<'_> {
    pub fn repeat_while(&mut self, two: &[Code; 2], ctx: &Ctx) -> Ran {
        loop {
            let tested = self.exec(&two[0], ctx)?;
            let goes_on = self.next_claimed(&two[1], ctx);
            if !self.truth(tested, Some(goes_on))? {
                return Ok(V::NONE);
            }
            let before = self.position;
            self.exec(&two[1], ctx)?;
            if self.position == before {
                return Err(Exit::Bad);
            }
        }
    }

    pub fn repeat_until(&mut self, two: &[Code; 2], ctx: &Ctx) -> Ran {
        loop {
            let before = self.position;
            self.exec(&two[0], ctx)?;
            let tested = self.exec(&two[1], ctx)?;
            let goes_on = self.next_claimed(&two[0], ctx);
            if !self.truth(tested, Some(goes_on))? {
                return Ok(V::NONE);
            }
            if self.position == before {
                return Err(Exit::Bad);
            }
        }
    }

    pub fn each(&mut self, slot: u8, two: &[Code; 2], ctx: &Ctx) -> Ran {
        let whole = self.exec(&two[0], ctx)?;
        let key = Symbol::new("iterate");
        let target = ctx.piece(slot)?;
        let path = ctx.path(slot, 0);
        // What fails in a target does not fail here: tried first.
        if self.may_raise() && !self.choose()? {
            return Err(self.raised(key, vec![whole], vec![]));
        }
        let log = self.findings.ops.len();
        self.log(key, vec![whole], OpResult::Elements(vec![], false));
        let mut elements = Vec::new();
        while self.next_claimed(&two[1], ctx) || self.next().is_some_and(|step| step.path.starts_with(&path)) {
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
        Ok(V::NONE)
    }
}
