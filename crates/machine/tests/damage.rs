//! Damaged knowledge and trees that do not fit it: anything may come out but a panic.

mod toy;

use std::collections::HashSet;
use std::sync::Arc;

use mimus_core::{Code, Datum, Form, Kind, Shape, SignalKind, Slot, Symbol, Tree};
use mimus_knowledge::{Construct, Knowledge, Rival, Role};
use mimus_machine::{Limits, Machine};
use proptest::prelude::*;

const LIMITS: Limits = Limits { fuel: Some(3_000), memory: Some(1 << 20), depth: 50 };

const PROGRAM: &str = "fun f ( a , b = 2 , * c , % d ) { x := [ a , b ] ; give x } ; y := with f ( 1 , d = 3 ) ; \
    for < p , q > in [ y , y ] { if ( p < q < 9 ) { skip } else { say [ ( i * p ) for i in 3 where i ] } } ; \
    try { fail do Fault ( 'a' ) } rescue Fault as e { say 'r' } rescue { refail } ; \
    loop ( b < 3 ) { stop } done { [ y @ 0 ] := 5 } ; once { drop y } again no ; say { 'a' : 1 , ** { 'b' : 2 } }";

fn code() -> impl Strategy<Value = Code> {
    let slot = 0u8..4;
    let leaf = prop_oneof![
        Just(Code::It),
        Just(Code::In),
        Just(Code::Caught),
        Just(Code::OwnText),
        Just(Code::Load),
        Just(Code::Rest),
        Just(Code::Again),
        Just(Code::OnlyNamed),
        Just(Code::OnlyPlaced),
        Just(Code::Const(Datum::None)),
        Just(Code::Const(Datum::Bool(true))),
        Just(Code::Const(Datum::Atom(Symbol::new("Fault")))),
        slot.clone().prop_map(Code::Slot),
        slot.clone().prop_map(Code::Every),
        slot.clone().prop_map(Code::Val),
        slot.clone().prop_map(Code::Word),
        slot.clone().prop_map(Code::Get),
        slot.clone().prop_map(Code::Forget),
        slot.clone().prop_map(Code::Take),
        slot.clone().prop_map(|i| Code::TakeOr(i, i + 1)),
        slot.clone().prop_map(|i| Code::TakeRest(i, Symbol::new("list"))),
        slot.clone().prop_map(|i| Code::TakeNamed(i, Symbol::new("dict"))),
        slot.clone().prop_map(|i| Code::Spread(vec![i, i + 1])),
        slot.clone().prop_map(|i| Code::Declare(i, i % 2 == 0)),
        (slot.clone(), slot.clone()).prop_map(|(i, j)| Code::Closure(Some(i), j, Some(Symbol::new("give _")))),
    ];
    leaf.prop_recursive(4, 24, 3, move |inner| {
        let two = (inner.clone(), inner.clone()).prop_map(|(a, b)| Box::new([a, b]));
        let slot = 0u8..4;
        prop_oneof![
            two.clone().prop_map(Code::Seq),
            two.clone().prop_map(Code::While),
            two.clone().prop_map(Code::Until),
            two.clone().prop_map(Code::Handle),
            two.clone().prop_map(Code::After),
            two.clone().prop_map(Code::Call),
            two.clone().prop_map(Code::PushEntry),
            two.clone().prop_map(|two| Code::CatchElse(SignalKind::Of(Symbol::new("stop")), two)),
            (slot.clone(), two.clone()).prop_map(|(i, two)| Code::Each(i, two)),
            (two.clone(), inner.clone()).prop_map(|(two, c)| {
                let [a, b] = *two;
                Code::If(Box::new([a, b, c]))
            }),
            (two.clone(), inner.clone()).prop_map(|(two, c)| {
                let [a, b] = *two;
                Code::HandleElse(Box::new([a, b, c]))
            }),
            (two, inner.clone()).prop_map(|(two, c)| {
                let [a, b] = *two;
                Code::Settle(Box::new([a, b, c]))
            }),
            inner.clone().prop_map(|c| Code::Push(Box::new(c))),
            inner.clone().prop_map(|c| Code::PushAll(Box::new(c))),
            inner.clone().prop_map(|c| Code::Scope(Box::new(c))),
            inner.clone().prop_map(|c| Code::Suspend(Symbol::new("list"), Box::new(c))),
            inner.clone().prop_map(|c| Code::SuspendAll(Symbol::new("list"), Box::new(c))),
            inner.clone().prop_map(|c| Code::Signal(SignalKind::Own, Box::new(c))),
            inner.clone().prop_map(|c| Code::Signal(SignalKind::Error, Box::new(c))),
            inner.clone().prop_map(|c| Code::Catch(SignalKind::Error, Box::new(c))),
            inner.clone().prop_map(|c| Code::New(Symbol::new("list"), Shape::Seq, Box::new(c))),
            inner.clone().prop_map(|c| Code::New(Symbol::new("dict"), Shape::Map, Box::new(c))),
            (slot.clone(), inner.clone()).prop_map(|(i, c)| Code::Store(i, Box::new(c))),
            (slot.clone(), inner.clone()).prop_map(|(i, c)| Code::Nest(i, Box::new(c))),
            (slot, inner.clone()).prop_map(|(i, c)| Code::PushNamed(i, Box::new(c))),
            proptest::collection::vec(inner, 0..3).prop_map(|args| Code::Op(Symbol::new("_ + _"), args)),
        ]
    })
}

fn forms(tree: &Tree, out: &mut HashSet<Form>) {
    out.insert(tree.form);
    tree.children().for_each(|child| forms(child, out));
}

fn run(knowledge: Knowledge, source: &str, tree: &Tree) {
    let mut machine = Machine::new(Arc::new(knowledge), LIMITS);
    let mut out = Vec::new();
    let report = machine.run_tree(source, tree, 1.0, &mut out);
    assert!((0.0..=1.0).contains(&report.confidence));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// A few constructs of a real program get senseless meanings.
    #[test]
    fn senseless_meanings(changes in proptest::collection::vec((any::<proptest::sample::Index>(), code()), 1..6)) {
        let mut knowledge = toy::knowledge(toy::INFIX);
        let tree = toy::parse(&knowledge, PROGRAM).expect("the program is well formed");
        let mut used = HashSet::new();
        forms(&tree, &mut used);
        let mut used: Vec<Form> = used.into_iter().collect();
        used.sort();
        for (index, code) in changes {
            let form = used[index.index(used.len())];
            for role in Role::ALL {
                if let Some(construct) = knowledge.constructs.get_mut(&(form, role)) {
                    construct.meanings = vec![Rival { meaning: code.clone(), share: 0.5 }];
                }
            }
        }
        run(knowledge, PROGRAM, &tree);
    }

    /// Trees of any shape, whose ranges may lie outside of the text.
    #[test]
    fn senseless_trees(shape in proptest::collection::vec((0usize..6, 0usize..40, 0usize..40, any::<proptest::sample::Index>()), 1..12), meaning in code()) {
        let mut knowledge = toy::knowledge(toy::INFIX);
        let known: Vec<Form> = knowledge.constructs.keys().map(|(form, _)| *form).collect();
        let mut tree = Tree { form: Form::new(Kind::Expr, "word"), at: 0..1, slots: vec![], span: None };
        for (arity, from, to, index) in shape {
            let form = known[index.index(known.len())];
            let slots = (0..arity).map(|i| match i % 2 {
                0 => Slot::One(tree.clone()),
                _ => Slot::Many(vec![tree.clone(); i]),
            }).collect();
            let made = Tree { form, at: from..to, slots, span: None };
            if made.children().count() < 4 { tree = made; }
        }
        let key = (tree.form, Role::Plain);
        knowledge.constructs.insert(key, Construct { seen: 0, example: String::new(), meanings: vec![Rival { meaning, share: 1.0 }] });
        run(knowledge, "x := 'é' ; y", &tree);
    }
}
