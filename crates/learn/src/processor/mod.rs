//! Learns what the instructions of a machine without source text do, from steps that were observed and by asking.
//!
//! Each instruction is a list of goals: the addresses that it reads and writes, what it writes, what each part of the state becomes.
//! A goal is searched on few rows; every row on which an answer is wrong joins them. What was found is a leaf of what is searched
//! next, and is tried on other instructions first. All instructions get little work before any gets much.

mod asker;
mod chance;
mod check;
mod column;
mod explain;
mod influence;
mod library;
mod study;
mod weigh;

use std::collections::BTreeMap;

use mimus_core::Expr;
use mimus_knowledge::Processor;
use mimus_trace::step::{Layout, Oracle, Step};
use rayon::prelude::*;

use crate::Progress;
use asker::Asker;
use library::Library;
use study::Study;
use weigh::Told;

/// How much may be done.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Where random choices start.
    pub seed: u64,
    /// Observations of an instruction that are asked for to check its formulas.
    pub observations: usize,
    /// Most work for one goal, in candidates evaluated on one step.
    pub budget: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { seed: 0, observations: 10_000, budget: 20_000_000 }
    }
}

/// States that are compared with others that differ in one thing.
const COMPARED: usize = 200;
/// Observations that formulas are searched with; the others are asked for to check them.
const SEARCHED: usize = 1_500;
/// Of those, so many in a hundred are variants of earlier ones.
const VARIANTS: usize = 60;
/// Work for a goal in the rounds before the last.
const ROUNDS: [u64; 3] = [30_000, 300_000, 3_000_000];
/// Instructions that are worked on before what was found is offered to others.
const BATCH: usize = 4;
/// Observations that are asked for at a time to check formulas, and how many of them that refute are kept.
const CHECKED: usize = 2_000;
const REFUTING: usize = 40;
/// Times an instruction may be refuted.
const REFUTED: usize = 12;
/// Codes that are asked about without having been seen.
const MOST_CODES: u64 = 1 << 12;

/// Learns from steps, and from a machine that can be asked, if there is one.
pub fn learn_processor(
    teacher: &str,
    layout: &Layout,
    steps: &[Step],
    oracle: Option<&dyn Oracle>,
    options: Options,
    tell: &mut dyn FnMut(Progress),
) -> Processor {
    let mut seen: BTreeMap<Vec<u64>, Vec<Step>> = BTreeMap::new();
    for step in steps {
        if let Some(code) = step.code(layout) {
            seen.entry(code).or_default().push(step.clone());
        }
    }
    if oracle.is_some() {
        for code in codes(layout) {
            seen.entry(code).or_default();
        }
    }
    let all = seen.len();
    let mut report = |what: String, done: usize| tell(Progress { stage: "instructions", what, done, all, found: done });
    let codes: Vec<(Vec<u64>, Vec<Step>)> = seen.into_iter().collect();
    let mut pupils: Vec<Pupil> =
        codes.into_par_iter().map(|(code, steps)| Pupil::new(layout, code, steps, oracle, options)).collect();
    let mut library = Library::new(layout.parts().len());
    let mut done = 0;
    let rounds = ROUNDS.into_iter().filter(|budget| *budget < options.budget).chain([options.budget]);
    for budget in rounds {
        let mut open: Vec<&mut Pupil> = pupils.iter_mut().filter(|pupil| !pupil.done).collect();
        for batch in open.chunks_mut(BATCH) {
            batch.par_iter_mut().for_each(|pupil| pupil.work(budget, &library));
            for pupil in batch {
                pupil.offer(&mut library);
                done += usize::from(pupil.done);
                report(pupil.name(), done);
            }
        }
    }
    let told: Vec<Told> =
        pupils.iter().map(|pupil| Told { study: &pupil.study, checked: if pupil.done { pupil.checked } else { 0 } }).collect();
    let instructions = weigh::instructions(&told, &library);
    let instructions = pupils.iter().map(|pupil| pupil.study.code.clone()).zip(instructions).collect();
    Processor { teacher: teacher.into(), layout: layout.clone(), instructions }
}

/// All cells that may choose an instruction, if they are not too many.
fn codes(layout: &Layout) -> Vec<Vec<u64>> {
    let bits = u32::from(layout.memory.cell) * u32::from(layout.code.cells);
    let count = 1_u64.checked_shl(bits).filter(|count| *count <= MOST_CODES).unwrap_or(0);
    let cell = |number: u64, i: u8| number >> (u32::from(layout.memory.cell) * u32::from(i)) & ((1 << layout.memory.cell) - 1);
    (0..count).map(|number| (0..layout.code.cells).map(|i| cell(number, i)).collect()).collect()
}

/// An instruction on its way.
struct Pupil<'a> {
    oracle: Option<&'a dyn Oracle>,
    asker: Asker<'a>,
    options: Options,
    study: Study<'a>,
    /// Steps that were given and only serve to check.
    kept: Vec<Step>,
    /// Lines that the library has.
    offered: Vec<Expr>,
    refuted: usize,
    checked: usize,
    done: bool,
}

impl<'a> Pupil<'a> {
    fn new(layout: &'a Layout, code: Vec<u64>, mut steps: Vec<Step>, oracle: Option<&'a dyn Oracle>, options: Options) -> Self {
        let seed = code.iter().fold(options.seed, |seed, cell| seed.wrapping_mul(0x0100_0000_01b3).wrapping_add(*cell + 1));
        let mut asker = Asker::new(layout, seed);
        let kept = steps.split_off(steps.len().min(SEARCHED));
        if let Some(oracle) = oracle {
            let more = options.observations.min(SEARCHED).saturating_sub(steps.len());
            let plain: Vec<_> = (0..more * (100 - VARIANTS) / 100).map(|_| asker.state(&code)).collect();
            steps.extend(oracle.observe(&plain));
            let variants: Vec<_> = (0..more - plain.len()).map(|i| asker.variant(&steps[i % plain.len()], &code)).collect();
            steps.extend(oracle.observe(&variants));
        }
        let mut study = Study::new(layout, code, steps);
        // To ask what depends on what takes more observations than anything else.
        if let Some(oracle) = oracle.filter(|_| options.observations >= SEARCHED) {
            study.ask_influence(&mut asker, oracle, COMPARED);
        }
        Self { oracle, asker, options, study, kept, offered: vec![], refuted: 0, checked: 0, done: false }
    }

    fn name(&self) -> String {
        let code: Vec<String> = self.study.code.iter().map(|cell| format!("{cell:02x}")).collect();
        format!("{} ({} open)", code.join(" "), self.study.open())
    }

    fn work(&mut self, budget: u64, library: &Library) {
        loop {
            self.study.work(budget, library);
            if self.study.open() > 0 {
                return;
            }
            let wrong = self.refuting();
            if wrong.is_empty() || self.refuted == REFUTED {
                self.study.give_up(&wrong);
                self.done = true;
                return;
            }
            self.refuted += 1;
            self.study.again(wrong);
            if let Some(oracle) = self.oracle {
                self.study.ask_influence(&mut self.asker, oracle, COMPARED);
            }
        }
    }

    /// Further observations that stand against what was found; none when there were enough that do not.
    fn refuting(&mut self) -> Vec<Step> {
        let wrong = self.study.unexplained(std::mem::take(&mut self.kept), REFUTING, &mut self.kept);
        if !wrong.is_empty() {
            return wrong;
        }
        let Some(oracle) = self.oracle.filter(|_| self.options.observations > SEARCHED) else {
            self.checked = self.kept.len();
            return vec![];
        };
        let code = self.study.code.clone();
        while self.checked < self.options.observations {
            let count = CHECKED.min(self.options.observations - self.checked);
            let mut questions = vec![];
            for i in 0..count {
                let step = &self.study.steps[(self.checked + i) % self.study.steps.len()];
                questions.push(if i % 100 < VARIANTS { self.asker.variant(step, &code) } else { self.asker.state(&code) });
            }
            let wrong = self.study.unexplained(oracle.observe(&questions), REFUTING, &mut vec![]);
            if !wrong.is_empty() {
                self.checked = 0;
                return wrong;
            }
            self.checked += count;
        }
        vec![]
    }

    fn offer(&mut self, library: &mut Library) {
        for line in &self.study.lines {
            if !self.offered.contains(&line.expr) {
                library.add(line.target, &line.expr, line.cost);
                self.offered.push(line.expr.clone());
            }
        }
    }
}
