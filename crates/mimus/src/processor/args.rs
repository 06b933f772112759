//! The command line of `mimus cpu`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Which knowledge is used.
#[derive(Args, Clone, Debug, Default)]
pub struct Choice {
    /// The machine whose shipped knowledge is used
    #[arg(long, value_name = "NAME")]
    pub machine: Option<String>,
    /// Knowledge file to use instead of what ships with the program
    #[arg(long, value_name = "FILE")]
    pub knowledge: Option<PathBuf>,
}

/// `mimus cpu`.
#[derive(Args, Debug)]
pub struct Cpu {
    /// What to do.
    #[command(subcommand)]
    pub task: Task,
}

/// What a learned processor can be used for.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Run a program from an image of memory
    Run(Run),
    /// Run one instruction on a given state
    Step(Step),
}

/// `mimus cpu run`.
#[derive(Args, Debug)]
pub struct Run {
    /// What is put into memory: raw bytes
    pub image: PathBuf,
    #[command(flatten)]
    pub choice: Choice,
    /// Address that the image begins at (0x.., $.. or decimal)
    #[arg(long, value_name = "ADDRESS", default_value = "0", value_parser = number)]
    pub load: u64,
    /// Address of the first instruction; if not given, where the image begins
    #[arg(long, value_name = "ADDRESS", value_parser = number)]
    pub start: Option<u64>,
    /// End when an instruction leads to itself
    #[arg(long)]
    pub stop_on_loop: bool,
    /// Most instructions that are run
    #[arg(long, value_name = "N", default_value_t = 1_000_000_000)]
    pub fuel: u64,
    /// Print a line for every instruction
    #[arg(long)]
    pub trace: bool,
    /// Registers at the start: names and hexadecimal values, such as "r=ff q=20"; 0 where nothing is said
    #[arg(long, value_name = "STATE", default_value = "")]
    pub set: String,
    /// Write all memory to this file at the end
    #[arg(long, value_name = "FILE")]
    pub dump: Option<PathBuf>,
}

/// `mimus cpu step`.
#[derive(Args, Debug)]
pub struct Step {
    /// The instruction and what follows it in memory: cells in hexadecimal
    pub cells: String,
    #[command(flatten)]
    pub choice: Choice,
    /// Registers before: names and hexadecimal values, such as "r=ff q=20"; 0 where nothing is said
    #[arg(long, value_name = "STATE", default_value = "")]
    pub state: String,
    /// Memory before: addresses and values in hexadecimal, such as "10=ff 11=0"; 0 where nothing is said
    #[arg(long, value_name = "CELLS", default_value = "")]
    pub memory: String,
    /// Answer with one JSON object
    #[arg(long)]
    pub json: bool,
}

/// A number as people write addresses.
fn number(text: &str) -> Result<u64, String> {
    let hex = text.strip_prefix("0x").or(text.strip_prefix("0X")).or(text.strip_prefix('$'));
    let parsed = hex.map_or_else(|| text.parse(), |digits| u64::from_str_radix(digits, 16));
    parsed.map_err(|_| "a number is written like 0x0400, $0400 or 1024".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_three_ways() {
        for text in ["0x0400", "0X400", "$0400", "1024"] {
            assert_eq!(number(text), Ok(1024), "{text}");
        }
        for text in ["", "0x", "$zz", "-1", "12q", "0x10000000000000000"] {
            assert!(number(text).is_err(), "{text}");
        }
    }
}
