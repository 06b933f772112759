//! Programs of known operations only, larger than the enumeration reaches.

use mimus_core::{Code, Datum, Form, Kind, Symbol};
use mimus_knowledge::Role;
use rustc_hash::FxHashSet;

use super::space::Space;
use crate::simulate::{Laws, operation_key};

/// What a construct's program may be composed of.
pub(super) struct Composer<'a> {
    form: Form,
    laws: &'a Laws,
    /// The words and marks of its template.
    own: FxHashSet<&'static str>,
    /// What gives its operands, in order.
    operands: Vec<&'a Code>,
    /// Templates and keys of operations of two operands that say nothing else than this construct does.
    known: Vec<(Symbol, Symbol)>,
    /// The same of operations of one operand.
    single: Vec<Symbol>,
}

impl<'a> Composer<'a> {
    /// `found`: the constructs whose programs were found.
    pub fn new(form: Form, space: &'a Space, laws: &'a Laws, found: impl Iterator<Item = &'a Form>) -> Self {
        let own = tokens(form.template);
        let mut operands: Vec<&Code> =
            space.operands.iter().map(|(code, _)| code).filter(|code| matches!(code, Code::Slot(_) | Code::Word(_))).collect();
        operands.sort_by_key(|code| if let Code::Slot(i) | Code::Word(i) = code { *i } else { 0 });
        let mut composer = Self { form, laws, own, operands, known: vec![], single: vec![] };
        let near: Vec<&Form> = found.filter(|other| **other != form && composer.is_near(other.template)).collect();
        for other in near {
            let key = operation_key(*other);
            match laws.facts.get(&key).and_then(|facts| facts.classes.iter().next()).map(Vec::len) {
                Some(1) => composer.single.push(key),
                Some(2) => composer.known.push((other.template, key)),
                _ => {}
            }
        }
        composer
    }

    /// Whether a template says nothing that the construct does not say.
    fn is_near(&self, template: Symbol) -> bool {
        let theirs = tokens(template);
        !theirs.is_empty() && theirs.is_subset(&self.own)
    }

    /// A place is read, what is there is combined with something and put back.
    pub fn changes(&self) -> Vec<Code> {
        let mut out = vec![];
        let ([a, b, c], false) = (self.operands.as_slice(), self.form.kind == Kind::Expr) else { return out };
        for ((part, role), code) in &self.laws.parts {
            let Code::Op(writer, args) = &**code else { continue };
            if *role != Role::Target || args.len() != 3 || !self.is_near(part.template) {
                continue;
            }
            let Some((_, reader)) = self.known.iter().find(|(template, _)| *template == part.template) else { continue };
            for (_, combine) in self.known.iter().filter(|(template, _)| *template != part.template) {
                let read = Code::Op(*reader, vec![again(a), again(b)]);
                let combined = Code::Op(*combine, vec![read, (*c).clone()]);
                out.push(Code::Op(*writer, vec![(*a).clone(), (*b).clone(), combined]));
            }
        }
        out
    }

    /// What a name stands for elsewhere goes to the pieces of another slot.
    pub fn leads(&self, space: &Space) -> Vec<Code> {
        let names = self.operands.iter().filter_map(|code| if let Code::Word(i) = code { Some(*i) } else { None });
        let known = |name: u8| self.single.iter().map(move |key| (name, Code::Op(*key, vec![Code::Word(name)])));
        let all = names.flat_map(known);
        all.flat_map(|(name, given)| {
            let others = space.store.iter().filter(move |slot| **slot != name);
            others.map(move |slot| Code::Store(*slot, Box::new(given.clone())))
        })
        .collect()
    }

    /// Operations on neighbours, one after the other, as long as they give what is true. `seen`: episodes of the construct.
    pub fn chains(&self, seen: usize) -> Vec<Code> {
        let mut out = vec![];
        let (3..=5, Kind::Expr) = (self.operands.len(), self.form.kind) else { return out };
        let ends = [Code::It, Code::Const(Datum::Bool(false)), Code::Const(Datum::None)];
        let Some(rows) = self.rows(seen) else { return out };
        for (keys, end) in rows.iter().flat_map(|row| ends.iter().map(move |end| (row, end))) {
            let mut chain: Option<Code> = None;
            for (i, key) in keys.iter().enumerate().rev() {
                let first = if i == 0 { self.operands[0].clone() } else { again(self.operands[i]) };
                let test = Code::Op(*key, vec![first, self.operands[i + 1].clone()]);
                chain = Some(match chain {
                    None => test,
                    Some(rest) => Code::If(Box::new([test, rest, end.clone()])),
                });
            }
            out.extend(chain);
        }
        out
    }

    /// Operations for all pairs of neighbours; nothing if there are too many.
    fn rows(&self, seen: usize) -> Option<Vec<Vec<Symbol>>> {
        let mut rows: Vec<Vec<Symbol>> = vec![vec![]];
        for _ in 1..self.operands.len() {
            let longer = |row: &Vec<Symbol>| {
                let longer = |(_, key): &(Symbol, Symbol)| row.iter().copied().chain([*key]).collect::<Vec<_>>();
                self.known.iter().map(longer).collect::<Vec<_>>()
            };
            rows = rows.iter().flat_map(longer).collect();
            if rows.len() > 1000 {
                return None;
            }
        }
        // All that the template says must be said; in its order, unless there is much evidence for another.
        let said = |row: &Vec<Symbol>| row.iter().flat_map(|key| sequence(*key)).collect::<Vec<_>>();
        let (in_order, mut others): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| said(row) == sequence(self.form.template));
        others.retain(|row| said(row).into_iter().collect::<FxHashSet<_>>() == self.own);
        others.truncate(if seen >= 30 { 1000 } else { 0 });
        Some(in_order.into_iter().chain(others).collect())
    }
}

/// Operations of shorter constructs with two operands that share a token with this one.
pub(super) fn related<'a>(form: Form, found: impl Iterator<Item = &'a Form>) -> Vec<Symbol> {
    let tokens: FxHashSet<&str> = form.template.as_str().split(' ').filter(|t| *t != "_").collect();
    let is_related = |other: &&Form| {
        let parts: Vec<&str> = other.template.as_str().split(' ').collect();
        other.kind == Kind::Expr
            && parts.len() < form.template.as_str().split(' ').count()
            && parts.iter().filter(|t| **t == "_").count() == 2
            && parts.iter().filter(|t| **t != "_").all(|t| tokens.contains(t))
            && parts.len() > 2
    };
    found.filter(is_related).map(|other| operation_key(*other)).collect()
}

/// An operand that was evaluated before.
fn again(operand: &Code) -> Code {
    if let Code::Slot(i) = operand { Code::Val(*i) } else { operand.clone() }
}

/// The words and marks of a template, in order.
fn sequence(template: Symbol) -> Vec<&'static str> {
    let holes = [Kind::Expr, Kind::Stmt, Kind::Block, Kind::Name, Kind::Part].map(Kind::hole);
    template.as_str().split(' ').filter(|t| *t != ".." && !holes.contains(t)).collect()
}

fn tokens(template: Symbol) -> FxHashSet<&'static str> {
    sequence(template).into_iter().collect()
}
