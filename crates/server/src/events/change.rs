//! What a group changed, as its event shows it.

use super::Committed;
use crossconnect_core::model::device::Light;
use crossconnect_core::settings::Clock;
use crossconnect_core::{Key, Moment, Record, State, Timestamp, association_timeline, timeline};
use hyper::body::Bytes;
use serde::Serialize;

#[derive(Serialize)]
struct Group<'a> {
    group: u64,
    at: String,
    changes: &'a [Change],
}

/// One row that was written or removed.
#[derive(Serialize, Default)]
struct Change {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    removed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<Vec<Planned>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    now: Option<String>,
}

#[derive(Serialize)]
struct Planned {
    at: String,
    state: &'static str,
}

/// The event of a group.
pub(super) fn describe(committed: &Committed) -> Bytes {
    let at = Timestamp(committed.at);
    let changes: Vec<Change> = committed.keys.iter().filter_map(|key| change(&committed.state, key, at)).collect();
    let group = Group { group: committed.group, at: at.to_string(), changes: &changes };
    let data = serde_json::to_string(&group).expect("our own values can be written as JSON");
    format!("id: {}\nevent: commit\ndata: {data}\n\n", committed.group).into()
}

fn change(state: &State, key: &Key, at: Timestamp) -> Option<Change> {
    let (kind, id): (_, Option<String>) = match key {
        Key::Settings => ("settings", None),
        Key::Clock => ("clock", None),
        // Kept answers are the server's own affair.
        Key::Replay(_) => return None,
        Key::Account(id) => ("account", Some(id.to_string())),
        Key::Device(id) => ("device", Some(id.to_string())),
        Key::Connection(id) => ("connection", Some(id.to_string())),
        Key::Lag(id) => ("lag", Some(id.to_string())),
        Key::VirtualInterface(id) => ("virtual_interface", Some(id.to_string())),
        Key::Gateway(id) => ("gateway", Some(id.to_string())),
        Key::Association(id) => ("association", Some(id.to_string())),
        Key::Proposal(id) => ("proposal", Some(id.to_string())),
        Key::FailoverTest(id) => ("failover_test", Some(id.to_string())),
        Key::ResiliencyGroup(id) => ("resiliency_group", Some(id.to_string())),
        Key::GroupAssociation(port) => ("resiliency_group_association", Some(port.to_string())),
        // So are the tokens of calls.
        Key::ClientToken(_) => return None,
        Key::Ec2Gateway(id) => ("ec2_gateway", Some(id.to_string())),
        Key::HostedConnection(id) => ("hosted_connection", Some(id.to_string())),
        // When keys were last used is told with the keys.
        Key::KeyUse(_) => return None,
        Key::Principal(id) => ("principal", Some(id.to_string())),
        Key::AccessKey(id) => ("access_key", Some(id.to_string())),
        Key::MacSecSecret(_, _, ckn) => ("mac_sec_secret", Some(ckn.to_string())),
    };
    let mut change = Change { kind, id, ..Change::default() };
    match state.get(key) {
        None => change.removed = true,
        Some(Record::Clock(Clock::Manual { now })) => change.now = Some(now.to_string()),
        Some(Record::Device(device)) => {
            change.state = Some(match device.light {
                Light::Lit => "lit",
                Light::Dark => "dark",
            });
        }
        Some(Record::GroupAssociation(association)) => change.show(&association_timeline(&association), at),
        Some(_) => {
            let moments = change.id.as_deref().and_then(|id| timeline(state, id));
            change.show(&moments.unwrap_or_default(), at);
        }
    }
    Some(change)
}

impl Change {
    /// What is seen at `at`, and what is planned from then on.
    fn show(&mut self, moments: &[Moment], at: Timestamp) {
        let (past, planned) = moments.split_at(moments.partition_point(|moment| moment.at <= at));
        if let Some(seen) = past.last() {
            self.state = Some(seen.state);
            self.since = Some(seen.at.to_string());
            let planned = planned.iter().map(|moment| Planned { at: moment.at.to_string(), state: moment.state });
            self.next = Some(planned.collect());
        }
    }
}
