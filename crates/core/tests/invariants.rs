//! Every invariant notices what it is there for: a good state is broken in one place, and the rule that says so is found.

use crossconnect_api::{Request, shapes};
use crossconnect_core::ids::{AccountId, ConnectionId, LagId, LocationCode, Region};
use crossconnect_core::model::bandwidth::Bandwidth;
use crossconnect_core::model::billing::BillingMode;
use crossconnect_core::model::connection::{self, Change, Connection};
use crossconnect_core::model::device::{Device, Light};
use crossconnect_core::model::encryption::EncryptionMode;
use crossconnect_core::model::lag::{self, Lag};
use crossconnect_core::settings::Settings;
use crossconnect_core::{Context, Duration, Key, Record, STEPS_MAX, State, Steps, Timestamp, Tx, invariants, run};
use std::collections::BTreeSet;
use std::sync::Arc;

const NOW: Timestamp = Timestamp(Timestamp::MANUAL_START.0 + 10_000);

fn account(text: &str) -> AccountId {
    AccountId::new(text).expect("twelve digits")
}

/// A LAG of two members and a connection that stands alone, all at 10 Gbps, ordered ten seconds ago.
fn good() -> State {
    let mut state = State::default();
    let context = Context {
        account: account("111122223333"),
        region: Region::new("us-east-1").expect("a short name"),
        system_time: Timestamp::MANUAL_START,
    };
    let lag = shapes::CreateLagRequest {
        number_of_connections: 2,
        location: "EqDC2".into(),
        connections_bandwidth: "10Gbps".into(),
        lag_name: "g1".into(),
        ..shapes::CreateLagRequest::default()
    };
    let alone = shapes::CreateConnectionRequest {
        location: "EqDC2".into(),
        bandwidth: "10Gbps".into(),
        connection_name: "c1".into(),
        ..shapes::CreateConnectionRequest::default()
    };
    let mut drawn = 0;
    for request in [Request::CreateLag(lag), Request::CreateConnection(alone)] {
        let mut random = |bytes: &mut [u8]| {
            drawn += 1;
            bytes.fill(drawn);
        };
        let mut tx = Tx::new(&state, context, &mut random);
        run(&mut tx, &request).expect("an order that keeps the rules");
        state = tx.finish().expect("an order writes").1;
    }
    state
}

fn lag_of(state: &State) -> Lag {
    let lags = state.records().filter_map(|record| if let Record::Lag(lag) = record { Some(lag) } else { None });
    Lag::clone(&lags.last().expect("a LAG"))
}

fn connections_of(state: &State) -> Vec<Connection> {
    let connection = |record| if let Record::Connection(connection) = record { Some(connection) } else { None };
    let connections = state.records().filter_map(connection);
    connections.map(|connection| Connection::clone(&connection)).collect()
}

fn put_connection(state: &mut State, connection: Connection) {
    state.write(&Key::Connection(connection.id), Some(Record::Connection(Arc::new(connection))));
}

/// The state with a member of the LAG changed.
fn with_member(change: impl FnOnce(&mut Connection)) -> State {
    let mut state = good();
    let member = connections_of(&state).into_iter().find(|connection| connection.lag.is_some());
    let mut member = member.expect("a member");
    change(&mut member);
    put_connection(&mut state, member);
    state
}

/// The state with the connection that stands alone changed.
fn with_alone(change: impl FnOnce(&mut Connection)) -> State {
    let mut state = good();
    let alone = connections_of(&state).into_iter().find(|connection| connection.lag.is_none());
    let mut alone = alone.expect("a connection that stands alone");
    change(&mut alone);
    put_connection(&mut state, alone);
    state
}

fn with_lag(change: impl FnOnce(&mut Lag)) -> State {
    let mut state = good();
    let mut lag = lag_of(&state);
    change(&mut lag);
    state.write(&Key::Lag(lag.id), Some(Record::Lag(Arc::new(lag))));
    state
}

/// Steps that the core itself never writes.
fn steps<T: Copy + Eq>(values: &[(i64, T)]) -> Steps<T> {
    let at = |seconds: i64| Timestamp::MANUAL_START + Duration::from_seconds(seconds);
    let mut steps = Steps::new(at(values[0].0), values[0].1);
    values[1..].iter().for_each(|(seconds, value)| steps.push(at(*seconds), *value));
    steps
}

#[test]
fn a_good_state_breaks_nothing() {
    assert_eq!(invariants::check(&good(), NOW), []);
}

#[test]
fn a_member_that_differs_from_its_lag_is_found() {
    let agrees = "members agree with their LAG";
    broken(agrees, with_member(|c| c.owner = account("444455556666")));
    broken(agrees, with_member(|c| c.region = Region::new("us-west-1").expect("a short name")));
    broken(agrees, with_member(|c| c.location = LocationCode::new("CSVA1").expect("a short name")));
    broken(agrees, with_member(|c| c.port.device = 1));
    broken(agrees, with_member(|c| c.bandwidth = Bandwidth::Gbps1));
    broken(agrees, with_member(|c| c.mac_sec = true));
    broken(agrees, with_member(|c| c.billing = BillingMode::FlatRateTier1));
    broken(agrees, with_member(|c| c.encryption = Steps::new(c.created, EncryptionMode::MustEncrypt)));
    broken(agrees, with_lag(|lag| lag.phase.set(NOW, lag::Phase::Deleted)));
    broken("members are live", with_member(|c| c.phase.set(NOW, connection::Phase::Deleting)));
    let unknown = LagId::parse("dxlag-unknown1").expect("an id");
    broken("members name a LAG that exists", with_member(|c| c.lag = unknown));
}

#[test]
fn what_a_lag_or_an_account_may_not_have_is_found() {
    broken("minimum links are no more than members", with_lag(|lag| lag.minimum_links = 3));
    broken("encryption wants MACsec", with_lag(|lag| lag.encryption = EncryptionMode::ShouldEncrypt));
    let encrypted = |c: &mut Connection| c.encryption = Steps::new(c.created, EncryptionMode::ShouldEncrypt);
    broken("encryption wants MACsec", with_alone(encrypted));
    broken("billing is not mixed at a location", with_alone(|c| c.billing = BillingMode::FlatRateTier1));
    broken("names have 1 to 255 characters", with_alone(|c| c.name = "".into()));
    let mut crowded = good();
    let member = connections_of(&crowded).into_iter().find(|connection| connection.lag.is_some()).expect("a member");
    for (number, text) in ["dxcon-faaaaaaa", "dxcon-fbbbbbbb", "dxcon-fccccccc"].into_iter().enumerate() {
        let mut another = member.clone();
        another.id = ConnectionId::parse(text).expect("an id").expect("eight characters");
        another.port.number = 20 + number as u16;
        put_connection(&mut crowded, another);
    }
    broken("LAGs are not too large", crowded);
}

#[test]
fn ports_that_cannot_be_held_are_found() {
    let taken = connections_of(&good()).into_iter().find(|c| c.lag.is_some()).expect("a member").port;
    broken("ports have one holder", with_alone(|c| c.port = taken));
    broken("ports are within the plant", with_alone(|c| c.port.number = 48));
    broken("devices are within the plant", with_lag(|lag| lag.device = 2));
    broken("a port has the light of its device", with_alone(|c| c.device_light = Steps::new(c.created, Light::Dark)));
    broken(
        "locations offer what they host",
        with_alone(|c| {
            (c.bandwidth, c.billing) = (Bandwidth::Gbps1, BillingMode::FlatRateTier1);
        }),
    );
    let mut dark = good();
    let id = lag_of(&dark).device();
    dark.write(
        &Key::Device(id),
        Some(Record::Device(Arc::new(Device { light: Light::Dark, ..Device::untouched(id) }))),
    );
    broken("a port has the light of its device", dark);
}

#[test]
fn steps_that_cannot_be_are_found() {
    use connection::{Phase, Seen};
    broken(
        "states follow the reference",
        with_alone(|c| {
            c.phase = steps(&[(0, Phase::Requested), (2, Phase::Provisioned)]);
        }),
    );
    broken("states follow the reference", with_alone(|c| c.shown = steps(&[(0, Seen::Requested), (1, Seen::Down)])));
    broken(
        "history is not of the future",
        with_alone(|c| {
            c.phase = Steps::new(c.created, Phase::Provisioned);
            c.shown = steps(&[(0, Seen::Requested), (11, Seen::Pending)]);
        }),
    );
    broken("history begins with the record", with_alone(|c| c.shown = steps(&[(-1, Seen::Requested)])));
    broken("history is whole until it is cut", with_alone(|c| c.shown = steps(&[(1, Seen::Requested)])));
    broken("records are not made in the future", with_alone(|c| c.created = NOW + Duration::from_seconds(1)));
    broken("plans come to rest", with_alone(|c| c.phase = steps(&[(0, Phase::Requested), (2, Phase::Pending)])));
    broken("plans come to rest", with_alone(|c| c.change = steps(&[(0, Change::None), (9, Change::Joining)])));
    let flapping = |c: &mut Connection| {
        let light = |second: i64| if second % 2 == 0 { Light::Lit } else { Light::Dark };
        c.light = steps(&(0..=STEPS_MAX as i64).map(|second| (second, light(second))).collect::<Vec<_>>());
    };
    broken("steps are bounded", with_alone(flapping));
    broken(
        "plans come to rest",
        with_lag(|lag| lag.phase = steps(&[(0, lag::Phase::Live), (9, lag::Phase::Deleting)])),
    );
    broken("derivation has begun", with_lag(|lag| lag.derived_since = NOW + Duration::from_seconds(1)));
    let mut early = good();
    early.committed(NOW + Duration::from_seconds(1));
    broken("nothing is committed in the future", early);
}

#[test]
fn tags_beyond_their_quota_are_found() {
    let mut state = with_alone(|c| {
        let (empty, mut random) = (State::default(), |_: &mut [u8]| {});
        let context = Context { account: c.owner, region: c.region, system_time: NOW };
        let wanted = [shapes::Tag { key: "a".into(), value: None }];
        let tags = crossconnect_core::Tags::requested(&mut Tx::new(&empty, context, &mut random), Some(&wanted));
        c.tags = tags.expect("one tag");
    });
    let mut settings = Settings::default();
    settings.quotas.set(crossconnect_core::settings::Quota::TagsPerResource, 0);
    state.write(&Key::Settings, Some(Record::Settings(Arc::new(settings))));
    broken("tags are within their quota", state);
}

/// Tags as no call makes them.
fn tags(keys: &[&str]) -> crossconnect_core::Tags {
    let tag = |key: &&str| crossconnect_core::Tag { key: (*key).into(), value: "".into() };
    let tags: Vec<_> = keys.iter().map(tag).collect();
    minicbor::decode(&minicbor::to_vec(tags).expect("bytes")).expect("a list of tags")
}

#[test]
fn tags_that_cannot_be_are_found() {
    broken("tag keys are unique", with_alone(|c| c.tags = tags(&["a", "a"])));
    broken("tag keys are not reserved", with_alone(|c| c.tags = tags(&["aws:a"])));
}

#[test]
fn letters_that_cannot_be_are_found() {
    let late = NOW + Duration::from_seconds(1);
    broken("letters are of the past", with_alone(|c| c.loa_issue_time = Some(late)));
    let early = |c: &mut Connection| {
        c.phase = Steps::new(c.created, connection::Phase::Requested);
        c.loa_issue_time = Some(NOW);
    };
    broken("letters are of assigned ports", with_alone(early));
}

#[test]
fn what_is_seen_and_cannot_be_is_found() {
    use connection::{Phase, Seen};
    let unfinished = |c: &mut Connection| c.phase = steps(&[(0, Phase::Requested), (2, Phase::Pending)]);
    broken("what is seen comes to rest", with_alone(unfinished));
    // It was pending, and is requested again: whether its port is shown is not clear any more.
    let back = |c: &mut Connection| {
        c.phase = Steps::new(c.created, Phase::Requested);
        c.shown = steps(&[(0, Seen::Pending)]);
    };
    broken("a port is shown from pending on", with_alone(back));
    let mut bytes = Vec::new();
    let mut encoder = minicbor::Encoder::new(&mut bytes);
    let pairs = [(NOW.0, 0), (NOW.0 - 5, 1)];
    encoder.array(4).expect("bytes");
    for (at, value) in pairs {
        encoder.i64(at).and_then(|encoder| encoder.u8(value)).expect("bytes");
    }
    let backwards: Steps<Light> = minicbor::decode(&bytes).expect("steps, if not in order");
    broken("steps are in order", with_alone(|c| c.light = backwards));
}

/// Every rule that the invariants require is broken by some test, but for those that only a wrong codec breaks.
#[test]
fn every_invariant_is_broken_somewhere() {
    const EXCUSED: &[(&str, &str)] = &[("records encode to themselves", "every record that can be made does")];
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = |folder: &str| -> Vec<String> {
        let files = std::fs::read_dir(root.join(folder)).expect("a folder").map(|entry| entry.expect("a file").path());
        let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
        files.map(|path| std::fs::read_to_string(path).expect("a source")).collect()
    };
    let (mut rules, mut named) = (BTreeSet::new(), sources("tests").concat());
    for source in sources("src/invariants") {
        let (rules_of, tests) = source.split_once("#[cfg(test)]").unwrap_or((&source, ""));
        named += tests;
        // The name is the first text of a call.
        let calls = rules_of.split("require(").skip(1).filter_map(|call| call.split('"').nth(1));
        rules.extend(calls.map(str::to_owned));
    }
    assert!(rules.len() > 80, "the rules are read from the sources: {rules:?}");
    let is_excused = |rule: &String| EXCUSED.iter().any(|(excused, _)| excused == rule);
    let missing: Vec<_> =
        rules.iter().filter(|rule| !named.contains(&format!("\"{rule}\"")) && !is_excused(rule)).collect();
    assert!(missing.is_empty(), "no test breaks {missing:?}");
}

fn broken(name: &str, state: State) {
    let found = invariants::check(&state, NOW);
    assert!(found.iter().any(|violation| violation.name == name), "{name} is not among {found:?}");
}
