//! Where changes become durable, and the one place where they are put in order.
//!
//! An [`Engine`] loads rows and commits groups of them; the embedded one keeps them in a directory.
//! Nothing here knows a rule of the service.

mod embedded;
mod engine;
mod error;
mod memory;
pub mod suite;

pub use embedded::{Embedded, FORMAT, FREE_FLOOR, KEY_MAX, VALUE_MAX};
pub use engine::{EachRow, Engine, Group, LastGroup};
pub use error::{Damage, StoreError};
pub use memory::{Disk, Fault, Memory};
