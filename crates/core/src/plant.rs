//! Devices and ports: who holds which, and where the next one goes.
//!
//! A port is reserved by the call that creates its connection, and free again when the connection is deleted.

use crate::ids::{DeviceId, LocationCode, Region};
use crate::model::bandwidth::Bandwidth;
use crate::model::device::Light;
use crate::settings::Placement;
use crate::tx::Tx;

/// Ports of one speed on one device, lowest free numbers first.
pub(crate) struct Reservation {
    /// The device.
    pub(crate) device: DeviceId,
    /// As many port numbers as were asked for.
    pub(crate) numbers: Vec<u16>,
}

/// Free ports on one device, or `None` when it has not so many.
pub(crate) fn reserve_on(tx: &mut Tx<'_>, device: DeviceId, bandwidth: Bandwidth, count: usize) -> Option<Reservation> {
    let numbers: Vec<u16> = free_ports(tx, device, bandwidth).take(count).collect();
    (numbers.len() == count).then_some(Reservation { device, numbers })
}

/// Free ports on one of a location's devices, chosen by the placement in force.
pub(crate) fn reserve(
    tx: &mut Tx<'_>,
    (region, location): (Region, LocationCode),
    bandwidth: Bandwidth,
    count: usize,
) -> Option<Reservation> {
    let devices = tx.plant().devices_per_location;
    let mut devices = (0..devices).map(|number| DeviceId { region, location, number });
    match tx.placement() {
        Placement::Pack => devices.find_map(|device| reserve_on(tx, device, bandwidth, count)),
        Placement::Spread => {
            let free = devices.map(|device| (device, free_count(tx, device, bandwidth)));
            // The first of those with the most free ports.
            let (emptiest, _) = free.min_by_key(|(_, free)| std::cmp::Reverse(*free))?;
            reserve_on(tx, emptiest, bandwidth, count)
        }
    }
}

/// Light that a port on this device starts with.
pub(crate) fn light_on(tx: &mut Tx<'_>, device: DeviceId) -> Light {
    tx.device(device).map_or(Light::Lit, |device| device.light)
}

/// The numbers of free ports, lowest first.
fn free_ports(tx: &mut Tx<'_>, device: DeviceId, bandwidth: Bandwidth) -> impl Iterator<Item = u16> + use<> {
    let count = tx.plant().ports_per_speed;
    let (held, ending) = tx.held_ports(device, bandwidth);
    held.free().take_while(move |number| *number < count).filter(move |number| !ending.contains(number))
}

/// How many ports are free.
fn free_count(tx: &mut Tx<'_>, device: DeviceId, bandwidth: Bandwidth) -> usize {
    let count = tx.plant().ports_per_speed;
    let (held, ending) = tx.held_ports(device, bandwidth);
    usize::from(count) - held.held_below(count) - ending.range(..count).count()
}
