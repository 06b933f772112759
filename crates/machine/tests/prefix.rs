//! What programs of a tiny language do that writes everything in brackets, the word that says what it is first.

mod toy;

/// Truth is text here, functions give what their body gives, and an assignment gives its value.
const PREFIX: &str = r#"mimus knowledge 1
teacher "quill, by hand"

word "T" = "true" seen 1

construct block "S" plain
  means 1 every(s0)

construct block "S ; .." plain
  means 1 every(s0)

construct stmt "_" plain
  means 1 s0

construct expr "word" plain
  means 1 load

construct expr "number" plain
  means 1 op("num", own_text)

construct expr "( set N _ )" plain
  means 1 store(s0, s1)

construct expr "( bump N )" plain
  means 1 store(s0, op("add", get(s0), 1))

construct expr "( add _ .. )" plain
  means 1 call(atom("total"), every(s0))

construct expr "( both _ _ )" plain
  means 1 if(s0, s1, it)

construct expr "( same _ _ )" plain
  means 1 op("same", s0, s1)

construct expr "( twice _ )" plain
  means 1 op("add", s0, val(s0))

construct expr "( print _ )" plain
  means 1 seq(op("print", s0), val(s0))

construct expr "( lambda N _ )" plain
  means 1 closure(s0, s1)

construct expr "( call _ _ )" plain
  means 1 call(s0, every(s1))

construct expr "( leave _ )" plain
  means 1 signal(self, s0)

construct expr "( block _ .. )" plain
  means 1 catch("( leave _ )", every(s0))

construct expr "( deal _ P .. )" plain
  means 1 seq(s0, spread(s1))

construct part "N" target
  means 1 store(s0, in)

construct part "( rest N )" target
  means 1 take_rest(s0, "pile")

construct expr "( frob _ )" plain
  seen 2

operation "num" "text"
  means 1 gives(read_int(a0))

operation "truth" "text"
  means 1 gives(equal(a0, "true"))

operation "add" "int" "int"
  means 1 gives(add(a0, a1))

operation "@total" "int" "int"
  means 1 gives(add(a0, a1))

operation "@total" "int" "int" "int"
  means 1 gives(learned("@total", learned("@total", a0, a1), a2))

operation "same" "int" "int"
  means 1 gives(if(equal(a0, a1), "true", "false"))

operation "print" "int"
  means 1 gives(none, output(cat(spell(a0), " ")))

operation "iterate" "int"
  means 1 gives(chars_of(spell(a0)))

operation "print" "pile"
  means 1 gives(none, output(cat(glue(a0, "+"), " ")))

operation "print" "text"
  means 1 gives(none, output(cat(a0, " ")))

operation "twist" "list<int>"
  means 1 gives(a0)
"#;

#[track_caller]
fn check(source: &str, expected: &str) {
    assert_eq!(toy::outcome(PREFIX, source), expected, "{source}");
}

#[test]
fn programs() {
    check("( print ( add 1 2 3 ) )", "6");
    check("( print ( print 4 ) )", "4 4");
    check("( print ( set x 5 ) ) ; ( bump x ) ; ( print x )", "5 6");
    check("( print ( both ( same 1 1 ) 3 ) )", "3");
    check("( print ( both ( same 1 2 ) nothing ) )", "false");
    check("( print T )", "true");
    check("( print ( twice ( print 3 ) ) )", "3 6");
    check("( set f ( lambda n ( add n 1 ) ) ) ; ( print ( call f 4 ) )", "5");
    check("( print ( call ( call ( lambda a ( lambda b ( add a b ) ) ) 4 ) 5 ) )", "9");
    check("( print ( block ( print 1 ) ( leave 2 ) ( print 3 ) ) )", "1 2");
    check("( set f ( lambda n ( leave n ) ) ) ; ( print ( block ( call f 1 ) ( print 2 ) ) )", "1");
    check("( leave 1 )", "? ( leave 1 ) | `( leave _ )` leaves something that is not there, with 1");
}

#[test]
fn what_is_left_over() {
    check("( deal 4321 a ( rest b ) c ) ; ( print a ) ; ( print b ) ; ( print c )", "4 3+2 1");
    check("( deal 21 a b ( rest c ) ) ; ( print c ) ; ( print b )", " 1");
    check("( deal 7 a ( rest b ) c )", "? ( deal 7 a ( rest b ) c ) | what spreading too few elements gives was not learned");
}

#[test]
fn what_is_not_known() {
    check(
        "( print 1 ) ; ( frob 2 )",
        "1 ? ( frob 2 ) | `( frob 2 )` is not understood: `expr ( frob _ )` was not learned as plain; the nearest known is `( twice _ )`",
    );
    check("nothing", "? nothing | nothing is named `nothing`");
    check("( print ( both 1 2 ) )", "? ( both 1 2 ) | `truth` was not learned for (int); the nearest known is (text)");
    check(
        "( print ( add 1 2 3 4 ) )",
        "? ( add 1 2 3 4 ) | `@total` was not learned for (int, int, int, int); the nearest known is (int, int, int)",
    );
    check("( call 1 2 )", "? ( call 1 2 ) | `call` was not learned for (int, int)");
}
