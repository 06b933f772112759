//! The alphabet of templates: token texts, token shapes, layout marks and holes as small numbers.

use mimus_core::Kind;
use rustc_hash::FxHashMap;

/// One symbol of a template. The numbers of the fixed ones never change; quotes and token texts follow them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Sym(pub u32);

impl Sym {
    /// The end of a line that ends a statement or clause.
    pub const NEWLINE: Self = Self(0);
    /// Lines go deeper from here.
    pub const INDENT: Self = Self(1);
    /// And back.
    pub const DEDENT: Self = Self(2);
    /// Any word.
    pub const WORD: Self = Self(3);
    /// Any number.
    pub const NUMBER: Self = Self(4);
    /// Literal text between the holes of a quoted text.
    pub const TEXT: Self = Self(5);
    /// Before the first and after the last symbol.
    pub const EDGE: Self = Self(6);
    /// No symbol: what a token has for text when no template holds it.
    pub const NONE: Self = Self(7);
    const HOLES: u32 = 8;
    /// Where numbers are given out from.
    pub const FREE: u32 = 16;

    /// The hole for a piece of this kind.
    pub fn hole(kind: Kind) -> Self {
        Self(Self::HOLES + kind as u32)
    }

    /// The kind of a hole.
    pub fn as_hole(self) -> Option<Kind> {
        Kind::ALL.into_iter().find(|&kind| Self::hole(kind) == self)
    }

    /// Is it a line end or a change of depth?
    pub fn is_layout(self) -> bool {
        self.0 <= Self::DEDENT.0
    }
}

/// Kinds as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Kinds(pub u8);

impl Kinds {
    pub fn of(kind: Kind) -> Self {
        Self(1 << kind as u8)
    }

    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub fn has(self, kind: Kind) -> bool {
        self.0 & Self::of(kind).0 != 0
    }

    pub fn each(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.into_iter().filter(move |&kind| self.has(kind))
    }

    /// How a run of such pieces writes its hole.
    pub fn letter(self) -> &'static str {
        let pick = |kind: Kind| self.has(kind).then(|| kind.hole());
        pick(Kind::Expr).or(pick(Kind::Part)).or(pick(Kind::Name)).or(pick(Kind::Stmt)).unwrap_or(Kind::Block.hole())
    }
}

/// One item of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Item {
    One(Sym),
    /// Two or more pieces (or tokens of one shape, when `kinds` is empty and `unit` says which) with equal tokens between.
    Run {
        unit: Sym,
        kinds: Kinds,
        sep: Option<Sym>,
    },
}

/// Names of the numbers.
#[derive(Clone, Debug)]
pub(crate) struct Alphabet {
    names: Vec<String>,
    quotes: u32,
    index: FxHashMap<String, Sym>,
    marks: FxHashMap<String, Sym>,
}

impl Alphabet {
    /// From the opening marks of quoted texts and the texts of tokens, both in order.
    pub fn new(marks: &[String], tokens: &[String]) -> Self {
        let numbered = |from: u32, names: &[String]| -> FxHashMap<String, Sym> {
            names.iter().enumerate().map(|(i, name)| (name.clone(), Sym(from + i as u32))).collect()
        };
        let quotes = marks.len() as u32;
        Self {
            names: marks.iter().chain(tokens).cloned().collect(),
            quotes,
            marks: numbered(Sym::FREE, marks),
            index: numbered(Sym::FREE + quotes, tokens),
        }
    }

    /// All token texts.
    pub fn tokens(&self) -> &[String] {
        &self.names[self.quotes as usize..]
    }

    /// The number of the first token text.
    pub fn tokens_from(&self) -> u32 {
        Sym::FREE + self.quotes
    }

    /// The number of a token's text.
    pub fn token(&self, text: &str) -> Sym {
        self.index.get(text).copied().unwrap_or(Sym::NONE)
    }

    /// The number of a quoted text's opening mark.
    pub fn mark(&self, text: &str) -> Sym {
        self.marks.get(text).copied().unwrap_or(Sym::NONE)
    }

    /// Is it the shape of a quoted text?
    pub fn is_quoted(&self, sym: Sym) -> bool {
        (Sym::FREE..Sym::FREE + self.quotes).contains(&sym.0)
    }

    /// Is it a token shape: something with free text?
    pub fn is_shape(&self, sym: Sym) -> bool {
        matches!(sym, Sym::WORD | Sym::NUMBER | Sym::TEXT) || self.is_quoted(sym)
    }

    /// How many symbols there are.
    pub fn len(&self) -> usize {
        Sym::FREE as usize + self.names.len()
    }

    fn plain(&self, sym: Sym) -> &str {
        self.names.get((sym.0 - Sym::FREE) as usize).map_or("", |name| name)
    }

    /// A token's text as it stands in programs.
    pub fn raw(&self, sym: Sym) -> &str {
        self.plain(sym)
    }

    /// As a template has it; layout has no text there.
    pub fn text(&self, sym: Sym) -> String {
        match sym {
            Sym::NEWLINE | Sym::INDENT | Sym::DEDENT | Sym::EDGE | Sym::NONE => String::new(),
            Sym::WORD => "word".into(),
            Sym::NUMBER => "number".into(),
            Sym::TEXT => "text".into(),
            _ if sym.as_hole().is_some() => sym.as_hole().map_or("", Kind::hole).into(),
            _ if self.is_quoted(sym) => format!("quoted {}", self.plain(sym)),
            _ => {
                let text = self.plain(sym);
                if reserved(text) { format!("\"{text}\"") } else { text.into() }
            }
        }
    }

    /// A template of such items.
    pub fn template(&self, items: &[Item]) -> String {
        let mut words: Vec<String> = Vec::new();
        for item in items {
            match *item {
                Item::One(sym) => words.push(self.text(sym)),
                Item::Run { unit, kinds, sep } => {
                    words.push(match () {
                        () if kinds != Kinds::default() => kinds.letter().into(),
                        () if self.is_quoted(unit) => "quoted".into(),
                        () => self.text(unit),
                    });
                    words.extend(sep.map(|sep| self.text(sep)));
                    words.push("..".into());
                }
            }
        }
        words.retain(|word| !word.is_empty());
        words.join(" ")
    }
}

/// Would the token's text be taken for something else in a template?
fn reserved(text: &str) -> bool {
    matches!(text, "B" | "S" | "_" | "N" | "P" | ".." | "word" | "number" | "text" | "quoted") || text.starts_with('"')
}

impl Alphabet {
    /// Items for files and names: layout has marks, runs say their kinds.
    pub fn internal(&self, items: &[Item]) -> String {
        let word = |sym: Sym| match sym {
            Sym::NEWLINE => "<line>".to_string(),
            Sym::INDENT => "<deeper>".into(),
            Sym::DEDENT => "<back>".into(),
            Sym::EDGE => "<edge>".into(),
            Sym::NONE => "<none>".into(),
            _ if self.is_quoted(sym) => format!("<quoted{}>", self.plain(sym)),
            _ if sym.as_hole().is_none()
                && !self.is_shape(sym)
                && self.plain(sym).starts_with('<')
                && self.plain(sym).len() > 1 =>
            {
                format!("\"{}\"", self.plain(sym))
            }
            _ => self.text(sym),
        };
        let mut words = Vec::new();
        for item in items {
            match *item {
                Item::One(sym) => words.push(word(sym)),
                Item::Run { unit, kinds, sep } => {
                    let letters: Vec<&str> = kinds.each().map(Kind::hole).collect();
                    words.push(if kinds.0 != 0 { format!("<{}>", letters.join("")) } else { format!("<{}>", word(unit)) });
                    words.extend(sep.map(word));
                    words.push("..".into());
                }
            }
        }
        words.join(" ")
    }

    /// Reads one word that [`Alphabet::internal`] wrote.
    fn read_word(&self, word: &str) -> Option<Sym> {
        Some(match word {
            "<line>" => Sym::NEWLINE,
            "<deeper>" => Sym::INDENT,
            "<back>" => Sym::DEDENT,
            "<edge>" => Sym::EDGE,
            "<none>" => Sym::NONE,
            "word" => Sym::WORD,
            "number" => Sym::NUMBER,
            "text" => Sym::TEXT,
            _ => {
                if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.hole() == word) {
                    return Some(Sym::hole(kind));
                }
                let quoted = word.strip_prefix("<quoted").and_then(|rest| rest.strip_suffix('>'));
                if let Some(mark) = quoted.filter(|mark| self.marks.contains_key(*mark)) {
                    return Some(self.mark(mark));
                }
                let plain = word.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(word);
                let sym = self.token(plain);
                if sym == Sym::NONE {
                    return None;
                }
                sym
            }
        })
    }

    /// Reads what [`Alphabet::internal`] wrote.
    pub fn parse(&self, text: &str) -> Option<Vec<Item>> {
        let words: Vec<&str> = text.split(' ').filter(|w| !w.is_empty()).collect();
        let mut items: Vec<Item> = Vec::new();
        let mut i = 0;
        while i < words.len() {
            let inner = words[i].strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).filter(|inner| !inner.is_empty());
            let unit = |inner: &&str| {
                inner.chars().all(|c| "BS_NP".contains(c))
                    || matches!(*inner, "word" | "number" | "text")
                    || inner.starts_with("<quoted")
            };
            let run = inner.filter(unit).filter(|_| words.get(i + 1) == Some(&"..") || words.get(i + 2) == Some(&".."));
            let Some(inner) = run else {
                items.push(Item::One(self.read_word(words[i])?));
                i += 1;
                continue;
            };
            let letters: Option<Vec<Sym>> = inner.chars().map(|c| self.read_word(&c.to_string())).collect();
            let holes: Option<Vec<Kind>> = letters.and_then(|all| all.into_iter().map(Sym::as_hole).collect());
            let sep = if words.get(i + 1) == Some(&"..") { None } else { Some(self.read_word(words[i + 1])?) };
            let kinds =
                holes.as_ref().map_or(Kinds::default(), |all| all.iter().fold(Kinds::default(), |k, &h| k.with(Kinds::of(h))));
            let unit = match &holes {
                Some(all) => all.first().map(|&kind| Sym::hole(kind))?,
                None => self.read_word(inner)?,
            };
            let unit = kinds.each().next().map_or(unit, Sym::hole);
            items.push(Item::Run { unit, kinds, sep });
            i += if sep.is_some() { 3 } else { 2 };
        }
        Some(items)
    }
}
