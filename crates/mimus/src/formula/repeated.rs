//! Terms that occur more than once in an instruction.

use std::cmp::Reverse;
use std::collections::HashMap;

use mimus_core::{Expr, Ty};

/// Terms of fewer nodes read better where they stand.
const LEAST: usize = 5;

/// Takes out the terms that occur at least twice, largest first: operand `first + n` stands for the term at `n`, in others of them too.
pub fn take_out(exprs: &mut [&mut Expr], first: usize) -> Vec<Expr> {
    let mut taken: Vec<Expr> = vec![];
    while let Ok(operand) = u8::try_from(first + taken.len())
        && let Some(term) = largest(exprs.iter().map(|expr| &**expr).chain(&taken))
    {
        for expr in exprs.iter_mut().map(|expr| &mut **expr).chain(&mut taken) {
            *expr = replaced(expr, &term, operand);
        }
        taken.push(term);
    }
    taken
}

/// The largest term that occurs twice; of several, the one that comes first.
fn largest<'a>(exprs: impl Iterator<Item = &'a Expr>) -> Option<Expr> {
    let mut all: Vec<&Expr> = exprs.collect();
    let mut seen: HashMap<&Expr, (usize, usize)> = HashMap::new();
    let mut place = 0;
    while let Some(expr) = all.get(place).copied() {
        seen.entry(expr).or_insert((0, place)).0 += 1;
        all.extend(expr.parts());
        place += 1;
    }
    let twice = seen.into_iter().filter(|(expr, (times, _))| *times > 1 && deserves_name(expr));
    twice.max_by_key(|(expr, (_, place))| (expr.size(), Reverse(*place))).map(|(expr, _)| expr.clone())
}

/// Tests read better in the choices that they make.
fn deserves_name(expr: &Expr) -> bool {
    let is_test = matches!(expr, Expr::Prim(id, _) if id.get().gives == Ty::Bool);
    expr.size() >= LEAST && !is_test && is_closed(expr)
}

/// Whether it means the same everywhere.
fn is_closed(expr: &Expr) -> bool {
    !matches!(expr, Expr::Local(_)) && expr.parts().all(is_closed)
}

fn replaced(expr: &Expr, term: &Expr, operand: u8) -> Expr {
    if expr == term { Expr::Arg(operand) } else { expr.with_parts(&mut |part| replaced(part, term, operand)) }
}

#[cfg(test)]
mod tests {
    use mimus_core::Term;

    use super::*;

    #[track_caller]
    fn check(exprs: &[&str], left: &[&str], terms: &[&str]) {
        let mut exprs: Vec<Expr> = exprs.iter().map(|e| Expr::from_term(&Term::parse(e).unwrap()).unwrap()).collect();
        let taken = take_out(&mut exprs.iter_mut().collect::<Vec<_>>(), 9);
        let text = |exprs: &[Expr]| exprs.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(text(&exprs), left);
        assert_eq!(text(&taken), terms);
    }

    #[test]
    fn what_occurs_twice_is_taken_out() {
        check(&["add(a0, add(a1, a2))", "add(a1, a2)"], &["add(a0, add(a1, a2))", "add(a1, a2)"], &[]);
        check(&["add(a0, add(a1, add(a2, 1)))", "add(a1, add(a2, 1))"], &["add(a0, a9)", "a9"], &["add(a1, add(a2, 1))"]);
        let (inner, outer) = ("add(a1, add(a2, 1))", "bit_and(add(a1, add(a2, 1)), 3)");
        check(&[&format!("negative({inner})"), outer, outer], &["negative(a10)", "a9", "a9"], &["bit_and(a10, 3)", inner]);
    }

    #[test]
    fn what_only_occurs_inside_of_one_that_does_is_not() {
        let long = "negative(add(a1, add(a2, 1)))";
        check(&[long, long], &["a9", "a9"], &[long]);
    }

    #[test]
    fn tests_and_short_terms_stay() {
        let choice = |yes: &str| format!("if(less(bit_and(add(a0, a1), a2), 3), {yes}, shift_left(a2, 1))");
        let left = |yes: &str| format!("if(less(a9, 3), {yes}, shift_left(a2, 1))");
        check(&[&choice("1"), &choice("2")], &[&left("1"), &left("2")], &["bit_and(add(a0, a1), a2)"]);
    }

    #[test]
    fn variables_stay_with_their_forms() {
        let form = |count: &str| format!("repeat_on(add(v0, add(a1, 1)), {count}, 0)");
        check(&[&form("a0"), &form("a2")], &[&form("a0"), &form("a2")], &[]);
    }
}
