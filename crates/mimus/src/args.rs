//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::processor::args::{Choice, Cpu};

/// Runs programs with an interpreter that was learned by watching one. Without a command: a dialogue.
#[derive(Debug, Parser)]
#[command(name = "mimus", version, disable_help_subcommand = true)]
pub struct Line {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub engine: Engine,
    /// Most memory a program's values may take, in MiB
    #[arg(long, value_name = "MIB")]
    pub memory: Option<u64>,
}

/// What every command that runs something takes.
#[derive(Args, Clone, Debug, Default)]
pub struct Engine {
    /// Knowledge file to use instead of the one that ships with the program
    #[arg(long, value_name = "FILE")]
    pub knowledge: Option<PathBuf>,
    /// Most steps a program may take
    #[arg(long, value_name = "STEPS")]
    pub fuel: Option<u64>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run a program
    Run(Run),
    /// Answer one piece of text over a memory
    Ask(Ask),
    /// Run programs, or a machine step by step, under observation and write traces
    Watch(Watch),
    /// Learn knowledge from traces
    Learn(Learn),
    /// Show what is known
    Show(Show),
    /// Score knowledge on a benchmark file, on records of single steps, or on fresh calls of every operation
    Eval(Eval),
    /// Run programs, or one step, on a learned processor
    Cpu(Cpu),
}

/// `mimus run`.
#[derive(Args, Debug)]
pub struct Run {
    /// The program
    pub file: PathBuf,
    #[command(flatten)]
    pub engine: Engine,
    /// Most memory a program's values may take, in MiB
    #[arg(long, value_name = "MIB")]
    pub memory: Option<u64>,
    /// Print the lowest confidence met, and where
    #[arg(long)]
    pub confidence: bool,
    /// Run the teacher beside it and show the first difference
    #[arg(long)]
    pub check: bool,
}

/// `mimus ask`.
#[derive(Args, Debug)]
pub struct Ask {
    /// The text
    pub text: String,
    /// Statements that set the memory up first
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub memory: String,
    /// How many rival answers to show
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub top: usize,
    /// Answer with one JSON object
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub engine: Engine,
}

/// `mimus watch`.
#[derive(Args, Debug)]
pub struct Watch {
    /// The teacher: a known name, or the path of a program that speaks docs/trace-format.md; `records` for records of single steps
    pub teacher: String,
    /// Programs or files of records, or folders of them; none for a machine, which is put into random states
    pub files: Vec<PathBuf>,
    /// Folder for the traces
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Read the texts only, run nothing
    #[arg(long = "static")]
    pub static_only: bool,
    /// How many programs are observed at a time
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub jobs: usize,
    /// How many steps of every instruction of a machine are observed
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub steps: usize,
    /// Where a machine's random states start
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    /// The machine that the records are of; if not given, the one that has these registers
    #[arg(long, value_name = "NAME")]
    pub machine: Option<String>,
}

/// `mimus learn`.
#[derive(Args, Debug)]
pub struct Learn {
    /// Folders of traces (or single trace files); a machine that may be asked needs none
    #[arg(long, value_name = "DIR", num_args = 1..)]
    pub from: Vec<PathBuf>,
    /// Where the knowledge goes
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// A teacher that may be asked: a known name, or a program's path
    #[arg(long, value_name = "NAME")]
    pub teacher: Option<String>,
    /// Work allowed, in units of search steps (not seconds, so that the result is the same everywhere)
    #[arg(long, value_name = "B")]
    pub budget: Option<u64>,
    /// Where random choices start
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    /// Most steps of one instruction that are looked at, those asked for included
    #[arg(long, value_name = "N")]
    pub observations: Option<usize>,
}

/// `mimus show`.
#[derive(Args, Debug)]
pub struct Show {
    /// Show all about this template or operation, or the instruction with these cells in hexadecimal
    pub template: Option<String>,
    #[command(flatten)]
    pub choice: Choice,
}

/// `mimus eval`.
#[derive(Args, Debug)]
pub struct Eval {
    /// The benchmark (JSON Lines), or files of records of single steps
    #[arg(required_unless_present = "operations", conflicts_with = "operations")]
    pub files: Vec<PathBuf>,
    /// Ask the teacher for fresh calls of every operation, and score each
    #[arg(long)]
    pub operations: bool,
    /// How many calls of each operation
    #[arg(long, value_name = "N", default_value_t = 1000, requires = "operations")]
    pub calls: usize,
    /// Where the random choices of calls start
    #[arg(long, value_name = "N", default_value_t = 0, requires = "operations")]
    pub seed: u64,
    /// Only operations whose names hold this text, or match it as a regular expression
    #[arg(long, value_name = "TEXT", requires = "operations")]
    pub only: Option<String>,
    /// The machine whose shipped knowledge is scored on records; if not given, the one that has these registers
    #[arg(long, value_name = "NAME")]
    pub machine: Option<String>,
    /// Answer with one JSON object
    #[arg(long)]
    pub json: bool,
    /// Only the first N items
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Most seconds an item may take
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0)]
    pub time: f64,
    /// How many items run at a time
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub jobs: usize,
    #[command(flatten)]
    pub engine: Engine,
    /// Most memory a program's values may take, in MiB
    #[arg(long, value_name = "MIB")]
    pub memory: Option<u64>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Line::command().debug_assert();
    }
}
