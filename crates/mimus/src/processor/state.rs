//! States of a processor as people write and read them: numbers are hexadecimal throughout.

use std::collections::BTreeMap;

use mimus_trace::step::{Layout, ones};

use crate::failure::Failure;

/// A number with as many digits as so many bits may need.
pub fn hex(value: u64, bits: u8) -> String {
    format!("{value:0width$x}", width = usize::from(bits.div_ceil(4)))
}

/// An address.
pub fn address(layout: &Layout, value: u64) -> String {
    hex(value, layout.memory.address)
}

/// Cells.
pub fn cells(layout: &Layout, cells: &[u64]) -> String {
    cells.iter().map(|cell| hex(*cell, layout.memory.cell)).collect::<Vec<_>>().join(" ")
}

/// All registers on a line, then a line for the parts of each that has fields.
pub fn told(layout: &Layout, parts: &[u64]) -> String {
    let registers = layout.join(parts);
    let forms = layout.parts();
    let whole = layout.registers.iter().zip(&registers).map(|(r, value)| format!("{}={}", r.name, hex(*value, r.bits)));
    let mut text = whole.collect::<Vec<_>>().join(" ");
    for (i, register) in layout.registers.iter().enumerate().filter(|(_, r)| !r.fields.is_empty()) {
        let own = forms.iter().zip(parts).filter(|(form, _)| form.register == i);
        let fields: Vec<_> = own.map(|(form, value)| format!("{}={}", form.name, hex(*value, form.bits))).collect();
        text.push_str(&format!("\n{}: {}", register.name, fields.join(" ")));
    }
    text
}

/// Parts that differ: name, before, after.
pub fn changes(layout: &Layout, before: &[u64], after: &[u64]) -> Vec<(String, String, String)> {
    let both = layout.parts().into_iter().zip(before.iter().zip(after)).filter(|(_, (before, after))| before != after);
    both.map(|(part, (before, after))| (part.name, hex(*before, part.bits), hex(*after, part.bits))).collect()
}

/// Sets what a text like `r=ff q=20` says: registers, or fields of them.
pub fn set(layout: &Layout, parts: &mut [u64], text: &str) -> Result<(), Failure> {
    let forms = layout.parts();
    for word in words(text) {
        let (name, value) = word.split_once('=').ok_or_else(|| unreadable(word, "r=ff"))?;
        let number = parse(value).ok_or_else(|| unreadable(word, "r=ff"))?;
        let whole = layout.registers.iter().position(|r| r.name == name);
        let field = forms.iter().position(|form| form.name == name);
        let bits = match (whole, field) {
            (Some(i), _) => layout.registers[i].bits,
            (_, Some(i)) => forms[i].bits,
            (None, None) => return Err(unknown(layout, name)),
        };
        if number > ones(bits) {
            return Err(Failure::new(format!("`{word}`: {name} has {bits} bits, which hold at most {:x}", ones(bits))));
        }
        let mut registers = layout.join(parts);
        match (whole, field) {
            (Some(i), _) => registers[i] = number,
            (_, Some(i)) => forms[i].set(&mut registers, number),
            (None, None) => {}
        }
        parts.copy_from_slice(&layout.split(&registers));
    }
    Ok(())
}

fn unknown(layout: &Layout, name: &str) -> Failure {
    let all: Vec<_> = layout.registers.iter().map(|r| r.name.as_str()).collect();
    let mut advice = format!("the registers are {}", all.join(", "));
    for register in layout.registers.iter().filter(|r| !r.fields.is_empty()) {
        let fields: Vec<_> = register.fields.iter().map(|f| f.name.as_str()).collect();
        advice.push_str(&format!("; the fields of {} are {}", register.name, fields.join(", ")));
    }
    Failure::new(format!("there is no register or field {name}")).advise(advice)
}

/// Cells of a text like `10=ff 11=0`.
pub fn memory(layout: &Layout, text: &str) -> Result<BTreeMap<u64, u64>, Failure> {
    let cell = |word| {
        let bad = || unreadable(word, "10=ff");
        let (at, value) = word.split_once('=').ok_or_else(bad)?;
        let (at, value) = parse(at).zip(parse(value)).ok_or_else(bad)?;
        if at > ones(layout.memory.address) {
            let highest = address(layout, ones(layout.memory.address));
            return Err(Failure::new(format!("`{word}`: the highest address is {highest}")));
        }
        Ok((at, fitting(layout, word, value)?))
    };
    words(text).map(cell).collect()
}

/// Cells of a text like `69 05`.
pub fn code(layout: &Layout, text: &str) -> Result<Vec<u64>, Failure> {
    let cell = |word| fitting(layout, word, parse(word).ok_or_else(|| unreadable(word, "ff"))?);
    words(text).map(cell).collect()
}

fn fitting(layout: &Layout, word: &str, value: u64) -> Result<u64, Failure> {
    let bits = layout.memory.cell;
    match value > ones(bits) {
        true => Err(Failure::new(format!("`{word}`: a cell has {bits} bits, which hold at most {:x}", ones(bits)))),
        false => Ok(value),
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty())
}

fn unreadable(word: &str, example: &str) -> Failure {
    Failure::new(format!("`{word}` cannot be read")).advise(format!("it is written like `{example}`, in hexadecimal"))
}

fn parse(text: &str) -> Option<u64> {
    let digits = text.strip_prefix("0x").or(text.strip_prefix('$')).unwrap_or(text);
    // Rust's own parser takes a sign, too.
    digits.chars().all(|c| c.is_ascii_hexdigit()).then(|| u64::from_str_radix(digits, 16).ok())?
}
