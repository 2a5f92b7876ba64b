//! The operator's token: who may use the control API where callers must prove who they are.
//!
//! It lives in a file that its owner alone may read, and is made where there is none. It is never shown or logged.

use crate::Failure;
use crate::clock;
use crossconnect_auth::signature::Secret;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

/// Its file in the directory of a store, unless another one is given.
pub(crate) const FILE: &str = "operator-token";
/// A token of our own making, in bytes before it is written in hexadecimal digits.
const LENGTH: usize = 32;
/// The shortest one that an operator may choose, in characters.
const LENGTH_MIN: usize = 32;
/// The longest one that is read, in bytes.
const LENGTH_MAX: u64 = 4096;

/// Reads the token of a file, or makes both.
pub(crate) fn load(path: &Path) -> Result<Secret, Failure> {
    let cannot = |doing: &str, error: io::Error| {
        Failure::Usage(format!("cannot {doing} the operator's token {}: {error}", path.display()))
    };
    if let Err(error) = fs::metadata(path) {
        match error.kind() {
            ErrorKind::NotFound => make(path).map_err(|error| cannot("make", error))?,
            _ => return Err(cannot("read", error)),
        }
    }
    let file = File::open(path).map_err(|error| cannot("read", error))?;
    let facts = file.metadata().map_err(|error| cannot("read", error))?;
    let refused = |text: String| Err(Failure::Usage(format!("{} {text}", path.display())));
    let mode = facts.permissions().mode() & 0o777;
    if !facts.is_file() {
        return refused("is not a file; the operator's token is kept in one".to_owned());
    }
    if mode & 0o077 != 0 {
        return refused(format!(
            "has the mode {mode:04o}, so that others may use the operator's token; expected 0600, and a new token"
        ));
    }
    let text = io::read_to_string(io::Read::take(file, LENGTH_MAX)).map_err(|error| cannot("read", error))?;
    let token = text.trim_end_matches(['\n', '\r']);
    if token.len() < LENGTH_MIN || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return refused(format!(
            "holds no operator's token: expected at least {LENGTH_MIN} printable characters of ASCII, or no such file"
        ));
    }
    Ok(Secret::new(token))
}

/// Made under another name first, so that the file is there with a whole token or not at all.
fn make(path: &Path) -> io::Result<()> {
    let mut bytes = [0; LENGTH];
    clock::random(&mut bytes);
    let mut token = bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
        text
    });
    token.push('\n');
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    match fs::remove_file(&name) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&name)?;
    file.write_all(token.as_bytes())?;
    file.sync_all()?;
    fs::rename(&name, path)
}
