//! The search for what one construct does: the cheapest control program that explains its episodes.

use std::collections::BTreeMap;
use std::sync::Arc;

use mimus_core::{Code, Form, SignalKind, Symbol};
use rustc_hash::FxHashSet;

use super::checker::Checker;
use super::compose::{Composer, related};
use super::enumerate::Enumerator;
use super::parts::PartSearch;
use super::pieces::part_forms;
use super::program::{cost, sends, uses};
use super::records::{records, wrapped};
use super::samples::{SAMPLE, Samples};
use super::shown::Shown;
use super::space::Space;
use crate::simulate::{Parts, Verdict, operation_key};

/// What was found for one construct.
pub(crate) struct Found {
    pub code: Code,
    /// Episodes that the program explains.
    pub explained: u64,
    /// Episodes that it does not: they lower its share.
    pub missed: u64,
}

/// How much work a search may do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    /// Programs checked for one construct.
    pub candidates: u64,
    /// Nodes of the largest program.
    pub largest: usize,
}

/// Episodes on which the operations of what was found are compared.
const WIDE: usize = 1500;
/// Searches with counterexamples for one construct.
const ROUNDS: usize = 5;
/// What a program of known operations saves against one with an operation of its own.
const COMPOSED: u32 = 4;
/// Programs that need parts explained are dear to check; all of them together get this much.
const PART_WORK: u32 = 60_000;
/// Episodes of which one may be wild; and where only an operation of its own explains that one, too.
const WILD: usize = 400;
const WILD_BUT_FOR_OWN: usize = 100;

/// Refuting episodes that are looked for.
const REFUTING: usize = 8;

/// A program, and those of the parts that it needs.
pub(super) struct Answer {
    pub code: Code,
    pub parts: Parts,
}

pub(super) struct Search<'c, 'r> {
    pub form: Form,
    pub effort: Effort,
    pub checker: &'c mut Checker<'r>,
    pub parts: &'c mut PartSearch,
    pub samples: &'c Samples,
    /// Constructs that are known already.
    pub found: &'c BTreeMap<Form, Found>,
}

impl Search<'_, '_> {
    /// Looks at a sample; checks what it finds on many episodes, and lets those that refute it join the sample.
    pub fn run(&mut self, sample: &mut Vec<usize>) -> Option<Answer> {
        let is_whole = |checker: &Checker, sample: &[usize]| Shown::new(checker.record, self.form, sample).is_whole();
        if sample.is_empty() || !is_whole(self.checker, sample) && !is_whole(self.checker, &self.typical(WIDE)) {
            return None;
        }
        let mut best = self.refined(sample);
        if best.is_none() {
            best = self.reconsidered(sample);
        }
        // A sample that refuted what is simple may be too odd to refute what is not.
        let wide = self.typical(WIDE);
        let own = operation_key(self.form);
        best = best.filter(|best| !uses(&best.code, own) || self.checker.is_consistent(&best.code, &wide, &best.parts));
        // A program that is much simpler and fails on few is the better explanation of most; its share says that it fails.
        // For that, what is frequent has to be frequent in the sample.
        let typical = self.typical(SAMPLE);
        let price = |code: &Code| cost(code, &|key| key != own, &|_| false);
        if best.as_ref().is_none_or(|best| price(&best.code) >= 9)
            && let Some(simple) = self.candidates(&typical, typical.len() / 12)
            && best.as_ref().is_none_or(|best| price(&simple.code) + 5 <= price(&best.code))
        {
            best = Some(simple);
        }
        let best = best.or_else(|| self.without_rare_parts(sample)).or_else(|| self.candidates(&typical, typical.len() / 6));
        best.map(|best| self.sent_on(best, &typical))
    }

    /// An operation that always raises one of its operands is none: all are evaluated, and that one is sent.
    fn sent_on(&mut self, answer: Answer, sample: &[usize]) -> Answer {
        let Code::Op(key, operands) = &answer.code else { return answer };
        let slots: Option<Vec<u8>> = operands.iter().map(|code| if let Code::Slot(i) = code { Some(*i) } else { None }).collect();
        let Some(slots) = slots.filter(|slots| slots.len() > 1 && *key == operation_key(self.form)) else { return answer };
        for sent in &slots {
            let signal = Code::Signal(SignalKind::Error, Box::new(Code::Val(*sent)));
            let code = slots.iter().rev().fold(signal, |rest, i| Code::Seq(Box::new([Code::Slot(*i), rest])));
            let explains = |i: &usize| matches!(self.checker.check(&code, *i), Verdict::Pass(_));
            if sample.iter().all(explains) && self.refuting(self.form, &code, &answer.parts).is_empty() {
                return Answer { code, parts: answer.parts };
            }
        }
        answer
    }

    fn typical(&self, most: usize) -> Vec<usize> {
        self.samples.typical(self.checker.record, self.form, most)
    }

    /// What explains the sample and all that joins it.
    fn refined(&mut self, sample: &mut Vec<usize>) -> Option<Answer> {
        let own = operation_key(self.form);
        let mut best: Option<Answer> = None;
        // What is added to the price of what came before, if a few wild episodes are left to themselves.
        let mut spared = None;
        let mut are_few = false;
        for _ in 0..ROUNDS {
            let Some(answer) = self.candidates(sample, 0) else { break };
            // An operation of its own explains anything, and so does what is much longer: a few wild episodes do not make it necessary.
            let price = |code: &Code| cost(code, &|key| key != own, &|_| false);
            // That all operands go to an operation of its own is the plainest that can be said; anything else with one is made up.
            let is_plain = matches!(&answer.code, Code::Op(key, operands) if *key == own
                && operands.iter().all(|operand| matches!(operand, Code::Slot(_))));
            // What sends a value on as it is says more of that than an operation could.
            let is_made_up = |before: &Answer| !is_plain || sends(&before.code);
            let adds_own = |before: &Answer| is_made_up(before) && uses(&answer.code, own) && !uses(&before.code, own);
            let is_needless = |before: &Answer, wild: u32| {
                uses(&answer.code, own) && !uses(&before.code, own) || price(&answer.code) > price(&before.code) + wild
            };
            if best
                .as_ref()
                .is_some_and(|before| are_few && adds_own(before) || spared.is_some_and(|wild| is_needless(before, wild)))
            {
                break;
            }
            let refuting = self.refuting(self.form, &answer.code, &answer.parts);
            let checked = self.samples.checked(self.checker.record, self.form).len();
            spared = (refuting.len() * WILD <= checked).then_some(refuting.len() as u32);
            are_few = refuting.len() < REFUTING && refuting.len() * WILD_BUT_FOR_OWN <= checked;
            best = Some(answer);
            if refuting.is_empty() {
                break;
            }
            sample.splice(0..0, refuting);
        }
        best
    }

    /// Some of many episodes that a program does not explain.
    fn refuting(&mut self, form: Form, code: &Code, parts: &Parts) -> Vec<usize> {
        let checked = self.samples.checked(self.checker.record, form);
        self.checker.assuming(parts, |checker| {
            checked.into_iter().filter(|i| matches!(checker.check(code, *i), Verdict::Fail)).take(REFUTING).collect()
        })
    }

    /// Leaves out the episodes with rare parts, rarest first: one part that is out of reach must not hide what the rest means.
    fn without_rare_parts(&mut self, sample: &[usize]) -> Option<Answer> {
        let mut rest: Vec<(usize, FxHashSet<Form>)> =
            sample.iter().map(|i| (*i, part_forms(&self.checker.record.episodes[*i].tree))).collect();
        let mut counts: BTreeMap<Form, usize> = BTreeMap::new();
        for form in rest.iter().flat_map(|(_, forms)| forms) {
            *counts.entry(*form).or_default() += 1;
        }
        let mut rarest: Vec<(usize, Form)> = counts.into_iter().map(|(form, n)| (n, form)).collect();
        rarest.sort();
        for (_, rare) in rarest.into_iter().take(4) {
            rest.retain(|(_, forms)| !forms.contains(&rare));
            if rest.len() * 2 < sample.len() {
                return None;
            }
            let rest: Vec<usize> = rest.iter().map(|(i, _)| *i).collect();
            let found = self.candidates(&rest, rest.len() / 20);
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Searches with the programs of its parts open again; keeps others than before only if they explain what was found already.
    fn reconsidered(&mut self, sample: &[usize]) -> Option<Answer> {
        let used: FxHashSet<Form> = sample.iter().flat_map(|i| part_forms(&self.checker.record.episodes[*i].tree)).collect();
        let known = self.checker.laws.parts.iter().filter(|((form, _), _)| used.contains(form));
        let before: Parts = known.map(|(key, program)| (*key, program.clone())).collect();
        if before.is_empty() {
            return None;
        }
        self.checker.laws.parts.retain(|key, _| !before.contains_key(key));
        let agreed = self.candidates(sample, 0).filter(|answer| {
            self.checker.laws.parts.extend(before.iter().chain(&answer.parts).map(|(key, program)| (*key, program.clone())));
            self.found.iter().all(|(other, found)| {
                let theirs = self.samples.all(*other).iter().take(50);
                let uses = |i: &usize| !part_forms(&self.checker.record.episodes[*i].tree).is_disjoint(&used);
                !theirs.into_iter().any(uses) || self.refuting(*other, &found.code, &Parts::default()).is_empty()
            })
        });
        if agreed.is_none() {
            self.checker.laws.parts.extend(before);
        }
        agreed
    }

    /// The cheapest program for a sample of which it may leave `allowed` unexplained.
    fn candidates(&mut self, sample: &[usize], allowed: usize) -> Option<Answer> {
        let shown = Shown::new(self.checker.record, self.form, sample);
        let mut space = shown.space();
        if shown.width() == 3 {
            space.related = related(self.form, self.found.keys());
        }
        let prices = Prices::new(self.form, &shown, &space);
        let mut composed = self.composed(&space);
        composed.extend(records(self.checker.record, sample));
        composed.extend(wrapped(self.checker.record, sample));
        let mut best: Option<(u32, Answer)> = None;
        let mut first_size = None;
        let mut order = sample.to_vec();
        let mut part_work = PART_WORK;
        let mut enumerator = Enumerator::new(&space, 40_000);
        let mut tried = 0;
        'sizes: for size in 0..=self.effort.largest {
            if first_size.is_some_and(|first| size > first + 2) {
                break;
            }
            let enumerated = if size == 0 { None } else { Some(enumerator.programs(size, space.need)) };
            for code in enumerated.as_deref().unwrap_or(&composed) {
                tried += 1;
                if tried > self.effort.candidates {
                    break 'sizes;
                }
                // Of known things only: cheaper than a new operation of all its operands.
                let saved = if size == 0 { COMPOSED } else { 0 };
                let price = prices.of(code).saturating_sub(saved);
                let is_cheaper = |price: u32| best.as_ref().is_none_or(|(least, _)| price < *least);
                if !is_cheaper(price) {
                    continue;
                }
                match self.explains(code, &order, allowed, &mut part_work) {
                    Ok(parts) => {
                        let part_cost = |part: &Arc<Code>| cost(part, &|_| false, &|_| false);
                        let price = price + parts.values().map(part_cost).sum::<u32>();
                        if is_cheaper(price) && self.checker.is_consistent(code, &order, &parts) {
                            if size > 0 {
                                first_size.get_or_insert(size);
                            }
                            best = Some((price, Answer { code: code.clone(), parts }));
                        }
                    }
                    // What refuted one candidate refutes others: look at it first.
                    Err(failed) => order[..=failed].rotate_right(1),
                }
            }
        }
        best.map(|(_, answer)| answer)
    }

    /// Programs of known operations.
    fn composed(&self, space: &Space) -> Vec<Code> {
        let composer = Composer::new(self.form, space, &self.checker.laws, self.found.keys());
        let mut composed = composer.changes();
        composed.extend(composer.leads(space));
        composed.extend(composer.chains(self.samples.all(self.form).len()));
        composed
    }

    /// See [`PartSearch::explains`]; what is spent on parts is taken from what all candidates have for that.
    fn explains(&mut self, code: &Code, order: &[usize], allowed: usize, part_work: &mut u32) -> Result<Parts, usize> {
        let given = 9000.min(*part_work);
        let mut work = given;
        let explained = self.parts.explains(self.checker, code, order, allowed, &mut work);
        if given - work > order.len() as u32 {
            *part_work = part_work.saturating_sub(given - work).max(10);
        }
        explained
    }
}

/// What programs of one construct cost.
struct Prices {
    own: Symbol,
    /// Slots that hold expressions.
    values: FxHashSet<u8>,
    /// Slots with a name that had a value before.
    kept: Vec<u8>,
}

impl Prices {
    fn new(form: Form, shown: &Shown, space: &Space) -> Self {
        Self { own: operation_key(form), values: shown.values(), kept: shown.kept(&space.store) }
    }

    fn of(&self, code: &Code) -> u32 {
        // An operation that makes a new value for a name that has one depends on the old one, unless it is shown not to.
        let unused = |slot: &&u8| uses(code, self.own) && !code.any(&|c| c == &Code::Get(**slot));
        let idle = 2 * self.kept.iter().filter(unused).count() as u32;
        cost(code, &|key| key != self.own, &|slot| self.values.contains(&slot)) + idle
    }
}
