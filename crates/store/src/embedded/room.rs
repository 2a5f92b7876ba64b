//! How much room a file system has left.

use std::path::PathBuf;

use crate::StoreError;

/// The room of a store, which anyone may look at while the store is at work.
#[derive(Debug, Clone)]
pub struct Room {
    pub(super) path: PathBuf,
    /// The bytes that stay free.
    pub(super) floor: u64,
}

impl Room {
    /// Refuses when less than the floor would stay free after `bytes` more.
    ///
    /// # Errors
    /// There is less, or the file system cannot be asked.
    pub fn require(&self, bytes: u64) -> Result<(), StoreError> {
        let stat = rustix::fs::statvfs(&self.path).map_err(|e| StoreError::io("measure", &self.path)(e.into()))?;
        // Bytes that this process may still write.
        let free = stat.f_bavail.saturating_mul(stat.f_frsize);
        if free >= self.floor.saturating_add(bytes) {
            return Ok(());
        }
        Err(StoreError::NoSpace { path: self.path.clone(), free, floor: self.floor })
    }
}
