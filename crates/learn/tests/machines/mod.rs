//! Made-up machines, and what they need to be observed: memory that logs, states to try them on.

pub mod liar;
pub mod narrow;
pub mod stack;

use std::collections::BTreeMap;

use mimus_trace::step::{Access, Fill, Layout, Oracle, Question, State, Step, ones};

/// A machine whose instructions have names.
pub trait Machine: Oracle {
    /// Codes and names; all other codes stop it.
    fn instructions(&self) -> &'static [(u64, &'static str)];

    /// The name of a code.
    fn name_of(&self, code: u64) -> &'static str {
        self.instructions().iter().find(|(known, _)| *known == code).map_or("others", |(_, name)| name)
    }
}

/// Memory as a question gives it, with what was written since, and all that was done to it.
pub struct Bus<'a> {
    question: &'a Question,
    layout: &'a Layout,
    accesses: Vec<Access>,
}

impl Bus<'_> {
    pub fn read(&mut self, address: u64) -> u64 {
        let address = address & ones(self.layout.memory.address);
        let seen = self.accesses.iter().rev().find(|a| a.address == address).map(|a| a.value);
        let value = seen.unwrap_or_else(|| self.question.cell(self.layout, address));
        self.accesses.push(Access { address, value, write: false });
        value
    }

    pub fn write(&mut self, address: u64, value: u64) {
        let (address, value) = (address & ones(self.layout.memory.address), value & ones(self.layout.memory.cell));
        self.accesses.push(Access { address, value, write: true });
    }
}

/// Observes steps. `step` changes the registers, whose bits beyond their width are dropped; it says whether the machine goes on.
pub fn observe(layout: &Layout, asked: &[Question], step: impl Fn(&mut [u64], &mut Bus) -> bool) -> Vec<Step> {
    let cut = |registers: &mut [u64]| layout.registers.iter().zip(registers).for_each(|(r, value)| *value &= ones(r.bits));
    let one = |question: &Question| {
        let mut before = State { registers: question.registers.clone(), cells: BTreeMap::new() };
        cut(&mut before.registers);
        let mut registers = before.registers.clone();
        let mut bus = Bus { question, layout, accesses: vec![] };
        let stopped = !step(&mut registers, &mut bus);
        cut(&mut registers);
        let after = State { registers, cells: bus.accesses.iter().map(|a| (a.address, a.value)).collect() };
        before.cells = after.cells.keys().map(|at| (*at, question.cell(layout, *at))).collect();
        let name = bus.accesses.first().map_or(String::new(), |code| format!("{:02x}", code.value));
        Step { name, before, after, accesses: bus.accesses, stopped }
    };
    asked.iter().map(one).collect()
}

/// States for an instruction: three of four at random, the others with values at their limits and with equal values.
pub fn states(layout: &Layout, code: u64, count: usize, seed: u64) -> Vec<Question> {
    let mut dice = Dice(seed << 32 | code);
    let state = |i: usize| {
        let mut registers: Vec<u64> = layout.registers.iter().map(|r| dice.next() & ones(r.bits)).collect();
        let mut fill = Fill::Random(dice.next());
        if i % 4 == 3 {
            let limits = [0, 1, u64::MAX, u64::MAX - 1, u64::MAX >> 1, registers[dice.below(registers.len())]];
            for (register, value) in layout.registers.iter().zip(&mut registers) {
                *value = limits[dice.below(limits.len())] & ones(register.bits);
            }
            if dice.below(2) == 0 {
                fill = Fill::Constant(limits[dice.below(limits.len())]);
            }
        }
        let at = registers[layout.code_register()];
        Question { registers, cells: vec![(at, code)], fill }
    };
    (0..count).map(state).collect()
}

/// A generator of random numbers (PCG, O'Neill 2014, with twice as many bits): another than that of learning.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        let mut half = || {
            let old = self.0;
            self.0 = old.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((((old >> 18) ^ old) >> 27) as u32).rotate_right((old >> 59) as u32)
        };
        u64::from(half()) << 32 | u64::from(half())
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
}
