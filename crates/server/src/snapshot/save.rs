//! A snapshot into a new file, which has its name once it was read back whole, and not before.

use super::{From, bar, told};
use crate::{Failure, clock};
use crossconnect_store::snapshot::{About, Summary, save as pieces, verify};
use crossconnect_store::{Embedded, Engine, Published, load};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Saves, and answers what is in the file.
pub(super) fn save(from: &From, file: &Path) -> Result<Summary, Failure> {
    if file.exists() {
        return Err(Failure::Usage(format!("{} exists, expected a new file", file.display())));
    }
    let part = Part::new(file)?;
    let summary = match from {
        From::Server(server) => {
            let answer = server.get("/_crossconnect/snapshot")?;
            let bar = bar("saving");
            let tee = Tee { from: answer, to: &part.file };
            let summary = verify(tee, |done, all| told(&bar, done, all));
            bar.finish_and_clear();
            summary.map_err(|error| Failure::Failed(format!("the snapshot of {} {error}", server.url)))?
        }
        From::Store(store) => {
            write(store, &part)?;
            super::read(&part.path)?
        }
    };
    part.finish(file)?;
    Ok(summary)
}

/// Writes the state of a store that no server has open.
fn write(store: &Path, part: &Part) -> Result<(), Failure> {
    if !Embedded::is_at(store) {
        return Err(Failure::Usage(format!("there is no store in {}", store.display())));
    }
    let mut engine = Embedded::open(store, 0)?;
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
}

impl<R: Read> Read for Tee<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        (&*self.to).write_all(&buffer[..read])?;
        Ok(read)
    }
}

/// The file while it is written, under another name; it goes unless it is finished.
struct Part {
    path: PathBuf,
    file: File,
}

impl Part {
    fn new(file: &Path) -> Result<Self, Failure> {
        let mut name = file.as_os_str().to_owned();
        name.push(".part");
        let path = PathBuf::from(name);
        let cannot = |error: io::Error| Failure::Failed(format!("cannot write {}: {error}", path.display()));
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(cannot(error)),
            _ => {}
        }
        // It holds authentication keys, as the store does.
        let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&path);
        Ok(Part { file: file.map_err(cannot)?, path })
    }

    fn failed(&self, error: &io::Error) -> Failure {
        Failure::Failed(format!("cannot write {}: {error}", self.path.display()))
    }

    /// Makes it durable, and gives it its name unless something has that by now.
    fn finish(self, file: &Path) -> Result<(), Failure> {
        let finish = || {
            self.file.sync_all()?;
            fs::hard_link(&self.path, file)?;
            let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
            File::open(parent)?.sync_all()
        };
        finish().map_err(|error| Failure::Failed(format!("cannot finish {}: {error}", file.display())))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // Under its own name it is of no use to anyone; where it cannot be removed, the next one replaces it.
        let _ = fs::remove_file(&self.path);
    }
}
