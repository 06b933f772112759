//! Learns from traces and writes knowledge: `cargo run --release -p mimus-learn --example make -- OUT TRACE...`

use std::io::BufReader;

use mimus_learn::{Options, learn};

fn main() {
    let mut args = std::env::args().skip(1);
    let out = args.next().expect("a file to write");
    let mut programs = Vec::new();
    let mut teacher = String::new();
    for file in args {
        let input = BufReader::new(std::fs::File::open(&file).expect("the trace opens"));
        let header = mimus_trace::read_trace(&file, input, |program| programs.push(program)).expect("the trace is well formed");
        teacher = header.teacher;
    }
    let (programs, marked) = programs.into_iter().partition::<Vec<_>, _>(|program| !program.acts.is_empty());
    let start = std::time::Instant::now();
    let mut last = "";
    let knowledge = learn(&teacher, &programs, &marked, Options::default(), None, &mut |p| {
        if p.stage != last || p.what.ends_with('?') {
            eprintln!("{:.1} s  {} {} ({}/{}, {} found)", start.elapsed().as_secs_f64(), p.stage, p.what, p.done, p.all, p.found);
            last = p.stage;
        }
    })
    .expect("there is something to learn");
    std::fs::write(out, knowledge.to_text()).expect("the knowledge is written");
}
