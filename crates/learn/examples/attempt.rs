//! Tries a formula on what an operation was seen to do: `cargo run --release -p mimus-learn --example attempt --
//! --known FILE --key KEY --takes 'CLASS CLASS' --formula 'TERM' TRACE...`
//!
//! Prints how often it is right, and the examples that it is not right on.

mod common;

use mimus_core::{Expr, Formula, Stop, Term, Value};
use mimus_induce::{Outcome, ReadyMeaning, Speaker, Vocabulary};
use mimus_learn::{Options, watch};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let mut option = |name: &str| common::option(&mut args, name).unwrap_or_else(|| panic!("{name} is missing"));
    let (file, key, takes) = (option("--known"), option("--key"), option("--takes"));
    let formula = Expr::from_term(&Term::parse(&option("--formula")).expect("a term")).expect("a formula");
    let text = std::fs::read_to_string(&file).expect("the knowledge opens");
    let known = mimus_knowledge::Knowledge::from_text(&file, &text).expect("the knowledge is well formed").operations;
    let (programs, _) = common::read(args);
    let (programs, marked) = common::parted(programs);
    let watched =
        watch("attempt", &programs, &marked, Options::default(), None, &mut |_| ()).expect("there is something to learn");
    let mut speaker = Speaker::new(&Vocabulary::of(&known));
    let meaning = ReadyMeaning::formula(&Formula::pure(formula));
    let (mut right, mut all) = (0, 0);
    for example in watched.examples.iter().filter(|(k, _)| k.as_str() == key).flat_map(|(_, examples)| examples) {
        let classes: Vec<&str> = example.args.iter().map(|arg| arg.class().as_str()).collect();
        if classes.join(" ") != takes || !example.names.is_empty() {
            continue;
        }
        let Outcome::Gave { value: wanted, .. } = &example.outcome else { continue };
        all += 1;
        let args: Vec<Value> = example.args.iter().map(Value::from_datum).collect();
        speaker.begin();
        let told = match meaning.run(&args, &mut speaker) {
            Ok(effect) => effect.value.to_datum(6).to_string(),
            Err(Stop::NotLearned(key, classes)) => format!("not learned: {key} {classes:?}"),
            Err(_) => "undefined".into(),
        };
        // The class of the whole is no part of a formula.
        let contents = |text: &str| text.split_once(',').map_or(text.len().to_string(), |(_, rest)| rest.to_owned());
        let wanted = wanted.to_string();
        if told == wanted || told.starts_with("seq(") && contents(&told) == contents(&wanted) {
            right += 1;
        } else {
            let args: Vec<String> = example.args.iter().map(ToString::to_string).collect();
            println!("{}\n    gave {wanted}\n    told {told} ({:.2})", args.join(", "), speaker.least());
        }
    }
    println!("{right} of {all}");
}
