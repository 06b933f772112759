use std::fmt;

use crate::Pattern;

/// How texts begin that may go on as they like.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Opening {
    /// Whether there is a character before it, whichever that is.
    pub after_one: bool,
    /// Their frame up to where they may differ: what `Pattern::frame` makes of it.
    pub frame: String,
}

/// What is written for an opening, before its frame.
const OPENS: &str = "opens ";
const AFTER_ONE: &str = "after one ";

impl Opening {
    /// Reads what `Display` writes.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let read = |word, after_one| text.strip_prefix(word).map(|frame| Self { after_one, frame: frame.to_owned() });
        read(OPENS, false).or_else(|| read(AFTER_ONE, true))
    }

    /// Whether a text begins so.
    pub fn fits(&self, text: &str) -> bool {
        let mut chars = text.chars();
        let has_one = !self.after_one || chars.next().is_some();
        has_one && Pattern::frame(chars.as_str()).starts_with(&self.frame)
    }

    /// Whether all texts that begin so begin as another opening says, too, and it says more.
    pub fn tells_more_than(&self, other: &Self) -> bool {
        !self.after_one && !other.after_one && self != other && self.frame.starts_with(&other.frame)
    }

    /// How many marks and numbers it tells: what tells more is narrower.
    pub fn length(&self) -> usize {
        self.frame.chars().count() + usize::from(self.after_one)
    }
}

impl fmt::Display for Opening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.after_one { AFTER_ONE } else { OPENS }, self.frame)
    }
}
