//! How belief follows evidence: an operation observed once, twice, five and twenty times.

use std::fs;

use serde_json::Value;

use crate::mimus::{build, mimus, printed, quietly, root, scratch};

/// What is asked: the text observed first, and one that was not observed.
const ASKED: [&str; 2] = ["2 + 2", "3 + 3"];

/// Learns from each program of `teachers/python/posterior` alone, and asks.
pub fn posterior() -> Result<(), String> {
    build()?;
    let folder = root().join("teachers/python/posterior");
    let entries = fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut programs: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    programs.sort();
    for program in programs {
        let work = scratch("posterior")?;
        let (traces, knowledge) = (work.join("traces"), work.join("learned.mimus"));
        quietly(mimus().args(["watch", "python"]).arg(&program).arg("--out").arg(&traces))?;
        quietly(mimus().args(["learn", "--from"]).arg(&traces).arg("--out").arg(&knowledge))?;
        let seen = fs::read_to_string(&program).map_err(|e| e.to_string())?.lines().count();
        println!("after {seen} {}", if seen == 1 { "observation" } else { "observations" });
        for text in ASKED {
            let answer = printed(mimus().args(["ask", text, "--json", "--top", "3", "--knowledge"]).arg(&knowledge))?;
            let answer: Value = serde_json::from_str(&answer).map_err(|e| format!("{answer}: {e}"))?;
            println!("    {}", told(text, &answer));
        }
        let _ = fs::remove_dir_all(work);
    }
    Ok(())
}

fn told(text: &str, answer: &Value) -> String {
    let one = |value: &Value| {
        let shown = value["value"].as_str().unwrap_or("nothing");
        format!("{shown} ({:.1} %)", 100.0 * value["confidence"].as_f64().unwrap_or_default())
    };
    let rivals = answer["alternatives"].as_array().map(Vec::as_slice).unwrap_or_default();
    let all: Vec<_> = std::iter::once(answer).chain(rivals).map(one).collect();
    format!("{text} gives {}", all.join(", or "))
}
