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
    let mut numbers = free_ports(tx, device, bandwidth);
    (numbers.len() >= count).then(|| {
        numbers.truncate(count);
        Reservation { device, numbers }
    })
}

/// Free ports on one of a location's devices, chosen by the placement in force.
pub(crate) fn reserve(
    tx: &mut Tx<'_>,
    (region, location): (Region, LocationCode),
    bandwidth: Bandwidth,
    count: usize,
) -> Option<Reservation> {
    let devices = tx.plant().devices_per_location;
    let candidates = (0..devices).map(|number| DeviceId { region, location, number });
    let free: Vec<_> = candidates.map(|device| (device, free_ports(tx, device, bandwidth))).collect();
    let mut fitting = free.into_iter().filter(|(_, numbers)| numbers.len() >= count);
    let (device, mut numbers) = match tx.placement() {
        Placement::Pack => fitting.next()?,
        // The first of those with the most free ports.
        Placement::Spread => fitting.min_by_key(|(_, numbers)| std::cmp::Reverse(numbers.len()))?,
    };
    numbers.truncate(count);
    Some(Reservation { device, numbers })
}

/// Light that a port on this device starts with.
pub(crate) fn light_on(tx: &mut Tx<'_>, device: DeviceId) -> Light {
    tx.device(device).map_or(Light::Lit, |device| device.light)
}

fn free_ports(tx: &mut Tx<'_>, device: DeviceId, bandwidth: Bandwidth) -> Vec<u16> {
    let count = tx.plant().ports_per_speed;
    let mut taken = tx.holders(device, bandwidth).map(|holder| holder.port.number).peekable();
    let is_free = |number: &u16| {
        while taken.next_if(|held| held < number).is_some() {}
        taken.peek() != Some(number)
    };
    (0..count).filter(is_free).collect()
}
