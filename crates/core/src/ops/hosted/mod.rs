//! Hosted connections: what the calls about them share.

pub(super) mod ending;
pub(super) mod host;
pub(crate) mod moves;
pub(super) mod order;
pub(super) mod shown;
