//! Reading and writing files, with messages that name them.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use mimus_knowledge::{Knowledge, Processor};
use mimus_teacher_python as python;

use crate::failure::Failure;

// Names and texts.
include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

/// Knowledge that ships with the program, by the name of its teacher.
pub fn shipped(name: &str) -> Option<&'static str> {
    SHIPPED.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

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
    write_with(path, |file| file.write_all(text.as_bytes()))
}

/// The same for what is made bit by bit.
pub fn write_with(path: &Path, make: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|e| Failure::file("create", folder, &e))?;
    }
    let write = || {
        let mut file = io::BufWriter::new(fs::File::create(&beside)?);
        make(&mut file)?;
        file.into_inner()?.sync_all()?;
        fs::rename(&beside, path)
    };
    write().map_err(|e| Failure::file("write", path, &e))
}

/// Loads knowledge: from a file, or else what ships with the program.
pub fn knowledge(path: Option<&Path>) -> Result<Arc<Knowledge>, Failure> {
    let (name, text) = match path {
        Some(path) => (path.display().to_string(), read_text(path)?),
        None => ("the shipped knowledge".into(), shipped(python::NAME).unwrap_or_default().into()),
    };
    let nothing = || {
        Failure::new(format!("{name} holds no constructs"))
            .advise("learn some (`cargo xtask learn`, or `mimus learn`), or give a file with --knowledge")
    };
    if Processor::is_text(&text) {
        return Err(Failure::new(format!("{name} is knowledge of a processor, not of a language"))
            .advise("`mimus cpu` runs programs with it; `mimus show` and `mimus eval` take it as well"));
    }
    if path.is_none() && text.is_empty() {
        return Err(nothing());
    }
    let knowledge = Knowledge::from_text(&name, &text)?;
    if knowledge.constructs.is_empty() {
        return Err(nothing());
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
