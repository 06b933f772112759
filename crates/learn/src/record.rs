//! All that was observed, program after program.

use std::sync::Arc;

use mimus_core::{Datum, Symbol};
use rustc_hash::FxHashSet;

use crate::episode::{Call, Episode};
use crate::world::World;

/// All that was observed.
pub(crate) struct Record {
    pub world: World,
    pub sources: Vec<Arc<str>>,
    pub ids: Vec<String>,
    pub episodes: Vec<Episode>,
    pub calls: Vec<Call>,
    /// Texts that the teacher makes for people: the engine's operation for that, its operands and the text.
    pub told: Vec<(&'static str, Vec<Datum>, String)>,
}

impl Record {
    pub fn new() -> Self {
        Self { world: World::new(), sources: vec![], ids: vec![], episodes: vec![], calls: vec![], told: vec![] }
    }

    /// Notes which episodes may have been left before their end: what gave something that was filled later may give such a
    /// thing again.
    pub fn mark_lazy(&mut self) {
        let Self { world, episodes, .. } = self;
        let late = |episode: &&Episode| episode.steps.iter().any(|step| step.ended > episode.ended);
        let class = |episode: &Episode| world.object(episode.value).map(|_| world.class(episode.value));
        let lazy: FxHashSet<Symbol> = episodes.iter().filter(late).filter_map(class).chain(world.filled()).collect();
        for episode in episodes {
            episode.lazy = class(episode).is_some_and(|class| lazy.contains(&class));
        }
        world.set_lazy(lazy);
    }

    /// The text of an episode's program.
    pub fn source(&self, episode: &Episode) -> &Arc<str> {
        &self.sources[episode.program as usize]
    }
}
