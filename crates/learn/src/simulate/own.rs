//! Records made of a frame.

use mimus_core::{Code, Datum, Named, Shape, Symbol, linearized};

use super::context::Ctx;
use super::exit::{Exit, Ran};
use super::findings::V;
use super::run::{Item, Run};
use crate::world::Val;

impl Run<'_> {
    /// Takes the step whose names become a record; what that record is called and delegates to has to be what the program says.
    pub fn own(&mut self, named: Named, two: &[Code; 2], ctx: &Ctx) -> Ran {
        let pushed = self.gather(Symbol::neutral(), Shape::Seq, &two[0], ctx)?;
        let mut bases: Vec<Val> = vec![];
        for item in std::mem::take(&mut self.collections[pushed].items) {
            let Item::One(v) = item else { return Err(Exit::Bad) };
            bases.push(self.known(v).ok_or(Exit::Bad)?);
        }
        let record = self.next().and_then(|step| step.becomes);
        self.exec(&two[1], ctx)?;
        let record = record.ok_or(Exit::Bad)?;
        let name = Datum::text(ctx.word(named.slot, self.source)?.as_str());
        let is_named = self.world.field(record, named.field, self.now).is_some_and(|v| *self.world.raw(v) == name);
        if self.world.class(record) != named.class || !is_named || !self.delegates_to(record, &bases) {
            return Err(Exit::Bad);
        }
        let is_builtin = |v: &Val| matches!(self.world.raw(*v), Datum::Atom(_));
        self.findings.builtin.extend(bases.into_iter().filter(is_builtin).map(|v| (named.class, v)));
        Ok(V::Known(record))
    }

    /// Whether a record delegates to these, and to what they delegate to. What a builtin thing delegates to is its own affair.
    fn delegates_to(&self, record: Val, bases: &[Val]) -> bool {
        let own = |v: &Val| self.world.delegates(*v).map(<[Val]>::to_vec).unwrap_or_default();
        let seen = own(&record);
        let is_known = |v: &Val| bases.contains(v) || self.world.delegates(*v).is_some();
        let seen: Vec<Val> = seen.into_iter().filter(is_known).collect();
        linearized(bases, own).is_some_and(|all| all.into_iter().filter(is_known).eq(seen))
    }
}
