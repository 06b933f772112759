//! Pieces laid over tokens: which tokens each span covers, and which are its own.

use std::ops::Range;

use mimus_core::Kind;

use crate::ShapeError;
use crate::lexer::{Quoted, Token};
use crate::lexicon::{Layout, Lexicon};
use crate::pieces::Pieces;
use crate::sym::Sym;

/// A piece and its tokens.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub kind: Kind,
    /// Tokens, layout included.
    pub tokens: Range<usize>,
    pub at: Range<usize>,
    pub span: Option<usize>,
    pub kids: Vec<usize>,
    /// Does it end with a block?
    pub ends_block: bool,
    /// Could it not be read?
    pub unread: bool,
}

/// All pieces of a text; the first is the whole.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outline {
    pub nodes: Vec<Node>,
}

impl Outline {
    pub fn new(pieces: &Pieces, tokens: &[Token], lexicon: &Lexicon) -> Result<Self, ShapeError> {
        let spans = &pieces.program.spans;
        let real: Vec<usize> = (0..tokens.len()).filter(|&i| !tokens[i].shape.is_layout()).collect();
        let mut nodes: Vec<Node> = Vec::with_capacity(spans.len());
        for (i, span) in spans.iter().enumerate() {
            let from = real.partition_point(|&t| tokens[t].start < span.start);
            let to = real.partition_point(|&t| tokens[t].end <= span.end);
            let cut =
                (from > 0 && tokens[real[from - 1]].end > span.start) || (to < real.len() && tokens[real[to]].start < span.end);
            if cut {
                return Err(ShapeError::at(span.start..span.end, "a span begins or ends within a token"));
            }
            if from >= to && span.kind != Kind::Block {
                return Err(ShapeError::at(span.start..span.end, "a span without a token"));
            }
            let tokens = match () {
                () if i == 0 => 0..tokens.len(),
                () if from < to => real[from]..real[to - 1] + 1,
                () => {
                    let at = real.get(from).map_or(tokens.len(), |&t| t);
                    at..at
                }
            };
            let kids = pieces.children[i].clone();
            nodes.push(Node {
                kind: span.kind,
                tokens,
                at: span.start..span.end,
                span: Some(i),
                kids,
                ends_block: false,
                unread: false,
            });
        }
        let mut outline = Self { nodes };
        outline.fill_gaps(spans.len(), tokens, lexicon)?;
        outline.settle(0, tokens, lexicon, pieces.source(), 0)?;
        Ok(outline)
    }

    /// Makes the free text and the gaps of quoted texts pieces of their own; several quoted texts side by side, too.
    fn fill_gaps(&mut self, spans: usize, tokens: &[Token], lexicon: &Lexicon) -> Result<(), ShapeError> {
        let Some(gaps) = &lexicon.gaps else { return Ok(()) };
        for i in 0..spans {
            let node = &self.nodes[i];
            if node.kind != Kind::Expr || node.kids.first().is_none_or(|&k| self.nodes[k].tokens.start == node.tokens.start) {
                continue;
            }
            // Quoted texts: where each begins and ends, and whether it has gaps.
            let range = node.tokens.clone();
            let mut texts: Vec<Range<usize>> = Vec::new();
            let mut at = range.start;
            while at < range.end && tokens[at].quoted != Quoted::No {
                let from = at;
                at += 1;
                if tokens[from].quoted == Quoted::Opens {
                    let mut depth = 1;
                    while at < range.end && depth > 0 {
                        depth += match tokens[at].quoted {
                            Quoted::Opens => 1,
                            Quoted::Closes => -1,
                            _ => 0,
                        };
                        at += 1;
                    }
                }
                texts.push(from..at);
            }
            if at != range.end || !texts.iter().any(|t| tokens[t.start].quoted == Quoted::Opens) {
                continue;
            }
            let mut kids = std::mem::take(&mut self.nodes[i].kids).into_iter().peekable();
            let wrong = ShapeError::at(self.nodes[i].at.clone(), "a quoted text whose gaps are not where they are expected");
            let mut parts = Vec::new();
            for text in &texts {
                let mut own = Vec::new();
                while let Some(kid) = kids.next_if(|&kid| self.nodes[kid].tokens.end <= text.end) {
                    own.push(kid);
                }
                let inner = if tokens[text.start].quoted == Quoted::Opens {
                    self.fill_one(text.clone(), own, tokens, gaps.open.len(), &wrong)?
                } else {
                    own
                };
                if texts.len() == 1 {
                    parts = inner;
                } else {
                    parts.push(self.synthetic(text.clone(), tokens, inner));
                }
            }
            self.nodes[i].kids = parts;
        }
        Ok(())
    }

    fn fill_one(
        &mut self,
        range: Range<usize>,
        kids: Vec<usize>,
        tokens: &[Token],
        open: usize,
        wrong: &ShapeError,
    ) -> Result<Vec<usize>, ShapeError> {
        let mut kids = kids.into_iter().peekable();
        let mut at = range.start + 1;
        let mut out = Vec::new();
        // Gaps that are open, with what is in them so far.
        let mut stack: Vec<(usize, Vec<usize>)> = Vec::new();
        // Free text may be a piece of its own.
        let is_free = |node: &Node| node.tokens.len() == 1 && tokens[node.tokens.start].shape == Sym::TEXT;
        while at + 1 < range.end {
            let token = tokens[at];
            if let Some(kid) = kids.next_if(|&kid| self.nodes[kid].tokens.start == at) {
                at = self.nodes[kid].tokens.end;
                match stack.last_mut() {
                    Some((_, inner)) => inner.push(kid),
                    None if is_free(&self.nodes[kid]) => out.push(kid),
                    None => return Err(wrong.clone()),
                }
                continue;
            }
            if token.shape == Sym::TEXT {
                let node = self.synthetic(at..at + 1, tokens, Vec::new());
                stack.last_mut().map_or(&mut out, |s| &mut s.1).push(node);
            } else if kids.peek().map(|&kid| &self.nodes[kid]).is_some_and(|kid| kid.tokens.start == at + 1 && !is_free(kid))
                && token.end - token.start == open
            {
                stack.push((at, Vec::new()));
            } else if let Some((from, inner)) = stack.pop() {
                let node = self.synthetic(from..at + 1, tokens, inner);
                stack.last_mut().map_or(&mut out, |s| &mut s.1).push(node);
            } else {
                return Err(wrong.clone());
            }
            at += 1;
        }
        if !stack.is_empty() || kids.next().is_some() { Err(wrong.clone()) } else { Ok(out) }
    }

    fn synthetic(&mut self, tokens: Range<usize>, all: &[Token], kids: Vec<usize>) -> usize {
        let at = all[tokens.start].start..all[tokens.end - 1].end;
        self.nodes.push(Node { kind: Kind::Part, tokens, at, span: None, kids, ends_block: false, unread: false });
        self.nodes.len() - 1
    }

    /// Gives layout tokens to the pieces they belong to.
    fn settle(&mut self, i: usize, tokens: &[Token], lexicon: &Lexicon, source: &str, depth: usize) -> Result<(), ShapeError> {
        if depth > crate::DEEPEST {
            return Err(ShapeError::at(self.nodes[i].at.clone(), "nested too deeply"));
        }
        for k in 0..self.nodes[i].kids.len() {
            self.settle(self.nodes[i].kids[k], tokens, lexicon, source, depth + 1)?;
        }
        let last = self.nodes[i].kids.last().copied();
        let mut range = self.nodes[i].tokens.clone();
        if let Some(last) = last {
            range.end = range.end.max(self.nodes[last].tokens.end);
        }
        let mut ends_block = false;
        // The separator behind the last statement belongs to the block.
        if self.nodes[i].kind == Kind::Block && !range.is_empty() {
            let separates = |t: &Token| !t.shape.is_layout() && lexicon.separators.contains(&source[t.start..t.end]);
            while tokens.get(range.end).is_some_and(separates) {
                range.end += 1;
            }
        }
        if lexicon.layout == Layout::Indent && i != 0 {
            let is = |at: usize, sym: Sym| tokens.get(at).is_some_and(|t| t.shape == sym);
            if self.nodes[i].kind == Kind::Block {
                ends_block = !range.is_empty();
                if ends_block && range.start > 0 && is(range.start - 1, Sym::INDENT) {
                    if !is(range.end, Sym::DEDENT) {
                        return Err(ShapeError::at(self.nodes[i].at.clone(), "a block's lines are not of one depth"));
                    }
                    range = range.start - 1..range.end + 1;
                }
            } else {
                let mut open = 0i64;
                let mut at = range.start;
                for &kid in &self.nodes[i].kids {
                    open += balance(&tokens[at..self.nodes[kid].tokens.start]);
                    at = self.nodes[kid].tokens.end;
                }
                open += balance(&tokens[at..range.end]);
                while open > 0 && is(range.end, Sym::DEDENT) {
                    range.end += 1;
                    open -= 1;
                    ends_block = true;
                }
                ends_block |= last.is_some_and(|last| self.nodes[last].ends_block && self.nodes[last].tokens.end == range.end);
            }
        }
        let node = &mut self.nodes[i];
        node.tokens = range;
        node.ends_block = ends_block;
        Ok(())
    }

    /// The symbols of a piece: its own tokens, and holes.
    pub fn symbols(&self, i: usize, tokens: &[Token], lexicon: &Lexicon, out: &mut Vec<Sym>) {
        let node = &self.nodes[i];
        out.clear();
        let free = node.kids.is_empty() && node.kind != Kind::Stmt && node.kind != Kind::Block;
        let mut kids = node.kids.iter().map(|&k| &self.nodes[k]).peekable();
        let mut after_block = false;
        let mut at = node.tokens.start;
        loop {
            if let Some(kid) = kids.next_if(|kid| kid.tokens.start <= at) {
                out.push(Sym::hole(kid.kind));
                at = kid.tokens.end.max(at);
                after_block = kid.ends_block;
                continue;
            }
            if at >= node.tokens.end {
                return;
            }
            let token = &tokens[at];
            let skip =
                token.shape == Sym::NEWLINE && node.kind != Kind::Block && (after_block || lexicon.layout == Layout::Lines);
            if !skip {
                out.push(symbol(token, free));
            }
            after_block = false;
            at += 1;
        }
    }

    /// Texts that templates hold.
    pub fn words<'s>(&self, source: &'s str, tokens: &[Token], mut take: impl FnMut(&'s str)) {
        for node in &self.nodes {
            let free = node.kids.is_empty() && node.kind != Kind::Stmt && node.kind != Kind::Block;
            let mut kids = node.kids.iter().map(|&k| &self.nodes[k]).peekable();
            let mut at = node.tokens.start;
            while at < node.tokens.end {
                if let Some(kid) = kids.next_if(|kid| kid.tokens.start <= at) {
                    at = kid.tokens.end.max(at);
                    continue;
                }
                let token = &tokens[at];
                if !token.shape.is_layout() && token.shape != Sym::TEXT && (!free || token.shape == Sym::NONE) {
                    take(&source[token.start..token.end]);
                }
                at += 1;
            }
        }
    }
}

/// A token's symbol in a template: its shape where its text is free, else its text.
pub(crate) fn symbol(token: &Token, free: bool) -> Sym {
    if token.shape.is_layout() || token.shape == Sym::TEXT || free && token.shape != Sym::NONE { token.shape } else { token.word }
}

fn balance(tokens: &[Token]) -> i64 {
    tokens.iter().map(|t| i64::from(t.shape == Sym::INDENT) - i64::from(t.shape == Sym::DEDENT)).sum()
}
