//! Whole small languages, learned from marked programs and read without marks.

use mimus_core::{Kind, Tree};
use mimus_grammar::{Grammar, Learner};
use mimus_trace::{Program, Span};

/// Writes a program and its spans at once.
#[derive(Default)]
struct Maker {
    text: String,
    spans: Vec<Span>,
    open: Vec<usize>,
}

impl Maker {
    fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// A piece: its span ends where what `inner` wrote ends.
    fn piece(&mut self, kind: Kind, inner: impl FnOnce(&mut Self)) {
        let index = self.spans.len();
        self.spans.push(Span { start: self.text.len(), end: 0, parent: self.open.last().copied(), kind });
        self.open.push(index);
        inner(self);
        self.open.pop();
        self.spans[index].end = self.text.len();
    }

    fn leaf(&mut self, kind: Kind, text: &str) {
        self.piece(kind, |m| m.put(text));
    }
}

struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % n
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Blocks {
    /// Deeper lines.
    Indent,
    /// `{ a ; b ; }`, the marks belong to the statements.
    Braces,
    /// `{ a ; b }`, the marks separate them.
    Separated,
    /// Lines between words.
    Words,
}

type Levels = &'static [(&'static [&'static str], bool)];

/// A language.
#[derive(Clone, Copy)]
struct Style {
    /// Operators, each level binding tighter than the one before; whether the level groups to the right.
    levels: Levels,
    prefix: &'static str,
    blocks: Blocks,
    comment: (&'static str, &'static str),
    quote: (&'static str, &'static str),
    keywords: [&'static str; 4],
    assign: &'static str,
    /// Calls are `(f a b)`.
    lisp: bool,
}

const PLAIN: Style = Style {
    levels: &[(&["or"], false), (&["<", "=="], false), (&["+", "-"], false), (&["*", "/"], false), (&["**"], true)],
    prefix: "-",
    blocks: Blocks::Indent,
    comment: ("#", ""),
    quote: ("'", "'"),
    keywords: ["while", "if", "else", "return"],
    assign: "=",
    lisp: false,
};

const WORDS: [&str; 12] = ["a", "b", "count", "x1", "total", "name", "i", "j", "list", "value", "left", "q"];

struct Writer<'s> {
    style: &'s Style,
    m: Maker,
    dice: Dice,
    depth: usize,
}

impl Writer<'_> {
    fn word(&mut self) -> &'static str {
        WORDS[self.dice.roll(WORDS.len())]
    }

    fn leaf(&mut self) {
        match self.dice.roll(6) {
            0 | 1 => {
                let n = self.dice.roll(300).to_string();
                self.m.leaf(Kind::Expr, &n);
            }
            2 => {
                let text = format!("{}{} {}{}", self.style.quote.0, self.word(), self.word(), self.style.quote.1);
                self.m.leaf(Kind::Expr, &text);
            }
            _ => {
                let word = self.word();
                self.m.leaf(Kind::Expr, word);
            }
        }
    }

    /// An expression that binds at least as tight as `level`; `size` bounds it.
    fn expr(&mut self, level: usize, size: usize) {
        let levels = self.style.levels;
        let top = levels.len();
        if size == 0 {
            return self.leaf();
        }
        match self.dice.roll(10) {
            0..=4 => {
                let own = self.dice.roll(top);
                if own < level {
                    return self.grouped(size);
                }
                let (ops, right) = levels[own];
                let op = ops[self.dice.roll(ops.len())];
                let index = self.begin(Kind::Expr);
                self.expr(if right { own + 1 } else { own }, size / 2);
                self.m.put(&format!(" {op} "));
                self.expr(if right { own } else { own + 1 }, size / 2);
                self.end(index);
            }
            5 => {
                let index = self.begin(Kind::Expr);
                self.m.put(self.style.prefix);
                self.expr(top, size - 1);
                self.end(index);
            }
            6 | 7 => {
                let n = self.dice.roll(5);
                let index = self.begin(Kind::Expr);
                if self.style.lisp {
                    self.m.put("(");
                }
                let word = self.word();
                self.m.leaf(Kind::Expr, word);
                self.m.put(if self.style.lisp { "" } else { "(" });
                for i in 0..n {
                    self.m.put(if self.style.lisp {
                        " "
                    } else if i > 0 {
                        ", "
                    } else {
                        ""
                    });
                    // Side by side only what has its own ends.
                    if self.style.lisp { self.leaf() } else { self.expr(0, size / 3) }
                }
                self.m.put(")");
                self.end(index);
            }
            _ => self.leaf(),
        }
    }

    fn grouped(&mut self, size: usize) {
        let index = self.begin(Kind::Expr);
        self.m.put(if self.style.lisp { "[" } else { "(" });
        self.expr(0, size - 1);
        self.m.put(if self.style.lisp { "]" } else { ")" });
        self.end(index);
    }

    fn begin(&mut self, kind: Kind) -> usize {
        let index = self.m.spans.len();
        self.m.spans.push(Span { start: self.m.text.len(), end: 0, parent: self.m.open.last().copied(), kind });
        self.m.open.push(index);
        index
    }

    fn end(&mut self, index: usize) {
        self.m.open.pop();
        self.m.spans[index].end = self.m.text.len();
    }

    fn indent(&mut self) {
        let pad = "    ".repeat(self.depth);
        self.m.put(&pad);
    }

    fn statements(&mut self, n: usize, size: usize) {
        for i in 0..n {
            if i > 0 || self.depth > 0 {
                self.indent_if_first(i);
            }
            self.statement(size);
            let last = i + 1 == n;
            if self.style.blocks == Blocks::Separated && !last {
                self.m.put(";");
            }
            if !last && self.dice.roll(8) == 0 {
                let note = format!("  {} {} {}{}", self.style.comment.0, self.word(), self.word(), self.style.comment.1);
                self.m.put(&note);
            }
            if !last {
                self.m.put("\n");
            }
        }
    }

    fn indent_if_first(&mut self, i: usize) {
        if i > 0 {
            self.indent();
        }
    }

    fn block(&mut self, size: usize) {
        let n = 1 + self.dice.roll(3);
        match self.style.blocks {
            Blocks::Indent => self.m.put(":\n"),
            Blocks::Braces | Blocks::Separated => self.m.put("{\n"),
            Blocks::Words => self.m.put("do\n"),
        }
        self.depth += 1;
        self.indent();
        let index = self.begin(Kind::Block);
        self.statements(n, size);

        self.end(index);
        self.depth -= 1;
        if self.style.blocks != Blocks::Indent {
            self.m.put("\n");
            self.indent();
            self.m.put(if self.style.blocks == Blocks::Words { "end" } else { "}" });
        }
    }

    fn statement(&mut self, size: usize) {
        let index = self.begin(Kind::Stmt);
        let pick = if self.depth > 2 { 3 + self.dice.roll(4) } else { self.dice.roll(8) };
        let [while_, if_, else_, return_] = self.style.keywords;
        let mut simple = true;
        match pick {
            0 | 1 => {
                simple = false;
                self.m.put(&format!("{} ", if pick == 0 { while_ } else { if_ }));
                self.expr(0, size);
                self.m.put(if self.style.blocks == Blocks::Indent { "" } else { " " });
                self.block(size / 2);
                if pick == 1 && self.dice.roll(2) == 0 {
                    self.m.put(if self.style.blocks == Blocks::Indent { "\n" } else { " " });
                    if self.style.blocks == Blocks::Indent {
                        self.indent();
                    }
                    self.m.put(else_);
                    self.m.put(if self.style.blocks == Blocks::Indent { "" } else { " " });
                    self.block(size / 2);
                }
            }
            2..=4 => {
                let word = self.word();
                self.m.leaf(Kind::Name, word);
                self.m.put(&format!(" {} ", self.style.assign));
                self.expr(0, size);
            }
            5 => {
                self.m.put(&format!("{return_} "));
                self.expr(0, size);
            }
            _ => self.expr(0, size),
        }
        if simple && self.style.blocks == Blocks::Braces {
            self.m.put(";");
        }
        self.end(index);
    }
}

fn program(style: &Style, seed: u64) -> Program {
    let mut w = Writer { style, m: Maker::default(), dice: Dice(seed.wrapping_mul(977) + 5), depth: 0 };
    w.dice.roll(7);
    let index = w.begin(Kind::Block);
    let n = 2 + w.dice.roll(5);
    w.statements(n, 7);
    w.m.put("\n");
    w.end(index);
    Program { id: seed.to_string(), source: w.m.text, spans: w.m.spans, ..Program::default() }
}

fn learn(style: &Style, n: u64) -> Grammar {
    let mut learner = Learner::new();
    for seed in 0..n {
        learner.add(&program(style, seed)).unwrap();
    }
    learner.finish()
}

fn pieces(tree: &Tree, source: &str, out: &mut Vec<String>) {
    if tree.form.kind != Kind::Block {
        out.push(format!("{} <- {}", tree.form, tree.text(source)));
    }
    for child in tree.children() {
        pieces(child, source, out);
    }
}

fn listing(tree: &Tree, source: &str) -> String {
    let mut out = Vec::new();
    pieces(tree, source, &mut out);
    out.join("\n")
}

/// Learns from `n` programs and wants at least `least` of 100 others read exactly.
#[track_caller]
fn check(style: &Style, n: u64, least: usize) {
    let grammar = learn(style, n);
    let again = Grammar::from_lines(&grammar.to_lines()).unwrap();
    assert_eq!(again.to_lines(), grammar.to_lines());
    let mut right = 0;
    let mut first = String::new();
    for seed in 10_000..10_100 {
        let p = program(style, seed);
        let truth = grammar.shape(&p).unwrap_or_else(|e| panic!("{e} in\n{}", p.source));
        let reading = again.read(&p.source);
        let (a, b) = (listing(&truth, &p.source), listing(&reading.tree, &p.source));
        if a == b {
            right += 1;
        } else if first.is_empty() {
            let at = a.lines().zip(b.lines()).find(|(x, y)| x != y);
            first = format!("{}\n{at:?}\n{:?}", p.source, reading.faults);
        }
    }
    assert!(right >= least, "{right} of 100: {:?}\n{first}", grammar.summary());
}

#[test]
fn lines_and_depth() {
    check(&PLAIN, 120, 98);
}

#[test]
fn braces_and_other_operators() {
    const LEVELS: Levels = &[(&["|>"], true), (&["%%"], false), (&["<+>", "~"], false), (&["^"], false)];
    let style = Style {
        levels: LEVELS,
        prefix: "!",
        blocks: Blocks::Braces,
        comment: ("//", ""),
        quote: ("\"", "\""),
        keywords: ["loop", "when", "otherwise", "give"],
        assign: ":=",
        ..PLAIN
    };
    check(&style, 120, 98);
}

#[test]
fn separators_and_closed_comments() {
    let style =
        Style { blocks: Blocks::Separated, comment: ("/*", " */"), quote: ("`", "`"), assign: "<-", prefix: "~", ..PLAIN };
    check(&style, 120, 98);
}

#[test]
fn words_around_blocks() {
    let style = Style {
        blocks: Blocks::Words,
        comment: ("!!", ""),
        keywords: ["solange", "falls", "sonst", "gib"],
        assign: "is",
        ..PLAIN
    };
    check(&style, 120, 98);
}

#[test]
fn bracketed_calls_and_foreign_quotes() {
    let style = Style { lisp: true, quote: ("«", "»"), comment: ("%%", ""), ..PLAIN };
    check(&style, 150, 95);
}

#[test]
fn reversed_precedence() {
    const LEVELS: Levels = &[(&["*", "/"], false), (&["+", "-"], false), (&["==", "<"], true)];
    check(&Style { levels: LEVELS, ..PLAIN }, 120, 98);
}
