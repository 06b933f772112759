//! A teacher as a running program that is asked and answers, line by line (docs/trace-format.md, "Asking a teacher").

use std::io::Write;
use std::process::Command;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

use mimus_trace::{Answer, read_answer, read_header};
use serde_json::{Value, json};

use super::lines::Lines;
use crate::failure::Failure;

/// How long one answer may take. Teachers limit the programs they run themselves; this is for a teacher that hangs.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A running teacher.
pub struct Process {
    // Dropped first: the end of its input asks a teacher to end.
    questions: Sender<String>,
    lines: Lines,
    /// The header line as it came.
    header: String,
    /// Who it says it is.
    teacher: String,
}

/// One answer.
pub struct Told {
    /// The line as it came.
    pub line: String,
    /// What it says.
    pub answer: Answer,
}

impl Process {
    /// Starts a teacher's program and reads its header.
    pub fn start(name: &str, command: Command) -> Result<Self, Failure> {
        Self::start_patiently(name, command, PATIENCE)
    }

    fn start_patiently(name: &str, command: Command, patience: Duration) -> Result<Self, Failure> {
        let (mut lines, stdin) = Lines::start(name, command, patience)?;
        let questions = writer(stdin);
        let header = lines.next("its header")?;
        let teacher = read_header(name, 1, &header)?.teacher;
        Ok(Self { questions, lines, header, teacher })
    }

    /// Who it says it is: name and version.
    pub fn teacher(&self) -> &str {
        &self.teacher
    }

    /// The header line, for a trace file.
    pub fn header(&self) -> &str {
        &self.header
    }

    /// Asks about several texts; the answers are in their order. `each` sees every answer as it comes.
    pub fn ask(
        &mut self,
        sources: &[(String, String)],
        static_only: bool,
        mut each: impl FnMut(usize, Told),
    ) -> Result<(), Failure> {
        // Many small questions wait in the pipe, so that the teacher never waits for us.
        for (id, source) in sources {
            let question = json!({"id": id, "source": source, "static": static_only});
            // A teacher that is gone is noticed when its answer does not come.
            let _ = self.questions.send(format!("{question}\n"));
        }
        for (i, (id, _)) in sources.iter().enumerate() {
            let line = self.lines.next(&format!("its answer about {id}"))?;
            let answer = read_answer(&self.lines.name, self.lines.count, &line)?;
            self.check(id, &sources[i].1, &line, &answer)?;
            each(i, Told { line, answer });
        }
        Ok(())
    }

    /// An answer must be about what was asked.
    fn check(&self, id: &str, source: &str, line: &str, answer: &Answer) -> Result<(), Failure> {
        let said = match answer {
            Answer::Program(program) => Some(program.id.clone()),
            _ => serde_json::from_str::<Value>(line).ok().and_then(|v| v.get("id")?.as_str().map(String::from)),
        };
        let confused = |what: String| {
            Err(Failure::new(format!("the teacher {}, line {}: {what}", self.lines.name, self.lines.count))
                .advise("answers must come in the order of the questions, one line each"))
        };
        match said {
            Some(said) if said != id => confused(format!("asked about `{id}`, it answered about `{said}`")),
            None => confused("the answer has no id".into()),
            _ => match answer {
                Answer::Program(program) if program.source != source => {
                    confused(format!("its answer about `{id}` holds another source text than the one it was asked about"))
                }
                _ => Ok(()),
            },
        }
    }
}

fn writer(mut to: impl Write + Send + 'static) -> Sender<String> {
    let (sender, receiver) = channel::<String>();
    // Writing blocks while the teacher works; its answers must be read meanwhile.
    thread::spawn(move || {
        for line in receiver {
            if to.write_all(line.as_bytes()).and_then(|()| to.flush()).is_err() {
                return;
            }
        }
    });
    sender
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = r#"echo '{"mimus-trace": 1, "teacher": "t 1"}'"#;

    fn shell(script: &str) -> Result<Process, Failure> {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        Process::start_patiently("t", command, Duration::from_millis(500))
    }

    #[track_caller]
    fn asked(script: &str) -> Result<Vec<Answer>, String> {
        let mut process = shell(&format!("{HEADER}\n{script}")).unwrap();
        let mut answers = Vec::new();
        let question = ("a".to_string(), "x".to_string());
        process.ask(&[question], false, |_, told| answers.push(told.answer)).map_err(|e| e.to_string())?;
        Ok(answers)
    }

    #[track_caller]
    fn complains(script: &str, about: &[&str]) {
        let message = asked(script).unwrap_err();
        for part in about {
            assert!(message.contains(part), "`{message}` lacks `{part}`");
        }
    }

    #[test]
    fn a_good_teacher() {
        let answers = asked(r#"read q; echo '{"id": "a", "refused": "no such text"}'"#).unwrap();
        assert_eq!(answers, [Answer::Refused("no such text".into())]);
        let answers = asked(r#"read q; echo '{"id": "a", "source": "x", "spans": [[0,1,-1,"block"]]}'"#).unwrap();
        assert!(matches!(&answers[0], Answer::Program(p) if p.source == "x"));
    }

    #[test]
    fn a_teacher_that_dies() {
        complains(
            "echo trouble >&2; exit 7",
            &["the teacher t: it ended (exit status: 7) before its answer about a came", "trouble"],
        );
        let message = shell("exit 1").err().unwrap().to_string();
        assert!(message.contains("before its header came"), "{message}");
    }

    #[test]
    fn a_teacher_that_hangs() {
        complains("sleep 30", &["did not come within 0.5 s"]);
    }

    #[test]
    fn a_teacher_that_lies() {
        complains(
            r#"echo '{"id": "b", "refused": "no"}'"#,
            &["asked about `a`, it answered about `b`", "order of the questions"],
        );
        complains(r#"echo '{"id": "a", "source": "y", "spans": [[0,1,-1,"block"]]}'"#, &["another source text"]);
        complains(r#"echo '{"id": "a", "source": "x", "spans": [[0,9,-1,"block"]]}'"#, &["t, line 2, spans[0]"]);
        complains("echo nonsense", &["t, line 2", "not JSON"]);
        complains(r#"echo '{"stopped": "slow"}'"#, &["has no id"]);
    }

    #[test]
    fn a_teacher_that_is_none() {
        let message = shell("echo hello").err().unwrap().to_string();
        assert!(message.contains("t, line 1"), "{message}");
    }
}
