//! Operations on texts that no known language has: padding, columns and gaps in other ways.

use mimus_core::{Datum, Meaning, Symbol};
use mimus_induce::{Budget, Example, Outcome, Problem, Vocabulary, induce, predict};

/// Learns an operation from examples, and checks it on others.
#[track_caller]
fn check(name: &str, training: Vec<Example>, fresh: &[Example]) {
    let problem = Problem::new(Symbol::new(name), training);
    let posterior = induce(&problem, &Vocabulary::default(), Budget { candidates: 100_000, rounds: 1 });
    let found: Vec<String> = posterior
        .rivals
        .iter()
        .filter_map(|r| if let Meaning::Formula(f) = &r.meaning { Some(f.result.to_string()) } else { None })
        .collect();
    for example in fresh {
        let outcome = predict(&posterior, &Vocabulary::default(), &example.args).into_iter().next().map(|(outcome, _)| outcome);
        assert_eq!(outcome.as_ref(), Some(&example.outcome), "{name}: {} by {found:?}", example.describe());
    }
}

/// Numbers that look like chance.
fn chance(seed: &mut u64, below: usize) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as usize % below
}

fn word(seed: &mut u64, letters: &[&str], most: usize) -> String {
    (0..chance(seed, most + 1)).map(|_| letters[chance(seed, letters.len())]).collect()
}

/// Examples of an operation on a text and an integer.
fn sized(count: usize, seed: u64, letters: &[&str], least: i64, run: fn(&str, i64) -> String) -> Vec<Example> {
    let mut seed = seed;
    let make = |_| {
        let text = word(&mut seed, letters, 8);
        let size = least + chance(&mut seed, 16) as i64;
        Example::pure(vec![Datum::text(&text), Datum::int(size)], Datum::text(&run(&text, size)))
    };
    (0..count).map(make).collect()
}

#[track_caller]
fn check_sized(name: &str, letters: &[&str], least: i64, run: fn(&str, i64) -> String) {
    check(name, sized(120, 7, letters, least, run), &sized(200, 99, letters, least, run));
}

fn missing(text: &str, size: i64) -> usize {
    usize::try_from(size - text.chars().count() as i64).unwrap_or(0)
}

#[test]
fn padding_behind_a_mark() {
    fn padded(text: &str, size: i64) -> String {
        let front = text.chars().next().filter(|c| "~!".contains(*c)).map_or(0, char::len_utf8);
        format!("{}{}{}", &text[..front], "#".repeat(missing(text, size)), &text[front..])
    }
    check_sized("pad", &["a", "b", "7", "é", "~", "!"], -3, padded);
}

#[test]
fn text_in_the_middle() {
    fn odd_left(text: &str, size: i64) -> String {
        let pad = missing(text, size);
        format!("{}{text}{}", ".".repeat(pad - pad / 2), ".".repeat(pad / 2))
    }
    fn odd_right(text: &str, size: i64) -> String {
        let pad = missing(text, size);
        format!("{}{text}{}", "_".repeat(pad / 2), "_".repeat(pad - pad / 2))
    }
    check_sized("middle", &["a", "b", "日"], -3, odd_left);
    check_sized("midst", &["a", "b", "日"], -3, odd_right);
}

#[test]
fn marks_that_lead_to_the_next_column() {
    fn columns(text: &str, size: i64) -> String {
        let mut out = String::new();
        for c in text.chars() {
            match c {
                '>' => {
                    let column = out.rsplit('/').next().unwrap_or_default().chars().count() as i64;
                    (0..size - column % size).for_each(|_| out.push('.'));
                }
                _ => out.push(c),
            }
        }
        out
    }
    check_sized("columns", &["a", "bc", "é", ">", ">", "/"], 1, columns);
}

/// Examples of templates with gaps for the elements of a sequence.
fn filled(count: usize, seed: u64, open: &str, close: &str, run: fn(&str, i64) -> String) -> Vec<Example> {
    let mut seed = seed;
    let make = |_| {
        let (mut template, mut whole, mut operands) = (String::new(), String::new(), vec![]);
        for _ in 0..1 + chance(&mut seed, 3) {
            let before = word(&mut seed, &["x", "y ", ", ", "é"], 3);
            let (told, number) = (["u", "w"][chance(&mut seed, 2)], chance(&mut seed, 200) as i64 - 50);
            template += &format!("{before}{open}{told}{close}");
            whole += &format!("{before}{}", run(told, number));
            operands.push(Datum::int(number));
        }
        let after = word(&mut seed, &["z", " ", "!"], 3);
        let args = vec![Datum::text(&(template + &after)), Datum::seq("row", operands)];
        Example::pure(args, Datum::text(&(whole + &after)))
    };
    (0..count).map(make).collect()
}

#[test]
fn gaps_give_way_to_operands() {
    fn plain(_: &str, number: i64) -> String {
        number.to_string()
    }
    for (open, close) in [("<", ">"), ("~", ""), ("[", "]")] {
        check("fill", filled(120, 3, open, close, plain), &filled(200, 77, open, close, plain));
    }
}

#[test]
fn gaps_say_what_is_made_of_operands() {
    fn by_what_it_says(told: &str, number: i64) -> String {
        if told == "u" { number.to_string() } else { (-number).to_string() }
    }
    check("say", filled(120, 5, "<", ">", by_what_it_says), &filled(200, 78, "<", ">", by_what_it_says));
}

#[test]
fn too_few_operands_fail() {
    let few = |mut examples: Vec<Example>| {
        for example in examples.iter_mut().step_by(5) {
            if let (Datum::Compound(c), Outcome::Gave { .. }) = (&example.args[1], &example.outcome)
                && let mimus_core::Body::Seq(items) = &c.body
            {
                let rest = items[..items.len() - 1].to_vec();
                *example = Example::raised(vec![example.args[0].clone(), Datum::seq("row", rest)], "Few", "too few");
            }
        }
        examples
    };
    fn plain(_: &str, number: i64) -> String {
        number.to_string()
    }
    check("few", few(filled(120, 3, "<", ">", plain)), &few(filled(100, 77, "<", ">", plain)));
}
