//! Calls: of the program's own functions, whose bodies were seen, and of what the language brings along.

use mimus_core::{Code, Datum, Shape, Symbol};
use mimus_trace::End;

use super::context::Ctx;
use super::exit::{Exit, Jump, Ran};
use super::findings::{Applied, V};
use super::run::{Item, Run};
use crate::episode::Step;
use crate::world::Val;

/// What a call is given, by position and by name.
struct Given {
    args: Vec<V>,
    named: Vec<(Symbol, V)>,
}

impl Run<'_> {
    pub fn call(&mut self, two: &[Code; 2], ctx: &Ctx) -> Ran {
        let function = self.exec(&two[0], ctx)?;
        let given = self.gather(Symbol::neutral(), Shape::Seq, &two[1], ctx)?;
        let V::Known(callee) = function else { return Err(Exit::Bad) };
        let mut given = self.given(given)?;
        let callee = match self.world.taken(callee) {
            Some((function, of)) => {
                given.args.insert(0, V::Known(of));
                function
            }
            None => callee,
        };
        if self.world.is_function(callee)
            && let Some(body) = self.next().filter(|step| step.body_of == Some(callee))
        {
            return self.apply(callee, given, body);
        }
        // A body that was never asked for anything.
        if self.world.is_function(callee) && self.next().is_none() && self.world.lazy(self.episode.value).is_some() {
            return Ok(V::Known(self.episode.value));
        }
        // Functions that a builtin called back: what they did is in their tables.
        while self.next().is_some_and(|step| step.body_of.is_some()) {
            self.position += 1;
        }
        let Given { mut args, named } = given;
        let key = match self.world.raw(callee).clone() {
            Datum::Atom(name) => Symbol::new(&format!("@{name}")),
            Datum::Bound(name, of) => {
                args.insert(0, V::Known(self.world.intern((*of).clone())));
                Symbol::new(&format!("@{name}"))
            }
            _ => {
                args.insert(0, V::Known(callee));
                Symbol::new(mimus_core::CALL)
            }
        };
        let names = named.iter().map(|(name, _)| *name).collect();
        args.extend(named.into_iter().map(|(_, v)| v));
        self.operate(key, args, names)
    }

    /// What was pushed, as arguments.
    fn given(&mut self, collection: usize) -> Ran<Given> {
        let (mut args, mut named) = (Vec::new(), Vec::new());
        for item in std::mem::take(&mut self.collections[collection].items) {
            match item {
                Item::One(v) => args.push(v),
                Item::All(v) => match self.named_entries(v) {
                    Some(entries) => named.extend(entries),
                    None => args.extend(self.elements(v).ok_or(Exit::Bad)?.into_iter().map(V::Known)),
                },
                Item::Named(name, v) => named.push((name, v)),
                Item::Entry(..) => return Err(Exit::Bad),
            }
        }
        named.sort_by_key(|(name, _)| *name);
        Ok(Given { args, named })
    }

    /// Takes the step that is the body of a function of the program.
    fn apply(&mut self, function: Val, given: Given, body: &Step) -> Ran {
        let Given { args, named } = given;
        // What was given must have arrived under some name.
        for v in args.iter().chain(named.iter().map(|(_, v)| v)) {
            let arrived = match (self.known(*v), v) {
                // What collects the rest may be filled only after it was told.
                (Some(value), _) => body.binds.iter().any(|(_, bound)| {
                    *bound == value || [body.began, body.ended].iter().any(|at| self.holds_value(*bound, value, *at))
                }),
                (None, V::Fresh(_)) => body.binds.iter().any(|(_, bound)| self.unify(*v, *bound)),
                _ => true,
            };
            if !arrived {
                return Err(Exit::Bad);
            }
        }
        self.position += 1;
        self.findings.applied.push(Applied { function, args, named, began: body.began });
        if let Some(filled) = body.fills {
            return Ok(V::Known(filled));
        }
        self.now = body.ended;
        match body.end {
            End::Normal => Ok(V::Known(body.value)),
            End::Left => {
                self.findings.results.extend(body.jump);
                Ok(V::Known(body.value))
            }
            End::Raised => Err(Exit::Signal(Jump::Error, V::Known(body.value))),
            End::Suspended => Err(Exit::Bad),
        }
    }
}
