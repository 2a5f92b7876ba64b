//! A durable log that shows when somebody has changed it: records with a number and a keyed chain value each, in
//! segments of bounded size, of which the oldest go when there is no more room.
//!
//! What a record says is its writer's affair; here it is bytes. Without the key nobody can make, change, reorder or
//! leave out a record so that [`verify`] does not see it, save for one thing: whoever puts back an older copy of the
//! whole directory has a sound log that ends earlier. Against that the head is also shown elsewhere, and compared.

#![forbid(unsafe_code)]

mod chain;
mod error;
mod frame;
mod head;
mod log;
mod segment;
mod tail;
mod verify;

pub use chain::{ChainKey, Link};
pub use error::LogError;
pub use frame::{RECORD_MAX, Record};
pub use log::{Limits, Log, Opened, Point, Recovered, Synced, Unsynced};
pub use segment::{Segment, peek, segments};
pub use tail::Repair;
pub use verify::{Expected, Fault, Report, verify};
