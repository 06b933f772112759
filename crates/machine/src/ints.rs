//! Expressions over small integers, computed without making values.

use mimus_core::{Datum, Expr, PrimId};
use num_traits::ToPrimitive;

use crate::quick::Got;

/// An expression whose operands are all integers of 64 bits. Every way out of that (an overflow, something undefined) gives
/// `None`, upon which the general way decides.
pub(crate) enum Fast {
    /// It gives an integer.
    Int(Int),
    /// It gives a boolean.
    Bool(Bool),
}

pub(crate) enum Int {
    First,
    Second,
    Nothing,
    Const(i64),
    Two(fn(i64, i64) -> Option<i64>, Box<[Int; 2]>),
    Add(Box<[Int; 2]>),
    Subtract(Box<[Int; 2]>),
    Multiply(Box<[Int; 2]>),
    Remainder(Box<[Int; 2]>),
    One(fn(i64) -> Option<i64>, Box<Int>),
    Bit(Box<Bool>),
    If(Box<(Bool, Int, Int)>),
}

pub(crate) enum Bool {
    Const(bool),
    Nothing,
    Less(Box<[Int; 2]>),
    Equal(Box<[Int; 2]>),
    Not(Box<Bool>),
    Both(Box<[Bool; 2]>),
    Either(Box<[Bool; 2]>),
    If(Box<(Bool, Bool, Bool)>),
}

impl Fast {
    /// Compiles an expression over one or two integers; `None` when it needs more than this room has.
    pub(crate) fn of(expr: &Expr) -> Option<Self> {
        int(expr).map(Self::Int).or_else(|| bool(expr).map(Self::Bool))
    }

    /// The same where a test does not hold, nothing where it does (and nothing where the test is undefined: the general way
    /// knows what that means).
    pub(crate) fn unless(self, test: &Expr) -> Option<Self> {
        let test = bool(test)?;
        Some(match self {
            Self::Int(rest) => Self::Int(Int::If(Box::new((test, Int::Nothing, rest)))),
            Self::Bool(rest) => Self::Bool(Bool::If(Box::new((test, Bool::Nothing, rest)))),
        })
    }

    #[inline]
    pub(crate) fn run(&self, a: i64, b: i64) -> Option<Got> {
        match self {
            Self::Int(expr) => expr.run(a, b).map(Got::Int),
            Self::Bool(expr) => expr.run(a, b).map(Got::Bool),
        }
    }
}

fn pair(args: &[Expr]) -> Option<Box<[Int; 2]>> {
    match args {
        [a, b] => Some(Box::new([int(a)?, int(b)?])),
        _ => None,
    }
}

fn int(expr: &Expr) -> Option<Int> {
    Some(match expr {
        Expr::Arg(0) => Int::First,
        Expr::Arg(1) => Int::Second,
        Expr::Const(Datum::Int(i)) => Int::Const(i.to_i64()?),
        Expr::If(three) => Int::If(Box::new((bool(&three[0])?, int(&three[1])?, int(&three[2])?))),
        Expr::Prim(id, args) => int_prim(*id, args)?,
        _ => return None,
    })
}

fn int_prim(id: PrimId, args: &[Expr]) -> Option<Int> {
    let one = |f| Some(Int::One(f, Box::new(int(args.first()?)?)));
    match id.get().name {
        "add" => pair(args).map(Int::Add),
        "subtract" => pair(args).map(Int::Subtract),
        "multiply" => pair(args).map(Int::Multiply),
        "remainder" => pair(args).map(Int::Remainder),
        "floor_remainder" => Some(Int::Two(floor_remainder, pair(args)?)),
        "floor_quotient" => Some(Int::Two(floor_quotient, pair(args)?)),
        "quotient" => Some(Int::Two(i64::checked_div, pair(args)?)),
        "smaller" => Some(Int::Two(|a, b| Some(a.min(b)), pair(args)?)),
        "larger" => Some(Int::Two(|a, b| Some(a.max(b)), pair(args)?)),
        "negative" => one(i64::checked_neg),
        "magnitude" => one(i64::checked_abs),
        "bit_of" => Some(Int::Bit(Box::new(bool(args.first()?)?))),
        "bit_and" => Some(Int::Two(|a, b| Some(a & b), pair(args)?)),
        "bit_or" => Some(Int::Two(|a, b| Some(a | b), pair(args)?)),
        "bit_xor" => Some(Int::Two(|a, b| Some(a ^ b), pair(args)?)),
        "bit_not" => one(|a| Some(!a)),
        _ => None,
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

fn bool(expr: &Expr) -> Option<Bool> {
    let bools = |args: &[Expr]| match args {
        [a, b] => Some(Box::new([bool(a)?, bool(b)?])),
        _ => None,
    };
    Some(match expr {
        Expr::Const(Datum::Bool(b)) => Bool::Const(*b),
        Expr::If(three) => Bool::If(Box::new((bool(&three[0])?, bool(&three[1])?, bool(&three[2])?))),
        Expr::Prim(id, args) => match id.get().name {
            "less" => Bool::Less(pair(args)?),
            "equal" | "alike" | "identical" => Bool::Equal(pair(args)?),
            "opposite" => Bool::Not(Box::new(bool(args.first()?)?)),
            "both" => Bool::Both(bools(args)?),
            "either" => Bool::Either(bools(args)?),
            _ => return None,
        },
        _ => return None,
    })
}

impl Int {
    fn run(&self, a: i64, b: i64) -> Option<i64> {
        Some(match self {
            Self::First => a,
            Self::Second => b,
            Self::Nothing => return None,
            Self::Const(i) => *i,
            Self::Add(two) => two[0].run(a, b)?.checked_add(two[1].run(a, b)?)?,
            Self::Subtract(two) => two[0].run(a, b)?.checked_sub(two[1].run(a, b)?)?,
            Self::Multiply(two) => two[0].run(a, b)?.checked_mul(two[1].run(a, b)?)?,
            Self::Remainder(two) => two[0].run(a, b)?.checked_rem(two[1].run(a, b)?)?,
            Self::Two(f, two) => f(two[0].run(a, b)?, two[1].run(a, b)?)?,
            Self::One(f, one) => f(one.run(a, b)?)?,
            Self::Bit(test) => test.run(a, b)?.into(),
            Self::If(three) => {
                if three.0.run(a, b)? {
                    three.1.run(a, b)?
                } else {
                    three.2.run(a, b)?
                }
            }
        })
    }
}

impl Bool {
    pub(crate) fn run(&self, a: i64, b: i64) -> Option<bool> {
        Some(match self {
            Self::Const(value) => *value,
            Self::Nothing => return None,
            Self::Less(two) => two[0].run(a, b)? < two[1].run(a, b)?,
            Self::Equal(two) => two[0].run(a, b)? == two[1].run(a, b)?,
            Self::Not(test) => !test.run(a, b)?,
            Self::Both(two) => two[0].run(a, b)? & two[1].run(a, b)?,
            Self::Either(two) => two[0].run(a, b)? | two[1].run(a, b)?,
            Self::If(three) => {
                if three.0.run(a, b)? {
                    three.1.run(a, b)?
                } else {
                    three.2.run(a, b)?
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use mimus_core::Value;

    use super::*;

    #[test]
    fn fast_integers_are_what_the_primitives_give() {
        let edges = [i64::MIN, i64::MIN + 1, -7, -2, -1, 0, 1, 2, 7, i64::MAX];
        for name in
            ["add", "subtract", "multiply", "quotient", "remainder", "floor_quotient", "floor_remainder", "smaller", "larger"]
        {
            let id = PrimId::by_name(name).expect("a primitive");
            let fast = int(&Expr::Prim(id, vec![Expr::Arg(0), Expr::Arg(1)])).expect("a fast form");
            for (a, b) in edges.iter().flat_map(|a| edges.map(|b| (*a, b))) {
                // It may leave a case to the general way, but not decide it otherwise.
                if let Some(found) = fast.run(a, b) {
                    assert_eq!(Some(Value::Int(found)), (id.get().run)(&[Value::Int(a), Value::Int(b)]), "{name}({a}, {b})");
                }
            }
        }
    }
}
