//! Meanings that only pass their operands on: they must not come back to where they began.

use mimus_core::{Expr, Formula, Higher, Meaning, Symbol};
use mimus_knowledge::{Overload, Pattern, narrowness};

use crate::vocabulary::Operations;

/// A call that gets nothing but whole operands, in whatever order their elements are.
#[derive(PartialEq)]
struct Call {
    key: Symbol,
    operands: Vec<Pattern>,
    /// Whether something was put to an operand: then it says nothing that something is taken off later.
    grown: bool,
}

/// Whether what is found for an overload must not be its meaning, because it leads back to it.
pub fn is_circle(key: Symbol, takes: &[Pattern], meaning: &Meaning, operations: &Operations) -> bool {
    matches!(meaning, Meaning::Formula(formula) if runs_in_circles(key, takes, formula, operations))
}

/// Whether a formula for an overload would call that overload again without having taken anything off its operands, itself or
/// through what it calls. Other overloads of the same operation may well be called.
fn runs_in_circles(key: Symbol, takes: &[Pattern], formula: &Formula, operations: &Operations) -> bool {
    let mut open = passed_on(takes, formula, false, operations);
    let mut seen: Vec<Call> = vec![];
    while let Some(call) = open.pop() {
        if seen.contains(&call) {
            continue;
        }
        let overloads = operations.get(&call.key).map_or(&[][..], |operation| &operation.overloads);
        // Where the overload in question stands among the others, or would stand.
        let is_own = call.key == key && common(takes, &call.operands).is_some();
        let own = if is_own { overloads.partition_point(|o| narrowness(&o.takes) < narrowness(takes)) } else { usize::MAX };
        let mut is_taken = false;
        for (i, overload) in overloads.iter().enumerate() {
            if i == own {
                return true;
            }
            let Some(operands) = common(&overload.takes, &call.operands) else { continue };
            if let Some(Meaning::Formula(formula)) = overload.meanings.first().map(|rival| &rival.meaning) {
                open.extend(passed_on(&operands, formula, call.grown, operations));
            }
            // What comes after an overload that takes all of these operands is not called.
            is_taken = is_surely_taken(overload, &call.operands);
            if is_taken {
                break;
            }
        }
        if is_own && !is_taken {
            return true;
        }
        seen.push(call);
    }
    false
}

/// The operands that an overload takes of those of a call, as its meanings number them.
fn common(takes: &[Pattern], operands: &[Pattern]) -> Option<Vec<Pattern>> {
    let several = takes.iter().position(Pattern::is_several);
    match several.map(|head| (head, takes[head].all_from)) {
        Some((head, Some(least))) => {
            let enough = takes.len() == head + 1 && operands.len() >= head + usize::from(least);
            (enough && takes[..head].iter().zip(operands).all(|(p, o)| p.meet(o).is_some())).then(|| takes.to_vec())
        }
        Some((_, None)) => None,
        None if takes.len() != operands.len() || takes.iter().any(|pattern| pattern.name.is_some()) => None,
        None => takes.iter().zip(operands).map(|(pattern, operand)| pattern.meet(operand)).collect(),
    }
}

fn is_surely_taken(overload: &Overload, operands: &[Pattern]) -> bool {
    let covers = overload.takes.len() == operands.len() && overload.takes.iter().zip(operands).all(|(p, o)| p.covers(o));
    covers && (!overload.meanings.is_empty() || overload.bars())
}

/// The operand that an expression gives with nothing taken off: bare, turned round or sorted.
fn whole_operand(expr: &Expr) -> Option<u8> {
    match expr {
        Expr::Arg(i) => Some(*i),
        Expr::Prim(id, args) if matches!(id.get().name, "backwards" | "ascending") => whole_operand(&args[0]),
        Expr::Higher(Higher::SortBy | Higher::SortDown, _, args) => whole_operand(&args[0]),
        _ => None,
    }
}

/// Whether a meaning hands whole operands to other operations: what it comes to hangs on those.
pub fn passes_on(takes: &[Pattern], meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Formula(formula) if !passed_on(takes, formula, false, &Operations::new()).is_empty())
}

/// The calls that get nothing but whole operands; where something was put to one of those, parts of them, too.
fn passed_on(takes: &[Pattern], formula: &Formula, grown: bool, operations: &Operations) -> Vec<Call> {
    fn collect(expr: &Expr, takes: &[Pattern], grown: bool, operations: &Operations, out: &mut Vec<Call>) {
        if let Expr::Learned(key, args) = expr {
            let operand = |arg: &Expr| {
                let of = put_to(arg).unwrap_or(arg);
                whole(of, takes, operations).or_else(|| if grown { part(of, takes, operations) } else { None })
            };
            let operands: Option<Vec<Pattern>> = args.iter().map(operand).collect();
            let grown = grown || args.iter().any(|arg| put_to(arg).is_some());
            out.extend(operands.map(|operands| Call { key: *key, operands, grown }));
        }
        expr.parts().for_each(|part| collect(part, takes, grown, operations, out));
    }
    let mut out = vec![];
    formula.exprs().for_each(|expr| collect(expr, takes, grown, operations, &mut out));
    out
}

/// What a constant is put to.
fn put_to(expr: &Expr) -> Option<&Expr> {
    match expr {
        Expr::Prim(id, args) if id.get().name == "cat" => match &args[..] {
            [Expr::Const(_), of] | [of, Expr::Const(_)] => Some(of),
            _ => None,
        },
        _ => None,
    }
}

/// What may fit a part of an operand: of its class.
fn part(expr: &Expr, takes: &[Pattern], operations: &Operations) -> Option<Pattern> {
    let Expr::Prim(_, args) = expr else { return None };
    let of = whole(args.first()?, takes, operations).or_else(|| part(args.first()?, takes, operations))?;
    Some(Pattern { elements: None, ..of })
}

/// What fits a whole operand, or what an operation makes of one: of what it makes only the class is known, and it may well hold as much.
fn whole(expr: &Expr, takes: &[Pattern], operations: &Operations) -> Option<Pattern> {
    if let Some(i) = whole_operand(expr) {
        return takes.get(usize::from(i)).map(|pattern| Pattern { name: None, ..pattern.clone() });
    }
    // A number or text as one of another kind.
    if let Expr::Prim(id, args) = expr
        && let Some(class) = id.converts_to()
    {
        return whole(&args[0], takes, operations).map(|_| Pattern::class(class));
    }
    let Expr::Learned(key, args) = expr else { return None };
    let [of] = &args[..] else { return None };
    let of = [whole(of, takes, operations)?];
    let overload = operations.get(key)?.overloads.iter().find(|overload| is_surely_taken(overload, &of))?;
    let Meaning::Formula(made) = &overload.meanings.first()?.meaning else { return None };
    made.classes.first().map(|class| Pattern::class(*class))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use mimus_core::Term;
    use mimus_knowledge::Rival;

    use super::*;

    fn formula(text: &str) -> Formula {
        Formula::pure(Expr::from_term(&Term::parse(text).unwrap()).unwrap())
    }

    /// A formula for `own` (list), beside overloads that have a meaning.
    fn check(text: &str, others: &[(&str, &str, &str)], expected: bool) {
        let mut operations = Operations::new();
        for (key, takes, meaning) in others {
            let meanings = vec![Rival { meaning: Meaning::Formula(formula(meaning)), share: 1.0 }];
            let overload = Overload { takes: vec![Pattern::parse(takes)], seen: 1, example: String::new(), meanings };
            Arc::make_mut(operations.entry(Symbol::new(key)).or_default()).overloads.push(overload);
        }
        let takes = [Pattern::parse("list")];
        let found = runs_in_circles(Symbol::new("own"), &takes, &formula(text), &operations);
        assert_eq!(found, expected, "{text}, {others:?}");
    }

    #[test]
    fn circles() {
        check("learned(\"own\", a0)", &[], true);
        check("learned(\"own\", a0)", &[("own", "map", "a0")], true);
        check("learned(\"own\", spell(a0))", &[("own", "text", "cat(a0, a0)")], false);
        check("learned(\"own\", rest_part(a0, 1))", &[], false);
        let shorter = ("other", "list", "learned(\"own\", rest_part(a0, 1))");
        check("learned(\"other\", a0)", &[shorter], false);
        check("learned(\"other\", cat(\".\", a0))", &[shorter], true);
        check("learned(\"other\", cat(\".\", a0))", &[("other", "list", "rest_part(a0, 1)")], false);
        check("learned(\"own\", backwards(a0))", &[], true);
        check("learned(\"own\", sort_by(negative(v0), ascending(a0)))", &[], true);
        check("add(a0, learned(\"other\", a0))", &[("other", "list", "learned(\"own\", a0)")], true);
        check("add(a0, learned(\"other\", a0))", &[("other", "list<int>", "learned(\"own\", a0)")], true);
        check("add(a0, learned(\"other\", a0))", &[("other", "_", "learned(\"own\", a0)")], true);
        check("add(a0, learned(\"other\", a0))", &[("other", "list", "negative(a0)")], false);
    }

    #[test]
    fn what_an_operation_makes_may_be_as_much() {
        let overload = |takes: &str, class: &str| {
            let formula = Formula { classes: vec![Symbol::new(class)], ..formula("copy(a0)") };
            let meanings = vec![Rival { meaning: Meaning::Formula(formula), share: 1.0 }];
            Overload { takes: vec![Pattern::parse(takes)], seen: 1, example: String::new(), meanings }
        };
        let operation =
            |takes: &str, class: &str| Arc::new(mimus_knowledge::Operation { overloads: vec![overload(takes, class)] });
        let operations = Operations::from([
            (Symbol::new("walk"), operation("list", "run")),
            (Symbol::new("list of"), operation("run", "list")),
        ]);
        let check = |text: &str, takes: &str, expected: bool| {
            let found = runs_in_circles(Symbol::new("own"), &[Pattern::parse(takes)], &formula(text), &operations);
            assert_eq!(found, expected, "{text} for {takes}");
        };
        check("learned(\"own\", learned(\"list of\", learned(\"walk\", a0)))", "list", true);
        check("learned(\"own\", learned(\"walk\", a0))", "list", false);
        check("learned(\"own\", learned(\"walk\", rest_part(a0, 1)))", "list", false);
    }

    #[test]
    fn another_kind_of_number_or_text_leads_back() {
        let check = |text: &str, back: &str, expected: bool| {
            let meanings = vec![Rival { meaning: Meaning::Formula(formula(back)), share: 1.0 }];
            let overload = Overload { takes: vec![Pattern::parse("text")], seen: 1, example: String::new(), meanings };
            let own = Arc::new(mimus_knowledge::Operation { overloads: vec![overload] });
            let operations = Operations::from([(Symbol::new("own"), own)]);
            let found = runs_in_circles(Symbol::new("own"), &[Pattern::parse("int")], &formula(text), &operations);
            assert_eq!(found, expected, "{text}, then {back}");
        };
        check("learned(\"own\", spell(a0))", "learned(\"own\", read_int(a0))", true);
        check("learned(\"own\", spell(a0))", "length(a0)", false);
    }

    #[test]
    fn other_overloads_may_be_called() {
        check("learned(\"other\", a0)", &[("other", "map", "learned(\"own\", a0)")], false);
        check("learned(\"other\", a0)", &[("other", "list", "a0"), ("other", "_", "learned(\"own\", a0)")], false);
        check("learned(\"other\", a0)", &[("other", "list<int>", "a0"), ("other", "_", "learned(\"own\", a0)")], true);
    }
}
