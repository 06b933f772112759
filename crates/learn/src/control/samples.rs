//! The episodes of each construct, and those of them that are looked at.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use mimus_core::{Form, Kind};
use rustc_hash::{FxHashMap, FxHasher};

use crate::episode::Episode;
use crate::record::Record;

/// Episodes of one construct that the search looks at.
pub(super) const SAMPLE: usize = 160;
/// Of one pattern of steps.
const SAMPLE_PATTERN: usize = 10;
/// Steps of the longest episode looked at.
const LONGEST: usize = 40;
/// Episodes of one construct that a program is checked on.
const CHECKED: usize = 3000;
/// Episodes of one construct whose operation is noted for others.
const FACTS: usize = 6000;

/// Episodes by construct, in the order of the record.
pub(super) struct Samples(BTreeMap<Form, Vec<usize>>);

impl Samples {
    pub fn new(record: &Record) -> Self {
        let mut by_form: BTreeMap<Form, Vec<usize>> = BTreeMap::new();
        for (i, episode) in record.episodes.iter().enumerate() {
            by_form.entry(episode.form()).or_default().push(i);
        }
        Self(by_form)
    }

    /// All episodes of a construct.
    pub fn all(&self, form: Form) -> &[usize] {
        self.0.get(&form).map_or(&[], Vec::as_slice)
    }

    /// The episodes of a construct are those of another form now.
    pub fn rename(&mut self, from: Form, to: Form) {
        if let Some(all) = self.0.remove(&from) {
            self.0.insert(to, all);
        }
    }

    /// Constructs in the order in which they are searched: those with most evidence first.
    pub fn forms(&self) -> Vec<Form> {
        let mut forms: Vec<(Form, usize)> = self.0.iter().map(|(form, all)| (*form, all.len())).collect();
        let rank = |form: &Form| match form.kind {
            Kind::Expr => 0,
            Kind::Block => 1,
            _ => 2,
        };
        forms.sort_by_key(|(form, n)| (std::cmp::Reverse(*n), rank(form), form.template.as_str().len()));
        forms.into_iter().map(|(form, _)| form).collect()
    }

    /// Few episodes that differ as much as possible, short ones first.
    pub fn varied(&self, record: &Record, form: Form) -> Vec<usize> {
        let mut patterns: FxHashMap<u64, usize> = FxHashMap::default();
        let mut usable = self.short(record, form);
        usable.sort_by_key(|i| (record.episodes[*i].steps.len(), *i));
        // Of equal patterns take some from all over the record.
        let stride = (usable.len() / 4000).max(1);
        let mut sample = Vec::new();
        for i in usable.iter().step_by(stride) {
            let count = patterns.entry(pattern(&record.episodes[*i])).or_default();
            *count += 1;
            if *count <= SAMPLE_PATTERN || (count.is_power_of_two() && *count < 3000) {
                sample.push(*i);
            }
            if sample.len() >= SAMPLE {
                break;
            }
        }
        sample
    }

    /// Episodes from all over the record, as many of each pattern as there are.
    pub fn typical(&self, record: &Record, form: Form, most: usize) -> Vec<usize> {
        let usable = self.short(record, form);
        let stride = usable.len().div_ceil(most).max(1);
        usable.into_iter().step_by(stride).collect()
    }

    /// Many episodes that can be judged, for checking what was found.
    pub fn checked(&self, record: &Record, form: Form) -> Vec<usize> {
        let usable: Vec<usize> = self.all(form).iter().copied().filter(|i| record.episodes[*i].is_usable()).collect();
        let stride = (usable.len() / CHECKED).max(1);
        usable.into_iter().step_by(stride).filter(|i| is_short(&record.episodes[*i])).collect()
    }

    /// Even more of them, for noting what an operation gave.
    pub fn noted(&self, record: &Record, form: Form) -> Vec<usize> {
        let all = self.all(form);
        let stride = (all.len() / FACTS).max(1);
        all.iter().copied().step_by(stride).filter(|i| record.episodes[*i].is_usable()).collect()
    }

    fn short(&self, record: &Record, form: Form) -> Vec<usize> {
        let fits = |i: &usize| record.episodes[*i].is_usable() && is_short(&record.episodes[*i]);
        self.all(form).iter().copied().filter(fits).collect()
    }
}

fn is_short(episode: &Episode) -> bool {
    episode.steps.len() <= LONGEST
}

/// A hash of what ran and how it ended.
fn pattern(episode: &Episode) -> u64 {
    let mut hasher = FxHasher::default();
    episode.steps.iter().for_each(|step| {
        step.path.hash(&mut hasher);
        step.end.hash(&mut hasher);
        step.body_of.is_some().hash(&mut hasher);
    });
    episode.end.hash(&mut hasher);
    episode.jump.hash(&mut hasher);
    episode.binds.len().hash(&mut hasher);
    hasher.finish()
}
