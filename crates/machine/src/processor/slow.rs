//! One step by way of values: any width, rivals weighed, every part with how sure it is.

use std::collections::BTreeMap;

use mimus_core::{NoHost, Ready, Value};
use mimus_knowledge::{Instruction, Line, Target};
use mimus_trace::step::{Memory, Part, ones};
use num_bigint::BigInt;
use num_traits::ToPrimitive;

/// The state after a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The parts of the state.
    pub parts: Vec<u64>,
    /// What is written, in order: address and value.
    pub writes: Vec<(u64, u64)>,
    /// Whether the machine stops.
    pub stopped: bool,
    /// The probability that all of this is so.
    pub confidence: f64,
    /// What is least sure, if anything is not sure.
    pub doubt: Option<Doubt>,
}

/// Something that is not sure.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    /// What.
    pub target: Target,
    /// Its own probability.
    pub confidence: f64,
}

/// Works out a step; `Err` with what is not known or not defined for this state.
pub(super) fn answer(
    memory: &Memory,
    form: &[Part],
    instruction: &Instruction,
    parts: &[u64],
    read: &dyn Fn(u64) -> u64,
) -> Result<Answer, Target> {
    let mut operands: Vec<Value> = parts.iter().map(|part| value(*part)).collect();
    let mut after = Answer { parts: parts.to_vec(), writes: vec![], stopped: false, confidence: 1.0, doubt: None };
    let (mut addresses, mut values) = (BTreeMap::new(), BTreeMap::new());
    for line in &instruction.lines {
        let (result, confidence) = line_result(line, &operands, line.target.bits(memory, form)).ok_or(line.target)?;
        let mut given = result;
        match line.target {
            Target::Read => given = read(result),
            Target::Address(i) => drop(addresses.insert(i, result)),
            Target::Value(i) => drop(values.insert(i, result)),
            Target::Part(i) => after.parts[usize::from(i)] = result,
            Target::Stop => after.stopped = result != 0,
        }
        operands.push(value(given));
        after.confidence *= confidence;
        if confidence < after.doubt.as_ref().map_or(1.0, |doubt| doubt.confidence) {
            after.doubt = Some(Doubt { target: line.target, confidence });
        }
    }
    for (i, address) in addresses {
        after.writes.push((address, *values.get(&i).ok_or(Target::Value(i))?));
    }
    Ok(after)
}

/// What the best meaning gives, and the mass of those that give the same.
fn line_result(line: &Line, operands: &[Value], bits: u8) -> Option<(u64, f64)> {
    let mut best = None;
    let mut mass = 0.0;
    for rival in &line.meanings {
        let given = Ready::new(&rival.meaning).run(operands, &mut NoHost).ok().and_then(|value| low(&value, bits));
        match (best, given) {
            (None, None) => return None,
            (None, Some(given)) => {
                best = Some(given);
                mass = rival.share;
            }
            (Some(known), Some(given)) if known == given => mass += rival.share,
            _ => {}
        }
    }
    best.map(|best| (best, mass))
}

fn value(bits: u64) -> Value {
    Value::from_big(BigInt::from(bits))
}

/// The lowest bits of an integer in two's complement; of a test, 1 or 0.
fn low(value: &Value, bits: u8) -> Option<u64> {
    match value {
        Value::Int(i) => Some(*i as u64 & ones(bits)),
        Value::Bool(holds) => Some((*holds).into()),
        Value::Big(big) => (big.as_ref() & BigInt::from(ones(bits))).to_u64(),
        _ => None,
    }
}
