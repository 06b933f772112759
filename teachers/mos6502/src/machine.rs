//! The processor as it is observed: registers in, one instruction, registers and the traffic on its bus out.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use emulator_6502::{Interface6502, MOS6502};
use mimus_trace::step::{Access, Code, Field, Layout, Memory, Oracle, Question, Register, State, Step};

/// A 6502, emulated by a crate that is only looked at from outside.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mos6502;

impl Oracle for Mos6502 {
    fn name(&self) -> String {
        "mos6502 emulator_6502-1.1.0".into()
    }

    fn layout(&self) -> Layout {
        let register = |name: &str, bits| Register { name: name.into(), bits, fields: vec![] };
        let flags = ["c", "z", "i", "d", "b", "u", "v", "n"];
        let fields = flags.iter().zip(0..).map(|(name, low)| Field { name: (*name).into(), low, bits: 1 }).collect();
        Layout {
            registers: vec![
                register("pc", 16),
                register("s", 8),
                register("a", 8),
                register("x", 8),
                register("y", 8),
                Register { fields, ..register("p", 8) },
            ],
            memory: Memory { address: 16, cell: 8 },
            code: Code { at: "pc".into(), cells: 1 },
        }
    }

    fn observe(&self, asked: &[Question]) -> Vec<Step> {
        let layout = self.layout();
        let mut cpu = MOS6502::new();
        asked.iter().map(|question| observe(&mut cpu, question, &layout)).collect()
    }
}

fn observe(cpu: &mut MOS6502, question: &Question, layout: &Layout) -> Step {
    set_registers(cpu, &question.registers);
    // Not the question's: what does not fit into a register is not there.
    let mut before = State { registers: registers(cpu), cells: BTreeMap::new() };
    let mut bus = Bus { question, layout, accesses: Vec::with_capacity(8) };
    let stopped = !step(cpu, &mut bus);
    let accesses = bus.accesses;
    let after = State { registers: registers(cpu), cells: accesses.iter().map(|a| (a.address, a.value)).collect() };
    before.cells = after.cells.keys().map(|at| (*at, question.cell(layout, *at))).collect();
    if stopped {
        // It may have been left in the middle of something that its registers do not show.
        *cpu = MOS6502::new();
    }
    let opcode = question.cell(layout, before.registers[0]);
    Step { name: format!("{opcode:02x}"), before, after, accesses, stopped }
}

/// Sets the registers, which are in the layout's order.
pub(crate) fn set_registers(cpu: &mut MOS6502, registers: &[u64]) {
    let &[pc, s, a, x, y, p] = registers else { panic!("a 6502 has six registers, not {}", registers.len()) };
    cpu.set_program_counter(pc as u16);
    cpu.set_stack_pointer(s as u8);
    cpu.set_accumulator(a as u8);
    cpu.set_x_register(x as u8);
    cpu.set_y_register(y as u8);
    cpu.set_status_register(p as u8);
}

/// The registers in the layout's order.
pub(crate) fn registers(cpu: &MOS6502) -> Vec<u64> {
    vec![
        cpu.get_program_counter().into(),
        cpu.get_stack_pointer().into(),
        cpu.get_accumulator().into(),
        cpu.get_x_register().into(),
        cpu.get_y_register().into(),
        cpu.get_status_register().into(),
    ]
}

/// Memory as a question gives it, with what was written since, and a log of all that was asked of it.
struct Bus<'a> {
    question: &'a Question,
    layout: &'a Layout,
    accesses: Vec<Access>,
}

impl Interface6502 for Bus<'_> {
    fn read(&mut self, address: u16) -> u8 {
        let address = u64::from(address);
        let seen = self.accesses.iter().rev().find(|a| a.address == address).map(|a| a.value);
        let value = seen.unwrap_or_else(|| self.question.cell(self.layout, address));
        self.accesses.push(Access { address, value, write: false });
        value as u8
    }

    fn write(&mut self, address: u16, data: u8) {
        self.accesses.push(Access { address: address.into(), value: data.into(), write: true });
    }
}

thread_local! {
    /// Whether a panic of this thread is an observation and no mistake.
    static EXPECTED: Cell<bool> = const { Cell::new(false) };
}

/// Runs one instruction. False: the emulator gave up, which it tells by a panic.
pub(crate) fn step(cpu: &mut MOS6502, bus: &mut dyn Interface6502) -> bool {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !EXPECTED.get() {
                others(info);
            }
        }));
    });
    EXPECTED.set(true);
    let ended = panic::catch_unwind(AssertUnwindSafe(|| cpu.execute_instruction(bus)));
    EXPECTED.set(false);
    ended.is_ok()
}

#[cfg(test)]
mod tests {
    use mimus_trace::step::Fill;

    use super::*;
    use crate::fresh;

    #[track_caller]
    fn observed(registers: [u64; 6], cells: &[(u64, u64)]) -> Step {
        let question = Question { registers: registers.into(), cells: cells.into(), fill: Fill::Constant(0) };
        Mos6502.observe(&[question]).remove(0)
    }

    fn read(address: u64, value: u64) -> Access {
        Access { address, value, write: false }
    }

    fn written(address: u64, value: u64) -> Access {
        Access { address, value, write: true }
    }

    #[test]
    fn the_layout_is_sound() {
        let layout = Mos6502.layout();
        assert_eq!(layout.check(), Ok(()));
        let names: Vec<String> = layout.parts().into_iter().map(|part| part.name).collect();
        assert_eq!(names.join(" "), "pc s a x y c z i d b u v n");
    }

    #[test]
    fn a_step_is_told_with_its_cells_and_accesses() {
        // inc $10
        let step = observed([0x400, 0xfd, 1, 2, 3, 0x24], &[(0x400, 0xe6), (0x401, 0x10), (0x10, 0x7f)]);
        assert_eq!(step.name, "e6");
        assert_eq!(step.after.registers, [0x402, 0xfd, 1, 2, 3, 0xa4]);
        assert_eq!(step.accesses, [read(0x400, 0xe6), read(0x401, 0x10), read(0x10, 0x7f), written(0x10, 0x80)]);
        assert_eq!(step.before.cells, BTreeMap::from([(0x10, 0x7f), (0x400, 0xe6), (0x401, 0x10)]));
        assert_eq!(step.after.cells, BTreeMap::from([(0x10, 0x80), (0x400, 0xe6), (0x401, 0x10)]));
        assert_eq!(step.code(&Mos6502.layout()), Some(vec![0xe6]));
    }

    #[test]
    fn what_was_written_is_read_again() {
        // slo $10 reads what it wrote.
        let step = observed([0x400, 0, 0, 0, 0, 0], &[(0x400, 0x07), (0x401, 0x10), (0x10, 0x41)]);
        assert_eq!(step.accesses[2..], [read(0x10, 0x41), written(0x10, 0x82), read(0x10, 0x82)]);
    }

    #[test]
    fn addresses_wrap() {
        let code = [(0xffff, 0xad), (0, 0x34), (1, 0x12), (0x1234, 0x99)];
        assert_eq!(observed([0xffff, 0, 0, 0, 0, 0], &code).after.registers, [2, 0, 0x99, 0, 0, 0x80]);
        assert_eq!(observed([0xffff, 0, 0, 0, 0, 0], &[(0xffff, 0xea)]).after.registers[0], 0);
        // lda $fff0,x
        let code = [(0x400, 0xbd), (0x401, 0xf0), (0x402, 0xff), (0x0f, 0x42)];
        assert_eq!(observed([0x400, 0, 0, 0x1f, 0, 0], &code).after.registers[2], 0x42);
    }

    #[test]
    fn twelve_opcodes_stop_it_and_none_hangs() {
        let mut stopping = vec![];
        for opcode in 0..=255 {
            let steps = Mos6502.observe(&fresh(opcode, 300, 1));
            let stopped = steps.iter().filter(|step| step.stopped).count();
            assert!(stopped == 0 || stopped == steps.len(), "{opcode:02x} stopped {stopped} times");
            if stopped > 0 {
                stopping.push(opcode);
                let (before, after) = (&steps[0].before, &steps[0].after);
                assert_eq!(after.registers[0], (before.registers[0] + 1) & 0xffff);
                assert_eq!((&after.registers[1..], &after.cells), (&before.registers[1..], &before.cells));
            }
            for step in &steps {
                assert_eq!(step.name, format!("{opcode:02x}"));
                assert_eq!(step.accesses[0], read(step.before.registers[0], opcode.into()));
            }
        }
        assert_eq!(stopping, [0x02, 0x12, 0x22, 0x32, 0x42, 0x52, 0x62, 0x72, 0x92, 0xb2, 0xd2, 0xf2]);
    }

    #[test]
    fn questions_do_not_depend_on_each_other() {
        let asked: Vec<Question> = (0..=255).flat_map(|opcode| fresh(opcode, 4, 2)).collect();
        let alone: Vec<Step> = asked.iter().rev().flat_map(|question| Mos6502.observe(std::slice::from_ref(question))).collect();
        assert!(Mos6502.observe(&asked).iter().eq(alone.iter().rev()));
    }
}
