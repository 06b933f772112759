//! What is given to whoever asks the body around for more.

use mimus_core::Symbol;

use super::exit::{Exit, Ran};
use super::findings::V;
use super::run::Run;

impl Run<'_> {
    /// Gives a value; nothing comes back.
    pub fn give(&mut self, class: Symbol, v: V) -> Ran {
        let seen = *self.episode.gives.get(self.given).ok_or(Exit::Bad)?;
        self.given += 1;
        if self.episode.fills != Some(class) || !self.unify(v, seen) {
            return Err(Exit::Bad);
        }
        Ok(V::NONE)
    }

    /// Gives all that a value holds. What comes back is what it ended with, if it was itself asked for one after the other.
    pub fn give_all(&mut self, class: Symbol, v: V) -> Ran {
        let episode = self.episode;
        let Some(value) = self.known(v).filter(|_| episode.fills == Some(class)) else { return Err(Exit::Bad) };
        if let Some(object) = self.world.lazy(value) {
            return self.world.filled_with(object).map(V::Known).ok_or(Exit::Bad);
        }
        // Of those after the first, what asks for them may tell.
        self.given = episode.gives.len();
        match self.elements(v) {
            Some(elements) if !elements.starts_with(&episode.gives) => Err(Exit::Bad),
            _ => Ok(V::NONE),
        }
    }
}
