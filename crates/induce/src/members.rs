//! What one thing holds under names, as a table.

use std::collections::BTreeMap;

use mimus_core::{Datum, Expr, Meaning, PrimId};
use mimus_knowledge::Rival;

use crate::example::Outcome;
use crate::group::Group;

/// A table of functions that are taken from the first operand by a name, or of what one thing holds under names. Names that it
/// lacks are not learned.
pub fn table(group: &Group) -> Option<Rival<Meaning>> {
    let bind = PrimId::by_name("bind_atom")?;
    if group.takes.len() != 2 {
        return None;
    }
    let is_one_thing = group.refined && matches!(group.examples.first()?.args[0], Datum::Atom(_));
    let mut rows: BTreeMap<String, (Datum, Expr)> = BTreeMap::new();
    let mut explained = 0;
    for example in &group.examples {
        let (Datum::Text(name), Outcome::Gave { value, changes, out }) = (&example.args[1], &example.outcome) else { continue };
        let gives = match value {
            Datum::Bound(member, of) if **of == example.args[0] => {
                Expr::Prim(bind, vec![Expr::Const(Datum::text(member.as_str())), Expr::Arg(0)])
            }
            Datum::Atom(_) | Datum::Text(_) | Datum::Int(_) | Datum::Float(_)
                if is_one_thing && changes.is_empty() && out.is_empty() =>
            {
                Expr::Const(value.clone())
            }
            _ => continue,
        };
        explained += 1;
        let row = rows.entry(name.to_string()).or_insert_with(|| (example.args[1].clone(), gives.clone()));
        if row.1 != gives {
            return None;
        }
    }
    if rows.is_empty() || explained * 2 < group.examples.len() {
        return None;
    }
    let share = 1.0 - 0.5 / (explained as f64 + 1.0);
    Some(Rival { meaning: Meaning::Rote { on: 1, rows: rows.into_values().collect() }, share })
}
