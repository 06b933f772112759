//! The reader gives a tree for any text, fast.

use std::time::Instant;

use mimus_core::{Kind, Tree};
use mimus_grammar::{Grammar, Learner};
use mimus_trace::{Program, Span};
use proptest::prelude::*;

/// A program from a text with marks: `⟦kind:` opens a piece, `⟧` closes it.
fn marked(text: &str) -> Program {
    let mut program = Program::default();
    let mut open: Vec<usize> = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '⟦' {
            let kind = match rest[c.len_utf8()..].chars().next() {
                Some('B') => Kind::Block,
                Some('S') => Kind::Stmt,
                Some('N') => Kind::Name,
                Some('P') => Kind::Part,
                _ => Kind::Expr,
            };
            open.push(program.spans.len());
            let parent = open.len().checked_sub(2).map(|i| open[i]);
            program.spans.push(Span { start: program.source.len(), end: 0, parent, kind });
            rest = &rest[c.len_utf8() + 1..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if c == '⟧' {
            let span = open.pop().unwrap();
            program.spans[span].end = program.source.len();
        } else {
            program.source.push(c);
        }
    }
    program
}

/// Lists, sums, calls, quoted texts with gaps, and blocks by depth.
const PROGRAMS: &[&str] = &[
    "⟦B⟦S⟦Nx⟧ = ⟦E1⟧⟧\n⟦S⟦Ny⟧ = ⟦E⟦Ea⟧ + ⟦E⟦E2⟧ * ⟦Eb⟧⟧⟧⟧\n⟧",
    "⟦B⟦S⟦Nx⟧ = ⟦E[⟦E1⟧, ⟦E2⟧]⟧⟧\n⟦S⟦Ny⟧ = ⟦E[⟦E1⟧, ⟦E2⟧, ⟦Ex⟧]⟧⟧\n⟦S⟦Ny⟧ = ⟦E[⟦E1⟧, ⟦E2⟧, ⟦Ex⟧, ⟦E7⟧]⟧⟧\n⟧",
    "⟦B⟦S⟦Nx⟧ = ⟦E[⟦E1⟧]⟧⟧\n⟦S⟦Ny⟧ = ⟦E[]⟧⟧\n⟦S⟦E⟦Ef⟧(⟦E1⟧)⟧⟧\n⟧",
    "⟦B⟦S⟦E⟦Ef⟧(⟦E1⟧, ⟦E2⟧)⟧⟧\n⟦S⟦E⟦Ef⟧(⟦E1⟧, ⟦E2⟧, ⟦E3⟧)⟧⟧\n⟦S⟦E⟦Ef⟧(⟦E1⟧, ⟦E2⟧, ⟦E3⟧, ⟦E⟦E4⟧ + ⟦E5⟧⟧)⟧⟧\n⟧",
    "⟦B⟦S⟦Ef⟧⟧  # a note\n⟦Swhile ⟦Ex⟧:\n    ⟦B⟦S⟦Nx⟧ = ⟦E(⟦E⟦Ex⟧ + ⟦E1⟧⟧)⟧⟧\n    ⟦S⟦Nx⟧ = ⟦E'it\\'s # x'⟧⟧⟧⟧\n⟦S⟦Ef⟧⟧\n⟧",
    "⟦B⟦S⟦Nx⟧ = ⟦Ef'a {⟦Ey⟧} b {⟦E⟦Ey⟧ + ⟦E1⟧⟧:>3}'⟧⟧\n⟦S⟦Nx⟧ = ⟦Ef'{⟦Ey⟧}'⟧⟧\n⟦S⟦Nx⟧ = ⟦E'plain'⟧⟧\n⟧",
    "⟦B⟦Swith ⟦Ex⟧, ⟦Ey⟧, ⟦Ea⟧, ⟦Eb⟧, ⟦Ec⟧, ⟦E1⟧:\n    ⟦B⟦S⟦Ef⟧⟧⟧⟧\n⟦Swith ⟦Ex⟧, ⟦Ey⟧, ⟦Ea⟧:\n    ⟦B⟦S⟦Ef⟧⟧⟧⟧\n⟦Swith ⟦Ex⟧, ⟦Ey⟧:\n    ⟦B⟦S⟦Ef⟧⟧⟧⟧\n⟧",
    "⟦B⟦Sif ⟦Ex⟧:\n    ⟦B⟦S⟦Ef⟧⟧⟧\nelse:\n    ⟦B⟦S⟦Eg⟧⟧⟧⟧\n⟦Sif ⟦Ex⟧: ⟦B⟦S⟦Ef⟧⟧⟧⟧\n⟦S⟦E⟦E⟦Ea⟧ + ⟦Eb⟧⟧ + ⟦Ec⟧⟧⟧\n⟦S⟦E⟦E⟦Ea⟧ * ⟦Eb⟧⟧ + ⟦Ec⟧⟧⟧\n⟧",
];

fn grammar() -> Grammar {
    let mut learner = Learner::new();
    for _ in 0..4 {
        for text in PROGRAMS {
            learner.add(&marked(text)).unwrap();
        }
    }
    learner.finish()
}

fn covers(tree: &Tree, len: usize) {
    assert!(tree.at.end <= len);
    for child in tree.children() {
        assert!(child.at.start >= tree.at.start && child.at.end <= tree.at.end, "{:?} in {:?}", child.at, tree.at);
        covers(child, len);
    }
}

/// Reads `text` and compares the tree, statement by statement.
#[track_caller]
fn check(text: &str, wanted: &str) {
    fn write(tree: &Tree, out: &mut String) {
        out.push_str(&format!("({}", tree.form.template));
        tree.children().for_each(|child| write(child, out));
        out.push(')');
    }
    let reading = grammar().read(text);
    let mut out = String::new();
    write(&reading.tree, &mut out);
    assert_eq!(out, wanted, "{reading:?}");
}

#[test]
fn templates() {
    check("x = a + 2 * b\n", "(S ..(N = _(word)(_ + _(word)(_ * _(number)(word)))))");
    check("f(1, 2, 3, 4, 5)", "(S ..(_(_ ( _ , .. )(word)(number)(number)(number)(number)(number))))");
    check("f(1)", "(S ..(_(_ ( _ )(word)(number))))");
    check("x = [1, [2, 3],]", "(S ..(N = _(word)([ _ , .. ](number)([ _ , .. ](number)(number)))))");
    check("x = f'{a} b'", "(S ..(N = _(word)(f' P .. '({ _ }(word))(text))))");
    check("x = f'{a:>9}'", "(S ..(N = _(word)(f' P '({ _ P }(word)(text)))))");
    check("x = 'a # b'  # c", "(S ..(N = _(word)(quoted ')))");
    check("while x:\n  f\n\n  # note\n  g\nf", "(S ..(while _ : B(word)(S ..(_(word))(_(word))))(_(word)))");
    check(
        "with a, b, c, x, y, 1, 2:\n  f\n",
        "(S ..(with _ , .. : B(word)(word)(word)(word)(word)(number)(number)(S ..(_(word)))))",
    );
    check("", "(S ..)");
}

/// Free text between the gaps of a quoted text may be a piece that is evaluated: then all that is in the text is one run, and how
/// the free text is spelled says nothing of the language.
#[test]
fn free_texts_that_are_pieces() {
    const TEXTS: &[&str] = &[
        "⟦B⟦S⟦Nx⟧ = ⟦Ef'⟦Ea # ⟧{⟦Ey⟧}⟦E .b. ⟧{⟦E⟦Ey⟧ + ⟦E1⟧⟧:>3}⟦E,c,⟧'⟧⟧\n⟦S⟦Nx⟧ = ⟦Ef'{⟦Ey⟧}'⟧⟧  # note\n⟦S⟦Nx⟧ = ⟦E'plain'⟧⟧\n⟧",
        "⟦B⟦S⟦Nx⟧ = ⟦Ef'{⟦Ey⟧}⟦E, ⟧{⟦Ey⟧}'⟧⟧\n⟦S⟦Nx⟧ = ⟦Ef'⟦E#⟧{⟦Ey⟧}{⟦Ex⟧}'⟧⟧\n⟧",
    ];
    let mut learner = Learner::new();
    (0..4).flat_map(|_| TEXTS).for_each(|text| learner.add(&marked(text)).unwrap());
    let grammar = learner.finish();
    for source in ["x = f'{y}; {x}'\n", "x = f'#{y:>9}...'\n", "x = f'{y}{y}{x}{x}'  # note\n"] {
        let reading = grammar.read(source);
        assert!(reading.faults.is_empty(), "{source} {reading:?}");
        let literal = reading.tree.children().next().unwrap().children().nth(1).unwrap();
        assert_eq!(literal.slots.len(), 1, "{source} {}", literal.form);
    }
}

#[test]
fn what_cannot_be_read_is_left_out() {
    let source = "x = 1\ny = = 2\nwhile x:\n    ? = 3\n    y = 2\nz = 4\n";
    let reading = grammar().read(source);
    let faults: Vec<&str> = reading.faults.iter().map(|f| &source[f.at.clone()]).collect();
    assert_eq!(faults, ["y = = 2", "? = 3"]);
    let forms: Vec<String> = reading.tree.children().map(|t| t.form.to_string()).collect();
    assert_eq!(forms, ["stmt N = _", "stmt ", "stmt while _ : B", "stmt N = _"]);
    assert!(reading.confidence < 0.1);
}

#[test]
fn long_and_deep_texts() {
    let grammar = grammar();
    let start = Instant::now();
    let list = format!("x = [{}]\n", vec!["1"; 10_000].join(", "));
    let reading = grammar.read(&list);
    assert!(reading.faults.is_empty());
    assert_eq!(
        reading.tree.children().map(|t| t.children().last().map(|t| t.children().count())).collect::<Vec<_>>(),
        [Some(10_000)]
    );
    let sum = format!("x = {}\n", vec!["a"; 3_000].join(" + "));
    grammar.read(&sum);
    grammar.read(&"(".repeat(20_000));
    grammar.read(&format!("x = {}1{}", "(".repeat(300), ")".repeat(300)));
    let deep: String = (0..300).map(|i| format!("{}while x:\n", " ".repeat(i))).collect();
    grammar.read(&deep);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn never_seen_is_doubted() {
    let grammar = grammar();
    let known = grammar.read("x = a + b * c\n");
    let odd = grammar.read("x = a * f(1) * c\n");
    assert!(known.confidence > 0.9, "{known:?}");
    assert!(odd.confidence < known.confidence);
    assert!(
        grammar
            .questions()
            .iter()
            .any(|q| q.text.contains("* 1 *") || q.text.contains("* a *") || q.text.matches('*').count() > 1)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_read(text in "\\PC{0,60}") {
        let grammar = grammar();
        covers(&grammar.read(&text).tree, text.len());
    }

    #[test]
    fn any_edit_is_read(which in 0..PROGRAMS.len(), at in 0usize..200, cut in 0usize..9, put in "[-a-z0-9 \\n\\t(){}\\[\\]:'#=+*,.\\\\«é]{0,6}") {
        let grammar = grammar();
        let mut text = marked(PROGRAMS[which]).source;
        let mut from = at.min(text.len());
        while !text.is_char_boundary(from) { from -= 1; }
        let mut to = (from + cut).min(text.len());
        while !text.is_char_boundary(to) { to += 1; }
        text.replace_range(from..to, &put);
        let reading = grammar.read(&text);
        covers(&reading.tree, text.len());
        prop_assert!((0.0..=1.0).contains(&reading.confidence));
    }
}
