//! Any text is knowledge of a processor or an error that says where; what was read is written and read again unchanged.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mimus_knowledge::Processor;

fuzz_target!(|text: &str| {
    if let Ok(processor) = Processor::from_text("fuzz", text) {
        let written = processor.to_text();
        let again = Processor::from_text("again", &written).expect("what was written can be read");
        assert_eq!(again.to_text(), written);
    }
});
