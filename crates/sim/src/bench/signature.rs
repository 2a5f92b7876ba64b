//! Verifying a signature whose signing key is cached, in process; and the policies of its key with it.

use super::{Bench, Row, median};
use crate::signer::{Signer, Unsigned};
use crossconnect_auth::policy::{self, Context, Policy, PrincipalFacts, decide};
use crossconnect_auth::signature::{AccessKey, Endpoint, Payload, Regions, Request, Secret, SigningKeys, check};
use std::hint::black_box;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Instant;

const ROUNDS: u32 = 100_000;
const STAMP: &str = "20260101T000007Z";
/// The same moment in seconds since 1970.
const NOW: i64 = 1_767_225_607;
const HOST: &str = "127.0.0.1:8023";
const TARGET: &str = "OvertureService.DescribeConnections";
const BODY: &[u8] = br#"{"connectionId":"dxcon-ffabc123"}"#;
const RESOURCE: &str = "arn:aws:directconnect:us-east-1:111122223333:dxcon/dxcon-ffabc123";

/// Two policies such as a team has: reading, ordering under conditions, and what is forbidden.
const POLICIES: [&str; 2] = [
    r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["directconnect:Create*", "directconnect:Update*", "directconnect:TagResource"],
         "Resource": "arn:aws:directconnect:*:111122223333:*",
         "Condition": {"StringEquals": {"aws:RequestedRegion": ["us-east-1", "eu-west-1"]},
                       "ForAllValues:StringLike": {"aws:TagKeys": ["team", "stage", "cost-*"]}}},
        {"Effect": "Deny", "Action": "directconnect:Delete*", "Resource": "*",
         "Condition": {"StringNotEquals": {"aws:ResourceTag/owner": "${aws:username}"}}},
        {"Effect": "Deny", "NotAction": "directconnect:Describe*", "Resource": "*",
         "Condition": {"NotIpAddress": {"aws:SourceIp": ["192.0.2.0/24", "2001:db8::/32"]}}}]}"#,
    r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "directconnect:Describe*", "Resource": "*",
         "Condition": {"IpAddress": {"aws:SourceIp": ["192.0.2.0/24", "2001:db8::/32"]},
                       "StringLike": {"aws:ResourceTag/team": "net-*"}}}]}"#,
];

pub(super) fn rows(bench: &Bench<'_>) -> Result<Vec<Row>, String> {
    let signer =
        Signer { access_key_id: "AKIABENCHMARK0000000".into(), secret: "s".into(), region: "us-east-1".into() };
    let authorization = signer.authorization(Unsigned { host: HOST, target: TARGET, body: BODY, stamp: STAMP });
    let headers: [(&str, &[u8]); 5] = [
        ("host", HOST.as_bytes()),
        ("content-type", b"application/x-amz-json-1.1"),
        ("x-amz-target", TARGET.as_bytes()),
        ("x-amz-date", STAMP.as_bytes()),
        ("authorization", authorization.as_bytes()),
    ];
    let key = AccessKey::lasting("AKIABENCHMARK0000000", "111122223333", true, Some(Secret::new("s")));
    let keys = SigningKeys::default();
    let endpoint = Endpoint { services: &["directconnect"], regions: Regions::WellFormed };
    let request =
        || Request { method: "POST", path: "/", query: "", authority: None, headers: headers.iter().copied() };
    let verify = || {
        let request = black_box(request());
        check(&request, None, NOW, &endpoint, |_| Some(&key))
            .and_then(|checked| checked.verify(Payload::Bytes(black_box(BODY)), &keys))
            .map(drop)
            .map_err(|error| error.to_string())
    };
    let policies = POLICIES.iter().map(|text| Policy::identity(text).map_err(|error| error.to_string()));
    let policies = policies.collect::<Result<Vec<_>, _>>()?;
    let verified = micros(bench, &verify)?;
    let both = micros(bench, &|| {
        verify()?;
        if is_allowed(&policies) { Ok(()) } else { Err("the policies refuse what they allow".to_owned()) }
    })?;
    Ok(vec![
        Row::at_most("verifying a signature, its key cached", verified, 2.0, " µs"),
        Row::at_most("the same, and its policies of 4 statements", both, 4.0, " µs"),
    ])
}

/// How long one takes, in microseconds.
fn micros(bench: &Bench<'_>, one: &dyn Fn() -> Result<(), String>) -> Result<f64, String> {
    median(bench.scale.rounds.max(5), || {
        let began = Instant::now();
        for _ in 0..ROUNDS {
            one()?;
        }
        Ok(began.elapsed().as_secs_f64() * 1e6 / f64::from(ROUNDS))
    })
}

fn is_allowed(policies: &[Policy]) -> bool {
    let principal = PrincipalFacts {
        arn: "arn:aws:iam::111122223333:user/ann",
        account: "111122223333",
        kind: "User",
        id: "AIDAANN",
        user_name: Some("ann"),
    };
    let context = Context {
        principal: Some(principal),
        source_ip: Some(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7))),
        now: Some(NOW * 1000),
        region: Some("us-east-1"),
        secure_transport: Some(true),
        resource_tags: &[("owner", "ann"), ("team", "net-core")],
        ..Context::default()
    };
    let action = "directconnect:DescribeConnections";
    decide(black_box(policies), &policy::Request { action, resource: RESOURCE, context: &context }).is_allowed()
}
