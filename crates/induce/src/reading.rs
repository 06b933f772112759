//! How the integers that a candidate gives answer a goal of a few bits: as they are, or by one more step whose constant is read off
//! the rows.

use mimus_core::{Datum, Expr, PrimId};

use crate::goal::Mask;

/// A last step on a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reading {
    /// None.
    Plain,
    /// A constant is added.
    Plus(i64),
    /// The bit at a place counts.
    Bit(u8),
    /// The bit at a place counts, turned over.
    Unset(u8),
    /// 1 from a bound on, 0 below.
    From(i64),
    /// 1 below a bound, 0 from there on.
    Below(i64),
    /// 1 for one value, 0 for all others.
    Is(i64),
    /// 0 for one value, 1 for all others.
    IsNot(i64),
}

/// Bits that are looked at one by one.
const BITS: u8 = 34;

fn prim(name: &str, args: Vec<Expr>) -> Expr {
    Expr::Prim(PrimId::by_name(name).unwrap_or_else(|| unreachable!("no primitive {name}")), args)
}

fn int(value: i64) -> Expr {
    Expr::Const(Datum::int(value))
}

impl Reading {
    /// What the step costs.
    pub fn cost(self) -> usize {
        let constant = |c: i64| 1 + usize::from(c.unsigned_abs() > 2 && !c.unsigned_abs().is_power_of_two());
        match self {
            Self::Plain => 0,
            Self::Plus(c) => 1 + constant(c),
            Self::Bit(_) => 1,
            Self::Unset(_) => 2,
            Self::From(c) | Self::Below(c) | Self::Is(c) | Self::IsNot(c) => 2 + constant(c),
        }
    }

    /// The step as an expression that gives an integer.
    pub fn of(self, expr: Expr) -> Expr {
        match self {
            Self::Plain => expr,
            Self::Plus(c) => prim("add", vec![expr, int(c)]),
            Self::Bit(i) => shifted(expr, i),
            Self::Unset(i) => prim("bit_not", vec![shifted(expr, i)]),
            Self::From(_) | Self::Below(_) | Self::Is(_) | Self::IsNot(_) => prim("bit_of", vec![self.test(expr)]),
        }
    }

    /// Whether it holds for an integer, as a test.
    pub fn holds(self, value: i64) -> bool {
        match self {
            Self::Plain | Self::Plus(_) => value == 1,
            Self::Bit(i) => value >> i & 1 == 1,
            Self::Unset(i) => value >> i & 1 == 0,
            Self::From(c) => value >= c,
            Self::Below(c) => value < c,
            Self::Is(c) => value == c,
            Self::IsNot(c) => value != c,
        }
    }

    /// The step as a test.
    pub fn test(self, expr: Expr) -> Expr {
        match self {
            Self::Plain => expr,
            Self::Plus(_) => unreachable!("a sum is no test"),
            Self::Bit(i) => prim("equal", vec![prim("bit_and", vec![shifted(expr, i), int(1)]), int(1)]),
            Self::Unset(i) => prim("equal", vec![prim("bit_and", vec![shifted(expr, i), int(1)]), int(0)]),
            Self::From(c) => prim("less", vec![int(c - 1), expr]),
            Self::Below(c) => prim("less", vec![expr, int(c)]),
            Self::Is(c) => prim("equal", vec![expr, int(c)]),
            Self::IsNot(c) => prim("opposite", vec![prim("equal", vec![expr, int(c)])]),
        }
    }
}

fn shifted(expr: Expr, by: u8) -> Expr {
    if by == 0 { expr } else { prim("shift_right", vec![expr, int(by.into())]) }
}

/// The constant that is nearest to 0 of all that are the same in so many bits.
fn nearest(constant: i64, bits: u8) -> i64 {
    if bits >= 63 { constant } else { constant << (64 - bits) >> (64 - bits) }
}

/// A row: its number, what a candidate gives there, and what is wanted.
pub type Seen = (usize, i64, i64);

/// Ways to add a constant that are right on several rows, the widest first.
pub fn sums(rows: &[Seen], bits: u8, most: usize) -> Vec<(Mask, Reading)> {
    let mask = if bits >= 63 { i64::MAX } else { (1 << bits) - 1 };
    let mut groups: Vec<(i64, Mask)> = Vec::with_capacity(4);
    for (row, value, wanted) in rows {
        let constant = wanted.wrapping_sub(*value) & mask;
        match groups.iter().position(|(known, _)| *known == constant) {
            Some(at) => groups[at].1 |= 1 << row,
            // What differs everywhere is no sum.
            None if groups.len() >= 12 => {}
            None => groups.push((constant, 1 << row)),
        }
    }
    let least = if rows.len() == 1 { 1 } else { 2 };
    groups.retain(|(constant, rows)| *constant == 0 || rows.count_ones() >= least);
    groups.sort_by_key(|(_, rows)| std::cmp::Reverse(rows.count_ones()));
    groups.truncate(most);
    let reading = |constant| match nearest(constant, bits) {
        0 => Reading::Plain,
        constant => Reading::Plus(constant),
    };
    groups.into_iter().map(|(constant, rows)| (rows, reading(constant))).collect()
}

/// The cheapest step after which the integers are 1 on some rows and 0 on the others.
pub fn separation(yes: impl Iterator<Item = i64> + Clone, no: impl Iterator<Item = i64> + Clone) -> Option<Reading> {
    let (mut all_yes, mut any_yes) = (-1_i64, 0_i64);
    let (mut low_yes, mut high_yes) = (i64::MAX, i64::MIN);
    for value in yes.clone() {
        (all_yes, any_yes) = (all_yes & value, any_yes | value);
        (low_yes, high_yes) = (low_yes.min(value), high_yes.max(value));
    }
    let (mut all_no, mut any_no) = (-1_i64, 0_i64);
    let (mut low_no, mut high_no) = (i64::MAX, i64::MIN);
    for value in no.clone() {
        (all_no, any_no) = (all_no & value, any_no | value);
        (low_no, high_no) = (low_no.min(value), high_no.max(value));
    }
    if low_yes > high_yes || low_no > high_no {
        return None;
    }
    // A bit that is set on one side only.
    let bits = (1_i64 << BITS) - 1;
    let (set, unset) = (all_yes & !any_no & bits, all_no & !any_yes & bits);
    if set != 0 {
        return Some(Reading::Bit(set.trailing_zeros() as u8));
    }
    let values = (low_yes == high_yes, low_no == high_no);
    fn alone(value: i64, mut others: impl Iterator<Item = i64>) -> bool {
        !others.any(|other| other == value)
    }
    if values.0 && alone(low_yes, no.clone()) && (low_yes == 0 || (low_yes < high_no && low_yes > low_no)) {
        return Some(Reading::Is(low_yes));
    }
    if values.1 && alone(low_no, yes.clone()) && (low_no == 0 || (low_no < high_yes && low_no > low_yes)) {
        return Some(Reading::IsNot(low_no));
    }
    if unset != 0 {
        return Some(Reading::Unset(unset.trailing_zeros() as u8));
    }
    if low_yes > high_no {
        return Some(Reading::From(bound(high_no, low_yes)));
    }
    if low_no > high_yes {
        return Some(Reading::Below(bound(high_yes, low_no)));
    }
    None
}

/// A bound between two values, above the first: a round one if there is one.
fn bound(below: i64, above: i64) -> i64 {
    if below < 0 && above >= 0 {
        return 0;
    }
    let power = (0..62).map(|i| 1_i64 << i).find(|power| below < *power && *power <= above);
    power.unwrap_or(above)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(yes: &[i64], no: &[i64], expected: Option<Reading>) {
        assert_eq!(separation(yes.iter().copied(), no.iter().copied()), expected);
    }

    #[test]
    fn constants_are_read_off() {
        check(&[129, 255], &[3, 127], Some(Reading::Bit(7)));
        check(&[0], &[3, 4, 255], Some(Reading::Is(0)));
        check(&[5, -3, 8], &[0, 0], Some(Reading::IsNot(0)));
        check(&[10, 12, 16], &[3, 8], Some(Reading::From(10)));
        check(&[-1, -8], &[0, 4, 12], Some(Reading::Bit(4)));
        check(&[-9, -7], &[1, 4, -6], Some(Reading::Below(-6)));
        check(&[1, 2], &[2, 3], None);
    }

    #[test]
    fn sums_are_grouped_by_their_constant() {
        let rows = [(0, 5, 7), (1, 9, 11), (2, 255, 1), (3, 4, 250)];
        assert_eq!(sums(&rows, 8, 4), [(0b0111, Reading::Plus(2))]);
        assert_eq!(sums(&[(0, 256, 0), (1, 511, 255)], 8, 4), [(0b11, Reading::Plain)]);
    }
}
