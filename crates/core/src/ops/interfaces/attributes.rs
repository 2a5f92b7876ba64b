//! Members of a virtual interface that are checked by themselves.

use crate::ids::AccountId;
use crate::model::virtual_interface::Kind;
use crate::ops::require;
use crate::prefix::{Family, Prefix};
use crate::rejection::VirtualInterfaceRejection;
use crate::settings::Quota;
use crate::tx::Tx;
use crossconnect_api::shapes;

/// The longest name, in characters [model].
const NAME_MAX: usize = 100;
/// The highest VLAN [guide].
const VLAN_MAX: i32 = 4094;
/// The MTU of an interface for which none is asked [guide].
pub(in crate::ops) const MTU_DEFAULT: u16 = 1500;

/// Twelve digits.
pub(in crate::ops) fn account(value: &str) -> Result<AccountId, VirtualInterfaceRejection> {
    AccountId::new(value).ok_or_else(|| VirtualInterfaceRejection::MalformedAccount { value: value.to_owned() })
}

/// A name has 1 to 100 characters. Upper case and spaces are fine, whatever the model says [observed].
pub(in crate::ops) fn is_name(name: &str) -> Result<(), VirtualInterfaceRejection> {
    let length = name.chars().count();
    require((1..=NAME_MAX).contains(&length), || VirtualInterfaceRejection::Name { length })
}

/// A VLAN is one of 1 to 4094.
pub(in crate::ops) fn vlan(value: i32) -> Result<u16, VirtualInterfaceRejection> {
    require((1..=VLAN_MAX).contains(&value), || VirtualInterfaceRejection::Vlan { value })?;
    Ok(u16::try_from(value).expect("a VLAN is small"))
}

/// Private interfaces take jumbo frames of either size that is documented, transit ones of one, public ones none.
pub(in crate::ops) fn mtu(kind: Kind, value: i32) -> Result<u16, VirtualInterfaceRejection> {
    let (mtus, expected): (&[u16], _) = match kind {
        Kind::Private => (&[1500, 8500, 9001], "1500, 8500 or 9001"),
        Kind::Transit => (&[1500, 8500], "1500 or 8500"),
        Kind::Public => (&[1500], "1500"),
    };
    let found = mtus.iter().copied().find(|mtu| i32::from(*mtu) == value);
    found.ok_or(VirtualInterfaceRejection::Mtu { value, kind: kind.as_str(), expected })
}

/// Prefixes of one family that the customer may announce: up to 1,000.
pub(in crate::ops) fn prefix_count(
    tx: &mut Tx<'_>,
    family: Family,
    value: i32,
) -> Result<u16, VirtualInterfaceRejection> {
    let limit = tx.quota(Quota::PrefixesPerInterface);
    let count = u16::try_from(value).ok().filter(|count| usize::from(*count) <= limit);
    count.ok_or(VirtualInterfaceRejection::PrefixCount { member: prefix_member(family), value, limit })
}

/// The member that allocates prefixes of a family.
pub(in crate::ops) fn prefix_member(family: Family) -> &'static str {
    match family {
        Family::Ipv4 => "prefixPoolAllocatedCountIpv4",
        Family::Ipv6 => "prefixPoolAllocatedCountIpv6",
    }
}

/// What a public interface announces: at least one prefix of its peer's family. A member may hold several, separated
/// by commas [model].
pub(in crate::ops) fn route_filters(
    tx: &mut Tx<'_>,
    filters: Option<&[shapes::RouteFilterPrefix]>,
    family: Family,
) -> Result<Vec<Prefix>, VirtualInterfaceRejection> {
    let texts = filters.unwrap_or_default().iter().flat_map(|filter| filter.cidr.as_deref().unwrap_or("").split(','));
    let (texts, limit) = (texts.collect::<Vec<_>>(), tx.quota(Quota::PrefixesPerPublicInterface));
    require(!texts.is_empty(), || VirtualInterfaceRejection::NoRouteFilters)?;
    require(texts.len() <= limit, || VirtualInterfaceRejection::TooManyRouteFilters { count: texts.len(), limit })?;
    texts.into_iter().map(|text| route_filter(text, family)).collect()
}

fn route_filter(text: &str, family: Family) -> Result<Prefix, VirtualInterfaceRejection> {
    let malformed = || VirtualInterfaceRejection::RouteFilter { value: text.to_owned() };
    let prefix = Prefix::parse(text).ok_or_else(malformed)?;
    let limit = match prefix.family() {
        Family::Ipv4 => 32,
        Family::Ipv6 => 64,
    };
    let fits = (1..=limit).contains(&prefix.net().prefix_len());
    require(fits, || VirtualInterfaceRejection::RouteFilterLength { prefix, limit })?;
    require(prefix.family() == family, || VirtualInterfaceRejection::RouteFilterFamily { prefix, family })?;
    Ok(prefix)
}
