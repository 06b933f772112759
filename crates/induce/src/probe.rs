//! Operands that nobody asked about: where rival meanings differ on them, the evidence does not decide.

use mimus_core::{Contents, Value};

use crate::case::Case;

/// So many sets of operands, recombined from the examples' and changed a little.
pub fn make(cases: &[Case], count: usize) -> Vec<Vec<Value>> {
    let Some(first) = cases.first() else { return vec![] };
    let arity = first.args.len();
    (0..count)
        .map(|n| {
            (0..arity)
                .map(|k| {
                    let from = &cases[(n * 7 + k * 5 + 1) % cases.len()];
                    let value = from.args.get(k).unwrap_or(&first.args[k]);
                    if n % 4 == 3 { value.clone() } else { vary(value, n * 3 + k) }
                })
                .collect()
        })
        .collect()
}

/// A value a little different.
fn vary(value: &Value, seed: usize) -> Value {
    match value {
        Value::Int(i) => Value::Int(match seed % 5 {
            0 => i.wrapping_add(1),
            1 => i.wrapping_mul(2).wrapping_add(3),
            2 => i.wrapping_neg(),
            3 => 0,
            _ => i.wrapping_sub(2),
        }),
        Value::Float(x) => Value::Float(if seed.is_multiple_of(2) { x + 0.5 } else { -x }),
        Value::Bool(b) => Value::Bool(*b == seed.is_multiple_of(2)),
        Value::Text(t) => match seed % 4 {
            0 => Value::text(&t.chars().rev().collect::<String>()),
            1 => Value::text(&format!("{}{}", &**t, &**t)),
            2 => Value::text(&t.chars().skip(1).collect::<String>()),
            _ => Value::text(&format!("b{} a", &**t)),
        },
        Value::Object(o) if o.label == 0 => match &*o.body.borrow() {
            Contents::Seq(items) => {
                let mut items = items.clone();
                match seed % 3 {
                    0 => items.reverse(),
                    1 => items = items.iter().chain(&items).cloned().collect(),
                    _ => {
                        items.pop();
                    }
                }
                Value::object(o.class, Contents::Seq(items))
            }
            _ => value.clone(),
        },
        other => other.clone(),
    }
}
