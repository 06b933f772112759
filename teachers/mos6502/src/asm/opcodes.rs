//! Which instruction has which opcode in which addressing mode.

/// How an instruction finds what it works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// No operand.
    Implied,
    /// `a`, or nothing.
    Accumulator,
    /// `#value`
    Immediate,
    /// A short address.
    ZeroPage,
    /// `short,x`
    ZeroPageX,
    /// `short,y`
    ZeroPageY,
    /// `(short,x)`
    IndirectX,
    /// `(short),y`
    IndirectY,
    /// An address.
    Absolute,
    /// `address,x`
    AbsoluteX,
    /// `address,y`
    AbsoluteY,
    /// `(address)`
    Indirect,
    /// A branch.
    Relative,
}

use Mode::*;

impl Mode {
    /// How many bytes the operand takes up.
    pub fn operand(self) -> usize {
        match self {
            Implied | Accumulator => 0,
            Absolute | AbsoluteX | AbsoluteY | Indirect => 2,
            _ => 1,
        }
    }
}

/// The modes of an instruction; `None` when there is no such instruction.
pub fn modes(mnemonic: &str) -> Option<&'static [(Mode, u8)]> {
    TABLE.binary_search_by_key(&mnemonic, |(name, _)| name).ok().map(|i| TABLE[i].1)
}

/// All documented instructions, in order of their names.
#[rustfmt::skip]
pub const TABLE: &[(&str, &[(Mode, u8)])] = &[
    ("adc", &[(Immediate, 0x69), (ZeroPage, 0x65), (ZeroPageX, 0x75), (Absolute, 0x6d), (AbsoluteX, 0x7d), (AbsoluteY, 0x79), (IndirectX, 0x61), (IndirectY, 0x71)]),
    ("and", &[(Immediate, 0x29), (ZeroPage, 0x25), (ZeroPageX, 0x35), (Absolute, 0x2d), (AbsoluteX, 0x3d), (AbsoluteY, 0x39), (IndirectX, 0x21), (IndirectY, 0x31)]),
    ("asl", &[(Accumulator, 0x0a), (ZeroPage, 0x06), (ZeroPageX, 0x16), (Absolute, 0x0e), (AbsoluteX, 0x1e)]),
    ("bcc", &[(Relative, 0x90)]),
    ("bcs", &[(Relative, 0xb0)]),
    ("beq", &[(Relative, 0xf0)]),
    ("bit", &[(ZeroPage, 0x24), (Absolute, 0x2c)]),
    ("bmi", &[(Relative, 0x30)]),
    ("bne", &[(Relative, 0xd0)]),
    ("bpl", &[(Relative, 0x10)]),
    ("brk", &[(Implied, 0x00)]),
    ("bvc", &[(Relative, 0x50)]),
    ("bvs", &[(Relative, 0x70)]),
    ("clc", &[(Implied, 0x18)]),
    ("cld", &[(Implied, 0xd8)]),
    ("cli", &[(Implied, 0x58)]),
    ("clv", &[(Implied, 0xb8)]),
    ("cmp", &[(Immediate, 0xc9), (ZeroPage, 0xc5), (ZeroPageX, 0xd5), (Absolute, 0xcd), (AbsoluteX, 0xdd), (AbsoluteY, 0xd9), (IndirectX, 0xc1), (IndirectY, 0xd1)]),
    ("cpx", &[(Immediate, 0xe0), (ZeroPage, 0xe4), (Absolute, 0xec)]),
    ("cpy", &[(Immediate, 0xc0), (ZeroPage, 0xc4), (Absolute, 0xcc)]),
    ("dec", &[(ZeroPage, 0xc6), (ZeroPageX, 0xd6), (Absolute, 0xce), (AbsoluteX, 0xde)]),
    ("dex", &[(Implied, 0xca)]),
    ("dey", &[(Implied, 0x88)]),
    ("eor", &[(Immediate, 0x49), (ZeroPage, 0x45), (ZeroPageX, 0x55), (Absolute, 0x4d), (AbsoluteX, 0x5d), (AbsoluteY, 0x59), (IndirectX, 0x41), (IndirectY, 0x51)]),
    ("inc", &[(ZeroPage, 0xe6), (ZeroPageX, 0xf6), (Absolute, 0xee), (AbsoluteX, 0xfe)]),
    ("inx", &[(Implied, 0xe8)]),
    ("iny", &[(Implied, 0xc8)]),
    ("jmp", &[(Absolute, 0x4c), (Indirect, 0x6c)]),
    ("jsr", &[(Absolute, 0x20)]),
    ("lda", &[(Immediate, 0xa9), (ZeroPage, 0xa5), (ZeroPageX, 0xb5), (Absolute, 0xad), (AbsoluteX, 0xbd), (AbsoluteY, 0xb9), (IndirectX, 0xa1), (IndirectY, 0xb1)]),
    ("ldx", &[(Immediate, 0xa2), (ZeroPage, 0xa6), (ZeroPageY, 0xb6), (Absolute, 0xae), (AbsoluteY, 0xbe)]),
    ("ldy", &[(Immediate, 0xa0), (ZeroPage, 0xa4), (ZeroPageX, 0xb4), (Absolute, 0xac), (AbsoluteX, 0xbc)]),
    ("lsr", &[(Accumulator, 0x4a), (ZeroPage, 0x46), (ZeroPageX, 0x56), (Absolute, 0x4e), (AbsoluteX, 0x5e)]),
    ("nop", &[(Implied, 0xea)]),
    ("ora", &[(Immediate, 0x09), (ZeroPage, 0x05), (ZeroPageX, 0x15), (Absolute, 0x0d), (AbsoluteX, 0x1d), (AbsoluteY, 0x19), (IndirectX, 0x01), (IndirectY, 0x11)]),
    ("pha", &[(Implied, 0x48)]),
    ("php", &[(Implied, 0x08)]),
    ("pla", &[(Implied, 0x68)]),
    ("plp", &[(Implied, 0x28)]),
    ("rol", &[(Accumulator, 0x2a), (ZeroPage, 0x26), (ZeroPageX, 0x36), (Absolute, 0x2e), (AbsoluteX, 0x3e)]),
    ("ror", &[(Accumulator, 0x6a), (ZeroPage, 0x66), (ZeroPageX, 0x76), (Absolute, 0x6e), (AbsoluteX, 0x7e)]),
    ("rti", &[(Implied, 0x40)]),
    ("rts", &[(Implied, 0x60)]),
    ("sbc", &[(Immediate, 0xe9), (ZeroPage, 0xe5), (ZeroPageX, 0xf5), (Absolute, 0xed), (AbsoluteX, 0xfd), (AbsoluteY, 0xf9), (IndirectX, 0xe1), (IndirectY, 0xf1)]),
    ("sec", &[(Implied, 0x38)]),
    ("sed", &[(Implied, 0xf8)]),
    ("sei", &[(Implied, 0x78)]),
    ("sta", &[(ZeroPage, 0x85), (ZeroPageX, 0x95), (Absolute, 0x8d), (AbsoluteX, 0x9d), (AbsoluteY, 0x99), (IndirectX, 0x81), (IndirectY, 0x91)]),
    ("stx", &[(ZeroPage, 0x86), (ZeroPageY, 0x96), (Absolute, 0x8e)]),
    ("sty", &[(ZeroPage, 0x84), (ZeroPageX, 0x94), (Absolute, 0x8c)]),
    ("tax", &[(Implied, 0xaa)]),
    ("tay", &[(Implied, 0xa8)]),
    ("tsx", &[(Implied, 0xba)]),
    ("txa", &[(Implied, 0x8a)]),
    ("txs", &[(Implied, 0x9a)]),
    ("tya", &[(Implied, 0x98)]),
];
