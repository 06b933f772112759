//! Why nothing can be learned.

/// Why nothing was learned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LearnError {
    /// There is nothing to learn from.
    #[error("no program in the traces has activations: there is nothing to learn from")]
    Nothing,
    /// A program's spans do not fit its text.
    #[error("program {id}: {why}")]
    Program {
        /// The program.
        id: String,
        /// What is wrong with it.
        why: String,
    },
    /// The teacher failed.
    #[error("{0}")]
    Teacher(String),
}
