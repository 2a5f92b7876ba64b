//! What a table of answers cannot hold: the values of a real request, the reasons, the limits.

use crossconnect_auth::policy::{
    Context, DOCUMENT_MAX, Decision, Effect, Match, Mismatch, Place, Policy, PrincipalFacts, Request, decide,
};
use std::net::{IpAddr, Ipv4Addr};

/// A policy with one statement that allows under a condition.
fn under(operator: &str, key: &str, value: &str) -> Policy {
    let condition = format!(r#"{{"{operator}": {{"{key}": "{value}"}}}}"#);
    let statement = format!(r#"{{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {condition}}}"#);
    Policy::identity(&format!(r#"{{"Version": "2012-10-17", "Statement": [{statement}]}}"#)).expect("it is a policy")
}

#[test]
fn every_key_has_the_value_of_the_request() {
    let principal = PrincipalFacts {
        arn: "arn:aws:iam::111122223333:user/ann",
        account: "111122223333",
        kind: "User",
        id: "AIDAANN",
        user_name: Some("ann"),
    };
    let context = Context {
        principal: Some(principal),
        session_arn: None,
        source_ip: Some(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1))),
        now: Some(1_767_225_600_999),
        region: Some("us-east-1"),
        secure_transport: Some(false),
        request_tags: &[("team", Some("net")), ("Stage", None)],
        resource_tags: &[("Owner", "ann")],
        external_id: Some("x1"),
        role_session_name: Some("s1"),
        token_issue_time: Some(1_767_225_000_000),
        given: &[],
    };
    for (operator, key, value) in [
        ("IpAddress", "aws:SourceIp", "192.0.2.0/30"),
        ("StringEquals", "aws:SourceIp", "192.0.2.1"),
        ("StringEquals", "aws:CurrentTime", "2026-01-01T00:00:00Z"),
        ("NumericEquals", "aws:EpochTime", "1767225600"),
        ("StringEquals", "aws:RequestedRegion", "us-east-1"),
        ("Bool", "aws:SecureTransport", "false"),
        ("StringEquals", "aws:RequestTag/team", "net"),
        ("Null", "aws:RequestTag/stage", "true"),
        ("ForAnyValue:StringEquals", "aws:TagKeys", "Stage"),
        ("StringEquals", "aws:ResourceTag/owner", "${aws:username}"),
        ("StringEquals", "sts:ExternalId", "x1"),
        ("StringEquals", "sts:RoleSessionName", "s1"),
        ("DateEquals", "aws:TokenIssueTime", "2025-12-31T23:50:00Z"),
        ("ArnEquals", "aws:PrincipalArn", "arn:aws:iam::111122223333:user/ann"),
        ("StringEquals", "aws:PrincipalAccount", "111122223333"),
        ("StringEquals", "aws:PrincipalType", "User"),
        ("StringEquals", "aws:userid", "AIDAANN"),
    ] {
        let policy = under(operator, key, value);
        let request = |context| Request { action: "directconnect:CreateLag", resource: "*", context };
        let allowed = Decision::Allowed { by: Place { policy: 0, statement: 0 }, matched: Match::Itself };
        assert_eq!(decide([&policy], &request(&context)), allowed, "{operator} {key}");
        let is_null = operator == "Null";
        assert_eq!(decide([&policy], &request(&Context::default())).is_allowed(), is_null, "{operator} {key}");
    }
}

#[test]
fn the_first_reason_is_told() {
    let policy = Policy::identity(
        r#"{"Statement": [
            {"Sid": "tags", "Effect": "Allow", "Action": "directconnect:*Tag*", "Resource": "*"},
            {"Effect": "Deny", "Action": "directconnect:*", "Resource": "arn:aws:directconnect:*:*:dxcon/*"},
            {"Effect": "Allow", "Action": "directconnect:*", "Resource": "*",
             "Condition": {"Null": {"aws:SourceIp": "true"}, "StringLike": {"aws:ResourceTag/team": "n*"}}},
            {"Effect": "Allow", "Action": "directconnect:*", "Resource": "*"}
        ]}"#,
    );
    let policy = policy.unwrap();
    let context = Context { resource_tags: &[("team", "ops")], ..Context::default() };
    let resource = "arn:aws:directconnect:us-east-1:111122223333:dxlag/dxlag-ffabc123";
    let said = policy.explain(&Request { action: "directconnect:UpdateLag", resource, context: &context });
    let condition = Mismatch::Condition { operator: "StringLike".to_owned(), key: "aws:ResourceTag/team".to_owned() };
    let reasons: Vec<_> = said.iter().map(|said| (said.sid, said.effect, said.mismatch.clone())).collect();
    let expected = [
        (Some("tags"), Effect::Allow, Some(Mismatch::Action)),
        (None, Effect::Deny, Some(Mismatch::Resource)),
        (None, Effect::Allow, Some(condition)),
        (None, Effect::Allow, None),
    ];
    assert_eq!(reasons, expected);
}

#[test]
fn a_session_may_be_named_by_a_trust_policy() {
    let session = "arn:aws:sts::111122223333:assumed-role/first/s1";
    let policy = format!(
        r#"{{"Statement": {{"Effect": "Allow", "Principal": {{"AWS": "{session}"}}, "Action": "sts:AssumeRole"}}}}"#
    );
    let policy = Policy::trust(&policy).unwrap();
    let principal = PrincipalFacts {
        arn: "arn:aws:iam::111122223333:role/first",
        account: "111122223333",
        kind: "AssumedRole",
        id: "AROA:s1",
        user_name: None,
    };
    for (session_arn, is_allowed) in [(Some(session), true), (None, false)] {
        let context = Context { principal: Some(principal), session_arn, ..Context::default() };
        let request = Request { action: "sts:AssumeRole", resource: "*", context: &context };
        assert_eq!(decide([&policy], &request).is_allowed(), is_allowed);
    }
}

#[test]
fn a_document_has_a_greatest_length() {
    let of = |length: usize| {
        let start = r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"},"Id":""#;
        format!("{start}{}\"}}\n\n", "i".repeat(length - start.len() - 2))
    };
    assert!(Policy::identity(&of(DOCUMENT_MAX)).is_ok());
    let error = Policy::identity(&of(DOCUMENT_MAX + 1)).unwrap_err();
    assert_eq!(error.place, "the document");
    assert!(error.problem.contains("10240"), "{error}");
    assert!(Policy::identity(&" ".repeat(100_000)).is_err());
    assert!(Policy::identity(&"[".repeat(10_000)).is_err(), "nested too deeply");
}

#[test]
fn a_wildcard_costs_no_more_than_its_length_allows() {
    // Whoever backtracks without bound does not come back from this.
    let policy = under("StringLike", "aws:username", &"*a".repeat(2000));
    let name = "a".repeat(1999);
    let given = [("aws:username".to_owned(), vec![name])];
    let context = Context { given: &given, ..Context::default() };
    let request = Request { action: "sts:AssumeRole", resource: "*", context: &context };
    assert_eq!(decide([&policy], &request), Decision::Unmentioned);
}
