//! Billing modes of dedicated ports.

use crate::time::{Duration, Timestamp};
use crossconnect_api::shapes;
use minicbor::decode::{self, Decoder};
use minicbor::encode::{self, Encoder, Write};
use minicbor::{Decode, Encode};

/// How many times a connection's mode may be changed in [`CHANGES_WITHIN`] [guide].
pub const CHANGES_MAX: usize = 3;
/// The six months in which changes are counted, as days [inferred].
pub const CHANGES_WITHIN: Duration = Duration::from_seconds(183 * 86_400);
/// Port pairs are billed by whole hours [guide].
const BILLING_HOUR: Duration = Duration::from_seconds(3600);

/// How a dedicated port is paid for [model].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum BillingMode {
    /// By port hours and data transferred: the default [inferred].
    #[default]
    #[n(0)]
    PayAsYouGo,
    /// A flat rate for one metro.
    #[n(1)]
    FlatRateTier1,
    /// A flat rate for a Region.
    #[n(2)]
    FlatRateTier2,
    /// A flat rate for a continent.
    #[n(3)]
    FlatRateTier3,
    /// A flat rate for long haul.
    #[n(4)]
    FlatRateTier4,
    /// A flat rate worldwide.
    #[n(5)]
    FlatRateTier5,
}

impl BillingMode {
    /// Every mode that can be requested.
    pub const ALL: [BillingMode; 6] = [
        BillingMode::PayAsYouGo,
        BillingMode::FlatRateTier1,
        BillingMode::FlatRateTier2,
        BillingMode::FlatRateTier3,
        BillingMode::FlatRateTier4,
        BillingMode::FlatRateTier5,
    ];

    /// Whether it is one of the flat rates.
    pub fn is_flat_rate(self) -> bool {
        self != BillingMode::PayAsYouGo
    }

    /// As it is requested.
    pub fn from_wire(mode: shapes::RequestBillingMode) -> Self {
        use shapes::RequestBillingMode as Wire;
        match mode {
            Wire::PayAsYouGo => BillingMode::PayAsYouGo,
            Wire::FlatRateTier1 => BillingMode::FlatRateTier1,
            Wire::FlatRateTier2 => BillingMode::FlatRateTier2,
            Wire::FlatRateTier3 => BillingMode::FlatRateTier3,
            Wire::FlatRateTier4 => BillingMode::FlatRateTier4,
            Wire::FlatRateTier5 => BillingMode::FlatRateTier5,
        }
    }

    /// As answers show it.
    pub fn to_wire(self) -> shapes::BillingMode {
        use shapes::BillingMode as Wire;
        match self {
            BillingMode::PayAsYouGo => Wire::PayAsYouGo,
            BillingMode::FlatRateTier1 => Wire::FlatRateTier1,
            BillingMode::FlatRateTier2 => Wire::FlatRateTier2,
            BillingMode::FlatRateTier3 => Wire::FlatRateTier3,
            BillingMode::FlatRateTier4 => Wire::FlatRateTier4,
            BillingMode::FlatRateTier5 => Wire::FlatRateTier5,
        }
    }

    /// As answers show it on a port of a pair: two at one flat rate pay less together [guide].
    pub fn paired_to_wire(self) -> shapes::BillingMode {
        use shapes::BillingMode as Wire;
        match self {
            BillingMode::PayAsYouGo => Wire::PayAsYouGo,
            BillingMode::FlatRateTier1 => Wire::PortPairFlatRateTier1,
            BillingMode::FlatRateTier2 => Wire::PortPairFlatRateTier2,
            BillingMode::FlatRateTier3 => Wire::PortPairFlatRateTier3,
            BillingMode::FlatRateTier4 => Wire::PortPairFlatRateTier4,
            BillingMode::FlatRateTier5 => Wire::PortPairFlatRateTier5,
        }
    }

    /// Its name on the wire.
    pub fn as_str(self) -> &'static str {
        self.to_wire().as_str()
    }
}

/// Where the billing hour of `now` ends.
pub fn next_billing_hour(now: Timestamp) -> Timestamp {
    let hours = now.0.div_euclid(BILLING_HOUR.0);
    Timestamp(hours.saturating_add(1).saturating_mul(BILLING_HOUR.0))
}

/// When calls changed a connection's mode: the last few, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BillingChanges(Vec<Timestamp>);

impl BillingChanges {
    /// How many of them still count at `now`.
    pub fn count(&self, now: Timestamp) -> usize {
        self.0.iter().filter(|at| now < **at + CHANGES_WITHIN).count()
    }

    /// One more, at `now`; those that no longer count are forgotten.
    pub fn push(&mut self, now: Timestamp) {
        self.0.retain(|at| now < *at + CHANGES_WITHIN);
        self.0.push(now);
    }
}

/// Nothing at all while there were none, as in rows of releases that did not count them.
impl<C> Encode<C> for BillingChanges {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, ctx: &mut C) -> Result<(), encode::Error<W::Error>> {
        self.0.encode(e, ctx)
    }

    fn is_nil(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'b, C> Decode<'b, C> for BillingChanges {
    fn decode(d: &mut Decoder<'b>, ctx: &mut C) -> Result<Self, decode::Error> {
        Ok(BillingChanges(Decode::decode(d, ctx)?))
    }

    fn nil() -> Option<Self> {
        Some(BillingChanges::default())
    }
}
