//! Everything that `cargo xtask codegen` makes of the model. Not edited by hand.

mod codec;
pub(crate) mod enums;
pub(crate) mod operations;
pub(crate) mod schema;
pub mod shapes;
