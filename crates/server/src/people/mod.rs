//! `crossconnect account`, `user`, `role` and `key`: who may call a server that runs, changed through its control API.

mod ask;
mod table;

use crate::Failure;
use crate::operator::{self, Server};
use ask::Registry;
use clap::ArgMatches;
use clap::builder::{Arg, ArgAction, Command as Clap};
use serde_json::{Value, json};
use std::path::Path;

/// The subcommands.
pub(crate) const COMMANDS: [&str; 4] = ["account", "user", "role", "key"];
/// Where a server is asked unless it is told.
const SERVER: &str = "http://127.0.0.1:8023";

/// What was asked for, as clap has found it.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    noun: String,
    verb: String,
    given: ArgMatches,
}

/// How an answer is printed.
enum Shown {
    /// As lines of names and values.
    Details(Value),
    /// As a table of this list.
    Table(Value, &'static str),
    /// As a new key.
    Secret(Value),
    /// As this line.
    Line(String),
}

fn positional(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).value_name(value).help(help).required(true)
}

fn option(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help)
}

fn verb(name: &'static str, about: &'static str) -> Clap {
    let json = Arg::new("json").long("json").action(ArgAction::SetTrue).help("Print the answer as JSON");
    Clap::new(name)
        .about(about)
        .arg(option("server", "URL", "The server, which must run [default: http://127.0.0.1:8023]"))
        .arg(option(
            "token-file",
            "FILE",
            "The operator's token [default: crossconnect-data/operator-token, if it is there]",
        ))
        .args(operator::flags())
        .arg(json)
}

fn account_id() -> Arg {
    positional("account", "ACCOUNT", "Twelve digits")
}

/// The subcommands as clap knows them.
pub(crate) fn commands() -> [Clap; 4] {
    let called = || option("name", "NAME", "What it is called");
    let partner = || option("partner", "KIND", "v1, v2, or none for no partner");
    let account = Clap::new("account")
        .about("Accounts")
        .subcommand(verb("add", "Register an account").arg(account_id()).arg(called()).arg(partner()))
        .subcommand(verb("list", "Show all accounts"))
        .subcommand(verb("show", "Show an account, and the names of what it has").arg(account_id()))
        .subcommand(verb("set", "Change an account").arg(account_id()).arg(called()).arg(partner()))
        .subcommand(verb("remove", "Take an account away; what it owns stays").arg(account_id()));
    let key_id = || positional("id", "ID", "The key's id");
    let user = option("user", "NAME", "The user who gets it").conflicts_with("root");
    let root = Arg::new("root").long("root").action(ArgAction::SetTrue).help("The root user gets it");
    let export = || {
        let help = "Print lines for a shell, which set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
        Arg::new("export").long("export").action(ArgAction::SetTrue).help(help).conflicts_with("json")
    };
    let keep = Arg::new("keep").long("keep").action(ArgAction::SetTrue).help("The old key stays active for now");
    let key = Clap::new("key")
        .about("Access keys")
        .subcommand(
            verb("create", "Make a key; its secret is shown this once")
                .arg(account_id())
                .arg(user)
                .arg(root)
                .arg(export()),
        )
        .subcommand(verb("list", "Show the keys of an account, and when each was last used").arg(account_id()))
        .subcommand(verb("show", "Show a key").arg(key_id()))
        .subcommand(verb("deactivate", "Have a key refused from now on").arg(key_id()))
        .subcommand(verb("activate", "Let a key be used again").arg(key_id()))
        .subcommand(verb("rotate", "Make another key for whoever has this one").arg(key_id()).arg(keep).arg(export()))
        .subcommand(verb("delete", "Take a key away").arg(key_id()));
    [account, principal("user"), principal("role"), key].map(|command| command.subcommand_required(true))
}

fn principal(noun: &'static str) -> Clap {
    let name = || positional("name", "NAME", "Its name");
    let policy = option("policy", "FILE", "A policy, which is called as the file; may be repeated");
    let changed = |command: Clap| {
        let command = command.arg(account_id()).arg(name()).arg(policy.clone().action(ArgAction::Append));
        if noun == "user" {
            return command;
        }
        let command = command.arg(option("trust", "FILE", "The policy that says who may assume it"));
        command.arg(option("session-max", "TIME", "How long its sessions may be, from 1h to 12h"))
    };
    Clap::new(noun)
        .about(if noun == "user" { "Users" } else { "Roles" })
        .subcommand(changed(verb("add", "Register one with these policies")))
        .subcommand(verb("list", "Show those of an account").arg(account_id()))
        .subcommand(verb("show", "Show one with its policies").arg(account_id()).arg(name()))
        .subcommand(changed(verb("set", "Replace its policies")))
        .subcommand(verb("remove", "Take one away; its sessions end").arg(account_id()).arg(name()))
}

/// What clap has found.
pub(crate) fn asked(noun: &str, matches: &ArgMatches) -> Asked {
    let (verb, given) = matches.subcommand().expect("clap requires a subcommand");
    Asked { noun: noun.to_owned(), verb: verb.to_owned(), given: given.clone() }
}

/// Does it, and answers what is printed then.
pub(crate) fn run(asked: &Asked) -> Result<String, Failure> {
    let url = asked.text("server").unwrap_or_else(|| SERVER.to_owned());
    let server = Registry(Server::new(url, &asked.given));
    let shown = match asked.noun.as_str() {
        "account" => asked.account(&server)?,
        "key" => asked.key(&server)?,
        _ => asked.principal(&server)?,
    };
    let is_json = asked.given.get_flag("json");
    Ok(match shown {
        Shown::Details(value) | Shown::Table(value, _) | Shown::Secret(value) if is_json => format!("{value:#}\n"),
        Shown::Line(_) if is_json => format!("{:#}\n", json!({"status": "ok"})),
        Shown::Details(value) => table::details(&value),
        Shown::Table(value, list) => table::table(&value, list),
        Shown::Secret(value) if asked.given.get_flag("export") => {
            let [id, secret] = ["accessKeyId", "secretAccessKey"].map(|name| value[name].as_str().unwrap_or_default());
            format!("export AWS_ACCESS_KEY_ID='{id}'\nexport AWS_SECRET_ACCESS_KEY='{secret}'\n")
        }
        Shown::Secret(value) => format!("{}The secret is shown this once.\n", table::details(&value)),
        Shown::Line(line) => line + "\n",
    })
}

impl Asked {
    fn text(&self, name: &str) -> Option<String> {
        self.given.try_get_one::<String>(name).ok().flatten().cloned()
    }

    fn needed(&self, name: &str) -> String {
        self.text(name).expect("clap requires it")
    }

    fn account(&self, server: &Registry) -> Result<Shown, Failure> {
        if self.verb == "list" {
            return Ok(Shown::Table(server.get("accounts")?, "accounts"));
        }
        let id = self.needed("account");
        let path = format!("accounts/{}", ask::encoded(&id));
        Ok(match self.verb.as_str() {
            "show" => Shown::Details(server.get(&path)?),
            "remove" => {
                server.delete(&path)?;
                Shown::Line(format!("account {id} is removed"))
            }
            verb => {
                let known = server.find(&path)?;
                let is_add = verb == "add";
                if is_add && known.is_some() {
                    return Err(Failure::Failed(format!(
                        "account {id} is there already; crossconnect account set changes it"
                    )));
                }
                let known = match known {
                    Some(known) => known,
                    None if is_add => json!({}),
                    None => server.get(&path)?,
                };
                let name = self.text("name").map_or_else(|| known["name"].clone(), Value::from);
                let partner = match self.text("partner").as_deref() {
                    None => known["partner"].clone(),
                    Some("none") => Value::Null,
                    Some(kind) => kind.into(),
                };
                Shown::Details(server.put(&path, &json!({"name": name, "partner": partner}))?)
            }
        })
    }

    fn principal(&self, server: &Registry) -> Result<Shown, Failure> {
        let (noun, account) = (self.noun.as_str(), ask::encoded(&self.needed("account")));
        if self.verb == "list" {
            let list = if noun == "user" { "users" } else { "roles" };
            return Ok(Shown::Table(server.get(&format!("accounts/{account}/{list}"))?, list));
        }
        let name = self.needed("name");
        let path = format!("accounts/{account}/{noun}s/{}", ask::encoded(&name));
        if self.verb == "show" {
            return Ok(Shown::Details(server.get(&path)?));
        }
        if self.verb == "remove" {
            server.delete(&path)?;
            return Ok(Shown::Line(format!("{noun} {name} is removed")));
        }
        let known = server.find(&path)?;
        let mut body = match (self.verb.as_str(), known) {
            ("add", Some(_)) => {
                let text = format!("{noun} {name} is there already; crossconnect {noun} set changes it");
                return Err(Failure::Failed(text));
            }
            ("add", None) => json!({}),
            (_, Some(known)) => kept(&known),
            (_, None) => server.get(&path)?,
        };
        let files = self.given.get_many::<String>("policy").into_iter().flatten();
        body["policies"] = files.map(|file| policy(Path::new(file))).collect::<Result<_, _>>()?;
        if noun == "role" {
            match self.text("trust") {
                Some(file) => body["trust"] = read(Path::new(&file))?.into(),
                None if body["trust"].is_null() => {
                    return Err(Failure::Usage("a role has --trust FILE, which says who may assume it".to_owned()));
                }
                None => {}
            }
            if let Some(length) = self.text("session-max") {
                body["sessionMax"] = length.into();
            }
        }
        Ok(Shown::Details(server.put(&path, &body)?))
    }

    fn key(&self, server: &Registry) -> Result<Shown, Failure> {
        if let Some(account) = self.text("account") {
            let path = format!("accounts/{}/keys", ask::encoded(&account));
            if self.verb == "list" {
                return Ok(Shown::Table(server.get(&path)?, "accessKeys"));
            }
            let body = match (self.text("user"), self.given.get_flag("root")) {
                (Some(user), _) => json!({"user": user}),
                (None, true) => json!({"root": true}),
                (None, false) => {
                    return Err(Failure::Usage("whose key is it? expected --user NAME or --root".to_owned()));
                }
            };
            return Ok(Shown::Secret(server.post(&path, &body)?));
        }
        let id = self.needed("id");
        let path = format!("keys/{}", ask::encoded(&id));
        Ok(match self.verb.as_str() {
            "show" => Shown::Details(server.get(&path)?),
            "activate" => Shown::Details(server.put(&path, &json!({"status": "active"}))?),
            "deactivate" => Shown::Details(server.put(&path, &json!({"status": "inactive"}))?),
            "rotate" => {
                let body = json!({"keep": self.given.get_flag("keep")});
                Shown::Secret(server.post(&format!("{path}/rotate"), &body)?)
            }
            _ => {
                server.delete(&path)?;
                Shown::Line(format!("access key {id} is deleted"))
            }
        })
    }
}

/// What of a role is said anew as it is.
fn kept(known: &Value) -> Value {
    let mut body = json!({});
    for name in ["trust", "sessionMax"] {
        if let Some(value) = known.get(name) {
            body[name] = value.clone();
        }
    }
    body
}

fn policy(file: &Path) -> Result<Value, Failure> {
    let name = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    Ok(json!({"name": name, "document": read(file)?}))
}

fn read(file: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(file).map_err(|error| Failure::Usage(format!("cannot read {}: {error}", file.display())))
}
