//! Where changes become durable, and the one place where they are put in order.
//!
//! A [`Store`] publishes one snapshot after another and runs the writer, which decides what is queued, commits it in
//! groups and answers. An [`Engine`] loads rows and commits groups of them; the embedded one keeps them in a directory.
//! Nothing here knows a rule of the service.

#![forbid(unsafe_code)]

mod embedded;
mod engine;
mod error;
mod lanes;
mod memory;
mod queue;
pub mod shared;
pub mod snapshot;
mod store;
pub mod suite;
mod writer;

pub use embedded::{Embedded, FORMAT, FREE_FLOOR, KEY_MAX, Restoring, Room, VALUE_MAX};
pub use engine::{EachRow, Engine, Group, LastGroup, Note, Notes};
pub use error::{Damage, StoreError};
pub use lanes::Lanes;
pub use memory::{Disk, Fault, Memory};
pub use store::{
    Commit, Committed, Counters, Decide, Decision, Hooks, Limits, Moment, Pending, Published, Store, SubmitError,
    Witness,
};
pub use writer::load;
pub use writer::{Draft, Writer};
