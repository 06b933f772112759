//! What meanings of several operations on like operands are made of: small steps for further meanings on such operands.

use std::collections::{BTreeMap, BTreeSet};

use mimus_core::{Expr, Meaning, Symbol};
use mimus_knowledge::{Pattern, Rival};

use crate::group::Group;

/// Nodes of a part that is worth a leaf of its own.
const SIZES: std::ops::RangeInclusive<usize> = 3..=6;
/// Parts that are offered for operands of one kind.
const OFFERED: usize = 3;

/// Parts as text, with the operations in whose meanings they occur.
type Users = BTreeMap<String, (Expr, BTreeSet<Symbol>)>;

/// Parts of known meanings by the classes of their operands.
pub struct Library(BTreeMap<Vec<Symbol>, Vec<Expr>>);

impl Library {
    /// The parts that the meanings found so far have in common: those that most operations have first.
    pub fn of(groups: &[Group]) -> Self {
        let mut users: BTreeMap<Vec<Symbol>, Users> = BTreeMap::new();
        for group in groups.iter().filter(|group| !group.is_of_nothing()) {
            let Some(Rival { meaning: Meaning::Formula(formula), .. }) = group.rivals.first() else { continue };
            let Some(classes) = classes(&group.takes) else { continue };
            let users = users.entry(classes).or_default();
            for expr in formula.exprs() {
                each_part(expr, &mut |part| {
                    let (_, operations) = users.entry(part.to_string()).or_insert_with(|| (part.clone(), BTreeSet::new()));
                    operations.insert(group.key);
                });
            }
        }
        let offered = |parts: Users| {
            let mut parts: Vec<(Expr, usize)> = parts.into_values().map(|(expr, operations)| (expr, operations.len())).collect();
            parts.retain(|(_, operations)| *operations > 1);
            parts.sort_by_key(|(expr, operations)| (std::cmp::Reverse(*operations), std::cmp::Reverse(expr.size())));
            parts.into_iter().map(|(expr, _)| expr).take(OFFERED).collect()
        };
        Self(users.into_iter().map(|(classes, parts)| (classes, offered(parts))).collect())
    }

    /// Parts that may be steps of what is searched for a group.
    pub fn for_group(&self, group: &Group) -> &[Expr] {
        classes(&group.takes).and_then(|classes| self.0.get(&classes)).map_or(&[], Vec::as_slice)
    }
}

fn classes(takes: &[Pattern]) -> Option<Vec<Symbol>> {
    takes.iter().map(|pattern| pattern.class.filter(|_| pattern.name.is_none())).collect()
}

/// The parts of an expression, itself left out, that are made of several operands and stand by themselves.
fn each_part(expr: &Expr, take: &mut impl FnMut(&Expr)) {
    for part in expr.parts() {
        if SIZES.contains(&part.size()) && is_closed(part) && operands(part).len() > 1 {
            take(part);
        }
        each_part(part, take);
    }
}

fn is_closed(expr: &Expr) -> bool {
    !matches!(expr, Expr::Local(_)) && expr.parts().all(is_closed)
}

fn operands(expr: &Expr) -> BTreeSet<u8> {
    let own = if let Expr::Arg(i) = expr { Some(*i) } else { None };
    expr.parts().flat_map(operands).chain(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mimus_core::{Formula, Term};

    fn group(key: &str, takes: &[&str], meaning: &str) -> Group {
        let result = Expr::from_term(&Term::parse(meaning).expect("a term")).expect("an expression");
        let takes = takes.iter().map(|text| Pattern::parse(text)).collect();
        let mut group = Group::new(Symbol::new(key), takes, vec![], false);
        group.rivals = vec![Rival { meaning: Meaning::Formula(Formula::pure(result)), share: 1.0 }];
        group
    }

    #[track_caller]
    fn check(groups: &[Group], takes: &[&str], expected: &[&str]) {
        let wanted = group("wanted", takes, "a0");
        let found: Vec<String> = Library::of(groups).for_group(&wanted).iter().map(ToString::to_string).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn steps_that_several_operations_take_are_offered() {
        let missing = "larger(subtract(a1, length(a0)), 0)";
        let groups = [
            group("left", &["text", "int"], &format!("cat(a0, again(\" \", {missing}))")),
            group("right", &["text", "int"], &format!("cat(again(\" \", {missing}), a0)")),
            group("front", &["text", "int"], "first_part(cat(a0, again(a0, a1)), a1)"),
        ];
        check(&groups, &["text", "int"], &[missing, "subtract(a1, length(a0))"]);
        check(&groups, &["text", "float"], &[]);
        check(&groups[..1], &["text", "int"], &[]);
    }
}
