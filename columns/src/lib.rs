//! Traces as Parquet files: a column for each field of a program (docs/trace-format.md), compressed; and back to JSON Lines.
//!
//! | column | type | |
//! |---|---|---|
//! | `id`, `source` | text | |
//! | `spans`, `objects`, `acts`, `end` | JSON | as in the trace; the last three may be null |
//! | `out` | text | may be null |
//! | `activations` | int64 | how many `acts` has: to choose programs by, without reading them |
//!
//! The trace's first line is the file's metadata under the key `mimus-trace`.

mod error;
mod line;
mod pack;
mod unpack;

use std::fs;
use std::path::Path;

pub use error::ColumnsError;
pub use pack::pack;
pub use unpack::unpack;

/// The key of the file's metadata that holds the first line.
const HEADER: &str = "mimus-trace";
/// The columns, in order.
const SCHEMA: &str = "message program {
    required binary id (UTF8);
    required binary source (UTF8);
    required binary spans (JSON);
    optional binary objects (JSON);
    optional binary acts (JSON);
    optional binary end (JSON);
    optional binary out (UTF8);
    required int64 activations;
}";

/// Writes a file beside its place, and moves it there when all went well: it is there whole or not at all.
fn whole<T>(to: &Path, write: impl FnOnce(&Path) -> Result<T, ColumnsError>) -> Result<T, ColumnsError> {
    let part = to.with_extension("part");
    let written = write(&part).and_then(|done| {
        fs::rename(&part, to).map_err(ColumnsError::file(to))?;
        Ok(done)
    });
    if written.is_err() {
        let _ = fs::remove_file(&part);
    }
    written
}
