//! Starting CPython with the observer.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// The teacher's name on the command line.
pub const NAME: &str = "python";

/// How the names of Python programs end.
pub const EXTENSION: &str = "py";

/// Words, operators and messages of Python that no other crate may hold. See the file's own first lines.
pub const VOCABULARY: &str = include_str!("../vocabulary.txt");

/// The files of the observer and of the fresh calls: path and text.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The oldest CPython whose syntax trees the observer reads.
const OLDEST: (u32, u32) = (3, 11);

/// A place on disk that holds the observer, for as long as the value lives.
pub struct Launch {
    folder: TempDir,
}

/// Which fresh calls are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Calls of each operation, at most.
    pub calls: usize,
    /// Where random choices start.
    pub seed: u64,
    /// Operations whose names hold this or match it.
    pub only: String,
    /// Every so many-th operation ...
    pub of: usize,
    /// ... from this one on.
    pub part: usize,
}

/// Why CPython cannot be observed: one sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaunchError(pub String);

impl Launch {
    /// Unpacks the observer, and makes sure that a CPython new enough is there.
    pub fn new() -> Result<Self, LaunchError> {
        check_interpreter("python3")?;
        let failed = |e: std::io::Error| LaunchError(format!("the observer could not be unpacked in a temporary folder: {e}"));
        let folder = tempfile::Builder::new().prefix("mimus-python-").tempdir().map_err(failed)?;
        for (path, text) in FILES {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).and_then(|()| fs::write(&path, text)).map_err(failed)?;
        }
        Ok(Self { folder })
    }

    /// The command that answers questions (docs/trace-format.md, "Asking a teacher").
    pub fn serve(&self) -> Command {
        let mut command = self.python();
        command.arg(self.folder.path().join("observer")).arg("--serve");
        command
    }

    /// The command that runs a program as it is, without observing it.
    pub fn plain(&self, program: &Path) -> Command {
        let mut command = self.python();
        command.arg(program);
        command
    }

    /// The command that writes fresh calls of every operation and what they give (README.md of this folder).
    pub fn fresh(&self, wanted: &Wanted) -> Command {
        let mut command = self.python();
        command.arg(self.folder.path().join("fresh"));
        command.args(["--calls", &wanted.calls.to_string(), "--seed", &wanted.seed.to_string()]);
        command.arg(format!("--only={}", wanted.only)).args(["--part", &format!("{}/{}", wanted.part, wanted.of)]);
        command
    }

    fn python(&self) -> Command {
        let mut command = Command::new("python3");
        // Bytecode files would be written into the temporary folder; text must be the same on every machine.
        command.arg("-B").env("PYTHONIOENCODING", "utf-8").env("PYTHONHASHSEED", "0").stdin(Stdio::null());
        command
    }
}

fn check_interpreter(name: &str) -> Result<(), LaunchError> {
    let needed = format!("python3 (CPython {}.{} or newer)", OLDEST.0, OLDEST.1);
    let asked = Command::new(name).args(["-c", "import sys; print(*sys.version_info[:2])"]).stdin(Stdio::null()).output();
    let Ok(answer) = asked else {
        return Err(LaunchError(format!("{needed} is needed for this and is not on the PATH; install it and try again")));
    };
    let text = String::from_utf8_lossy(&answer.stdout);
    let mut numbers = text.split_whitespace().map(|n| n.parse::<u32>());
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) if (major, minor) >= OLDEST => Ok(()),
        (Some(Ok(major)), Some(Ok(minor))) => {
            Err(LaunchError(format!("{needed} is needed for this; the python3 on the PATH is {major}.{minor}")))
        }
        _ => Err(LaunchError(format!("{needed} is needed for this; the python3 on the PATH did not say its version"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_interpreter_gets_one_sentence() {
        let LaunchError(said) = check_interpreter("no-such-interpreter").unwrap_err();
        assert_eq!(said, "python3 (CPython 3.11 or newer) is needed for this and is not on the PATH; install it and try again");
    }

    #[test]
    fn something_else_under_that_name_is_noticed() {
        assert!(check_interpreter("true").unwrap_err().0.contains("did not say its version"));
    }

    /// The observer, the lessons and the alien languages have tests of their own, in Python.
    #[test]
    fn the_python_side_passes_its_tests() {
        let root = env!("CARGO_MANIFEST_DIR");
        let tests = Command::new("python3").args(["-B", "-m", "unittest", "discover", "-s", root, "-t", root]).output();
        let tests = tests.expect("python3 starts; it is needed for the tests");
        assert!(tests.status.success(), "{}", String::from_utf8_lossy(&tests.stderr));
    }
}
