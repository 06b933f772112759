//! Text to tokens, by a [`Lexicon`].

use crate::lexicon::{Gaps, Layout, Lexicon, Quote, closing, is_bracket};
use crate::sym::{Alphabet, Sym};

/// A token. Layout tokens are empty and lie where the next real token begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub start: usize,
    pub end: usize,
    /// Its shape, when its text is free.
    pub shape: Sym,
    /// Its own text, when templates hold it.
    pub word: Sym,
    pub quoted: Quoted,
}

/// What a token is to a quoted text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quoted {
    /// Nothing, or within it.
    No,
    /// All of it.
    Whole,
    /// Opens one with gaps.
    Opens,
    /// Closes it.
    Closes,
}

/// Tokens of a text.
pub(crate) fn tokens(source: &str, lexicon: &Lexicon, alphabet: &Alphabet) -> Vec<Token> {
    let mut lexer = Lexer { source, lexicon, alphabet, at: 0, out: Vec::new(), nest: Vec::new(), columns: Vec::new() };
    lexer.run();
    lexer.out
}

/// What the lexer is inside of.
enum Nest<'g> {
    /// A bracket, with the one that closes it.
    Bracket { close: char, soft: bool },
    /// A gap in a quoted text.
    Gap { quote: &'g Quote, gaps: &'g Gaps, open: usize },
}

struct Lexer<'g> {
    source: &'g str,
    lexicon: &'g Lexicon,
    alphabet: &'g Alphabet,
    at: usize,
    out: Vec<Token>,
    nest: Vec<Nest<'g>>,
    columns: Vec<usize>,
}

impl<'g> Lexer<'g> {
    fn rest(&self) -> &'g str {
        &self.source[self.at..]
    }

    fn push(&mut self, len: usize, shape: Sym) {
        self.push_quoted(len, shape, Quoted::No);
    }

    fn push_quoted(&mut self, len: usize, shape: Sym, quoted: Quoted) {
        let text = &self.source[self.at..self.at + len];
        let word = if shape == Sym::TEXT { Sym::NONE } else { self.alphabet.token(text) };
        self.out.push(Token { start: self.at, end: self.at + len, shape, word, quoted });
        self.at += len;
    }

    fn layout(&mut self, sym: Sym) {
        self.out.push(Token { start: self.at, end: self.at, shape: sym, word: Sym::NONE, quoted: Quoted::No });
    }

    fn lines_count(&self) -> bool {
        self.lexicon.layout != Layout::Free && self.nest.iter().all(|n| matches!(n, Nest::Bracket { soft: true, .. }))
    }

    fn run(&mut self) {
        let mut fresh = true;
        let mut column = 0;
        while let Some(c) = self.rest().chars().next() {
            if c == '\n' {
                self.at += 1;
                if self.lines_count() {
                    fresh = true;
                }
                column = 0;
            } else if c.is_whitespace() || c == '\u{feff}' {
                self.at += c.len_utf8();
                column = if c == '\t' { column / 8 * 8 + 8 } else { column + 1 };
            } else if let Some(len) = self.joined(c) {
                self.at += len;
            } else if let Some(len) = self.lexicon.comment_len(self.rest()) {
                self.at += len;
            } else {
                if fresh {
                    fresh = false;
                    if self.lexicon.layout != Layout::Free {
                        self.line(column);
                    }
                }
                self.token(c);
            }
        }
        if self.lexicon.layout == Layout::Indent {
            for _ in 1..self.columns.len() {
                self.layout(Sym::DEDENT);
            }
        }
    }

    /// A line end that means nothing: how long it is.
    fn joined(&self, c: char) -> Option<usize> {
        let after = self.rest()[c.len_utf8()..].trim_start_matches([' ', '\t', '\r']);
        (Some(c) == self.lexicon.joiner && after.starts_with('\n')).then(|| self.rest().len() - after.len() + 1)
    }

    /// The first token of a line follows.
    fn line(&mut self, column: usize) {
        if self.lexicon.layout == Layout::Lines {
            if !self.out.is_empty() {
                self.layout(Sym::NEWLINE);
            }
            return;
        }
        let Some(&top) = self.columns.last() else {
            self.columns.push(column);
            return;
        };
        if column > top {
            self.columns.push(column);
            self.layout(Sym::INDENT);
            return;
        }
        while self.columns.len() > 1 && self.columns.last().is_some_and(|&top| top > column) {
            self.columns.pop();
            self.layout(Sym::DEDENT);
        }
        self.layout(Sym::NEWLINE);
    }

    fn token(&mut self, c: char) {
        if let Some(Nest::Gap { quote, gaps, open }) = self.nest.last() {
            let (quote, gaps, open) = (*quote, *gaps, *open);
            if self.rest().starts_with(&gaps.close) {
                self.nest.pop();
                self.push(gaps.close.len(), Sym::NONE);
                return match self.nest.last() {
                    Some(Nest::Gap { .. }) => self.spec(quote, gaps),
                    _ => self.inside(quote, gaps, open),
                };
            }
            if gaps.specs.contains(&c)
                && self.lexicon.punct_len(self.rest()) == c.len_utf8()
                && self.out.last().is_some_and(|t| t.start >= open)
            {
                return self.spec(quote, gaps);
            }
        }
        if let Some((prefix, quote)) = self.lexicon.quote(self.rest()) {
            return self.quoted(prefix, quote);
        }
        if let Some(len) = self.lexicon.number_len(self.rest()) {
            return self.push(len, Sym::NUMBER);
        }
        if self.lexicon.is_word(c) {
            return self.push(self.lexicon.word_len(self.rest()), Sym::WORD);
        }
        if !is_bracket(c) {
            return self.push(self.lexicon.punct_len(self.rest()), Sym::NONE);
        }
        self.push(c.len_utf8(), Sym::NONE);
        if let Some(close) = closing(c) {
            self.nest.push(Nest::Bracket { close, soft: self.lexicon.soft.contains(&c) });
        } else if let Some(at) = self.nest.iter().rposition(|n| matches!(n, Nest::Bracket { close, .. } if *close == c)) {
            // A gap ends only with its own mark.
            if self.nest[at..].iter().all(|n| matches!(n, Nest::Bracket { .. })) {
                self.nest.truncate(at);
            }
        }
    }

    fn quoted(&mut self, prefix: &'g str, quote: &'g Quote) {
        let open = prefix.len() + quote.open.len();
        let rest = self.rest();
        let mark = self.alphabet.mark(&rest[..open]);
        let len = self.lexicon.quoted_len(rest, open, quote);
        let gaps = self.lexicon.gaps.as_ref().filter(|gaps| gaps.prefixes.contains(prefix));
        // A gap may hold the quote's own mark only in a text without end: look for gaps in what the marks enclose.
        let first = gaps.and_then(|gaps| self.next_gap(open, quote, gaps).map(|at| (at, gaps)));
        match (len, first) {
            (_, Some((_, gaps))) => {
                self.push_quoted(open, Sym::NONE, Quoted::Opens);
                self.inside(quote, gaps, self.at);
            }
            (Some(len), None) => self.push_quoted(len, mark, Quoted::Whole),
            // It never ends: a token that nothing can read.
            (None, None) => {
                let len = if quote.lines { rest.len() } else { rest.find('\n').unwrap_or(rest.len()) };
                let (start, end) = (self.at, self.at + len.max(1));
                self.out.push(Token { start, end, shape: Sym::NONE, word: Sym::NONE, quoted: Quoted::No });
                self.at = end;
            }
        }
    }

    /// Where the next gap opens, from `from` bytes on, before the text closes.
    fn next_gap(&self, from: usize, quote: &Quote, gaps: &Gaps) -> Option<usize> {
        let rest = self.rest();
        let mut at = from;
        while at < rest.len() {
            if rest[at..].starts_with(&gaps.open) {
                let twice = at + gaps.open.len();
                if rest[twice..].starts_with(&gaps.open) {
                    at = twice + gaps.open.len();
                    continue;
                }
                return Some(at);
            }
            match self.lexicon.quoted_step(&rest[at..], quote) {
                Ok(step) => at += step,
                Err(_) => return None,
            }
        }
        None
    }

    /// Free text of a quoted text, up to its end or to the next gap.
    fn inside(&mut self, quote: &'g Quote, gaps: &'g Gaps, open: usize) {
        match self.next_gap(0, quote, gaps) {
            Some(at) => {
                if at > 0 {
                    self.push(at, Sym::TEXT);
                }
                self.push(gaps.open.len(), Sym::NONE);
                self.nest.push(Nest::Gap { quote, gaps, open });
            }
            None => {
                let len = self.lexicon.quoted_len(self.rest(), 0, quote).unwrap_or(0);
                if len > quote.close.len() {
                    self.push(len - quote.close.len(), Sym::TEXT);
                }
                if len > 0 {
                    self.push_quoted(quote.close.len(), Sym::NONE, Quoted::Closes);
                }
            }
        }
    }

    /// Free text in a gap, after its piece.
    fn spec(&mut self, quote: &'g Quote, gaps: &'g Gaps) {
        let rest = self.rest();
        let close = rest.find(&gaps.close).unwrap_or(rest.len());
        let end = close.min(rest.find('\n').filter(|_| !quote.lines).unwrap_or(rest.len()));
        let end = rest[..end].find(&gaps.open).unwrap_or(end);
        if end > 0 {
            self.push(end, Sym::TEXT);
        }
        if self.rest().starts_with(&gaps.open) {
            let open = self.at;
            self.push(gaps.open.len(), Sym::NONE);
            self.nest.push(Nest::Gap { quote, gaps, open });
        }
    }
}
