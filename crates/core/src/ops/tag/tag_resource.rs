//! TagResource: adds tags to a resource, or sets the values of those it has.

use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::tagged::Tagged;
use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts::new(
    Access::Tagging,
    &[Resource::required(&["dxcon", "dxlag", "dxvif", "dx-gateway", "dx-resiliency-group"], "resourceArn")],
);

pub(in crate::ops) fn tag_resource(
    tx: &mut Tx<'_>,
    input: &shapes::TagResourceRequest,
) -> Result<shapes::TagResourceResponse, Rejection> {
    let resource = Tagged::find_live(tx, &input.resource_arn)?;
    resource.put_with(tx, |tags, tx| tags.merge(tx, &input.tags))?;
    Ok(shapes::TagResourceResponse::default())
}
