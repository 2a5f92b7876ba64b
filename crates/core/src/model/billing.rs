//! Billing modes of dedicated ports.

use crossconnect_api::shapes;
use minicbor::{Decode, Encode};

/// How a dedicated port is paid for [model].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Encode, Decode)]
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

    /// Its name on the wire.
    pub fn as_str(self) -> &'static str {
        self.to_wire().as_str()
    }
}
