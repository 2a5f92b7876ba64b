//! The store of a server that has ended, looked at from outside.

use crossconnect_core::{Timestamp, invariants};
use crossconnect_store::{Embedded, Engine, load};
use std::path::Path;
use std::time::SystemTime;

/// Reads the store of a server that has ended, and checks every invariant.
///
/// The store is copied first: to open it is to recover it, and that is left to the server.
pub(super) fn check(store: &Path) -> Result<(), String> {
    let copy = tempfile::tempdir().map_err(|error| error.to_string())?;
    copy_directory(store, copy.path()).map_err(|error| format!("{}: {error}", store.display()))?;
    let mut engine = Embedded::open(copy.path(), 0).map_err(|error| error.to_string())?;
    check_records(&mut engine)
}

/// Reads what an engine holds, and checks every invariant.
pub(crate) fn check_records(engine: &mut dyn Engine) -> Result<(), String> {
    let (state, _) = load(engine).map_err(|error| error.to_string())?;
    let wall = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_err(|error| error.to_string())?;
    let violations = invariants::check(&state, state.now(Timestamp(wall.as_millis() as i64)));
    if violations.is_empty() { Ok(()) } else { Err(format!("invariants do not hold: {violations:?}")) }
}

fn copy_directory(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_directory(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
