//! Judges programs by the record and by what is known so far.

use mimus_core::{Code, Datum, Form, Symbol};
use rustc_hash::FxHashMap;

use super::uses::Uses;
use crate::record::Record;
use crate::simulate::{CATCHES, Facts, Findings, Laws, OpResult, Parts, Verdict, check, operation_key};
use crate::world::Val;

/// All that was observed, and what was learned of it that holds for all constructs.
pub(crate) struct Checker<'r> {
    pub record: &'r mut Record,
    pub laws: Laws,
}

impl Checker<'_> {
    /// Checks a program against an episode.
    pub fn check(&mut self, code: &Code, episode: usize) -> Verdict {
        let episode = &self.record.episodes[episode];
        let source = self.record.source(episode).clone();
        check(&mut self.record.world, &self.laws, &source, code, episode)
    }

    /// Does something while these are the programs of parts.
    pub fn assuming<T>(&mut self, parts: &Parts, work: impl FnOnce(&mut Self) -> T) -> T {
        let new: Vec<_> = parts.keys().filter(|key| !self.laws.parts.contains_key(key)).copied().collect();
        self.laws.parts.extend(parts.iter().map(|(k, v)| (*k, v.clone())));
        let done = work(self);
        for key in new {
            self.laws.parts.remove(&key);
        }
        done
    }

    /// Takes for known what values were found to be true or false; notes which of that is new.
    pub fn assume(&mut self, truths: Vec<(Val, bool)>, new: &mut Vec<Val>) {
        for (value, truth) in truths {
            if self.laws.truth.insert(value, truth).is_none() {
                new.push(value);
            }
        }
    }

    /// Takes back what was assumed.
    pub fn take_back(&mut self, truths: Vec<Val>) {
        for value in truths {
            self.laws.truth.remove(&value);
        }
    }

    /// Operations must be functions of their operands.
    pub fn is_consistent(&mut self, code: &Code, episodes: &[usize], parts: &Parts) -> bool {
        self.assuming(parts, |checker| {
            let mut uses = Uses::default();
            for episode in episodes {
                let Verdict::Pass(findings) = checker.check(code, *episode) else { continue };
                uses.add(&mut checker.record.world, &checker.record.episodes[*episode], &findings);
            }
            uses.are_consistent()
        })
    }

    /// Remembers what shared operations decided: the same for all constructs that use them.
    pub fn note_decided(&mut self, episode: usize, findings: &Findings) {
        for op in findings.ops.iter().filter(|op| op.key.as_str() == CATCHES) {
            let Some(truth) = op.decided(findings) else { continue };
            let episode = &self.record.episodes[episode];
            let Some(args) = op.operands(findings, &mut self.record.world, episode) else { continue };
            self.laws.decided.insert((op.key, args), truth);
        }
    }

    /// Remembers what the construct's own operation gave: other constructs may use it.
    pub fn note_facts(&mut self, form: Form, code: &Code, episodes: &[usize]) {
        let own = operation_key(form);
        let mut facts = Facts::default();
        let mut uses = 0;
        // How often it was used with operands of these classes, and how often something happened then.
        let mut by_classes: FxHashMap<Vec<Symbol>, (usize, usize)> = FxHashMap::default();
        for i in episodes {
            let Verdict::Pass(findings) = self.check(code, *i) else { continue };
            let (world, episode) = (&mut self.record.world, &self.record.episodes[*i]);
            for op in findings.ops.iter().filter(|op| op.key == own) {
                let Some(args) = op.operands(&findings, world, episode) else { continue };
                uses += 1;
                let classes: Vec<Symbol> = args.iter().map(Datum::class).collect();
                let seen = by_classes.entry(classes).or_default();
                seen.0 += 1;
                seen.1 += usize::from(!episode.changed.is_empty() || !episode.out.is_empty());
                if let OpResult::Gave(v) = &op.result
                    && let Some(value) = findings.value(*v)
                    && !matches!(world.raw(value), Datum::Opaque(..) | Datum::Compound(_) | Datum::Bound(..))
                {
                    facts.gave.insert(args, value);
                }
            }
        }
        facts.acts =
            by_classes.iter().filter(|(_, (uses, acts))| acts * 50 > *uses).map(|(classes, _)| classes.clone()).collect();
        facts.classes = by_classes.into_keys().collect();
        if uses >= 20 {
            self.laws.facts.insert(own, facts);
        }
    }
}
