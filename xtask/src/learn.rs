//! From the committed lessons, and from machines that can be asked, to the committed knowledge.

use std::process::Command;
use std::time::Instant;

use crate::mimus::{build, mimus, root, succeed};

/// The seed of the committed knowledge.
const SEED: &str = "1";
/// Work for one overload, in candidates: with less, showing maps and what hangs on it are not found.
const BUDGET: &str = "100000";

/// Writes the lessons, watches them, learns, and puts the knowledge where the next build finds it.
pub fn learn() -> Result<(), String> {
    build()?;
    let began = Instant::now();
    // A fixed place, so that learning that was stopped can be taken up again.
    let (lessons, traces) = (root().join("target/lessons"), root().join("target/lessons-traces"));
    for folder in [&lessons, &traces] {
        let _ = std::fs::remove_dir_all(folder);
    }
    succeed(
        Command::new("python3").current_dir(root()).args(["teachers/python/lessons", "--harder", "--seed", SEED]).arg(&lessons),
    )?;
    succeed(mimus().args(["watch", "python", "--out"]).arg(&traces).arg(&lessons))?;
    let mut command = mimus();
    command
        .args(["learn", "--teacher", "python", "--seed", SEED, "--budget", BUDGET, "--out", "knowledge/python.mimus", "--from"])
        .arg(&traces);
    succeed(&mut command)?;
    eprintln!("learned in {:.0} s; the next build ships it", began.elapsed().as_secs_f64());
    Ok(())
}

/// Learns the processor by asking, and puts the knowledge where the next build finds it.
pub fn learn_processor() -> Result<(), String> {
    build()?;
    let out = format!("knowledge/{}.mimus", mimus_teacher_mos6502::NAME);
    succeed(mimus().args(["learn", "--teacher", mimus_teacher_mos6502::NAME, "--out", &out]))
}
