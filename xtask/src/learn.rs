//! From the committed lessons to the committed knowledge.

use std::time::Instant;

use crate::mimus::{build, mimus, root, succeed};

/// The seed of the committed knowledge.
const SEED: &str = "1";

/// Watches the lessons, learns, and puts the knowledge where the next build finds it.
pub fn learn() -> Result<(), String> {
    build()?;
    let began = Instant::now();
    // A fixed place, so that a run that was stopped can be taken up again.
    let traces = root().join("target/lessons");
    let _ = std::fs::remove_dir_all(&traces);
    succeed(mimus().args(["watch", "python", "teachers/python/lessons", "--out"]).arg(&traces))?;
    let mut command = mimus();
    command.args(["learn", "--teacher", "python", "--seed", SEED, "--out", "knowledge/python.mimus", "--from"]).arg(&traces);
    succeed(&mut command)?;
    eprintln!("learned in {:.0} s; the next build ships it", began.elapsed().as_secs_f64());
    Ok(())
}
