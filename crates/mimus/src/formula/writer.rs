//! How the lines of an instruction are told.

use mimus_core::Expr;
use mimus_knowledge::{Instruction, Line, Rival, Target};
use mimus_trace::step::Layout;

use super::Formula;
use super::infix::{as_test, infix};

/// What operands are called.
pub struct Writer<'a> {
    instruction: &'a Instruction,
    /// Parts first, then the results of lines, then those terms that were told already.
    pub names: Vec<String>,
    parts: usize,
    /// What repeated terms stand for, and what their names begin with.
    terms: Vec<Expr>,
    term: String,
}

impl<'a> Writer<'a> {
    /// Those of an instruction that has these terms as further operands.
    pub fn new(layout: &Layout, instruction: &'a Instruction, terms: Vec<Expr>) -> Self {
        let mut names: Vec<String> = layout.parts().into_iter().map(|part| part.name).collect();
        let parts = names.len();
        let [read, address, value, term] = ["m", "w", "n", "t"].map(|letter| free(letter, &names));
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
        names.resize(names.len() + terms.len(), String::new());
        Self { instruction, names, parts, terms, term }
    }

    /// Parts that no line is about.
    pub fn untouched(&self) -> Vec<usize> {
        let told = |part: &usize| self.instruction.lines.iter().any(|line| line.target == Target::Part(*part as u8));
        (0..self.parts).filter(|part| !told(part)).collect()
    }

    /// The line for this, and its number.
    pub fn line(&self, target: Target) -> Option<(usize, &'a Line)> {
        self.instruction.lines.iter().enumerate().find(|(_, line)| line.target == target)
    }

    /// The terms that a line is the first to need, innermost first.
    pub fn terms(&mut self, line: &Line) -> Vec<Formula> {
        let address = write(line.target).and_then(|i| self.line(Target::Address(i))).map(|(_, line)| line);
        let mut told = vec![];
        for best in address.into_iter().chain([line]).filter_map(|line| line.meanings.first()) {
            self.tell(&best.meaning, &mut told);
        }
        told
    }

    fn tell(&mut self, expr: &Expr, told: &mut Vec<Formula>) {
        expr.parts().for_each(|part| self.tell(part, told));
        let Expr::Arg(operand) = expr else { return };
        let (operand, first) = (usize::from(*operand), self.names.len() - self.terms.len());
        let Some(term) = operand.checked_sub(first).map(|i| self.terms[i].clone()) else { return };
        if !self.names[operand].is_empty() {
            return;
        }
        self.tell(&term, told);
        let number = 1 + self.names[first..].iter().filter(|name| !name.is_empty()).count();
        self.names[operand] = format!("{}{number}", self.term);
        let text = format!("{} = {}", self.names[operand], infix(&term, &self.names));
        told.push(Formula { text, ..Formula::default() });
    }

    /// A line as people read it.
    pub fn formula(&self, number: usize, line: &Line) -> Option<Formula> {
        let mut share = line.meanings.first().map(|best| best.share);
        let mut rivals: Vec<(String, f64)> = vec![];
        let told = |rival: &Rival<Expr>| self.told(number, line.target, Some(&rival.meaning));
        if let Some((_, address)) = write(line.target).and_then(|i| self.line(Target::Address(i))) {
            share = share.zip(address.meanings.first()).map(|(share, best)| share * best.share);
            let elsewhere = address.meanings.iter().skip(1);
            let text = |rival: &Rival<Expr>| format!("at {}", self.text(Some(&rival.meaning)));
            rivals.extend(elsewhere.map(|rival| (text(rival), rival.share)));
        }
        rivals.extend(line.meanings.iter().skip(1).filter_map(|rival| Some((told(rival)?, rival.share))));
        let text = self.told(number, line.target, line.meanings.first().map(|best| &best.meaning))?;
        Some(Formula { text, share, rivals, keeps: false })
    }

    /// A whole line; `None` for one that says nothing.
    fn told(&self, number: usize, target: Target, meaning: Option<&Expr>) -> Option<String> {
        let name = &self.names[self.parts + number];
        let text = self.text(meaning);
        Some(match target {
            Target::Read if meaning.is_some() => format!("{name} = memory[{text}]"),
            Target::Read => format!("{name} = {text}"),
            Target::Part(i) => format!("{} <- {text}", self.names[usize::from(i)]),
            Target::Value(i) => {
                let at = self.line(Target::Address(i));
                let at = at
                    .map_or_else(|| self.text(None), |(of, line)| self.put(of, line.meanings.first().map(|best| &best.meaning)));
                format!("memory[{at}] <- {}", self.put(number, meaning))
            }
            Target::Address(_) => format!("memory[{}] <- {}", self.put(number, meaning), self.text(None)),
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
        let rivals = self.instruction.lines[number..].iter().flat_map(|line| &line.meanings);
        let text = self.text(meaning);
        match rivals.map(|rival| &rival.meaning).chain(&self.terms).any(|meaning| mentions(meaning, operand)) {
            true => format!("{} = {text}", self.names[operand]),
            false => text,
        }
    }

    fn text(&self, meaning: Option<&Expr>) -> String {
        meaning.map_or_else(|| "not learned".into(), |meaning| infix(meaning, &self.names))
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
