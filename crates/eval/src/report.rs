//! All results of a benchmark in one object, as JSON and for people.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde_json::{Value, json};

use crate::{Calibration, Failure, Kind, Scored};

/// The result of a benchmark.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// How many items.
    pub items: usize,
    /// Answered right.
    pub right: usize,
    /// Answered wrong (an error where there is none included).
    pub wrong: usize,
    /// Not answered.
    pub declined: usize,
    /// Of the answers.
    pub calibration: Calibration,
    /// Wall-clock time of the whole.
    pub time: Duration,
    /// The slowest item.
    pub slowest: Option<(String, Duration)>,
    /// Every failure, in the items' order.
    pub failures: Vec<Failure>,
}

/// Failures with the same reason.
struct Class<'f> {
    kind: Kind,
    why: &'f str,
    ids: Vec<&'f str>,
}

impl Summary {
    /// Sums up.
    pub fn new(scored: &[Scored], time: Duration) -> Self {
        let failures: Vec<Failure> = scored.iter().filter_map(|s| s.failure.clone()).collect();
        let declined = failures.iter().filter(|f| f.kind.declined()).count();
        let given = |s: &&Scored| !s.failure.as_ref().is_some_and(|f| f.kind.declined());
        let answers: Vec<_> = scored.iter().filter(given).map(|s| (s.confidence, s.failure.is_none())).collect();
        Self {
            items: scored.len(),
            right: scored.len() - failures.len(),
            wrong: failures.len() - declined,
            declined,
            calibration: Calibration::of(&answers),
            time,
            slowest: scored.iter().max_by_key(|s| s.time).map(|s| (s.id.clone(), s.time)),
            failures,
        }
    }

    /// Share of all items that was answered right, 0 to 1.
    pub fn accuracy(&self) -> f64 {
        self.right as f64 / self.items.max(1) as f64
    }

    /// The object that tools read.
    pub fn to_json(&self) -> Value {
        let c = &self.calibration;
        let bin = |b: &crate::Bin| json!({"count": b.count, "confidence": b.confidence, "accuracy": b.accuracy});
        let class = |c: &Class<'_>| json!({"kind": c.kind.word(), "why": c.why, "count": c.ids.len(), "ids": c.ids});
        json!({
            "items": self.items,
            "right": self.right,
            "wrong": self.wrong,
            "declined": self.declined,
            "accuracy": self.accuracy(),
            "ece": c.ece,
            "brier": c.brier,
            "wrong_at_99": c.wrong_at_99,
            "answers_at_99": c.answers_at_99,
            "seconds": self.time.as_secs_f64(),
            "bins": c.bins.iter().map(bin).collect::<Vec<_>>(),
            "classes": self.classes().iter().map(class).collect::<Vec<_>>(),
            "failures": self.failures.iter().map(failure_json).collect::<Vec<_>>(),
        })
    }

    /// Failures grouped by reason, most frequent first.
    fn classes(&self) -> Vec<Class<'_>> {
        let mut groups: BTreeMap<(Kind, &str), Vec<&str>> = BTreeMap::new();
        for failure in &self.failures {
            groups.entry((failure.kind, failure.why.as_str())).or_default().push(&failure.id);
        }
        let mut classes: Vec<_> = groups.into_iter().map(|((kind, why), ids)| Class { kind, why, ids }).collect();
        classes.sort_by_key(|class| std::cmp::Reverse(class.ids.len()));
        classes
    }
}

fn failure_json(failure: &Failure) -> Value {
    json!({
        "id": failure.id,
        "kind": failure.kind.word(),
        "expected": failure.expected,
        "got": failure.got,
        "confidence": failure.confidence,
        "why": failure.why,
    })
}

/// One line of at most so many characters.
fn brief(text: &str, longest: usize) -> String {
    let line: String = text.trim_end().replace('\n', " \u{23ce} ");
    match line.char_indices().nth(longest) {
        Some((end, _)) => format!("{}...", &line[..end]),
        None => line,
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let c = &self.calibration;
        let percent = |n: usize| 100.0 * n as f64 / self.items.max(1) as f64;
        writeln!(f, "items        {:6}", self.items)?;
        writeln!(f, "right        {:6}  {:5.1} %", self.right, percent(self.right))?;
        writeln!(f, "wrong        {:6}  {:5.1} %", self.wrong, percent(self.wrong))?;
        writeln!(f, "declined     {:6}  {:5.1} %", self.declined, percent(self.declined))?;
        write!(f, "time         {:6.1} s", self.time.as_secs_f64())?;
        if let Some((id, time)) = &self.slowest {
            write!(f, "  slowest {id}: {:.1} s", time.as_secs_f64())?;
        }
        writeln!(f, "\ncalibration  ece {:.3}, brier {:.3}", c.ece, c.brier)?;
        writeln!(f, "wrong at confidence >= 0.99: {:.1} % of {} answers", 100.0 * c.wrong_at_99, c.answers_at_99)?;
        if c.bins.iter().any(|bin| bin.count > 0) {
            writeln!(f, "\nconfidence  answers  right")?;
        }
        for (i, bin) in c.bins.iter().enumerate().filter(|(_, bin)| bin.count > 0) {
            let low = i as f64 / 10.0;
            writeln!(f, "{low:.1} - {:.1}   {:7}  {:5.1} %", low + 0.1, bin.count, 100.0 * bin.accuracy)?;
        }
        if !self.failures.is_empty() {
            writeln!(f, "\nwhy, most frequent first")?;
        }
        for class in self.classes() {
            let some = class.ids[..class.ids.len().min(3)].join(" ");
            writeln!(f, "{:5}  {:11}  {}  ({some})", class.ids.len(), class.kind.word(), brief(class.why, 90))?;
        }
        let answered = self.failures.iter().filter(|failure| !failure.kind.declined());
        for (i, failure) in answered.enumerate() {
            if i == 0 {
                writeln!(f, "\nwrong answers")?;
            }
            writeln!(f, "{}  confidence {:.3}, {}", failure.id, failure.confidence, brief(&failure.why, 90))?;
            writeln!(f, "    expected {}\n    got      {}", brief(&failure.expected, 110), brief(&failure.got, 110))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(id: &str, confidence: f64, kind: Option<Kind>, why: &str) -> Scored {
        let failure = kind.map(|kind| Failure {
            id: id.into(),
            kind,
            expected: "1\n".into(),
            got: "2\n".into(),
            confidence,
            why: why.into(),
        });
        Scored { id: id.into(), confidence, time: Duration::from_millis(5), failure }
    }

    #[test]
    fn counts_and_classes() {
        let all = [
            scored("a", 1.0, None, ""),
            scored("b", 1.0, Some(Kind::Wrong), "w"),
            scored("c", 0.0, Some(Kind::NotLearned), "x"),
            scored("d", 0.0, Some(Kind::NotLearned), "x"),
            scored("e", 0.0, Some(Kind::NotRead), "y"),
        ];
        let summary = Summary::new(&all, Duration::from_secs(1));
        assert_eq!((summary.items, summary.right, summary.wrong, summary.declined), (5, 1, 1, 3));
        let json = summary.to_json();
        assert_eq!(json["wrong_at_99"], 0.5);
        assert_eq!(json["classes"][0]["ids"], json!(["c", "d"]));
        assert_eq!(json["failures"][0]["kind"], "wrong");
        let text = summary.to_string();
        assert!(text.contains("2  not_learned  x  (c d)"), "{text}");
    }

    #[test]
    fn long_texts_are_cut() {
        assert_eq!(brief("a\nb\n", 20), "a \u{23ce} b");
        assert_eq!(brief("abcdef", 3), "abc...");
    }
}
