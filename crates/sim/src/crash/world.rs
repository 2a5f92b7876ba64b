//! All that an account sees, without what only time changes: what two looks at one service can be compared by.

use super::client::{Client, Outcome};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What is listed, and by which member each thing is known.
const LISTS: [(&str, &str); 7] = [
    ("DescribeConnections", "connectionId"),
    ("DescribeInterconnects", "interconnectId"),
    ("DescribeLags", "lagId"),
    ("DescribeVirtualInterfaces", "virtualInterfaceId"),
    ("DescribeDirectConnectGateways", "directConnectGatewayId"),
    ("DescribeDirectConnectGatewayAssociationProposals", "proposalId"),
    ("ListResiliencyGroups", "resiliencyGroupId"),
];
/// What is only listed of one thing: the operation, the member that names the thing, the member of each found.
const PARTS: [(&str, &str, &str); 2] = [
    ("DescribeDirectConnectGatewayAssociations", "directConnectGatewayId", "associationId"),
    ("DescribeHostedConnections", "connectionId", "connectionId"),
];
/// States of what is gone, or on its way.
const DEAD: [&str; 5] = ["deleted", "deleting", "disassociated", "disassociating", "rejected"];

/// Everything that lives, by its id. A hosted connection of an interconnect is among the connections.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct World(BTreeMap<String, Value>);

impl World {
    /// Looks at all there is.
    pub(super) fn of(client: &Client) -> Result<Self, Seen> {
        let mut world = World::default();
        for (operation, id) in LISTS {
            world.add(client, operation, &json!({}), id)?;
        }
        for (operation, whole, id) in PARTS {
            for name in world.ids(if whole == "connectionId" { "interconnectId" } else { whole }) {
                world.add(client, operation, &json!({ whole: name }), id)?;
            }
        }
        Ok(world)
    }

    /// Adds what a list has, page by page.
    fn add(&mut self, client: &Client, operation: &str, input: &Value, id: &str) -> Result<(), Seen> {
        let mut input = input.clone();
        loop {
            let token = self.add_page(client, operation, &input, id)?;
            if token.is_null() {
                return Ok(());
            }
            input["nextToken"] = token;
        }
    }

    /// Adds what a page has, and answers the token of the next one.
    fn add_page(&mut self, client: &Client, operation: &str, input: &Value, id: &str) -> Result<Value, Seen> {
        let mut answer = match client.call(operation, input, "look") {
            Outcome::Accepted(answer) => answer,
            // Interconnects are partners' alone.
            Outcome::Refused(text) if text.contains("is not an authorized Direct Connect partner") => {
                return Ok(Value::Null);
            }
            Outcome::Refused(text) => return Err(Seen::Refused(format!("{operation} {input} was refused: {text}"))),
            Outcome::Unknown => return Err(Seen::Gone),
        };
        let lists = answer.as_object().into_iter().flat_map(Map::values).filter_map(Value::as_array);
        for thing in lists.flatten().filter(|thing| !is_dead(thing)) {
            self.0.insert(text(thing, id), lasting(thing));
        }
        Ok(answer["nextToken"].take())
    }

    /// The ids of those that are known by this member, and by no member that says more.
    pub(super) fn ids(&self, member: &str) -> Vec<String> {
        self.0.iter().filter(|(id, thing)| thing[member] == **id).map(|(id, _)| id.clone()).collect()
    }

    /// What is known by this id.
    pub(super) fn get(&self, id: &str) -> &Value {
        self.0.get(id).unwrap_or(&Value::Null)
    }

    /// How many things there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// How many of these were not in the other.
    pub(super) fn new_since(&self, before: &World) -> usize {
        self.0.keys().filter(|id| !before.0.contains_key(*id)).count()
    }

    /// Whether this shows the thing that an answer is about, as the answer has it.
    pub(super) fn shows(&self, answer: &Value) -> Result<(), String> {
        let ids = LISTS.iter().map(|(_, id)| *id).chain(PARTS.iter().map(|(_, _, id)| *id));
        // The most telling first: a virtual interface names its connection, too.
        let order = ["associationId", "virtualInterfaceId", "proposalId"];
        let wrapped =
            answer.as_object().filter(|members| members.len() == 1).and_then(|members| members.values().next());
        let thing = wrapped.filter(|inner| inner.is_object()).unwrap_or(answer);
        let named = order.into_iter().chain(ids).find_map(|member| Some((member, thing[member].as_str()?)));
        // A test of sessions names its interface, and is no part of it.
        let is_other = is_dead(thing) || thing["testId"].is_string();
        let (Some((known_by, id)), false) = (named, is_other) else {
            return Ok(());
        };
        let found = self.get(id);
        // What joins a partner's LAG is an interconnect from then on, with other members.
        if found.is_object() && found[known_by].is_null() {
            return Ok(());
        }
        // An answer shows the first state of many; names, numbers and what is led to are there from the beginning.
        let is_lasting = |name: &str| {
            name.ends_with("Name")
                || name.ends_with("Id") && !name.starts_with("aws")
                || name == "vlan"
                || name == "minimumLinks"
        };
        let mut members = thing.as_object().into_iter().flatten();
        let differs = members.find(|(member, value)| is_lasting(member) && found[*member] != **value);
        match differs {
            None => Ok(()),
            Some((member, value)) => {
                Err(format!("{id} was acknowledged with {member} {value}, and has {}", found[member]))
            }
        }
    }

    /// The first difference to what was there before, for a text.
    pub(super) fn difference(&self, before: &World) -> String {
        let ids = before.0.keys().chain(self.0.keys());
        match ids.into_iter().find(|id| self.get(id) != before.get(id)) {
            Some(id) => format!("{id} was {} and is {}", before.get(id), self.get(id)),
            None => "no difference".to_owned(),
        }
    }
}

/// Why nothing could be seen.
pub(super) enum Seen {
    /// The server has gone.
    Gone,
    /// It answers what it should not.
    Refused(String),
}

/// What does not change by itself: states follow from the time, and tests of sessions end.
fn lasting(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let stays = |name: &str| !(name.ends_with("State") || name.ends_with("Status") || name == "state");
            let kept = members.iter().filter(|(name, _)| stays(name));
            Value::Object(kept.map(|(name, value)| (name.clone(), lasting(value))).collect())
        }
        Value::Array(elements) => elements.iter().filter(|element| !is_dead(element)).map(lasting).collect(),
        other => other.clone(),
    }
}

fn is_dead(thing: &Value) -> bool {
    let members = thing.as_object().into_iter().flatten();
    let states = members.filter(|(name, _)| name.ends_with("State") || *name == "state");
    states.into_iter().any(|(_, state)| state.as_str().is_some_and(|state| DEAD.contains(&state)))
}

pub(super) fn text(value: &Value, member: &str) -> String {
    value[member].as_str().unwrap_or_default().to_owned()
}
