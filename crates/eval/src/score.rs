//! Right or not, and in which way not.

use crate::{End, Item, Probe, Ran, Task};

/// An item that was not answered right.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// The item.
    pub id: String,
    /// In which way.
    pub kind: Kind,
    /// What the teacher gives.
    pub expected: String,
    /// What was given instead.
    pub got: String,
    /// With which confidence.
    pub confidence: f64,
    /// The reason, as far as it is known: a text that not-learned things of one kind share.
    pub why: String,
}

/// Ways to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The text was not read.
    NotRead,
    /// Something in it was not learned.
    NotLearned,
    /// Another result.
    Wrong,
    /// An error where there is none.
    Raised,
    /// A limit.
    Limit,
}

impl Kind {
    /// The word of reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotRead => "not_read",
            Self::NotLearned => "not_learned",
            Self::Wrong => "wrong",
            Self::Raised => "raised",
            Self::Limit => "limit",
        }
    }

    /// Whether no answer was given (which is better than a wrong one).
    pub fn declined(self) -> bool {
        matches!(self, Self::NotRead | Self::NotLearned | Self::Limit)
    }
}

/// Compares what a run gave with what the item expects; `None` when it is right.
pub fn judge(item: &Item, probe: &Probe, ran: &Ran) -> Option<Failure> {
    let difference = difference(&item.task, probe, ran);
    let (kind, why) = match (&ran.end, &difference) {
        (End::Normal, None) => return None,
        (End::Normal, Some(_)) => (Kind::Wrong, format!("least sure: {}", ran.weakest)),
        (End::Raised(line), _) => (Kind::Raised, line.clone()),
        (End::NotRead(why), _) => (Kind::NotRead, why.clone()),
        (End::NotLearned(why), _) => (Kind::NotLearned, why.clone()),
        (End::Limit(why), _) => (Kind::Limit, why.clone()),
    };
    let (expected, got) = difference.unwrap_or_default();
    let got = if kind == Kind::Raised { why.clone() } else { got };
    Some(Failure { id: item.id.clone(), kind, expected, got, confidence: ran.confidence, why })
}

/// The first difference: expected, got.
fn difference(task: &Task, probe: &Probe, ran: &Ran) -> Option<(String, String)> {
    if ran.stdout != probe.stdout {
        return Some((probe.stdout.clone(), ran.stdout.clone()));
    }
    if let Task::Phrase { value, memory_after, .. } = task {
        if let Some(value) = value {
            let got = ran.value.as_deref().unwrap_or_default();
            if !same_value(value, got) {
                return Some((value.clone(), got.into()));
            }
        }
        for (name, expected) in memory_after {
            let got = ran.memory.iter().find(|(known, _)| known == name).map_or("", |(_, shown)| shown);
            if !same_value(expected, got) {
                return Some((format!("{name} = {expected}"), format!("{name} = {got}")));
            }
        }
    }
    match ran.end {
        End::Normal => None,
        _ => Some((probe.stdout.clone(), ran.stdout.clone())),
    }
}

/// Equal texts, or two numbers of equal value: a number's type is not the point of a phrase.
pub fn same_value(a: &str, b: &str) -> bool {
    let number = |text: &str| text.parse::<f64>().ok().filter(|x| x.is_finite());
    a == b || matches!((number(a), number(b)), (Some(x), Some(y)) if x == y)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ran(end: End, stdout: &str) -> Ran {
        Ran { end, stdout: stdout.into(), value: None, memory: vec![], confidence: 0.5, weakest: "w".into() }
    }

    fn function() -> Item {
        Item { id: "a".into(), task: Task::Function { code: String::new(), input: String::new(), output: "3".into() } }
    }

    #[track_caller]
    fn check(end: End, stdout: &str, expected: Option<(Kind, &str)>) {
        let probe = Probe { stdout: "3\n".into(), ..Probe::default() };
        let failure = judge(&function(), &probe, &ran(end, stdout));
        assert_eq!(failure.as_ref().map(|f| (f.kind, f.why.as_str())), expected);
    }

    #[test]
    fn every_kind() {
        check(End::Normal, "3\n", None);
        check(End::Normal, "4\n", Some((Kind::Wrong, "least sure: w")));
        check(End::Raised("E: m".into()), "", Some((Kind::Raised, "E: m")));
        check(End::Raised("E: m".into()), "3\n", Some((Kind::Raised, "E: m")));
        check(End::NotRead("x".into()), "", Some((Kind::NotRead, "x")));
        check(End::NotLearned("x".into()), "3\n", Some((Kind::NotLearned, "x")));
        check(End::Limit("x".into()), "", Some((Kind::Limit, "x")));
    }

    #[test]
    fn phrases_compare_value_and_memory() {
        let phrase = |value: Option<&str>, after: &[(&str, &str)]| Item {
            id: "p".into(),
            task: Task::Phrase {
                memory: String::new(),
                line: String::new(),
                value: value.map(Into::into),
                stdout: String::new(),
                memory_after: after.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect(),
            },
        };
        let mut given = ran(End::Normal, "");
        given.value = Some("5.0".into());
        given.memory = vec![("x".into(), "[1]".into())];
        let probe = Probe::default();
        assert_eq!(judge(&phrase(Some("5"), &[("x", "[1]")]), &probe, &given), None);
        assert_eq!(judge(&phrase(None, &[]), &probe, &given), None);
        assert_eq!(judge(&phrase(Some("6"), &[]), &probe, &given).unwrap().got, "5.0");
        assert_eq!(judge(&phrase(None, &[("x", "[2]")]), &probe, &given).unwrap().got, "x = [1]");
        assert_eq!(judge(&phrase(None, &[("y", "[2]")]), &probe, &given).unwrap().got, "y = ");
    }

    #[test]
    fn numbers_by_value() {
        assert!(same_value("5", "5.0"));
        assert!(!same_value("5", "'5'"));
        assert!(!same_value("", "0"));
    }
}
