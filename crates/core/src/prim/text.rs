//! Text and its characters. Positions count characters.

use std::num::NonZero;

use super::limit::within;
use super::number::{index, int};
use super::sequence::items;
use super::{Primitive, Ty, prim, ty};
use crate::{Text, Value};

const T: Ty = Ty::Text;
const C: Ty = Ty::Char;

fn one_char(value: &Value) -> Option<char> {
    match value {
        Value::Text(t) if t.chars_len() == 1 => t.chars().next(),
        _ => None,
    }
}

fn test(value: &Value, f: fn(char) -> bool) -> Option<Value> {
    one_char(value).map(|c| Value::Bool(f(c)))
}

/// The text of a character, shared for the common ones: programs make many of them.
pub(super) fn char_text(c: char) -> Value {
    thread_local!(static COMMON: Vec<Text> = (0..128u8).map(|b| Text::new((b as char).to_string())).collect());
    let code = c as usize;
    if code < 128 { COMMON.with(|common| Value::Text(common[code].clone())) } else { Value::text(c.encode_utf8(&mut [0; 4])) }
}

pub(crate) fn chars(text: &Text) -> Vec<Value> {
    text.chars().map(char_text).collect()
}

fn texts<'a>(pieces: impl Iterator<Item = &'a str>) -> Value {
    Value::seq(pieces.map(Value::text).collect())
}

fn spelled<'a>(pieces: impl Iterator<Item = &'a [char]>) -> Value {
    Value::seq(pieces.map(|piece| Value::text(&piece.iter().collect::<String>())).collect())
}

/// As Rust itself writes what is to stand in the middle.
fn centred(text: &str, width: usize, fill: &str) -> Option<Value> {
    let mut characters = fill.chars();
    let (Some(_), None) = (characters.next(), characters.next()) else { return None };
    let missing = width.saturating_sub(text.chars().count());
    within(text.len().checked_add(missing.checked_mul(fill.len())?)?)?;
    Some(Value::text(&[&fill.repeat(missing / 2), text, &fill.repeat(missing.div_ceil(2))].concat()))
}

/// Joins texts with a separator between them; `None` if one is no text.
fn glue(pieces: &[Value], between: &str) -> Option<Value> {
    let mut out = String::new();
    for (i, piece) in pieces.iter().enumerate() {
        let Value::Text(piece) = piece else { return None };
        if i > 0 {
            out.push_str(between);
        }
        out.push_str(piece);
        within(out.len())?;
    }
    Some(Value::Text(Text::new(out)))
}

/// Whether a text may be as long as it is once so many occurrences of a part were replaced.
fn within_exchanged(text: &str, from: &str, to: &str, most: usize) -> Option<()> {
    let found = text.matches(from).take(most).count();
    within(text.len().checked_add(found.checked_mul(to.len())?)?.checked_sub(found.checked_mul(from.len())?)?).map(|_| ())
}

/// Undefined where the table has nothing for a character after a mark, and where a mark is the last.
fn unmark(text: &str, mark: &str, table: &[Value]) -> Option<Value> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(mark).filter(|_| !mark.is_empty()) {
        within(out.len() + rest.len())?;
        out.push_str(before);
        let next = after.chars().next()?;
        let row = table.iter().find_map(|row| match items(row)?.as_slice() {
            [Value::Text(from), Value::Text(to)] => from.chars().eq([next]).then(|| to.clone()),
            _ => None,
        });
        out.push_str(&row?);
        rest = &after[next.len_utf8()..];
    }
    out.push_str(rest);
    Some(Value::Text(Text::new(out)))
}

/// The pieces that end with one of some marks, or with the text: the longest mark that stands at a place counts.
fn ended<'a>(text: &'a str, marks: &[Value], keep: bool) -> Option<Vec<&'a str>> {
    let mut ends: Vec<&str> = vec![];
    for mark in marks {
        match mark {
            Value::Text(mark) if !mark.is_empty() => ends.push(mark),
            _ => return None,
        }
    }
    ends.sort_by_key(|mark| std::cmp::Reverse(mark.len()));
    let mut pieces = vec![];
    let (mut start, mut at) = (0, 0);
    while let Some(c) = text[at..].chars().next() {
        match ends.iter().find(|mark| text[at..].starts_with(**mark)) {
            Some(mark) => {
                pieces.push(&text[start..if keep { at + mark.len() } else { at }]);
                at += mark.len();
                start = at;
            }
            None => at += c.len_utf8(),
        }
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    Some(pieces)
}

/// One scan from the left: at each position the first pair whose left text begins there is replaced by its right text.
fn rewrite(text: &str, table: &[Value]) -> Option<Value> {
    let mut pairs = Vec::with_capacity(table.len());
    for row in table {
        match items(row)?.as_slice() {
            [Value::Text(from), Value::Text(to)] if !from.is_empty() => pairs.push((from.clone(), to.clone())),
            _ => return None,
        }
    }
    let mut out = String::new();
    let mut rest = text;
    'scan: while let Some(c) = rest.chars().next() {
        within(out.len())?;
        for (from, to) in &pairs {
            if let Some(after) = rest.strip_prefix(&**from) {
                out.push_str(to);
                rest = after;
                continue 'scan;
            }
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    Some(Value::Text(Text::new(out)))
}

/// What is outside and inside gaps in turn. A gap goes from one mark to another one, or to the first letter where there is no other;
/// a mark that stands twice is itself and no gap. Undefined where a gap does not end, or one ends that did not begin.
fn gaps(text: &str, open: &str, close: &str) -> Option<Vec<String>> {
    if open.is_empty() {
        return None;
    }
    let (mut out, mut piece, mut rest) = (vec![], String::new(), text);
    while let Some(c) = rest.chars().next() {
        let mark = [open, close].into_iter().find(|mark| !mark.is_empty() && rest.starts_with(mark));
        let Some(mark) = mark else {
            piece.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        let after = &rest[mark.len()..];
        if let Some(after) = after.strip_prefix(mark) {
            piece.push_str(mark);
            rest = after;
            continue;
        }
        if mark != open {
            return None;
        }
        let (inside, after) = match close {
            "" => {
                let (at, letter) = after.char_indices().find(|(_, c)| c.is_alphabetic())?;
                after.split_at(at + letter.len_utf8())
            }
            _ => after.split_once(close)?,
        };
        out.extend([std::mem::take(&mut piece), inside.to_owned()]);
        rest = after;
    }
    out.push(piece);
    Some(out)
}

pub(super) static TABLE: &[Primitive] = &[
    prim!("find_from", [T, T, Ty::Int] -> Ty::Int, 1, "where a part begins first, at or after a position", |[
        Value::Text(t),
        Value::Text(part),
        from,
    ]| {
        let from = index(from).filter(|from| *from <= t.chars_len())?;
        let byte = t.byte_at(from);
        t[byte..].find(&**part).and_then(|at| int(t.char_at_byte(byte + at)))
    }),
    prim!("find_last", [T, T] -> Ty::Int, 2, "where a part begins last", |[Value::Text(t), Value::Text(part)]| {
        t.rfind(&**part).and_then(|at| int(t.char_at_byte(at)))
    }),
    prim!("has_part", [T, T] -> Ty::Bool, 1, "whether a part occurs", |[Value::Text(t), Value::Text(part)]| {
        Some(Value::Bool(t.contains(&**part)))
    }),
    prim!("begins", [T, T] -> Ty::Bool, 2, "whether it begins with a part", |[Value::Text(t), Value::Text(part)]| {
        Some(Value::Bool(t.starts_with(&**part)))
    }),
    prim!("ends", [T, T] -> Ty::Bool, 2, "whether it ends with a part", |[Value::Text(t), Value::Text(part)]| {
        Some(Value::Bool(t.ends_with(&**part)))
    }),
    prim!("part_count", [T, T] -> Ty::Int, 2, "how often a part occurs without overlap", |[Value::Text(t), Value::Text(part)]| {
        int(t.matches(&**part).count())
    }),
    prim!("exchange", [T, T, T] -> T, 2, "every occurrence of a part replaced by another", |[
        Value::Text(t),
        Value::Text(from),
        Value::Text(to),
    ]| {
        within_exchanged(t, from, to, usize::MAX)?;
        Some(Value::text(&t.replace(&**from, to)))
    }),
    prim!("exchange_first", [T, T, T, Ty::Int] -> T, 2, "the first so many occurrences of a part replaced by another", |[
        Value::Text(t),
        Value::Text(from),
        Value::Text(to),
        n
    ]| {
        let n = index(n)?;
        within_exchanged(t, from, to, n)?;
        Some(Value::text(&t.replacen(&**from, to, n)))
    }),
    prim!("exchange_each", [T, T, ty::TEXTS] -> T, 2, "every occurrence of a part replaced by the next of as many texts", |[
        Value::Text(t),
        Value::Text(part),
        texts
    ]| {
        let (pieces, texts): (Vec<&str>, _) = (t.split(&**part).collect(), items(texts)?);
        if part.is_empty() || pieces.len() != texts.len() + 1 {
            return None;
        }
        let mut out = String::from(pieces[0]);
        for (piece, text) in pieces[1..].iter().zip(&texts) {
            let Value::Text(text) = text else { return None };
            within(out.len() + text.len() + piece.len())?;
            out.push_str(text);
            out.push_str(piece);
        }
        Some(Value::text(&out))
    }),
    prim!("cut_at", [T, T] -> ty::TEXTS, 2, "the pieces between occurrences of a separator", |[Value::Text(t), Value::Text(part)]| {
        (!part.is_empty()).then(|| texts(t.split(&**part)))
    }),
    prim!("cut_first", [T, T] -> ty::TEXTS, 2, "what is before and after the first occurrence of a separator", |[
        Value::Text(t),
        Value::Text(part),
    ]| {
        let (before, after) = t.split_once(&**part).filter(|_| !part.is_empty())?;
        Some(texts([before, after].into_iter()))
    }),
    prim!("cut_last", [T, T] -> ty::TEXTS, 2, "what is before and after the last occurrence of a separator", |[
        Value::Text(t),
        Value::Text(part),
    ]| {
        let (before, after) = t.rsplit_once(&**part).filter(|_| !part.is_empty())?;
        Some(texts([before, after].into_iter()))
    }),
    prim!("cut_front", [T, T, Ty::Int] -> ty::TEXTS, 2, "at most so many pieces between occurrences of a separator, the first ones short", |[
        Value::Text(t),
        Value::Text(part),
        n
    ]| {
        let n = index(n).filter(|n| *n > 0 && !part.is_empty())?;
        Some(texts(t.splitn(n, &**part)))
    }),
    prim!("cut_back", [T, T, Ty::Int] -> ty::TEXTS, 2, "at most so many pieces between occurrences of a separator, the last ones short", |[
        Value::Text(t),
        Value::Text(part),
        n
    ]| {
        let n = index(n).filter(|n| *n > 0 && !part.is_empty())?;
        let mut pieces: Vec<&str> = t.rsplitn(n, &**part).collect();
        pieces.reverse();
        Some(texts(pieces.into_iter()))
    }),
    prim!("ended_by", [T, ty::TEXTS] -> ty::TEXTS, 3, "the pieces that end with one of some marks, without the marks", |[
        Value::Text(t),
        marks
    ]| { ended(t, &items(marks)?, false).map(|pieces| texts(pieces.into_iter())) }),
    prim!("ended_with", [T, ty::TEXTS] -> ty::TEXTS, 3, "the pieces that end with one of some marks, and the marks", |[
        Value::Text(t),
        marks
    ]| { ended(t, &items(marks)?, true).map(|pieces| texts(pieces.into_iter())) }),
    prim!("gaps", [T, T, T] -> ty::TEXTS, 5, "what is outside and inside gaps between two marks in turn", |[
        Value::Text(t),
        Value::Text(open),
        Value::Text(close),
    ]| { gaps(t, open, close).map(|pieces| texts(pieces.iter().map(String::as_str))) }),
    prim!("words_of", [T] -> ty::TEXTS, 2, "the pieces between runs of white space", |[Value::Text(t)]| {
        Some(texts(t.split_whitespace()))
    }),
    prim!("chunks", [T, Ty::Int] -> ty::TEXTS, 2, "the pieces of so many characters; the last may be shorter", |[Value::Text(t), n]| {
        let characters: Vec<char> = t.chars().collect();
        Some(spelled(characters.chunks(NonZero::new(index(n)?)?.get())))
    }),
    prim!("chunks_back", [T, Ty::Int] -> ty::TEXTS, 2, "the pieces of so many characters; the first may be shorter", |[Value::Text(t), n]| {
        let characters: Vec<char> = t.chars().collect();
        Some(spelled(characters.rchunks(NonZero::new(index(n)?)?.get()).rev()))
    }),
    prim!("centred", [T, Ty::Int, C] -> T, 2, "in the middle of as many of a character as make it so long; one more behind it than before, if need be", |[Value::Text(t), n, Value::Text(fill)]| {
        centred(t, index(n)?, fill)
    }),
    prim!("glue", [ty::TEXTS, T] -> T, 2, "texts one after the other with a separator between them", |[pieces, Value::Text(between)]| {
        glue(&items(pieces)?, between)
    }),
    prim!("chars_of", [T] -> ty::TEXTS, 1, "the characters", |[Value::Text(t)]| Some(Value::seq(chars(t)))),
    prim!("to_upper", [T] -> T, 1, "in upper case", |[Value::Text(t)]| Some(Value::text(&t.to_uppercase()))),
    prim!("to_lower", [T] -> T, 1, "in lower case", |[Value::Text(t)]| Some(Value::text(&t.to_lowercase()))),
    prim!("trimmed", [T] -> T, 2, "without white space at both ends", |[Value::Text(t)]| Some(Value::text(t.trim()))),
    prim!("is_letter", [C] -> Ty::Bool, 1, "whether a character is a letter", |[c]| test(c, char::is_alphabetic)),
    prim!("is_numeral", [C] -> Ty::Bool, 1, "whether a character is numeric", |[c]| test(c, char::is_numeric)),
    prim!("is_letter_or_numeral", [C] -> Ty::Bool, 1, "whether a character is a letter or numeric", |[c]| test(
        c,
        char::is_alphanumeric
    )),
    prim!("is_upper", [C] -> Ty::Bool, 1, "whether a character is an upper case letter", |[c]| test(c, char::is_uppercase)),
    prim!("is_lower", [C] -> Ty::Bool, 1, "whether a character is a lower case letter", |[c]| test(c, char::is_lowercase)),
    prim!("is_blank", [C] -> Ty::Bool, 1, "whether a character is white space", |[c]| test(c, char::is_whitespace)),
    prim!("is_ascii", [C] -> Ty::Bool, 1, "whether a character is one of the first 128", |[c]| test(c, |c| c.is_ascii())),
    prim!("is_control", [C] -> Ty::Bool, 2, "whether a character is a control character", |[c]| test(c, char::is_control)),
    prim!("digit_value", [C] -> Ty::Int, 2, "the value of a decimal digit", |[c]| {
        one_char(c)?.to_digit(10).map(|d| Value::Int(d.into()))
    }),
    prim!("code_of", [C] -> Ty::Int, 1, "the number of a character", |[c]| one_char(c).map(|c| Value::Int(i64::from(u32::from(c))))),
    prim!("char_of", [Ty::Int] -> C, 1, "the character with a number", |[n]| {
        u32::try_from(index(n)?).ok().and_then(char::from_u32).map(char_text)
    }),
    prim!("rewrite", [T, Ty::Seq(&ty::TEXTS)] -> T, 2, "one scan that replaces, by a table of pairs", |[Value::Text(t), table]| {
        rewrite(t, &items(table)?)
    }),
    prim!("unmark", [T, T, Ty::Seq(&ty::TEXTS)] -> T, 2, "each mark and the character after it replaced by what a table has for that", |[
        Value::Text(t),
        Value::Text(mark),
        table,
    ]| unmark(t, mark, &items(table)?)),
];
