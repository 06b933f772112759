//! A teacher whose answers are kept in a file: learning that was stopped goes on without asking anything twice.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use mimus_learn::Ask;
use mimus_trace::{Answer, read_answer};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::teacher::Process;

/// A text and whether only its spans were wanted.
type Question = (String, bool);

/// Answers from a file, and from a running teacher what the file lacks.
pub struct Asked {
    process: Process,
    /// Answer lines as they came.
    known: HashMap<Question, String>,
    kept: File,
    path: PathBuf,
}

impl Asked {
    /// Goes on with what is kept at `path`, if that is of the same teacher.
    pub fn new(process: Process, path: &Path) -> Result<Self, Failure> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(|e| Failure::file("create", folder, &e))?;
        }
        let header = json!({"teacher": process.teacher()}).to_string();
        let text = fs::read_to_string(path).unwrap_or_default();
        let known = known(&text, &header);
        if known.is_empty() {
            fs::write(path, format!("{header}\n")).map_err(|e| Failure::file("write", path, &e))?;
        } else if !text.ends_with('\n') {
            // The last answer was cut off when learning was stopped.
            let whole = text.rfind('\n').map_or("", |end| &text[..=end]);
            fs::write(path, whole).map_err(|e| Failure::file("write", path, &e))?;
        }
        let kept = OpenOptions::new().append(true).open(path).map_err(|e| Failure::file("write", path, &e))?;
        Ok(Self { process, known, kept, path: path.into() })
    }

    /// Who is asked: name and version.
    pub fn teacher(&self) -> &str {
        self.process.teacher()
    }

    /// Learning is done: nothing needs to be kept.
    pub fn forget(self) {
        // A file that stays is no harm: it is used or replaced next time.
        let _ = fs::remove_file(&self.path);
    }

    fn ask_process(&mut self, sources: &[(String, String)], text_only: bool) -> Result<(), String> {
        let (known, kept) = (&mut self.known, &mut self.kept);
        let mut lost = None;
        let asked = self.process.ask(sources, text_only, |i, told| {
            let source = &sources[i].1;
            let entry = json!({"source": source, "static": text_only, "line": told.line});
            lost = writeln!(kept, "{entry}").err().or(lost.take());
            known.insert((source.clone(), text_only), told.line);
        });
        asked.map_err(|failure| failure.to_string())?;
        match lost {
            Some(error) => Err(format!("its answers cannot be kept in {}: {error}", self.path.display())),
            None => Ok(()),
        }
    }
}

impl Ask for Asked {
    fn ask(&mut self, sources: &[String], text_only: bool) -> Result<Vec<Answer>, String> {
        let mut new: Vec<(String, String)> = Vec::new();
        for source in sources {
            let asked = new.iter().any(|(_, other)| other == source);
            if !asked && !self.known.contains_key(&(source.clone(), text_only)) {
                new.push((format!("asked-{}", self.known.len() + new.len()), source.clone()));
            }
        }
        self.ask_process(&new, text_only)?;
        let answer = |source: &String| {
            let line = self.known.get(&(source.clone(), text_only)).ok_or("an answer is lost")?;
            read_answer(&self.path.display().to_string(), 1, line).map_err(|e| e.to_string())
        };
        sources.iter().map(answer).collect()
    }
}

/// The answers in a file that begins with this header; none if it is another teacher's, and none from a line that was cut off.
fn known(text: &str, header: &str) -> HashMap<Question, String> {
    let mut lines = text.lines();
    if lines.next() != Some(header) {
        return HashMap::new();
    }
    let entry = |line: &str| {
        let entry: Value = serde_json::from_str(line).ok()?;
        let question = (entry["source"].as_str()?.to_string(), entry["static"].as_bool()?);
        Some((question, entry["line"].as_str()?.to_string()))
    };
    lines.filter_map(entry).collect()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::process::Command;

    /// A teacher that refuses everything, and counts how often it was asked in the answers.
    const COUNTING: &str = r#"echo '{"mimus-trace": 1, "teacher": "t 1"}'; n=0
        while read -r q; do n=$((n+1)); id=$(echo "$q" | sed 's/.*"id":"\([^"]*\)".*/\1/'); echo "{\"id\": \"$id\", \"refused\": \"$n\"}"; done"#;

    fn asked(path: &Path) -> Asked {
        let mut command = Command::new("sh");
        command.args(["-c", COUNTING]);
        Asked::new(Process::start("t", command).unwrap(), path).unwrap()
    }

    #[track_caller]
    fn check(asked: &mut Asked, sources: &[&str], expected: &[&str]) {
        let sources: Vec<String> = sources.iter().map(|s| s.to_string()).collect();
        let answers = asked.ask(&sources, false).unwrap();
        let expected: Vec<Answer> = expected.iter().map(|n| Answer::Refused(n.to_string())).collect();
        assert_eq!(answers, expected);
    }

    #[test]
    fn nothing_is_asked_twice() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kept");
        let mut first = asked(&path);
        check(&mut first, &["a", "b", "a"], &["1", "2", "1"]);
        check(&mut first, &["b", "c"], &["2", "3"]);
        drop(first);
        // Stopped in the middle of a line.
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, &text[..text.len() - 5]).unwrap();
        let mut second = asked(&path);
        check(&mut second, &["a", "b", "c"], &["1", "2", "1"]);
        second.forget();
        assert!(!path.exists());
    }
}
