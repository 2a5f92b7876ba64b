//! Clients that want the same thing, which not all of them can have: the last places in a LAG, one VLAN.
//!
//! Each takes and releases it over and over, through any node; every call is written down with its time.

use super::history::{Act, Call, Said};
use crate::crash::client::{Client, Outcome};
use crate::random::Random;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

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
/// How long after its beginning a call can come late: a node tries it for 8 s, and may be paused or cut off meanwhile.
const LATEST: Duration = Duration::from_secs(20);
/// How many calls of a runner are told where one went wrong.
const STORY: usize = 40;
/// The account of all that race.
pub(super) const ACCOUNT: &str = "999900000000";

/// One who races: what it has, and what it has done.
pub(super) struct Runner {
    pub(super) number: usize,
    pub(super) holds: Option<String>,
    random: Random,
    calls: u64,
    name: String,
    /// Since when its calls are told.
    started: Instant,
    /// When those of its calls were begun that may come late: refused, though a server may yet carry them out.
    late: VecDeque<Instant>,
    /// Its last calls, each with its attempts: what is told where one was refused that should not have been.
    told: VecDeque<String>,
}

/// What came of a call.
enum Answer {
    /// It is done.
    Done,
    /// There is no place left.
    Full,
    /// An earlier call, begun then, has got the place after it was refused.
    CameLate(Instant),
}

impl Runner {
    pub(super) fn new(number: usize, name: &str, seed: u64) -> Self {
        Runner {
            number,
            holds: None,
            random: Random::new(seed ^ (number as u64) << 40 ^ name.len() as u64),
            calls: 0,
            name: name.to_owned(),
            started: Instant::now(),
            late: VecDeque::new(),
            told: VecDeque::new(),
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
        while !over.load(Ordering::Relaxed) {
            let act = if self.holds.is_some() { Act::Release } else { Act::Take };
            let begun = Instant::now();
            let mut call = Call { client: self.number, act, said: Said::Done, begun: since(start, begun), ended: 0 };
            match self.call(prize, client, act)? {
                Answer::Done => {}
                Answer::Full => call.said = Said::Full,
                Answer::CameLate(late) => {
                    // It is found to have a place, since some moment after that call.
                    call.begun = since(start, late);
                }
            }
            call.ended = since(start, Instant::now());
            calls.push(call);
            std::thread::sleep(Duration::from_millis(self.random.below(20) as u64));
        }
        // What may come late yet may have got a place that nobody has asked for since.
        let late = self.late.iter().map(|begun| Call {
            client: self.number,
            act: Act::Take,
            said: Said::Nothing,
            begun: since(start, *begun),
            ended: since(start, Instant::now()),
        });
        calls.extend(late);
        Ok(calls)
    }

    /// Gives up what it has, outside the race.
    pub(super) fn rest(&mut self, prize: &Prize, client: &Client) -> Result<(), String> {
        if self.holds.is_some() {
            self.call(prize, client, Act::Release)?;
        }
        match prize {
            // What came late is given up as well.
            Prize::Place { .. } if !self.late.is_empty() => {
                match self.ask(prize, client, Act::Release) {
                    (_, Outcome::Accepted(_)) => drop(self.late.pop_front()),
                    // Nothing has come yet.
                    (_, Outcome::Refused(text)) if text.contains("is not a member") => {}
                    (asked, Outcome::Refused(text)) => return Err(self.wrong(&asked, &format!("was refused: {text}"))),
                    (asked, Outcome::Unknown) => return Err(self.wrong(&asked, "was never answered")),
                }
                self.late.retain(|begun| begun.elapsed() < LATEST);
            }
            Prize::Place { .. } => {}
            // The next race is for another one.
            Prize::Vlan { .. } => self.late.clear(),
        }
        Ok(())
    }

    /// One call: what became of it, as far as it is known.
    fn call(&mut self, prize: &Prize, client: &Client, act: Act) -> Result<Answer, String> {
        let begun = Instant::now();
        let (asked, outcome) = self.ask(prize, client, act);
        match (outcome, prize) {
            (Outcome::Accepted(answer), _) => {
                self.holds = match (act, prize) {
                    (Act::Release, _) => None,
                    (Act::Take, Prize::Place { lag, .. }) => Some(lag.clone()),
                    (Act::Take, Prize::Vlan { .. }) => Some(text(&answer, "virtualInterfaceId")),
                };
                Ok(Answer::Done)
            }
            (Outcome::Refused(text), _) if act == Act::Take && is_taken(&text) => {
                self.late.extend(client.may_come_late().then_some(begun));
                Ok(Answer::Full)
            }
            (Outcome::Refused(text), Prize::Place { lag, .. })
                if act == Act::Take && text.contains("is already a member") =>
            {
                // One that came late has got the place. Which one cannot be told: where it was a later one, the first
                // can have taken effect only after it, once its place was given up. This call is not it, since it would
                // have been answered what it was answered first; it may come late itself.
                let late = self.late.pop_front();
                let late = late.ok_or_else(|| self.wrong(&asked, &format!("was refused: {text}")))?;
                self.late.extend(client.may_come_late().then_some(begun));
                self.holds = Some(lag.clone());
                Ok(Answer::CameLate(late))
            }
            (Outcome::Refused(text), _) => Err(self.wrong(&asked, &format!("was refused: {text}"))),
            (Outcome::Unknown, _) => Err(self.wrong(&asked, "was never answered")),
        }
    }

    /// Asks for the prize, or gives it up: what was asked, and what came of it.
    fn ask(&mut self, prize: &Prize, client: &Client, act: Act) -> (String, Outcome) {
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
        let outcome = client.call(operation, &input, &invocation);
        self.tell(client, act, &outcome);
        (format!("{operation} {input}"), outcome)
    }

    /// Remembers a call for the story that is told where something went wrong.
    fn tell(&mut self, client: &Client, act: Act, outcome: &Outcome) {
        let mut line = format!("{}-{}-{} {act:?}", self.name, self.number, self.calls);
        for attempt in client.attempts().iter() {
            let (began, ended) = (since(self.started, attempt.began), since(self.started, attempt.ended));
            let status = attempt.status.map_or("nothing".to_owned(), |status| status.to_string());
            line += &format!(", node {} {began}–{ended} µs: {status}", attempt.server);
        }
        if let Outcome::Refused(text) = outcome {
            line += &format!(": {text}");
        }
        self.told.truncate(STORY - 1);
        self.told.push_front(line);
    }

    /// What should not have come of what was asked, and what was done before.
    fn wrong(&self, asked: &str, what: &str) -> String {
        let story: Vec<&str> = self.told.iter().map(String::as_str).collect();
        format!("{asked} {what}; its calls, the last one first:\n{}", story.join("\n"))
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

/// Microseconds; none for what was before.
fn since(start: Instant, moment: Instant) -> u64 {
    u64::try_from(moment.saturating_duration_since(start).as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
