//! `crossconnect`, the command.

#![forbid(unsafe_code)]

use std::process::ExitCode;

/// An answer with a thousand connections is hundreds of kilobytes, which the system's allocator gives back to the
/// kernel after each; getting them again, page by page, was more than half of such a call.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    crossconnect_server::main(std::env::args_os())
}
