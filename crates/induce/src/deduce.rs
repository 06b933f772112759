//! Inverse deduction: from what is wanted and what is at hand to smaller goals.
//!
//! Witnesses are taken only where they are unique; what comes of them is checked on all rows.

use mimus_core::{Datum, Expr, Higher, PrimId, Symbol, Value};

use crate::bank::Row;
use crate::goal::{MOST_ROWS, Want};
use crate::kind::Kind;
use crate::lambda::{inside, items};
use crate::pool::ValueId;
use crate::search::{Lab, Search, Spec};

/// A way to reach a goal through others.
pub struct Deduction {
    pub parts: Vec<Part>,
    /// What it costs beside its parts.
    pub cost: usize,
    /// Makes the answers to try of the parts' answers.
    pub build: Build,
    pub dead: bool,
    /// Its answer may be undefined on a quarter of the rows.
    pub partial: bool,
}

type Build = Box<dyn Fn(&[Expr]) -> Vec<Expr>>;

/// A goal on the way.
pub enum Part {
    Waiting(Box<Spec>),
    Open(usize),
    /// With its answers.
    Solved(Vec<crate::search::Solution>),
}

/// A source: a candidate that gives runs, and its elements row by row.
struct Source {
    expr: Expr,
    /// Whether its runs are texts.
    text: bool,
    runs: Vec<Vec<ValueId>>,
    size: usize,
    cost: usize,
    variable: bool,
}

/// A goal whose wanted values are runs.
struct Runs<'a> {
    search: &'a Search,
    /// The rows that want a value, and the elements of what they want.
    rows: Vec<usize>,
    wanted: Vec<Vec<ValueId>>,
    text: bool,
    sources: Vec<Source>,
}

fn call(name: &str, args: Vec<Expr>) -> Expr {
    let id = PrimId::by_name(name).unwrap_or_else(|| unreachable!("no primitive {name}"));
    Expr::Prim(id, args)
}

/// All deductions that apply to a goal, the most telling ones first.
pub fn all(search: &Search, lab: &mut Lab) -> Vec<Deduction> {
    let mut out = vec![];
    let rows: Vec<usize> = (0..search.goal.wants.len()).filter(|i| matches!(search.goal.wants[*i], Want::Value(_))).collect();
    let text = matches!(lab.engine.pool.lattice.get(search.goal.kind), Kind::Text | Kind::Char);
    let run = text || matches!(lab.engine.pool.lattice.get(search.goal.kind), Kind::Seq(_));
    if run && rows.len() >= 2 {
        let wanted: Option<Vec<Vec<ValueId>>> =
            rows.iter().map(|i| if let Want::Value(id) = search.goal.wants[*i] { numbers(id, lab) } else { None }).collect();
        if let Some(wanted) = wanted {
            let sources = sources(search, &rows, lab);
            let runs = Runs { search, rows: rows.clone(), wanted, text, sources };
            // What seldom applies says most where it does.
            runs.constant_affix(lab, &mut out);
            runs.components(lab, &mut out);
            runs.rewriting(lab, &mut out);
            runs.decoding(lab, &mut out);
            runs.edits(lab, &mut out);
            runs.uniform(lab, &mut out);
            runs.affixes(lab, &mut out);
            runs.infix(lab, &mut out);
            runs.slices(lab, &mut out);
            runs.strides(lab, &mut out);
            runs.trims(lab, &mut out);
            runs.selection(lab, &mut out);
            runs.each(lab, &mut out);
            runs.glued(lab, &mut out);
            runs.tabulate(lab, &mut out);
        }
    }
    element(search, &rows, lab, &mut out);
    residual(search, &mut out);
    halves(search, lab, &mut out);
    out
}

fn numbers(id: ValueId, lab: &mut Lab) -> Option<Vec<ValueId>> {
    let items = items(lab.engine.pool.get(id))?;
    (items.len() <= 400).then(|| items.into_iter().map(|v| lab.engine.pool.intern(v)).collect())
}

fn sources(search: &Search, rows: &[usize], lab: &mut Lab) -> Vec<Source> {
    let mut out = vec![];
    for term in 0..search.bank.terms.len() as u32 {
        let t = &search.bank.terms[term as usize];
        if t.cost > 4 || out.len() >= 40 {
            break;
        }
        if !matches!(lab.engine.pool.lattice.get(t.kind), Kind::Seq(_) | Kind::Text | Kind::Char) || !search.bank.varies(term) {
            continue;
        }
        let values = search.bank.values(term);
        if rows.iter().any(|i| lab.engine.pool.is_undefined(values[*i])) {
            continue;
        }
        let ids: Vec<ValueId> = rows.iter().map(|i| values[*i]).collect();
        let runs: Option<Vec<Vec<ValueId>>> = ids.into_iter().map(|id| numbers(id, lab)).collect();
        if let Some(runs) = runs {
            let expr = search.bank.expr(term);
            let size = expr.size();
            let text = matches!(lab.engine.pool.lattice.get(t.kind), Kind::Text | Kind::Char);
            out.push(Source { expr, text, runs, size, cost: t.cost as usize, variable: search.bank.is_variable(term) });
        }
    }
    out
}

impl Deduction {
    fn new(parts: Vec<Part>, cost: usize, build: Build) -> Self {
        Self { parts, cost, build, dead: false, partial: false }
    }
}

/// A deduction some of whose parts are positions: once with these searched among positions alone, and once as they are.
fn narrow_and_wide(
    parts: Vec<Part>,
    cost: usize,
    build: impl Fn(&[Expr]) -> Vec<Expr> + Clone + 'static,
    ints: &[usize],
    search: &Search,
    lab: &mut Lab,
    out: &mut Vec<Deduction>,
) {
    let wide = Deduction::new(parts, cost, Box::new(build.clone()));
    out.push(narrowed(&wide, Box::new(build), search, lab, ints));
    out.push(wide);
}

/// The same way with its goals for positions narrowed: quick where positions come of sizes and other positions.
fn narrowed(deduction: &Deduction, build: Build, search: &Search, lab: &mut Lab, ints: &[usize]) -> Deduction {
    let given = positions(search, lab);
    let parts = deduction.parts.iter().enumerate().map(|(i, part)| match part {
        Part::Waiting(spec) if ints.contains(&i) => {
            Part::Waiting(Box::new(Spec { given: given.clone(), narrow: true, ..(**spec).clone() }))
        }
        Part::Waiting(spec) => Part::Waiting(spec.clone()),
        Part::Open(id) => Part::Open(*id),
        Part::Solved(solution) => Part::Solved(solution.clone()),
    });
    Deduction::new(parts.collect(), deduction.cost, build)
}

/// Sizes of operands, where one occurs in another, and what learned operations say of positions.
fn positions(search: &Search, lab: &mut Lab) -> Vec<(Expr, usize)> {
    let arity = search.spec.rows.first().map_or(0, |row| row.args.len());
    let kinds: Vec<Kind> = (0..arity)
        .map(|i| {
            let mut kind = crate::kind::BOTTOM;
            for row in &search.spec.rows {
                let one = lab.engine.pool.lattice.of(&row.args[i]);
                kind = lab.engine.pool.lattice.join(kind, one);
            }
            lab.engine.pool.lattice.get(kind)
        })
        .collect();
    let arg = |i: usize| Expr::Arg(i as u8);
    let mut given = vec![];
    for (i, kind) in kinds.iter().enumerate() {
        let text = matches!(kind, Kind::Text | Kind::Char);
        if text || matches!(kind, Kind::Seq(_) | Kind::Bytes | Kind::Map(..) | Kind::Set(_)) {
            given.push((call("length", vec![arg(i)]), 1));
        }
        for (j, other) in kinds.iter().enumerate().filter(|(j, _)| *j != i) {
            if text && matches!(other, Kind::Text | Kind::Char) {
                given.push((call("find_from", vec![arg(i), arg(j), Expr::Const(Datum::int(0))]), 2));
                given.push((call("find_last", vec![arg(i), arg(j)]), 2));
            } else if matches!(kind, Kind::Seq(_)) && !matches!(other, Kind::Bool) {
                given.push((call("place_of", vec![arg(i), arg(j)]), 2));
            }
        }
    }
    given.extend(told_positions(search, arity, lab));
    given
}

/// Computed sources that are tried at the front and the end.
const COMPUTED: usize = 3;
/// Learned operations offered as words that are tried for positions, and how many of what they say is taken.
const TOLD: (usize, usize) = (12, 10);

/// Positions that learned operations give for the operands, and the sizes of the runs that they give.
fn told_positions(search: &Search, arity: usize, lab: &mut Lab) -> Vec<(Expr, usize)> {
    let rows = &search.spec.rows;
    let mut words = lab.words.clone();
    words.retain(|(key, ..)| !lab.engine.speaker.is_own(*key));
    words.truncate(TOLD.0);
    let mut told: Vec<(Expr, usize)> = vec![];
    let mut seen: Vec<Vec<Option<Value>>> = vec![];
    for (key, takes, cost) in words {
        let choices: Vec<Vec<usize>> = match takes {
            1 => (0..arity).map(|i| vec![i]).collect(),
            2 => (0..arity).flat_map(|i| (0..arity).filter(move |j| *j != i).map(move |j| vec![i, j])).collect(),
            _ => continue,
        };
        for choice in choices {
            let word = Expr::Learned(key, choice.iter().map(|i| Expr::Arg(*i as u8)).collect());
            let mut says = |expr: &Expr| -> Vec<Option<Value>> {
                let run = |row: &Row| {
                    lab.engine.work += 1;
                    lab.engine.speaker.begin();
                    mimus_core::eval(expr, &row.args, &mut lab.engine.speaker).ok()
                };
                rows.iter().map(run).collect()
            };
            for (expr, cost) in [(word.clone(), cost), (call("length", vec![word]), cost + 1)] {
                let values = says(&expr);
                let ints = values.iter().filter(|value| matches!(value, Some(Value::Int(_)))).count();
                if ints * 2 >= rows.len() && told.len() < TOLD.1 && !seen.contains(&values) {
                    seen.push(values);
                    told.push((expr, cost));
                }
            }
        }
    }
    told
}

/// The positions at which a part occurs.
fn occurrences(part: &[ValueId], whole: &[ValueId]) -> Vec<usize> {
    if part.len() > whole.len() {
        return vec![];
    }
    (0..=whole.len() - part.len()).filter(|at| whole[*at..*at + part.len()] == *part).collect()
}

impl Runs<'_> {
    /// A run of the goal's kind with these elements.
    fn run(&self, row: usize, items: &[ValueId], lab: &mut Lab) -> ValueId {
        let value = if self.text {
            let mut text = String::new();
            for id in items {
                if let Value::Text(t) = lab.engine.pool.get(*id) {
                    text.push_str(t);
                }
            }
            Value::text(&text)
        } else {
            let class = match self.search.goal.wants[self.rows[row]] {
                Want::Value(id) => lab.engine.pool.get(id).class(),
                _ => Symbol::neutral(),
            };
            let items = items.iter().map(|id| lab.engine.pool.get(*id).clone()).collect();
            Value::object(class, mimus_core::Contents::Seq(items))
        };
        lab.engine.pool.intern(value)
    }

    fn constant(&self, items: &[ValueId], lab: &Lab) -> Expr {
        if self.text {
            let text: String = items
                .iter()
                .filter_map(|id| if let Value::Text(t) = lab.engine.pool.get(*id) { Some(t.to_string()) } else { None })
                .collect();
            return Expr::Const(Datum::text(&text));
        }
        let items = items.iter().map(|id| lab.engine.pool.get(*id).to_datum(6)).collect();
        Expr::Const(Datum::seq(Symbol::neutral(), items))
    }

    /// A goal on some of the rows; the wanted values are parts of runs.
    fn part(&self, rows: &[usize], wants: Vec<ValueId>, loose: bool) -> Part {
        let rows = rows.iter().map(|i| self.search.spec.rows[self.rows[*i]].clone()).collect();
        let mut part = self.spec(rows, wants, self.search.spec.classes.clone(), loose);
        // The variables are the same, so what is given means the same.
        if let Part::Waiting(spec) = &mut part {
            spec.given.clone_from(&self.search.spec.given);
        }
        part
    }

    fn spec(&self, rows: Vec<Row>, wants: Vec<ValueId>, classes: Vec<Symbol>, loose: bool) -> Part {
        let (rows, wants) = thin(rows, wants);
        Part::Waiting(Box::new(Spec {
            rows,
            wants: wants.into_iter().map(Want::Value).collect(),
            main_error: None,
            errors: vec![],
            classes,
            loose,
            depth: self.search.spec.depth + 1,
            given: vec![],
            narrow: false,
        }))
    }

    /// The classes one level further in.
    fn inner_classes(&self) -> Vec<Symbol> {
        if self.text { vec![] } else { self.search.spec.classes.iter().skip(1).copied().collect() }
    }

    fn every(&self) -> Vec<usize> {
        (0..self.rows.len()).collect()
    }

    /// The same elements at the front or the end of all that is wanted.
    fn constant_affix(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let Some(first) = self.wanted.first() else { return };
        if self.wanted.len() < 4 || self.wanted.iter().all(|w| w == first) {
            return;
        }
        let scalar = |id| !matches!(lab.engine.pool.get(id), Value::Object(_));
        let (front, back) = common_ends(&self.wanted, scalar);
        if front + back == 0 {
            return;
        }
        let (before, after) = (self.constant(&first[..front], lab), self.constant(&first[first.len() - back..], lab));
        let wants = (0..self.rows.len()).map(|i| self.run(i, &self.wanted[i][front..self.wanted[i].len() - back], lab)).collect();
        let parts = vec![self.part(&self.every(), wants, true)];
        let build: Build = Box::new(move |solved| {
            let mut expr = solved[0].clone();
            if back > 0 {
                expr = call("cat", vec![expr, after.clone()]);
            }
            if front > 0 {
                expr = call("cat", vec![before.clone(), expr]);
            }
            vec![expr]
        });
        out.push(Deduction::new(parts, 4, build));
    }

    /// Always as many elements: each is a goal of its own.
    fn components(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let n = self.wanted[0].len();
        if self.text || !(2..=4).contains(&n) || self.wanted.len() < 3 || self.wanted.iter().any(|w| w.len() != n) {
            return;
        }
        let rows: Vec<Row> = self.rows.iter().map(|i| self.search.spec.rows[*i].clone()).collect();
        let parts = (0..n)
            .map(|k| self.spec(rows.clone(), self.wanted.iter().map(|w| w[k]).collect(), self.inner_classes(), false))
            .collect();
        let _ = lab;
        let build: Build = Box::new(|solved| {
            let mut expr = call("couple", vec![solved[0].clone(), solved[1].clone()]);
            for more in &solved[2..] {
                expr = call("push", vec![expr, more.clone()]);
            }
            vec![expr]
        });
        out.push(Deduction::new(parts, n, build));
    }

    /// The same element, or the same source, over and over: how often is a goal.
    fn uniform(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let Some(element) = self.wanted.iter().flatten().next() else { return };
        if self.wanted.iter().flatten().all(|x| x == element) && !matches!(lab.engine.pool.get(*element), Value::Object(_)) {
            let lengths: Vec<usize> = self.wanted.iter().map(Vec::len).collect();
            self.repeated(self.constant(&[*element], lab), 2, &self.every(), &lengths, lab, out);
        }
        for source in self.sources.iter().filter(|s| s.variable && self.fits(s)) {
            let times = |i: usize| {
                let (run, wanted) = (&source.runs[i], &self.wanted[i]);
                let times = if run.is_empty() { 0 } else { wanted.len() / run.len() };
                (run.len() * times == wanted.len() && wanted.chunks(run.len().max(1)).all(|part| part == run)).then_some(times)
            };
            let Some(times) = (0..self.rows.len()).map(times).collect::<Option<Vec<usize>>>() else { continue };
            let kept: Vec<usize> = (0..self.rows.len()).filter(|i| !source.runs[*i].is_empty()).collect();
            let counts: Vec<usize> = kept.iter().map(|i| times[*i]).collect();
            if kept.len() >= 4 && counts.iter().any(|count| *count > 1) {
                self.repeated(source.expr.clone(), 1 + source.cost, &kept, &counts, lab, out);
            }
        }
    }

    fn repeated(&self, of: Expr, cost: usize, rows: &[usize], times: &[usize], lab: &mut Lab, out: &mut Vec<Deduction>) {
        let times = times.iter().map(|n| lab.engine.pool.intern(Value::Int(*n as i64))).collect();
        let build = move |solved: &[Expr]| {
            let again = |count: Expr| call("again", vec![of.clone(), count]);
            vec![again(solved[0].clone()), again(call("larger", vec![solved[0].clone(), Expr::Const(Datum::int(0))]))]
        };
        let parts = vec![self.part(rows, times, false)];
        narrow_and_wide(parts, cost, build, &[0], self.search, lab, out);
    }

    /// A source at the front or the end: operands, and what else fits most of what is wanted.
    fn affixes(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let n = self.rows.len();
        if n < 4 {
            return;
        }
        let mut found: Vec<(bool, usize, bool, &Source)> = vec![];
        for source in self.sources.iter().filter(|s| self.fits(s)) {
            let matched: usize = source.runs.iter().map(Vec::len).sum();
            if matched == 0 || (0..n).all(|i| source.runs[i].len() == self.wanted[i].len()) {
                continue;
            }
            for suffix in [false, true] {
                let affixed = |i: usize| match suffix {
                    true => self.wanted[i].ends_with(&source.runs[i]),
                    false => self.wanted[i].starts_with(&source.runs[i]),
                };
                if (0..n).all(affixed) {
                    found.push((!source.variable, matched, suffix, source));
                }
            }
        }
        found.sort_by_key(|(computed, matched, ..)| (*computed, std::cmp::Reverse(*matched)));
        let operands = found.iter().filter(|(computed, ..)| !computed).count();
        for (_, _, suffix, source) in found.into_iter().take(operands + COMPUTED) {
            let wants = (0..n)
                .map(|i| {
                    let (all, own) = (&self.wanted[i], source.runs[i].len());
                    self.run(i, if suffix { &all[..all.len() - own] } else { &all[own..] }, lab)
                })
                .collect();
            let expr = source.expr.clone();
            let build: Build = Box::new(move |solved| {
                let (own, rest) = (expr.clone(), solved[0].clone());
                vec![call("cat", if suffix { vec![rest, own] } else { vec![own, rest] })]
            });
            let parts = vec![self.part(&self.every(), wants, true)];
            out.push(Deduction::new(parts, 1 + source.cost, build));
        }
    }

    fn fits(&self, source: &Source) -> bool {
        source.text == self.text
    }

    /// A source somewhere inside.
    fn infix(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let n = self.rows.len();
        let mut tried = 0;
        for source in self.sources.iter().filter(|s| s.size <= 3 && self.fits(s)) {
            if tried >= 2 || (0..n).all(|i| source.runs[i].len() == self.wanted[i].len()) {
                continue;
            }
            let places: Vec<Vec<usize>> = (0..n).map(|i| occurrences(&source.runs[i], &self.wanted[i])).collect();
            if places.iter().any(Vec::is_empty) {
                continue;
            }
            let kept: Vec<usize> = (0..n).filter(|i| !source.runs[*i].is_empty() && places[*i].len() == 1).collect();
            if kept.len() * 2 < n || kept.len() < 3 {
                continue;
            }
            tried += 1;
            let left = kept.iter().map(|i| self.run(*i, &self.wanted[*i][..places[*i][0]], lab)).collect();
            let right =
                kept.iter().map(|i| self.run(*i, &self.wanted[*i][places[*i][0] + source.runs[*i].len()..], lab)).collect();
            let expr = source.expr.clone();
            let build: Build = Box::new(move |solved| {
                vec![call("cat", vec![call("cat", vec![solved[0].clone(), expr.clone()]), solved[1].clone()])]
            });
            let parts = vec![self.part(&kept, left, true), self.part(&kept, right, true)];
            out.push(Deduction::new(parts, 2 + source.cost, build));
        }
    }

    /// A part of a source: its bounds are goals.
    fn slices(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let n = self.rows.len();
        let mut tried = 0;
        for source in self.sources.iter().filter(|s| s.size <= 2 && self.fits(s)) {
            let places: Vec<Vec<usize>> = (0..n)
                .map(|i| if self.wanted[i].is_empty() { vec![] } else { occurrences(&self.wanted[i], &source.runs[i]) })
                .collect();
            if tried >= 2 || (0..n).any(|i| !self.wanted[i].is_empty() && places[i].is_empty()) {
                continue;
            }
            let kept: Vec<usize> = (0..n).filter(|i| places[*i].len() == 1).collect();
            if kept.len() < 5 || kept.iter().all(|i| self.wanted[*i].len() == source.runs[*i].len()) {
                continue;
            }
            tried += 1;
            let mut int = |value: usize| lab.engine.pool.intern(Value::Int(value as i64));
            let from: Vec<ValueId> = kept.iter().map(|i| int(places[*i][0])).collect();
            let to: Vec<ValueId> = kept.iter().map(|i| int(places[*i][0] + self.wanted[*i].len())).collect();
            let expr = source.expr.clone();
            let build = move |solved: &[Expr]| {
                let clamp = |e: &Expr| call("larger", vec![e.clone(), Expr::Const(Datum::int(0))]);
                let part = |a: Expr, b: Expr| call("rest_part", vec![call("first_part", vec![expr.clone(), b]), a]);
                let (a, b) = (&solved[0], &solved[1]);
                vec![
                    call("slice", vec![expr.clone(), a.clone(), b.clone()]),
                    part(a.clone(), b.clone()),
                    part(clamp(a), clamp(b)),
                    part(a.clone(), clamp(b)),
                ]
            };
            let parts = vec![self.part(&kept, from, false), self.part(&kept, to, false)];
            narrow_and_wide(parts, 1 + source.cost, build, &[0, 1], self.search, lab, out);
        }
    }

    /// Every so many elements of a source: how many is a goal.
    fn strides(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let n = self.rows.len();
        let mut tried = 0;
        for source in self.sources.iter().filter(|s| s.size <= 3 && self.fits(s)) {
            let strides = |i: usize| -> Vec<usize> {
                let (run, wanted) = (&source.runs[i], &self.wanted[i]);
                let fits = |by: &usize| wanted.len() == run.len().div_ceil(*by) && run.iter().step_by(*by).eq(wanted);
                (1..=run.len().max(1)).filter(fits).collect()
            };
            let strides: Vec<Vec<usize>> = (0..n).map(strides).collect();
            if tried >= 2 || strides.iter().any(Vec::is_empty) {
                continue;
            }
            // The longest that fits may be any longer one, too.
            let is_one = |i: &usize| strides[*i].len() == 1 && strides[*i][0] < source.runs[*i].len();
            let kept: Vec<usize> = (0..n).filter(is_one).collect();
            if kept.len() < 5 || kept.iter().all(|i| strides[*i][0] == 1) {
                continue;
            }
            tried += 1;
            let by = kept.iter().map(|i| lab.engine.pool.intern(Value::Int(strides[*i][0] as i64))).collect();
            let expr = source.expr.clone();
            let build = move |solved: &[Expr]| vec![call("every_nth", vec![expr.clone(), solved[0].clone()])];
            let parts = vec![self.part(&kept, by, false)];
            narrow_and_wide(parts, 2 + source.cost, build, &[0], self.search, lab, out);
        }
    }

    /// A source without its first elements, its last ones, or both: which elements go is a goal.
    fn trims(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let n = self.rows.len();
        for source in self.sources.iter().filter(|s| s.variable && self.fits(s)) {
            let left = |i: usize, front: bool, back: bool| -> Option<(usize, usize)> {
                let (run, wanted) = (&source.runs[i], &self.wanted[i]);
                let last = run.len().checked_sub(wanted.len())?;
                let start = match (front, back) {
                    (true, false) => last,
                    (false, true) => 0,
                    // What is left of nothing may have stood anywhere.
                    _ if wanted.is_empty() => run.len(),
                    _ => (0..=last).find(|at| run[*at..*at + wanted.len()] == **wanted)?,
                };
                (run[start..start + wanted.len()] == **wanted).then_some((start, start + wanted.len()))
            };
            for (front, back) in [(true, false), (false, true), (true, true)] {
                let Some(left) = (0..n).map(|i| left(i, front, back)).collect::<Option<Vec<_>>>() else { continue };
                let gone: usize = (0..n).map(|i| source.runs[i].len() - (left[i].1 - left[i].0)).sum();
                if gone < 4 || left.iter().all(|(start, end)| start == end) {
                    continue;
                }
                let (mut rows, mut wants) = (vec![], vec![]);
                for (i, (start, end)) in left.into_iter().enumerate() {
                    let mut add = |at: usize, goes: bool, lab: &mut Lab| {
                        let item = lab.engine.pool.get(source.runs[i][at]).clone();
                        rows.push(inside(&self.search.spec.rows[self.rows[i]], &[Value::Int(at as i64), item]));
                        wants.push(lab.engine.pool.intern(Value::Bool(goes)));
                    };
                    (0..start).chain(end..source.runs[i].len()).for_each(|at| add(at, true, lab));
                    if start < end && front {
                        add(start, false, lab);
                    }
                    if start < end && back {
                        add(end - 1, false, lab);
                    }
                }
                let expr = source.expr.clone();
                let build: Build = Box::new(move |solved| {
                    let trim = |run: Expr| Expr::Higher(Higher::DropWhile, Box::new(solved[0].clone()), vec![run]);
                    let backwards = |run: Expr| call("backwards", vec![run]);
                    let run = if front { trim(expr.clone()) } else { expr.clone() };
                    vec![if back { backwards(trim(backwards(run))) } else { run }]
                });
                let parts = vec![self.spec(rows, wants, vec![], false)];
                let cost = usize::from(front) + 3 * usize::from(back) + source.cost;
                out.push(Deduction::new(parts, cost, build));
            }
        }
    }

    /// A source with one element replaced, more or less: its position is a goal.
    fn edits(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let n = self.rows.len();
        if self.text || n < 4 {
            return;
        }
        for source in self.sources.iter().filter(|s| s.variable && self.fits(s)) {
            let change = |i: usize| self.wanted[i].len() as i64 - source.runs[i].len() as i64;
            let by = change(0);
            // Operations that keep the rows where there is nothing to do would be told apart by a test: not here.
            if !(-1..=1).contains(&by) || (0..n).any(|i| change(i) != by) {
                continue;
            }
            let (mut kept, mut places, mut items) = (vec![], vec![], vec![]);
            for i in 0..n {
                let (old, new) = (&source.runs[i], &self.wanted[i]);
                let spots: Vec<usize> = match by {
                    0 => (0..old.len()).filter(|p| old[*p] != new[*p]).collect(),
                    1 => (0..new.len()).filter(|p| old[..*p] == new[..*p] && old[*p..] == new[p + 1..]).collect(),
                    _ => (0..old.len()).filter(|p| old[..*p] == new[..*p] && old[p + 1..] == new[*p..]).collect(),
                };
                match (spots.as_slice(), by) {
                    ([], 0) => {}
                    ([p], _) => {
                        kept.push(i);
                        places.push(lab.engine.pool.intern(Value::Int(*p as i64)));
                        items.extend((by >= 0).then(|| new[*p]));
                    }
                    (_, 0) | ([], _) => return,
                    _ => {}
                }
            }
            if kept.len() < 4 {
                continue;
            }
            let mut parts = vec![self.part(&kept, places, false)];
            if by >= 0 {
                let rows = kept.iter().map(|i| self.search.spec.rows[self.rows[*i]].clone()).collect();
                parts.push(self.spec(rows, items, self.inner_classes(), false));
            }
            let name = ["drop_at", "put_at", "insert_at"][(by + 1) as usize];
            let expr = source.expr.clone();
            let build = move |solved: &[Expr]| {
                let mut args = vec![expr.clone()];
                args.extend(solved.iter().cloned());
                vec![call(name, args)]
            };
            narrow_and_wide(parts, 1 + source.cost, build, &[0], self.search, lab, out);
        }
    }

    /// Some elements of a source, in order.
    fn selection(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let n = self.rows.len();
        let mut tried = 0;
        let (yes, no) = (lab.engine.pool.intern(Value::Bool(true)), lab.engine.pool.intern(Value::Bool(false)));
        for source in self.sources.iter().filter(|s| s.size <= 3 && self.fits(s)) {
            if tried >= 2 || (0..n).all(|i| source.runs[i].len() == self.wanted[i].len()) {
                continue;
            }
            let (mut rows, mut wants) = (vec![], vec![]);
            let whole = (0..n).all(|i| {
                let mut taken = 0;
                for (j, item) in source.runs[i].iter().enumerate() {
                    let hit = self.wanted[i].get(taken) == Some(item);
                    taken += usize::from(hit);
                    let value = lab.engine.pool.get(*item).clone();
                    rows.push(inside(&self.search.spec.rows[self.rows[i]], &[Value::Int(j as i64), value]));
                    wants.push(if hit { yes } else { no });
                }
                taken == self.wanted[i].len()
            });
            if !whole || rows.len() < 4 {
                continue;
            }
            tried += 1;
            let expr = source.expr.clone();
            let build: Build =
                Box::new(move |solved| vec![Expr::Higher(Higher::Filter, Box::new(solved[0].clone()), vec![expr.clone()])]);
            out.push(Deduction::new(vec![self.spec(rows, wants, vec![], false)], 1 + source.cost, build));
        }
    }

    /// As many elements as a source: each is made of one of its.
    fn each(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let n = self.rows.len();
        let mut tried = 0;
        for source in &self.sources {
            let same = (0..n).all(|i| source.runs[i].len() == self.wanted[i].len()) && self.wanted.iter().any(|w| w.len() > 1);
            if tried >= 3 || !same || (self.text && !self.fits(source)) {
                continue;
            }
            tried += 1;
            let (mut rows, mut wants) = (vec![], vec![]);
            for i in 0..n {
                for (j, (item, wanted)) in source.runs[i].iter().zip(&self.wanted[i]).enumerate() {
                    let value = lab.engine.pool.get(*item).clone();
                    rows.push(inside(&self.search.spec.rows[self.rows[i]], &[Value::Int(j as i64), value]));
                    wants.push(*wanted);
                }
            }
            // Over a text the form gives a text; the characters give a sequence.
            let expr = if source.text && !self.text { call("chars_of", vec![source.expr.clone()]) } else { source.expr.clone() };
            let build: Build =
                Box::new(move |solved| vec![Expr::Higher(Higher::Map, Box::new(solved[0].clone()), vec![expr.clone()])]);
            let mut part = self.spec(rows, wants, self.inner_classes(), false);
            if let (Part::Waiting(spec), true) = (&mut part, source.variable && matches!(source.expr, Expr::Arg(_))) {
                let beside =
                    |name| call("at", vec![source.expr.clone(), call(name, vec![Expr::Local(1), Expr::Const(Datum::int(1))])]);
                spec.given = vec![(beside("subtract"), 2), (beside("add"), 2)];
            }
            out.push(Deduction::new(vec![part], 1 + source.cost, build));
        }
    }

    /// A text of pieces with a separator, as many as a source has elements.
    fn glued(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        if !self.text {
            return;
        }
        let n = self.rows.len();
        let texts: Vec<String> = (0..n)
            .map(|i| match self.search.goal.wants[self.rows[i]] {
                Want::Value(id) => match lab.engine.pool.get(id) {
                    Value::Text(t) => t.to_string(),
                    _ => String::new(),
                },
                _ => String::new(),
            })
            .collect();
        let mut separators: Vec<(String, Expr)> = vec![];
        for constant in &self.search.constants {
            if let Datum::Text(t) = &constant.datum
                && !t.is_empty()
            {
                separators.push((t.to_string(), Expr::Const(constant.datum.clone())));
            }
        }
        separators.sort_by_key(|(s, _)| std::cmp::Reverse(s.len()));
        // Pairs say more than what is only one side of them.
        let are_pairs = |source: &&Source, lab: &Lab| {
            source.runs.iter().flatten().all(|id| matches!(lab.engine.pool.get(*id), Value::Object(_)))
        };
        let mut sources: Vec<&Source> = self.sources.iter().filter(|s| !self.fits(s) && s.size <= 2).collect();
        sources.sort_by_key(|source| (source.cost > 1 && !are_pairs(source, lab), source.cost));
        let mut worked: Vec<String> = vec![];
        let mut tried = 0;
        for (separator, constant) in separators {
            // A part of a separator splits no better than all of it.
            if worked.iter().any(|longer| longer.contains(&separator)) {
                continue;
            }
            for source in sources.iter().take(3) {
                if tried >= 6 {
                    return;
                }
                let empty = (0..n).all(|i| !source.runs[i].is_empty() || texts[i].is_empty());
                let pieces: Vec<Vec<&str>> = texts.iter().map(|t| t.split(separator.as_str()).collect()).collect();
                let kept: Vec<usize> =
                    (0..n).filter(|i| !source.runs[*i].is_empty() && pieces[*i].len() == source.runs[*i].len()).collect();
                let filled = (0..n).filter(|i| !source.runs[*i].is_empty()).count();
                if !empty || kept.len() < 3 || kept.len() * 10 < filled * 6 || !kept.iter().any(|i| pieces[*i].len() > 1) {
                    continue;
                }
                tried += 1;
                if kept.len() == filled {
                    worked.push(separator.clone());
                }
                let (mut rows, mut wants) = (vec![], vec![]);
                for i in kept {
                    for (j, (item, piece)) in source.runs[i].iter().zip(&pieces[i]).enumerate() {
                        let value = lab.engine.pool.get(*item).clone();
                        rows.push(inside(&self.search.spec.rows[self.rows[i]], &[Value::Int(j as i64), value]));
                        wants.push(lab.engine.pool.intern(Value::text(piece)));
                    }
                }
                let pairs = are_pairs(source, lab);
                let expr = source.expr.clone();
                let constant = constant.clone();
                let build: Build = Box::new(move |solved| {
                    let mapped = Expr::Higher(Higher::Map, Box::new(solved[0].clone()), vec![expr.clone()]);
                    vec![call("glue", vec![mapped, constant.clone()])]
                });
                let mut part = self.spec(rows, wants, vec![], false);
                if let (Part::Waiting(spec), true) = (&mut part, pairs) {
                    let item = |i: i64| call("at", vec![Expr::Local(0), Expr::Const(Datum::int(i))]);
                    spec.given = vec![(item(0), 1), (item(1), 1)];
                }
                out.push(Deduction::new(vec![part], 3 + source.cost, build));
            }
        }
    }

    /// A length, and each element made of its position.
    fn tabulate(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let n = self.rows.len();
        if self.text || self.wanted.iter().any(|w| w.len() > 120) || self.wanted.iter().map(Vec::len).sum::<usize>() < 4 {
            return;
        }
        let lengths = (0..n).map(|i| lab.engine.pool.intern(Value::Int(self.wanted[i].len() as i64))).collect();
        let (mut rows, mut wants) = (vec![], vec![]);
        for i in 0..n {
            for (j, wanted) in self.wanted[i].iter().enumerate() {
                let index = Value::Int(j as i64);
                rows.push(inside(&self.search.spec.rows[self.rows[i]], &[index.clone(), index]));
                wants.push(*wanted);
            }
        }
        let parts = vec![self.part(&self.every(), lengths, false), self.spec(rows, wants, self.inner_classes(), false)];
        let build = |solved: &[Expr]| {
            let count = |count: Expr| Expr::Higher(Higher::Map, Box::new(solved[1].clone()), vec![call("up_to", vec![count])]);
            vec![count(solved[0].clone()), count(call("larger", vec![solved[0].clone(), Expr::Const(Datum::int(0))]))]
        };
        narrow_and_wide(parts, 2, build, &[0], self.search, lab, out);
    }

    /// A text whose characters are replaced one by one, each always by the same text.
    fn rewriting(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        if !self.text {
            return;
        }
        for source in self.sources.iter().filter(|s| s.variable && self.fits(s)) {
            let Some(table) = self.table(source, lab) else { continue };
            if table.is_empty() || table.len() > 40 {
                continue;
            }
            let cost = 8 + table.len() * 3;
            let rows = table
                .into_iter()
                .map(|(from, to)| Datum::seq(Symbol::neutral(), vec![Datum::text(&from), Datum::text(&to)]))
                .collect();
            let expr = call("rewrite", vec![source.expr.clone(), Expr::Const(Datum::seq(Symbol::neutral(), rows))]);
            out.push(Deduction::new(vec![], cost, Box::new(move |_| vec![expr.clone()])));
        }
    }

    /// Marks that give the character after them another meaning.
    fn decoding(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        if !self.text {
            return;
        }
        let chars = |run: &[ValueId], lab: &Lab| -> Vec<char> {
            run.iter()
                .filter_map(|id| if let Value::Text(t) = lab.engine.pool.get(*id) { t.chars().next() } else { None })
                .collect()
        };
        for source in self.sources.iter().filter(|s| s.cost <= 2 && self.fits(s)) {
            let rows = source.runs.iter().zip(&self.wanted);
            let pairs: Vec<(Vec<char>, Vec<char>)> = rows.map(|(run, wanted)| (chars(run, lab), chars(wanted, lab))).collect();
            let Some((mark, table)) = crate::marks::table(&pairs) else { continue };
            let cost = 4 + table.len();
            let row = |(next, image): (char, String)| {
                Datum::seq(Symbol::neutral(), vec![Datum::text(next.encode_utf8(&mut [0; 4])), Datum::text(&image)])
            };
            let table = Expr::Const(Datum::seq(Symbol::neutral(), table.into_iter().map(row).collect()));
            let mark = Expr::Const(Datum::text(mark.encode_utf8(&mut [0; 4])));
            let expr = call("unmark", vec![source.expr.clone(), mark, table]);
            out.push(Deduction { partial: true, ..Deduction::new(vec![], cost, Box::new(move |_| vec![expr.clone()])) });
        }
    }

    /// Aligns source and result, shortest rows first: what one character became is known once the rest is.
    fn table(&self, source: &Source, lab: &Lab) -> Option<Vec<(String, String)>> {
        let text = |id: ValueId| if let Value::Text(t) = lab.engine.pool.get(id) { t.to_string() } else { String::new() };
        let mut images: Vec<(ValueId, Vec<ValueId>)> = vec![];
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        order.sort_by_key(|i| source.runs[*i].len());
        for _ in 0..2 {
            for i in &order {
                align(&source.runs[*i], &self.wanted[*i], &mut images);
            }
        }
        images.retain(|(from, to)| to.as_slice() != [*from]);
        let mut table: Vec<(String, String)> =
            images.into_iter().map(|(from, to)| (text(from), to.into_iter().map(text).collect())).collect();
        table.sort();
        Some(table)
    }
}

/// Notes the image of the one character that does not stand for itself, where all others do or are known: of several that it may
/// be, the first.
fn align(from: &[ValueId], to: &[ValueId], images: &mut Vec<(ValueId, Vec<ValueId>)>) {
    let made = |odd: Option<(ValueId, &[ValueId])>, images: &[(ValueId, Vec<ValueId>)], from: &[ValueId]| -> Vec<ValueId> {
        let image = |c: ValueId| match odd {
            Some((odd, image)) if odd == c => image.to_vec(),
            _ => images.iter().find(|(known, _)| *known == c).map_or(vec![c], |(_, image)| image.clone()),
        };
        from.iter().flat_map(|c| image(*c)).collect()
    };
    if made(None, images, from) == to {
        // From here on the others are known to stand for themselves.
        let plain: Vec<ValueId> = from.iter().copied().filter(|c| !images.iter().any(|(known, _)| known == c)).collect();
        images.extend(plain.into_iter().map(|c| (c, vec![c])));
        return;
    }
    for (i, c) in from.iter().enumerate() {
        if from[..i].contains(c) || images.iter().any(|(known, _)| known == c) {
            continue;
        }
        let times = from.iter().filter(|other| *other == c).count();
        let Some(rest) = to.len().checked_sub(made(Some((*c, &[])), images, from).len()) else { continue };
        let (start, length) = (made(None, images, &from[..i]).len(), rest / times);
        if let Some(image) = to.get(start..start + length)
            && made(Some((*c, image)), images, from) == to
        {
            images.push((*c, image.to_vec()));
            return;
        }
    }
}

/// At most as many rows as a search takes, equal ones once, spread evenly.
fn thin(rows: Vec<Row>, wants: Vec<ValueId>) -> (Vec<Row>, Vec<ValueId>) {
    let step = rows.len().div_ceil(MOST_ROWS.min(96)).max(1);
    rows.into_iter().zip(wants).step_by(step).unzip()
}

/// An element of a source: its position is a goal.
fn element(search: &Search, rows: &[usize], lab: &mut Lab, out: &mut Vec<Deduction>) {
    if rows.len() < 4 || matches!(lab.engine.pool.lattice.get(search.goal.kind), Kind::Bool | Kind::Int) && search.spec.depth > 0
    {
        return;
    }
    let mut tried = 0;
    for source in sources(search, rows, lab).iter().filter(|s| s.size <= 2) {
        let wanted: Vec<ValueId> =
            rows.iter().filter_map(|i| if let Want::Value(id) = search.goal.wants[*i] { Some(id) } else { None }).collect();
        let places: Vec<Vec<usize>> = (0..rows.len()).map(|i| occurrences(&wanted[i..=i], &source.runs[i])).collect();
        let missing: Vec<usize> = (0..rows.len()).filter(|i| places[*i].is_empty()).collect();
        let kept: Vec<usize> = (0..rows.len()).filter(|i| places[*i].len() == 1 && source.runs[*i].len() > 1).collect();
        if tried >= 2 || kept.len() < 4 || missing.len() > kept.len() * 2 {
            continue;
        }
        tried += 1;
        let on = |kept: &[usize]| search.spec.on(&kept.iter().map(|i| rows[*i]).collect::<Vec<_>>());
        let rest = on(&missing);
        let place = |i: &usize| Want::Value(lab.engine.pool.intern(Value::Int(places[*i][0] as i64)));
        let spec = Spec { wants: kept.iter().map(place).collect(), classes: vec![], loose: false, ..on(&kept) };
        let expr = source.expr.clone();
        let build = move |solved: &[Expr]| {
            let found = call("at", vec![expr.clone(), solved[0].clone()]);
            // Where the source does not have what is wanted, its element must be undefined.
            vec![match solved.get(1) {
                Some(rest) => Expr::Or(Box::new([found, rest.clone()])),
                None => found,
            }]
        };
        let mut parts = vec![Part::Waiting(Box::new(spec))];
        if !missing.is_empty() {
            parts.push(Part::Waiting(Box::new(rest)));
        }
        narrow_and_wide(parts, 1 + source.cost, build, &[0], search, lab, out);
    }
}

/// A test, and the rows on each side of it as goals of their own.
fn halves(search: &Search, lab: &mut Lab, out: &mut Vec<Deduction>) {
    if search.spec.depth >= 2 {
        return;
    }
    let wanted = search.wanted();
    let mut tried = 0;
    let runs = runs_wanted(search, lab);
    let likeness = |mask: crate::goal::Mask| {
        let side: Vec<&Vec<ValueId>> = runs.iter().filter(|(row, _)| mask >> row & 1 == 1).map(|(_, run)| run).collect();
        let (front, back) = common_ends(&side, |_| true);
        front + back
    };
    let mut tests: Vec<(usize, usize, &crate::tree::Test)> = search
        .tests
        .iter()
        .filter(|test| test.cost <= 3)
        .map(|test| {
            let alike = likeness(wanted & test.mask) + likeness(wanted & !test.mask);
            (alike, operands(&search.bank.expr(test.term)), test)
        })
        .collect();
    // Sides whose wanted values begin and end alike are easier; and what operands are to each other tells more than what one is.
    tests.sort_by_key(|(alike, operands, test)| (std::cmp::Reverse((*alike, *operands)), test.cost));
    let tests = tests.into_iter().map(|(.., test)| test);
    for test in tests {
        let (yes, no) = (wanted & test.mask, wanted & !test.mask);
        if tried >= 3 || yes.count_ones().min(no.count_ones()) < 2 {
            continue;
        }
        tried += 1;
        let side = |mask: crate::goal::Mask| {
            let keep: Vec<usize> = (0..search.spec.rows.len()).filter(|row| mask >> row & 1 == 1).collect();
            Part::Waiting(Box::new(search.spec.on(&keep)))
        };
        let expr = search.bank.expr(test.term);
        let build: Build = Box::new(move |solved| vec![Expr::If(Box::new([expr.clone(), solved[0].clone(), solved[1].clone()]))]);
        out.push(Deduction::new(vec![side(yes), side(no)], test.cost + 1, build));
    }
}

/// The wanted runs, with their rows.
fn runs_wanted(search: &Search, lab: &mut Lab) -> Vec<(usize, Vec<ValueId>)> {
    let wants = search.goal.wants.iter().enumerate();
    let values: Vec<(usize, ValueId)> =
        wants.filter_map(|(row, want)| if let Want::Value(id) = want { Some((row, *id)) } else { None }).collect();
    values.into_iter().filter_map(|(row, id)| Some((row, numbers(id, lab)?))).collect()
}

/// How many elements runs have in common at the front and at the end, as far as these elements count.
fn common_ends<R: AsRef<[ValueId]>>(runs: &[R], counts: impl Fn(ValueId) -> bool) -> (usize, usize) {
    let Some(first) = runs.first().map(AsRef::as_ref) else { return (0, 0) };
    let least = runs.iter().map(|run| run.as_ref().len()).min().unwrap_or(0);
    let common = |at: &dyn Fn(&[ValueId]) -> ValueId| counts(at(first)) && runs.iter().all(|run| at(run.as_ref()) == at(first));
    let front = (0..least).take_while(|i| common(&|run| run[*i])).count();
    (front, (0..least - front).take_while(|i| common(&|run| run[run.len() - 1 - i])).count())
}

/// How many different operands and variables occur in an expression.
fn operands(expr: &Expr) -> usize {
    fn collect<'a>(expr: &'a Expr, into: &mut Vec<&'a Expr>) {
        if matches!(expr, Expr::Arg(_) | Expr::Local(_)) && !into.contains(&expr) {
            into.push(expr);
        }
        expr.parts().for_each(|part| collect(part, into));
    }
    let mut all = vec![];
    collect(expr, &mut all);
    all.len()
}

/// A test and a partial candidate that settle some rows; the other rows are a goal of their own.
fn residual(search: &Search, out: &mut Vec<Deduction>) {
    if search.spec.depth >= 2 {
        return;
    }
    let wanted = search.wanted();
    let covers = search.widest_covers(40);
    let mut options = vec![];
    for (i, test) in search.tests.iter().enumerate().filter(|(_, test)| test.cost <= 5) {
        for positive in [true, false] {
            let side = wanted & if positive { test.mask } else { !test.mask };
            if side == 0 || side == wanted {
                continue;
            }
            if let Some(c) = covers.iter().position(|cover| side & !cover.mask == 0) {
                let worth = i64::from(side.count_ones()) - 2 * (test.cost + covers[c].cost) as i64;
                options.push((worth, wanted & !side, i, positive, c));
            }
        }
    }
    options.sort_by_key(|(worth, ..)| std::cmp::Reverse(*worth));
    let mut seen = vec![];
    for (_, rest, i, positive, c) in options {
        if rest.count_ones() < 3 || seen.contains(&rest) {
            continue;
        }
        seen.push(rest);
        if seen.len() > 3 {
            break;
        }
        let keep: Vec<usize> = (0..search.spec.rows.len()).filter(|row| rest >> row & 1 == 1).collect();
        let spec = search.spec.on(&keep);
        let crate::tree::Leaf::Term(leaf, _) = covers[c].leaf else { continue };
        let (test, leaf) = (search.bank.expr(search.tests[i].term), search.bank.expr(leaf));
        let cost = search.tests[i].cost + covers[c].cost + 1;
        let build: Build = Box::new(move |solved| {
            let (test, leaf, rest) = (test.clone(), leaf.clone(), solved[0].clone());
            vec![Expr::If(Box::new(if positive { [test, leaf, rest] } else { [test, rest, leaf] }))]
        });
        out.push(Deduction::new(vec![Part::Waiting(Box::new(spec))], cost, build));
    }
}
