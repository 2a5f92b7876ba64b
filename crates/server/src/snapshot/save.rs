//! A snapshot into a new file, which has its name once it was read back whole, and not before.

use super::{From, bar, is_standard, not_a_file, told};
use crate::config::{StoreAt, named_store};
use crate::{Failure, clock};
use crossconnect_store::snapshot::{About, Summary, save as pieces, verify};
use crossconnect_store::{Embedded, Engine, Published, StoreError, load};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Saves, and answers what is in the file.
pub(super) fn save(from: &From, file: &Path) -> Result<Summary, Failure> {
    if is_standard(file) {
        return Err(not_a_file(file));
    }
    if file.exists() {
        return Err(Failure::Usage(format!("{} exists, expected a new file", file.display())));
    }
    let part = Part::new(file)?;
    let summary = match from {
        From::Server(server) => {
            let answer = server.get("/_crossconnect/snapshot")?;
            receive(answer, &server.url, &part)?
        }
        From::Store(store) => {
            write(store, &part)?;
            super::read(&part.path)?
        }
    };
    part.finish()?;
    Ok(summary)
}

/// Writes what a server answers, and reads it meanwhile.
fn receive(answer: impl Read, server: &str, part: &Part<'_>) -> Result<Summary, Failure> {
    let bar = bar("saving");
    let mut unwritten = None;
    let tee = Tee { from: answer, to: &part.file, failed: &mut unwritten };
    let summary = verify(tee, |done, all| told(&bar, done, all));
    bar.finish_and_clear();
    summary.map_err(|error| match unwritten {
        Some(unwritten) => part.failed(&unwritten),
        None => Failure::Failed(format!("the snapshot of {server} {error}")),
    })
}

/// Writes the state of a store that no server has open.
fn write(store: &str, part: &Part<'_>) -> Result<(), Failure> {
    let expected = "the directory of a store that is closed, or --server URL of a server that runs";
    let StoreAt::Directory(store) = named_store(store, expected)? else {
        return Err(Failure::Usage(format!("--store is {store:?}, expected {expected}")));
    };
    if !Embedded::is_at(&store) {
        return Err(Failure::Usage(format!("there is no store in {}", store.display())));
    }
    let mut engine = Embedded::open(&store, 0).map_err(|error| match error {
        StoreError::Locked { .. } => Failure::Failed(format!("{error}, or --server URL of the one that runs")),
        error => error.into(),
    })?;
    let (state, last) = load(&mut engine)?;
    engine.close()?;
    let about = About { release: env!("CARGO_PKG_VERSION"), taken: clock::wall().0 };
    let published = Published { state: Arc::new(state), last };
    let saved = pieces(&published, about, |piece| (&part.file).write_all(&piece));
    saved.map(drop).map_err(|error| part.failed(&error))
}

/// Writes down all that is read.
struct Tee<'a, R> {
    from: R,
    to: &'a File,
    /// Why it could not be written down.
    failed: &'a mut Option<io::Error>,
}

impl<R: Read> Read for Tee<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        (&*self.to).write_all(&buffer[..read]).map_err(|error| {
            let again = io::Error::from(error.kind());
            *self.failed = Some(error);
            again
        })?;
        Ok(read)
    }
}

/// The file while it is written, under another name; it goes unless it is finished.
struct Part<'a> {
    path: PathBuf,
    file: File,
    /// The name that it gets.
    name: &'a Path,
}

impl<'a> Part<'a> {
    fn new(named: &'a Path) -> Result<Self, Failure> {
        let mut name = named.as_os_str().to_owned();
        name.push(".part");
        let path = PathBuf::from(name);
        let cannot = |error: io::Error| Failure::Failed(format!("cannot write {}: {error}", named.display()));
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(cannot(error)),
            _ => {}
        }
        // It holds authentication keys, as the store does.
        let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&path);
        Ok(Part { file: file.map_err(cannot)?, path, name: named })
    }

    fn failed(&self, error: &io::Error) -> Failure {
        Failure::Failed(format!("cannot write {}: {error}", self.name.display()))
    }

    /// Makes it durable, and gives it its name unless something has that by now.
    fn finish(self) -> Result<(), Failure> {
        let file = self.name;
        let finish = || {
            self.file.sync_all()?;
            fs::hard_link(&self.path, file)?;
            let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
            File::open(parent)?.sync_all()
        };
        finish().map_err(|error| Failure::Failed(format!("cannot finish {}: {error}", file.display())))
    }
}

impl Drop for Part<'_> {
    fn drop(&mut self) {
        // Under its own name it is of no use to anyone; where it cannot be removed, the next one replaces it.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_blamed_on_the_file_and_not_on_the_server() {
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().join("one.snapshot");
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let part = Part { path: folder.path().join("one.snapshot.part"), file: full, name: &name };
        let Err(Failure::Failed(text)) = receive(&b"XCONSNAP"[..], "http://127.0.0.1:8023", &part) else { panic!() };
        assert!(text.starts_with(&format!("cannot write {}: No space left", name.display())), "{text}");
        assert!(!text.contains("8023"), "{text}");
    }
}
