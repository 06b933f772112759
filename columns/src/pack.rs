//! From JSON Lines to Parquet.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use mimus_trace::{read_header, read_program};
use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use crate::line::Line;
use crate::{ColumnsError, HEADER, SCHEMA, whole};

/// Programs of one row group.
const GROUP: usize = 500;

/// Programs that wait to be written, column by column.
#[derive(Default)]
struct Columns {
    /// Those that are always there: id, source, spans.
    given: [Vec<ByteArray>; 3],
    /// Those that may be missing: objects, acts, end, out.
    optional: [Vec<Option<ByteArray>>; 4],
    activations: Vec<i64>,
}

impl Columns {
    fn add(&mut self, line: &Line, activations: usize) {
        let given = [&*line.id, &*line.source, line.spans.get()];
        for (column, text) in self.given.iter_mut().zip(given) {
            column.push(text.into());
        }
        let raw = [line.objects, line.acts, line.end].map(|value| value.map(|value| value.get().into()));
        let out = line.out.as_deref().map(ByteArray::from);
        for (column, value) in self.optional.iter_mut().zip(raw.into_iter().chain([out])) {
            column.push(value);
        }
        self.activations.push(activations as i64);
    }

    fn write(&mut self, mut group: SerializedRowGroupWriter<File>) -> Result<(), ParquetError> {
        for column in &mut self.given {
            write_texts(&mut group, &std::mem::take(column), None)?;
        }
        for column in &mut self.optional {
            let column = std::mem::take(column);
            let levels: Vec<i16> = column.iter().map(|value| i16::from(value.is_some())).collect();
            write_texts(&mut group, &column.into_iter().flatten().collect::<Vec<_>>(), Some(&levels))?;
        }
        if let Some(mut column) = group.next_column()? {
            column.typed::<Int64Type>().write_batch(&std::mem::take(&mut self.activations), None, None)?;
            column.close()?;
        }
        group.close().map(|_| ())
    }
}

fn write_texts(
    group: &mut SerializedRowGroupWriter<File>,
    values: &[ByteArray],
    levels: Option<&[i16]>,
) -> Result<(), ParquetError> {
    if let Some(mut column) = group.next_column()? {
        column.typed::<ByteArrayType>().write_batch(values, levels, None)?;
        column.close()?;
    }
    Ok(())
}

/// Writes traces of one teacher into one Parquet file, which is there whole or not at all; gives the number of programs.
pub fn pack(traces: &[PathBuf], to: &Path) -> Result<usize, ColumnsError> {
    whole(to, |part| write(traces, part))
}

fn write(traces: &[PathBuf], to: &Path) -> Result<usize, ColumnsError> {
    let mut first: Option<(String, SerializedFileWriter<File>)> = None;
    let mut columns = Columns::default();
    let mut programs = 0;
    for path in traces {
        let name = path.display().to_string();
        let lines = BufReader::new(File::open(path).map_err(ColumnsError::file(path))?).lines();
        let mut begun = false;
        for (i, text) in lines.enumerate() {
            let text = text.map_err(ColumnsError::file(path))?;
            if text.trim().is_empty() {
                continue;
            }
            if !begun {
                begun = true;
                read_header(&name, i + 1, &text)?;
                match &first {
                    Some((before, _)) if *before != text => {
                        return Err(ColumnsError::Teachers { path: path.clone(), here: text, before: before.clone() });
                    }
                    Some(_) => {}
                    None => first = Some((text.clone(), begin(&text, to)?)),
                }
                continue;
            }
            let program = read_program(&name, i + 1, &text)?;
            let line: Line = serde_json::from_str(&text).map_err(|why| ColumnsError::Line {
                path: path.clone(),
                line: i + 1,
                why: why.to_string(),
            })?;
            columns.add(&line, program.acts.len());
            programs += 1;
            if let Some((_, file)) = &mut first
                && programs % GROUP == 0
            {
                file.next_row_group().and_then(|group| columns.write(group)).map_err(ColumnsError::parquet(to))?;
            }
        }
        if !begun {
            read_header(&name, 1, "")?;
        }
    }
    if let Some((_, mut file)) = first {
        if !columns.activations.is_empty() {
            file.next_row_group().and_then(|group| columns.write(group)).map_err(ColumnsError::parquet(to))?;
        }
        file.close().map_err(ColumnsError::parquet(to))?;
    }
    Ok(programs)
}

fn begin(header: &str, to: &Path) -> Result<SerializedFileWriter<File>, ColumnsError> {
    let schema = Arc::new(parse_message_type(SCHEMA).map_err(ColumnsError::parquet(to))?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_key_value_metadata(Some(vec![KeyValue::new(HEADER.to_string(), header.to_string())]))
        .build();
    let file = File::create(to).map_err(ColumnsError::file(to))?;
    SerializedFileWriter::new(file, schema, Arc::new(properties)).map_err(ColumnsError::parquet(to))
}
