//! The store's directory: whose it is, whether there is a store in it, how much room is left.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use super::room::Room;
use super::{head, restoring};
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
        match fs::metadata(path) {
            Ok(found) if !found.is_dir() => return Err(StoreError::NoDirectory { path: path.to_path_buf() }),
            Ok(_) => {}
            Err(_) => make(path)?,
        }
        let mut names = names(path)?;
        // A file system's own directory, where a volume is mounted as the store.
        names.retain(|name| name != "lost+found");
        let is_ours = |name: &str| [LOCK, head::NAME, DATABASE, restoring::MARKER].contains(&name);
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

    /// Removes a database in which nothing was ever written: fjall cannot go on with one whose making was interrupted.
    pub(super) fn remove_database(&self) -> Result<(), StoreError> {
        let database = self.database();
        match fs::remove_dir_all(&database) {
            Err(e) if e.kind() != ErrorKind::NotFound => Err(StoreError::io("remove", &database)(e)),
            _ => Ok(()),
        }
    }

    /// The room of the file system, of which `floor` bytes are to stay free.
    pub(super) fn room(&self, floor: u64) -> Room {
        Room { path: self.path.clone(), floor }
    }

    /// Removes what holds no store: the lock, and the directory where that leaves it empty and `made` has it, with those
    /// above it that were made for it.
    pub(super) fn remove(&self, made: &[PathBuf]) {
        // What stays behind in a directory that is no store's is in nobody's way.
        let _ = fs::remove_file(self.path.join(LOCK));
        let _ = made.iter().rev().try_for_each(fs::remove_dir);
    }
}

/// Makes a store's directory, which is its owner's alone, and those above it.
fn make(path: &Path) -> Result<(), StoreError> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let made = || {
        parent.map_or(Ok(()), fs::create_dir_all)?;
        match DirBuilder::new().mode(0o700).create(path) {
            // Somebody else was first.
            Err(e) if e.kind() == ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
            made => made,
        }
    };
    made().map_err(StoreError::io("create", path))?;
    parent.map_or(Ok(()), sync)
}

/// The same for one that has this file from its first moment on: it is made under another name, which is taken up again
/// where that was interrupted.
pub(super) fn make_with(path: &Path, file: &str) -> Result<(), StoreError> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".restoring");
    let beside = PathBuf::from(beside);
    make(&beside)?;
    let made = || {
        File::create(beside.join(file))?.sync_all()?;
        fs::rename(&beside, path)
    };
    made().map_err(StoreError::io("create", path))?;
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).map_or(Ok(()), sync)
}

/// The directories that are missing on the way to this one, and it, outermost first.
pub(super) fn missing(path: &Path) -> Vec<PathBuf> {
    let mut missing: Vec<PathBuf> = path
        .ancestors()
        .take_while(|path| !path.as_os_str().is_empty() && !path.exists())
        .map(Path::to_path_buf)
        .collect();
    missing.reverse();
    missing
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
