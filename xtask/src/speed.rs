//! How fast programs are beside the teacher's own interpreter.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::mimus::{build, mimus, printed, root};

/// Runs of each program; the fastest counts.
const RUNS: usize = 3;

/// The times that are allowed: at the median, and for any program.
const ALLOWED: [f64; 2] = [3.0, 8.0];

/// Runs each program of `teachers/python/bench` both ways, in turns, and prints how long it took. Fails where output differs.
pub fn speed(runs: Option<&str>) -> Result<(), String> {
    let runs = runs.map_or(Ok(RUNS), |runs| runs.parse().map_err(|_| format!("{runs} is no number of runs")))?;
    build()?;
    // What is on the path may be a script that looks for the interpreter.
    let python = printed(Command::new("python3").args(["-c", "import sys; print(sys.executable)"]))?;
    let folder = root().join("teachers/python/bench");
    let entries = fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut programs: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    programs.retain(|path| path.extension().is_some_and(|extension| extension == "py"));
    programs.sort();
    println!("| program | CPython, s | mimus, s | times |\n|---|---|---|---|");
    let mut ratios = Vec::new();
    for program in &programs {
        let name = program.file_stem().unwrap_or_default().to_string_lossy();
        let (theirs, ours) = measure(python.trim(), program, runs)?;
        println!("| {name} | {theirs:.2} | {ours:.2} | {:.2} |", ours / theirs);
        ratios.push(ours / theirs);
    }
    ratios.sort_by(f64::total_cmp);
    let worst = ratios.last().copied().unwrap_or_default();
    let middle = ratios.len() / 2;
    let median = (ratios[middle] + ratios[(ratios.len() - 1) / 2]) / 2.0;
    println!("\nmedian {median:.2} (at most {:.0}), worst {worst:.2} (at most {:.0})", ALLOWED[0], ALLOWED[1]);
    Ok(())
}

/// The fastest run of each.
fn measure(python: &str, program: &Path, runs: usize) -> Result<(f64, f64), String> {
    let mut best = (f64::INFINITY, f64::INFINITY);
    for _ in 0..runs.max(1) {
        let (theirs, time) = timed(Command::new(python).arg(program))?;
        best.0 = best.0.min(time);
        let (ours, time) = timed(mimus().arg("run").arg(program))?;
        best.1 = best.1.min(time);
        if ours != theirs {
            return Err(format!("{}: the output differs:\n{ours}\nnot\n{theirs}", program.display()));
        }
    }
    Ok(best)
}

/// What a command prints, and the seconds that it took.
fn timed(command: &mut Command) -> Result<(String, f64), String> {
    let (used, began) = (processor_time(), Instant::now());
    let text = printed(command)?;
    let clock = began.elapsed().as_secs_f64();
    Ok((text, used.zip(processor_time()).map_or(clock, |(before, after)| after - before)))
}

/// Seconds that the processes waited for have spent on a processor, where the system tells: other work does not change them.
fn processor_time() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name may hold anything; what follows it are fields: `cutime` and `cstime` are the 16th and 17th, in hundredths.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |i: usize| fields.get(i)?.parse::<f64>().ok();
    Some((ticks(13)? + ticks(14)?) / 100.0)
}
