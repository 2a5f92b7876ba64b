//! Resources with tags, found by ARN.

use super::{find, groups};
use crate::arn::Arn;
use crate::ids::{ConnectionId, LagId};
use crate::model::connection::Connection;
use crate::model::gateway::DirectConnectGateway;
use crate::model::hosted_connection::HostedConnection;
use crate::model::lag::Lag;
use crate::model::resiliency_group::ResiliencyGroup;
use crate::model::virtual_interface::VirtualInterface;
use crate::rejection::{Rejection, TagRejection};
use crate::tags::Tags;
use crate::tx::{AnyConnection, Tx};
use std::sync::Arc;

/// A record that has tags.
pub(crate) enum Tagged {
    Connection(Arc<Connection>),
    HostedConnection(Arc<HostedConnection>),
    Lag(Arc<Lag>),
    VirtualInterface(Arc<VirtualInterface>),
    Gateway(Arc<DirectConnectGateway>),
    ResiliencyGroup(Arc<ResiliencyGroup>),
}

impl Tagged {
    /// The caller's resource of this ARN in the Region of the call.
    pub(crate) fn find(tx: &mut Tx<'_>, text: &str) -> Result<Self, TagRejection> {
        let arn = Arn::parse(text, tx.caller())?;
        let found = match arn {
            Arn::Connection { id, .. } => {
                let name = find::Named::<ConnectionId> { text, id: Some(id) };
                find::any_connection(tx, name).ok().map(|found| match found {
                    AnyConnection::Port(port) => Tagged::Connection(port),
                    AnyConnection::Hosted(hosted) => Tagged::HostedConnection(hosted),
                })
            }
            Arn::Lag { id, .. } => {
                let name = find::Named::<LagId> { text, id: Some(id) };
                find::lag(tx, name).ok().map(Tagged::Lag)
            }
            Arn::VirtualInterface { id, .. } => {
                // Tags are the owner's alone, also those of what sits on another account's port [guide].
                let caller = tx.caller();
                let found = find::virtual_interface(tx, Some(id)).filter(|found| found.owner == caller);
                found.map(Tagged::VirtualInterface)
            }
            Arn::DirectConnectGateway { id, .. } => find::gateway(tx, Some(id)).map(Tagged::Gateway),
            Arn::ResiliencyGroup { id, .. } => groups::find(tx, &id.to_string()).ok().map(Tagged::ResiliencyGroup),
        };
        // The ARN's own account and Region must be the resource's, too.
        found.filter(|tagged| tagged.arn() == arn).ok_or_else(|| TagRejection::UnknownArn { arn: text.to_owned() })
    }

    /// The same, and its tags may still be changed.
    pub(super) fn find_live(tx: &mut Tx<'_>, text: &str) -> Result<Self, TagRejection> {
        let tagged = Self::find(tx, text)?;
        let gone = match &tagged {
            Tagged::Connection(c) => {
                (!c.is_live(tx.now())).then(|| (c.id.to_string(), c.state(tx.now()).to_wire().as_str()))
            }
            Tagged::HostedConnection(hosted) => {
                let parent_up = tx.parent_up(hosted.parent);
                let state = || hosted.seen(&parent_up).at(tx.now()).to_wire().as_str();
                (!hosted.is_live(tx.now())).then(|| (hosted.id.to_string(), state()))
            }
            Tagged::Lag(lag) => {
                let state = || lag.seen(&[]).at(tx.now()).to_wire().as_str();
                (!lag.is_live(tx.now())).then(|| (lag.id.to_string(), state()))
            }
            Tagged::VirtualInterface(v) => {
                let parent_up = tx.parent_up(v.parent);
                let state = || v.seen(&parent_up).at(tx.now()).to_wire().as_str();
                (!v.is_live(tx.now())).then(|| (v.id.to_string(), state()))
            }
            Tagged::Gateway(gateway) => {
                let state = gateway.phase.at(tx.now()).to_wire().as_str();
                (!gateway.is_live(tx.now())).then(|| (gateway.id.to_string(), state))
            }
            Tagged::ResiliencyGroup(group) => {
                let state = group.phase.at(tx.now()).to_wire().as_str();
                (!group.is_live(tx.now())).then(|| (group.id.to_string(), state))
            }
        };
        match gone {
            None => Ok(tagged),
            Some((id, state)) => Err(TagRejection::NotLive { id, state }),
        }
    }

    /// Its tags.
    pub(crate) fn tags(&self) -> &Tags {
        match self {
            Tagged::Connection(connection) => &connection.tags,
            Tagged::HostedConnection(hosted) => &hosted.tags,
            Tagged::Lag(lag) => &lag.tags,
            Tagged::VirtualInterface(interface) => &interface.tags,
            Tagged::Gateway(gateway) => &gateway.tags,
            Tagged::ResiliencyGroup(group) => &group.tags,
        }
    }

    /// Writes the record with the tags that `change` makes of its own.
    pub(super) fn put_with(
        &self,
        tx: &mut Tx<'_>,
        change: impl FnOnce(&mut Tags, &mut Tx<'_>) -> Result<(), TagRejection>,
    ) -> Result<(), Rejection> {
        let mut tags = self.tags().clone();
        change(&mut tags, tx)?;
        match self {
            Tagged::Connection(connection) => tx.put_connection(Connection { tags, ..Connection::clone(connection) }),
            Tagged::HostedConnection(hosted) => {
                tx.put_hosted_connection(HostedConnection { tags, ..HostedConnection::clone(hosted) });
            }
            Tagged::Lag(lag) => tx.put_lag(Lag { tags, ..Lag::clone(lag) }),
            Tagged::VirtualInterface(interface) => {
                tx.put_virtual_interface(VirtualInterface { tags, ..VirtualInterface::clone(interface) });
            }
            Tagged::Gateway(gateway) => {
                tx.put_gateway(DirectConnectGateway { tags, ..DirectConnectGateway::clone(gateway) });
            }
            Tagged::ResiliencyGroup(group) => {
                tx.put_resiliency_group(ResiliencyGroup { tags, ..ResiliencyGroup::clone(group) });
            }
        }
        Ok(())
    }

    fn arn(&self) -> Arn {
        match self {
            Tagged::Connection(connection) => connection.arn(),
            Tagged::HostedConnection(hosted) => hosted.arn(),
            Tagged::Lag(lag) => lag.arn(),
            Tagged::VirtualInterface(interface) => interface.arn(),
            Tagged::Gateway(gateway) => gateway.arn(),
            Tagged::ResiliencyGroup(group) => group.arn(),
        }
    }
}
