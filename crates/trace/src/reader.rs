//! Reading and checking JSON Lines.

use std::io::BufRead;

use mimus_core::{Body, Kind, Symbol};
use num_bigint::BigInt;
use serde_json::{Map, Value};

use crate::{Act, Bind, End, Ending, HeapChange, ObjectInfo, Program, Ref, Shape, Span, TraceError, When};

/// The newest version this reader knows.
const VERSION: u64 = 1;

/// The first line of a trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Who was observed, with its version.
    pub teacher: String,
    /// How the state of a machine without source text is laid out: then every further line is a step.
    pub layout: Option<crate::step::Layout>,
}

/// What a teacher answers when it is asked.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant)]
pub enum Answer {
    /// The program as observed.
    Program(Program),
    /// The teacher rejects the text.
    Refused(String),
    /// It took too long or too much.
    Stopped(String),
}

/// A fault before its line and file are known.
struct Fault {
    field: String,
    what: String,
}
type Checked<T> = Result<T, Fault>;

fn fault<T>(field: impl Into<String>, what: impl Into<String>) -> Checked<T> {
    Err(Fault { field: field.into(), what: what.into() })
}

/// Reads a whole trace, handing each program to `take`. Blank lines are skipped. Stops at the first fault.
pub fn read_trace(name: &str, input: impl BufRead, mut take: impl FnMut(Program)) -> Result<Header, TraceError> {
    let mut header = None;
    for (i, line) in input.lines().enumerate() {
        let line = line.map_err(|e| TraceError::File { file: name.into(), why: e.to_string() })?;
        if line.trim().is_empty() {
            continue;
        }
        if header.is_none() {
            header = Some(read_header(name, i + 1, &line)?);
        } else if let Answer::Program(program) = read_answer(name, i + 1, &line)? {
            take(program);
        }
    }
    header.ok_or_else(|| TraceError::Line {
        file: name.into(),
        line: 1,
        field: "mimus-trace".into(),
        what: "the file is empty; a trace begins with its header line".into(),
    })
}

fn object(line: &str) -> Checked<Map<String, Value>> {
    match serde_json::from_str(line) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => fault("the line", "not a JSON object"),
        Err(e) => fault("the line", format!("not JSON ({e}); is the file cut off?")),
    }
}

fn locate<T>(file: &str, line: usize, checked: Checked<T>) -> Result<T, TraceError> {
    checked.map_err(|f| TraceError::Line { file: file.into(), line, field: f.field, what: f.what })
}

/// Reads the header line.
pub fn read_header(file: &str, line: usize, text: &str) -> Result<Header, TraceError> {
    let header = object(text).and_then(|map| {
        match map.get("mimus-trace").and_then(Value::as_u64) {
            None => return fault("mimus-trace", "missing; the first line of a trace is its header {\"mimus-trace\": 1, ...}"),
            Some(v) if v > VERSION => {
                return fault("mimus-trace", format!("version {v} is newer than this program, which reads up to {VERSION}"));
            }
            Some(_) => {}
        }
        let layout = map.get("layout").map(|layout| layout_field(layout).or_else(|what| fault("layout", what))).transpose()?;
        Ok(Header { teacher: text_field(&map, "teacher")?, layout })
    });
    locate(file, line, header)
}

/// Reads one line after the header that must be a program.
pub fn read_program(file: &str, line: usize, text: &str) -> Result<Program, TraceError> {
    locate(file, line, object(text).and_then(|map| program(&map)))
}

/// Reads one line after the header.
pub fn read_answer(file: &str, line: usize, text: &str) -> Result<Answer, TraceError> {
    let answer = object(text).and_then(|map| {
        if let Some(why) = map.get("refused").and_then(Value::as_str) {
            return Ok(Answer::Refused(why.into()));
        }
        if let Some(why) = map.get("stopped").and_then(Value::as_str) {
            return Ok(Answer::Stopped(why.into()));
        }
        program(&map).map(Answer::Program)
    });
    locate(file, line, answer)
}

fn layout_field(value: &Value) -> Result<crate::step::Layout, String> {
    let layout: crate::step::Layout = serde_json::from_value(value.clone()).map_err(|e| e.to_string())?;
    layout.check().map(|()| layout)
}

fn text_field(map: &Map<String, Value>, name: &str) -> Checked<String> {
    match map.get(name) {
        Some(Value::String(text)) => Ok(text.clone()),
        Some(_) => fault(name, "not a string"),
        None => fault(name, "missing"),
    }
}

fn array<'m>(map: &'m Map<String, Value>, name: &str, path: &str) -> Checked<&'m [Value]> {
    match map.get(name) {
        None | Some(Value::Null) => Ok(&[]),
        Some(Value::Array(items)) => Ok(items),
        Some(_) => fault(format!("{path}{name}"), "not an array"),
    }
}

fn count(value: Option<&Value>, path: &str) -> Checked<usize> {
    match value.and_then(Value::as_u64) {
        Some(n) => Ok(n as usize),
        None => fault(path, "not a whole number of at least 0"),
    }
}

fn object_number(value: &Value, objects: usize, path: &str) -> Checked<usize> {
    below(count(Some(value), path)?, objects, path)
}

fn below(n: usize, limit: usize, path: &str) -> Checked<usize> {
    if n < limit { Ok(n) } else { fault(path, format!("{n} is out of range; there are {limit}")) }
}

fn parent(value: Option<&Value>, before: usize, path: &str) -> Checked<Option<usize>> {
    match value.map(|v| (v.as_i64(), v.is_null())) {
        None | Some((Some(-1), _)) | Some((_, true)) => Ok(None),
        Some((Some(n), _)) if n >= 0 && (n as usize) < before => Ok(Some(n as usize)),
        _ => fault(path, "must be -1 or the number of an earlier one"),
    }
}

fn program(map: &Map<String, Value>) -> Checked<Program> {
    let mut p = Program { id: text_field(map, "id")?, source: text_field(map, "source")?, ..Program::default() };
    for (i, item) in array(map, "spans", "")?.iter().enumerate() {
        p.spans.push(span(item, &p, &format!("spans[{i}]"))?);
    }
    if p.spans.is_empty() {
        return fault("spans", "missing; span 0 is the whole program");
    }
    let rows = array(map, "objects", "")?;
    for (i, item) in rows.iter().enumerate() {
        let path = format!("objects[{i}]");
        let (Some(class), Some(shape)) = (item.get(0).and_then(Value::as_str), item.get(1).and_then(Value::as_str)) else {
            return fault(path, "must be [class, shape] or [class, shape, delegates, frame]");
        };
        let shape = match shape {
            "seq" => Shape::Seq,
            "set" => Shape::Set,
            "map" => Shape::Map,
            "record" => Shape::Record,
            "closure" => Shape::Closure,
            "opaque" => Shape::Opaque,
            _ => return fault(path, "the shape must be seq, set, map, record, closure or opaque"),
        };
        let delegates = match item.get(2) {
            None | Some(Value::Null) => None,
            Some(Value::Array(all)) => Some(all.iter().map(|v| value(v, rows.len(), &path)).collect::<Checked<_>>()?),
            Some(_) => return fault(path, "the delegates must be an array"),
        };
        let made_of = item.get(3).map(|frame| count(Some(frame), &path)).transpose()?;
        p.objects.push(ObjectInfo { class: Symbol::new(class), shape, delegates, made_of });
    }
    for (i, item) in array(map, "acts", "")?.iter().enumerate() {
        p.acts.push(act(item, &p, &format!("acts[{i}]"))?);
    }
    if let Some(end) = map.get("end").filter(|end| !end.is_null()) {
        let raised = value(end.get("raised").unwrap_or(&Value::Null), p.objects.len(), "end.raised")?;
        let printed = end.get("printed").and_then(Value::as_str).unwrap_or_default().into();
        p.end = Some(Ending { raised, printed });
    }
    p.out = map.get("out").and_then(Value::as_str).map(Into::into);
    Ok(p)
}

fn span(item: &Value, p: &Program, path: &str) -> Checked<Span> {
    let span = Span {
        start: count(item.get(0), &format!("{path}[0]"))?,
        end: count(item.get(1), &format!("{path}[1]"))?,
        parent: parent(item.get(2), p.spans.len(), &format!("{path}[2]"))?,
        kind: match item.get(3).and_then(Value::as_str).and_then(Kind::from_word) {
            Some(kind) => kind,
            None => return fault(format!("{path}[3]"), "must be block, stmt, expr, name or part"),
        },
    };
    if span.start > span.end || !p.source.is_char_boundary(span.start) || !p.source.is_char_boundary(span.end) {
        return fault(path, "does not lie on characters of the source");
    }
    match span.parent {
        None if !p.spans.is_empty() => return fault(path, "only the first span may have no parent"),
        Some(outer) if span.start < p.spans[outer].start || span.end > p.spans[outer].end => {
            return fault(path, "reaches outside its parent");
        }
        _ => {}
    }
    Ok(span)
}

fn act(item: &Value, p: &Program, path: &str) -> Checked<Act> {
    let Value::Object(map) = item else { return fault(path, "not an object") };
    let objects = p.objects.len();
    let span = below(count(map.get("span"), &format!("{path}.span"))?, p.spans.len(), &format!("{path}.span"))?;
    let end = match map.get("end").map(|e| e.as_str().unwrap_or_default()) {
        None | Some("normal") => End::Normal,
        Some("left") => End::Left,
        Some("raised") => End::Raised,
        Some("suspended") => End::Suspended,
        Some(_) => return fault(format!("{path}.end"), "must be normal, left, raised or suspended"),
    };
    let mut act = Act {
        span,
        parent: parent(map.get("parent"), p.acts.len(), &format!("{path}.parent"))?,
        end,
        value: value(map.get("value").unwrap_or(&Value::Null), objects, &format!("{path}.value"))?,
        binds: Vec::new(),
        heap: Vec::new(),
        out: map.get("out").and_then(Value::as_str).unwrap_or_default().into(),
        shown: shown(map, end, path)?,
        opens: None,
        fills: map.get("fills").map(|n| object_number(n, objects, &format!("{path}.fills"))).transpose()?,
        over: Vec::new(),
    };
    for item in array(map, "over", &format!("{path}."))? {
        act.over.push(object_number(item, objects, &format!("{path}.over"))?);
    }
    for (i, bind) in array(map, "binds", &format!("{path}."))?.iter().enumerate() {
        let path = format!("{path}.binds[{i}]");
        let when = match bind.get(0).and_then(Value::as_str) {
            Some("entry") => When::Entry,
            Some("exit") => When::Exit,
            _ => return fault(path, "must begin with \"entry\" or \"exit\""),
        };
        let Some(name) = bind.get(1).and_then(Value::as_str) else { return fault(path, "the name must be a string") };
        let given = bind.get(2).unwrap_or(&Value::Null);
        let gone = given.get("gone").is_some();
        act.binds.push(Bind {
            when,
            name: Symbol::new(name),
            value: if gone { None } else { Some(value(given, objects, &path)?) },
            frame: bind.get(3).map_or(Ok(0), |f| count(Some(f), &path))?,
        });
    }
    for (i, change) in array(map, "heap", &format!("{path}."))?.iter().enumerate() {
        let path = format!("{path}.heap[{i}]");
        let inserted = match change.get(3) {
            Some(Value::Array(items)) => items.iter().map(|v| value(v, objects, &path)).collect::<Checked<_>>()?,
            _ => return fault(path, "must be [object, position, removed, [inserted...]]"),
        };
        act.heap.push(HeapChange {
            object: below(count(change.get(0), &path)?, objects, &path)?,
            position: count(change.get(1), &path)?,
            removed: count(change.get(2), &path)?,
            inserted,
        });
    }
    if let Some(frame) = map.get("frame") {
        let closure = value(map.get("closure").unwrap_or(&Value::Null), objects, &format!("{path}.closure"))?;
        act.opens = Some((count(Some(frame), &format!("{path}.frame"))?, closure));
    }
    Ok(act)
}

fn shown(map: &Map<String, Value>, end: End, path: &str) -> Checked<Option<String>> {
    match map.get("shown") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if end == End::Normal => Ok(Some(text.clone())),
        Some(Value::String(_)) => fault(format!("{path}.shown"), "only what ended normally has a value to show"),
        Some(_) => fault(format!("{path}.shown"), "not a string"),
    }
}

fn value(json: &Value, objects: usize, path: &str) -> Checked<Ref> {
    let list = |v: &Value| -> Checked<Vec<Ref>> {
        match v {
            Value::Array(items) => items.iter().map(|item| value(item, objects, path)).collect(),
            _ => fault(path, "must hold an array"),
        }
    };
    Ok(match json {
        Value::Null => Ref::None,
        Value::Bool(b) => Ref::Bool(*b),
        Value::String(text) => Ref::Text(text.clone()),
        Value::Number(n) => match n.to_string().parse::<BigInt>() {
            Ok(i) => Ref::Int(i),
            Err(_) => return fault(path, "a float is written {\"float\": \"0.1\"}"),
        },
        Value::Array(_) => return fault(path, "a sequence is written {\"class\": ..., \"seq\": [...]}"),
        Value::Object(map) => {
            let text = |name: &str| map.get(name).and_then(Value::as_str);
            if let Some(number) = map.get("object") {
                let number = below(count(Some(number), path)?, objects, path)?;
                match map.get("self") {
                    Some(of) => Ref::Taken(number, Box::new(value(of, objects, path)?)),
                    None => Ref::Object(number),
                }
            } else if let Some(name) = text("atom") {
                match map.get("self") {
                    Some(of) => Ref::Bound(Symbol::new(name), Box::new(value(of, objects, path)?)),
                    None => Ref::Atom(Symbol::new(name)),
                }
            } else if let Some(digits) = text("int") {
                match digits.parse() {
                    Ok(i) => Ref::Int(i),
                    Err(_) => return fault(path, "not the digits of an integer"),
                }
            } else if let Some(digits) = text("float") {
                match digits.parse() {
                    Ok(x) => Ref::Float(x),
                    Err(_) => return fault(path, "not a float"),
                }
            } else if let Some(hex) = text("bytes") {
                let byte = |i: usize| hex.get(2 * i..2 * i + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
                match (0..hex.len() / 2).map(byte).collect::<Option<Vec<u8>>>() {
                    Some(bytes) if hex.len() % 2 == 0 => Ref::Bytes(bytes),
                    _ => return fault(path, "not pairs of hexadecimal digits"),
                }
            } else {
                let Some(class) = text("class") else {
                    return fault(path, "a value in braces needs class, object, atom, int, float or bytes");
                };
                let body = if let Some(items) = map.get("seq") {
                    Body::Seq(list(items)?)
                } else if let Some(items) = map.get("set") {
                    Body::Set(list(items)?)
                } else if let Some(Value::Array(entries)) = map.get("map") {
                    let entry = |e: &Value| {
                        let mut pair = list(e)?.into_iter();
                        match (pair.next(), pair.next(), pair.next()) {
                            (Some(k), Some(v), None) => Ok((k, v)),
                            _ => fault(path, "a map's entry is [key, value]"),
                        }
                    };
                    Body::Map(entries.iter().map(entry).collect::<Checked<_>>()?)
                } else if let Some(Value::Object(fields)) = map.get("record") {
                    let field = |(name, v): (&String, &Value)| Ok((Symbol::new(name), value(v, objects, path)?));
                    Body::Record(fields.iter().map(field).collect::<Checked<_>>()?)
                } else {
                    return fault(path, "a value with a class needs seq, set, map or record");
                };
                Ref::Compound(Symbol::new(class), Box::new(body))
            }
        }
    })
}
