//! What a text gives under the rival meanings of what it uses: the posterior over its results.

use std::io;
use std::sync::Arc;

use mimus_core::{Symbol, Value};
use mimus_knowledge::Knowledge;
use mimus_machine::{Ended, Limits, Machine, Report};

use crate::engine;
use crate::wording::{effect, one_line, percent, takes};

/// How many of the least sure things are questioned.
const QUESTIONED: usize = 8;

/// All that a text did, as far as it can be seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The value, as shown.
    pub value: Option<String>,
    /// Its class.
    pub class: Option<Symbol>,
    /// What it printed.
    pub stdout: String,
    /// Names and what they hold, as shown.
    pub memory: Vec<(Symbol, String)>,
    /// What is to be said of the end, if it was not normal.
    pub error: Option<String>,
}

/// An outcome and how likely it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What happened.
    pub outcome: Outcome,
    /// The mass of the meanings that give it, 0 to 1.
    pub confidence: f64,
    /// The meaning that makes the difference to the best answer; empty for the best itself.
    pub because: String,
}

/// What a text gives, the likeliest answer under the best meanings first, then its rivals by likelihood.
pub struct Posterior {
    /// The report of the run with the best meanings.
    pub report: Report,
    /// At least one; distinct outcomes.
    pub answers: Vec<Answer>,
}

/// Where texts are asked: the texts run before give the memory.
pub struct Place<'p> {
    /// With what is run.
    pub knowledge: &'p Arc<Knowledge>,
    /// Limits of each run.
    pub limits: Limits,
    /// Texts that ran before, in order.
    pub before: &'p [String],
}

impl Place<'_> {
    /// Runs a text with the best meanings, then with each rival of what was least sure, one at a time. Results that are the same
    /// add up: a meaning in doubt is no doubt about a result that all its rivals agree on.
    pub fn ask(&self, text: &str) -> Posterior {
        let (report, outcome) = run(self.knowledge, self, text);
        let mut answers = vec![Answer { outcome, confidence: report.confidence, because: String::new() }];
        let mut doubtful: Vec<_> = report.steps.iter().filter(|used| used.share < 1.0).collect();
        doubtful.sort_by(|a, b| a.share.total_cmp(&b.share));
        for used in doubtful.into_iter().take(QUESTIONED) {
            for (knowledge, because) in rivals(self.knowledge, &used.key) {
                let (rival, outcome) = run(&Arc::new(knowledge), self, text);
                if !matches!(rival.end, Ended::Normal | Ended::Raised { .. }) {
                    continue;
                }
                match answers.iter_mut().find(|answer| answer.outcome == outcome) {
                    Some(answer) => answer.confidence += rival.confidence,
                    None => answers.push(Answer { outcome, confidence: rival.confidence, because }),
                }
            }
        }
        answers[1..].sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        Posterior { report, answers }
    }
}

fn run(knowledge: &Arc<Knowledge>, place: &Place<'_>, text: &str) -> (Report, Outcome) {
    let mut machine = Machine::new(Arc::clone(knowledge), place.limits);
    for before in place.before {
        machine.run(before, &mut io::sink());
    }
    let mut printed = Vec::new();
    let report = machine.run(text, &mut printed);
    let outcome = seen(&mut machine, &report, text, &printed);
    (report, outcome)
}

fn seen(machine: &mut Machine, report: &Report, text: &str, printed: &[u8]) -> Outcome {
    let memory: Vec<(Symbol, Value)> = machine.memory();
    Outcome {
        value: report.value.as_ref().map(|value| machine.show(value)),
        class: report.value.as_ref().map(Value::class),
        stdout: String::from_utf8_lossy(printed).into_owned(),
        memory: memory.iter().map(|(name, value)| (*name, machine.show(value))).collect(),
        error: engine::ending(report, "the text", text),
    }
}

/// The knowledge in which another meaning of what a report calls `key` comes first, for each other meaning; and that meaning.
fn rivals(knowledge: &Knowledge, key: &str) -> Vec<(Knowledge, String)> {
    let mut found = Vec::new();
    for ((form, role), construct) in &knowledge.constructs {
        if key == format!("{form} as {}", role.word()) {
            for (i, rival) in construct.meanings.iter().enumerate().skip(1) {
                let mut other = knowledge.clone();
                if let Some(construct) = other.constructs.get_mut(&(*form, *role)) {
                    construct.meanings.swap(0, i);
                }
                found.push((other, format!("{form} means {}", rival.meaning)));
            }
        }
    }
    for (name, operation) in &knowledge.operations {
        for (at, overload) in operation.overloads.iter().enumerate() {
            if key == format!("{name}({})", takes(overload)) {
                for (i, rival) in overload.meanings.iter().enumerate().skip(1) {
                    let mut other = knowledge.clone();
                    if let Some(operation) = other.operations.get_mut(name) {
                        operation.overloads[at].meanings.swap(0, i);
                    }
                    found.push((other, format!("{name} means {}", effect(&rival.meaning))));
                }
            }
        }
    }
    found
}

/// The likeliest, for people: each with its share, then what is left for anything else.
pub fn told(answers: &[Answer], top: usize) -> String {
    let mut text = String::new();
    for answer in answers.iter().take(top + 1) {
        let outcome = &answer.outcome;
        let mut parts: Vec<String> = outcome.value.iter().cloned().collect();
        parts.extend(Some(one_line(&outcome.stdout)).filter(|printed| !printed.is_empty()));
        parts.extend(outcome.error.clone());
        let what = if parts.is_empty() { "no value".into() } else { parts.join("; ") };
        let because = if answer.because.is_empty() { String::new() } else { format!("  if {}", answer.because) };
        text.push_str(&format!("  {:>8}  {what}{because}\n", percent(answer.confidence)));
    }
    let rest = 1.0 - answers.iter().map(|answer| answer.confidence).sum::<f64>();
    text.push_str(&format!("  {:>8}  something else\n", percent(rest.max(0.0))));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWLEDGE: &str = r#"mimus knowledge 1
teacher "t"

grammar

construct expr "_ & _" plain
  seen 1
  example ""
  means 0.7 op("_ & _", s0, s1)
  means 0.2 op("_ & _", s1, s0)

operation "_ & _" "int" "int"
  seen 1
  example ""
  means 0.6 gives(add(a0, a1))
  means 0.3 gives(subtract(a0, a1))
"#;

    #[test]
    fn each_rival_comes_first_once() {
        let knowledge = Knowledge::from_text("k", KNOWLEDGE).unwrap();
        let constructs = rivals(&knowledge, "expr _ & _ as plain");
        assert_eq!(constructs.len(), 1);
        let construct = constructs[0].0.constructs.values().next().unwrap();
        let shares: Vec<f64> = construct.meanings.iter().map(|rival| rival.share).collect();
        assert_eq!(shares, [0.2, 0.7]);
        let operations = rivals(&knowledge, "_ & _(int, int)");
        assert_eq!(operations.len(), 1);
        assert_eq!(operations[0].1, "_ & _ means subtract(a0, a1)");
        assert!(rivals(&knowledge, "_ & _(int, text)").is_empty());
    }
}
