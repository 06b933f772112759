//! Where programs must end although they would go on.

mod toy;

use mimus_machine::{Ended, Limited, Limits, Machine};
use toy::{INFIX, machine, run};

#[track_caller]
fn check(limits: Limits, source: &str, expected: Limited) {
    let mut machine = machine(INFIX, limits);
    let (report, _) = run(&mut machine, source);
    assert!(matches!(report.end, Ended::Limit(limited) if limited == expected), "{source}: {:?}", report.end);
}

const FUEL: Limits = Limits { fuel: Some(20_000), memory: None, depth: 1000 };
const MEMORY: Limits = Limits { fuel: None, memory: Some(4 << 20), depth: 1000 };

#[test]
fn steps() {
    check(FUEL, "loop yes { 1 }", Limited::Fuel);
    check(FUEL, "once { 1 } again yes", Limited::Fuel);
    check(FUEL, "x := [ 1 ] ; for y in x { do < x . push > ( y ) }", Limited::Fuel);
    check(FUEL, "say [ 1 for x in 100000 ]", Limited::Fuel);
    check(FUEL, "fun f ( ) { do f ( ) } ; loop yes { try { do f ( ) } rescue { 1 } }", Limited::Depth);
    check(Limits { fuel: Some(0), ..FUEL }, "1 ; 2", Limited::Fuel);
}

#[test]
fn depth() {
    check(Limits::default(), "fun f ( ) { do f ( ) } ; do f ( )", Limited::Depth);
    check(Limits::default(), "fun f ( x ) { give ( 1 + do f ( ( x + 1 ) ) ) } ; do f ( 0 )", Limited::Depth);
    // Deeper than the stack goes: the stack is watched too.
    let deep = Limits { depth: usize::MAX, memory: None, fuel: None };
    check(deep, "fun f ( x ) { if yes { for i in [ 1 ] { say [ do f ( x ) ] } } } ; do f ( 0 )", Limited::Depth);
    check(Limits::default(), "x := [ 1 ] ; [ x @ 0 ] := 2 ; do < x . push > ( x ) ; say x", Limited::Depth);
}

#[test]
fn memory() {
    check(MEMORY, "x := [ 1 ] ; loop yes { do < x . push > ( 1 ) }", Limited::Memory);
    check(MEMORY, "x := [ ] ; loop yes { x := [ x ] }", Limited::Memory);
    check(MEMORY, "x := { 0 : 0 } ; i := 0 ; loop yes { i := ( i + 1 ) ; [ x @ i ] := i }", Limited::Memory);
    check(MEMORY, "x := 2 ; loop yes { x := ( x * x ) }", Limited::Memory);
    check(MEMORY, "say [ x for x in 100000 for y in 100000 ]", Limited::Memory);
    check(MEMORY, "fun f ( ) { x := [ 1 ] ; loop yes { do < x . push > ( 1 ) } } ; do f ( )", Limited::Memory);
}

#[test]
fn what_is_given_back_may_be_taken_again() {
    let source = "i := 0 ; loop ( i < 2000 ) { x := ( 'a' * 20000 ) ; y := ( [ 1 ] * 1000 ) ; i := ( i + 1 ) }";
    let (report, _) = run(&mut machine(INFIX, MEMORY), source);
    assert!(matches!(report.end, Ended::Normal), "{:?}", report.end);
}

#[test]
fn deep_values_and_texts_are_no_danger() {
    let mut machine = machine(INFIX, Limits::default());
    let (report, _) = run(&mut machine, "x := [ ] ; i := 0 ; loop ( i < 100000 ) { x := [ x ] ; i := ( i + 1 ) }");
    assert!(matches!(report.end, Ended::Normal), "{:?}", report.end);
    drop(report);
    let nested = format!("x := 0 ; y := {}1{}", "( ".repeat(400), " )".repeat(400));
    assert!(matches!(run(&mut machine, &nested).0.end, Ended::Normal));
}

#[test]
fn an_interrupt_ends_a_run_and_the_next_one_runs() {
    let mut machine = machine(INFIX, Limits::default());
    let interrupt = machine.interrupt_handle();
    let clock = std::thread::spawn(move || {
        // Pressed again and again: the run may not have begun when it is pressed first.
        for _ in 0..200 {
            std::thread::sleep(std::time::Duration::from_millis(5));
            interrupt.interrupt();
        }
    });
    let (report, _) = run(&mut machine, "loop yes { 1 }");
    assert!(matches!(report.end, Ended::Limit(Limited::Interrupted)), "{:?}", report.end);
    clock.join().unwrap_or_else(|_| panic!("the clock"));
    assert!(matches!(run(&mut machine, "x := 1").0.end, Ended::Normal));
}

#[test]
fn memory_lasts_from_run_to_run() {
    let mut machine: Machine = machine(INFIX, Limits::default());
    run(&mut machine, "x := 1 ; fun f ( ) { give ( x + 1 ) }");
    let (report, out) = run(&mut machine, "y := do f ( ) ; say y ; ( y + y )");
    assert_eq!(out, "2\n");
    let value = report.value.unwrap_or_else(|| panic!("no value"));
    assert_eq!(machine.show(&value), "4");
    let changed: Vec<String> = report.changed.iter().map(|(name, _)| name.to_string()).collect();
    assert_eq!(changed, ["y"]);
    let names: Vec<String> = machine.memory().iter().map(|(name, _)| name.to_string()).collect();
    assert_eq!(names, ["x", "f", "y"]);
    assert!(run(&mut machine, "y := 2").0.value.is_none());
    assert_eq!(machine.show(&mimus_core::Value::Float(0.5)), "<0.5>");
}

#[test]
fn confidence_counts_each_distinct_meaning_once() {
    let mut machine: Machine = machine(INFIX, Limits::default());
    let (report, _) = run(&mut machine, "i := 0 ; loop ( i < 5 ) { i := ( i + 1 ) }");
    assert!((report.confidence - 0.9 * 0.99 * 0.98).abs() < 1e-9, "{}", report.confidence);
    let weak = report.weakest.unwrap_or_else(|| panic!("nothing is weak"));
    assert_eq!((weak.what.as_str(), weak.at), ("stmt N := _ as plain", 0..6));
    let add = report.steps.iter().find(|used| used.key == "_ + _(int, int)").unwrap_or_else(|| panic!("no addition"));
    assert_eq!((add.count, add.share), (5, 0.98));
    let (report, _) = run(&mut machine, "if no { say ( 1 + 1 ) }");
    assert!((report.confidence - 1.0).abs() < 1e-9, "what did not run does not count: {:?}", report.steps);
}
