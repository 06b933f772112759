//! How sure one can be of 3+3 after seeing 2+2, and after seeing more.

use mimus_core::{Datum, Symbol};
use mimus_induce::{Budget, Example, Outcome, Problem, Vocabulary, induce, predict};

fn main() {
    let pairs: Vec<(i64, i64)> = vec![(2, 2), (3, 5), (0, 7), (-4, 1), (10, 10)];
    let pairs = pairs.into_iter().chain((0..15).map(|i| (i * 3 - 11, 17 - i * i))).collect::<Vec<_>>();
    for seen in [1, 2, 3, 5, 20] {
        let examples =
            pairs[..seen].iter().map(|(a, b)| Example::pure(vec![Datum::int(*a), Datum::int(*b)], Datum::int(a + b))).collect();
        let problem = Problem::new(Symbol::new("_ + _"), examples);
        let posterior = induce(&problem, &Vocabulary::default(), Budget { candidates: 20_000, rounds: 1 });
        let answers = predict(&posterior, &Vocabulary::default(), &[Datum::int(3), Datum::int(3)]);
        let known: f64 = answers.iter().map(|(_, p)| p).sum();
        print!("after {seen:2}: 3+3 =");
        for (outcome, p) in answers.iter().take(4) {
            if let Outcome::Gave { value, .. } = outcome {
                print!(" {value} ({p:.3})");
            }
        }
        println!("  something else ({:.3})", 1.0 - known);
        for rival in posterior.rivals.iter().take(3) {
            if let mimus_core::Meaning::Formula(f) = &rival.meaning {
                println!("            {:.3} {}", rival.share, f.result);
            }
        }
    }
}
