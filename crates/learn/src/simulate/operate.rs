//! What an operation gives: seen, decided before, or open.

use mimus_core::{Datum, Symbol};

use super::exit::{Exit, Ran};
use super::findings::{OpResult, V};
use super::laws::{CATCHES, operation_key};
use super::run::Run;
use crate::world::Val;

impl Run<'_> {
    pub fn operate(&mut self, key: Symbol, args: Vec<V>, names: Vec<Symbol>) -> Ran {
        // The error that is being handled is not a new one.
        let handled = self.caught.is_some_and(|v| self.known(v) == Some(self.episode.value));
        if self.may_raise() && !handled && self.choose()? {
            return Err(self.raised(key, args, names));
        }
        let result = match self.seen_to_give(key, &args)? {
            Some(value) => V::Known(value),
            None => self.new_var(),
        };
        if let (V::Var(i), CATCHES) = (result, key.as_str()) {
            self.vars[i].truth = self.operands(&args).and_then(|operands| self.laws.decided.get(&(key, operands)).copied());
        }
        self.log_named(key, args, names, OpResult::Gave(result));
        Ok(result)
    }

    /// What another construct's operation was seen to give for these operands. An operation that never met operands of these
    /// classes explains nothing.
    fn seen_to_give(&mut self, key: Symbol, args: &[V]) -> Ran<Option<Val>> {
        let laws = self.laws;
        // What delegates may do anything, and be another at every moment.
        let delegates = |v: &V| self.known(*v).is_some_and(|v| self.world.delegates(v).is_some());
        if args.iter().any(delegates) {
            return Ok(None);
        }
        let Some(facts) = laws.facts.get(&key).filter(|_| key != operation_key(self.episode.form())) else { return Ok(None) };
        let Some(operands) = self.operands(args) else { return Ok(None) };
        if !facts.classes.contains(&operands.iter().map(Datum::class).collect::<Vec<_>>()) {
            return Err(Exit::Bad);
        }
        Ok(facts.gave.get(&operands).copied())
    }
}
