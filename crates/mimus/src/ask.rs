//! `mimus ask`: one text over a memory, for people and for tools.

use mimus_core::Symbol;
use mimus_machine::{Ended, Report};
use serde_json::{Map, Value, json};

use crate::args;
use crate::engine;
use crate::failure::{Exit, Failure};
use crate::rivals::{Answer, Place, told};

/// Reads a text, runs it over a memory, and tells what came of it and what else might have.
pub fn ask(args: &args::Ask) -> Result<Exit, Failure> {
    let knowledge = engine::knowledge(&args.engine)?;
    let limits = engine::limits(&args.engine, None);
    let mut machine = engine::machine(&knowledge, limits)?;
    let mut before = Vec::new();
    if !args.memory.trim().is_empty() {
        let setup = machine.run(&args.memory, &mut std::io::sink());
        if let Some(ending) = engine::ending(&setup, "--memory", &args.memory) {
            return Err(Failure::new(ending).advise("the statements of --memory must run to their end"));
        }
        before.push(args.memory.clone());
    }
    let posterior = Place { knowledge: &knowledge, limits, before: &before }.ask(&args.text);
    if args.json {
        println!("{}", to_json(&posterior.answers, &posterior.report, args));
    } else {
        print(&posterior.answers, args.top);
    }
    Ok(engine::exit(&posterior.report))
}

fn to_json(answers: &[Answer], report: &Report, args: &args::Ask) -> Value {
    let best = &answers[0];
    // The text is read by the learned grammar alone, so its reading is the text itself.
    let reading = match report.end {
        Ended::NotUnderstood { .. } => "",
        _ => args.text.trim(),
    };
    let memory: Map<String, Value> = best.outcome.memory.iter().map(|(name, shown)| (name.to_string(), json!(shown))).collect();
    let alternative = |answer: &Answer| json!({"value": answer.outcome.value, "confidence": answer.confidence, "reading": reading, "because": answer.because});
    json!({
        "value": best.outcome.value,
        "type": best.outcome.class.map(Symbol::as_str),
        "stdout": best.outcome.stdout,
        "memory": memory,
        "confidence": best.confidence,
        "reading": reading,
        "alternatives": answers[1..].iter().take(args.top).map(alternative).collect::<Vec<_>>(),
        "error": best.outcome.error,
    })
}

fn print(answers: &[Answer], top: usize) {
    let best = &answers[0].outcome;
    print!("{}", best.stdout);
    if let Some(value) = &best.value {
        println!("{value}");
    }
    match &best.error {
        Some(error) => eprintln!("{error}"),
        None => eprint!("{}", told(answers, top)),
    }
}
