//! The command `crossconnect`: configuration, HTTP, the pipeline of a request, the operator's control API.
//!
//! What the service does is decided in the core, and made durable by the store; here both are carried to and fro.

#![forbid(unsafe_code)]

mod asking;
mod audit;
mod authority;
mod banner;
mod caller;
mod cli;
mod clock;
mod config;
mod control;
mod core_dump;
mod decide;
mod directory;
mod ec2;
mod events;
mod files;
mod http;
mod key_file;
mod logging;
mod metrics;
mod operator;
mod people;
mod pipeline;
mod private_file;
#[doc(hidden)]
pub mod readers;
mod replay;
mod seal;
mod secrets;
mod serve;
mod service;
mod sessions;
mod simulate;
mod snapshot;
mod sts;
mod tls;
mod token;
mod turns;
mod vault;

use std::ffi::OsString;
use std::process::ExitCode;

/// Why the command ended before it was told to: one line for standard error, and the exit code.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Failure {
    /// It was asked for something that it cannot do: 2.
    Usage(String),
    /// It could not do what it was asked for: 1.
    Failed(String),
}

/// Runs the command with these arguments, the program's name first.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let done = match cli::parse(arguments) {
        Ok(cli::Command::Serve(flags)) => serve::serve(flags),
        Ok(cli::Command::Simulate(asked)) => match simulate::simulate(&asked) {
            Ok((is_allowed, text)) => {
                print(&text);
                return if is_allowed { ExitCode::SUCCESS } else { ExitCode::FAILURE };
            }
            Err(failure) => Err(failure),
        },
        Ok(cli::Command::People(asked)) => people::run(&asked).map(|text| print(&text)),
        Ok(cli::Command::Audit(asked)) => audit::command::run(&asked),
        Ok(cli::Command::Snapshot(asked)) => snapshot::run(&asked).map(|text| print(&text)),
        Ok(cli::Command::Print(text)) => {
            print(&text);
            Ok(())
        }
        Err(failure) => Err(failure),
    };
    let (line, code) = match done {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Usage(line)) => (line, 2),
        Err(Failure::Failed(line)) => (line, 1),
    };
    // Whatever a text holds, it stays one line.
    let line = line.lines().map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    report(&line);
    ExitCode::from(code)
}

/// Writes to standard output. A reader that has gone is no reason to stop.
fn print(text: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Writes one line to standard error, where a reader that has gone cannot be told.
fn report(line: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr().lock(), "crossconnect: {line}");
}
