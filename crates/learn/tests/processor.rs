//! Whole processors, learned and put to the test: machines that the engine has never seen, asked, or known from records alone.

mod machines;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use machines::liar::{LIE, Liar};
use machines::narrow::Narrow;
use machines::stack::Stack;
use machines::{Machine, states};
use mimus_knowledge::Processor;
use mimus_learn::processor::{Options, learn_processor};
use mimus_machine::processor::{Answer, Core};
use mimus_trace::step::{Layout, Oracle, Question, Step};

/// States on which each instruction is tried.
const TRIED: usize = 300;
/// An answer is sure from here on, and of sure answers no more than this share may be wrong.
const SURE: f64 = 0.99;
const WRONG: f64 = 0.01;

/// Enough for small machines, little enough for tests.
const ASKED: Options = Options { seed: 0, observations: 2_000, budget: 3_000_000 };

/// How an instruction was answered for.
#[derive(Default)]
struct Score {
    tried: usize,
    exact: usize,
    declined: usize,
    sure: usize,
    sure_and_wrong: usize,
    /// The highest confidence of an answer.
    most: f64,
    first: String,
}

impl Score {
    fn is_exact(&self) -> bool {
        self.exact == self.tried
    }

    fn is_overconfident(&self) -> bool {
        self.sure_and_wrong as f64 > WRONG * self.sure as f64
    }
}

fn learned(machine: &impl Machine, options: Options) -> Processor {
    learn_processor(&machine.name(), &machine.layout(), &[], Some(machine), options, &mut |_| {})
}

/// What was learned of the stack machine by asking: several tests want it.
fn stack() -> &'static Processor {
    static LEARNED: OnceLock<Processor> = OnceLock::new();
    LEARNED.get_or_init(|| learned(&Stack, ASKED))
}

/// Tries what was learned on states that it was not learned from, by the names of instructions.
fn scores(machine: &impl Machine, processor: &Processor) -> BTreeMap<&'static str, Score> {
    let layout = machine.layout();
    let core = Core::new(processor);
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    for code in 0..1 << layout.memory.cell {
        let asked = states(&layout, code, TRIED, 1);
        let score = scores.entry(machine.name_of(code)).or_default();
        for (question, step) in asked.iter().zip(machine.observe(&asked)) {
            score.tried += 1;
            let read = |at| question.cell(&layout, at);
            let Ok(answer) = core.ask(&layout.split(&step.before.registers), &read) else {
                score.declined += 1;
                continue;
            };
            let differs = difference(&layout, question, &step, &answer);
            let is_sure = answer.confidence >= SURE;
            score.most = score.most.max(answer.confidence);
            score.sure += usize::from(is_sure);
            score.exact += usize::from(differs.is_none());
            if let Some(what) = differs {
                score.sure_and_wrong += usize::from(is_sure);
                if score.first.is_empty() {
                    score.first = format!("{what} (sure to {:.4})", answer.confidence);
                }
            }
        }
    }
    scores
}

/// What is not as the machine has it.
fn difference(layout: &Layout, question: &Question, step: &Step, answer: &Answer) -> Option<String> {
    let right = layout.split(&step.after.registers);
    if let Some(i) = (0..right.len()).find(|i| answer.parts[*i] != right[*i]) {
        return Some(format!("{} is {:x}, not {:x}", layout.parts()[i].name, answer.parts[i], right[i]));
    }
    // A cell counts as what it holds in the end, written or not.
    let told: BTreeMap<u64, u64> = answer.writes.iter().copied().collect();
    for at in told.keys().chain(step.after.cells.keys()) {
        let value = told.get(at).copied().unwrap_or_else(|| question.cell(layout, *at));
        let wanted = step.after.cells.get(at).copied().unwrap_or_else(|| question.cell(layout, *at));
        if value != wanted {
            return Some(format!("[{at:x}] is {value:x}, not {wanted:x}"));
        }
    }
    (answer.stopped != step.stopped).then(|| format!("whether it stops is {}", answer.stopped))
}

fn table(scores: &BTreeMap<&str, Score>) -> String {
    let line = |(name, s): (&&str, &Score)| {
        format!(
            "{name:15} exact {}/{}, declined {}, sure and wrong {}; {}\n",
            s.exact, s.tried, s.declined, s.sure_and_wrong, s.first
        )
    };
    format!("\n{}", scores.iter().map(line).collect::<String>())
}

/// Nothing sure is wrong more than seldom, and these instructions are always right.
#[track_caller]
fn check(machine: &impl Machine, processor: &Processor, exact: &[&str]) {
    let scores = scores(machine, processor);
    let over: Vec<_> = scores.iter().filter(|(_, score)| score.is_overconfident()).map(|(name, _)| *name).collect();
    let lost: Vec<_> = exact.iter().filter(|name| !scores[**name].is_exact()).collect();
    assert!(over.is_empty() && lost.is_empty(), "too sure: {over:?}, not exact: {lost:?}{}", table(&scores));
}

/// The names of all codes, those that stop it too, but for one.
fn all_but(machine: &impl Machine, without: &str) -> Vec<&'static str> {
    let names = machine.instructions().iter().map(|(_, name)| *name).chain(["others"]);
    names.filter(|name| *name != without).collect()
}

#[test]
fn registers_carries_and_calls_are_learned_by_asking() {
    // To see where a digit wraps takes two conditions, one within the other, and more work than this.
    check(&Narrow, &learned(&Narrow, ASKED), &all_but(&Narrow, "base 5"));
}

#[test]
fn a_stack_in_memory_is_learned_by_asking() {
    check(&Stack, stack(), &all_but(&Stack, ""));
}

#[test]
fn learning_again_gives_the_same_text() {
    assert_eq!(learned(&Stack, ASKED).to_text(), stack().to_text());
}

#[test]
fn records_alone_are_enough_for_half_of_a_machine() {
    let layout = Stack.layout();
    let codes = Stack.instructions().iter().map(|(code, _)| *code);
    let steps: Vec<Step> = codes.flat_map(|code| Stack.observe(&states(&layout, code, 400, 2))).collect();
    let options = Options { budget: 300_000, ..ASKED };
    let processor = learn_processor("records", &layout, &steps, None, options, &mut |_| {});
    check(&Stack, &processor, &[]);
    let scores = scores(&Stack, &processor);
    let exact = scores.values().filter(|score| score.is_exact()).count();
    assert!(exact * 2 >= Stack.instructions().len(), "{}", table(&scores));
    // What was not among the records is not made up.
    assert_eq!(scores["others"].declined, scores["others"].tried);
}

#[test]
fn what_follows_no_rule_is_not_learned_and_spoils_nothing() {
    let processor = learned(&Liar, ASKED);
    let lie = Liar.name_of(LIE);
    check(&Liar, &processor, &all_but(&Liar, lie));
    let score = &scores(&Liar, &processor)[lie];
    assert!(score.declined == score.tried || score.most < 0.9, "{lie} is answered, sure to {:.4}", score.most);
}
