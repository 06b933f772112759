//! What the reader takes and what it names as a fault.

use mimus_trace::read_program;

/// A program with one activation that has these fields.
fn act(fields: &str) -> String {
    format!(r#"{{"id": "p", "source": "x", "spans": [[0, 1, -1, "block"]], "acts": [{{"span": 0{fields}}}]}}"#)
}

#[track_caller]
fn refuses(fields: &str, about: &str) {
    let fault = read_program("t", 2, &act(fields)).expect_err("it is faulty").to_string();
    assert!(fault.contains(about), "`{fault}` lacks `{about}`");
}

#[test]
fn how_a_value_is_shown() {
    let shown = |fields: &str| read_program("t", 2, &act(fields)).expect("it is well formed").acts[0].shown.clone();
    assert_eq!(shown(""), None);
    assert_eq!(shown(r#", "value": 7, "shown": "seven""#), Some("seven".into()));
    refuses(r#", "shown": 7"#, "acts[0].shown: not a string");
    refuses(r#", "end": "raised", "shown": "seven""#, "acts[0].shown: only what ended normally");
}
