//! Expressions in infix notation, with as few brackets as leave no doubt.

use mimus_core::{Datum, Expr, Term};
use num_bigint::Sign;

/// How tightly something holds together, loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Hold {
    Choice,
    Either,
    Both,
    Test,
    Bits,
    Sum,
    Product,
    Sign,
    Whole,
}

/// Primitives that are written between their operands: how tightly they hold, and what their left and right operands must at
/// least. Bits, tests and arithmetic never mix without brackets; hardly anybody knows their order by heart.
const BETWEEN: [(&str, &str, Hold, Hold, Hold); 14] = [
    ("either", "or", Hold::Either, Hold::Test, Hold::Test),
    ("both", "and", Hold::Both, Hold::Test, Hold::Test),
    ("less", "<", Hold::Test, Hold::Sum, Hold::Sum),
    ("equal", "=", Hold::Test, Hold::Sum, Hold::Sum),
    ("alike", "=", Hold::Test, Hold::Sum, Hold::Sum),
    ("bit_and", "&", Hold::Bits, Hold::Sign, Hold::Sign),
    ("bit_or", "|", Hold::Bits, Hold::Sign, Hold::Sign),
    ("bit_xor", "^", Hold::Bits, Hold::Sign, Hold::Sign),
    ("shift_left", "<<", Hold::Bits, Hold::Sign, Hold::Sign),
    ("shift_right", ">>", Hold::Bits, Hold::Sign, Hold::Sign),
    ("add", "+", Hold::Sum, Hold::Sum, Hold::Sum),
    ("subtract", "-", Hold::Sum, Hold::Sum, Hold::Product),
    ("multiply", "*", Hold::Product, Hold::Product, Hold::Sign),
    ("quotient", "/", Hold::Product, Hold::Product, Hold::Sign),
];

/// Operations whose operands may be the same operation without brackets, on either side.
const CHAINS: [&str; 5] = ["either", "both", "bit_and", "bit_or", "bit_xor"];

/// An expression over operands with these names.
pub fn infix(expr: &Expr, names: &[String]) -> String {
    write(expr, names).0
}

/// A test that stands for 1 or 0, without the brackets that say so.
pub fn as_test(expr: &Expr, names: &[String]) -> Option<String> {
    match expr {
        Expr::Prim(id, args) if id.get().name == "bit_of" => Some(infix(&args[0], names)),
        _ => None,
    }
}

fn at_least(expr: &Expr, names: &[String], least: Hold) -> String {
    match write(expr, names) {
        (text, hold) if hold < least => format!("({text})"),
        (text, _) => text,
    }
}

fn write(expr: &Expr, names: &[String]) -> (String, Hold) {
    let name = |i: &u8| names.get(usize::from(*i)).cloned().unwrap_or_else(|| format!("a{i}"));
    match expr {
        Expr::Arg(i) => (name(i), Hold::Whole),
        Expr::Const(Datum::Int(_)) => {
            let (sign, digits) = number(expr).unwrap_or_default();
            if sign { (format!("-{digits}"), Hold::Sign) } else { (digits, Hold::Whole) }
        }
        Expr::If(three) => {
            let [test, yes, no] = three.as_ref();
            let (test, yes) = (at_least(test, names, Hold::Either), at_least(yes, names, Hold::Either));
            (format!("if {test} then {yes} else {}", infix(no, names)), Hold::Choice)
        }
        Expr::Or(two) => {
            let [first, second] = two.as_ref();
            (format!("{} otherwise {}", at_least(first, names, Hold::Either), infix(second, names)), Hold::Choice)
        }
        Expr::Prim(id, args) => prim(id.get().name, args, names),
        other => (named(other.to_term(), names).to_string(), Hold::Whole),
    }
}

fn prim(word: &str, args: &[Expr], names: &[String]) -> (String, Hold) {
    if let (Some((_, sign, hold, left, right)), [a, b]) = (BETWEEN.iter().find(|(known, ..)| *known == word), args) {
        let chain = |side: &Expr, least: Hold| match side {
            Expr::Prim(id, _) if id.get().name == word && CHAINS.contains(&word) => *hold,
            _ => least,
        };
        let left = at_least(a, names, chain(a, *left));
        // Adding less than nothing is taking away.
        if let ("add", Some((true, digits))) = (word, number(b)) {
            return (format!("{left} - {digits}"), *hold);
        }
        return (format!("{left} {sign} {}", at_least(b, names, chain(b, *right))), *hold);
    }
    match (word, args) {
        ("bit_of", [test]) => (format!("({})", infix(test, names)), Hold::Whole),
        ("negative", [a]) => (format!("-{}", at_least(a, names, Hold::Whole)), Hold::Sign),
        ("bit_not", [a]) => (format!("~{}", at_least(a, names, Hold::Sign)), Hold::Sign),
        ("opposite", [Expr::Prim(id, both)]) if both.len() == 2 && ["equal", "alike", "less"].contains(&id.get().name) => {
            let sign = if id.get().name == "less" { ">=" } else { "!=" };
            let side = |expr| at_least(expr, names, Hold::Sum);
            (format!("{} {sign} {}", side(&both[0]), side(&both[1])), Hold::Test)
        }
        ("opposite", [a]) => (format!("not {}", at_least(a, names, Hold::Whole)), Hold::Test),
        _ => {
            let args: Vec<_> = args.iter().map(|arg| infix(arg, names)).collect();
            (format!("{word}({})", args.join(", ")), Hold::Whole)
        }
    }
}

/// Sign and digits of an integer: hexadecimal from ten on.
fn number(expr: &Expr) -> Option<(bool, String)> {
    let Expr::Const(Datum::Int(i)) = expr else { return None };
    let digits = i.magnitude().to_str_radix(16);
    let small = digits.len() == 1 && digits.as_str() <= "9";
    Some((i.sign() == Sign::Minus, if small { digits } else { format!("0x{digits}") }))
}

/// The same term with its operands by name.
fn named(term: Term, names: &[String]) -> Term {
    match term {
        Term::Call(word, args) => {
            let operand = word.strip_prefix('a').and_then(|digits| names.get(digits.parse::<usize>().ok()?));
            match operand.filter(|_| args.is_empty()) {
                Some(name) => Term::word(name),
                None => Term::Call(word, args.into_iter().map(|arg| named(arg, names)).collect()),
            }
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(expr: &str, expected: &str) {
        let expr = Expr::from_term(&Term::parse(expr).unwrap()).unwrap();
        assert_eq!(infix(&expr, &["p", "q", "m1"].map(String::from)), expected);
    }

    #[test]
    fn brackets_are_where_they_are_needed() {
        check("add(add(a0, a1), a2)", "p + q + m1");
        check("add(a0, add(a1, a2))", "p + q + m1");
        check("add(a0, subtract(a1, a2))", "p + q - m1");
        check("subtract(a0, add(a1, a2))", "p - (q + m1)");
        check("subtract(a0, subtract(a1, a2))", "p - (q - m1)");
        check("multiply(add(a0, 1), a1)", "(p + 1) * q");
        check("add(a0, multiply(256, a1))", "p + 0x100 * q");
        check("multiply(a0, quotient(a1, a2))", "p * (q / m1)");
        check("quotient(multiply(a0, a1), a2)", "p * q / m1");
        check("add(bit_and(a0, 15), a1)", "(p & 0xf) + q");
        check("bit_and(add(a0, 9), a1)", "(p + 9) & q");
        check("bit_and(a0, bit_and(a1, a2))", "p & q & m1");
        check("bit_and(a0, bit_or(a1, a2))", "p & (q | m1)");
        check("bit_xor(bit_not(a0), bit_not(bit_or(a1, a2)))", "~p ^ ~(q | m1)");
        check("shift_left(shift_right(a0, 1), a1)", "(p >> 1) << q");
        check("less(bit_and(a0, a1), add(a0, 1))", "(p & q) < p + 1");
    }

    #[test]
    fn tests_and_choices() {
        check("bit_of(equal(a0, 0))", "(p = 0)");
        check("opposite(equal(a0, 0))", "p != 0");
        check("opposite(less(a0, a1))", "p >= q");
        check("opposite(both(equal(a0, 0), less(a1, 3)))", "not (p = 0 and q < 3)");
        check("either(both(equal(a0, 0), less(a1, 3)), less(a0, a1))", "(p = 0 and q < 3) or p < q");
        check("if(equal(a0, 0), a1, if(less(a0, 3), 1, 2))", "if p = 0 then q else if p < 3 then 1 else 2");
        check("if(equal(a0, 0), if(less(a0, 3), 1, 2), a1)", "if p = 0 then (if p < 3 then 1 else 2) else q");
        check("add(if(equal(a0, 0), a1, 2), 1)", "(if p = 0 then q else 2) + 1");
        check("or(quotient(a0, a1), 0)", "p / q otherwise 0");
    }

    #[test]
    fn numbers_and_everything_else() {
        check("9", "9");
        check("10", "0xa");
        check("-10", "-0xa");
        check("add(a0, -1)", "p - 1");
        check("subtract(a0, -1)", "p - -1");
        check("negative(add(a0, a1))", "-(p + q)");
        check("signed(bit_and(a0, 255), 8)", "signed(p & 0xff, 8)");
        check("floor_remainder(a0, add(a1, 1))", "floor_remainder(p, q + 1)");
        check("repeat_on(add(v0, a0), a1, 0)", "repeat_on(add(v0, p), q, 0)");
    }
}
