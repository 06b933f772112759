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
