//! Two tiny languages that were never taught: their knowledge is written by hand, and their texts are read by a parser that
//! matches the templates of that knowledge, with every token between blanks.

#![allow(dead_code)]

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use mimus_core::{Form, Kind, Slot, Symbol, Tree};
use mimus_knowledge::Knowledge;
use mimus_machine::{Ended, Limits, Machine, Report};

/// Statements between semicolons, operators between operands.
pub const INFIX: &str = include_str!("infix.mimus");

pub fn knowledge(text: &str) -> Knowledge {
    match Knowledge::from_text("toy", text) {
        Ok(knowledge) => knowledge,
        Err(e) => panic!("{e}"),
    }
}

pub fn machine(text: &str, limits: Limits) -> Machine {
    Machine::new(Arc::new(knowledge(text)), limits)
}

/// Reads a program and runs it; gives its report and what it printed.
pub fn run(machine: &mut Machine, source: &str) -> (Report, String) {
    let tree = parse(machine.knowledge(), source).unwrap_or_else(|| panic!("not read: {source}"));
    let mut out = Vec::new();
    let report = machine.run_tree(source, &tree, 1.0, &mut out);
    (report, String::from_utf8_lossy(&out).into_owned())
}

/// What a program prints, then how it ended unless it ended normally.
pub fn outcome(text: &str, source: &str) -> String {
    let (report, mut out) = run(&mut machine(text, Limits::default()), source);
    match report.end {
        Ended::Normal => {}
        Ended::Raised { report, .. } => out += &format!("! {report}"),
        Ended::NotUnderstood { at, why } => out += &format!("? {} | {why}", &source[at]),
        Ended::Limit(limited) => out += &format!("limit: {limited}"),
    }
    out.trim_end().to_string()
}

pub fn parse(knowledge: &Knowledge, source: &str) -> Option<Tree> {
    let tokens = tokens(source);
    let mut parser = Parser { knowledge, source, tokens, met: HashMap::new() };
    let (tree, end) = parser.block(0)?;
    (end == parser.tokens.len()).then_some(tree)
}

fn tokens(source: &str) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut start = None;
    let mut quoted = false;
    for (i, c) in source.char_indices().chain([(source.len(), ' ')]) {
        quoted ^= c == '\'';
        match (c.is_whitespace() && !quoted, start) {
            (true, Some(from)) => {
                tokens.push(from..i);
                start = None;
            }
            (false, None) => start = Some(i),
            _ => {}
        }
    }
    tokens
}

struct Parser<'a> {
    knowledge: &'a Knowledge,
    source: &'a str,
    tokens: Vec<Range<usize>>,
    /// What was read where before: templates that begin alike would read it over and over.
    met: HashMap<(Kind, usize), Option<(Tree, usize)>>,
}

impl Parser<'_> {
    fn token(&self, at: usize) -> Option<&str> {
        self.tokens.get(at).map(|range| &self.source[range.clone()])
    }

    fn range(&self, from: usize, to: usize) -> Range<usize> {
        match (self.tokens.get(from), to.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if to > from => first.start..last.end,
            _ => 0..0,
        }
    }

    fn block(&mut self, at: usize) -> Option<(Tree, usize)> {
        let (first, mut end) = self.piece(Kind::Stmt, at)?;
        let mut all = vec![first];
        while self.token(end) == Some(";") {
            let Some((next, after)) = self.piece(Kind::Stmt, end + 1) else { break };
            all.push(next);
            end = after;
        }
        let (template, slot) = if all.len() > 1 { ("S ; ..", Slot::Many(all)) } else { ("S", Slot::One(all.remove(0))) };
        Some((Tree { form: Form::new(Kind::Block, template), at: self.range(at, end), slots: vec![slot], span: None }, end))
    }

    fn piece(&mut self, kind: Kind, at: usize) -> Option<(Tree, usize)> {
        if let Some(known) = self.met.get(&(kind, at)) {
            return known.clone();
        }
        let read = self.piece_anew(kind, at);
        self.met.insert((kind, at), read.clone());
        read
    }

    fn piece_anew(&mut self, kind: Kind, at: usize) -> Option<(Tree, usize)> {
        if kind == Kind::Block {
            return self.block(at);
        }
        let mut templates: Vec<Symbol> =
            self.knowledge.constructs.keys().filter(|(form, _)| form.kind == kind).map(|(form, _)| form.template).collect();
        templates.dedup();
        // Longer templates first, so that `a` does not hide `a ( b )`.
        templates.sort_by_key(|template| std::cmp::Reverse(template.as_str().len()));
        for template in templates {
            if let Some((slots, end)) = self.template(template, at) {
                return Some((Tree { form: Form { kind, template }, at: self.range(at, end), slots, span: None }, end));
            }
        }
        let token = self.token(at)?;
        let first = token.chars().next()?;
        let leaf = match (kind, first) {
            (Kind::Expr | Kind::Name, c) if c.is_alphabetic() => "word",
            (Kind::Expr, c) if c.is_ascii_digit() => "number",
            (Kind::Expr, '\'') => "quoted '",
            _ => return None,
        };
        Some((Tree { form: Form::new(kind, leaf), at: self.range(at, at + 1), slots: Vec::new(), span: None }, at + 1))
    }

    fn template(&mut self, template: Symbol, mut at: usize) -> Option<(Vec<Slot>, usize)> {
        if matches!(template.as_str(), "word" | "number" | "quoted '") {
            return None;
        }
        let items: Vec<&str> = template.as_str().split(' ').collect();
        let mut slots = Vec::new();
        let mut i = 0;
        while let Some(item) = items.get(i) {
            let kinds = Kind::ALL;
            let Some(kind) = kinds.into_iter().find(|kind| kind.hole() == *item) else {
                if self.token(at) != Some(*item) {
                    return None;
                }
                at += 1;
                i += 1;
                continue;
            };
            let (first, end) = self.piece(kind, at)?;
            at = end;
            let between = match items[i + 1..] {
                ["..", ..] => Some(""),
                [between, "..", ..] if !kinds.iter().any(|kind| kind.hole() == between) => Some(between),
                _ => None,
            };
            let Some(between) = between else {
                slots.push(Slot::One(first));
                i += 1;
                continue;
            };
            let mut all = vec![first];
            loop {
                let next = match between {
                    "" => at,
                    between if self.token(at) == Some(between) => at + 1,
                    _ => break,
                };
                let Some((tree, end)) = self.piece(kind, next) else { break };
                all.push(tree);
                at = end;
            }
            slots.push(if all.len() > 1 { Slot::Many(all) } else { Slot::One(all.remove(0)) });
            i += if between.is_empty() { 2 } else { 3 };
        }
        Some((slots, at))
    }
}
