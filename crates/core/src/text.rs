use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

/// Immutable shared text that knows its length in characters, so that positions in ASCII text cost nothing.
#[derive(Clone)]
pub struct Text(Rc<Inner>);

struct Inner {
    chars: usize,
    text: Box<str>,
}

impl Text {
    /// Shares `text`.
    pub fn new(text: impl Into<Box<str>>) -> Self {
        let text = text.into();
        Self(Rc::new(Inner { chars: text.chars().count(), text }))
    }

    /// Length in characters.
    pub fn chars_len(&self) -> usize {
        self.0.chars
    }

    /// The characters `from..to`; `None` when they reach outside the text or run backwards.
    pub fn slice(&self, from: usize, to: usize) -> Option<Text> {
        if from > to || to > self.0.chars {
            return None;
        }
        let (a, b) = if self.0.chars == self.0.text.len() { (from, to) } else { (self.byte_at(from), self.byte_at(to)) };
        Some(Self(Rc::new(Inner { chars: to - from, text: self.0.text[a..b].into() })))
    }

    /// The byte at which a character begins.
    pub fn byte_at(&self, index: usize) -> usize {
        if self.0.chars == self.0.text.len() {
            return index.min(self.0.chars);
        }
        self.0.text.char_indices().nth(index).map_or(self.0.text.len(), |(byte, _)| byte)
    }

    /// The character position of a byte position.
    pub fn char_at_byte(&self, byte: usize) -> usize {
        if self.0.chars == self.0.text.len() { byte } else { self.0.text[..byte].chars().count() }
    }
}

impl Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0.text
    }
}
impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.0.text == other.0.text
    }
}
impl Eq for Text {}
impl std::hash::Hash for Text {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.text.hash(state);
    }
}
impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.text.fmt(f)
    }
}
