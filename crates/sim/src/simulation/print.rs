//! The calls of a run as the text of a scenario: what was asked and answered, without what went wrong on the way.
//!
//! Ids become references to the answers that they came from, so that the text runs anywhere.

use super::decide::Answer;
use super::script::{Ask, Step, What};
use super::{Luck, Outcome};
use crossconnect_core::control::registry::Change;
use crossconnect_core::control::{Announcement, ClockKind, Peer, Registration, Request, Session};
use crossconnect_core::model::account::PartnerKind;
use crossconnect_core::model::device::Light;
use crossconnect_core::settings::{Delay, Ec2Gateways, Ipv4Blocks, Placement, Quota, Settings};
use crossconnect_wire::json;
use serde_json::Value;
use std::collections::BTreeMap;

/// The text of a block. It begins with what the run breaks.
pub fn scenario(outcome: &Outcome) -> String {
    let answers = outcome.answers.iter().map(|(ask, answer)| (ask.call, answer.as_ref())).collect();
    let mut printer = Printer {
        answers,
        ids: BTreeMap::new(),
        caller: String::new(),
        settings: Settings::default(),
        lines: Vec::new(),
    };
    let found = outcome.violations.first().map_or("nothing", |(_, violation)| violation.check.as_str());
    printer.lines.push(format!("# Seed {} breaks: {found}", outcome.script.seed));
    let is_manual = outcome
        .script
        .world
        .start
        .iter()
        .all(|request| !matches!(request, Request::Configure { clock: Some(ClockKind::System), .. }));
    for request in &outcome.script.world.start {
        printer.control(request);
    }
    for step in &outcome.script.steps {
        match step {
            Step::Ask(ask) => printer.ask(ask),
            Step::Pass { millis } if !is_manual => printer.lines.push(format!("advance {}", seconds(*millis))),
            Step::Work { luck: Luck::Stalled(millis), .. } if !is_manual => {
                printer.lines.push(format!("advance {}", seconds(i64::from(*millis))));
            }
            Step::Pass { .. }
            | Step::Repeat { .. }
            | Step::Work { .. }
            | Step::Hear { .. }
            | Step::Kill { .. }
            | Step::Start { .. }
            | Step::Arrive { .. } => {}
        }
    }
    printer.lines.join("\n") + "\n"
}

struct Printer<'a> {
    answers: BTreeMap<u32, Option<&'a Answer>>,
    /// What each id is called.
    ids: BTreeMap<String, String>,
    caller: String,
    settings: Settings,
    lines: Vec<String>,
}

impl Printer<'_> {
    /// A change that was answered, and how.
    fn ask(&mut self, ask: &Ask) {
        let Some(Some(answer)) = self.answers.get(&ask.call).copied() else { return };
        if matches!(answer, Answer::Failed(_)) {
            return;
        }
        match &ask.what {
            What::Call(request, _) => {
                let caller = format!("as {} in {}", ask.context.account, ask.context.region);
                if caller != self.caller {
                    self.lines.push(caller.clone());
                    self.caller = caller;
                }
                let input: Value = serde_json::from_slice(&json::encode_request(request)).unwrap_or_default();
                let members = input.as_object().into_iter().flatten();
                let members: Vec<_> = members.map(|(name, value)| format!(" {name}={}", self.literal(value))).collect();
                let name = format!("a{}", ask.call);
                self.lines.push(format!("{name} = {}{}", request.operation(), members.concat()));
                if let Answer::Accepted { body, .. } = answer {
                    let body: Value = serde_json::from_slice(body).unwrap_or_default();
                    learn(&body, &format!("${name}"), &mut self.ids);
                }
            }
            What::Control(request) if !self.control(request) => return,
            What::Control(_) => {}
        }
        if let Answer::Refused { exception, text, .. } = answer {
            let name = if matches!(ask.what, What::Control(_)) { "Refused" } else { exception };
            let text = self.named(text);
            self.lines.push(format!("! {name} {text}"));
        }
    }

    /// Whether the operator's call has a line.
    fn control(&mut self, request: &Request) -> bool {
        let line = match request {
            Request::Configure { settings, .. } => {
                self.configure(settings);
                return true;
            }
            Request::AdvanceClock { by } => format!("advance {}", seconds(by.0)),
            Request::SetClock { to } => format!("clock {to}"),
            Request::Reset => "reset".to_owned(),
            Request::SetPortLight { connection_id, light } => {
                format!("light {} {}", self.named(connection_id), switch(*light))
            }
            Request::SetDeviceLight { device, light } => format!("device {device} {}", switch(*light)),
            Request::SetDeviceRedundancy { device, has } => {
                let has = has.map_or("unknown", |has| if has { "yes" } else { "no" });
                format!("redundancy {device} {has}")
            }
            Request::SetMacSecPeer { connection_id, peer } => {
                let peer = match peer {
                    Peer::Match => "match",
                    Peer::Mismatch => "mismatch",
                    Peer::Holds(ckn) => ckn,
                };
                format!("macsec {} {peer}", self.named(connection_id))
            }
            Request::SetSecret { secret, is_ending } => {
                let said = if *is_ending { "scheduled" } else { "cancelled" };
                format!("secret {} of {} in {} {said}", self.named(&secret.ckn), secret.owner, secret.region)
            }
            Request::AdvanceResource { id } => format!("hasten {}", self.named(id)),
            Request::SetSession { bgp_peer_id, session } => {
                let session = match session {
                    Session::Up => "up",
                    Session::Down => "down",
                    Session::Auto => "auto",
                };
                format!("bgp {} {session}", self.named(bgp_peer_id))
            }
            Request::SetRoutes { virtual_interface_id, announced } => {
                let routes: Vec<_> = announced.iter().map(route).collect();
                let routes = if routes.is_empty() { "nothing".to_owned() } else { routes.join("; ") };
                format!("announce {} {routes}", self.named(virtual_interface_id))
            }
            Request::PutGateway(registration) => gateway(registration),
            Request::Registry(Change::PutAccount { id, partner, .. }) => {
                let kind = match partner {
                    None => "none",
                    Some(PartnerKind::V1) => "v1",
                    Some(PartnerKind::V2) => "v2",
                };
                format!("partner {id} {kind}")
            }
            // Who may sign calls is another matter than what calls do.
            Request::Registry(_) => return false,
        };
        self.lines.push(line);
        true
    }

    /// The settings that differ from those before.
    fn configure(&mut self, settings: &Settings) {
        let before = std::mem::replace(&mut self.settings, settings.clone());
        let delays = Delay::ALL.into_iter().filter(|delay| before.delays.get(*delay) != settings.delays.get(*delay));
        let delays = delays.map(|delay| format!("delay {}={}", delay.name(), seconds(settings.delays.get(delay).0)));
        self.lines.extend(delays);
        let quotas = Quota::ALL.into_iter().filter(|quota| before.quotas.get(*quota) != settings.quotas.get(*quota));
        self.lines.extend(quotas.map(|quota| format!("quota {}={}", quota.name(), settings.quotas.get(quota))));
        if before.plant != settings.plant {
            let (devices, ports) = (settings.plant.devices_per_location, settings.plant.ports_per_speed);
            self.lines.push(format!("plant devices_per_location={devices} ports_per_speed={ports}"));
        }
        if before.placement != settings.placement {
            let placement = if settings.placement == Placement::Pack { "pack" } else { "spread" };
            self.lines.push(format!("placement {placement}"));
        }
        if before.ipv4_blocks != settings.ipv4_blocks {
            let blocks = if settings.ipv4_blocks == Ipv4Blocks::OfEight { "/29" } else { "/30" };
            self.lines.push(format!("blocks {blocks}"));
        }
        if before.ec2_gateways != settings.ec2_gateways {
            let trust = if settings.ec2_gateways == Ec2Gateways::Trusted { "trusted" } else { "registered" };
            self.lines.push(format!("ec2 {trust}"));
        }
    }

    /// A text with the names of the ids that are in it.
    fn named(&self, text: &str) -> String {
        self.ids.iter().fold(text.to_owned(), |text, (id, name)| text.replace(id, name))
    }

    fn literal(&self, value: &Value) -> String {
        match value {
            Value::String(text) => {
                let text = self.named(text).replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
                format!("\"{text}\"")
            }
            Value::Array(items) => {
                let items: Vec<_> = items.iter().map(|item| self.literal(item)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Object(members) => {
                let members: Vec<_> =
                    members.iter().map(|(name, value)| format!("{name}: {}", self.literal(value))).collect();
                format!("{{{}}}", members.join(", "))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
        }
    }
}

/// Gives every id in an answer that nothing names yet the name of its place.
fn learn(value: &Value, at: &str, ids: &mut BTreeMap<String, String>) {
    match value {
        Value::String(text) if is_id(text) => drop(ids.entry(text.clone()).or_insert_with(|| at.to_owned())),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(number, item)| learn(item, &format!("{at}.{number}"), ids));
        }
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| learn(value, &format!("{at}.{name}"), ids));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Whether a text was drawn: `dx…-` and eight characters, or a UUID.
fn is_id(text: &str) -> bool {
    let is_drawn = |part: &str| part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let short = text.split_once('-').is_some_and(|(prefix, rest)| {
        (prefix.starts_with("dx") || prefix == "resiliency") && rest.len() >= 8 && is_drawn(rest)
    });
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    short || lengths == [8, 4, 4, 4, 12]
}

fn switch(light: Light) -> &'static str {
    match light {
        Light::Lit => "on",
        Light::Dark => "off",
    }
}

fn route(route: &Announcement) -> String {
    let via: Vec<_> = route.as_path.iter().map(ToString::to_string).collect();
    let via = if via.is_empty() { String::new() } else { format!(" via {}", via.join(",")) };
    let with = route.communities.join(",");
    let with = if with.is_empty() { with } else { format!(" with {with}") };
    format!("{}{via}{with}", route.cidr)
}

fn gateway(registration: &Registration) -> String {
    let Registration { id, owner, region, amazon_side_asn, cidrs } = registration;
    let asn = amazon_side_asn.map_or(String::new(), |asn| format!(" asn={asn}"));
    let cidrs = if cidrs.is_empty() { String::new() } else { format!(" cidrs={}", cidrs.join(",")) };
    format!("ec2 {id} of {owner} in {region}{asn}{cidrs}")
}

/// A length of time as ISO 8601 writes it.
fn seconds(millis: i64) -> String {
    match millis % 1000 {
        0 => format!("PT{}S", millis / 1000),
        rest => format!("PT{}.{rest:03}S", millis / 1000),
    }
}
