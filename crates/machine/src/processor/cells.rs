//! Memory of a processor.

use mimus_trace::step::{Memory, ones};
use rustc_hash::FxHashMap;

/// A memory of equal cells, all 0 at first.
#[derive(Clone, Debug)]
pub enum Cells {
    /// All of a small memory of bytes.
    Bytes(Vec<u8>),
    /// Those that were written.
    Sparse(FxHashMap<u64, u64>),
}

/// Address widths up to which all of a memory is held.
const DENSE: u8 = 26;

impl Cells {
    /// A memory of this form.
    pub fn new(memory: &Memory) -> Self {
        match memory.cell <= 8 && memory.address <= DENSE {
            true => Self::Bytes(vec![0; 1 << memory.address]),
            false => Self::Sparse(FxHashMap::default()),
        }
    }

    /// What is at an address.
    pub fn get(&self, address: u64) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.get(address as usize).copied().unwrap_or(0).into(),
            Self::Sparse(cells) => cells.get(&address).copied().unwrap_or(0),
        }
    }

    /// Puts something at an address.
    pub fn set(&mut self, address: u64, value: u64) {
        match self {
            Self::Bytes(bytes) => {
                if let Some(cell) = bytes.get_mut(address as usize) {
                    *cell = value as u8;
                }
            }
            Self::Sparse(cells) => {
                cells.insert(address, value);
            }
        }
    }

    /// Puts an image of bytes at an address, a byte a cell; says how many did not fit and were left out.
    pub fn load(&mut self, memory: &Memory, start: u64, image: &[u8]) -> u64 {
        let all = u128::from(ones(memory.address)) + 1;
        let fits = (all - u128::from(start & ones(memory.address))).min(image.len() as u128) as usize;
        for (address, byte) in (start..).zip(&image[..fits]) {
            self.set(address, u64::from(*byte) & ones(memory.cell));
        }
        (image.len() - fits) as u64
    }
}

/// What cells can be read from and written to.
pub(super) trait Store {
    fn get(&self, address: u64) -> u64;
    fn set(&mut self, address: u64, value: u64);
}

/// As many bytes as there are addresses.
impl Store for [u8] {
    fn get(&self, address: u64) -> u64 {
        self[address as usize & (self.len() - 1)].into()
    }

    fn set(&mut self, address: u64, value: u64) {
        let last = self.len() - 1;
        self[address as usize & last] = value as u8;
    }
}

impl Store for Cells {
    fn get(&self, address: u64) -> u64 {
        self.get(address)
    }

    fn set(&mut self, address: u64, value: u64) {
        self.set(address, value);
    }
}
