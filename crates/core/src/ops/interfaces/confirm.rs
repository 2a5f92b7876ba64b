//! Confirming an allocated virtual interface: the rules that the three calls share, in the order in which they are
//! reported.

use super::{find, gateways, order, pools};
use crate::ids::VirtualInterfaceId;
use crate::model::virtual_interface::{Gateway, Kind, Seen, VirtualInterface};
use crate::ops::require;
use crate::rejection::{Rejection, VirtualInterfaceRejection};
use crate::settings::Delay;
use crate::tx::Tx;

/// Confirms the caller's interface of this id and kind, and leads it to a gateway of the caller's.
pub(in crate::ops) fn confirm(
    tx: &mut Tx<'_>,
    text: &str,
    kind: Kind,
    asked: Option<gateways::Asked<'_>>,
) -> Result<VirtualInterfaceId, Rejection> {
    find::id(text)?;
    let name = asked.map(|asked| asked.read(kind)).transpose()?;
    let interface = find::present(tx, text)?;
    let gateway = name.map(|name| gateways::find(tx, name)).transpose()?;
    find::is_owner(tx, &interface, "confirmation")?;
    let (id, found) = (interface.id, interface.kind.as_str());
    require(interface.kind == kind, || VirtualInterfaceRejection::OtherKind {
        id,
        kind: found,
        expected: kind.as_str(),
    })?;
    find::is_in(tx, &interface, &[Seen::Confirming], "confirming")?;
    if let Some(gateway) = &gateway {
        gateway.is_in_service(tx)?;
        gateway.takes(tx, kind)?;
        gateway.has_room(tx, pools::taken_by(&interface))?;
    }

    let (now, parent_up) = (tx.now(), tx.parent_up(interface.parent));
    let mut confirmed = VirtualInterface::clone(&interface);
    confirmed.settle(&parent_up, now);
    let first = confirmed.peers.first_mut().expect("an allocated interface has its first peer");
    order::proceed(tx, kind, &mut confirmed.phase, &mut first.phase);
    confirmed.gateway = gateway.as_ref().map_or(Gateway::None, gateways::Target::gateway);
    confirmed.amazon_side_asn = gateways::asn(gateway.as_ref());
    confirmed.session_delay = tx.delays().get(Delay::BgpSession);
    tx.put_virtual_interface(confirmed);
    Ok(id)
}
