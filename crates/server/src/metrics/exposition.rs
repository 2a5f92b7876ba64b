//! The figures as Prometheus reads them.

use super::audit;
use super::histogram::{Histogram, Shown};
use super::{AUTH, Asked, FORMS, Metrics, OUTCOMES};
use crate::audit::Trail;
use crate::events::Events;
use crate::service::Service;
use crate::turns::Turns;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, MetricEncoder, NoLabelSet};
use prometheus_client::metrics::MetricType;
use prometheus_client::registry::{Registry, Unit};
use std::fmt::{self, Debug, Formatter};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

/// Microseconds in a second.
const MICROS: f64 = 1e6;

/// Everything that is shown.
pub(crate) struct Exposition {
    registry: Registry,
}

struct Sources {
    metrics: Arc<Metrics>,
    service: Arc<Service>,
    events: Arc<Events>,
    turns: Arc<Turns>,
    trail: Option<Arc<Trail>>,
}

impl Exposition {
    pub(crate) fn new(
        metrics: Arc<Metrics>,
        service: Arc<Service>,
        events: Arc<Events>,
        turns: Arc<Turns>,
        trail: Option<Arc<Trail>>,
    ) -> Self {
        let mut registry = Registry::with_prefix("crossconnect");
        registry.register_collector(Box::new(Sources { metrics, service, events, turns, trail }));
        Exposition { registry }
    }

    /// In the text format of OpenMetrics.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        prometheus_client::encoding::text::encode(&mut text, &self.registry).expect("writing to a string cannot fail");
        text
    }
}

impl Debug for Sources {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("Sources")
    }
}

impl Collector for Sources {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        self.requests(&mut encoder)?;
        self.writer(&mut encoder)?;
        if let Some(trail) = &self.trail {
            audit::encode(trail, &mut encoder)?;
        }
        self.state(&mut encoder)
    }
}

impl Sources {
    fn requests(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        let mut metric = describe(encoder, "requests", "Answered requests", None, MetricType::Counter)?;
        let mut refusals = [0; OUTCOMES.len()];
        for (index, count) in self.metrics.counts.iter().enumerate() {
            for (form, outcomes) in count.outcomes.iter().enumerate() {
                for (outcome, answered) in outcomes.iter().enumerate() {
                    let answered = answered.load(Relaxed);
                    refusals[outcome] += answered;
                    if answered > 0 {
                        let labels = [
                            ("operation", Asked::name(index)),
                            ("protocol", FORMS[form]),
                            ("outcome", OUTCOMES[outcome].0),
                        ];
                        counter(metric.encode_family(&labels)?, answered)?;
                    }
                }
            }
        }
        let mut metric = describe(encoder, "auth_refusals", "Callers who were refused", None, MetricType::Counter)?;
        for outcome in AUTH {
            counter(metric.encode_family(&[("reason", OUTCOMES[outcome].0)])?, refusals[outcome])?;
        }
        let text = "From the head of a request to its answer";
        let mut metric = describe(encoder, "request", text, Some(&Unit::Seconds), MetricType::Histogram)?;
        for (index, count) in self.metrics.counts.iter().enumerate() {
            let shown = count.micros.show(MICROS);
            if shown.count > 0 {
                histogram(metric.encode_family(&[("operation", Asked::name(index))])?, &shown)?;
            }
        }
        let replays = self.metrics.replays.load(Relaxed);
        one(encoder, "replays", "Repeated calls that got their first answer again", replays)?;
        let crowded = self.metrics.crowded.load(Relaxed);
        one(encoder, "connections_refused", "Connections of an address that had as many as it may", crowded)
    }

    fn writer(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        let counters = self.service.counters();
        for (name, text, counter) in [
            ("jobs", "Jobs that the writer took", &counters.jobs),
            ("groups", "Groups that were committed", &counters.groups),
            ("rows", "Rows that were written or removed", &counters.rows),
            ("row_bytes", "Bytes of those rows", &counters.bytes),
            ("engine_failures", "Groups that could not be committed", &counters.failures),
            ("engine_reopened", "How often the engine was reopened after a failure", &counters.reopened),
            ("job_panics", "Jobs that panicked", &counters.panics),
        ] {
            one(encoder, name, text, counter.load(Relaxed))?;
        }
        let mut shown = |name: &str, text: &str, unit: Option<&Unit>, values: &Histogram, scale: f64| {
            histogram(describe(encoder, name, text, unit, MetricType::Histogram)?, &values.show(scale))
        };
        shown("group_jobs", "Jobs of a group", None, &self.metrics.group_jobs, 1.0)?;
        let text = "How long the engine took to make a group durable";
        shown("commit", text, Some(&Unit::Seconds), &self.metrics.commit_micros, MICROS)?;
        gauge(encoder, "queued_jobs", "Jobs that wait for the writer", self.service.queued() as u64)?;
        let most = counters.queued_most.load(Relaxed);
        gauge(encoder, "queued_jobs_most", "Jobs that have waited for the writer at one time at most", most)?;
        let [under_way, most] = self.turns.under_way().map(|count| count as u64);
        gauge(encoder, "calls_under_way", "Calls of the API under way", under_way)?;
        gauge(encoder, "calls_under_way_most", "Calls that have been under way at one time at most", most)?;
        let most = self.turns.waiting_most() as u64;
        gauge(
            encoder,
            "calls_waiting_most",
            "Calls that have waited for their account's turn at one time at most",
            most,
        )?;
        let is_ready = self.service.refusal().is_none();
        gauge(encoder, "ready", "Whether changes are taken: 1 or 0", u64::from(is_ready))?;
        self.node(encoder)?;
        gauge(encoder, "event_readers", "Connections that follow the events", self.events.readers() as u64)
    }

    /// What there is to tell where other nodes write as well.
    fn node(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        let Some(node) = self.service.node() else { return Ok(()) };
        let figures = node.figures();
        for (name, text, counter) in [
            (
                "commit_conflicts",
                "Commits that were decided again, as others had changed what they rest on",
                &figures.conflicts,
            ),
            ("commit_fences", "Commits of which nobody could tell at first whether they were made", &figures.fences),
            ("store_loads", "Loads of everything, the first one among them", &figures.loads),
            ("store_watches", "Watches of etcd that were begun, the first one among them", &figures.watches),
            ("local_reads", "Reads that were answered without a quorum, because etcd was silent", &figures.local_reads),
        ] {
            one(encoder, name, text, counter.load(Relaxed))?;
        }
        let text = "How old the state may be that reads are answered from";
        let mut age = describe(encoder, "state_age", text, Some(&Unit::Seconds), MetricType::Gauge)?;
        age.encode_gauge(&node.age().as_secs_f64())?;
        gauge(encoder, "nodes", "Nodes of this store, as far as this one knows", node.nodes() as u64)
    }

    fn state(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        let state = self.service.snapshot();
        let mut metric = describe(encoder, "records", "Records of the state by their kind", None, MetricType::Gauge)?;
        for (kind, count) in state.counts() {
            metric.encode_family(&[("kind", kind)])?.encode_gauge(&(count as u64))?;
        }
        if let Some(bytes) = resident_bytes() {
            let text = "Memory of the process that is in use";
            describe(encoder, "resident_memory", text, Some(&Unit::Bytes), MetricType::Gauge)?.encode_gauge(&bytes)?;
        }
        let mut build = describe(encoder, "build", "What was built", None, MetricType::Info)?;
        build.encode_info(&[("version", env!("CARGO_PKG_VERSION"))])
    }
}

pub(super) fn describe<'e>(
    encoder: &'e mut DescriptorEncoder<'_>,
    name: &'e str,
    text: &str,
    unit: Option<&'e Unit>,
    kind: MetricType,
) -> Result<MetricEncoder<'e>, fmt::Error> {
    encoder.encode_descriptor(name, text, unit, kind)
}

fn counter(mut metric: MetricEncoder<'_>, value: u64) -> fmt::Result {
    metric.encode_counter::<NoLabelSet, _, u64>(&value, None)
}

fn histogram(mut metric: MetricEncoder<'_>, shown: &Shown) -> fmt::Result {
    metric.encode_histogram::<NoLabelSet>(shown.sum, shown.count, &shown.buckets, None)
}

pub(super) fn one(encoder: &mut DescriptorEncoder<'_>, name: &str, text: &str, value: u64) -> fmt::Result {
    counter(describe(encoder, name, text, None, MetricType::Counter)?, value)
}

pub(super) fn gauge(encoder: &mut DescriptorEncoder<'_>, name: &str, text: &str, value: u64) -> fmt::Result {
    describe(encoder, name, text, None, MetricType::Gauge)?.encode_gauge(&value)
}

/// What the operating system says of this process; nothing where it does not say it in this way.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kib| kib * 1024)
}
