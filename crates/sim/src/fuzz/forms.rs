//! What the server reads besides the API: the forms of STS, the bodies of the control API, the answers of an EC2 endpoint.

use super::Target;
use crate::Random;
use crossconnect_server::readers;

/// Forms of STS: the query, the end of a line, the body.
pub(super) struct Forms;

impl Target for Forms {
    fn sample(&mut self, random: &mut Random, out: &mut Vec<u8>) -> usize {
        const FORMS: [&str; 5] = [
            "\nAction=GetCallerIdentity&Version=2011-06-15",
            "Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Expires=60\n",
            "\nAction=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fdeploy&RoleSessionName=s1&DurationSeconds=900&ExternalId=a",
            "\nAction=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fdeploy&RoleSessionName=s1&Policy=%7B%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22%2A%22%2C%22Resource%22%3A%22%2A%22%7D%7D",
            "\nAction=GetSessionToken&Version=2011-06-15&DurationSeconds=3600",
        ];
        out.extend_from_slice(FORMS[random.below(FORMS.len())].as_bytes());
        0
    }

    fn dictionary(&self) -> &'static [&'static [u8]] {
        &[
            b"&",
            b"=",
            b"%",
            b"%00",
            b"%ff",
            b"%C3%A9",
            b"+",
            b"Action=",
            b"Version=",
            b"&Tags.member.1.Key=a",
            b"SerialNumber=a",
            b"DurationSeconds=",
            b"RoleArn=",
            b"arn:aws:iam::111122223333:role/",
            b"%F0%9F%98%80",
            b"Policy=",
            b"\xc3\xa9",
            b"PolicyArns.member.1.arn=",
        ]
    }

    fn check(&mut self, input: &[u8]) -> Result<bool, String> {
        let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
        let Ok(query) = str::from_utf8(&input[..end]) else { return Ok(false) };
        let answered = readers::form(query, input.get(end + 1..).unwrap_or_default());
        let (is_read, text) = answered.map_or_else(|text| (false, text), |text| (true, text));
        // It becomes a document whatever the form was.
        if text.len() > 8000 || text.contains('\0') || !text.ends_with("Response>\n") {
            return Err(format!("answered with {text:?}"));
        }
        Ok(is_read)
    }
}

/// Bodies of the control API.
pub(super) struct Control;

impl Target for Control {
    fn sample(&mut self, random: &mut Random, out: &mut Vec<u8>) -> usize {
        const BODIES: [&str; 11] = [
            r#"{"advance":"PT1H"}"#,
            r#"{"set":"2026-01-01T00:00:00Z"}"#,
            r#"{"light":"off"}"#,
            r#"{"hasLogicalRedundancy":"yes"}"#,
            r#"{"partner":"v2"}"#,
            r#"{"partner":null}"#,
            r#"{"session":"down"}"#,
            r#"{"peer":"mismatch"}"#,
            r#"{"announced":[{"cidr":"10.0.0.0/16","asPath":[65001,4200000000],"communities":["7224:9100"]}]}"#,
            r#"{"ownerAccount":"111122223333","region":"us-east-1","amazonSideAsn":64512,"cidrs":["10.0.0.0/16"]}"#,
            r#"{}"#,
        ];
        out.extend_from_slice(BODIES[random.below(BODIES.len())].as_bytes());
        0
    }

    fn dictionary(&self) -> &'static [&'static [u8]] {
        &[
            b"null",
            b"{}",
            b"[]",
            b"[[[[",
            b"{\"a\":",
            b"P1D",
            b"PT",
            b"-PT1H",
            b"P9999999999Y",
            b"PT1e9H",
            b"9999-12-31T23:59:59Z",
            b"-009999-01-01T00:00:00Z",
            b"\\ud800",
            b"1e400",
            b"18446744073709551616",
            b"\"x\":",
            b"\"advance\":",
            b"\"light\":\"on\",",
        ]
    }

    fn check(&mut self, input: &[u8]) -> Result<bool, String> {
        match readers::control(input) {
            Ok(()) => Ok(true),
            Err(text) if text.len() > 2000 => Err(format!("refused with {text:?}")),
            Err(_) => Ok(false),
        }
    }
}

/// Answers of an EC2 endpoint.
pub(super) struct Ec2;

impl Target for Ec2 {
    fn sample(&mut self, random: &mut Random, out: &mut Vec<u8>) -> usize {
        const ANSWERS: [&str; 2] = [
            r#"<?xml version="1.0" encoding="UTF-8"?><DescribeVpnGatewaysResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><vpnGatewaySet><item><vpnGatewayId>vgw-1</vpnGatewayId><amazonSideAsn>64512</amazonSideAsn><attachments><item><vpcId>vpc-1</vpcId><state>attached</state></item></attachments></item></vpnGatewaySet></DescribeVpnGatewaysResponse>"#,
            r#"<Response><Errors><Error><Code>InvalidVpnGatewayID.NotFound</Code><Message>a &amp; b<![CDATA[c]]></Message></Error></Errors></Response>"#,
        ];
        out.extend_from_slice(ANSWERS[random.below(ANSWERS.len())].as_bytes());
        0
    }

    fn dictionary(&self) -> &'static [&'static [u8]] {
        &[
            b"<item>",
            b"</item>",
            b"<!DOCTYPE x [<!ENTITY a \"&b;&b;\"><!ENTITY b \"b\">]>",
            b"&a;",
            b"&#0;",
            b"&#x10ffff;",
            b"<![CDATA[",
            b"]]>",
            b"<!--",
            b"-->",
            b"<?a?>",
            b"xmlns:a=\"a\"",
            b"<a:b>",
            b"\xef\xbb\xbf",
            b"<a><a><a>",
        ]
    }

    fn check(&mut self, input: &[u8]) -> Result<bool, String> {
        match str::from_utf8(input) {
            Ok(text) => Ok(readers::ec2(text)),
            Err(_) => Ok(false),
        }
    }
}
