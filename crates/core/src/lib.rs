//! The service: pure, synchronous and deterministic. It decides; everything else carries.
//!
//! [`run`] decides one call of the API on a [`Tx`], [`control::run`] one of the operator's. Time, randomness and
//! settings come in as arguments or rows; what comes out is an answer and a [`Batch`], or a [`Rejection`] and nothing.
//! The core must never do IO, read a clock, draw randomness of its own, log, or iterate over a hash map.

#![forbid(unsafe_code)]

pub mod arn;
pub mod authority;
pub mod catalogue;
mod change;
pub mod control;
pub mod housekeeping;
pub mod ids;
pub mod invariants;
pub mod model;
mod ops;
mod page;
pub mod phases;
mod plant;
pub mod prefix;
mod record;
mod rejection;
mod routes;
pub mod settings;
mod state;
mod steps;
mod tags;
mod time;
mod timeline;
mod tx;

pub use change::{Changed, Repeat, change};
pub use ops::ec2::{Ec2Question, ec2_question};
pub use ops::facts::{Access, Callers, Facts, Resource};
pub use ops::secrets::{SecretQuestion, secret_question, watched_secrets};
pub use ops::{facts, run};
pub use record::{Key, NONCE, Record, Replay};
pub use rejection::{
    AssociationRejection, BgpPeerRejection, BillingRejection, ConnectionRejection, ControlRejection, CustomerRejection,
    FailoverTestRejection, GatewayRejection, HostedConnectionRejection, InterconnectRejection, LagRejection,
    LoaRejection, MacSecRejection, OrderRejection, PageRejection, ProposalRejection, RegistryRejection, Rejection,
    ResiliencyGroupRejection, RouteRejection, RouterRejection, TagRejection, VirtualInterfaceRejection,
};
pub use state::{Loader, Registry, State};
pub use steps::{STEPS_MAX, Steps};
pub use tags::{Tag, Tags};
pub use time::{Duration, Timestamp};
pub use timeline::{Aspect, Moment, aspects, association_timeline, timeline};
pub use tx::{AnyConnection, Batch, Context, Guard, Read, Tx};
