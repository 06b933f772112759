//! A source text as read: nested pieces, each an instance of a template. Made by the grammar, used by learner and machine.

use std::ops::Range;

use crate::Symbol;

/// What a piece of text is, as the trace format has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A sequence of statements.
    Block,
    /// Runs, gives no value.
    Stmt,
    /// Gives a value.
    Expr,
    /// A word that is data.
    Name,
    /// Belongs to its parent's meaning.
    Part,
}

impl Kind {
    /// The word of trace and knowledge files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Stmt => "stmt",
            Self::Expr => "expr",
            Self::Name => "name",
            Self::Part => "part",
        }
    }

    /// The reverse of [`Kind::word`].
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Block, Self::Stmt, Self::Expr, Self::Name, Self::Part].into_iter().find(|kind| kind.word() == word)
    }

    /// How a template writes a hole for a piece of this kind.
    pub fn hole(self) -> &'static str {
        match self {
            Self::Block => "B",
            Self::Stmt => "S",
            Self::Expr => "_",
            Self::Name => "N",
            Self::Part => "P",
        }
    }
}

/// Identifies a construct: a template for pieces of one kind.
///
/// The template is the piece's text with its children punched out, tokens separated by one space: `while _ : B`. A run of
/// children of one kind with equal tokens between them is written once and followed by `..` where the grammar has learned that
/// the run may have any length (of two or more): `[ _ , .. ]`, `S ; ..`. A residual token that looks like a hole or like `..`
/// is quoted: `"N"`. Leaves (pieces without children) have the name of their token's shape: `word`, `number`, `quoted '`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Form {
    /// The kind of the piece.
    pub kind: Kind,
    /// Its template.
    pub template: Symbol,
}

impl Form {
    /// A form from its two parts.
    pub fn new(kind: Kind, template: &str) -> Self {
        Self { kind, template: Symbol::new(template) }
    }
}

impl std::fmt::Display for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.kind.word(), self.template)
    }
}

/// One piece of text and the pieces in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// Kind and template.
    pub form: Form,
    /// Bytes of the source.
    pub at: Range<usize>,
    /// The holes of the template, left to right. Empty for leaves.
    pub slots: Vec<Slot>,
    /// The span's number when the tree was made from a trace.
    pub span: Option<usize>,
}

/// What fills a hole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// One piece.
    One(Tree),
    /// A run: a hole that is followed by `..`; two pieces or more.
    Many(Vec<Tree>),
}

impl Slot {
    /// The pieces in order.
    pub fn trees(&self) -> &[Tree] {
        match self {
            Self::One(tree) => std::slice::from_ref(tree),
            Self::Many(trees) => trees,
        }
    }
}

impl Tree {
    /// The piece's text.
    pub fn text<'s>(&self, source: &'s str) -> &'s str {
        &source[self.at.clone()]
    }

    /// All children, left to right.
    pub fn children(&self) -> impl Iterator<Item = &Tree> {
        self.slots.iter().flat_map(|slot| slot.trees())
    }
}
