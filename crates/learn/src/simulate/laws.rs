//! What is known, or assumed for now, beyond the program that is being checked.

use std::collections::BTreeMap;
use std::sync::Arc;

use mimus_core::{Code, Datum, Form, Kind, Symbol};
use mimus_knowledge::Role;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::world::Val;

/// The key of the operation that tells whether a handler takes an error: one for all constructs that handle errors.
pub(crate) const CATCHES: &str = "catches";

/// The keys of what is done with something before and after what runs under it: the same for all constructs that do so.
pub(crate) const OPENS: &str = "begins";
pub(crate) const CLOSES: &str = "settles";

/// Programs for parts, by form and role.
pub(crate) type Parts = BTreeMap<(Form, Role), Arc<Code>>;

/// What holds for all constructs.
#[derive(Clone, Default)]
pub(crate) struct Laws {
    /// Whether a value (a snapshot) is true. Booleans are what they are.
    pub truth: FxHashMap<Val, bool>,
    /// What parts do, by role.
    pub parts: Parts,
    /// Whether what a shared operation gave was true; its value is never seen.
    pub decided: FxHashMap<(Symbol, Vec<Datum>), bool>,
    /// What operations of other constructs were seen to give.
    pub facts: FxHashMap<Symbol, Facts>,
}

/// What one operation was seen to give, where that is a value by itself.
#[derive(Clone, Default)]
pub(crate) struct Facts {
    pub gave: FxHashMap<Vec<Datum>, Val>,
    /// Classes of operands that it was seen with.
    pub classes: FxHashSet<Vec<Symbol>>,
    /// Classes of operands for which it was seen to change something, or to print.
    pub acts: FxHashSet<Vec<Symbol>>,
}

/// The key of a construct's own operation.
pub(crate) fn operation_key(form: Form) -> Symbol {
    match form.kind {
        Kind::Expr if form.template.as_str().contains(' ') => form.template,
        kind => Symbol::new(&format!("{} {}", kind.word(), form.template)),
    }
}
