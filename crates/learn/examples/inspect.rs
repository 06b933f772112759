//! Prints what is read off traces before induction: constructs, parts, words, and how many examples each operation has.
//!
//! `cargo run --release -p mimus-learn --example inspect -- TRACE...`

use std::io::BufReader;

use mimus_learn::{Options, watch};

fn main() {
    let mut programs = Vec::new();
    for file in std::env::args().skip(1) {
        let input = BufReader::new(std::fs::File::open(&file).expect("the trace opens"));
        mimus_trace::read_trace(&file, input, |program| programs.push(program)).expect("the trace is well formed");
    }
    let (programs, marked) = programs.into_iter().partition::<Vec<_>, _>(|program| !program.acts.is_empty());
    let mut clock = std::time::Instant::now();
    let watched = watch("inspect", &programs, &marked, Options::default(), &mut |p| {
        let seconds = clock.elapsed().as_secs_f64();
        clock = std::time::Instant::now();
        if seconds > 1.0 {
            eprintln!("{seconds:.1} s  {} {} ({}/{}, {} found)", p.stage, p.what, p.done, p.all, p.found);
        }
    })
    .expect("there is something to learn");
    for ((form, role), construct) in &watched.knowledge.constructs {
        let meaning = construct.meanings.first().map_or("----".into(), |r| format!("{}  ({:.3})", r.meaning, r.share));
        println!("{:7} {form} [{}]  =>  {meaning}", construct.seen, role.word());
    }
    println!("{} words", watched.knowledge.words.len());
    for (key, examples) in &watched.examples {
        println!("{:7} {key}", examples.len());
    }
}
