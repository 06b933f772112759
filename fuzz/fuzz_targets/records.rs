//! Any text is an array of single-step records, or a trace of steps, or an error that says where.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mimus_trace::step::{infer_layout, read_records, read_steps};

fuzz_target!(|text: &str| {
    if let Ok(layout) = infer_layout("fuzz", text) {
        let _ = read_records("fuzz", text, &layout);
    }
    let _ = read_steps("fuzz", text.as_bytes(), drop);
});
