//! The operator's side of a scenario: settings, the clock, light, fast-forward, accounts, the customer's router.

use super::announce;
use super::registry;
use super::text::Text;
use crossconnect_core::control::registry::Change;
use crossconnect_core::control::{Announcement, ClockKind, Peer, Registration, Session};
use crossconnect_core::model::account::PartnerKind;
use crossconnect_core::model::device::Light;
use crossconnect_core::model::principal::Kind;
use crossconnect_core::settings::{Delay, Delays, Ec2Gateways, Ipv4Blocks, Lifecycle, Placement, Quota, Settings};
use crossconnect_core::{Duration, Timestamp};

/// One of the operator's lines.
#[derive(Debug)]
pub(super) enum Control {
    /// Changes some settings and keeps the rest.
    Set(Vec<Setting>),
    /// Which clock counts.
    Clock(ClockKind),
    /// Moves the manual clock on.
    Advance(Duration),
    /// Sets the manual clock.
    SetClock(Timestamp),
    /// Light on a connection's fibre, one change after the other.
    Light(Text, Vec<Light>),
    /// Light on a device.
    Device(Text, Light),
    /// Whether a device has logical redundancy.
    Redundancy(Text, Option<bool>),
    /// The MACsec keys of a connection's far end, one change after the other.
    MacSec(Text, Vec<Peer>),
    /// The secret of a MACsec key is scheduled for deletion, or is not any more.
    Secret { ckn: Text, owner: String, region: String, is_ending: bool },
    /// Ends what is under way for a resource.
    Hasten(Text),
    /// The customer's end of a BGP session, one change after the other.
    Session(Text, Vec<Session>),
    /// What the customer announces on a virtual interface.
    Announce(Text, Vec<Announcement>),
    /// Changes who may call.
    Registry(Change),
    /// Registers a gateway of EC2.
    Gateway(Registration),
    /// Empties the store.
    Reset,
    /// Takes away what no answer shows any more.
    Sweep,
}

/// One setting.
#[derive(Debug, Clone, Copy)]
pub(super) enum Setting {
    Lifecycle(Lifecycle),
    Delay(Delay, Duration),
    Quota(Quota, u32),
    DevicesPerLocation(u16),
    PortsPerSpeed(u16),
    Placement(Placement),
    Ec2Gateways(Ec2Gateways),
    Ipv4Blocks(Ipv4Blocks),
}

impl Control {
    /// Every text in it that may hold references.
    pub(super) fn texts(&self) -> Vec<&Text> {
        match self {
            Control::Light(text, _)
            | Control::Device(text, _)
            | Control::Redundancy(text, _)
            | Control::Hasten(text)
            | Control::Session(text, _)
            | Control::MacSec(text, _)
            | Control::Secret { ckn: text, .. }
            | Control::Announce(text, _) => vec![text],
            Control::Set(_)
            | Control::Clock(_)
            | Control::Advance(_)
            | Control::SetClock(_)
            | Control::Registry(_)
            | Control::Gateway(_)
            | Control::Reset
            | Control::Sweep => vec![],
        }
    }
}

impl Setting {
    /// The settings with this one changed.
    pub(super) fn apply(self, settings: &mut Settings) {
        match self {
            Setting::Lifecycle(lifecycle) => settings.delays = Delays::preset(lifecycle),
            Setting::Delay(delay, length) => settings.delays.set(delay, length),
            Setting::Quota(quota, value) => settings.quotas.set(quota, value),
            Setting::DevicesPerLocation(count) => settings.plant.devices_per_location = count,
            Setting::PortsPerSpeed(count) => settings.plant.ports_per_speed = count,
            Setting::Placement(placement) => settings.placement = placement,
            Setting::Ec2Gateways(ec2_gateways) => settings.ec2_gateways = ec2_gateways,
            Setting::Ipv4Blocks(blocks) => settings.ipv4_blocks = blocks,
        }
    }
}

/// Reads a line of the operator's; `None` when its first word is none of theirs.
pub(super) fn parse(line: &str) -> Option<Result<Control, String>> {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = rest.trim();
    Some(match word {
        "lifecycle" => lifecycle(rest).map(|lifecycle| Control::Set(vec![Setting::Lifecycle(lifecycle)])),
        "delay" | "quota" | "plant" => {
            rest.split_whitespace().map(|pair| setting(word, pair)).collect::<Result<_, _>>().map(Control::Set)
        }
        "placement" => match rest {
            "pack" => Ok(Control::Set(vec![Setting::Placement(Placement::Pack)])),
            "spread" => Ok(Control::Set(vec![Setting::Placement(Placement::Spread)])),
            other => Err(format!("placement {other}: expected pack or spread")),
        },
        "blocks" => match rest {
            "/29" => Ok(Control::Set(vec![Setting::Ipv4Blocks(Ipv4Blocks::OfEight)])),
            "/30" => Ok(Control::Set(vec![Setting::Ipv4Blocks(Ipv4Blocks::OfFour)])),
            other => Err(format!("blocks {other}: expected /29 or /30")),
        },
        "redundancy" => redundancy(rest),
        "clock" => match rest {
            "system" => Ok(Control::Clock(ClockKind::System)),
            "manual" => Ok(Control::Clock(ClockKind::Manual)),
            moment => timestamp(moment).map(Control::SetClock),
        },
        "advance" => duration(rest).map(Control::Advance),
        "light" => switched(rest, "light $c1 off").map(|(id, lights)| Control::Light(id, lights)),
        "device" => match switched(rest, "device $c1.awsDeviceV2 off") {
            Ok((name, lights)) if lights.len() == 1 => Ok(Control::Device(name, lights[0])),
            Ok(_) => Err("expected device NAME off".to_owned()),
            Err(error) => Err(error),
        },
        "hasten" => Ok(Control::Hasten(Text::parse(rest))),
        "bgp" => session(rest),
        "announce" => announced(rest),
        "macsec" => mac_sec(rest),
        "secret" => secret(rest),
        "partner" => partner(rest),
        "account" => registry::account(rest).map(Control::Registry),
        "user" => registry::principal(Kind::User, rest).map(Control::Registry),
        "role" => registry::principal(Kind::Role, rest).map(Control::Registry),
        "key" => registry::key(rest).map(Control::Registry),
        "ec2" => super::ec2::parse(rest),
        "reset" => Ok(Control::Reset),
        "sweep" => Ok(Control::Sweep),
        _ => return None,
    })
}

fn lifecycle(name: &str) -> Result<Lifecycle, String> {
    match name {
        "instant" => Ok(Lifecycle::Instant),
        "brisk" => Ok(Lifecycle::Brisk),
        "realistic" => Ok(Lifecycle::Realistic),
        other => Err(format!("lifecycle {other}: expected instant, brisk or realistic")),
    }
}

fn setting(group: &str, pair: &str) -> Result<Setting, String> {
    let (name, value) = pair.split_once('=').ok_or_else(|| format!("{pair}: expected name=value"))?;
    let unknown = || format!("there is no {group} {name}");
    let number = |value: &str| value.parse::<u16>().map_err(|_| format!("{pair}: {value} is no number"));
    match (group, name) {
        ("delay", _) => {
            let delay = Delay::ALL.into_iter().find(|delay| delay.name() == name).ok_or_else(unknown)?;
            Ok(Setting::Delay(delay, duration(value)?))
        }
        ("quota", _) => {
            let quota = Quota::ALL.into_iter().find(|quota| quota.name() == name).ok_or_else(unknown)?;
            Ok(Setting::Quota(quota, number(value)?.into()))
        }
        ("plant", "devices_per_location") => Ok(Setting::DevicesPerLocation(number(value)?)),
        ("plant", "ports_per_speed") => Ok(Setting::PortsPerSpeed(number(value)?)),
        _ => Err(unknown()),
    }
}

fn switched(rest: &str, usage: &str) -> Result<(Text, Vec<Light>), String> {
    let mut words = rest.split_whitespace();
    let what = words.next().ok_or_else(|| format!("expected {usage}"))?;
    let light = |word| match word {
        "on" => Ok(Light::Lit),
        "off" => Ok(Light::Dark),
        other => Err(format!("{other}: expected {usage}")),
    };
    let lights = words.map(light).collect::<Result<Vec<_>, _>>()?;
    if lights.is_empty() { Err(format!("expected {usage}")) } else { Ok((Text::parse(what), lights)) }
}

fn redundancy(rest: &str) -> Result<Control, String> {
    let (device, word) = rest.split_once(' ').ok_or("expected redundancy $c1.awsDeviceV2 yes")?;
    let has = match word {
        "yes" => Some(true),
        "no" => Some(false),
        "unknown" => None,
        other => return Err(format!("redundancy {other}: expected yes, no or unknown")),
    };
    Ok(Control::Redundancy(Text::parse(device), has))
}

fn session(rest: &str) -> Result<Control, String> {
    const USAGE: &str = "expected bgp $v.bgpPeers.0 down";
    let mut words = rest.split_whitespace();
    let peer = words.next().ok_or(USAGE)?;
    let session = |word| match word {
        "up" => Ok(Session::Up),
        "down" => Ok(Session::Down),
        "auto" => Ok(Session::Auto),
        other => Err(format!("bgp {other}: expected up, down or auto")),
    };
    let sessions = words.map(session).collect::<Result<Vec<_>, _>>()?;
    if sessions.is_empty() { Err(USAGE.to_owned()) } else { Ok(Control::Session(Text::parse(peer), sessions)) }
}

fn mac_sec(rest: &str) -> Result<Control, String> {
    const USAGE: &str = "expected macsec $c1 mismatch";
    let mut words = rest.split_whitespace();
    let connection = words.next().ok_or(USAGE)?;
    let peer = |word| match word {
        "match" => Peer::Match,
        "mismatch" => Peer::Mismatch,
        ckn => Peer::Holds(ckn.to_owned()),
    };
    let peers: Vec<Peer> = words.map(peer).collect();
    if peers.is_empty() { Err(USAGE.to_owned()) } else { Ok(Control::MacSec(Text::parse(connection), peers)) }
}

fn secret(rest: &str) -> Result<Control, String> {
    const USAGE: &str = "expected secret $k1.macSecKeys.0.ckn of 111122223333 in us-east-1 scheduled, or cancelled";
    let words: Vec<&str> = rest.split_whitespace().collect();
    let &[ckn, "of", owner, "in", region, word] = words.as_slice() else { return Err(USAGE.to_owned()) };
    let is_ending = match word {
        "scheduled" => true,
        "cancelled" => false,
        _ => return Err(USAGE.to_owned()),
    };
    Ok(Control::Secret { ckn: Text::parse(ckn), owner: owner.to_owned(), region: region.to_owned(), is_ending })
}

fn announced(rest: &str) -> Result<Control, String> {
    let (interface, routes) = rest.split_once(' ').ok_or("expected announce $v 10.0.0.0/8, or nothing")?;
    Ok(Control::Announce(Text::parse(interface), announce::parse(routes)?))
}

fn partner(rest: &str) -> Result<Control, String> {
    let (account, kind) = rest.split_once(' ').ok_or("expected partner 111122223333 v2")?;
    let kind = match kind {
        "v1" => Some(PartnerKind::V1),
        "v2" => Some(PartnerKind::V2),
        "none" => None,
        other => return Err(format!("partner {other}: expected v1, v2 or none")),
    };
    Ok(Control::Registry(Change::PutAccount { id: account.to_owned(), partner: kind, name: None }))
}

/// `PT48H`, `48h`, `1h 30m`.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let length: jiff::SignedDuration = text.parse().map_err(|error| format!("{text}: {error}"))?;
    i64::try_from(length.as_millis()).map(Duration).map_err(|_| format!("{text} is too long"))
}

fn timestamp(text: &str) -> Result<Timestamp, String> {
    let moment: jiff::Timestamp = text.parse().map_err(|error| format!("clock {text}: {error}"))?;
    Ok(Timestamp(moment.as_millisecond()))
}
