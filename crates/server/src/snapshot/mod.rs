//! `crossconnect snapshot`: the whole state of a server, running or not, in a file, and back.

mod report;
mod restore;
mod save;

use crate::Failure;
use crate::operator::{self, Server};
use clap::ArgMatches;
use clap::builder::{Arg, ArgAction, ArgGroup, Command as Clap};
use crossconnect_store::snapshot::{SnapshotError, Summary, verify};
use indicatif::{ProgressBar, ProgressStyle};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// The subcommand.
pub(crate) const COMMAND: &str = "snapshot";
/// Where a server is asked unless it is told.
const SERVER: &str = "http://127.0.0.1:8023";

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Write a file.
    Save { from: From, file: PathBuf },
    /// Fill a store with what is in a file.
    Restore { store: String, replace: bool, file: PathBuf },
    /// Say what is in a file.
    Inspect { file: PathBuf },
}

/// Whose state is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum From {
    /// That of a server which runs.
    Server(Server),
    /// That of a store which no server has open.
    Store(String),
}

/// The subcommand as clap knows it.
pub(crate) fn command() -> Clap {
    let file = || Arg::new("file").value_name("FILE").required(true).help("The snapshot");
    let arg = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let save = Clap::new("save")
        .about("Write the state of a server that runs, or of a store that is closed, to a new file")
        .arg(arg("server", "URL", "The server [default: http://127.0.0.1:8023]"))
        .arg(arg(
            "token-file",
            "FILE",
            "The operator's token [default: crossconnect-data/operator-token, if it is there]",
        ))
        .args(operator::flags())
        .arg(
            arg("store", "PATH", "The directory of a store that no server has open")
                .conflicts_with("token-file")
                .conflicts_with_all(operator::FLAGS),
        )
        .group(ArgGroup::new("from").args(["server", "store"]))
        .arg(file());
    let restore = Clap::new("restore")
        .about("Fill an empty store with what is in a snapshot")
        .arg(
            arg("store", "PLACE", "The store: a directory, made where there is none, or etcd://... as serve takes it")
                .required(true),
        )
        .arg(Arg::new("replace").long("replace").action(ArgAction::SetTrue).help("Remove what the store holds first"))
        .arg(file())
        .after_help(
            "What serve is told of etcd stands in the environment here: CROSSCONNECT_ETCD_CA, \
             CROSSCONNECT_ETCD_CERTIFICATE, CROSSCONNECT_ETCD_KEY, CROSSCONNECT_ETCD_USER and \
             CROSSCONNECT_ETCD_PASSWORD_FILE.",
        );
    let inspect =
        Clap::new("inspect").about("Read a whole snapshot, and say what is in it or where it is damaged").arg(file());
    Clap::new(COMMAND)
        .about("Back up and restore the state")
        .subcommand_required(true)
        .subcommand(save)
        .subcommand(restore)
        .subcommand(inspect)
}

/// What clap has found.
pub(crate) fn asked(matches: &ArgMatches) -> Asked {
    let (name, given) = matches.subcommand().expect("clap requires a subcommand");
    let text = |name: &str| given.get_one::<String>(name).cloned();
    let file = text("file").map(PathBuf::from).expect("clap requires a file");
    match name {
        "save" => {
            let server = || given.get_one::<String>("server").cloned().unwrap_or_else(|| SERVER.to_owned());
            let from = match text("store") {
                Some(store) => From::Store(store),
                None => From::Server(Server::new(server(), given)),
            };
            Asked::Save { from, file }
        }
        "restore" => {
            let store = text("store").expect("clap requires a store");
            Asked::Restore { store, replace: given.get_flag("replace"), file }
        }
        _ => Asked::Inspect { file },
    }
}

/// Does it, and answers what is printed then.
pub(crate) fn run(asked: &Asked) -> Result<String, Failure> {
    match asked {
        Asked::Save { from, file } => {
            let summary = save::save(from, file)?;
            Ok(format!("saved      {}\n{}", file.display(), report::text(&summary)))
        }
        Asked::Restore { store, replace, file } => {
            let summary = restore::restore(store, *replace, file)?;
            Ok(format!("restored   {} into {store}\n{}", file.display(), report::text(&summary)))
        }
        Asked::Inspect { file } => {
            let summary = read(file)?;
            Ok(format!("whole      {}\n{}", file.display(), report::text(&summary)))
        }
    }
}

/// Reads a whole file.
fn read(file: &Path) -> Result<Summary, Failure> {
    let open = opened(file)?;
    let bar = bar("reading");
    let summary = verify(open, |done, all| told(&bar, done, all));
    bar.finish_and_clear();
    summary.map_err(|error| named(file, &error))
}

/// The file, to be read from its beginning: more than once, so that it cannot be a pipe.
fn opened(file: &Path) -> Result<BufReader<File>, Failure> {
    let cannot = |error| Failure::Failed(format!("cannot read {}: {error}", file.display()));
    let found = std::fs::metadata(file).map_err(|error| match is_standard(file) {
        true => not_a_file(file),
        false => cannot(error),
    })?;
    match found.is_file() {
        true => Ok(BufReader::new(File::open(file).map_err(cannot)?)),
        false => Err(not_a_file(file)),
    }
}

/// Whether this stands for standard input or output with others.
fn is_standard(file: &Path) -> bool {
    file == Path::new("-")
}

fn not_a_file(file: &Path) -> Failure {
    let text = "is not a file, and a snapshot is read more than once; expected the name of a file";
    Failure::Usage(format!("{} {text}", file.display()))
}

/// An error, with the file that it is about.
fn named(file: &Path, error: &SnapshotError) -> Failure {
    Failure::Failed(format!("{} {error}", file.display()))
}

/// A bar of records, which is only drawn where somebody sees it.
fn bar(doing: &'static str) -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix} {bar:40} {human_pos}/{human_len} records, {eta} left");
    let bar = ProgressBar::new(0).with_prefix(doing);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn told(bar: &ProgressBar, done: u64, all: u64) {
    bar.set_length(all);
    bar.set_position(done);
}
