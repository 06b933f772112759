//! What one overload of an operation does.

use crate::{Datum, Expr, Symbol};

/// The effect of an operation on operands of certain classes.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    /// Computed from the operands.
    Formula(Formula),
    /// Remembered: one operand's exact value decides which expression gives the result.
    Rote {
        /// The deciding operand.
        on: usize,
        /// Its values and the results.
        rows: Vec<(Datum, Expr)>,
    },
}

/// A computed effect. First the guards, then the result; then the changes and the output take place together.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// Tried in order: the first whose test holds raises.
    pub guards: Vec<(Expr, Raise)>,
    /// What an undefined result or change raises. Without it, an undefined result is "not learned".
    pub undefined: Option<Raise>,
    /// The value given.
    pub result: Expr,
    /// Classes for what primitives made without one, in the result and in the changes: at nesting depth 0, 1, ...
    pub classes: Vec<Symbol>,
    /// New contents for operands that have identity.
    pub changes: Vec<(usize, Expr)>,
    /// Text printed.
    pub output: Option<Expr>,
}

/// An error to raise.
#[derive(Clone, Debug, PartialEq)]
pub struct Raise {
    /// Its class.
    pub class: Symbol,
    /// Its text.
    pub text: Expr,
}

impl Meaning {
    /// The number of nodes.
    pub fn size(&self) -> usize {
        match self {
            Self::Rote { rows, .. } => 2 + rows.iter().map(|(_, result)| 1 + result.size()).sum::<usize>(),
            Self::Formula(formula) => formula.size(),
        }
    }
}

impl Formula {
    /// A formula that gives a value and does nothing else.
    pub fn gives(result: Expr) -> Self {
        Self { guards: vec![], undefined: None, result, classes: vec![], changes: vec![], output: None }
    }

    /// Whether it never gives anything, but always raises an error.
    pub fn fails(&self) -> bool {
        self.guards.iter().any(|(test, _)| *test == Expr::Const(Datum::Bool(true)))
    }

    /// Whether another one says the same, but for the classes of what it makes.
    pub fn is_like(&self, other: &Self) -> bool {
        let bare = |formula: &Self| Self { classes: vec![], ..formula.clone() };
        bare(self) == bare(other)
    }

    /// All its expressions: results, changes, output, tests for errors and the texts of these.
    pub fn exprs(&self) -> impl Iterator<Item = &Expr> {
        let guards = self.guards.iter().flat_map(|(test, raise)| [test, &raise.text]);
        std::iter::once(&self.result).chain(self.changes.iter().map(|(_, expr)| expr)).chain(&self.output).chain(guards)
    }

    /// Whether all that it does with an operand is to put it somewhere, or to give it in some cases: what that is makes no
    /// difference. What is always given may be so because of what it is.
    pub fn hands_on(&self, operand: u8) -> bool {
        fn gives(expr: &Expr, operand: u8) -> bool {
            match expr {
                Expr::Arg(_) => true,
                Expr::If(three) => !three[0].looks_at(operand) && three[1..].iter().all(|part| gives(part, operand)),
                other => !other.looks_at(operand),
            }
        }
        let raises = self.guards.iter().flat_map(|(test, raise)| [test, &raise.text]);
        let mut rest = raises.chain(self.undefined.iter().map(|raise| &raise.text)).chain(&self.output);
        let is_given = |(on, new): &(usize, Expr)| *on != usize::from(operand) && gives(new, operand);
        self.result != Expr::Arg(operand)
            && self.exprs().any(|expr| expr.is_made_of(&Expr::Arg(operand)))
            && gives(&self.result, operand)
            && self.changes.iter().all(is_given)
            && !rest.any(|expr| expr.looks_at(operand))
    }

    /// The number of nodes.
    pub fn size(&self) -> usize {
        self.result.size()
            + self.guards.iter().map(|(test, _)| test.size()).sum::<usize>()
            + self.changes.iter().map(|(_, e)| e.size()).sum::<usize>()
            + self.output.as_ref().map_or(0, Expr::size)
    }

    /// A formula that only gives a value.
    pub fn pure(result: Expr) -> Self {
        Self { guards: vec![], undefined: None, result, classes: vec![], changes: vec![], output: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Term;

    fn expr(text: &str) -> Expr {
        Expr::from_term(&Term::parse(text).expect("a term")).expect("an expression")
    }

    #[track_caller]
    fn check(result: &str, change: Option<&str>, operand: u8, expected: bool) {
        let mut formula = Formula::pure(expr(result));
        formula.changes.extend(change.map(|new| (0, expr(new))));
        assert_eq!(formula.hands_on(operand), expected, "{result} {change:?}");
    }

    #[test]
    fn what_is_put_somewhere_or_given_in_some_cases_is_handed_on() {
        check("none", Some("push(a0, a1)"), 1, true);
        check("none", Some("put_at(a0, a1, a2)"), 2, true);
        check("if(has_key(a0, a1), look_up(a0, a1), a2)", None, 2, true);
        check("push(push(single(1), a0), a0)", None, 0, true);
    }

    #[test]
    fn what_is_looked_at_is_not() {
        check("none", Some("push(a0, a1)"), 0, false);
        check("none", Some("put_key(a0, a1, a2)"), 1, false);
        check("none", Some("push(a0, cat(a1, a1))"), 1, false);
        check("if(equal(a2, a1), look_up(a0, a1), a2)", None, 2, false);
        check("a0", None, 0, false);
        check("3", None, 0, false);
    }
}
