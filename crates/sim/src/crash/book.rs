//! What one client was told: all that it saw last, and the one call, if any, after which it has not looked yet.

use super::client::{Client, Outcome};
use super::orders;
use super::world::{Seen, World};
use crate::random::Random;
use serde_json::Value;
use std::collections::BTreeMap;

/// A call that was sent since the last look.
struct Open {
    operation: &'static str,
    input: Value,
    invocation: String,
    /// What was acknowledged; nothing where it is not known what became of the call.
    answer: Option<Value>,
}

/// The book of one client.
pub(super) struct Book {
    number: u64,
    random: Random,
    calls: u64,
    world: World,
    open: Option<Open>,
    /// How often each operation was acknowledged.
    pub(super) acknowledged: BTreeMap<&'static str, u64>,
    pub(super) refused: u64,
    pub(super) repeated: u64,
    pub(super) replayed: u64,
    /// The requests whose changes were acknowledged since these were last looked for in the trail.
    pub(super) requests: Vec<String>,
}

impl Book {
    pub(super) fn new(number: u64, seed: u64) -> Self {
        Book {
            number,
            random: Random::new(seed ^ (number << 32)),
            calls: 0,
            world: World::default(),
            open: None,
            acknowledged: BTreeMap::new(),
            refused: 0,
            repeated: 0,
            replayed: 0,
            requests: Vec::new(),
        }
    }

    pub(super) fn account(&self) -> String {
        format!("{:012}", 111_100_000_000 + self.number)
    }

    /// Makes one call and looks at what has become of it. `false` when the server has gone.
    pub(super) fn step(&mut self, client: &Client) -> Result<bool, String> {
        self.calls += 1;
        let unique = format!("c{}-{}", self.number, self.calls);
        let account = self.account();
        let (operation, input) = orders::draw(&mut self.random, &self.world, &account, &unique);
        match client.call(operation, &input, &unique) {
            Outcome::Accepted(answer) => {
                self.requests.push(client.answered());
                *self.acknowledged.entry(operation).or_default() += 1;
                self.open = Some(Open { operation, input, invocation: unique, answer: Some(answer) });
            }
            Outcome::Refused(_) => self.refused += 1,
            Outcome::Unknown => {
                self.open = Some(Open { operation, input, invocation: unique, answer: None });
                return Ok(false);
            }
        }
        match World::of(client) {
            Ok(seen) => {
                if let Some(Open { answer: Some(answer), operation, .. }) = self.open.take() {
                    seen.shows(&answer).map_err(|text| format!("{operation}: {text}"))?;
                } else if seen != self.world {
                    return Err(format!(
                        "a refused {operation} has changed something: {}",
                        seen.difference(&self.world)
                    ));
                }
                self.world = seen;
                Ok(true)
            }
            Err(Seen::Gone) => Ok(false),
            Err(Seen::Refused(text)) => Err(text),
        }
    }

    /// Everything acknowledged is there, and nothing else; what was left unknown is there whole or not at all, and when
    /// it is repeated, as an SDK would, it is done once.
    pub(super) fn check(&mut self, client: &Client) -> Result<(), String> {
        let found = look(client)?;
        let Some(Open { operation, input, invocation, answer }) = self.open.take() else {
            return match found == self.world {
                true => Ok(()),
                false => Err(format!("what was acknowledged is not there: {}", found.difference(&self.world))),
            };
        };
        let had_acted = answer.is_some() || found != self.world;
        self.repeated += 1;
        self.replayed += u64::from(had_acted);
        let doing = format!("{operation} {input}");
        let repeated = match client.call(operation, &input, &invocation) {
            Outcome::Accepted(repeated) => repeated,
            Outcome::Refused(text) if had_acted => {
                return Err(format!("{doing} had been carried out, and its repetition was refused: {text}"));
            }
            Outcome::Refused(_) => return self.keep(look(client)?, &found, &doing),
            Outcome::Unknown => return Err(format!("{doing} was not answered after the restart")),
        };
        if answer.as_ref().is_some_and(|answer| *answer != repeated) {
            return Err(format!("{doing} was acknowledged with {answer:?}, and its repetition with {repeated}"));
        }
        if answer.is_none() {
            *self.acknowledged.entry(operation).or_default() += 1;
        }
        let after = look(client)?;
        after.shows(&repeated).map_err(|text| format!("{doing}: {text}"))?;
        let made = after.new_since(&self.world);
        // A LAG comes with its connection.
        let makes = usize::from(operation.starts_with("Create") || operation.starts_with("Allocate"))
            + usize::from(operation == "CreateLag");
        if made > makes {
            return Err(format!("{doing} has made {made} things: {}", after.difference(&self.world)));
        }
        if had_acted {
            return self.keep(after, &found, &doing);
        }
        self.world = after;
        Ok(())
    }

    /// Goes on with what is there, which must be what was there.
    fn keep(&mut self, after: World, found: &World, doing: &str) -> Result<(), String> {
        if after != *found {
            return Err(format!("the repetition of {doing} has changed something: {}", after.difference(found)));
        }
        self.world = after;
        Ok(())
    }
}

fn look(client: &Client) -> Result<World, String> {
    World::of(client).map_err(|seen| match seen {
        Seen::Gone => "the server was gone after its restart".to_owned(),
        Seen::Refused(text) => text,
    })
}
