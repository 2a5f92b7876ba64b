//! Prefixes and addresses of IPv4 and IPv6, as records hold them: parsed, and stored as their text.

use ipnet::IpNet;
use minicbor::decode::{self, Decoder};
use minicbor::encode::{self, Encoder, Write};
use minicbor::{Decode, Encode};
use std::fmt;
use std::net::IpAddr;

/// An address family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Family {
    /// IPv4.
    #[n(0)]
    Ipv4,
    /// IPv6.
    #[n(1)]
    Ipv6,
}

impl Family {
    /// As the wire spells it.
    pub fn to_wire(self) -> crossconnect_api::shapes::AddressFamily {
        match self {
            Family::Ipv4 => crossconnect_api::shapes::AddressFamily::Ipv4,
            Family::Ipv6 => crossconnect_api::shapes::AddressFamily::Ipv6,
        }
    }

    /// As texts spell it.
    pub fn name(self) -> &'static str {
        match self {
            Family::Ipv4 => "IPv4",
            Family::Ipv6 => "IPv6",
        }
    }

    /// As a caller named it; IPv4 when it named none [inferred].
    pub fn from_wire(family: Option<crossconnect_api::shapes::AddressFamily>) -> Self {
        match family {
            None | Some(crossconnect_api::shapes::AddressFamily::Ipv4) => Family::Ipv4,
            Some(crossconnect_api::shapes::AddressFamily::Ipv6) => Family::Ipv6,
        }
    }
}

fn family_of(net: &IpNet) -> Family {
    match net {
        IpNet::V4(_) => Family::Ipv4,
        IpNet::V6(_) => Family::Ipv6,
    }
}

/// The usual form of a network. Lists show many of IPv4, whose own formatting takes as long as all else in an answer.
fn write(f: &mut fmt::Formatter<'_>, net: IpNet) -> fmt::Result {
    let IpNet::V4(net) = net else {
        return fmt::Display::fmt(&net, f);
    };
    let [a, b, c, d] = net.addr().octets();
    for (number, sign) in [(a, "."), (b, "."), (c, "."), (d, "/")] {
        f.write_str(itoa::Buffer::new().format(number))?;
        f.write_str(sign)?;
    }
    f.write_str(itoa::Buffer::new().format(net.prefix_len()))
}

macro_rules! net {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(IpNet);

        impl $name {
            /// The network that it is, or is an address in.
            pub fn net(self) -> IpNet {
                self.0
            }

            /// IPv4 or IPv6.
            pub fn family(self) -> Family {
                family_of(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write(f, self.0)
            }
        }

        impl<C> Encode<C> for $name {
            fn encode<W: Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
                e.str(&self.to_string())?.ok()
            }
        }

        impl<'b, C> Decode<'b, C> for $name {
            fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
                $name::parse(d.str()?).ok_or_else(|| decode::Error::message("not a prefix or address"))
            }
        }
    };
}

net!(
    /// A prefix, such as `10.0.0.0/16`: its host bits are zero.
    Prefix
);
net!(
    /// An address with its prefix length, such as `169.254.10.1/29`.
    Interface
);

impl Prefix {
    /// Reads `address/length` with zero host bits.
    pub fn parse(text: &str) -> Option<Self> {
        let net: IpNet = text.trim().parse().ok()?;
        (net.addr() == net.network()).then_some(Prefix(net))
    }

    /// Whether every address of `other` is one of this prefix.
    pub fn contains(self, other: Prefix) -> bool {
        self.family() == other.family() && self.0.contains(&other.0)
    }

    /// Whether the two share an address.
    pub fn overlaps(self, other: Prefix) -> bool {
        self.contains(other) || other.contains(self)
    }

    /// The prefix of a network, its host bits cleared.
    pub fn of(net: IpNet) -> Self {
        Prefix(net.trunc())
    }
}

impl Interface {
    /// Reads `address/length`.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Interface)
    }

    /// The address, with a prefix length that it allows.
    pub fn new(address: IpAddr, length: u8) -> Option<Self> {
        IpNet::new(address, length).ok().map(Interface)
    }

    /// The address alone.
    pub fn address(self) -> IpAddr {
        self.0.addr()
    }
}
