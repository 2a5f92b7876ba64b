//! Starting other programs. What they print is seen while they run.

use std::env;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

/// A command in the workspace's folder.
pub(super) fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(crate::workspace()).stdin(Stdio::null());
    command
}

/// The cargo that runs this one.
pub(super) fn cargo(arguments: &[&str]) -> Command {
    command(&env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()), arguments)
}

/// Runs it to its end; whether it succeeded.
pub(super) fn run(command: &mut Command) -> Result<bool, String> {
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    Ok(status.success())
}

/// Runs it to its end, and fails where it does.
pub(super) fn must(command: &mut Command) -> Result<(), String> {
    if run(command)? { Ok(()) } else { Err(format!("{} failed", shown(command))) }
}

/// Whether it can be started and succeeds; silent.
pub(super) fn works(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Runs it to its end, hands each line of its output to `see` as it comes, and keeps all of it.
pub(super) fn captured(command: &mut Command, see: fn(&str)) -> Result<(String, bool), String> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| cannot_start(command, &error))?;
    let mut output = String::new();
    for line in BufReader::new(child.stdout.take().expect("its output was asked for")).split(b'\n') {
        let line = line.map_err(|error| error.to_string())?;
        let line = String::from_utf8_lossy(&line);
        see(&line);
        output.push_str(&line);
        output.push('\n');
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    Ok((output, status.success()))
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("{} cannot be started: {error}", shown(command))
}

/// The program and what it is asked to do, for a message.
fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
