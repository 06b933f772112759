/// What is wrong with a trace, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TraceError {
    /// The file could not be read at all.
    #[error("{file}: {why}")]
    File {
        /// The file.
        file: String,
        /// The system's reason.
        why: String,
    },
    /// A line is not what the format says.
    #[error("{file}, line {line}, {field}: {what}")]
    Line {
        /// The file.
        file: String,
        /// Line number, from 1.
        line: usize,
        /// Path of the field: `acts[3].value`.
        field: String,
        /// What is wrong and what was expected.
        what: String,
    },
}
