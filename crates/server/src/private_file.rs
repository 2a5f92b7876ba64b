//! Files that hold a secret of the operator's: their owner alone may read them, and they are made where there are none.
//! What they hold is never shown or logged.

use crate::Failure;
use crate::clock;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use zeroize::Zeroizing;

/// A secret of our own making, in bytes before it is written in hexadecimal digits.
const LENGTH: usize = 32;
/// The longest one that is read, in bytes.
const LENGTH_MAX: u64 = 4096;

/// Such a file.
pub(crate) struct PrivateFile<'a> {
    pub(crate) path: &'a Path,
    /// What it holds, for texts.
    pub(crate) what: &'static str,
    /// The flag that names it.
    pub(crate) setting: &'static str,
}

impl PrivateFile<'_> {
    /// What it holds, without the end of its line; made where there is no such file.
    pub(crate) fn load(&self) -> Result<Zeroizing<String>, Failure> {
        let cannot = |doing: &str, error: io::Error| self.cannot(doing, &error);
        if let Err(error) = fs::metadata(self.path) {
            match error.kind() {
                ErrorKind::NotFound => make(self.path).map_err(|error| cannot("make", error))?,
                _ => return Err(cannot("read", error)),
            }
        }
        self.read(LENGTH_MAX)
    }

    /// The same, up to so many bytes, of a file that somebody else has made.
    pub(crate) fn read(&self, length_max: u64) -> Result<Zeroizing<String>, Failure> {
        let cannot = |doing: &str, error: io::Error| self.cannot(doing, &error);
        let file = File::open(self.path).map_err(|error| cannot("read", error))?;
        let facts = file.metadata().map_err(|error| cannot("read", error))?;
        let mode = facts.permissions().mode() & 0o777;
        if !facts.is_file() {
            return Err(self.refused(format!("is not a file; {} is kept in one", self.what)));
        }
        if mode & 0o077 != 0 {
            return Err(self.refused(format!(
                "has the mode {mode:04o}, so that others may use {}; expected 0600, and a new one",
                self.what
            )));
        }
        let text = io::read_to_string(io::Read::take(file, length_max)).map_err(|error| cannot("read", error))?;
        let text = Zeroizing::new(text);
        Ok(Zeroizing::new(text.trim_end_matches(['\n', '\r']).to_owned()))
    }

    fn cannot(&self, doing: &str, error: &io::Error) -> Failure {
        Failure::Usage(format!("cannot {doing} {} {} ({}): {error}", self.what, self.path.display(), self.setting))
    }

    /// Why the file cannot be used.
    pub(crate) fn refused(&self, text: String) -> Failure {
        Failure::Usage(format!("{} ({}) {text}", self.path.display(), self.setting))
    }
}

/// Made under another name first, so that the file is there with a whole secret or not at all.
fn make(path: &Path) -> io::Result<()> {
    let mut bytes = Zeroizing::new([0; LENGTH]);
    clock::random(&mut *bytes);
    let mut text = Zeroizing::new(String::with_capacity(2 * LENGTH + 1));
    for byte in bytes.iter() {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
    }
    text.push('\n');
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    match fs::remove_file(&name) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&name)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&name, path)
}
