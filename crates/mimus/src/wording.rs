//! How things are told to people.

use std::fmt::Write as _;
use std::ops::Range;

use mimus_core::Meaning;
use mimus_knowledge::Overload;

/// Line and column of a place, for people.
pub fn place(source: &str, at: &Range<usize>) -> String {
    let before = source.get(..at.start).unwrap_or(source);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("line {line}, column {column}")
}

/// The text at a place: its first line, cut where it is long.
pub fn excerpt<'s>(source: &'s str, at: &Range<usize>) -> &'s str {
    let text = source.get(at.clone()).unwrap_or_default().trim();
    let line = text.lines().next().unwrap_or_default();
    line.char_indices().nth(60).map_or(line, |(end, _)| &line[..end])
}

/// A probability as people read it. Only what is certain is called 100 %.
pub fn percent(share: f64) -> String {
    match share {
        s if s >= 1.0 => "100 %".into(),
        s if s >= 0.9995 => "> 99.9 %".into(),
        s => format!("{:.1} %", 100.0 * s),
    }
}

/// What an overload does, for people: the result, then what else happens.
pub fn effect(meaning: &Meaning) -> String {
    match meaning {
        Meaning::Rote { on, rows } => {
            let rows: Vec<_> = rows.iter().map(|(value, result)| format!("{value}: {result}")).collect();
            format!("by heart, for operand {on}: {}", rows.join(", "))
        }
        Meaning::Formula(formula) => {
            let mut text = formula.result.to_string();
            if !formula.classes.is_empty() {
                let classes: Vec<_> = formula.classes.iter().map(|class| format!("{:?}", class.as_str())).collect();
                let _ = write!(text, ", of class {}", classes.join(" in "));
            }
            for (operand, contents) in &formula.changes {
                let _ = write!(text, "; changes operand {operand} to {contents}");
            }
            if let Some(output) = &formula.output {
                let _ = write!(text, "; prints {output}");
            }
            for (test, raise) in &formula.guards {
                let _ = write!(text, "; raises {} {} if {test}", raise.class, raise.text);
            }
            if let Some(raise) = &formula.undefined {
                let _ = write!(text, "; raises {} {} where undefined", raise.class, raise.text);
            }
            text
        }
    }
}

/// The patterns of an overload.
pub fn takes(overload: &Overload) -> String {
    overload.takes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// A text on one line.
pub fn one_line(text: &str) -> String {
    text.trim_end().replace('\n', " \u{23ce} ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_from_one() {
        let source = "ab\ncde\n";
        assert_eq!(place(source, &(0..1)), "line 1, column 1");
        assert_eq!(place(source, &(4..5)), "line 2, column 2");
        assert_eq!(place(source, &(99..99)), "line 3, column 1");
        assert_eq!(excerpt(source, &(0..5)), "ab");
        assert_eq!(excerpt(source, &(5..99)), "");
    }

    #[test]
    fn nothing_uncertain_reads_as_certain() {
        assert_eq!(percent(1.0), "100 %");
        assert_eq!(percent(0.99999), "> 99.9 %");
        assert_eq!(percent(0.5), "50.0 %");
    }
}
