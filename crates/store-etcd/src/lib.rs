//! The engine for several nodes: a store in an etcd cluster, which every node follows and any node changes.
//!
//! A [`Node`] keeps its own state, decides on it, and commits each change as one transaction of etcd, which is refused
//! where something that the decision rests on has changed. [`Etcd`] is the same store for one writer alone.
//! Nothing here knows a rule of the service.

#![forbid(unsafe_code)]

mod beat;
mod carry;
mod client;
mod engine;
mod follow;
mod gate;
mod grpc;
mod keys;
mod line;
mod messages;
mod node;
mod options;
mod reads;
mod rows;
mod setup;
mod shared;
mod tls;
mod transaction;

pub use engine::Etcd;
pub use keys::FORMAT;
pub use node::{Decide, Figures, Hooks, Node, Reads};
pub use options::{Options, Place, User};
pub use tls::Tls;
