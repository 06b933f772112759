//! Scores of single steps: what is given for the state after, beside what was observed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use mimus_trace::step::{Layout, State, Step, ones};
use serde_json::{Value, json};

use crate::Calibration;

/// What was given for one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// The registers after it.
    pub registers: Vec<u64>,
    /// What it writes, in order: address and value.
    pub writes: Vec<(u64, u64)>,
    /// Whether the machine stops.
    pub stopped: bool,
    /// Probability, 0 to 1, that all of this is so.
    pub confidence: f64,
}

/// Scores of one instruction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// Steps altogether.
    pub steps: usize,
    /// Steps after which everything was as observed.
    pub exact: usize,
    /// Steps for which nothing was given.
    pub declined: usize,
    /// The first step that was not exact: its name, and what is wrong.
    pub first: Option<String>,
}

/// Scores by instruction.
#[derive(Clone, Debug, Default)]
pub struct StepSummary {
    /// Scores by the cells that choose the instruction.
    pub instructions: BTreeMap<Vec<u64>, Tally>,
    answers: Vec<(f64, bool)>,
}

impl StepSummary {
    /// Scores one step; `given` is an answer, or the reason why there is none. Fails for a record that lacks its code.
    pub fn add(&mut self, layout: &Layout, step: &Step, given: Result<Given, String>) -> Result<(), String> {
        let code = step.code(layout).ok_or_else(|| format!("{}: the cells of its code are not among its cells", step.name))?;
        let tally = self.instructions.entry(code).or_default();
        tally.steps += 1;
        let wrong = match given {
            Ok(given) => {
                let wrong = difference(layout, step, &given);
                self.answers.push((given.confidence, wrong.is_none()));
                wrong
            }
            Err(why) => {
                tally.declined += 1;
                Some(why)
            }
        };
        match wrong {
            None => tally.exact += 1,
            Some(why) => drop(tally.first.get_or_insert_with(|| format!("{}: {why}", step.name))),
        }
        Ok(())
    }

    /// Adds the scores of later steps.
    pub fn merge(&mut self, later: Self) {
        for (code, more) in later.instructions {
            let tally = self.instructions.entry(code).or_default();
            tally.steps += more.steps;
            tally.exact += more.exact;
            tally.declined += more.declined;
            tally.first = tally.first.take().or(more.first);
        }
        self.answers.extend(later.answers);
    }

    /// Steps altogether.
    pub fn steps(&self) -> usize {
        self.instructions.values().map(|tally| tally.steps).sum()
    }

    /// Steps after which everything was as observed.
    pub fn exact(&self) -> usize {
        self.instructions.values().map(|tally| tally.exact).sum()
    }

    /// Steps for which nothing was given.
    pub fn declined(&self) -> usize {
        self.instructions.values().map(|tally| tally.declined).sum()
    }

    /// Instructions all of whose steps were exact.
    pub fn exact_instructions(&self) -> usize {
        self.instructions.values().filter(|tally| tally.exact == tally.steps).count()
    }

    /// The instructions that failed somewhere.
    pub fn failing(&self) -> impl Iterator<Item = (&Vec<u64>, &Tally)> {
        self.instructions.iter().filter(|(_, tally)| tally.exact < tally.steps)
    }

    /// Wrong answers that were given with confidence 0.99 or more.
    pub fn wrong_at_99(&self) -> usize {
        self.answers.iter().filter(|(confidence, right)| *confidence >= 0.99 && !right).count()
    }

    /// Of the answers.
    pub fn calibration(&self) -> Calibration {
        Calibration::of(&self.answers)
    }

    /// The object that tools read.
    pub fn to_json(&self, layout: &Layout) -> Value {
        let calibration = self.calibration();
        let instruction = |(code, tally): (&Vec<u64>, &Tally)| {
            json!({
                "code": cells(layout, code),
                "steps": tally.steps,
                "exact": tally.exact,
                "declined": tally.declined,
                "first_wrong": tally.first,
            })
        };
        json!({
            "steps": self.steps(),
            "exact": self.exact(),
            "declined": self.declined(),
            "instructions": self.instructions.iter().map(instruction).collect::<Vec<_>>(),
            "exact_instructions": self.exact_instructions(),
            "answers_at_99": calibration.answers_at_99,
            "wrong_at_99": self.wrong_at_99(),
            "ece": calibration.ece,
            "brier": calibration.brier,
        })
    }

    /// What people read.
    pub fn to_text(&self, layout: &Layout) -> String {
        let calibration = self.calibration();
        let (steps, exact) = (self.steps(), self.exact());
        let mut text = format!(
            "exact {exact} of {steps} steps ({:.2} %), declined {}\ninstructions always exact {} of {}\n\
             wrong at confidence >= 0.99: {} of {} answers; expected calibration error {:.4}\n",
            percent(exact, steps),
            self.declined(),
            self.exact_instructions(),
            self.instructions.len(),
            self.wrong_at_99(),
            calibration.answers_at_99,
            calibration.ece
        );
        for (code, Tally { steps, exact, declined, first }) in self.failing() {
            let (code, share) = (cells(layout, code), percent(*exact, *steps));
            let declined = if *declined > 0 { format!(", declined {declined}") } else { String::new() };
            let first = first.as_deref().unwrap_or_default();
            let _ = writeln!(text, "  {code} exact {share:.2} % of {steps}{declined}; first {first}");
        }
        text
    }
}

fn percent(part: usize, all: usize) -> f64 {
    100.0 * part as f64 / all.max(1) as f64
}

/// A number in hexadecimal with as many digits as so many bits may need.
fn hex(value: u64, bits: u8) -> String {
    format!("{value:0width$x}", width = usize::from(bits.div_ceil(4)))
}

fn cells(layout: &Layout, code: &[u64]) -> String {
    code.iter().map(|cell| hex(*cell, layout.memory.cell)).collect::<Vec<_>>().join(" ")
}

/// Everything that is not as observed.
fn difference(layout: &Layout, step: &Step, given: &Given) -> Option<String> {
    let mut wrong = vec![];
    for (i, register) in layout.registers.iter().enumerate() {
        let (got, expected) = (given.registers[i], step.after.registers[i]);
        if got != expected {
            wrong.push(format!("{} is {}, not {}", register.name, hex(got, register.bits), hex(expected, register.bits)));
        }
    }
    let mut after = State { registers: vec![], cells: step.before.cells.clone() };
    after.cells.extend(given.writes.iter().copied());
    let address = |at: u64| hex(at & ones(layout.memory.address), layout.memory.address);
    for (at, got) in &after.cells {
        let cell = |value: u64| hex(value, layout.memory.cell);
        match step.after.cells.get(at) {
            Some(expected) if got != expected => {
                wrong.push(format!("[{}] is {}, not {}", address(*at), cell(*got), cell(*expected)));
            }
            Some(_) => {}
            None => wrong.push(format!("[{}] is written, {}", address(*at), cell(*got))),
        }
    }
    for at in step.after.cells.keys().filter(|at| !after.cells.contains_key(at)) {
        wrong.push(format!("[{}] is not written", address(*at)));
    }
    // Records of other makers do not tell that a machine stopped.
    if step.stopped && !given.stopped {
        wrong.push("it does not stop".into());
    }
    (!wrong.is_empty()).then(|| wrong.join(", "))
}

#[cfg(test)]
mod tests {
    use mimus_trace::step::{infer_layout, read_records};

    use super::*;

    const RECORD: &str = r#"[{"name":"one","initial":{"at":16,"k":1,"ram":[[16,5],[17,7]]},
        "final":{"at":18,"k":8,"ram":[[16,5],[17,9]]},"cycles":[[16,5,"read"],[17,9,"write"]]}]"#;

    #[track_caller]
    fn check(change: impl FnOnce(&mut Given), expected: Option<&str>) {
        let layout = infer_layout("f", RECORD).unwrap();
        let step = read_records("f", RECORD, &layout).unwrap().remove(0);
        let mut given = Given { registers: vec![18, 8], writes: vec![(17, 9)], stopped: false, confidence: 1.0 };
        change(&mut given);
        let mut summary = StepSummary::default();
        summary.add(&layout, &step, Ok(given)).unwrap();
        assert_eq!(summary.instructions[&vec![5]].first.as_deref(), expected);
        assert_eq!((summary.exact(), summary.wrong_at_99()), (expected.is_none().into(), expected.is_some().into()));
    }

    #[test]
    fn everything_is_compared() {
        check(|_| {}, None);
        check(|given| given.registers[1] = 9, Some("one: k is 09, not 08"));
        check(|given| given.writes.clear(), Some("one: [11] is 07, not 09"));
        check(|given| given.writes.push((3, 1)), Some("one: [03] is written, 01"));
        check(|given| given.stopped = true, None);
    }

    #[test]
    fn summaries_add_up_and_are_told() {
        let layout = infer_layout("f", RECORD).unwrap();
        let step = read_records("f", RECORD, &layout).unwrap().remove(0);
        let mut summary = StepSummary::default();
        let right = Given { registers: vec![18, 8], writes: vec![(17, 9)], stopped: false, confidence: 0.5 };
        summary.add(&layout, &step, Ok(right)).unwrap();
        let mut later = StepSummary::default();
        later.add(&layout, &step, Err("not learned".into())).unwrap();
        summary.merge(later);
        let told = summary.to_text(&layout);
        assert_eq!(
            told,
            "exact 1 of 2 steps (50.00 %), declined 1\ninstructions always exact 0 of 1\n\
             wrong at confidence >= 0.99: 0 of 0 answers; expected calibration error 0.5000\n  \
             05 exact 50.00 % of 2, declined 1; first one: not learned\n"
        );
        assert_eq!(summary.to_json(&layout)["instructions"][0]["first_wrong"], "one: not learned");
    }
}
