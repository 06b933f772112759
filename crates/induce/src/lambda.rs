//! Bodies for forms: small banks over the elements of what the candidates so far give, built late, when plain candidates failed.

use std::rc::Rc;

use mimus_core::{Expr, Higher, Ready, Value};
use rustc_hash::FxHashMap;

use crate::bank::{Bank, Row, Step};
use crate::deduce::call;
use crate::goal::labels_of;
use crate::kind::{BOOL, BOTTOM, CHAR, FLOAT, INT, Kind, KindId, NONE};
use crate::lab::Lab;
use crate::pool::ValueId;
use crate::search::{Search, furnish as fill};

/// Elements in their rows.
const CONTEXTS: usize = 64;
/// Bodies of one kind.
const BODIES: usize = 150;
/// Bodies of folds of one kind.
const FOLDED: usize = 120;

/// Adds forms to a search's bank: so much work for each kind of elements, and no more than `most` altogether.
pub fn furnish(search: &mut Search, lab: &mut Lab, work: u64, most: u64) {
    let mut sources: Vec<(KindId, Vec<u32>)> = vec![];
    for (i, term) in search.bank.terms.iter().enumerate() {
        if term.cost > 2 {
            continue;
        }
        let Some(element) = lab.engine.pool.lattice.element(term.kind) else { continue };
        if element == BOTTOM || element == BOOL || !search.bank.varies(i as u32) {
            continue;
        }
        match sources.iter_mut().find(|(kind, _)| *kind == element) {
            Some((_, terms)) if terms.len() < 4 => terms.push(i as u32),
            Some(_) => {}
            None => sources.push((element, vec![i as u32])),
        }
    }
    sources.truncate(4);
    // Folds get half as much as other forms.
    let work = if search.spec.depth == 0 { work } else { work / 2 }.min(most * 2 / (3 * sources.len().max(1) as u64));
    for (element, terms) in sources {
        let contexts = contexts(search, lab, &terms);
        if contexts.len() >= 2 {
            bodies(search, lab, element, &terms, &contexts, work);
            folds(search, lab, element, &contexts, work / 2);
        }
    }
}

/// Rows of elements with their positions.
fn contexts(search: &Search, lab: &mut Lab, terms: &[u32]) -> Vec<(usize, Value, i64)> {
    let mut all = vec![];
    for row in 0..search.spec.rows.len() {
        for term in terms {
            let id = search.bank.values(*term)[row];
            let Some(items) = elements(id, lab) else { continue };
            for (i, item) in items.into_iter().enumerate().take(6) {
                all.push((row, item, i as i64));
            }
        }
    }
    let step = all.len().div_ceil(CONTEXTS).max(1);
    all.into_iter().step_by(step).collect()
}

/// The elements of what a form can run over.
pub fn elements(id: ValueId, lab: &Lab) -> Option<Vec<Value>> {
    items(lab.engine.pool.get(id))
}

/// The characters, bytes or elements of a value.
pub fn items(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::Text(t) => Some(t.chars().map(|c| Value::text(c.encode_utf8(&mut [0; 4]))).collect()),
        Value::Object(o) => match &*o.body.borrow() {
            mimus_core::Contents::Seq(items) => Some(items.clone()),
            mimus_core::Contents::Set(items) => Some(items.iter().cloned().collect()),
            range @ mimus_core::Contents::Range { len, .. } => Some((0..(*len).min(4096)).filter_map(|i| range.get(i)).collect()),
            _ => None,
        },
        _ => None,
    }
}

/// A row with more variables inside.
pub fn inside(row: &Row, more: &[Value]) -> Row {
    let mut locals = row.locals.to_vec();
    let mut labels = row.labels.to_vec();
    for value in more {
        labels_of(value, &mut labels);
        locals.push(value.clone());
    }
    let labels = if labels.len() == row.labels.len() { Rc::clone(&row.labels) } else { labels.into() };
    Row { args: Rc::clone(&row.args), locals: locals.into(), labels }
}

/// Runs a bank of bodies over rows; gives the number of complete levels.
fn run(
    search: &Search,
    lab: &mut Lab,
    rows: Vec<Row>,
    more: usize,
    work: u64,
    directly: impl Fn(&Bank) -> Vec<Vec<u32>>,
) -> Bank {
    let mut bank = Bank::new(rows.clone(), search.allowed.clone(), 4000);
    let outer: Vec<Row> = search.spec.rows.iter().take(1).cloned().collect();
    fill(&mut bank, &outer, &search.constants, more, lab);
    let mut until = u64::MAX;
    loop {
        match bank.step(&mut lab.engine, until) {
            Step::Term(_) => {}
            // Most bodies are one step on what they are about: that comes first, however little may be done.
            Step::Level(1) => {
                for operands in directly(&bank) {
                    bank.apply_all(&operands, &mut lab.engine, |_, _| true);
                }
                until = lab.engine.work + work;
            }
            Step::Level(level) if level < 6 => {}
            _ => return bank,
        }
    }
}

/// The cost of how many elements there are of some kind: no more than that of any other short step.
const COUNT_COST: usize = 4;
/// The most that one step on two variables costs.
const ONE_STEP: usize = 4;

fn bodies(search: &mut Search, lab: &mut Lab, element: KindId, terms: &[u32], contexts: &[(usize, Value, i64)], work: u64) {
    let rows = contexts.iter().map(|(row, item, i)| inside(&search.spec.rows[*row], &[Value::Int(*i), item.clone()])).collect();
    let bank = run(search, lab, rows, 2, work, |bank| {
        let variables = bank.variables();
        let (elements, others): (Vec<u32>, Vec<u32>) = variables.into_iter().partition(|term| bank.uses_local(*term, 0));
        let with = |element: u32| others.iter().map(move |other| vec![element, *other]);
        elements.into_iter().flat_map(|element| std::iter::once(vec![element]).chain(with(element))).collect()
    });
    let mut counts: Vec<(KindId, usize)> = vec![];
    // How many elements there are of some kind is asked so often that it is one step.
    let is_counted = search.goal.kind == INT;
    let has = |test: &dyn Fn(Kind) -> bool| search.allowed.iter().any(|k| test(lab.engine.pool.lattice.get(*k)));
    let seqs = has(&|k| matches!(k, Kind::Seq(_) | Kind::Text));
    let nested =
        has(&|k| matches!(k, Kind::Seq(x) if matches!(lab.engine.pool.lattice.get(x), Kind::Seq(_) | Kind::Text | Kind::Char)));
    // An order is wanted itself, or for its ends.
    let ordered = matches!(lab.engine.pool.lattice.get(search.goal.kind), Kind::Seq(_))
        || lab.engine.pool.lattice.overlap(element, search.goal.kind);
    for term in 0..bank.terms.len() as u32 {
        let t = &bank.terms[term as usize];
        if !bank.uses_local(term, 0) && !bank.uses_local(term, 1) {
            continue;
        }
        let count = match counts.iter_mut().find(|(kind, _)| *kind == t.kind) {
            Some((_, count)) => count,
            None => {
                counts.push((t.kind, 0));
                &mut counts.last_mut().expect("just pushed").1
            }
        };
        *count += 1;
        if *count > BODIES {
            continue;
        }
        let cost = t.cost as usize;
        let kind = t.kind;
        let body = Rc::new(bank.expr(term));
        let ready = Rc::new(Ready::new(&body));
        if kind == BOOL
            && is_counted
            && bank.uses_local(term, 0)
            && !search.forms.contains(&(Higher::Filter, (*body).clone(), element))
        {
            for source in terms {
                let kept = Expr::Higher(Higher::Filter, Box::new((*body).clone()), vec![search.bank.expr(*source)]);
                let level = search.bank.level.max(COUNT_COST + usize::from(cost > 1));
                search.bank.add_given(&call("length", vec![kept]), level);
            }
        }
        // So is whether there are any, or only such, where the test is one step on an element and something else.
        if kind == BOOL && search.goal.kind == BOOL && t.arity == 2 && cost <= ONE_STEP && bank.uses_local(term, 0) {
            for (form, source) in
                [Higher::Any, Higher::All].into_iter().flat_map(|form| terms.iter().map(move |term| (form, term)))
            {
                let asked = Expr::Higher(form, Box::new((*body).clone()), vec![search.bank.expr(*source)]);
                let level = search.bank.level.max(COUNT_COST);
                search.bank.add_given(&asked, level);
            }
        }
        let (forms, into) = (&mut search.forms, &mut search.bank);
        let mut add = |form| {
            if forms.insert((form, (*body).clone(), element)) {
                into.add_form(form, Rc::clone(&body), Rc::clone(&ready), element, 1 + cost.max(2));
            }
        };
        if kind == BOOL {
            if seqs {
                [Higher::Filter, Higher::TakeWhile, Higher::DropWhile].into_iter().for_each(&mut add);
            }
            [Higher::Any, Higher::All, Higher::Position].into_iter().for_each(&mut add);
            if nested {
                add(Higher::SplitBy);
            }
        }
        if kind != NONE && (cost > 1 || kind != element) && (seqs || element == CHAR) {
            add(Higher::Map);
        }
        if ordered && kind != BOOL && cost > 1 && bank.uses_local(term, 0) {
            [Higher::SortBy, Higher::SortDown].into_iter().for_each(&mut add);
        }
    }
}

fn folds(search: &mut Search, lab: &mut Lab, element: KindId, contexts: &[(usize, Value, i64)], work: u64) {
    // Accumulators are of the kinds of the results.
    let mut wanted: Vec<KindId> = vec![];
    for (_, id) in search.goal.values() {
        let kind = lab.engine.pool.kind(id);
        if !wanted.contains(&kind) {
            wanted.push(kind);
        }
    }
    let is_wanted = |kind: KindId, lab: &Lab| wanted.iter().any(|goal| lab.engine.pool.lattice.below(kind, *goal));
    let mut starts: Vec<Value> = vec![];
    for row in &search.spec.rows {
        for value in row.args.iter() {
            let kind = lab.engine.pool.lattice.of(value);
            if is_wanted(kind, lab) && !starts.contains(value) && starts.len() < 40 {
                starts.push(value.clone());
            }
        }
    }
    for constant in &search.constants {
        let kind = lab.engine.pool.kind(constant.id);
        if is_wanted(kind, lab) {
            starts.push(lab.engine.pool.get(constant.id).clone());
        }
    }
    if wanted.contains(&INT) {
        starts.extend([3, -4, 7].map(Value::Int));
    }
    if wanted.contains(&FLOAT) {
        starts.extend([0.5, 3.0, -2.25].map(Value::Float));
    }
    if starts.is_empty() {
        return;
    }
    let mut rows = vec![];
    for (n, (row, item, i)) in contexts.iter().enumerate().take(48) {
        // Any fixed step could share a divisor with the number of starts, and show only some of them.
        let start = starts[(n + n / starts.len() + row) % starts.len()].clone();
        rows.push(inside(&search.spec.rows[*row], &[Value::Int(*i), item.clone(), start]));
    }
    let bank = run(search, lab, rows, 3, work, |bank| {
        let is_step = |term: &u32| bank.uses_local(*term, 0) || bank.uses_local(*term, 1);
        vec![bank.variables().into_iter().filter(is_step).collect()]
    });
    let mut counts: FxHashMap<KindId, usize> = FxHashMap::default();
    for term in 0..bank.terms.len() as u32 {
        let t = &bank.terms[term as usize];
        if t.cost < 2
            || !bank.uses_local(term, 0)
            || !bank.uses_local(term, 1)
            || !lab.engine.pool.lattice.overlap(t.kind, search.goal.kind)
        {
            continue;
        }
        let count = counts.entry(t.kind).or_default();
        *count += 1;
        if *count > FOLDED {
            continue;
        }
        let body: Rc<Expr> = Rc::new(bank.expr(term));
        let ready = Rc::new(Ready::new(&body));
        if !search.forms.insert((Higher::Fold, (*body).clone(), element)) {
            continue;
        }
        // Operands come on top: a fold of a short body is no longer than what it stands for.
        search.bank.add_form(Higher::Fold, body, ready, element, (t.cost as usize - 1).max(2));
    }
}
