//! No registers to compute with: everything happens on a stack in memory. Cells of seven bits, addresses of nine.

use mimus_trace::step::{Code, Layout, Memory, Oracle, Question, Register, Step};

use super::{Bus, Machine, observe};

pub struct Stack;

impl Oracle for Stack {
    fn name(&self) -> String {
        "stack 1".into()
    }

    fn layout(&self) -> Layout {
        let register = |name: &str, bits| Register { name: name.into(), bits, fields: vec![] };
        Layout {
            registers: vec![register("ip", 9), register("sp", 7)],
            memory: Memory { address: 9, cell: 7 },
            code: Code { at: "ip".into(), cells: 1 },
        }
    }

    fn observe(&self, asked: &[Question]) -> Vec<Step> {
        observe(&self.layout(), asked, step)
    }
}

impl Machine for Stack {
    fn instructions(&self) -> &'static [(u64, &'static str)] {
        &[
            (0x05, "push"),
            (0x11, "add"),
            (0x12, "sub"),
            (0x1c, "nand"),
            (0x23, "dup"),
            (0x24, "over"),
            (0x2a, "swap"),
            (0x31, "drop"),
            (0x40, "go"),
            (0x47, "go if zero"),
            (0x5a, "load"),
            (0x5b, "store"),
            (0x66, "less"),
            (0x7f, "halve"),
        ]
    }
}

/// The address of a value on the stack: the top is 0.
fn at(sp: u64, depth: u64) -> u64 {
    0x180 | sp.wrapping_sub(depth) & 0x7f
}

/// Takes two values and puts one there instead.
fn binary(bus: &mut Bus, sp: u64, give: fn(u64, u64) -> u64) -> u64 {
    let top = bus.read(at(sp, 0));
    let below = bus.read(at(sp, 1));
    bus.write(at(sp, 1), give(below, top));
    sp.wrapping_sub(1)
}

fn step(registers: &mut [u64], bus: &mut Bus) -> bool {
    let &mut [ip, sp] = registers else { unreachable!("two registers") };
    let (mut next, mut new_sp) = (ip + 1, sp);
    match bus.read(ip) {
        0x05 => {
            let value = bus.read(ip + 1);
            bus.write(at(sp + 1, 0), value);
            (next, new_sp) = (ip + 2, sp + 1);
        }
        0x11 => new_sp = binary(bus, sp, |below, top| below + top),
        0x12 => new_sp = binary(bus, sp, u64::wrapping_sub),
        0x1c => new_sp = binary(bus, sp, |below, top| !(below & top)),
        0x66 => new_sp = binary(bus, sp, |below, top| (below < top).into()),
        code @ (0x23 | 0x24) => {
            let value = bus.read(at(sp, code - 0x23));
            bus.write(at(sp + 1, 0), value);
            new_sp = sp + 1;
        }
        0x2a => {
            let top = bus.read(at(sp, 0));
            let below = bus.read(at(sp, 1));
            bus.write(at(sp, 0), below);
            bus.write(at(sp, 1), top);
        }
        0x31 => new_sp = sp.wrapping_sub(1),
        0x40 => next = bus.read(ip + 1) | bus.read(ip + 2) << 7,
        0x47 => {
            let to = bus.read(ip + 1) | bus.read(ip + 2) << 7;
            next = if bus.read(at(sp, 0)) == 0 { to } else { ip + 3 };
            new_sp = sp.wrapping_sub(1);
        }
        0x5a => {
            let address = bus.read(at(sp, 0));
            let value = bus.read(address);
            bus.write(at(sp, 0), value);
        }
        0x5b => {
            let address = bus.read(at(sp, 0));
            let value = bus.read(at(sp, 1));
            bus.write(address, value);
            new_sp = sp.wrapping_sub(2);
        }
        0x7f => {
            let top = bus.read(at(sp, 0));
            bus.write(at(sp, 0), top >> 1);
        }
        _ => {
            registers[0] = next;
            return false;
        }
    }
    (registers[0], registers[1]) = (next, new_sp);
    true
}
