//! Any bytes are a trace or an error that says where.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = mimus_trace::read_trace("fuzz", bytes, drop);
});
