//! How fast learned programs run. Divide a loop's time by its turns and by the operations in one.

#[path = "../tests/toy/mod.rs"]
mod toy;

use mimus_machine::{Ended, Limits};

fn main() {
    divan::main();
}

/// A quarter of a million turns of five operations: compare, remainder, add, add, and the loop's own test.
const TURNS: &str = "loop ( i < 250000 ) { s := ( s + ( i % 7 ) ) ; i := ( i + 1 ) }";

#[divan::bench(args = ["outermost", "function", "calls", "each", "push", "put", "sieve", "text"])]
fn program(bencher: divan::Bencher<'_, '_>, name: &str) {
    let source = match name {
        "outermost" => format!("i := 0 ; s := 0 ; {TURNS}"),
        "function" => format!("fun f ( ) {{ i := 0 ; s := 0 ; {TURNS} }} ; do f ( )"),
        "calls" => "fun fib ( n ) { if ( n < 2 ) { give n } ; give ( do fib ( ( n - 1 ) ) + do fib ( ( n - 2 ) ) ) } ; do fib ( 20 )".into(),
        "each" => "s := 0 ; for i in 250000 { s := ( s + i ) }".into(),
        "push" => "x := [ ] ; i := 0 ; loop ( i < 100000 ) { do < x . push > ( i ) ; i := ( i + 1 ) }".into(),
        "put" => "x := { } ; i := 0 ; loop ( i < 100000 ) { [ x @ i ] := i ; i := ( i + 1 ) }".replace("{ }", "{ 0 : 0 }"),
        "sieve" => "x := ( [ 1 ] * 100000 ) ; i := 2 ; loop ( ( i * i ) < 100000 ) { if [ x @ i ] { j := ( i * i ) ; loop ( j < 100000 ) { [ x @ j ] := 0 ; j := ( j + i ) } } ; i := ( i + 1 ) }".into(),
        _ => "s := 'x' ; i := 0 ; loop ( i < 10000 ) { s := ( s + 'y' ) ; i := ( i + 1 ) }".into(),
    };
    let knowledge = std::sync::Arc::new(toy::knowledge(toy::INFIX));
    bencher.bench_local(|| {
        let mut machine = mimus_machine::Machine::new(knowledge.clone(), Limits::default());
        let (report, _) = toy::run(&mut machine, &source);
        assert!(matches!(report.end, Ended::Normal), "{:?}", report.end);
    });
}
