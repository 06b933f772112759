//! Whether a fresh call gave what the teacher gave.

use mimus_core::{Body, Datum, Symbol, Value};
use mimus_trace::{Act, End};

use super::{Call, Heap};

/// Something that is asked fresh calls. Used by one thread.
pub trait Caller {
    /// Runs a text over a memory in which nothing but these names is bound.
    fn call(&mut self, source: &str, given: Vec<(Symbol, Value)>) -> Came;
}

/// What a call came to.
#[derive(Clone, Debug)]
pub struct Came {
    /// How it ended.
    pub ended: Ended,
    /// What it printed.
    pub printed: String,
    /// What names hold afterwards.
    pub memory: Vec<(Symbol, Value)>,
    /// Probability, 0 to 1, that all of this is what the teacher would give.
    pub confidence: f64,
}

/// How a call ended.
#[derive(Clone, Debug)]
pub enum Ended {
    /// It gave a value; none where its text gives none.
    Gave(Value),
    /// It raised this error.
    Raised(Value),
    /// There is no answer: why.
    Declined(String),
}

/// How good an answer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Value or error, what is printed, and what everything holds afterwards are as the teacher has it.
    Exact,
    /// Something is not.
    Wrong {
        /// What the teacher has.
        expected: String,
        /// What was answered.
        got: String,
    },
    /// There is no answer: why.
    Declined(String),
}

/// Asks a call, and compares. `Err` where the teacher's record is not sound.
pub fn ask(call: &Call, caller: &mut dyn Caller) -> Result<(Verdict, f64), String> {
    let (given, done) = (call.given(), call.done());
    let mut heap = Heap::new(&call.program.objects);
    heap.change(given)?;
    let mut live = heap.live();
    let operands = given.binds.iter().filter_map(|bind| Some((bind.name, live.value(bind.value.as_ref()?)))).collect();
    let came = caller.call(&call.program.source, operands);
    heap.change(done)?;
    Ok((compare(given, done, &heap, &came), came.confidence))
}

fn compare(given: &Act, done: &Act, heap: &Heap<'_>, came: &Came) -> Verdict {
    let raised = done.end == End::Raised;
    let mut beside = heap.beside();
    let same = match &came.ended {
        Ended::Declined(why) => return Verdict::Declined(why.clone()),
        Ended::Gave(value) => !raised && beside.same(&done.value, value),
        // What else an error carries is not always told.
        Ended::Raised(error) => raised && error_of(&heap.datum(&done.value)) == error_of(&error.to_datum(2)),
    };
    if !same {
        let got = match &came.ended {
            Ended::Raised(error) => error_of(&error.to_datum(2)),
            Ended::Gave(value) => value.to_datum(6).to_string(),
            Ended::Declined(_) => String::new(),
        };
        let expected = if raised { error_of(&heap.datum(&done.value)) } else { heap.datum(&done.value).to_string() };
        return wrong(expected, got);
    }
    if done.out != came.printed {
        return Verdict::Wrong { expected: format!("prints {:?}", done.out), got: format!("prints {:?}", came.printed) };
    }
    for bind in given.binds.iter().chain(&done.binds) {
        // A name that was bound anew has its last value only.
        let last = done.binds.iter().rfind(|later| later.name == bind.name).unwrap_or(bind);
        let got = came.memory.iter().find(|(name, _)| *name == bind.name).map(|(_, value)| value);
        let same = match (&last.value, got) {
            (Some(expected), Some(got)) => beside.same(expected, got),
            (expected, got) => expected.is_none() && got.is_none(),
        };
        if !same {
            let shown = |held: Option<String>| format!("{} = {}", bind.name, held.unwrap_or_else(|| "nothing".into()));
            let expected = last.value.as_ref().map(|v| heap.datum(v).to_string());
            return wrong(shown(expected), shown(got.map(|v| v.to_datum(6).to_string())));
        }
    }
    Verdict::Exact
}

/// A wrong answer, told so that it does not look like the right one.
fn wrong(expected: String, got: String) -> Verdict {
    let got = if got == expected { format!("{got}, but not the same objects") } else { got };
    Verdict::Wrong { expected, got }
}

/// Class and text of an error.
fn error_of(error: &Datum) -> String {
    let text = match error {
        Datum::Compound(compound) => match &compound.body {
            Body::Record(fields) => {
                let text = fields.iter().find(|(name, _)| name.as_str() == "text");
                text.map(|(_, text)| text.to_string()).unwrap_or_default()
            }
            _ => String::new(),
        },
        _ => String::new(),
    };
    format!("{} {text}", error.class())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calls::{Told, read_told};

    /// `a` grows by `b`.
    const GROWS: &str = r#"{"id": "f", "source": "grow", "spans": [[0, 4, -1, "block"]], "objects": [["list", "seq"]],
        "acts": [{"span": 0, "binds": [["entry", "a", {"object": 0}], ["entry", "b", 5]], "heap": [[0, 0, 0, [1]]]},
            {"span": 0, "value": null, "heap": [[0, 1, 0, [5]]], "out": "grown"}]}"#;

    const FAILS: &str = r#"{"id": "f", "source": "fail", "spans": [[0, 4, -1, "block"]], "acts": [{"span": 0},
        {"span": 0, "end": "raised", "value": {"class": "Bad", "record": {"text": "no", "more": 1}}}]}"#;

    /// What an operand comes to, and what is printed.
    type Answer = fn(&[(Symbol, Value)]) -> (Ended, &'static str);

    /// Answers with what it is told to.
    struct Parrot(Answer);

    impl Caller for Parrot {
        fn call(&mut self, _source: &str, given: Vec<(Symbol, Value)>) -> Came {
            let (ended, printed) = self.0(&given);
            Came { ended, printed: printed.into(), memory: given, confidence: 0.5 }
        }
    }

    #[track_caller]
    fn check(call: &str, answer: Answer, expected: Result<(), (&str, &str)>) {
        let Told::Call(call) = read_told("f", 1, call).unwrap() else { panic!("not a call") };
        let (verdict, _) = ask(&call, &mut Parrot(answer)).unwrap();
        let wrong = |(expected, got): (&str, &str)| Verdict::Wrong { expected: expected.into(), got: got.into() };
        assert_eq!(verdict, expected.map_or_else(wrong, |()| Verdict::Exact));
    }

    fn grow(given: &[(Symbol, Value)]) {
        let Value::Object(object) = &given[0].1 else { panic!("no object") };
        *object.body.borrow_mut() = mimus_core::Contents::Seq(vec![Value::Int(1), Value::Int(5)]);
    }

    #[test]
    fn value_output_and_memory_count() {
        let done = |given: &[(Symbol, Value)]| {
            grow(given);
            (Ended::Gave(Value::None), "grown")
        };
        check(GROWS, done, Ok(()));
        let silent = |given: &[(Symbol, Value)]| {
            grow(given);
            (Ended::Gave(Value::None), "")
        };
        check(GROWS, silent, Err(("prints \"grown\"", "prints \"\"")));
        check(GROWS, |_| (Ended::Gave(Value::None), "grown"), Err(("a = seq(\"list\", 1, 5)", "a = seq(\"list\", 1)")));
        check(GROWS, |_| (Ended::Gave(Value::Int(3)), "grown"), Err(("none", "3")));
        check(GROWS, |_| (Ended::Raised(Value::error(Symbol::new("Bad"), "no")), ""), Err(("none", "Bad \"no\"")));
    }

    #[test]
    fn errors_are_told_by_class_and_text() {
        check(FAILS, |_| (Ended::Raised(Value::error(Symbol::new("Bad"), "no")), ""), Ok(()));
        check(FAILS, |_| (Ended::Raised(Value::error(Symbol::new("Bad"), "yes")), ""), Err(("Bad \"no\"", "Bad \"yes\"")));
        check(FAILS, |_| (Ended::Gave(Value::None), ""), Err(("Bad \"no\"", "none")));
    }
}
