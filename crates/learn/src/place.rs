//! Where the spans of a program stand in its tree.

use std::sync::Arc;

use mimus_core::{Kind, Symbol, Tree};
use rustc_hash::FxHashMap;

use crate::episode::Path;

/// Where a span stands in the tree.
pub(crate) struct Place {
    pub tree: Arc<Tree>,
    /// The nearest enclosing span with activations.
    pub owner: Option<usize>,
    /// The path from it.
    pub path: Path,
}

/// The places of all spans of a tree.
pub(crate) fn places(tree: &Tree) -> FxHashMap<usize, Place> {
    let mut places = FxHashMap::default();
    find(tree, None, &[], &mut places);
    places
}

fn find(tree: &Tree, owner: Option<usize>, path: &[(u8, u16)], places: &mut FxHashMap<usize, Place>) {
    let is_part = tree.form.kind == Kind::Part;
    if let Some(span) = tree.span {
        places.insert(span, Place { tree: Arc::new(tree.clone()), owner, path: path.to_vec() });
    }
    let owner = if is_part { owner } else { tree.span };
    for (i, slot) in tree.slots.iter().enumerate() {
        for (j, child) in slot.trees().iter().enumerate() {
            let mut inner = if is_part { path.to_vec() } else { vec![] };
            inner.push((i as u8, j as u16));
            find(child, owner, &inner, places);
        }
    }
}

impl Place {
    /// The names in the piece that are its own, through its parts; for a leaf its text.
    pub fn words(&self, source: &str) -> Vec<Symbol> {
        fn collect(tree: &Tree, source: &str, out: &mut Vec<Symbol>) {
            for child in tree.children() {
                match child.form.kind {
                    Kind::Name => out.push(Symbol::new(child.text(source))),
                    Kind::Part => collect(child, source, out),
                    _ => {}
                }
            }
        }
        if self.tree.slots.is_empty() {
            return vec![Symbol::new(self.tree.text(source))];
        }
        let mut words = Vec::new();
        collect(&self.tree, source, &mut words);
        words
    }
}
