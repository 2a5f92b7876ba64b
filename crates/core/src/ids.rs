//! Names of things: ids, accounts, Regions, locations, devices. All are small values that copy and compare cheaply.
//!
//! An id is its prefix and eight characters of `[a-z0-9]`, of which the first is `f`, as in every recorded answer
//! [observed]. Ids that a caller sends may have any length: a well-formed one of another length is merely unknown.

use crate::time::Timestamp;
use minicbor::decode::{self, Decoder};
use minicbor::encode::{self, Encoder, Write};
use minicbor::{Decode, Encode};
use std::fmt;

/// A short name held in place: no allocation, ordered like its text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Short<const N: usize>([u8; N]);

impl<const N: usize> Short<N> {
    /// Comes before every name: where a scan of an index begins.
    pub(crate) const LEAST: Self = Short([0; N]);

    /// The text held in place, or `None` when it is longer than `N` bytes, empty, or holds a NUL.
    pub fn new(text: &str) -> Option<Self> {
        if text.is_empty() || text.len() > N || text.contains('\0') {
            return None;
        }
        let mut bytes = [0; N];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Some(Short(bytes))
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        let length = self.0.iter().position(|byte| *byte == 0).unwrap_or(N);
        std::str::from_utf8(&self.0[..length]).expect("a short name is made from text")
    }
}

impl<const N: usize> fmt::Display for Short<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<const N: usize> fmt::Debug for Short<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<C, const N: usize> Encode<C> for Short<N> {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
        e.str(self.as_str())?.ok()
    }
}

impl<'b, C, const N: usize> Decode<'b, C> for Short<N> {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        Short::new(d.str()?).ok_or_else(|| decode::Error::message("a short name is empty or too long"))
    }
}

/// A Region's name, such as `us-east-1`.
pub type Region = Short<16>;
/// A location's code in the catalogue's spelling, such as `EqDC2`.
pub type LocationCode = Short<16>;

/// The id of a gateway of EC2, `vgw-…` or `tgw-…`.
pub type Ec2GatewayId = Short<24>;

/// The id of an access key, such as `AKIA…`.
pub type AccessKeyId = Short<20>;
/// The id of a user or a role, such as `AIDA…`.
pub type PrincipalId = Short<21>;
/// The name of a user or a role.
pub type PrincipalName = Short<64>;

/// A twelve-digit account id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct AccountId(#[n(0)] u64);

impl AccountId {
    /// Reads twelve digits; anything else is no account id.
    pub fn new(text: &str) -> Option<Self> {
        let digits = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().ok().map(AccountId)).flatten()
    }

    /// Its digits as a number.
    pub fn number(self) -> u64 {
        self.0
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut buffer = itoa::Buffer::new();
        let number = buffer.format(self.0);
        f.write_str(&"000000000000"[number.len().min(12)..])?;
        f.write_str(number)
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
        #[cbor(transparent)]
        pub struct $name(#[n(0)] Short<8>);

        impl $name {
            /// What its text begins with.
            pub const PREFIX: &str = $prefix;
            /// Comes before every id: where a scan of an index begins.
            pub const LEAST: Self = $name(Short([0; 8]));

            /// An id drawn from `random`, which fills what it is given.
            pub fn draw(random: &mut dyn FnMut(&mut [u8])) -> Self {
                $name(draw_suffix(random))
            }

            /// Reads an id. `Err` when the text has not the form of one; `Ok(None)` when it has, but none of ours is so long.
            pub fn parse(text: &str) -> Result<Option<Self>, Malformed> {
                let suffix = text.strip_prefix($prefix).ok_or(Malformed)?;
                let well_formed = !suffix.is_empty() && suffix.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
                if !well_formed {
                    return Err(Malformed);
                }
                Ok((suffix.len() == 8).then(|| Short::new(suffix)).flatten().map($name))
            }

            /// Its eight characters.
            pub fn suffix(&self) -> &str {
                self.0.as_str()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($prefix)?;
                f.write_str(self.0.as_str())
            }
        }
    };
}

id!(
    /// `dxcon-…`: a connection or an interconnect.
    ConnectionId, "dxcon-"
);
id!(
    /// `dxlag-…`: a link aggregation group.
    LagId, "dxlag-"
);

id!(
    /// `dxvif-…`: a virtual interface.
    VirtualInterfaceId, "dxvif-"
);
id!(
    /// `dxpeer-…`: a BGP peer.
    BgpPeerId, "dxpeer-"
);

/// `dxrg-…`: a resiliency group, with seventeen characters instead of eight [model].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct ResiliencyGroupId(#[n(0)] Short<17>);

impl ResiliencyGroupId {
    /// What its text begins with.
    pub const PREFIX: &str = "dxrg-";
    /// Comes before every id: where a scan of an index begins.
    pub const LEAST: Self = ResiliencyGroupId(Short([0; 17]));

    /// An id drawn from `random`, which fills what it is given.
    pub fn draw(random: &mut dyn FnMut(&mut [u8])) -> Self {
        ResiliencyGroupId(Short([(); 17].map(|()| draw_character(random))))
    }

    /// Reads an id, in either case [model]; `None` when the text has not the form of one.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.to_ascii_lowercase();
        let suffix = text.strip_prefix(Self::PREFIX).filter(|suffix| suffix.len() == 17)?;
        let well_formed = suffix.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if well_formed { Short::new(suffix).map(ResiliencyGroupId) } else { None }
    }
}

impl fmt::Display for ResiliencyGroupId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::PREFIX)?;
        f.write_str(self.0.as_str())
    }
}

/// A version 4 UUID in lower case: gateways, associations, proposals, failover tests [observed].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Uuid(#[cbor(n(0), with = "minicbor::bytes")] [u8; 16]);

impl Uuid {
    /// Comes before every UUID: where a scan of an index begins.
    pub const LEAST: Self = Uuid([0; 16]);

    /// One drawn from `random`, which fills what it is given.
    pub fn draw(random: &mut dyn FnMut(&mut [u8])) -> Self {
        let mut bytes = [0; 16];
        random(&mut bytes);
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        Uuid(bytes)
    }

    /// Reads the usual form, 8-4-4-4-12 hexadecimal digits in either case.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: Vec<u8> = text.bytes().filter(|byte| *byte != b'-').collect();
        let dashes = text.bytes().enumerate().filter(|(_, byte)| *byte == b'-').map(|(at, _)| at);
        if digits.len() != 32 || !dashes.eq([8, 13, 18, 23]) {
            return None;
        }
        let mut bytes = [0; 16];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Uuid(bytes))
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = [b'-'; 36];
        let mut place = 0;
        for (at, byte) in self.0.into_iter().enumerate() {
            // The dashes stand there already.
            place += usize::from(matches!(at, 4 | 6 | 8 | 10));
            text[place] = DIGITS[usize::from(byte >> 4)];
            text[place + 1] = DIGITS[usize::from(byte & 0xf)];
            place += 2;
        }
        f.write_str(std::str::from_utf8(&text).expect("digits and dashes are ASCII"))
    }
}

/// The text is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

fn draw_suffix(random: &mut dyn FnMut(&mut [u8])) -> Short<8> {
    let mut suffix = *b"f0000000";
    for place in &mut suffix[1..] {
        *place = draw_character(random);
    }
    Short(suffix)
}

fn draw_character(random: &mut dyn FnMut(&mut [u8])) -> u8 {
    const ALPHABET: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    let mut bytes = [0; 8];
    random(&mut bytes);
    ALPHABET[(u64::from_le_bytes(bytes) % 36) as usize]
}

/// One AWS device at a location: devices are numbered from 0 in each location of each Region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
pub struct DeviceId {
    /// The Region whose network the device belongs to.
    #[n(0)]
    pub region: Region,
    /// The building that it stands in.
    #[n(1)]
    pub location: LocationCode,
    /// Its number there.
    #[n(2)]
    pub number: u16,
}

impl DeviceId {
    /// The device with this name, if it is one of the first `count` of its location.
    pub fn find(region: Region, location: LocationCode, name: &str, count: u16) -> Option<Self> {
        (0..count).map(|number| DeviceId { region, location, number }).find(|device| device.to_string() == name)
    }
}

/// `<location code>-<13 characters of base 36>`, the form of `awsDeviceV2` [observed]; the same in every store.
impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const ALPHABET: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
        let place = self.region.as_str().bytes().chain([b'/']).chain(self.location.as_str().bytes());
        let seed = place
            .chain(self.number.to_le_bytes())
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        let mut mixed = (seed ^ (seed >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^= mixed >> 29;
        // Lists show it three times for each connection: it is put together first, and written at once.
        let mut suffix = [0; 13];
        for place in &mut suffix {
            *place = ALPHABET[(mixed % 36) as usize];
            mixed = (mixed / 36) | (mixed << 59);
        }
        f.write_str(self.location.as_str())?;
        f.write_str("-")?;
        f.write_str(std::str::from_utf8(&suffix).expect("the alphabet is ASCII"))
    }
}

/// Where a record stands in a list of its kind: creation time, then id.
pub type Position<Id> = (Timestamp, Id);
