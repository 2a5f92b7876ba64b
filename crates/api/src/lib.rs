//! The API of AWS Direct Connect as plain data: operations, shapes, enums, exceptions, and the schema that describes them.
//!
//! Generated from `model/directconnect.json` by `cargo xtask codegen`. It decides nothing and knows no protocol:
//! `codec` says how a protocol hands values in and takes them out, `crossconnect-wire` holds the protocols.

#![forbid(unsafe_code)]

pub mod codec;
mod generated;
mod operation;
pub mod schema;
mod timestamp;

pub use codec::Unit;
pub use generated::operations::{Exception, Operation, Request, Response};
pub use generated::shapes;
pub use timestamp::Timestamp;
