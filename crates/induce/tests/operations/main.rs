//! Learns many operations, each from a few dozen examples, and checks what was learned on fresh ones.

mod table;
mod values;

use mimus_core::{Meaning, Symbol};
use mimus_induce::{Budget, Example, Outcome, Problem, Vocabulary, induce, predict};
use table::{Op, TABLE};
use values::{From, Rng, operands};

fn examples(op: &Op, n: usize, seed: u64, from: From) -> Vec<Example> {
    let mut rng = Rng(seed);
    (0..n)
        .map(|_| {
            let args = operands(op.takes, &mut rng, from);
            let outcome = (op.run)(&args);
            Example { args, names: vec![], outcome, times: 1 }
        })
        .collect()
}

fn same(a: &Outcome, b: &Outcome) -> bool {
    match (a, b) {
        (Outcome::Gave { value, changes, .. }, Outcome::Gave { value: w, changes: d, .. }) => {
            let sets = |a: &mimus_core::Datum, b: &mimus_core::Datum| a == b || sorted(a) == sorted(b);
            sets(value, w)
                && changes.iter().all(|(i, v)| d.iter().find(|(j, _)| i == j).is_none_or(|(_, w)| bare(v) == bare(w)))
                && d.iter().all(|(i, v)| changes.iter().any(|(j, w)| i == j && bare(v) == bare(w)))
        }
        (Outcome::Raised(a), Outcome::Raised(b)) => a == b,
        _ => false,
    }
}

fn bare(d: &mimus_core::Datum) -> String {
    let text = sorted(d);
    text.split_once(',').map_or(text.clone(), |(_, rest)| rest.to_string())
}

fn sorted(d: &mimus_core::Datum) -> String {
    if let mimus_core::Datum::Compound(c) = d
        && let mimus_core::Body::Set(items) = &c.body
    {
        let mut all: Vec<String> = items.iter().map(ToString::to_string).collect();
        all.sort();
        return format!("set({:?}, {})", c.class.as_str(), all.join(" "));
    }
    d.to_string()
}

/// What learning one operation came to.
struct Line {
    found: bool,
    wrong: usize,
    size: usize,
    text: String,
    work: u64,
    seconds: f64,
    share: f64,
}

const FRESH: usize = 300;

fn learn(op: &Op, n: usize, candidates: u64) -> Line {
    let start = std::time::Instant::now();
    let problem = Problem::new(Symbol::new(op.name), examples(op, n, 1, From::Training));
    let posterior = induce(&problem, &Vocabulary::default(), Budget { candidates, rounds: 1 });
    let seconds = start.elapsed().as_secs_f64();
    let mut line = Line { found: false, wrong: FRESH, size: 0, text: String::new(), work: posterior.work, seconds, share: 0.0 };
    let Some(best) = posterior.rivals.first() else { return line };
    line.found = true;
    line.share = best.share;
    if let Meaning::Formula(f) = &best.meaning {
        line.size = f.result.size()
            + f.changes.iter().map(|(_, e)| e.size()).sum::<usize>()
            + f.guards.iter().map(|g| g.0.size()).sum::<usize>();
        line.text = f.result.to_string();
        f.changes.iter().for_each(|(i, e)| line.text += &format!("; {i}: {e}"));
        f.guards.iter().for_each(|(e, r)| line.text += &format!("; {e} raises {}", r.text));
        if let Some(r) = &f.undefined {
            line.text += &format!("; else raises {}", r.text);
        }
    }
    let fresh = examples(op, FRESH, 77, From::Fresh);
    let mut posterior = posterior;
    posterior.rivals.truncate(1);
    // A change that leaves an operand as it was is no change.
    let quiet = |outcome: &Outcome, args: &[mimus_core::Datum]| match outcome {
        Outcome::Gave { value, changes, out } => {
            let changes = changes.iter().filter(|(i, v)| bare(v) != bare(&args[*i])).cloned().collect();
            Outcome::Gave { value: value.clone(), changes, out: out.clone() }
        }
        other => other.clone(),
    };
    line.wrong = fresh
        .iter()
        .filter(|e| {
            let found = predict(&posterior, &Vocabulary::default(), &e.args);
            !found.first().is_some_and(|(o, _)| same(&quiet(o, &e.args), &quiet(&e.outcome, &e.args)))
        })
        .count();
    line
}

/// The whole table: `cargo test --release -p mimus-induce --test operations -- --ignored --nocapture`
#[test]
#[ignore = "minutes; run it in the release profile"]
fn sweep() {
    let only = std::env::var("ONLY").unwrap_or_default();
    let candidates = std::env::var("CANDIDATES").ok().and_then(|s| s.parse().ok()).unwrap_or(1_000_000);
    let (mut found, mut exact, mut all, mut slow, mut shares) = (0, 0, 0, 0, 0.0);
    let start = std::time::Instant::now();
    for op in TABLE.iter().filter(|op| {
        only.is_empty() || only.split(';').any(|o| o.strip_suffix('*').map_or(o == op.name, |o| op.name.starts_with(o)))
    }) {
        let line = learn(op, 60, candidates);
        all += 1;
        found += i32::from(line.found);
        shares += line.share;
        exact += i32::from(line.wrong == 0);
        slow += usize::from(line.seconds > 5.0);
        let mark = if !line.found {
            "-"
        } else if line.wrong == 0 {
            "="
        } else {
            "X"
        };
        println!(
            "{mark} {:14} wrong {:3} size {:2} work {:9} {:6.2}s {:.3} {}",
            op.name, line.wrong, line.size, line.work, line.seconds, line.share, line.text
        );
    }
    println!(
        "mean share of what was found {:.3}; exact of that {:.3}",
        shares / f64::from(found),
        f64::from(exact) / f64::from(found)
    );
    println!("{found} found, {exact} exact of {all}; {slow} took over 5 s; {:.0} s", start.elapsed().as_secs_f64());
}

/// Operations that a small budget is enough for, of every kind.
const QUICK: &str = "i + i;i - i;i * i;i / i;i ** n;-i;abs i;i == i;i != i;i < i;i <= i;i & i;i | i;i ^ i;i << n;i >> n;~i;truth i;min i i;\
    max i i;str i;chr i;range n;f + f;f < i;i == f;int f;round f;str f;not b;b == b;b + b;str b;i + b;s + s;s * i;len s;s[::-1];\
    p in s;s == s;truth s;s.upper;s.lower;s.strip;s.split;repr s;list s;l + l;l * i;len l;l[::-1];x in l;l == l;l.append;l.extend;\
    l.remove;l.count;l.reverse;l.sort;l.clear;l.copy;sorted l;all l;enumerate l;zip l l;repr l;set l;tuple l;d.get x;k in d;len d;\
    list d;d.values;d.items;d.update;q | q;q & q;q - q;q <= q;x in q;q.add;q.discard;alien i // i;alien s + s;alien l + x";

#[test]
fn quick_operations_are_exact_on_fresh_examples() {
    let names: Vec<&str> = QUICK.split(';').map(str::trim).collect();
    let mut missed = vec![];
    for name in &names {
        let op = TABLE.iter().find(|op| op.name == *name).unwrap_or_else(|| panic!("no operation `{name}`"));
        let line = learn(op, 60, 25_000);
        if !line.found || line.wrong > 0 {
            missed.push(format!("{name}: {} wrong {}", line.text, line.wrong));
        }
    }
    println!("{} of {} exact", names.len() - missed.len(), names.len());
    assert!(missed.is_empty(), "{missed:#?}");
}
