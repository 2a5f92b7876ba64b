//! Policies, and what they decide.

use super::Target;
use crate::Random;
use crossconnect_auth::policy::{Context, Policy, PrincipalFacts, Request, decide};
use std::net::{IpAddr, Ipv4Addr};

const DOCUMENTS: [&str; 6] = [
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["directconnect:Create*","directconnect:Describe*"],"Resource":"arn:aws:directconnect:*:111122223333:*","Condition":{"StringEquals":{"aws:RequestedRegion":["us-east-1"]},"ForAllValues:StringLike":{"aws:TagKeys":["team","cost-*"]}}}]}"#,
    r#"{"Version":"2012-10-17","Statement":{"Sid":"A","Effect":"Deny","NotAction":"*:De?cribe*","NotResource":"arn:aws:directconnect:us-east-1:${aws:PrincipalAccount}:dxcon/${aws:username}*","Condition":{"StringNotEqualsIfExists":{"aws:ResourceTag/owner":"${aws:username, 'x'}"},"Null":{"aws:TagKeys":"false"}}}}"#,
    r#"{"Id":"x","Version":"2008-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":["*"],"Condition":{"NotIpAddress":{"aws:SourceIp":["192.0.2.0/24","2001:db8::/32"]},"DateLessThan":{"aws:CurrentTime":"2026-06-01T00:00:00Z"},"NumericGreaterThanEquals":{"aws:EpochTime":"1767225600"},"Bool":{"aws:SecureTransport":"true"},"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/*"}}}]}"#,
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["111122223333","arn:aws:iam::111122223333:user/ann"]},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"a secret"}}}]}"#,
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":["sts:AssumeRole","sts:TagSession"]}]}"#,
    r#"{"Statement":[{"Effect":"Allow","Action":"directconnect:*","Resource":"*","Condition":{"ForAnyValue:StringEqualsIgnoreCase":{"aws:TagKeys":["A","b"]},"BinaryEquals":{"aws:userid":"QUlEQQ=="}}}]}"#,
];

/// Documents of policies.
pub(super) struct Policies;

impl Target for Policies {
    fn sample(&mut self, random: &mut Random, out: &mut Vec<u8>) -> usize {
        out.extend_from_slice(DOCUMENTS[random.below(DOCUMENTS.len())].as_bytes());
        0
    }

    fn dictionary(&self) -> &'static [&'static [u8]] {
        &[
            b"*",
            b"?",
            b"${",
            b"}",
            b"${*}",
            b"${aws:username}",
            b"\"Effect\":\"Deny\",",
            b"\"Condition\":{}",
            b"[]",
            b"[[",
            b"null",
            b"StringLike",
            b"IfExists",
            b"ForAnyValue:",
            b"ForAllValues:",
            b"aws:TagKeys",
            b"\"NotPrincipal\":\"*\",",
            b"/33",
            b"::",
            b"arn:aws:",
            b"\\u0000",
            b"\"Action\":",
            b"************",
            b"1e400",
            b"9999-99-99",
        ]
    }

    fn check(&mut self, input: &[u8]) -> Result<bool, String> {
        let Ok(text) = str::from_utf8(input) else { return Ok(false) };
        let (identity, trust) = (Policy::identity(text), Policy::trust(text));
        for error in [identity.as_ref().err(), trust.as_ref().err()].into_iter().flatten() {
            let told = error.to_string();
            if told.len() > 2000 || told.contains(|one: char| one.is_control() && one != '\n') {
                return Err(format!("refused with {told:?}"));
            }
        }
        let mut is_read = false;
        for policy in [identity, trust].into_iter().flatten() {
            is_read = true;
            let first = answered(&policy);
            if first != answered(&policy) {
                return Err("a policy answers twice differently".to_owned());
            }
        }
        Ok(is_read)
    }
}

fn answered(policy: &Policy) -> [bool; 2] {
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
        now: Some(1_767_225_607_000),
        region: Some("us-east-1"),
        secure_transport: Some(true),
        request_tags: &[("team", Some("net")), ("cost-center", None)],
        resource_tags: &[("owner", "ann")],
        external_id: Some("a secret"),
        ..Context::default()
    };
    let resource = "arn:aws:directconnect:us-east-1:111122223333:dxcon/dxcon-ffabc123";
    ["directconnect:DescribeConnections", "sts:AssumeRole"]
        .map(|action| decide([policy], &Request { action, resource, context: &context }).is_allowed())
}
