//! Learns a grammar from trace files, reads the programs of another and prints how many come out as their spans say.
//!
//! `cargo run --release -p mimus-grammar --example bracket -- LEARN.jsonl.. --on TEST.jsonl [--show N] [--most N]`

use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;
use std::time::Instant;

use mimus_core::Tree;
use mimus_grammar::{Grammar, Learner};
use mimus_trace::{Program, read_trace};

fn programs(path: &str) -> Vec<Program> {
    let mut all = Vec::new();
    let file = File::open(path).unwrap_or_else(|e| panic!("{path}: {e}"));
    if let Err(e) = read_trace(path, BufReader::new(file), |p| all.push(Program { acts: Vec::new(), objects: Vec::new(), ..p })) {
        eprintln!("{e}");
    }
    all
}

/// A text as JSON.
fn serde_free(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|c| match c {
            '"' => "\\\"".into(),
            '\\' => "\\\\".into(),
            '\n' => "\\n".into(),
            _ => c.to_string(),
        })
        .collect();
    format!("\"{escaped}\"")
}

/// All pieces: where, and what.
fn pieces(tree: &Tree, out: &mut BTreeSet<(usize, usize, String)>) {
    out.insert((tree.at.start, tree.at.end, tree.form.to_string()));
    for child in tree.children() {
        pieces(child, out);
    }
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| args.iter().position(|a| a == name).and_then(|i| args.get(i + 1));
    let number = |name: &str, other: usize| option(name).and_then(|n| n.parse().ok()).unwrap_or(other);
    let (show, most) = (number("--show", 5), number("--most", usize::MAX));
    let mut learner = Learner::new();
    let start = Instant::now();
    let mut learned = Vec::new();
    for path in args.iter().take_while(|a| !a.starts_with("--")) {
        learned.extend(programs(path));
    }
    learned.truncate(most);
    println!("{} programs loaded in {:.1?}", learned.len(), start.elapsed());
    let start = Instant::now();
    for p in &learned {
        let answer = p.id.starts_with('q') && p.id[1..].bytes().all(|b| b.is_ascii_digit());
        if let Err(e) = if answer { learner.add_answer(p) } else { learner.add(p) } {
            println!("{}: {e}", p.id);
        }
    }
    let grammar = learner.finish();
    println!("learned in {:.1?}", start.elapsed());
    for line in grammar.summary() {
        println!("  {line}");
    }
    if let Some(pair) = option("--contest") {
        let (open, operator) = pair.split_once('|').unwrap_or((pair, ""));
        println!("{pair}: {:?}", grammar.contest(open.trim(), operator.trim()));
    }
    if let Some(path) = option("--ask") {
        let lines: Vec<String> = grammar.questions().iter().map(|q| serde_free(&q.text)).collect();
        std::fs::write(path, lines.join("\n")).unwrap_or_else(|e| panic!("{path}: {e}"));
        for q in grammar.questions().iter().take(20) {
            println!("  ask {:.2} {:?}: {} | {}", q.worth, q.text, q.outer, q.inner);
        }
    }
    if args.iter().any(|a| a == "--lines") {
        let lines = grammar.to_lines();
        println!("{}", lines.join("\n"));
    }
    let lines = grammar.to_lines();
    let again = Grammar::from_lines(&lines).unwrap_or_else(|(i, why)| panic!("line {i}, {:?}: {why}", lines[i]));
    println!(
        "  {} lines, {} kB; the same when read again: {}",
        lines.len(),
        lines.iter().map(|l| l.len() + 1).sum::<usize>() / 1000,
        again.to_lines() == lines
    );
    let grammar = again;
    for path in args.iter().skip_while(|a| *a != "--on").skip(1).take_while(|a| !a.starts_with("--")) {
        test(&grammar, path, show);
    }
}

fn test(grammar: &Grammar, path: &str, show: usize) {
    let all = programs(path);
    let (mut units, mut right, mut lines, mut right_lines, mut bytes, mut unshaped, mut shown, mut faults) =
        (0, 0, 0, 0, 0, 0, 0, 0);
    let mut doubted = 0;
    let mut time = std::time::Duration::ZERO;
    let mut sure: Vec<(f64, bool)> = Vec::new();
    for p in &all {
        let truth = match grammar.shape(p) {
            Ok(tree) => tree,
            Err(e) => {
                unshaped += 1;
                if unshaped < 4 {
                    println!("{}: {e}: {:?}", p.id, p.source.get(e.at.start..e.at.end));
                }
                continue;
            }
        };
        let start = Instant::now();
        let reading = grammar.read(&p.source);
        time += start.elapsed();
        bytes += p.source.len();
        let (mut a, mut b) = (BTreeSet::new(), BTreeSet::new());
        pieces(&truth, &mut a);
        pieces(&reading.tree, &mut b);
        // Blocks reach from their first to their last statement, however the teacher marks them.
        units += 1;
        faults += reading.faults.len();
        let same = a == b;
        right += usize::from(same);
        sure.push((reading.confidence, same));
        let line = |at: usize| p.source[..at].matches('\n').count();
        // A piece of many lines is wrong where it begins.
        let wrong: BTreeSet<usize> =
            a.symmetric_difference(&b).filter(|d| !d.2.starts_with("block")).map(|d| line(d.0)).collect();
        let n = p.source.lines().filter(|l| !l.trim().is_empty()).count();
        lines += n;
        right_lines += n.saturating_sub(wrong.len());
        if same && reading.confidence < 0.3 && doubted < show {
            doubted += 1;
            println!("+++ {} is right (confidence {:.3})", p.id, reading.confidence);
            for (at, p_) in &reading.doubts {
                println!("  doubt {p_:.3}: {:?}", p.source[at.clone()].chars().take(100).collect::<String>());
            }
        }
        if !same && shown < show {
            shown += 1;
            println!("--- {} (confidence {:.3})", p.id, reading.confidence);
            for fault in &reading.faults {
                println!("  fault: {} in {:?}", fault.message, &p.source[fault.at.clone()].chars().take(100).collect::<String>());
            }
            let text = |d: &(usize, usize, String)| p.source[d.0..d.1].chars().take(100).collect::<String>();
            for d in a.difference(&b).take(4) {
                println!("  missing: {:?} {:?}", d.2, text(d));
            }
            for d in b.difference(&a).take(4) {
                println!("  made up: {:?} {:?}", d.2, text(d));
            }
        }
    }
    println!(
        "{path}: {right} of {units} units ({:.2} %), {right_lines} of {lines} lines ({:.3} %), {unshaped} without shape, {faults} faults, {:.0} kB/s",
        100.0 * right as f64 / units as f64,
        100.0 * right_lines as f64 / lines as f64,
        bytes as f64 / 1000.0 / time.as_secs_f64()
    );
    sure.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (from, to) in [(0.999, 2.0), (0.99, 0.999), (0.9, 0.99), (0.5, 0.9), (0.1, 0.5), (-1.0, 0.1)] {
        let part: Vec<_> = sure.iter().filter(|s| s.0 >= from && s.0 < to).collect();
        println!("  confidence {from:.3} and up: {} of {} right", part.iter().filter(|s| s.1).count(), part.len());
    }
}
