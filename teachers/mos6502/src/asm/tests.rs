use mimus_trace::step::{Fill, Oracle, Question};

use super::opcodes::TABLE;
use super::*;
use crate::{DOCUMENTED, Mos6502};

fn bytes(text: &str) -> Vec<u8> {
    let assembled = assemble(&format!(".org $0400\n{text}\nend:")).unwrap_or_else(|e| panic!("{text}: {e}"));
    assembled.image[0x400..usize::from(assembled.names["end"])].into()
}

#[test]
fn every_form_has_its_bytes() {
    let cases: &[(&str, &[u8])] = &[
        ("nop", &[0xea]),
        ("ASL", &[0x0a]),
        ("asl a", &[0x0a]),
        ("lda #10", &[0xa9, 10]),
        ("lda #%1010 ; ten", &[0xa9, 10]),
        ("lda #';' ; a semicolon", &[0xa9, b';']),
        ("lda #'+'+1", &[0xa9, b'+' + 1]),
        ("lda $12", &[0xa5, 0x12]),
        ("lda $0012", &[0xa5, 0x12]),
        ("lda $12,x", &[0xb5, 0x12]),
        ("ldx $12 , Y", &[0xb6, 0x12]),
        ("lda $12,y", &[0xb9, 0x12, 0]),
        ("lda $1234", &[0xad, 0x34, 0x12]),
        ("lda $1234,x", &[0xbd, 0x34, 0x12]),
        ("lda ($12,x)", &[0xa1, 0x12]),
        ("lda ($12),y", &[0xb1, 0x12]),
        ("jmp ($1234)", &[0x6c, 0x34, 0x12]),
        ("jmp $12", &[0x4c, 0x12, 0]),
        ("here: bne here", &[0xd0, 0xfe]),
        ("beq *+4", &[0xf0, 0x02]),
        ("bcc later\nnop\nlater: nop", &[0x90, 0x01, 0xea, 0xea]),
        ("lda later+1\nlater: nop", &[0xad, 0x04, 0x04, 0xea]),
        ("lda #<later\nlater: ldx #>later+1", &[0xa9, 0x02, 0xa2, 0x04]),
        ("n = 3 + 4 - 2\nlda n\nlda #n", &[0xa5, 5, 0xa9, 5]),
        (".byte 1, $ff, 'a', \"b,;c\"", &[1, 0xff, b'a', b'b', b',', b';', b'c']),
        (".word $1234, end", &[0x34, 0x12, 0x04, 0x04]),
        ("one: two: .byte <two, >two", &[0x00, 0x04]),
    ];
    for (text, expected) in cases {
        assert_eq!(bytes(text), *expected, "{text}");
    }
}

#[test]
fn a_program_has_a_start_and_names() {
    let made = assemble("out = $0200\n.org $0400\nmain: lda #1\n.org $fffe\n.word main").unwrap();
    assert_eq!((made.start, made.names["out"], made.names["main"]), (0x400, 0x200, 0x400));
    assert_eq!((made.image[0x401], made.image[0xffff]), (1, 4));
}

#[test]
fn mistakes_are_named_with_their_line() {
    let cases = [
        ("nop\n  foo 1", "line 2: there is no instruction `foo`"),
        ("lda", "line 1: `lda` needs an operand"),
        ("inx 3", "line 1: `inx` cannot have the operand `3`"),
        ("sta #1", "line 1: `sta` cannot have the operand `#1`"),
        ("lda #256", "line 1: `256` is $100, which is more than a byte holds"),
        ("lda #1-2", "line 1: `1-2` is -1, which is no value from 0 to 65535"),
        ("\n\njmp nowhere", "line 3: `nowhere` is not defined"),
        ("n = later\nlater:", "line 1: `later` is not defined"),
        ("a: nop", "line 1: `a` is a register and cannot be a name"),
        ("b: nop\nb: nop", "line 2: `b` has been given before"),
        ("lda $xy", "line 1: `$xy` is not a number"),
        ("lda !", "line 1: `!` is not a value"),
        ("lda 1+", "line 1: a value is missing"),
        (".text 1", "line 1: there is no directive `.text`; there are .org, .byte and .word"),
        (".org $ffff\n.word 1", "line 2: the program goes on behind the end of memory"),
        (".org $ffff\n.byte 1\nend:", "line 3: the label lies behind the end of memory"),
        ("bne $0100", "line 1: `$0100` is 254 bytes away: too far for a branch"),
        ("lda ($1234),y", "line 1: `$1234` is $1234, which is more than a byte holds"),
    ];
    for (text, expected) in cases {
        assert_eq!(assemble(text).unwrap_err().to_string(), expected, "{text}");
    }
}

#[test]
fn the_table_holds_the_documented_opcodes_once_each() {
    assert!(TABLE.is_sorted_by_key(|(name, _)| name));
    let mut opcodes: Vec<u8> = TABLE.iter().flat_map(|(_, modes)| modes.iter().map(|(_, opcode)| *opcode)).collect();
    opcodes.sort();
    assert_eq!(opcodes, DOCUMENTED);
}

/// The table was not made by looking at the emulator: both must agree on how long instructions are.
#[test]
fn the_machine_takes_instructions_to_be_as_long() {
    for (name, modes) in TABLE.iter().filter(|(name, _)| !["brk", "jmp", "jsr", "rti", "rts"].contains(name)) {
        for (mode, opcode) in *modes {
            let question = Question {
                registers: vec![0x400, 0xfd, 0, 0, 0, 0x24],
                cells: vec![(0x400, (*opcode).into())],
                fill: Fill::Constant(0),
            };
            let step = Mos6502.observe(&[question]).remove(0);
            assert_eq!(step.after.registers[0], 0x401 + mode.operand() as u64, "{name} {mode:?}");
        }
    }
}
