//! Benchmark items as Python programs.

use mimus_eval::{Harness, Probe, Task};

/// Asks benchmark items in Python.
pub struct Python;

impl Harness for Python {
    fn probe(&self, task: &Task) -> Probe {
        match task {
            Task::Function { code, input, output } => Probe {
                before: String::new(),
                program: format!("{code}\nprint(repr(f({input})))\n"),
                stdout: format!("{output}\n"),
            },
            Task::Problem { setup, code, tests } => Probe {
                before: String::new(),
                program: [setup.as_str(), code]
                    .into_iter()
                    .chain(tests.iter().map(String::as_str))
                    .collect::<Vec<_>>()
                    .join("\n"),
                stdout: String::new(),
            },
            Task::Phrase { memory, line, stdout, .. } => {
                Probe { before: memory.clone(), program: line.clone(), stdout: stdout.clone() }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(task: Task, program: &str, stdout: &str) {
        let probe = Python.probe(&task);
        assert_eq!((probe.program.as_str(), probe.stdout.as_str()), (program, stdout));
    }

    #[test]
    fn programs_of_items() {
        let text = |t: &str| t.to_string();
        check(
            Task::Function { code: text("def f(a, b): return a"), input: text("1, 2"), output: text("1") },
            "def f(a, b): return a\nprint(repr(f(1, 2)))\n",
            "1\n",
        );
        check(
            Task::Problem { setup: text("s"), code: text("c"), tests: vec![text("assert 1"), text("assert 2")] },
            "s\nc\nassert 1\nassert 2",
            "",
        );
        let phrase = Task::Phrase {
            memory: text("x = 1"),
            line: text("double x"),
            value: None,
            stdout: text("2\n"),
            memory_after: Vec::new(),
        };
        assert_eq!(Python.probe(&phrase).before, "x = 1");
        check(phrase, "double x", "2\n");
    }
}
