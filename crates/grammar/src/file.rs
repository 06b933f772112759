//! A grammar as lines of text, and back. A line is a word that says what it is, and fields, with tabs between.

use std::collections::{BTreeMap, BTreeSet};

use mimus_core::Kind;

use crate::automaton::Automaton;
use crate::counts::Counts;
use crate::fold::{Folds, Place};
use crate::grammar::HEAD;
use crate::lexicon::{Comment, Gaps, Layout, Lexicon, Quote};
use crate::model::Model;
use crate::sym::{Alphabet, Item, Kinds, Sym};

struct Writer {
    lines: Vec<String>,
}

impl Writer {
    fn line<S: AsRef<str>>(&mut self, word: &str, fields: impl IntoIterator<Item = S>) {
        let mut line = word.to_string();
        for field in fields {
            line.push('\t');
            line.push_str(&escaped(field.as_ref()));
        }
        self.lines.push(line);
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push(match chars.next() {
                Some('t') => '\t',
                Some('n') => '\n',
                Some('r') => '\r',
                other => other.unwrap_or('\\'),
            }),
            _ => out.push(c),
        }
    }
    out
}

/// All lines, in a fixed order.
pub(crate) fn write(model: &Model) -> Vec<String> {
    let mut w = Writer { lines: Vec::new() };
    write_lexicon(&model.lexicon, &mut w);
    let (alphabet, counts) = (&model.alphabet, &model.counts);
    let syms = |syms: &[Sym]| alphabet.internal(&syms.iter().map(|&s| Item::One(s)).collect::<Vec<_>>());
    for text in alphabet.tokens() {
        match counts.words.get(text) {
            Some((leaf, own)) => w.line("token", [text.clone(), leaf.to_string(), own.to_string()]),
            None => w.line("token", [text]),
        }
    }
    for ((kind, items), n) in &counts.forms {
        w.line("form", [n.to_string(), kind.word().into(), alphabet.internal(items)]);
    }
    for (place, kinds) in &model.folds.exact {
        let letters: String = kinds.each().map(Kind::hole).collect();
        w.line("run", [letters, place.kind.word().into(), syms(&place.before), syms(&[place.sep]), syms(&[place.after])]);
    }
    for (name, classes) in &counts.slots {
        let pairs = classes.iter().flat_map(|(class, n)| [class.clone(), n.to_string()]);
        w.line("slot", std::iter::once(name.clone()).chain(pairs));
    }
    for ((open, operator), (ended, went_in)) in &counts.contests {
        w.line("contest", [open.clone(), operator.clone(), ended.to_string(), went_in.to_string()]);
    }
    for (&sym, n) in &counts.separators {
        w.line("separates", [syms(&[sym]), n.to_string()]);
    }
    for &sym in &counts.adjacent {
        w.line("adjacent", [syms(&[sym])]);
    }
    for (chain, n) in &counts.chains {
        w.line("chain", [syms(chain), n.to_string()]);
    }
    if counts.empty_blocks > 0 {
        w.line("empty", [counts.empty_blocks.to_string()]);
    }
    for (class, text) in &counts.examples {
        w.line("example", [class, text]);
    }
    for ((slot, class), by) in &counts.nudges {
        w.line("nudge", [slot.clone(), class.clone(), by.to_string()]);
    }
    w.lines
}

fn write_lexicon(lexicon: &Lexicon, w: &mut Writer) {
    let layout = Layout::ALL.iter().find(|l| l.0 == lexicon.layout).map_or("", |l| l.1);
    w.line("layout", [layout]);
    for q in &lexicon.quotes {
        w.line("quote", [q.open.as_str(), &q.close, if q.lines { "lines" } else { "line" }]);
    }
    for prefix in lexicon.prefixes.iter().filter(|p| !p.is_empty()) {
        w.line("prefix", [prefix]);
    }
    if let Some(c) = lexicon.escape {
        w.line("escape", [c.to_string()]);
    }
    if lexicon.doubled {
        w.line("doubled", [""; 0]);
    }
    if let Some(gaps) = &lexicon.gaps {
        let specs: String = gaps.specs.iter().collect();
        w.line("gaps", [&gaps.open, &gaps.close, &specs].into_iter().chain(&gaps.prefixes));
    }
    for c in &lexicon.comments {
        w.line("comment", std::iter::once(&c.open).chain(&c.close));
    }
    for (a, b, c) in &lexicon.joints {
        w.line("number", [format!("{a}{b}{c}")]);
    }
    for c in &lexicon.letters {
        w.line("letter", [c.to_string()]);
    }
    if let Some(c) = lexicon.joiner {
        w.line("joiner", [c.to_string()]);
    }
    for c in &lexicon.soft {
        w.line("soft", [c.to_string()]);
    }
    for text in &lexicon.separators {
        w.line("between", [text]);
    }
    for text in &lexicon.puncts {
        w.line("punct", [text]);
    }
}

type Line = (usize, String, Vec<String>);
type Wrong = (usize, String);

/// The reverse of [`write`].
pub(crate) fn read<S: AsRef<str>>(lines: &[S]) -> Result<Model, Wrong> {
    let split = |(i, line): (usize, &S)| -> Line {
        let mut fields = line.as_ref().split('\t');
        let word = fields.next().unwrap_or("").to_string();
        (i, word, fields.map(plain).collect())
    };
    let lines: Vec<Line> = lines.iter().enumerate().filter(|(_, l)| !l.as_ref().trim().is_empty()).map(split).collect();
    let mut lexicon = Lexicon::default();
    let mut words: BTreeMap<String, Option<(u64, u64)>> = BTreeMap::new();
    for line in &lines {
        if line.1 == "token" {
            let counts = if line.2.len() > 1 { Some((number(line, 1)?, number(line, 2)?)) } else { None };
            words.insert(field(line, 0)?.clone(), counts);
        } else {
            read_lexicon(line, &mut lexicon)?;
        }
    }
    lexicon.prefixes.sort_by_key(|prefix| std::cmp::Reverse(prefix.len()));
    let tokens: Vec<String> = words.keys().cloned().collect();
    let alphabet = Alphabet::new(&lexicon.marks(), &tokens);
    let mut counts =
        Counts { words: words.into_iter().filter_map(|(word, n)| n.map(|n| (word, n))).collect(), ..Counts::default() };
    let mut folds = Folds::of(&alphabet, &lexicon);
    for line in &lines {
        read_counts(line, &alphabet, &mut counts, &mut folds)?;
    }
    folds.derive();
    let automaton = Automaton::new(&counts.forms, &alphabet);
    Ok(Model::new(lexicon, alphabet, folds, counts, automaton))
}

fn field(line: &Line, i: usize) -> Result<&String, Wrong> {
    line.2.get(i).ok_or_else(|| (line.0, format!("`{}` needs {} fields or more", line.1, i + 1)))
}

fn number<N: std::str::FromStr>(line: &Line, i: usize) -> Result<N, Wrong> {
    let text = field(line, i)?;
    text.parse().map_err(|_| (line.0, format!("`{text}` is not a number")))
}

fn letter(line: &Line) -> Result<char, Wrong> {
    field(line, 0)?.chars().next().ok_or_else(|| (line.0, "a character is missing".into()))
}

fn read_lexicon(line: &Line, lexicon: &mut Lexicon) -> Result<(), Wrong> {
    match line.1.as_str() {
        "layout" => {
            let word = field(line, 0)?;
            let found = Layout::ALL.iter().find(|l| l.1 == word);
            lexicon.layout = found.ok_or_else(|| (line.0, format!("no layout is named `{word}`")))?.0;
        }
        "quote" => {
            let (open, close) = (field(line, 0)?.clone(), field(line, 1)?.clone());
            if open.is_empty() || close.is_empty() {
                return Err((line.0, "a quote needs marks".into()));
            }
            lexicon.quotes.push(Quote { open, close, lines: field(line, 2)? == "lines" });
        }
        "prefix" => lexicon.prefixes.push(field(line, 0)?.clone()),
        "escape" => lexicon.escape = Some(letter(line)?),
        "doubled" => lexicon.doubled = true,
        "gaps" => {
            let (open, close) = (field(line, 0)?.clone(), field(line, 1)?.clone());
            if open.is_empty() || close.is_empty() {
                return Err((line.0, "gaps need marks".into()));
            }
            let specs = field(line, 2)?.chars().collect();
            lexicon.gaps = Some(Gaps { open, close, specs, prefixes: line.2[3..].iter().cloned().collect::<BTreeSet<_>>() });
        }
        "comment" => {
            let open = field(line, 0)?.clone();
            if open.is_empty() {
                return Err((line.0, "a comment needs a mark".into()));
            }
            lexicon.comments.push(Comment { open, close: line.2.get(1).cloned() });
        }
        "number" => {
            let chars: Vec<char> = field(line, 0)?.chars().collect();
            let &[a, b, c] = chars.as_slice() else { return Err((line.0, "three characters are wanted".into())) };
            lexicon.joints.insert((a, b, c));
        }
        "letter" => {
            lexicon.letters.insert(letter(line)?);
        }
        "joiner" => lexicon.joiner = Some(letter(line)?),
        "soft" => {
            lexicon.soft.insert(letter(line)?);
        }
        "between" => {
            lexicon.separators.insert(field(line, 0)?.clone());
        }
        "punct" => {
            lexicon.puncts.insert(field(line, 0)?.clone());
        }
        "token" | "form" | "run" | "slot" | "contest" | "separates" | "adjacent" | "chain" | "empty" | "example" | "nudge"
        | HEAD => {}
        other => return Err((line.0, format!("no line of a grammar begins with `{other}`"))),
    }
    Ok(())
}

fn read_counts(line: &Line, alphabet: &Alphabet, counts: &mut Counts, folds: &mut Folds) -> Result<(), Wrong> {
    let kind = |i: usize| -> Result<Kind, Wrong> {
        let word = field(line, i)?;
        Kind::from_word(word).ok_or_else(|| (line.0, format!("`{word}` is no kind of piece")))
    };
    let items = |i: usize| -> Result<Vec<Item>, Wrong> {
        let text = field(line, i)?;
        alphabet.parse(text).ok_or_else(|| (line.0, format!("`{text}` has a token that no line lists")))
    };
    let syms = |i: usize| -> Result<Vec<Sym>, Wrong> {
        items(i)?
            .into_iter()
            .map(|item| if let Item::One(sym) = item { Ok(sym) } else { Err((line.0, "a run can't stand here".into())) })
            .collect()
    };
    let sym =
        |i: usize| -> Result<Sym, Wrong> { syms(i)?.first().copied().ok_or_else(|| (line.0, "a symbol is missing".into())) };
    match line.1.as_str() {
        "form" => {
            let shape = (kind(1)?, items(2)?);
            if shape.1.is_empty() {
                return Err((line.0, "an empty template".into()));
            }
            counts.forms.insert(shape, number(line, 0)?);
        }
        "run" => {
            let mut kinds = Kinds::default();
            for c in field(line, 0)?.chars() {
                let found = Kind::ALL.into_iter().find(|k| k.hole() == c.to_string());
                kinds = kinds.with(Kinds::of(found.ok_or_else(|| (line.0, format!("`{c}` is no hole")))?));
            }
            let place = Place { kind: kind(1)?, before: syms(2)?, sep: sym(3)?, after: sym(4)? };
            folds.exact.insert(place, kinds);
        }
        "slot" => {
            let classes = counts.slots.entry(field(line, 0)?.clone()).or_default();
            for i in (1..line.2.len()).step_by(2) {
                classes.insert(line.2[i].clone(), number(line, i + 1)?);
            }
        }
        "contest" => {
            counts.contests.insert((field(line, 0)?.clone(), field(line, 1)?.clone()), (number(line, 2)?, number(line, 3)?));
        }
        "separates" => {
            counts.separators.insert(sym(0)?, number(line, 1)?);
        }
        "adjacent" => {
            counts.adjacent.insert(sym(0)?);
        }
        "chain" => {
            counts.chains.insert(syms(0)?, number(line, 1)?);
        }
        "empty" => counts.empty_blocks = number(line, 0)?,
        "example" => {
            counts.examples.insert(field(line, 0)?.clone(), field(line, 1)?.clone());
        }
        "nudge" => {
            counts.nudges.insert((field(line, 0)?.clone(), field(line, 1)?.clone()), number(line, 2)?);
        }
        _ => {}
    }
    Ok(())
}
