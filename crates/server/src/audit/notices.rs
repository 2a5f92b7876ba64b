//! What the server puts on record of the trail itself.

use super::Trail;
use super::event::{Call, Outcome, Source};
use crate::clock;

/// Says something, durably.
pub(super) fn notice(trail: &Trail, name: &str, details: &serde_json::Value) -> Result<(), String> {
    write_durably(trail, &[&said(name, details)])
}

/// Writes some records, and waits until they are durable.
pub(super) fn write_durably(trail: &Trail, records: &[&[u8]]) -> Result<(), String> {
    if records.is_empty() {
        return Ok(());
    }
    let last = trail.write(records.iter().map(|record| (0, *record)))?;
    trail.want(last);
    trail.wait(last)
}

/// The record that says something.
pub(super) fn said(name: &str, details: &serde_json::Value) -> Vec<u8> {
    let mut record = Vec::new();
    let details = details.to_string();
    let call = Call {
        source: Source::Trail,
        name,
        region: None,
        address: &[],
        user_agent: None,
        request_id: "",
        identity: None,
        parameters: Some(&details),
        is_read_only: false,
        is_dry_run: false,
        tls_host: None,
        tls_version: None,
        cipher_suite: None,
    };
    call.put(&mut record);
    Outcome::ok(clock::wall().0).put(&mut record);
    record
}
