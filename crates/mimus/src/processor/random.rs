//! Random states of a machine of which only the layout is known.

use mimus_trace::step::{Fill, Layout, Question, SplitMix, ones};

/// Codes of more bits are too many to be listed.
const LISTED: u32 = 16;

/// So many states of every instruction, instruction by instruction. Where there are too many instructions to be listed, random ones.
pub fn states(layout: &Layout, each: usize, seed: u64) -> impl Iterator<Item = Vec<Question>> {
    let mut dice = SplitMix(seed);
    let (cells, bits) = (u32::from(layout.code.cells), u32::from(layout.memory.cell));
    let count = 1_u64 << (cells * bits).min(LISTED);
    (0..count).map(move |number| {
        let code: Vec<u64> = match cells * bits <= LISTED {
            true => (0..cells).rev().map(|i| number >> (i * bits) & ones(layout.memory.cell)).collect(),
            false => (0..cells).map(|_| dice.next() & ones(layout.memory.cell)).collect(),
        };
        (0..each).map(|_| state(layout, &code, &mut dice)).collect()
    })
}

fn state(layout: &Layout, code: &[u64], dice: &mut SplitMix) -> Question {
    let registers: Vec<u64> = layout.registers.iter().map(|r| dice.next() & ones(r.bits)).collect();
    let at = registers[layout.code_register()];
    Question { cells: layout.addresses(at).zip(code.iter().copied()).collect(), registers, fill: Fill::Random(dice.next()) }
}

#[cfg(test)]
mod tests {
    use mimus_trace::step::{Code, Memory, Register};

    use super::*;

    fn layout(cell: u8, cells: u8) -> Layout {
        let register = |name: &str, bits| Register { name: name.into(), bits, fields: vec![] };
        let (memory, code) = (Memory { address: 9, cell }, Code { at: "at".into(), cells });
        Layout { registers: vec![register("at", 9), register("k", 3)], memory, code }
    }

    #[test]
    fn every_instruction_comes_as_often() {
        let layout = layout(2, 2);
        let mut codes = vec![];
        for states in states(&layout, 3, 7) {
            assert_eq!(states.len(), 3);
            for state in &states {
                assert!(state.registers[0] < 512 && state.registers[1] < 8);
                let at = state.registers[0];
                codes.push((state.cell(&layout, at), state.cell(&layout, (at + 1) % 512)));
            }
        }
        let expected: Vec<_> = (0..4).flat_map(|a| (0..4).flat_map(move |b| [(a, b); 3])).collect();
        assert_eq!(codes, expected);
    }

    #[test]
    fn seeds_choose_and_wide_codes_are_random() {
        let first = |seed| states(&layout(8, 1), 1, seed).next();
        assert_eq!(first(1), first(1));
        assert_ne!(first(1), first(2));
        assert_eq!(states(&layout(12, 2), 1, 0).count(), 1 << 16);
    }
}
