//! Runs programs on a learned processor.
//!
//! Each instruction is compiled once, to linear code (`mimus_core::linear`) over one array of slots: the parts of the state come
//! first, then the constants of all instructions, then what one instruction works out. What does not fit into 64 bits goes the slow
//! way, through values.

mod cells;
mod slow;

use std::collections::BTreeMap;

use mimus_core::linear::{Builder, Linear, SLOTS, Slot};
use mimus_core::{Datum, Expr};
use mimus_knowledge::{Instruction, Processor, Target};
use mimus_trace::step::{Layout, Part, ones};

pub use cells::Cells;
pub use slow::{Answer, Doubt};

/// Integers of more bits go the slow way.
const FAST_BITS: u8 = 62;
/// Instructions are looked up in a table where so many bits choose them.
const TABLE_BITS: u32 = 16;

/// Why a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Halt {
    /// As many steps as were allowed.
    Fuel,
    /// A step came back to where it began.
    Loop,
    /// The processor stopped.
    Stopped,
    /// What these cells do was not learned; with the part that is missing, if the rest was.
    NotLearned(Vec<u64>, Option<Target>),
}

/// The state of a run.
#[derive(Clone, Debug)]
pub struct Running {
    /// The parts of the state, in the layout's order.
    pub parts: Vec<u64>,
    /// Memory.
    pub cells: Cells,
    /// Steps done.
    pub count: u64,
}

/// What one instruction does to the slots.
struct Compiled {
    code: Linear,
    writes: Vec<(Slot, Slot)>,
    sets: Vec<(Slot, Slot)>,
    stop: Option<Slot>,
}

enum Way {
    Fast(Compiled),
    Slow,
    Missing(Target),
}

/// A processor ready to run.
pub struct Core<'k> {
    processor: &'k Processor,
    parts: Vec<Part>,
    pc: usize,
    ways: Vec<(Way, &'k Instruction)>,
    /// The way of each code that is one cell of few bits.
    table: Vec<Option<u16>>,
    numbers: BTreeMap<&'k [u64], u16>,
}

impl<'k> Core<'k> {
    /// Compiles all instructions.
    pub fn new(processor: &'k Processor) -> Self {
        let layout = &processor.layout;
        let parts = layout.parts();
        let small = parts.iter().all(|p| p.bits <= FAST_BITS) && layout.memory.address.max(layout.memory.cell) <= FAST_BITS;
        // Twice: the first time tells which constants there are.
        let mut constants = vec![];
        if small {
            for instruction in processor.instructions.values() {
                let _ = compile(instruction, layout, &parts, &mut constants);
            }
        }
        let mut ways = vec![];
        let mut numbers = BTreeMap::new();
        for (code, instruction) in &processor.instructions {
            let missing = instruction.lines.iter().find(|line| line.meanings.is_empty());
            let way = match missing {
                Some(line) => Way::Missing(line.target),
                None if small => compile(instruction, layout, &parts, &mut constants).map_or(Way::Slow, Way::Fast),
                None => Way::Slow,
            };
            numbers.insert(&code[..], ways.len() as u16);
            ways.push((way, instruction));
        }
        let bits = u32::from(layout.memory.cell) * u32::from(layout.code.cells);
        let mut table = vec![];
        if bits <= TABLE_BITS && layout.code.cells == 1 {
            table = (0..1_u64 << bits).map(|cell| numbers.get(&[cell][..]).copied()).collect();
        }
        Self { processor, pc: layout.code_part(), parts, ways, table, numbers }
    }

    /// A state with these registers (0 where they are not given by name) and an empty memory.
    pub fn start(&self) -> Running {
        Running { parts: vec![0; self.parts.len()], cells: Cells::new(&self.processor.layout.memory), count: 0 }
    }

    /// Where the next instruction lies.
    pub fn place(&self, running: &Running) -> u64 {
        running.parts[self.pc]
    }

    /// The cells that choose the next instruction.
    pub fn code(&self, running: &Running) -> Vec<u64> {
        let mask = ones(self.processor.layout.memory.address);
        let at = self.place(running);
        (0..u64::from(self.processor.layout.code.cells)).map(|i| running.cells.get(at.wrapping_add(i) & mask)).collect()
    }

    /// Runs until something ends it, at most `fuel` steps from here.
    pub fn run(&self, running: &mut Running, fuel: u64, stop_on_loop: bool) -> Halt {
        let mut slots = Box::new([0_i64; SLOTS]);
        for (way, _) in &self.ways {
            if let Way::Fast(compiled) = way {
                compiled.code.load(&mut *slots);
            }
        }
        self.enter(running, &mut slots);
        // A memory of bytes is most memories: its cells are reached without asking each time which form it has.
        let halt = match std::mem::replace(&mut running.cells, Cells::Bytes(vec![])) {
            Cells::Bytes(mut bytes) if !self.table.is_empty() => {
                let halt = self.loop_on_bytes(running, &mut slots, &mut bytes, fuel, stop_on_loop);
                running.cells = Cells::Bytes(bytes);
                halt
            }
            cells => {
                running.cells = cells;
                self.loop_on_cells(running, &mut slots, fuel, stop_on_loop)
            }
        };
        self.leave(running, &slots);
        halt
    }

    fn enter(&self, running: &Running, slots: &mut [i64; SLOTS]) {
        slots.iter_mut().zip(&running.parts).for_each(|(slot, part)| *slot = *part as i64);
    }

    fn leave(&self, running: &mut Running, slots: &[i64; SLOTS]) {
        running.parts.iter_mut().zip(slots).for_each(|(part, slot)| *part = *slot as u64);
    }

    fn loop_on_bytes(
        &self,
        running: &mut Running,
        slots: &mut [i64; SLOTS],
        bytes: &mut Vec<u8>,
        fuel: u64,
        stop_on_loop: bool,
    ) -> Halt {
        let mask = bytes.len() - 1;
        for left in (0..fuel).rev() {
            let at = slots[self.pc];
            let cell = bytes[at as usize & mask];
            let Some(number) = self.table[usize::from(cell)] else {
                running.count += fuel - left - 1;
                return Halt::NotLearned(vec![cell.into()], None);
            };
            match &self.ways[usize::from(number)].0 {
                Way::Fast(compiled) if compiled.code.run(slots, |at| bytes[at as usize & mask].into()).is_ok() => {
                    for (address, value) in &compiled.writes {
                        bytes[slots[usize::from(*address)] as usize & mask] = slots[usize::from(*value)] as u8;
                    }
                    for (part, value) in &compiled.sets {
                        slots[usize::from(*part) % SLOTS] = slots[usize::from(*value) % SLOTS];
                    }
                    if compiled.stop.is_some_and(|stop| slots[usize::from(stop)] != 0) {
                        running.count += fuel - left;
                        return Halt::Stopped;
                    }
                }
                way => {
                    running.cells = Cells::Bytes(std::mem::take(bytes));
                    let halt = self.slow_step(way, number, running, slots);
                    if let Cells::Bytes(back) = std::mem::replace(&mut running.cells, Cells::Bytes(vec![])) {
                        *bytes = back;
                    }
                    if let Some(halt) = halt {
                        running.count += fuel - left - u64::from(halt != Halt::Stopped);
                        return halt;
                    }
                }
            }
            if stop_on_loop && slots[self.pc] == at {
                running.count += fuel - left;
                return Halt::Loop;
            }
        }
        running.count += fuel;
        Halt::Fuel
    }

    fn loop_on_cells(&self, running: &mut Running, slots: &mut [i64; SLOTS], fuel: u64, stop_on_loop: bool) -> Halt {
        let mask = ones(self.processor.layout.memory.address);
        for _ in 0..fuel {
            self.leave(running, slots);
            let at = self.place(running);
            let code = self.code(running);
            let Some(number) = self.numbers.get(&code[..]).copied() else { return Halt::NotLearned(code, None) };
            match &self.ways[usize::from(number)].0 {
                Way::Fast(compiled) if compiled.code.run(slots, |at| running.cells.get(at as u64 & mask) as i64).is_ok() => {
                    for (address, value) in &compiled.writes {
                        running.cells.set(slots[usize::from(*address)] as u64 & mask, slots[usize::from(*value)] as u64);
                    }
                    for (part, value) in &compiled.sets {
                        slots[usize::from(*part)] = slots[usize::from(*value)];
                    }
                    running.count += 1;
                    if compiled.stop.is_some_and(|stop| slots[usize::from(stop)] != 0) {
                        return Halt::Stopped;
                    }
                }
                way => match self.slow_step(way, number, running, slots) {
                    Some(halt) => {
                        running.count += u64::from(halt == Halt::Stopped);
                        return halt;
                    }
                    None => running.count += 1,
                },
            }
            if stop_on_loop && slots[self.pc] as u64 == at {
                return Halt::Loop;
            }
        }
        Halt::Fuel
    }

    /// A step that linear code has no words for. `running` has the cells, the slots have the parts.
    fn slow_step(&self, way: &Way, number: u16, running: &mut Running, slots: &mut [i64; SLOTS]) -> Option<Halt> {
        let instruction = self.ways[usize::from(number)].1;
        self.leave(running, slots);
        if let Way::Missing(target) = way {
            return Some(Halt::NotLearned(self.code(running), Some(*target)));
        }
        let answer = slow::answer(&self.processor.layout, &self.parts, instruction, &running.parts, &|at| running.cells.get(at));
        let answer = match answer {
            Ok(answer) => answer,
            Err(target) => return Some(Halt::NotLearned(self.code(running), Some(target))),
        };
        answer.writes.iter().for_each(|(address, value)| running.cells.set(*address, *value));
        running.parts = answer.parts;
        self.enter(running, slots);
        answer.stopped.then_some(Halt::Stopped)
    }

    /// One step from a state, with how sure it is. `read` gives a cell of memory.
    pub fn ask(&self, parts: &[u64], read: &dyn Fn(u64) -> u64) -> Result<Answer, Halt> {
        let layout = &self.processor.layout;
        let at = parts[self.pc];
        let mask = ones(layout.memory.address);
        let code: Vec<u64> = (0..u64::from(layout.code.cells)).map(|i| read(at.wrapping_add(i) & mask)).collect();
        let Some(number) = self.numbers.get(&code[..]) else { return Err(Halt::NotLearned(code, None)) };
        let answer = slow::answer(layout, &self.parts, self.ways[usize::from(*number)].1, parts, read);
        answer.map_err(|target| Halt::NotLearned(code, Some(target)))
    }
}

/// Compiles an instruction beside others that have these constants; adds its own to them.
fn compile(instruction: &Instruction, layout: &Layout, parts: &[Part], constants: &mut Vec<i64>) -> Option<Compiled> {
    let mut builder = Builder::beside(parts.iter().map(|part| Some(part.bits)), constants)?;
    let mut operands: Vec<Slot> = (0..parts.len() as Slot).collect();
    let (mut addresses, mut values) = (BTreeMap::new(), BTreeMap::new());
    let (mut sets, mut stop) = (vec![], None);
    for line in &instruction.lines {
        let wide = builder.expr(&line.meanings.first()?.meaning, &operands)?;
        let mut slot = builder.low(wide, line.target.bits(layout))?;
        match line.target {
            Target::Read => slot = builder.read(slot, layout.memory.cell)?,
            Target::Address(i) => drop(addresses.insert(i, slot)),
            Target::Value(i) => drop(values.insert(i, slot)),
            // What stays as it is needs no step.
            Target::Part(i) if slot != Slot::from(i) => sets.push((Slot::from(i), slot)),
            Target::Part(_) => {}
            // That it never stops needs no step either.
            Target::Stop if line.meanings[0].meaning == Expr::Const(Datum::int(0)) => {}
            Target::Stop => stop = Some(slot),
        }
        operands.push(slot);
    }
    // What another part had before must still be there when it is needed.
    for (_, slot) in &mut sets {
        if usize::from(*slot) < parts.len() {
            *slot = builder.copy(*slot)?;
        }
    }
    if let Some(slot) = stop.as_mut().filter(|slot| usize::from(**slot) < parts.len()) {
        *slot = builder.copy(*slot)?;
    }
    let writes = addresses.into_iter().map(|(i, address)| Some([address, *values.get(&i)?])).collect::<Option<Vec<_>>>()?;
    *constants = builder.constants();
    let mut kept: Vec<Slot> = writes.iter().flatten().copied().chain(stop).collect();
    let sets = builder.settle(sets, &mut kept);
    let stop = stop.and_then(|_| kept.pop());
    let writes = kept.chunks(2).map(|pair| (pair[0], pair[1])).collect();
    Some(Compiled { code: builder.finish(), writes, sets, stop })
}
