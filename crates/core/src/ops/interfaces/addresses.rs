//! Addresses of peers: given by the caller and checked, or assigned.

use crate::model::bgp_peer::{BgpPeer, Phase};
use crate::model::virtual_interface::{Kind, Parent, VirtualInterface};
use crate::ops::require;
use crate::prefix::{Family, Interface};
use crate::rejection::VirtualInterfaceRejection;
use crate::settings::Ipv4Blocks;
use crate::tx::Tx;
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

/// Both ends of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ops) struct Pair {
    pub(in crate::ops) amazon: Interface,
    pub(in crate::ops) customer: Interface,
}

/// Where IPv4 blocks are assigned from, and how long the prefix of that range is.
const IPV4_BASE: u32 = u32::from_be_bytes([169, 254, 0, 0]);
const IPV4_BASE_LENGTH: u8 = 16;
/// Where IPv6 blocks are assigned from: the range that AWS uses for its own addresses beside a network's. The first and
/// the sixth address of each are the two ends [observed].
const IPV6_BASE: u128 = 0xfd00_0ec2_00dc_0000_0000_0000_0000_0000;
const IPV6_BLOCKS: u64 = 1 << 61;
const IPV6_LENGTH: u8 = 125;
/// The two ends of an assigned block: the first and the sixth address; of four addresses all that can be ends.
const ENDS: [u8; 2] = [1, 6];
const ENDS_OF_FOUR: [u8; 2] = [1, 2];

/// The addresses that the caller gives; `None` when they are to be assigned.
pub(in crate::ops) fn given(
    kind: Kind,
    family: Family,
    amazon: Option<&str>,
    customer: Option<&str>,
) -> Result<Option<Pair>, VirtualInterfaceRejection> {
    if family == Family::Ipv6 {
        require(amazon.is_none(), || VirtualInterfaceRejection::AddressGiven { member: "amazonAddress" })?;
        require(customer.is_none(), || VirtualInterfaceRejection::AddressGiven { member: "customerAddress" })?;
        return Ok(None);
    }
    if amazon.is_none() && customer.is_none() && kind != Kind::Public {
        return Ok(None);
    }
    let missing = |member, example| VirtualInterfaceRejection::AddressMissing { member, example };
    let amazon = amazon.ok_or_else(|| missing("amazonAddress", "203.0.113.1/30"))?;
    let customer = customer.ok_or_else(|| missing("customerAddress", "203.0.113.2/30"))?;
    let pair = Pair { amazon: parsed("amazonAddress", amazon)?, customer: parsed("customerAddress", customer)? };
    fits(kind, pair)?;
    Ok(Some(pair))
}

fn parsed(member: &'static str, value: &str) -> Result<Interface, VirtualInterfaceRejection> {
    let found = Interface::parse(value).filter(|found| found.family() == Family::Ipv4);
    let malformed = || VirtualInterfaceRejection::AddressMalformed { member, value: value.to_owned() };
    let found = found.ok_or_else(malformed)?;
    let alone = || VirtualInterfaceRejection::AddressAlone { member, value: value.to_owned() };
    require(found.net().prefix_len() < 32, alone)?;
    Ok(found)
}

/// Both ends are hosts of one network, and not the same one.
fn fits(kind: Kind, pair: Pair) -> Result<(), VirtualInterfaceRejection> {
    let ends = [("Amazon", pair.amazon), ("Customer", pair.customer)];
    if kind == Kind::Public {
        for (which, end) in ends {
            require(!is_private(end.address()), || VirtualInterfaceRejection::AddressPrivate { which })?;
        }
    }
    let (amazon, customer) = (pair.amazon.net(), pair.customer.net());
    require(amazon.trunc() == customer.trunc(), || VirtualInterfaceRejection::AddressesApart)?;
    // Both addresses of a /31 are hosts.
    if amazon.prefix_len() < 31 {
        for (which, end) in ends {
            let (net, address) = (end.net(), end.address());
            require(net.network() != address, || VirtualInterfaceRejection::AddressOfNetwork { which })?;
            require(net.broadcast() != address, || VirtualInterfaceRejection::AddressOfBroadcast { which })?;
        }
    }
    let address = pair.amazon.address();
    require(address != pair.customer.address(), || VirtualInterfaceRejection::AddressesEqual { address })
}

fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            // Shared address space of providers is no one's own, either.
            let is_shared = v4.octets()[0] == 100 && v4.octets()[1] & 0xc0 == 64;
            v4.is_private() || v4.is_link_local() || v4.is_loopback() || v4.is_unspecified() || is_shared
        }
        IpAddr::V6(_) => false,
    }
}

/// No address of `pairs` is one of `others`, which sit on `parent`.
pub(in crate::ops) fn are_free(
    tx: &Tx<'_>,
    pairs: &[Pair],
    parent: Parent,
    others: &[Arc<VirtualInterface>],
) -> Result<(), VirtualInterfaceRejection> {
    let wanted: Vec<IpAddr> = pairs.iter().flat_map(|pair| [pair.amazon.address(), pair.customer.address()]).collect();
    for other in others {
        for address in taken_by(tx, other) {
            let used = || VirtualInterfaceRejection::AddressUsed { address, by: other.id, parent: parent.to_string() };
            require(!wanted.contains(&address), used)?;
        }
    }
    Ok(())
}

/// The pairs of the peers that an interface has.
pub(in crate::ops) fn pairs(tx: &Tx<'_>, interface: &VirtualInterface) -> Vec<Pair> {
    let present = interface.peers.iter().filter(|peer| peer.is_present(tx.now()));
    present.map(|peer| Pair { amazon: peer.amazon_address, customer: peer.customer_address }).collect()
}

fn taken_by(tx: &Tx<'_>, interface: &VirtualInterface) -> Vec<IpAddr> {
    let now = tx.now();
    // Like a VLAN, an address is free again once its peer is deleted, not before.
    let is_there = |peer: &&BgpPeer| peer.phase.at(now) != Phase::Deleted;
    let addresses = |peer: &BgpPeer| [peer.amazon_address.address(), peer.customer_address.address()];
    interface.peers.iter().filter(is_there).flat_map(addresses).collect()
}

/// Public addresses are unique, whatever port they are on [guide].
pub(in crate::ops) fn are_unique(tx: &mut Tx<'_>, kind: Kind, pairs: &[Pair]) -> Result<(), VirtualInterfaceRejection> {
    let ends = pairs.iter().flat_map(|pair| [pair.amazon.address(), pair.customer.address()]);
    for address in ends.filter(|_| kind == Kind::Public) {
        let used = tx.is_public_address_used(address);
        require(!used, || VirtualInterfaceRejection::PublicAddressUsed { address })?;
    }
    Ok(())
}

/// A block that none of `others` has an address of, and for a public interface no public one anywhere. There are far more
/// blocks than interfaces on a port.
pub(in crate::ops) fn assign(tx: &mut Tx<'_>, kind: Kind, family: Family, others: &[Arc<VirtualInterface>]) -> Pair {
    let taken: BTreeSet<IpAddr> = others.iter().flat_map(|other| taken_by(tx, other)).collect();
    let (start, blocks) = (u64::from_le_bytes(tx.random_bytes()), tx.settings().ipv4_blocks);
    let mut pairs = (0..).map(|step| block(family, blocks, start.wrapping_add(step)));
    let mut is_free = |pair: &Pair| {
        let ends = [pair.amazon.address(), pair.customer.address()];
        !ends.iter().any(|end| taken.contains(end)) && are_unique(tx, kind, &[*pair]).is_ok()
    };
    pairs.find(|pair| is_free(pair)).expect("a port has fewer interfaces than there are blocks")
}

fn block(family: Family, blocks: Ipv4Blocks, number: u64) -> Pair {
    let (length, ends) = match (family, blocks) {
        (Family::Ipv4, Ipv4Blocks::OfEight) => (29, ENDS),
        (Family::Ipv4, Ipv4Blocks::OfFour) => (30, ENDS_OF_FOUR),
        (Family::Ipv6, _) => (IPV6_LENGTH, ENDS),
    };
    let end = |end: u8| {
        let address = match family {
            Family::Ipv4 => {
                let block = u32::try_from(number % (1 << (length - IPV4_BASE_LENGTH))).expect("it is below 2^14");
                Ipv4Addr::from(IPV4_BASE + (block << (32 - length)) + u32::from(end)).into()
            }
            Family::Ipv6 => Ipv6Addr::from(IPV6_BASE + u128::from(number % IPV6_BLOCKS) * 8 + u128::from(end)).into(),
        };
        Interface::new(address, length).expect("the length is one of the family")
    };
    Pair { amazon: end(ends[0]), customer: end(ends[1]) }
}
