//! `cargo xtask model`: refreshes `model/directconnect.json` from an installed botocore.
//!
//! Only facts of the wire are kept; all prose is dropped, because it is not ours to publish.

mod botocore;
pub(crate) mod file;
mod report;

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

use serde_json::Value;

use crate::Outcome;
use file::Model;

/// Arguments of the subcommand.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A service-2.json, gzipped or not; without it, that of the botocore which python3 finds.
    #[arg(long, value_name = "PATH")]
    from: Option<PathBuf>,
    /// Reports only, writes nothing.
    #[arg(long)]
    check: bool,
    /// Also writes when something would be gone, as with an older botocore.
    #[arg(long)]
    allow_removals: bool,
}

/// Where the model file lies.
pub(crate) fn path() -> PathBuf {
    crate::workspace().join("model/directconnect.json")
}

/// Runs the subcommand.
pub(crate) fn run(args: &Args) -> Outcome {
    let from = match &args.from {
        Some(path) => path.clone(),
        None => botocore::installed()?,
    };
    let mut fresh = botocore::read(&from)?;
    botocore::drop_prose(&mut fresh);
    let text = render(&fresh);
    // A model that codegen could not read must not replace one that it can.
    Model::parse(&text)?;
    let kept = fs::read_to_string(path()).map_err(|error| error.to_string())?;
    let kept = serde_json::from_str(&kept).map_err(|error| error.to_string())?;
    let report = report::compare(&kept, &fresh);
    let mut text_of_report = format!("{}: {}\n", from.display(), report.summary());
    for line in &report.lines {
        text_of_report += &format!("  {line}\n");
    }
    // A reader that stops early, such as `head`, is no failure.
    let _ = io::stdout().write_all(text_of_report.as_bytes());
    if args.check || report.lines.is_empty() {
        return Ok(());
    }
    if report.gone > 0 && !args.allow_removals {
        return Err(
            "nothing written, because something would be gone; --allow-removals writes it all the same".to_owned()
        );
    }
    fs::write(path(), text).map_err(|error| error.to_string())?;
    println!("written; run `cargo xtask codegen`");
    Ok(())
}

/// The text of a model: one member a line, in the order of the source, so that a diff shows facts.
fn render(model: &Value) -> String {
    let mut bytes = Vec::new();
    let indent = serde_json::ser::PrettyFormatter::with_indent(b" ");
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, indent);
    serde::Serialize::serialize(model, &mut serializer).expect("a value in memory is written");
    bytes.push(b'\n');
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kept_model_is_written_as_a_refresh_would_write_it() {
        let kept = fs::read_to_string(path()).expect("the model is there");
        let model = serde_json::from_str(&kept).expect("the model is JSON");
        assert!(render(&model) == kept, "model/directconnect.json was edited by hand");
    }
}
