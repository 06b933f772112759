//! What was learned of a machine without source text: for each instruction, how the state after a step comes from the state before.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use mimus_core::{Expr, Term};
use mimus_trace::step::{Layout, Memory, Part};

use crate::Rival;
use crate::file::{LoadError, count, quote, share, take_text, weighted};

/// The newest version of the text form that this crate reads and writes.
const VERSION: u32 = 1;
/// What the text form begins with.
const HEAD: &str = "mimus processor";

/// Everything learned of one processor.
#[derive(Clone, Debug, PartialEq)]
pub struct Processor {
    /// The teacher's name and version.
    pub teacher: String,
    /// How its state is laid out.
    pub layout: Layout,
    /// Instructions by the cells that choose them.
    pub instructions: BTreeMap<Vec<u64>, Instruction>,
}

/// One kind of step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Instruction {
    /// Steps that its formulas were searched on; many more may have served to check them.
    pub seen: u64,
    /// One of them, for people.
    pub example: String,
    /// What is worked out, in order. The operands of line `n` are the parts of the state before (in the layout's order) and the
    /// results of the lines before it.
    pub lines: Vec<Line>,
}

/// Something that a step works out.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What for.
    pub target: Target,
    /// Explanations, best first; empty when none was found.
    pub meanings: Vec<Rival<Expr>>,
}

/// What a line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// The address of a cell that is read: the line's result is what the cell held before the step.
    Read,
    /// The address of the write of this number, from 0.
    Address(u8),
    /// What that write puts there.
    Value(u8),
    /// What a part of the state becomes, by its number.
    Part(u8),
    /// Whether the machine stops: 1 if it does.
    Stop,
}

impl Target {
    /// How many bits of a result count.
    pub fn bits(self, memory: &Memory, parts: &[Part]) -> u8 {
        match self {
            Self::Read | Self::Address(_) => memory.address,
            Self::Value(_) => memory.cell,
            Self::Part(i) => parts.get(usize::from(i)).map_or(64, |part| part.bits),
            Self::Stop => 1,
        }
    }

    fn text(self, layout: &Layout) -> String {
        match self {
            Self::Read => "read".into(),
            Self::Address(i) => format!("address {i}"),
            Self::Value(i) => format!("value {i}"),
            Self::Part(i) => format!("set {}", layout.parts()[usize::from(i)].name),
            Self::Stop => "stop".into(),
        }
    }

    fn parse(text: &str, layout: &Layout) -> Option<Self> {
        let number = |text: &str| text.parse().ok();
        Some(match text.split_once(' ') {
            None if text == "read" => Self::Read,
            None if text == "stop" => Self::Stop,
            Some(("address", i)) => Self::Address(number(i)?),
            Some(("value", i)) => Self::Value(number(i)?),
            Some(("set", name)) => Self::Part(u8::try_from(layout.parts().iter().position(|part| part.name == name)?).ok()?),
            _ => return None,
        })
    }
}

impl Instruction {
    /// Whether every line has a meaning.
    pub fn is_complete(&self) -> bool {
        !self.lines.is_empty() && self.lines.iter().all(|line| !line.meanings.is_empty())
    }
}

impl Processor {
    /// Whether a text is of this form.
    pub fn is_text(text: &str) -> bool {
        text.starts_with(HEAD)
    }

    /// The text form. Equal knowledge gives equal text.
    pub fn to_text(&self) -> String {
        let layout = serde_json::to_string(&self.layout).unwrap_or_default();
        let mut out = format!("{HEAD} {VERSION}\nteacher {}\nlayout {layout}\n", quote(&self.teacher));
        for (code, instruction) in &self.instructions {
            let code: Vec<String> = code.iter().map(|cell| format!("{cell:02x}")).collect();
            let _ = writeln!(out, "\ninstruction {}", code.join(" "));
            let _ = writeln!(out, "  seen {}\n  example {}", instruction.seen, quote(&instruction.example));
            for line in &instruction.lines {
                let _ = writeln!(out, "  {}", line.target.text(&self.layout));
                for rival in &line.meanings {
                    let _ = writeln!(out, "    means {} {}", share(rival.share), rival.meaning);
                }
            }
        }
        out
    }

    /// Reads the text form. `file` names it in errors.
    pub fn from_text(file: &str, text: &str) -> Result<Self, LoadError> {
        let fail = |line: usize, what: String| LoadError { file: file.into(), line: line + 1, what };
        let mut lines = text.lines().enumerate();
        match lines.next().and_then(|(_, first)| first.strip_prefix(HEAD)?.trim().parse::<u32>().ok()) {
            None => return Err(fail(0, format!("not knowledge of a processor: it must begin with `{HEAD}`"))),
            Some(version) if version > VERSION => {
                return Err(fail(0, format!("version {version} is newer than this program, which reads up to {VERSION}")));
            }
            Some(_) => {}
        }
        let mut teacher = String::new();
        let mut last = None;
        let mut processor: Option<Self> = None;
        for (number, line) in lines {
            let (word, rest) = line.trim_start().split_once(' ').unwrap_or((line.trim_start(), ""));
            let done = match (&mut processor, word) {
                (_, "") => Ok(()),
                (_, "teacher") => take_text(&mut { rest }).map(|name| teacher = name),
                (None, "layout") => layout(rest).map(|layout| {
                    processor = Some(Self { teacher: teacher.clone(), layout, instructions: BTreeMap::new() });
                }),
                (None, _) => Err("expected the layout first".into()),
                (Some(processor), _) => processor.line(&mut last, line, word, rest),
            };
            done.map_err(|what| fail(number, what))?;
        }
        processor.ok_or_else(|| fail(0, "no layout: the file is cut off".into()))
    }

    /// Reads one line; `last` is the instruction it belongs to.
    fn line(&mut self, last: &mut Option<Vec<u64>>, line: &str, word: &str, mut rest: &str) -> Result<(), String> {
        let (indent, all) = (line.len() - line.trim_start().len(), line.trim());
        if (indent, word) == (0, "instruction") {
            let cell = |cell: &str| u64::from_str_radix(cell, 16).map_err(|_| format!("`{cell}` is not a cell in hexadecimal"));
            let code: Vec<u64> = rest.split_whitespace().map(cell).collect::<Result<_, _>>()?;
            if code.len() != usize::from(self.layout.code.cells) {
                return Err(format!("{} cells choose an instruction, not {}", self.layout.code.cells, code.len()));
            }
            *last = Some(code.clone());
            self.instructions.insert(code, Instruction::default());
            return Ok(());
        }
        let (layout, parts) = (&self.layout, self.layout.parts().len());
        let current = last.as_ref().and_then(|code| self.instructions.get_mut(code)).ok_or("a line outside an instruction")?;
        match (indent, word) {
            (2, "seen") => current.seen = count(rest)?,
            (2, "example") => current.example = take_text(&mut rest)?,
            (2, _) => {
                let target = Target::parse(all, layout).ok_or_else(|| format!("unknown line `{all}`"))?;
                if parts + current.lines.len() >= usize::from(u8::MAX) {
                    return Err("an instruction of so many lines cannot be".into());
                }
                current.lines.push(Line { target, meanings: vec![] });
            }
            (4, "means") => {
                let operands = parts + current.lines.len().saturating_sub(1);
                let line = current.lines.last_mut().ok_or("a meaning of nothing")?;
                let (share, term) = weighted(rest)?;
                let meaning = expr(&term, operands)?;
                line.meanings.push(Rival { meaning, share });
            }
            _ => return Err(format!("unknown line `{all}`")),
        }
        Ok(())
    }
}

/// An expression over so many operands.
fn expr(term: &Term, operands: usize) -> Result<Expr, String> {
    fn most(expr: &Expr) -> usize {
        let own = if let Expr::Arg(i) = expr { usize::from(*i) + 1 } else { 0 };
        expr.parts().map(most).fold(own, usize::max)
    }
    let expr = Expr::from_term(term)?;
    match most(&expr) {
        needed if needed > operands => Err(format!("operand a{} is not known there", needed - 1)),
        _ => Ok(expr),
    }
}

fn layout(text: &str) -> Result<Layout, String> {
    let layout: Layout = serde_json::from_str(text).map_err(|e| e.to_string())?;
    layout.check().map(|()| layout)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"mimus processor 1
teacher "t 1"
layout {"registers":[{"name":"pc","bits":16},{"name":"a","bits":8}],"memory":{"address":16,"cell":8},"code":{"at":"pc","cells":1}}

instruction a9
  seen 12
  example "a9 07"
  read
    means 0.900000 add(a0, 1)
    means 0.050000 bit_or(a0, 1)
  set a
    means 0.990000 a2
  set pc
  stop
    means 1.000000 0
"#;

    #[test]
    fn text_comes_back() {
        let read = Processor::from_text("f", TEXT).unwrap();
        assert_eq!(read.to_text(), TEXT);
        let instruction = &read.instructions[&vec![0xa9]];
        assert!(!instruction.is_complete());
        let (memory, parts) = (&read.layout.memory, read.layout.parts());
        assert_eq!(instruction.lines.iter().map(|l| l.target.bits(memory, &parts)).collect::<Vec<_>>(), [16, 8, 16, 1]);
    }

    #[track_caller]
    fn fails(from: &str, to: &str, expected: &str) {
        let told = Processor::from_text("f", &TEXT.replacen(from, to, 1)).unwrap_err().to_string();
        assert!(told.contains(expected), "{told}");
    }

    #[test]
    fn what_is_damaged_is_told_with_its_line() {
        fails("processor 1", "processor 2", "line 1: version 2 is newer");
        fails("mimus processor 1", "mimus", "line 1: not knowledge of a processor");
        fails("layout", "lay", "line 3: expected the layout first");
        fails("\"bits\":16", "\"bits\":99", "pc is 99 bits wide");
        fails("instruction a9", "instruction zz", "line 5: `zz` is not a cell");
        fails("instruction a9", "instruction a9 a9", "line 5: 1 cells choose");
        fails("set a", "set b", "line 11: unknown line `set b`");
        fails("0.990000 a2", "0.990000 a7", "line 12: operand a7 is not known there");
        fails("means 0.9", "means x0.9", "line 9: `x0.900000` is not a share");
    }
}
