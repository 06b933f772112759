//! The one notation of knowledge files: `head(argument, ...)`, numbers and quoted text.

use std::fmt;

use num_bigint::BigInt;

/// A term. A bare word is a call without arguments.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// An integer.
    Int(BigInt),
    /// A float; always printed with a point, an exponent, or as `float("nan")`.
    Float(f64),
    /// Quoted text, escaped as in Rust.
    Text(String),
    /// A head and its arguments.
    Call(String, Vec<Term>),
}

/// Where and why a term could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("column {column}: {what}")]
pub struct TermError {
    /// Column in the text, from 1, in bytes.
    pub column: usize,
    /// What is wrong.
    pub what: &'static str,
}

impl Term {
    /// A bare word.
    pub fn word(head: &str) -> Self {
        Self::Call(head.into(), Vec::new())
    }

    /// A call.
    pub fn call(head: &str, args: Vec<Term>) -> Self {
        Self::Call(head.into(), args)
    }

    /// Reads one term that fills the whole text.
    pub fn parse(text: &str) -> Result<Self, TermError> {
        let mut reader = Reader { text, at: 0, depth: 0 };
        let term = reader.term()?;
        reader.blank();
        if reader.at < text.len() {
            return reader.fail("something after the term");
        }
        Ok(term)
    }
}

/// Terms nest at most this deep: a damaged file must not exhaust the stack.
const DEEPEST: usize = 200;

struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn fail<T>(&self, what: &'static str) -> Result<T, TermError> {
        Err(TermError { column: self.at + 1, what })
    }

    fn blank(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn eat(&mut self, mark: char) -> bool {
        self.blank();
        let found = self.rest().starts_with(mark);
        self.at += if found { mark.len_utf8() } else { 0 };
        found
    }

    fn term(&mut self) -> Result<Term, TermError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.fail("nested too deep");
        }
        self.blank();
        let term = match self.rest().chars().next() {
            Some('"') => self.quoted().map(Term::Text),
            Some(c) if c.is_ascii_digit() || c == '-' => self.number(),
            Some(c) if c.is_alphabetic() || c == '_' => self.named(),
            _ => self.fail("expected a number, a text or a word"),
        };
        self.depth -= 1;
        term
    }

    fn number(&mut self) -> Result<Term, TermError> {
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c))).unwrap_or(rest.len());
        let word = &rest[..end];
        let term = match word.parse::<BigInt>() {
            Ok(i) => Term::Int(i),
            Err(_) => match word.parse::<f64>() {
                Ok(x) => Term::Float(x),
                Err(_) => return self.fail("not a number"),
            },
        };
        self.at += end;
        Ok(term)
    }

    fn quoted(&mut self) -> Result<String, TermError> {
        let mut out = String::new();
        let mut chars = self.rest().char_indices().skip(1);
        while let Some((i, c)) = chars.next() {
            match c {
                '"' => {
                    self.at += i + 1;
                    return Ok(out);
                }
                '\\' => match chars.next().map(|(_, c)| c) {
                    Some('n') => out.push('\n'),
                    Some('r') => out.push('\r'),
                    Some('t') => out.push('\t'),
                    Some('0') => out.push('\0'),
                    Some(c @ ('"' | '\\' | '\'')) => out.push(c),
                    Some('u') => {
                        let code: String =
                            chars.by_ref().map(|(_, c)| c).skip_while(|c| *c == '{').take_while(|c| *c != '}').collect();
                        match u32::from_str_radix(&code, 16).ok().and_then(char::from_u32) {
                            Some(c) => out.push(c),
                            None => return self.fail("no such character"),
                        }
                    }
                    _ => return self.fail("unknown escape"),
                },
                c => out.push(c),
            }
        }
        self.fail("text without its closing quote")
    }

    fn named(&mut self) -> Result<Term, TermError> {
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let head = rest[..end].to_string();
        self.at += end;
        let mut args = Vec::new();
        if self.eat('(') && !self.eat(')') {
            loop {
                args.push(self.term()?);
                if self.eat(')') {
                    break;
                }
                if !self.eat(',') {
                    return self.fail("expected `,` or `)`");
                }
            }
        }
        if let ("float", [Term::Text(t)]) = (head.as_str(), args.as_slice()) {
            return t.parse().map(Term::Float).or_else(|_| self.fail("not a number"));
        }
        Ok(Term::Call(head, args))
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(i) => i.fmt(f),
            Self::Float(x) if x.is_finite() => write!(f, "{x:?}"),
            Self::Float(x) => write!(f, "float(\"{x}\")"),
            Self::Text(t) => write!(f, "{t:?}"),
            Self::Call(head, args) => {
                f.write_str(head)?;
                for (i, arg) in args.iter().enumerate() {
                    f.write_str(if i == 0 { "(" } else { ", " })?;
                    arg.fmt(f)?;
                }
                f.write_str(if args.is_empty() { "" } else { ")" })
            }
        }
    }
}
