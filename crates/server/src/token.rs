//! The operator's token: who may use the control API where callers must prove who they are.

use crate::Failure;
use crate::private_file::PrivateFile;
use crossconnect_auth::signature::Secret;
use std::path::Path;

/// Its file in the directory of a store, unless another one is given.
pub(crate) const FILE: &str = "operator-token";
/// The shortest one that an operator may choose, in characters.
const LENGTH_MIN: usize = 32;

/// Reads the token of a file, or makes both.
pub(crate) fn load(path: &Path) -> Result<Secret, Failure> {
    let file = PrivateFile { path, what: "the operator's token", setting: "--token-file" };
    let text = file.load()?;
    if text.len() < LENGTH_MIN || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(file.refused(format!(
            "holds no operator's token: expected at least {LENGTH_MIN} printable characters of ASCII, or no such file"
        )));
    }
    Ok(Secret::new(&text))
}
