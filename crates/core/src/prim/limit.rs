//! How large a value a primitive may make.

use std::cell::Cell;

/// What a program may make.
const MOST: usize = 64 << 20;

thread_local!(static LIMIT: Cell<usize> = const { Cell::new(MOST) });

/// The most elements, characters or bytes that one primitive may make in this thread; above it, it is undefined.
pub fn size_limit() -> usize {
    LIMIT.get()
}

/// While it lives, this thread's limit is another one. A search sets a small one: it tries many senseless calls.
pub struct SizeLimit(usize);

impl SizeLimit {
    /// Sets the limit.
    pub fn set(limit: usize) -> Self {
        Self(LIMIT.replace(limit))
    }
}

impl Drop for SizeLimit {
    fn drop(&mut self) {
        LIMIT.set(self.0);
    }
}

/// `Some` while a size is within the limit.
pub(super) fn within(size: usize) -> Option<()> {
    (size <= size_limit()).then_some(())
}

/// The same for integers in a row, which take no room however many they are; a search would walk through all of them.
pub(super) fn within_unmade(size: usize) -> Option<()> {
    if size_limit() < MOST { within(size) } else { Some(()) }
}
