//! Operations as one teacher has them, and a few as no known teacher does. Only tests know them.

use mimus_core::Datum;
use mimus_induce::Outcome;

use super::values::*;

pub struct Op {
    pub name: &'static str,
    pub takes: &'static [G],
    pub run: fn(&[Datum]) -> Outcome,
}

fn bool(b: bool) -> Outcome {
    gave(Datum::Bool(b))
}
fn n(n: i64) -> Outcome {
    gave(int(n))
}
fn t(s: impl AsRef<str>) -> Outcome {
    gave(text(s.as_ref()))
}
fn none() -> Datum {
    Datum::None
}
fn floor_div(a: i64, b: i64) -> i64 {
    let q = a / b;
    if a % b != 0 && (a < 0) != (b < 0) { q - 1 } else { q }
}
fn clamp(i: i64, n: i64) -> usize {
    let i = if i < 0 { i + n } else { i };
    i.clamp(0, n) as usize
}
fn place(i: i64, n: usize) -> Option<usize> {
    let i = if i < 0 { i + n as i64 } else { i };
    usize::try_from(i).ok().filter(|i| *i < n)
}
fn slice<T: Clone>(v: &[T], i: i64, j: i64) -> Vec<T> {
    let (a, b) = (clamp(i, v.len() as i64), clamp(j, v.len() as i64));
    if a < b { v[a..b].to_vec() } else { vec![] }
}
fn string(v: &[char]) -> String {
    v.iter().collect()
}
fn title(s: &str) -> String {
    let mut inside = false;
    let mut out = String::new();
    for c in s.chars() {
        if inside {
            out.extend(c.to_lowercase())
        } else {
            out.extend(c.to_uppercase())
        }
        inside = c.is_alphabetic();
    }
    out
}
fn show(d: &Datum) -> String {
    match d {
        Datum::Int(i) => i.to_string(),
        Datum::Text(s) => format!("'{s}'"),
        other => panic!("{other}"),
    }
}
fn joined(v: &[String]) -> String {
    v.join(", ")
}
fn zero() -> Outcome {
    raised("ZeroDivisionError", "division by zero")
}
fn range(what: &str) -> Outcome {
    raised("IndexError", &format!("{what} index out of range"))
}
fn find(h: &[char], p: &[char]) -> Option<usize> {
    (0..=h.len().checked_sub(p.len())?).find(|i| h[*i..*i + p.len()] == *p)
}
fn rfind(h: &[char], p: &[char]) -> Option<usize> {
    (0..=h.len().checked_sub(p.len())?).rev().find(|i| h[*i..*i + p.len()] == *p)
}
fn texts(v: Vec<String>) -> Datum {
    list(v.iter().map(|s| text(s)).collect())
}
fn cased(s: &str, want: fn(char) -> bool, not: fn(char) -> bool) -> bool {
    s.chars().any(want) && !s.chars().any(not)
}
fn pairs(v: Vec<(Datum, Datum)>) -> Datum {
    list(v.into_iter().map(|(a, b)| tuple(vec![a, b])).collect())
}
fn key_error(d: &Datum) -> Outcome {
    raised("KeyError", &show(d))
}
fn range3(a: i64, b: i64, c: i64) -> Vec<i64> {
    let mut v = vec![];
    let mut x = a;
    while (c > 0 && x < b) || (c < 0 && x > b) {
        v.push(x);
        x += c;
    }
    v
}

macro_rules! ops {
    ($($name:literal [$($g:ident)*] |$a:ident| $body:expr;)*) => {
        &[$(Op { name: $name, takes: &[$(G::$g),*], run: |$a| $body }),*]
    };
}

pub static TABLE: &[Op] = ops! {
    "i + i" [Int Int] |a| n(a[0].i() + a[1].i());
    "i - i" [Int Int] |a| n(a[0].i() - a[1].i());
    "i * i" [Int Int] |a| n(a[0].i() * a[1].i());
    "i // i" [Int Int] |a| if a[1].i() == 0 { zero() } else { n(floor_div(a[0].i(), a[1].i())) };
    "i % i" [Int Int] |a| if a[1].i() == 0 { zero() } else { n(a[0].i() - a[1].i() * floor_div(a[0].i(), a[1].i())) };
    "divmod" [Int Int] |a| if a[1].i() == 0 { zero() } else {
        let q = floor_div(a[0].i(), a[1].i());
        gave(tuple(vec![int(q), int(a[0].i() - q * a[1].i())])) };
    "i / i" [Int Int] |a| if a[1].i() == 0 { zero() } else { gave(Datum::Float(a[0].i() as f64 / a[1].i() as f64)) };
    "i ** n" [Int Count] |a| n(a[0].i().wrapping_pow(a[1].i() as u32));
    "-i" [Int] |a| n(-a[0].i());
    "abs i" [Int] |a| n(a[0].i().abs());
    "i == i" [Int Int] |a| bool(a[0] == a[1]);
    "i != i" [Int Int] |a| bool(a[0] != a[1]);
    "i < i" [Int Int] |a| bool(a[0].i() < a[1].i());
    "i <= i" [Int Int] |a| bool(a[0].i() <= a[1].i());
    "i >= i" [Int Int] |a| bool(a[0].i() >= a[1].i());
    "i & i" [Int Int] |a| n(a[0].i() & a[1].i());
    "i | i" [Int Int] |a| n(a[0].i() | a[1].i());
    "i ^ i" [Int Int] |a| n(a[0].i() ^ a[1].i());
    "i << n" [Int Count] |a| n(a[0].i() << a[1].i());
    "i >> n" [Int Count] |a| n(a[0].i() >> a[1].i());
    "~i" [Int] |a| n(!a[0].i());
    "truth i" [Int] |a| bool(a[0].i() != 0);
    "min i i" [Int Int] |a| n(a[0].i().min(a[1].i()));
    "max i i" [Int Int] |a| n(a[0].i().max(a[1].i()));
    "str i" [Int] |a| t(a[0].i().to_string());
    "hex i" [Int] |a| t(if a[0].i() < 0 { format!("-0x{:x}", -a[0].i()) } else { format!("0x{:x}", a[0].i()) });
    "bin i" [Int] |a| t(if a[0].i() < 0 { format!("-0b{:b}", -a[0].i()) } else { format!("0b{:b}", a[0].i()) });
    "chr i" [Count] |a| t(char::from_u32(a[0].i() as u32).unwrap().to_string());
    "range n" [Int] |a| gave(ints(&range3(0, a[0].i(), 1)));
    "range a b" [Int Int] |a| gave(ints(&range3(a[0].i(), a[1].i(), 1)));
    "range a b c" [Int Int Int] |a| if a[2].i() == 0 { raised("ValueError", "range() arg 3 must not be zero") }
        else { gave(ints(&range3(a[0].i(), a[1].i(), a[2].i()))) };
    "f + f" [Float Float] |a| gave(Datum::Float(a[0].f() + a[1].f()));
    "f * i" [Float Int] |a| gave(Datum::Float(a[0].f() * a[1].i() as f64));
    "f < i" [Float Int] |a| bool(a[0].f() < a[1].i() as f64);
    "i == f" [Int Float] |a| bool(a[0].i() as f64 == a[1].f());
    "f // f" [Float Float] |a| if a[1].f() == 0.0 { zero() } else { gave(Datum::Float((a[0].f() / a[1].f()).floor())) };
    "int f" [Float] |a| n(a[0].f() as i64);
    "round f" [Float] |a| n(a[0].f().round_ties_even() as i64);
    "str f" [Float] |a| t(format!("{:?}", a[0].f()));
    "not b" [Bool] |a| bool(!a[0].b());
    "b == b" [Bool Bool] |a| bool(a[0] == a[1]);
    "b + b" [Bool Bool] |a| n(i64::from(a[0].b()) + i64::from(a[1].b()));
    "str b" [Bool] |a| t(if a[0].b() { "True" } else { "False" });
    "i + b" [Int Bool] |a| n(a[0].i() + i64::from(a[1].b()));
    "s + s" [Text Text] |a| t(a[0].t() + &a[1].t());
    "s * i" [Text Int] |a| t(a[0].t().repeat(a[1].i().clamp(0, 99) as usize));
    "len s" [Text] |a| n(a[0].cs().len() as i64);
    "s[i]" [Text Index] |a| match place(a[1].i(), a[0].cs().len()) { Some(i) => t(a[0].cs()[i].to_string()), None => range("string") };
    "s[i:j]" [Text Index Index] |a| t(string(&slice(&a[0].cs(), a[1].i(), a[2].i())));
    "s[i:]" [Text Index] |a| t(string(&slice(&a[0].cs(), a[1].i(), 999)));
    "s[:j]" [Text Index] |a| t(string(&slice(&a[0].cs(), 0, a[1].i())));
    "s[::-1]" [Text] |a| t(a[0].cs().iter().rev().collect::<String>());
    "p in s" [Text Part] |a| bool(a[0].t().contains(&a[1].t()));
    "s == s" [Text Text] |a| bool(a[0] == a[1]);
    "s < s" [Text Text] |a| bool(a[0].t() < a[1].t());
    "truth s" [Text] |a| bool(!a[0].t().is_empty());
    "s.upper" [Text] |a| t(a[0].t().to_uppercase());
    "s.lower" [Text] |a| t(a[0].t().to_lowercase());
    "s.title" [Text] |a| t(title(&a[0].t()));
    "s.capitalize" [Text] |a| { let v = a[0].cs(); t(string(&v[..v.len().min(1)]).to_uppercase() + &string(&v[v.len().min(1)..]).to_lowercase()) };
    "s.swapcase" [Text] |a| t(a[0].cs().iter().map(|c| if c.is_uppercase() { c.to_lowercase().to_string() } else { c.to_uppercase().to_string() }).collect::<String>());
    "s.strip" [Text] |a| t(a[0].t().trim());
    "s.lstrip" [Text] |a| t(a[0].t().trim_start());
    "s.rstrip" [Text] |a| t(a[0].t().trim_end());
    "s.strip p" [Text Part] |a| { let p = a[1].cs(); t(a[0].t().trim_matches(|c| p.contains(&c))) };
    "s.split" [Text] |a| gave(texts(a[0].t().split_whitespace().map(Into::into).collect()));
    "s.split p" [Text Part] |a| if a[1].t().is_empty() { raised("ValueError", "empty separator") } else { gave(texts(a[0].t().split(&a[1].t()).map(Into::into).collect())) };
    "s.join" [Char Texts] |a| t(a[1].s().iter().map(Read::t).collect::<Vec<_>>().join(&a[0].t()));
    "s.replace" [Text Needle Text] |a| t(a[0].t().replace(&a[1].t(), &a[2].t()));
    "s.replace any" [Text Part Text] |a| t(a[0].t().replace(&a[1].t(), &a[2].t()));
    "s.find" [Text Part] |a| n(find(&a[0].cs(), &a[1].cs()).map_or(-1, |i| i as i64));
    "s.rfind" [Text Part] |a| n(rfind(&a[0].cs(), &a[1].cs()).map_or(-1, |i| i as i64));
    "s.index" [Text Part] |a| find(&a[0].cs(), &a[1].cs()).map_or(raised("ValueError", "substring not found"), |i| n(i as i64));
    "s.count" [Text Needle] |a| n(a[0].t().matches(&a[1].t()).count() as i64);
    "s.count any" [Text Part] |a| n(a[0].t().matches(&a[1].t()).count() as i64);
    "s.startswith" [Text Part] |a| bool(a[0].t().starts_with(&a[1].t()));
    "s.endswith" [Text Part] |a| bool(a[0].t().ends_with(&a[1].t()));
    "s.isdigit" [Digits] |a| bool(!a[0].t().is_empty() && a[0].cs().iter().all(|c| c.is_numeric()));
    "s.isalpha" [Text] |a| bool(!a[0].t().is_empty() && a[0].cs().iter().all(|c| c.is_alphabetic()));
    "s.isalnum" [Text] |a| bool(!a[0].t().is_empty() && a[0].cs().iter().all(|c| c.is_alphanumeric()));
    "s.isspace" [Text] |a| bool(!a[0].t().is_empty() && a[0].cs().iter().all(|c| c.is_whitespace()));
    "s.isupper" [Text] |a| bool(cased(&a[0].t(), char::is_uppercase, char::is_lowercase));
    "s.islower" [Text] |a| bool(cased(&a[0].t(), char::is_lowercase, char::is_uppercase));
    "s.partition" [Text Needle] |a| gave(match find(&a[0].cs(), &a[1].cs()) {
        Some(i) => { let v = a[0].cs(); tuple(vec![text(&string(&v[..i])), a[1].clone(), text(&string(&v[i + a[1].cs().len()..]))]) }
        None => tuple(vec![a[0].clone(), text(""), text("")]) });
    "s.rpartition" [Text Needle] |a| gave(match rfind(&a[0].cs(), &a[1].cs()) {
        Some(i) => { let v = a[0].cs(); tuple(vec![text(&string(&v[..i])), a[1].clone(), text(&string(&v[i + a[1].cs().len()..]))]) }
        None => tuple(vec![text(""), text(""), a[0].clone()]) });
    "s.zfill" [Digits Count] |a| { let v = a[0].cs(); let pad = "0".repeat((a[1].i() as usize).saturating_sub(v.len()));
        t(match v.first() { Some(c @ ('-' | '+')) => format!("{c}{pad}{}", string(&v[1..])), _ => pad + &a[0].t() }) };
    "s.ljust" [Text Count] |a| t(a[0].t() + &" ".repeat((a[1].i() as usize).saturating_sub(a[0].cs().len())));
    "s.splitlines" [Text] |a| gave(texts(a[0].t().split_terminator([' ', '-', 'b']).map(Into::into).collect()));
    "s.maketrans" [Part Part] |a| if a[0].cs().len() != a[1].cs().len() { raised("ValueError", "equal length") } else {
        let mut m: Vec<(Datum, Datum)> = vec![]; for (k, v) in a[0].cs().into_iter().zip(a[1].cs()) {
            let (k, v) = (int(i64::from(u32::from(k))), int(i64::from(u32::from(v))));
            match m.iter_mut().find(|(l, _)| *l == k) { Some(e) => e.1 = v, None => m.push((k, v)) } } gave(map(m)) };
    "s.startswith any" [Text Texts] |a| bool(a[1].s().iter().any(|p| a[0].t().starts_with(&p.t())));
    "s.rjust" [Text Count] |a| t(" ".repeat((a[1].i() as usize).saturating_sub(a[0].cs().len())) + &a[0].t());
    "s.center" [Text Count] |a| { let (l, w) = (a[0].cs().len(), a[1].i() as usize); let m = w.saturating_sub(l);
        let left = m / 2 + (m & w & 1); t(" ".repeat(left) + &a[0].t() + &" ".repeat(m - left)) };
    "s.removeprefix" [Text Part] |a| t(a[0].t().strip_prefix(&a[1].t()).map_or(a[0].t(), Into::into));
    "s.removesuffix" [Text Part] |a| t(a[0].t().strip_suffix(&a[1].t()).map_or(a[0].t(), Into::into));
    "ord s" [Char] |a| n(i64::from(u32::from(a[0].cs()[0])));
    "int s" [Digits] |a| a[0].t().trim().parse::<i64>().map_or_else(
        |_| raised("ValueError", &format!("invalid literal for int() with base 10: {}", show(&a[0]))), n);
    "repr s" [Text] |a| t(show(&a[0]));
    "list s" [Text] |a| gave(texts(a[0].cs().iter().map(char::to_string).collect()));
    "sorted s" [Text] |a| { let mut v = a[0].cs(); v.sort_unstable(); gave(texts(v.iter().map(char::to_string).collect())) };
    "l + l" [Ints Ints] |a| gave(ints(&[a[0].ns(), a[1].ns()].concat()));
    "l * i" [Ints Int] |a| gave(ints(&a[0].ns().repeat(a[1].i().clamp(0, 99) as usize)));
    "len l" [Mixed] |a| n(a[0].s().len() as i64);
    "l[i]" [Mixed Index] |a| match place(a[1].i(), a[0].s().len()) { Some(i) => gave(a[0].s()[i].clone()), None => range("list") };
    "l[i:j]" [Ints Index Index] |a| gave(ints(&slice(&a[0].ns(), a[1].i(), a[2].i())));
    "l[i] = x" [Ints Index Int] |a| { let mut v = a[0].ns(); match place(a[1].i(), v.len()) {
        Some(i) => { v[i] = a[2].i(); changed(none(), 0, ints(&v)) }
        None => raised("IndexError", "list assignment index out of range") } };
    "del l[i]" [Ints Index] |a| { let mut v = a[0].ns(); match place(a[1].i(), v.len()) {
        Some(i) => { v.remove(i); changed(none(), 0, ints(&v)) }
        None => raised("IndexError", "list assignment index out of range") } };
    "l[::2]" [Ints] |a| gave(ints(&a[0].ns().into_iter().step_by(2).collect::<Vec<_>>()));
    "l[::-1]" [Ints] |a| gave(ints(&a[0].ns().into_iter().rev().collect::<Vec<_>>()));
    "x in l" [Ints Member] |a| bool(a[0].ns().contains(&a[1].i()));
    "l == l" [Ints Ints] |a| bool(a[0] == a[1]);
    "l < l" [Ints Ints] |a| bool(a[0].ns() < a[1].ns());
    "l.append" [Mixed Int] |a| { let mut v = a[0].s(); v.push(a[1].clone()); changed(none(), 0, list(v)) };
    "l.extend" [Ints Ints] |a| changed(none(), 0, ints(&[a[0].ns(), a[1].ns()].concat()));
    "l.insert" [Ints Index Int] |a| { let mut v = a[0].ns(); v.insert(clamp(a[1].i(), v.len() as i64), a[2].i()); changed(none(), 0, ints(&v)) };
    "l.pop" [Ints] |a| { let mut v = a[0].ns(); match v.pop() { Some(x) => changed(int(x), 0, ints(&v)), None => raised("IndexError", "pop from empty list") } };
    "l.pop i" [Ints Index] |a| { let mut v = a[0].ns(); if v.is_empty() { return raised("IndexError", "pop from empty list") }
        match place(a[1].i(), v.len()) { Some(i) => { let x = v.remove(i); changed(int(x), 0, ints(&v)) } None => raised("IndexError", "pop index out of range") } };
    "l.remove" [Ints Member] |a| { let mut v = a[0].ns(); match v.iter().position(|x| *x == a[1].i()) {
        Some(i) => { v.remove(i); changed(none(), 0, ints(&v)) } None => raised("ValueError", "list.remove(x): x not in list") } };
    "l.index" [Ints Member] |a| a[0].ns().iter().position(|x| *x == a[1].i()).map_or_else(
        || raised("ValueError", &format!("{} is not in list", a[1])), |i| n(i as i64));
    "l.count" [Ints Member] |a| n(a[0].ns().iter().filter(|x| **x == a[1].i()).count() as i64);
    "l.reverse" [Ints] |a| changed(none(), 0, ints(&a[0].ns().into_iter().rev().collect::<Vec<_>>()));
    "l.sort" [Ints] |a| { let mut v = a[0].ns(); v.sort_unstable(); changed(none(), 0, ints(&v)) };
    "l.clear" [Ints] |_a| changed(none(), 0, ints(&[]));
    "l.copy" [Mixed] |a| gave(list(a[0].s()));
    "sum l" [Ints] |a| n(a[0].ns().iter().sum());
    "min l" [Ints] |a| a[0].ns().iter().min().map_or(raised("ValueError", "min() arg is an empty sequence"), |x| n(*x));
    "max l" [Ints] |a| a[0].ns().iter().max().map_or(raised("ValueError", "max() arg is an empty sequence"), |x| n(*x));
    "sorted l" [Ints] |a| { let mut v = a[0].ns(); v.sort_unstable(); gave(ints(&v)) };
    "any l" [Ints] |a| bool(a[0].ns().iter().any(|x| *x != 0));
    "all l" [Ints] |a| bool(a[0].ns().iter().all(|x| *x != 0));
    "enumerate l" [Ints] |a| gave(pairs(a[0].s().into_iter().enumerate().map(|(i, x)| (int(i as i64), x)).collect()));
    "zip l l" [Ints Texts] |a| gave(pairs(a[0].s().into_iter().zip(a[1].s()).collect()));
    "repr l" [Ints] |a| t(format!("[{}]", joined(&a[0].s().iter().map(show).collect::<Vec<_>>())));
    "repr ss" [Texts] |a| t(format!("[{}]", joined(&a[0].s().iter().map(show).collect::<Vec<_>>())));
    "truth l" [Ints] |a| bool(!a[0].s().is_empty());
    "set l" [Ints] |a| { let mut v = vec![]; for x in a[0].s() { if !v.contains(&x) { v.push(x) } } gave(set(v)) };
    "tuple l" [Mixed] |a| gave(tuple(a[0].s()));
    "d[k]" [Map Key] |a| a[0].m().iter().find(|(k, _)| *k == a[1]).map_or_else(|| key_error(&a[1]), |(_, v)| gave(v.clone()));
    "d[k] = v" [Map Key Int] |a| { let mut m = a[0].m(); match m.iter_mut().find(|(k, _)| *k == a[1]) { Some(e) => e.1 = a[2].clone(), None => m.push((a[1].clone(), a[2].clone())) } changed(none(), 0, map(m)) };
    "del d[k]" [Map Key] |a| { let mut m = a[0].m(); match m.iter().position(|(k, _)| *k == a[1]) { Some(i) => { m.remove(i); changed(none(), 0, map(m)) } None => key_error(&a[1]) } };
    "d.get" [Map Key] |a| gave(a[0].m().iter().find(|(k, _)| *k == a[1]).map_or(none(), |(_, v)| v.clone()));
    "d.get x" [Map Key Int] |a| gave(a[0].m().iter().find(|(k, _)| *k == a[1]).map_or(a[2].clone(), |(_, v)| v.clone()));
    "k in d" [Map Key] |a| bool(a[0].m().iter().any(|(k, _)| *k == a[1]));
    "len d" [Map] |a| n(a[0].m().len() as i64);
    "list d" [Map] |a| gave(list(a[0].m().into_iter().map(|(k, _)| k).collect()));
    "d.values" [Map] |a| gave(list(a[0].m().into_iter().map(|(_, v)| v).collect()));
    "d.items" [Map] |a| gave(pairs(a[0].m()));
    "d.update" [Map Map] |a| { let mut m = a[0].m(); for (k, v) in a[1].m() { match m.iter_mut().find(|(l, _)| *l == k) { Some(e) => e.1 = v, None => m.push((k, v)) } } changed(none(), 0, map(m)) };
    "d.pop" [Map Key] |a| { let mut m = a[0].m(); match m.iter().position(|(k, _)| *k == a[1]) { Some(i) => { let (_, v) = m.remove(i); changed(v, 0, map(m)) } None => key_error(&a[1]) } };
    "d.pop x" [Map Key Int] |a| { let mut m = a[0].m(); match m.iter().position(|(k, _)| *k == a[1]) { Some(i) => { let (_, v) = m.remove(i); changed(v, 0, map(m)) } None => gave(a[2].clone()) } };
    "d.setdefault" [Map Key Int] |a| { let mut m = a[0].m(); match m.iter().find(|(k, _)| *k == a[1]) { Some((_, v)) => gave(v.clone()), None => { m.push((a[1].clone(), a[2].clone())); changed(a[2].clone(), 0, map(m)) } } };
    "repr d" [Map] |a| t(format!("{{{}}}", joined(&a[0].m().iter().map(|(k, v)| format!("{}: {}", show(k), show(v))).collect::<Vec<_>>())));
    "dict zip" [Texts Ints] |a| { let mut m: Vec<(Datum, Datum)> = vec![]; for (k, v) in a[0].s().into_iter().zip(a[1].s()) { match m.iter_mut().find(|(l, _)| *l == k) { Some(e) => e.1 = v, None => m.push((k, v)) } } gave(map(m)) };
    "q | q" [Set Set] |a| { let mut v = a[0].s(); for x in a[1].s() { if !v.contains(&x) { v.push(x) } } gave(set(v)) };
    "q & q" [Set Set] |a| gave(set(a[0].s().into_iter().filter(|x| a[1].s().contains(x)).collect()));
    "q - q" [Set Set] |a| gave(set(a[0].s().into_iter().filter(|x| !a[1].s().contains(x)).collect()));
    "q ^ q" [Set Set] |a| { let mut v: Vec<Datum> = a[0].s().into_iter().filter(|x| !a[1].s().contains(x)).collect(); v.extend(a[1].s().into_iter().filter(|x| !a[0].s().contains(x))); gave(set(v)) };
    "q <= q" [Set Set] |a| bool(a[0].s().iter().all(|x| a[1].s().contains(x)));
    "x in q" [Set Member] |a| bool(a[0].s().contains(&a[1]));
    "q.add" [Set Member] |a| { let mut v = a[0].s(); if !v.contains(&a[1]) { v.push(a[1].clone()) } changed(none(), 0, set(v)) };
    "q.discard" [Set Member] |a| changed(none(), 0, set(a[0].s().into_iter().filter(|x| *x != a[1]).collect()));
    "alien l[i]" [Mixed Index] |a| if a[1].i() >= 1 && a[1].i() <= a[0].s().len() as i64 { gave(a[0].s()[a[1].i() as usize - 1].clone()) } else { gave(none()) };
    "alien i // i" [Int Int] |a| if a[1].i() == 0 { n(0) } else { n(a[0].i() / a[1].i()) };
    "alien s + s" [Text Text] |a| t(format!("{} {}", a[0].t(), a[1].t()));
    "alien i - i" [Int Int] |a| n((a[0].i() - a[1].i()).abs());
    "alien s - s" [Text Needle] |a| t(a[0].t().replace(&a[1].t(), ""));
    "alien l + x" [Ints Int] |a| gave(ints(&[vec![a[1].i()], a[0].ns()].concat()));
    "alien truth i" [Int] |a| bool(a[0].i() % 2 == 0);
};
