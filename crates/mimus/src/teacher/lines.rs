//! A program that is read line by line: every way in which it can die or hang ends in one message.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::Failure;

/// How many bytes of a teacher's complaints are kept.
const COMPLAINTS: usize = 4096;

/// How many lines may have come that nobody has asked for yet.
const WAITING: usize = 256;

/// A running program of a teacher.
pub struct Lines {
    /// What it is called in messages.
    pub name: String,
    /// How many lines were read.
    pub count: usize,
    child: Child,
    received: Receiver<std::io::Result<String>>,
    complaints: Arc<Mutex<VecDeque<u8>>>,
    listener: thread::JoinHandle<()>,
    patience: Duration,
}

impl Lines {
    /// Starts it; a line may take as long as there is patience. Its standard input comes with it.
    pub fn start(name: &str, mut command: Command, patience: Duration) -> Result<(Self, ChildStdin), Failure> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|e| Failure::new(format!("the teacher {name} could not be started: {e}")))?;
        let (Some(stdin), Some(stdout), Some(stderr)) = (child.stdin.take(), child.stdout.take(), child.stderr.take()) else {
            return Err(Failure::new(format!("the teacher {name} could not be started: it has no standard streams")));
        };
        let complaints: Arc<Mutex<VecDeque<u8>>> = Arc::default();
        let heard = Arc::clone(&complaints);
        let lines = Self {
            name: name.into(),
            count: 0,
            child,
            received: reader(stdout),
            complaints,
            listener: thread::spawn(move || listen(stderr, &heard)),
            patience,
        };
        Ok((lines, stdin))
    }

    /// The next line that is not blank; `what` says what it is to be.
    pub fn next(&mut self, what: &str) -> Result<String, Failure> {
        let until = Instant::now() + self.patience;
        loop {
            match self.received.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(Ok(line)) => {
                    self.count += 1;
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

impl Drop for Lines {
    fn drop(&mut self) {
        // The end of its input has asked it to end; one that does not listen is ended.
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

fn reader(from: impl Read + Send + 'static) -> Receiver<std::io::Result<String>> {
    let (sender, receiver) = sync_channel(WAITING);
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
