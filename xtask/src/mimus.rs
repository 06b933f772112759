//! Building and calling the program itself.

use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The root of the workspace.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Builds the program as the README's first command does, with the knowledge that lies in the tree now.
pub fn build() -> Result<(), String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["build", "--release", "--package", "mimus"]).current_dir(root());
    succeed(&mut command)
}

/// The built program, to be run at the root.
pub fn mimus() -> Command {
    // Cargo puts this program and that one into the same folder.
    let beside = std::env::current_exe().ok().and_then(|me| Some(me.parent()?.join("mimus")));
    let mut command = Command::new(beside.unwrap_or_else(|| "mimus".into()));
    command.current_dir(root());
    command
}

/// Runs a command to its end; failure is an error.
pub fn succeed(command: &mut Command) -> Result<(), String> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{command:?} failed: {status}")),
        Err(error) => Err(format!("{command:?} could not be started: {error}")),
    }
}

/// Runs a command to its end; what it says is shown only when it fails.
pub fn quietly(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|e| format!("{command:?} could not be started: {e}"))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(format!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr))),
    }
}

/// Runs a command and gives what it prints, whatever its exit code.
pub fn printed(command: &mut Command) -> Result<String, String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|e| format!("{command:?} could not be started: {e}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// An empty folder for what a chore makes on its way.
pub fn scratch(name: &str) -> Result<PathBuf, String> {
    let folder = std::env::temp_dir().join(format!("mimus-xtask-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    Ok(folder)
}
