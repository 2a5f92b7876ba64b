//! Verifying a signature whose signing key is cached, in process; and with it the policies of its key: put to what the
//! request names, by an ARN, with the tags that it has in the state. With a temporary key, whose session token was opened at
//! its first call, too.

use super::decision::{call, context};
use super::{Bench, Row, median};
use crate::Random;
use crate::signer::{Signer, Unsigned};
use crossconnect_api::{Response, shapes};
use crossconnect_auth::policy::{self, Context, Policy};
use crossconnect_auth::principal::{Attached, Principal};
use crossconnect_auth::signature::sign::{self, Signing};
use crossconnect_auth::signature::{
    AccessKey, Endpoint, Payload, Regions, Request, Secret, SigningKeys, Verified, check,
};
use crossconnect_core::authority::asked;
use crossconnect_core::{State, Tx};
use crossconnect_server::readers::{SessionTokens, Temporary};
use std::borrow::Borrow;
use std::hint::black_box;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Instant;

const ROUNDS: u32 = 100_000;
const STAMP: &str = "20260101T000007Z";
/// The same moment in seconds since 1970.
const NOW: i64 = 1_767_225_607;
const HOST: &str = "127.0.0.1:8023";
const TARGET: &str = "OvertureService.DescribeConnections";
const BODY: &[u8] = br#"{"connectionId":"dxcon-ffabc123"}"#;
const ENDPOINT: Endpoint<'_> = Endpoint { services: &["directconnect"], regions: Regions::WellFormed };

/// Two policies such as a team has: reading, ordering under conditions, and what is forbidden.
const POLICIES: [&str; 2] = [
    r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["directconnect:Create*", "directconnect:Update*", "directconnect:TagResource"],
         "Resource": "arn:aws:directconnect:*:000000000000:*",
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
    let team = Team::new()?;
    let verified = micros(bench, &|| verify(&headers, &keys, |_| Some(&key)).map(drop))?;
    let both = micros(bench, &|| verify(&headers, &keys, |_| Some(&key)).and_then(|_| team.may()))?;
    let tokens = SessionTokens::new();
    let temporary = tokens.make(NOW);
    let mut by_token = headers.to_vec();
    by_token.retain(|(name, _)| *name != "authorization");
    by_token.push(("x-amz-security-token", temporary.token.as_bytes()));
    let authorization = signed(&temporary, &by_token).ok_or("the request cannot be signed")?;
    by_token.push(("authorization", authorization.as_bytes()));
    let open = |id: &str| tokens.open(id, black_box(&temporary.token));
    let session = || {
        let verified = verify(&by_token, &keys, open)?;
        tokens.proved(&verified.key);
        team.may()
    };
    session()?;
    let session = micros(bench, &session)?;
    Ok(vec![
        Row::at_most("verifying a signature, its key cached", verified, 2.0, " µs"),
        Row::at_most("the same, and its policies of 4 statements on what the call names", both, 4.0, " µs"),
        Row::at_most("the same with a temporary key that has signed before", session, 4.0, " µs"),
    ])
}

/// Verifies the signature of a request with these headers, whose key `find` knows.
fn verify<'r, K: Borrow<AccessKey>>(
    headers: &'r [(&'r str, &'r [u8])],
    keys: &SigningKeys,
    find: impl FnOnce(&'r str) -> Option<K>,
) -> Result<Verified<'r, K>, String> {
    let headers = headers.iter().copied();
    let request = Request { method: "POST", path: "/", query: "", authority: None, headers };
    check(&black_box(request), None, NOW, &ENDPOINT, find)
        .and_then(|checked| checked.verify(Payload::Bytes(black_box(BODY)), keys))
        .map_err(|error| error.to_string())
}

/// The signature of a request that bears a session token.
fn signed(temporary: &Temporary, headers: &[(&str, &[u8])]) -> Option<String> {
    let (access_key_id, secret) = (&*temporary.id, &temporary.secret);
    let (region, service) = ("us-east-1", "directconnect");
    let signing = Signing { access_key_id, secret, region, service, stamp: STAMP };
    let headers = headers.iter().copied();
    let request = Request { method: "POST", path: "/", query: "", authority: None, headers };
    sign::authorization(signing, &request, "host;x-amz-date;x-amz-security-token;x-amz-target", BODY)
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

/// A user with two policies, a connection with tags, and a call that names it.
struct Team {
    state: State,
    request: crossconnect_api::Request,
    user: Principal,
}

impl Team {
    fn new() -> Result<Self, String> {
        let mut state = State::default();
        let tag = |key: &str, value: &str| shapes::Tag { key: key.to_owned(), value: Some(value.to_owned()) };
        let order = shapes::CreateConnectionRequest {
            location: "EqDC2".to_owned(),
            bandwidth: "10Gbps".to_owned(),
            connection_name: "c1".to_owned(),
            tags: Some(vec![tag("owner", "ann"), tag("team", "net-core")]),
            ..shapes::CreateConnectionRequest::default()
        };
        let order = crossconnect_api::Request::CreateConnection(order);
        let Response::CreateConnection(made) = call(&mut state, context(0), &mut Random::new(1), &order) else {
            return Err("an order is answered with a connection".to_owned());
        };
        let request = shapes::DescribeConnectionsRequest { connection_id: made.connection_id, ..Default::default() };
        let policies = POLICIES.iter().map(|text| {
            let policy = Policy::identity(text).map_err(|error| error.to_string())?;
            Ok(Attached { name: "p".into(), policy })
        });
        let policies: Vec<Attached> = policies.collect::<Result<_, String>>()?;
        let user = Principal::user("000000000000", "ann", Arc::from(policies));
        Ok(Team { state, request: crossconnect_api::Request::DescribeConnections(request), user })
    }

    /// What the server asks of each call: of which resources it is, with which tags, and what every policy says of those.
    fn may(&self) -> Result<(), String> {
        let mut random = |_: &mut [u8]| {};
        let mut tx = Tx::rehearsal(&self.state, context(0), &mut random);
        let asked = asked(&mut tx, black_box(&self.request));
        let shown = self.user.shown("aws");
        let base = Context {
            principal: Some(self.user.facts(&shown)),
            source_ip: Some(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7))),
            now: Some(NOW * 1000),
            region: Some("us-east-1"),
            secure_transport: Some(true),
            ..Context::default()
        };
        for question in &asked.questions {
            let tags: Vec<_> = question.tags.iter().map(|tag| (&*tag.key, &*tag.value)).collect();
            let context = Context { resource_tags: &tags, ..base.clone() };
            let action = format!("directconnect:{}", question.operation);
            let request = policy::Request { action: &action, resource: &question.resource, context: &context };
            self.user.may(&request).map_err(|denial| denial.reason(&action))?;
        }
        Ok(())
    }
}
