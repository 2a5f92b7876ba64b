//! What the operations on virtual interfaces share: their rules, what they take of ports and gateways, and how they are
//! shown.

pub(super) mod addresses;
pub(super) mod attributes;
pub(super) mod confirm;
pub(super) mod find;
pub(super) mod gateways;
pub(crate) mod moves;
pub(super) mod order;
pub(super) mod parent;
pub(super) mod peer;
pub(super) mod pools;
pub(super) mod rate;
pub(super) mod router_config;
pub(super) mod shown;
