//! `cargo xtask WORD`: the project's own chores.

mod figures;
mod fuzz;
mod half;
mod learn;
mod mimus;
mod posterior;
mod processor;
mod speed;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask learn       lessons -> traces -> knowledge/python.mimus, with the committed seed
cargo xtask learn-processor
                        knowledge/mos6502.mimus, by asking the machine
cargo xtask posterior   how sure of an operation after 1, 2, 5 and 20 observations of it
cargo xtask figures     the measures of docs/figures.md, as a table
cargo xtask speed [RUNS]
                        the programs of teachers/python/bench with CPython and with mimus, in turns
cargo xtask fuzz SECONDS [SEED]
                        random programs with CPython and with mimus; fails on a panic, a hang, or a sure answer that is wrong
cargo xtask processor [STATES [FILE]]
                        the shipped knowledge of a processor on fresh states of every instruction, and on programs;
                        fails if a documented instruction or a program is wrong
cargo xtask half-learned [STATES]
                        a processor learned from few observations: how much is right, and how sure it is of what is wrong";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["learn"] => learn::learn(),
        ["learn-processor"] => learn::learn_processor(),
        ["posterior"] => posterior::posterior(),
        ["figures"] => figures::figures(),
        ["fuzz", seconds] => fuzz::fuzz(seconds, None),
        ["fuzz", seconds, seed] => fuzz::fuzz(seconds, Some(seed)),
        ["speed"] => speed::speed(None),
        ["speed", runs] => speed::speed(Some(runs)),
        ["processor"] => processor::processor(None, None),
        ["processor", states] => processor::processor(Some(states), None),
        ["processor", states, file] => processor::processor(Some(states), Some(file)),
        ["half-learned"] => half::half_learned(None),
        ["half-learned", states] => half::half_learned(Some(states)),
        _ => Err(HELP.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            eprintln!("{what}");
            ExitCode::FAILURE
        }
    }
}
