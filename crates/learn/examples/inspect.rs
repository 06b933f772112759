//! Prints what is read off traces before induction: constructs, parts, words, and how many examples each operation has.
//!
//! `cargo run --release -p mimus-learn --example inspect -- TRACE...`
//!
//! With `--examples 'KEY|KEY'` before the traces: also what those operations were seen to do. With `--form "KIND TEMPLATE" --code CODE` before
//! the traces: what that control program does not explain of that construct.

mod common;

use mimus_core::{Code, Form, Kind, Term};
use mimus_learn::{Options, refuting, watch};

fn main() {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let mut option = |name: &str| common::option(&mut args, name);
    let asked = option("--form").zip(option("--code")).map(|(form, code)| {
        let (kind, template) = form.split_once(' ').expect("a kind and a template");
        let kind = Kind::from_word(kind).expect("a kind of construct");
        let code = Term::parse(&code).expect("a well formed program");
        (Form::new(kind, template), Code::from_term(&code).expect("a control program"))
    });
    let shown = option("--examples");
    let (programs, _) = common::read(args);
    if let Some((form, code)) = asked {
        let unexplained = refuting(&programs, Options::default(), form, &code).expect("there is something to learn");
        unexplained.iter().for_each(|episode| println!("{episode}"));
        println!("{} unexplained", unexplained.len());
        return;
    }
    let (programs, marked) = common::parted(programs);
    let mut clock = std::time::Instant::now();
    let watched = watch("inspect", &programs, &marked, Options::default(), None, &mut |p| {
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
        for example in
            examples.iter().filter(|_| shown.as_deref().is_some_and(|shown| shown.split('|').any(|k| k == key.as_str())))
        {
            let args: Vec<String> = example.args.iter().map(ToString::to_string).collect();
            println!("    {} {:?} -> {:?}", args.join(", "), example.names, example.outcome);
        }
        println!("{:7} {key}", examples.len());
    }
}
