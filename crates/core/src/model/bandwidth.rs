//! Port speeds and what follows from them.

use minicbor::{Decode, Encode};

/// The speed of a dedicated port, in gigabits per second [guide].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Bandwidth {
    /// `1Gbps`.
    #[n(0)]
    Gbps1,
    /// `10Gbps`.
    #[n(1)]
    Gbps10,
    /// `100Gbps`.
    #[n(2)]
    Gbps100,
    /// `400Gbps`.
    #[n(3)]
    Gbps400,
}

impl Bandwidth {
    /// Every speed of a dedicated port.
    pub const ALL: [Bandwidth; 4] = [Bandwidth::Gbps1, Bandwidth::Gbps10, Bandwidth::Gbps100, Bandwidth::Gbps400];

    /// The speed of this name, such as `10Gbps`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|bandwidth| bandwidth.as_str() == text)
    }

    /// As connections and LAGs spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Bandwidth::Gbps1 => "1Gbps",
            Bandwidth::Gbps10 => "10Gbps",
            Bandwidth::Gbps100 => "100Gbps",
            Bandwidth::Gbps400 => "400Gbps",
        }
    }

    /// The same in megabits per second.
    pub fn megabits(self) -> u32 {
        match self {
            Bandwidth::Gbps1 => 1000,
            Bandwidth::Gbps10 => 10_000,
            Bandwidth::Gbps100 => 100_000,
            Bandwidth::Gbps400 => 400_000,
        }
    }

    /// As DescribeLocations spells it [observed].
    pub fn port_speed(self) -> &'static str {
        self.as_str().trim_end_matches("bps")
    }

    /// How many connections of this speed a LAG holds at most: 4 below 100 Gbps, else 2 [model].
    pub fn lag_members_max(self) -> usize {
        match self {
            Bandwidth::Gbps1 | Bandwidth::Gbps10 => 4,
            Bandwidth::Gbps100 | Bandwidth::Gbps400 => 2,
        }
    }

    /// Whether interconnects have this speed: all but 400 Gbps [model].
    pub fn is_of_interconnects(self) -> bool {
        match self {
            Bandwidth::Gbps1 | Bandwidth::Gbps10 | Bandwidth::Gbps100 => true,
            Bandwidth::Gbps400 => false,
        }
    }

    /// Whether ports of this speed can be had at a flat rate: 10 and 100 Gbps [observed].
    pub fn has_flat_rate(self) -> bool {
        match self {
            Bandwidth::Gbps10 | Bandwidth::Gbps100 => true,
            Bandwidth::Gbps1 | Bandwidth::Gbps400 => false,
        }
    }
}

/// The speed of a hosted connection, in megabits per second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct HostedBandwidth(#[n(0)] u32);

impl HostedBandwidth {
    /// Every speed of a hosted connection [model].
    pub const ALL: [HostedBandwidth; 11] = [
        HostedBandwidth(50),
        HostedBandwidth(100),
        HostedBandwidth(200),
        HostedBandwidth(300),
        HostedBandwidth(400),
        HostedBandwidth(500),
        HostedBandwidth(1000),
        HostedBandwidth(2000),
        HostedBandwidth(5000),
        HostedBandwidth(10_000),
        HostedBandwidth(25_000),
    ];

    /// In megabits per second.
    pub fn megabits(self) -> u32 {
        self.0
    }
}

/// As connections spell it: `50Mbps`, `1Gbps`.
impl std::fmt::Display for HostedBandwidth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            megabits @ 0..1000 => write!(f, "{megabits}Mbps"),
            megabits => write!(f, "{}Gbps", megabits / 1000),
        }
    }
}
