//! The command line: flags become settings by the table in `config`; errors are one line.

use crate::Failure;
use crate::audit::command as audit;
use crate::config::{Given, Kind, Layers, Setting, Source};
use crate::people;
use crate::simulate::Simulation;
use crate::snapshot::{self, Asked};
use clap::ArgMatches;
use clap::builder::{Arg, ArgAction, Command as Clap};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::ffi::OsString;
use std::path::PathBuf;

/// What is to be done.
pub(crate) enum Command {
    /// Serve, with these flags.
    Serve(Layers),
    /// Say whether policies allow something, and why.
    Simulate(Simulation),
    /// Save, restore or look at a snapshot.
    Snapshot(Asked),
    /// Show or change who may call.
    People(people::Asked),
    /// Show what is on record, or verify it.
    Audit(audit::Asked),
    /// Print help or the version.
    Print(String),
}

/// Reads the command line.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, Failure> {
    let matches = match command().try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            return match error.kind() {
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Ok(Command::Print(error.to_string())),
                _ => Err(Failure::Usage(one_line(&error))),
            };
        }
    };
    let (name, serve) = matches.subcommand().expect("clap requires a subcommand");
    if name == POLICY {
        let (_, asked) = serve.subcommand().expect("clap requires a subcommand");
        return Ok(Command::Simulate(simulation(asked)));
    }
    if name == audit::COMMAND {
        return audit::asked(serve).map(Command::Audit);
    }
    if name == snapshot::COMMAND {
        return Ok(Command::Snapshot(snapshot::asked(serve)));
    }
    if people::COMMANDS.contains(&name) {
        return Ok(Command::People(people::asked(name, serve)));
    }
    let mut layers = Layers::new();
    for setting in Setting::ALL {
        if let Some(values) = serve.get_many::<String>(setting.name()) {
            let values = values.cloned().collect();
            layers.insert(*setting, Given { values, source: Source::Flag(setting.name()) });
        }
    }
    Ok(Command::Serve(layers))
}

/// The subcommand about policies.
const POLICY: &str = "policy";

fn simulation(asked: &ArgMatches) -> Simulation {
    let one = |name: &str| asked.get_one::<String>(name).cloned();
    let many = |name: &str| asked.get_many::<String>(name).into_iter().flatten().cloned().collect::<Vec<_>>();
    Simulation {
        policies: many("policy").into_iter().map(PathBuf::from).collect(),
        accounts: one("accounts").map(PathBuf::from),
        principal: one("principal"),
        action: one("action").unwrap_or_default(),
        resource: one("resource").unwrap_or_default(),
        context: many("context"),
    }
}

fn policy_command() -> Clap {
    let arg = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let simulate = Clap::new("simulate")
        .about("Say whether policies allow something, and what each statement says of it; exits with 1 if they do not")
        .arg(arg("policy", "FILE", "A policy; may be repeated").action(ArgAction::Append))
        .arg(arg("accounts", "FILE", "A file of accounts, for --principal"))
        .arg(arg("principal", "ARN", "A user or a role of that file, whose policies count"))
        .arg(arg("action", "ACTION", "Such as directconnect:CreateLag").required(true))
        .arg(arg("resource", "ARN", "The resource [default: *]").default_value("*").hide_default_value(true))
        .arg(
            arg("context", "KEY=VALUE", "A condition key; may be repeated, also with one key")
                .action(ArgAction::Append),
        );
    Clap::new(POLICY).about("Ask policies").subcommand_required(true).subcommand(simulate)
}

fn command() -> Clap {
    let arguments = Setting::ALL.iter().map(|setting| {
        let arg = Arg::new(setting.name()).long(setting.flag()).value_name(setting.value_name()).help(setting.help());
        match setting.kind() {
            Kind::Text => arg.allow_negative_numbers(true),
            Kind::Switch => arg.num_args(0..=1).require_equals(true).default_missing_value("true"),
            Kind::List => arg.action(ArgAction::Append),
        }
    });
    let serve = Clap::new("serve").about("Serve the API").args(arguments).after_help(
        "Each setting may also stand in the environment, as CROSSCONNECT_ and its name in capital letters, and in the \
         file given as --config, which has more: delays, quotas, the plant, accounts and their keys.",
    );
    Clap::new("crossconnect")
        .about("AWS Direct Connect that you run yourself")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .subcommand(serve)
        .subcommand(policy_command())
        .subcommand(snapshot::command())
        .subcommand(audit::command())
        .subcommands(people::commands())
}

/// What clap says over several lines, in one.
fn one_line(error: &clap::Error) -> String {
    let text = error.to_string();
    let (at, known) = subcommand_at_hand(&text);
    let kind = error.kind();
    if kind == ErrorKind::MissingSubcommand || kind == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return format!("no command was given, expected {known}");
    }
    let first = text.lines().next().unwrap_or_default();
    let first = first.strip_prefix("error: ").unwrap_or(first);
    if kind == ErrorKind::InvalidSubcommand {
        return format!("{first}, expected {known}");
    }
    let suggested = match error.get(ContextKind::SuggestedArg) {
        Some(ContextValue::String(name)) => Some(name),
        // clap puts the likeliest last.
        Some(ContextValue::Strings(names)) => names.last(),
        _ => None,
    };
    match suggested {
        Some(name) => format!("{first}, expected {name}?"),
        None => format!("{first}; {at} --help lists what is expected"),
    }
}

/// The command that an error of clap's is about, as far as its usage names subcommands; and those that it has.
fn subcommand_at_hand(text: &str) -> (String, String) {
    let mut at = command();
    let mut path = vec![at.get_name().to_owned()];
    let usage = text.lines().find_map(|line| line.strip_prefix("Usage: ")).unwrap_or_default();
    for word in usage.split(' ').skip(1) {
        let Some(next) = at.find_subcommand(word).cloned() else { break };
        path.push(word.to_owned());
        at = next;
    }
    let names: Vec<&str> = at.get_subcommands().map(Clap::get_name).collect();
    let known = match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    };
    (path.join(" "), known)
}
