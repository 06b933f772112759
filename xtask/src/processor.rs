//! How good the shipped knowledge of a processor is: on states that nothing was learned from, and on whole programs.

use std::time::Instant;

use mimus_eval::{Given, StepSummary};
use mimus_knowledge::Processor;
use mimus_machine::processor::{Core, Halt};
use mimus_teacher_mos6502::{DOCUMENTED, Mos6502, NAME, PROGRAMS, Why, asm, entry, fresh, run};
use mimus_trace::step::{Layout, Oracle, Question};
use rayon::prelude::*;

use crate::mimus::root;

/// States of each instruction, if the command line says nothing.
const STATES: usize = 10_000;
/// Where the random choices of these states start; learning starts elsewhere.
const SEED: u64 = 0x5eed;
/// States that are asked about at a time.
const BATCH: usize = 500;
/// Most instructions of a program.
const MOST: u64 = 50_000_000;
/// Counts up and down, 256 * 256 * 48 times, for the speed.
const LONG: &str = "
.org $0400
        ldx #48
outer:  ldy #0
middle: lda #0
inner:  clc
        adc #1
        bne inner
        dey
        bne middle
        dex
        bne outer
done:   jmp done
";

/// Prints the figures.
pub fn processor(states: Option<&str>, file: Option<&str>) -> Result<(), String> {
    let states = states.map_or(Ok(STATES), str::parse).map_err(|_| "how many states of each instruction is a number")?;
    let path = file.map_or_else(|| root().join(format!("knowledge/{NAME}.mimus")), Into::into);
    let name = path.display().to_string();
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{name}: {e}; `mimus learn --teacher {NAME}` makes it"))?;
    let processor = Processor::from_text(&name, &text).map_err(|e| e.to_string())?;
    if processor.layout != Mos6502.layout() {
        return Err(format!("{name} is knowledge of another machine"));
    }
    let core = Core::new(&processor);
    let wrong = threads()?.install(|| steps(&core, &processor.layout, states))? + programs(&core, &processor.layout)?;
    if wrong > 0 {
        return Err(format!("{wrong} documented instructions or programs are wrong"));
    }
    Ok(())
}

/// As many as the machine has on which the figures are made.
pub fn threads() -> Result<rayon::ThreadPool, String> {
    rayon::ThreadPoolBuilder::new().num_threads(2).build().map_err(|e| e.to_string())
}

/// Says how many documented instructions are wrong somewhere.
fn steps(core: &Core<'_>, layout: &Layout, states: usize) -> Result<usize, String> {
    let began = Instant::now();
    let all: Vec<StepSummary> =
        (0..=u8::MAX).into_par_iter().map(|opcode| score(core, layout, opcode, states)).collect::<Result<_, _>>()?;
    let mut summary = StepSummary::default();
    all.into_iter().for_each(|one| summary.merge(one));
    let wrong = summary.failing().filter(|(code, _)| DOCUMENTED.iter().any(|opcode| code[0] == u64::from(*opcode))).count();
    println!("{states} fresh states of each instruction, in {:.0} s", began.elapsed().as_secs_f64());
    println!("documented instructions always exact: {} of {}", DOCUMENTED.len() - wrong, DOCUMENTED.len());
    println!("all instructions always exact: {} of {}", summary.exact_instructions(), summary.instructions.len());
    print!("{}", summary.to_text(layout));
    Ok(wrong)
}

fn score(core: &Core<'_>, layout: &Layout, opcode: u8, states: usize) -> Result<StepSummary, String> {
    let mut summary = StepSummary::default();
    for asked in fresh(opcode, states, SEED).chunks(BATCH) {
        for (question, step) in asked.iter().zip(Mos6502.observe(asked)) {
            let given = given(core, layout, question);
            // Here it is known that a machine did not stop.
            let given = given.and_then(|given| match given.stopped && !step.stopped {
                true => Err("it stops".into()),
                false => Ok(given),
            });
            summary.add(layout, &step, given)?;
        }
    }
    Ok(summary)
}

/// What was learned of a state.
pub fn given(core: &Core<'_>, layout: &Layout, question: &Question) -> Result<Given, String> {
    let parts = layout.split(&question.registers);
    let answer = core.ask(&parts, &|at| question.cell(layout, at)).map_err(|halt| format!("{halt:?}"))?;
    Ok(Given {
        registers: layout.join(&answer.parts),
        writes: answer.writes,
        stopped: answer.stopped,
        confidence: answer.confidence,
    })
}

/// Every program on what was learned and on the machine itself: registers, memory and length must be the same. Says how many differ.
fn programs(core: &Core<'_>, layout: &Layout) -> Result<usize, String> {
    let mut same = 0;
    for (name, text) in PROGRAMS {
        match beside(core, layout, text)? {
            (None, ..) => same += 1,
            (Some(difference), ..) => println!("  {name}: {difference}"),
        }
    }
    println!("programs with the same registers and memory at the end: {same} of {}", PROGRAMS.len());
    let (difference, count, seconds) = beside(core, layout, LONG)?;
    let differs = usize::from(difference.is_some());
    let wrong = difference.map(|what| format!(" (wrong: {what})")).unwrap_or_default();
    println!("speed: {count} instructions in {seconds:.2} s, {:.1} million a second{wrong}", count as f64 / seconds / 1e6);
    Ok(PROGRAMS.len() - same + differs)
}

/// The first difference; how many instructions were run, in how many seconds.
fn beside(core: &Core<'_>, layout: &Layout, text: &str) -> Result<(Option<String>, u64, f64), String> {
    let program = asm::assemble(text).map_err(|e| e.to_string())?;
    let mut running = core.start();
    running.parts = layout.split(&entry(program.start));
    running.cells.load(&layout.memory, 0, &program.image[..]);
    let began = Instant::now();
    let halt = core.run(&mut running, MOST, true);
    let seconds = began.elapsed().as_secs_f64();
    let right = run(&program.image, program.start, MOST);
    let why = match right.why {
        Why::Done => Halt::Loop,
        Why::Stopped => Halt::Stopped,
        Why::Most => Halt::Fuel,
    };
    let memory = (0..).zip(right.memory.iter()).find(|(at, cell)| running.cells.get(*at) != u64::from(**cell));
    let difference = if halt != why {
        Some(format!("ended by {halt:?} instead of {why:?}"))
    } else if layout.join(&running.parts) != right.registers {
        Some(format!("registers are {:x?}, not {:x?}", layout.join(&running.parts), right.registers))
    } else if let Some((at, cell)) = memory {
        Some(format!("[{at:04x}] is {:02x}, not {cell:02x}", running.cells.get(at)))
    } else if running.count != right.count {
        Some(format!("{} instructions, not {}", running.count, right.count))
    } else {
        None
    };
    Ok((difference, running.count, seconds))
}
