//! Every program assembles, ends, and leaves what it should, worked out in another way, in memory.

use std::fs;
use std::path::Path;

use mimus_teacher_mos6502::asm::assemble;
use mimus_teacher_mos6502::{PROGRAMS, Why, expected, run};

#[test]
fn programs_end_with_the_right_results() {
    for (name, text) in PROGRAMS {
        let program = assemble(text).unwrap_or_else(|e| panic!("{name}.s, {e}"));
        assert_eq!(program.start, 0x400, "{name}.s");
        let ended = run(&program.image, program.start, 5_000_000);
        assert_eq!(ended.why, Why::Done, "{name}.s, at ${:04x}", ended.registers[0]);
        assert_eq!(ended.registers[0], u64::from(program.names["done"]), "{name}.s");
        let right = expected(text).unwrap_or_else(|e| panic!("{name}.s, {e}"));
        assert!(!right.is_empty(), "{name}.s expects nothing");
        let got: Vec<(u16, u8)> = right.iter().map(|(at, _)| (*at, ended.memory[usize::from(*at)])).collect();
        assert_eq!(got, right, "{name}.s: {got:02x?} instead of {right:02x?}");
        let empty = right.iter().all(|(at, value)| program.image[usize::from(*at)] == *value);
        assert!(!empty, "{name}.s: its results are there before it runs");
    }
}

#[test]
fn the_list_of_programs_is_complete() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("programs");
    let files = fs::read_dir(folder).expect("programs/ is there").flatten();
    let mut names: Vec<String> = files.map(|file| file.file_name().to_string_lossy().replace(".s", "")).collect();
    names.sort();
    assert_eq!(PROGRAMS.iter().map(|(name, _)| *name).collect::<Vec<_>>(), names);
}
