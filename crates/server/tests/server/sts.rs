//! GetCallerIdentity, as clients ask for it when they start.

use crate::support::{Answer, Request, Server};

fn form(body: &str) -> Request {
    let request = Request::new("POST", "/").with("content-type", "application/x-www-form-urlencoded; charset=utf-8");
    request.signed("111122223333", "us-east-1").body(body.as_bytes())
}

fn element<'a>(answer: &'a Answer, name: &str) -> &'a str {
    let (_, rest) = answer.text().split_once(&format!("<{name}>")).unwrap_or_else(|| panic!("{}", answer.text()));
    rest.split_once(&format!("</{name}>")).unwrap().0
}

const WHO: &str = "Action=GetCallerIdentity&Version=2011-06-15";

#[test]
fn the_caller_is_told_who_it_is() {
    let directory = tempfile::tempdir().unwrap();
    let accounts = directory.path().join("accounts.toml");
    let key = "[[account]]\nid = \"555555555555\"\n[[account.key]]\naccess_key_id = \"AKIAUSER\"\nsecret = \"x\"\n";
    std::fs::write(&accounts, key).unwrap();
    let server = Server::start(&["--store", "memory:", "--accounts", accounts.to_str().unwrap()]);
    for (key, region, arn, id, account) in [
        ("111122223333", "us-east-1", "arn:aws:iam::111122223333:root", "111122223333", "111122223333"),
        ("AKIDEXAMPLE", "us-east-1", "arn:aws:iam::123456789012:root", "123456789012", "123456789012"),
        (
            "AKIAUSER",
            "cn-north-1",
            "arn:aws-cn:iam::555555555555:user/AKIAUSER",
            "AIDAUGYISJ5IG7EKNZVJF",
            "555555555555",
        ),
    ] {
        let answer = server.send(&form(WHO).signed(key, region));
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/xml")));
        let told = ["Arn", "UserId", "Account"].map(|name| element(&answer, name));
        assert_eq!(told, [arn, id, account]);
        assert_eq!(answer.header("x-amzn-requestid"), Some(element(&answer, "RequestId")));
    }
}

#[test]
fn what_sts_does_not_have_here_is_an_error_of_its_kind() {
    let server = Server::memory();
    for (request, status, code, text) in [
        (form("Action=GetFederationToken&Version=2011-06-15"), 400, "InvalidAction", "GetFederationToken for version"),
        (form("Action=AssumeRole&Version=2011-06-15"), 400, "ValidationError", "null at &#39;roleArn&#39;"),
        (form(&format!("{WHO}&Action=AssumeRole")), 400, "MalformedInput", "Action is there twice"),
        (form("Action=%3Cb%3E%26&Version=x"), 400, "InvalidAction", "&lt;b&gt;&amp; for version x"),
        (form("Action=GetCallerIdentity&Version=2010-01-01"), 400, "InvalidAction", "GetCallerIdentity"),
        (form(""), 400, "MissingAction", "GetCallerIdentity"),
        (form(WHO).without("authorization"), 403, "MissingAuthenticationToken", "missing Authentication Token"),
        (form(WHO).with("authorization", "AWS4-HMAC-SHA256"), 403, "IncompleteSignature", "Credential"),
    ] {
        let answer = server.send(&request);
        assert_eq!((answer.status, answer.header("content-type")), (status, Some("text/xml")));
        assert_eq!(element(&answer, "Code"), code);
        assert!(element(&answer, "Message").contains(text), "{}", answer.text());
    }
}
