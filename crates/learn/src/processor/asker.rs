//! States to ask for: at random, and such that seldom come at random but decide what is right.

use mimus_trace::step::{Fill, Layout, Part, Question, Step, ones};

use super::chance::Chance;

/// Makes states in which the next step is that of given cells.
pub struct Asker<'a> {
    layout: &'a Layout,
    parts: Vec<Part>,
    chance: Chance,
}

impl<'a> Asker<'a> {
    pub fn new(layout: &'a Layout, seed: u64) -> Self {
        Self { layout, parts: layout.parts(), chance: Chance::new(seed) }
    }

    /// A state with something particular in it, more often than chance would have it.
    pub fn state(&mut self, code: &[u64]) -> Question {
        let mut registers = self.registers();
        let at = self.layout.code_register();
        if self.chance.percent(80) {
            registers[at] = self.chance.next() & ones(self.layout.registers[at].bits);
        }
        let fill = match self.chance.below(10) {
            0..=5 => Fill::Random(self.chance.next()),
            6 | 7 => Fill::Constant(self.value(self.layout.memory.cell, &registers)),
            _ => Fill::Constant(self.chance.pick(&registers)),
        };
        self.place(registers, vec![], code, fill)
    }

    /// A state in which memory is the same everywhere, so that what an address is makes no difference to what is there.
    pub fn level(&mut self, code: &[u64]) -> Question {
        let mut registers = self.registers();
        let at = self.layout.code_register();
        registers[at] = self.chance.next() & ones(self.layout.registers[at].bits);
        let fill = Fill::Constant(self.value(self.layout.memory.cell, &registers));
        self.place(registers, vec![], code, fill)
    }

    fn registers(&mut self) -> Vec<u64> {
        let mut registers: Vec<u64> = vec![];
        for register in &self.layout.registers {
            let value = self.value(register.bits, &registers);
            registers.push(value);
        }
        registers
    }

    /// A state that differs from an observed one in something that a step looked at.
    pub fn variant(&mut self, step: &Step, code: &[u64]) -> Question {
        let mut registers = step.before.registers.clone();
        let pc = self.layout.code_register();
        let place = registers[pc];
        let mask = ones(self.layout.memory.address);
        let from = |address: u64| address.wrapping_sub(place) & mask;
        let is_code = |address: u64| from(address) < code.len() as u64;
        let mut cells: Vec<(u64, u64)> = step.before.cells.iter().map(|(at, value)| (*at, *value)).collect();
        for _ in 0..1 + self.chance.below(2) {
            let known: Vec<u64> = registers.iter().copied().chain(cells.iter().map(|(_, value)| *value)).collect();
            let others: Vec<usize> = (0..cells.len()).filter(|i| !is_code(cells[*i].0)).collect();
            match self.chance.below(8) {
                0..=3 if !others.is_empty() => {
                    let i = self.chance.pick(&others);
                    cells[i].1 = self.value(self.layout.memory.cell, &known);
                }
                4 => {
                    // The code close to something that the step looked at or wrote: both may be the same cell.
                    let near = self.chance.below(6) as u64;
                    let to = step.accesses.get(self.chance.below(step.accesses.len())).map_or(0, |access| access.address);
                    let moved = to.wrapping_sub(near) & ones(self.layout.registers[pc].bits);
                    for (address, _) in &mut cells {
                        if from(*address) < 8 {
                            *address = moved.wrapping_add(from(*address)) & mask;
                        }
                    }
                    registers[pc] = moved;
                }
                _ => {
                    let part = self.parts[self.chance.below(self.parts.len())].clone();
                    if part.register != pc {
                        let value = self.value(part.bits, &known);
                        part.set(&mut registers, value);
                    }
                }
            }
        }
        let fill = Fill::Random(self.chance.next());
        self.place(registers, cells, code, fill)
    }

    /// The same state but for one part.
    pub fn with_part(&mut self, question: &Question, part: usize, code: &[u64]) -> Question {
        let part = self.parts[part].clone();
        let old = part.of(&question.registers);
        let mut registers = question.registers.clone();
        let new = match part.bits {
            1 => old ^ 1,
            bits => self.other(bits, old, question),
        };
        part.set(&mut registers, new);
        // Code that moves leaves nothing behind.
        let place = question.registers[self.layout.code_register()];
        let moved: Vec<u64> = self.layout.addresses(place).take(code.len()).collect();
        let cells = question.cells.iter().copied().filter(|(address, _)| !moved.contains(address)).collect();
        self.place(registers, cells, code, question.fill)
    }

    /// The same state but for one cell.
    pub fn with_cell(&mut self, question: &Question, address: u64) -> Question {
        let old = question.cell(self.layout, address);
        let bits = self.layout.memory.cell;
        let new = self.other(bits, old, question);
        let mut question = question.clone();
        question.cells.push((address, new));
        question
    }

    /// Another value than an old one, often one that is somewhere in the state.
    fn other(&mut self, bits: u8, old: u64, question: &Question) -> u64 {
        let mut known = question.registers.clone();
        known.push(old);
        known.extend(question.cells.iter().map(|(_, value)| *value));
        if let Fill::Constant(value) = question.fill {
            known.extend([value; 3]);
        }
        (0..8).map(|_| self.value(bits, &known)).find(|new| *new != old).unwrap_or(old ^ 1)
    }

    fn place(&self, registers: Vec<u64>, mut cells: Vec<(u64, u64)>, code: &[u64], fill: Fill) -> Question {
        let at = registers[self.layout.code_register()];
        cells.extend(self.layout.addresses(at).zip(code.iter().copied()));
        Question { registers, cells, fill }
    }

    /// A value of so many bits: any, or one at an edge, or one that is like another.
    fn value(&mut self, bits: u8, known: &[u64]) -> u64 {
        let all = ones(bits);
        let edge = |chance: &mut Chance| {
            let bit = 1_u64.checked_shl(chance.below(usize::from(bits)) as u32).unwrap_or(0);
            chance.pick(&[0, 1, all, all - 1, bit, bit.wrapping_sub(1), bit.wrapping_add(1), all >> 1, (all >> 1) + 1])
        };
        let value = match self.chance.below(10) {
            0..=3 => self.chance.next(),
            4..=6 => edge(&mut self.chance),
            _ if known.is_empty() => self.chance.next(),
            _ => {
                let other = self.chance.pick(known);
                self.chance.pick(&[
                    other,
                    other,
                    other,
                    other.wrapping_add(1),
                    other.wrapping_sub(1),
                    !other,
                    other.wrapping_neg(),
                ])
            }
        };
        value & all
    }
}
