//! Rust names of the wire's names.

use std::collections::BTreeMap;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

use crate::model::file::{Kind, Model, Shape};

/// A member as a field: `requestMACSec` is `request_mac_sec`.
pub(super) fn field(member: &str) -> String {
    match member.to_snake_case() {
        keyword if keyword == "type" => "type_".to_owned(),
        name => name,
    }
}

/// A shape as a static: `BGPPeer` is `BGP_PEER`.
pub(super) fn constant(shape: &str) -> String {
    shape.to_shouty_snake_case()
}

/// A value of an enum as a variant: `application/pdf` is `ApplicationPdf`.
pub(super) fn variant(value: &str) -> String {
    value.to_upper_camel_case()
}

/// An exception as a variant: `TooManyTagsException` is `TooManyTags`.
pub(super) fn exception(shape: &str) -> &str {
    shape.strip_suffix("Exception").unwrap_or(shape)
}

/// The Rust type that holds a shape.
pub(super) fn type_of(model: &Model, name: &str) -> String {
    let shape = model.shape(name);
    match shape.kind {
        Kind::Structure => name.to_owned(),
        Kind::String if shape.is_enum() => name.to_owned(),
        Kind::String => "String".to_owned(),
        Kind::Integer => "i32".to_owned(),
        Kind::Long => "i64".to_owned(),
        Kind::Boolean => "bool".to_owned(),
        Kind::Timestamp => "Timestamp".to_owned(),
        Kind::Blob => "Vec<u8>".to_owned(),
        Kind::List => format!("Vec<{}>", type_of(model, element(shape))),
    }
}

/// The name of the shape that a list holds.
pub(super) fn element(shape: &Shape) -> &str {
    &shape.member.as_ref().expect("a list has an element").shape
}

/// Refuses a model in which two wire names would become one Rust name.
pub(super) fn check(model: &Model) -> Result<(), String> {
    unique(model.shapes.keys().map(|name| constant(name)), "shapes")?;
    for (name, shape) in &model.shapes {
        unique(shape.members.keys().map(|member| field(member)), name)?;
        unique(shape.values.iter().map(|value| variant(value)), name)?;
    }
    Ok(())
}

fn unique(names: impl Iterator<Item = String>, owner: &str) -> Result<(), String> {
    let mut seen = BTreeMap::new();
    for name in names {
        if let Some(twice) = seen.insert(name.clone(), ()).map(|()| name) {
            return Err(format!("{owner}: two names of the model both become {twice}"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_words_of_the_wire() {
        for (member, name) in [
            ("requestMACSec", "request_mac_sec"),
            ("awsDeviceV2", "aws_device_v2"),
            ("newBGPPeer", "new_bgp_peer"),
            ("prefixPoolSizeIpv4", "prefix_pool_size_ipv4"),
            ("secretARN", "secret_arn"),
            ("type", "type_"),
        ] {
            assert_eq!(field(member), name);
        }
        for (value, name) in [
            ("ipv4", "Ipv4"),
            ("maximum-resiliency", "MaximumResiliency"),
            ("application/pdf", "ApplicationPdf"),
            ("PortPairFlatRateTier1", "PortPairFlatRateTier1"),
        ] {
            assert_eq!(variant(value), name);
        }
        assert_eq!(constant("BGPPeer"), "BGP_PEER");
    }
}
