//! `mimus ask`: one text over a memory, for people and for tools.

use std::io;

use mimus_core::{Symbol, Value};
use mimus_machine::{Ended, Machine, Report};
use serde_json::{Value as Json, json};

use crate::args;
use crate::engine;
use crate::failure::{Exit, Failure};

/// Reads a text, runs it over a memory, and tells what came of it.
pub fn ask(args: &args::Ask) -> Result<Exit, Failure> {
    let knowledge = engine::knowledge(&args.engine)?;
    let mut machine = engine::machine(&knowledge, engine::limits(&args.engine, None));
    if !args.memory.trim().is_empty() {
        let setup = machine.run(&args.memory, &mut io::sink());
        if let Some(ending) = engine::ending(&setup, "--memory", &args.memory) {
            return Err(Failure::new(ending).advise("the statements of --memory must run to their end"));
        }
    }
    let mut printed = Vec::new();
    let report = machine.run(&args.text, &mut printed);
    let answer = Answer::of(&mut machine, &report, args, &String::from_utf8_lossy(&printed));
    match args.json {
        true => println!("{}", answer.to_json()),
        false => answer.print(),
    }
    Ok(engine::exit(&report))
}

/// All that is told.
struct Answer {
    value: Option<String>,
    class: Option<Symbol>,
    stdout: String,
    memory: Vec<(Symbol, String)>,
    confidence: f64,
    reading: String,
    alternatives: Vec<Alternative>,
    error: Option<String>,
}

/// A rival answer.
struct Alternative {
    value: Option<String>,
    confidence: f64,
    reading: String,
}

impl Answer {
    fn of(machine: &mut Machine, report: &Report, args: &args::Ask, stdout: &str) -> Self {
        let value = report.value.clone();
        let memory: Vec<(Symbol, Value)> = machine.memory();
        // The text is read by the learned grammar alone, so its reading is the text itself.
        let reading = match report.end {
            Ended::NotUnderstood { .. } => String::new(),
            _ => args.text.trim().to_string(),
        };
        Self {
            class: value.as_ref().map(Value::class),
            value: value.map(|v| machine.show(&v)),
            stdout: stdout.into(),
            memory: memory.iter().map(|(name, v)| (*name, machine.show(v))).collect(),
            confidence: report.confidence,
            reading,
            alternatives: Vec::new(),
            error: engine::ending(report, "the text", &args.text),
        }
    }

    fn to_json(&self) -> Json {
        let memory: serde_json::Map<String, Json> =
            self.memory.iter().map(|(name, shown)| (name.to_string(), json!(shown))).collect();
        let alternative = |a: &Alternative| json!({"value": a.value, "confidence": a.confidence, "reading": a.reading});
        json!({
            "value": self.value,
            "type": self.class.map(Symbol::as_str),
            "stdout": self.stdout,
            "memory": memory,
            "confidence": self.confidence,
            "reading": self.reading,
            "alternatives": self.alternatives.iter().map(alternative).collect::<Vec<_>>(),
            "error": self.error,
        })
    }

    fn print(&self) {
        print!("{}", self.stdout);
        if let Some(value) = &self.value {
            println!("{value}");
        }
        match &self.error {
            Some(error) => eprintln!("{error}"),
            None => eprintln!("confidence {}", engine::percent(self.confidence)),
        }
        for rival in &self.alternatives {
            let value = rival.value.as_deref().unwrap_or("no value");
            eprintln!("or {value}, {}: {}", engine::percent(rival.confidence), rival.reading);
        }
    }
}
