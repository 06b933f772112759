//! Finds the programs of parts while the program of a construct is checked: they are needed to go on.

use std::sync::Arc;

use mimus_core::{Body, Code, Datum, Form, Kind, Shape, Slot, Symbol, Tree};
use mimus_knowledge::Role;
use rustc_hash::{FxHashMap, FxHashSet};

use super::checker::Checker;
use super::enumerate::Enumerator;
use super::pieces::{part_forms, slot_kind};
use super::program::{collects, cost, count, gathers, handles, operates, passes_on_matched};
use super::space::part_space;
use crate::record::Record;
use crate::simulate::{CLOSES, OPENS, Parts, Verdict};

/// Programs for one part that are tried.
const PART_PROGRAMS: usize = 1200;
/// Episodes of which one may have a part that nothing is found for.
const RARE: usize = 10;

/// What a construct does around its parts.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Around {
    /// It collects what elements push.
    Gathers,
    /// It makes one text of what elements push.
    Joins,
    /// It catches errors, which clauses may take.
    Handles,
    Other,
}

impl Around {
    fn of(code: &Code, role: Role) -> Self {
        match role {
            Role::Element if code.any(&|code| matches!(code, Code::New(_, Shape::Text, _))) => Self::Joins,
            Role::Element if gathers(code) => Self::Gathers,
            Role::Clause if handles(code) => Self::Handles,
            _ => Self::Other,
        }
    }
}

/// Candidate programs for parts, remembered.
pub(super) struct PartSearch {
    programs: FxHashMap<(Form, Role, Around), Arc<Vec<Code>>>,
    /// Classes of sequences that names were bound to.
    sequences: Vec<Symbol>,
}

impl PartSearch {
    pub fn new(record: &Record) -> Self {
        let mut sequences: Vec<Symbol> = vec![];
        for (_, value) in record.episodes.iter().flat_map(|episode| &episode.binds) {
            let Some(value) = *value else { continue };
            let is_seq = match record.world.object(value) {
                Some(object) => record.world.collection_shape(object) == Some(Shape::Seq),
                None => matches!(record.world.raw(value), Datum::Compound(c) if matches!(c.body, Body::Seq(_))),
            };
            let class = record.world.class(value);
            if is_seq && !sequences.contains(&class) {
                sequences.push(class);
            }
        }
        Self { programs: FxHashMap::default(), sequences }
    }

    /// Whether a program explains these episodes but for so many, with some programs for the parts it needs. The error is the
    /// position of the episode that refuted it.
    pub fn explains(
        &mut self,
        checker: &mut Checker,
        code: &Code,
        episodes: &[usize],
        mut misses: usize,
        work: &mut u32,
    ) -> Result<Parts, usize> {
        let mut parts = Parts::default();
        let mut assumed = Vec::new();
        let (mut lost, mut left_out) = (FxHashSet::default(), 0);
        let mut position = 0;
        let outcome = loop {
            let Some(episode) = episodes.get(position) else { break Ok(()) };
            *work = work.saturating_sub(1);
            if *work == 0 {
                break Err(position);
            }
            match checker.check(code, *episode) {
                // Truths assumed for one episode hold for the next.
                Verdict::Pass(findings) => checker.assume(findings.truths, &mut assumed),
                Verdict::Fail if misses > 0 => misses -= 1,
                Verdict::Fail => break Err(position),
                Verdict::Needs(form, role, tree) => {
                    let part = (form, role);
                    let settled =
                        if lost.contains(&part) { None } else { self.settle(checker, code, episodes, part, &tree, work) };
                    if let Some(program) = settled {
                        checker.laws.parts.insert(part, program.clone());
                        parts.insert(part, program);
                        // The same episode again.
                        continue;
                    }
                    // A rare part that nothing is found for says little against the rest.
                    lost.insert(part);
                    left_out += 1;
                    if left_out * RARE > episodes.len() {
                        break Err(position);
                    }
                }
            }
            position += 1;
        };
        checker.take_back(assumed);
        for part in parts.keys() {
            checker.laws.parts.remove(part);
        }
        outcome.map(|()| parts)
    }

    /// The cheapest program for a part, by the episodes that need no other unknown part.
    fn settle(
        &mut self,
        checker: &mut Checker,
        code: &Code,
        episodes: &[usize],
        part: (Form, Role),
        tree: &Tree,
        work: &mut u32,
    ) -> Option<Arc<Code>> {
        let known: FxHashSet<Form> = checker.laws.parts.keys().map(|(form, _)| *form).collect();
        let alone = |i: &&usize| {
            let forms = part_forms(&checker.record.episodes[**i].tree);
            forms.contains(&part.0) && forms.iter().all(|form| *form == part.0 || known.contains(form))
        };
        let mut speaking: Vec<usize> = episodes.iter().filter(alone).copied().collect();
        if speaking.is_empty() {
            speaking = episodes.to_vec();
        }
        // One that only leads on to other parts has nothing that speaks for it yet.
        let mut unproved = None;
        let around = Around::of(code, part.1);
        for candidate in self.candidates(part, tree, around).iter() {
            let program = Arc::new(candidate.clone());
            checker.laws.parts.insert(part, program.clone());
            let spoken_for = is_borne_out(checker, code, &mut speaking, work);
            checker.laws.parts.remove(&part);
            match spoken_for {
                Some(true) => return Some(program),
                Some(false) if unproved.is_none() => unproved = Some(program),
                _ => {}
            }
            if *work == 0 {
                break;
            }
        }
        unproved
    }

    fn candidates(&mut self, (form, role): (Form, Role), tree: &Tree, around: Around) -> Arc<Vec<Code>> {
        if let Some(known) = self.programs.get(&(form, role, around)) {
            return known.clone();
        }
        let mut all = enumerated(form, role, tree, &self.sequences);
        if let (Role::Clause, [Slot::One(one)]) = (role, tree.slots.as_slice())
            && one.form.kind == Kind::Expr
        {
            // What comes after the clause is given to what the clause evaluates.
            all.push(Code::Call(Box::new([Code::Slot(0), Code::Push(Box::new(Code::Rest))])));
        }
        if role == Role::Clause {
            all.extend(settling(tree));
        }
        if role == Role::Target && tree.slots.iter().all(|slot| slot_kind(slot) == Some(Kind::Expr)) {
            // Of all that is there, however much that is.
            let slots = (0..tree.slots.len() as u8).map(Code::Slot);
            let all_of_it = Code::Op(own_key(form, role), slots.chain([Code::In]).collect());
            if !all.contains(&all_of_it) {
                all.push(all_of_it);
            }
        }
        // One name alone takes a value, it does not spread one.
        let is_marked = form.template.as_str().split(' ').count() > tree.slots.len();
        let several = is_marked || tree.slots.len() > 1 || tree.slots.iter().any(|slot| matches!(slot, Slot::Many(_)));
        match role {
            // A clause runs what comes after it in one place. What matches is not left to the clauses that follow: the other
            // way round says the same.
            Role::Clause => all.retain(|code| count(code, &Code::Rest) <= 1 && !code.any(&passes_on_matched)),
            // A target uses what comes in.
            Role::Target => all.retain(|code| {
                let spreads = code.any(&|code| matches!(code, Code::Spread(_)));
                let uses = count(code, &Code::In) == 1 || matches!(code, Code::TakeRest(..) | Code::Spread(_));
                uses && (several || !spreads)
            }),
            // An element adds something, or does something.
            Role::Element if around == Around::Joins => all.retain(collects),
            Role::Element if around == Around::Gathers => all.retain(|code| collects(code) && !operates(code)),
            Role::Element => all.retain(|code| matches!(code, Code::Op(..) | Code::Forget(_) | Code::Store(..))),
            Role::Parameter | Role::Plain => {}
        }
        let is_value = |slot: u8| tree.slots.get(usize::from(slot)).and_then(slot_kind) == Some(Kind::Expr);
        // Where an error was caught, what is done depends on it: a program that does not look at it has to be much simpler.
        let idle = |code: &Code| if around == Around::Handles && count(code, &Code::Caught) == 0 { 5 } else { 0 };
        all.sort_by_key(|code| cost(code, &|_| false, &is_value) + idle(code));
        all.truncate(PART_PROGRAMS);
        let all = Arc::new(all);
        self.programs.insert((form, role, around), all.clone());
        all
    }
}

/// Whether with all programs of parts that are known or tried now, a construct's program fits the episodes (nothing if not) and
/// any of them speaks for it. One that refutes comes first the next time.
fn is_borne_out(checker: &mut Checker, code: &Code, speaking: &mut [usize], work: &mut u32) -> Option<bool> {
    let mut assumed = Vec::new();
    let (mut fits, mut passed) = (true, false);
    for position in 0..speaking.len() {
        *work = work.saturating_sub(1);
        match checker.check(code, speaking[position]) {
            Verdict::Pass(findings) => {
                passed = true;
                checker.assume(findings.truths, &mut assumed);
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
    let fits = fits && checker.is_consistent(code, speaking, &Parts::default());
    checker.take_back(assumed);
    fits.then_some(passed)
}

/// The operation that a part is in one of its roles.
fn own_key(form: Form, role: Role) -> Symbol {
    Symbol::new(&format!("{} {}", role.word(), form.template))
}

/// What a clause evaluates is begun, and settled when what comes after the clause has ended in whatever way. What beginning it gave
/// may be stored.
fn settling(tree: &Tree) -> Option<Code> {
    let (first, others) = tree.slots.split_first()?;
    let stored = match others {
        [] => None,
        [Slot::One(_)] => Some(1),
        _ => return None,
    };
    if !matches!(first, Slot::One(one) if one.form.kind == Kind::Expr) {
        return None;
    }
    let begun = Code::Op(Symbol::new(OPENS), vec![Code::Slot(0)]);
    let settled = Code::Op(Symbol::new(CLOSES), vec![Code::Val(0), Code::Caught]);
    let inside = match stored {
        Some(slot) => Code::seq(Code::Store(slot, Box::new(Code::In)), Code::Rest),
        None => Code::Rest,
    };
    Some(Code::Settle(Box::new([begun, inside, settled])))
}

/// Small programs for a part, smallest first.
fn enumerated(form: Form, role: Role, tree: &Tree, sequences: &[Symbol]) -> Vec<Code> {
    let key = own_key(form, role);
    let space = part_space(tree, role, &[key], sequences);
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
    all
}
