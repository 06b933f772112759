//! Sequences ordered as a binary heap, the least first: what `std::collections::BinaryHeap` does, on elements that can be seen.

use std::cmp::Ordering;

use super::order::compare;
use super::sequence::items;
use super::{Primitive, prim, ty};
use crate::Value;

pub(super) static TABLE: &[Primitive] = &[
    prim!("heap_of", [ty::SEQ] -> ty::SEQ, 3, "ordered as a binary heap, the least first; undefined without an order", |[run]| {
        let mut heap = items(run)?;
        for at in (0..heap.len() / 2).rev() {
            settle(&mut heap, at)?;
        }
        Some(Value::seq(heap))
    }),
    prim!("heap_push", [ty::SEQ, ty::A] -> ty::SEQ, 3, "a heap with an element more", |[run, x]| {
        let mut heap = items(run)?;
        heap.push(x.clone());
        let last = heap.len() - 1;
        rise(&mut heap, 0, last)?;
        Some(Value::seq(heap))
    }),
    prim!("heap_drop", [ty::SEQ] -> ty::SEQ, 3, "a heap without its first element; undefined if it has none", |[run]| {
        let mut heap = items(run)?;
        let last = heap.pop()?;
        if let Some(first) = heap.first_mut() {
            *first = last;
            settle(&mut heap, 0)?;
        }
        Some(Value::seq(heap))
    }),
];

/// Moves an element towards the front until what is above it does not come after it.
fn rise(heap: &mut [Value], from: usize, mut at: usize) -> Option<()> {
    while at > from {
        let above = (at - 1) / 2;
        if compare(&heap[at], &heap[above])? != Ordering::Less {
            break;
        }
        heap.swap(at, above);
        at = above;
    }
    Some(())
}

/// Moves an element down to where no other is below it, always to the place of the smaller one, then up to where it belongs.
fn settle(heap: &mut [Value], from: usize) -> Option<()> {
    let mut at = from;
    loop {
        let (left, right) = (2 * at + 1, 2 * at + 2);
        if left >= heap.len() {
            return rise(heap, from, at);
        }
        let is_right = right < heap.len() && compare(&heap[left], &heap[right])? != Ordering::Less;
        let below = if is_right { right } else { left };
        heap.swap(at, below);
        at = below;
    }
}
