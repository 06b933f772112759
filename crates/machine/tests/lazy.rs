//! Functions whose bodies give one value after the other.

mod toy;

use toy::{INFIX, outcome};

const LAZY: &str = r#"
construct stmt "hand _" plain
  means 1 suspend("line", s0)

construct stmt "hand all of _" plain
  means 1 suspend_all("line", s0)

construct stmt "N := rest of _" plain
  means 1 store(s0, suspend_all("line", s1))

construct expr "( next _ )" plain
  means 1 op("next", s0)

construct expr "( all _ )" plain
  means 1 op("all", s0)

construct expr "( most _ )" plain
  means 1 op("most", s0)

construct expr "( many _ )" plain
  means 1 op("many", s0)

construct expr "( same _ )" plain
  means 1 op("same", s0)

construct expr "( [ _ P .. ] )" plain
  means 1 scope(new("line", seq, nest(s1, push(s0))))

operation "next" "line"
  means 1 gives(at(a0, 0), undefined(raise("Fault", "over")))

operation "all" "line"
  means 1 gives(copy(a0), classes("list"))

operation "most" "line"
  means 1 gives(copy(a0), classes("list"))

operation "many" "_"
  means 1 gives(length(a0))

operation "same" "line"
  means 1 gives(a0)

operation "takes" "atom"
  means 1 rote(0, row(atom("all"), true), row(atom("next"), 1), row(atom("most"), false))
"#;

#[track_caller]
fn check(source: &str, expected: &str) {
    assert_eq!(outcome(&format!("{INFIX}{LAZY}"), source), expected, "{source}");
}

#[test]
fn what_is_begun_waits() {
    let settled = "fun f ( ) { under 7 as x { hand x ; say 'a' ; hand 2 ; fail Fault } ; hand 3 } ; for i in do f ( ) { say i }";
    check(settled, "in 7\n107\na\n2\nout 7 of fault\n3");
}

#[test]
fn what_would_run_at_the_end() {
    let left = "something was left waiting that would have run something else at its end; when that runs was not learned";
    let held = "fun f ( ) { try { hand 1 ; hand 2 } finally { say 3 } }";
    check(&format!("{held} ; for i in do f ( ) {{ say i }}"), "1\n2\n3");
    check(&format!("{held} ; for i in do f ( ) {{ say i ; stop }} ; say 4"), &format!("1\n4\n? say 4 | {left}"));
    check("fun f ( ) { hand 1 ; hand 2 } ; for i in do f ( ) { say i ; stop } ; say 4", "1\n4");
}

/// Gives 0, 1, ... and tells of it.
const COUNT: &str =
    "fun count ( n ) { i := 0 ; loop ( i < n ) { say ( 'gives ' + spell ) ; hand i ; i := ( i + 1 ) } ; say 'over' }";

fn counting(rest: &str) -> String {
    format!("{} ; {rest}", COUNT.replace("( 'gives ' + spell )", "'gives'"))
}

#[test]
fn it_runs_as_far_as_it_is_asked() {
    check(&counting("g := do count ( 2 ) ; say 'made' ; say ( next g )"), "made\ngives\n0");
    check(&counting("g := do count ( 1 ) ; say ( next g ) ; say ( next g )"), "gives\n0\nover\n! Fault: over");
    check(&counting("for v in do count ( 2 ) { say v }"), "gives\n0\ngives\n1\nover");
    check(&counting("for v in do count ( 9 ) { say v ; stop }"), "gives\n0");
    check(&counting("say ( all do count ( 2 ) )"), "gives\ngives\nover\n[0 1]");
}

#[test]
fn it_goes_on_where_it_waited() {
    let turns = "fun f ( ) { for i in [ 1 , 2 ] { for j in 2 { if ( j < 1 ) { hand i } else { hand j } } } ; hand 7 }";
    check(&format!("{turns} ; say ( all do f ( ) )"), "[1 1 2 1 7]");
    let guarded = "fun f ( n ) { try { hand ( 6 / n ) } rescue { hand 'none' } ; try { hand 2 } finally { say 'end' ; hand 3 } }";
    check(&format!("{guarded} ; say ( all do f ( 2 ) ) ; say ( all do f ( 0 ) )"), "end\n[3 2 3]\nend\n[none 2 3]");
    check("fun f ( ) { hand 1 ; give 5 ; hand 2 } ; say ( all do f ( ) )", "[1]");
    check(
        "fun f ( ) { hand 1 ; hand ( 1 / 0 ) } ; g := do f ( ) ; try { for v in g { say v } } rescue { say 'caught' } ; say ( all g )",
        "1\ncaught\n[]",
    );
}

#[test]
fn it_gives_on_what_others_give() {
    check("fun f ( ) { hand all of [ 1 , 2 ] ; hand all of 2 } ; say ( all do f ( ) )", "[1 2 0 1]");
    let two = "fun f ( ) { hand 1 ; give 9 } ; fun g ( ) { x := rest of do f ( ) ; hand x }";
    check(&format!("{two} ; say ( all do g ( ) )"), "[1 9]");
    let down = "fun f ( n ) { if ( 0 < n ) { hand n ; hand all of do f ( ( n - 1 ) ) } }";
    check(&format!("{down} ; say ( all do f ( 3 ) )"), "[3 2 1]");
    check(&format!("{down} ; x := ( all do f ( 5000 ) )"), "limit: nested too deep");
}

#[test]
fn what_was_taken_is_gone() {
    check(
        &counting("g := do count ( 3 ) ; say ( next g ) ; say ( all g ) ; say ( all g )"),
        "gives\n0\ngives\ngives\nover\n[1 2]\n[]",
    );
    check("fun f ( ) { hand 1 ; hand 2 } ; g := do f ( ) ; h := ( same g ) ; say ( next h ) ; say ( next g )", "1\n2");
    check("g := ( [ i for i in 3 ] ) ; say ( next g ) ; say ( all g ) ; say ( all g )", "0\n[1 2]\n[]");
}

#[test]
fn what_is_not_known_is_not_guessed() {
    // It may have needed less: right while nobody can tell.
    check("fun f ( ) { hand 1 ; hand 2 } ; say ( most do f ( ) )", "[1 2]");
    check(
        "fun f ( ) { hand 1 ; hand 2 } ; g := do f ( ) ; say ( most g ) ; say ( next g )",
        "[1 2]\n? ( next g ) | how much of this was taken before is not known",
    );
    check(
        &counting("say ( most do count ( 1 ) )"),
        "gives\nover\n? ( most do count ( 1 ) ) | how much `most` takes of what does something each time it is asked was not learned",
    );
    check("hand 1", "? hand 1 | nothing around this can be asked for one value after the other");
    check(
        "fun f ( ) { for v in do g ( ) { hand v } } ; fun g ( ) { for v in h { hand v } } ; h := do f ( ) ; say ( all h )",
        "? ( all h ) | this is asked for more while it runs",
    );
}

#[test]
fn what_is_there_already_is_a_sequence() {
    check("say ( many ( [ i for i in 3 ] ) )", "3");
    check(
        "fun f ( ) { hand 1 } ; say ( many do f ( ) )",
        "? ( many do f ( ) ) | `many` was not learned for (line); the nearest known is (_)",
    );
}

#[test]
fn many_that_nobody_asks_again() {
    let many = "fun f ( n ) { x := [ n ] ; hand x ; hand n } ; i := 0 ; loop ( i < 20000 ) { g := do f ( i ) ; x := ( next g ) ; i := ( i + 1 ) }";
    check(&format!("{many} ; say i"), "20000");
}
