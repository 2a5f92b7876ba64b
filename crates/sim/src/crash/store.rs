//! The store of a server that has ended, looked at from outside.

use crossconnect_core::{Key, Loader, Record, Timestamp, invariants};
use crossconnect_store::{Embedded, Engine};
use std::path::Path;
use std::time::SystemTime;

/// Reads the store of a server that has ended, and checks every invariant.
///
/// The store is copied first: to open it is to recover it, and that is left to the server.
pub(super) fn check(store: &Path) -> Result<(), String> {
    let copy = tempfile::tempdir().map_err(|error| error.to_string())?;
    copy_directory(store, copy.path()).map_err(|error| format!("{}: {error}", store.display()))?;
    let mut engine = Embedded::open(copy.path(), 0).map_err(|error| error.to_string())?;
    let mut loader = Loader::default();
    let mut broken = None;
    let last = engine
        .load(&mut |key, value| {
            let row = Key::decode(key).and_then(|key| Record::decode(&key, value));
            match row {
                Ok(record) => loader.add(record),
                Err(error) => broken = Some(error.to_string()),
            }
            Ok(())
        })
        .map_err(|error| error.to_string())?;
    if let Some(broken) = broken {
        return Err(format!("a row cannot be read: {broken}"));
    }
    let state = loader.finish(Timestamp(last.at));
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
