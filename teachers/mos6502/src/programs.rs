//! Programs to run whole, as a course sets them, each with the right results.

use crate::asm::AsmError;

macro_rules! programs {
    ($($name:literal)*) => { &[$(($name, include_str!(concat!("../programs/", $name, ".s")))),*] };
}

/// Names and texts. Each begins at `$0400` and ends in a jump to itself.
pub const PROGRAMS: &[(&str, &str)] = programs! {
    "add32"
    "addressing"
    "bcd_arithmetic"
    "bubble_sort"
    "count_bits"
    "crc"
    "divide"
    "factorial"
    "fibonacci_bcd"
    "flags"
    "gcd"
    "hanoi"
    "insertion_sort"
    "interrupt"
    "jump_table"
    "matrix"
    "multiply16"
    "multiply8"
    "self_modifying"
    "shift_register"
    "sieve"
    "string_compare"
    "string_reverse"
    "text_numbers"
};

/// The bytes that a program must leave in memory: its lines `; expect $0200 = 01 02 ff`.
pub fn expected(text: &str) -> Result<Vec<(u16, u8)>, AsmError> {
    let mut all = vec![];
    for (i, line) in text.lines().enumerate() {
        let Some(rest) = line.strip_prefix("; expect ") else { continue };
        let bad = || AsmError { line: i + 1, what: format!("`{line}` does not read like `; expect $0200 = 01 02 ff`") };
        let (address, bytes) = rest.strip_prefix('$').and_then(|rest| rest.split_once('=')).ok_or_else(bad)?;
        let address = u16::from_str_radix(address.trim(), 16).map_err(|_| bad())?;
        for (i, byte) in (0..).zip(bytes.split_whitespace()) {
            all.push((address.wrapping_add(i), u8::from_str_radix(byte, 16).map_err(|_| bad())?));
        }
    }
    Ok(all)
}
