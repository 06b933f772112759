//! How long a search takes: operations of a few kinds, each shown by two dozen examples.

use mimus_core::{Datum, Symbol};
use mimus_induce::{Budget, Example, Problem, Vocabulary, induce};

fn main() {
    divan::main();
}

const TEXTS: &[&str] = &["ab-cd", "x", "-", "a-b-c", "", "hello", "long-er", "no dash", "--", "q-", "-r", "7-8"];

/// What the `n`th example takes and gives.
fn line(kind: &str, n: usize) -> (Vec<Datum>, Datum) {
    let (i, t) = (n as i64 * 7 - 40, TEXTS[n % TEXTS.len()]);
    match kind {
        "sum" => (vec![Datum::int(i), Datum::int(n as i64)], Datum::int(i + n as i64)),
        "distance" => (vec![Datum::int(i), Datum::int(n as i64)], Datum::int((i - n as i64).abs() + 1)),
        "exchanged" => {
            let (from, to) = (["-", "a", "e"][n % 3], ["+", "", "::", "x"][n % 4]);
            (vec![Datum::text(t), Datum::text(from), Datum::text(to)], Datum::text(&t.replace(from, to)))
        }
        _ => (vec![Datum::text(t), Datum::int(n as i64 % 9)], Datum::text(&format!("{t:<width$}", width = n % 9))),
    }
}

#[divan::bench(args = ["sum", "distance", "exchanged", "padded"])]
fn search(bencher: divan::Bencher<'_, '_>, kind: &str) {
    let examples: Vec<Example> = (0..24).map(|n| line(kind, n)).map(|(args, gives)| Example::pure(args, gives)).collect();
    let problem = Problem::new(Symbol::new("op"), examples);
    let vocabulary = Vocabulary::default();
    bencher.bench_local(|| {
        let found = induce(&problem, &vocabulary, Budget { candidates: 100_000, rounds: 1 });
        assert!(!found.rivals.is_empty(), "{kind} was not found");
        found
    });
}
