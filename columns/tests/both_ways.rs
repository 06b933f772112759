//! What is packed comes back.

use std::fs;
use std::path::PathBuf;

use mimus_columns::{pack, unpack};

const HEADER: &str = r#"{"mimus-trace": 1, "teacher": "t 1"}"#;
const PROGRAMS: [&str; 2] = [
    r#"{"id":"a","source":"1","spans":[[0,1,-1,"block"],[0,1,0,"stmt"],[0,1,1,"expr"]]}"#,
    r#"{"id":"b","source":"1","spans":[[0,1,-1,"block"],[0,1,0,"stmt"],[0,1,1,"expr"]],"objects":[],"acts":[{"span":0},{"span":1,"parent":0},{"span":2,"parent":1,"value":1}],"out":"\u00e9\n"}"#,
];

struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in files {
            fs::write(folder.path().join(name), text).expect("a file");
        }
        Self(folder)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

fn values(text: &str) -> Vec<serde_json::Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn programs_come_back() {
    let trace = [HEADER, PROGRAMS[0], PROGRAMS[1]].join("\n");
    let folder = Folder::new(&[("one.jsonl", &trace), ("two.jsonl", &trace)]);
    let packed = folder.at("all.parquet");
    assert_eq!(pack(&[folder.at("one.jsonl"), folder.at("two.jsonl")], &packed).expect("it packs"), 4);
    assert_eq!(unpack(&packed, &folder.at("back.jsonl")).expect("it unpacks"), 4);
    let back = fs::read_to_string(folder.at("back.jsonl")).expect("a trace");
    assert_eq!(values(&back), values(&[&trace, PROGRAMS[0], PROGRAMS[1]].map(|t| t.to_string()).join("\n")));
}

#[track_caller]
fn check_pack(files: &[(&str, &str)], says: &str) {
    let folder = Folder::new(files);
    let traces: Vec<PathBuf> = files.iter().map(|(name, _)| folder.at(name)).collect();
    let why = pack(&traces, &folder.at("out.parquet")).expect_err("it must not pack").to_string();
    assert!(why.contains(says), "{why}");
    assert!(!folder.at("out.parquet").exists() && !folder.at("out.part").exists(), "nothing is left behind");
}

#[test]
fn traces_that_are_none() {
    let with = |line: &str| format!("{HEADER}\n{line}\n");
    check_pack(&[("a.jsonl", "hello\n")], "a.jsonl");
    check_pack(&[("a.jsonl", "")], "a.jsonl");
    check_pack(&[("a.jsonl", &with(r#"{"id":"a"}"#))], "line 2");
    check_pack(&[("a.jsonl", &with(&PROGRAMS[0].replace("\"id\"", "\"colour\":1,\"id\"")))], "line 2");
    check_pack(&[("a.jsonl", &with("")), ("b.jsonl", &with("").replace("t 1", "t 2"))], "another teacher");
}

#[test]
fn files_that_are_no_parquet() {
    let folder = Folder::new(&[("empty", ""), ("text", "hello"), ("cut", "PAR1....")]);
    for name in ["empty", "text", "cut", "absent"] {
        let why = unpack(&folder.at(name), &folder.at("out.jsonl")).expect_err("it must not unpack").to_string();
        assert!(why.contains(name), "{why}");
        assert!(!folder.at("out.jsonl").exists());
    }
}
