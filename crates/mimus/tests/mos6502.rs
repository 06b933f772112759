//! The shipped knowledge of the 6502, against the emulator that it was learned from: every instruction, whole programs, the commands.

mod common;

use std::fs;
use std::path::Path;

use common::{call_in, folder, root};
use mimus_knowledge::Processor;
use mimus_machine::processor::{Core, Halt};
use mimus_teacher_mos6502::{DOCUMENTED, Mos6502, PROGRAMS, Why, asm, entry, expected, fresh, run};
use mimus_trace::step::{Layout, Oracle as _, Question, Step, step_line, steps_header};

/// States on which each instruction is tried, and where they start: not where learning, figures and other tests do.
const TRIED: usize = 200;
const SEED: u64 = 1_234;
/// Instructions that must be exact, of 256.
const EXACT: usize = 245;
/// Answers that claim so much may not be wrong.
const SURE: f64 = 0.99;
/// More steps than any program takes.
const MOST: u64 = 5_000_000;

/// The shipped knowledge; a fresh tree in which nothing was learned yet has none.
fn shipped() -> Option<Processor> {
    let file = root().join("knowledge/mos6502.mimus");
    let Ok(text) = fs::read_to_string(&file) else {
        eprintln!("skipped: there is no knowledge/mos6502.mimus yet (`cargo xtask learn-processor` makes it)");
        return None;
    };
    Some(Processor::from_text("knowledge/mos6502.mimus", &text).expect("the shipped knowledge can be read"))
}

/// What is not as the emulator has it, and the confidence of the answer.
fn wrong(core: &Core, layout: &Layout, question: &Question, step: &Step) -> Option<(String, f64)> {
    let read = |at| question.cell(layout, at);
    let answer = match core.ask(&layout.split(&step.before.registers), &read) {
        Ok(answer) => answer,
        Err(halt) => return Some((format!("{halt:?}"), 0.0)),
    };
    let right = layout.split(&step.after.registers);
    let differs = |i: &usize| answer.parts[*i] != right[*i];
    let part = (0..right.len()).find(differs).map(|i| format!("{} is {:x}", layout.parts()[i].name, answer.parts[i]));
    // A cell counts as what it holds in the end, written or not.
    let mut told = step.before.cells.clone();
    told.extend(answer.writes.iter().copied());
    let mut wanted = step.after.cells.clone();
    for (at, _) in &answer.writes {
        wanted.entry(*at).or_insert_with(|| read(*at));
    }
    let cells = (told != wanted).then(|| format!("memory is {told:x?}"));
    let stop = (answer.stopped != step.stopped).then(|| format!("whether it stops is {}", answer.stopped));
    let what = part.or(cells).or(stop)?;
    Some((format!("{what} from {:x?} to {:x?} {:x?}", step.before, step.after.registers, step.after.cells), answer.confidence))
}

#[test]
fn instructions_do_what_the_emulator_does() {
    let Some(processor) = shipped() else { return };
    let (core, layout) = (Core::new(&processor), Mos6502.layout());
    let (mut exact, mut documented, mut sure) = (0, vec![], vec![]);
    for opcode in 0..=255 {
        let asked = fresh(opcode, TRIED, SEED);
        let steps = Mos6502.observe(&asked);
        let all: Vec<_> = asked.iter().zip(&steps).filter_map(|(question, step)| wrong(&core, &layout, question, step)).collect();
        exact += usize::from(all.is_empty());
        if let Some((what, _)) = all.first().filter(|_| DOCUMENTED.contains(&opcode)) {
            documented.push(format!("{opcode:02x} {} of {TRIED}, first {what}", all.len()));
        }
        sure.extend(all.iter().filter(|(_, confidence)| *confidence >= SURE).map(|(what, _)| format!("{opcode:02x} {what}")));
    }
    assert!(documented.is_empty(), "documented and wrong:\n{}", documented.join("\n"));
    assert!(exact >= EXACT, "only {exact} of 256 are exact");
    assert!(sure.is_empty(), "sure and wrong {} times:\n{}", sure.len(), sure[..sure.len().min(10)].join("\n"));
}

#[test]
fn programs_end_as_they_do_on_the_emulator() {
    let Some(processor) = shipped() else { return };
    let (core, layout) = (Core::new(&processor), Mos6502.layout());
    for (name, text) in PROGRAMS {
        let program = asm::assemble(text).unwrap_or_else(|e| panic!("{name}: {e}"));
        let reference = run(&program.image, program.start, MOST);
        assert_eq!(reference.why, Why::Done, "{name} on the emulator");
        let mut running = core.start();
        running.cells.load(&layout.memory, 0, &program.image[..]);
        running.parts = layout.split(&entry(program.start));
        assert_eq!(core.run(&mut running, MOST, true), Halt::Loop, "{name}");
        assert_eq!((running.parts, running.count), (layout.split(&reference.registers), reference.count), "{name}");
        let cell = |at: u16| running.cells.get(at.into()) as u8;
        let differ = (0..=0xffff).find(|at| cell(*at) != reference.memory[usize::from(*at)]);
        assert_eq!(differ.map(|at| (at, cell(at))), None, "{name}");
        for (at, byte) in expected(text).unwrap_or_else(|e| panic!("{name}: {e}")) {
            assert_eq!(cell(at), byte, "{name}: {at:04x}");
        }
    }
}

/// Calls `mimus` with these words (`_` stands for a blank within one), with success; what it prints or says must hold these parts.
#[track_caller]
fn check(folder: &Path, words: &str, parts: &[&str]) -> String {
    let words: Vec<String> = words.split(' ').map(|word| word.replace('_', " ")).collect();
    let called = call_in(folder, &words.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(called.code, 0, "{words:?}: {called:?}");
    for part in parts {
        assert!(called.out.contains(part) || called.err.contains(part), "{words:?}: {called:?} lacks `{part}`");
    }
    called.out
}

#[test]
fn single_steps_and_formulas_are_told() {
    if shipped().is_none() {
        return;
    }
    let folder = folder(&[]);
    let at = folder.path();
    let step = |code: &str, state: &str, parts: &[&str]| {
        check(at, &format!("cpu step {code} --machine mos6502 --state {state}"), parts);
    };
    step("69_05", "a=07_p=01", &["a=0d", "p=00", "changed: pc 0000 -> 0002, a 07 -> 0d, c 1 -> 0\n"]);
    step("69_05", "a=07_p=09", &["a=13", "d=1"]);
    step("69_7f", "a=01", &["a=80", "v 0 -> 1", "n 0 -> 1"]);
    step("e8", "x=ff", &["x=00", "z 0 -> 1"]);
    step("48", "a=42_s=00_pc=400", &["s=ff", "[0100] 00 -> 42"]);
    step("f0_fe", "pc=400_z=1", &["pc=0400"]);
    step("02", "a=1", &["the processor stops"]);
    check(at, "show 69 --machine mos6502", &["m1 = memory[pc + 1]", "a <- ", "pc <- pc + 2", "unchanged: s, x, y, i, d, b, u"]);
    check(at, "show --machine mos6502", &["learned from mos6502", "of 256 instructions are complete"]);
}

#[test]
fn an_image_runs_from_the_command_line() {
    if shipped().is_none() {
        return;
    }
    let folder = folder(&[]);
    let at = folder.path();
    for (name, text) in PROGRAMS {
        let program = asm::assemble(text).unwrap_or_else(|e| panic!("{name}: {e}"));
        let count = run(&program.image, program.start, MOST).count;
        fs::write(at.join("image"), &program.image[..]).expect("an image");
        let words =
            format!("cpu run image --machine mos6502 --start ${:x} --set s=fd_p=24 --stop-on-loop --dump memory", program.start);
        check(at, &words, &[&format!("\n{count} instructions"), "an instruction led to itself"]);
        let memory = fs::read(at.join("memory")).expect("memory");
        for (at, byte) in expected(text).unwrap_or_else(|e| panic!("{name}: {e}")) {
            assert_eq!(memory[usize::from(at)], byte, "{name}: {at:04x}");
        }
    }
}

#[test]
fn records_are_scored_and_learned_from() {
    let layout = Mos6502.layout();
    let lines = |opcodes: &[u8], count: usize| -> Vec<String> {
        let asked = opcodes.iter().flat_map(|opcode| fresh(*opcode, count, SEED));
        Mos6502.observe(&asked.collect::<Vec<_>>()).iter().map(|step| step_line(&layout, step)).collect()
    };
    // Of a hundred instructions one record each, and of four so many that they can be learned.
    let scored = lines(&DOCUMENTED[..100], 1);
    let few = lines(&[0xa9, 0xaa, 0xe8, 0xea], 250);
    let array = |lines: &[String]| format!("[{}]", lines.join(",\n"));
    let trace = format!("{}\n{}\n", steps_header(&Mos6502.name(), &layout), few.join("\n"));
    let folder = folder(&[("scored.json", &array(&scored)), ("few.json", &array(&few)), ("few.jsonl", &trace)]);
    let at = folder.path();
    if shipped().is_some() {
        let exact = ["exact 100 of 100 steps (100.00 %), declined 0", "wrong at confidence >= 0.99: 0 of "];
        check(at, "eval scored.json --machine mos6502", &exact);
        // The registers tell which machine it is.
        check(at, "eval scored.json", &exact);
    }
    check(at, "watch records few.json --machine mos6502 --out t", &["1000 steps of mos6502 records in t/records.jsonl"]);
    for from in ["t", "few.jsonl"] {
        check(at, &format!("learn --from {from} --out new --budget 100000"), &["learned 4 of 4 instructions"]);
        check(at, "eval few.json --knowledge new", &["exact 1000 of 1000 steps"]);
        check(at, "show aa --knowledge new", &["x <- a", "pc <- pc + 1"]);
    }
}
