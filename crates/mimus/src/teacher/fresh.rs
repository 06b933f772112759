//! A teacher's program that tells fresh calls of its operations, with what each gave.

use std::process::Command;
use std::time::Duration;

use mimus_eval::calls::{Told, read_told};
use mimus_trace::read_header;

use super::lines::Lines;
use super::process::PATIENCE;
use crate::failure::Failure;

/// The running program.
pub struct Fresh {
    lines: Lines,
}

impl Fresh {
    /// Starts it and reads its header.
    pub fn start(name: &str, command: Command) -> Result<Self, Failure> {
        Self::start_patiently(name, command, PATIENCE)
    }

    fn start_patiently(name: &str, command: Command, patience: Duration) -> Result<Self, Failure> {
        // It is asked nothing: the end of its input is there at once.
        let (mut lines, _) = Lines::start(name, command, patience)?;
        let header = lines.next("its header")?;
        read_header(name, 1, &header)?;
        Ok(Self { lines })
    }

    /// The next it tells.
    pub fn next(&mut self) -> Result<Told, Failure> {
        let line = self.lines.next("its next call")?;
        Ok(read_told(&self.lines.name, self.lines.count, &line)?)
    }

    /// What is to be said of a line that is of no use.
    pub fn useless(&self, what: &str) -> Failure {
        Failure::new(format!("the teacher {}, line {}: {what}", self.lines.name, self.lines.count))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[track_caller]
    fn told(script: &str) -> Result<Told, String> {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("echo '{{\"mimus-trace\": 1, \"teacher\": \"t 1\"}}'\n{script}")]);
        let mut fresh = Fresh::start_patiently("t", command, Duration::from_millis(500)).map_err(|e| e.to_string())?;
        fresh.next().map_err(|e| e.to_string())
    }

    #[test]
    fn a_good_teacher() {
        assert_eq!(told("echo '{\"done\": true}'"), Ok(Told::Done));
    }

    #[test]
    fn one_that_dies_hangs_or_talks_nonsense() {
        for (script, about) in [
            ("echo trouble >&2; exit 3", "it ended (exit status: 3) before its next call came\n  the last it said was: trouble"),
            ("sleep 30", "its next call did not come within 0.5 s"),
            ("echo nonsense", "t, line 2, the line: not JSON"),
        ] {
            let message = told(script).unwrap_err();
            assert!(message.contains(about), "`{message}` lacks `{about}`");
        }
    }
}
