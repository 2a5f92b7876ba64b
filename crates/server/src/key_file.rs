//! The operator's key: what seals session tokens, so that they are good after a restart, and on every server that has it.

use crate::Failure;
use crate::private_file::PrivateFile;
use std::path::Path;
use zeroize::Zeroizing;

/// The length of a key, in bytes.
const LENGTH: usize = 32;

/// Reads the key of a file, or makes both.
pub(crate) fn load(path: &Path) -> Result<Zeroizing<[u8; LENGTH]>, Failure> {
    let file = PrivateFile { path, what: "the operator's key", setting: "--key-file" };
    let text = file.load()?;
    let mut key = Zeroizing::new([0; LENGTH]);
    let is_key = text.len() == 2 * LENGTH && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_key {
        let digits = 2 * LENGTH;
        return Err(file.refused(format!("holds no key: expected {digits} hexadecimal digits, or no such file")));
    }
    for (byte, pair) in key.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let digit = |digit: u8| char::from(digit).to_digit(16).unwrap_or_default();
        *byte = u8::try_from(digit(pair[0]) << 4 | digit(pair[1])).expect("two digits make a byte");
    }
    Ok(key)
}
