//! Linear code: expressions over integers of 64 bits as a flat list of steps on numbered slots, equal subterms computed once.
//!
//! It computes what [`crate::eval`] does as long as everything stays within 64 bits and is defined; every way out of that gives
//! `None`, upon which the general way decides.

use num_traits::ToPrimitive;
use rustc_hash::FxHashMap;

use crate::{Datum, Expr, PrimId};

/// Slots that linear code may use.
pub const SLOTS: usize = 1024;

/// The magnitude of what may not fit into 64 bits.
const UNKNOWN: u8 = 63;

/// The number of a slot.
pub type Slot = u16;

/// What a step does with the slots `a`, `b` and `c`. Tests are 0 or 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Op {
    Add,
    Subtract,
    Multiply,
    Quotient,
    Remainder,
    FloorQuotient,
    FloorRemainder,
    Smaller,
    Larger,
    Negative,
    Magnitude,
    And,
    Or,
    Xor,
    Not,
    ShiftLeft,
    ShiftRight,
    Signed,
    Less,
    Equal,
    Opposite,
    /// `b` where `a` is 1, else `c`.
    Choose,
    /// The cell of memory at `a`.
    Read,
    /// `a` itself.
    Copy,
    /// Leaves the code where `a` is 1.
    Leave,
    /// Leaves out the next `into` steps.
    Skip,
    /// The same where `a` is 0.
    Unless,
}

impl Op {
    /// What it makes of two integers, where it is one of those that need no more.
    #[inline(always)]
    fn of(self, a: i64, b: i64) -> Option<i64> {
        match self {
            Self::Add => a.checked_add(b),
            Self::Subtract => a.checked_sub(b),
            Self::Multiply => a.checked_mul(b),
            Self::Quotient => a.checked_div(b),
            Self::Remainder => a.checked_rem(b),
            Self::FloorQuotient => floor_quotient(a, b),
            Self::FloorRemainder => floor_remainder(a, b),
            Self::Smaller => Some(a.min(b)),
            Self::Larger => Some(a.max(b)),
            Self::Negative => a.checked_neg(),
            Self::Magnitude => a.checked_abs(),
            Self::And => Some(a & b),
            Self::Or => Some(a | b),
            Self::Xor => Some(a ^ b),
            Self::Not => Some(!a),
            Self::ShiftLeft => {
                // Only where no bit is lost.
                let moved = if (0..63).contains(&b) { Some(a << b) } else { None };
                moved.filter(|moved| moved >> b == a)
            }
            Self::ShiftRight => (b >= 0).then(|| a >> b.min(63)),
            Self::Signed => (1..=64).contains(&b).then(|| a << (64 - b) >> (64 - b)),
            Self::Less => Some((a < b).into()),
            Self::Equal => Some((a == b).into()),
            Self::Opposite => Some(a ^ 1),
            Self::Copy => Some(a),
            Self::Choose | Self::Read | Self::Leave | Self::Skip | Self::Unless => None,
        }
    }
}

/// Cases of more steps than this are not both worked out.
const BOTH: usize = 3;

/// Steps by their primitive.
const OPS: [(&str, Op); 20] = [
    ("add", Op::Add),
    ("subtract", Op::Subtract),
    ("multiply", Op::Multiply),
    ("quotient", Op::Quotient),
    ("remainder", Op::Remainder),
    ("floor_quotient", Op::FloorQuotient),
    ("floor_remainder", Op::FloorRemainder),
    ("smaller", Op::Smaller),
    ("larger", Op::Larger),
    ("negative", Op::Negative),
    ("magnitude", Op::Magnitude),
    ("bit_and", Op::And),
    ("bit_or", Op::Or),
    ("bit_xor", Op::Xor),
    ("bit_not", Op::Not),
    ("shift_left", Op::ShiftLeft),
    ("shift_right", Op::ShiftRight),
    ("signed", Op::Signed),
    ("less", Op::Less),
    ("equal", Op::Equal),
];

/// Whether the operands of a step can be exchanged.
fn commutes(op: Op) -> bool {
    matches!(op, Op::Add | Op::Multiply | Op::And | Op::Or | Op::Xor | Op::Equal | Op::Smaller | Op::Larger)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Step {
    op: Op,
    into: Slot,
    a: Slot,
    b: Slot,
    c: Slot,
}

impl Step {
    /// Whether it sets the slot `into`.
    fn sets(&self) -> bool {
        !matches!(self.op, Op::Leave | Op::Skip | Op::Unless)
    }
}

/// What a step does with which slots.
type Key = (Op, Slot, Slot, Slot);

/// Makes linear code.
pub struct Builder {
    steps: Vec<Step>,
    known: FxHashMap<Key, Slot>,
    /// What became known, in order.
    log: Vec<Key>,
    constants: Vec<(Slot, i64)>,
    /// How many bits each slot has at most, where it is known not to be negative. Tests have one.
    bits: Vec<Option<u8>>,
    /// How many bits the magnitude of each slot has at most; more than 62 where nothing is known.
    magnitudes: Vec<u8>,
    /// Whether no step can leave the code.
    total: bool,
}

impl Builder {
    /// Code over so many operands, which are the first slots: each an integer, not negative and of so many bits where that is
    /// known.
    pub fn new(operands: impl IntoIterator<Item = Option<u8>>) -> Self {
        let bits: Vec<Option<u8>> = operands.into_iter().collect();
        let magnitudes = bits.iter().map(|bits| bits.unwrap_or(UNKNOWN)).collect();
        Self { steps: vec![], known: FxHashMap::default(), log: vec![], constants: vec![], bits, magnitudes, total: true }
    }

    /// The same for code that shares its slots with other code: constants of all of them have the same slots in each.
    pub fn beside(operands: impl IntoIterator<Item = Option<u8>>, constants: &[i64]) -> Option<Self> {
        let mut builder = Self::new(operands);
        constants.iter().all(|value| builder.constant(*value).is_some()).then_some(builder)
    }

    /// The constants so far.
    pub fn constants(&self) -> Vec<i64> {
        self.constants.iter().map(|(_, value)| *value).collect()
    }

    fn slot(&mut self, bits: Option<u8>, magnitude: u8) -> Option<Slot> {
        let slot = self.bits.len();
        self.bits.push(bits);
        self.magnitudes.push(magnitude.min(UNKNOWN));
        (slot < SLOTS).then_some(slot as Slot)
    }

    /// The slot of a constant.
    pub fn constant(&mut self, value: i64) -> Option<Slot> {
        if let Some((slot, _)) = self.constants.iter().find(|(_, known)| *known == value) {
            return Some(*slot);
        }
        let magnitude = (64 - value.unsigned_abs().leading_zeros()) as u8;
        let slot = self.slot((value >= 0).then_some(magnitude), magnitude)?;
        self.constants.push((slot, value));
        Some(slot)
    }

    fn step(&mut self, op: Op, a: Slot, b: Slot, c: Slot, bits: Option<u8>) -> Option<Slot> {
        let (a, b) = if commutes(op) && b < a { (b, a) } else { (a, b) };
        if let Some(slot) = self.known.get(&(op, a, b, c)) {
            return Some(*slot);
        }
        let magnitude = bits.unwrap_or_else(|| self.magnitude(op, a, b));
        self.total &= self.is_total(op, b, magnitude);
        let into = self.slot(bits, magnitude)?;
        self.known.insert((op, a, b, c), into);
        self.log.push((op, a, b, c));
        self.steps.push(Step { op, into, a, b, c });
        Some(into)
    }

    /// The lowest bits of a slot.
    pub fn low(&mut self, slot: Slot, bits: u8) -> Option<Slot> {
        if bits >= 63 || self.bits[usize::from(slot)].is_some_and(|known| known <= bits) {
            return Some(slot);
        }
        let mask = self.constant((1 << bits) - 1)?;
        self.step(Op::And, slot, mask, 0, Some(bits))
    }

    /// The cell of memory at a slot.
    pub fn read(&mut self, at: Slot, bits: u8) -> Option<Slot> {
        self.step(Op::Read, at, 0, 0, Some(bits))
    }

    /// A copy that no later step changes.
    pub fn copy(&mut self, slot: Slot) -> Option<Slot> {
        self.step(Op::Copy, slot, 0, 0, self.bits[usize::from(slot)])
    }

    /// Leaves the code where a test holds.
    pub fn leave(&mut self, test: Slot) {
        self.total = false;
        self.steps.push(Step { op: Op::Leave, into: 0, a: test, b: 0, c: 0 });
    }

    /// The slot that has the value of an expression whose operands are integers in these slots; `None` when linear code has no word
    /// for something in it. A test is 0 or 1.
    pub fn expr(&mut self, expr: &Expr, operands: &[Slot]) -> Option<Slot> {
        self.typed(expr, operands).map(|(slot, _)| slot)
    }

    /// The same, and whether it is a test.
    fn typed(&mut self, expr: &Expr, operands: &[Slot]) -> Option<(Slot, bool)> {
        match expr {
            Expr::Arg(i) => operands.get(usize::from(*i)).map(|slot| (*slot, false)),
            Expr::Const(Datum::Int(i)) => self.constant(i.to_i64()?).map(|slot| (slot, false)),
            Expr::Const(Datum::Bool(value)) => self.constant((*value).into()).map(|slot| (slot, true)),
            Expr::If(three) => self.cases(three, operands),
            Expr::Prim(id, args) => {
                let slots: Vec<(Slot, bool)> = args.iter().map(|arg| self.typed(arg, operands)).collect::<Option<_>>()?;
                self.prim(*id, &slots)
            }
            _ => None,
        }
    }

    /// One of two cases. Where they are long only one of them is worked out.
    fn cases(&mut self, [test, then, otherwise]: &[Expr; 3], operands: &[Slot]) -> Option<(Slot, bool)> {
        let (test, true) = self.typed(test, operands)? else { return None };
        let (start, known) = (self.steps.len(), self.log.len());
        let (a, a_test) = self.typed(then, operands)?;
        let middle = self.steps.len();
        // What only the first case works out is not there in the second.
        let first: Vec<(Key, Slot)> = self.log.drain(known..).filter_map(|key| self.known.remove_entry(&key)).collect();
        let (b, b_test) = self.typed(otherwise, operands)?;
        (a_test == b_test).then_some(())?;
        let bits = self.bits[usize::from(a)].zip(self.bits[usize::from(b)]).map(|(x, y)| x.max(y));
        if self.steps.len() - start <= BOTH {
            for (key, slot) in first {
                if self.known.insert(key, slot).is_none() {
                    self.log.push(key);
                }
            }
            return self.step(Op::Choose, test, a, b, bits).map(|slot| (slot, a_test));
        }
        for key in self.log.drain(known..) {
            self.known.remove(&key);
        }
        let magnitude = self.magnitudes[usize::from(a)].max(self.magnitudes[usize::from(b)]);
        let into = self.slot(bits, magnitude)?;
        let step = |op, into, a| Step { op, into, a, b: 0, c: 0 };
        let mut second = self.steps.split_off(middle);
        let first = self.steps.split_off(start);
        self.steps.push(step(Op::Unless, first.len() as Slot + 2, test));
        self.steps.extend(first);
        self.steps.push(step(Op::Copy, into, a));
        self.steps.push(step(Op::Skip, second.len() as Slot + 1, 0));
        self.steps.append(&mut second);
        self.steps.push(step(Op::Copy, into, b));
        Some((into, a_test))
    }

    fn prim(&mut self, id: PrimId, operands: &[(Slot, bool)]) -> Option<(Slot, bool)> {
        let all = |wanted: bool| operands.iter().all(|(_, test)| *test == wanted);
        let a = operands.first()?.0;
        let b = operands.get(1).map_or(0, |(slot, _)| *slot);
        match id.get().name {
            // A test is an integer already.
            "bit_of" if all(true) => Some((a, false)),
            "opposite" if all(true) => self.step(Op::Opposite, a, 0, 0, Some(1)).map(|slot| (slot, true)),
            "both" if all(true) => self.step(Op::And, a, b, 0, Some(1)).map(|slot| (slot, true)),
            "either" if all(true) => self.step(Op::Or, a, b, 0, Some(1)).map(|slot| (slot, true)),
            "alike" | "identical" if all(false) => self.step(Op::Equal, a, b, 0, Some(1)).map(|slot| (slot, true)),
            name if all(false) => {
                let op = OPS.iter().find(|(known, _)| *known == name)?.1;
                let test = matches!(op, Op::Less | Op::Equal);
                let bits = if test { Some(1) } else { self.width(op, a, b) };
                self.step(op, a, b, 0, bits).map(|slot| (slot, test))
            }
            _ => None,
        }
    }

    /// How many bits a result has at most, where it is not negative.
    fn width(&self, op: Op, a: Slot, b: Slot) -> Option<u8> {
        let (x, y) = (self.bits[usize::from(a)], self.bits[usize::from(b)]);
        let both = x.zip(y);
        let constant = |slot| self.constant_in(slot);
        match op {
            Op::And => both.map(|(x, y)| x.min(y)).or(x).or(y),
            Op::Or | Op::Xor => both.map(|(x, y)| x.max(y)),
            Op::Add => both.map(|(x, y)| x.max(y) + 1),
            Op::ShiftRight => x.map(|x| x.saturating_sub(constant(b).map_or(0, |by| by.clamp(0, 64) as u8))),
            Op::ShiftLeft => x.zip(constant(b)).filter(|(_, by)| (0..32).contains(by)).map(|(x, by)| x + by as u8),
            _ => None,
        }
        .filter(|bits| *bits < 63)
    }

    /// Lets steps work out what slots are set to at the end right in their place, where what was there is not needed any more.
    /// `kept` are slots that are looked at after that; what is left to be set comes back.
    pub fn settle(&mut self, sets: Vec<(Slot, Slot)>, kept: &mut [Slot]) -> Vec<(Slot, Slot)> {
        let mut left = sets;
        // Whoever leaves the code half way must find what was there.
        if !self.total {
            return left;
        }
        let mut i = 0;
        while i < left.len() {
            let (place, result) = left[i];
            let made = self.steps.iter().position(|step| step.sets() && step.into == result);
            let needs = |step: &Step| [step.a, step.b, step.c].contains(&place);
            let free = |made: usize| {
                let others = left.iter().enumerate().any(|(j, (_, from))| j != i && *from == place);
                !others && !kept.contains(&place) && !self.steps[made + 1..].iter().any(needs)
            };
            match made.filter(|made| free(*made)) {
                Some(made) => {
                    let moved = |slot: &mut Slot| *slot = if *slot == result { place } else { *slot };
                    for step in &mut self.steps[made..] {
                        [&mut step.a, &mut step.b, &mut step.c].into_iter().for_each(moved);
                        if step.sets() {
                            moved(&mut step.into);
                        }
                    }
                    kept.iter_mut().for_each(moved);
                    left.remove(i);
                    left.iter_mut().for_each(|(_, from)| moved(from));
                }
                None => i += 1,
            }
        }
        left
    }

    /// How many bits the magnitude of a result has at most.
    fn magnitude(&self, op: Op, a: Slot, b: Slot) -> u8 {
        let (x, y) = (self.magnitudes[usize::from(a)], self.magnitudes[usize::from(b)]);
        match op {
            Op::Add | Op::Subtract => x.max(y) + 1,
            Op::Multiply => x.saturating_add(y),
            Op::Negative | Op::Magnitude | Op::Copy | Op::ShiftRight => x,
            Op::Not => x + 1,
            Op::And | Op::Or | Op::Xor => x.max(y) + 1,
            Op::Smaller | Op::Larger | Op::Choose => x.max(y).max(UNKNOWN),
            Op::ShiftLeft => self.constant_in(b).map_or(UNKNOWN, |by| x.saturating_add(by.clamp(0, 64) as u8)),
            Op::Signed => self.constant_in(b).map_or(UNKNOWN, |bits| bits.clamp(0, 64) as u8),
            _ => UNKNOWN,
        }
    }

    fn constant_in(&self, slot: Slot) -> Option<i64> {
        self.constants.iter().find(|(known, _)| *known == slot).map(|(_, value)| *value)
    }

    /// Whether a step always gives something.
    fn is_total(&self, op: Op, b: Slot, magnitude: u8) -> bool {
        match op {
            Op::Add | Op::Subtract | Op::Multiply | Op::Negative | Op::Magnitude => magnitude < UNKNOWN,
            Op::ShiftLeft => magnitude < UNKNOWN && self.constant_in(b).is_some_and(|by| (0..63).contains(&by)),
            Op::ShiftRight => self.bits[usize::from(b)].is_some(),
            Op::Signed => self.constant_in(b).is_some_and(|bits| (1..=64).contains(&bits)),
            Op::Quotient | Op::Remainder | Op::FloorQuotient | Op::FloorRemainder | Op::Leave => false,
            _ => true,
        }
    }

    /// The code.
    pub fn finish(self) -> Linear {
        Linear { steps: self.steps, constants: self.constants, size: self.bits.len() }
    }
}

/// A finished piece of linear code.
#[derive(Clone, Debug)]
pub struct Linear {
    steps: Vec<Step>,
    constants: Vec<(Slot, i64)>,
    size: usize,
}

/// Something undefined or too large was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left;

impl Linear {
    /// How many steps it takes.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether there is nothing to compute.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// How many slots it needs.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Puts the constants into their slots: once, before the first run.
    pub fn load(&self, slots: &mut [i64]) {
        for (slot, value) in &self.constants {
            slots[*slot as usize] = *value;
        }
    }

    /// Runs it on slots of which the first are the operands. `read` gives a cell of memory.
    #[inline]
    pub fn run<const N: usize>(&self, slots: &mut [i64; N], mut read: impl FnMut(i64) -> i64) -> Result<(), Left> {
        const { assert!(N.is_power_of_two()) };
        let at = |slot: Slot| usize::from(slot) & (N - 1);
        let mut rest = self.steps.iter();
        while let Some(step) = rest.next() {
            let (a, b) = (slots[at(step.a)], slots[at(step.b)]);
            let value = match step.op {
                Op::Choose => Some(if a != 0 { b } else { slots[at(step.c)] }),
                Op::Read => Some(read(a)),
                Op::Leave if a != 0 => None,
                Op::Leave => continue,
                Op::Unless if a != 0 => continue,
                Op::Skip | Op::Unless => {
                    rest = rest.as_slice().get(usize::from(step.into)..).unwrap_or_default().iter();
                    continue;
                }
                op => op.of(a, b),
            };
            slots[at(step.into)] = value.ok_or(Left)?;
        }
        Ok(())
    }
}

fn floor_quotient(a: i64, b: i64) -> Option<i64> {
    let quotient = a.checked_div(b)?;
    Some(if a % b != 0 && (a < 0) != (b < 0) { quotient - 1 } else { quotient })
}

fn floor_remainder(a: i64, b: i64) -> Option<i64> {
    let remainder = a.checked_rem(b)?;
    Some(if remainder != 0 && (remainder < 0) != (b < 0) { remainder + b } else { remainder })
}

/// A primitive of two integers, to be computed at once.
#[derive(Clone, Copy, Debug)]
pub struct Step2 {
    op: Op,
    test: bool,
}

impl Step2 {
    /// The step that a primitive is where both of its operands are integers, if linear code has one.
    pub fn of(id: PrimId) -> Option<Self> {
        let name = match id.get().name {
            "alike" | "identical" => "equal",
            name => name,
        };
        let op = OPS.iter().find(|(known, _)| *known == name)?.1;
        (id.get().takes.len() == 2).then_some(Self { op, test: matches!(op, Op::Less | Op::Equal) })
    }

    /// Computes it; `None`: the primitive itself must say.
    #[inline]
    pub fn run(self, a: i64, b: i64) -> Option<Given> {
        let value = self.op.of(a, b)?;
        Some(if self.test { Given::Test(value != 0) } else { Given::Int(value) })
    }
}

/// What linear code over plain integers gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// An integer.
    Int(i64),
    /// A test's outcome.
    Test(bool),
}

/// Slots of a small function.
const SMALL: usize = 16;

/// A small function of integers.
#[derive(Clone, Debug)]
pub struct Function {
    code: Linear,
    /// Slots with the constants in place.
    slots: [i64; SMALL],
    result: Slot,
    test: bool,
    /// The only step, where that takes both operands: most functions are one.
    only: Option<Op>,
}

impl Function {
    /// Compiles an expression over so many integers, if linear code has words for it and a few slots are enough. Where a test of
    /// `unless` holds or is undefined it gives nothing.
    pub fn of(expr: &Expr, operands: usize, unless: &[&Expr]) -> Option<Self> {
        let mut builder = Builder::new(vec![None; operands]);
        let operands: Vec<Slot> = (0..operands as Slot).collect();
        for test in unless {
            let (test, true) = builder.typed(test, &operands)? else { return None };
            builder.leave(test);
        }
        let (result, test) = builder.typed(expr, &operands)?;
        let code = builder.finish();
        let mut slots = [0; SMALL];
        (code.size <= SMALL).then(|| code.load(&mut slots))?;
        let only = match &code.steps[..] {
            [Step { op, into, a: 0, b: 1, .. }] if operands.len() == 2 && *into == result => Some(*op),
            _ => None,
        };
        Some(Self { code, slots, result, test, only })
    }

    /// Computes it.
    #[inline]
    pub fn run<const N: usize>(&self, operands: [i64; N]) -> Option<Given> {
        let given = |value| if self.test { Given::Test(value != 0) } else { Given::Int(value) };
        if let (Some(op), [a, b]) = (self.only, &operands[..]) {
            return op.of(*a, *b).map(given);
        }
        let mut slots = self.slots;
        slots[..N].copy_from_slice(&operands);
        self.code.run(&mut slots, |_| 0).ok()?;
        Some(given(slots[self.result as usize % SMALL]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{NoHost, Term, Value, eval};

    const EDGES: [i64; 14] = [i64::MIN, i64::MIN + 1, -256, -7, -2, -1, 0, 1, 2, 7, 63, 64, 1 << 40, i64::MAX];

    fn expr(text: &str) -> Expr {
        Expr::from_term(&Term::parse(text).unwrap()).unwrap()
    }

    /// Linear code may leave a case to the general way, but not decide it otherwise; and it decides most.
    #[track_caller]
    fn check(text: &str) {
        let expr = expr(text);
        let function = Function::of(&expr, 2, &[]).expect("linear code");
        let mut decided = 0;
        for (a, b) in EDGES.iter().flat_map(|a| EDGES.map(|b| (*a, b))) {
            let given = match function.run([a, b]) {
                Some(Given::Int(i)) => Value::Int(i),
                Some(Given::Test(b)) => Value::Bool(b),
                None => continue,
            };
            decided += 1;
            assert_eq!(eval(&expr, &[Value::Int(a), Value::Int(b)], &mut NoHost), Ok(given), "{text} of {a}, {b}");
        }
        assert!(decided > EDGES.len(), "{text} is left to the general way");
    }

    #[test]
    fn it_computes_what_the_primitives_give() {
        for (name, _) in OPS.iter().filter(|(name, _)| PrimId::by_name(name).is_some_and(|id| id.get().takes.len() == 2)) {
            check(&format!("{name}(a0, a1)"));
        }
        check("negative(magnitude(bit_not(a0)))");
        check("if(both(less(a0, a1), opposite(equal(a0, 7))), add(a0, 1), bit_of(less(a1, 0)))");
        check("either(equal(a0, a1), less(a0, 3))");
        check("signed(bit_and(a0, 255), 8)");
        check("if(less(a0, a1), add(add(a0, 1), add(a1, 2)), subtract(add(a0, a1), multiply(a0, a1)))");
        check("add(if(less(a0, 0), add(add(a0, 1), add(a1, 2)), 3), add(a0, 1))");
    }

    #[test]
    fn equal_subterms_are_computed_once() {
        let mut builder = Builder::new([Some(8), Some(8)]);
        let sum = builder.expr(&expr("add(a0, a1)"), &[0, 1]).unwrap();
        let same = builder.expr(&expr("add(a1, a0)"), &[0, 1]).unwrap();
        assert_eq!(sum, same);
        // Nine bits hold the sum of two bytes.
        assert_eq!(builder.low(sum, 9), Some(sum));
        assert_ne!(builder.low(sum, 8), Some(sum));
        assert_eq!(builder.finish().len(), 2);
    }

    #[test]
    fn results_are_worked_out_in_their_place() {
        let mut builder = Builder::new([Some(8), Some(8), Some(8)]);
        let sum = builder.expr(&expr("add(a0, a1)"), &[0, 1, 2]).unwrap();
        let twice = builder.expr(&expr("add(a0, a3)"), &[0, 1, 2, sum]).unwrap();
        // The first operand is needed for the second sum, so only that may go there.
        let mut kept = [2];
        let left = builder.settle(vec![(0, twice), (1, sum), (2, sum)], &mut kept);
        assert_eq!((left, kept), (vec![(2, 1)], [2]));
        let mut slots = [3, 5, 7, 0, 0, 0, 0, 0];
        builder.finish().run(&mut slots, |_| 0).unwrap();
        assert_eq!(slots[..3], [11, 8, 7]);
    }

    #[test]
    fn what_may_be_left_half_way_keeps_its_operands() {
        let mut builder = Builder::new([None, Some(8)]);
        let sum = builder.expr(&expr("add(a0, a1)"), &[0, 1]).unwrap();
        assert_eq!(builder.settle(vec![(0, sum)], &mut []), [(0, sum)]);
    }

    #[test]
    fn tests_leave_the_code() {
        let zero = expr("equal(a1, 0)");
        let function = Function::of(&expr("quotient(a0, a1)"), 2, &[&zero]).unwrap();
        assert_eq!((function.run([7, 2]), function.run([7, 0])), (Some(Given::Int(3)), None));
        assert!(Function::of(&expr("length(a0)"), 1, &[]).is_none());
    }
}
