//! How the state of a machine without source text is laid out. It comes with the trace: nothing here is known beforehand.

use serde::{Deserialize, Serialize};

/// Registers, memory, and where the machine finds out what to do next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// Registers, in the order in which states list them.
    pub registers: Vec<Register>,
    /// The memory.
    pub memory: Memory,
    /// What tells one kind of step from another.
    pub code: Code,
}

/// A register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Its name in records.
    pub name: String,
    /// Its width, at most 64.
    pub bits: u8,
    /// Runs of its bits that are known to mean something each. Every bit outside of them is a part as well, `register.bit`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
}

/// Some neighbouring bits of a register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its name, different from those of all registers and fields.
    pub name: String,
    /// The lowest of its bits, from 0.
    pub low: u8,
    /// Its width.
    pub bits: u8,
}

/// A memory of equal cells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Memory {
    /// The width of an address: addresses count modulo two to the power of it.
    pub address: u8,
    /// The width of a cell, at most 64.
    pub cell: u8,
}

/// The cells that choose what a step does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// The register that holds the address of the first of them.
    pub at: String,
    /// How many there are.
    pub cells: u8,
}

/// A register, or a field of one: the smallest piece of state that has a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// The register it belongs to.
    pub register: usize,
    /// The lowest of its bits there.
    pub low: u8,
    /// Its width.
    pub bits: u8,
}

/// All ones, so many.
pub fn ones(bits: u8) -> u64 {
    if bits >= 64 { u64::MAX } else { (1 << bits) - 1 }
}

impl Layout {
    /// Registers without fields, and the fields of the others with the bits outside of these, in order.
    pub fn parts(&self) -> Vec<Part> {
        let mut parts = vec![];
        for (register, r) in self.registers.iter().enumerate() {
            if r.fields.is_empty() {
                parts.push(Part { name: r.name.clone(), register, low: 0, bits: r.bits });
                continue;
            }
            let fields = r.fields.iter();
            parts.extend(fields.map(|f| Part { name: f.name.clone(), register, low: f.low, bits: f.bits }));
            let outside = (0..r.bits).filter(|bit| r.fields.iter().all(|f| !(f.low..f.low.saturating_add(f.bits)).contains(bit)));
            parts.extend(outside.map(|low| Part { name: format!("{}.{low}", r.name), register, low, bits: 1 }));
        }
        parts
    }

    /// The values of all parts.
    pub fn split(&self, registers: &[u64]) -> Vec<u64> {
        self.parts().iter().map(|part| part.of(registers)).collect()
    }

    /// The registers that consist of these parts.
    pub fn join(&self, parts: &[u64]) -> Vec<u64> {
        let mut registers = vec![0; self.registers.len()];
        self.parts().iter().zip(parts).for_each(|(part, value)| part.set(&mut registers, *value));
        registers
    }

    /// The addresses from one on, without end: after the highest comes 0.
    pub fn addresses(&self, from: u64) -> impl Iterator<Item = u64> + use<> {
        let mask = ones(self.memory.address);
        (0..).map(move |i: u64| from.wrapping_add(i) & mask)
    }

    /// The addresses of the cells that choose what a step does, if the first of them is there.
    pub fn code_addresses(&self, from: u64) -> impl Iterator<Item = u64> + use<> {
        self.addresses(from).take(self.code.cells.into())
    }

    /// The number of a register.
    pub fn register(&self, name: &str) -> Option<usize> {
        self.registers.iter().position(|r| r.name == name)
    }

    /// The register that holds the address of what comes next.
    pub fn code_register(&self) -> usize {
        self.register(&self.code.at).unwrap_or(0)
    }

    /// The part that is the register that holds the address of what comes next.
    pub fn code_part(&self) -> usize {
        self.parts().iter().position(|part| part.register == self.code_register()).unwrap_or(0)
    }

    /// Says what is wrong with it, if anything is.
    pub fn check(&self) -> Result<(), String> {
        let width = |what: &str, bits: u8| match bits {
            1..=64 => Ok(()),
            _ => Err(format!("{what} is {bits} bits wide; 1 to 64 are possible")),
        };
        width("an address", self.memory.address)?;
        width("a cell of memory", self.memory.cell)?;
        for register in &self.registers {
            width(&register.name, register.bits)?;
            let mut taken = 0_u64;
            for field in &register.fields {
                width(&field.name, field.bits)?;
                if u32::from(field.low) + u32::from(field.bits) > u32::from(register.bits) {
                    return Err(format!("{} lies outside of {}", field.name, register.name));
                }
                let bits = ones(field.bits) << field.low;
                if taken & bits != 0 {
                    return Err(format!("{} overlaps another field of {}", field.name, register.name));
                }
                taken |= bits;
            }
        }
        let mut names: Vec<String> = self.parts().into_iter().map(|part| part.name).collect();
        names.sort();
        if let Some(twice) = names.windows(2).find(|two| two[0] == two[1]) {
            return Err(format!("the name {} is given twice", twice[0]));
        }
        match self.register(&self.code.at) {
            Some(i) if !self.registers[i].fields.is_empty() => {
                Err(format!("{} holds an address: it cannot have fields", self.code.at))
            }
            Some(_) if (1..=8).contains(&self.code.cells) => Ok(()),
            Some(_) => Err(format!("{} cells choose what a step does; 1 to 8 are possible", self.code.cells)),
            None => Err(format!("there is no register {}, which is said to hold the address of the code", self.code.at)),
        }
    }
}

impl Part {
    /// Its value.
    pub fn of(&self, registers: &[u64]) -> u64 {
        (registers[self.register] >> self.low) & ones(self.bits)
    }

    /// Sets it.
    pub fn set(&self, registers: &mut [u64], value: u64) {
        let mask = ones(self.bits) << self.low;
        let register = &mut registers[self.register];
        *register = (*register & !mask) | ((value << self.low) & mask);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(fields: &[(&str, u8, u8)]) -> Layout {
        let fields = fields.iter().map(|(name, low, bits)| Field { name: (*name).into(), low: *low, bits: *bits }).collect();
        let at = Register { name: "at".into(), bits: 12, fields: vec![] };
        Layout {
            registers: vec![at, Register { name: "r".into(), bits: 4, fields }],
            memory: Memory { address: 12, cell: 9 },
            code: Code { at: "at".into(), cells: 1 },
        }
    }

    #[test]
    fn parts_cover_every_bit() {
        let layout = layout(&[("hi", 3, 1), ("lo", 0, 2)]);
        let names: Vec<String> = layout.parts().into_iter().map(|part| part.name).collect();
        assert_eq!(names, ["at", "hi", "lo", "r.2"]);
        let mut back = [0, 0];
        let values = layout.split(&[7, 0b1110]);
        layout.parts().iter().zip(values).for_each(|(part, value)| part.set(&mut back, value));
        assert_eq!(back, [7, 0b1110]);
    }

    #[track_caller]
    fn fails(fields: &[(&str, u8, u8)], expected: &str) {
        let told = layout(fields).check().unwrap_err();
        assert!(told.contains(expected), "{told}");
    }

    #[test]
    fn what_cannot_be_is_said() {
        assert_eq!(layout(&[("a", 0, 2), ("b", 2, 2)]).check(), Ok(()));
        fails(&[("a", 3, 2)], "a lies outside of r");
        fails(&[("a", 255, 64)], "a lies outside of r");
        fails(&[("a", 0, 2), ("b", 1, 1)], "b overlaps");
        fails(&[("a", 0, 0)], "a is 0 bits wide");
        fails(&[("at", 0, 1)], "the name at is given twice");
    }
}
