//! Benchmark items, told apart by their fields.

use serde_json::{Map, Value};

/// One thing to be answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its name in reports.
    pub id: String,
    /// What is asked.
    pub task: Task,
}

/// What an item asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Task {
    /// `code` defines a function; what does it give for `input`?
    Function {
        /// The definition.
        code: String,
        /// The argument list, as text.
        input: String,
        /// How the teacher shows the result.
        output: String,
    },
    /// `code` after `setup`; every one of the tests passes.
    Problem {
        /// What runs first.
        setup: String,
        /// The solution.
        code: String,
        /// Statements that raise when the solution is wrong.
        tests: Vec<String>,
    },
    /// A line that a person types over a memory.
    Phrase {
        /// Statements that set the memory up.
        memory: String,
        /// The line.
        line: String,
        /// How the teacher shows the value, if the line gives one.
        value: Option<String>,
        /// What is printed.
        stdout: String,
        /// How the teacher shows what changed names hold afterwards.
        memory_after: Vec<(String, String)>,
    },
}

/// A benchmark file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemError {
    /// Line number, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

/// Reads JSON Lines; the format of each line is told by its fields.
pub fn read_items(text: &str) -> Result<Vec<Item>, ItemError> {
    let mut items = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if !line.trim().is_empty() {
            items.push(read_item(line).map_err(|what| ItemError { line: number + 1, what })?);
        }
    }
    match items.is_empty() {
        true => Err(ItemError { line: 1, what: "the file holds no items".into() }),
        false => Ok(items),
    }
}

fn read_item(line: &str) -> Result<Item, String> {
    let map = match serde_json::from_str(line) {
        Ok(Value::Object(map)) => map,
        Ok(_) => return Err("not a JSON object".into()),
        Err(e) => return Err(format!("not JSON ({e}); is the file cut off?")),
    };
    let task = if map.contains_key("input") && map.contains_key("output") {
        Task::Function { code: text(&map, "code")?, input: text(&map, "input")?, output: text(&map, "output")? }
    } else if map.contains_key("tests") {
        Task::Problem { setup: optional(&map, "setup")?, code: text(&map, "code")?, tests: texts(&map, "tests")? }
    } else if map.contains_key("line") {
        let value = match map.get("value") {
            None | Some(Value::Null) => None,
            Some(_) => Some(text(&map, "value")?),
        };
        Task::Phrase {
            memory: optional(&map, "memory")?,
            line: text(&map, "line")?,
            value,
            stdout: optional(&map, "stdout")?,
            memory_after: pairs(&map, "memory_after")?,
        }
    } else {
        return Err("no known format: an item has `input` and `output`, or `tests`, or `line`".into());
    };
    Ok(Item { id: text(&map, "id")?, task })
}

fn text(map: &Map<String, Value>, field: &str) -> Result<String, String> {
    match map.get(field) {
        Some(Value::String(text)) => Ok(text.clone()),
        Some(_) => Err(format!("{field} is not a string")),
        None => Err(format!("{field} is missing")),
    }
}

fn optional(map: &Map<String, Value>, field: &str) -> Result<String, String> {
    match map.contains_key(field) {
        true => text(map, field),
        false => Ok(String::new()),
    }
}

fn texts(map: &Map<String, Value>, field: &str) -> Result<Vec<String>, String> {
    let texts =
        map.get(field).and_then(Value::as_array).map(|items| items.iter().map(|t| t.as_str().map(String::from)).collect());
    texts.flatten().ok_or_else(|| format!("{field} is not an array of strings"))
}

fn pairs(map: &Map<String, Value>, field: &str) -> Result<Vec<(String, String)>, String> {
    match map.get(field) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Object(fields)) => {
            let pair = |(name, shown): (&String, &Value)| Some((name.clone(), shown.as_str()?.to_string()));
            fields.iter().map(pair).collect::<Option<_>>().ok_or_else(|| format!("{field} holds something that is not a string"))
        }
        Some(_) => Err(format!("{field} is not an object")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn wrong(text: &str, line: usize, what: &str) {
        let error = read_items(text).unwrap_err();
        assert_eq!(error.line, line);
        assert!(error.what.contains(what), "{} lacks {what}", error.what);
    }

    #[test]
    fn formats_are_told_by_fields() {
        let items = read_items(concat!(
            "{\"id\": \"a\", \"code\": \"c\", \"input\": \"1\", \"output\": \"2\"}\n\n",
            "{\"id\": \"b\", \"code\": \"c\", \"tests\": [\"t\"]}\n",
            "{\"id\": \"c\", \"line\": \"l\", \"value\": null, \"memory_after\": {\"x\": \"5\"}}\n",
        ))
        .unwrap();
        assert!(matches!(items[0].task, Task::Function { .. }));
        assert!(matches!(&items[1].task, Task::Problem { setup, .. } if setup.is_empty()));
        assert!(matches!(&items[2].task, Task::Phrase { memory_after, .. } if memory_after.len() == 1));
    }

    #[test]
    fn faults_name_line_and_field() {
        wrong("", 1, "no items");
        wrong("[]", 1, "not a JSON object");
        wrong("{\"id\": \"a\", \"line\": \"l\"}\n{\"id\": ", 2, "cut off");
        wrong("{\"id\": \"a\"}", 1, "no known format");
        wrong("{\"line\": \"l\"}", 1, "id is missing");
        wrong("{\"id\": \"a\", \"tests\": [1], \"code\": \"\"}", 1, "tests is not an array of strings");
        wrong("{\"id\": 1, \"line\": \"l\"}", 1, "id is not a string");
        wrong("{\"id\": \"a\", \"line\": \"l\", \"memory_after\": {\"x\": 1}}", 1, "memory_after holds");
    }
}
