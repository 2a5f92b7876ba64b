//! Finds and reads the model that botocore ships.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Keys that hold prose, or point to it.
const PROSE: [&str; 4] = ["documentation", "documentationUrl", "deprecatedMessage", "examples"];

/// Keys whose value maps the model's own names, among which a member may be called like a key of prose.
const NAMES: [&str; 3] = ["operations", "shapes", "members"];

/// The path of the newest Direct Connect model of the botocore that python3 finds.
pub(super) fn installed() -> Result<PathBuf, String> {
    let output = Command::new("python3")
        .args(["-c", "import botocore, os; print(os.path.dirname(botocore.__file__))"])
        .output()
        .map_err(|error| format!("python3 cannot be started: {error}"))?;
    if !output.status.success() {
        return Err("python3 finds no botocore; name a service-2.json with --from".to_owned());
    }
    let package = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let folder = Path::new(&package).join("data/directconnect");
    let versions = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let newest = versions.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).max();
    let newest = newest.ok_or_else(|| format!("{} is empty", folder.display()))?;
    ["service-2.json.gz", "service-2.json"]
        .into_iter()
        .map(|name| newest.join(name))
        .find(|path| path.exists())
        .ok_or_else(|| format!("{} has no service-2.json", newest.display()))
}

/// Reads a model, gzipped or not.
pub(super) fn read(path: &Path) -> Result<Value, String> {
    let at = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let bytes = fs::read(path).map_err(|error| at(&error))?;
    let mut text = String::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).map_err(|error| at(&error))?;
    } else {
        text = String::from_utf8(bytes).map_err(|error| at(&error))?;
    }
    serde_json::from_str(&text).map_err(|error| at(&error))
}

/// Drops everything that is prose, at every depth.
pub(super) fn drop_prose(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|key, _| !PROSE.contains(&key.as_str()));
            for (key, inner) in map {
                match inner {
                    Value::Object(named) if NAMES.contains(&key.as_str()) => {
                        named.values_mut().for_each(drop_prose);
                    }
                    _ => drop_prose(inner),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(drop_prose),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn prose_goes_and_names_stay() {
        let mut model = json!({
            "documentation": "<p>What it is</p>",
            "shapes": {"documentation": {"type": "structure", "documentation": "x", "members": {
                "examples": {"shape": "A", "documentation": "y", "deprecatedMessage": "z"}}}},
        });
        drop_prose(&mut model);
        let kept = json!({"shapes": {"documentation": {"type": "structure", "members": {"examples": {"shape": "A"}}}}});
        assert_eq!(model, kept);
    }
}
