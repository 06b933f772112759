//! A teacher as a running program that is asked and answers, line by line (docs/trace-format.md, "Asking a teacher").

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use mimus_trace::{Answer, read_answer, read_header};
use serde_json::{Value, json};

use crate::failure::Failure;

/// How long one answer may take. Teachers limit the programs they run themselves; this is for a teacher that hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// How many bytes of a teacher's complaints are kept.
const COMPLAINTS: usize = 4096;

/// A running teacher.
pub struct Process {
    name: String,
    child: Child,
    questions: Option<Sender<String>>,
    answers: Receiver<std::io::Result<String>>,
    complaints: Arc<Mutex<VecDeque<u8>>>,
    listener: thread::JoinHandle<()>,
    /// The header line as it came.
    header: String,
    /// Who it says it is.
    teacher: String,
    lines: usize,
    asked: usize,
    patience: Duration,
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

    fn start_patiently(name: &str, mut command: Command, patience: Duration) -> Result<Self, Failure> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|e| Failure::new(format!("the teacher {name} could not be started: {e}")))?;
        let (Some(stdin), Some(stdout), Some(stderr)) = (child.stdin.take(), child.stdout.take(), child.stderr.take()) else {
            return Err(Failure::new(format!("the teacher {name} could not be started: it has no standard streams")));
        };
        let complaints: Arc<Mutex<VecDeque<u8>>> = Arc::default();
        let heard = Arc::clone(&complaints);
        let mut process = Self {
            name: name.into(),
            child,
            questions: Some(writer(stdin)),
            answers: reader(stdout),
            complaints,
            listener: thread::spawn(move || listen(stderr, &heard)),
            header: String::new(),
            teacher: String::new(),
            lines: 0,
            asked: 0,
            patience,
        };
        process.header = process.line("its header")?;
        process.teacher = read_header(&process.name, 1, &process.header)?.teacher;
        Ok(process)
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
            if let Some(questions) = &self.questions {
                // A teacher that is gone is noticed when its answer does not come.
                let _ = questions.send(format!("{question}\n"));
            }
        }
        for (i, (id, _)) in sources.iter().enumerate() {
            let line = self.line(&format!("its answer about {id}"))?;
            let answer = read_answer(&self.name, self.lines, &line)?;
            self.check(id, &sources[i].1, &line, &answer)?;
            self.asked += 1;
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
            let line = self.lines;
            Err(Failure::new(format!("the teacher {}, line {line}: {what}", self.name))
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

    fn line(&mut self, what: &str) -> Result<String, Failure> {
        let until = Instant::now() + self.patience;
        loop {
            match self.answers.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(Ok(line)) => {
                    self.lines += 1;
                    if !line.trim().is_empty() {
                        return Ok(line);
                    }
                }
                Ok(Err(e)) => {
                    return Err(self.lost(&format!("{what} could not be read ({e})")));
                }
                Err(RecvTimeoutError::Timeout) => {
                    let seconds = self.patience.as_secs_f64();
                    return Err(self.lost(&format!("{what} did not come within {seconds} s")));
                }
                Err(RecvTimeoutError::Disconnected) => {
                    let how = match self.child.wait() {
                        Ok(status) => format!("it ended ({status})"),
                        Err(_) => "it ended".into(),
                    };
                    return Err(self.lost(&format!("{how} before {what} came")));
                }
            }
        }
    }

    /// One message for a teacher that died or hangs, with the last thing that it complained about.
    fn lost(&mut self, what: &str) -> Failure {
        let _ = self.child.kill();
        let _ = self.child.wait();
        // What it said last may still be on its way; programs that it started may keep its standard error open.
        for _ in 0..20 {
            if self.listener.is_finished() {
                break;
            }
            thread::sleep(Duration::from_millis(10));
        }
        let kept: Vec<u8> = self.complaints.lock().map(|c| c.iter().copied().collect()).unwrap_or_default();
        let text = String::from_utf8_lossy(&kept).into_owned();
        let last = text.lines().rev().find(|line| !line.trim().is_empty());
        let failure = Failure::new(format!("the teacher {}: {what}", self.name));
        match last {
            Some(last) => failure.advise(format!("the last it said was: {last}")),
            None => failure,
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The end of its input asks a teacher to end; one that does not listen is ended.
        self.questions = None;
        for _ in 0..20 {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
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

fn reader(from: impl Read + Send + 'static) -> Receiver<std::io::Result<String>> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for line in BufReader::new(from).lines() {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

fn listen(mut from: impl Read, complaints: &Mutex<VecDeque<u8>>) {
    let mut buffer = [0; 1024];
    while let Ok(n @ 1..) = from.read(&mut buffer) {
        let Ok(mut kept) = complaints.lock() else { return };
        kept.extend(&buffer[..n]);
        let over = kept.len().saturating_sub(COMPLAINTS);
        kept.drain(..over);
    }
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
