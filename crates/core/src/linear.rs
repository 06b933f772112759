//! Linear code: expressions over integers of 64 bits as a flat list of steps on numbered slots, equal subterms computed once.
//!
//! It computes what [`crate::eval`] does as long as everything stays within 64 bits and is defined; every way out of that gives
//! `None`, upon which the general way decides.

use num_traits::ToPrimitive;
use rustc_hash::FxHashMap;

use crate::{Datum, Expr, PrimId};

/// Slots that linear code may use.
pub const SLOTS: usize = 1024;

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
}

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

/// What a slot holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    /// An integer of at most so many bits, not negative, if that is known.
    Int(Option<u8>),
    Test,
}

/// Makes linear code.
pub struct Builder {
    steps: Vec<Step>,
    known: FxHashMap<(Op, Slot, Slot, Slot), Slot>,
    constants: Vec<(Slot, i64)>,
    holds: Vec<Holds>,
}

impl Builder {
    /// Code over so many operands, which are the first slots: each an integer, not negative and of so many bits where that is
    /// known.
    pub fn new(operands: impl IntoIterator<Item = Option<u8>>) -> Self {
        let holds = operands.into_iter().map(Holds::Int).collect();
        Self { steps: vec![], known: FxHashMap::default(), constants: vec![], holds }
    }

    /// The same for code that shares its slots with other code: constants of all of them have the same slots in each.
    pub fn beside(operands: impl IntoIterator<Item = Option<u8>>, constants: &[(i64, bool)]) -> Option<Self> {
        let mut builder = Self::new(operands);
        for (value, test) in constants {
            if *test {
                builder.truth(*value != 0)?
            } else {
                builder.constant(*value)?
            };
        }
        Some(builder)
    }

    /// The constants so far, and whether they are tests.
    pub fn constants(&self) -> Vec<(i64, bool)> {
        self.constants.iter().map(|(slot, value)| (*value, self.is_test(*slot))).collect()
    }

    fn slot(&mut self, holds: Holds) -> Option<Slot> {
        let slot = self.holds.len();
        self.holds.push(holds);
        (slot < SLOTS).then_some(slot as Slot)
    }

    /// The slot of a constant.
    pub fn constant(&mut self, value: i64) -> Option<Slot> {
        if let Some((slot, _)) = self.constants.iter().find(|(slot, known)| *known == value && !self.is_test(*slot)) {
            return Some(*slot);
        }
        let bits = u64::try_from(value).ok().map(|value| (64 - value.leading_zeros()) as u8);
        let slot = self.slot(Holds::Int(bits))?;
        self.constants.push((slot, value));
        Some(slot)
    }

    /// The slot of a constant test.
    fn truth(&mut self, value: bool) -> Option<Slot> {
        let value = i64::from(value);
        if let Some((slot, _)) = self.constants.iter().find(|(slot, known)| *known == value && self.is_test(*slot)) {
            return Some(*slot);
        }
        let slot = self.slot(Holds::Test)?;
        self.constants.push((slot, value));
        Some(slot)
    }

    fn is_test(&self, slot: Slot) -> bool {
        self.holds[slot as usize] == Holds::Test
    }

    fn bits(&self, slot: Slot) -> Option<u8> {
        match self.holds[slot as usize] {
            Holds::Int(bits) => bits,
            Holds::Test => Some(1),
        }
    }

    fn step(&mut self, op: Op, a: Slot, b: Slot, c: Slot, holds: Holds) -> Option<Slot> {
        let (a, b) = if commutes(op) && b < a { (b, a) } else { (a, b) };
        if let Some(slot) = self.known.get(&(op, a, b, c)) {
            return Some(*slot);
        }
        let into = self.slot(holds)?;
        self.known.insert((op, a, b, c), into);
        self.steps.push(Step { op, into, a, b, c });
        Some(into)
    }

    /// The lowest bits of a slot.
    pub fn low(&mut self, slot: Slot, bits: u8) -> Option<Slot> {
        if bits >= 63 || self.bits(slot).is_some_and(|known| known <= bits) {
            return Some(slot);
        }
        let mask = self.constant((1 << bits) - 1)?;
        self.step(Op::And, slot, mask, 0, Holds::Int(Some(bits)))
    }

    /// The cell of memory at a slot.
    pub fn read(&mut self, at: Slot, bits: u8) -> Option<Slot> {
        self.step(Op::Read, at, 0, 0, Holds::Int(Some(bits)))
    }

    /// A copy that no later step changes.
    pub fn copy(&mut self, slot: Slot) -> Option<Slot> {
        let holds = self.holds[slot as usize];
        self.step(Op::Copy, slot, 0, 0, holds)
    }

    /// Leaves the code where a test holds.
    pub fn leave(&mut self, test: Slot) {
        self.steps.push(Step { op: Op::Leave, into: 0, a: test, b: 0, c: 0 });
    }

    /// The slot that has the value of an expression whose operands are in these slots; `None` when linear code has no word for
    /// something in it.
    pub fn expr(&mut self, expr: &Expr, operands: &[Slot]) -> Option<Slot> {
        match expr {
            Expr::Arg(i) => operands.get(usize::from(*i)).copied(),
            Expr::Const(Datum::Int(i)) => self.constant(i.to_i64()?),
            Expr::Const(Datum::Bool(value)) => self.truth(*value),
            Expr::If(three) => {
                let [test, a, b] = three.each_ref().map(|part| self.expr(part, operands));
                let (test, a, b) = (test?, a?, b?);
                if !self.is_test(test) || self.is_test(a) != self.is_test(b) {
                    return None;
                }
                let holds = match (self.holds[a as usize], self.holds[b as usize]) {
                    (Holds::Int(x), Holds::Int(y)) => Holds::Int(x.zip(y).map(|(x, y)| x.max(y))),
                    _ => Holds::Test,
                };
                self.step(Op::Choose, test, a, b, holds)
            }
            Expr::Prim(id, args) => {
                let slots: Vec<Slot> = args.iter().map(|arg| self.expr(arg, operands)).collect::<Option<_>>()?;
                self.prim(*id, &slots)
            }
            _ => None,
        }
    }

    fn prim(&mut self, id: PrimId, slots: &[Slot]) -> Option<Slot> {
        let tests = slots.iter().filter(|slot| self.is_test(**slot)).count();
        match (id.get().name, slots) {
            ("bit_of", [a]) if tests == 1 => self.step(Op::Copy, *a, 0, 0, Holds::Int(Some(1))),
            ("opposite", [a]) if tests == 1 => self.step(Op::Opposite, *a, 0, 0, Holds::Test),
            ("both", [a, b]) if tests == 2 => self.step(Op::And, *a, *b, 0, Holds::Test),
            ("either", [a, b]) if tests == 2 => self.step(Op::Or, *a, *b, 0, Holds::Test),
            ("alike" | "identical", [a, b]) if tests == 0 => self.step(Op::Equal, *a, *b, 0, Holds::Test),
            (name, slots) if tests == 0 => {
                let op = OPS.iter().find(|(known, _)| *known == name)?.1;
                let a = *slots.first()?;
                let b = slots.get(1).copied().unwrap_or(0);
                let holds = match op {
                    Op::Less | Op::Equal => Holds::Test,
                    op => Holds::Int(self.width(op, a, b)),
                };
                self.step(op, a, b, 0, holds)
            }
            _ => None,
        }
    }

    /// How many bits a result has at most, where it is not negative.
    fn width(&self, op: Op, a: Slot, b: Slot) -> Option<u8> {
        let (x, y) = (self.bits(a), self.bits(b));
        let both = x.zip(y);
        let constant = |slot| self.constants.iter().find(|(known, _)| *known == slot).map(|(_, value)| *value);
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

    /// The code.
    pub fn finish(self) -> Linear {
        Linear { steps: self.steps, constants: self.constants, size: self.holds.len() }
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
        for step in &self.steps {
            let (a, b) = (slots[at(step.a)], slots[at(step.b)]);
            let value = match step.op {
                Op::Add => a.checked_add(b),
                Op::Subtract => a.checked_sub(b),
                Op::Multiply => a.checked_mul(b),
                Op::Quotient => a.checked_div(b),
                Op::Remainder => a.checked_rem(b),
                Op::FloorQuotient => floor_quotient(a, b),
                Op::FloorRemainder => floor_remainder(a, b),
                Op::Smaller => Some(a.min(b)),
                Op::Larger => Some(a.max(b)),
                Op::Negative => a.checked_neg(),
                Op::Magnitude => a.checked_abs(),
                Op::And => Some(a & b),
                Op::Or => Some(a | b),
                Op::Xor => Some(a ^ b),
                Op::Not => Some(!a),
                Op::ShiftLeft => {
                    // Only where no bit is lost.
                    let moved = if (0..63).contains(&b) { Some(a << b) } else { None };
                    moved.filter(|moved| moved >> b == a)
                }
                Op::ShiftRight => (b >= 0).then(|| a >> b.min(63)),
                Op::Signed => (1..=64).contains(&b).then(|| a << (64 - b) >> (64 - b)),
                Op::Less => Some((a < b).into()),
                Op::Equal => Some((a == b).into()),
                Op::Opposite => Some(a ^ 1),
                Op::Choose => Some(if a != 0 { b } else { slots[at(step.c)] }),
                Op::Read => Some(read(a)),
                Op::Copy => Some(a),
                Op::Leave if a != 0 => None,
                Op::Leave => continue,
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
}

impl Function {
    /// Compiles an expression over so many integers, if linear code has words for it and a few slots are enough. Where a test of
    /// `unless` holds or is undefined it gives nothing.
    pub fn of(expr: &Expr, operands: usize, unless: &[&Expr]) -> Option<Self> {
        let mut builder = Builder::new(vec![None; operands]);
        let operands: Vec<Slot> = (0..operands as Slot).collect();
        for test in unless {
            let test = builder.expr(test, &operands)?;
            builder.is_test(test).then(|| builder.leave(test))?;
        }
        let result = builder.expr(expr, &operands)?;
        let test = builder.is_test(result);
        let code = builder.finish();
        let mut slots = [0; SMALL];
        (code.size <= SMALL).then(|| code.load(&mut slots))?;
        Some(Self { code, slots, result, test })
    }

    /// Computes it.
    #[inline]
    pub fn run<const N: usize>(&self, operands: [i64; N]) -> Option<Given> {
        let mut slots = self.slots;
        slots[..N].copy_from_slice(&operands);
        self.code.run(&mut slots, |_| 0).ok()?;
        let value = slots[self.result as usize % SMALL];
        Some(if self.test { Given::Test(value != 0) } else { Given::Int(value) })
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
    fn tests_leave_the_code() {
        let zero = expr("equal(a1, 0)");
        let function = Function::of(&expr("quotient(a0, a1)"), 2, &[&zero]).unwrap();
        assert_eq!((function.run([7, 2]), function.run([7, 0])), (Some(Given::Int(3)), None));
        assert!(Function::of(&expr("length(a0)"), 1, &[]).is_none());
    }
}
