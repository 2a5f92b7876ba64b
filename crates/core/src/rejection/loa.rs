//! Why a letter of authorization cannot be handed out.

use super::{ConnectionId, LagId};
use strum::{IntoStaticStr, VariantNames};
use thiserror::Error;

/// Why a letter of authorization cannot be handed out.
#[derive(Debug, Clone, PartialEq, Eq, Error, IntoStaticStr, VariantNames)]
#[expect(missing_docs, reason = "fields are named after what they hold")]
pub enum LoaRejection {
    /// The LOA is there once the request has been looked at, which makes the connection pending [model].
    #[error("The LOA of {id} is not available yet: the connection is in state requested")]
    NotYet { id: ConnectionId },
    /// The same of a LAG all of whose connections are requested [inferred].
    #[error("The LOA of {id} is not available yet: its connections are in state requested")]
    NotYetOfLag { id: LagId },
    /// The LOA of a LAG is about its connections [inferred].
    #[error("{id} has no connections that an LOA could be about")]
    NoConnections { id: LagId },
    /// DescribeConnectionLoa knows no LAGs; DescribeLoa does [model].
    #[error("{id} is a LAG; its LOA is read with DescribeLoa")]
    OfLag { id: String },
}
