//! Cells of six bits, addresses of ten, registers of both widths and flags: carries and signs are where nothing else has them.

use mimus_trace::step::{Code, Field, Layout, Memory, Oracle, Question, Register, Step};

use super::{Bus, Machine, observe};

pub struct Narrow;

impl Oracle for Narrow {
    fn name(&self) -> String {
        "narrow 1".into()
    }

    fn layout(&self) -> Layout {
        let register = |name: &str, bits| Register { name: name.into(), bits, fields: vec![] };
        let fields = ["eq", "lt", "of"].iter().zip(0..).map(|(name, low)| Field { name: (*name).into(), low, bits: 1 }).collect();
        Layout {
            registers: vec![
                register("ip", 10),
                register("w", 10),
                register("k", 6),
                register("r0", 6),
                register("r1", 6),
                register("r2", 6),
                Register { fields, ..register("st", 3) },
            ],
            memory: Memory { address: 10, cell: 6 },
            code: Code { at: "ip".into(), cells: 1 },
        }
    }

    fn observe(&self, asked: &[Question]) -> Vec<Step> {
        observe(&self.layout(), asked, step)
    }
}

impl Machine for Narrow {
    fn instructions(&self) -> &'static [(u64, &'static str)] {
        &[
            (0o03, "constant"),
            (0o07, "load"),
            (0o10, "store"),
            (0o12, "load indexed"),
            (0o15, "load through w"),
            (0o17, "add"),
            (0o21, "add with of"),
            (0o22, "subtract"),
            (0o25, "compare"),
            (0o30, "rotate"),
            (0o33, "go"),
            (0o34, "go if eq"),
            (0o40, "call"),
            (0o41, "return"),
            (0o44, "swap"),
            (0o46, "and"),
            (0o47, "xor"),
            (0o51, "saturate"),
            (0o55, "advance w"),
            (0o60, "count up"),
            (0o64, "larger"),
            (0o70, "base 5"),
        ]
    }
}

/// The two cells from an address on, the lower first; of the upper only what an address has room for counts.
fn pair(bus: &mut Bus, at: u64) -> u64 {
    let low = bus.read(at);
    (bus.read(at + 1) << 6 | low) & 0x3ff
}

/// Where calls leave what to come back to.
const PAGE: u64 = 0x3c0;

fn step(registers: &mut [u64], bus: &mut Bus) -> bool {
    let &mut [ip, w, k, r0, r1, r2, st] = registers else { unreachable!("seven registers") };
    let (mut eq, mut lt, mut of) = (st & 1, st >> 1 & 1, st >> 2);
    let (mut next, mut new_w, mut new_k, mut a, mut b) = (ip + 1, w, k, r0, r1);
    match bus.read(ip) {
        0o03 => (next, a) = (ip + 2, bus.read(ip + 1)),
        0o07 => {
            let at = pair(bus, ip + 1);
            (next, a) = (ip + 3, bus.read(at));
        }
        0o10 => {
            let at = pair(bus, ip + 1);
            next = ip + 3;
            bus.write(at, r0);
        }
        0o12 => {
            let at = pair(bus, ip + 1);
            (next, a) = (ip + 3, bus.read(at + r1));
            eq = u64::from(a == 0);
        }
        0o15 => a = bus.read(w),
        0o17 => (a, of) = ((r0 + r1) & 63, (r0 + r1) >> 6),
        0o21 => (a, of) = ((r0 + r1 + of) & 63, (r0 + r1 + of) >> 6),
        0o22 => (a, lt, eq) = (r0.wrapping_sub(r1), (r0 < r1).into(), (r0 == r1).into()),
        0o25 => {
            let with = bus.read(ip + 1);
            (next, lt, eq) = (ip + 2, (r0 < with).into(), (r0 == with).into());
        }
        0o30 => (a, of) = (of << 5 | r0 >> 1, r0 & 1),
        0o33 => next = pair(bus, ip + 1),
        0o34 => {
            let to = pair(bus, ip + 1);
            next = if eq == 1 { to } else { ip + 3 };
        }
        0o40 => {
            next = pair(bus, ip + 1);
            bus.write(PAGE + k, (ip + 3) & 63);
            bus.write(PAGE + (k.wrapping_sub(1) & 63), ((ip + 3) & 0x3ff) >> 6);
            new_k = k.wrapping_sub(2);
        }
        0o41 => {
            let high = bus.read(PAGE + ((k + 1) & 63));
            let low = bus.read(PAGE + ((k + 2) & 63));
            (next, new_k) = (high << 6 | low, k + 2);
        }
        0o44 => (a, b) = (r1, r0),
        0o46 => (a, eq) = (r0 & r1, (r0 & r1 == 0).into()),
        0o47 => (a, eq) = (r0 ^ r2, (r0 == r2).into()),
        0o51 => (a, of) = ((r0 + r1).min(63), (r0 + r1 > 63).into()),
        0o55 => new_w = w + r2,
        0o60 => {
            let value = (bus.read(w) + 1) & 63;
            eq = u64::from(value == 0);
            bus.write(w, value);
        }
        0o64 => a = r0.max(r1),
        0o70 => {
            // Two digits of three bits each.
            let low = (r0 & 7) + (r1 & 7);
            let high = (r0 >> 3) + (r1 >> 3) + u64::from(low > 4);
            a = (if high > 4 { high - 5 } else { high } & 7) << 3 | if low > 4 { low - 5 } else { low } & 7;
            of = u64::from(high > 4);
        }
        _ => {
            registers[0] = next;
            return false;
        }
    }
    registers.copy_from_slice(&[next, new_w, new_k, a, b, r2, eq | lt << 1 | of << 2]);
    true
}
