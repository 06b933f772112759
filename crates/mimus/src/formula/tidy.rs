//! Meanings made shorter for reading: what is left out changes no value. Operands are never negative, and known to have few bits.

use mimus_core::{Datum, Expr, PrimId};
use mimus_knowledge::{Instruction, Target};
use mimus_trace::step::Layout;
use num_bigint::{BigInt, Sign};

/// An instruction with shorter meanings.
pub fn tidied(layout: &Layout, instruction: &Instruction) -> Instruction {
    let bits = operands(layout, instruction);
    let mut instruction = instruction.clone();
    for rival in instruction.lines.iter_mut().flat_map(|line| &mut line.meanings) {
        rival.meaning = tidy(&rival.meaning, &bits);
    }
    instruction
}

/// How many bits each operand has.
fn operands(layout: &Layout, instruction: &Instruction) -> Vec<u64> {
    let parts = layout.parts();
    let result = |target: Target| match target {
        Target::Read => layout.memory.cell,
        other => other.bits(&layout.memory, &parts),
    };
    let own = parts.iter().map(|part| part.bits);
    own.chain(instruction.lines.iter().map(|line| result(line.target))).map(u64::from).collect()
}

/// A meaning over operands of so many bits each.
fn tidy(expr: &Expr, bits: &[u64]) -> Expr {
    let expr = expr.with_parts(&mut |part| tidy(part, bits));
    shorter(&expr, bits).unwrap_or(expr)
}

fn shorter(expr: &Expr, bits: &[u64]) -> Option<Expr> {
    let Expr::Prim(id, args) = expr else { return None };
    let [a, b] = args.as_slice() else { return None };
    let nothing = |side: &Expr| number(side).is_some_and(|i| i.sign() == Sign::NoSign);
    match (id.get().name, a, b) {
        ("add" | "bit_or" | "bit_xor", _, _) if nothing(a) => Some(b.clone()),
        ("add" | "bit_or" | "bit_xor" | "subtract" | "shift_left" | "shift_right", _, _) if nothing(b) => Some(a.clone()),
        ("shift_left" | "shift_right", _, Expr::Const(_)) if nothing(a) => Some(a.clone()),
        // Only of an operand: other terms may be undefined.
        ("shift_right", Expr::Arg(_), _) if most_bits(expr, bits) == Some(0) => Some(Expr::Const(Datum::int(0))),
        ("bit_and", _, _) if fits(a, b, bits) => Some(a.clone()),
        ("bit_and", _, _) if fits(b, a, bits) => Some(b.clone()),
        ("subtract", _, Expr::Prim(not, inner)) if not.get().name == "bit_not" => {
            let add = PrimId::by_name("add")?;
            let sum = Expr::Prim(add, vec![a.clone(), inner[0].clone()]);
            Some(Expr::Prim(add, vec![sum, Expr::Const(Datum::int(1))]))
        }
        _ => None,
    }
}

/// Whether a term has no bits but those of a mask of ones.
fn fits(term: &Expr, mask: &Expr, bits: &[u64]) -> bool {
    let ones = number(mask).filter(|mask| mask.sign() == Sign::Plus && (*mask & (*mask + 1_u8)) == BigInt::ZERO);
    ones.zip(most_bits(term, bits)).is_some_and(|(mask, most)| most <= mask.bits())
}

/// So many bits hold every value of a term; `None` where it may be negative, or nothing is known.
fn most_bits(expr: &Expr, bits: &[u64]) -> Option<u64> {
    let most = |expr: &Expr| most_bits(expr, bits);
    match expr {
        Expr::Arg(i) => bits.get(usize::from(*i)).copied(),
        Expr::Const(_) => number(expr).filter(|i| i.sign() != Sign::Minus).map(BigInt::bits),
        Expr::If(three) => Some(most(&three[1])?.max(most(&three[2])?)),
        Expr::Prim(id, args) => match (id.get().name, args.as_slice()) {
            ("bit_of", _) => Some(1),
            ("add", [a, b]) => Some(most(a)?.max(most(b)?) + 1),
            ("bit_or" | "bit_xor", [a, b]) => Some(most(a)?.max(most(b)?)),
            ("bit_and", [a, b]) => most(a).into_iter().chain(most(b)).min(),
            ("shift_right", [a, by]) => Some(most(a)?.saturating_sub(u64::try_from(number(by)?).ok()?)),
            ("shift_left", [a, by]) => most(a)?.checked_add(u64::try_from(number(by)?).ok()?),
            _ => None,
        },
        _ => None,
    }
}

fn number(expr: &Expr) -> Option<&BigInt> {
    if let Expr::Const(Datum::Int(i)) = expr { Some(i) } else { None }
}

#[cfg(test)]
mod tests {
    use mimus_core::{NoHost, Ready, Term, Value};
    use mimus_knowledge::Processor;

    use super::*;

    /// Of `a0`, `a1`, `a2`, `a3`.
    const BITS: [u64; 4] = [16, 8, 8, 1];

    #[track_caller]
    fn same(from: &Expr, to: &Expr, bits: &[u64]) {
        let mut random = 1_u64;
        for _ in 0..300 {
            let mut operand = |bits: &u64| {
                random = random.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
                Value::Int((random >> (64 - bits)) as i64)
            };
            let operands: Vec<Value> = bits.iter().map(&mut operand).collect();
            let value = |expr: &Expr| Ready::new(expr).run(&operands, &mut NoHost).unwrap();
            assert_eq!(value(from), value(to), "{from} is not {to} for {operands:?}");
        }
    }

    #[track_caller]
    fn check(from: &str, to: &str) {
        let expr = Expr::from_term(&Term::parse(from).unwrap()).unwrap();
        let tidied = tidy(&expr, &BITS);
        assert_eq!(tidied.to_string(), to);
        same(&expr, &tidied, &BITS);
    }

    #[test]
    fn nothing_is_left_out() {
        check("subtract(add(a1, a3), 0)", "add(a1, a3)");
        check("add(shift_left(0, 8), a1)", "a1");
        check("bit_xor(0, shift_right(a0, 0))", "a0");
        check("subtract(0, a1)", "subtract(0, a1)");
        check("if(equal(shift_right(a0, 16), 0), bit_or(a1, 0), a2)", "if(equal(0, 0), a1, a2)");
        check("shift_right(a0, 15)", "shift_right(a0, 15)");
        check("shift_right(a1, 8)", "0");
    }

    #[test]
    fn masks_that_let_everything_through_are_left_out() {
        check("bit_and(a1, 255)", "a1");
        check("bit_and(255, a1)", "a1");
        check("bit_and(a1, 254)", "bit_and(a1, 254)");
        check("bit_and(a1, 127)", "bit_and(a1, 127)");
        check("bit_and(a0, 255)", "bit_and(a0, 255)");
        check("bit_and(add(a1, a2), 255)", "bit_and(add(a1, a2), 255)");
        check("bit_and(shift_right(add(a1, a2), 8), 1)", "shift_right(add(a1, a2), 8)");
        check("bit_and(bit_of(equal(a1, 3)), 1)", "bit_of(equal(a1, 3))");
        check("bit_and(bit_and(subtract(a1, a2), 15), 255)", "bit_and(subtract(a1, a2), 15)");
        check("bit_and(subtract(a1, a2), 255)", "bit_and(subtract(a1, a2), 255)");
        check("bit_and(if(equal(a3, 1), a1, shift_left(a3, 8)), 511)", "if(equal(a3, 1), a1, shift_left(a3, 8))");
        check("bit_and(shift_left(a3, 8), 255)", "bit_and(shift_left(a3, 8), 255)");
    }

    #[test]
    fn taking_away_the_complement_is_adding() {
        check("subtract(a1, bit_not(a2))", "add(add(a1, a2), 1)");
        check("bit_and(subtract(a1, bit_not(a2)), 1023)", "add(add(a1, a2), 1)");
    }

    #[test]
    fn shipped_meanings_stay_the_same() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge");
        let texts = std::fs::read_dir(folder).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
        for text in texts.filter(|text| Processor::is_text(text)) {
            let Processor { layout, instructions, .. } = Processor::from_text("f", &text).unwrap();
            for instruction in instructions.values() {
                let bits = operands(&layout, instruction);
                let tidied = tidied(&layout, instruction);
                for (line, short) in instruction.lines.iter().zip(&tidied.lines) {
                    let rivals = line.meanings.iter().zip(&short.meanings);
                    rivals.for_each(|(rival, short)| same(&rival.meaning, &short.meaning, &bits));
                }
            }
        }
    }
}
