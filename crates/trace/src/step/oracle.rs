//! A machine that can be put into any state and observed for one step.

use super::{Layout, Step, ones};

/// What memory holds where a question does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// Everywhere the same.
    Constant(u64),
    /// Something else everywhere, by a rule that the number chooses.
    Random(u64),
}

/// A state to be put into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The registers, in the layout's order.
    pub registers: Vec<u64>,
    /// Cells with something particular in them; of two with one address the last counts.
    pub cells: Vec<(u64, u64)>,
    /// What the others hold.
    pub fill: Fill,
}

impl Question {
    /// What memory holds at an address.
    pub fn cell(&self, layout: &Layout, address: u64) -> u64 {
        let given = self.cells.iter().rev().find(|(at, _)| *at == address).map(|(_, value)| *value);
        let value = given.unwrap_or_else(|| match self.fill {
            Fill::Constant(value) => value,
            Fill::Random(seed) => SplitMix(seed ^ address.wrapping_mul(SplitMix::STEP)).next(),
        });
        value & ones(layout.memory.cell)
    }
}

/// Random numbers by SplitMix64 (Steele, Lea, Flood 2014), from a seed: the same everywhere.
pub struct SplitMix(pub u64);

impl SplitMix {
    const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

    /// The next number.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(Self::STEP);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

/// A machine that can be asked for any state. Faults are observations ([`Step::stopped`]), not errors.
pub trait Oracle: Sync {
    /// Its name and version.
    fn name(&self) -> String;
    /// How its state is laid out.
    fn layout(&self) -> Layout;
    /// One step from each of these states.
    fn observe(&self, asked: &[Question]) -> Vec<Step>;
}
