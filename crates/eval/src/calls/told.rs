//! Fresh calls of operations, as a teacher tells them: an operation, then each of its calls as a program of the trace format with
//! two activations. The first binds the operands, the second is the call.

use mimus_trace::{Act, Program, TraceError, read_program};
use serde_json::Value;

/// One line of a teacher that tells fresh calls.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "nearly all are calls, and there is one at a time")]
pub enum Told {
    /// The calls after it are of this operation.
    Operation(Operation),
    /// A call and what it gave.
    Call(Call),
    /// There is nothing more.
    Done,
}

/// An operation to be scored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// What it is called.
    pub name: String,
    /// Its place among all that are told.
    pub row: usize,
    /// How many these are.
    pub of: usize,
    /// The keys that it has in knowledge.
    pub known: Vec<String>,
}

/// A call of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The operands as source text, for people.
    pub before: String,
    /// The text of the call, its operands, and what it gave.
    pub program: Program,
}

impl Call {
    /// What is there before.
    pub fn given(&self) -> &Act {
        &self.program.acts[0]
    }

    /// What the call did.
    pub fn done(&self) -> &Act {
        &self.program.acts[1]
    }
}

/// Reads a line; `file` and `number` are for messages.
pub fn read_told(file: &str, number: usize, text: &str) -> Result<Told, TraceError> {
    let fault =
        |field: &str, what: &str| TraceError::Line { file: file.into(), line: number, field: field.into(), what: what.into() };
    let line: Value = serde_json::from_str(text).map_err(|e| fault("the line", &format!("not JSON ({e}); is it cut off?")))?;
    if line.get("done").is_some() {
        return Ok(Told::Done);
    }
    if let Some(name) = line.get("operation") {
        let name = name.as_str().ok_or_else(|| fault("operation", "not a string"))?.into();
        let count = |field: &str| {
            let count = line.get(field).and_then(Value::as_u64);
            count.map(|n| n as usize).ok_or_else(|| fault(field, "not a whole number of at least 0"))
        };
        let (row, of) = (count("row")?, count("of")?);
        let keys = line.get("known").and_then(Value::as_array).map(|keys| keys.iter().map(|k| k.as_str().map(String::from)));
        let known = keys.and_then(Iterator::collect).ok_or_else(|| fault("known", "not an array of strings"))?;
        return Ok(Told::Operation(Operation { name, row, of, known }));
    }
    let program = read_program(file, number, text)?;
    if program.acts.len() != 2 {
        return Err(fault("acts", "a fresh call has two: one that binds the operands, and the call"));
    }
    Ok(Told::Call(Call { before: line.get("before").and_then(Value::as_str).unwrap_or_default().into(), program }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALL: &str = r#"{"id": "f", "before": "a = 1", "source": "f(a)", "spans": [[0, 4, -1, "block"]],
        "acts": [{"span": 0, "binds": [["entry", "a", 1]]}, {"span": 0, "value": 2}]}"#;

    #[test]
    fn lines_are_told_by_their_fields() {
        let operation = read_told("f", 1, r#"{"operation": "f", "row": 3, "of": 9, "known": ["@f", "g"]}"#).unwrap();
        let expected = Operation { name: "f".into(), row: 3, of: 9, known: vec!["@f".into(), "g".into()] };
        assert_eq!(operation, Told::Operation(expected));
        let Told::Call(call) = read_told("f", 2, CALL).unwrap() else { panic!("not a call") };
        assert_eq!((call.before.as_str(), call.program.source.as_str(), call.given().binds.len()), ("a = 1", "f(a)", 1));
        assert_eq!(read_told("f", 3, r#"{"done": true}"#).unwrap(), Told::Done);
    }

    #[track_caller]
    fn wrong(text: &str, what: &str) {
        let message = read_told("f", 7, text).unwrap_err().to_string();
        assert!(message.starts_with("f, line 7") && message.contains(what), "`{message}` lacks `{what}`");
    }

    #[test]
    fn faults_name_line_and_field() {
        wrong("{\"id\"", "cut off");
        wrong(r#"{"operation": 1}"#, "operation: not a string");
        wrong(r#"{"operation": "f", "row": 0}"#, "of: not a whole number");
        wrong(r#"{"operation": "f"}"#, "row: not a whole number");
        wrong(r#"{"operation": "f", "row": 0, "of": 1, "known": [1]}"#, "known: not an array");
        wrong(r#"{"id": "f"}"#, "source: missing");
        wrong(&CALL.replace(r#", {"span": 0, "value": 2}"#, ""), "acts: a fresh call has two");
    }
}
