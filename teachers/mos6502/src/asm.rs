//! A small assembler in two passes, for the documented instructions.
//!
//! A line is `label: instruction operand ; comment`, each part of it optional. Operands are written as in the maker's manual; values
//! are sums of decimal, `$` hexadecimal, `%` binary numbers, `'c'` characters, names and `*` (the line's own address), with `<` or `>`
//! in front for the low or high byte. Directives: `.org`, `.byte` (values and "texts"), `.word`, and `name = value`. A value below 256
//! that is known where it stands makes a zero-page operand, a name that comes later an absolute one.

mod opcodes;

use std::collections::BTreeMap;
use std::fmt;

use opcodes::{Mode, modes};

/// An assembled program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assembled {
    /// All of memory; zeros where the program says nothing.
    pub image: Box<[u8; 0x1_0000]>,
    /// Where the first byte was put.
    pub start: u16,
    /// Labels and names.
    pub names: BTreeMap<String, u16>,
}

/// What is wrong with a program, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsmError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for AsmError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

impl std::error::Error for AsmError {}

/// Makes a program's memory of its text.
pub fn assemble(text: &str) -> Result<Assembled, AsmError> {
    let mut first = First::default();
    for text in text.lines() {
        first.line += 1;
        first.read(text).map_err(|what| AsmError { line: first.line, what })?;
    }
    let mut image = Box::new([0; 0x1_0000]);
    for item in &first.items {
        let bytes = item.encode(&first.names).map_err(|what| AsmError { line: item.line, what })?;
        image[usize::from(item.address)..][..bytes.len()].copy_from_slice(&bytes);
    }
    let start = first.items.first().map_or(0, |item| item.address);
    Ok(Assembled { image, start, names: first.names })
}

type Names = BTreeMap<String, u16>;

/// Something that takes up memory.
struct Item<'a> {
    line: usize,
    address: u16,
    what: What<'a>,
}

enum What<'a> {
    Instruction(u8, Mode, &'a str),
    Byte(&'a str),
    Word(&'a str),
    Text(&'a str),
}

/// The first pass: what there is and where it lies.
#[derive(Default)]
struct First<'a> {
    names: Names,
    items: Vec<Item<'a>>,
    line: usize,
    address: usize,
}

impl<'a> First<'a> {
    fn read(&mut self, text: &'a str) -> Result<(), String> {
        let mut text = without_comment(text).trim();
        while let Some((label, rest)) = text.split_once(':').filter(|(label, _)| is_name(label.trim())) {
            let address = u16::try_from(self.address).map_err(|_| "the label lies behind the end of memory")?;
            self.define(label.trim(), address)?;
            text = rest.trim();
        }
        if text.is_empty() {
            return Ok(());
        }
        if let Some((name, value)) = text.split_once('=').filter(|(name, _)| is_name(name.trim())) {
            let value = self.known(value)?;
            return self.define(name.trim(), value);
        }
        let (word, operand) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        self.statement(&word.to_ascii_lowercase(), operand.trim())
    }

    fn statement(&mut self, word: &str, operand: &'a str) -> Result<(), String> {
        match word {
            ".org" => self.address = self.known(operand)?.into(),
            ".byte" => {
                for value in split(operand) {
                    let quoted = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
                    let (what, size) = quoted.map_or((What::Byte(value), 1), |text| (What::Text(text), text.len()));
                    self.push(what, size)?;
                }
            }
            ".word" => {
                for value in split(operand) {
                    self.push(What::Word(value), 2)?;
                }
            }
            _ if word.starts_with('.') => return Err(format!("there is no directive `{word}`; there are .org, .byte and .word")),
            _ => {
                let (opcode, mode, value) = self.instruction(word, operand)?;
                self.push(What::Instruction(opcode, mode, value), 1 + mode.operand())?;
            }
        }
        Ok(())
    }

    /// An instruction's opcode, its mode, and the part of the operand that is a value.
    fn instruction(&self, word: &str, operand: &'a str) -> Result<(u8, Mode, &'a str), String> {
        let modes = modes(word).ok_or_else(|| format!("there is no instruction `{word}`"))?;
        let (possible, value) = self.shapes(operand);
        let found = possible.iter().find_map(|mode| modes.iter().find(|(given, _)| given == mode));
        let (mode, opcode) = found.ok_or_else(|| match operand {
            "" => format!("`{word}` needs an operand"),
            _ => format!("`{word}` cannot have the operand `{operand}`"),
        })?;
        Ok((*opcode, *mode, value))
    }

    /// The modes that an operand may be meant for, best first, and its value.
    fn shapes(&self, operand: &'a str) -> (Vec<Mode>, &'a str) {
        if operand.is_empty() {
            return (vec![Mode::Implied, Mode::Accumulator], "");
        }
        if operand.eq_ignore_ascii_case("a") {
            return (vec![Mode::Accumulator], "");
        }
        if let Some(value) = operand.strip_prefix('#') {
            return (vec![Mode::Immediate], value);
        }
        if let Some(inner) = operand.strip_prefix('(') {
            if let Some(value) = indexed(inner, 'y').and_then(|value| value.strip_suffix(')')) {
                return (vec![Mode::IndirectY], value);
            }
            if let Some(inner) = inner.strip_suffix(')') {
                return indexed(inner, 'x').map_or((vec![Mode::Indirect], inner), |value| (vec![Mode::IndirectX], value));
            }
        }
        let (near, far, value) = if let Some(value) = indexed(operand, 'x') {
            (vec![Mode::ZeroPageX], vec![Mode::AbsoluteX], value)
        } else if let Some(value) = indexed(operand, 'y') {
            (vec![Mode::ZeroPageY], vec![Mode::AbsoluteY], value)
        } else {
            (vec![Mode::ZeroPage], vec![Mode::Absolute, Mode::Relative], operand)
        };
        // The second pass must come to the same size: so a value that is not known yet counts as a long one.
        let short = self.known(value).is_ok_and(|value| value < 0x100);
        (if short { [near, far].concat() } else { [far, near].concat() }, value)
    }

    fn known(&self, text: &str) -> Result<u16, String> {
        value(text, &self.names, u16::try_from(self.address).ok())
    }

    fn define(&mut self, name: &str, value: u16) -> Result<(), String> {
        if ["a", "x", "y"].contains(&name.to_ascii_lowercase().as_str()) {
            return Err(format!("`{name}` is a register and cannot be a name"));
        }
        match self.names.insert(name.into(), value) {
            Some(_) => Err(format!("`{name}` has been given before")),
            None => Ok(()),
        }
    }

    fn push(&mut self, what: What<'a>, size: usize) -> Result<(), String> {
        let address = u16::try_from(self.address).ok().filter(|_| self.address + size <= 0x1_0000);
        let address = address.ok_or("the program goes on behind the end of memory")?;
        self.items.push(Item { line: self.line, address, what });
        self.address += size;
        Ok(())
    }
}

impl Item<'_> {
    fn encode(&self, names: &Names) -> Result<Vec<u8>, String> {
        let value = |text: &str| value(text, names, Some(self.address));
        let byte = |text: &str| {
            let value = value(text)?;
            u8::try_from(value).map_err(|_| format!("`{}` is ${value:x}, which is more than a byte holds", text.trim()))
        };
        Ok(match self.what {
            What::Byte(text) => vec![byte(text)?],
            What::Word(text) => value(text)?.to_le_bytes().into(),
            What::Text(text) => text.bytes().collect(),
            What::Instruction(opcode, Mode::Relative, text) => {
                let distance = i32::from(value(text)?) - i32::from(self.address) - 2;
                let distance =
                    i8::try_from(distance).map_err(|_| format!("`{text}` is {distance} bytes away: too far for a branch"))?;
                vec![opcode, distance as u8]
            }
            What::Instruction(opcode, mode, text) => match mode.operand() {
                0 => vec![opcode],
                1 => vec![opcode, byte(text)?],
                _ => [&[opcode], &value(text)?.to_le_bytes()[..]].concat(),
            },
        })
    }
}

/// What stands before an index register, if the operand has that index.
fn indexed(operand: &str, register: char) -> Option<&str> {
    let (value, index) = operand.rsplit_once(',')?;
    index.trim().eq_ignore_ascii_case(&register.to_string()).then_some(value.trim())
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// The parts of a text at a character, except where it is quoted.
fn unquoted(text: &str, at: char) -> Vec<&str> {
    let mut quote = None;
    let parts = text.split(|c| {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            _ => {}
        }
        quote.is_none() && c == at
    });
    parts.collect()
}

fn without_comment(line: &str) -> &str {
    unquoted(line, ';')[0]
}

fn split(values: &str) -> Vec<&str> {
    unquoted(values, ',').into_iter().map(str::trim).collect()
}

/// A sum, or one byte of it.
fn value(text: &str, names: &Names, here: Option<u16>) -> Result<u16, String> {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix('<') {
        return Ok(value(rest, names, here)? & 0xff);
    }
    if let Some(rest) = text.strip_prefix('>') {
        return Ok(value(rest, names, here)? >> 8);
    }
    let mut sum = 0_i64;
    let mut rest = text;
    let mut sign = 1;
    loop {
        // A character may itself be a sign.
        let quoted = if rest.starts_with('\'') { 3.min(rest.len()) } else { 0 };
        let end = rest.get(quoted..).and_then(|rest| rest.find(['+', '-'])).map_or(rest.len(), |end| quoted + end);
        sum += sign * term(rest[..end].trim(), names, here)?;
        let Some(operator) = rest[end..].chars().next() else { break };
        sign = if operator == '+' { 1 } else { -1 };
        rest = rest[end + 1..].trim_start();
    }
    u16::try_from(sum).map_err(|_| format!("`{text}` is {sum}, which is no value from 0 to 65535"))
}

fn term(text: &str, names: &Names, here: Option<u16>) -> Result<i64, String> {
    let number = |digits: &str, radix| i64::from_str_radix(digits, radix).map_err(|_| format!("`{text}` is not a number"));
    match text.as_bytes() {
        [] => Err("a value is missing".into()),
        [b'$', ..] => number(&text[1..], 16),
        [b'%', ..] => number(&text[1..], 2),
        [b'0'..=b'9', ..] => number(text, 10),
        [b'\'', c, b'\''] => Ok((*c).into()),
        b"*" => here.map(i64::from).ok_or_else(|| "`*` lies behind the end of memory".into()),
        _ if is_name(text) => names.get(text).map(|value| i64::from(*value)).ok_or_else(|| format!("`{text}` is not defined")),
        _ => Err(format!("`{text}` is not a value")),
    }
}

#[cfg(test)]
mod tests;
