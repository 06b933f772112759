//! The one error type, and the exit codes.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use mimus_knowledge::LoadError;
use mimus_teacher_python::LaunchError;
use mimus_trace::TraceError;

/// How a command ended, when it could do its work at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All went well.
    Fine = 0,
    /// The program raised.
    Raised = 1,
    /// The program, or a part of it, is not understood.
    NotUnderstood = 2,
    /// Bad usage or a bad file.
    Unusable = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a command could not do its work: what is wrong (and where), and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure {
    what: String,
    advice: Option<String>,
}

impl Failure {
    /// A failure without advice.
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), advice: None }
    }

    /// Says what to do.
    pub fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// A file or folder that the system would not give.
    pub fn file(doing: &str, path: &Path, why: &io::Error) -> Self {
        Self::new(format!("cannot {doing} {}: {why}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        match &self.advice {
            Some(advice) => write!(f, "\n  {advice}"),
            None => Ok(()),
        }
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        Self::new(error.to_string()).advise("knowledge files are written by `mimus learn`; make it again, or use another")
    }
}

impl From<TraceError> for Failure {
    fn from(error: TraceError) -> Self {
        Self::new(error.to_string()).advise("docs/trace-format.md says what a trace must look like")
    }
}

impl From<LaunchError> for Failure {
    fn from(error: LaunchError) -> Self {
        Self::new(error.0)
    }
}
