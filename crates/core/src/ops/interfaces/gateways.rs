//! The gateway that a private or transit virtual interface leads to.

use super::pools::{self, Counts};
use crate::ids::Uuid;
use crate::model::gateway::{DirectConnectGateway, GatewayPhase, TargetKind};
use crate::model::virtual_interface::{AMAZON_ASN, Gateway, Kind};
use crate::ops::{ec2, global, pairing, require};
use crate::rejection::{GatewayRejection, Rejection, VirtualInterfaceRejection};
use crate::settings::Quota;
use crate::tx::Tx;
use std::sync::Arc;

/// The ASN of a virtual private gateway that nothing is known of [guide].
const VIRTUAL_PRIVATE_ASN: u32 = 64512;

/// The members of a request that name a gateway.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::ops) struct Asked<'a> {
    pub(in crate::ops) virtual_private: Option<&'a str>,
    pub(in crate::ops) direct_connect: Option<&'a str>,
}

/// A gateway by its well-formed id.
#[derive(Clone, Copy)]
pub(in crate::ops) enum Name {
    VirtualPrivate(ec2::Named),
    DirectConnect(Uuid),
}

/// A gateway that the caller may lead an interface to.
pub(in crate::ops) enum Target {
    VirtualPrivate(Gateway, u32),
    DirectConnect(Arc<DirectConnectGateway>),
}

impl Asked<'_> {
    /// Exactly one gateway; a transit interface has no choice.
    pub(in crate::ops) fn read(self, kind: Kind) -> Result<Name, Rejection> {
        let expected = match kind {
            Kind::Private | Kind::Public => "virtualGatewayId and directConnectGatewayId",
            Kind::Transit => "directConnectGatewayId",
        };
        match (self.virtual_private, self.direct_connect) {
            (Some(id), None) => {
                let member = "virtualGatewayId";
                let named = ec2::id(member, id)?;
                let malformed = || GatewayRejection::MalformedTarget { member, id: id.to_owned() };
                require(named.1 == TargetKind::VirtualPrivate, malformed)?;
                Ok(Name::VirtualPrivate(named))
            }
            (None, Some(id)) => Ok(Name::DirectConnect(global::gateway_id(id)?)),
            (None, None) => Err(VirtualInterfaceRejection::Gateways { given: 0, expected }.into()),
            (Some(_), Some(_)) => Err(VirtualInterfaceRejection::Gateways { given: 2, expected }.into()),
        }
    }
}

/// The caller's gateway of this name; one of EC2 is in the Region of the call.
pub(in crate::ops) fn find(tx: &mut Tx<'_>, name: Name) -> Result<Target, Rejection> {
    match name {
        Name::VirtualPrivate(named) => {
            let id = ec2::own(tx, named)?.id;
            let registered = tx.ec2_gateway(id).and_then(|registered| registered.amazon_side_asn);
            Ok(Target::VirtualPrivate(Gateway::VirtualPrivate(id), registered.unwrap_or(VIRTUAL_PRIVATE_ASN)))
        }
        Name::DirectConnect(id) => Ok(Target::DirectConnect(global::own_gateway(tx, id)?)),
    }
}

impl Target {
    /// As the record holds it.
    pub(in crate::ops) fn gateway(&self) -> Gateway {
        match self {
            Target::VirtualPrivate(gateway, _) => *gateway,
            Target::DirectConnect(gateway) => Gateway::DirectConnect(gateway.id),
        }
    }

    /// The ASN of Amazon's end.
    pub(in crate::ops) fn asn(&self) -> u32 {
        match self {
            Target::VirtualPrivate(_, asn) => *asn,
            Target::DirectConnect(gateway) => gateway.amazon_side_asn,
        }
    }

    /// A Direct Connect gateway is in service; what state one of EC2 is in is not known.
    pub(in crate::ops) fn is_in_service(&self, tx: &Tx<'_>) -> Result<(), VirtualInterfaceRejection> {
        let Target::DirectConnect(gateway) = self else { return Ok(()) };
        let phase = gateway.phase.at(tx.now());
        let state = phase.to_wire().as_str();
        let wrong = || VirtualInterfaceRejection::GatewayNotAvailable { id: gateway.id, state };
        require(phase == GatewayPhase::Available, wrong)
    }

    /// A Direct Connect gateway leads to gateways of one kind, and interfaces go along with it.
    pub(in crate::ops) fn takes(&self, tx: &mut Tx<'_>, kind: Kind) -> Result<(), GatewayRejection> {
        let Target::DirectConnect(gateway) = self else { return Ok(()) };
        let wanted = if kind == Kind::Transit { TargetKind::Transit } else { TargetKind::VirtualPrivate };
        pairing::is_open_to(tx, gateway.id, wanted)
    }

    /// A Direct Connect gateway takes one more interface, and has prefixes for it.
    pub(in crate::ops) fn has_room(&self, tx: &mut Tx<'_>, more: Counts) -> Result<(), VirtualInterfaceRejection> {
        let Target::DirectConnect(gateway) = self else { return Ok(()) };
        let (now, limit) = (tx.now(), tx.quota(Quota::InterfacesPerGateway));
        let mut attached = tx.on_gateway(gateway.id);
        attached.retain(|interface| interface.is_present(now));
        let gateway = gateway.id;
        require(attached.len() < limit, || VirtualInterfaceRejection::GatewayCount { gateway, limit })?;
        pools::gateway_covers(tx, gateway, &attached, more)
    }
}

/// The ASN of Amazon's end, be there a gateway or not.
pub(in crate::ops) fn asn(target: Option<&Target>) -> u32 {
    target.map_or(AMAZON_ASN, Target::asn)
}

/// SiteLink runs between interfaces on a Direct Connect gateway, in the commercial Regions [guide].
pub(in crate::ops) fn may_site_link(tx: &Tx<'_>, gateway: Gateway) -> Result<(), VirtualInterfaceRejection> {
    let leads = matches!(gateway, Gateway::DirectConnect(_));
    require(leads, || VirtualInterfaceRejection::SiteLinkWithoutGateway)?;
    let region = tx.region();
    let offered = crate::arn::partition(region.as_str()) == "aws";
    require(offered, || VirtualInterfaceRejection::SiteLinkRegion { region })
}
