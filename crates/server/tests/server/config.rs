//! Settings: where they may stand, which place counts, and what is said of wrong ones.

use crate::support::{Request, Server, command};
use serde_json::json;
use std::process::Output;

/// Runs the command to its end and checks that it refused in one line.
fn refused(output: Output) -> String {
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), text.lines().count()), (Some(2), 1), "{text}");
    assert!(output.stdout.is_empty());
    text
}

#[test]
fn wrong_flags_are_one_line_that_names_them() {
    for (flags, parts) in [
        (vec!["--stroe", "x"], ["--stroe", "--store"]),
        (vec!["extra"], ["extra", "unexpected"]),
        (vec!["--store"], ["--store", "value"]),
        (vec!["--store", "a", "--store", "b"], ["--store", "multiple"]),
        (vec!["--listen", "8023"], ["--listen is \"8023\"", "127.0.0.1:8023"]),
        (vec!["--listen", "0.0.0.0:0"], ["--listen is \"0.0.0.0:0\"", "--allow-open-on-network"]),
        (vec!["--store", "redis://localhost:6379/x"], ["--store is \"redis://localhost:6379/x\"", "memory:"]),
        (vec!["--store", "memory"], ["--store is \"memory\"", "memory:"]),
        (vec!["--store", ""], ["--store is \"\"", "directory"]),
        (vec!["--lifecycle", "fast"], ["--lifecycle is \"fast\"", "instant, brisk or realistic"]),
        (vec!["--clock", "Manual"], ["--clock is \"Manual\"", "system or manual"]),
        (vec!["--placement", "random"], ["--placement is \"random\"", "pack or spread"]),
        (vec!["--ipv4-blocks", "28"], ["--ipv4-blocks is \"28\"", "/29 or /30"]),
        (vec!["--ec2-gateways", "any"], ["--ec2-gateways is \"any\"", "trusted or registered"]),
        (vec!["--ec2-endpoint", "ftp://ec2.us-east-1.amazonaws.com"], ["--ec2-endpoint is \"ftp:", "such as http://"]),
        (vec!["--ec2-endpoint", "127.0.0.1:5000"], ["--ec2-endpoint is", "http://127.0.0.1:5000"]),
        (vec!["--ec2-timeout", "2min"], ["--ec2-timeout is \"2min\"", "1ms to 60s"]),
        (vec!["--auth", "sigv4", "--store", "memory:"], ["--auth is \"sigv4\"", "neither an access key"]),
        (vec!["--auth", "none"], ["--auth is \"none\"", "open or sigv4"]),
        (vec!["--token-file", ""], ["--token-file is \"\"", "a path"]),
        (vec!["--allow-reset=maybe"], ["--allow-reset is \"maybe\"", "true or false"]),
        (vec!["--host-name", "a:80"], ["--host-name is \"a:80\"", "without a port"]),
        (vec!["--free-floor", "-1"], ["--free-floor", "-1"]),
        (vec!["--log", "loud"], ["--log is \"loud\"", "info"]),
        (vec!["--log-format", "xml"], ["--log-format is \"xml\"", "compact or json"]),
        (vec!["--config", "/nowhere/x.toml"], ["/nowhere/x.toml", "cannot read"]),
        (vec!["--clock", "a\nb"], ["--clock", "system or manual"]),
    ] {
        let flags = [&["serve"], &*flags].concat();
        let text = refused(command(&flags).output().unwrap());
        for part in parts {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
    assert!(refused(command(&[]).output().unwrap()).contains("serve"));
    assert!(refused(command(&["sevre"]).output().unwrap()).contains("serve"));
}

#[test]
fn wrong_variables_are_named_as_well() {
    for (name, value, part) in [
        ("CROSSCONNECT_CLOCK", "sundial", "CROSSCONNECT_CLOCK is \"sundial\", expected system or manual"),
        ("CROSSCONNECT_ALLOW_RESET", "1", "CROSSCONNECT_ALLOW_RESET is \"1\", expected true or false"),
        ("CROSSCONNECT_STROE", "x", "CROSSCONNECT_STROE is not a setting"),
    ] {
        let text = refused(command(&["serve"]).env(name, value).output().unwrap());
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn wrong_files_are_named_with_the_line() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("crossconnect.toml");
    for (text, line, part) in [
        ("listen = \n", 1, "is not TOML"),
        ("\nlisten = 8023\n", 2, "listen is 8023, expected a text in quotes"),
        ("listen = \"here\"\n", 1, "listen is \"here\", expected an address and port"),
        ("# a\n# b\nlisen = \"127.0.0.1:1\"\n", 3, "lisen is not a setting"),
        ("config = \"other.toml\"\n", 1, "config is not a setting"),
        ("allow_reset = \"yes\"\n", 1, "allow_reset is \"yes\", expected true or false"),
        ("host_name = \"a\"\n", 1, "host_name is \"a\", expected a list"),
        ("host_name = [\"a\", 5]\n", 1, "host_name is 5, expected a text"),
        ("[lifecycle]\npreset = \"fast\"\n", 2, "lifecycle.preset is \"fast\", expected instant, brisk or realistic"),
        ("[lifecycle]\nconnection_pending = 3\n", 2, "lifecycle.connection_pending is 3, expected a length of time"),
        ("[lifecycle]\nconnection_pending = \"soon\"\n", 2, "lifecycle.connection_pending is \"soon\""),
        ("[lifecycle]\nconnection_pending = \"-3s\"\n", 2, "expected a length of time"),
        (
            "[lifecycle]\nconnection_pendin = \"3s\"\n",
            2,
            "lifecycle.connection_pendin is not a setting, expected preset,",
        ),
        ("[quotas]\nconnections_per_location = \"10\"\n", 2, "expected a whole number"),
        ("[quotas]\nconnections_per_location = -1\n", 2, "quotas.connections_per_location is -1"),
        ("[quotas]\nconnections = 1\n", 2, "quotas.connections is not a setting, expected connections_per_location"),
        ("quotas = 5\n", 1, "quotas is 5, expected a table [quotas]"),
        (
            "[plant]\nports_per_speed = 70000\n",
            2,
            "plant.ports_per_speed is 70000, expected a whole number from 1 to 4096",
        ),
        ("[plant]\nports = 1\n", 2, "plant.ports is not a setting"),
        ("[[account]]\npartner = \"v1\"\n", 1, "account.id is missing"),
        ("[[account]]\nid = 555555555555\n", 2, "account.id is 555555555555, expected twelve digits in quotes"),
        ("[[account]]\nid = \"5555\"\n", 2, "account.id is \"5555\", expected twelve digits in quotes"),
        ("[[account]]\nid = \"555555555555\"\npartner = \"v3\"\n", 3, "account.partner is \"v3\""),
        ("[account]\nid = \"555555555555\"\n", 1, "[[account]]"),
        ("[[account]]\nid = \"555555555555\"\n[[account]]\nid = \"555555555555\"\n", 4, "is there twice"),
        ("[[account]]\nid = \"555555555555\"\n[[account.key]]\nroot = true\n", 3, "access_key_id is missing"),
        (
            "[[account]]\nid = \"555555555555\"\n[[account.key]]\naccess_key_id = \"A\"\nsecret = 31337\n",
            5,
            "account.key.secret is of the wrong kind",
        ),
        (
            "[[account]]\nid = \"555555555555\"\n[[account.key]]\naccess_key_id = \"111122223333\"\n",
            4,
            "which stand for the account of that number",
        ),
    ] {
        std::fs::write(&path, text).unwrap();
        let output = command(&["serve", "--store", "memory:", "--config", path.to_str().unwrap()]).output().unwrap();
        let said = refused(output);
        assert!(said.contains(&format!("{}:{line}: ", path.display())), "{text}{said}");
        assert!(said.contains(part), "{text}{said}");
        assert!(!said.contains("31337"), "{said}");
    }
}

#[test]
fn a_refused_start_leaves_nothing_behind() {
    let directory = tempfile::tempdir().unwrap();
    let store = directory.path().join("store");
    let store = store.to_str().unwrap();
    refused(command(&["serve", "--store", store, "--clock", "sundial"]).output().unwrap());
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 0);
    let config = directory.path().join("crossconnect.toml");
    std::fs::write(&config, "[plant]\nports_per_speed = 0\n").unwrap();
    let config = config.to_str().unwrap();
    let text = refused(command(&["serve", "--store", store, "--config", config]).output().unwrap());
    assert!(text.contains("ports_per_speed is 0; expected 1 to 4096"), "{text}");
    Server::start(&["--store", store]).stop();
}

#[test]
fn every_setting_of_the_example_file_is_understood() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("crossconnect.toml");
    let text = r#"
listen = "127.0.0.1:0"
auth   = "open"
store  = "memory:"
clock  = "manual"
[lifecycle]
preset = "realistic"
connection_pending = "3s"         # any delay alone
connection_requested = "5min"
[quotas]
connections_per_location = 2      # every quota by name
[plant]
devices_per_location = 1
ports_per_speed = 3
[[account]]                       # also in --accounts FILE
id = "555555555555"
partner = "v2"                    # v1 | v2; absent: not a partner
[[account.key]]
access_key_id = "AKIAEXAMPLE"
secret = "..."                    # or secret_file
root = false                      # true: everything is allowed within its account
"#;
    std::fs::write(&path, text).unwrap();
    let server = Server::start(&["--config", path.to_str().unwrap()]);
    let id = server.connection("c1");
    let timeline = Request::control("GET", &format!("/_crossconnect/resources/{id}/timeline"), "");
    let timeline = server.send(&timeline).json()["timeline"].clone();
    let times: Vec<&str> = timeline.as_array().unwrap().iter().map(|step| step["at"].as_str().unwrap()).collect();
    assert_eq!(times, ["2026-01-01T00:00:00Z", "2026-01-01T00:05:00Z", "2026-01-01T00:05:03Z"]);
    server.connection("c2");
    let input = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": "c"});
    let quota = server.call("CreateConnection", input.clone()).error(400, "DirectConnectClientException");
    assert!(quota.contains("the quota is 2"), "{quota}");
    let other = Request::call("CreateConnection", &input).signed("AKIAEXAMPLE", "us-east-1");
    assert_eq!(server.send(&other).json()["ownerAccount"], "555555555555");
    let full = server.send(&other).error(400, "DirectConnectClientException");
    assert!(full.contains("No free 1Gbps ports"), "{full}");
}

#[test]
fn flags_come_before_variables_and_those_before_the_file() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("crossconnect.toml");
    std::fs::write(&path, "store = \"memory:\"\nclock = \"sundial\"\nlog = \"loud\"\nplacement = \"random\"\n")
        .unwrap();
    let run = |flags: &[&str], variables: &[(&str, &str)]| {
        let flags = [&["serve", "--config", path.to_str().unwrap()], flags].concat();
        refused(command(&flags).envs(variables.iter().copied()).output().unwrap())
    };
    // The first wrong value that counts is named; what is overridden does not count.
    assert!(run(&[], &[]).contains("crossconnect.toml:2: clock is \"sundial\""));
    assert!(run(&[], &[("CROSSCONNECT_CLOCK", "hourglass")]).contains("CROSSCONNECT_CLOCK is \"hourglass\""));
    assert!(run(&["--clock", "x"], &[("CROSSCONNECT_CLOCK", "hourglass")]).contains("--clock is \"x\""));
    let variables = [("CROSSCONNECT_CLOCK", "manual")];
    assert!(run(&[], &variables).contains("crossconnect.toml:4: placement is \"random\""));
}

#[test]
fn help_and_version_are_printed() {
    let help = command(&["serve", "--help"]).output().unwrap();
    let text = String::from_utf8(help.stdout).unwrap();
    assert_eq!(help.status.code(), Some(0));
    for flag in ["--listen", "--store", "--lifecycle", "--clock", "--allow-reset", "--config", "CROSSCONNECT_"] {
        assert!(text.contains(flag), "{flag}: {text}");
    }
    let version = command(&["--version"]).output().unwrap();
    assert_eq!(String::from_utf8(version.stdout).unwrap(), format!("crossconnect {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_banner_says_what_runs_where_and_what_to_try() {
    let directory = tempfile::tempdir().unwrap();
    let store = directory.path().join("store");
    let server = Server::start(&["--store", store.to_str().unwrap(), "--clock", "manual", "--lifecycle", "instant"]);
    let url = format!("http://{}", server.address);
    for part in [
        format!("listening on {url}\n"),
        store.display().to_string(),
        "manual, at 2026-01-01T00:00:00Z".to_owned(),
        "instant".to_owned(),
        format!("export AWS_ENDPOINT_URL_DIRECT_CONNECT={url} "),
        "AWS_ACCESS_KEY_ID=".to_owned(),
        "AWS_DEFAULT_REGION=".to_owned(),
    ] {
        assert!(server.banner.contains(&part), "{part}: {}", server.banner);
    }
}

#[test]
fn a_store_whose_time_lies_ahead_is_refused_under_the_systems_clock() {
    let directory = tempfile::tempdir().unwrap();
    let store = directory.path().join("store");
    let store = store.to_str().unwrap();
    let server = Server::start(&["--store", store, "--clock", "manual"]);
    let set = Request::control("POST", "/_crossconnect/clock", "{\"set\":\"2126-01-01T00:00:00Z\"}");
    assert_eq!(server.send(&set).status, 200);
    server.stop();
    let text = refused(command(&["serve", "--store", store, "--clock", "system"]).output().unwrap());
    assert!(text.contains("2126-01-01T00:00:00Z") && text.contains("--clock manual"), "{text}");
    Server::start(&["--store", store]).stop();
}
