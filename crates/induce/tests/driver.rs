//! Several operations learned together: what is learned of one explains another.

use std::collections::BTreeMap;
use std::sync::Arc;

use mimus_core::{Body, Datum, Host, Meaning, Stop, Symbol, Value};
use mimus_induce::{Budget, Example, ReadyMeaning, Speaker, Vocabulary, learn_operations};

fn int(n: i64) -> Datum {
    Datum::int(n)
}
fn list(items: Vec<Datum>) -> Datum {
    Datum::compound(Symbol::new("L"), 7, Body::Seq(items))
}
fn show(d: &Datum) -> String {
    match d {
        Datum::Int(i) => i.to_string(),
        Datum::Text(t) => format!("<{t}>"),
        Datum::Compound(c) => match &c.body {
            Body::Seq(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join("; ")),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

fn shown() -> Vec<Example> {
    let mut all: Vec<Datum> = (-8..12).map(int).collect();
    all.extend(["", "a", "b c", "xyz", "ä", "q-r", "10"].map(Datum::text));
    let mut lists = vec![list(vec![])];
    for n in 1..28 {
        let items = (0..n % 4 + 1).map(|k| all[(n * 5 + k * 11) % all.len()].clone()).collect::<Vec<_>>();
        lists.push(list(items));
        if n % 3 == 0 {
            let inner = lists[(n * 7) % lists.len()].clone();
            lists.push(list(vec![inner.clone(), int(n as i64), inner]));
        }
    }
    all.extend(lists);
    all.iter().map(|d| Example::pure(vec![d.clone()], Datum::text(&show(d)))).collect()
}

#[test]
fn nested_values_show_through_their_elements() {
    let examples = BTreeMap::from([(Symbol::new("show"), shown())]);
    let budget = Budget { candidates: 60_000, rounds: 3 };
    let operations = learn_operations(&examples, &BTreeMap::new(), budget, &mut |_| {});
    for overload in &operations[&Symbol::new("show")].overloads {
        assert!(!overload.meanings.is_empty(), "{:?} was not learned", overload.takes);
    }
    let vocabulary = Vocabulary::of(&operations);
    let mut speaker = Speaker::new(&vocabulary);
    let value = list(vec![int(1), list(vec![Datum::text("x"), list(vec![int(-2)])]), list(vec![])]);
    let found = speaker.learned(Symbol::new("show"), &[Value::from_datum(&value)]).unwrap();
    assert_eq!(found, Value::text("[1; [<x>; [-2]]; []]"));
}

#[test]
fn what_only_a_name_decides_is_remembered() {
    let names = ["push", "pull", "peek", "size"];
    let examples: Vec<Example> = (0..24)
        .map(|n| {
            let own = list((0..n % 5).map(|k| int((k * n) as i64)).collect());
            let name = names[n % 4];
            let bound = Datum::Bound(Symbol::new(&format!("L::{name}")), Arc::new(own.clone()));
            Example::pure(vec![own, Datum::text(name)], bound)
        })
        .collect();
    let examples = BTreeMap::from([(Symbol::new("_ . N"), examples)]);
    let operations = learn_operations(&examples, &BTreeMap::new(), Budget { candidates: 20_000, rounds: 1 }, &mut |_| {});
    let overload = &operations[&Symbol::new("_ . N")].overloads[0];
    let meaning = &overload.meanings.first().expect("learned").meaning;
    println!("{meaning:?}");
    let own = Value::from_datum(&list(vec![int(99)]));
    let mut speaker = Speaker::new(&Vocabulary::default());
    let effect = ReadyMeaning::new(meaning).run(&[own.clone(), Value::text("peek")], &mut speaker).unwrap();
    assert_eq!(effect.value, Value::Bound(std::rc::Rc::new((Symbol::new("L::peek"), own))));
    assert!(matches!(meaning, Meaning::Rote { .. } | Meaning::Formula(_)));
}

#[test]
fn equal_input_gives_equal_operations() {
    let examples = BTreeMap::from([(Symbol::new("show"), shown()[..20].to_vec())]);
    let learn = || learn_operations(&examples, &BTreeMap::new(), Budget { candidates: 5_000, rounds: 2 }, &mut |_| {});
    assert_eq!(learn(), learn());
}

/// Examples of `a + b`, those at some places replaced.
fn sums(wrong: impl Fn(i64, i64, i64) -> Option<i64>) -> BTreeMap<Symbol, Vec<Example>> {
    let example = |n: i64| {
        let (a, b) = (n * 37 % 41 - 12, n * 53 % 47);
        Example::pure(vec![int(a), int(b)], int(wrong(n, a, b).unwrap_or(a + b)))
    };
    BTreeMap::from([(Symbol::new("_ + _"), (0..120).map(example).collect())])
}

#[test]
fn a_few_wild_examples_do_not_hide_a_meaning() {
    let budget = Budget { candidates: 10_000, rounds: 1 };
    let learned = |examples: &BTreeMap<_, _>| {
        let operations = learn_operations(examples, &BTreeMap::new(), budget, &mut |_| {});
        let rivals = &operations[&Symbol::new("_ + _")].overloads[0].meanings;
        rivals.iter().filter(|rival| matches!(rival.meaning, Meaning::Formula(_))).map(|rival| rival.share).sum::<f64>()
    };
    let exact = learned(&sums(|_, _, _| None));
    let wild = learned(&sums(|n, _, _| [17, 80].contains(&n).then_some(1000 * n)));
    assert!(0.9 < wild && wild < exact, "{wild} after wild examples, {exact} without");
    // What is wrong for all of a kind is no accident.
    assert_eq!(learned(&sums(|n, a, b| (b == 0).then_some(a - 7 * n * n - 1))), 0.0);
}

#[test]
fn what_holds_for_every_class_is_learned_for_any() {
    let class =
        |name: &str, items: Vec<Datum>| Datum::compound(Symbol::new(name), if name == "W" { 0 } else { 7 }, Body::Seq(items));
    let wrapped = |n: i64, item: Datum| Example::pure(vec![item.clone()], class("W", vec![item, int(n * n - 3)]));
    let values = |n: i64| {
        let own = class("Own", (0..n % 3).map(int).collect());
        [int(n), Datum::text(&"ab".repeat(n as usize)), class("L", (0..n % 4).map(int).collect()), Datum::Bool(n % 2 == 0), own]
    };
    let example = |n: i64| {
        values(n).map(|item| {
            if item.class() == Symbol::new("Own") {
                wrapped(n, item)
            } else {
                Example::pure(vec![item.clone()], class("W", vec![item]))
            }
        })
    };
    let key = Symbol::new("wrap");
    let examples = BTreeMap::from([(key, (1..14).flat_map(example).collect())]);
    let budget = Budget { candidates: 10_000, rounds: 1 };
    let operations = learn_operations(&examples, &BTreeMap::new(), budget, &mut |_| {});
    let mut speaker = Speaker::new(&Vocabulary::of(&operations));
    // A class that no example had; and one whose examples nothing explains, so that nothing is said of it.
    let found = speaker.learned(key, &[Value::Float(2.5)]).expect("any class");
    assert_eq!(found, Value::from_datum(&class("W", vec![Datum::Float(2.5)])));
    assert!(speaker.learned(key, &[Value::from_datum(&class("Own", vec![int(5), int(6)]))]).is_err());
    let last = operations[&key].overloads.last().expect("overloads");
    assert_eq!(last.takes[0].to_string(), "_");
    assert!(last.meanings.iter().map(|rival| rival.share).sum::<f64>() < 0.75, "one class of five contradicts it");
}

#[test]
fn what_fails_for_most_classes_fails_for_any_with_its_name() {
    let values = |n: i64| [int(n), Datum::Float(n as f64 / 2.0), Datum::Bool(n % 2 == 0), list((0..n % 4).map(int).collect())];
    let key = Symbol::new("glue");
    let left = |n: i64| Datum::text(&"ab".repeat((n % 3) as usize));
    let fails = |n: i64| {
        let refused = move |value: Datum| {
            let text = format!("no {} can be glued", value.class());
            Example::raised(vec![left(n), value], "E", &text)
        };
        values(n).map(refused)
    };
    let glued = |n: i64| {
        let (a, b) = ("ab".repeat((n % 3) as usize), format!("{n}"));
        Example::pure(vec![left(n), Datum::text(&b)], Datum::text(&format!("{a}{b}")))
    };
    let examples = BTreeMap::from([(key, (1..9).flat_map(|n| fails(n).into_iter().chain([glued(n)])).collect())]);
    let budget = Budget { candidates: 10_000, rounds: 1 };
    let operations = learn_operations(&examples, &BTreeMap::new(), budget, &mut |_| {});
    let vocabulary = Vocabulary::of(&operations);
    let mut speaker = Speaker::new(&vocabulary);
    let glued = speaker.learned(key, &[Value::text("x"), Value::text("y")]).expect("texts are glued");
    assert_eq!(glued, Value::text("xy"));
    // A class that no example had.
    let other = Value::from_datum(&Datum::compound(Symbol::new("Own"), 7, Body::Seq(vec![])));
    let Err(Stop::Raised(error)) = speaker.learned(key, &[Value::text("x"), other]) else { panic!("it should fail") };
    assert_eq!(error, Value::error(Symbol::new("E"), "no Own can be glued"));
}

/// A function that was seen to give these values for the elements.
fn seen_to_give(label: u32, calls: impl Iterator<Item = (Datum, Datum)>) -> Datum {
    let calls = calls.map(|(given, gave)| (vec![given], gave)).collect();
    Datum::Function(std::sync::Arc::new(mimus_core::Function { label, calls }))
}

#[test]
fn what_a_function_gives_decides_an_order() {
    let numbers = |n: i64| (0..2 + n % 4).map(move |i| (n * 7 + i * 11) % 13);
    let key = |n: i64, x: i64| match n % 3 {
        0 => int(-x),
        1 => Datum::text(&"b".repeat((x % 5) as usize)),
        _ => Datum::compound(Symbol::new("T"), 0, Body::Seq(vec![int(x % 3), int(-x)])),
    };
    let example = |n: i64| {
        let function = seen_to_give(900 + n as u32, numbers(n).map(|x| (int(x), key(n, x))));
        let mut sorted: Vec<i64> = numbers(n).collect();
        match n % 3 {
            0 => sorted.sort_by_key(|x| -x),
            1 => sorted.sort_by_key(|x| x % 5),
            _ => sorted.sort_by_key(|x| (x % 3, -x)),
        }
        let list =
            |items: Vec<i64>, label| Datum::compound(Symbol::new("L"), label, Body::Seq(items.into_iter().map(int).collect()));
        Example::pure(vec![list(numbers(n).collect(), 1), function], list(sorted, 0))
    };
    let key = Symbol::new("order");
    let examples = BTreeMap::from([(key, (1..60).map(example).collect())]);
    let operations = learn_operations(&examples, &BTreeMap::new(), Budget { candidates: 30_000, rounds: 2 }, &mut |_| {});
    let best = &operations[&key].overloads[0].meanings.first().expect("a meaning").meaning;
    let Meaning::Formula(formula) = best else { panic!("no formula") };
    assert_eq!(formula.result.to_string(), "sort_by(apply(a1, v0), a0)");
}

#[test]
fn what_is_before_and_after_a_part_is_found() {
    let example = |n: usize| {
        let texts = ["a-b-c", "ab", "--", "x-", "-y", "", "one two", "b b", "aXbXc", "kk"];
        let parts = ["-", "b", " ", "X", "k"];
        let (text, part) = (texts[n % 10], parts[n / 10 % 5]);
        let pieces = text.split_once(part).map_or([text, "", ""], |(before, after)| [before, part, after]);
        let body = Body::Seq(pieces.iter().map(|piece| Datum::text(piece)).collect());
        Example::pure(vec![Datum::text(text), Datum::text(part)], Datum::compound(Symbol::new("T"), 0, body))
    };
    let key = Symbol::new("cut");
    let examples = BTreeMap::from([(key, (0..50).map(example).collect())]);
    let operations = learn_operations(&examples, &BTreeMap::new(), Budget { candidates: 50_000, rounds: 2 }, &mut |_| {});
    assert!(!operations[&key].overloads[0].meanings.is_empty(), "a meaning");
}

#[test]
fn what_holds_for_texts_holds_for_bytes() {
    let texts = ["a,b", "", "x", "one two", ",", "a,,b", "A,B,c", "tail,", "q r,s", ",u", "1,2,3,4", "no"];
    let cut = |part: &str| part.to_uppercase();
    let shown: Vec<Example> = texts
        .iter()
        .map(|t| Example::pure(vec![Datum::text(t)], list(t.split(',').map(|part| Datum::text(&cut(part))).collect())))
        .collect();
    let bytes = |b: &[u8]| Datum::Bytes(b.into());
    let pieces = |b: &[u8]| list(b.split(|c| *c == b',').map(|part| bytes(&part.to_ascii_uppercase())).collect());
    let raw: [&[u8]; 9] = [b"a,b", b"", b"\xe9,x", b"A\xc3\xa9,,\xff", b",", b"one,two", b"\x80\x81", b"z,", b"xyz"];
    let seen: Vec<Example> = raw.iter().map(|b| Example::pure(vec![bytes(b)], pieces(b))).collect();
    let key = Symbol::new("@B.cut");
    let examples = BTreeMap::from([(Symbol::new("@T.cut"), shown), (key, seen)]);
    let operations = learn_operations(&examples, &BTreeMap::new(), Budget { candidates: 30_000, rounds: 3 }, &mut |_| {});
    let vocabulary = Vocabulary::of(&operations);
    let asked: &[u8] = b"\xfeb,\xe4C,d";
    let found = Speaker::new(&vocabulary).learned(key, &[Value::from_datum(&bytes(asked))]).unwrap();
    assert_eq!(found, Value::from_datum(&pieces(asked)), "{:?}", operations[&key]);
}

#[test]
fn a_function_gets_an_element_of_each_of_several_runs() {
    let run = |n: i64, k: i64| (0..2 + (n + k) % 3).map(move |i| int((n * 5 + k * 7 + i * 3) % 17));
    let list = |items: Vec<Datum>, label| Datum::compound(Symbol::new("L"), label, Body::Seq(items));
    let value = |datum: &Datum| if let Datum::Int(n) = datum { i64::try_from(n).unwrap_or(0) } else { 0 };
    let example = |n: i64| {
        let runs: Vec<Vec<Datum>> = (0..1 + n % 2).map(|k| run(n, k).collect()).collect();
        let rows = runs.iter().map(Vec::len).min().unwrap_or(0);
        let row = |i: usize| -> Vec<Datum> { runs.iter().map(|run| run[i].clone()).collect() };
        let gives = |row: &[Datum]| int(row.iter().map(value).sum::<i64>() * (n % 3 - 1));
        let calls = (0..rows).map(|i| (row(i), gives(&row(i)))).collect();
        let function = Datum::Function(std::sync::Arc::new(mimus_core::Function { label: 500 + n as u32, calls }));
        let parts = std::iter::once(function).chain(runs.iter().map(|run| list(run.clone(), 0))).collect();
        let made = Datum::compound(Symbol::new("made"), 0, Body::Seq(parts));
        Example::pure(vec![made], list((0..rows).map(|i| gives(&row(i))).collect(), 0))
    };
    let key = Symbol::new("gather");
    let examples = BTreeMap::from([(key, (1..80).map(example).collect())]);
    let operations = learn_operations(&examples, &BTreeMap::new(), Budget { candidates: 30_000, rounds: 2 }, &mut |_| {});
    let best = &operations[&key].overloads[0].meanings.first().expect("a meaning").meaning;
    let Meaning::Formula(formula) = best else { panic!("no formula") };
    let found = formula.result.to_string();
    assert!(found.contains("apply(at(a0, 0), at(v0, 0), at(v0, 1))"), "{found}");
}

#[test]
fn two_that_show_a_value_do_not_only_pass_it_to_each_other() {
    // Both are seen with the same values, and each could be what the other does.
    let shown = |n: i64| Example::pure(vec![int(n)], Datum::text(&format!("{n}")));
    let keys = ["one", "other", "third"].map(Symbol::new);
    let examples = keys.map(|key| (key, (-40..40).map(shown).collect()));
    let operations =
        learn_operations(&BTreeMap::from(examples), &BTreeMap::new(), Budget { candidates: 10_000, rounds: 3 }, &mut |_| {});
    let vocabulary = Vocabulary::of(&operations);
    for key in keys {
        let found = Speaker::new(&vocabulary).learned(key, &[Value::Int(-417)]).unwrap_or_else(|e| panic!("{key}: {e:?}"));
        assert_eq!(found, Value::text("-417"), "{key}");
    }
}

#[test]
fn a_sum_is_made_of_a_learned_addition() {
    let half = |n: i64| Datum::Float(n as f64 / 2.0);
    let number = |n: i64| if n % 3 == 0 { half(n) } else { int(n) };
    let twice = |datum: &Datum| match datum {
        Datum::Int(n) => 2 * i64::try_from(n).unwrap_or(0),
        Datum::Float(x) => (2.0 * x) as i64,
        _ => 0,
    };
    let is_float = |datum: &Datum| matches!(datum, Datum::Float(_));
    let total = |items: &[Datum]| {
        let sum = items.iter().map(twice).sum::<i64>();
        if items.iter().any(is_float) { half(sum) } else { int(sum / 2) }
    };
    let added = |n: i64| {
        let pair = [number(n * 5 % 23 - 7), number(n * 7 % 19 - 4)];
        Example::pure(pair.to_vec(), total(&pair))
    };
    let gathered = |n: i64| {
        let items: Vec<Datum> = (0..n % 6).map(|i| number((n * 11 + i * 5) % 31 - 12)).collect();
        Example::pure(vec![list(items.clone())], total(&items))
    };
    let key = Symbol::new("total");
    let examples = BTreeMap::from([(Symbol::new("_ + _"), (0..90).map(added).collect()), (key, (0..90).map(gathered).collect())]);
    let operations = learn_operations(&examples, &BTreeMap::new(), Budget { candidates: 60_000, rounds: 3 }, &mut |_| {});
    let asked = Value::from_datum(&list(vec![int(4), Datum::Float(1.5), int(-2), int(10)]));
    let found = Speaker::new(&Vocabulary::of(&operations)).learned(key, &[asked]).unwrap();
    assert_eq!(found, Value::Float(13.5), "{:?}", operations[&key]);
}

#[test]
fn what_a_known_step_leads_to_is_no_table() {
    let names = ["one", "two", "three", "four", "five", "six", "seven", "eight"];
    let boxes = ["red", "blue", "green", "white"];
    let atom = |name: &str| Datum::Atom(Symbol::new(name));
    let taken = |name: &str, of: &str, args: [&str; 2]| {
        assert!(args.contains(&name) && args.contains(&of));
        Example { times: 9, ..Example::pure(args.map(Datum::text).to_vec(), atom(name)) }
    };
    let all = || names.iter().flat_map(|name| boxes.iter().map(move |of| (*name, *of)));
    let budget = Budget { candidates: 30_000, rounds: 3 };
    let held = all().map(|(name, of)| taken(name, of, [name, of])).collect();
    let known = learn_operations(&BTreeMap::from([(Symbol::new("_ of _"), held)]), &BTreeMap::new(), budget, &mut |_| {});
    // Half of them, the other way round.
    let key = Symbol::new("take _ _");
    let half = all().take(16).map(|(name, of)| taken(name, of, [of, name])).collect();
    let operations = learn_operations(&BTreeMap::from([(key, half)]), &known, budget, &mut |_| {});
    for (name, of) in all() {
        let found = Speaker::new(&Vocabulary::of(&operations)).learned(key, &[Value::text(of), Value::text(name)]);
        assert_eq!(found.ok(), Some(Value::from_datum(&atom(name))), "{name}: {:?}", operations[&key]);
    }
}

#[test]
fn the_number_in_a_frame_is_tried_like_an_operand() {
    let mut examples = Vec::new();
    let mut shown = |x: f64, says: String, gives: String| {
        examples.push(Example::pure(vec![Datum::Float(x), Datum::text(&says)], Datum::text(&gives)));
    };
    for n in 0..30_i32 {
        let (x, places, width) = (f64::from(n * 37 % 101) * 1.37 - 40.0, (n % 6) as usize, (n % 9 + 4) as usize);
        shown(x, format!(":.{places}f"), format!("{x:.places$}"));
        shown(x, format!(":.{places}e"), format!("{x:.places$e}"));
        shown(x, format!(":^{width}"), format!("{x:^width$}"));
        shown(x, format!(":,.{places}x"), format!("{}|{places}", if n % 2 == 0 { "a" } else { "b" }));
        shown(x, "!r".into(), format!("<{x}>"));
    }
    let examples = BTreeMap::from([(Symbol::new("say"), examples)]);
    let operations = learn_operations(&examples, &BTreeMap::new(), Budget { candidates: 4_000, rounds: 2 }, &mut |_| {});
    let mut speaker = Speaker::new(&Vocabulary::of(&operations));
    let told = speaker.learned(Symbol::new("say"), &[Value::Float(2.25), Value::text(":.1f")]);
    assert_eq!(told.expect("learned"), Value::text("2.2"));
}
