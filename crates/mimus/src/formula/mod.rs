//! Formulas as people read them: what an instruction does (the notation is in docs/processors.md).

mod folded;
mod infix;
mod repeated;
mod tidy;
mod writer;

use mimus_core::Expr;
use mimus_knowledge::{Instruction, Line, Target};
use mimus_trace::step::Layout;

use writer::Writer;

pub use folded::folded;

/// One line of what an instruction does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Formula {
    /// The best explanation.
    pub text: String,
    /// Its probability; `None` where nothing was found, and for a mere name of a term.
    pub share: Option<f64>,
    /// Others, each with its own.
    pub rivals: Vec<(String, f64)>,
    /// It only tells what stays as it is.
    pub keeps: bool,
}

/// What is so sure need not be shown line by line.
const SURE: f64 = 0.9995;

/// All of an instruction, line by line.
pub fn formulas(layout: &Layout, instruction: &Instruction) -> Vec<Formula> {
    let mut instruction = tidy::tidied(layout, instruction);
    let operands = layout.parts().len() + instruction.lines.len();
    let best = instruction.lines.iter_mut().filter_map(|line| line.meanings.first_mut());
    let terms = repeated::take_out(&mut best.map(|best| &mut best.meaning).collect::<Vec<_>>(), operands);
    let mut writer = Writer::new(layout, &instruction, terms);
    let mut formulas = vec![];
    let (mut kept, mut sure) = (writer.untouched(), 1.0_f64);
    for (number, line) in instruction.lines.iter().enumerate() {
        match line.target {
            Target::Part(i) if keeps(line, i) => {
                kept.push(i.into());
                sure = sure.min(line.meanings[0].share);
            }
            // Told where the value is told.
            Target::Address(i) if writer.line(Target::Value(i)).is_some() => {}
            _ => {
                formulas.extend(writer.terms(line));
                formulas.extend(writer.formula(number, line));
            }
        }
    }
    if !kept.is_empty() {
        kept.sort_unstable();
        let names: Vec<_> = kept.iter().map(|i| writer.names[*i].as_str()).collect();
        let text = format!("unchanged: {}", names.join(", "));
        formulas.push(Formula { text, share: Some(sure), rivals: vec![], keeps: true });
    }
    formulas
}

/// Whether a part surely stays as it is.
fn keeps(line: &Line, part: u8) -> bool {
    line.meanings.first().is_some_and(|best| best.meaning == Expr::Arg(part) && (best.share >= SURE || line.meanings.len() == 1))
}

#[cfg(test)]
mod tests {
    use mimus_knowledge::Processor;

    use super::*;

    const HEAD: &str = r#"mimus processor 1
teacher "t 1"
layout {"registers":[{"name":"ip","bits":12},{"name":"k","bits":6},{"name":"m1","bits":1}],"memory":{"address":12,"cell":6},"code":{"at":"ip","cells":1}}

instruction 01
"#;

    #[track_caller]
    fn check(lines: &str, expected: &[&str]) {
        let lines: String = lines
            .split("; ")
            .map(|line| format!("  {}\n", line.replace(": ", "\n    means ").replace(" | ", "\n    means ")))
            .collect();
        let processor = Processor::from_text("t", &format!("{HEAD}{lines}")).unwrap();
        let shown = formulas(&processor.layout, &processor.instructions[&vec![1]]);
        let told = shown.iter().flat_map(|formula| {
            let share = formula.share.map(|share| format!(" {:.0}", 100.0 * share)).unwrap_or_default();
            let rivals = formula.rivals.iter().map(|(text, share)| format!("or {text} {:.0}", 100.0 * share));
            std::iter::once(format!("{}{share}", formula.text)).chain(rivals).collect::<Vec<_>>()
        });
        assert_eq!(told.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn lines_are_told() {
        check(
            "read: 1 add(a0, 1); set k: 1 add(a1, a3); set m1: 1 bit_of(equal(a4, 0)); set ip: 1 add(a0, 2); stop: 1 0",
            &["mm1 = memory[ip + 1] 100", "k <- k + mm1 100", "m1 <- (k' = 0) 100", "ip <- ip + 2 100"],
        );
        check("set k: 1 a1; set ip: 1 add(a0, 1)", &["ip <- ip + 1 100", "unchanged: k, m1 100"]);
        check("stop: 1 1", &["stops 100", "unchanged: ip, k, m1 100"]);
        check("stop: 1 a2", &["stops <- m1 100", "unchanged: ip, k, m1 100"]);
        check("stop: 1 bit_of(equal(a1, 0)); set ip: 1 3", &["stops if k = 0 100", "ip <- 3 100", "unchanged: k, m1 100"]);
    }

    #[test]
    fn writes_are_told_on_one_line() {
        check(
            "address 0: 1 add(256, a1); value 0: 1 a0; set ip: 1 0",
            &["memory[0x100 + k] <- ip 100", "ip <- 0 100", "unchanged: k, m1 100"],
        );
        check(
            "address 0: 1 a1; value 0: 1 add(a0, 1); set k: 1 add(a3, a4)",
            &["memory[w1 = k] <- n1 = ip + 1 100", "k <- w1 + n1 100", "unchanged: ip, m1 100"],
        );
    }

    #[test]
    fn what_is_not_sure_is_told() {
        check(
            "set k: 0.9 a1 | 0.06 add(a1, a2); address 0: 0.8 a0 | 0.2 a1; value 0: 0.5 1",
            &["k <- k 90", "or k <- k + m1 6", "memory[ip] <- 1 40", "or at k 20", "unchanged: ip, m1 100"],
        );
        check("set k: 0.98 a1; read; set ip", &["mm1 = not learned", "ip <- not learned", "unchanged: k, m1 98"]);
    }

    #[test]
    fn repeated_terms_get_names() {
        check(
            "read: 1 add(a0, 1); set k: 1 shift_right(add(add(a1, a2), a3), 1); set m1: 1 shift_right(add(add(a1, a2), a3), 6)",
            &["mm1 = memory[ip + 1] 100", "t1 = k + m1 + mm1", "k <- t1 >> 1 100", "m1 <- t1 >> 6 100", "unchanged: ip 100"],
        );
        check(
            "address 0: 1 bit_and(add(a1, 1), 31); set k: 1 a1; value 0: 1 bit_xor(add(bit_and(add(a1, 1), 31), a0), 3); \
             set ip: 0.9 bit_xor(add(bit_and(add(a1, 1), 31), a0), 3) | 0.1 bit_and(add(a1, 1), 31)",
            &[
                "t1 = (k + 1) & 0x1f",
                "t2 = (t1 + ip) ^ 3",
                "memory[t1] <- t2 100",
                "ip <- t2 90",
                "or ip <- (k + 1) & 0x1f 10",
                "unchanged: k, m1 100",
            ],
        );
    }

    #[test]
    fn what_changes_nothing_is_left_out() {
        check("set k: 1 bit_and(a1, 63); set ip: 1 add(shift_left(0, 3), a1)", &["ip <- k 100", "unchanged: k, m1 100"]);
    }
}
