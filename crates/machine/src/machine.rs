use std::io::Write;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use mimus_core::{Meaning, SizeLimit, Symbol, Tree, Value};
use mimus_grammar::{Grammar, Reading};
use mimus_knowledge::Knowledge;

use crate::compile::program;
use crate::cx::{Cx, State};
use crate::frame::Frame;
use crate::operation::brief;
use crate::signal::Signal;
use crate::{Ended, Limits, Report, Used, Weak};

/// Bytes of address space for our own stack while a program runs; only what is used is ever taken.
const STACK: usize = 512 << 20;

/// Ends a run from another thread. It may be kept for as long as one likes.
#[derive(Clone, Debug)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Ends the run that is going on, soon; without one, does nothing.
    pub fn interrupt(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Runs programs of one taught language. Its memory, the outermost frame, lasts from run to run.
pub struct Machine {
    state: State,
    grammar: Result<Grammar, String>,
}

impl Machine {
    /// A machine with empty memory.
    pub fn new(knowledge: Arc<Knowledge>, limits: Limits) -> Self {
        let grammar = Grammar::from_lines(&knowledge.grammar)
            .map_err(|(line, what)| format!("the learned grammar cannot be used: its line {line}: {what}"));
        Self { state: State::new(knowledge, limits), grammar }
    }

    /// What it knows.
    pub fn knowledge(&self) -> &Arc<Knowledge> {
        &self.state.knowledge
    }

    /// A handle that ends a run of this machine.
    pub fn interrupt_handle(&self) -> Interrupt {
        Interrupt(self.state.interrupt.clone())
    }

    /// Reads a text by the learned grammar. `Err` says what is wrong with the grammar itself, and in which of its lines.
    pub fn read(&self, source: &str) -> Result<Reading, String> {
        self.grammar.as_ref().map(|grammar| grammar.read(source)).map_err(Clone::clone)
    }

    /// Reads a text and runs it. What it prints goes to `out`.
    pub fn run(&mut self, source: &str, out: &mut dyn Write) -> Report {
        match self.read(source) {
            Ok(reading) => self.run_tree(source, &reading.tree, reading.confidence, out),
            Err(why) => Report {
                end: Ended::NotUnderstood { at: 0..source.len(), why },
                value: None,
                confidence: 0.0,
                weakest: None,
                steps: Vec::new(),
                changed: Vec::new(),
            },
        }
    }

    /// Runs a text that was read as `tree`, with that reading's confidence (0 to 1). What it prints goes to `out`.
    pub fn run_tree(&mut self, source: &str, tree: &Tree, confidence: f64, out: &mut dyn Write) -> Report {
        self.state.interrupt.store(false, Ordering::Relaxed);
        // One value may take no more than all may; a value's element takes three words.
        let _size = self.state.limits.memory.map(|memory| SizeLimit::set((memory / 24).min(64 << 20)));
        stacker::grow(STACK, || self.run_here(source, tree, confidence, out))
    }

    fn run_here(&mut self, source: &str, tree: &Tree, confidence: f64, out: &mut dyn Write) -> Report {
        let state = &mut self.state;
        state.counters.fill(0);
        state.globals.iter_mut().for_each(|global| global.touched = false);
        for operation in state.operations() {
            operation.entries.iter().for_each(|entry| entry.count.set(0));
        }
        let program = program(state, source, tree);
        let mut cx = Cx::new(state, out);
        let frame = Frame::new(program.size, None);
        cx.frames.push(frame.clone());
        let result = program.node.eval(&mut cx, &frame);
        cx.frames.clear();
        let (end, value) = match result {
            Ok(value) => (Ended::Normal, program.gives.then_some(value)),
            Err(signal) => (ended(*signal, &mut cx), None),
        };
        let at = cx.at.clone();
        drop(cx);
        let left = "something was left waiting that would have run something else at its end; when that runs was not learned";
        let end = match end {
            Ended::Normal | Ended::Raised { .. } if self.state.lazies.was_left() => Ended::NotUnderstood { at, why: left.into() },
            end => end,
        };
        let changed = self.state.globals.iter().filter(|g| g.touched).map(|g| (g.name, g.value.clone())).collect();
        let (steps, places) = self.steps();
        let weakest = steps
            .iter()
            .zip(places)
            .filter(|(used, _)| used.share < 1.0)
            .min_by(|(a, _), (b, _)| a.share.total_cmp(&b.share))
            .map(|(used, at)| Weak { at, what: used.key.clone(), confidence: used.share });
        let confidence = steps.iter().map(|used| used.share).product::<f64>() * confidence;
        Report { end, value, confidence, weakest, steps, changed }
    }

    /// What this run used, and where each was used first.
    fn steps(&self) -> (Vec<Used>, Vec<Range<usize>>) {
        let state = &self.state;
        let mut counts: Vec<(u64, Range<usize>)> = vec![(0, 0..0); state.constructs.len()];
        for (uses, count) in state.stretches.iter().zip(&state.counters).filter(|(_, count)| **count > 0) {
            for (construct, at) in uses {
                let (total, first) = &mut counts[*construct as usize];
                if *total == 0 {
                    *first = at.clone();
                }
                *total += count;
            }
        }
        let mut steps = Vec::new();
        let mut places = Vec::new();
        for (construct, (count, at)) in state.constructs.iter().zip(counts).filter(|(_, (count, _))| *count > 0) {
            steps.push(Used {
                key: format!("{} as {}", construct.form, construct.role.word()),
                meaning: construct.code.to_string(),
                seen: construct.seen,
                share: construct.share,
                count,
            });
            places.push(at);
        }
        for operation in state.operations() {
            for entry in operation.entries.iter().filter(|entry| entry.count.get() > 0) {
                let Some(rival) = entry.overload.meanings.first() else { continue };
                let takes: Vec<String> = entry.overload.takes.iter().map(ToString::to_string).collect();
                steps.push(Used {
                    key: format!("{}({})", operation.key, takes.join(", ")),
                    meaning: meaning_text(&rival.meaning),
                    seen: entry.overload.seen,
                    share: rival.share,
                    count: entry.count.get(),
                });
                places.push(entry.at.get().0..entry.at.get().1);
            }
        }
        (steps, places)
    }

    /// What is bound in the outermost frame, in order of first binding.
    pub fn memory(&self) -> Vec<(Symbol, Value)> {
        self.state.globals.iter().filter_map(|global| Some((global.name, global.value.clone()?))).collect()
    }

    /// Binds a name of the outermost frame, or (`None`) removes it.
    pub fn set_memory(&mut self, name: Symbol, value: Option<Value>) {
        let number = self.state.global_number(name);
        self.state.globals[number as usize].value = value;
    }

    /// How the taught language shows a value to people; where that was not learned, the engine's own notation in `<` and `>`.
    pub fn show(&mut self, value: &Value) -> String {
        stacker::grow(STACK, || {
            let mut nowhere = std::io::sink();
            let mut cx = Cx::new(&mut self.state, &mut nowhere);
            text_of("show", std::slice::from_ref(value), &mut cx).unwrap_or_else(|| own_notation(value))
        })
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        // Values may be nested deeper than the caller's stack can follow.
        let globals = std::mem::take(&mut self.state.globals);
        let lazies = std::mem::take(&mut self.state.lazies);
        stacker::grow(STACK, || drop((globals, lazies)));
    }
}

fn meaning_text(meaning: &Meaning) -> String {
    match meaning {
        Meaning::Formula(formula) => formula.result.to_string(),
        Meaning::Rote { on, rows } => format!("one of {} results by operand {on}", rows.len()),
    }
}

fn own_notation(value: &Value) -> String {
    format!("<{}>", value.to_datum(4))
}

/// A text that an operation of the engine makes of values, if it was learned.
fn text_of(key: &str, values: &[Value], cx: &mut Cx<'_>) -> Option<String> {
    let number = cx.state.table_number(Symbol::new(key));
    match cx.learned_by_number(number, values) {
        Ok(Value::Text(text)) => Some(text.to_string()),
        _ => None,
    }
}

fn ended(signal: Signal, cx: &mut Cx<'_>) -> Ended {
    match signal {
        Signal::Raise(error) if error.said().is_some_and(|text| text.is_unlearned()) => {
            let why = format!("what an error of the class {} says here was not learned", error.class());
            Ended::NotUnderstood { at: 0..0, why }
        }
        Signal::Raise(error) => {
            let class = crate::delegate::called(&error, cx).unwrap_or_else(|| Value::text(error.class().as_str()));
            let report = error.said().and_then(|text| text_of("report", &[class, text], cx));
            Ended::Raised { report: report.unwrap_or_else(|| own_notation(&error)), error }
        }
        Signal::Unknown { at, why } => Ended::NotUnderstood { at, why },
        Signal::Limit(limited) => Ended::Limit(limited),
        Signal::Jump(kind, value, at) => {
            let why = format!("`{kind}` leaves something that is not there, with {}", brief(&value));
            Ended::NotUnderstood { at, why }
        }
    }
}
