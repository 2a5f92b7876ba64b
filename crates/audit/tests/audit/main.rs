//! The log: what is written is there again, what was changed is seen, what a crash leaves is mended, and it stays as
//! small as it was told to.

mod bounds;
mod crash;
mod failing;
mod support;
mod tampering;
