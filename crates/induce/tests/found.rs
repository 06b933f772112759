//! Kinds of operations that a search finds with little work: each is shown by example, then asked for something new.

use mimus_core::{Body, Datum, Symbol, Value};
use mimus_induce::{Budget, Example, Problem, ReadyMeaning, Speaker, Vocabulary, induce};

/// Operands and result; the last lines are not shown, but asked.
type Lines = Vec<(Vec<Datum>, Datum)>;

/// Candidates that a search may look at.
const FEW: u64 = 25_000;
const SOME: u64 = 100_000;

fn check(what: &str, candidates: u64, mut lines: Lines, asked: usize) {
    let fresh = lines.split_off(lines.len() - asked);
    let examples = lines.into_iter().map(|(args, gives)| Example::pure(args, gives)).collect();
    let vocabulary = Vocabulary::default();
    let found = induce(&Problem::new(Symbol::new("op"), examples), &vocabulary, Budget { candidates, rounds: 1 });
    let best = found.rivals.first().unwrap_or_else(|| panic!("{what}: nothing was found"));
    let meaning = ReadyMeaning::new(&best.meaning);
    for (args, gives) in fresh {
        let args: Vec<Value> = args.iter().map(Value::from_datum).collect();
        let value = meaning.run(&args, &mut Speaker::new(&vocabulary)).unwrap_or_else(|e| panic!("{what}: {e:?}")).value;
        assert_eq!(value.to_datum(8).to_string(), gives.to_string(), "{what}: {:?}", best.meaning);
    }
}

fn text(t: &str) -> Datum {
    Datum::text(t)
}

const TEXTS: &[&str] = &[
    "ab-cd",
    "x",
    "-",
    "a-b-c",
    "",
    "hello",
    "long-er text",
    "ö-ß",
    "no dash",
    "--",
    "q-",
    "-r",
    "7-8",
    "tail",
    "mid-dle",
    "one-two-three",
    "zz",
    "y-",
    "a b",
    "end-",
    "k-l",
    "m",
    "n-o-p-q",
    "r s-t",
];

#[test]
fn results_of_several_kinds() {
    let ints = (0..20).map(|n| (vec![text(&(n * 37 - 90).to_string())], Datum::int(n * 37 - 90)));
    let floats = (1..21).map(|n| {
        let x = f64::from(n) * 0.75 - 4.0;
        let spelled = if n % 3 == 0 { format!("{x:e}") } else { format!("{x:?}") };
        (vec![text(&spelled)], Datum::Float(x))
    });
    let mut lines: Lines = ints.chain(floats).collect();
    lines.extend([(vec![text("-405")], Datum::int(-405)), (vec![text("25e-2")], Datum::Float(0.25))]);
    check("an integer or a float", FEW, lines, 2);
}

#[test]
fn one_step_on_three_operands() {
    let line = |(i, t): (usize, &&str)| {
        let (from, to) = (["-", "a", "e", "xx"][i % 4], ["+", "", "::"][i % 3]);
        (vec![text(t), text(from), text(to)], text(&t.replace(from, to)))
    };
    check("parts exchanged", FEW, TEXTS.iter().enumerate().map(line).collect(), 3);
}

#[test]
fn marks_inside_of_brackets() {
    let line = |(i, t): (usize, &&str)| {
        let (written, meant) = match i % 3 {
            0 => (t.replace('-', "~n"), t.replace('-', "\n")),
            1 => (t.replace('-', "~~"), t.replace('-', "~")),
            _ => ((*t).to_string(), (*t).to_string()),
        };
        (vec![text(&format!("<{written}>"))], text(&meant))
    };
    check("marks", FEW, TEXTS.iter().enumerate().map(line).collect(), 4);
}

#[test]
fn what_is_before_and_after() {
    let three = |items: [&str; 3]| Datum::compound(Symbol::new("T"), 0, Body::Seq(items.map(text).to_vec()));
    let line = |(i, t): (usize, &&str)| {
        let part = ["-", "e", "-", "l", "- "][i % 5];
        let gives = t.split_once(part).map_or(three([t, "", ""]), |(before, after)| three([before, part, after]));
        (vec![text(t), text(part)], gives)
    };
    check("three parts", SOME, TEXTS.iter().chain(TEXTS).enumerate().map(line).collect(), 3);
}

#[test]
fn maps_of_two_operands() {
    let chars = |t: &str| -> Vec<Datum> { t.chars().map(|c| text(&c.to_string())).collect() };
    let line = |n: usize| {
        let keys: String = "abcdefghij".chars().skip(n % 5).take(1 + n % 4).collect();
        let to = Datum::int(n as i64 * 3);
        let entries = chars(&keys).into_iter().map(|key| (key, to.clone())).collect();
        (vec![text(&keys), to.clone()], Datum::compound(Symbol::new("M"), 0, Body::Map(entries)))
    };
    check("a map", FEW, (0..24).map(line).collect(), 3);
}

#[test]
fn gathered_over_numbers_of_both_kinds() {
    let line = |n: usize| {
        let items: Vec<f64> = (0..1 + n % 5).map(|k| (n * 7 + k * 3) as f64 / 4.0 - 6.0).collect();
        let list = Datum::compound(Symbol::new("L"), 0, Body::Seq(items.iter().map(|x| Datum::Float(*x)).collect()));
        (vec![list], Datum::Float(items.iter().fold(0.0, |sum, x| sum + x)))
    };
    check("a sum", FEW, (0..24).map(line).collect(), 3);
}

#[test]
fn records_field_by_field() {
    let record = |held: Datum, mark: Datum| {
        Datum::compound(
            Symbol::new("thing"),
            0,
            Body::Record(vec![(Symbol::new("kind"), text("box")), (Symbol::new("held"), held), (Symbol::new("mark"), mark)]),
        )
    };
    let line = |(i, t): (usize, &&str)| {
        let n = i as i64 * 7 - 30;
        (vec![text(t), Datum::int(n)], record(text(&t.to_uppercase()), Datum::int(n + 1)))
    };
    check("a record of what was given", FEW, TEXTS.iter().enumerate().map(line).collect(), 3);
}

#[test]
fn maps_shown_pair_by_pair() {
    let entries = |i: usize| (0..i % 4).map(move |j| (format!("k{}", (i * 5 + j * 3) % 17), (i * 31 + j * 7) as i64 % 50 - 20));
    let line = |i: usize| {
        let shown: Vec<String> = entries(i).map(|(key, to)| format!("{key}: {to}")).collect();
        let map = entries(i).map(|(key, to)| (text(&key), Datum::int(to))).collect();
        (vec![Datum::compound(Symbol::new("map"), 0, Body::Map(map))], text(&format!("<{}>", shown.join(", "))))
    };
    check("a map as a text", SOME, (0..40).map(line).collect(), 5);
}

#[test]
fn what_is_after_the_last_of_marks_mostly_of_one_character() {
    // One mark of two characters, with nothing behind it, tells its length from one.
    let lines = [
        ("a.b.c", "."),
        ("key=x", "="),
        ("x", "x"),
        ("one two", " "),
        ("q-", "-"),
        ("a::", "::"),
        ("b b b", "b"),
        ("tail", "t"),
        ("end", "d"),
        ("ö-ß", "-"),
        ("7/8/9", "/"),
        ("mm", "m"),
        ("u_v", "_"),
        ("..", "."),
        ("ab--cd", "--"),
        ("l, m, n", ", "),
        ("zz::y", "::"),
    ];
    let line = |(t, mark): &(&str, &str)| (vec![text(t), text(mark)], text(t.rsplit_once(mark).map_or(t, |(_, after)| after)));
    check("behind the last", FEW / 4, lines.iter().map(line).collect(), 3);
}

#[test]
fn rare_characters_shown_by_others_within_quotes() {
    // Each is in few of the texts: none of these may be left out.
    let rare: Vec<(String, String)> = (1..=20u8).map(|n| (char::from(n).to_string(), format!("#{n};"))).collect();
    let line = |i: usize| {
        let (from, to) = if i % 6 == 4 { rare[i / 6 % rare.len()].clone() } else { (String::new(), String::new()) };
        let t = TEXTS[i % TEXTS.len()];
        (vec![text(&format!("{t}{from}"))], text(&format!("<{t}{to}>")))
    };
    check("shown", SOME, (0..260).map(line).collect(), 12);
}

#[test]
fn lengths_that_differ_are_an_error() {
    let code = |c: char| Datum::int(c as i64);
    let pairs = |a: &str, b: &str| {
        let entries = a.chars().zip(b.chars()).map(|(a, b)| (code(a), code(b))).collect();
        Datum::compound(Symbol::new("M"), 0, Body::Map(entries))
    };
    let words = ["ab", "", "xyz", "q", "12", "no", "-", "ö", "cab", "z9"];
    let all = words.iter().enumerate().flat_map(|(i, a)| words.iter().cycle().skip(i).take(6).map(move |b| (*a, *b)));
    let example = |(a, b): (&str, &str)| {
        let args = vec![text(a), text(b)];
        if a.chars().count() == b.chars().count() {
            Example::pure(args, pairs(a, b))
        } else {
            Example::raised(args, "Unequal", "both must be as long")
        }
    };
    let problem = Problem::new(Symbol::new("op"), all.map(example).collect());
    let vocabulary = Vocabulary::default();
    let found = induce(&problem, &vocabulary, Budget { candidates: FEW, rounds: 1 });
    let meaning = ReadyMeaning::new(&found.rivals.first().expect("a meaning").meaning);
    let ask = |a: &str, b: &str| meaning.run(&[Value::text(a), Value::text(b)], &mut Speaker::new(&vocabulary));
    assert_eq!(
        ask("uvw", "rst").expect("a map").value.to_datum(8).to_string().replace("\"\"", "\"M\""),
        pairs("uvw", "rst").to_string()
    );
    assert!(matches!(ask("uvw", "r"), Err(mimus_core::Stop::Raised(_))));
}

#[test]
fn characters_at_the_end_that_another_operand_holds() {
    let line = |i: usize| {
        let text: String = (0..i * 7 % 11).map(|k| ['a', 'b', '-', 'x', ' '][(i * 3 + k * k * 5 + k) % 5]).collect();
        let set = ["ab", "-", "xa ", "", "b- ", "q", "abx- "][i % 7];
        let rest = text.trim_end_matches(|c| set.contains(c)).to_owned();
        (vec![Datum::text(&text), Datum::text(set)], Datum::text(&rest))
    };
    check("cut off at the end", SOME, (0..90).map(line).collect(), 8);
}
