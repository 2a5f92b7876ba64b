//! DescribeTags: the tags of resources, one entry for every ARN asked for, in that order.

use crate::ops::facts::{Access, Facts, Resource};
use crate::ops::tagged::Tagged;
use crate::rejection::Rejection;
use crate::tx::Tx;
use crossconnect_api::shapes;

pub(in crate::ops) const FACTS: Facts = Facts::new(
    Access::Read,
    &[Resource::required(&["dxcon", "dxlag", "dxvif", "dx-gateway", "dx-resiliency-group"], "resourceArns")],
);

pub(in crate::ops) fn describe_tags(
    tx: &mut Tx<'_>,
    input: &shapes::DescribeTagsRequest,
) -> Result<shapes::DescribeTagsResponse, Rejection> {
    let mut resource_tags = Vec::with_capacity(input.resource_arns.len());
    for arn in &input.resource_arns {
        let tags = Tagged::find(tx, arn)?.tags().to_wire();
        resource_tags.push(shapes::ResourceTag { resource_arn: Some(arn.clone()), tags: Some(tags) });
    }
    Ok(shapes::DescribeTagsResponse { resource_tags: Some(resource_tags) })
}
