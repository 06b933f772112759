use std::fmt;

use mimus_core::{Contents, Datum, Symbol, Value};

/// Which operands an overload takes: `list`, or `list<int>` when all its elements (for a map: its keys) must have one class.
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
            _ => false,
        }
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
