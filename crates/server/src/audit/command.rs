//! `crossconnect audit`: what is on record, and whether it is as it was written.

use super::DIRECTORY;
use super::query::{Cursor, NAMES, PAGE_MAX, Page, Query, page};
use crate::config::{beside, default_store};
use crate::operator::{self, Server};
use crate::{Failure, key_file, print};
use clap::ArgMatches;
use clap::builder::{Arg, ArgAction, ArgGroup, Command as Clap};
use crossconnect_audit::{ChainKey, Expected, Link, verify};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The subcommand.
pub(crate) const COMMAND: &str = "audit";
/// How often it is looked for new records.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// How many records are shown unless it is told.
const SHOWN: &str = "50";

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Show records.
    Show { of: Of, filters: Vec<(&'static str, String)>, last: usize, is_json: bool, follows: bool },
    /// Say whether they are as they were written.
    Verify { directory: PathBuf, key: Option<PathBuf>, head: Option<String> },
}

/// Whose records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Of {
    /// Those in a directory, whether or not a server has it open.
    Directory(PathBuf),
    /// Those of a server.
    Server(Server),
}

/// The filters: flag, name, value, help.
const FILTERS: [(&str, &str, &str, &str); NAMES.len()] = [
    ("from", "from", "TIME", "From this moment on, such as 2026-01-01T00:00:00Z"),
    ("to", "to", "TIME", "Up to before this moment"),
    ("account", "account", "ACCOUNT", "Calls of this account"),
    ("operation", "operation", "NAME", "Calls of this operation"),
    ("resource", "resource", "ID", "Calls that name this id or ARN, or were answered with it"),
    ("error", "error", "NAME", "Calls that got this error; any, or none"),
    ("access-key-id", "accessKeyId", "ID", "Calls with this access key"),
];

/// The subcommand as clap knows it.
pub(crate) fn command() -> Clap {
    let arg = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let flag = |name: &'static str, help: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
    let store =
        || arg("store", "PATH", "The directory of a store, with its trail below [default: ./crossconnect-data]");
    let directory = || arg("directory", "PATH", "The directory of a trail that is elsewhere");
    let verify = Clap::new("verify")
        .about("Check every record against the chain; exits with 1 at the first that is not as it was written")
        .arg(store())
        .arg(directory())
        .group(ArgGroup::new("at").args(["store", "directory"]))
        .arg(arg("key-file", "FILE", "The operator's key [default: the file beside the store's directory]"))
        .arg(arg(
            "head",
            "NUMBER:CHAIN",
            "A record that the trail must have, as the metrics or another record showed it",
        ));
    Clap::new(COMMAND)
        .about("Show what is on record of calls, the newest last")
        .args_conflicts_with_subcommands(true)
        .subcommand(verify)
        .arg(store())
        .arg(directory())
        .arg(arg("server", "URL", "A server that runs"))
        .group(ArgGroup::new("of").args(["store", "directory", "server"]))
        .arg(
            arg(
                "token-file",
                "FILE",
                "The operator's token [default: crossconnect-data/operator-token, if it is there]",
            )
            .requires("server"),
        )
        .args(operator::flags().map(|flag| flag.requires("server")))
        .args(FILTERS.map(|(name, _, value, help)| arg(name, value, help)))
        .arg(arg("last", "NUMBER", "How many records are shown").default_value(SHOWN))
        .arg(flag("json", "One record a line, in the form of CloudTrail"))
        .arg(flag("follow", "Go on with the records that come"))
}

/// What clap has found.
pub(crate) fn asked(matches: &ArgMatches) -> Result<Asked, Failure> {
    let (given, verifies) = match matches.subcommand() {
        Some((_, given)) => (given, true),
        None => (matches, false),
    };
    let text = |name: &str| given.get_one::<String>(name).cloned();
    let path = |name: &str| text(name).map(PathBuf::from);
    let store = path("store").unwrap_or_else(default_store);
    let directory = path("directory").unwrap_or_else(|| store.join(DIRECTORY));
    if verifies {
        let of = if given.contains_id("directory") && path("directory").is_some() { &directory } else { &store };
        let key = path("key-file").or_else(|| beside(of));
        return Ok(Asked::Verify { directory, key, head: text("head") });
    }
    let of = match text("server") {
        Some(url) => Of::Server(Server::new(url, given)),
        None => Of::Directory(directory),
    };
    let filters = FILTERS.iter().filter_map(|(name, known, ..)| Some((*known, text(name)?))).collect();
    let last = text("last").unwrap_or_default();
    let number = last.parse().ok().filter(|last| *last > 0);
    let last = number.ok_or_else(|| Failure::Usage(format!("--last is {last:?}, expected a number from 1 on")))?;
    Ok(Asked::Show { of, filters, last, is_json: given.get_flag("json"), follows: given.get_flag("follow") })
}

/// Does it.
pub(crate) fn run(asked: &Asked) -> Result<(), Failure> {
    match asked {
        Asked::Show { of, filters, last, is_json, follows } => show(of, filters, *last, *is_json, *follows),
        Asked::Verify { directory, key, head } => check(directory, key.as_deref(), head.as_deref()),
    }
}

fn show(of: &Of, filters: &[(&'static str, String)], last: usize, is_json: bool, follows: bool) -> Result<(), Failure> {
    let mut query = Query::default();
    for (name, value) in filters {
        let wrong = |expected| Failure::Usage(format!("--{name} is {value:?}, expected {expected}"));
        query.set(name, value).map_err(wrong)?;
    }
    let mut newest = Vec::new();
    let mut from = Cursor::Before(u64::MAX);
    while newest.len() < last {
        let read = ask(of, &query, filters, from, (last - newest.len()).min(PAGE_MAX))?;
        newest.extend(read.records);
        let Some(next) = read.next else { break };
        from = Cursor::Before(next);
    }
    newest.reverse();
    let mut seen = newest.last().and_then(sequence).unwrap_or_default();
    newest.iter().for_each(|record| print(&line(record, is_json)));
    if !follows {
        return Ok(());
    }
    loop {
        let read = ask(of, &query, filters, Cursor::After(seen), PAGE_MAX)?;
        read.records.iter().for_each(|record| print(&line(record, is_json)));
        seen = read.next.or_else(|| read.records.last().and_then(sequence)).unwrap_or(seen);
        if read.next.is_none() {
            std::thread::sleep(LOOK_EVERY);
        }
    }
}

fn ask(of: &Of, query: &Query, filters: &[(&str, String)], from: Cursor, limit: usize) -> Result<Page, Failure> {
    match of {
        Of::Directory(directory) if !directory.is_dir() => {
            Err(Failure::Usage(format!("there is no audit trail in {}", directory.display())))
        }
        Of::Directory(directory) => Ok(page(directory, query, from, limit, u64::MAX)?),
        Of::Server(server) => {
            let mut asked = form_urlencoded::Serializer::new(String::from("/_crossconnect/audit?"));
            let (side, number) = match from {
                Cursor::After(number) => ("after", number),
                Cursor::Before(number) => ("before", number),
            };
            asked.append_pair(side, &number.to_string()).append_pair("limit", &limit.to_string());
            asked.extend_pairs(filters);
            let broken =
                |error: &dyn std::fmt::Display| Failure::Failed(format!("the answer of {}: {error}", server.url));
            let text = server.get(&asked.finish())?.text().map_err(|error| broken(&error))?;
            let mut read: Value = serde_json::from_str(&text).map_err(|error| broken(&error))?;
            let next = read["next"].as_u64();
            let records = match read["records"].take() {
                Value::Array(records) => records,
                _ => Vec::new(),
            };
            Ok(Page { records, next })
        }
    }
}

fn sequence(record: &Value) -> Option<u64> {
    record["additionalEventData"]["sequence"].as_u64()
}

/// A record as a line.
fn line(record: &Value, is_json: bool) -> String {
    if is_json {
        return format!("{record}\n");
    }
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let identity = &record["userIdentity"];
    let who = identity["arn"].as_str().or(identity["accessKeyId"].as_str()).unwrap_or_default();
    let who = if who.is_empty() { text(&identity["type"]) } else { who.to_owned() };
    let outcome = record["errorCode"].as_str().unwrap_or("ok");
    let said = match (&record["errorMessage"], &record["requestParameters"], &record["serviceEventDetails"]) {
        (Value::String(message), ..) => message.escape_debug().to_string(),
        (_, Value::Null, Value::Null) => String::new(),
        (_, Value::Null, details) => details.to_string(),
        (_, parameters, _) => parameters.to_string(),
    };
    let said: String = said.chars().take(200).collect();
    format!(
        "{}  {}  {:<15}  {who}  {}  {outcome}  {said}\n",
        sequence(record).unwrap_or_default(),
        text(&record["eventTime"]),
        text(&record["sourceIPAddress"]),
        text(&record["eventName"]),
    )
}

fn check(directory: &Path, key: Option<&Path>, head: Option<&str>) -> Result<(), Failure> {
    let key = key.ok_or_else(|| Failure::Usage("expected --key-file FILE".to_owned()))?;
    if !key.exists() {
        return Err(Failure::Usage(format!("there is no operator's key {}, expected --key-file FILE", key.display())));
    }
    if !directory.is_dir() {
        return Err(Failure::Usage(format!("there is no audit trail in {}", directory.display())));
    }
    let expected = head.map(|text| {
        let (sequence, link) = text.split_once(':')?;
        Some(Expected { sequence: sequence.parse().ok()?, link: Link::parse(link)? })
    });
    let wrong = || Failure::Usage("--head expects a number, a colon and 64 hexadecimal digits".to_owned());
    let expected = expected.map(|expected| expected.ok_or_else(wrong)).transpose()?;
    let key = ChainKey::derive(&*key_file::load(key)?);
    let style = ProgressStyle::with_template("verifying {bar:40} {bytes}/{total_bytes}, {eta} left");
    let bar = ProgressBar::new(0);
    let bar = style.map_or_else(|_| ProgressBar::hidden(), |style| bar.with_style(style));
    let verified = verify(directory, &key, expected, &mut |done, all| {
        bar.set_length(all);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    match verified? {
        Ok(report) => {
            let count = (report.last + 1).saturating_sub(report.first);
            let torn = match (report.torn, report.is_open) {
                (0, _) => String::new(),
                (bytes, true) => format!("a write of {bytes} bytes is under way\n"),
                (bytes, false) => {
                    format!("{bytes} bytes behind it were cut short by a crash; the next start mends that\n")
                }
            };
            let (first, last, segments) = (report.first, report.last, report.segments);
            print(&format!(
                "sound      {}\nrecords    {count}, from {first} to {last}, in {segments} segments\nhead       {last}:{}\n{torn}",
                directory.display(),
                report.link
            ));
            Ok(())
        }
        Err(fault) => Err(Failure::Failed(format!("{}: {fault}", directory.display()))),
    }
}
