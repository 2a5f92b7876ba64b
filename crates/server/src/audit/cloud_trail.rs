//! A record in the form of CloudTrail. What CloudTrail has no place for stands in `additionalEventData`.

use super::event::{Call, Identity, Kind, Outcome, Source};
use crossconnect_audit::Link;
use crossconnect_auth::principal::{Name, Principal};
use crossconnect_core::arn::partition;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use std::net::IpAddr;
use std::sync::Arc;

/// The version of the form.
const VERSION: &str = "1.11";

/// A record as it is shown.
pub(crate) fn shown(sequence: u64, link: Link, call: &Call<'_>, outcome: &Outcome<'_>) -> Value {
    let region = call.region.unwrap_or("us-east-1");
    let mut event = Map::new();
    let mut put = |name: &str, value: Value| drop(event.insert(name.to_owned(), value));
    put("eventVersion", VERSION.into());
    put("userIdentity", identity(call.identity, partition(region)));
    put("eventTime", time(outcome.at).into());
    put("eventSource", source(call.source).into());
    put("eventName", call.name.into());
    put("awsRegion", region.into());
    put("sourceIPAddress", address(call.address).into());
    put("userAgent", call.user_agent.into());
    if let Some(error) = outcome.error {
        put("errorCode", error.into());
        put("errorMessage", outcome.message.into());
    }
    let is_notice = call.source == Source::Trail;
    put("requestParameters", if is_notice { Value::Null } else { document(call.parameters) });
    put("responseElements", document(outcome.response));
    put("additionalEventData", additional(sequence, link, call, outcome));
    put("requestID", call.request_id.into());
    put("eventID", event_id(link).into());
    put("readOnly", call.is_read_only.into());
    if let Some(resource) = resource(call) {
        put("resources", resource);
    }
    put("eventType", if is_notice { "AwsServiceEvent" } else { "AwsApiCall" }.into());
    put("managementEvent", true.into());
    put("recipientAccountId", call.identity.and_then(|identity| identity.account).into());
    if is_notice {
        put("serviceEventDetails", document(call.parameters));
    }
    put("eventCategory", "Management".into());
    if let Some(host) = call.tls_host {
        let mut details = Map::new();
        let known = [("tlsVersion", call.tls_version), ("cipherSuite", call.cipher_suite)];
        for (name, value) in known.into_iter().chain([("clientProvidedHostHeader", Some(host))]) {
            details.extend(value.map(|value| (name.to_owned(), Value::from(value))));
        }
        put("tlsDetails", details.into());
    }
    Value::Object(event)
}

/// What CloudTrail calls the service.
pub(crate) fn source(source: Source) -> &'static str {
    match source {
        Source::DirectConnect => "directconnect.amazonaws.com",
        Source::Sts => "sts.amazonaws.com",
        Source::Control | Source::Trail => "crossconnect",
    }
}

fn identity(identity: Option<Identity<'_>>, partition: &str) -> Value {
    let Some(identity) = identity else {
        return json!({"type": "AWSService", "invokedBy": "crossconnect"});
    };
    let mut shown = Map::new();
    let mut put = |name: &str, value: Value| drop(shown.insert(name.to_owned(), value));
    put(
        "type",
        match identity.kind {
            Kind::Root => "Root",
            Kind::User => "IAMUser",
            Kind::Role => "AssumedRole",
            Kind::Unknown => "Unknown",
            Kind::Operator => "Operator",
        }
        .into(),
    );
    if let (Some(account), Some(principal)) = (identity.account, principal(&identity)) {
        let names = principal.shown(partition);
        put("principalId", names.id.clone().into());
        put("arn", names.arn.into());
        put("accountId", account.into());
        put("accessKeyId", identity.access_key_id.into());
        match identity.kind {
            Kind::User => put("userName", identity.name.into()),
            Kind::Role => {
                let issuer = names.id.split(':').next().unwrap_or_default();
                put(
                    "sessionContext",
                    json!({
                        "sessionIssuer": {
                            "type": "Role",
                            "principalId": issuer,
                            "arn": names.principal_arn,
                            "accountId": account,
                            "userName": identity.name,
                        },
                        "attributes": attributes(identity.issued_at),
                    }),
                );
            }
            Kind::Root | Kind::Unknown | Kind::Operator => {}
        }
        if let (Kind::Root | Kind::User, Some(_)) = (identity.kind, identity.issued_at) {
            put("sessionContext", json!({"attributes": attributes(identity.issued_at)}));
        }
    } else if identity.access_key_id.is_some() {
        put("accessKeyId", identity.access_key_id.into());
    }
    Value::Object(shown)
}

fn attributes(issued_at: Option<i64>) -> Value {
    let created = issued_at.map(|seconds| time(seconds.saturating_mul(1000)));
    json!({"creationDate": created, "mfaAuthenticated": "false"})
}

fn principal(identity: &Identity<'_>) -> Option<Principal> {
    let account = identity.account?.to_owned();
    let name = match identity.kind {
        Kind::Root => Name::Root,
        Kind::User => Name::User(identity.name?.to_owned()),
        Kind::Role => Name::Session { role: identity.name?.to_owned(), session: identity.session?.to_owned() },
        Kind::Unknown | Kind::Operator => return None,
    };
    let id = identity.id.unwrap_or(&account).to_owned();
    Some(Principal { account, name, id, policies: Arc::new([]), session_policy: None })
}

/// What the trail itself knows of a record.
fn additional(sequence: u64, link: Link, call: &Call<'_>, outcome: &Outcome<'_>) -> Value {
    let mut shown = json!({"sequence": sequence, "chain": link.to_string()});
    if call.is_dry_run {
        shown["dryRun"] = true.into();
    }
    if let Some(corrects) = outcome.corrects {
        shown["corrects"] = corrects.into();
    }
    shown
}

/// The role that is assumed: of the others CloudTrail shows no resources.
fn resource(call: &Call<'_>) -> Option<Value> {
    if call.source != Source::Sts {
        return None;
    }
    let arn = document(call.parameters).get("roleArn")?.as_str()?.to_owned();
    let account = arn.split(':').nth(4).map(str::to_owned);
    Some(json!([{"accountId": account, "type": "AWS::IAM::Role", "ARN": arn}]))
}

/// JSON that we have written ourselves.
pub(crate) fn document(text: Option<&str>) -> Value {
    let read = |text| serde_json::from_str::<Value>(text).ok();
    text.and_then(read).unwrap_or(Value::Null)
}

/// A moment as CloudTrail shows it, in whole seconds.
pub(crate) fn time(millis: i64) -> String {
    Timestamp::from_second(millis.div_euclid(1000)).map_or_else(|_| String::new(), |at| at.to_string())
}

/// The octets of an address as text.
pub(crate) fn address(octets: &[u8]) -> Option<String> {
    let address = match (<[u8; 4]>::try_from(octets), <[u8; 16]>::try_from(octets)) {
        (Ok(octets), _) => IpAddr::from(octets),
        (_, Ok(octets)) => IpAddr::from(octets).to_canonical(),
        _ => return None,
    };
    Some(address.to_string())
}

/// An id that follows from the chain, so that it need not be stored: nobody can guess it, and no other record has it.
fn event_id(link: Link) -> String {
    let mut bytes: [u8; 16] = *link.0.first_chunk().expect("a chain value is longer");
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{}-{}-{}-{}", &digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..])
}
