//! What the reader takes and what it names as a fault.

use mimus_trace::{Ref, read_program};

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

#[test]
fn what_an_object_delegates_to() {
    let objects = |rows: &str, value: &str| {
        let program = format!(
            r#"{{"id": "p", "source": "x", "spans": [[0, 1, -1, "block"]], "objects": {rows}, "acts": [{{"span": 0, "value": {value}}}]}}"#
        );
        read_program("t", 2, &program)
    };
    let read = objects(
        r#"[["f", "closure"], ["kind", "record", [], 3], ["thing", "record", [{"object": 1}]]]"#,
        r#"{"object": 0, "self": {"object": 2}}"#,
    );
    let program = read.expect("it is well formed");
    assert_eq!(program.objects[0].delegates, None);
    assert_eq!((&program.objects[1].delegates, program.objects[1].made_of), (&Some(vec![]), Some(3)));
    assert_eq!(program.objects[2].delegates, Some(vec![Ref::Object(1)]));
    assert_eq!(program.acts[0].value, Ref::Taken(0, Box::new(Ref::Object(2))));
    for rows in [r#"[["thing", "record", 1]]"#, r#"[["thing", "record", [{"object": 5}]]]"#] {
        objects(rows, "null").expect_err("it is faulty");
    }
}
