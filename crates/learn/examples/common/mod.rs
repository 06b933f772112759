//! What the examples share: their arguments and the traces that they read.

use std::io::BufReader;

use mimus_trace::Program;

/// Takes an option and its value out of the arguments.
pub fn option(args: &mut Vec<String>, name: &str) -> Option<String> {
    let at = args.iter().position(|arg| arg == name)?;
    args.remove(at);
    Some(args.remove(at))
}

/// The programs of all files, and the teacher of the last.
pub fn read(files: impl IntoIterator<Item = String>) -> (Vec<Program>, String) {
    let mut programs = Vec::new();
    let mut teacher = String::new();
    for file in files {
        let input = BufReader::new(std::fs::File::open(&file).expect("the trace opens"));
        let header = mimus_trace::read_trace(&file, input, |program| programs.push(program)).expect("the trace is well formed");
        teacher = header.teacher;
    }
    (programs, teacher)
}

/// Programs with activations, and those without.
pub fn parted(programs: Vec<Program>) -> (Vec<Program>, Vec<Program>) {
    programs.into_iter().partition(|program| !program.acts.is_empty())
}
