//! The measures of docs/figures.md, made anew.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::Value;

use crate::mimus::{build, mimus, printed, root};

/// Where the development benchmarks lie, if they are there.
const BENCH: &str = "../shared/bench";

/// Prints a Markdown table.
pub fn figures() -> Result<(), String> {
    build()?;
    println!("| measure | value | command |\n|---|---|---|");
    examples()?;
    for name in ["functions", "problems", "phrases"] {
        benchmark(&format!("{BENCH}/{name}.dev.jsonl"))?;
    }
    operations()?;
    long_loop()
}

fn row(measure: &str, value: &str, command: &str) {
    println!("| {measure} | {value} | `{command}` |");
}

fn examples() -> Result<(), String> {
    let folder = root().join("examples");
    let mut files: Vec<_> =
        fs::read_dir(&folder).map_err(|e| e.to_string())?.flatten().map(|e| e.path()).filter(|p| p.is_file()).collect();
    files.sort();
    let mut same = 0;
    for file in &files {
        let theirs = printed(Command::new("python3").arg(file))?;
        same += usize::from(printed(mimus().arg("run").arg(file))? == theirs);
    }
    let value = format!("{same} of {}", files.len());
    row("examples with the same output as CPython", &value, "cargo test --package mimus --test examples");
    Ok(())
}

fn operations() -> Result<(), String> {
    let text = printed(mimus().args(["eval", "--operations", "--json"]).stdin(Stdio::null()))?;
    let summary: Value = serde_json::from_str(&text).map_err(|e| format!("eval --operations: {e}"))?;
    let number = |field: &str| summary[field].as_u64().unwrap_or_default();
    let share = |field: &str| 100.0 * number(field) as f64 / number("calls").max(1) as f64;
    let value = format!(
        "{} of {} exact, {} partly answered and never wrong, {} wrong somewhere, {} not learned; of {} calls {:.1} % exact, {:.1} % wrong, \
         {:.1} % declined; {} wrong of {} answers at >= 0.99",
        number("exact"),
        number("operations"),
        number("partly"),
        number("wrong"),
        number("not_learned"),
        number("calls"),
        share("calls_exact"),
        share("calls_wrong"),
        share("calls_declined"),
        number("wrong_at_99"),
        number("answers_at_99"),
    );
    row("operations on 1,000 fresh calls of each, adversarial ones included", &value, "mimus eval --operations");
    Ok(())
}

fn benchmark(file: &str) -> Result<(), String> {
    if !root().join(file).is_file() {
        return Ok(());
    }
    let text = printed(mimus().args(["eval", file, "--json"]).stdin(Stdio::null()))?;
    let summary: Value = serde_json::from_str(&text).map_err(|e| format!("{file}: {e}"))?;
    let number = |field: &str| summary[field].as_f64().unwrap_or_default();
    let name = Path::new(file).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let value = format!(
        "{:.1} % right, {} wrong, {} declined; ece {:.3}, brier {:.3}, {:.1} % wrong of {} answers at >= 0.99; {:.0} s",
        100.0 * number("accuracy"),
        number("wrong"),
        number("declined"),
        number("ece"),
        number("brier"),
        100.0 * number("wrong_at_99"),
        number("answers_at_99"),
        number("seconds"),
    );
    row(&name, &value, &format!("mimus eval {file}"));
    Ok(())
}

fn long_loop() -> Result<(), String> {
    let program = "teachers/python/bench/loop.py";
    let timed = |command: &mut Command| -> Result<(f64, String), String> {
        let began = Instant::now();
        let printed = printed(command.current_dir(root()))?;
        Ok((began.elapsed().as_secs_f64(), printed))
    };
    let (theirs, expected) = timed(Command::new("python3").arg(program))?;
    let (ours, got) = timed(mimus().args(["run", program]))?;
    let wrong = if got == expected { "" } else { " (wrong result)" };
    let value = format!("{ours:.2} s; CPython {theirs:.2} s: {:.1} times{wrong}", ours / theirs);
    row("a loop of 10 million steps", &value, &format!("mimus run {program}"));
    Ok(())
}
