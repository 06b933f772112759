//! `mimus show`: what is known.

use std::fmt::Write as _;
use std::io::Write as _;

use mimus_core::{Form, Symbol};
use mimus_knowledge::{Construct, Knowledge, Rival, Role};

use crate::args;
use crate::failure::{Exit, Failure};
use crate::files;
use crate::processor;
use crate::table::Table;
use crate::wording::{effect, one_line, percent, takes};

/// Meanings longer than this are cut in the overview.
const WIDEST: usize = 72;

/// Shows everything known, or all about one template or operation.
pub fn show(args: &args::Show) -> Result<Exit, Failure> {
    let text = match processor::if_chosen(&args.choice)? {
        Some(processor) => processor::show::show(&processor, args.template.as_deref())?,
        None => {
            let knowledge = files::knowledge(args.choice.knowledge.as_deref())?;
            match &args.template {
                None => overview(&knowledge),
                Some(asked) => about(&knowledge, asked)?,
            }
        }
    };
    // A pager that was closed has seen enough.
    let _ = std::io::stdout().write_all(text.as_bytes());
    Ok(Exit::Fine)
}

fn overview(knowledge: &Knowledge) -> String {
    let mut constructs = Table::new(&["kind", "construct", "role", "seen", "share", "meaning", "example"]);
    for ((form, role), construct) in &knowledge.constructs {
        constructs.row([
            form.kind.word().to_string(),
            form.template.to_string(),
            role.word().to_string(),
            construct.seen.to_string(),
            share(&construct.meanings),
            cut(&best(&construct.meanings, ToString::to_string)),
            cut(&one_line(&construct.example)),
        ]);
    }
    let mut operations = Table::new(&["operation", "takes", "seen", "share", "meaning", "example"]);
    for (key, operation) in &knowledge.operations {
        for overload in &operation.overloads {
            operations.row([
                key.to_string(),
                takes(overload),
                overload.seen.to_string(),
                share(&overload.meanings),
                cut(&best(&overload.meanings, effect)),
                cut(&one_line(&overload.example)),
            ]);
        }
    }
    let mut words = Table::new(&["word", "stands for", "seen"]);
    for (word, known) in &knowledge.words {
        words.row([word.to_string(), cut(&known.value.to_string()), known.seen.to_string()]);
    }
    format!("learned from {}\n\n{constructs}\n{operations}\n{words}", knowledge.teacher)
}

/// Everything about the constructs with this template and the operation with this key; where there is none, those that hold it.
fn about(knowledge: &Knowledge, asked: &str) -> Result<String, Failure> {
    let exact = |name: Symbol| name.as_str() == asked;
    let within = |name: Symbol| name.as_str().split_whitespace().any(|token| token == asked) || name.as_str().contains(asked);
    let mut text = matching(knowledge, &exact);
    if text.is_empty() {
        text = matching(knowledge, &within);
    }
    match text.is_empty() {
        true => Err(Failure::new(format!("nothing is known of `{asked}`")).advise("`mimus show` lists what is known")),
        false => Ok(text),
    }
}

fn matching(knowledge: &Knowledge, wanted: &dyn Fn(Symbol) -> bool) -> String {
    let mut text = String::new();
    for (key, construct) in knowledge.constructs.iter().filter(|((form, _), _)| wanted(form.template)) {
        construct_in_full(&mut text, key, construct);
    }
    for (key, operation) in knowledge.operations.iter().filter(|(key, _)| wanted(**key)) {
        for overload in &operation.overloads {
            let _ = writeln!(text, "operation {key} on {}", takes(overload));
            in_full(&mut text, overload.seen, &overload.example, &overload.meanings, effect);
        }
    }
    for (word, known) in knowledge.words.iter().filter(|(word, _)| wanted(**word)) {
        let _ = writeln!(text, "word {word}\n  stands for {}, seen {} times\n", known.value, known.seen);
    }
    text
}

fn construct_in_full(text: &mut String, (form, role): &(Form, Role), construct: &Construct) {
    let _ = writeln!(text, "{form} ({})", role.word());
    in_full(text, construct.seen, &construct.example, &construct.meanings, ToString::to_string);
}

fn in_full<T>(text: &mut String, seen: u64, example: &str, rivals: &[Rival<T>], write: impl Fn(&T) -> String) {
    let _ = writeln!(text, "  seen     {seen} times\n  example  {}", one_line(example));
    for rival in rivals {
        let _ = writeln!(text, "  {:>8} {}", percent(rival.share), write(&rival.meaning));
    }
    let rest = 1.0 - rivals.iter().map(|rival| rival.share).sum::<f64>();
    if rivals.is_empty() {
        let _ = writeln!(text, "  no meaning was found");
    } else if rest > 1e-9 {
        let _ = writeln!(text, "  {:>8} none of these", percent(rest));
    }
    text.push('\n');
}

fn share<T>(rivals: &[Rival<T>]) -> String {
    rivals.first().map_or_else(|| "-".into(), |best| percent(best.share))
}

fn best<T>(rivals: &[Rival<T>], write: impl Fn(&T) -> String) -> String {
    rivals.first().map_or_else(|| "not learned".into(), |best| write(&best.meaning))
}

/// A text short enough for a table.
pub fn cut(text: &str) -> String {
    match text.char_indices().nth(WIDEST) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.into(),
    }
}
