//! What one client was told: the connections it has, under which names, in which LAG.

use super::client::{Client, Outcome};
use crate::random::Random;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A connection as the server last acknowledged it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    name: String,
    lag: Option<String>,
}

/// The book of one client.
pub(crate) struct Ledger {
    number: u64,
    random: Random,
    calls: u64,
    /// Live connections by id.
    connections: BTreeMap<String, Known>,
    /// Connections that were deleted.
    deleted: Vec<String>,
    /// LAGs by id.
    lags: Vec<String>,
    /// Connections of which a refused call may still be carried out late.
    doubtful: Vec<String>,
    pub(crate) acknowledged: u64,
    /// The requests whose changes were acknowledged since these were last looked for in the trail.
    pub(crate) requests: Vec<String>,
}

impl Ledger {
    pub(crate) fn new(number: u64, seed: u64) -> Self {
        Ledger {
            number,
            random: Random::new(seed ^ (number << 32)),
            calls: 0,
            connections: BTreeMap::new(),
            deleted: Vec::new(),
            lags: Vec::new(),
            doubtful: Vec::new(),
            acknowledged: 0,
            requests: Vec::new(),
        }
    }

    pub(crate) fn account(&self) -> String {
        format!("{:012}", 111_100_000_000 + self.number)
    }

    /// Makes one call. `false` when the server has gone.
    pub(crate) fn step(&mut self, client: &Client) -> Result<bool, String> {
        self.calls += 1;
        let (operation, input) = self.draw();
        let invocation = format!("{}-{}", self.number, self.calls);
        match client.call(operation, &input, &invocation) {
            Outcome::Accepted(answer) => {
                self.requests.push(client.answered());
                self.note(operation, &input, &answer)?;
            }
            Outcome::Refused(text) if is_rule(operation, &text) => {
                if client.may_come_late() {
                    self.doubtful.push(self::text(&input, "connectionId"));
                }
            }
            // What came late may have put it into a LAG.
            Outcome::Refused(_) if self.doubtful.contains(&self::text(&input, "connectionId")) => {}
            Outcome::Refused(text) => return Err(format!("{operation} {input} was refused: {text}")),
            Outcome::Unknown => return Ok(false),
        }
        Ok(true)
    }

    /// Everything acknowledged is there, and nothing else.
    pub(crate) fn compare(&self, client: &Client) -> Result<(), String> {
        let listed = list(client, "DescribeConnections", "connections")?;
        let mut live = BTreeMap::new();
        for connection in &listed {
            let id = text(connection, "connectionId");
            if matches!(text(connection, "connectionState").as_str(), "deleted" | "deleting") {
                continue;
            }
            let lag = connection["lagId"].as_str().map(str::to_owned);
            live.insert(id, Known { name: text(connection, "connectionName"), lag });
        }
        for (id, known) in &self.connections {
            match live.remove(id) {
                Some(found) if found == *known => {}
                Some(found) if found.name == known.name && self.doubtful.contains(id) => {}
                Some(found) => return Err(format!("{id} was acknowledged as {known:?} and is {found:?}")),
                None if self.deleted.contains(id) => {}
                None => return Err(format!("{id} was acknowledged and is lost")),
            }
        }
        if let Some((id, found)) = live.first_key_value() {
            return Err(format!("{id} was never acknowledged and is {found:?}"));
        }
        let lags = list(client, "DescribeLags", "lags")?;
        for id in &self.lags {
            if !lags.iter().any(|lag| text(lag, "lagId") == *id) {
                return Err(format!("{id} was acknowledged and is lost"));
            }
        }
        if lags.len() == self.lags.len() {
            Ok(())
        } else {
            Err(format!("{} LAGs were acknowledged and {} are there", self.lags.len(), lags.len()))
        }
    }

    fn draw(&mut self) -> (&'static str, Value) {
        let name = format!("c{}-{}", self.number, self.calls);
        let order = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": name});
        let some = self.random.below(self.connections.len().max(1));
        let Some(id) = self.connections.keys().nth(some).cloned() else {
            return ("CreateConnection", order);
        };
        let lag = self.lags.get(self.random.below(self.lags.len().max(1)));
        match (self.random.below(10), lag, &self.connections[&id].lag) {
            (0..4, _, _) | (6..8, None, _) => ("CreateConnection", order),
            (4, _, _) => ("DeleteConnection", json!({"connectionId": id})),
            (5, _, _) => ("UpdateConnection", json!({"connectionId": id, "connectionName": name})),
            (6..8, Some(lag), _) => ("AssociateConnectionWithLag", json!({"connectionId": id, "lagId": lag})),
            (8, _, Some(lag)) => ("DisassociateConnectionFromLag", json!({"connectionId": id, "lagId": lag})),
            _ => {
                let lag = json!({"location": "EqDC2", "connectionsBandwidth": "1Gbps", "lagName": name, "numberOfConnections": 1});
                ("CreateLag", lag)
            }
        }
    }

    fn note(&mut self, operation: &str, input: &Value, answer: &Value) -> Result<(), String> {
        self.acknowledged += 1;
        let known = |answer: &Value| Known {
            name: text(answer, "connectionName"),
            lag: answer["lagId"].as_str().map(str::to_owned),
        };
        match operation {
            "CreateLag" => {
                self.lags.push(text(answer, "lagId"));
                let member = &answer["connections"][0];
                self.connections.insert(text(member, "connectionId"), known(member));
            }
            "DeleteConnection" => {
                let id = text(input, "connectionId");
                self.connections.remove(&id);
                self.deleted.push(id);
            }
            _ => {
                let id = text(answer, "connectionId");
                if operation == "CreateConnection" && self.connections.contains_key(&id) {
                    return Err(format!("{id} was given out twice"));
                }
                self.connections.insert(id, known(answer));
            }
        }
        Ok(())
    }
}

/// Refusals that a random choice may meet: a full LAG, a member that joins again, another device.
fn is_rule(operation: &str, text: &str) -> bool {
    let rules = ["members; at most", "is already a member", "members of a LAG end on one device"];
    operation == "AssociateConnectionWithLag" && rules.iter().any(|rule| text.contains(rule))
}

fn list(client: &Client, operation: &str, member: &str) -> Result<Vec<Value>, String> {
    match client.call(operation, &json!({}), "list") {
        Outcome::Accepted(answer) => Ok(answer[member].as_array().cloned().unwrap_or_default()),
        Outcome::Refused(text) => Err(format!("{operation} was refused: {text}")),
        Outcome::Unknown => Err(format!("{operation} was not answered after the restart")),
    }
}

fn text(value: &Value, member: &str) -> String {
    value[member].as_str().unwrap_or_default().to_owned()
}
