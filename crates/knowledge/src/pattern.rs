use std::fmt;

use mimus_core::{Contents, Datum, Symbol, Value};
use num_bigint::Sign;

use crate::Opening;

/// Which operands an overload takes: `list`, or `list<int>` when all its elements (for a map: its keys) must have one class,
/// `list<float|int>` when each must have one of several.
/// For text: `text<9.9>` when it must be spelled so (runs of digits are `9`, of letters `a`), `text<without x>` when it must not
/// hold that character (several: any of them, nor one that cannot be seen). For a float the same of its shortest digits; `int<9>` when
/// it must not be negative, `int<-9>` when it must. For text of ASCII characters alone: `text<seven-bit>`. For texts that are alike but for the numbers in them: `text<frame .9f>`; `text<opens >9>` when
/// they need only begin alike, `text<after one >9>` when they do so after their first character. For what is known by its name: `atom<x>` when it must be `x`.
/// `_` when its class does not matter. `2..` for all operands without a name together that come here, if there are two or more;
/// `..=_` for all operands with a name together. A named argument's pattern is preceded by its name: `reverse=bool`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pattern {
    /// The argument's name, if it is a named one.
    pub name: Option<Symbol>,
    /// The operand's class; any but a record's if there is none: what a program does with its own records is its own affair.
    pub class: Option<Symbol>,
    /// The class of its elements, or the classes, with a bar between them.
    pub elements: Option<Symbol>,
    /// It stands for all operands without a name, as one sequence, if there are at least so many.
    pub all_from: Option<u8>,
    /// It stands for all operands with a name, as one map from their names.
    pub all_named: bool,
}

impl Pattern {
    /// The characters that patterns and what tells of them are written with: none of them is one that a text must not hold.
    pub const SIGNS: [char; 4] = ['<', '>', '=', '"'];

    /// A pattern for a class and any elements.
    pub fn class(class: Symbol) -> Self {
        Self { name: None, class: Some(class), elements: None, all_from: None, all_named: false }
    }

    /// A pattern for any class.
    pub fn any() -> Self {
        Self { name: None, class: None, elements: None, all_from: None, all_named: false }
    }

    /// A pattern for all operands without a name, if there are at least so many.
    pub fn all_from(least: u8) -> Self {
        Self { all_from: Some(least), ..Self::any() }
    }

    /// A pattern for all operands with a name.
    pub fn all_named() -> Self {
        Self { all_named: true, ..Self::any() }
    }

    /// Whether it stands for several operands together.
    pub fn is_several(&self) -> bool {
        self.all_named || self.all_from.is_some()
    }

    /// The same for integers that are not negative.
    pub fn natural(self) -> Self {
        Self { elements: Some(Symbol::new(sign(false))), ..self }
    }

    /// The same for integers that are negative.
    #[must_use]
    pub fn negative(self) -> Self {
        Self { elements: Some(Symbol::new(sign(true))), ..self }
    }

    /// The same for texts of ASCII characters alone.
    #[must_use]
    pub fn ascii(self) -> Self {
        Self { elements: Some(Symbol::new(PLAIN)), ..self }
    }

    /// The same for elements of any of these classes.
    #[must_use]
    pub fn of_any(self, classes: &[Symbol]) -> Self {
        let names: Vec<&str> = classes.iter().map(|class| class.as_str()).collect();
        Self { elements: Some(Symbol::new(&names.join("|"))), ..self }
    }

    /// Whether it fits all that another one fits.
    pub fn covers(&self, other: &Self) -> bool {
        let elements = match (self.elements, other.elements) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(own), Some(others)) if self.class == Some(Value::text("").class()) => own == others,
            (Some(own), Some(others)) => own == others || classes(others).all(|class| classes(own).any(|one| one == class)),
        };
        (self.class.is_none() || self.class == other.class) && elements
    }

    /// A pattern for what fits both, if there can be anything but what is empty.
    pub fn meet(&self, other: &Self) -> Option<Self> {
        let agree = |a: Option<Symbol>, b: Option<Symbol>| a.is_none() || b.is_none() || a == b;
        let class = self.class.or(other.class);
        // A text may be spelled in several ways.
        let is_text = class == Some(Value::text("").class());
        let share = |a: Symbol, b: Symbol| classes(a).any(|class| classes(b).any(|one| one == class));
        let elements = match (self.elements, other.elements) {
            (Some(a), Some(b)) => is_text || a == b || share(a, b),
            _ => true,
        };
        // Of what both hold, the narrower says more.
        let narrower = if other.covers(self) || other.elements.is_none() { self.elements } else { other.elements };
        let narrower = if is_text { self.elements.or(other.elements) } else { narrower };
        (agree(self.class, other.class) && elements).then(|| Self { class, elements: narrower, ..self.clone() })
    }

    /// Whether a value has the class, whatever it holds.
    pub fn fits_class(&self, value: &Value) -> bool {
        match self.class {
            Some(class) => value.class() == class,
            None => !matches!(value, Value::Object(object) if matches!(&*object.body.borrow(), Contents::Record(_))),
        }
    }

    /// Whether a value fits.
    pub fn fits(&self, value: &Value) -> bool {
        if !self.fits_class(value) {
            return false;
        }
        let Some(elements) = self.elements else { return true };
        match value {
            Value::Object(object) => match &*object.body.borrow() {
                Contents::Seq(items) => items.iter().all(|item| is_one_of(item.class(), elements)),
                Contents::Set(items) => items.iter().all(|item| is_one_of(item.class(), elements)),
                Contents::Map(entries) => entries.keys().all(|key| is_one_of(key.class(), elements)),
                Contents::Range { len, .. } => *len == 0 || is_one_of(Value::Int(0).class(), elements),
                Contents::Record(_) => false,
            },
            Value::Text(text) => spelled(text, elements),
            Value::Float(x) => spelled(&digits(*x), elements),
            Value::Int(i) => elements.as_str() == sign(*i < 0),
            Value::Big(i) => elements.as_str() == sign(i.sign() == Sign::Minus),
            Value::Atom(name) => *name == elements,
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

    /// How a text is made but for the numbers in it: `9` for each, with a `0` before it if that is how its digits begin.
    pub fn frame(text: &str) -> String {
        let mut out = String::new();
        let mut digits = text.chars().peekable();
        while let Some(c) = digits.next() {
            if !c.is_ascii_digit() {
                out.push(c);
                continue;
            }
            let is_longer = digits.peek().is_some_and(char::is_ascii_digit);
            while digits.next_if(char::is_ascii_digit).is_some() {}
            out.push_str(if c == '0' && is_longer { "09" } else { "9" });
        }
        out
    }

    /// Whether a frame says something by its marks: free texts have words in common at most.
    pub fn says(frame: &str) -> bool {
        frame.contains(|c: char| !c.is_alphanumeric() && !c.is_whitespace())
    }

    /// What all texts that fit have in common but for the numbers in them.
    pub fn frame_of(&self) -> Option<&'static str> {
        self.elements?.as_str().strip_prefix(FRAME)
    }

    /// The same for texts that are alike but for the numbers in them.
    #[must_use]
    pub fn framed(self, frame: &str) -> Self {
        Self { elements: Some(Symbol::new(&format!("{FRAME}{frame}"))), ..self }
    }

    /// How all texts that fit begin, if they may go on as they like.
    pub fn opening(&self) -> Option<Opening> {
        Opening::parse(self.elements?.as_str())
    }

    /// The same for texts that begin so.
    #[must_use]
    pub fn opened(self, opening: &Opening) -> Self {
        Self { elements: Some(Symbol::new(&opening.to_string())), ..self }
    }

    /// Whether a plain value fits.
    pub fn fits_datum(&self, datum: &Datum) -> bool {
        use mimus_core::Body;
        let classed = match (self.class, datum) {
            (Some(class), _) => datum.class() == class,
            (None, Datum::Compound(compound)) => !matches!(compound.body, Body::Record(_)),
            (None, _) => true,
        };
        if !classed {
            return false;
        }
        let Some(elements) = self.elements else { return true };
        match datum {
            Datum::Compound(compound) => match &compound.body {
                Body::Seq(items) | Body::Set(items) => items.iter().all(|item| is_one_of(item.class(), elements)),
                Body::Map(entries) => entries.iter().all(|(key, _)| is_one_of(key.class(), elements)),
                Body::Record(_) => false,
            },
            Datum::Text(text) => spelled(text, elements),
            Datum::Float(x) => spelled(&digits(*x), elements),
            Datum::Int(i) => elements.as_str() == sign(i.sign() == Sign::Minus),
            Datum::Atom(name) => *name == elements,
            _ => false,
        }
    }

    /// Reads what `Display` writes.
    pub fn parse(text: &str) -> Self {
        if text == NAMED {
            return Self::all_named();
        }
        // What stands between angles may hold any character.
        let named = text.split_once('=').filter(|(name, _)| !name.contains('<'));
        let (name, rest) = named.map_or((None, text), |(name, rest)| (Some(Symbol::new(name)), rest));
        if let Some(least) = rest.strip_suffix("..").and_then(|least| least.parse().ok()) {
            return Self { name, ..Self::all_from(least) };
        }
        let class = |text: &str| (text != ANY).then(|| Symbol::new(text));
        match rest.strip_suffix('>').and_then(|inner| inner.split_once('<')) {
            Some((of, elements)) => {
                Self { name, class: class(of), elements: Some(Symbol::new(elements)), all_from: None, all_named: false }
            }
            None => Self { name, class: class(rest), elements: None, all_from: None, all_named: false },
        }
    }
}

/// Stands between the classes that elements may have.
const OR: char = '|';

/// The classes that a pattern's elements may have.
fn classes(elements: Symbol) -> impl Iterator<Item = &'static str> {
    elements.as_str().split(OR)
}

/// Whether a class is the one that elements must have, or one of those.
pub fn is_one_of(class: Symbol, elements: Symbol) -> bool {
    class == elements || elements.as_str().contains(OR) && classes(elements).any(|one| one == class.as_str())
}

/// Whether a pattern's elements must all have the same class.
pub fn is_one_class(elements: Symbol) -> bool {
    !elements.as_str().contains(OR)
}

/// How an integer is spelled: an integer's patterns tell its sign alone.
fn sign(is_negative: bool) -> &'static str {
    if is_negative { "-9" } else { "9" }
}

/// The shortest digits of a float: with an exponent, if it is very large or very small.
pub fn digits(x: f64) -> String {
    format!("{x:?}")
}

/// How a pattern for all operands with a name is written.
const NAMED: &str = "..=_";

/// How a pattern for any class is written.
const ANY: &str = "_";

/// What stands before the frame of texts that are alike but for the numbers in them.
const FRAME: &str = "frame ";

/// What is written for texts of ASCII characters alone. No text is spelled so: a run of letters is one letter there.
const PLAIN: &str = "seven-bit";

fn spelled(text: &str, wanted: Symbol) -> bool {
    if wanted.as_str() == PLAIN {
        return text.is_ascii();
    }
    if let Some(frame) = wanted.as_str().strip_prefix(FRAME) {
        return Pattern::frame(text) == frame;
    }
    if let Some(opening) = Opening::parse(wanted.as_str()) {
        return opening.fits(text);
    }
    match wanted.as_str().strip_prefix("without ") {
        // Where several marks are special, so is what cannot be seen.
        Some(marks) if marks.chars().count() > 1 => !text.contains(|c: char| c.is_control() || marks.contains(c)),
        Some(mark) => !text.contains(mark),
        None => Pattern::spelling(text) == wanted.as_str(),
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.all_named {
            return f.write_str(NAMED);
        }
        if let Some(name) = self.name {
            write!(f, "{name}=")?;
        }
        if let Some(least) = self.all_from {
            return write!(f, "{least}..");
        }
        f.write_str(self.class.map_or(ANY, Symbol::as_str))?;
        match self.elements {
            Some(elements) => write!(f, "<{elements}>"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for text in [
            "list",
            "list<int>",
            "text<9.9>",
            "text<seven-bit>",
            "text<frame :<9.9f>",
            "text<frame =9>",
            "text<opens >9>",
            "text<after one =9>",
            "reverse=bool",
            "_",
            "key=_",
            "0..",
            "2..",
            "..=_",
        ] {
            assert_eq!(Pattern::parse(text).to_string(), text);
        }
    }

    #[test]
    fn frames_of_texts() {
        let check = |text: &str, expected: &str| assert_eq!(Pattern::frame(text), expected, "{text}");
        check(".2f", ".9f");
        check("%5d|%-12d", "%9d|%-9d");
        check("08.3f", "09.9f");
        check("0", "9");
        check("x", "x");
    }

    #[test]
    fn texts_that_begin_alike() {
        let check = |pattern: &str, text: &str, expected: bool| {
            assert_eq!(Pattern::parse(pattern).fits(&Value::text(text)), expected, "{pattern} and {text}");
        };
        check("text<opens >9>", ">10.2f", true);
        check("text<opens >9>", ">", false);
        check("text<opens >9>", "*>10", false);
        check("text<after one >9>", "*>10", true);
        check("text<after one >9>", "0>5d", true);
        check("text<after one >9>", ">10", false);
        check("text<opens 9>", "05", false);
        check("text<opens 09>", "05", true);
        check("text<opens 9>", "12", true);
    }

    #[test]
    fn floats_are_told_apart_by_their_digits() {
        let plain = Pattern::parse("float<without eN>");
        assert!(plain.fits(&Value::Float(2.5)) && plain.fits_datum(&Datum::Float(-0.25)));
        assert!(!plain.fits(&Value::Float(1e22)) && !plain.fits_datum(&Datum::Float(f64::NAN)));
    }

    #[test]
    fn elements_of_several_classes() {
        let either = Pattern::parse("list").of_any(&["int", "text"].map(Symbol::new));
        assert_eq!(either.to_string(), "list<int|text>");
        let check = |items: Vec<Datum>, expected: bool| {
            let list = Datum::compound(Symbol::new("list"), 0, mimus_core::Body::Seq(items));
            assert_eq!((either.fits_datum(&list), either.fits(&Value::from_datum(&list))), (expected, expected), "{list}");
        };
        check(vec![], true);
        check(vec![Datum::int(1), Datum::text("a")], true);
        check(vec![Datum::int(1), Datum::Float(0.5)], false);
        let one = Pattern::parse("list<int>");
        assert!(either.covers(&one) && !one.covers(&either) && !either.covers(&Pattern::parse("list<int|none>")));
        assert_eq!(either.meet(&one), Some(one.clone()));
        assert_eq!(one.meet(&Pattern::parse("list<text>")), None);
    }

    #[test]
    fn patterns_meet() {
        let check = |a: &str, b: &str, expected: Option<&str>| {
            let met = Pattern::parse(a).meet(&Pattern::parse(b)).map(|pattern| pattern.to_string());
            assert_eq!(met.as_deref(), expected, "{a} and {b}");
            let narrow = Pattern::parse(b);
            assert_eq!(Pattern::parse(a).covers(&narrow), met.is_some_and(|met| met == narrow.to_string()), "{a} over {b}");
        };
        check("list", "list", Some("list"));
        check("list", "list<int>", Some("list<int>"));
        check("list<int>", "list", Some("list<int>"));
        check("list<int>", "list<text>", None);
        check("list", "tuple", None);
        check("_", "list<int>", Some("list<int>"));
        check("list", "_", Some("list"));
    }

    #[test]
    fn any_class_is_any_but_a_record() {
        let any = Pattern::any();
        assert!(any.fits(&Value::None) && any.fits(&Value::seq(vec![])));
        assert!(!any.fits(&Value::error(Symbol::new("E"), "text")));
        assert!(!any.fits_datum(&Datum::error("E", "text")));
    }
}
