use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use mimus_core::{Form, Kind, Slot, Symbol, Tree};
use mimus_trace::Program;
use rustc_hash::FxHashMap;

use crate::automaton::Shape;
use crate::lexer::{Token, tokens};
use crate::model::Model;
use crate::outline::{Node, Outline};
use crate::parse::{Parsed, Piece, parse};
use crate::pieces::Pieces;
use crate::question::{Question, questions};
use crate::reading::{Fault, Reading};
use crate::sym::{Item, Sym};
use crate::{ShapeError, file};

/// A statement with less than this probability is a doubt.
const CERTAIN: f64 = 0.98;

/// A learned grammar: it shapes texts whose spans are known and reads others.
#[derive(Clone, Debug)]
pub struct Grammar {
    pub(crate) model: Arc<Model>,
    templates: Arc<FxHashMap<Shape, Symbol>>,
    /// Forms with a run whose first piece is a slot of its own.
    heads: Arc<BTreeSet<Form>>,
}

impl Grammar {
    pub(crate) fn new(model: Model) -> Self {
        let templates =
            model.automaton.forms.iter().map(|shape| (shape.clone(), Symbol::new(&model.alphabet.template(&shape.1)))).collect();
        Self { model: Arc::new(model), templates: Arc::new(templates), heads: Arc::default() }
    }

    /// The same grammar, with the first piece of the first run of these forms standing apart: [`Form::with_head`].
    pub fn with_heads(self, heads: BTreeSet<Form>) -> Self {
        Self { heads: Arc::new(heads), ..self }
    }

    /// The tree of a program whose spans are known.
    pub fn shape(&self, program: &Program) -> Result<Tree, ShapeError> {
        let pieces = Pieces::new(program)?;
        let tokens = tokens(&program.source, &self.model.lexicon, &self.model.alphabet);
        let outline = Outline::new(&pieces, &tokens, &self.model.lexicon)?;
        Ok(self.tree(&program.source, &tokens, &outline, 0))
    }

    /// Reads a text. Whatever the text is, a tree comes back; what could not be read is in its faults.
    pub fn read(&self, source: &str) -> Reading {
        let model = &*self.model;
        let tokens = tokens(source, &model.lexicon, &model.alphabet);
        let parsed = parse(model, &tokens);
        let (outline, unsure) = outline(source, &tokens, &parsed);
        let tree = self.tree(source, &tokens, &outline, 0);
        let at = |range: &Range<usize>| -> Range<usize> {
            let from = tokens.get(range.start).map_or(source.len(), |t| t.start);
            let to = range.end.checked_sub(1).and_then(|last| tokens.get(last)).map_or(from, |t| t.end);
            from..to.max(from)
        };
        let faults: Vec<Fault> = parsed
            .unread
            .iter()
            .map(|unread| {
                let stuck = at(&(unread.stuck..unread.stuck + 1));
                let message = match tokens.get(unread.stuck) {
                    None => "the text ends too early".into(),
                    Some(t) if t.shape.is_layout() => "the line ends too early, or has the wrong depth".into(),
                    Some(t) if t.shape == Sym::NONE && t.word == Sym::NONE => {
                        format!("never seen: {}", shortened(&source[t.start..t.end]))
                    }
                    Some(t) => format!("not expected here: {}", shortened(&source[t.start..t.end])),
                };
                Fault { at: at(&unread.tokens), stuck, message }
            })
            .collect();
        let mut confidence = 1.0;
        let mut doubts = Vec::new();
        for piece in &unsure {
            let p = f64::from(piece.share) * f64::from(-piece.novel).exp();
            confidence *= p;
            if p < CERTAIN {
                doubts.push((at(&(piece.start as usize..piece.end as usize)), p));
            }
        }
        confidence *= 0.02f64.powi(faults.len().min(20) as i32);
        doubts.sort_by_key(|doubt| doubt.0.start);
        Reading { tree, confidence, faults, doubts }
    }

    /// Texts that the teacher should be asked about, those worth most first: nestings without evidence.
    pub fn questions(&self) -> Vec<Question> {
        questions(&self.model)
    }

    /// The lines of a knowledge file.
    pub fn to_lines(&self) -> Vec<String> {
        let head = |form: &Form| format!("{HEAD}\t{}\t{}", form.kind.word(), form.template);
        file::write(&self.model).into_iter().chain(self.heads.iter().map(head)).collect()
    }

    /// Reads what [`Grammar::to_lines`] wrote: or the line's number, from 0, and what is wrong with it.
    pub fn from_lines<S: AsRef<str>>(lines: &[S]) -> Result<Self, (usize, String)> {
        let heads = lines.iter().enumerate().filter_map(|(i, line)| Some(read_head(i, line.as_ref().strip_prefix(HEAD)?)));
        let heads = heads.collect::<Result<_, _>>()?;
        Ok(Self::new(file::read(lines)?).with_heads(heads))
    }

    fn tree(&self, source: &str, tokens: &[Token], outline: &Outline, node: usize) -> Tree {
        let model = &*self.model;
        let mut syms = Vec::new();
        self.tree_of(source, tokens, outline, node, &mut syms, model)
    }

    fn tree_of(&self, source: &str, tokens: &[Token], outline: &Outline, i: usize, syms: &mut Vec<Sym>, model: &Model) -> Tree {
        let node = &outline.nodes[i];
        if node.unread {
            return Tree { form: Form::new(node.kind, ""), at: node.at.clone(), slots: Vec::new(), span: None };
        }
        outline.symbols(i, tokens, &model.lexicon, syms);
        let (items, counts) = model.folds.items(node.kind, syms, &model.alphabet);
        let mut slots = Vec::with_capacity(counts.len());
        let mut kids = node.kids.iter();
        let holes: Vec<bool> =
            items.iter().filter(|item| crate::automaton::is_hole(item)).map(|item| matches!(item, Item::Run { .. })).collect();
        let shape = (node.kind, items);
        let template = match self.templates.get(&shape) {
            Some(template) => *template,
            None if shape.1.contains(&Item::One(Sym::NONE)) => {
                // A token that no template holds: its own text.
                Symbol::new(&self.spelled(source, tokens, node, outline))
            }
            None => Symbol::new(&model.alphabet.template(&shape.1)),
        };
        for (count, many) in counts.into_iter().zip(holes) {
            let mut trees = Vec::with_capacity(count);
            for _ in 0..count {
                if let Some(&kid) = kids.next() {
                    trees.push(self.tree_of(source, tokens, outline, kid, syms, model));
                }
            }
            if many {
                slots.push(Slot::Many(trees));
            } else {
                slots.extend(trees.pop().map(Slot::One));
            }
        }
        let form = Form { kind: node.kind, template: parts_only(template, &slots) };
        let mut tree = Tree { form, at: node.at.clone(), slots, span: node.span };
        if self.heads.contains(&form) {
            tree.part_head();
        }
        tree
    }

    /// A template with tokens that no learned template has.
    fn spelled(&self, source: &str, tokens: &[Token], node: &Node, outline: &Outline) -> String {
        let mut words: Vec<String> = Vec::new();
        let mut at = node.tokens.start;
        let mut kids = node.kids.iter().map(|&k| &outline.nodes[k]).peekable();
        while at < node.tokens.end {
            if let Some(kid) = kids.next_if(|kid| kid.tokens.start <= at) {
                words.push(kid.kind.hole().into());
                at = kid.tokens.end.max(at + usize::from(kid.tokens.is_empty()));
                continue;
            }
            words.push(source[tokens[at].start..tokens[at].end].into());
            at += 1;
        }
        words.retain(|word| !word.is_empty());
        words.join(" ")
    }
}

/// The word of lines that name a form whose run has a head.
pub(crate) const HEAD: &str = "head";

/// The form of such a line: kind and template.
fn read_head(line: usize, fields: &str) -> Result<Form, (usize, String)> {
    let form = match fields.split('\t').collect::<Vec<_>>()[..] {
        ["", kind, template] => Kind::from_word(kind).map(|kind| Form::new(kind, template)),
        _ => None,
    };
    form.filter(|form| form.with_head().is_some())
        .ok_or_else(|| (line, format!("`{HEAD}` needs a kind and a template with a run")))
}

fn shortened(text: &str) -> String {
    let mut out: String = text.chars().take(40).collect();
    if out.len() < text.len() {
        out.push_str("...");
    }
    out
}

/// What was read, as nodes; and the statements that are not quite certain.
fn outline(source: &str, tokens: &[Token], parsed: &Parsed) -> (Outline, Vec<Piece>) {
    let mut unsure = Vec::new();
    let mut nodes: Vec<Node> = Vec::new();
    let mut work = vec![(parsed.root, usize::MAX)];
    while let Some((piece, parent)) = work.pop() {
        let p = &parsed.pieces[piece as usize];
        let range = p.start as usize..p.end as usize;
        if p.kind == Kind::Stmt && (p.share < 1.0 || p.novel > 0.0) {
            unsure.push(*p);
        }
        let real = || tokens[range.clone()].iter().filter(|t| !t.shape.is_layout());
        let at = match (real().next(), real().next_back()) {
            _ if parent == usize::MAX => 0..source.len(),
            (Some(first), Some(last)) => first.start..last.end,
            _ => {
                let at = tokens.get(range.start).map_or(source.len(), |t| t.start);
                at..at
            }
        };
        let index = nodes.len();
        let unread = p.kind == Kind::Stmt && p.form == crate::automaton::NONE;
        nodes.push(Node { kind: p.kind, tokens: range, at, span: None, kids: Vec::new(), ends_block: p.ends_block, unread });
        if parent != usize::MAX {
            nodes[parent].kids.push(index);
        }
        for kid in parsed.kids(piece).into_iter().rev() {
            work.push((kid, index));
        }
    }
    // A block reaches from its first statement to its last.
    for i in (1..nodes.len()).rev() {
        if nodes[i].kind == Kind::Block
            && let (Some(&first), Some(&last)) = (nodes[i].kids.first(), nodes[i].kids.last())
        {
            nodes[i].at = nodes[first].at.start..nodes[last].at.end;
        }
    }
    (Outline { nodes }, unsure)
}

impl Grammar {
    /// A few lines about what was learned, for people.
    pub fn summary(&self) -> Vec<String> {
        let m = &*self.model;
        vec![
            format!("{:?}", m.lexicon),
            format!(
                "{} forms, {} classes, {} slots, {} states, {} contests, {} words",
                m.automaton.forms.len(),
                m.classes.len(),
                m.automaton.slots.len(),
                m.automaton.states.len(),
                m.counts.contests.len(),
                m.alphabet.tokens().len()
            ),
        ]
    }
}

impl Grammar {
    /// How an operator fares against what is open before it, for people: the odds (a logarithm) that the open piece ends.
    pub fn contest(&self, open: &str, operator: &str) -> Option<(f64, Option<(u64, u64)>)> {
        let m = &*self.model;
        let seen = m.counts.contests.get(&(open.to_string(), operator.to_string())).copied();
        Some((m.odds(m.automaton.named(open)?, m.automaton.named(operator)?)?, seen))
    }
}

/// A run that holds nothing but parts is a hole for parts, though other runs of the template may be mixed.
fn parts_only(template: Symbol, slots: &[Slot]) -> Symbol {
    let all_parts = |slot: &Slot| matches!(slot, Slot::Many(trees) if !trees.is_empty() && trees.iter().all(|tree| tree.form.kind == Kind::Part));
    if !slots.iter().any(all_parts) {
        return template;
    }
    let mut slots = slots.iter();
    let words: Vec<&str> = template
        .as_str()
        .split(' ')
        .map(|word| match word {
            "_" | "N" | "B" | "S" | "P" => match slots.next() {
                Some(slot) if all_parts(slot) => Kind::Part.hole(),
                _ => word,
            },
            _ => word,
        })
        .collect();
    Symbol::new(&words.join(" "))
}
