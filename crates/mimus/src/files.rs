//! Reading and writing files, with messages that name them.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use mimus_knowledge::Knowledge;

use crate::failure::Failure;

/// The knowledge that ships with the program.
const SHIPPED: &str = include_str!(concat!(env!("OUT_DIR"), "/shipped.mimus"));

/// The text of a file.
pub fn read_text(path: &Path) -> Result<String, Failure> {
    let bytes = fs::read(path).map_err(|e| Failure::file("read", path, &e))?;
    String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        Failure::new(format!("{}: not UTF-8 text (byte {at})", path.display()))
    })
}

/// Writes a file whole or not at all: a reader never sees half of it, and an interrupted write leaves the old one.
pub fn write_whole(path: &Path, text: &str) -> Result<(), Failure> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|e| Failure::file("create", folder, &e))?;
    }
    let write = || {
        let mut file = fs::File::create(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    write().map_err(|e| Failure::file("write", path, &e))
}

/// Loads knowledge: from a file, or else what ships with the program.
pub fn knowledge(path: Option<&Path>) -> Result<Arc<Knowledge>, Failure> {
    let (name, text) = match path {
        Some(path) => (path.display().to_string(), read_text(path)?),
        None => ("the shipped knowledge".into(), SHIPPED.into()),
    };
    let knowledge = Knowledge::from_text(&name, &text)?;
    if knowledge.constructs.is_empty() {
        return Err(Failure::new(format!("{name} holds no constructs"))
            .advise("learn some (`cargo xtask learn`, or `mimus learn`), or give a file with --knowledge"));
    }
    Ok(Arc::new(knowledge))
}

/// All files with a given extension below the given files and folders, in name order; a file that is named itself always counts.
pub fn collect(paths: &[PathBuf], extension: &str) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let entries = fs::read_dir(path).map_err(|e| Failure::file("read", path, &e))?;
            let mut inner: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
            inner.retain(|p| p.is_dir() || p.extension().is_some_and(|e| e == extension));
            inner.sort();
            found.extend(collect(&inner, extension)?);
        } else if path.is_file() {
            found.push(path.clone());
        } else {
            return Err(Failure::new(format!("cannot read {}: there is no such file or folder", path.display())));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_replaces_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/out.txt");
        write_whole(&path, "one").unwrap();
        write_whole(&path, "two").unwrap();
        assert_eq!(read_text(&path).unwrap(), "two");
        assert_eq!(fs::read_dir(folder.path().join("new")).unwrap().count(), 1);
    }

    #[test]
    fn folders_are_searched_in_name_order() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.x", "a.x", "c.y", "in/d.x"] {
            write_whole(&folder.path().join(name), "").unwrap();
        }
        let found = collect(&[folder.path().into()], "x").unwrap();
        let names: Vec<_> = found.iter().map(|p| p.strip_prefix(folder.path()).unwrap().to_str().unwrap()).collect();
        assert_eq!(names, ["a.x", "b.x", "in/d.x"]);
        assert!(collect(&[folder.path().join("none")], "x").is_err());
    }
}
