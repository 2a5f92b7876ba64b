//! What the disk itself allows: small appends, each made durable by fdatasync.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

/// About as many bytes as a connection takes in the journal.
const APPEND_BYTES: usize = 400;
/// How many appends one sample takes the median of.
const APPENDS: usize = 300;

/// Microseconds of one append and its fdatasync, the median of many, in `folder`.
///
/// # Errors
/// The file cannot be written.
pub(super) fn sync_micros(folder: &Path) -> Result<f64, String> {
    let path = folder.join("fdatasync");
    let broken = |error: std::io::Error| format!("{}: {error}", path.display());
    let mut file = File::create(&path).map_err(broken)?;
    let mut micros = Vec::with_capacity(APPENDS);
    for _ in 0..APPENDS {
        let began = Instant::now();
        file.write_all(&[1; APPEND_BYTES]).and_then(|()| file.sync_data()).map_err(broken)?;
        micros.push(began.elapsed().as_secs_f64() * 1e6);
    }
    micros.sort_by(f64::total_cmp);
    Ok(micros[APPENDS / 2])
}
