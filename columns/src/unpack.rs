//! From Parquet to JSON Lines.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use serde_json::value::RawValue;

use crate::line::Line;
use crate::{ColumnsError, HEADER, whole};

/// Writes the programs of a Parquet file as a trace, which is there whole or not at all; gives their number.
pub fn unpack(from: &Path, to: &Path) -> Result<usize, ColumnsError> {
    whole(to, |part| write(from, part))
}

fn write(from: &Path, to: &Path) -> Result<usize, ColumnsError> {
    let file = File::open(from).map_err(ColumnsError::file(from))?;
    let reader = SerializedFileReader::new(file).map_err(ColumnsError::parquet(from))?;
    let pairs = reader.metadata().file_metadata().key_value_metadata();
    let header = pairs.into_iter().flatten().find(|pair| pair.key == HEADER).and_then(|pair| pair.value.clone());
    let header = header.ok_or("its metadata holds no first line of a trace").map_err(ColumnsError::parquet(from))?;
    let mut out = BufWriter::new(File::create(to).map_err(ColumnsError::file(to))?);
    writeln!(out, "{header}").map_err(ColumnsError::file(to))?;
    let mut programs = 0;
    for row in reader.get_row_iter(None).map_err(ColumnsError::parquet(from))? {
        let line = line(&row.map_err(ColumnsError::parquet(from))?).map_err(ColumnsError::parquet(from))?;
        writeln!(out, "{line}").map_err(ColumnsError::file(to))?;
        programs += 1;
    }
    out.flush().map_err(ColumnsError::file(to))?;
    Ok(programs)
}

/// A program's line.
fn line(row: &Row) -> Result<String, String> {
    let text = |name: &str| -> Result<Option<String>, String> {
        match row.get_column_iter().find(|(column, _)| *column == name) {
            Some((_, Field::Str(text))) => Ok(Some(text.clone())),
            Some((_, Field::Bytes(bytes))) => bytes.as_utf8().map(|text| Some(text.to_string())).map_err(|e| e.to_string()),
            Some((_, Field::Null)) => Ok(None),
            Some((_, other)) => Err(format!("the column `{name}` holds {other}, no text")),
            None => Err(format!("it has no column `{name}`")),
        }
    };
    let needed = |name: &str| text(name)?.ok_or_else(|| format!("a row has no `{name}`"));
    let raw = |name: &str, text: Option<String>| -> Result<Option<Box<RawValue>>, String> {
        text.map(|text| RawValue::from_string(text).map_err(|why| format!("`{name}` is not JSON: {why}"))).transpose()
    };
    let spans = raw("spans", Some(needed("spans")?))?.unwrap_or_default();
    let [objects, acts, end] = ["objects", "acts", "end"].map(|name| text(name).and_then(|text| raw(name, text)));
    let (objects, acts, end) = (objects?, acts?, end?);
    let line = Line {
        id: needed("id")?,
        source: needed("source")?,
        spans: &spans,
        objects: objects.as_deref(),
        acts: acts.as_deref(),
        end: end.as_deref(),
        out: text("out")?,
    };
    serde_json::to_string(&line).map_err(|why| why.to_string())
}
