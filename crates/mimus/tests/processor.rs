//! Learned processors on the command line, tried on a made-up one: twelve-bit addresses, cells of ten bits, codes of two cells.

mod common;

use std::fs;
use std::path::Path;

use common::{Called, KNOWLEDGE, call_in, folder};

/// `00 01 c`: k becomes k + c. `00 02 c`: k is stored at c. `00 03`: nothing moves. `00 04`: stops. `00 05`: nobody knows.
const PROCESSOR: &str = r#"mimus processor 1
teacher "made up 1"
layout {"registers":[{"name":"ip","bits":12},{"name":"k","bits":10},{"name":"f","bits":3,"fields":[{"name":"even","low":0,"bits":1},{"name":"top","low":1,"bits":2}]}],"memory":{"address":12,"cell":10},"code":{"at":"ip","cells":2}}

instruction 00 01
  seen 12
  example "00 01 005"
  read
    means 1 add(a0, 2)
  set k
    means 0.9 add(a1, a4)
    means 0.06 bit_or(a1, a4)
  set even
    means 1 bit_of(equal(bit_and(a5, 1), 0))
  set top
    means 1 shift_right(a5, 8)
  set ip
    means 1 add(a0, 3)
instruction 00 02
  seen 7
  example "00 02 100"
  read
    means 1 add(a0, 2)
  address 0
    means 1 a4
  value 0
    means 1 a1
  set ip
    means 1 add(a0, 3)
instruction 00 03
  set k
    means 1 a1
instruction 00 04
  stop
    means 1 1
instruction 00 05
  set k
  set ip
    means 1 add(a0, 2)
"#;

/// Cells as an image has them: two bytes each, the lower first.
fn image(cells: &[u16]) -> Vec<u8> {
    cells.iter().flat_map(|cell| cell.to_le_bytes()).collect()
}

fn with_programs() -> tempfile::TempDir {
    let folder = folder(&[("k", PROCESSOR), ("language", KNOWLEDGE), ("empty", ""), ("odd", "abc")]);
    let programs: [(&str, &[u16]); 5] = [
        ("adds", &[0, 1, 5, 0, 1, 1022, 0, 2, 0x100, 0, 3]),
        ("stops", &[0, 1, 5, 0, 4]),
        ("unknown", &[0, 3, 0, 9]),
        ("half", &[0, 5]),
        ("wide", &[0, 0xffff]),
    ];
    for (name, cells) in programs {
        fs::write(folder.path().join(name), image(cells)).expect("an image");
    }
    folder
}

/// Calls `mimus` with these words; what it prints, and what it says, must hold these parts.
#[track_caller]
fn check(folder: &Path, words: &str, code: i32, prints: &[&str], says: &[&str]) -> Called {
    let words: Vec<String> = words.split(' ').map(|word| word.replace('_', " ")).collect();
    let called = call_in(folder, &words.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(called.code, code, "{words:?}: {called:?}");
    for (parts, text) in [(prints, &called.out), (says, &called.err)] {
        for part in parts {
            assert!(text.contains(part), "{words:?}: `{text}` lacks `{part}`");
        }
    }
    called
}

#[test]
fn programs_run() {
    let folder = with_programs();
    let at = folder.path();
    let ends = ["ip=009 k=003 f=0\nf: even=0 top=0\n4 instructions in ", "ended at 009: an instruction led to itself"];
    check(at, "cpu run adds --knowledge k --stop-on-loop", 0, &ends, &[]);
    let ends = ["ip=409 k=003 f=0", "ended at 409"];
    check(at, "cpu run adds --knowledge k --stop-on-loop --load 0x400", 0, &ends, &[]);
    let ends = ["ip=009 k=3fe f=7", "\n3 instructions", "ended at 009"];
    check(at, "cpu run adds --knowledge k --stop-on-loop --start 3 --set k=0_f=2", 0, &ends, &[]);
    check(at, "cpu run stops --knowledge k", 0, &["ip=003 k=005", "2 instructions", "the processor stopped"], &[]);
    let says = ["adds, at 003: the allowed number of instructions was run", "--fuel"];
    check(at, "cpu run adds --knowledge k --fuel 1", 2, &["ip=003 k=005", "1 instructions"], &says);
    let says = ["unknown, at 002: not learned: what 000 009 does"];
    check(at, "cpu run unknown --knowledge k --start $2", 2, &["0 instructions"], &says);
    check(
        at,
        "cpu run half --knowledge k",
        2,
        &[],
        &["half, at 000: not learned, or not defined here: k by 000 005", "mimus show"],
    );
}

#[test]
fn runs_are_traced_and_memory_is_written_out() {
    let folder = with_programs();
    let at = folder.path();
    let called = check(at, "cpu run adds --knowledge k --stop-on-loop --trace --dump out", 0, &[], &[]);
    let lines: Vec<_> = called.out.lines().collect();
    assert_eq!(lines[..4], ["000  000 001  k=005", "003  000 001  k=003", "006  000 002  [100]=003", "009  000 003"]);
    assert!(lines[4].starts_with("ip=009 k=003"), "{called:?}");
    let dumped = fs::read(at.join("out")).expect("memory");
    assert_eq!((dumped.len(), &dumped[0x200..0x204]), (2 << 12, &[3, 0, 0, 0][..]));
    check(at, "cpu run stops --knowledge k --trace", 0, &["000  000 001  k=005\n003  000 004\nip=003"], &[]);
}

#[test]
fn single_steps_are_answered() {
    let folder = with_programs();
    let at = folder.path();
    let after = "ip=003 k=00c f=1\nf: even=1 top=0\nchanged: ip 000 -> 003, k 007 -> 00c, even 0 -> 1\n\
                 confidence 90.0 %; least sure: k, 90.0 %\n";
    assert_eq!(check(at, "cpu step 0_1_5 --knowledge k --state k=7", 0, &[], &[]).out, after);
    // Both rivals give the same.
    check(at, "cpu step 0_1_5 --knowledge k --state k=8", 0, &["confidence 96.0 %"], &[]);
    let changed = "changed: ip fff -> 002, [030] 001 -> 3ff\nconfidence 100 %\n";
    check(at, "cpu step 0_2 --knowledge k --state ip=fff,k=3ff --memory 001=30_030=1", 0, &[changed], &[]);
    check(at, "cpu step 0_4 --knowledge k --state f=6", 0, &["f=6\nf: even=0 top=3\nchanged: the processor stops\n"], &[]);
    check(at, "cpu step 0_3 --knowledge k --state top=3", 0, &["f=6", "changed: nothing\n"], &[]);
    check(at, "cpu step 0_9 --knowledge k", 2, &[], &["not learned: what 000 009 does"]);
    check(at, "cpu step 0_5 --knowledge k", 2, &[], &["not learned, or not defined here: k by 000 005"]);
    let json = check(at, "cpu step 0_1_5 --knowledge k --state k=7 --json", 0, &[], &[]).out;
    let answer: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((&answer["registers"]["k"], &answer["parts"]["even"]), (&12.into(), &1.into()), "{json}");
    assert_eq!((&answer["changed"][1], &answer["least_sure"]["what"]), (&"k".into(), &"k".into()), "{json}");
    check(at, "cpu step 0_9 --knowledge k --json", 2, &["{\"not_learned\":\"not learned: what 000 009 does\"}\n"], &[]);
}

#[test]
fn what_is_known_is_shown() {
    let folder = with_programs();
    let at = folder.path();
    assert_eq!(
        check(at, "show --knowledge k", 0, &[], &[]).out,
        "learned from made up 1\n\
         registers (bits): ip (12), k (10), f (3: even top)\n\
         memory: addresses of 12 bits, cells of 10; the 2 cells at ip say what a step does\n\
         4 of 5 instructions are complete\n\n\
         code     seen  share   example    what it does\n\
         000 001  12    90.0 %  00 01 005  m1 = memory[ip + 2]; k <- k + m1; even <- ((k' & 1) = 0); top <- k' >> 8...\n\
         000 002  7     100 %   00 02 100  m1 = memory[ip + 2]; memory[m1] <- k; ip <- ip + 3\n\
         000 003  0     100 %\n\
         000 004  0     100 %              stops\n\
         000 005  0     -                  k <- not learned; ip <- ip + 2\n"
    );
    assert_eq!(
        check(at, "show 0_1 --knowledge k", 0, &[], &[]).out,
        "000 001\n  seen 12 steps\n  example 00 01 005\n     100 %  m1 = memory[ip + 2]\n    90.0 %  k <- k + m1\n     6.0 %  or k <- k | m1\n     \
         100 %  even <- ((k' & 1) = 0)\n     100 %  top <- k' >> 8\n     100 %  ip <- ip + 3\n"
    );
    check(at, "show 0_2 --knowledge k", 0, &["     100 %  unchanged: k, even, top\n"], &[]);
    check(at, "show 0_9 --knowledge k", 3, &[], &["nothing is known of `0 9`"]);
    check(at, "show zz --knowledge k", 3, &[], &["`zz` cannot be read"]);
}

/// A record with this state after.
fn record(name: &str, k: u64, ram: &str) -> String {
    let before = r#""initial":{"ip":16,"k":7,"f":0,"ram":[[16,0],[17,2],[18,48],[48,1]]}"#;
    format!(r#"{{"name":"{name}",{before},"final":{{"ip":19,"k":{k},"f":0,"ram":[{ram}]}},"cycles":[[16,0,"read"]]}}"#)
}

#[test]
fn records_are_scored() {
    let right = record("one", 7, "[48,7]");
    let files = [
        ("k", PROCESSOR.to_string()),
        ("right.json", format!("[{right}]")),
        ("wrong.json", format!("[{right},{},{}]", record("two", 8, "[48,7]"), record("three", 7, "[48,9]"))),
        ("cut.json", format!("[{right},")),
        ("lacks.json", format!("[{}]", right.replace("[17,2],", ""))),
        ("others.json", format!("[{}]", right.replace("\"f\"", "\"g\""))),
        ("items", "{\"id\": \"a\"}".to_string()),
    ];
    let folder = folder(&files.each_ref().map(|(name, text)| (*name, text.as_str())));
    let at = folder.path();
    let told = "exact 1 of 1 steps (100.00 %), declined 0\ninstructions always exact 1 of 1\n\
                wrong at confidence >= 0.99: 0 of 1 answers; expected calibration error 0.0000\n";
    assert_eq!(check(at, "eval right.json --knowledge k", 0, &[], &[]).out, told);
    let prints = [
        "exact 2 of 4 steps (50.00 %)",
        "always exact 0 of 1",
        "0.99: 2 of 4 answers; expected calibration error 0.5",
        "  000 002 exact 50.00 % of 4; first two: k is 007, not 008\n",
    ];
    check(at, "eval right.json wrong.json --knowledge k", 0, &prints, &[]);
    check(at, "eval wrong.json --limit 1 --knowledge k", 0, &["exact 1 of 1"], &[]);
    check(
        at,
        "eval wrong.json --json --knowledge k",
        0,
        &["\"first_wrong\":\"two: k is 007, not 008\"", "\"wrong_at_99\":2"],
        &[],
    );
    check(at, "eval cut.json --knowledge k", 3, &[], &["cut.json, line 1, record: not an array of single-step records"]);
    check(at, "eval lacks.json --knowledge k", 3, &[], &["lacks.json, record 1: one: the cells of its code are not among"]);
    check(at, "eval others.json --knowledge k", 3, &[], &["initial: the machine has no register g"]);
    check(at, "eval right.json", 3, &[], &["right.json: no known machine has the registers f, ip, k", "--knowledge"]);
    check(at, "eval right.json none.json --knowledge k", 3, &[], &["cannot read none.json"]);
    check(at, "eval items items --knowledge k", 3, &[], &["several files can be scored together only"]);
    check(at, "eval items --machine any", 3, &[], &["items does not hold records of single steps"]);
}

#[test]
fn records_become_a_trace_that_is_learned_from() {
    let right = record("one", 7, "[48,7]");
    let files = [
        ("a.json", format!("[{right}]")),
        ("b.json", format!("[{}]", right.replace("\"k\":7", "\"k\":700"))),
        ("c.json", format!("[{}]", right.replace("\"k\"", "\"q\""))),
        ("d.json", format!("[{}]", right.replace("\"k\":7", "\"k\":-7"))),
        ("no.json", "{}".to_string()),
        ("programs.jsonl", "{\"mimus-trace\": 1, \"teacher\": \"t 1\"}\n".to_string()),
    ];
    let folder = folder(&files.each_ref().map(|(name, text)| (*name, text.as_str())));
    let at = folder.path();
    check(at, "watch records a.json b.json --out t", 0, &[], &["2 steps of records in t/records.jsonl"]);
    let trace = fs::read_to_string(at.join("t/records.jsonl")).expect("a trace");
    assert!(trace.starts_with("{\"layout\":{\"code\":{\"at\":\"ip\",\"cells\":1}"), "{trace}");
    assert!(trace.contains("{\"bits\":16,\"name\":\"k\"}") && trace.lines().count() == 3, "{trace}");
    check(at, "watch records a.json c.json --out t2", 3, &[], &["c.json has other registers than a.json"]);
    check(at, "watch records d.json --out t2", 3, &[], &["d.json, line 1, record: not an array of single-step records"]);
    check(at, "watch records no.json --out t2", 3, &[], &["no.json, line 1"]);
    check(at, "watch records --out t2", 3, &[], &["no files of records", "--help"]);
    check(at, "watch records a.json --out t2 --machine none", 3, &[], &["there is no machine none", "known are: "]);
    assert!(!at.join("t2").join("records.jsonl").exists());
    check(at, "learn --from t --out new", 0, &[], &["learned ", " instructions in "]);
    check(at, "show --knowledge new", 0, &["learned from records"], &[]);
    check(
        at,
        "learn --from t programs.jsonl --out x",
        3,
        &[],
        &["t/records.jsonl is a trace of steps, programs.jsonl of programs"],
    );
    check(at, "learn --out x --teacher nobody", 3, &[], &["nobody is no machine that may be asked", "known machines are: "]);
    check(at, "learn --from t --out x --teacher nobody", 3, &[], &["nobody is no machine that could be asked"]);
    fs::write(at.join("t/records.jsonl"), &trace[..trace.len() - 30]).expect("a trace that is cut off");
    check(at, "learn --from t --out x", 3, &[], &["t/records.jsonl, line 3, record: not a record"]);
    fs::write(at.join("t/records.jsonl"), trace.replace("\"mimus-trace\":1", "\"mimus-trace\":9")).expect("a newer trace");
    check(at, "learn --from t --out x", 3, &[], &["version 9 is newer than this program"]);
    assert!(!at.join("x").exists());
}

#[test]
fn what_cannot_be_used_is_said() {
    let folder = with_programs();
    let at = folder.path();
    fs::write(at.join("newer"), PROCESSOR.replace("processor 1", "processor 9")).expect("a file");
    fs::write(at.join("damaged"), PROCESSOR.replace("seen 12", "seen many")).expect("a file");
    fs::write(at.join("cut"), &PROCESSOR[..18]).expect("a file");
    fs::write(at.join("nothing"), &PROCESSOR[..PROCESSOR.find("\n\n").expect("a blank line")]).expect("a file");
    fs::write(at.join("large"), vec![0; 9000]).expect("a file");
    for (words, says) in [
        ("cpu run adds", &["which processor is not said", "--machine NAME ("][..]),
        ("cpu run adds --machine none", &["there is no machine none", "known are: "]),
        ("cpu run adds --knowledge none", &["cannot read none"]),
        ("cpu run adds --knowledge language", &["language is knowledge of a language, not of a processor", "mimus run"]),
        ("run empty --knowledge k", &["k is knowledge of a processor, not of a language", "mimus cpu"]),
        ("ask x --knowledge k", &["k is knowledge of a processor"]),
        ("cpu run adds --knowledge newer", &["newer, line 1: version 9 is newer than this program", "mimus learn"]),
        ("cpu run adds --knowledge damaged", &["damaged, line 6: `many` is not a count"]),
        ("cpu run adds --knowledge cut", &["cut, line 1: no layout: the file is cut off"]),
        ("cpu run adds --knowledge nothing", &["nothing holds no instructions", "mimus learn"]),
        ("cpu run adds --knowledge empty", &["empty, line 1: not knowledge of a processor"]),
        ("cpu run none --knowledge k", &["cannot read none"]),
        ("cpu run odd --knowledge k", &["odd: 3 bytes are no whole number of cells, which have 2 each"]),
        ("cpu run wide --knowledge k", &["wide: ffff at byte 2 is more than a cell of 10 bits holds"]),
        ("cpu run large --knowledge k", &["large is too large: 4500 cells, and memory has 4096 from 000 on", "--load"]),
        ("cpu run adds --knowledge k --load 0xffe", &["adds is too large: 11 cells, and memory has 2 from ffe on"]),
        ("cpu run adds --knowledge k --load 0x1000", &["--load 0x1000 lies outside of memory", "the highest address is 0xfff"]),
        ("cpu run adds --knowledge k --start 5000", &["--start 0x1388 lies outside of memory"]),
        ("cpu run adds --knowledge k --start zz", &["a number is written like 0x0400, $0400 or 1024"]),
        (
            "cpu run adds --knowledge k --set q=1",
            &["no register or field q", "the registers are ip, k, f; the fields of f are even, top"],
        ),
        ("cpu run adds --knowledge k --set k=400", &["`k=400`: k has 10 bits, which hold at most 3ff"]),
        ("cpu run adds --knowledge k --set k", &["`k` cannot be read", "r=ff"]),
        ("cpu run adds --knowledge k --set k=+1", &["`k=+1` cannot be read"]),
        ("cpu run adds --knowledge k --stop-on-loop --dump k/out", &["cannot create k"]),
        ("cpu step 0 --knowledge k", &["1 cells were given, and 2 choose what a step does"]),
        ("cpu step 0_zz --knowledge k", &["`zz` cannot be read", "in hexadecimal"]),
        ("cpu step 0_400 --knowledge k", &["`400`: a cell has 10 bits, which hold at most 3ff"]),
        ("cpu step 0_1 --knowledge k --memory 1000=1", &["`1000=1`: the highest address is fff"]),
        ("cpu step 0_1 --knowledge k --memory 1", &["`1` cannot be read", "10=ff"]),
        ("cpu step 0_1 --knowledge k --state even=2", &["even has 1 bits, which hold at most 1"]),
        ("cpu", &["Usage"]),
        ("cpu fly", &["unrecognized subcommand"]),
        ("eval", &["Usage"]),
    ] {
        let called = check(at, words, 3, &[], says);
        assert_eq!(called.out, "", "{words}");
    }
}
