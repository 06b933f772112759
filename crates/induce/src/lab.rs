//! All searches for one problem: they share their words and their work, and equal goals share one search.

use std::hash::{Hash, Hasher};

use mimus_core::{Expr, Ready, Symbol, Value};
use rustc_hash::{FxHashMap, FxHasher};

use crate::bank::{Engine, Row, settle};
use crate::goal::{Goal, Mask, Want};
use crate::search::{Search, Solution};
use crate::spec::Spec;

/// All searches for one problem.
pub struct Lab {
    pub engine: Engine,
    searches: Vec<Option<Box<Search>>>,
    memo: FxHashMap<u64, usize>,
    /// Expressions that count as leaves of every goal over the operands, with their costs.
    pub given: Vec<(Expr, usize)>,
    /// Learned operations offered as words, with their number of operands and cost.
    pub words: Vec<(Symbol, usize, usize)>,
    /// The work that may be done in all.
    pub total: u64,
}

impl Lab {
    pub fn new(engine: Engine, words: Vec<(Symbol, usize, usize)>, given: Vec<(Expr, usize)>) -> Self {
        Self { engine, searches: vec![], memo: FxHashMap::default(), given, words, total: 0 }
    }

    /// Does without these words from now on; whether it did with any of them. The operation that is searched for is no such word.
    pub fn forget(&mut self, words: &[Symbol]) -> bool {
        let before = self.words.len();
        let speaker = &self.engine.speaker;
        self.words.retain(|(key, ..)| speaker.is_own(*key) || !words.contains(key));
        self.words.len() < before
    }

    /// Forgets all searches: the rows have changed.
    pub fn clear(&mut self) {
        self.searches.clear();
        self.memo.clear();
    }

    /// The search for a goal; an equal one that exists is used again.
    pub fn open(&mut self, spec: Spec) -> usize {
        let mut hasher = FxHasher::default();
        spec.wants.hash(&mut hasher);
        (spec.loose, spec.main_error, spec.depth, spec.narrow, &spec.bits).hash(&mut hasher);
        spec.given.hash(&mut hasher);
        for row in &spec.rows {
            for value in row.args.iter().chain(row.locals.iter()) {
                self.engine.pool.intern(value.clone()).hash(&mut hasher);
            }
        }
        let key = hasher.finish();
        if let Some(known) = self.memo.get(&key) {
            return *known;
        }
        let search = Search::new(spec, self);
        self.searches.push(Some(Box::new(search)));
        self.memo.insert(key, self.searches.len() - 1);
        self.searches.len() - 1
    }

    /// Lets a search work; gives its best answer so far.
    pub fn advance(&mut self, id: usize, work: u64) -> Option<Solution> {
        // A search that is being advanced further up waits for itself: it cannot help.
        let mut search = self.searches[id].take()?;
        search.advance(self, work);
        let best = search.found.first().cloned();
        self.searches[id] = Some(search);
        best
    }

    /// Lets a search with an answer look for shorter ones, as long as it would by itself.
    pub fn finish(&mut self, id: usize, until: u64) {
        while self.engine.work < until && self.look(id).is_some_and(|s| !s.closed && !s.found.is_empty()) {
            let before = self.engine.work;
            self.advance(id, (until - before).min(200_000));
            if self.engine.work < before + 100 {
                break;
            }
        }
    }

    /// Reads a search.
    pub fn look(&self, id: usize) -> Option<&Search> {
        self.searches[id].as_deref()
    }

    /// What an expression over the operands gives on each row.
    pub fn values_of<'r>(&mut self, expr: &Expr, rows: impl IntoIterator<Item = &'r Row>) -> Vec<Option<Value>> {
        let value = |row: &Row| {
            self.engine.work += 1;
            self.engine.speaker.begin();
            mimus_core::eval(expr, &row.args, &mut self.engine.speaker).ok()
        };
        rows.into_iter().map(value).collect()
    }

    /// The rows on which an expression is right, and those on which it is undefined.
    pub fn check(&mut self, expr: &Expr, rows: &[Row], goal: &mut Goal) -> (Mask, Mask) {
        let ready = Ready::new(expr);
        let (mut mask, mut undefined) = (0, 0);
        for (i, row) in rows.iter().enumerate() {
            if !matches!(goal.wants[i], Want::Value(_)) {
                continue;
            }
            self.engine.work += 1;
            self.engine.speaker.begin();
            let mut locals = row.locals.to_vec();
            let result = ready.run_inside(&row.args, &mut locals, &mut self.engine.speaker);
            let id = settle(result, &mut self.engine);
            if goal.hit(i, id, &self.engine.pool) {
                mask |= 1 << i;
            } else if self.engine.pool.is_undefined(id) {
                undefined |= 1 << i;
            }
        }
        (mask, undefined)
    }
}
