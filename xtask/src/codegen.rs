//! `cargo xtask codegen`: generates Rust from the facts in `model/`.
//!
//! The generated files are committed; a test fails when they differ from what this yields.

mod catalogue;
mod names;
mod operations;
mod schema;
mod settings;
mod shapes;

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::{fs, thread};

use crate::Outcome;
use crate::model::file::Model;

/// The folder that holds generated files alone.
const API: &str = "crates/api/src/generated";

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
    for (path, text) in &files {
        let path = crate::workspace().join(path);
        let folder = path.parent().expect("every generated file lies in a folder");
        fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

/// Every generated file: its path in the workspace and its text.
fn generate() -> Result<Vec<(String, String)>, String> {
    let model = Model::parse(&facts("directconnect.json")?)?;
    names::check(&model)?;
    let api = [
        ("mod.rs", module()),
        ("codec.rs", shapes::codec(&model)),
        ("enums.rs", shapes::enums(&model)),
        ("operations.rs", operations::operations(&model)),
        ("schema.rs", schema::schema(&model)),
        ("shapes.rs", shapes::structures(&model)),
    ]
    .map(|(name, body)| (format!("{API}/{name}"), body));
    let core = [
        ("catalogue", catalogue::catalogue(&facts("locations.json")?)?),
        ("settings", settings::settings(&facts("delays.toml")?, &facts("quotas.toml")?)?),
    ]
    .map(|(module, body)| (format!("crates/core/src/{module}/generated.rs"), body));
    api.into_iter().chain(core).map(|(path, body)| Ok((path, format(&body)?))).collect()
}

/// The text of a file in `model/`.
fn facts(name: &str) -> Result<String, String> {
    let path = crate::workspace().join("model").join(name);
    fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The generated module of the API itself.
fn module() -> String {
    "//! Everything that `cargo xtask codegen` makes of the model. Not edited by hand.\n\n\
     mod codec;\npub(crate) mod enums;\npub(crate) mod operations;\npub(crate) mod schema;\npub mod shapes;\n"
        .to_owned()
}

/// The committed files that differ from `files`, and the files that no longer belong in the API's folder.
fn outdated(files: &[(String, String)]) -> Vec<String> {
    let is_stale = |(path, text): &&(String, String)| {
        fs::read_to_string(crate::workspace().join(path)).ok().as_ref() != Some(text)
    };
    let mut stale: Vec<String> = files.iter().filter(is_stale).map(|(path, _)| path.clone()).collect();
    let present = fs::read_dir(crate::workspace().join(API)).into_iter().flatten().flatten();
    stale.extend(
        present
            .map(|entry| format!("{API}/{}", entry.file_name().to_string_lossy()))
            .filter(|found| files.iter().all(|(path, _)| path != found)),
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
