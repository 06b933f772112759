use std::fmt;

use mimus_core::{Contents, Datum, Symbol, Value};

/// Which operands an overload takes: `list`, or `list<int>` when all its elements (for a map: its keys) must have one class.
/// For text: `text<9.9>` when it must be spelled so (runs of digits are `9`, of letters `a`), `text<without x>` when it must not
/// hold that character.
/// A named argument's pattern is preceded by its name: `reverse=bool`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pattern {
    /// The argument's name, if it is a named one.
    pub name: Option<Symbol>,
    /// The operand's class.
    pub class: Symbol,
    /// The class of its elements.
    pub elements: Option<Symbol>,
}

impl Pattern {
    /// A pattern for a class and any elements.
    pub fn class(class: Symbol) -> Self {
        Self { name: None, class, elements: None }
    }

    /// Whether a value fits.
    pub fn fits(&self, value: &Value) -> bool {
        if value.class() != self.class {
            return false;
        }
        let Some(elements) = self.elements else { return true };
        match value {
            Value::Object(object) => match &*object.body.borrow() {
                Contents::Seq(items) => items.iter().all(|item| item.class() == elements),
                Contents::Set(items) => items.iter().all(|item| item.class() == elements),
                Contents::Map(entries) => entries.keys().all(|key| key.class() == elements),
                Contents::Range { len, .. } => *len == 0 || Value::Int(0).class() == elements,
                Contents::Record(_) => false,
            },
            Value::Text(text) => spelled(text, elements),
            _ => false,
        }
    }

    /// How a text is spelled: each run of digits as `9`, each run of letters as `a`, other characters as they are.
    pub fn spelling(text: &str) -> String {
        let mut out = String::new();
        for c in text.chars() {
            let kind = if c.is_numeric() {
                '9'
            } else if c.is_alphabetic() {
                'a'
            } else {
                c
            };
            if !(kind.is_alphanumeric() && out.ends_with(kind)) {
                out.push(kind);
            }
        }
        out
    }

    /// Whether a plain value fits.
    pub fn fits_datum(&self, datum: &Datum) -> bool {
        use mimus_core::Body;
        if datum.class() != self.class {
            return false;
        }
        let Some(elements) = self.elements else { return true };
        match datum {
            Datum::Compound(compound) => match &compound.body {
                Body::Seq(items) | Body::Set(items) => items.iter().all(|item| item.class() == elements),
                Body::Map(entries) => entries.iter().all(|(key, _)| key.class() == elements),
                Body::Record(_) => false,
            },
            Datum::Text(text) => spelled(text, elements),
            _ => false,
        }
    }

    /// Reads what `Display` writes.
    pub fn parse(text: &str) -> Self {
        let (name, rest) = match text.split_once('=') {
            Some((name, rest)) => (Some(Symbol::new(name)), rest),
            None => (None, text),
        };
        match rest.strip_suffix('>').and_then(|inner| inner.split_once('<')) {
            Some((class, elements)) => Self { name, class: Symbol::new(class), elements: Some(Symbol::new(elements)) },
            None => Self { name, class: Symbol::new(rest), elements: None },
        }
    }
}

fn spelled(text: &str, wanted: Symbol) -> bool {
    match wanted.as_str().strip_prefix("without ") {
        Some(missing) => !text.contains(missing),
        None => Pattern::spelling(text) == wanted.as_str(),
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = self.name {
            write!(f, "{name}=")?;
        }
        f.write_str(self.class.as_str())?;
        match self.elements {
            Some(elements) => write!(f, "<{elements}>"),
            None => Ok(()),
        }
    }
}
