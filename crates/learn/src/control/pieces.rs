//! What pieces a construct has.

use mimus_core::{Form, Kind, Slot, Tree};
use rustc_hash::FxHashSet;

/// The kind of the pieces of a slot; for mixed runs, the first that is not a part.
pub(super) fn slot_kind(slot: &Slot) -> Option<Kind> {
    let kinds = || slot.trees().iter().map(|tree| tree.form.kind);
    kinds().find(|kind| *kind != Kind::Part).or_else(|| kinds().next())
}

/// The forms of all parts in a tree that belong to it.
pub(super) fn part_forms(tree: &Tree) -> FxHashSet<Form> {
    fn add(tree: &Tree, forms: &mut FxHashSet<Form>) {
        for child in tree.children().filter(|child| child.form.kind == Kind::Part) {
            forms.insert(child.form);
            add(child, forms);
        }
    }
    let mut forms = FxHashSet::default();
    add(tree, &mut forms);
    forms
}
