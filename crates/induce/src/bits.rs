//! Integers of which a few bits count: what a part of a processor's state becomes, say.

use std::rc::Rc;

use mimus_core::{Expr, SizeLimit, Value};

use crate::bank::{Engine, Row};
use crate::goal::{MOST_ROWS, Want};
use crate::lab::Lab;
use crate::pool::Pool;
use crate::spec::{Bits, Spec};
use crate::vocabulary::{Speaker, Vocabulary};

/// What is looked for.
pub struct BitsProblem<'a> {
    /// The operands of each row; at most 128 rows are looked at.
    pub rows: &'a [Vec<i64>],
    /// What is wanted of each, modulo two to the power of `bits`.
    pub wants: &'a [i64],
    /// How many bits count.
    pub bits: u8,
    /// The widths of what there is: words are cut and shifted by them.
    pub widths: &'a [u8],
    /// Expressions over the operands that count as operands, with their costs.
    pub given: &'a [(Expr, usize)],
    /// Evaluations allowed.
    pub budget: u64,
}

/// An expression that gives what is wanted on all rows.
#[derive(Clone, Debug, PartialEq)]
pub struct BitsAnswer {
    /// The expression.
    pub expr: Expr,
    /// What it costs.
    pub cost: usize,
}

impl BitsProblem<'_> {
    /// Searches; gives answers, cheapest first, and the work done.
    pub fn solve(&self) -> (Vec<BitsAnswer>, u64) {
        let _limit = SizeLimit::set(2_000);
        let vocabulary = Vocabulary::default();
        let engine = Engine { pool: Pool::new(), speaker: Speaker::new(&vocabulary), work: 0 };
        let mut lab = Lab::new(engine, vec![], vec![]);
        lab.total = self.budget;
        let row = |row: &Vec<i64>| Row {
            args: row.iter().map(|value| Value::Int(*value)).collect(),
            locals: Rc::from([]),
            labels: Rc::from([]),
        };
        let rows: Vec<Row> = self.rows.iter().take(MOST_ROWS).map(row).collect();
        let wants = self.wants.iter().take(rows.len()).map(|value| Want::Value(lab.engine.pool.intern(Value::Int(*value))));
        let spec = Spec {
            wants: wants.collect(),
            rows,
            main_error: None,
            errors: vec![],
            classes: vec![],
            loose: false,
            depth: 0,
            given: self.given.to_vec(),
            narrow: false,
            bits: Some(Bits { wanted: self.bits, widths: self.widths.into(), only_given: false }),
        };
        let search = lab.open(spec);
        lab.advance(search, self.budget);
        lab.finish(search, self.budget);
        let found = lab.look(search).map_or(&[][..], |search| &search.found);
        let answers = found.iter().map(|solution| BitsAnswer { expr: solution.expr.clone(), cost: solution.cost }).collect();
        (answers, lab.engine.work)
    }
}
