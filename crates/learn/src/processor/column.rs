//! Expressions on columns of operands: one row a step.

use mimus_core::Expr;
use mimus_core::linear::{Builder, Linear, Slot};

/// Slots of one expression.
const SLOTS: usize = 256;

/// An expression ready to run on rows.
pub struct Program {
    code: Linear,
    used: Vec<usize>,
    result: Slot,
    slots: Box<[i64; SLOTS]>,
}

impl Program {
    /// `None` for what linear code has no words for.
    pub fn of(expr: &Expr) -> Option<Self> {
        let mut used = vec![];
        operands(expr, &mut used);
        let mut places = vec![0; used.iter().max().map_or(0, |most| most + 1)];
        used.iter().enumerate().for_each(|(slot, operand)| places[*operand] = slot as Slot);
        let mut builder = Builder::new(vec![None; used.len()]);
        let result = builder.expr(expr, &places)?;
        let code = builder.finish();
        let mut slots = Box::new([0; SLOTS]);
        (code.size() <= SLOTS).then(|| code.load(&mut *slots))?;
        Some(Self { code, used, result, slots })
    }

    /// What it gives for a row.
    pub fn at(&mut self, columns: &[Vec<i64>], row: usize) -> Option<i64> {
        for (slot, operand) in self.used.iter().enumerate() {
            self.slots[slot] = columns[*operand][row];
        }
        self.code.run(&mut self.slots, |_| 0).ok()?;
        Some(self.slots[usize::from(self.result)])
    }
}

/// The operands of an expression, each once.
pub fn operands(expr: &Expr, into: &mut Vec<usize>) {
    if let Expr::Arg(i) = expr
        && !into.contains(&usize::from(*i))
    {
        into.push((*i).into());
    }
    expr.parts().for_each(|part| operands(part, into));
}

/// An expression with other operands.
pub fn renamed(expr: &Expr, name: &mut dyn FnMut(u8) -> u8) -> Expr {
    match expr {
        Expr::Arg(i) => Expr::Arg(name(*i)),
        other => other.with_parts(&mut |part| renamed(part, name)),
    }
}
