//! The dialogue: a line in, what it gave, how sure that is, and what changed in memory.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use mimus_core::{Kind, Value};
use mimus_knowledge::Knowledge;
use mimus_machine::{Interrupt, Limits, Machine, Report};
use rustyline::DefaultEditor;
use rustyline::error::ReadlineError;

use crate::args::Engine;
use crate::engine;
use crate::failure::{Exit, Failure};
use crate::rivals::{Place, told};
use crate::table::Table;
use crate::wording;

/// What the dialogue says of itself.
const HELP: &str = "\
Type a line, or a block: a block begins with a line that needs more, and ends with an empty line.
  :memory   what every name holds
  :why      how the last result came about: each construct, its meaning, how often it was observed
  :top      the last result and its rivals
  :help     this
  :quit     the end (or Ctrl-D); Ctrl-C stops what is running or forgets what was typed";

/// How many rivals `:top` shows, and how many steps each may take to build the memory.
const TOP: usize = 5;
const TOP_FUEL: u64 = 50_000_000;

/// Reads, runs and tells until the end of input.
pub fn repl(args: &Engine, memory: Option<u64>) -> Result<Exit, Failure> {
    let knowledge = engine::knowledge(args)?;
    let mut editor = DefaultEditor::new().map_err(|e| Failure::new(format!("the terminal cannot be used: {e}")))?;
    let history = history();
    if let Some(path) = &history {
        // There is none the first time.
        let _ = editor.load_history(path);
    }
    let running: Arc<Mutex<Option<Interrupt>>> = Arc::default();
    let interrupted = Arc::clone(&running);
    // Without a handler Ctrl-C ends the whole dialogue, which is no harm to anything but it.
    let _ = ctrlc::set_handler(move || {
        if let Some(interrupt) = interrupted.lock().ok().and_then(|running| running.clone()) {
            interrupt.interrupt();
        }
    });
    if io::stdin().is_terminal() {
        println!("mimus {}, learned from {}. :help tells more.", env!("CARGO_PKG_VERSION"), knowledge.teacher);
    }
    let limits = engine::limits(args, memory);
    let machine = engine::machine(&knowledge, limits)?;
    let mut dialogue = Dialogue { knowledge: Arc::clone(&knowledge), limits, machine, before: Vec::new(), last: None };
    let mut block = Block::new(&knowledge);
    loop {
        match editor.readline(if block.text.is_empty() { "> " } else { ". " }) {
            Ok(line) if block.text.is_empty() && line.starts_with(':') => {
                let _ = editor.add_history_entry(&line);
                if line.trim() == ":quit" {
                    break;
                }
                println!("{}", dialogue.command(line.trim()));
            }
            Ok(line) => {
                if let Some(text) = block.take(&line) {
                    let _ = editor.add_history_entry(text.trim_end());
                    *running.lock().unwrap_or_else(|broken| broken.into_inner()) = Some(dialogue.machine.interrupt_handle());
                    dialogue.run(&text);
                    *running.lock().unwrap_or_else(|broken| broken.into_inner()) = None;
                }
            }
            Err(ReadlineError::Interrupted) => {
                block.rest();
            }
            Err(ReadlineError::Eof) => {
                // A block at the end of a file has no empty line after it.
                if let Some(text) = block.rest() {
                    dialogue.run(&text);
                }
                break;
            }
            Err(error) => return Err(Failure::new(format!("the terminal cannot be read: {error}"))),
        }
    }
    if let Some(path) = &history {
        // A history that cannot be kept is no reason to fail.
        let _ = path.parent().map(std::fs::create_dir_all);
        let _ = editor.save_history(path);
    }
    Ok(Exit::Fine)
}

/// Where the lines typed before are kept.
fn history() -> Option<PathBuf> {
    if !io::stdin().is_terminal() {
        return None;
    }
    let state = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from);
    let state = state.or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/state")))?;
    Some(state.join("mimus/history"))
}

/// What the dialogue holds.
struct Dialogue {
    knowledge: Arc<Knowledge>,
    limits: Limits,
    machine: Machine,
    /// Every text before the last one, to build the same memory with other meanings.
    before: Vec<String>,
    last: Option<(String, Report)>,
}

impl Dialogue {
    /// Runs a text and tells: its output comes first, as it is printed.
    fn run(&mut self, text: &str) {
        let mut out = io::stdout();
        let report = self.machine.run(text, &mut out);
        let _ = out.flush();
        print!("{}", self.told(text, &report));
        let _ = out.flush();
        self.before.extend(self.last.take().map(|(text, _)| text));
        self.last = Some((text.into(), report));
    }

    /// The value, what changed, how sure it is; or what went wrong.
    fn told(&mut self, source: &str, report: &Report) -> String {
        let mut text = String::new();
        let shown = report.value.as_ref().filter(|value| !matches!(value, Value::None)).map(|value| self.machine.show(value));
        if let Some(value) = shown {
            let _ = writeln!(text, "{value}");
        }
        for (name, value) in &report.changed {
            let _ = match value {
                Some(value) => writeln!(text, "  {name} = {}", self.machine.show(value)),
                None => writeln!(text, "  {name} is gone"),
            };
        }
        match engine::ending(report, "the text", source) {
            Some(ending) => {
                let _ = writeln!(text, "{ending}");
            }
            None => {
                let _ = writeln!(text, "  ({} sure)", wording::percent(report.confidence));
            }
        }
        text
    }

    /// What a command of the dialogue tells.
    fn command(&mut self, command: &str) -> String {
        match command {
            ":help" => HELP.into(),
            ":memory" => self.memory(),
            ":why" => self.why(),
            ":top" => self.top(),
            other => format!("there is no {other}; :help lists what there is"),
        }
    }

    fn memory(&mut self) -> String {
        let mut text = String::new();
        for (name, value) in self.machine.memory() {
            let _ = writeln!(text, "  {name} = {}", self.machine.show(&value));
        }
        if text.is_empty() { "  nothing yet".into() } else { text.trim_end().into() }
    }

    fn why(&self) -> String {
        let Some((source, report)) = &self.last else { return "nothing has run yet".into() };
        let mut table = Table::new(&["what", "means", "seen", "share", "ran"]);
        for used in &report.steps {
            let (seen, ran) = (used.seen.to_string(), used.count.to_string());
            table.row([used.key.clone(), used.meaning.clone(), seen, wording::percent(used.share), ran]);
        }
        let mut text = table.to_string();
        if let Some(weak) = &report.weakest {
            let (share, what) = (wording::percent(weak.confidence), &weak.what);
            let _ = writeln!(text, "least sure: {what} ({share}) in `{}`", wording::excerpt(source, &weak.at));
        }
        let _ = write!(text, "all together: {}", wording::percent(report.confidence));
        text
    }

    /// The last result again, and what rival meanings make of it.
    fn top(&self) -> String {
        let Some((source, _)) = &self.last else { return "nothing has run yet".into() };
        // What ran for long in the dialogue must not run for long once for each rival.
        let limits = Limits { fuel: self.limits.fuel.or(Some(TOP_FUEL)), ..self.limits };
        let posterior = Place { knowledge: &self.knowledge, limits, before: &self.before }.ask(source);
        told(&posterior.answers, TOP).trim_end().into()
    }
}

/// Lines that wait for more.
struct Block {
    text: String,
    /// What the text before a block ends with, in this language.
    openers: HashSet<String>,
    /// Whether an empty line ends it; else the closing of all brackets does.
    open: bool,
}

impl Block {
    fn new(knowledge: &Knowledge) -> Self {
        let mut openers = HashSet::new();
        for (form, _) in knowledge.constructs.keys() {
            let tokens: Vec<_> = form.template.as_str().split_whitespace().collect();
            let opens = |pair: &&[&str]| pair[1] == Kind::Block.hole() && !Kind::ALL.map(Kind::hole).contains(&pair[0]);
            openers.extend(tokens.windows(2).filter(opens).map(|pair| pair[0].to_string()));
        }
        Self { text: String::new(), openers, open: false }
    }

    /// Takes a line; gives the whole text when it is complete.
    fn take(&mut self, line: &str) -> Option<String> {
        if line.trim().is_empty() {
            return self.rest();
        }
        self.text.push_str(line);
        self.text.push('\n');
        let end = line.trim_end();
        self.open |= self.openers.iter().any(|opener| end.ends_with(opener.as_str()));
        if self.open || depth(&self.text) > 0 { None } else { self.rest() }
    }

    /// What there is, complete or not.
    fn rest(&mut self) -> Option<String> {
        self.open = false;
        Some(std::mem::take(&mut self.text)).filter(|text| !text.is_empty())
    }
}

/// How many brackets are open at the end. Brackets inside quotes are counted as well: an empty line helps where that is wrong.
fn depth(text: &str) -> i64 {
    text.chars()
        .map(|c| match c {
            '(' | '[' | '{' => 1,
            ')' | ']' | '}' => -1,
            _ => 0,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mimus_core::Form;
    use mimus_knowledge::{Construct, Role};

    #[test]
    fn blocks_end_where_a_person_expects() {
        let mut knowledge = Knowledge::default();
        let construct = Construct { seen: 1, example: String::new(), meanings: vec![] };
        knowledge.constructs.insert((Form::new(Kind::Stmt, "loop _ => B"), Role::Plain), construct);
        let mut block = Block::new(&knowledge);
        assert_eq!(block.take("x = 1"), Some("x = 1\n".into()));
        assert_eq!(block.take(""), None);
        assert_eq!(block.take("loop x =>"), None);
        assert_eq!(block.take("  y"), None);
        assert_eq!(block.take(""), Some("loop x =>\n  y\n".into()));
        assert_eq!(block.take("f(1,"), None);
        assert_eq!(block.take("2)"), Some("f(1,\n2)\n".into()));
        assert_eq!(block.take("f(1,"), None);
        assert_eq!(block.take(""), Some("f(1,\n".into()));
    }
}
