//! Policies of users, with verified signatures: what they allow, and how what they do not is refused.

use crate::signer::{Signer, cbor, cbor_error};
use crate::support::{Answer, Request, Server, command};
use crossconnect_api::Operation;
use serde_json::{Value, json};

const ACCOUNTS: &str = r#"
[[account]]
id = "111122223333"
[[account.key]]
access_key_id = "AKIAROOT"
secret = "s"
root = true
[[account.user]]
name = "ann"
policies = ["read.json", "own.json"]
[[account.user.key]]
access_key_id = "AKIAANN"
secret = "s"
[[account.user.key]]
access_key_id = "AKIAANNOLD"
secret = "s"
active = false
[[account.key]]
access_key_id = "AKIAREADER"
secret = "s"
policies = ["read.json"]
"#;

const READ: &str = r#"{"Version": "2012-10-17", "Statement": {
    "Effect": "Allow", "Action": "directconnect:Describe*", "Resource": "*",
    "Condition": {"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}, "StringEquals": {"aws:RequestedRegion": "us-east-1"}}}}"#;

/// What is marked as hers she may change; what she orders she must mark so.
const OWN: &str = r#"{"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": ["directconnect:CreateConnection", "directconnect:TagResource"], "Resource": "*",
     "Condition": {"StringEquals": {"aws:RequestTag/owner": "${aws:username}"}}},
    {"Effect": "Allow", "Action": ["directconnect:UpdateConnection", "directconnect:DeleteConnection"],
     "Resource": "arn:aws:directconnect:*:111122223333:dxcon/*",
     "Condition": {"StringEquals": {"aws:ResourceTag/owner": "${aws:username}"}}},
    {"Effect": "Deny", "Action": "directconnect:DeleteConnection", "Resource": "*",
     "Condition": {"StringEquals": {"aws:ResourceTag/keep": "yes"}}}]}"#;

fn start() -> (Server, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("accounts.toml", ACCOUNTS), ("read.json", READ), ("own.json", OWN)] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let accounts = folder.path().join("accounts.toml");
    let flags = ["--auth", "sigv4", "--store", "memory:", "--lifecycle", "instant", "--accounts"];
    (Server::start(&[&flags[..], &[accounts.to_str().unwrap()]].concat()), folder)
}

fn call(server: &Server, key: &str, operation: &str, input: &Value) -> Answer {
    server.send(&Signer::new(key, "s").sign(server, Request::call(operation, input)))
}

fn order(owner: &[(&str, &str)]) -> Value {
    let tags: Vec<Value> = owner.iter().map(|(key, value)| json!({"key": key, "value": value})).collect();
    let mut order = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": "c1"});
    if !tags.is_empty() {
        order["tags"] = json!(tags);
    }
    order
}

fn refusal(answer: &Answer) -> String {
    let error = answer.json();
    assert_eq!((answer.status, &error["__type"]), (400, &json!("AccessDeniedException")), "{}", answer.text());
    error["message"].as_str().unwrap().to_owned()
}

#[test]
fn tags_of_the_request_and_of_the_resource_decide() {
    let (server, _folder) = start();
    let text = refusal(&call(&server, "AKIAANN", "CreateConnection", &order(&[])));
    let expected = "User: arn:aws:iam::111122223333:user/ann is not authorized to perform: \
                    directconnect:CreateConnection on resource: * because no identity-based policy allows the \
                    directconnect:CreateConnection action";
    assert_eq!(text, expected);
    refusal(&call(&server, "AKIAANN", "CreateConnection", &order(&[("owner", "bob")])));
    let hers = call(&server, "AKIAANN", "CreateConnection", &order(&[("owner", "ann")]));
    assert_eq!(hers.status, 200, "{}", hers.text());
    let hers = hers.json()["connectionId"].as_str().unwrap().to_owned();
    let other = call(&server, "AKIAROOT", "CreateConnection", &order(&[("owner", "bob")])).json();
    let other = other["connectionId"].as_str().unwrap();

    let rename = |id: &str| json!({"connectionId": id, "connectionName": "c2"});
    assert_eq!(call(&server, "AKIAANN", "UpdateConnection", &rename(&hers)).status, 200);
    let text = refusal(&call(&server, "AKIAANN", "UpdateConnection", &rename(other)));
    let resource = format!("on resource: arn:aws:directconnect:us-east-1:111122223333:dxcon/{other} because");
    assert!(text.contains(&resource), "{text}");
    // What is not there is not told apart from what is not hers.
    let text = refusal(&call(&server, "AKIAANN", "UpdateConnection", &rename("dxcon-ffffffff")));
    assert!(text.contains("dxcon/dxcon-ffffffff because"), "{text}");

    // A tag that someone else sets counts at once.
    let arn = format!("arn:aws:directconnect:us-east-1:111122223333:dxcon/{hers}");
    let keep = json!({"resourceArn": arn, "tags": [{"key": "keep", "value": "yes"}]});
    assert_eq!(call(&server, "AKIAROOT", "TagResource", &keep).status, 200);
    let text = refusal(&call(&server, "AKIAANN", "DeleteConnection", &json!({"connectionId": hers})));
    assert!(text.ends_with("with an explicit deny in an identity-based policy"), "{text}");
    let untag = json!({"resourceArn": arn, "tagKeys": ["keep"]});
    refusal(&call(&server, "AKIAANN", "UntagResource", &untag));
    assert_eq!(call(&server, "AKIAROOT", "UntagResource", &untag).status, 200);
    assert_eq!(call(&server, "AKIAANN", "DeleteConnection", &json!({"connectionId": hers})).status, 200);
}

#[test]
fn a_refused_call_changes_nothing() {
    let (server, _folder) = start();
    refusal(&call(&server, "AKIAREADER", "CreateConnection", &order(&[("owner", "AKIAREADER")])));
    let seen = call(&server, "AKIAREADER", "DescribeConnections", &json!({}));
    assert_eq!((seen.status, seen.json()["connections"].as_array().map(Vec::len)), (200, Some(0)));
    let reader = Signer::new("AKIAREADER", "s");
    let rehearsed = Request::call("CreateConnection", &order(&[])).with("x-crossconnect-dry-run", "true");
    refusal(&server.send(&reader.sign(&server, rehearsed)));
}

#[test]
fn the_region_of_the_request_decides_and_both_protocols_say_so() {
    let (server, _folder) = start();
    let elsewhere = Signer { region: "eu-west-1".to_owned(), ..Signer::new("AKIAREADER", "s") };
    let answer = server.send(&elsewhere.sign(&server, cbor(Operation::DescribeLags, &json!({}))));
    let (status, name, text) = cbor_error(&answer);
    assert_eq!((status, &*name), (400, "AccessDeniedException"));
    assert!(text.contains("on resource: arn:aws:directconnect:eu-west-1:111122223333:dxlag/* because"), "{text}");
    assert_eq!(call(&server, "AKIAREADER", "DescribeLags", &json!({})).status, 200);
}

#[test]
fn a_key_that_is_not_active_signs_nothing() {
    let (server, _folder) = start();
    let answer = call(&server, "AKIAANNOLD", "DescribeLags", &json!({}));
    assert_eq!((answer.status, &answer.json()["__type"]), (400, &json!("UnrecognizedClientException")));
}

#[test]
fn a_changed_file_counts_after_a_sighup_and_a_wrong_one_does_not() {
    let (server, folder) = start();
    let path = folder.path().join("accounts.toml");
    let status = |secret: &str| {
        let signed = Signer::new("AKIAANN", secret).sign(&server, Request::call("DescribeLags", &json!({})));
        server.send(&signed).status
    };
    assert_eq!((status("s"), status("new")), (200, 400));
    let hang_up = || rustix::process::kill_process(server.pid(), rustix::process::Signal::HUP).unwrap();
    let rotated = ACCOUNTS.replace("\"AKIAANN\"\nsecret = \"s\"", "\"AKIAANN\"\nsecret = \"new\"");
    assert_ne!(rotated, ACCOUNTS);
    std::fs::write(&path, &rotated).unwrap();
    hang_up();
    server.log_line("were read again");
    assert_eq!((status("s"), status("new")), (400, 200));
    std::fs::write(&path, rotated.replace("own.json", "none.json")).unwrap();
    hang_up();
    let line = server.log_line("stay as they are");
    assert!(line.contains("accounts.toml:10: account.user.policies") && line.contains("none.json"), "{line}");
    assert_eq!(status("new"), 200);
    let narrowed = rotated.replace("\"read.json\", \"own.json\"", "");
    std::fs::write(&path, narrowed).unwrap();
    hang_up();
    server.log_line("were read again");
    assert_eq!(status("new"), 400, "the policies count, too");
}

#[test]
fn mistakes_in_principals_and_policies_are_named_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("accounts.toml");
    std::fs::write(folder.path().join("good.json"), READ).unwrap();
    std::fs::write(folder.path().join("bad.json"), READ.replace("Allow", "allow")).unwrap();
    let user = "[[account.user]]\nname = \"ann\"\n";
    let key = "[[account.user.key]]\naccess_key_id = \"AKIAANN\"\nsecret = \"s\"\n";
    let role = "[[account.role]]\nname = \"r\"\n";
    for (text, line, part) in [
        (
            format!("{user}policies = [\"bad.json\"]\n{key}"),
            5,
            "bad.json: Statement.Effect: \"allow\" was found, expected \"Allow\"",
        ),
        (format!("{user}policies = [\"none.json\"]\n{key}"), 5, "none.json: cannot be read"),
        (user.to_owned(), 3, "account.user has no key"),
        (format!("{user}{key}{user}{}", key.replace("AKIAANN", "AKIABOB")), 8, "account.user.name ann is there twice"),
        (format!("{user}root = true\n{key}"), 5, "account.user.root is not a setting"),
        (format!("{user}{key}active = 1\n"), 8, "account.user.key.active is 1, expected true or false"),
        (format!("[[account.user]]\n{key}"), 3, "account.user.name is missing"),
        (format!("{}{key}", user.replace("ann", "a n")), 4, "account.user.name is \"a n\", expected 1 to 64"),
        (
            "[[account.key]]\naccess_key_id = \"A\"\nroot = true\npolicies = [\"good.json\"]\n".to_owned(),
            6,
            "account.key has root and policies",
        ),
        (role.to_owned(), 3, "account.role.trust is missing"),
        (format!("{role}trust = \"good.json\"\n"), 5, "good.json: Statement.Resource: is not known here"),
        (format!("{role}session_max = \"13h\"\n"), 5, "account.role.session_max is \"13h\", expected a length of time"),
    ] {
        std::fs::write(&path, format!("[[account]]\nid = \"111122223333\"\n{text}")).unwrap();
        let output = command(&["serve", "--accounts", path.to_str().unwrap()]).output().unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.contains(&format!("accounts.toml:{line}: ")) && error.contains(part), "{error}");
    }
}

#[test]
fn policies_can_be_asked_without_a_server() {
    let (_server, folder) = start();
    let run = |arguments: &[&str]| {
        let output =
            command(&[&["policy", "simulate"], arguments].concat()).current_dir(folder.path()).output().unwrap();
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        (output.status.code().unwrap(), text)
    };
    let ann = ["--accounts", "accounts.toml", "--principal", "arn:aws:iam::111122223333:user/ann"];
    let create = [&ann[..], &["--action", "directconnect:CreateConnection"]].concat();
    let (code, text) = run(&[&create[..], &["--context", "aws:RequestTag/owner=ann"]].concat());
    assert_eq!(code, 0, "{text}");
    let expected = "allowed: directconnect:CreateConnection on *\n  read.json: statement 0 allows other actions\n  \
                    own.json: statement 0 allows it\n  own.json: statement 1 allows other actions\n  \
                    own.json: statement 2 denies other actions\n";
    assert_eq!(text, expected);
    let (code, text) = run(&[&create[..], &["--context", "aws:RequestTag/owner=bob"]].concat());
    assert_eq!(code, 1, "{text}");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[..3],
        [
            "refused: directconnect:CreateConnection on * because no identity-based policy allows the \
             directconnect:CreateConnection action",
            "  read.json: statement 0 allows other actions",
            "  own.json: statement 0 allows it under a condition that does not hold: StringEquals of \
             aws:RequestTag/owner",
        ]
    );
    let own = ["--policy", "own.json", "--action", "directconnect:DeleteConnection"];
    let (code, text) = run(&[&own[..], &["--context", "aws:ResourceTag/keep=yes"]].concat());
    assert_eq!(code, 1);
    assert!(
        text.starts_with("refused") && text.contains("with an explicit deny in an identity-based policy"),
        "{text}"
    );
    assert!(text.contains("own.json: statement 2 denies it\n"), "{text}");
    for (arguments, part) in [
        (&["--action", "sts:AssumeRole"][..], "expected --policy FILE, or --accounts FILE and --principal ARN"),
        (&["--policy", "own.json", "--action", "a:b", "--context", "owner"], "expected such as aws:SourceIp=192.0.2.1"),
        (&["--policy", "none.json", "--action", "a:b"], "none.json: cannot be read"),
        (&["--accounts", "accounts.toml", "--action", "a:b"], "belong together"),
        (
            &["--accounts", "accounts.toml", "--principal", "arn:aws:iam::111122223333:user/x", "--action", "a:b"],
            "expected the ARN of a user or a role of accounts.toml",
        ),
    ] {
        let (code, text) = run(arguments);
        assert_eq!((code, text.lines().count()), (2, 1), "{text}");
        assert!(text.contains(part), "{text}");
    }
}
