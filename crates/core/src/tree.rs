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
    /// All kinds.
    pub const ALL: [Self; 5] = [Self::Block, Self::Stmt, Self::Expr, Self::Name, Self::Part];

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
        Self::ALL.into_iter().find(|kind| kind.word() == word)
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

    /// The form in which the first piece of the first run stands apart from the others, of which there may then be one alone:
    /// `( _ .. )` becomes `( _ _ .. )`, and `[ _ , .. ]` becomes `[ _ , _ , .. ]`. Nothing where there is no run of pieces.
    pub fn with_head(self) -> Option<Self> {
        let words: Vec<&str> = self.template.as_str().split(' ').collect();
        let end = words.iter().position(|word| *word == "..")?;
        let hole = words[..end].iter().rposition(|word| Kind::ALL.iter().any(|kind| kind.hole() == *word))?;
        Some(Self::new(self.kind, &[&words[..end], &words[hole..end], &words[end..]].concat().join(" ")))
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

    /// The slot of the first run.
    pub fn run(&self) -> Option<usize> {
        self.slots.iter().position(|slot| matches!(slot, Slot::Many(_)))
    }

    /// Moves the first piece of the first run into a slot of its own: see [`Form::with_head`].
    pub fn part_head(&mut self) {
        let Some(form) = self.form.with_head() else { return };
        if let Some(run) = self.run()
            && let Slot::Many(pieces) = &mut self.slots[run]
            && pieces.len() > 1
        {
            let head = pieces.remove(0);
            self.slots.insert(run, Slot::One(head));
            self.form = form;
        }
    }

    /// The reverse of [`Tree::part_head`] for a tree that had this form before.
    pub fn join_head(&mut self, form: Form) {
        let Some(head) = self.run().and_then(|run| run.checked_sub(1)) else { return };
        if matches!(self.slots[head], Slot::One(_))
            && let Slot::One(first) = self.slots.remove(head)
            && let Slot::Many(pieces) = &mut self.slots[head]
        {
            pieces.insert(0, first);
            self.form = form;
        }
    }

    /// Whether it is a part that is nothing but its text.
    pub fn is_bare_part(&self) -> bool {
        self.form.kind == Kind::Part && self.slots.is_empty()
    }

    /// All children, left to right.
    pub fn children(&self) -> impl Iterator<Item = &Tree> {
        self.slots.iter().flat_map(|slot| slot.trees())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(template: &str, expected: Option<&str>) {
        let headed = Form::new(Kind::Expr, template).with_head();
        assert_eq!(headed.map(|form| form.template.to_string()).as_deref(), expected);
    }

    #[test]
    fn the_first_of_a_run_stands_apart() {
        check("( _ .. )", Some("( _ _ .. )"));
        check("[ _ , .. ]", Some("[ _ , _ , .. ]"));
        check("f _ : P .. end", Some("f _ : P P .. end"));
        check("_ + _", None);
        check("word", None);
        check("quoted ' ..", None);
    }

    #[test]
    fn a_head_joins_its_run_again() {
        let leaf = |at: usize| Tree { form: Form::new(Kind::Expr, "word"), at: at..at + 1, slots: vec![], span: None };
        let slots = vec![Slot::One(leaf(0)), Slot::Many(vec![leaf(2), leaf(4), leaf(6)]), Slot::One(leaf(8))];
        let tree = Tree { form: Form::new(Kind::Expr, "_ ( _ .. ) _"), at: 0..9, slots, span: None };
        let mut headed = tree.clone();
        headed.part_head();
        assert_eq!(headed.form.template.as_str(), "_ ( _ _ .. ) _");
        assert_eq!(headed.slots.iter().map(|slot| slot.trees().len()).collect::<Vec<_>>(), [1, 1, 2, 1]);
        headed.join_head(tree.form);
        assert_eq!(headed, tree);
    }
}
