//! `crossconnect`, the command.

use std::process::ExitCode;

fn main() -> ExitCode {
    crossconnect_server::main(std::env::args_os())
}
