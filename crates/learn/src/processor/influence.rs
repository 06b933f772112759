//! What depends on what: states that differ in one thing, and what becomes of them.

use mimus_trace::step::{Oracle, Question, Step};

use super::asker::Asker;
use super::study::{Inputs, Study};

impl Study<'_> {
    /// Finds out what each goal depends on, by changing one thing at a time.
    pub fn ask_influence(&mut self, asker: &mut Asker, oracle: &dyn Oracle, count: usize) {
        // A machine of so many parts that their bits have no room is learned without.
        let Some(room) = (Inputs::BITS as usize).checked_sub(self.parts.len()) else { return };
        let bases: Vec<Question> = (0..count).map(|_| asker.level(&self.code)).collect();
        let plain = oracle.observe(&bases);
        let mut changed: Vec<(usize, Inputs, Question)> = vec![];
        for (i, (base, step)) in bases.iter().zip(&plain).enumerate() {
            for part in 0..self.parts.len() {
                changed.push((i, 1 << part, asker.with_part(base, part, &self.code)));
            }
            let reads = step.accesses.iter().filter(|a| !a.write).enumerate().skip(self.code.len());
            for (k, access) in reads.take(room) {
                changed.push((i, 1 << (self.parts.len() + k), asker.with_cell(base, access.address)));
            }
        }
        let questions: Vec<Question> = changed.iter().map(|(.., question)| question.clone()).collect();
        let steps = oracle.observe(&questions);
        for g in 0..self.goals.len() {
            let (target, position) = (self.goals[g].target, self.goals[g].position);
            let told = |step: &Step| self.told(target, position, step);
            let differs = |((base, _, _), step): &(&(usize, Inputs, Question), &Step)| told(&plain[*base]) != told(step);
            let inputs = changed.iter().zip(&steps).filter(differs).fold(0, |all, ((_, input, _), _)| all | input);
            *self.goals[g].inputs.get_or_insert(0) |= inputs;
        }
    }
}
