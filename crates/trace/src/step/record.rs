//! Single steps as JSON: the widely used form of processor tests, one array a file, and the same records line by line in a trace.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};
use std::io::BufRead;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::json;

use super::{Access, Code, Layout, Memory, Register, State, Step, ones};
use crate::{Header, TraceError, read_header};

/// A record as it stands in a file.
#[derive(serde::Deserialize)]
struct Record {
    #[serde(default)]
    name: String,
    initial: Side,
    #[serde(rename = "final")]
    last: Side,
    #[serde(default)]
    cycles: Vec<Option<(u64, Option<u64>, String)>>,
    #[serde(default)]
    stopped: bool,
}

/// One side of a record: registers by name, and cells.
struct Side {
    registers: BTreeMap<String, u64>,
    cells: Vec<(u64, u64)>,
}

/// The key under which a side lists cells.
const CELLS: &str = "ram";

impl<'de> Deserialize<'de> for Side {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Side;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "an object of registers and a list `{CELLS}` of [address, value]")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Side, A::Error> {
                let mut side = Side { registers: BTreeMap::new(), cells: vec![] };
                while let Some(name) = map.next_key::<String>()? {
                    if name == CELLS {
                        side.cells = map.next_value()?;
                    } else {
                        side.registers.insert(name, map.next_value()?);
                    }
                }
                Ok(side)
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

impl Record {
    fn step(self, layout: &Layout) -> Result<Step, String> {
        let names = || layout.registers.iter();
        for name in self.initial.registers.keys() {
            if layout.register(name).is_none() {
                return Err(format!("initial: the machine has no register {name}"));
            }
        }
        let before = names().map(|r| self.initial.registers.get(&r.name).copied().ok_or(r)).collect::<Result<Vec<u64>, _>>();
        let before = before.map_err(|r| format!("initial: the register {} is missing", r.name))?;
        // A register that is not told of has not changed.
        let after = names().zip(&before).map(|(r, old)| self.last.registers.get(&r.name).copied().unwrap_or(*old)).collect();
        for (side, values) in [("initial", &before), ("final", &after)] {
            if let Some((r, value)) = names().zip(values).find(|(r, value)| **value > ones(r.bits)) {
                return Err(format!("{side}: {} is {value}, which is more than {} bits hold", r.name, r.bits));
            }
        }
        let (address, cell) = (ones(layout.memory.address), ones(layout.memory.cell));
        let cells = |side: &str, cells: &[(u64, u64)]| {
            let wrong = cells.iter().find(|(at, value)| *at > address || *value > cell);
            wrong.map_or(Ok(()), |(at, value)| {
                Err(format!("{side}: the cell [{at}, {value}] is not one of this machine's memory"))
            })
        };
        cells("initial", &self.initial.cells)?;
        cells("final", &self.last.cells)?;
        let earlier: BTreeMap<u64, u64> = self.initial.cells.into_iter().collect();
        let mut later = earlier.clone();
        later.extend(self.last.cells);
        let mut accesses = vec![];
        for (address, value, kind) in self.cycles.into_iter().flatten() {
            let Some(value) = value else { continue };
            let write = kind.contains('w');
            if write || kind.contains('r') {
                accesses.push(Access { address, value, write });
            }
        }
        Ok(Step {
            name: self.name,
            before: State { registers: before, cells: earlier },
            after: State { registers: after, cells: later },
            accesses,
            stopped: self.stopped,
        })
    }
}

fn at(file: &str, line: usize, what: String) -> TraceError {
    TraceError::Line { file: file.into(), line, field: "record".into(), what }
}

/// Reads an array of records. Records are counted from 1 in messages.
pub fn read_records(file: &str, text: &str, layout: &Layout) -> Result<Vec<Step>, TraceError> {
    let records: Vec<Record> = parse(file, text)?;
    records.into_iter().enumerate().map(|(i, record)| record.step(layout).map_err(|what| at(file, i + 1, what))).collect()
}

fn parse(file: &str, text: &str) -> Result<Vec<Record>, TraceError> {
    serde_json::from_str(text).map_err(|e| at(file, e.line(), format!("not an array of single-step records ({e})")))
}

/// The names of the registers in an array of records.
pub fn register_names(file: &str, text: &str) -> Result<BTreeSet<String>, TraceError> {
    Ok(parse(file, text)?.into_iter().flat_map(|record| record.initial.registers.into_keys()).collect())
}

/// A layout that fits records of a machine of which nothing else is known: registers and cells as wide as what they were seen to
/// hold, and the code where the register points whose address is looked at first.
pub fn infer_layout(file: &str, text: &str) -> Result<Layout, TraceError> {
    let records = parse(file, text)?;
    let wide = |most: u64| [8, 16, 32, 64].into_iter().find(|bits| most <= ones(*bits)).unwrap_or(64);
    let mut most: BTreeMap<&str, u64> = BTreeMap::new();
    let (mut address, mut cell) = (0, 0);
    for record in &records {
        for (name, value) in record.initial.registers.iter().chain(&record.last.registers) {
            let known = most.entry(name).or_default();
            *known = (*known).max(*value);
        }
        for (at, value) in record.initial.cells.iter().chain(&record.last.cells) {
            (address, cell) = (address.max(*at), cell.max(*value));
        }
    }
    let first = |record: &Record| record.cycles.iter().flatten().next().map(|(address, ..)| *address);
    let leads = |name: &str| records.iter().all(|record| record.initial.registers.get(name).copied() == first(record));
    let Some(code) = most.keys().find(|name| leads(name)) else {
        return Err(at(
            file,
            1,
            "no register always holds the address that is looked at first: this machine's layout must be told".into(),
        ));
    };
    Ok(Layout {
        registers: most.iter().map(|(name, most)| Register { name: (*name).into(), bits: wide(*most), fields: vec![] }).collect(),
        memory: Memory { address: wide(address), cell: wide(cell) },
        code: Code { at: (*code).into(), cells: 1 },
    })
}

/// The first line of a trace of steps.
pub fn steps_header(teacher: &str, layout: &Layout) -> String {
    json!({ "mimus-trace": 1, "teacher": teacher, "layout": layout }).to_string()
}

/// A step as a line of a trace; an array of such lines is a file of records.
pub fn step_line(layout: &Layout, step: &Step) -> String {
    let mut line = format!("{{\"name\":{}", json!(step.name));
    for (side, state) in [("initial", &step.before), ("final", &step.after)] {
        let _ = write!(line, ",\"{side}\":{{");
        for (register, value) in layout.registers.iter().zip(&state.registers) {
            let _ = write!(line, "{}:{value},", json!(register.name));
        }
        let cells: Vec<String> = state.cells.iter().map(|(at, value)| format!("[{at},{value}]")).collect();
        let _ = write!(line, "\"{CELLS}\":[{}]}}", cells.join(","));
    }
    let access = |a: &Access| format!("[{},{},\"{}\"]", a.address, a.value, if a.write { "write" } else { "read" });
    let cycles: Vec<String> = step.accesses.iter().map(access).collect();
    let _ = write!(line, ",\"cycles\":[{}]", cycles.join(","));
    if step.stopped {
        line.push_str(",\"stopped\":true");
    }
    line.push('}');
    line
}

/// Reads a trace of steps, handing each to `take`.
pub fn read_steps(file: &str, input: impl BufRead, mut take: impl FnMut(Step)) -> Result<(Header, Layout), TraceError> {
    let mut header: Option<(Header, Layout)> = None;
    for (i, line) in input.lines().enumerate() {
        let line = line.map_err(|e| TraceError::File { file: file.into(), why: e.to_string() })?;
        if line.trim().is_empty() {
            continue;
        }
        match &header {
            None => {
                let mut read = read_header(file, i + 1, &line)?;
                let Some(layout) = read.layout.take() else {
                    return Err(at(file, i + 1, "the header has no `layout`: this is no trace of steps".into()));
                };
                header = Some((read, layout));
            }
            Some((_, layout)) => {
                let record: Record = serde_json::from_str(&line).map_err(|e| at(file, i + 1, format!("not a record ({e})")))?;
                take(record.step(layout).map_err(|what| at(file, i + 1, what))?);
            }
        }
    }
    header.ok_or_else(|| at(file, 1, "the file is empty; a trace begins with its header line".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str = r#"{"name":"a9 07","initial":{"pc":16,"a":1,"ram":[[16,169],[17,7]]},
        "final":{"pc":18,"a":7,"ram":[[16,169],[17,7]]},"cycles":[[16,169,"read"],[17,7,"read"]]}"#;

    fn layout() -> Layout {
        infer_layout("f", &format!("[{RECORD}]")).unwrap()
    }

    #[test]
    fn a_layout_is_read_off_records() {
        let names: Vec<(String, u8)> = layout().registers.into_iter().map(|r| (r.name, r.bits)).collect();
        assert_eq!(names, [("a".into(), 8), ("pc".into(), 8)]);
        assert_eq!(layout().code, Code { at: "pc".into(), cells: 1 });
    }

    #[test]
    fn records_go_out_as_they_came_in() {
        let steps = read_records("f", &format!("[{RECORD}]"), &layout()).unwrap();
        let trace = format!("{}\n{}\n", steps_header("t 1", &layout()), step_line(&layout(), &steps[0]));
        let mut again = vec![];
        let (header, read) = read_steps("g", trace.as_bytes(), |step| again.push(step)).unwrap();
        assert_eq!((header.teacher.as_str(), read), ("t 1", layout()));
        assert_eq!(again, steps);
        assert_eq!(steps[0].code(&layout()), Some(vec![169]));
    }

    #[track_caller]
    fn fails(text: &str, expected: &str) {
        let told = read_records("f", text, &layout()).unwrap_err().to_string();
        assert!(told.contains(expected), "{told}");
    }

    #[test]
    fn what_is_wrong_is_said() {
        fails("{", "not an array of single-step records");
        fails(&format!("[{RECORD}, {{\"initial\":{{}},\"final\":{{}}}}]"), "line 2, record: initial: the register a is missing");
        fails(&format!("[{}]", RECORD.replace("\"a\":1", "\"a\":999")), "a is 999, which is more than 8 bits hold");
        fails(&format!("[{}]", RECORD.replace("\"a\":1", "\"b\":1")), "no register b");
        fails(&format!("[{}]", RECORD.replace("[16,169],[17", "[16,999],[17")), "the cell [16, 999]");
    }
}
