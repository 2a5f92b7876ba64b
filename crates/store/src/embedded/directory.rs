//! The store's directory: whose it is, whether there is a store in it, how much room is left.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::head;
use crate::StoreError;

const LOCK: &str = "LOCK";
pub(super) const DATABASE: &str = "db";

/// The directory, held by this process alone for as long as this value lives.
#[derive(Debug)]
pub(super) struct Directory {
    path: PathBuf,
    _lock: File,
}

impl Directory {
    /// Makes the directory where it is missing, refuses one that holds something else, and locks it.
    pub(super) fn hold(path: &Path) -> Result<Self, StoreError> {
        let is_new = !path.exists();
        fs::create_dir_all(path).map_err(StoreError::io("create", path))?;
        if is_new && let Some(parent) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
            sync(parent)?;
        }
        let mut names = names(path)?;
        // A file system's own directory, where a volume is mounted as the store.
        names.retain(|name| name != "lost+found");
        let is_ours = |name: &str| [LOCK, head::NAME, DATABASE].contains(&name);
        if let Some(found) = names.first().filter(|_| !names.iter().any(|n| is_ours(n))) {
            return Err(StoreError::Foreign { path: path.to_path_buf(), found: found.clone() });
        }
        Ok(Self { path: path.to_path_buf(), _lock: lock(path)? })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Where fjall keeps everything of its own.
    pub(super) fn database(&self) -> PathBuf {
        self.path.join(DATABASE)
    }

    /// Whether there is a database; the file is the last that fjall writes when it makes one.
    pub(super) fn has_database(&self) -> bool {
        self.database().join("version").exists()
    }

    /// Removes a database whose making was interrupted, since fjall cannot go on with it.
    pub(super) fn remove_unfinished_database(&self) -> Result<(), StoreError> {
        let database = self.database();
        match fs::remove_dir_all(&database) {
            Err(e) if e.kind() != ErrorKind::NotFound => Err(StoreError::io("remove", &database)(e)),
            _ => Ok(()),
        }
    }

    /// Bytes that this process may still write.
    pub(super) fn free(&self) -> Result<u64, StoreError> {
        let stat = rustix::fs::statvfs(&self.path).map_err(|e| StoreError::io("measure", &self.path)(e.into()))?;
        Ok(stat.f_bavail.saturating_mul(stat.f_frsize))
    }

    /// Refuses when less than `floor` bytes would stay free after `bytes` more.
    pub(super) fn require_room(&self, bytes: u64, floor: u64) -> Result<(), StoreError> {
        let free = self.free()?;
        let floor = floor.saturating_add(bytes);
        if free >= floor {
            return Ok(());
        }
        Err(StoreError::NoSpace { path: self.path.clone(), free, floor })
    }
}

/// Takes the advisory lock, which the operating system releases with the process, and leaves our
/// process id for whoever finds it taken.
fn lock(directory: &Path) -> Result<File, StoreError> {
    let path = directory.join(LOCK);
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(StoreError::io("open", &path))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let pid = fs::read_to_string(&path).ok();
            return Err(StoreError::Locked {
                path: directory.to_path_buf(),
                pid: pid.and_then(|pid| pid.trim().parse().ok()),
            });
        }
        Err(TryLockError::Error(e)) => return Err(StoreError::io("lock", &path)(e)),
    }
    let mut note = || {
        file.set_len(0)?;
        writeln!(file, "{}", std::process::id())
    };
    match note() {
        // A full disk must not keep the store from being read; the number is only a help.
        Err(e) if e.kind() != ErrorKind::StorageFull => Err(StoreError::io("write", &path)(e)),
        _ => Ok(file),
    }
}

/// The names in a directory, sorted.
pub(super) fn names(directory: &Path) -> Result<Vec<String>, StoreError> {
    let read = || -> std::io::Result<Vec<String>> {
        let mut names = fs::read_dir(directory)?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<std::io::Result<Vec<String>>>()?;
        names.sort_unstable();
        Ok(names)
    };
    read().map_err(StoreError::io("read", directory))
}

/// Makes the names in a directory durable.
pub(super) fn sync(directory: &Path) -> Result<(), StoreError> {
    File::open(directory).and_then(|file| file.sync_all()).map_err(StoreError::io("sync", directory))
}
