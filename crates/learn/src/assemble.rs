//! Puts what was found together.

use std::collections::BTreeMap;

use mimus_core::{Code, Datum, Form, SignalKind, Symbol};
use mimus_grammar::Grammar;
use mimus_induce::Example;
use mimus_knowledge::{Construct, Knowledge, Rival, Role, Word};

use crate::control::Control;
use crate::episode::Call;
use crate::evidence::Evidence;
use crate::parameters::Parameters;

/// Everything that was read off the traces before induction: what learning goes through, for tools that look inside.
pub struct Watched {
    /// The grammar.
    pub grammar: Grammar,
    /// Knowledge without operations.
    pub knowledge: Knowledge,
    /// What operations were seen to do.
    pub examples: BTreeMap<Symbol, Vec<Example>>,
}

pub(crate) fn assemble(
    teacher: &str,
    grammar: Grammar,
    control: Control,
    mut evidence: Evidence,
    parameters: Parameters,
    calls: &[Call],
) -> Watched {
    let mut knowledge = Knowledge { teacher: teacher.into(), grammar: grammar.to_lines(), ..Knowledge::default() };
    let sources = control.checker.record.sources.clone();

    // Jumps that end calls are one kind, whatever construct sends them.
    let mut results: Vec<Symbol> = evidence.results.iter().copied().collect();
    results.sort();
    let result = results.first().copied();
    let jumping: Vec<Form> = calls.iter().filter(|call| call.jump.is_some()).map(|call| call.maker.form).collect();
    let settle = |form: Form, code: &Code| -> Code {
        map(code, &|code| match code {
            Code::Signal(SignalKind::Own, inner) if results.contains(&form.template) => {
                Code::Signal(SignalKind::Of(result.unwrap_or(form.template)), inner.clone())
            }
            Code::Closure(params, body, None) if jumping.contains(&form) => Code::Closure(*params, *body, result),
            other => other.clone(),
        })
    };

    let mut seen: BTreeMap<Form, (u64, String)> = BTreeMap::new();
    for episode in &control.checker.record.episodes {
        let entry = seen.entry(episode.form()).or_insert_with(|| {
            let text = &sources[episode.program as usize][episode.at()];
            (0, text.chars().take(80).collect())
        });
        entry.0 += 1;
    }
    for (form, (count, example)) in seen {
        let mut construct = Construct { seen: count, example, meanings: vec![] };
        if let Some(found) = control.found.get(&form) {
            let (right, missed) = (found.explained as f64, found.missed as f64);
            construct.seen = found.explained;
            construct
                .meanings
                .push(Rival { meaning: settle(form, &found.code), share: (right / (right + missed + 1e-9)) * trust(right) });
        }
        knowledge.constructs.insert((form, Role::Plain), construct);
    }
    let parts: BTreeMap<(Form, Role), Code> =
        control.checker.laws.parts.iter().map(|(key, code)| (*key, (**code).clone())).collect();
    for ((form, role), code) in parts {
        let (right, missed, example) = control.parts_seen.get(&form).cloned().unwrap_or_default();
        let share = right as f64 / ((right + missed) as f64 + 1e-9) * trust(right as f64);
        let construct = Construct { seen: right, example, meanings: vec![Rival { meaning: code, share }] };
        knowledge.constructs.insert((form, role), construct);
    }
    for (form, (code, right, all, example)) in parameters.solve(&mut control.checker.record.world, &sources) {
        let share = right as f64 / all.max(1) as f64 * trust(right as f64);
        let construct = Construct { seen: right, example, meanings: vec![Rival { meaning: code, share }] };
        knowledge.constructs.insert((form, Role::Parameter), construct);
    }
    for (word, (value, seen)) in &evidence.words {
        if !evidence.fickle.contains(word) {
            let now = control.checker.record.world.now;
            let value = control.checker.record.world.snapshot(*value, now);
            knowledge.words.insert(*word, Word { value, seen: *seen });
        }
    }
    [true, false].into_iter().for_each(|truth| evidence.add_truth(Datum::Bool(truth), truth));
    for (key, operands, text) in &control.checker.record.told {
        evidence.insert(Symbol::new(key), Example::pure(operands.clone(), Datum::text(text)));
    }
    Watched { grammar, knowledge, examples: evidence.into_examples() }
}

/// How far `n` confirmations go: the mass left for "none of these" shrinks with them.
fn trust(n: f64) -> f64 {
    1.0 - 0.5 / (n + 1.0).powf(1.5)
}

/// Rebuilds a program from the leaves up.
fn map(code: &Code, change: &dyn Fn(&Code) -> Code) -> Code {
    let one = |p: &Code| Box::new(map(p, change));
    let two = |p: &[Code; 2]| Box::new([map(&p[0], change), map(&p[1], change)]);
    let three = |p: &[Code; 3]| Box::new([map(&p[0], change), map(&p[1], change), map(&p[2], change)]);
    let rebuilt = match code {
        Code::Store(i, p) => Code::Store(*i, one(p)),
        Code::New(class, shape, p) => Code::New(*class, *shape, one(p)),
        Code::Push(p) => Code::Push(one(p)),
        Code::PushAll(p) => Code::PushAll(one(p)),
        Code::PushNamed(i, p) => Code::PushNamed(*i, one(p)),
        Code::Nest(i, p) => Code::Nest(*i, one(p)),
        Code::Signal(kind, p) => Code::Signal(*kind, one(p)),
        Code::Catch(kind, p) => Code::Catch(*kind, one(p)),
        Code::Scope(p) => Code::Scope(one(p)),
        Code::Suspend(class, p) => Code::Suspend(*class, one(p)),
        Code::SuspendAll(class, p) => Code::SuspendAll(*class, one(p)),
        Code::Seq(p) => Code::Seq(two(p)),
        Code::While(p) => Code::While(two(p)),
        Code::Until(p) => Code::Until(two(p)),
        Code::Each(i, p) => Code::Each(*i, two(p)),
        Code::PushEntry(p) => Code::PushEntry(two(p)),
        Code::CatchElse(kind, p) => Code::CatchElse(*kind, two(p)),
        Code::Handle(p) => Code::Handle(two(p)),
        Code::After(p) => Code::After(two(p)),
        Code::Call(p) => Code::Call(two(p)),
        Code::Own(named, p) => Code::Own(*named, two(p)),
        Code::If(p) => Code::If(three(p)),
        Code::HandleElse(p) => Code::HandleElse(three(p)),
        Code::Settle(p) => Code::Settle(three(p)),
        Code::Op(key, args) => Code::Op(*key, args.iter().map(|p| map(p, change)).collect()),
        leaf => leaf.clone(),
    };
    change(&rebuilt)
}
