//! `mimus cpu run`: a program on a learned processor.

use std::io::{self, BufWriter, Write};
use std::time::Instant;

use mimus_machine::processor::{Core, Halt, Running};
use mimus_trace::step::{Layout, ones};

use super::args::Run;
use super::{chosen, image, state, why};
use crate::failure::{Exit, Failure};

/// Runs a program and prints the state it ends in.
pub fn run(args: &Run) -> Result<Exit, Failure> {
    let processor = chosen(&args.choice)?;
    let layout = &processor.layout;
    let start = args.start.unwrap_or(args.load);
    for (what, at) in [("--load", args.load), ("--start", start)] {
        if at > ones(layout.memory.address) {
            let highest = state::address(layout, ones(layout.memory.address));
            return Err(Failure::new(format!("{what} {at:#x} lies outside of memory"))
                .advise(format!("the highest address is 0x{highest}")));
        }
    }
    if args.dump.is_some() {
        image::check_dump(layout)?;
    }
    let core = Core::new(&processor);
    let mut running = core.start();
    image::load(&args.image, layout, args.load, &mut running.cells)?;
    running.parts[layout.code_part()] = start;
    state::set(layout, &mut running.parts, &args.set)?;
    let began = Instant::now();
    let halt = match args.trace {
        true => traced(&core, layout, &mut running, args),
        false => core.run(&mut running, args.fuel, args.stop_on_loop),
    };
    let seconds = began.elapsed().as_secs_f64();
    if let Some(file) = &args.dump {
        image::dump(file, layout, &running.cells)?;
    }
    let at = state::address(layout, core.place(&running));
    let reason = why(layout, &halt);
    let text = format!(
        "{}\n{} instructions in {seconds:.3} s, {:.0} a second\nended at {at}: {reason}\n",
        state::told(layout, &running.parts),
        running.count,
        running.count as f64 / seconds.max(1e-9),
    );
    // A reader that is gone has seen all it wanted.
    let _ = io::stdout().write_all(text.as_bytes());
    let advice = match &halt {
        Halt::Loop | Halt::Stopped => return Ok(Exit::Fine),
        Halt::Fuel => "--fuel allows more, --stop-on-loop ends where an instruction leads to itself".into(),
        Halt::NotLearned(code, _) => format!("`mimus show \"{}\"` tells what is known of it", state::cells(layout, code)),
    };
    eprintln!("{}, at {at}: {reason}\n  {advice}", args.image.display());
    Ok(Exit::NotUnderstood)
}

/// The same with a line for every instruction: where it lies, its code, and what it changed.
fn traced(core: &Core<'_>, layout: &Layout, running: &mut Running, args: &Run) -> Halt {
    let mut out = BufWriter::new(io::stdout().lock());
    for _ in 0..args.fuel {
        let (at, code) = (core.place(running), core.code(running));
        let answer = match core.ask(&running.parts, &|at| running.cells.get(at)) {
            Ok(answer) => answer,
            Err(halt) => return halt,
        };
        let mut line = format!("{}  {}", state::address(layout, at), state::cells(layout, &code));
        let moved = &layout.code.at;
        for (name, _, after) in state::changes(layout, &running.parts, &answer.parts).iter().filter(|(name, ..)| name != moved) {
            line.push_str(&format!("  {name}={after}"));
        }
        for (address, value) in &answer.writes {
            line.push_str(&format!("  [{}]={}", state::address(layout, *address), state::cells(layout, &[*value])));
            running.cells.set(*address, *value);
        }
        running.parts = answer.parts;
        running.count += 1;
        // A reader that is gone has seen all it wanted; the run itself goes on.
        let _ = writeln!(out, "{line}");
        if answer.stopped {
            return Halt::Stopped;
        }
        if args.stop_on_loop && core.place(running) == at {
            return Halt::Loop;
        }
    }
    Halt::Fuel
}
