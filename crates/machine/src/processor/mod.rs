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

use cells::Store;

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
        self.code_at(self.place(running), |at| running.cells.get(at))
    }

    /// Runs until something ends it, at most `fuel` steps from here.
    pub fn run(&self, running: &mut Running, fuel: u64, stop_on_loop: bool) -> Halt {
        let mut slots = Box::new([0_i64; SLOTS]);
        for (way, _) in &self.ways {
            if let Way::Fast(compiled) = way {
                compiled.code.load(&mut *slots);
            }
        }
        slots.iter_mut().zip(&running.parts).for_each(|(slot, part)| *slot = *part as i64);
        // A memory of bytes is most memories: its cells are reached without asking each time which form it has.
        let (count, halt) = match &mut running.cells {
            Cells::Bytes(bytes) => self.go(&mut slots, &mut bytes[..], fuel, stop_on_loop),
            cells @ Cells::Sparse(_) => self.go(&mut slots, cells, fuel, stop_on_loop),
        };
        running.count += count;
        running.parts.iter_mut().zip(&*slots).for_each(|(part, slot)| *part = *slot as u64);
        halt
    }

    /// Runs on slots and memory; gives the number of steps done, too.
    fn go<S: Store + ?Sized>(&self, slots: &mut [i64; SLOTS], store: &mut S, fuel: u64, stop_on_loop: bool) -> (u64, Halt) {
        let mask = ones(self.processor.layout.memory.address);
        for count in 0..fuel {
            let at = slots[self.pc];
            let Some(number) = self.number(at as u64 & mask, |at| store.get(at)) else {
                return (count, Halt::NotLearned(self.code_at(at as u64, |at| store.get(at)), None));
            };
            match &self.ways[usize::from(number)].0 {
                Way::Fast(compiled) if compiled.code.run(slots, |at| store.get(at as u64 & mask) as i64).is_ok() => {
                    for (address, value) in &compiled.writes {
                        store.set(slots[usize::from(*address)] as u64 & mask, slots[usize::from(*value)] as u64);
                    }
                    for (part, value) in &compiled.sets {
                        slots[usize::from(*part) % SLOTS] = slots[usize::from(*value) % SLOTS];
                    }
                    if compiled.stop.is_some_and(|stop| slots[usize::from(stop)] != 0) {
                        return (count + 1, Halt::Stopped);
                    }
                }
                way => match self.slow_step(way, number, slots, store) {
                    Ok(false) => {}
                    Ok(true) => return (count + 1, Halt::Stopped),
                    Err(target) => {
                        return (count, Halt::NotLearned(self.code_at(at as u64, |at| store.get(at)), Some(target)));
                    }
                },
            }
            if stop_on_loop && slots[self.pc] == at {
                return (count + 1, Halt::Loop);
            }
        }
        (fuel, Halt::Fuel)
    }

    /// A step that linear code has no words for: whether it stops the machine, or what is not known.
    fn slow_step<S: Store + ?Sized>(
        &self,
        way: &Way,
        number: u16,
        slots: &mut [i64; SLOTS],
        store: &mut S,
    ) -> Result<bool, Target> {
        if let Way::Missing(target) = way {
            return Err(*target);
        }
        let parts: Vec<u64> = slots[..self.parts.len()].iter().map(|slot| *slot as u64).collect();
        let (memory, instruction) = (&self.processor.layout.memory, self.ways[usize::from(number)].1);
        let answer = slow::answer(memory, &self.parts, instruction, &parts, &|at| store.get(at))?;
        answer.writes.iter().for_each(|(address, value)| store.set(*address, *value));
        slots.iter_mut().zip(&answer.parts).for_each(|(slot, part)| *slot = *part as i64);
        Ok(answer.stopped)
    }

    /// The number of the instruction that begins at an address.
    fn number(&self, at: u64, read: impl Fn(u64) -> u64) -> Option<u16> {
        match self.table.is_empty() {
            true => self.numbers.get(&self.code_at(at, read)[..]).copied(),
            false => self.table.get(read(at) as usize).copied().flatten(),
        }
    }

    fn code_at(&self, at: u64, read: impl Fn(u64) -> u64) -> Vec<u64> {
        self.processor.layout.code_addresses(at).map(read).collect()
    }

    /// One step from a state, with how sure it is. `read` gives a cell of memory.
    pub fn ask(&self, parts: &[u64], read: &dyn Fn(u64) -> u64) -> Result<Answer, Halt> {
        let code = self.code_at(parts[self.pc], read);
        let Some(number) = self.numbers.get(&code[..]) else { return Err(Halt::NotLearned(code, None)) };
        let answer = slow::answer(&self.processor.layout.memory, &self.parts, self.ways[usize::from(*number)].1, parts, read);
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
        let mut slot = builder.low(wide, line.target.bits(&layout.memory, parts))?;
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
