//! What is learned from few observations, and whether it is as sure as it is right.

use std::time::Instant;

use mimus_eval::StepSummary;
use mimus_knowledge::Processor;
use mimus_learn::processor::{Options, learn_processor};
use mimus_machine::processor::Core;
use mimus_teacher_mos6502::{Mos6502, NAME, fresh};
use mimus_trace::step::Oracle;
use rayon::prelude::*;

use crate::processor::{given, threads};

/// Observations of each instruction.
const OBSERVATIONS: [usize; 3] = [10, 30, 100];
/// Work for one goal: few observations do not deserve much.
const BUDGET: u64 = 300_000;
/// States of each instruction, if the command line says nothing.
const STATES: usize = 300;
/// Where the random choices of these states start: neither learning nor other scores start there.
const SEED: u64 = 0x4a1f;
/// Answers that are at least so sure are counted.
const SURE: [f64; 4] = [0.0, 0.9, 0.95, 0.99];

/// Prints the figures.
pub fn half_learned(states: Option<&str>) -> Result<(), String> {
    let states = states.map_or(Ok(STATES), str::parse).map_err(|_| "how many states of each instruction is a number")?;
    let threads = threads()?;
    println!("{states} fresh states of each instruction; of the answers with at least this confidence, those that are wrong");
    let columns = SURE.map(|least| format!("{:>26}", format!(">= {least}"))).concat();
    println!("{:>12}{:>16}{columns}{:>8}", "observations", "always exact", "s");
    for observations in OBSERVATIONS {
        let began = Instant::now();
        let options = Options { observations, budget: BUDGET, ..Options::default() };
        let (exact, answers) = threads.install(|| {
            let processor = learn_processor(NAME, &Mos6502.layout(), &[], Some(&Mos6502), options, &mut |_| {});
            scored(&processor, states)
        })?;
        let columns = SURE.map(|least| format!("{:>26}", wrong(&answers, least))).concat();
        let exact = format!("{exact} of 256");
        println!("{observations:>12}{exact:>16}{columns}{:>8.0}", began.elapsed().as_secs_f64());
    }
    Ok(())
}

/// Confidence of an answer, and whether it is right.
type Answer = (f64, bool);

/// How many instructions are always exact, and all answers.
fn scored(processor: &Processor, states: usize) -> Result<(usize, Vec<Answer>), String> {
    let core = Core::new(processor);
    let one = |opcode| answers(&core, processor, opcode, states);
    let all: Vec<Vec<Answer>> = (0..=u8::MAX).into_par_iter().map(one).collect::<Result<_, _>>()?;
    let exact = all.iter().filter(|answers| answers.iter().filter(|(_, right)| *right).count() == states).count();
    Ok((exact, all.concat()))
}

fn answers(core: &Core<'_>, processor: &Processor, opcode: u8, states: usize) -> Result<Vec<Answer>, String> {
    let asked = fresh(opcode, states, SEED);
    let mut answers = vec![];
    for (question, step) in asked.iter().zip(Mos6502.observe(&asked)) {
        // Where nothing was given there is nothing to be wrong about.
        let Ok(given) = given(core, &processor.layout, question) else { continue };
        let (confidence, stopped) = (given.confidence, given.stopped);
        let mut summary = StepSummary::default();
        summary.add(&processor.layout, &step, Ok(given))?;
        answers.push((confidence, summary.exact() == 1 && stopped == step.stopped));
    }
    Ok(answers)
}

fn wrong(answers: &[Answer], least: f64) -> String {
    let sure = || answers.iter().filter(|(confidence, _)| *confidence >= least);
    let (all, wrong) = (sure().count(), sure().filter(|(_, right)| !right).count());
    format!("{wrong} of {all} ({:.2} %)", 100.0 * wrong as f64 / all.max(1) as f64)
}
