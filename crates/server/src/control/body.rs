//! Bodies of the operator's calls: typed, and nothing unknown in them.

use super::problem::Problem;
use hyper::StatusCode;
use serde::de::DeserializeOwned;

/// How much of a member's path, and of what is wrong with it, a text repeats, in characters: both may hold names that the
/// caller made up.
const TOLD_MAX: usize = 300;

/// Reads a body, which is an object: serde would take a list for one as well.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    if body.trim_ascii_start().first() != Some(&b'{') {
        let text = "The body is not a JSON object; openapi.json describes it.";
        return Err(Problem::new(StatusCode::BAD_REQUEST, "BadRequest", text));
    }
    let mut document = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut document).map_err(|error| {
        let member = bounded(&error.path().to_string());
        let text = bounded(&error.into_inner().to_string());
        match &*member {
            "." => Problem::new(StatusCode::BAD_REQUEST, "BadRequest", format!("The body: {text}")),
            _ => Problem::member(member.clone(), format!("{member}: {text}")),
        }
    })?;
    let rest = |error| Problem::new(StatusCode::BAD_REQUEST, "BadRequest", format!("The body: {error}"));
    document.end().map_err(rest)?;
    Ok(value)
}

fn bounded(text: &str) -> String {
    text.chars().take(TOLD_MAX).collect()
}

/// Reads the body of a call that takes nothing: it may be empty.
pub(super) fn read_nothing(body: &[u8]) -> Result<(), Problem> {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Nothing {}
    if body.is_empty() {
        return Ok(());
    }
    read::<Nothing>(body).map(|Nothing {}| ())
}
