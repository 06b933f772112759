//! One overload: from examples to formulas that explain all of them.

use std::rc::Rc;

use mimus_core::{Datum, Expr, Formula, Host, Meaning, Ready, SizeLimit, Stop, Symbol, Value};
use mimus_knowledge::{Overload, Pattern};

use crate::attempt::{Attempt, PROBES};
use crate::bank::Engine;
use crate::case::{Agreement, Case, End, distinct, evidence};
use crate::example::{Budget, Problem};
use crate::goal::MOST_ROWS;
use crate::lab::Lab;
use crate::pool::Pool;
use crate::shorter::Scored;
use crate::vocabulary::{ReadyMeaning, Speaker, Vocabulary};
use crate::wild;

/// A meaning that explains all examples, and its description length in bits.
#[derive(Clone, Debug)]
pub struct Explained {
    pub meaning: Meaning,
    pub bits: f64,
    /// The probability that an example is not explained, or not the text of its error.
    pub flaw: f64,
}

/// What a search for one overload came to.
pub struct Findings {
    /// Meanings, shortest first.
    pub explained: Vec<Explained>,
    /// Distinct examples.
    pub seen: usize,
    /// Those of them on which the meanings are undefined.
    pub open: usize,
    /// How much they tell, in examples.
    pub evidence: f64,
    /// Evaluations done.
    pub work: u64,
}

/// Rows that a search begins with.
const FIRST_ROWS: usize = 24;
/// Examples that a meaning which does not explain all must explain.
const PARTLY: usize = 20;
/// The same, where all that it lacks are meanings of other operations.
const SPEAKING: usize = 8;
/// Bits for a node of a formula.
pub const NODE_BITS: f64 = 4.0;
/// Bits for an operand that a formula does not use: operations depend on their operands.
const IDLE_BITS: f64 = 6.0;

/// Searches for formulas.
pub fn solve(problem: &Problem, vocabulary: &Vocabulary, budget: Budget) -> Findings {
    let _limit = SizeLimit::set(2_000);
    let (examples, contradicted) = distinct(&problem.examples);
    let seen = examples.len();
    let mut findings = Findings { explained: vec![], seen, open: 0, evidence: evidence(&examples), work: 0 };
    if seen == 0 || contradicted * 20 > seen {
        return findings;
    }
    let cases: Vec<Case> = examples.iter().map(|e| Case::new(e)).collect();
    let mut lab = laboratory(problem, &cases, vocabulary);
    let rows = sound_rows(problem.key, &cases, &mut lab.engine.speaker);
    let Explanation { mut explained, doubtful, partly } = explain(&cases, &rows, &mut lab, budget.candidates);
    if explained.is_empty() && !doubtful.is_empty() && wild::bearable(&doubtful, &cases) {
        // A few may have been seen wrongly. They are left out of the search, but not of what its answers are judged by.
        let rest: Vec<Case> =
            examples.iter().enumerate().filter(|(i, _)| !doubtful.contains(i)).map(|(_, e)| Case::new(e)).collect();
        lab.clear();
        let rows = sound_rows(problem.key, &rest, &mut lab.engine.speaker);
        explained = explain(&rest, &rows, &mut lab, budget.candidates).explained;
        explained.retain_mut(|found| {
            let Meaning::Formula(formula) = &found.meaning else { return false };
            let score = score(formula, &cases, &mut lab.engine.speaker);
            let misses = score.failed();
            found.flaw = 1.0 - (1.0 - score.flaw) * (1.0 - wild::mistrust(misses.len(), seen));
            wild::explained(formula, &misses, &cases)
        });
    }
    if explained.is_empty()
        && let Some((open, partly)) = partly
    {
        findings.open = open;
        explained.push(partly);
    }
    explained.sort_by(|a, b| a.bits.total_cmp(&b.bits));
    findings.explained = explained;
    findings.work = lab.engine.work;
    findings
}

/// Where searches for an operation take place: its words, and what it was seen to give, for recursion.
fn laboratory(problem: &Problem, cases: &[Case], vocabulary: &Vocabulary) -> Lab {
    let mut speaker = speaker(problem.key, cases, vocabulary);
    speaker.keep_own_to(&problem.takes);
    let words = words(problem.key, vocabulary, cases, &mut speaker);
    Lab::new(Engine { pool: Pool::new(), speaker, work: 0 }, words, problem.given.clone())
}

/// A speaker that knows what an operation was seen to give.
fn speaker(key: Symbol, cases: &[Case], vocabulary: &Vocabulary) -> Speaker {
    let mut speaker = Speaker::new(vocabulary);
    tell_own(key, cases, &mut speaker);
    speaker
}

/// Tells a speaker what an operation was seen to give, in place of what it was told of another one.
pub fn tell_own(key: Symbol, cases: &[Case], speaker: &mut Speaker) {
    let own = cases.iter().filter_map(|case| match &case.end {
        End::Gave { value, changes, out } if changes.is_empty() && out.is_empty() => {
            Some((case.args.to_vec(), Ok(value.clone())))
        }
        End::Raised { error, .. } => Some((case.args.to_vec(), Err(error.clone()))),
        End::Gave { .. } => None,
    });
    speaker.learn_own(key, own);
}

/// Cases that a search can look at: in the others the operation has no meaning yet for something that an operand holds, so what is
/// made of its meaning for that cannot be right. All, where most would be left out.
fn sound_rows(key: Symbol, cases: &[Case], speaker: &mut Speaker) -> Vec<usize> {
    fn is_sound(key: Symbol, whole: &Value, depth: usize, speaker: &mut Speaker) -> bool {
        parts_of(whole).into_iter().all(|part| {
            speaker.begin();
            let known =
                !matches!(speaker.learned(key, std::slice::from_ref(&part)), Err(Stop::NotLearned(missing, _)) if missing == key);
            known && (depth == 0 || is_sound(key, &part, depth - 1, speaker))
        })
    }
    let all = 0..cases.len();
    let sound: Vec<usize> =
        all.clone().filter(|i| matches!(&*cases[*i].args, [whole] if is_sound(key, whole, 2, speaker))).collect();
    if sound.len() * 2 < cases.len() { all.collect() } else { sound }
}

/// The elements of a value; keys and what they lead to.
fn parts_of(value: &Value) -> Vec<Value> {
    let Value::Object(object) = value else { return vec![] };
    match &*object.body.borrow() {
        mimus_core::Contents::Seq(items) => items.clone(),
        mimus_core::Contents::Set(items) => items.iter().cloned().collect(),
        mimus_core::Contents::Map(entries) => entries.iter().flat_map(|(key, to)| [key.clone(), to.clone()]).collect(),
        mimus_core::Contents::Record(_) | mimus_core::Contents::Range { .. } => vec![],
    }
}

/// Formulas that are right on all cases, searched on some of these rows.
fn explain(cases: &[Case], rows: &[usize], lab: &mut Lab, candidates: u64) -> Explanation {
    let mut explained: Vec<Explained> = vec![];
    let mut partly: Option<(usize, Explained)> = None;
    let mut doubtful: Vec<usize> = vec![];
    let mut doubt = |misses: Vec<usize>| {
        if doubtful.is_empty() || misses.len() < doubtful.len() {
            doubtful = misses;
        }
    };
    let order = first_rows(cases, rows);
    let mut active = order[..order.len().min(FIRST_ROWS)].to_vec();
    // Few rows are quick; where they lead to nothing, or only to what other rows refute, more of them tell more.
    let mut few = order.len() > FIRST_ROWS;
    let note_likely = |attempt: &Attempt, limit: u64, partly: &mut Option<(usize, Explained)>, lab: &mut Lab| {
        for (formula, bits) in attempt.likely(lab, limit) {
            let (formula, score) = completed(formula, cases, &mut lab.engine.speaker);
            note_partly(partly, &formula, bits, &score, cases);
        }
    };
    let work = |rows: &[usize]| candidates.saturating_mul((rows.len() + PROBES) as u64);
    let mut limit = lab.engine.work + work(&active);
    for _ in 0..12 {
        let mut attempt = Attempt::new(cases, &active, lab);
        let formulas = attempt.run(lab, limit);
        if formulas.is_empty() {
            if !few {
                doubt(attempt.doubtful(lab));
                note_likely(&attempt, limit, &mut partly, lab);
                break;
            }
            few = false;
            active.clone_from(&order);
            limit = lab.engine.work + work(&active) / 2;
            lab.clear();
            continue;
        }
        let mut wrong: Vec<usize> = vec![];
        let mut words: Vec<Symbol> = vec![];
        for (formula, bits) in formulas {
            let (formula, score) = completed(formula, cases, &mut lab.engine.speaker);
            let failed = score.failed();
            if !failed.is_empty() {
                note_partly(&mut partly, &formula, bits, &score, cases);
            }
            if failed.is_empty() || score.is_right_where_it_speaks() {
                let Scored { formula, bits, score } = Scored { formula, bits, score }.shortened(cases, &mut lab.engine.speaker);
                let bits = bits + idle(&formula, cases);
                explained.push(Explained { bits, flaw: score.flaw, meaning: Meaning::Formula(formula) });
            } else {
                doubt(failed.clone());
                if explained.is_empty() && wrong.is_empty() {
                    // What only lacks another operation's meaning refutes nothing.
                    wrong = if score.declined.len() < failed.len() { score.missed() } else { failed };
                    called(&formula.result, &mut words);
                }
            }
        }
        if !explained.is_empty() || (!few && lab.engine.work >= limit) {
            break;
        }
        // The examples that refute the answer join the rows: a few, spread over all of them.
        note_likely(&attempt, limit, &mut partly, lab);
        let step = wrong.len().div_ceil(6).max(1);
        let before = active.len();
        active.extend(wrong.into_iter().step_by(step).filter(|i| !active.contains(i)).collect::<Vec<_>>());
        active.truncate(MOST_ROWS - PROBES);
        // It is right as long as it may look up what is to be learned: a word in it leads back to where it began.
        if active.len() == before && !lab.forget(&words) {
            break;
        }
        lab.clear();
    }
    Explanation { explained, doubtful, partly }
}

/// The learned operations that an expression calls.
fn called(expr: &Expr, out: &mut Vec<Symbol>) {
    if let Expr::Learned(key, _) = expr {
        out.push(*key);
    }
    expr.parts().for_each(|part| called(part, out));
}

/// What a search came to.
struct Explanation {
    explained: Vec<Explained>,
    /// Where nothing explains all: the cases that the nearest misses do not explain.
    doubtful: Vec<usize>,
    /// What is never wrong, but undefined on some; on how many.
    partly: Option<(usize, Explained)>,
}

/// Keeps what is never wrong but on what may have been seen wrongly, with how many cases it does not explain, if these are fewer.
fn note_partly(partly: &mut Option<(usize, Explained)>, formula: &Formula, bits: f64, score: &Score, cases: &[Case]) {
    let failed = score.failed().len();
    let is_fewer = partly.as_ref().is_none_or(|(known, _)| failed < *known);
    if is_fewer && score.is_partly_right() && wild::explained(formula, &score.wrong, cases) {
        let meaning = Meaning::Formula(formula.clone());
        let flaw = 1.0 - (1.0 - score.flaw) * (1.0 - wild::mistrust(score.wrong.len(), cases.len()));
        *partly = Some((failed, Explained { bits: bits + idle(formula, cases), flaw, meaning }));
    }
}

/// Of so many right answers one more may be wrong by what another operation says that is not sure.
const BLAMED: usize = 20;

/// How a formula does on cases, as their numbers.
pub struct Score {
    pub right: Vec<usize>,
    pub wrong: Vec<usize>,
    /// Those of them where what it called is not sure.
    pub unsure: Vec<usize>,
    /// Where it needs an operation for operands for which that has no meaning.
    pub declined: Vec<usize>,
    /// Where it is undefined, though a value was given.
    pub undefined: Vec<usize>,
    /// The part of all cases in which only an error's text is wrong.
    pub flaw: f64,
}

impl Score {
    /// The cases that it does not explain.
    fn failed(&self) -> Vec<usize> {
        let mut failed = [&self.wrong[..], &self.declined, &self.undefined].concat();
        failed.sort_unstable();
        failed
    }

    /// The cases that it gets wrong or is undefined for.
    pub fn missed(&self) -> Vec<usize> {
        [&self.wrong[..], &self.undefined].concat()
    }

    /// Whether it is right wherever another one is, with as few wrong texts of errors.
    pub fn is_as_good_as(&self, other: &Self) -> bool {
        self.flaw <= other.flaw && other.right.iter().all(|i| self.right.binary_search(i).is_ok())
    }

    /// Whether all that stands against it is that other operations have no meaning for some of the operands.
    fn is_right_where_it_speaks(&self) -> bool {
        self.wrong.is_empty() && self.undefined.is_empty() && self.right.len() >= SPEAKING.max(self.declined.len())
    }

    /// Whether it says something more often than nothing, which is right more often than wrong.
    fn is_partly_right(&self) -> bool {
        let others = self.wrong.len() + self.undefined.len() + self.declined.len();
        self.right.len() >= PARTLY.max(others) || self.is_right_where_it_speaks()
    }
}

/// Runs a formula on cases.
pub fn score(formula: &Formula, cases: &[Case], speaker: &mut Speaker) -> Score {
    let meaning = Rc::new(ReadyMeaning::formula(formula));
    speaker.speak_own(Some(Rc::clone(&meaning)));
    let mut score = Score { right: vec![], wrong: vec![], unsure: vec![], declined: vec![], undefined: vec![], flaw: 0.0 };
    let mut flawed = 0;
    for (i, case) in cases.iter().enumerate() {
        match case.agrees(&meaning, speaker) {
            Agreement::Full => score.right.push(i),
            Agreement::ButText => flawed += 1,
            Agreement::None => score.wrong.push(i),
            Agreement::Unsure => {
                score.wrong.push(i);
                score.unsure.push(i);
            }
            Agreement::Declined => score.declined.push(i),
            Agreement::Undefined => score.undefined.push(i),
        }
    }
    speaker.speak_own(None);
    // A few wrong answers may be another operation's fault.
    if score.unsure.len() * BLAMED <= score.right.len() {
        let Score { wrong, unsure, declined, .. } = &mut score;
        wrong.retain(|i| !unsure.contains(i));
        declined.extend(unsure.iter());
        declined.sort_unstable();
    }
    score.flaw = f64::from(flawed) / cases.len().max(1) as f64;
    score
}

/// A formula with its score. One that replaces marks by a table was made of few rows: all of them may make a fuller table.
fn completed(formula: Formula, cases: &[Case], speaker: &mut Speaker) -> (Formula, Score) {
    let before = score(&formula, cases, speaker);
    if before.undefined.is_empty() {
        return (formula, before);
    }
    let Some(fuller) = fuller_table(&formula, cases, speaker) else { return (formula, before) };
    let after = score(&fuller, cases, speaker);
    if after.wrong.len() <= before.wrong.len() && after.right.len() > before.right.len() {
        (fuller, after)
    } else {
        (formula, before)
    }
}

/// The same formula with a table made of all cases, if it ends with replacing marks.
fn fuller_table(formula: &Formula, cases: &[Case], speaker: &mut Speaker) -> Option<Formula> {
    let Expr::Prim(id, parts) = &formula.result else { return None };
    let [source, Expr::Const(Datum::Text(mark)), Expr::Const(_)] = &parts[..] else { return None };
    let mark = mark.chars().next().filter(|_| id.get().name == "unmark")?;
    let ready = Ready::new(source);
    let pair = |case: &Case| {
        let End::Gave { value: Value::Text(to), .. } = &case.end else { return None };
        speaker.begin();
        let Ok(Value::Text(from)) = ready.run(&case.args, speaker) else { return None };
        Some((from.chars().collect(), to.chars().collect()))
    };
    let pairs: Vec<(Vec<char>, Vec<char>)> = cases.iter().filter_map(pair).collect();
    let rows = crate::marks::table_of(mark, &pairs)?;
    let table = crate::marks::datum(&rows);
    let result = Expr::Prim(*id, vec![source.clone(), parts[1].clone(), Expr::Const(table)]);
    Some(Formula { result, ..formula.clone() })
}

/// Bits for operands that vary, but are not used.
fn idle(formula: &Formula, cases: &[Case]) -> f64 {
    let arity = cases.first().map_or(0, |case| case.args.len());
    let mut used = vec![false; arity];
    let mut note = |expr: &Expr| uses(expr, &mut used);
    note(&formula.result);
    formula.changes.iter().for_each(|(_, e)| note(e));
    formula.output.iter().for_each(&mut note);
    formula.guards.iter().for_each(|(test, _)| note(test));
    for (i, _) in &formula.changes {
        if let Some(used) = used.get_mut(*i) {
            *used = true;
        }
    }
    used.iter().filter(|used| !**used).count() as f64 * IDLE_BITS
}

fn uses(expr: &Expr, used: &mut [bool]) {
    if let Expr::Arg(i) = expr
        && let Some(used) = used.get_mut(*i as usize)
    {
        *used = true;
    }
    expr.parts().for_each(|part| uses(part, used));
}

/// Learned operations that can matter here: those that take a class that occurs in the operands.
fn words(own: Symbol, vocabulary: &Vocabulary, cases: &[Case], speaker: &mut Speaker) -> Vec<(Symbol, usize, usize)> {
    let wanted = wanted_classes(cases);
    let samples = samples(cases);
    let pairs: Vec<[Value; 2]> = cases.iter().take(3).flat_map(|case| pairs(&case.args)).collect();
    // What is gathered from elements is made of two of them at a time.
    let neighbours: Vec<[Value; 2]> = cases.iter().take(40).filter_map(|case| neighbours(&case.args)).take(3).collect();
    let mut classes: Vec<Symbol> = vec![];
    for case in cases.iter().take(40) {
        case.args.iter().for_each(|arg| inner_classes(arg, &mut classes, 3));
    }
    let mut ranked: Vec<Likely> = vec![];
    for key in vocabulary.offered.iter().filter(|key| **key != own) {
        let Some(operation) = vocabulary.operations.get(key) else { continue };
        let fits = |takes: &[Pattern]| {
            takes.iter().all(|p| p.name.is_none() && !p.is_several() && p.class.is_none_or(|class| classes.contains(&class)))
        };
        let pure = |meaning: &Meaning| match meaning {
            Meaning::Formula(f) => f.changes.is_empty() && f.output.is_none(),
            Meaning::Rote { .. } => true,
        };
        let useful = |o: &&Overload| fits(&o.takes) && o.meanings.first().is_some_and(|m| pure(&m.meaning));
        let useful: Vec<&Overload> = operation.overloads.iter().filter(useful).collect();
        let seen: u64 = useful.iter().map(|o| o.seen).sum();
        let mut arities: Vec<usize> = useful.iter().map(|o| o.takes.len()).collect();
        arities.sort_unstable();
        arities.dedup();
        let kin = kinship(own, *key);
        let most = if kin * 2 >= KIN { 3 } else { 2 };
        for n in arities.into_iter().filter(|n| (1..=most).contains(n)) {
            // What gives what is wanted, for something that is there, comes before what is met often.
            let mut gives = |args: &[Value]| {
                speaker.begin();
                speaker.learned(*key, args).is_ok_and(|given| wanted.contains(&given.class()))
            };
            let of_operands = n == 2 && pairs.iter().any(|pair| gives(pair));
            let fitting = match n {
                1 => samples.iter().any(|value| gives(std::slice::from_ref(value))),
                2 => of_operands || neighbours.iter().any(|pair| gives(pair)),
                _ => false,
            };
            let whole = match n {
                1 => cases.iter().take(8).any(|case| case.args.iter().any(|value| gives(std::slice::from_ref(value)))),
                _ => of_operands,
            };
            let hits = if whole { cases.iter().take(HITS).filter(|case| is_hit(*key, n, case, speaker)).count() } else { 0 };
            ranked.push(Likely { kin, fitting, seen, word: (*key, n, n), whole, hits });
        }
    }
    // What is written alike is likely to do alike; then what is met most, as many of one operand as of two.
    ranked.sort_by_key(|l| (std::cmp::Reverse((l.kin, l.fitting, l.seen)), l.word));
    let mut out: Vec<(Symbol, usize, usize)> = vec![];
    let is_kin = |kin: usize| kin * 2 >= KIN;
    out.extend(ranked.iter().filter(|l| is_kin(l.kin)).map(|l| l.word).take(KINDRED));
    // There may be many of those; what gives what is wanted for all that an operand is must not be crowded out.
    let mut whole: Vec<&Likely> = ranked.iter().filter(|l| l.whole && !out.contains(&l.word)).collect();
    whole.sort_by_key(|l| (std::cmp::Reverse((l.hits, l.seen)), l.word));
    out.extend(whole.into_iter().map(|l| l.word).take(WHOLE));
    for Likely { kin, word, .. } in ranked {
        let room = is_kin(kin) || out.iter().filter(|(_, n, _)| *n == word.1).count() < MOST_WORDS / 2;
        if room && !out.contains(&word) {
            out.push(word);
        }
    }
    // A value that holds values of its own class may be explained through what the operation does to those.
    let nested = cases.iter().any(|case| {
        case.args.iter().any(|arg| {
            let mut inner = vec![];
            inner_classes(arg, &mut inner, 3);
            matches!(arg, Value::Object(_)) && inner.len() > 1
        })
    });
    if nested && let Some(case) = cases.first() {
        out.insert(0, (own, case.args.len().min(2), case.args.len()));
    }
    out.truncate(MOST_WORDS);
    out
}

/// The classes of what was given, printed or left behind.
fn wanted_classes(cases: &[Case]) -> Vec<Symbol> {
    let mut wanted: Vec<Symbol> = vec![];
    for case in cases.iter().take(40) {
        // What errors say is made, too.
        let says = match &case.end {
            End::Gave { out, .. } => !out.is_empty(),
            End::Raised { text, .. } => !text.is_empty(),
        };
        let said = says.then(|| Value::text("").class());
        wanted.extend(case.left().map(Value::class).chain(said));
    }
    wanted.sort();
    wanted.dedup();
    wanted
}

/// The first two elements of a single operand.
fn neighbours(args: &[Value]) -> Option<[Value; 2]> {
    let [whole] = args else { return None };
    let mut parts = parts_of(whole).into_iter();
    Some([parts.next()?, parts.next()?])
}

/// Operands in twos, in every order.
fn pairs(args: &[Value]) -> Vec<[Value; 2]> {
    let others = |i: usize| (0..args.len()).filter(move |j| *j != i);
    (0..args.len()).flat_map(|i| others(i).map(move |j| [args[i].clone(), args[j].clone()])).collect()
}

/// A value of each class among the operands and what they hold.
fn samples(cases: &[Case]) -> Vec<Value> {
    let mut samples: Vec<Value> = vec![];
    for value in cases.iter().take(40).flat_map(|case| case.args.iter()) {
        for value in std::iter::once(value.clone()).chain(parts_of(value)) {
            if samples.iter().all(|known| known.class() != value.class()) {
                samples.push(value);
            }
        }
    }
    samples
}

/// An operation that may be a word.
struct Likely {
    /// How much it is written like what is searched for.
    kin: usize,
    /// Whether it gives something of a class that is wanted, for something that is there.
    fitting: bool,
    /// The examples that it is known from.
    seen: u64,
    /// Its key, cost and number of operands.
    word: (Symbol, usize, usize),
    /// Whether it gives that for a whole operand.
    whole: bool,
    /// The cases for which that is what was given.
    hits: usize,
}

/// Whether what a word makes of operands is what was given, or a telling part of it.
fn is_hit(key: Symbol, count: usize, case: &Case, speaker: &mut Speaker) -> bool {
    let wanted = match &case.end {
        End::Gave { value, .. } => value.clone(),
        End::Raised { text, .. } => Value::text(text),
    };
    let pairs = if count == 2 { pairs(&case.args) } else { vec![] };
    let ones = case.args.iter().filter(|_| count == 1).map(std::slice::from_ref);
    ones.chain(pairs.iter().map(<[Value; 2]>::as_slice)).any(|args| {
        speaker.begin();
        match (speaker.learned(key, args), &wanted) {
            (Ok(Value::Text(part)), Value::Text(wanted)) => {
                let is_new = args.iter().all(|arg| !matches!(arg, Value::Text(own) if **own == *part));
                part == *wanted || is_new && part.len() >= TELLING && wanted.contains(&*part)
            }
            (Ok(given), wanted) => given == *wanted,
            _ => false,
        }
    })
}

/// Learned operations that a search has as words.
const MOST_WORDS: usize = 16;
/// Of those, so many written alike come first, and then so many that give what is wanted for a whole operand.
const KINDRED: usize = 6;
const WHOLE: usize = 5;
/// Cases on which it is seen whether a word alone gives what was given, and the bytes of a text that tell as much as all of it.
const HITS: usize = 8;
const TELLING: usize = 4;
/// The scale of [`kinship`].
pub const KIN: usize = 60;

/// How much of two keys is written alike: pieces in common against all pieces, of [`KIN`].
pub fn kinship(a: Symbol, b: Symbol) -> usize {
    let pieces = |key: Symbol| -> Vec<String> {
        key.as_str().split(|c: char| c == '.' || c.is_whitespace()).filter(|p| !p.is_empty()).map(str::to_owned).collect()
    };
    let (a, mut b) = (pieces(a), pieces(b));
    let all = a.len().max(b.len()).max(1);
    let common =
        a.iter().filter(|piece| b.iter().position(|other| other == *piece).map(|at| b.swap_remove(at)).is_some()).count();
    common * KIN / all
}

fn inner_classes(value: &Value, into: &mut Vec<Symbol>, depth: usize) {
    if !into.contains(&value.class()) {
        into.push(value.class());
    }
    if depth == 0 {
        return;
    }
    if let Value::Object(o) = value {
        match &*o.body.borrow() {
            mimus_core::Contents::Seq(items) => items.iter().for_each(|v| inner_classes(v, into, depth - 1)),
            mimus_core::Contents::Set(items) => items.iter().for_each(|v| inner_classes(v, into, depth - 1)),
            mimus_core::Contents::Map(entries) => entries.iter().for_each(|(k, v)| {
                inner_classes(k, into, depth - 1);
                inner_classes(v, into, depth - 1);
            }),
            mimus_core::Contents::Record(fields) => fields.iter().for_each(|(_, v)| inner_classes(v, into, depth - 1)),
            mimus_core::Contents::Range { .. } => {}
        }
    }
}

/// One example of each look, then more of those that there are most of.
fn first_rows(cases: &[Case], rows: &[usize]) -> Vec<usize> {
    let mut groups: Vec<(String, Vec<usize>)> = vec![];
    for i in rows.iter().copied() {
        let look = cases[i].look();
        match groups.iter_mut().find(|(known, _)| *known == look) {
            Some((_, members)) => members.push(i),
            None => groups.push((look, vec![i])),
        }
    }
    let mut rows = vec![];
    let most = groups.iter().map(|(_, members)| members.len()).max().unwrap_or(0);
    // Looks in the order of their size, so that what is common is there first.
    groups.sort_by_key(|(_, members)| std::cmp::Reverse(members.len()));
    for round in 0..most {
        for (_, members) in &groups {
            if rows.len() >= MOST_ROWS - PROBES - 24 {
                return rows;
            }
            if let Some(i) = members.get(round) {
                rows.push(*i);
            }
        }
    }
    rows
}
