//! Progress on standard error: a bar on a terminal, plain lines elsewhere.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// Where there is no terminal, a line is written at most this often.
const QUIET: Duration = Duration::from_secs(5);

/// A piece of work with a known number of steps.
pub struct Progress {
    bar: Option<ProgressBar>,
    what: String,
    plain: Mutex<Plain>,
}

struct Plain {
    done: u64,
    total: u64,
    last: Instant,
}

impl Progress {
    /// Begins.
    pub fn new(what: &str, total: u64) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(total);
            let style = ProgressStyle::with_template("{prefix} {bar:30} {pos}/{len} {elapsed} {wide_msg}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.set_prefix(what.to_string());
            bar.enable_steady_tick(Duration::from_millis(250));
            bar
        });
        Self { bar, what: what.into(), plain: Mutex::new(Plain { done: 0, total, last: Instant::now() }) }
    }

    /// Where the work stands: steps done and left, and a word on it.
    pub fn at(&self, done: u64, total: u64, message: &str) {
        if let Some(bar) = &self.bar {
            bar.set_length(total);
            bar.set_position(done);
            bar.set_message(message.to_string());
            return;
        }
        let Ok(mut plain) = self.plain.lock() else { return };
        (plain.done, plain.total) = (done, total);
        if plain.last.elapsed() >= QUIET {
            plain.last = Instant::now();
            eprintln!("{} {done}/{total} {message}", self.what);
        }
    }

    /// One more step is done.
    pub fn step(&self, message: &str) {
        let (done, total) = match (&self.bar, self.plain.lock()) {
            (Some(bar), _) => (bar.position() + 1, bar.length().unwrap_or_default()),
            (None, Ok(plain)) => (plain.done + 1, plain.total),
            (None, Err(_)) => return,
        };
        self.at(done, total, message);
    }

    /// A line that stays.
    pub fn say(&self, line: &str) {
        match &self.bar {
            Some(bar) => bar.println(line),
            None => eprintln!("{line}"),
        }
    }

    /// The end: nothing of it stays on the terminal.
    pub fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    /// The end, with a last line.
    pub fn finish(&self, line: &str) {
        self.clear();
        eprintln!("{line}");
    }
}
