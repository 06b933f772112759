//! `mimus`: the command line and the dialogue. Files, processes and the terminal are met here and nowhere else.
//!
//! It must never know a taught language: what it says about one comes from knowledge, or from the language's teacher.

mod args;
mod ask;
mod clock;
mod engine;
mod eval;
mod failure;
mod files;
mod formula;
mod learn;
mod machines;
mod operations;
mod processor;
mod progress;
mod repl;
mod rivals;
mod run;
mod show;
mod table;
mod teacher;
mod watch;
mod wording;

use std::process::ExitCode;

use clap::Parser;

use args::{Command, Line};
use failure::{Exit, Failure};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Programs may nest calls deeply, and the machine's own limit must be met before the stack's end. Only what is used is taken.
const STACK: usize = 1 << 30;

fn main() -> ExitCode {
    let line = match Line::try_parse() {
        Ok(line) => line,
        Err(error) => {
            // Help and version are what was asked for; all else is bad usage.
            let exit = if error.use_stderr() { Exit::Unusable } else { Exit::Fine };
            let _ = error.print();
            return exit.into();
        }
    };
    let work = move || match dispatch(&line) {
        Ok(exit) => exit,
        Err(failure) => {
            eprintln!("mimus: {failure}");
            Exit::Unusable
        }
    };
    match std::thread::Builder::new().stack_size(STACK).spawn(work) {
        Ok(thread) => thread.join().unwrap_or(Exit::NotUnderstood).into(),
        Err(error) => {
            eprintln!("mimus: the system gives no thread with {} MiB of stack: {error}", STACK >> 20);
            Exit::Unusable.into()
        }
    }
}

fn dispatch(line: &Line) -> Result<Exit, Failure> {
    match &line.command {
        None => repl::repl(&line.engine, line.memory),
        Some(Command::Run(args)) => run::run(args),
        Some(Command::Ask(args)) => ask::ask(args),
        Some(Command::Watch(args)) => watch::watch(args),
        Some(Command::Learn(args)) => learn::learn(args),
        Some(Command::Show(args)) => show::show(args),
        Some(Command::Eval(args)) => eval::eval(args),
        Some(Command::Cpu(args)) => processor::cpu(args),
    }
}
