//! Operations whose overloads help one another, or that are several cases at once.

use std::collections::BTreeMap;

use mimus_core::{Body, Datum, Host, Symbol, Value};
use mimus_induce::{Budget, Example, Outcome, Speaker, Vocabulary, learn_operations};

/// Operands, and what they give; `None` for an error.
type Line = (Vec<Datum>, Option<Datum>);

/// Learns an operation from lines, then asks it; `asked` was not shown.
fn check(what: &str, shown: Vec<Line>, asked: Vec<Line>) {
    let key = Symbol::new("op");
    let error = || Datum::compound(Symbol::new("Odd"), 0, Body::Record(vec![(Symbol::new("text"), Datum::text("odd"))]));
    let example = |(args, gives): Line| {
        let outcome = match gives {
            Some(value) => Outcome::Gave { value, changes: vec![], out: String::new() },
            None => Outcome::Raised(error()),
        };
        Example { args, names: vec![], outcome, times: 1 }
    };
    let examples = BTreeMap::from([(key, shown.into_iter().map(example).collect())]);
    let operations = learn_operations(&examples, &BTreeMap::new(), Budget { candidates: 60_000, rounds: 3 }, &mut |_| {});
    let vocabulary = Vocabulary::of(&operations);
    let mut speaker = Speaker::new(&vocabulary);
    for (args, gives) in asked {
        let args: Vec<Value> = args.iter().map(Value::from_datum).collect();
        let found = speaker.learned(key, &args).ok().map(|value| value.to_datum(8).to_string());
        let known = || operations[&key].overloads.iter().map(known).collect::<String>();
        assert_eq!(found, gives.map(|value| value.to_string()), "{what}: {args:?} by{}", known());
    }
}

/// An overload, for people.
fn known(overload: &mimus_knowledge::Overload) -> String {
    let takes: Vec<String> = overload.takes.iter().map(ToString::to_string).collect();
    let best = overload.meanings.first().map(|rival| (rival.share, &rival.meaning));
    let meaning = match best {
        Some((share, mimus_core::Meaning::Formula(formula))) => format!("{share:.2} {}", formula.result),
        Some((share, _)) => format!("{share:.2} by heart"),
        None => "unknown".to_owned(),
    };
    format!("\n  ({}) {} seen: {meaning}", takes.join(", "), overload.seen)
}

fn text(t: &str) -> Datum {
    Datum::text(t)
}

fn list(items: Vec<Datum>) -> Datum {
    Datum::compound(Symbol::new("list"), 0, Body::Seq(items))
}

#[test]
fn an_operand_that_is_left_out_has_a_value() {
    let padded = |word: &str, n: i64, mark: &str| text(&format!("{}{word}", mark.repeat(n as usize)));
    let words = ["a", "bc", "", "def", "x y", "-", "long one", "ä"];
    let marks = ["*", " ", "-", "0"];
    let line = |i: usize| {
        let (word, n, mark) = (words[i % 8], (i * 7 % 5) as i64, marks[i * 3 % 4]);
        (vec![text(word), Datum::int(n), text(mark)], Some(padded(word, n, mark)))
    };
    // Few are shown without the mark: too few to find what is done there, enough to see that it is the same.
    let short = |i: usize| {
        let (word, n) = (words[(i * 3 + 1) % 8], (i * 2 % 5) as i64);
        (vec![text(word), Datum::int(n)], Some(padded(word, n, "*")))
    };
    let shown = (0..40).map(line).chain((0..5).map(short)).collect();
    check("padding", shown, vec![(vec![text("new"), Datum::int(3)], Some(text("***new")))]);
}

#[test]
fn elements_of_some_classes_go_together() {
    let plain = |i: usize| match i % 3 {
        0 => Datum::int(i as i64 % 7),
        1 => text(["a", "b", "cd"][i % 2]),
        _ => Datum::Bool(i.is_multiple_of(2)),
    };
    let items = |i: usize| (0..i % 5).map(|j| plain(i * 3 + j * 5)).collect::<Vec<_>>();
    let good = |i: usize| {
        let last = items(i);
        (vec![list(last.clone())], Some(list(last.into_iter().rev().collect())))
    };
    // One that holds a list is an error, wherever that stands.
    let bad = |i: usize| {
        let mut items = items(i);
        items.insert(items.len() / 2, list(vec![Datum::int(i as i64)]));
        (vec![list(items)], None)
    };
    let shown = (0..36).map(good).chain((0..12).map(bad)).collect();
    let mixed = list(vec![Datum::int(70), text("new"), Datum::Bool(true)]);
    let turned = list(vec![Datum::Bool(true), text("new"), Datum::int(70)]);
    check("turning round", shown, vec![(vec![mixed], Some(turned))]);
}

#[test]
fn what_an_integer_leads_to_depends_on_its_sign() {
    let value = |a: i64, b: i64| if b < 0 { text(&format!("{a}<{}", -b)) } else { Datum::int(a * b + 1) };
    let line =
        |i: i64| (vec![Datum::int(i * 5 % 17 - 8), Datum::int(i * 7 % 13 - 6)], Some(value(i * 5 % 17 - 8, i * 7 % 13 - 6)));
    let asked = vec![
        (vec![Datum::int(31), Datum::int(-40)], Some(text("31<40"))),
        (vec![Datum::int(-31), Datum::int(40)], Some(Datum::int(-1239))),
    ];
    check("two cases", (0..90).map(line).collect(), asked);
}

/// What a text says of another one: how much of it is kept, and how it stands in a wider place.
fn shown(word: &str, says: &str) -> Option<String> {
    let chars: Vec<char> = says.chars().collect();
    let at = chars.iter().take(2).position(|c| matches!(c, '<' | '>'));
    let (fill, align, rest) = match at {
        Some(1) => (chars[0], chars[1], &chars[2..]),
        Some(_) => (' ', chars[0], &chars[1..]),
        None => (' ', '<', &chars[..]),
    };
    let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    let width: usize = rest[..digits].iter().collect::<String>().parse().unwrap_or(0);
    let rest: String = rest[digits..].iter().collect();
    let kept: String = match rest.as_str() {
        "" | "s" => word.to_owned(),
        other => word.chars().take(other.strip_prefix('.')?.parse().ok()?).collect(),
    };
    let lacking = fill.to_string().repeat(width.saturating_sub(kept.chars().count()));
    Some(if align == '<' { kept + &lacking } else { lacking + &kept })
}

#[test]
fn a_text_says_one_thing_after_the_other() {
    let words = ["a", "bc", "", "def", "x y", "-", "long one", "\u{e4}"];
    let outer = ["", "", "", "<", ">", "*<", "->", "_>", "#<", "+>", "=<", ""];
    let inner = ["", "s", ".1", ".3", ".0"];
    let line = |i: usize| {
        let (word, width) = (words[i * 3 % 8], i * 7 % 13 + 1);
        let outer = outer[i % 12];
        let number = if outer.is_empty() && i % 36 < 24 { String::new() } else { width.to_string() };
        let says = format!("{outer}{number}{}", inner[i / 12 % 5]);
        let made = text(&shown(word, &says).expect("a well formed text"));
        (vec![text(word), text(&says)], Some(made))
    };
    let asked = ["~>9.4", ">12s", "<3.0", "?<5", "7.1"]
        .map(|says| (vec![text("new word"), text(says)], Some(text(&shown("new word", says).expect("a well formed text")))));
    check("showing", (0..420).map(line).collect(), asked.to_vec());
}
