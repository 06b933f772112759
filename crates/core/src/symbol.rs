//! Interned names: templates, class tags, field names, words.

use std::cell::RefCell;
use std::fmt;
use std::sync::{LazyLock, RwLock};

use rustc_hash::FxHashSet;

/// An interned string. Two symbols are equal when their texts are; comparing them compares addresses.
///
/// Interned text is never freed: symbols name what a teacher or a program names, which is bounded by their size.
#[derive(Clone, Copy)]
pub struct Symbol(&'static str);

static TABLE: LazyLock<RwLock<FxHashSet<&'static str>>> = LazyLock::new(Default::default);

thread_local! {
    // Most names are met again by the same thread: spare them the lock.
    static NEAR: RefCell<FxHashSet<&'static str>> = RefCell::default();
}

impl Symbol {
    /// Interns `text`.
    pub fn new(text: &str) -> Self {
        NEAR.with_borrow_mut(|near| {
            if let Some(known) = near.get(text) {
                return Self(known);
            }
            let mut table = TABLE.write().unwrap_or_else(|broken| broken.into_inner());
            let kept = match table.get(text) {
                Some(known) => *known,
                None => {
                    let kept: &'static str = Box::leak(text.into());
                    table.insert(kept);
                    kept
                }
            };
            near.insert(kept);
            Self(kept)
        })
    }

    /// The text.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// The symbol of the empty text: the class of a sequence, map or set that no teacher has named.
    pub fn neutral() -> Self {
        thread_local!(static EMPTY: Symbol = Symbol::new(""));
        EMPTY.with(|empty| *empty)
    }

    /// The class of what stands for something that was not learned.
    pub fn unlearned() -> Self {
        thread_local!(static UNLEARNED: Symbol = Symbol::new("unlearned"));
        UNLEARNED.with(|unlearned| *unlearned)
    }
}

impl PartialEq for Symbol {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}
impl Eq for Symbol {}
impl std::hash::Hash for Symbol {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.as_ptr().hash(state);
    }
}
impl PartialOrd for Symbol {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Symbol {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(other.0)
    }
}
impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}
impl From<&str> for Symbol {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}
