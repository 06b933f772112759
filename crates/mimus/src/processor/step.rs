//! `mimus cpu step`: one instruction on a given state.

use std::io::Write as _;

use mimus_machine::processor::{Answer, Core, Halt};
use mimus_trace::step::Layout;
use serde_json::{Map, Value, json};

use super::args::Step;
use super::{chosen, state, told, why};
use crate::failure::{Exit, Failure};
use crate::wording::percent;

/// Runs one instruction and prints the state after it.
pub fn step(args: &Step) -> Result<Exit, Failure> {
    let processor = chosen(&args.choice)?;
    let layout = &processor.layout;
    let core = Core::new(&processor);
    let mut parts = core.start().parts;
    state::set(layout, &mut parts, &args.state)?;
    let code = state::code(layout, &args.cells)?;
    if code.len() < usize::from(layout.code.cells) {
        let needed = layout.code.cells;
        return Err(Failure::new(format!("{} cells were given, and {needed} choose what a step does", code.len()))
            .advise("give them in hexadecimal, such as \"a9 07\""));
    }
    let at = parts[layout.code_part()];
    let mut memory = state::memory(layout, &args.memory)?;
    memory.extend(layout.addresses(at).zip(code));
    let before = Before { layout, parts, read: &|at| memory.get(&at).copied().unwrap_or(0) };
    match core.ask(&before.parts, before.read) {
        Ok(answer) => {
            let text = if args.json { format!("{}\n", before.json(&answer)) } else { before.text(&answer) };
            // A reader that is gone has seen all it wanted.
            let _ = std::io::stdout().write_all(text.as_bytes());
            Ok(Exit::Fine)
        }
        Err(halt) => Ok(not_learned(layout, &halt, args.json)),
    }
}

fn not_learned(layout: &Layout, halt: &Halt, as_json: bool) -> Exit {
    let reason = why(layout, halt);
    match as_json {
        true => println!("{}", json!({ "not_learned": reason })),
        false => eprintln!("{reason}"),
    }
    Exit::NotUnderstood
}

/// The state before, which what changed is told by.
struct Before<'a> {
    layout: &'a Layout,
    parts: Vec<u64>,
    read: &'a dyn Fn(u64) -> u64,
}

impl Before<'_> {
    fn text(&self, answer: &Answer) -> String {
        let layout = self.layout;
        let mut changed: Vec<String> = state::changes(layout, &self.parts, &answer.parts)
            .into_iter()
            .map(|(name, before, after)| format!("{name} {before} -> {after}"))
            .collect();
        for (at, value) in &answer.writes {
            let cell = |value: u64| state::cells(layout, &[value]);
            changed.push(format!("[{}] {} -> {}", state::address(layout, *at), cell((self.read)(*at)), cell(*value)));
        }
        if answer.stopped {
            changed.push("the processor stops".into());
        }
        let changed = if changed.is_empty() { "nothing".into() } else { changed.join(", ") };
        let mut text = format!("{}\nchanged: {changed}\n", state::told(layout, &answer.parts));
        text.push_str(&format!("confidence {}", percent(answer.confidence)));
        if let Some(doubt) = &answer.doubt {
            text.push_str(&format!("; least sure: {}, {}", told(layout, doubt.target), percent(doubt.confidence)));
        }
        text + "\n"
    }

    fn json(&self, answer: &Answer) -> Value {
        let layout = self.layout;
        let registers = layout.join(&answer.parts);
        let named = |names: Vec<String>, values: &[u64]| -> Map<String, Value> {
            names.into_iter().zip(values.iter().map(|value| json!(value))).collect()
        };
        let changed = state::changes(layout, &self.parts, &answer.parts);
        json!({
            "registers": named(layout.registers.iter().map(|r| r.name.clone()).collect(), &registers),
            "parts": named(layout.parts().into_iter().map(|part| part.name).collect(), &answer.parts),
            "changed": changed.into_iter().map(|(name, ..)| name).collect::<Vec<_>>(),
            "writes": answer.writes,
            "stopped": answer.stopped,
            "confidence": answer.confidence,
            "least_sure": answer.doubt.as_ref().map(|doubt| {
                json!({ "what": told(layout, doubt.target), "confidence": doubt.confidence })
            }),
        })
    }
}
