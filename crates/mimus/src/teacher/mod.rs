//! Teachers: the known ones by name, any other by the path of its program.

mod asked;
mod fresh;
mod lines;
mod process;

use std::path::Path;
use std::process::Command;

use mimus_eval::Harness;
use mimus_knowledge::Knowledge;
use mimus_teacher_python as python;

use crate::failure::Failure;
pub use asked::Asked;
pub use fresh::Fresh;
pub use process::Process;
pub use python::Wanted;

/// A teacher that can be started as often as needed.
pub enum Teacher {
    /// One that comes with this program.
    Python(python::Launch),
    /// A program that somebody else wrote.
    Program(String),
}

/// Names of the teachers that come with this program.
const KNOWN: &str = python::NAME;

impl Teacher {
    /// Finds a teacher by name or path.
    pub fn find(name: &str) -> Result<Self, Failure> {
        match name {
            python::NAME => Ok(Self::Python(python::Launch::new()?)),
            path if Path::new(path).is_file() => Ok(Self::Program(absolute(path))),
            _ => Err(Failure::new(format!("there is no teacher {name}"))
                .advise(format!("give one of {KNOWN}, or the path of a program that answers as docs/trace-format.md says"))),
        }
    }

    /// The teacher that knowledge was learned from.
    pub fn of(knowledge: &Knowledge) -> Result<Self, Failure> {
        Self::find(knowledge.teacher.split_whitespace().next().unwrap_or_default())
    }

    /// Starts it, ready to be asked.
    pub fn start(&self) -> Result<Process, Failure> {
        match self {
            Self::Python(launch) => Process::start(python::NAME, launch.serve()),
            Self::Program(path) => Process::start(path, Command::new(path)),
        }
    }

    /// The command that runs a program file unobserved, where the teacher offers that.
    pub fn plain(&self, program: &Path) -> Option<Command> {
        match self {
            Self::Python(launch) => Some(launch.plain(program)),
            Self::Program(_) => None,
        }
    }

    /// Starts to tell fresh calls of its operations, where the teacher offers that.
    pub fn fresh(&self, wanted: &Wanted) -> Result<Fresh, Failure> {
        match self {
            Self::Python(launch) => Fresh::start(python::NAME, launch.fresh(wanted)),
            Self::Program(path) => Err(Failure::new(format!("the teacher {path} does not tell fresh calls of its operations"))),
        }
    }

    /// How its program files' names end.
    pub fn extension(&self) -> &'static str {
        match self {
            Self::Python(_) => python::EXTENSION,
            Self::Program(_) => "txt",
        }
    }
}

/// How benchmarks are asked in the language of this knowledge.
pub fn harness(knowledge: &Knowledge) -> &'static dyn Harness {
    // The only one so far; benchmarks of another language will come with their teacher.
    let _ = knowledge;
    &python::Python
}

/// A program is looked for where the user is, never on the PATH.
fn absolute(path: &str) -> String {
    std::path::absolute(path).map_or_else(|_| path.into(), |p| p.display().to_string())
}
