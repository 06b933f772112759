//! Meanings that only pass their operands on: they must not come back to where they began.

use std::collections::BTreeMap;

use mimus_core::{Expr, Formula, Meaning, Symbol};
use mimus_knowledge::Operation;

/// Whether a formula for an operation would call that operation again without having taken anything off its operands, itself
/// or through what it calls.
pub fn runs_in_circles(key: Symbol, formula: &Formula, operations: &BTreeMap<Symbol, Operation>) -> bool {
    let mut open = passed_on(formula);
    let mut seen: Vec<Symbol> = vec![];
    while let Some(called) = open.pop() {
        if called == key {
            return true;
        }
        if seen.contains(&called) {
            continue;
        }
        seen.push(called);
        let meanings = operations.get(&called).into_iter().flat_map(|o| &o.overloads).filter_map(|o| o.meanings.first());
        for rival in meanings {
            if let Meaning::Formula(formula) = &rival.meaning {
                open.extend(passed_on(formula));
            }
        }
    }
    false
}

/// The operations that get nothing but whole operands.
fn passed_on(formula: &Formula) -> Vec<Symbol> {
    fn collect(expr: &Expr, out: &mut Vec<Symbol>) {
        if let Expr::Learned(key, args) = expr
            && args.iter().all(|arg| matches!(arg, Expr::Arg(_)))
        {
            out.push(*key);
        }
        expr.parts().for_each(|part| collect(part, out));
    }
    let mut out = vec![];
    collect(&formula.result, &mut out);
    formula.changes.iter().for_each(|(_, expr)| collect(expr, &mut out));
    formula.output.iter().for_each(|expr| collect(expr, &mut out));
    formula.guards.iter().for_each(|(test, raise)| {
        collect(test, &mut out);
        collect(&raise.text, &mut out);
    });
    out
}

#[cfg(test)]
mod tests {
    use mimus_core::{Datum, Term};
    use mimus_knowledge::{Overload, Pattern, Rival};

    use super::*;

    fn formula(text: &str) -> Formula {
        let result = Expr::from_term(&Term::parse(text).unwrap()).unwrap();
        Formula { guards: vec![], undefined: None, result, classes: vec![], changes: vec![], output: None }
    }

    fn check(text: &str, other: &str, expected: bool) {
        let meaning = Meaning::Formula(formula(other));
        let takes = vec![Pattern::class(Datum::None.class())];
        let overload = Overload { takes, seen: 1, example: String::new(), meanings: vec![Rival { meaning, share: 1.0 }] };
        let operations = BTreeMap::from([(Symbol::new("other"), Operation { overloads: vec![overload] })]);
        assert_eq!(runs_in_circles(Symbol::new("own"), &formula(text), &operations), expected, "{text}, {other}");
    }

    #[test]
    fn circles() {
        check("learned(\"own\", a1, a0)", "a0", true);
        check("add(a0, learned(\"other\", a0))", "learned(\"own\", a0)", true);
        check("add(a0, learned(\"other\", a0))", "negative(a0)", false);
        check("learned(\"own\", rest_part(a0, 1))", "a0", false);
    }
}
