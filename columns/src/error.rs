//! What can be wrong with files.

use std::io;
use std::path::PathBuf;

/// Why traces could not be packed or unpacked.
#[derive(Debug, thiserror::Error)]
pub enum ColumnsError {
    /// A file could not be read or written.
    #[error("{}: {why}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        why: io::Error,
    },
    /// A line of a trace is not what the trace format says.
    #[error(transparent)]
    Trace(#[from] mimus_trace::TraceError),
    /// A line has a field for which there is no column.
    #[error("{}, line {line}: {why}", .path.display())]
    Line {
        /// The trace.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
    /// The traces come from different teachers.
    #[error("{}: another teacher than that of the traces before it ({here}, not {before})", .path.display())]
    Teachers {
        /// The trace.
        path: PathBuf,
        /// Its first line.
        here: String,
        /// That of the others.
        before: String,
    },
    /// A file is no Parquet file of a trace.
    #[error("{}: {why}", .path.display())]
    Parquet {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}

impl ColumnsError {
    /// For errors of the file system.
    pub(crate) fn file(path: &std::path::Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |why| Self::File { path, why }
    }

    /// For errors of the format.
    pub(crate) fn parquet<E: std::fmt::Display>(path: &std::path::Path) -> impl FnOnce(E) -> Self {
        let path = path.to_path_buf();
        move |why| Self::Parquet { path, why: why.to_string() }
    }
}
