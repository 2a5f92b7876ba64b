//! `cargo xtask codegen`: generates `crates/api/src/generated` from the model file.
//!
//! The generated files are committed; a test fails when they differ from what this yields.

mod names;
mod operations;
mod schema;
mod shapes;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::{fs, thread};

use crate::Outcome;
use crate::model::file::Model;

/// Arguments of the subcommand.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Writes nothing; fails if a committed file differs from what would be generated.
    #[arg(long)]
    check: bool,
}

/// Runs the subcommand.
pub(crate) fn run(args: &Args) -> Outcome {
    let files = generate()?;
    if args.check {
        return match outdated(&files) {
            stale if stale.is_empty() => Ok(()),
            stale => Err(format!("not what `cargo xtask codegen` yields: {}", stale.join(", "))),
        };
    }
    fs::create_dir_all(folder()).map_err(|error| error.to_string())?;
    for (name, text) in &files {
        fs::write(folder().join(name), text).map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(())
}

/// Where the generated files lie.
fn folder() -> PathBuf {
    crate::workspace().join("crates/api/src/generated")
}

/// Every generated file: its name and its text.
fn generate() -> Result<Vec<(&'static str, String)>, String> {
    let path = crate::model::path();
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let model = Model::parse(&text)?;
    names::check(&model)?;
    [
        ("mod.rs", module()),
        ("codec.rs", shapes::codec(&model)),
        ("enums.rs", shapes::enums(&model)),
        ("operations.rs", operations::operations(&model)),
        ("schema.rs", schema::schema(&model)),
        ("shapes.rs", shapes::structures(&model)),
    ]
    .into_iter()
    .map(|(name, body)| Ok((name, format(&body)?)))
    .collect()
}

/// The generated module itself.
fn module() -> String {
    "//! Everything that `cargo xtask codegen` makes of the model. Not edited by hand.\n\n\
     mod codec;\npub(crate) mod enums;\npub(crate) mod operations;\npub(crate) mod schema;\npub mod shapes;\n"
        .to_owned()
}

/// The names of committed files that differ from `files`, and of files that no longer belong there.
fn outdated(files: &[(&'static str, String)]) -> Vec<String> {
    let mut stale: Vec<String> = files
        .iter()
        .filter(|(name, text)| fs::read_to_string(folder().join(name)).ok().as_ref() != Some(text))
        .map(|(name, _)| (*name).to_owned())
        .collect();
    let present = fs::read_dir(folder()).into_iter().flatten().flatten();
    stale.extend(
        present
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .filter(|found| files.iter().all(|(name, _)| name != found)),
    );
    stale
}

/// Formats Rust source with the toolchain's rustfmt.
fn format(source: &str) -> Result<String, String> {
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--emit", "stdout"])
        .current_dir(crate::workspace())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("rustfmt cannot be started: {error}"))?;
    let mut stdin = child.stdin.take().expect("rustfmt's input was asked for");
    let source = source.to_owned();
    // Written from a thread of its own, because rustfmt may fill its output before it has read all.
    let writer = thread::spawn(move || stdin.write_all(source.as_bytes()));
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    writer.join().expect("writing does not panic").map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err("rustfmt refused generated code, see above".to_owned());
    }
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn committed_files_are_what_the_model_yields() {
        assert_eq!(
            outdated(&generate().expect("the model is sound")),
            Vec::<String>::new(),
            "run `cargo xtask codegen`"
        );
    }
}
