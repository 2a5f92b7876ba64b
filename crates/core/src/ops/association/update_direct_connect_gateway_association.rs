//! UpdateDirectConnectGatewayAssociation: changes the allowed prefixes of an association.

use crate::model::gateway::{Association, AssociationPhase};
use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::{global, prefixes, require};
use crate::prefix::Prefix;
use crate::rejection::{AssociationRejection, Rejection};
use crate::settings::Delay;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts =
    Facts::new(Access::Write, &[Resource::required(&["dx-gateway"], "associationId")]);

pub(in crate::ops) fn update_direct_connect_gateway_association(
    tx: &mut Tx<'_>,
    input: &shapes::UpdateDirectConnectGatewayAssociationRequest,
) -> Result<shapes::UpdateDirectConnectGatewayAssociationResult, Rejection> {
    let id = global::association_id(input.association_id.as_deref().unwrap_or_default())?;
    let added = input.add_allowed_prefixes_to_direct_connect_gateway.as_deref();
    let added = prefixes::read("addAllowedPrefixesToDirectConnectGateway", added)?;
    let removed = input.remove_allowed_prefixes_to_direct_connect_gateway.as_deref();
    let removed = prefixes::read("removeAllowedPrefixesToDirectConnectGateway", removed)?;
    let association = global::association(tx, id);
    let association = association.ok_or_else(|| AssociationRejection::DoesNotExist { id: id.to_string() })?;
    let account = tx.caller();
    let not_owner = || AssociationRejection::NotGatewayOwner { account, id };
    require(association.gateway_owner == account, not_owner)?;
    is_associated(tx, &association)?;
    let changes = !added.is_empty() || !removed.is_empty();
    require(changes, || AssociationRejection::NothingToUpdate { id })?;
    let target = association.target;
    let allowed = prefixes::changed(&association.allowed_prefixes, &added, &removed);
    let allowed = prefixes::or_networks(tx, target, allowed);
    prefixes::are_given(target, &allowed)?;
    prefixes::do_not_overlap(tx, association.gateway, target, &allowed)?;
    prefixes::are_few(tx, target, &allowed)?;

    let answer = update(tx, &association, allowed);
    Ok(shapes::UpdateDirectConnectGatewayAssociationResult { direct_connect_gateway_association: Some(answer) })
}

/// Nothing is under way for the association.
pub(in crate::ops) fn is_associated(tx: &Tx<'_>, association: &Association) -> Result<(), AssociationRejection> {
    let phase = association.phase.at(tx.now());
    let state = phase.to_wire().as_str();
    require(phase == AssociationPhase::Associated, || AssociationRejection::NotAssociated { id: association.id, state })
}

/// Gives an association other prefixes, and says what the call answers.
pub(in crate::ops) fn update(
    tx: &mut Tx<'_>,
    association: &Association,
    allowed: Vec<Prefix>,
) -> shapes::DirectConnectGatewayAssociation {
    let mut changed = association.clone();
    changed.update(allowed, tx.now(), tx.delays().get(Delay::GatewayAssociation));
    tx.put_association(changed.clone());
    changed.to_wire(AssociationPhase::Updating)
}
