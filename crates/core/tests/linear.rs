//! Linear code gives what the evaluation of the expression gives, or leaves it to that.

use mimus_core::linear::{Function, Given};
use mimus_core::{Datum, Expr, NoHost, PrimId, Value, eval};
use proptest::prelude::*;

/// Primitives of two integers.
const TWO: [&str; 15] = [
    "add",
    "subtract",
    "multiply",
    "quotient",
    "remainder",
    "floor_quotient",
    "floor_remainder",
    "smaller",
    "larger",
    "bit_and",
    "bit_or",
    "bit_xor",
    "shift_left",
    "shift_right",
    "signed",
];

fn prim(name: &str, args: Vec<Expr>) -> Expr {
    Expr::Prim(PrimId::by_name(name).expect("a primitive"), args)
}

/// Integers that are at some edge more often than not.
fn int() -> impl Strategy<Value = i64> {
    prop_oneof![any::<i64>(), -300_i64..300, Just(i64::MIN), Just(i64::MAX), (0_u32..63).prop_map(|bit| 1 << bit)]
}

/// Expressions over two integers that give an integer.
fn expr() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![Just(Expr::Arg(0)), Just(Expr::Arg(1)), (-9_i64..70).prop_map(|i| Expr::Const(Datum::int(i)))];
    leaf.prop_recursive(5, 24, 3, |inner| {
        let one = (prop::sample::select(vec!["negative", "magnitude", "bit_not"]), inner.clone());
        let two = (prop::sample::select(TWO.to_vec()), inner.clone(), inner.clone());
        let test = (prop::sample::select(vec!["less", "equal"]), inner.clone(), inner.clone(), any::<bool>());
        let test = test.prop_map(|(name, a, b, opposite)| {
            let test = prim(name, vec![a, b]);
            if opposite { prim("opposite", vec![test]) } else { test }
        });
        prop_oneof![
            4 => two.prop_map(|(name, a, b)| prim(name, vec![a, b])),
            1 => one.prop_map(|(name, a)| prim(name, vec![a])),
            1 => test.clone().prop_map(|test| prim("bit_of", vec![test])),
            2 => (test, inner.clone(), inner).prop_map(|(test, a, b)| Expr::If(Box::new([test, a, b]))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, ..ProptestConfig::default() })]

    #[test]
    fn linear_code_is_never_wrong(expr in expr(), a in int(), b in int()) {
        if let Some(function) = Function::of(&expr, 2, &[])
            && let Some(given) = function.run([a, b])
        {
            let given = match given {
                Given::Int(i) => Value::Int(i),
                Given::Test(b) => Value::Bool(b),
            };
            prop_assert_eq!(eval(&expr, &[Value::Int(a), Value::Int(b)], &mut NoHost), Ok(given));
        }
    }
}
