//! The figures of the audit trail. Its head is shown so that somebody else may keep it: a trail that does not have that
//! record any more is an older one.

use super::exposition::{describe, gauge, one};
use crate::audit::Trail;
use prometheus_client::encoding::DescriptorEncoder;
use prometheus_client::metrics::MetricType;
use prometheus_client::registry::Unit;
use std::fmt;
use std::sync::atomic::Ordering::Relaxed;

/// Adds them.
pub(super) fn encode(trail: &Trail, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
    let counters = trail.counters();
    one(encoder, "audit_records", "Records that were written to the audit trail", counters.records.load(Relaxed))?;
    one(encoder, "audit_record_bytes", "Bytes of those records", counters.bytes.load(Relaxed))?;
    one(encoder, "audit_syncs", "How often the audit trail was made durable", counters.syncs.load(Relaxed))?;
    let micros = counters.sync_micros.load(Relaxed);
    one(encoder, "audit_sync_micros", "Microseconds that this took", micros)?;
    let (records, bytes) = trail.waiting();
    gauge(encoder, "audit_queued_records", "Records that wait to be written", records as u64)?;
    gauge(encoder, "audit_queued_record_bytes", "Bytes of those records", bytes as u64)?;
    let is_failing = trail.failure().is_some();
    gauge(encoder, "audit_writable", "Whether records can be written: 1 or 0", u64::from(!is_failing))?;
    let Some((head, first, bytes)) = trail.extent() else { return Ok(()) };
    gauge(encoder, "audit_head", "The number of the last record", head.sequence)?;
    gauge(encoder, "audit_first", "The number of the first record that is kept", first)?;
    let size = describe(encoder, "audit_trail", "How large the trail is", Some(&Unit::Bytes), MetricType::Gauge);
    size?.encode_gauge(&bytes)?;
    let mut chain = describe(encoder, "audit_chain", "The last record and its chain value", None, MetricType::Info)?;
    let (sequence, link) = (head.sequence.to_string(), head.link.to_string());
    chain.encode_info(&[("sequence", sequence.as_str()), ("chain", link.as_str())])
}
