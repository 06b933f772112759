//! What was learned, as data and as text.
