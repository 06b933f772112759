//! All that was observed, program after program.

use std::sync::Arc;

use mimus_core::Datum;

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

    /// The text of an episode's program.
    pub fn source(&self, episode: &Episode) -> &Arc<str> {
        &self.sources[episode.program as usize]
    }
}
