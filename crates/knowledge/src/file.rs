//! The text form of knowledge: one construct or overload a block, two-space indentation, terms for programs.
//!
//! Learning writes it; people read it and review it in diffs. It is never edited by hand.

use std::fmt::Write as _;

use mimus_core::{Code, Datum, Expr, Form, Formula, Kind, Meaning, Raise, Symbol, Term};

use crate::{Construct, Knowledge, Operation, Overload, Pattern, Rival, Role, Way, Word};

/// The newest version of the text form that this crate reads and writes.
const VERSION: u32 = 1;

/// What is wrong with a knowledge file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {what}")]
pub struct LoadError {
    /// The file.
    pub file: String,
    /// Line number, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl Knowledge {
    /// The text form. Equal knowledge gives equal text.
    pub fn to_text(&self) -> String {
        let mut out = format!("mimus knowledge {VERSION}\nteacher {}\n\ngrammar\n", quote(&self.teacher));
        for line in &self.grammar {
            let _ = writeln!(out, "  {line}");
        }
        out.push('\n');
        for (word, known) in &self.words {
            let _ = writeln!(out, "word {} = {} seen {}", quote(word.as_str()), known.value, known.seen);
        }
        for (key, way) in self.ways.iter().flat_map(|(key, ways)| ways.iter().map(move |way| (key, way))) {
            let _ = writeln!(out, "delegates {} {} seen {}", quote(key.as_str()), way.to_term(), way.seen);
        }
        for ((form, role), construct) in &self.constructs {
            let _ = writeln!(out, "\nconstruct {} {} {}", form.kind.word(), quote(form.template.as_str()), role.word());
            let _ = writeln!(out, "  seen {}\n  example {}", construct.seen, quote(&construct.example));
            for rival in &construct.meanings {
                let _ = writeln!(out, "  means {} {}", share(rival.share), rival.meaning);
            }
        }
        for (key, operation) in &self.operations {
            for overload in &operation.overloads {
                let takes: Vec<String> = overload.takes.iter().map(|p| quote(&p.to_string())).collect();
                let _ = writeln!(out, "\noperation {} {}", quote(key.as_str()), takes.join(" "));
                let _ = writeln!(out, "  seen {}\n  example {}", overload.seen, quote(&overload.example));
                for rival in &overload.meanings {
                    let _ = writeln!(out, "  means {} {}", share(rival.share), meaning_term(&rival.meaning));
                }
            }
        }
        out
    }

    /// Reads the text form. `file` names it in errors.
    pub fn from_text(file: &str, text: &str) -> Result<Self, LoadError> {
        let mut knowledge = Self::default();
        let mut current = Block::None;
        let fail = |line: usize, what: String| LoadError { file: file.into(), line: line + 1, what };
        let mut lines = text.lines().enumerate();
        match lines.next().and_then(|(_, first)| first.strip_prefix("mimus knowledge ")?.trim().parse::<u32>().ok()) {
            None => return Err(fail(0, "not a knowledge file: it must begin with `mimus knowledge`".into())),
            Some(version) if version > VERSION => {
                return Err(fail(0, format!("version {version} is newer than this program, which reads up to {VERSION}")));
            }
            Some(_) => {}
        }
        let mut complete = false;
        for (number, line) in lines {
            complete = true;
            if line.trim().is_empty() {
                continue;
            }
            match line.strip_prefix("  ") {
                Some(inner) => knowledge.inner(&current, inner),
                None => knowledge.head(line).map(|block| current = block),
            }
            .map_err(|what| fail(number, what))?;
        }
        if complete { Ok(knowledge) } else { Err(fail(0, "nothing after the first line: the file is cut off".into())) }
    }

    fn head(&mut self, line: &str) -> Result<Block, String> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        Ok(match word {
            "grammar" => Block::Grammar,
            "teacher" => {
                self.teacher = take_text(&mut { rest })?;
                Block::None
            }
            "word" => {
                let mut rest = rest;
                let word = take_text(&mut rest)?;
                let rest = rest.trim_start().strip_prefix('=').ok_or("expected `=`")?;
                let (value, seen) = rest.rsplit_once(" seen ").ok_or("expected `seen` and a count")?;
                let value = datum(value)?;
                self.words.insert(Symbol::new(&word), Word { value, seen: count(seen)? });
                Block::None
            }
            "delegates" => {
                let mut rest = rest;
                let key = Symbol::new(&take_text(&mut rest)?);
                let (way, seen) = rest.rsplit_once(" seen ").ok_or("expected `seen` and a count")?;
                let way = Way::from_term(&term(way)?, count(seen)?).ok_or("not what an operation does by delegation")?;
                self.ways.entry(key).or_default().push(way);
                Block::None
            }
            "construct" => {
                let (kind, mut rest) = rest.split_once(' ').ok_or("expected a kind and a template")?;
                let kind = Kind::from_word(kind).ok_or_else(|| format!("unknown kind `{kind}`"))?;
                let template = take_text(&mut rest)?;
                let role = rest.trim();
                let role = Role::ALL.into_iter().find(|r| r.word() == role).ok_or_else(|| format!("unknown role `{role}`"))?;
                let key = (Form::new(kind, &template), role);
                self.constructs.insert(key, Construct { seen: 0, example: String::new(), meanings: vec![] });
                Block::Construct(key)
            }
            "operation" => {
                let mut rest = rest;
                let key = Symbol::new(&take_text(&mut rest)?);
                let mut takes = Vec::new();
                while !rest.trim().is_empty() {
                    takes.push(Pattern::parse(&take_text(&mut rest)?));
                }
                let overload = Overload { takes, seen: 0, example: String::new(), meanings: vec![] };
                let operation: &mut Operation = self.operations.entry(key).or_default();
                operation.overloads.push(overload);
                Block::Operation(key)
            }
            _ => return Err(format!("unknown block `{word}`")),
        })
    }

    fn inner(&mut self, block: &Block, line: &str) -> Result<(), String> {
        let (word, mut rest) = line.trim_start().split_once(' ').unwrap_or((line, ""));
        let (seen, example) = match block {
            Block::Grammar => {
                self.grammar.push(line.into());
                return Ok(());
            }
            Block::None => return Err("an indented line outside a block".into()),
            Block::Construct(key) => {
                let construct = self.constructs.get_mut(key).ok_or("lost block")?;
                if word == "means" {
                    let (share, term) = weighted(rest)?;
                    construct.meanings.push(Rival { meaning: Code::from_term(&term)?, share });
                    return Ok(());
                }
                (&mut construct.seen, &mut construct.example)
            }
            Block::Operation(key) => {
                let overload = self.operations.get_mut(key).and_then(|o| o.overloads.last_mut()).ok_or("lost block")?;
                if word == "means" {
                    let (share, term) = weighted(rest)?;
                    overload.meanings.push(Rival { meaning: meaning_of(&term)?, share });
                    return Ok(());
                }
                (&mut overload.seen, &mut overload.example)
            }
        };
        match word {
            "seen" => *seen = count(rest)?,
            "example" => *example = take_text(&mut rest)?,
            _ => return Err(format!("unknown line `{word}`")),
        }
        Ok(())
    }
}

enum Block {
    None,
    Grammar,
    Construct((Form, Role)),
    Operation(Symbol),
}

pub(crate) fn quote(text: &str) -> String {
    Term::Text(text.into()).to_string()
}

pub(crate) fn share(share: f64) -> String {
    format!("{share:.6}")
}

pub(crate) fn count(text: &str) -> Result<u64, String> {
    text.trim().parse().map_err(|_| format!("`{}` is not a count", text.trim()))
}

fn term(text: &str) -> Result<Term, String> {
    Term::parse(text.trim()).map_err(|e| e.to_string())
}

fn datum(text: &str) -> Result<Datum, String> {
    Datum::from_term(&term(text)?).ok_or_else(|| "not a value".to_string())
}

/// Takes a quoted text off the front.
pub(crate) fn take_text(rest: &mut &str) -> Result<String, String> {
    let text = rest.trim_start();
    let mut escaped = false;
    let close = text.char_indices().skip(1).find(|(_, c)| {
        let closes = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        closes
    });
    match (text.starts_with('"'), close) {
        (true, Some((end, _))) => {
            *rest = &text[end + 1..];
            match term(&text[..=end])? {
                Term::Text(text) => Ok(text),
                _ => Err("expected a quoted text".into()),
            }
        }
        _ => Err("expected a quoted text".into()),
    }
}

pub(crate) fn weighted(text: &str) -> Result<(f64, Term), String> {
    let (weight, rest) = text.split_once(' ').ok_or("expected a share and a meaning")?;
    Ok((weight.parse().map_err(|_| format!("`{weight}` is not a share"))?, term(rest)?))
}

fn meaning_term(meaning: &Meaning) -> Term {
    let text = |symbol: Symbol| Term::Text(symbol.as_str().into());
    let raise = |raise: &Raise| Term::call("raise", vec![text(raise.class), raise.text.to_term()]);
    match meaning {
        Meaning::Rote { on, rows } => {
            let mut args = vec![Term::Int((*on).into())];
            args.extend(rows.iter().map(|(value, result)| Term::call("row", vec![value.to_term(), result.to_term()])));
            Term::call("rote", args)
        }
        Meaning::Formula(f) => {
            let mut args = vec![f.result.to_term()];
            args.extend(f.guards.iter().map(|(test, r)| Term::call("guard", vec![test.to_term(), raise(r)])));
            args.extend(f.undefined.iter().map(|r| Term::call("undefined", vec![raise(r)])));
            if !f.classes.is_empty() {
                args.push(Term::call("classes", f.classes.iter().map(|c| text(*c)).collect()));
            }
            args.extend(f.changes.iter().map(|(i, e)| Term::call("changes", vec![Term::Int((*i).into()), e.to_term()])));
            args.extend(f.output.iter().map(|e| Term::call("output", vec![e.to_term()])));
            Term::call("gives", args)
        }
    }
}

fn meaning_of(term: &Term) -> Result<Meaning, String> {
    let Term::Call(head, args) = term else { return Err("not a meaning".into()) };
    match (head.as_str(), args.as_slice()) {
        ("rote", [Term::Int(on), rows @ ..]) => {
            let row = |row: &Term| match row {
                Term::Call(_, pair) if pair.len() == 2 => {
                    Ok((Datum::from_term(&pair[0]).ok_or("not a value")?, Expr::from_term(&pair[1])?))
                }
                _ => Err("expected `row(value, result)`".to_string()),
            };
            let on = usize::try_from(on).map_err(|_| "not an operand")?;
            Ok(Meaning::Rote { on, rows: rows.iter().map(row).collect::<Result<_, _>>()? })
        }
        ("gives", [result, rest @ ..]) => {
            let mut f = Formula::pure(Expr::from_term(result)?);
            for clause in rest {
                let Term::Call(word, parts) = clause else { return Err(format!("unknown clause {clause}")) };
                match (word.as_str(), parts.as_slice()) {
                    ("guard", [test, raise]) => f.guards.push((Expr::from_term(test)?, raise_of(raise)?)),
                    ("undefined", [raise]) => f.undefined = Some(raise_of(raise)?),
                    ("classes", names) => {
                        let name = |t: &Term| match t {
                            Term::Text(name) => Ok(Symbol::new(name)),
                            _ => Err("a class is a quoted text".to_string()),
                        };
                        f.classes = names.iter().map(name).collect::<Result<_, _>>()?;
                    }
                    ("changes", [Term::Int(i), e]) => {
                        f.changes.push((usize::try_from(i).map_err(|_| "not an operand")?, Expr::from_term(e)?));
                    }
                    ("output", [e]) => f.output = Some(Expr::from_term(e)?),
                    _ => return Err(format!("unknown clause `{word}`")),
                }
            }
            Ok(Meaning::Formula(f))
        }
        _ => Err("a meaning is `gives(...)` or `rote(...)`".into()),
    }
}

fn raise_of(term: &Term) -> Result<Raise, String> {
    match term {
        Term::Call(_, parts) => match parts.as_slice() {
            [Term::Text(class), text] => Ok(Raise { class: Symbol::new(class), text: Expr::from_term(text)? }),
            _ => Err("expected `raise(class, text)`".into()),
        },
        _ => Err("expected `raise(class, text)`".into()),
    }
}
