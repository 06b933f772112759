//! The loop over items.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::{End, Failure, Harness, Item, Ran, Subject, judge};

/// Programs of a benchmark may nest calls deeply; the address space is only used as far as they do.
const STACK: usize = 1 << 30;

/// The outcome of one item.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// The item.
    pub id: String,
    /// Confidence of the answer, 0 to 1.
    pub confidence: f64,
    /// Wall-clock time.
    pub time: Duration,
    /// `None` when right.
    pub failure: Option<Failure>,
}

/// Runs all items on as many threads as asked, each thread with a subject of its own. Results are in the items' order.
/// `done` is told the number of finished items.
pub fn evaluate<'s>(
    items: &[Item],
    harness: &dyn Harness,
    subject: &(dyn Fn() -> Box<dyn Subject + 's> + Sync),
    threads: usize,
    done: &(dyn Fn(usize) + Sync),
) -> Vec<Scored> {
    let next = AtomicUsize::new(0);
    let finished = AtomicUsize::new(0);
    let results = Mutex::new(vec![None; items.len()]);
    let work = || {
        let mut examined = subject();
        while let Some((i, item)) = {
            let i = next.fetch_add(1, Ordering::Relaxed);
            items.get(i).map(|item| (i, item))
        } {
            let scored = catch_unwind(AssertUnwindSafe(|| score(item, harness, &mut *examined))).unwrap_or_else(|panic| {
                // What it left behind may be in no good state.
                examined = subject();
                let said = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
                let end = End::Limit(format!("the engine itself failed: {}", said.unwrap_or("no message")));
                let ran =
                    Ran { end, stdout: String::new(), value: None, memory: vec![], confidence: 0.0, weakest: String::new() };
                conclude(item, harness, &ran, Duration::ZERO)
            });
            results.lock().unwrap_or_else(|broken| broken.into_inner())[i] = Some(scored);
            done(finished.fetch_add(1, Ordering::Relaxed) + 1);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads.clamp(1, items.len().max(1)) {
            let spawned = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
            if spawned.is_err() {
                work();
            }
        }
    });
    results.into_inner().unwrap_or_else(|broken| broken.into_inner()).into_iter().flatten().collect()
}

fn score(item: &Item, harness: &dyn Harness, subject: &mut dyn Subject) -> Scored {
    let probe = harness.probe(&item.task);
    let began = Instant::now();
    let ran = subject.run(&probe.before, &probe.program);
    conclude(item, harness, &ran, began.elapsed())
}

fn conclude(item: &Item, harness: &dyn Harness, ran: &Ran, time: Duration) -> Scored {
    let failure = judge(item, &harness.probe(&item.task), ran);
    Scored { id: item.id.clone(), confidence: ran.confidence, time, failure }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Kind, Probe, Task};

    struct Plain;
    impl Harness for Plain {
        fn probe(&self, task: &Task) -> Probe {
            match task {
                Task::Function { code, output, .. } => {
                    Probe { before: String::new(), program: code.clone(), stdout: output.clone() }
                }
                _ => Probe::default(),
            }
        }
    }

    /// Prints the program; breaks on an empty one.
    struct Echo;
    impl Subject for Echo {
        fn run(&mut self, _before: &str, program: &str) -> Ran {
            assert!(!program.is_empty(), "nothing to echo");
            let stdout = program.to_string();
            Ran { end: End::Normal, stdout, value: None, memory: vec![], confidence: 0.9, weakest: String::new() }
        }
    }

    #[test]
    fn results_keep_their_order_and_a_panic_is_one_failure() {
        let item = |code: &str, output: &str| Item {
            id: code.into(),
            task: Task::Function { code: code.into(), input: String::new(), output: output.into() },
        };
        let items = [item("a", "a"), item("", "x"), item("b", "c"), item("d", "d")];
        let scored = evaluate(&items, &Plain, &|| Box::new(Echo), 2, &|_| {});
        let kinds: Vec<_> = scored.iter().map(|s| (s.id.as_str(), s.failure.as_ref().map(|f| f.kind))).collect();
        assert_eq!(kinds, [("a", None), ("", Some(Kind::Limit)), ("b", Some(Kind::Wrong)), ("d", None)]);
        assert!(scored[1].failure.as_ref().is_some_and(|f| f.why.contains("nothing to echo")));
    }
}
