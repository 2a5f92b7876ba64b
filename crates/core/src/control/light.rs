//! Light on ports and devices, and what else is said of devices: the far end's side of a link, and what its loss does to it.

use super::find_device;
use crate::ids::{ConnectionId, DeviceId};
use crate::model::bandwidth::Bandwidth;
use crate::model::connection::Connection;
use crate::model::device::{Device, Light};
use crate::model::virtual_interface::Parent;
use crate::ops::interfaces::moves;
use crate::ops::{membership, view};
use crate::rejection::ControlRejection;
use crate::tx::Tx;
use std::sync::Arc;

/// Cuts or mends one fibre.
pub(super) fn set_port(tx: &mut Tx<'_>, id: &str, light: Light) -> Result<(), ControlRejection> {
    let connection = ConnectionId::parse(id).ok().flatten().and_then(|id| tx.connection(id));
    let connection = connection.ok_or_else(|| ControlRejection::UnknownResource { id: id.to_owned() })?;
    change(tx, &connection, |connection, now| connection.light.set(now, light));
    Ok(())
}

/// Switches a whole device off or on: every connection on it, and those that will be placed on it.
pub(super) fn set_device(tx: &mut Tx<'_>, name: &str, light: Light) -> Result<(), ControlRejection> {
    let device = device(tx, name)?;
    let id = device.id;
    tx.put_device(Device { light, ..device });
    for bandwidth in Bandwidth::ALL {
        let holders: Vec<_> = tx.holders(id, bandwidth).map(Arc::clone).collect();
        for holder in holders {
            change(tx, &holder, |connection, now| connection.device_light.set(now, light));
        }
    }
    Ok(())
}

/// Says whether a device has logical redundancy, or that nobody knows.
pub(super) fn set_redundancy(tx: &mut Tx<'_>, name: &str, has: Option<bool>) -> Result<(), ControlRejection> {
    let device = device(tx, name)?;
    tx.put_device(Device { has_logical_redundancy: has, ..device });
    Ok(())
}

fn device(tx: &mut Tx<'_>, name: &str) -> Result<Device, ControlRejection> {
    let unknown = || ControlRejection::UnknownDevice { name: name.to_owned() };
    let id: DeviceId = find_device(tx, name).ok_or_else(unknown)?;
    Ok(tx.device(id).map_or_else(|| Device::untouched(id), |device| Device::clone(&device)))
}

/// Changes what the far end of a link does to it.
pub(super) fn change(
    tx: &mut Tx<'_>,
    connection: &Connection,
    set: impl FnOnce(&mut Connection, crate::time::Timestamp),
) {
    let now = tx.now();
    // What the LAG has shown is kept first: it must not hang on a member's history, which is cut short some day.
    if let Some(lag) = connection.lag {
        membership::settle_lag(tx, lag);
    }
    moves::settle_on(tx, Parent::Connection(connection.id));
    let mut changed = connection.clone();
    changed.settle(now);
    set(&mut changed, now);
    if connection.is_operational(now) && !changed.is_operational(now) {
        tx.interrupt(connection.id);
    }
    tx.put_connection(changed);
    moves::note_interruptions(tx, Parent::Connection(connection.id));
    if let Some(lag) = connection.lag {
        view::note_interruption(tx, lag);
    }
}
