//! DescribeDirectConnectGatewayAttachments: virtual interfaces on Direct Connect gateways. An attachment is no record of
//! its own: what is seen of it follows from its virtual interface.

use crate::ids::VirtualInterfaceId;
use crate::model::virtual_interface::{Gateway, Kind, Phase, VirtualInterface};
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{global, require};
use crate::rejection::{AssociationRejection, PageRejection, Rejection};
use crate::settings::Delay;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts::new(
    Access::Read,
    &[
        Resource::optional(&["dx-gateway"], "directConnectGatewayId"),
        Resource::optional(&["dxvif"], "virtualInterfaceId"),
    ],
);

pub(in crate::ops) fn describe_direct_connect_gateway_attachments(
    tx: &mut Tx<'_>,
    input: &shapes::DescribeDirectConnectGatewayAttachmentsRequest,
) -> Result<shapes::DescribeDirectConnectGatewayAttachmentsResult, Rejection> {
    let (gateway, interface) = (input.direct_connect_gateway_id.as_deref(), input.virtual_interface_id.as_deref());
    let expected = "directConnectGatewayId and virtualInterfaceId";
    require(gateway.is_some() || interface.is_some(), || AssociationRejection::NoSelector { expected })?;
    let filters = [gateway, interface];
    let gateway = gateway.map(global::gateway_id).transpose()?;
    let interface = interface.map(interface_id).transpose()?;
    let operation = "DescribeDirectConnectGatewayAttachments";
    let page = global::page(tx, operation, &filters, input.max_results, input.next_token.as_deref())?;
    let after = match page.after() {
        None => None,
        Some((created, id)) => {
            let token = || PageRejection::Token { value: input.next_token.clone().unwrap_or_default() };
            Some((created, VirtualInterfaceId::parse(id).ok().flatten().ok_or_else(token)?))
        }
    };

    let candidates = match (interface, gateway) {
        (Some(id), _) => id.and_then(|id| tx.virtual_interface(id)).into_iter().collect(),
        (None, Some(gateway)) => tx.on_gateway(gateway),
        (None, None) => Vec::new(),
    };
    let mut listed = Vec::new();
    for interface in candidates {
        let is_later = after.is_none_or(|after| interface.position() > after);
        let wanted = gateway.is_none_or(|gateway| interface.gateway == Gateway::DirectConnect(gateway));
        if is_later && wanted && is_seen(tx, &interface) {
            listed.push(interface);
        }
    }
    let (listed, next_token) = page.take(listed.into_iter(), |interface| (interface.created, interface.id.to_string()));
    let attachments = listed.iter().filter_map(|interface| attachment(tx, interface)).collect();
    Ok(shapes::DescribeDirectConnectGatewayAttachmentsResult {
        direct_connect_gateway_attachments: Some(attachments),
        next_token,
    })
}

fn interface_id(text: &str) -> Result<Option<VirtualInterfaceId>, AssociationRejection> {
    let malformed = |_| AssociationRejection::MalformedVirtualInterfaceId { id: text.to_owned() };
    VirtualInterfaceId::parse(text).map_err(malformed)
}

/// It is attached to a gateway and still listed. Interfaces lead to gateways of their owner alone.
fn is_seen(tx: &mut Tx<'_>, interface: &VirtualInterface) -> bool {
    let is_attached = matches!(interface.gateway, Gateway::DirectConnect(_));
    let (now, retention) = (tx.now(), tx.delays().get(Delay::Retention));
    is_attached && interface.is_listed(now, retention) && interface.owner == tx.caller()
}

fn attachment(tx: &Tx<'_>, interface: &VirtualInterface) -> Option<shapes::DirectConnectGatewayAttachment> {
    use shapes::DirectConnectGatewayAttachmentState as State;
    use shapes::DirectConnectGatewayAttachmentType as Type;
    let Gateway::DirectConnect(gateway) = interface.gateway else { return None };
    let state = match interface.phase.at(tx.now()) {
        Phase::Confirming | Phase::Verifying | Phase::Pending => State::Attaching,
        Phase::Provisioned => State::Attached,
        Phase::Deleting => State::Detaching,
        Phase::Deleted | Phase::Rejected => State::Detached,
    };
    let attachment_type = match interface.kind {
        Kind::Private => Some(Type::PrivateVirtualInterface),
        Kind::Transit => Some(Type::TransitVirtualInterface),
        Kind::Public => None,
    };
    Some(shapes::DirectConnectGatewayAttachment {
        direct_connect_gateway_id: Some(gateway.to_string()),
        virtual_interface_id: Some(interface.id.to_string()),
        virtual_interface_region: Some(interface.region.to_string()),
        virtual_interface_owner_account: Some(interface.owner.to_string()),
        attachment_state: Some(state),
        attachment_type,
        state_change_error: None,
    })
}
