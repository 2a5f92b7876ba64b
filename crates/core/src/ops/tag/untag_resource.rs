//! UntagResource: takes tags away from a resource.

use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::tagged::Tagged;
use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts::new(
    Access::Tagging,
    &[Resource::required(&["dxcon", "dxlag", "dxvif", "dx-gateway", "dx-resiliency-group"], "resourceArn")],
);

pub(in crate::ops) fn untag_resource(
    tx: &mut Tx<'_>,
    input: &shapes::UntagResourceRequest,
) -> Result<shapes::UntagResourceResponse, Rejection> {
    let resource = Tagged::find_live(tx, &input.resource_arn)?;
    resource.put_with(tx, |tags, _| {
        tags.remove(&input.tag_keys);
        Ok(())
    })?;
    Ok(shapes::UntagResourceResponse::default())
}
