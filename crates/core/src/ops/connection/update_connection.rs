//! UpdateConnection: renames a connection, or sets its MACsec encryption mode.

use crate::model::connection::Connection;
use crate::model::encryption::EncryptionMode;
use crate::model::hosted_connection::HostedConnection;
use crate::model::virtual_interface::Parent;
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::interfaces::moves;
use crate::ops::{find, hosted, order, require, view};
use crate::rejection::{ConnectionRejection, Rejection};
use crate::tx::{AnyConnection, Tx};
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts::new(Access::Write, &[Resource::required(&["dxcon"], "connectionId")]);

pub(in crate::ops) fn update_connection(
    tx: &mut Tx<'_>,
    input: &shapes::UpdateConnectionRequest,
) -> Result<shapes::Connection, Rejection> {
    let id = find::connection_id(&input.connection_id)?;
    if let Some(name) = &input.connection_name {
        order::is_name("connectionName", name)?;
    }
    let mode = input.encryption_mode.as_deref().map(encryption_mode).transpose()?;
    let connection = match find::any_connection(tx, id)? {
        AnyConnection::Port(port) => port,
        AnyConnection::Hosted(hosted) => return update_hosted(tx, input, &hosted),
    };
    find::is_live_connection(tx, &connection)?;
    let changes = input.connection_name.is_some() || mode.is_some();
    require(changes, || ConnectionRejection::NothingToUpdate { id: connection.id })?;
    if mode.is_some() {
        require(connection.mac_sec, || ConnectionRejection::NotMacSecCapable { id: connection.id })?;
        if let Some(lag) = connection.lag {
            return Err(ConnectionRejection::EncryptionOfMember { id: connection.id, lag }.into());
        }
    }

    let mut changed = Connection::clone(&connection);
    if let Some(name) = &input.connection_name {
        changed.name = name.as_str().into();
    }
    if let Some(mode) = mode {
        let (now, was_operational) = (tx.now(), changed.is_operational(tx.now()));
        moves::settle_on(tx, Parent::Connection(connection.id));
        changed.settle(now);
        changed.encrypt(now, mode);
        if was_operational && !changed.is_operational(now) {
            tx.interrupt(changed.id);
        }
    }
    tx.put_connection(changed);
    moves::note_interruptions(tx, Parent::Connection(connection.id));
    Ok(view::changed_connection(tx, connection.id))
}

/// A hosted connection has a name to change, and no MACsec.
fn update_hosted(
    tx: &mut Tx<'_>,
    input: &shapes::UpdateConnectionRequest,
    hosted: &HostedConnection,
) -> Result<shapes::Connection, Rejection> {
    find::is_live_hosted(tx, hosted)?;
    require(input.encryption_mode.is_none(), || ConnectionRejection::NotMacSecCapable { id: hosted.id })?;
    let name = input.connection_name.as_deref().ok_or(ConnectionRejection::NothingToUpdate { id: hosted.id })?;
    tx.put_hosted_connection(HostedConnection { name: name.into(), ..hosted.clone() });
    Ok(hosted::shown::changed(tx, hosted.id))
}

/// The encryption mode of this name.
pub(in crate::ops) fn encryption_mode(text: &str) -> Result<EncryptionMode, ConnectionRejection> {
    let unknown = || ConnectionRejection::UnknownEncryptionMode { value: text.to_owned() };
    EncryptionMode::parse(text).ok_or_else(unknown)
}
