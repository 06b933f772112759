//! From traces to knowledge.
//!
//! Walks traces into episodes, finds the control programs of constructs, hands what operations were seen to do to induction, and
//! assembles the result. It must never know a taught language, and it reads no files.

mod asking;
mod assemble;
mod control;
mod delegation;
mod episode;
mod error;
mod evidence;
mod frames;
mod parameters;
mod place;
pub mod processor;
mod progress;
mod record;
mod replay;
mod simulate;
mod sleepers;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use mimus_core::{Code, Datum, Form, Symbol};
use mimus_grammar::{Grammar, Learner};
use mimus_induce::{Budget, learn_operations};
use mimus_knowledge::{Knowledge, Operation};
use mimus_trace::Program;
use rustc_hash::{FxHashMap, FxHashSet};

use control::Effort;
use record::Record;

pub use asking::Ask;
pub use assemble::Watched;
pub use error::LearnError;
pub use progress::Progress;

/// How much work learning may do.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Candidate expressions for one overload of an operation.
    pub budget: u64,
    /// Candidate programs for one construct.
    pub programs: u64,
    /// Decides what is chosen at random.
    pub seed: u64,
}

/// Rounds of induction, each with more work for what the one before left open.
const ROUNDS: usize = 3;
/// Episodes that a construct's program must explain before what it tests counts as evidence of what is true.
const SURE: u64 = 60;

impl Options {
    fn effort(self) -> Effort {
        Effort { candidates: self.programs, largest: 9 }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self { budget: 100_000, programs: 150_000, seed: 0 }
    }
}

/// Learns grammar and control, and collects what operations were seen to do.
///
/// `marked` are programs without activations: they teach grammar only. `ask` is a teacher that may be asked what they leave open.
pub fn watch(
    teacher: &str,
    programs: &[Program],
    marked: &[Program],
    options: Options,
    ask: Option<&mut dyn Ask>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Watched, LearnError> {
    let (grammar, mut record) = recorded(programs, marked, ask, progress)?;
    let mut control = searched(&mut record, options, progress);
    let grammar = grammar.with_heads(headed(&mut control, options));
    let calls: FxHashMap<_, _> =
        control.checker.record.calls.iter().enumerate().map(|(i, c)| ((c.function, c.began), i)).collect();
    let all_calls = std::mem::take(&mut control.checker.record.calls);
    let mut evidence = evidence::Evidence::default();
    let mut parameters = parameters::Parameters::default();
    let mut delegation = delegation::Delegation::default();
    let mut tested: FxHashMap<_, FxHashSet<_>> = FxHashMap::default();
    control.replay(|world, episode, findings| {
        let taken = delegation.add(world, episode, findings);
        evidence.add(world, episode, findings, &taken);
        tested.entry(episode.form()).or_default().extend(findings.truths.iter().chain(&findings.tested).copied());
        parameters.add(&calls, &all_calls, findings);
    });
    // A program that was found for a few episodes may test what it should not.
    let is_sure = |found: &control::Found| found.explained >= SURE && found.missed * 20 <= found.explained;
    tested.retain(|form, _| control.found.get(form).is_some_and(is_sure));
    let world = &control.checker.record.world;
    let mut truths: Vec<(Datum, bool)> =
        tested.into_values().flatten().map(|(value, is_true)| (world.raw(value).clone(), is_true)).collect();
    // In an order that is the same in every run.
    truths.sort_by_cached_key(|(value, is_true)| (value.to_string(), *is_true));
    truths.into_iter().for_each(|(value, is_true)| evidence.add_truth(value, is_true));
    let (mut ways, lacking) = delegation.solve(&mut control.checker.record.world);
    lacking.into_iter().for_each(|(key, example)| evidence.insert(key, example));
    let mut watched = assemble::assemble(teacher, grammar, control, evidence, parameters, &all_calls);
    delegation::alike::lend(&mut ways, &watched.examples);
    watched.knowledge.ways = ways;
    Ok(watched)
}

/// The grammar, and all activations with what they did.
fn recorded(
    programs: &[Program],
    marked: &[Program],
    ask: Option<&mut dyn Ask>,
    progress: &mut dyn FnMut(Progress),
) -> Result<(Grammar, Record), LearnError> {
    let mut tell = |done| {
        let what = format!("{} texts", programs.len() + marked.len());
        progress(Progress { stage: "grammar", what, done, all: 1, found: done });
    };
    if programs.iter().all(|program| program.acts.is_empty()) {
        return Err(LearnError::Nothing);
    }
    tell(0);
    let unfit = |program: &Program, why: String| LearnError::Program { id: program.id.clone(), why };
    let mut learner = Learner::new();
    for program in programs.iter().chain(marked) {
        learner.add(program).map_err(|e| unfit(program, e.to_string()))?;
    }
    tell(1);
    let grammar = match ask {
        Some(ask) => asking::grammar(learner, ask, progress)?,
        None => learner.finish(),
    };
    let mut record = Record::new();
    for program in programs.iter().filter(|program| !program.acts.is_empty()) {
        let tree = grammar.shape(program).map_err(|e| unfit(program, e.to_string()))?;
        replay::replay(&mut record, program, &tree);
    }
    record.mark_lazy();
    Ok((grammar, record))
}

/// The programs of all constructs.
fn searched<'r>(record: &'r mut Record, options: Options, progress: &mut dyn FnMut(Progress)) -> control::Control<'r> {
    let mut control = control::Control::new(record);
    let effort = options.effort();
    let forms = control.forms();
    let all = forms.len();
    // What failed may be found once other constructs are known.
    for round in 0..2 {
        for (i, form) in forms.iter().enumerate() {
            if round == 0 || !control.found.contains_key(form) {
                control.search(*form, effort);
                let done = if round == 0 { i + 1 } else { all };
                progress(Progress { stage: "constructs", what: form.to_string(), done, all, found: control.found.len() });
            }
        }
    }
    control
}

/// The forms among those without a program for which one was found once the first piece of their run stood apart.
fn headed(control: &mut control::Control, options: Options) -> BTreeSet<Form> {
    let open: Vec<Form> = control.forms().into_iter().filter(|form| !control.found.contains_key(form)).collect();
    open.into_iter().filter(|form| control.search_headed(*form, options.effort())).collect()
}

/// Activations that a control program does not explain, as text, for people who look into learning.
pub fn refuting(programs: &[Program], options: Options, form: Form, code: &Code) -> Result<Vec<String>, LearnError> {
    let (_, mut record) = recorded(programs, &[], None, &mut |_| {})?;
    let mut control = searched(&mut record, options, &mut |_| {});
    Ok(control.unexplained(form, code))
}

/// Learns all there is to learn from traces; see [`watch`] for `marked` and `ask`.
pub fn learn(
    teacher: &str,
    programs: &[Program],
    marked: &[Program],
    options: Options,
    ask: Option<&mut dyn Ask>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Knowledge, LearnError> {
    let watched = watch(teacher, programs, marked, options, ask, progress)?;
    Ok(finish(watched, &BTreeMap::new(), options, progress))
}

/// Finds what the operations mean; what is `known` of others serves as words.
pub fn finish(
    watched: Watched,
    known: &BTreeMap<Symbol, Operation>,
    options: Options,
    progress: &mut dyn FnMut(Progress),
) -> Knowledge {
    let Watched { mut knowledge, examples, .. } = watched;
    let budget = Budget { candidates: options.budget, rounds: ROUNDS };
    let mut done = (0, 0);
    knowledge.operations = learn_operations(&examples, known, budget, &mut |now| {
        done = if done.0 == now.round { (now.round, done.1 + 1) } else { (now.round, 1) };
        let takes: Vec<String> = now.takes.iter().map(ToString::to_string).collect();
        progress(Progress {
            stage: ["operations, easy", "operations, hard"][now.round.min(1)],
            what: format!("{} ({}){}", now.key, takes.join(", "), if now.solved { "" } else { " ?" }),
            done: done.1,
            all: now.all,
            found: now.known,
        });
    });
    knowledge
}
