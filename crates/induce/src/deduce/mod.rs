//! Inverse deduction: from what is wanted and what is at hand to smaller goals.
//!
//! Witnesses are taken only where they are unique; what comes of them is checked on all rows.

mod affix;
pub mod applied;
mod between;
mod bits;
mod counted;
mod cut;
mod elements;
mod ended;
mod entries;
mod fields;
mod filled;
mod gaps;
mod grouped;
mod inserted;
mod marked;
mod positions;
mod runs;
mod split;
mod spread;
mod table;

use mimus_core::{Expr, PrimId};

pub use self::affix::common_ends;
use self::entries::entries;
use self::fields::fields;
use self::runs::{Runs, differing, numbers, sources, spelled};
use self::split::{element, halves, residual};
use crate::kind::Kind;
use crate::lab::Lab;
use crate::pool::ValueId;
use crate::search::Search;
use crate::spec::Spec;

/// A way to reach a goal through others.
pub struct Deduction {
    pub parts: Vec<Part>,
    /// What it costs beside its parts.
    pub cost: usize,
    /// Makes the answers to try of the parts' answers.
    pub build: Build,
    pub dead: bool,
    /// Its answer may be undefined on a quarter of the rows.
    pub partial: bool,
    /// Hardly anything else leads to the goal.
    pub must: bool,
}

type Later = std::rc::Rc<dyn Fn(&[&Expr]) -> Spec>;
type Build = Box<dyn Fn(&[Expr]) -> Vec<Expr>>;

/// A goal on the way.
pub enum Part {
    Waiting(Box<Spec>),
    /// One that depends on the best answers of the parts before it.
    Later(Later),
    Open(usize),
    /// With its answers.
    Solved(Vec<crate::search::Solution>),
}

impl Deduction {
    fn new(parts: Vec<Part>, cost: usize, build: Build) -> Self {
        Self { parts, cost, build, dead: false, partial: false, must: false }
    }
}

/// A primitive applied to arguments.
pub fn call(name: &str, args: Vec<Expr>) -> Expr {
    let id = PrimId::by_name(name).unwrap_or_else(|| unreachable!("no primitive {name}"));
    Expr::Prim(id, args)
}

/// All deductions that apply to a goal, the most telling ones first.
pub fn all(search: &Search, lab: &mut Lab) -> Vec<Deduction> {
    let mut out = vec![];
    if let Some(bits) = &search.spec.bits {
        if search.spec.depth == 0 {
            residual(search, &mut out);
        }
        bits::halves(search, bits, lab, &mut out);
        halves(search, lab, &mut out);
        return out;
    }
    let rows: Vec<usize> = search.goal.values().map(|(row, _)| row).collect();
    let text = matches!(lab.engine.pool.lattice.get(search.goal.kind), Kind::Text | Kind::Char);
    let mut told_apart = false;
    let mut settled = false;
    let run = text || matches!(lab.engine.pool.lattice.get(search.goal.kind), Kind::Seq(_));
    if run && rows.len() >= 2 {
        let wanted: Option<Vec<Vec<ValueId>>> = search.goal.values().map(|(_, id)| numbers(id, lab)).collect();
        if let Some(wanted) = wanted {
            let mut sources = sources(search, &rows, lab);
            if text {
                sources.extend(spelled(search, &rows, &wanted, lab));
            } else {
                sources.extend(differing(&sources));
            }
            let runs = Runs { search, rows: rows.clone(), wanted, text, sources };
            if runs.uniform(lab, &mut out) {
                // How often is all there is to ask.
                out.iter_mut().for_each(|deduction| deduction.must = true);
                return out;
            }
            // What seldom applies says most where it does.
            runs.constant_affix(lab, &mut out);
            told_apart = runs.components(&mut out);
            if told_apart {
                // What always has as many elements is one of a few kinds: what tells these apart comes first.
                halves(search, lab, &mut out);
            }
            runs.counted(lab, &mut out);
            runs.rewriting(lab, &mut out);
            runs.decoding(lab, &mut out);
            runs.ended(lab, &mut out);
            runs.edits(lab, &mut out);
            runs.grouped(lab, &mut out);
            runs.inserted(lab, &mut out);
            runs.affixes(lab, &mut out);
            runs.infix(lab, &mut out);
            runs.slices(lab, &mut out);
            runs.trims(lab, &mut out);
            residual(search, &mut out);
            settled = true;
            runs.strides(lab, &mut out);
            runs.marked(lab, &mut out);
            runs.gaps(lab, &mut out);
            runs.selection(lab, &mut out);
            runs.each(lab, &mut out);
            runs.glued(lab, &mut out);
            runs.spread(lab, &mut out);
            runs.filled(lab, &mut out);
            runs.tabulate(lab, &mut out);
        }
    }
    entries(search, &rows, lab, &mut out);
    fields(search, &rows, lab, &mut out);
    element(search, &rows, lab, &mut out);
    if !settled {
        residual(search, &mut out);
    }
    if !told_apart {
        halves(search, lab, &mut out);
    }
    out
}
