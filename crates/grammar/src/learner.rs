use std::collections::BTreeSet;

use mimus_core::Kind;
use mimus_trace::Program;

use crate::automaton::Automaton;
use crate::counts::{Counted, Counts};
use crate::fold::{FoldCounts, Folds, infix};
use crate::grammar::Grammar;
use crate::lexer::{Token, tokens};
use crate::lexicon::Lexicon;
use crate::model::Model;
use crate::outline::Outline;
use crate::pieces::Pieces;
use crate::sym::{Alphabet, Item, Sym};
use crate::{ShapeError, kin, spell};

/// Collects programs with their spans; what happened when they ran is ignored.
#[derive(Clone, Debug, Default)]
pub struct Learner {
    programs: Vec<Program>,
    /// How many of them tell what is frequent; the others only tell what nests how.
    answers: Vec<bool>,
}

/// What an answer counts for where frequencies are meant.
const ANSWER: f64 = 0.1;

/// A program's text in tokens and pieces.
struct Text<'p> {
    source: &'p str,
    tokens: Vec<Token>,
    outline: Outline,
    weight: f64,
}

impl Learner {
    /// Nothing seen yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a program. Spans that do not nest are refused.
    pub fn add(&mut self, program: &Program) -> Result<(), ShapeError> {
        self.take(program, false)
    }

    /// Takes the answer to a question ([`Grammar::questions`]): it tells what nests how, but nothing of what is usual.
    pub fn add_answer(&mut self, program: &Program) -> Result<(), ShapeError> {
        self.take(program, true)
    }

    fn take(&mut self, program: &Program, answer: bool) -> Result<(), ShapeError> {
        Pieces::new(program)?;
        self.answers.push(answer);
        let spans = program.spans.clone();
        self.programs.push(Program { id: program.id.clone(), source: program.source.clone(), spans, ..Program::default() });
        Ok(())
    }

    /// Makes a grammar of all that was seen. Programs whose spans do not fit the tokens of the others are left out.
    pub fn finish(self) -> Grammar {
        let pieces: Vec<Pieces> = self.programs.iter().filter_map(|p| Pieces::new(p).ok()).collect();
        let weights: Vec<f64> = self.answers.iter().map(|&answer| if answer { ANSWER } else { 1.0 }).collect();
        let lexicon = spell::learn(&pieces);
        // First without texts of templates, to find them.
        let blank = Alphabet::new(&lexicon.marks(), &[]);
        let mut words: BTreeSet<String> = BTreeSet::new();
        for p in &pieces {
            let tokens = tokens(p.source(), &lexicon, &blank);
            if let Ok(outline) = Outline::new(p, &tokens, &lexicon) {
                outline.words(p.source(), &tokens, |word| {
                    words.insert(word.to_string());
                });
            }
        }
        let words: Vec<String> = words.into_iter().collect();
        let alphabet = Alphabet::new(&lexicon.marks(), &words);
        let texts: Vec<Text> = pieces
            .iter()
            .zip(weights)
            .filter_map(|(p, weight)| {
                let tokens = tokens(p.source(), &lexicon, &alphabet);
                Outline::new(p, &tokens, &lexicon).ok().map(|outline| Text { source: p.source(), tokens, outline, weight })
            })
            .collect();
        let folds = folds(&texts, &lexicon, &alphabet);
        let mut counts = Counts::default();
        for text in &texts {
            rest(text, &lexicon, &alphabet, &folds, &mut counts);
        }
        let owned: BTreeSet<Sym> =
            counts.words.iter().filter(|(_, n)| n.0 <= n.1).map(|(word, _)| alphabet.token(word)).collect();
        let counted: Vec<Vec<Counted>> = texts.iter().map(|text| counted(text, &lexicon, &alphabet, &folds, &owned)).collect();
        for (text, pieces) in texts.iter().zip(&counted) {
            counts.add_forms(pieces, text.weight);
            let source = text.source;
            counts.add_examples(pieces, text.outline.nodes.iter().map(|n| &source[n.at.clone()]), &alphabet);
        }
        kin::add(&mut counts.forms, &folds);
        let automaton = Automaton::new(&counts.forms, &alphabet);
        for (text, pieces) in texts.iter().zip(&counted) {
            counts.add_slots(pieces, &automaton, &alphabet, text.weight);
        }
        counts.round();
        Grammar::new(Model::new(lexicon, alphabet, folds, counts, automaton))
    }
}

fn folds(texts: &[Text], lexicon: &Lexicon, alphabet: &Alphabet) -> Folds {
    let empty = Folds::of(alphabet, lexicon);
    let mut found = FoldCounts::default();
    let mut syms = Vec::new();
    for text in texts {
        for (i, node) in text.outline.nodes.iter().enumerate().filter(|(_, n)| n.kind != Kind::Block && !n.kids.is_empty()) {
            text.outline.symbols(i, &text.tokens, lexicon, &mut syms);
            found.add(node.kind, &syms, &empty);
        }
    }
    found.finish(alphabet, lexicon)
}

fn counted(text: &Text, lexicon: &Lexicon, alphabet: &Alphabet, folds: &Folds, owned: &BTreeSet<Sym>) -> Vec<Counted> {
    let mut syms = Vec::new();
    let nodes = text.outline.nodes.iter().enumerate();
    nodes
        .map(|(i, node)| {
            text.outline.symbols(i, &text.tokens, lexicon, &mut syms);
            let (items, counts) = folds.items(node.kind, &syms, alphabet);
            let mut shape = (node.kind, items);
            // A word that belongs to templates, where it stands alone, is not just any word.
            if shape.1 == [Item::One(Sym::WORD)] && owned.contains(&text.tokens[node.tokens.start].word) {
                shape.1 = vec![Item::One(text.tokens[node.tokens.start].word)];
            }
            Counted { shape, counts, kids: node.kids.clone() }
        })
        .collect()
}

/// Counts words, separators, empty blocks and chains.
fn rest(text: &Text, lexicon: &Lexicon, alphabet: &Alphabet, folds: &Folds, counts: &mut Counts) {
    let mut syms = Vec::new();
    for (i, node) in text.outline.nodes.iter().enumerate() {
        let leaf = node.kids.is_empty() && node.kind != Kind::Stmt && node.kind != Kind::Block;
        let mut at = node.tokens.start;
        let mut kids = node.kids.iter().map(|&k| &text.outline.nodes[k]).peekable();
        while at < node.tokens.end {
            if let Some(kid) = kids.next_if(|kid| kid.tokens.start <= at) {
                at = kid.tokens.end.max(at);
                continue;
            }
            let token = &text.tokens[at];
            if token.word != Sym::NONE && token.shape != Sym::NONE {
                let entry =
                    counts.words.entry(alphabet.tokens()[(token.word.0 - alphabet.tokens_from()) as usize].clone()).or_default();
                if leaf { entry.0 += 1 } else { entry.1 += 1 }
            }
            at += 1;
        }
        text.outline.symbols(i, &text.tokens, lexicon, &mut syms);
        if node.kind != Kind::Block {
            if node.kind == Kind::Expr
                && let Some(seps) = infix(&syms, folds.closers())
                && seps.len() > 1
            {
                for sep in seps {
                    *counts.chains.entry(sep.to_vec()).or_default() += 1;
                }
            }
            continue;
        }
        counts.empty_blocks += u64::from(node.kids.is_empty() && i > 0);
        for &sym in syms.iter().filter(|s| s.as_hole().is_none() && !matches!(**s, Sym::INDENT | Sym::DEDENT | Sym::NONE)) {
            *counts.separators.entry(sym).or_default() += 1;
        }
        for pair in node.kids.windows(2) {
            let (one, two) = (&text.outline.nodes[pair[0]].tokens, &text.outline.nodes[pair[1]].tokens);
            if one.end == two.start
                && let Some(last) = one.end.checked_sub(1).map(|last| &text.tokens[last])
            {
                counts.adjacent.insert(if last.word == Sym::NONE { last.shape } else { last.word });
            }
        }
    }
}
