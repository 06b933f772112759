//! Images of memory in files: a byte a cell; cells of more than eight bits take as many bytes as they need, the lowest first.

use std::fs;
use std::path::Path;

use mimus_machine::processor::Cells;
use mimus_trace::step::{Layout, Memory, ones};

use super::state;
use crate::failure::Failure;
use crate::files::write_with;

/// Memories of more cells are not written to a file.
const MOST: u8 = 32;

fn bytes_a_cell(memory: &Memory) -> usize {
    usize::from(memory.cell.div_ceil(8))
}

/// Puts a file's bytes into memory.
pub fn load(file: &Path, layout: &Layout, start: u64, cells: &mut Cells) -> Result<(), Failure> {
    let (name, memory) = (file.display(), &layout.memory);
    let bytes = fs::read(file).map_err(|e| Failure::file("read", file, &e))?;
    let each = bytes_a_cell(memory);
    if bytes.len() % each != 0 {
        return Err(Failure::new(format!("{name}: {} bytes are no whole number of cells, which have {each} each", bytes.len())));
    }
    let (count, room) = ((bytes.len() / each) as u128, u128::from(ones(memory.address)) + 1 - u128::from(start));
    if count > room {
        let from = state::address(layout, start);
        return Err(Failure::new(format!("{name} is too large: {count} cells, and memory has {room} from {from} on"))
            .advise("give a lower --load, or a smaller image"));
    }
    for (i, chunk) in bytes.chunks(each).enumerate() {
        let value = chunk.iter().rev().fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
        if value > ones(memory.cell) {
            let why = format!("{value:x} at byte {} is more than a cell of {} bits holds", i * each, memory.cell);
            return Err(Failure::new(format!("{name}: {why}")));
        }
        cells.set(start + i as u64, value);
    }
    Ok(())
}

/// Writes all of memory to a file.
pub fn dump(file: &Path, layout: &Layout, cells: &Cells) -> Result<(), Failure> {
    let memory = &layout.memory;
    check_dump(layout)?;
    let each = bytes_a_cell(memory);
    write_with(file, |out| (0..=ones(memory.address)).try_for_each(|at| out.write_all(&cells.get(at).to_le_bytes()[..each])))
}

/// Whether memory is small enough to be written.
pub fn check_dump(layout: &Layout) -> Result<(), Failure> {
    match layout.memory.address > MOST {
        true => {
            Err(Failure::new(format!("a memory with addresses of {} bits is too large to be written", layout.memory.address))
                .advise("leave --dump out"))
        }
        false => Ok(()),
    }
}
