//! Resiliency groups as callers name them, and what is or will be in them.

use super::find::PortName;
use super::{find, require};
use crate::arn::Arn;
use crate::ids::{AccountId, ConnectionId, LagId, Region, ResiliencyGroupId};
use crate::model::client_token::TokenAnswer;
use crate::model::resiliency_group::{GroupAssociation, GroupAssociationPhase, GroupPhase, ResiliencyGroup};
use crate::model::virtual_interface::Parent;
use crate::rejection::{ConnectionRejection, LagRejection, Rejection, ResiliencyGroupRejection};
use crate::settings::Delay;
use crate::tx::Tx;
use crossconnect_api::shapes;
use std::sync::Arc;

/// The caller's group of this id: unknown, another account's and purged ones are alike.
pub(super) fn find(tx: &mut Tx<'_>, text: &str) -> Result<Arc<ResiliencyGroup>, ResiliencyGroupRejection> {
    let found = ResiliencyGroupId::parse(text).and_then(|id| tx.resiliency_group(id));
    let retention = tx.delays().get(Delay::Retention);
    let is_visible = |group: &Arc<ResiliencyGroup>| group.owner == tx.caller() && group.is_listed(tx.now(), retention);
    found.filter(is_visible).ok_or_else(|| ResiliencyGroupRejection::NotFound { id: text.to_owned() })
}

/// The same, and it is not deleted or being deleted.
pub(super) fn find_live(tx: &mut Tx<'_>, text: &str) -> Result<Arc<ResiliencyGroup>, ResiliencyGroupRejection> {
    let group = find(tx, text)?;
    let state = group.phase.at(tx.now()).to_wire().as_str();
    require(group.is_live(tx.now()), || ResiliencyGroupRejection::NotLive { id: group.id, state })?;
    Ok(group)
}

/// A connection or LAG as a call names it: by its id, in the Region of the call, or by its ARN, in the ARN's.
#[derive(Clone, Copy)]
pub(super) struct Identifier<'a> {
    text: &'a str,
    region: Region,
    account: AccountId,
    name: PortName<'a>,
}

/// Reads `connectionIdentifiers`.
pub(super) fn identifiers<'a>(
    tx: &Tx<'_>,
    texts: &'a [String],
) -> Result<Vec<Identifier<'a>>, ResiliencyGroupRejection> {
    texts.iter().map(|text| identifier(tx, text)).collect()
}

fn identifier<'a>(tx: &Tx<'_>, text: &'a str) -> Result<Identifier<'a>, ResiliencyGroupRejection> {
    let malformed = || ResiliencyGroupRejection::MalformedIdentifier { value: text.to_owned() };
    let (region, account) = (tx.region(), tx.caller());
    if !text.starts_with("arn:") {
        let name = find::port_id(text).map_err(|_| malformed())?;
        return Ok(Identifier { text, region, account, name });
    }
    match Arn::parse(text, tx.caller()) {
        Ok(Arn::Connection { region, account, id }) => {
            let name = PortName::Connection(find::Named { text, id: Some(id) });
            Ok(Identifier { text, region, account, name })
        }
        Ok(Arn::Lag { region, account, id }) => {
            let name = PortName::Lag(find::Named { text, id: Some(id) });
            Ok(Identifier { text, region, account, name })
        }
        _ => Err(malformed()),
    }
}

/// A connection or LAG of the caller's, and the Region that it is in.
#[derive(Clone, Copy)]
pub(super) struct Port {
    pub(super) id: Parent,
    pub(super) region: Region,
}

/// What the call names, each once and each the caller's; unknown, other accounts', and purged ones are alike. What
/// partners have is not grouped: interconnects, their LAGs, and hosted connections [inferred].
pub(super) fn ports(tx: &mut Tx<'_>, identifiers: &[Identifier<'_>]) -> Result<Vec<Port>, Rejection> {
    let mut ports: Vec<Port> = Vec::new();
    for identifier in identifiers {
        let port = port(tx, identifier)?;
        let is_new = ports.iter().all(|other| other.id != port.id);
        require(is_new, || ResiliencyGroupRejection::NamedTwice { value: identifier.text.to_owned() })?;
        ports.push(port);
    }
    Ok(ports)
}

fn port(tx: &mut Tx<'_>, identifier: &Identifier<'_>) -> Result<Port, Rejection> {
    let (now, retention) = (tx.now(), tx.delays().get(Delay::Retention));
    let (region, whose) = (identifier.region, (identifier.account, identifier.region));
    let is_own = identifier.account == tx.caller();
    match identifier.name {
        PortName::Connection(name) => {
            let found = name.id.and_then(|id| tx.connection(id));
            let found = found.filter(|c| {
                is_own && (c.owner, c.region) == whose && c.kind.is_dedicated() && c.is_listed(now, retention)
            });
            let found = found.ok_or_else(|| ConnectionRejection::NotFound { id: name.text.to_owned() })?;
            Ok(Port { id: Parent::Connection(found.id), region })
        }
        PortName::Lag(name) => {
            let found = name.id.and_then(|id| tx.lag(id));
            let found = found.filter(|lag| {
                is_own && (lag.owner, lag.region) == whose && !lag.allows_hosted && lag.is_listed(now, retention)
            });
            let found = found.ok_or_else(|| LagRejection::NotFound { id: name.text.to_owned() })?;
            Ok(Port { id: Parent::Lag(found.id), region })
        }
    }
}

/// What a token stands for, as one of the operations on groups answers it.
pub(super) fn group_of(answer: TokenAnswer) -> Option<shapes::ResiliencyGroup> {
    match answer {
        TokenAnswer::Group(group, phase) => Some(group.to_wire(phase)),
        TokenAnswer::Associations(..) => None,
    }
}

/// The same of the operations on associations.
pub(super) fn associations_of(answer: TokenAnswer) -> Option<Vec<shapes::ResiliencyGroupAssociation>> {
    match answer {
        TokenAnswer::Associations(associations, phase) => Some(to_wire(&associations, phase)),
        TokenAnswer::Group(..) => None,
    }
}

/// Associations as a call that put them into `phase` answers them.
pub(super) fn to_wire(
    associations: &[GroupAssociation],
    phase: GroupAssociationPhase,
) -> Vec<shapes::ResiliencyGroupAssociation> {
    associations.iter().map(|association| association.to_wire(phase)).collect()
}

/// Everything that a call on associations asks besides its token.
pub(super) fn asked<'a>(group: &'a str, identifiers: &'a [String]) -> Vec<&'a str> {
    [group].into_iter().chain(identifiers.iter().map(String::as_str)).collect()
}

/// A group as it is at `now`, and the phase that it is in.
pub(super) fn shown(tx: &Tx<'_>, group: &ResiliencyGroup) -> (shapes::ResiliencyGroup, GroupPhase) {
    let phase = group.phase.at(tx.now());
    (group.to_wire(phase), phase)
}

/// The connection, and the LAG that it is in, of a port that a call wants to associate: it is live, and no member.
pub(super) fn may_be_associated(tx: &mut Tx<'_>, port: Port) -> Result<(), Rejection> {
    match port.id {
        Parent::Connection(id) => {
            let connection = tx.connection(id).expect("it was found");
            find::is_live_connection(tx, &connection)?;
            is_no_member(id, connection.lag)?;
        }
        Parent::Lag(id) => {
            let lag = tx.lag(id).expect("it was found");
            find::is_live_lag(tx, &lag)?;
        }
        Parent::Hosted(_) => unreachable!("no hosted connection is found for a group"),
    }
    let present = tx.group_association(port.id).filter(|association| association.is_present(tx.now()));
    present.map_or(Ok(()), |association| {
        let associated = ResiliencyGroupRejection::Associated { port: port.id.to_string(), group: association.group };
        Err(associated.into())
    })
}

fn is_no_member(connection: ConnectionId, lag: Option<LagId>) -> Result<(), ResiliencyGroupRejection> {
    lag.map_or(Ok(()), |lag| Err(ResiliencyGroupRejection::Member { connection, lag }))
}
