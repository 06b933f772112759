//! States for scoring what was learned, made without looking at how it was learned: random ones, and ones where things coincide.

use mimus_trace::step::{Fill, Question};

/// So many states with this opcode at the program counter. Two of three are uniformly random, registers and memory, as in the widely
/// used records of single steps. The third is made to be difficult: values at their limits or equal to each other, code that runs
/// across the end of a page or of memory, that lies on the stack, or that the instruction itself reads or overwrites.
pub fn fresh(opcode: u8, count: usize, seed: u64) -> Vec<Question> {
    let mut dice = Dice::new(seed.wrapping_mul(256).wrapping_add(opcode.into()));
    let state = |i| if i % 3 == 2 { difficult(opcode, &mut dice) } else { random(opcode, &mut dice) };
    (0..count).map(state).collect()
}

fn random(opcode: u8, dice: &mut Dice) -> Question {
    let pc = dice.word();
    let mut registers = vec![pc];
    registers.extend((0..5).map(|_| dice.byte()));
    Question { registers, cells: vec![(pc, opcode.into())], fill: Fill::Random(dice.next()) }
}

/// Where carries, signs and decimal digits change.
const LIMITS: [u64; 12] = [0, 1, 0x0f, 0x10, 0x7f, 0x80, 0x81, 0x99, 0x9a, 0xf0, 0xfe, 0xff];

fn difficult(opcode: u8, dice: &mut Dice) -> Question {
    let mut bytes: Vec<u64> = vec![];
    for _ in 0..4 {
        let value = match dice.below(6) {
            0..=2 => dice.pick(&LIMITS),
            3 if !bytes.is_empty() => dice.pick(&bytes),
            _ => dice.byte(),
        };
        bytes.push(value);
    }
    let [s, a, x, y] = bytes[..] else { unreachable!("four were made") };
    let decimal = if dice.below(2) == 0 { 0x08 } else { 0 };
    let p = dice.byte() | decimal;
    let pc = match dice.below(8) {
        0 => dice.byte() << 8 | (0xfd + dice.below(3)),
        1 => 0xfffd + dice.below(3),
        // On the stack, where it grows or is taken from.
        2 => 0x0100 | s.wrapping_sub(2).wrapping_add(dice.below(5)) & 0xff,
        3 => dice.pick(&[0x00fe, 0x00ff, 0x0100, 0x01fe, 0x01ff, 0x0200]),
        4 | 5 => dice.byte(),
        _ => dice.word(),
    };
    // Operands that are like registers, or that lead to the code, with or without an index.
    let near = (pc + dice.below(4)) & 0xffff;
    let index = dice.pick(&[0, 0, x, y]);
    let target = near.wrapping_sub(index) & 0xffff;
    let (low, high) = match dice.below(3) {
        0 => (target & 0xff, target >> 8),
        _ => {
            let low = match dice.below(3) {
                0 => dice.pick(&bytes),
                1 => dice.pick(&[0, 0x7f, 0x80, 0xfe, 0xff]),
                _ => dice.byte(),
            };
            let high = match dice.below(3) {
                0 => dice.pick(&bytes),
                1 => dice.pick(&[0, 0x01, 0x7f, 0x80, 0xff]),
                _ => dice.byte(),
            };
            (low, high)
        }
    };
    let fill = match dice.below(4) {
        0 => Fill::Constant(dice.pick(&[0, 1, 0x7f, 0x80, 0xff, a, s, low])),
        _ => Fill::Random(dice.next()),
    };
    let mut cells = vec![];
    if dice.below(2) == 0 {
        // Where a pointer would be taken from, one that leads to the code or across the end of memory.
        let pointer = (low + dice.pick(&[0, x])) & 0xff;
        let to = dice.pick(&[target, target, 0x00ff, 0xfffe, 0xffff]);
        cells.extend([(pointer, to & 0xff), ((pointer + 1) & 0xff, to >> 8)]);
    }
    if dice.below(4) != 0 {
        cells.extend([((pc + 1) & 0xffff, low), ((pc + 2) & 0xffff, high)]);
    }
    cells.push((pc, opcode.into()));
    Question { registers: vec![pc, s, a, x, y, p], cells, fill }
}

/// Xoshiro256++ (Blackman, Vigna 2019).
struct Dice([u64; 4]);

impl Dice {
    fn new(seed: u64) -> Self {
        // Any state will do that is not all zeros; the first rounds spread the seed.
        let mut dice = Self([seed, 0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344, 0xa409_3822_299f_31d0]);
        for _ in 0..16 {
            dice.next();
        }
        dice
    }

    fn next(&mut self) -> u64 {
        let s = &mut self.0;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let shifted = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= shifted;
        s[3] = s[3].rotate_left(45);
        result
    }

    fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(end)) >> 64) as u64
    }

    fn pick(&mut self, from: &[u64]) -> u64 {
        from[self.below(from.len() as u64) as usize]
    }

    fn byte(&mut self) -> u64 {
        self.below(0x100)
    }

    fn word(&mut self) -> u64 {
        self.below(0x1_0000)
    }
}

#[cfg(test)]
mod tests {
    use mimus_trace::step::{Access, Oracle};

    use super::*;
    use crate::Mos6502;

    #[test]
    fn the_opcode_lies_at_the_program_counter_and_registers_fit() {
        let layout = Mos6502.layout();
        for opcode in 0..=255 {
            for question in fresh(opcode, 100, 7) {
                assert_eq!(question.cell(&layout, question.registers[0]), u64::from(opcode));
                let fits = layout.registers.iter().zip(&question.registers).all(|(r, value)| value >> r.bits == 0);
                assert!(fits && question.registers.len() == layout.registers.len(), "{question:?}");
            }
        }
    }

    #[test]
    fn seeds_and_opcodes_choose_the_states() {
        assert_eq!(fresh(1, 50, 3), fresh(1, 50, 3));
        assert_ne!(fresh(1, 1, 3)[0].registers, fresh(1, 1, 4)[0].registers);
        assert_ne!(fresh(1, 1, 3)[0].registers, fresh(2, 1, 3)[0].registers);
    }

    #[test]
    fn rare_coincidences_are_frequent() {
        let asked: Vec<Question> = (0..=255).flat_map(|opcode| fresh(opcode, 300, 5)).collect();
        let steps = Mos6502.observe(&asked);
        let ends = asked.iter().filter(|q| q.registers[0] & 0xff >= 0xfe).count();
        assert!(ends * 20 > asked.len(), "code at the end of a page: {ends} of {}", asked.len());
        let writing = steps.iter().filter(|step| step.accesses.iter().any(|a| a.write));
        let (mut all, mut own) = (0, 0);
        for step in writing {
            let near = |a: &Access| a.address.wrapping_sub(step.before.registers[0]) & 0xffff < 3;
            all += 1;
            own += usize::from(step.accesses.iter().any(|a| a.write && near(a)));
        }
        assert!(own * 100 > all, "code that overwrites itself: {own} of {all}");
    }
}
