//! Clients that want the same thing, which not all of them can have: the last places in a LAG, one VLAN.
//!
//! Each takes and releases it over and over, through any node; every call is written down with its time.

use super::history::{Act, Call, Said};
use crate::crash::client::{Client, Outcome};
use crate::random::Random;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// What is wanted.
#[derive(Debug, Clone)]
pub(super) enum Prize {
    /// A place in this LAG, for connections of one's own.
    Place { lag: String, connections: Vec<String> },
    /// This VLAN on a connection.
    Vlan { connection: String, vlan: u16 },
}

/// How many can have a place: a LAG of 1 Gbps has four members, of which one came with it.
pub(super) const PLACES: usize = 3;
/// How many want one.
pub(super) const RUNNERS: usize = 5;
/// How many calls of one runner that come late are told apart in a round.
const LATE: usize = 10;
/// The account of all that race.
pub(super) const ACCOUNT: &str = "999900000000";

/// One who races: what it has, and what it has done in this round.
pub(super) struct Runner {
    pub(super) number: usize,
    pub(super) holds: Option<String>,
    random: Random,
    calls: u64,
    name: String,
    /// Whether a call that was refused may have been carried out later.
    is_in_doubt: bool,
    /// When the last such call was begun.
    doubted: u64,
}

impl Runner {
    pub(super) fn new(number: usize, name: &str, seed: u64) -> Self {
        Runner {
            number,
            holds: None,
            random: Random::new(seed ^ (number as u64) << 40 ^ name.len() as u64),
            calls: 0,
            name: name.to_owned(),
            is_in_doubt: false,
            doubted: 0,
        }
    }

    /// Races until it is over, and a little longer: what is begun is ended.
    pub(super) fn run(
        &mut self,
        prize: &Prize,
        client: &Client,
        start: Instant,
        over: &AtomicBool,
    ) -> Result<Vec<Call>, String> {
        let mut calls = Vec::new();
        let mut late = 0;
        while !over.load(Ordering::Relaxed) {
            let act = if self.holds.is_some() { Act::Release } else { Act::Take };
            let begun = micros(start);
            let (said, may_come_late) = self.call(prize, client, act)?;
            calls.push(Call { client: self.number, act, said, begun, ended: micros(start) });
            if said == Said::Nothing {
                // It was found to have a place since some moment after the call that came late.
                calls.last_mut().into_iter().for_each(|call| call.begun = self.doubted);
            }
            if may_come_late {
                // A server that was paused has it still, and may find a place later: for nobody, who keeps it.
                self.doubted = begun;
                let client = RUNNERS + self.number + RUNNERS * (late % LATE);
                late += 1;
                calls.push(Call { client, act, said: Said::Nothing, begun, ended: micros(start) });
            }
            std::thread::sleep(std::time::Duration::from_millis(self.random.below(20) as u64));
        }
        Ok(calls)
    }

    /// Gives up what it has, outside the race.
    pub(super) fn rest(&mut self, prize: &Prize, client: &Client) -> Result<(), String> {
        if self.holds.is_some() {
            return self.call(prize, client, Act::Release).map(drop);
        }
        if let (true, Prize::Place { lag, connections }) = (self.is_in_doubt, prize) {
            // What came late is given up as well; where nothing came, this is refused.
            self.calls += 1;
            let input = json!({"connectionId": connections[self.number], "lagId": lag});
            let invocation = format!("{}-{}-{}", self.name, self.number, self.calls);
            client.call("DisassociateConnectionFromLag", &input, &invocation);
        }
        self.is_in_doubt = false;
        Ok(())
    }

    /// What was answered, and whether the call may still be carried out all the same.
    fn call(&mut self, prize: &Prize, client: &Client, act: Act) -> Result<(Said, bool), String> {
        self.calls += 1;
        let invocation = format!("{}-{}-{}", self.name, self.number, self.calls);
        let (operation, input) = match (prize, act) {
            (Prize::Place { lag, connections }, Act::Take) => {
                ("AssociateConnectionWithLag", json!({"connectionId": connections[self.number], "lagId": lag}))
            }
            (Prize::Place { lag, connections }, Act::Release) => {
                ("DisassociateConnectionFromLag", json!({"connectionId": connections[self.number], "lagId": lag}))
            }
            (Prize::Vlan { connection, vlan }, Act::Take) => {
                let name = format!("v{}", self.calls);
                let new = json!({"virtualInterfaceName": name, "vlan": vlan, "asn": 65000, "virtualGatewayId": "vgw-0123456789abcdef0"});
                (
                    "CreatePrivateVirtualInterface",
                    json!({"connectionId": connection, "newPrivateVirtualInterface": new}),
                )
            }
            (Prize::Vlan { .. }, Act::Release) => ("DeleteVirtualInterface", json!({"virtualInterfaceId": self.holds})),
        };
        match client.call(operation, &input, &invocation) {
            Outcome::Accepted(answer) => {
                self.holds = match (act, prize) {
                    (Act::Release, _) => None,
                    (Act::Take, Prize::Place { lag, .. }) => Some(lag.clone()),
                    (Act::Take, Prize::Vlan { .. }) => Some(text(&answer, "virtualInterfaceId")),
                };
                Ok((Said::Done, false))
            }
            Outcome::Refused(text) if act == Act::Take && is_taken(&text) => {
                self.is_in_doubt |= client.may_come_late();
                Ok((Said::Full, client.may_come_late()))
            }
            // What came late has got the place.
            Outcome::Refused(text) if self.is_in_doubt && text.contains("is already a member") => {
                self.is_in_doubt = false;
                self.holds = Some(input["lagId"].as_str().unwrap_or_default().to_owned());
                Ok((Said::Nothing, false))
            }
            Outcome::Refused(text) => Err(format!("{operation} {input} was refused: {text}")),
            Outcome::Unknown => Err(format!("{operation} {input} was never answered")),
        }
    }
}

/// What is to be had in the account: a LAG with connections that want to be in it, and a connection with VLANs.
pub(super) fn prizes(client: &Client) -> Result<(Prize, String), String> {
    let call = |operation: &str, input: Value, invocation: &str| match client.call(operation, &input, invocation) {
        Outcome::Accepted(answer) => Ok(answer),
        Outcome::Refused(text) => Err(format!("{operation} was refused: {text}")),
        Outcome::Unknown => Err(format!("{operation} was never answered")),
    };
    let lag =
        json!({"location": "EqDC2", "connectionsBandwidth": "1Gbps", "lagName": "raced", "numberOfConnections": 1});
    let lag = call("CreateLag", lag, "prize-lag")?;
    let mut connections = Vec::new();
    for number in 0..=RUNNERS {
        let order = json!({"location": "EqDC2", "bandwidth": "1Gbps", "connectionName": format!("r{number}")});
        let connection = call("CreateConnection", order, &format!("prize-{number}"))?;
        connections.push(text(&connection, "connectionId"));
    }
    let bearer = connections.pop().unwrap_or_default();
    Ok((Prize::Place { lag: text(&lag, "lagId"), connections }, bearer))
}

fn is_taken(text: &str) -> bool {
    text.contains("members; at most") || text.contains("is already used by")
}

fn text(value: &Value, member: &str) -> String {
    value[member].as_str().unwrap_or_default().to_owned()
}

fn micros(start: Instant) -> u64 {
    u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX)
}
