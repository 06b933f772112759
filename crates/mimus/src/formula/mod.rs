//! Formulas as people read them: what an instruction does (the notation is in docs/processors.md).

mod infix;

use mimus_core::Expr;
use mimus_knowledge::{Instruction, Line, Rival, Target};
use mimus_trace::step::Layout;

use infix::{as_test, infix};

/// One line of what an instruction does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Formula {
    /// The best explanation.
    pub text: String,
    /// Its probability; `None` where nothing was found.
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
    let writer = Writer::new(layout, instruction);
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
            _ => formulas.extend(writer.formula(number, line)),
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

/// What operands are called.
struct Writer<'a> {
    instruction: &'a Instruction,
    /// Parts first, then the results of lines.
    names: Vec<String>,
    parts: usize,
}

impl<'a> Writer<'a> {
    fn new(layout: &Layout, instruction: &'a Instruction) -> Self {
        let mut names: Vec<String> = layout.parts().into_iter().map(|part| part.name).collect();
        let parts = names.len();
        let [read, address, value] = ["m", "w", "n"].map(|letter| free(letter, &names));
        let mut reads = 0;
        for line in &instruction.lines {
            names.push(match line.target {
                Target::Read => {
                    reads += 1;
                    format!("{read}{reads}")
                }
                Target::Address(i) => format!("{address}{}", u32::from(i) + 1),
                Target::Value(i) => format!("{value}{}", u32::from(i) + 1),
                Target::Part(i) => format!("{}'", names[usize::from(i)]),
                Target::Stop => "stops".into(),
            });
        }
        Self { instruction, names, parts }
    }

    /// Parts that no line is about.
    fn untouched(&self) -> Vec<usize> {
        let told = |part: &usize| self.instruction.lines.iter().any(|line| line.target == Target::Part(*part as u8));
        (0..self.parts).filter(|part| !told(part)).collect()
    }

    fn line(&self, target: Target) -> Option<(usize, &'a Line)> {
        self.instruction.lines.iter().enumerate().find(|(_, line)| line.target == target)
    }

    fn formula(&self, number: usize, line: &Line) -> Option<Formula> {
        let mut share = line.meanings.first().map(|best| best.share);
        let mut rivals: Vec<(String, f64)> = vec![];
        let told = |rival: &Rival<Expr>| self.told(number, line.target, Some(&rival.meaning));
        if let Some((of, address)) = write(line.target).and_then(|i| self.line(Target::Address(i))) {
            share = share.zip(address.meanings.first()).map(|(share, best)| share * best.share);
            let elsewhere = address.meanings.iter().skip(1);
            let text = |rival: &Rival<Expr>| format!("at {}", self.text(of, Some(&rival.meaning)));
            rivals.extend(elsewhere.map(|rival| (text(rival), rival.share)));
        }
        rivals.extend(line.meanings.iter().skip(1).filter_map(|rival| Some((told(rival)?, rival.share))));
        let text = self.told(number, line.target, line.meanings.first().map(|best| &best.meaning))?;
        Some(Formula { text, share, rivals, keeps: false })
    }

    /// A whole line; `None` for one that says nothing.
    fn told(&self, number: usize, target: Target, meaning: Option<&Expr>) -> Option<String> {
        let name = &self.names[self.parts + number];
        let text = self.text(number, meaning);
        Some(match target {
            Target::Read if meaning.is_some() => format!("{name} = memory[{text}]"),
            Target::Read => format!("{name} = {text}"),
            Target::Part(i) => format!("{} <- {text}", self.names[usize::from(i)]),
            Target::Value(i) => {
                let at = self.line(Target::Address(i));
                let at = at.map_or_else(
                    || self.text(0, None),
                    |(of, line)| self.put(of, line.meanings.first().map(|best| &best.meaning)),
                );
                format!("memory[{at}] <- {}", self.put(number, meaning))
            }
            Target::Address(_) => format!("memory[{}] <- {}", self.put(number, meaning), self.text(0, None)),
            Target::Stop => match meaning {
                Some(Expr::Const(value)) if *value == mimus_core::Datum::int(0) => return None,
                Some(Expr::Const(value)) if *value == mimus_core::Datum::int(1) => "stops".into(),
                Some(meaning) => match as_test(meaning, &self.names) {
                    Some(test) => format!("stops if {test}"),
                    None => format!("stops <- {text}"),
                },
                None => format!("stops: {text}"),
            },
        })
    }

    /// An address or a value, with its name where later lines need one.
    fn put(&self, number: usize, meaning: Option<&Expr>) -> String {
        let operand = self.parts + number;
        let meanings = self.instruction.lines[number..].iter().flat_map(|line| &line.meanings);
        let text = self.text(number, meaning);
        match meanings.into_iter().any(|rival| mentions(&rival.meaning, operand)) {
            true => format!("{} = {text}", self.names[operand]),
            false => text,
        }
    }

    fn text(&self, number: usize, meaning: Option<&Expr>) -> String {
        let known = &self.names[..self.parts + number];
        meaning.map_or_else(|| "not learned".into(), |meaning| infix(meaning, known))
    }
}

/// Which write a value belongs to.
fn write(target: Target) -> Option<u8> {
    if let Target::Value(i) = target { Some(i) } else { None }
}

fn mentions(expr: &Expr, operand: usize) -> bool {
    matches!(expr, Expr::Arg(i) if usize::from(*i) == operand) || expr.parts().any(|part| mentions(part, operand))
}

/// What numbered names begin with so that no part has the same.
fn free(letter: &str, parts: &[String]) -> String {
    let mut begin = letter.to_string();
    let taken = |begin: &str| {
        let number = |part: &String| {
            part.strip_prefix(begin).is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()) && !rest.is_empty())
        };
        parts.iter().any(number)
    };
    while taken(&begin) {
        begin.push_str(letter);
    }
    begin
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
}
