//! Whole programs on the emulator itself: what a learned processor is compared with.

use emulator_6502::{Interface6502, MOS6502};

use crate::machine::{registers, set_registers, step};

/// How a run came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Why it came to an end.
    pub why: Why,
    /// The registers at the end, in the layout's order.
    pub registers: Vec<u64>,
    /// The memory at the end.
    pub memory: Box<[u8; 0x1_0000]>,
    /// How many instructions were run, the last one included.
    pub count: u64,
}

/// Why a run came to an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// An instruction led to itself.
    Done,
    /// The processor stopped.
    Stopped,
    /// As many instructions as were allowed had been run.
    Most,
}

/// The registers with which a program begins, in the layout's order.
pub fn entry(start: u16) -> Vec<u64> {
    vec![start.into(), 0xfd, 0, 0, 0, 0x24]
}

/// Runs a program until an instruction leads to itself, but at most so many instructions.
pub fn run(image: &[u8; 0x1_0000], start: u16, most: u64) -> Ended {
    let mut cpu = MOS6502::new();
    set_registers(&mut cpu, &entry(start));
    let mut memory = Flat(Box::new(*image));
    let (mut why, mut count) = (Why::Most, 0);
    while count < most {
        let at = cpu.get_program_counter();
        let went_on = step(&mut cpu, &mut memory);
        count += 1;
        if !went_on {
            why = Why::Stopped;
            break;
        }
        if cpu.get_program_counter() == at {
            why = Why::Done;
            break;
        }
    }
    Ended { why, registers: registers(&cpu), memory: memory.0, count }
}

struct Flat(Box<[u8; 0x1_0000]>);

impl Interface6502 for Flat {
    fn read(&mut self, address: u16) -> u8 {
        self.0[usize::from(address)]
    }

    fn write(&mut self, address: u16, data: u8) {
        self.0[usize::from(address)] = data;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn ends(code: &[u8], most: u64) -> (Why, u64, u64) {
        let mut image = [0; 0x1_0000];
        image[0x400..][..code.len()].copy_from_slice(code);
        let ended = run(&image, 0x400, most);
        (ended.why, ended.registers[0], ended.count)
    }

    #[test]
    fn runs_end_in_three_ways() {
        assert_eq!(ends(&[0xe8, 0x4c, 0x01, 0x04], 100), (Why::Done, 0x401, 2));
        assert_eq!(ends(&[0xe8, 0xf0, 0xfe, 0xd0, 0xfe], 100), (Why::Done, 0x403, 3));
        assert_eq!(ends(&[0xe8, 0x02], 100), (Why::Stopped, 0x402, 2));
        assert_eq!(ends(&[0xe8, 0x4c, 0x00, 0x04], 100), (Why::Most, 0x400, 100));
    }
}
