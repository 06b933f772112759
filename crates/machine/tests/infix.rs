//! What programs of a tiny infix language do.

mod toy;

use toy::{INFIX, outcome};

#[track_caller]
fn check(source: &str, expected: &str) {
    assert_eq!(outcome(INFIX, source), expected, "{source}");
}

#[test]
fn values_and_operations() {
    check("say 7", "7");
    check("say 'seven of nine'", "seven of nine");
    check("say ( 2 + ( 3 * 4 ) )", "14");
    check("say ( 'a' + 'b' )", "ab");
    check("say ( ( 0 - 7 ) % 3 )", "2");
    check("say ( ( 0 - 7 ) / 2 )", "-3");
    check("say ( 9223372036854775807 + 1 )", "9223372036854775808");
    check("say ( ( 9223372036854775807 * 3 ) - ( 9223372036854775807 * 3 ) )", "0");
    check("say ( [ 1 , 2 ] + [ 3 ] )", "[1 2 3]");
    check("say ( 1 / 0 )", "! DivideFault: by nothing");
    check("say ( 1 % 0 )", "! DivideFault: by nothing");
    check("say nil", "nil");
    check("say ( yes + 1 )", "? ( yes + 1 ) | `_ + _` was not learned for (bool, int); the nearest known is (int, int)");
}

#[test]
fn texts_that_collect() {
    check("say text put 'a' put ( 'b' + 'c' ) put 'd' ; say 1", "abcd\n1");
    check("say text put 'a' put 1", "? put 1 | the collection under construction does not take this");
}

#[test]
fn names() {
    check("x := 3 ; say x", "3");
    check("say x", "! NameFault: no x");
    check("yes := 0 ; say yes", "0");
    check("x := 1 ; drop x ; say x", "! NameFault: no x");
    check("drop x", "! NameFault: no x");
    check("length := 2 ; drop length ; say do length ( 'abc' )", "3");
    check("split [ 1 , 2 ] into a , b ; say b", "2");
    check("split [ 1 , [ 2 , 3 ] ] into a , < b , c > ; say ( a + ( b + c ) )", "6");
    check("fail 3", "! <3>");
    check("split [ 1 ] into a , b", "! SpreadFault: wrong count");
    check("split [ 1 , 2 , 3 ] into a , * b ; say b ; do < b . push > ( a ) ; say b", "[2 3]\n[2 3 1]");
    check("split [ 1 , 2 , 3 , 4 ] into a , * b , c ; say a ; say b ; say c", "1\n[2 3]\n4");
    check("split [ 1 , 2 ] into * a , b , c ; say a ; say c", "[]\n2");
    check("split [ 1 , [ 2 , 3 ] ] into a , < * b , c > ; say b ; say c", "[2]\n3");
    check("split [ 1 ] into a , * b , c", "! SpreadFault: at least 2");
    check("fun f ( ) { split [ 1 , 2 ] into a , * b ; give b } ; b := 0 ; say do f ( ) ; say b", "[2]\n0");
    check("* a := [ 1 ]", "? * a | nothing is spread here that this could take the rest of");
    check("split [ 1 , 2 ] into * a , * b", "? split [ 1 , 2 ] into * a , * b | more than one target takes the rest");
    check("x := [ 1 , 2 ] ; [ x @ 1 ] := 5 ; say x", "[1 5]");
    check("x := [ 1 ] ; y := x ; do < y . push > ( 2 ) ; say x", "[1 2]");
    check("x := [ 1 ] ; [ x @ 1 ] := 5", "! Fault: outside");
}

#[test]
fn choices() {
    check("if 1 { say 'a' } else { say 'b' }", "a");
    check("if [ ] { say 'a' } else { say 'b' }", "b");
    check("if 'x' { say 'a' }", "? if 'x' { say 'a' } | `truth` was not learned for (text); the nearest known is (none)");
    check("say ( 0 and x )", "0");
    check("say ( 2 and 3 )", "3");
    check("say ( 0 or 3 )", "3");
    check("say ( 2 or x )", "2");
    check("say ( not 2 )", "no");
    check("say ( 1 < 2 < 3 )", "yes");
    check("say ( 1 < 2 < 2 )", "no");
    check("say ( 3 < 2 < x )", "no");
    check("fun f ( ) { say 'f' ; give 2 } ; say ( 1 < do f ( ) < 3 )", "f\nyes");
}

#[test]
fn loops() {
    check("i := 0 ; loop ( i < 3 ) { say i ; i := ( i + 1 ) }", "0\n1\n2");
    check("i := 0 ; loop yes { i := ( i + 1 ) ; if ( i < 3 ) { skip } ; say i ; stop }", "3");
    check("loop no { stop } done { say 'd' }", "d");
    check("loop yes { stop } done { say 'd' }", "");
    check("i := 0 ; once { i := ( i + 1 ) } again ( i < 3 ) ; say i", "3");
    check("for x in [ 1 , 2 ] { say x }", "1\n2");
    check("for < a , b > in [ [ 1 , 2 ] , [ 3 , 4 ] ] { say ( a + b ) }", "3\n7");
    check("for c in 'ab' { say c }", "a\nb");
    check("for i in 3 { if ( 0 < i ) { stop } ; say i }", "0");
    check("x := [ 1 , 2 ] ; for e in x { if ( e < 4 ) { do < x . push > ( ( e + 2 ) ) } } ; say x", "[1 2 3 4 5]");
    check("for i in 2 { for j in 2 { if j { stop } ; say ( i + j ) } }", "0\n1");
}

#[test]
fn collections() {
    check("say [ ]", "[]");
    check("say { 'a' : 1 , 'b' : [ 2 ] }", "{a:1 b:[2]}");
    check("x := { 'a' : 1 } ; say { 'b' : 2 , ** x , 'b' : 3 }", "{b:3 a:1}");
    check("say set { 1 , 2 , 1 , yes }", "<1 2>");
    check("x := { 1 : 1 } ; [ x @ 1 ] := 2 ; [ x @ 3 ] := 4 ; say x", "{1:2 3:4}");
    check("x := { 'a' : 1 } ; say [ x @ 'b' ]", "! Fault: no key b");
    check("say [ ( x * x ) for x in 4 where ( 0 < x ) ]", "[1 4 9]");
    check("say [ ( x + y ) for x in 2 for y in [ 10 , 20 ] ]", "[10 20 11 21]");
    check("x := 5 ; y := [ x for x in 3 ] ; say x", "5");
    check("say [ [ y for y in x ] for x in 3 ]", "[[] [0] [0 1]]");
    check("x := [ ] ; say do < x . pop > ( )", "! Fault: empty");
    check("x := [ 1 , 2 , 3 ] ; say do < x . pop > ( ) ; say x", "3\n[1 2]");
    check("x := [ 1 ] ; y := do < x . pair > ( ) ; do < x . push > ( 2 ) ; say y", "[[1 2] [1]]");
    check("x := [ 1 ] ; do < x . push > ( 'a' ) ; do < x . push > ( [ 2 ] ) ; say x", "[1 a [2]]");
    check("say let x = 2 in ( x * x )", "4");
}

#[test]
fn functions() {
    check("fun f ( x ) { give ( x * 2 ) } ; say do f ( 4 )", "8");
    check("fun f ( x ) { x := 3 } ; say do f ( 4 )", "nil");
    check(
        "fun fib ( n ) { if ( n < 2 ) { give n } ; give ( do fib ( ( n - 1 ) ) + do fib ( ( n - 2 ) ) ) } ; say do fib ( 15 )",
        "610",
    );
    check(
        "fun f ( a , b = 2 , * c , % d ) { say [ a , b , c ] ; say d } ; with f ( 1 , x = 9 ) ; with f ( 1 , 3 , 4 , 5 )",
        "[1 2 []]\n{x:9}\n[1 3 [4 5]]\n{}",
    );
    check("fun f ( a , b ) { say [ a , b ] } ; with f ( b = 1 , a = 2 ) ; with f ( * [ 3 , 4 ] )", "[2 1]\n[3 4]");
    check(
        "fun f ( a , ^ , ! , b = 2 , % d ) { say [ a , b ] ; say d } ; with f ( 1 , b = 3 ) ; with f ( 1 , a = 4 )",
        "[1 3]\n{}\n[1 2]\n{a:4}",
    );
    check("fun f ( a , ! , b ) { say b } ; do f ( 1 , 2 )", "? do f ( 1 , 2 ) | no argument for `b`");
}

#[test]
fn scopes() {
    check("x := 1 ; fun f ( ) { x := 2 } ; do f ( ) ; say x", "1");
    check("x := 1 ; fun f ( ) { outer x ; x := 2 } ; do f ( ) ; say x", "2");
    check("fun f ( ) { x := 1 ; fun g ( ) { near x ; x := 2 } ; do g ( ) ; say x } ; do f ( )", "2");
    check("fun f ( ) { say x ; x := 1 } ; do f ( )", "! EarlyFault: early x");
    check("fun f ( ) { say x } ; x := 4 ; do f ( )", "4");
    check(
        "fun count ( ) { n := 0 ; fun next ( ) { near n ; n := ( n + 1 ) ; give n } ; give next } ; a := do count ( ) ; b := do count ( ) ; do a ( ) ; do a ( ) ; say [ do a ( ) , do b ( ) ]",
        "[3 1]",
    );
    check("k := 3 ; say do ask ( [ 1 , 2 ] , fn x -> ( x * k ) )", "[3 6]");
    check("f := [ fn y -> ( x + y ) for x in 3 ] ; say do [ f @ 0 ] ( 10 )", "12");
    check("d := 1 ; fun f ( x = d ) { give x } ; d := 2 ; say do f ( )", "1");
}

#[test]
fn calls() {
    check("say do length ( [ 1 , 2 ] )", "2");
    check("say with ask ( 3 , twice = yes )", "6");
    check("say do [ 5 , 6 ] ( 1 )", "6");
    check("fun f ( a ) { say a } ; do f ( )", "! CallFault: lacks a");
    check("fun f ( a ) { say a } ; do f ( 1 , 2 )", "! CallFault: not 2");
    check(
        "fun f ( a ) { say a } ; with f ( 1 , z = 2 )",
        "? with f ( 1 , z = 2 ) | `surplus` was not learned for (text); the nearest known is (int)",
    );
    check("say do ask ( 1 )", "? do ask ( 1 ) | `@ask` was not learned for (int); the nearest known is (int, twice=bool)");
}

#[test]
fn errors() {
    check("fail do Fault ( 'bad' )", "! Fault: bad");
    check("fail Fault", "! Fault: plain");
    check("try { fail do Fault ( 'bad' ) } rescue Fault as e { say 'r' } ; say 's'", "r\ns");
    check("try { say x } rescue Fault as e { say 'r' }", "! NameFault: no x");
    check("try { say x } rescue Fault as e { say 'r' } rescue { say 'all' }", "all");
    check("try { fail Fault } rescue { refail }", "! Fault: plain");
    check("fun f ( ) { refail } ; try { fail Fault } rescue { do f ( ) }", "! Fault: plain");
    check("try { say 1 } rescue Fault as e { say 'r' } else { say 'e' } ; say 's'", "1\ne\ns");
    check("try { fail Fault } rescue Fault as e { say 'r' } else { say 'e' }", "r");
    check("try { say 1 } rescue { say 'all' } else { fail Fault }", "1\n! Fault: plain");
    check("try { say x } rescue Fault as e { say 'r' } else { say 'e' }", "! NameFault: no x");
    check("loop yes { try { stop } rescue { say 'r' } else { say 'e' } } ; say 's'", "s");
    check("try { say 1 } finally { say 2 }", "1\n2");
    check("try { fail Fault } finally { say 2 }", "2\n! Fault: plain");
    check("fun f ( ) { try { give 1 } finally { say 2 } } ; say do f ( )", "2\n1");
    check("loop yes { try { stop } finally { say 2 } }", "2");
    check("refail", "? refail | nothing was caught that could be sent on");
    check("stop", "? stop | `stop` leaves something that is not there, with none");
}

#[test]
fn what_is_begun_is_settled() {
    check("under 1 { say 'a' } ; say 'b'", "in 1\na\nout 1\nb");
    check("under 1 as x { say x }", "in 1\n101\nout 1");
    check("under 1 , 2 as x { say x }", "in 1\nin 2\n102\nout 2\nout 1");
    check("under 7 { fail Fault } ; say 'on'", "in 7\nout 7 of fault\non");
    check("under 1 { fail Fault } ; say 'on'", "in 1\nout 1 of fault\n! Fault: plain");
    check("under 1 , 7 { fail Fault } ; say 'on'", "in 1\nin 7\nout 7 of fault\nout 1\non");
    check("under 7 , 1 { fail Fault } ; say 'on'", "in 7\nin 1\nout 1 of fault\nout 7 of fault\non");
    check("under 8 { under 7 { fail Fault } ; say 'on' }", "in 8\nin 7\nout 7 of fault\non\nout 8");
    check("fun f ( ) { under 1 { give 3 } } ; say do f ( )", "in 1\nout 1\n3");
    check("loop yes { under 7 , 8 { stop } } ; say 'on'", "in 7\nin 8\nout 8\nout 7\non");
    check("for i in 2 { under ( i + 0 ) { skip } }", "in 0\nout 0\nin 1\nout 1");
    // What did not begin is not settled; what fails afterwards is.
    check("under 'x' { say 'a' }", "! Fault: no x");
    check("under 7 , 'x' { say 'a' } ; say 'on'", "in 7\nout 7 of fault\non");
    check(
        "under 7 as < a , b > { say 'a' }",
        "in 7\n? < a , b > | `spread` was not learned for (int, int); the nearest known is (list, int)",
    );
    check("under 7 { under 1 { say y } } ; say 'on'", "in 7\nin 1\nout 7 of fault\non");
    // No handler around knows of it, and what handlers handle is told apart.
    check("try { fail Fault } rescue { under 1 { say 'a' } }", "in 1\na\nout 1");
    check("try { fail Fault } rescue { under 7 { say y } }", "in 7\n! Fault: while it ended");
}

#[test]
fn kinds_of_elements() {
    check("say ( kinds [ ] )", "all int");
    check("say ( kinds [ 1 , 'a' ] )", "mixed");
    let long = "x := ( [ 1 ] * 20 ) ; say ( kinds x )";
    check(&format!("{long} ; say ( kinds x )"), "all int\nall int");
    check(&format!("{long} ; do < x . push > ( 1 ) ; say ( kinds x ) ; say do length ( x )"), "all int\nall int\n21");
    check(
        &format!("{long} ; do < x . push > ( 'a' ) ; say ( kinds x ) ; do < x . pop > ( ) ; say ( kinds x )"),
        "all int\nmixed\nall int",
    );
    check(&format!("{long} ; [ x @ 3 ] := 'a' ; say ( kinds x ) ; [ x @ 3 ] := 1 ; say ( kinds x )"), "all int\nmixed\nall int");
    check(
        &format!("{long} ; y := x ; [ y @ 3 ] := 4 ; say ( kinds x ) ; do < y . pop > ( ) ; say ( kinds x )"),
        "all int\nall int\nall int",
    );
}

#[test]
fn any_class() {
    check("say ( kinds 1 ) ; say ( kinds 'a' ) ; say ( kinds [ 1 ] )", "no list\nno list\nall int");
    // The same place with another class, and a class for which it is only known that the wide meaning does not hold.
    check("for x in [ 1 , 'a' , 2 ] { say ( kinds x ) }", "no list\nno list\nno list");
}
