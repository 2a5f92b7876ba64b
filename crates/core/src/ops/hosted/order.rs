//! Allocating a hosted connection: the rules that both calls share, in the order in which they are reported.

use super::host;
use crate::ids::{AccountId, ConnectionId};
use crate::model::account::PartnerKind;
use crate::model::bandwidth::HostedBandwidth;
use crate::model::hosted_connection::{HostedConnection, Phase, Seen};
use crate::ops::interfaces::parent::Name;
use crate::ops::{order, partners, require};
use crate::rejection::{HostedConnectionRejection, Rejection};
use crate::steps::Steps;
use crate::tags::Tags;
use crate::tx::Tx;
use crossconnect_api::shapes;

/// A hosted connection as a partner asks for it.
pub(in crate::ops) struct Asked<'a> {
    /// The interconnect or LAG that is to carry it.
    pub(in crate::ops) parent: Name<'a>,
    pub(in crate::ops) owner: &'a str,
    pub(in crate::ops) bandwidth: &'a str,
    /// The speeds that the call knows.
    pub(in crate::ops) bandwidths: &'static [HostedBandwidth],
    pub(in crate::ops) name: &'a str,
    pub(in crate::ops) vlan: i32,
    pub(in crate::ops) tags: Option<&'a [shapes::Tag]>,
}

/// Allocates a hosted connection to another account, which has to confirm it.
pub(in crate::ops) fn allocate(tx: &mut Tx<'_>, asked: &Asked<'_>) -> Result<ConnectionId, Rejection> {
    order::is_name("connectionName", asked.name)?;
    let malformed = || HostedConnectionRejection::MalformedAccount { value: asked.owner.to_owned() };
    let owner = AccountId::new(asked.owner).ok_or_else(malformed)?;
    let bandwidth = bandwidth(asked)?;
    let vlan = u16::try_from(asked.vlan).ok().filter(|vlan| (1..=4094).contains(vlan));
    let vlan = vlan.ok_or(HostedConnectionRejection::Vlan { value: asked.vlan })?;

    let host = host::find(tx, asked.parent)?;
    may_allocate(tx, bandwidth)?;
    host.carries(bandwidth)?;
    host::is_vlan_free(tx, vlan, host.parent)?;
    let tags = Tags::requested(tx, asked.tags)?;

    let now = tx.now();
    let hosted = HostedConnection {
        id: tx.new_connection_id(),
        owner,
        region: tx.region(),
        location: host.location,
        name: asked.name.into(),
        bandwidth,
        vlan,
        parent: host.parent,
        partner: tx.caller(),
        tags,
        created: now,
        phase: Steps::new(now, Phase::Ordering),
        shown: Steps::new(now, Seen::Ordering),
        derived_since: now,
    };
    let id = hosted.id;
    tx.put_hosted_connection(hosted);
    Ok(id)
}

fn bandwidth(asked: &Asked<'_>) -> Result<HostedBandwidth, HostedConnectionRejection> {
    let found = asked.bandwidths.iter().find(|bandwidth| bandwidth.to_string() == asked.bandwidth);
    found.copied().ok_or_else(|| HostedConnectionRejection::UnknownBandwidth {
        value: asked.bandwidth.to_owned(),
        expected: asked.bandwidths.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    })
}

/// The kind of the partner decides which speeds it sells [model].
fn may_allocate(tx: &mut Tx<'_>, bandwidth: HostedBandwidth) -> Result<(), HostedConnectionRejection> {
    let below_a_gigabit = bandwidth.megabits() < 1000;
    let (sells, kind, expected) = match partners::kind(tx) {
        Some(PartnerKind::V1) => (below_a_gigabit, "v1", "up to 500Mbps"),
        Some(PartnerKind::V2) => (!below_a_gigabit, "v2", "1Gbps or more"),
        None => (false, "nonPartner", "none"),
    };
    let bandwidth = bandwidth.to_string();
    require(sells, || HostedConnectionRejection::BandwidthOfPartner { bandwidth, kind, expected })
}
