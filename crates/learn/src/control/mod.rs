//! Finds what each construct does: the cheapest control program that explains all its episodes.

mod checker;
mod compose;
mod describe;
mod enumerate;
mod parts;
mod pieces;
mod program;
mod records;
mod samples;
mod search;
mod shown;
mod space;
mod uses;

use std::collections::BTreeMap;
use std::sync::Arc;

use mimus_core::{Code, Form, Kind, Tree};

use crate::episode::Episode;
use crate::record::Record;
use crate::simulate::{Findings, Laws, Verdict};
use crate::world::World;
use checker::Checker;
use describe::describe;
use parts::PartSearch;
use program::operates;
use samples::Samples;
pub(crate) use search::Found;
use search::{Answer, Search};

pub(crate) use search::Effort;

/// All constructs, and what was found for them.
pub(crate) struct Control<'r> {
    pub checker: Checker<'r>,
    pub found: BTreeMap<Form, Found>,
    /// Activations with each part that were explained, those that were not, and its text in the first of them.
    pub parts_seen: BTreeMap<Form, (u64, u64, String)>,
    samples: Samples,
    parts: PartSearch,
}

impl<'r> Control<'r> {
    pub fn new(record: &'r mut Record) -> Self {
        let (samples, parts) = (Samples::new(record), PartSearch::new(record));
        let checker = Checker { record, laws: Laws::default() };
        Self { checker, found: BTreeMap::new(), parts_seen: BTreeMap::new(), samples, parts }
    }

    /// Constructs in the order in which they are searched: those with most evidence first.
    pub fn forms(&self) -> Vec<Form> {
        self.samples.forms()
    }

    /// Searches one construct; what it finds becomes known to later searches.
    pub fn search(&mut self, form: Form, effort: Effort) {
        let mut sample = self.samples.varied(self.checker.record, form);
        // Little evidence cannot pay for a long search.
        let seen = self.samples.all(form).len() as u64;
        let effort = Effort { candidates: effort.candidates.min(3000 * seen), ..effort };
        let Self { checker, parts, samples, found, .. } = self;
        let mut search = Search { form, effort, checker, parts, samples, found };
        if let Some(answer) = search.run(&mut sample) {
            self.settle(form, answer, &sample);
        }
    }

    /// Searches a construct with the first piece of its run apart from the others; says whether that found it.
    pub fn search_headed(&mut self, form: Form, effort: Effort) -> bool {
        let Some(headed) = form.with_head().filter(|headed| self.samples.all(*headed).is_empty()) else { return false };
        let all = self.samples.all(form).to_vec();
        all.iter().for_each(|i| self.checker.record.episodes[*i].part_head());
        self.samples.rename(form, headed);
        self.search(headed, effort);
        if self.found.contains_key(&headed) {
            let made = self.checker.record.calls.iter_mut().filter(|call| call.maker.form == form);
            made.for_each(|call| Arc::make_mut(&mut call.maker).part_head());
            return true;
        }
        all.iter().for_each(|i| self.checker.record.episodes[*i].join_head(form));
        self.samples.rename(headed, form);
        false
    }

    /// Makes an answer known.
    fn settle(&mut self, form: Form, answer: Answer, sample: &[usize]) {
        let Answer { mut code, parts } = answer;
        let has_own = code.any(&|code| matches!(code, Code::Own(..)));
        if !has_own && sample.iter().any(|i| self.checker.record.episodes[*i].steps.iter().any(|step| step.scoped)) {
            code = Code::Scope(Box::new(code));
        }
        self.checker.laws.parts.extend(parts);
        let mut truths = Vec::new();
        let (mut explained, mut missed) = (0, 0);
        for episode in sample {
            match self.checker.check(&code, *episode) {
                Verdict::Pass(findings) => {
                    explained += 1;
                    self.checker.note_decided(*episode, &findings);
                    truths.extend(findings.truths);
                }
                _ => missed += 1,
            }
        }
        // Too little evidence must not decide what others take for known.
        if explained >= 12 {
            self.checker.laws.truth.extend(truths);
        }
        if operates(&code) {
            let noted = self.samples.noted(self.checker.record, form);
            self.checker.note_facts(form, &code, &noted);
        }
        self.found.insert(form, Found { code, explained, missed });
    }

    /// The episodes that a program does not explain, as text.
    pub fn unexplained(&mut self, form: Form, code: &Code) -> Vec<String> {
        let mut out = vec![];
        for i in self.samples.all(form) {
            if !self.checker.record.episodes[*i].is_usable() {
                continue;
            }
            match self.checker.check(code, *i) {
                Verdict::Pass(_) => {}
                Verdict::Fail => out.push(describe(self.checker.record, *i)),
                Verdict::Needs(part, role, _) => {
                    out.push(format!("{} needs {part} [{}]", describe(self.checker.record, *i), role.word()));
                }
            }
        }
        out
    }

    /// Runs the found programs over all episodes: the uses of operations, and how much is explained.
    pub fn replay(&mut self, mut take: impl FnMut(&mut World, &Episode, &Findings)) {
        for found in self.found.values_mut() {
            (found.explained, found.missed) = (0, 0);
        }
        for i in 0..self.checker.record.episodes.len() {
            let episode = &self.checker.record.episodes[i];
            let Some(found) = self.found.get_mut(&episode.form()).filter(|_| episode.is_usable()) else { continue };
            let mut verdict = self.checker.check(&found.code, i);
            count_parts(&mut self.parts_seen, self.checker.record, i, matches!(verdict, Verdict::Pass(_)));
            let mut explained = matches!(verdict, Verdict::Pass(_));
            // A part that no episode of the sample had: find its program now.
            if let Verdict::Needs(..) = verdict
                && let Ok(parts) = self.parts.explains(&mut self.checker, &found.code, &[i], 0, &mut 20_000)
            {
                self.checker.laws.parts.extend(parts);
                verdict = self.checker.check(&found.code, i);
                explained = true;
            }
            if let Verdict::Pass(findings) = verdict {
                take(&mut self.checker.record.world, &self.checker.record.episodes[i], &findings);
            }
            *(if explained { &mut found.explained } else { &mut found.missed }) += 1;
        }
    }
}

/// Notes the parts of an episode.
fn count_parts(seen: &mut BTreeMap<Form, (u64, u64, String)>, record: &Record, episode: usize, explained: bool) {
    let episode = &record.episodes[episode];
    let mut work: Vec<&Tree> = vec![&episode.tree];
    while let Some(tree) = work.pop() {
        for part in tree.children().filter(|child| child.form.kind == Kind::Part) {
            let text = || (0, 0, part.text(record.source(episode)).chars().take(80).collect());
            let counts = seen.entry(part.form).or_insert_with(text);
            *(if explained { &mut counts.0 } else { &mut counts.1 }) += 1;
            work.push(part);
        }
    }
}
