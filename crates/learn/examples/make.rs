//! Learns from traces and writes knowledge: `cargo run --release -p mimus-learn --example make -- OUT TRACE...`
//!
//! With `--only TEXT|TEXT` before them: of the operations only those with these keys; with `--known FILE`: with that
//! knowledge's operations as words; with `--budget N`: as much work as that.

mod common;

use mimus_learn::{Options, Progress, finish, watch};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let mut option = |name: &str| common::option(&mut args, name);
    let only = option("--only");
    let known = option("--known").map(|file| {
        let text = std::fs::read_to_string(&file).expect("the knowledge opens");
        mimus_knowledge::Knowledge::from_text(&file, &text).expect("the knowledge is well formed").operations
    });
    let mut options = Options::default();
    options.budget = option("--budget").map_or(options.budget, |n| n.parse().expect("a number"));
    let mut args = args.into_iter();
    let out = args.next().expect("a file to write");
    let (programs, teacher) = common::read(args);
    let (programs, marked) = common::parted(programs);
    let start = std::time::Instant::now();
    let mut last = "";
    let progress = &mut |p: Progress| {
        if p.stage != last || p.what.ends_with('?') || only.is_some() {
            eprintln!("{:.1} s  {} {} ({}/{}, {} found)", start.elapsed().as_secs_f64(), p.stage, p.what, p.done, p.all, p.found);
            last = p.stage;
        }
    };
    let mut watched = watch(&teacher, &programs, &marked, options, None, progress).expect("there is something to learn");
    watched.examples.retain(|key, _| only.as_deref().is_none_or(|only| only.split('|').any(|o| key.as_str() == o)));
    let mut known = known.unwrap_or_default();
    known.retain(|key, _| !watched.examples.contains_key(key));
    let knowledge = finish(watched, &known, options, progress);
    std::fs::write(out, knowledge.to_text()).expect("the knowledge is written");
}
