//! A copy of the tree to break things in.
//!
//! The modules of the operations are declared by a macro, which cargo-mutants does not look into. In the copy they are
//! declared a second time, literally, in a way that compiles to nothing.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The file with the list of operations.
const LIST: &str = "crates/core/src/ops/mod.rs";

/// Makes `copy` the same as `tree`, but for those declarations. What is the same already keeps its time, so that cargo
/// builds only what differs.
pub(super) fn refresh(tree: &Path, copy: &Path) -> Result<(), String> {
    let files = files(tree)?;
    for file in &files {
        let source = tree.join(file);
        let mut bytes = fs::read(&source).map_err(|error| format!("{}: {error}", source.display()))?;
        if file == LIST {
            let declared = declarations(&String::from_utf8_lossy(&bytes))?;
            bytes.extend_from_slice(declared.as_bytes());
        }
        write(&copy.join(file), &bytes)?;
    }
    remove_others(copy, copy, &|path| files.iter().any(|file| Path::new(file) == path))
}

/// What git knows of, and what it does not ignore, as far as it is there.
fn files(tree: &Path) -> Result<Vec<String>, String> {
    let mut git = Command::new("git");
    git.current_dir(tree).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let listed = git.output().map_err(|error| format!("git does not list the files: {error}"))?;
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let files = listed.split('\0').filter(|file| !file.is_empty() && tree.join(file).is_file());
    Ok(files.map(str::to_owned).collect())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    if fs::read(path).is_ok_and(|before| before == bytes) {
        return Ok(());
    }
    let folder = path.parent().expect("a file lies in a folder");
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, bytes));
    written.map_err(|error| format!("{}: {error}", path.display()))
}

/// Takes away the sources that the tree has no more: cargo would take a test from them. Others do no harm.
fn remove_others(root: &Path, folder: &Path, is_wanted: &dyn Fn(&Path) -> bool) -> Result<(), String> {
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(told)? {
        let path = entry.map_err(told)?.path();
        let name = path.strip_prefix(root).expect("it lies under the root");
        if path.is_dir() {
            remove_others(root, &path, is_wanted)?;
        } else if !is_wanted(name) && name.starts_with("crates") {
            fs::remove_file(&path).map_err(told)?;
        }
    }
    Ok(())
}

/// The modules of the list `operations!`, declared so that they are seen and never compiled.
fn declarations(source: &str) -> Result<String, String> {
    let list = source.split_once("\noperations! {").and_then(|(_, rest)| rest.split_once("\n}"));
    let (list, _) = list.ok_or_else(|| format!("{LIST} has no list of operations"))?;
    let mut text = String::new();
    for line in list.lines().map(str::trim) {
        let written = match line.split_once(' ') {
            Some((module, rest)) if rest.starts_with("=>") => writeln!(text, "    mod {module};"),
            Some((resource, "{")) => writeln!(text, "\n#[cfg(any())]\nmod {resource} {{"),
            _ if line == "}" => writeln!(text, "}}"),
            _ => Ok(()),
        };
        written.expect("a text takes all");
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_declared_where_a_macro_does_not_hide_them() {
        let source = "mod find;\n\noperations! {\n    lag {\n        create_lag => CreateLag,\n        delete_lag => DeleteLag,\n    }\n    tag {\n        tag_resource => TagResource,\n    }\n}\n";
        let declared = "\n#[cfg(any())]\nmod lag {\n    mod create_lag;\n    mod delete_lag;\n}\n\n#[cfg(any())]\nmod tag {\n    mod tag_resource;\n}\n";
        assert_eq!(declarations(source).unwrap(), declared);
        assert!(declarations("mod find;").is_err());
    }

    #[test]
    fn every_operation_is_found() {
        let source = fs::read_to_string(crate::workspace().join(LIST)).unwrap();
        let declared = declarations(&source).unwrap();
        let listed = source.lines().filter(|line| line.trim().ends_with(',') && line.contains(" => ")).count();
        assert_eq!(declared.matches("    mod ").count(), listed, "{declared}");
        assert!(declared.contains("    mod associate_connection_with_lag;\n"));
    }
}
