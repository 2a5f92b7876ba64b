//! A BGP peer as it is asked for: its ASN, its key, its addresses.

use super::addresses::{self, Pair};
use crate::model::auth_key::AuthKey;
use crate::model::bgp_peer::{BgpPeer, Phase};
use crate::model::virtual_interface::{Kind, VirtualInterface};
use crate::ops::require;
use crate::prefix::Family;
use crate::rejection::VirtualInterfaceRejection;
use crate::steps::Steps;
use crate::tx::Tx;
use crossconnect_api::shapes::AddressFamily;
use std::sync::Arc;

/// The largest value of `asn`; larger ASNs go into `asnLong` [model].
const ASN_MAX: i32 = i32::MAX - 1;
/// The largest value of `asnLong` [model].
const ASN_LONG_MAX: i64 = u32::MAX as i64 - 1;
/// How long a key may be, in characters [model].
const AUTH_KEY_MIN: usize = 6;
const AUTH_KEY_MAX: usize = 80;
/// The characters of a generated key: 22 of them hold 128 random bits [observed].
const KEY_ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.";
const KEY_LENGTH: usize = 22;

/// The members of a request that ask for a peer.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::ops) struct Asked<'a> {
    pub(in crate::ops) asn: Option<i32>,
    pub(in crate::ops) asn_long: Option<i64>,
    pub(in crate::ops) auth_key: Option<&'a str>,
    pub(in crate::ops) family: Option<AddressFamily>,
    pub(in crate::ops) amazon_address: Option<&'a str>,
    pub(in crate::ops) customer_address: Option<&'a str>,
}

/// A peer that keeps the rules which concern it alone.
#[derive(Debug, Clone, Copy)]
pub(in crate::ops) struct Wanted<'a> {
    pub(in crate::ops) asn: u32,
    pub(in crate::ops) auth_key: Option<&'a str>,
    pub(in crate::ops) family: Family,
    /// Absent to have them assigned.
    pub(in crate::ops) addresses: Option<Pair>,
}

impl<'a> Asked<'a> {
    /// Reads what is asked for, for an interface of this kind.
    pub(in crate::ops) fn read(self, kind: Kind) -> Result<Wanted<'a>, VirtualInterfaceRejection> {
        let asn = asn(self.asn, self.asn_long)?;
        if let Some(key) = self.auth_key {
            let length = key.chars().count();
            let fits = (AUTH_KEY_MIN..=AUTH_KEY_MAX).contains(&length);
            require(fits, || VirtualInterfaceRejection::AuthKey { length })?;
        }
        let family = Family::from_wire(self.family);
        let addresses = addresses::given(kind, family, self.amazon_address, self.customer_address)?;
        Ok(Wanted { asn, auth_key: self.auth_key, family, addresses })
    }
}

/// Of both members the longer one counts [model].
pub(in crate::ops) fn asn(asn: Option<i32>, asn_long: Option<i64>) -> Result<u32, VirtualInterfaceRejection> {
    let value = match (asn, asn_long) {
        (_, Some(value)) => {
            require(value <= ASN_LONG_MAX, || VirtualInterfaceRejection::AsnLongTooLarge { value })?;
            value
        }
        (Some(value), None) => {
            require(value <= ASN_MAX, || VirtualInterfaceRejection::AsnTooLarge { value })?;
            i64::from(value)
        }
        (None, None) => return Err(VirtualInterfaceRejection::AsnMissing),
    };
    require(value >= 1, || VirtualInterfaceRejection::AsnTooSmall { value })?;
    Ok(u32::try_from(value).expect("it is in range"))
}

impl Wanted<'_> {
    /// The peer of an interface of `kind`, with whatever was left to be assigned, in `phase`; `others` sit on the same connection or LAG.
    pub(in crate::ops) fn make(
        &self,
        tx: &mut Tx<'_>,
        kind: Kind,
        phase: Steps<Phase>,
        others: &[Arc<VirtualInterface>],
    ) -> BgpPeer {
        let now = tx.now();
        let pair = self.addresses.unwrap_or_else(|| addresses::assign(tx, kind, self.family, others));
        BgpPeer {
            id: tx.new_bgp_peer_id(),
            family: self.family,
            asn: self.asn,
            auth_key: self.auth_key.map_or_else(|| new_key(tx), AuthKey::from),
            amazon_address: pair.amazon,
            customer_address: pair.customer,
            phase,
            far_end: Steps::new(now, true),
            fits: Steps::new(now, true),
            untested: Steps::new(now, true),
            announced: Vec::new(),
        }
    }
}

/// `0x` and 22 characters [observed].
fn new_key(tx: &mut Tx<'_>) -> AuthKey {
    let bytes: [u8; KEY_LENGTH] = tx.random_bytes();
    let characters = bytes.iter().map(|byte| char::from(KEY_ALPHABET[usize::from(byte % 64)]));
    AuthKey::from(&*["0x".to_owned(), characters.collect()].concat())
}
