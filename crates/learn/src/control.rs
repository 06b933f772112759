//! Finds what each construct does: the cheapest control program that explains all its episodes.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use mimus_core::{Code, Datum, Form, Kind, Shape, SignalKind, Slot, Symbol, Tree};
use mimus_knowledge::Role;
use mimus_trace::End;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::enumerate::{Enumerator, Space, collects, cost, part_space};
use crate::episode::Episode;
use crate::record::Record;
use crate::simulate::{CATCHES, Facts, Findings, Laws, OpResult, Parts, Verdict, check, operation_key};
use crate::world::{Val, World};

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

/// Episodes of one construct that the search looks at.
const SAMPLE: usize = 160;
/// Episodes on which the operations of what was found are compared.
const WIDE: usize = 1500;
/// Of one pattern of steps.
const SAMPLE_PATTERN: usize = 10;
/// Steps of the longest episode looked at.
const LONGEST: usize = 40;
/// Programs for one part that are tried.
const PART_PROGRAMS: usize = 1200;
/// Searches with counterexamples for one construct.
const ROUNDS: usize = 5;
/// What a program of known operations saves against one with an operation of its own.
const COMPOSED: u32 = 4;
/// Episodes of one construct whose operation is noted for others.
const FACTS: usize = 6000;
/// Episodes of one construct that a program is checked on.
const CHECKED: usize = 3000;

pub(crate) struct Control<'r> {
    pub record: &'r mut Record,
    pub laws: Laws,
    pub found: BTreeMap<Form, Found>,
    /// Activations with each part that were explained, those that were not, and its text in the first of them.
    pub parts_seen: BTreeMap<Form, (u64, u64, String)>,
    by_form: BTreeMap<Form, Vec<usize>>,
    part_programs: FxHashMap<(Form, Role, bool), Arc<Vec<Code>>>,
    /// Classes of sequences that names were bound to.
    sequences: Vec<Symbol>,
}

impl<'r> Control<'r> {
    pub fn new(record: &'r mut Record) -> Self {
        let mut by_form: BTreeMap<Form, Vec<usize>> = BTreeMap::new();
        for (i, episode) in record.episodes.iter().enumerate() {
            by_form.entry(episode.form()).or_default().push(i);
        }
        let mut sequences: Vec<Symbol> = vec![];
        for (_, value) in record.episodes.iter().flat_map(|episode| &episode.binds) {
            let Some(value) = *value else { continue };
            let is_seq = match record.world.object(value) {
                Some(object) => record.world.collection_shape(object) == Some(Shape::Seq),
                None => matches!(record.world.raw(value), Datum::Compound(c) if matches!(c.body, mimus_core::Body::Seq(_))),
            };
            let class = record.world.class(value);
            if is_seq && !sequences.contains(&class) {
                sequences.push(class);
            }
        }
        // What gave something that was filled later may give such a thing again: there it may be left before its end.
        let late = |episode: &&Episode| episode.steps.iter().any(|step| step.ended > episode.ended);
        let class = |value: Val| record.world.object(value).map(|_| record.world.class(value));
        let lazy: FxHashSet<Symbol> = record.episodes.iter().filter(late).filter_map(|episode| class(episode.value)).collect();
        let is_lazy: Vec<bool> =
            record.episodes.iter().map(|episode| class(episode.value).is_some_and(|class| lazy.contains(&class))).collect();
        for (episode, is_lazy) in record.episodes.iter_mut().zip(is_lazy) {
            episode.lazy = is_lazy;
        }
        Self {
            record,
            laws: Laws::default(),
            found: BTreeMap::new(),
            parts_seen: BTreeMap::new(),
            by_form,
            part_programs: FxHashMap::default(),
            sequences,
        }
    }

    /// Constructs in the order in which they are searched: those with most evidence first.
    pub fn forms(&self) -> Vec<(Form, usize)> {
        let mut forms: Vec<(Form, usize)> = self.by_form.iter().map(|(form, all)| (*form, all.len())).collect();
        let rank = |form: &Form| match form.kind {
            Kind::Expr => 0,
            Kind::Block => 1,
            _ => 2,
        };
        forms.sort_by_key(|(form, n)| (std::cmp::Reverse(*n), rank(form), form.template.as_str().len()));
        forms
    }

    /// Searches one construct; what it finds becomes known to later searches.
    ///
    /// The search looks at a sample; what it finds is checked on all episodes, and those that refute it join the sample.
    pub fn search(&mut self, form: Form, effort: Effort) -> bool {
        let mut sample = self.sample(form);
        if sample.is_empty() || !self.is_whole(form, &sample) {
            return false;
        }
        // Little evidence cannot pay for a long search.
        let seen = self.by_form.get(&form).map_or(0, Vec::len) as u64;
        let effort = Effort { candidates: effort.candidates.min(3000 * seen), ..effort };
        let mut tried = 0;
        let mut best = None;
        for _ in 0..ROUNDS {
            let found = self.candidates(form, &sample, effort, 0, &mut tried);
            let Some((code, parts)) = found else { break };
            let refuting = self.refuting(form, &code, &parts);
            best = Some((code, parts));
            if refuting.is_empty() {
                break;
            }
            sample.splice(0..0, refuting);
        }
        if best.is_none() {
            best = self.reconsider(form, &sample, effort, &mut tried);
        }
        // A sample that refuted what is simple may be too odd to refute what is not.
        let wide = self.typical(form, WIDE);
        let own = operation_key(form);
        let invents = |code: &Code| code.any(&|c| matches!(c, Code::Op(key, _) if *key == own));
        if best.as_ref().is_some_and(|(code, parts)| invents(code) && !self.is_consistent(code, &wide, parts)) {
            best = None;
        }
        // A program that is much simpler and fails on few is the better explanation of most; its share says that it fails.
        // For that, what is frequent has to be frequent in the sample.
        let typical = self.typical(form, SAMPLE);
        let own_key = operation_key(form);
        let price = |code: &Code| cost(code, &|key| key != own_key, &|_| false);
        if best.as_ref().is_none_or(|(code, _)| price(code) >= 9)
            && let Some(simple) = self.candidates(form, &typical, effort, typical.len() / 12, &mut tried)
            && best.as_ref().is_none_or(|(code, _)| price(&simple.0) + 5 <= price(code))
        {
            best = Some(simple);
        }
        if best.is_none() {
            best = self.without_rare_parts(form, &sample, effort, &mut tried);
        }
        if best.is_none() {
            best = self.candidates(form, &typical, effort, typical.len() / 6, &mut tried);
        }
        let Some((mut code, parts)) = best else { return false };
        if sample.iter().any(|i| self.record.episodes[*i].steps.iter().any(|step| step.scoped)) {
            code = Code::Scope(Box::new(code));
        }
        self.laws.parts.extend(parts);
        let mut truths = Vec::new();
        let (mut explained, mut missed) = (0, 0);
        for episode in &sample {
            match self.check(&code, *episode) {
                Verdict::Pass(findings) => {
                    explained += 1;
                    self.note_decided(&findings);
                    truths.extend(findings.truths);
                }
                _ => missed += 1,
            }
        }
        // Too little evidence must not decide what others take for known.
        if explained >= 12 {
            self.laws.truth.extend(truths);
        }
        if operates(&code) {
            self.note_facts(form, &code);
        }
        self.found.insert(form, Found { code, explained, missed });
        true
    }

    /// Remembers what shared operations decided: the same for all constructs that use them.
    fn note_decided(&mut self, findings: &Findings) {
        for op in findings.ops.iter().filter(|op| op.key.as_str() == CATCHES) {
            let Some(truth) = op.decided(findings) else { continue };
            let Some(args) = op.operands(findings, &mut self.record.world) else { continue };
            self.laws.decided.insert((op.key, args), truth);
        }
    }

    /// Remembers what the construct's own operation gave: other constructs may use it.
    fn note_facts(&mut self, form: Form, code: &Code) {
        let own = operation_key(form);
        let mut facts = Facts::default();
        let (mut uses, mut impure) = (0, 0);
        let all = self.by_form.get(&form).cloned().unwrap_or_default();
        let stride = (all.len() / FACTS).max(1);
        for i in all.into_iter().step_by(stride) {
            if !usable(&self.record.episodes[i]) {
                continue;
            }
            let Verdict::Pass(findings) = self.check(code, i) else { continue };
            let (world, episode) = (&mut self.record.world, &self.record.episodes[i]);
            for op in findings.ops.iter().filter(|op| op.key == own) {
                let Some(args) = op.operands(&findings, world) else { continue };
                uses += 1;
                impure += usize::from(!episode.changed.is_empty() || !episode.out.is_empty());
                facts.classes.insert(args.iter().map(Datum::class).collect());
                if let OpResult::Gave(v) = &op.result
                    && let Some(value) = findings.value(*v)
                    && !matches!(world.raw(value), Datum::Opaque(..) | Datum::Compound(_) | Datum::Bound(..))
                {
                    facts.gave.insert(args, value);
                }
            }
        }
        facts.pure = impure * 50 <= uses;
        if uses >= 20 {
            self.laws.facts.insert(own, facts);
        }
    }

    /// Whether every piece that is evaluated at all was seen evaluated: what never ran cannot be learned.
    fn is_whole(&self, form: Form, sample: &[usize]) -> bool {
        let episodes = || sample.iter().map(|i| &self.record.episodes[*i]);
        let Some(first) = episodes().next() else { return false };
        let makes_function = episodes().any(|e| {
            self.record.world.is_function(e.value)
                || e.binds.iter().any(|(_, v)| v.is_some_and(|v| self.record.world.is_function(v)))
        });
        makes_function
            || first.tree.slots.iter().enumerate().all(|(i, slot)| {
                let evaluated = matches!((form.kind, slot_kind(slot)), (_, Some(Kind::Expr | Kind::Stmt | Kind::Block)));
                !evaluated || episodes().any(|e| e.steps.iter().any(|s| s.path.first().is_some_and(|p| usize::from(p.0) == i)))
            })
    }

    /// Leaves out the episodes with rare parts, rarest first: one part that is out of reach must not hide what the rest means.
    fn without_rare_parts(&mut self, form: Form, sample: &[usize], effort: Effort, tried: &mut u64) -> Option<(Code, Parts)> {
        let parts_of = |record: &Record, i: usize| {
            let mut forms = FxHashSet::default();
            part_forms(&record.episodes[i].tree, &mut forms);
            forms
        };
        let mut counts: BTreeMap<Form, usize> = BTreeMap::new();
        for i in sample {
            parts_of(self.record, *i).into_iter().for_each(|form| *counts.entry(form).or_default() += 1);
        }
        let mut rarest: Vec<(usize, Form)> = counts.into_iter().map(|(form, n)| (n, form)).collect();
        rarest.sort();
        let mut rest = sample.to_vec();
        for (_, rare) in rarest.into_iter().take(4) {
            rest.retain(|i| !parts_of(self.record, *i).contains(&rare));
            if rest.len() * 2 < sample.len() {
                return None;
            }
            let found = self.candidates(form, &rest, effort, rest.len() / 20, tried);
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Searches with the programs of its parts open again; keeps others than before only if they explain what was found already.
    fn reconsider(&mut self, form: Form, sample: &[usize], effort: Effort, tried: &mut u64) -> Option<(Code, Parts)> {
        let mut used: FxHashSet<Form> = FxHashSet::default();
        for i in sample {
            part_forms(&self.record.episodes[*i].tree, &mut used);
        }
        let before: Parts =
            self.laws.parts.iter().filter(|(key, _)| used.contains(&key.0)).map(|(k, v)| (*k, v.clone())).collect();
        if before.is_empty() {
            return None;
        }
        for key in before.keys() {
            self.laws.parts.remove(key);
        }
        let found = self.candidates(form, sample, effort, 0, tried);
        let agreed = found.filter(|(_, parts)| {
            self.laws.parts.extend(before.iter().map(|(k, v)| (*k, v.clone())));
            self.laws.parts.extend(parts.iter().map(|(k, v)| (*k, v.clone())));
            let others: Vec<(Form, Code)> = self.found.iter().map(|(form, found)| (*form, found.code.clone())).collect();
            others.into_iter().all(|(other, code)| {
                let mut forms = FxHashSet::default();
                self.by_form[&other].iter().take(50).for_each(|i| part_forms(&self.record.episodes[*i].tree, &mut forms));
                forms.is_disjoint(&used) || self.refuting(other, &code, &Parts::default()).is_empty()
            })
        });
        if agreed.is_none() {
            self.laws.parts.extend(before);
        }
        agreed
    }

    /// The cheapest program for a sample of which it may leave `allowed` unexplained.
    fn candidates(
        &mut self,
        form: Form,
        sample: &[usize],
        effort: Effort,
        allowed: usize,
        tried: &mut u64,
    ) -> Option<(Code, Parts)> {
        let space = self.space(form, sample);
        let own_key = operation_key(form);
        let values: FxHashSet<u8> = self.record.episodes[sample[0]]
            .tree
            .slots
            .iter()
            .enumerate()
            .filter(|(_, slot)| slot_kind(slot) == Some(Kind::Expr))
            .map(|(i, _)| i as u8)
            .collect();
        // An operation that makes a new value for a name that has one depends on the old one, unless it is shown not to.
        let kept: Vec<u8> = self.kept_names(&space, sample);
        let idle = |code: &Code, own: Symbol| {
            let unused = |slot: &&u8| {
                code.any(&|c| matches!(c, Code::Op(key, _) if *key == own)) && !code.any(&|c| c == &Code::Get(**slot))
            };
            2 * kept.iter().filter(unused).count() as u32
        };
        let mut best: Option<(u32, Code, Parts)> = None;
        let mut first_size = None;
        let mut order = sample.to_vec();
        // Programs that need parts explained are dear to check; all of them together get this much.
        let mut part_work: u32 = 60_000;
        let mut enumerator = Enumerator::new(&space, 40_000);
        let from = *tried;
        let composed = self.compositions(form, &space);
        'sizes: for size in 0..=effort.largest {
            if first_size.is_some_and(|first| size > first + 2) {
                break;
            }
            let programs = if size == 0 { composed.clone() } else { enumerator.programs(size, space.need) };
            for code in programs.iter() {
                *tried += 1;
                if *tried - from > effort.candidates {
                    break 'sizes;
                }
                let mut price = cost(code, &|key| key != own_key, &|slot| values.contains(&slot)) + idle(code, own_key);
                if size == 0 {
                    // Of known things only: cheaper than a new operation of all its operands.
                    price = price.saturating_sub(COMPOSED);
                }
                if best.as_ref().is_some_and(|(least, ..)| price >= *least) {
                    continue;
                }
                let given = 9000.min(part_work);
                let mut work = given;
                let mut misses = allowed;
                let explained = self.explains(code, &order, 0, &mut FxHashMap::default(), &mut work, &mut misses);
                if given - work > sample.len() as u32 {
                    part_work = part_work.saturating_sub(given - work).max(10);
                }
                match explained {
                    Ok(parts) => {
                        let part_cost = |part: &Arc<Code>| cost(part, &|_| false, &|_| false);
                        let price = price + parts.values().map(part_cost).sum::<u32>();
                        let cheaper = best.as_ref().is_none_or(|(least, ..)| price < *least);
                        if cheaper && self.is_consistent(code, &order, &parts) {
                            if size > 0 {
                                first_size.get_or_insert(size);
                            }
                            best = Some((price, code.clone(), parts));
                        }
                    }
                    Err(failed) => {
                        // What refuted one candidate refutes others: look at it first.
                        let refuting = order.remove(failed);
                        order.insert(0, refuting);
                    }
                }
            }
        }
        best.map(|(_, code, parts)| (code, parts))
    }

    /// Some episodes outside the sample that a program does not explain.
    fn refuting(&mut self, form: Form, code: &Code, parts: &Parts) -> Vec<usize> {
        let all: Vec<usize> =
            self.by_form.get(&form).into_iter().flatten().copied().filter(|i| usable(&self.record.episodes[*i])).collect();
        let stride = (all.len() / CHECKED).max(1);
        let had: Vec<_> = parts.keys().filter(|key| !self.laws.parts.contains_key(key)).copied().collect();
        self.laws.parts.extend(parts.iter().map(|(k, v)| (*k, v.clone())));
        let mut refuting = Vec::new();
        for i in all.into_iter().step_by(stride) {
            if self.record.episodes[i].steps.len() <= LONGEST && matches!(self.check(code, i), Verdict::Fail) {
                refuting.push(i);
                if refuting.len() >= 8 {
                    break;
                }
            }
        }
        for key in had {
            self.laws.parts.remove(&key);
        }
        refuting
    }

    /// The episodes that a program does not explain, as text.
    pub fn unexplained(&mut self, form: Form, code: &Code) -> Vec<String> {
        let all = self.by_form.get(&form).cloned().unwrap_or_default();
        let mut out = vec![];
        for i in all {
            if !usable(&self.record.episodes[i]) {
                continue;
            }
            match self.check(code, i) {
                Verdict::Pass(_) => {}
                Verdict::Fail => out.push(self.describe(i)),
                Verdict::Needs(part, role, _) => out.push(format!("{} needs {part} [{}]", self.describe(i), role.word())),
            }
        }
        out
    }

    /// What an episode shows, in a line or more.
    fn describe(&mut self, episode: usize) -> String {
        let episode = &self.record.episodes[episode];
        let world = &mut self.record.world;
        let program = episode.program as usize;
        let mut out = format!("{}: {}", self.record.ids[program], &self.record.sources[program][episode.at()]);
        for step in &episode.steps {
            let body = if step.body_of.is_some() { " (body)" } else { "" };
            let value = world.snapshot(step.value, step.ended);
            out += &format!("\n    {:?}{body} {:?} {value}", step.path, step.end);
            for (name, bound) in &step.binds {
                out += &format!(" {name}={}", world.snapshot(*bound, step.began));
            }
        }
        let names: Vec<&str> = episode.binds.iter().map(|(name, _)| name.as_str()).collect();
        let value = world.snapshot(episode.value, episode.ended);
        let born = world.object(episode.value).and_then(|object| world.born(object));
        out += &format!("\n    began {} ended {} born {born:?}", episode.began, episode.ended);
        out + &format!(
            "\n    => {:?} {value} binds {names:?} changes {} prints {:?}",
            episode.end,
            episode.changed.len(),
            episode.out
        )
    }

    /// Runs the found programs over all episodes: the uses of operations, and how much is explained.
    pub fn replay(&mut self, mut take: impl FnMut(&mut World, &Episode, &Findings)) {
        for found in self.found.values_mut() {
            (found.explained, found.missed) = (0, 0);
        }
        for i in 0..self.record.episodes.len() {
            let form = self.record.episodes[i].form();
            if !usable(&self.record.episodes[i]) {
                continue;
            }
            let Some(code) = self.found.get(&form).map(|found| found.code.clone()) else { continue };
            let verdict = self.check(&code, i);
            self.count_parts(i, matches!(verdict, Verdict::Pass(_)));
            let found = self.found.get_mut(&form);
            match verdict {
                Verdict::Pass(findings) => {
                    found.into_iter().for_each(|f| f.explained += 1);
                    take(&mut self.record.world, &self.record.episodes[i], &findings);
                }
                Verdict::Fail => found.into_iter().for_each(|f| f.missed += 1),
                // A part that no episode of the sample had: find its program now.
                Verdict::Needs(..) => {
                    let mut work = 20_000;
                    match self.explains(&code, &[i], 0, &mut FxHashMap::default(), &mut work, &mut 0) {
                        Ok(parts) => {
                            self.laws.parts.extend(parts);
                            if let Verdict::Pass(findings) = self.check(&code, i) {
                                take(&mut self.record.world, &self.record.episodes[i], &findings);
                            }
                            self.found.get_mut(&form).into_iter().for_each(|f| f.explained += 1);
                        }
                        Err(_) => found_missed(self.found.get_mut(&form)),
                    }
                }
            }
        }
    }

    fn count_parts(&mut self, episode: usize, explained: bool) {
        let episode = &self.record.episodes[episode];
        let source = self.record.source(episode);
        let mut work: Vec<&Tree> = vec![&episode.tree];
        while let Some(tree) = work.pop() {
            for part in tree.children().filter(|child| child.form.kind == Kind::Part) {
                let text = || (0, 0, part.text(source).chars().take(80).collect());
                let counts = self.parts_seen.entry(part.form).or_insert_with(text);
                if explained {
                    counts.0 += 1
                } else {
                    counts.1 += 1
                }
                work.push(part);
            }
        }
    }

    fn check(&mut self, code: &Code, episode: usize) -> Verdict {
        let episode = &self.record.episodes[episode];
        let source = self.record.source(episode).clone();
        check(&mut self.record.world, &self.laws, &source, code, episode)
    }

    /// Whether a program explains these episodes, with some programs for the parts it needs. The error is the position of the
    /// episode that refuted it.
    fn explains(
        &mut self,
        code: &Code,
        episodes: &[usize],
        from: usize,
        parts: &mut FxHashMap<(Form, Role), Arc<Code>>,
        work: &mut u32,
        misses: &mut usize,
    ) -> Result<FxHashMap<(Form, Role), Arc<Code>>, usize> {
        let mut over: Vec<(Val, bool)> = Vec::new();
        let added: Vec<_> = parts.keys().copied().collect();
        self.laws.parts.extend(parts.iter().map(|(k, v)| (*k, v.clone())));
        let mut outcome = Ok(parts.clone());
        for (position, episode) in episodes.iter().enumerate().skip(from) {
            *work = work.saturating_sub(1);
            if *work == 0 {
                outcome = Err(position);
                break;
            }
            match self.check(code, *episode) {
                Verdict::Pass(findings) => {
                    // Truths assumed for one episode hold for the next.
                    for (value, truth) in findings.truths {
                        if self.laws.truth.insert(value, truth).is_none() {
                            over.push((value, truth));
                        }
                    }
                }
                Verdict::Fail if *misses > 0 => *misses -= 1,
                Verdict::Fail => {
                    outcome = Err(position);
                    break;
                }
                Verdict::Needs(form, role, tree) => {
                    match self.settle_part(code, episodes, (form, role), &tree, work) {
                        Some(program) => {
                            parts.insert((form, role), program);
                            let rest = self.explains(code, episodes, position, parts, work, misses);
                            self.laws.parts.remove(&(form, role));
                            outcome = rest;
                        }
                        None => outcome = Err(position),
                    }
                    break;
                }
            }
        }
        for (value, _) in over {
            self.laws.truth.remove(&value);
        }
        for key in added {
            self.laws.parts.remove(&key);
        }
        outcome
    }

    /// The cheapest program for a part, by the episodes that need no other unknown part.
    fn settle_part(
        &mut self,
        code: &Code,
        episodes: &[usize],
        part: (Form, Role),
        tree: &Tree,
        work: &mut u32,
    ) -> Option<Arc<Code>> {
        let known: FxHashSet<Form> = self.laws.parts.keys().map(|(form, _)| *form).collect();
        let alone = |i: &&usize| {
            let mut forms = FxHashSet::default();
            part_forms(&self.record.episodes[**i].tree, &mut forms);
            forms.contains(&part.0) && forms.iter().all(|form| *form == part.0 || known.contains(form))
        };
        let mut speaking: Vec<usize> = episodes.iter().filter(alone).copied().collect();
        if speaking.is_empty() {
            speaking = episodes.to_vec();
        }
        // One that only leads on to other parts has nothing that speaks for it yet.
        let mut unproved = None;
        for candidate in
            self.part_candidates(part.0, part.1, tree, if part.1 == Role::Element { gathers(code) } else { handles(code) }).iter()
        {
            let program = Arc::new(candidate.clone());
            self.laws.parts.insert(part, program.clone());
            let mut over: Vec<Val> = Vec::new();
            let (mut fits, mut passed) = (true, false);
            for (position, i) in speaking.iter().enumerate() {
                *work = work.saturating_sub(1);
                match self.check(code, *i) {
                    Verdict::Pass(findings) => {
                        passed = true;
                        for (value, truth) in findings.truths {
                            if self.laws.truth.insert(value, truth).is_none() {
                                over.push(value);
                            }
                        }
                    }
                    // Others that turn out to be needed are settled later.
                    Verdict::Needs(..) => {}
                    Verdict::Fail => {
                        fits = false;
                        speaking[..=position].rotate_right(1);
                        break;
                    }
                }
                if *work == 0 {
                    fits = false;
                    break;
                }
            }
            let fits = fits && self.is_consistent(code, &speaking, &Parts::default());
            for value in over {
                self.laws.truth.remove(&value);
            }
            self.laws.parts.remove(&part);
            if fits && passed {
                return Some(program);
            }
            if fits && unproved.is_none() {
                unproved = Some(program);
            }
            if *work == 0 {
                break;
            }
        }
        unproved
    }

    /// `around`: whether the construct catches errors (for clauses) or collects what is pushed (for elements).
    fn part_candidates(&mut self, form: Form, role: Role, tree: &Tree, around: bool) -> Arc<Vec<Code>> {
        if let Some(known) = self.part_programs.get(&(form, role, around)) {
            return known.clone();
        }
        let key = Symbol::new(&format!("{} {}", role.word(), form.template));
        let space = part_space(tree, role, &[key], &self.sequences);
        let mut enumerator = Enumerator::new(&space, 20_000);
        let mut all = Vec::new();
        for size in 1..=9 {
            if size > 5 && all.len() > 40 && !space.match_op {
                break;
            }
            all.extend(enumerator.programs(size, space.need).iter().cloned());
            if all.len() > 100 * PART_PROGRAMS {
                break;
            }
        }
        // A clause runs what comes after it in one place; a target uses what comes in.
        fn count(code: &Code, wanted: &Code) -> usize {
            usize::from(code == wanted) + code.parts().map(|part| count(part, wanted)).sum::<usize>()
        }
        // One name alone takes a value, it does not spread one.
        let several = tree.slots.len() > 1 || tree.slots.iter().any(|slot| matches!(slot, Slot::Many(_)));
        match role {
            // What matches is not left to the clauses that follow: the other way round says the same.
            Role::Clause => all.retain(|code| count(code, &Code::Rest) <= 1 && !code.any(&passes_on_matched)),
            Role::Target => all.retain(|code| {
                count(code, &Code::In) == 1 || matches!(code, Code::TakeRest(..)) || (matches!(code, Code::Spread(_)) && several)
            }),
            // An element adds something, or does something.
            Role::Element if around => all.retain(|code| collects(code) && !operates(code)),
            Role::Element => all.retain(|code| matches!(code, Code::Op(..) | Code::Forget(_) | Code::Store(..))),
            _ => {}
        }
        let is_value = |slot: u8| tree.slots.get(usize::from(slot)).and_then(slot_kind) == Some(Kind::Expr);
        // Where an error was caught, what is done depends on it: a program that does not look at it has to be much simpler.
        let idle = |code: &Code| if around && role == Role::Clause && count(code, &Code::Caught) == 0 { 5 } else { 0 };
        all.sort_by_key(|code| cost(code, &|_| false, &is_value) + idle(code));
        all.truncate(PART_PROGRAMS);
        let all = Arc::new(all);
        self.part_programs.insert((form, role, around), all.clone());
        all
    }

    /// Operations must be functions of their operands.
    fn is_consistent(&mut self, code: &Code, episodes: &[usize], parts: &FxHashMap<(Form, Role), Arc<Code>>) -> bool {
        let had: Vec<_> = parts.keys().filter(|key| self.laws.parts.contains_key(key)).copied().collect();
        self.laws.parts.extend(parts.iter().map(|(k, v)| (*k, v.clone())));
        let mut seen: FxHashMap<(Symbol, Vec<Datum>), Datum> = FxHashMap::default();
        let mut raised: FxHashMap<(Symbol, Vec<Datum>), bool> = FxHashMap::default();
        let (mut agree, mut differ) = (0, 0);
        for episode in episodes {
            let Verdict::Pass(findings) = self.check(code, *episode) else { continue };
            let world = &mut self.record.world;
            for op in &findings.ops {
                let Some(args) = op.operands(&findings, world) else { continue };
                // What cannot be looked into may differ from call to call.
                if args.iter().any(|arg| matches!(arg, Datum::Opaque(..) | Datum::Function(_) | Datum::Bound(..))) {
                    continue;
                }
                // Whether it raises must depend on the operands, too.
                let raises = matches!(op.result, OpResult::Raised);
                if raised.insert((op.key, args.clone()), raises).is_some_and(|before| before != raises) {
                    differ += 1;
                }
                let result = match &op.result {
                    OpResult::Gave(v) => match findings.value(*v) {
                        Some(v) => world.snapshot(v, self.record.episodes[*episode].ended),
                        None => match op.decided(&findings) {
                            Some(truth) => Datum::seq("decided", vec![Datum::Bool(truth)]),
                            None => continue,
                        },
                    },
                    OpResult::Raised => {
                        let error = self.record.episodes[*episode].value;
                        Datum::seq("raised", vec![world.snapshot(error, op.at)])
                    }
                    OpResult::Elements(items, true) => match findings.values(items) {
                        Some(items) => Datum::seq("elements", world.snapshots(&items, op.at)),
                        None => continue,
                    },
                    OpResult::Elements(_, false) => continue,
                };
                match seen.insert((op.key, args), result.clone()) {
                    Some(before) if before != result => differ += 1,
                    Some(_) => agree += 1,
                    None => {}
                }
            }
        }
        for key in parts.keys().filter(|key| !had.contains(key)) {
            self.laws.parts.remove(key);
        }
        // A few may depend on what no operand shows.
        differ * 10 <= agree || differ * 12 <= raised.len()
    }

    /// Few episodes that differ as much as possible, short ones first.
    fn sample(&self, form: Form) -> Vec<usize> {
        let mut patterns: FxHashMap<u64, usize> = FxHashMap::default();
        let Some(all) = self.by_form.get(&form) else { return vec![] };
        let mut usable: Vec<usize> = all
            .iter()
            .copied()
            .filter(|i| usable(&self.record.episodes[*i]) && self.record.episodes[*i].steps.len() <= LONGEST)
            .collect();
        usable.sort_by_key(|i| (self.record.episodes[*i].steps.len(), *i));
        // Of equal patterns take some from all over the record.
        let stride = (usable.len() / 4000).max(1);
        let mut sample = Vec::new();
        for i in usable.iter().step_by(stride) {
            let count = patterns.entry(pattern(&self.record.episodes[*i])).or_default();
            *count += 1;
            if *count <= SAMPLE_PATTERN || (count.is_power_of_two() && *count < 3000) {
                sample.push(*i);
            }
            if sample.len() >= SAMPLE {
                break;
            }
        }
        sample
    }

    /// Episodes from all over the record, as many of each pattern as there are.
    fn typical(&self, form: Form, most: usize) -> Vec<usize> {
        let fits = |i: &usize| usable(&self.record.episodes[*i]) && self.record.episodes[*i].steps.len() <= LONGEST;
        let usable: Vec<usize> = self.by_form.get(&form).into_iter().flatten().copied().filter(fits).collect();
        let stride = usable.len().div_ceil(most).max(1);
        usable.into_iter().step_by(stride).collect()
    }

    /// What the episodes show that the construct could need.
    #[allow(clippy::too_many_lines)]
    fn space(&self, form: Form, sample: &[usize]) -> Space {
        let episodes: Vec<&Episode> = sample.iter().map(|i| &self.record.episodes[*i]).collect();
        let world = &self.record.world;
        let tree = &*episodes[0].tree;
        let is_expr = form.kind == Kind::Expr;
        let mut space = Space { branch: true, ..Space::default() };
        let mut stepped = FxHashSet::default();
        let (mut repeated, mut absorbed, mut names_inside) = (false, FxHashSet::default(), false);
        for episode in &episodes {
            let mut here = FxHashSet::default();
            for step in &episode.steps {
                if let Some((slot, piece)) = step.path.first() {
                    stepped.insert(*slot);
                    repeated |= !here.insert((*slot, *piece, step.path.get(1).copied()));
                }
                names_inside |= !step.binds.is_empty();
                if step.end == End::Left && !(episode.end == End::Left && episode.jump == step.jump) {
                    absorbed.extend(step.jump);
                }
                space.handle |= step.end == End::Raised && !(episode.end == End::Raised && episode.value == step.value);
            }
            let abrupt = |end: End| end == End::Left || end == End::Raised;
            space.after |= episode.steps.iter().rev().skip(1).any(|step| abrupt(step.end));
        }
        let jumps = episodes.iter().any(|e| e.end == End::Left && !e.steps.iter().any(|s| s.end == End::Left));
        let raises = episodes.iter().any(|e| e.end == End::Raised && !e.steps.iter().any(|s| s.end == End::Raised));
        let makes_function = episodes.iter().any(|e| {
            (is_expr && world.is_function(e.value)) || e.binds.iter().any(|(_, v)| v.is_some_and(|v| world.is_function(v)))
        });
        space.loops = repeated;
        space.catch = absorbed.into_iter().collect();
        space.catch.sort();
        if jumps {
            space.signals.push(SignalKind::Own);
        }
        if raises && !is_expr {
            space.signals.push(SignalKind::Error);
            space.bare_op = true;
        }
        // Does some slot give something that can be called?
        let callee = (0..tree.slots.len() as u8).find(|slot| {
            let values = episodes.iter().filter_map(|e| e.steps.iter().find(|s| s.path == [(*slot, 0)] && s.end == End::Normal));
            let (mut all, mut callable) = (0, 0);
            for step in values {
                all += 1;
                let raw = world.raw(step.value);
                callable += usize::from(world.is_function(step.value) || matches!(raw, Datum::Atom(_) | Datum::Bound(..)));
            }
            callable > 0 && callable * 2 >= all
        });
        space.call = is_expr && callee.is_some();
        space.push = space.call;
        if is_expr || form.kind == Kind::Stmt {
            let fresh: FxHashSet<(Symbol, Shape)> = episodes.iter().filter_map(|e| fresh(world, e)).collect();
            if is_expr
                && !fresh.is_empty()
                && fresh.len() <= 3
                && !tree.slots.iter().any(|slot| slot_kind(slot) == Some(Kind::Name))
            {
                space.new.extend(fresh);
                space.push = true;
            }
        }
        let none = (Code::Const(Datum::None), 0);
        space.leaves.push(none);
        if is_expr {
            space.leaves.push((Code::Const(Datum::Bool(true)), 0));
            space.leaves.push((Code::Const(Datum::Bool(false)), 0));
        }
        space.leaves.push((Code::It, 0));
        if space.handle {
            space.leaves.push((Code::Again, 0));
            space.leaves.push((Code::Caught, 0));
            space.match_op = true;
        }
        if tree.slots.is_empty() {
            if is_expr {
                // Only what can be a name in memory is read as one; other leaves mean what their text says.
                let named = |e: &&Episode| e.named(Symbol::new(e.tree.text(&self.record.sources[e.program as usize]))).is_some();
                if episodes.iter().any(named) {
                    space.leaves.push((Code::Load, 0));
                }
                space.operands.push((Code::OwnText, 0));
            }
            if raises {
                space.leaves.push((Code::Again, 0));
            }
        }
        let mut body = None;
        for (i, slot) in tree.slots.iter().enumerate() {
            let (i, bit) = (i as u8, 1u32 << i);
            match (slot, slot_kind(slot)) {
                (Slot::One(_), Some(Kind::Expr | Kind::Stmt | Kind::Block)) if stepped.contains(&i) => {
                    space.need |= bit;
                    if slot_kind(slot) == Some(Kind::Expr) {
                        space.values |= bit;
                        space.operands.push((Code::Slot(i), bit));
                    } else {
                        space.leaves.push((Code::Slot(i), bit));
                    }
                    if tree.slots.len() > 2 && slot_kind(slot) == Some(Kind::Expr) {
                        space.operands.push((Code::Val(i), 0));
                    }
                }
                (Slot::One(_), Some(Kind::Expr | Kind::Block)) => body = Some(i),
                (Slot::One(_), Some(Kind::Stmt)) => {}
                (Slot::One(_), Some(Kind::Name)) => {
                    space.need |= bit;
                    space.store.push(i);
                    space.operands.push((Code::Word(i), bit));
                    space.operands.push((Code::Get(i), 0));
                    space.leaves.push((Code::Forget(i), bit));
                    space.leaves.extend([true, false].map(|outermost| (Code::Declare(i, outermost), bit)));
                    if repeated || names_inside {
                        space.each.push(i);
                    }
                }
                (Slot::One(_), Some(Kind::Part)) => {
                    space.need |= bit;
                    if !space.handle {
                        space.leaves.push((Code::Every(i), bit));
                        space.store.push(i);
                    }
                    space.nest.push(i);
                    if !space.handle && (repeated || names_inside) {
                        space.each.push(i);
                    }
                }
                (Slot::Many(_), _) => {
                    space.need |= bit;
                    if !(space.handle && slot_kind(slot) == Some(Kind::Part)) {
                        space.leaves.push((Code::Every(i), bit));
                    }
                    if slot_kind(slot) == Some(Kind::Part) {
                        space.nest.push(i);
                    }
                    if slot.trees().iter().all(|t| t.form.kind == Kind::Name) {
                        space.leaves.push((Code::Forget(i), bit));
                        space.leaves.extend([true, false].map(|outermost| (Code::Declare(i, outermost), bit)));
                    }
                }
                _ => {}
            }
        }
        if let (true, Some(body)) = (makes_function, body) {
            let bits = |slots: &[u8]| slots.iter().fold(0u32, |bits, slot| bits | 1 << slot);
            space.need |= bits(&[body]);
            space.leaves.push((Code::Closure(None, body, None), bits(&[body])));
            for i in 0..tree.slots.len() as u8 {
                if slot_kind(&tree.slots[i as usize]) == Some(Kind::Part) {
                    space.leaves.push((Code::Closure(Some(i), body, None), bits(&[i, body])));
                }
            }
        }
        space.keys.push(operation_key(form));
        if tree.slots.len() == 3 {
            space.related = self.related_keys(form);
        }
        space
    }

    /// Name slots that are stored to and had a value in every episode.
    fn kept_names(&self, space: &Space, sample: &[usize]) -> Vec<u8> {
        let had = |slot: &&u8| {
            sample.iter().all(|i| {
                let episode = &self.record.episodes[*i];
                let source = self.record.source(episode);
                match episode.tree.slots.get(usize::from(**slot)).map(Slot::trees) {
                    Some([tree]) if tree.form.kind == Kind::Name => {
                        let name = Symbol::new(tree.text(source));
                        episode.named(name).is_some() && episode.binds.iter().any(|(n, _)| *n == name)
                    }
                    _ => false,
                }
            })
        };
        space.store.iter().filter(had).copied().collect()
    }

    /// Programs of known operations only, larger than the enumeration reaches: a place is read, what is there is combined with
    /// something and put back; or operations on neighbours, one after the other, as long as they give what is true.
    fn compositions(&self, form: Form, space: &Space) -> Rc<Vec<Code>> {
        let own = tokens(form.template);
        let near = |template: Symbol| {
            let theirs = tokens(template);
            !theirs.is_empty() && theirs.is_subset(&own)
        };
        let mut operands: Vec<&Code> =
            space.operands.iter().map(|(code, _)| code).filter(|code| matches!(code, Code::Slot(_) | Code::Word(_))).collect();
        operands.sort_by_key(|code| if let Code::Slot(i) | Code::Word(i) = code { *i } else { 0 });
        let binary = |other: &Form| {
            let facts = self.laws.facts.get(&operation_key(*other))?;
            let two = facts.classes.iter().next().is_some_and(|classes| classes.len() == 2);
            (*other != form && two && near(other.template)).then(|| (other.template, operation_key(*other)))
        };
        let known: Vec<(Symbol, Symbol)> = self.found.keys().filter_map(binary).collect();
        let again = |code: &Code| if let Code::Slot(i) = code { Code::Val(*i) } else { code.clone() };
        let mut out = vec![];
        if let ([a, b, c], false) = (operands.as_slice(), form.kind == Kind::Expr) {
            for ((part, role), code) in &self.laws.parts {
                let Code::Op(writer, args) = &**code else { continue };
                if *role != Role::Target || args.len() != 3 || !near(part.template) {
                    continue;
                }
                let Some((_, reader)) = known.iter().find(|(template, _)| *template == part.template) else { continue };
                for (_, combine) in known.iter().filter(|(template, _)| *template != part.template) {
                    let read = Code::Op(*reader, vec![again(a), again(b)]);
                    let combined = Code::Op(*combine, vec![read, (*c).clone()]);
                    out.push(Code::Op(*writer, vec![(*a).clone(), (*b).clone(), combined]));
                }
            }
        }
        if let (3..=5, Kind::Expr) = (operands.len(), form.kind) {
            let ends = [Code::It, Code::Const(Datum::Bool(false)), Code::Const(Datum::None)];
            let mut rows: Vec<Vec<Symbol>> = vec![vec![]];
            for _ in 1..operands.len() {
                let longer = |row: &Vec<Symbol>| {
                    let row = row.clone();
                    known.iter().map(move |(_, key)| row.iter().copied().chain([*key]).collect::<Vec<_>>()).collect::<Vec<_>>()
                };
                rows = rows.iter().flat_map(longer).collect();
                if rows.len() > 1000 {
                    return Rc::new(out);
                }
            }
            // All that the template says must be said; in its order, unless there is much evidence for another.
            let said = |row: &Vec<Symbol>| row.iter().flat_map(|key| sequence(*key)).collect::<Vec<_>>();
            let (in_order, mut others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| said(row) == sequence(form.template));
            others.retain(|row| said(row).into_iter().collect::<FxHashSet<_>>() == own);
            others.truncate(if self.by_form.get(&form).is_some_and(|all| all.len() >= 30) { 1000 } else { 0 });
            let rows: Vec<Vec<Symbol>> = in_order.into_iter().chain(others).collect();
            for (keys, end) in rows.iter().flat_map(|row| ends.iter().map(move |end| (row, end))) {
                let mut chain: Option<Code> = None;
                for (i, key) in keys.iter().enumerate().rev() {
                    let first = if i == 0 { operands[0].clone() } else { again(operands[i]) };
                    let test = Code::Op(*key, vec![first, operands[i + 1].clone()]);
                    chain = Some(match chain {
                        None => test,
                        Some(rest) => Code::If(Box::new([test, rest, end.clone()])),
                    });
                }
                out.extend(chain);
            }
        }
        Rc::new(out)
    }

    /// Operations of shorter constructs that share a token with this one.
    fn related_keys(&self, form: Form) -> Vec<Symbol> {
        let tokens: FxHashSet<&str> = form.template.as_str().split(' ').filter(|t| *t != "_").collect();
        let related = |other: &Form| {
            let parts: Vec<&str> = other.template.as_str().split(' ').collect();
            other.kind == Kind::Expr
                && parts.len() < form.template.as_str().split(' ').count()
                && parts.iter().filter(|t| **t == "_").count() == 2
                && parts.iter().filter(|t| **t != "_").all(|t| tokens.contains(t))
                && parts.len() > 2
        };
        self.found.keys().filter(|other| related(other)).map(|other| operation_key(*other)).collect()
    }
}

/// The words and marks of a template, in order.
fn sequence(template: Symbol) -> Vec<&'static str> {
    let holes = [Kind::Expr, Kind::Stmt, Kind::Block, Kind::Name, Kind::Part].map(Kind::hole);
    template.as_str().split(' ').filter(|t| *t != ".." && !holes.contains(t)).collect()
}

fn tokens(template: Symbol) -> FxHashSet<&'static str> {
    sequence(template).into_iter().collect()
}

/// Whether a program leaves what matches, and only that, to others.
fn passes_on_matched(code: &Code) -> bool {
    let rest = |code: &Code| code.any(&|c| matches!(c, Code::Rest));
    let Code::If(three) = code else { return false };
    matches!(&three[0], Code::Op(key, _) if key.as_str() == CATCHES) && rest(&three[1]) && !rest(&three[2])
}

/// Whether a program has a place for what is pushed.
fn gathers(code: &Code) -> bool {
    matches!(code, Code::New(..) | Code::Call(_)) || code.parts().any(gathers)
}

/// Whether a program uses an operation.
fn operates(code: &Code) -> bool {
    matches!(code, Code::Op(..)) || code.parts().any(operates)
}

/// Whether a program catches errors.
fn handles(code: &Code) -> bool {
    matches!(code, Code::Handle(_)) || code.parts().any(handles)
}

fn found_missed(found: Option<&mut Found>) {
    if let Some(found) = found {
        found.missed += 1;
    }
}

/// An episode that can be judged: nothing in it was cut off.
pub(crate) fn usable(episode: &Episode) -> bool {
    episode.end != End::Suspended && episode.steps.iter().all(|step| step.end != End::Suspended)
}

/// The forms of all parts in a tree that belong to it.
fn part_forms(tree: &Tree, forms: &mut FxHashSet<Form>) {
    for child in tree.children().filter(|child| child.form.kind == Kind::Part) {
        forms.insert(child.form);
        part_forms(child, forms);
    }
}

/// The kind of the pieces of a slot; for mixed runs, the first that is not a part.
fn slot_kind(slot: &Slot) -> Option<Kind> {
    let kinds = || slot.trees().iter().map(|tree| tree.form.kind);
    kinds().find(|kind| *kind != Kind::Part).or_else(|| kinds().next())
}

/// Class and shape of a collection that an episode made and gave.
fn fresh(world: &World, episode: &Episode) -> Option<(Symbol, Shape)> {
    if episode.end != End::Normal {
        return None;
    }
    let shape = match world.object(episode.value) {
        Some(object) => {
            world.born(object).filter(|born| *born > episode.began)?;
            world.collection_shape(object)?
        }
        None => match world.raw(episode.value) {
            Datum::Compound(c) => match c.body {
                mimus_core::Body::Seq(_) => Shape::Seq,
                mimus_core::Body::Set(_) => Shape::Set,
                _ => return None,
            },
            _ => return None,
        },
    };
    Some((world.class(episode.value), shape))
}

/// A hash of what ran and how it ended.
fn pattern(episode: &Episode) -> u64 {
    use std::hash::{Hash, Hasher};
    let mut hasher = rustc_hash::FxHasher::default();
    episode.steps.iter().for_each(|step| {
        step.path.hash(&mut hasher);
        step.end.hash(&mut hasher);
        step.body_of.is_some().hash(&mut hasher);
    });
    episode.end.hash(&mut hasher);
    episode.jump.hash(&mut hasher);
    episode.binds.len().hash(&mut hasher);
    hasher.finish()
}
