//! Whether what a run did is what was seen of the episode.

use mimus_core::{Datum, Kind, Symbol, TRUTH};
use mimus_trace::End;

use super::exit::{Exit, Jump, Ran};
use super::findings::V;
use super::laws::operation_key;
use super::run::Run;

impl Run<'_> {
    pub fn judge(&mut self, ran: Ran) -> Ran<bool> {
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
        Ok(fits && self.given == episode.gives.len() && self.explains_binds() && self.explains_effects())
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

    /// Whether an operation is one that does something to such operands, as far as is known.
    fn acts(&mut self, key: Symbol, args: &[V]) -> bool {
        let Some(facts) = self.laws.facts.get(&key) else { return true };
        let classes = self.operands(args).map(|operands| operands.iter().map(Datum::class).collect::<Vec<_>>());
        classes.is_none_or(|classes| facts.acts.contains(&classes))
    }

    fn explains_effects(&mut self) -> bool {
        let episode = self.episode;
        let own = operation_key(episode.form());
        // What happened is taken for what the last operation did: that one has to be of a kind that does such things.
        let last = self.findings.ops.iter().rev().find(|op| op.key.as_str() != TRUTH).map(|op| (op.key, op.args.clone()));
        let last: Option<Vec<V>> = last.filter(|(key, args)| *key == own || self.acts(*key, args)).map(|(_, args)| args);
        if !episode.out.is_empty() && last.is_none() {
            return false;
        }
        // One before it may have done something to its own operands, where several write.
        let writers: Vec<V> =
            if last.is_some() { self.findings.ops.iter().flat_map(|op| op.args.clone()).collect() } else { vec![] };
        episode.changed.iter().all(|object| {
            let value = self.world.reference(*object);
            let collected = !self.collections.is_empty() && self.world.class(value) == self.world.class(episode.value);
            let is_last = || last.as_ref().is_some_and(|args| args.iter().any(|arg| self.reaches(*arg, value)));
            collected || is_last() || writers.iter().any(|arg| self.known(*arg) == Some(value))
        })
    }
}
