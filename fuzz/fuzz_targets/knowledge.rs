//! Any text is knowledge or an error that says where; what was read is written and read again unchanged.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mimus_knowledge::Knowledge;

fuzz_target!(|text: &str| {
    if let Ok(knowledge) = Knowledge::from_text("fuzz", text) {
        let written = knowledge.to_text();
        let again = Knowledge::from_text("again", &written).expect("what was written can be read");
        assert_eq!(again.to_text(), written);
    }
});
