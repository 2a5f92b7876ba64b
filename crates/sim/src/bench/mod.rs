//! What `cargo xtask bench` measures: ratios taken in one run, since these depend less on the machine than times do.

mod decision;

pub use decision::{associate_micros, filled};
