//! Tokens that a client is given and brings back: those of pages, and those of sessions.

use super::Target;
use super::records::UNDER_WAY;
use crate::Random;
use crossconnect_api::Operation;
use crossconnect_core::ids::{AccountId, Region};
use crossconnect_core::{Context, Record, Tx, run};
use crossconnect_server::readers::{SessionTokens as Reader, Temporary};
use crossconnect_wire::json;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A list and the token of its second page.
struct Given {
    operation: Operation,
    account: AccountId,
    region: Region,
    filters: Map<String, Value>,
    token: String,
}

/// Tokens of every list that a service under way has more than one page of.
static GIVEN: LazyLock<Vec<Given>> = LazyLock::new(|| {
    let parties: BTreeSet<(AccountId, Region)> = UNDER_WAY.records().filter_map(|record| party(&record)).collect();
    let ids: Vec<(&str, String)> = UNDER_WAY.records().filter_map(|record| filter(&record)).collect();
    let mut given = Vec::new();
    for &operation in Operation::ALL {
        let Some(input) = operation.input().filter(|input| input.member("nextToken").is_some()) else { continue };
        let mut filters = vec![Map::new()];
        let fitting = ids.iter().filter(|(name, _)| input.member(name).is_some());
        filters.extend(fitting.map(|(name, id)| Map::from_iter([((*name).to_owned(), id.as_str().into())])));
        for &(account, region) in &parties {
            for filters in &filters {
                if let Some(token) = next(operation, account, region, filters, None).ok().flatten() {
                    given.push(Given { operation, account, region, filters: filters.clone(), token });
                }
            }
        }
    }
    given
});

fn party(record: &Record) -> Option<(AccountId, Region)> {
    match record {
        Record::Connection(connection) => Some((connection.owner, connection.region)),
        Record::Lag(lag) => Some((lag.owner, lag.region)),
        _ => None,
    }
}

fn filter(record: &Record) -> Option<(&'static str, String)> {
    match record {
        Record::VirtualInterface(interface) => Some(("virtualInterfaceId", interface.id.to_string())),
        Record::Gateway(gateway) => Some(("directConnectGatewayId", gateway.id.to_string())),
        _ => None,
    }
}

/// The token of the page after that of `token`.
fn next(
    operation: Operation,
    account: AccountId,
    region: Region,
    filters: &Map<String, Value>,
    token: Option<&str>,
) -> Result<Option<String>, String> {
    let mut members = filters.clone();
    members.insert("maxResults".to_owned(), 1.into());
    if let Some(token) = token {
        members.insert("nextToken".to_owned(), token.into());
    }
    let body = serde_json::to_vec(&members).expect("a value can be written");
    let request = json::decode(operation, &body).map_err(|error| error.to_string())?;
    let mut random = |bytes: &mut [u8]| bytes.fill(0);
    let now = UNDER_WAY.last_commit();
    let mut tx = Tx::rehearsal(&UNDER_WAY, Context { account, region, system_time: now }, &mut random);
    let response = run(&mut tx, &request).map_err(|rejection| rejection.to_string())?;
    let answer: Value = serde_json::from_slice(&json::encode(&response)).expect("answers are JSON");
    Ok(answer.get("nextToken").and_then(Value::as_str).map(str::to_owned))
}

/// Tokens of pages: the number of the list, the end of a line, the token.
pub(super) struct Pages;

impl Target for Pages {
    fn sample(&mut self, random: &mut Random, out: &mut Vec<u8>) -> usize {
        let number = random.below(GIVEN.len());
        out.extend_from_slice(format!("{number}\n").as_bytes());
        let fixed = out.len();
        out.extend_from_slice(GIVEN[number].token.as_bytes());
        fixed
    }

    fn dictionary(&self) -> &'static [&'static [u8]] {
        &[b"ffffffffffffffff", b"8000000000000000", b"00", b"7f", b"c3a9", b"\xc3\xa9", b"+1", b"-f", b"0x", b" ", b"G"]
    }

    fn check(&mut self, input: &[u8]) -> Result<bool, String> {
        let Some((number, token)) = str::from_utf8(input).ok().and_then(|text| text.split_once('\n')) else {
            return Ok(false);
        };
        let Some(given) = number.parse().ok().and_then(|number: usize| GIVEN.get(number)) else { return Ok(false) };
        let Given { operation, account, region, filters, token: given } = given;
        match next(*operation, *account, *region, filters, Some(token)) {
            // Pages end: the next one's token is not the same again.
            Ok(Some(after)) if after == token => Err(format!("{operation}: a page is followed by itself")),
            Ok(_) => Ok(true),
            Err(text) if token == given => Err(format!("{operation} refuses its own token: {text}")),
            Err(_) => Ok(false),
        }
    }
}

/// Tokens of sessions: the access key's id, the end of a line, the token.
pub(super) struct SessionTokens {
    reader: Reader,
    id: String,
    token: String,
}

impl SessionTokens {
    pub(super) fn new() -> Self {
        let reader = Reader::new();
        let Temporary { id, token, .. } = reader.make(0);
        SessionTokens { reader, id, token }
    }
}

impl Target for SessionTokens {
    fn sample(&mut self, _: &mut Random, out: &mut Vec<u8>) -> usize {
        out.extend_from_slice(format!("{}\n{}", self.id, self.token).as_bytes());
        0
    }

    fn dictionary(&self) -> &'static [&'static [u8]] {
        &[b"ASIA", b"AKIA", b"=", b"==", b"+", b"/", b"-", b"_", b"\n", b"AAAA", b"\xff", b"\xc3\xa9"]
    }

    fn check(&mut self, input: &[u8]) -> Result<bool, String> {
        let Some((id, token)) = str::from_utf8(input).ok().and_then(|text| text.split_once('\n')) else {
            return Ok(false);
        };
        let is_own = id == self.id && token == self.token;
        match self.reader.open(id, token).is_some() {
            opened if opened == is_own => Ok(opened),
            true => Err(format!("{token} opens as a token of {id}")),
            false => Err("a token does not open".to_owned()),
        }
    }
}
