//! A machine one of whose instructions puts anything on top of its stack.

use mimus_trace::step::{Fill, Layout, Oracle, Question, Step};

use super::stack::Stack;
use super::{Dice, Machine, observe};

pub struct Liar;

/// The instruction that cannot be relied on.
pub const LIE: u64 = 0x23;

impl Oracle for Liar {
    fn name(&self) -> String {
        "liar 1".into()
    }

    fn layout(&self) -> Layout {
        Stack.layout()
    }

    fn observe(&self, asked: &[Question]) -> Vec<Step> {
        let honest = Stack.observe(asked);
        let one = |(question, step): (&Question, Step)| match step.accesses[0].value {
            LIE => lie(question),
            _ => step,
        };
        asked.iter().zip(honest).map(one).collect()
    }
}

impl Machine for Liar {
    fn instructions(&self) -> &'static [(u64, &'static str)] {
        Stack.instructions()
    }
}

/// The same lie for the same question, so that learning comes out the same; it follows from nothing that can be seen.
fn lie(question: &Question) -> Step {
    let seed = match question.fill {
        Fill::Random(seed) => seed,
        Fill::Constant(value) => value << 32,
    };
    let seed = question
        .registers
        .iter()
        .chain(question.cells.iter().flat_map(|(at, value)| [at, value]))
        .fold(seed, |seed, value| Dice(seed ^ value).next());
    let step = |registers: &mut [u64], bus: &mut super::Bus| {
        let &mut [ip, sp] = registers else { unreachable!("two registers") };
        bus.read(ip);
        bus.write(0x180 | (sp + 1) & 0x7f, Dice(seed).next());
        registers.copy_from_slice(&[ip + 1, sp + 1]);
        true
    };
    observe(&Stack.layout(), std::slice::from_ref(question), step).remove(0)
}
