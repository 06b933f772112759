//! `mimus-columns pack TRACE... --out FILE.parquet`, `mimus-columns unpack FILE.parquet --out TRACE`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use mimus_columns::{pack, unpack};

/// Traces as Parquet files, and back.
#[derive(Parser)]
#[command(name = "mimus-columns", version)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes traces of one teacher into one Parquet file.
    Pack {
        /// Traces (`*.jsonl`).
        #[arg(required = true)]
        traces: Vec<PathBuf>,
        /// The Parquet file.
        #[arg(long)]
        out: PathBuf,
    },
    /// Writes a Parquet file as a trace that `mimus learn --from` reads.
    Unpack {
        /// The Parquet file.
        file: PathBuf,
        /// The trace.
        #[arg(long)]
        out: PathBuf,
    },
}

fn main() -> ExitCode {
    let (done, out) = match Args::parse().command {
        Command::Pack { traces, out } => (pack(&traces, &out), out),
        Command::Unpack { file, out } => (unpack(&file, &out), out),
    };
    match done {
        Ok(programs) => {
            println!("{programs} programs in {}", out.display());
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("mimus-columns: {why}");
            ExitCode::from(3)
        }
    }
}
