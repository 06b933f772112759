use super::*;
use crate::{Symbol, Value};

#[track_caller]
fn check(name: &str, args: &[Value], expected: Option<Value>) {
    let id = PrimId::by_name(name).unwrap_or_else(|| panic!("no primitive {name}"));
    assert_eq!((id.get().run)(args), expected, "{name}{args:?}");
}

fn i(n: i64) -> Value {
    Value::Int(n)
}
fn t(s: &str) -> Value {
    Value::text(s)
}
fn s(items: &[i64]) -> Value {
    Value::seq(items.iter().map(|n| i(*n)).collect())
}

#[test]
fn names_are_distinct_and_arities_agree() {
    let mut names: Vec<_> = PRIMITIVES.iter().map(|p| p.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), PRIMITIVES.len());
    assert!(PRIMITIVES.iter().all(|p| (1..=4).contains(&p.takes.len()) && p.cost > 0 && !p.doc.is_empty()));
}

#[test]
fn integers() {
    check("add", &[i(i64::MAX), i(1)], Some(Value::from_big(num_bigint::BigInt::from(i64::MAX) + 1)));
    check("quotient", &[i(-7), i(2)], Some(i(-3)));
    check("remainder", &[i(-7), i(2)], Some(i(-1)));
    check("quotient", &[i(1), i(0)], None);
    check("quotient", &[i(i64::MIN), i(-1)], Some(Value::from_big(-num_bigint::BigInt::from(i64::MIN))));
    check("power", &[i(2), i(-1)], None);
    check("ratio", &[i(1), i(3)], Some(Value::Float(1.0 / 3.0)));
    check("ratio", &[i(i64::MAX), i(3)], Some(Value::Float(i64::MAX as f64 / 3.0)));
    check("shift_right", &[i(-5), i(1)], Some(i(-3)));
    check("read_int", &[t("1_0")], None);
    check("read_int", &[t("-12")], Some(i(-12)));
    check("spell_in", &[i(255), i(16)], Some(t("ff")));
    check("numbers_in", &[t("<012.5f")], Some(s(&[12, 5])));
    check("numbers_in", &[t("none")], None);
    check("numbers_in", &[t("99999999999999999999")], None);
    check("float_exponent", &[Value::Float(-1234.5)], Some(i(3)));
    check("float_digits", &[Value::Float(-1234.5)], Some(t("12345")));
    check("float_log", &[Value::Float(1.0)], Some(Value::Float(0.0)));
    check("float_log", &[Value::Float(0.0)], None);
    check("arc_sine", &[Value::Float(2.0)], None);
    check("direction", &[Value::Float(0.0), Value::Float(-1.0)], Some(Value::Float(std::f64::consts::PI)));
}

#[test]
fn bytes_as_texts() {
    let bytes = |b: &[u8]| Value::Bytes(b.into());
    check("byte_chars", &[bytes(b"a\xff")], Some(t("a\u{e0ff}")));
    check("char_bytes", &[t("a\u{e0ff}")], Some(bytes(b"a\xff")));
    check("char_bytes", &[t("\u{e9}")], None);
    check("char_bytes", &[t("\u{e041}")], None);
    check("byte_chars", &[Value::seq(vec![bytes(b"a"), bytes(b"")])], Some(Value::seq(vec![t("a"), t("")])));
    check("byte_chars", &[Value::seq(vec![i(1)])], None);
}

#[test]
fn order_and_likeness() {
    check("alike", &[i(1), Value::Float(1.0)], Some(Value::Bool(true)));
    check("equal", &[i(1), Value::Float(1.0)], Some(Value::Bool(false)));
    check("heap_of", &[s(&[5, 4, 3, 2, 1])], Some(s(&[1, 2, 3, 5, 4])));
    check("heap_push", &[s(&[1, 3, 2]), i(0)], Some(s(&[0, 1, 2, 3])));
    check("heap_drop", &[s(&[1, 2, 3, 5, 4])], Some(s(&[2, 4, 3, 5])));
    check("heap_drop", &[s(&[])], None);
    check("exchange_each", &[t("{} and {}"), t("{}"), Value::seq(vec![t("a"), t("b")])], Some(t("a and b")));
    check("exchange_each", &[t("{} and {}"), t("{}"), Value::seq(vec![t("a")])], None);
    let gaps = |text, open, close, expected: Option<&[&str]>| {
        check("gaps", &[t(text), t(open), t(close)], expected.map(|pieces| Value::seq(pieces.iter().map(|p| t(p)).collect())));
    };
    gaps("a <b> c<>", "<", ">", Some(&["a ", "b", " c", "", ""]));
    gaps("<<a>> <b>", "<", ">", Some(&["<a> ", "b", ""]));
    gaps("a ~3x b~~", "~", "", Some(&["a ", "3x", " b~"]));
    gaps("é<日>", "<", ">", Some(&["é", "日", ""]));
    gaps("", "<", ">", Some(&[""]));
    gaps("a < b", "<", ">", None);
    gaps("a > b", "<", ">", None);
    gaps("a ~3", "~", "", None);
    gaps("a", "", ">", None);
    check("chunks", &[t("abcde"), i(2)], Some(Value::seq(vec![t("ab"), t("cd"), t("e")])));
    check("chunks_back", &[t("äbcde"), i(2)], Some(Value::seq(vec![t("ä"), t("bc"), t("de")])));
    check("chunks_back", &[t(""), i(2)], Some(Value::seq(vec![])));
    check("chunks_back", &[t("ab"), i(0)], None);
    check("centred", &[t("ab"), i(5), t("*")], Some(t("*ab**")));
    check("centred", &[t("é"), i(3), t("é")], Some(t("ééé")));
    check("centred", &[t("abc"), i(2), t(" ")], Some(t("abc")));
    check("centred", &[t("ab"), i(5), t("")], None);
    check("centred", &[t("ab"), i(-1), t(" ")], None);
    check("float_floor_remainder", &[Value::Float(-5.5), Value::Float(2.0)], Some(Value::Float(0.5)));
    check("float_floor_remainder", &[Value::Float(5.5), Value::Float(-2.0)], Some(Value::Float(-0.5)));
    check("float_floor_remainder", &[Value::Float(4.0), Value::Float(-2.0)], Some(Value::Float(-0.0)));
    check("float_floor_remainder", &[Value::Float(4.0), Value::Float(0.0)], None);
    check("float_floor_quotient", &[Value::Float(-5.5), Value::Float(2.0)], Some(Value::Float(-3.0)));
    check("float_floor_quotient", &[Value::Float(1.0), Value::Float(0.1)], Some(Value::Float(9.0)));
    check("float_floor_quotient", &[Value::Float(-0.0), Value::Float(2.0)], Some(Value::Float(-0.0)));
    check("less", &[i(1), Value::Float(1.5)], Some(Value::Bool(true)));
    check("less", &[s(&[1, 2]), s(&[1, 2, 0])], Some(Value::Bool(true)));
    check("less", &[i(1), t("a")], None);
    check("less", &[Value::Float(f64::NAN), i(1)], Some(Value::Bool(false)));
    check("ascending", &[Value::seq(vec![i(2), t("a")])], None);
    check("ascending", &[s(&[3, 1, 2])], Some(s(&[1, 2, 3])));
}

#[test]
fn runs() {
    check("at", &[t("abc"), i(-1)], None);
    check("slice", &[t("äöü"), i(1), i(2)], Some(t("ö")));
    check("slice", &[t("abc"), i(2), i(1)], None);
    check("cat", &[t("a"), s(&[])], None);
    check("find_from", &[t("äbäb"), t("b"), i(2)], Some(i(3)));
    check("rewrite", &[t("a<b"), Value::seq(vec![Value::seq(vec![t("<"), t("&lt;")])])], Some(t("a&lt;b")));
    let marked = Value::seq(vec![Value::seq(vec![t("n"), t("\n")]), Value::seq(vec![t("%"), t("%")])]);
    check("unmark", &[t("a%n%%n"), t("%"), marked.clone()], Some(t("a\n%n")));
    check("unmark", &[t("no mark"), t("%"), marked.clone()], Some(t("no mark")));
    check("unmark", &[t("%x"), t("%"), marked.clone()], None);
    check("unmark", &[t("ends%"), t("%"), marked], None);
    check("up_to", &[i(3)], Some(s(&[0, 1, 2])));
    check(
        "slice",
        &[Value::object(Symbol::neutral(), crate::Contents::Range { start: 0, step: 2, len: 4 }), i(1), i(3)],
        Some(s(&[2, 4])),
    );
    let many = (PrimId::by_name("stepping").unwrap().get().run)(&[i(3), i(i64::MAX), i(1)]).unwrap();
    check("length", &[many], Some(i(i64::MAX - 3)));
    let limit = SizeLimit::set(10);
    check("stepping", &[i(3), i(20), i(1)], None);
    check("again", &[t("ab"), i(6)], None);
    drop(limit);
    check("again", &[t("ab"), i(2)], Some(t("abab")));
}

#[test]
fn maps_find_numbers_across_kinds() {
    let map = Value::seq(vec![Value::seq(vec![i(1), t("a")])]);
    let map = (PrimId::by_name("map_of").unwrap().get().run)(&[map]).unwrap();
    check("look_up", &[map.clone(), Value::Float(1.0)], Some(t("a")));
    check("look_up", &[map.clone(), Value::Bool(true)], Some(t("a")));
    check("look_up", &[map.clone(), i(2)], None);
    check("drop_key", &[map, i(2)], None);
}

#[test]
fn texts_are_cut() {
    let cut = |name: &str, args: &[Value], pieces: &[&str]| {
        check(name, args, Some(Value::seq(pieces.iter().map(|piece| t(piece)).collect())));
    };
    cut("cut_first", &[t("a-b-c"), t("-")], &["a", "b-c"]);
    cut("cut_last", &[t("a-b-c"), t("-")], &["a-b", "c"]);
    cut("cut_front", &[t("a-b-c"), t("-"), i(2)], &["a", "b-c"]);
    cut("cut_back", &[t("a-b-c"), t("-"), i(2)], &["a-b", "c"]);
    cut("cut_back", &[t("a-b-c"), t("-"), i(9)], &["a", "b", "c"]);
    check("exchange_first", &[t("a-b-c"), t("-"), t("+"), i(1)], Some(t("a+b-c")));
    check("exchange_first", &[t("ab"), t(""), t("-"), i(2)], Some(t("-a-b")));
    check("exchange_first", &[t("ab"), t("b"), t("c"), i(-1)], None);
    check("cut_first", &[t("abc"), t("-")], None);
    check("cut_last", &[t("abc"), t("")], None);
    check("cut_front", &[t("a-b"), t("-"), i(0)], None);
}
