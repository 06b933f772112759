//! `mimus show` for processors.

use std::fmt::Write as _;

use mimus_knowledge::{Instruction, Processor};
use mimus_trace::step::Layout;

use super::state;
use crate::failure::Failure;
use crate::formula::{Formula, folded, formulas};
use crate::show::cut;
use crate::table::Table;
use crate::wording::{one_line, percent};

/// Longer formulas are broken.
const WIDTH: usize = 108;

/// Everything known of a processor, or of the instruction with these cells.
pub fn show(processor: &Processor, code: Option<&str>) -> Result<String, Failure> {
    match code {
        None => Ok(overview(processor)),
        Some(code) => about(processor, code),
    }
}

fn overview(processor: &Processor) -> String {
    let layout = &processor.layout;
    let mut table = Table::new(&["code", "seen", "share", "example", "what it does"]);
    for (code, instruction) in &processor.instructions {
        let lines: Vec<String> = formulas(layout, instruction).into_iter().filter(|f| !f.keeps).map(|f| f.text).collect();
        table.row([
            state::cells(layout, code),
            instruction.seen.to_string(),
            share(instruction),
            cut(&one_line(&instruction.example)),
            cut(&lines.join("; ")),
        ]);
    }
    let complete = processor.instructions.values().filter(|instruction| instruction.is_complete()).count();
    format!(
        "learned from {}\n{}\n{complete} of {} instructions are complete\n\n{table}",
        processor.teacher,
        machine(layout),
        processor.instructions.len()
    )
}

fn machine(layout: &Layout) -> String {
    let register = |r: &mimus_trace::step::Register| {
        let fields: Vec<_> = r.fields.iter().map(|f| f.name.as_str()).collect();
        let fields = if fields.is_empty() { String::new() } else { format!(": {}", fields.join(" ")) };
        format!("{} ({}{fields})", r.name, r.bits)
    };
    let registers: Vec<_> = layout.registers.iter().map(register).collect();
    let (memory, code) = (&layout.memory, &layout.code);
    let chosen = match code.cells {
        1 => format!("the cell at {} says", code.at),
        many => format!("the {many} cells at {} say", code.at),
    };
    format!(
        "registers (bits): {}\nmemory: addresses of {} bits, cells of {}; {chosen} what a step does",
        registers.join(", "),
        memory.address,
        memory.cell
    )
}

/// How sure all of an instruction is.
fn share(instruction: &Instruction) -> String {
    match instruction.is_complete() {
        true => percent(instruction.lines.iter().map(|line| line.meanings[0].share).product()),
        false => "-".into(),
    }
}

fn about(processor: &Processor, asked: &str) -> Result<String, Failure> {
    let layout = &processor.layout;
    let code = state::code(layout, asked)?;
    let Some(instruction) = processor.instructions.get(&code) else {
        return Err(Failure::new(format!("nothing is known of `{asked}`")).advise("`mimus show` without it lists what is known"));
    };
    let mut text = format!("{}\n  seen {} steps\n", state::cells(layout, &code), instruction.seen);
    let _ = writeln!(text, "  example {}", one_line(&instruction.example));
    for Formula { text: formula, share, rivals, .. } in formulas(layout, instruction) {
        tell(&mut text, share, &formula);
        for (rival, share) in &rivals {
            tell(&mut text, Some(*share), &format!("or {rival}"));
        }
    }
    Ok(text)
}

fn tell(text: &mut String, share: Option<f64>, formula: &str) {
    let mut percents = share.map(percent).unwrap_or_default();
    for line in folded(formula, WIDTH) {
        let _ = writeln!(text, "  {percents:>8}  {line}");
        percents.clear();
    }
}
