//! How a language's texts fall into tokens: what was learned of quotes, comments, numbers, operators and lines.

use std::collections::BTreeSet;

/// What line ends and the depth of lines mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Nothing.
    Free,
    /// A line end may end a statement.
    Lines,
    /// A line end ends a statement, and deeper lines are a block.
    Indent,
}

impl Layout {
    pub const ALL: [(Self, &'static str); 3] = [(Self::Free, "free"), (Self::Lines, "lines"), (Self::Indent, "indent")];
}

/// Marks around free text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Quote {
    pub open: String,
    pub close: String,
    /// May line ends stand inside?
    pub lines: bool,
}

/// Marks around pieces inside of a quoted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Gaps {
    pub open: String,
    pub close: String,
    /// Characters that end the piece and begin free text up to `close`.
    pub specs: BTreeSet<char>,
    /// What stands before the opening mark of a quoted text that has gaps.
    pub prefixes: BTreeSet<String>,
}

/// Marks around text that means nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Comment {
    pub open: String,
    /// The line's end when there is none.
    pub close: Option<String>,
}

/// All that is known of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lexicon {
    /// Longest first.
    pub quotes: Vec<Quote>,
    /// What may stand before a quote, the empty text included; longest first.
    pub prefixes: Vec<String>,
    /// The character that takes the meaning from the next one, within quotes.
    pub escape: Option<char>,
    /// Is a closing mark written by doubling it?
    pub doubled: bool,
    pub gaps: Option<Gaps>,
    pub comments: Vec<Comment>,
    /// Punctuation inside of numbers: what stands before, the mark, what stands after. Digits are `9`, an edge is `^`.
    pub joints: BTreeSet<(char, char, char)>,
    /// Operators of more than one character.
    pub puncts: BTreeSet<String>,
    /// Punctuation that belongs to words.
    pub letters: BTreeSet<char>,
    /// Takes away the meaning of the line end it stands before.
    pub joiner: Option<char>,
    pub layout: Layout,
    /// Opening brackets in which line ends keep their meaning.
    pub soft: BTreeSet<char>,
    /// What stands between statements, besides line ends.
    pub separators: BTreeSet<String>,
}

impl Default for Lexicon {
    fn default() -> Self {
        Self {
            quotes: Vec::new(),
            prefixes: vec![String::new()],
            escape: None,
            doubled: false,
            gaps: None,
            comments: Vec::new(),
            joints: BTreeSet::new(),
            puncts: BTreeSet::new(),
            letters: BTreeSet::new(),
            joiner: None,
            layout: Layout::Free,
            soft: BTreeSet::new(),
            separators: BTreeSet::new(),
        }
    }
}

/// The closing bracket of an opening one.
pub(crate) fn closing(c: char) -> Option<char> {
    [('(', ')'), ('[', ']'), ('{', '}')].into_iter().find(|pair| pair.0 == c).map(|pair| pair.1)
}

pub(crate) fn is_bracket(c: char) -> bool {
    matches!(c, '(' | ')' | '[' | ']' | '{' | '}')
}

impl Lexicon {
    pub fn is_word(&self, c: char) -> bool {
        c.is_alphanumeric() || c == '_' || self.letters.contains(&c)
    }

    /// Punctuation: neither space, word, nor bracket.
    pub fn is_punct(&self, c: char) -> bool {
        !c.is_whitespace() && !self.is_word(c) && !is_bracket(c)
    }

    /// All opening marks with all prefixes: the shapes of quoted texts.
    pub fn marks(&self) -> Vec<String> {
        let all: BTreeSet<String> =
            self.prefixes.iter().flat_map(|p| self.quotes.iter().map(move |q| format!("{p}{}", q.open))).collect();
        all.into_iter().collect()
    }

    /// The comment that begins here.
    pub fn comment(&self, rest: &str) -> Option<&Comment> {
        self.comments.iter().find(|comment| rest.starts_with(&comment.open))
    }

    /// The length of the comment at the start of `rest`, its line end excluded.
    pub fn comment_len(&self, rest: &str) -> Option<usize> {
        let comment = self.comment(rest)?;
        Some(match &comment.close {
            None => rest.find('\n').unwrap_or(rest.len()),
            Some(close) => {
                let from = comment.open.len();
                rest[from..].find(close.as_str()).map_or(rest.len(), |at| from + at + close.len())
            }
        })
    }

    /// Prefix and quote that begin here.
    pub fn quote(&self, rest: &str) -> Option<(&str, &Quote)> {
        self.prefixes.iter().find_map(|prefix| {
            let after = rest.strip_prefix(prefix.as_str())?;
            self.quotes.iter().find(|quote| after.starts_with(&quote.open)).map(|quote| (prefix.as_str(), quote))
        })
    }

    /// One step of `rest` within a quoted text: `Err(len)` is the closing mark.
    pub fn quoted_step(&self, rest: &str, quote: &Quote) -> Result<usize, usize> {
        let Some(c) = rest.chars().next() else { return Ok(0) };
        if Some(c) == self.escape {
            return Ok(c.len_utf8() + rest[c.len_utf8()..].chars().next().map_or(0, char::len_utf8));
        }
        if let Some(after) = rest.strip_prefix(quote.close.as_str()) {
            if self.doubled && quote.close.chars().count() == 1 && after.starts_with(&quote.close) {
                return Ok(2 * quote.close.len());
            }
            return Err(quote.close.len());
        }
        Ok(c.len_utf8())
    }

    /// The length of the quoted text at the start of `rest` (its opening mark has `open` bytes), when it ends.
    pub fn quoted_len(&self, rest: &str, open: usize, quote: &Quote) -> Option<usize> {
        let mut at = open;
        loop {
            if at >= rest.len() || (!quote.lines && rest[at..].starts_with('\n')) {
                return None;
            }
            match self.quoted_step(&rest[at..], quote) {
                Ok(step) => at += step,
                Err(step) => return Some(at + step),
            }
        }
    }

    /// The length of the number at the start of `rest`.
    pub fn number_len(&self, rest: &str) -> Option<usize> {
        let mut chars = rest.char_indices().peekable();
        let (_, first) = chars.next()?;
        let second = chars.peek().map_or('^', |&(_, c)| class(c));
        let pointed = second == '9' && self.joints.contains(&('^', first, '9'));
        if !first.is_ascii_digit() && !pointed {
            return None;
        }
        let mut before = class(first);
        let mut plain = true;
        while let Some(&(at, c)) = chars.peek() {
            chars.next();
            if c.is_alphanumeric() || c == '_' {
                if before.is_alphabetic() {
                    plain = false;
                }
                before = class(c);
                continue;
            }
            let after = chars.peek().map_or('^', |&(_, c)| class(c));
            let exponent_only = plain || !before.is_alphabetic();
            if exponent_only && self.joints.contains(&(before, c, after)) {
                before = c;
                continue;
            }
            return Some(at);
        }
        Some(rest.len())
    }

    /// The length of the operator at the start of `rest`.
    pub fn punct_len(&self, rest: &str) -> usize {
        let mut best = rest.chars().next().map_or(0, char::len_utf8);
        for (at, c) in rest.char_indices().take(6) {
            if !self.is_punct(c) {
                break;
            }
            let len = at + c.len_utf8();
            if len > best && self.puncts.contains(&rest[..len]) {
                best = len;
            }
        }
        best
    }

    /// The length of the word at the start of `rest`.
    pub fn word_len(&self, rest: &str) -> usize {
        rest.find(|c| !self.is_word(c)).unwrap_or(rest.len())
    }
}

/// A character as [`Lexicon::joints`] has it.
pub(crate) fn class(c: char) -> char {
    match c {
        _ if c.is_ascii_digit() => '9',
        _ if c.is_alphanumeric() => c.to_ascii_lowercase(),
        _ => '^',
    }
}
