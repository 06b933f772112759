//! Exit codes and messages of the command line.

mod common;

use std::fs;
use std::path::Path;

use common::{Called, KNOWLEDGE, call, call_in, folder};

#[track_caller]
fn check(folder: &Path, words: &[&str], code: i32, says: &[&str]) -> Called {
    let called = call_in(folder, words);
    assert_eq!(called.code, code, "{words:?}: {called:?}");
    for part in says {
        assert!(called.err.contains(part), "{words:?}: `{}` lacks `{part}`", called.err);
    }
    called
}

#[test]
fn bad_usage_ends_with_3() {
    for words in [
        &["fly"][..],
        &["run"],
        &["run", "a", "b"],
        &["ask"],
        &["ask", "x", "--top", "many"],
        &["watch", "python", "--out", "x"],
        &["watch", "python", "x"],
        &["learn", "--out", "x"],
        &["learn", "--from", "x"],
        &["eval"],
        &["--nonsense"],
    ] {
        let called = call(words);
        assert_eq!((called.code, called.out.as_str()), (3, ""), "{words:?}");
        assert!(called.err.contains("--help") || called.err.contains("Usage"), "{words:?}: {}", called.err);
    }
}

#[test]
fn help_and_version_end_with_0() {
    for words in [&["--help"][..], &["--version"], &["run", "--help"]] {
        let called = call(words);
        assert_eq!((called.code, called.err.as_str()), (0, ""), "{words:?}");
    }
}

#[test]
fn files_that_cannot_be_used_end_with_3_and_are_named() {
    let folder = folder(&[
        ("p", "x"),
        ("binary", "x"),
        ("good", KNOWLEDGE),
        ("newer", "mimus knowledge 99\nteacher \"t\"\n"),
        ("cut", "mimus knowledge 1"),
        ("other", "hello\n"),
        ("damaged", &KNOWLEDGE.replace("seen 12\n  example \"1 & 2\"", "seen many")),
        ("empty", "mimus knowledge 1\nteacher \"\"\n\ngrammar\n"),
        ("items", "{\"id\": \"a\", \"line\": \"x\"}\n{\"id\""),
        ("nothing", ""),
    ]);
    fs::write(folder.path().join("binary"), [b'a', 0xff, 0xfe]).expect("a file");
    let at = folder.path();
    check(at, &["run", "none", "--knowledge", "good"], 3, &["mimus: cannot read none", "No such file"]);
    check(at, &["run", "binary", "--knowledge", "good"], 3, &["binary: not UTF-8 text (byte 1)"]);
    check(at, &["run", "p", "--knowledge", "none"], 3, &["cannot read none"]);
    check(at, &["run", "p", "--knowledge", "newer"], 3, &["newer, line 1: version 99 is newer than this program", "mimus learn"]);
    check(at, &["run", "p", "--knowledge", "cut"], 3, &["cut, line 1", "cut off"]);
    check(at, &["run", "p", "--knowledge", "other"], 3, &["other, line 1: not a knowledge file"]);
    check(at, &["show", "--knowledge", "damaged"], 3, &["damaged, line 9: `many` is not a count"]);
    check(at, &["ask", "x", "--knowledge", "empty"], 3, &["empty holds no constructs", "cargo xtask learn"]);
    check(at, &["show", "+?", "--knowledge", "good"], 3, &["nothing is known of `+?`"]);
    check(at, &["eval", "none"], 3, &["cannot read none"]);
    check(at, &["eval", "items", "--knowledge", "good"], 3, &["items, line 2: not JSON", "cut off"]);
    check(at, &["eval", "nothing", "--knowledge", "good"], 3, &["nothing, line 1: the file holds no items"]);
    check(at, &["eval", "items", "--time", "-1"], 3, &[]);
}

#[test]
fn what_is_known_is_shown() {
    let folder = folder(&[("k", KNOWLEDGE)]);
    let all = check(folder.path(), &["show", "--knowledge", "k"], 0, &[]).out;
    assert_eq!(
        all,
        "learned from t 1\n\n\
         kind  construct  role   seen  share   meaning              example\n\
         expr  _ & _      plain  12    90.0 %  op(\"_ & _\", s0, s1)  1 & 2\n\n\
         operation  takes      seen  share   meaning      example\n\
         _ & _      int, int   12    95.0 %  add(a0, a1)  1, 2 -> 3\n\
         _ & _      text, int  2     -       not learned  \"a\", 2 -> ...\n\n\
         word  stands for  seen\n\
         nil   none        3\n"
    );
    let one = check(folder.path(), &["show", "_ & _", "--knowledge", "k"], 0, &[]).out;
    for part in ["90.0 % op(\"_ & _\", s0, s1)", "6.0 % op(\"_ & _\", s1, s0)", "4.0 % none of these", "no meaning was found"] {
        assert!(one.contains(part), "{one} lacks {part}");
    }
    assert_eq!(check(folder.path(), &["show", "&", "--knowledge", "k"], 0, &[]).out, one);
}

#[test]
fn a_teacher_that_is_not_there() {
    let folder = folder(&[("p.py", "x = 1\n"), ("plain", "x")]);
    let called =
        check(folder.path(), &["watch", "nobody", "p.py", "--out", "t"], 3, &["there is no teacher nobody", "trace-format.md"]);
    assert_eq!(called.out, "");
    check(folder.path(), &["watch", "plain", "p.py", "--out", "t"], 3, &["the teacher", "could not be started"]);
    let lonely = common::command(folder.path(), &["watch", "python", "p.py", "--out", "t"]).env("PATH", "").output();
    let said = String::from_utf8(lonely.expect("the program starts").stderr).expect("text");
    assert_eq!(
        said,
        "mimus: python3 (CPython 3.11 or newer) is needed for this and is not on the PATH; install it and try again\n"
    );
}

#[cfg(unix)]
#[test]
fn a_teacher_of_your_own_is_watched() {
    use std::os::unix::fs::PermissionsExt;
    let script = concat!(
        "#!/bin/sh\n",
        "echo '{\"mimus-trace\": 1, \"teacher\": \"mine 2\"}'\n",
        "read q\necho '{\"id\": \"p\", \"source\": \"x\", \"spans\": [[0,1,-1,\"block\"]]}'\n",
    );
    let folder = folder(&[("p.txt", "x"), ("mine", script)]);
    let mine = folder.path().join("mine");
    fs::set_permissions(&mine, fs::Permissions::from_mode(0o755)).expect("it may be run");
    check(folder.path(), &["watch", "./mine", "p.txt", "--out", "t"], 0, &["1 trace in t"]);
    let trace = fs::read_to_string(folder.path().join("t/p.jsonl")).expect("a trace");
    assert_eq!(trace.lines().count(), 2);
    fs::write(&mine, script.replace("\"p\"", "\"q\"")).expect("another script");
    check(folder.path(), &["watch", "./mine", "p.txt", "--out", "t"], 3, &["asked about `p`, it answered about `q`"]);
}

#[test]
fn python_is_watched() {
    let folder = folder(&[("one.py", "x = 2 + 2\nprint(x)\n"), ("two.py", "print(1 / 0)\n"), ("bad.py", "x = = 1\n")]);
    let called = check(folder.path(), &["watch", "python", "one.py", "two.py", "--out", "t"], 0, &["2 traces in t"]);
    assert_eq!(called.out, "");
    let trace = fs::read_to_string(folder.path().join("t/one.jsonl")).expect("a trace");
    assert!(trace.starts_with("{\"mimus-trace\""), "{trace}");
    check(folder.path(), &["watch", "python", "bad.py", "--out", "t"], 1, &["bad.py: no trace: ", "0 traces in t"]);
    check(folder.path(), &["watch", "python", "none.py", "--out", "t"], 3, &["cannot read none.py"]);
}

#[cfg(unix)]
#[test]
fn a_teacher_is_asked_and_asked_no_more_than_needed() {
    use std::os::unix::fs::PermissionsExt;
    let observer = common::root().join("teachers/python/observer");
    let observer = observer.display();
    let folder = folder(&[
        ("one.py", "x = 2 + 3 * 4\ny = [x - 1, -x]\nprint(y[0] * x, x if y else 2)\nz = y[1] - x\nprint(not z, z < 3)\n"),
        ("dying", &format!("#!/bin/sh\nhead -n 7 | python3 {observer} --serve\n")),
        ("silent", &format!("#!/bin/sh\nhead -n 0 | python3 {observer} --serve\n")),
    ]);
    let at = folder.path();
    for script in ["dying", "silent"] {
        fs::set_permissions(at.join(script), fs::Permissions::from_mode(0o755)).expect("it may be run");
    }
    let read = |name: &str| fs::read_to_string(at.join(name)).expect("it is written");
    check(at, &["watch", "python", "one.py", "--out", "t"], 0, &[]);
    check(at, &["learn", "--from", "t", "--out", "alone"], 0, &[]);
    check(at, &["learn", "--from", "t", "--out", "asking", "--teacher", "python"], 0, &[]);
    assert_ne!(read("alone"), read("asking"), "answers taught nothing");
    assert!(!at.join("asking.asked").exists());

    let says = ["dying: it ended", "before its answer about asked-7 came", "the same command goes on"];
    check(at, &["learn", "--from", "t", "--out", "again", "--teacher", "./dying"], 3, &says);
    assert!(!at.join("again").exists());
    assert_eq!(read("again.asked").lines().count(), 8);
    // Seven answers are known, so the eighth question is the first.
    let says = ["before its answer about asked-7 came"];
    check(at, &["learn", "--from", "t", "--out", "again", "--teacher", "./silent"], 3, &says);
    check(at, &["learn", "--from", "t", "--out", "again", "--teacher", "python"], 0, &[]);
    assert_eq!(read("again"), read("asking"));
}
