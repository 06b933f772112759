//! A row an operation, and all rows together.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Call, Operation, Verdict};
use crate::Calibration;

/// How many wrong answers of an operation are kept: the surest.
const EXAMPLES: usize = 3;

/// How sure is sure.
const SURE: f64 = 0.99;

/// Columns of text that a name takes in the table.
const NAME: usize = 39;

/// What knowledge holds of an operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Distinct examples that it was learned from or checked on.
    pub seen: u64,
    /// Combinations of operands that were seen.
    pub overloads: usize,
    /// Those of them that have a meaning.
    pub solved: usize,
    /// Nodes of the best meanings of all of them.
    pub size: usize,
}

/// A wrong answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The operands as source text.
    pub before: String,
    /// The text of the call.
    pub source: String,
    /// What the teacher has.
    pub expected: String,
    /// What was answered.
    pub got: String,
    /// How sure.
    pub confidence: f64,
}

/// Scores of one operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The operation.
    pub operation: Operation,
    /// What is known of it.
    pub known: Known,
    /// Calls that came to what the teacher has.
    pub exact: usize,
    /// Calls that came to something else.
    pub wrong: usize,
    /// Those of them that were sure.
    pub surely_wrong: usize,
    /// Why calls were declined, and how many for that.
    pub declined: BTreeMap<String, usize>,
    /// The surest wrong answers.
    pub examples: Vec<Example>,
    /// Confidence and correctness of each answer.
    answers: Vec<(f64, bool)>,
}

impl Row {
    /// Nothing was asked yet.
    pub fn new(operation: Operation, known: Known) -> Self {
        let (declined, examples, answers) = (BTreeMap::new(), Vec::new(), Vec::new());
        Self { operation, known, exact: 0, wrong: 0, surely_wrong: 0, declined, examples, answers }
    }

    /// Counts an answer.
    pub fn add(&mut self, call: &Call, verdict: Verdict, confidence: f64) {
        match verdict {
            Verdict::Exact => {
                self.exact += 1;
                self.answers.push((confidence, true));
            }
            Verdict::Wrong { expected, got } => {
                self.wrong += 1;
                self.surely_wrong += usize::from(confidence >= SURE);
                self.answers.push((confidence, false));
                let at = self.examples.partition_point(|known| known.confidence >= confidence);
                if at < EXAMPLES {
                    let (before, source) = (call.before.clone(), call.program.source.clone());
                    self.examples.insert(at, Example { before, source, expected, got, confidence });
                    self.examples.truncate(EXAMPLES);
                }
            }
            Verdict::Declined(why) => *self.declined.entry(why).or_default() += 1,
        }
    }

    /// Calls altogether.
    pub fn calls(&self) -> usize {
        self.exact + self.wrong + self.declines()
    }

    /// Calls without an answer.
    pub fn declines(&self) -> usize {
        self.declined.values().sum()
    }

    /// What is to be said of it in a word.
    pub fn word(&self) -> &'static str {
        match self {
            row if row.wrong > 0 => "wrong",
            row if row.exact == 0 => "not learned",
            row if row.exact == row.calls() => "exact",
            _ => "partly",
        }
    }

    fn to_json(&self) -> Value {
        let example = |e: &Example| json!({"before": e.before, "call": e.source, "expected": e.expected, "got": e.got, "confidence": e.confidence});
        json!({
            "operation": self.operation.name,
            "outcome": self.word(),
            "calls": self.calls(),
            "exact": self.exact,
            "wrong": self.wrong,
            "wrong_at_99": self.surely_wrong,
            "declined": self.declines(),
            "evidence": self.known.seen,
            "overloads": self.known.overloads,
            "solved": self.known.solved,
            "size": self.known.size,
            "examples": self.examples.iter().map(example).collect::<Vec<_>>(),
            "why_declined": self.declined,
        })
    }
}

/// All rows, in the teacher's order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RowSummary {
    /// The rows.
    pub rows: Vec<Row>,
}

impl RowSummary {
    /// Puts rows that were scored side by side in their order.
    pub fn new(mut rows: Vec<Row>) -> Self {
        rows.sort_by_key(|row| row.operation.row);
        Self { rows }
    }

    fn count(&self, word: &str) -> usize {
        self.rows.iter().filter(|row| row.word() == word).count()
    }

    fn sum(&self, number: fn(&Row) -> usize) -> usize {
        self.rows.iter().map(number).sum()
    }

    /// Of all answers.
    pub fn calibration(&self) -> Calibration {
        Calibration::of(&self.rows.iter().flat_map(|row| row.answers.iter().copied()).collect::<Vec<_>>())
    }

    /// The object that tools read.
    pub fn to_json(&self) -> Value {
        let calibration = self.calibration();
        json!({
            "operations": self.rows.len(),
            "exact": self.count("exact"),
            "partly": self.count("partly"),
            "wrong": self.count("wrong"),
            "not_learned": self.count("not learned"),
            "calls": self.sum(Row::calls),
            "calls_exact": self.sum(|row| row.exact),
            "calls_wrong": self.sum(|row| row.wrong),
            "calls_declined": self.sum(Row::declines),
            "answers_at_99": calibration.answers_at_99,
            "wrong_at_99": self.sum(|row| row.surely_wrong),
            "ece": calibration.ece,
            "brier": calibration.brier,
            "rows": self.rows.iter().map(Row::to_json).collect::<Vec<_>>(),
        })
    }

    /// What people read: the table, the sums, and the surest wrong answer of each operation that has one.
    pub fn to_text(&self) -> String {
        let mut text = format!("{:NAME$} exact %  wrong %  declined %  evidence  size\n", "operation");
        for row in &self.rows {
            let share = |part: usize| percent(part, row.calls());
            let _ = writeln!(
                text,
                "{:NAME$} {:>7}  {:>7}  {:>10}  {:8}  {:4}",
                row.operation.name,
                share(row.exact),
                share(row.wrong),
                share(row.declines()),
                row.known.seen,
                row.known.size
            );
        }
        let (calls, calibration) = (self.sum(Row::calls), self.calibration());
        let share = |number: fn(&Row) -> usize| format!("{} ({} %)", self.sum(number), percent(self.sum(number), calls));
        let _ = writeln!(
            text,
            "\noperations {}: exact {}, partly answered and never wrong {}, wrong somewhere {}, not learned {}",
            self.rows.len(),
            self.count("exact"),
            self.count("partly"),
            self.count("wrong"),
            self.count("not learned"),
        );
        let (exact, wrong, declined) = (share(|row| row.exact), share(|row| row.wrong), share(Row::declines));
        let _ = writeln!(text, "calls {calls}: exact {exact}, wrong {wrong}, declined {declined}");
        let _ = writeln!(
            text,
            "wrong at confidence >= 0.99: {} of {} answers; expected calibration error {:.3}, brier {:.3}",
            self.sum(|row| row.surely_wrong),
            calibration.answers_at_99,
            calibration.ece,
            calibration.brier
        );
        for (i, (row, example)) in self.rows.iter().filter_map(|row| Some((row, row.examples.first()?))).enumerate() {
            if i == 0 {
                text.push_str("\nwrong, the surest of each operation\n");
            }
            let (name, confidence) = (&row.operation.name, example.confidence);
            let _ = writeln!(text, "{name}  {} wrong, confidence {confidence:.3}: {}", row.wrong, brief(&example.source));
            let _ = writeln!(text, "    with     {}", brief(&example.before));
            let _ = writeln!(text, "    expected {}\n    got      {}", brief(&example.expected), brief(&example.got));
        }
        text
    }
}

/// A share in hundredths, one place after the point where it is neither none nor all.
fn percent(part: usize, all: usize) -> String {
    match part {
        0 => "0".into(),
        part if part == all => "100".into(),
        // What is not all must not look like it.
        part => format!("{:.1}", (100.0 * part as f64 / all as f64).clamp(0.1, 99.9)),
    }
}

/// One line that is not too long.
fn brief(text: &str) -> String {
    let line = text.replace('\n', " \u{23ce} ");
    match line.char_indices().nth(140) {
        Some((end, _)) => format!("{}...", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calls::{Told, read_told};

    fn row(number: usize, name: &str, verdicts: &[(Verdict, f64)]) -> Row {
        let line = r#"{"id": "f", "before": "a = 1", "source": "f(a)", "spans": [[0, 4, -1, "block"]], "acts": [{"span": 0}, {"span": 0}]}"#;
        let Ok(Told::Call(call)) = read_told("f", 1, line) else { panic!("not a call") };
        let known = Known { seen: 12, overloads: 2, solved: 1, size: 7 };
        let mut row = Row::new(Operation { name: name.into(), row: number, of: 4, known: vec![] }, known);
        verdicts.iter().for_each(|(verdict, confidence)| row.add(&call, verdict.clone(), *confidence));
        row
    }

    fn wrong(got: &str) -> Verdict {
        Verdict::Wrong { expected: "1".into(), got: got.into() }
    }

    #[test]
    fn rows_in_a_word_and_in_order() {
        let declined = || (Verdict::Declined("unknown".into()), 0.0);
        let summary = RowSummary::new(vec![
            row(3, "d", &[declined(), declined()]),
            row(1, "b", &[(Verdict::Exact, 0.9), declined()]),
            row(0, "a", &[(Verdict::Exact, 1.0)]),
            row(2, "c", &[(Verdict::Exact, 0.9), (wrong("2"), 0.995), (wrong("3"), 0.5), (wrong("4"), 0.7)]),
        ]);
        let words: Vec<_> = summary.rows.iter().map(|row| (row.operation.name.as_str(), row.word())).collect();
        assert_eq!(words, [("a", "exact"), ("b", "partly"), ("c", "wrong"), ("d", "not learned")]);
        let json = summary.to_json();
        assert_eq!((&json["calls"], &json["calls_wrong"], &json["wrong_at_99"]), (&json!(9), &json!(3), &json!(1)));
        let got: Vec<_> = summary.rows[2].examples.iter().map(|e| e.got.as_str()).collect();
        assert_eq!(got, ["2", "4", "3"]);
        let text = summary.to_text();
        assert!(text.contains("exact 1, partly answered and never wrong 1, wrong somewhere 1, not learned 1"), "{text}");
        assert!(
            text.contains("c  3 wrong, confidence 0.995: f(a)\n    with     a = 1\n    expected 1\n    got      2\n"),
            "{text}"
        );
    }

    #[test]
    fn what_is_not_all_does_not_look_like_it() {
        assert_eq!([percent(0, 3), percent(3, 3), percent(1, 3), percent(9999, 10_000)], ["0", "100", "33.3", "99.9"]);
    }
}
