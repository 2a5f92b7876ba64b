//! What AssociateConnectionWithLag costs to decide, in CPU time, over states of different sizes.

use super::{Bench, Row, median};
use crate::random::Random;
use crossconnect_api::{Request, shapes};
use crossconnect_core::ids::{AccountId, ConnectionId, LocationCode, Region};
use crossconnect_core::model::bandwidth::Bandwidth;
use crossconnect_core::model::connection::Connection;
use crossconnect_core::{Context, Loader, Record, State, Timestamp, Tx, run};
use std::sync::Arc;
use std::time::Instant;

/// How many decisions one sample takes the median of.
const DECISIONS: usize = 4001;
/// Connections of one account: as many as a location's quota.
const PER_ACCOUNT: usize = 10;
/// Connections on one device, so that an account's are together.
const PER_DEVICE: usize = 400;
/// Connections in the small state.
const SMALL: usize = 1000;

pub(super) fn rows(bench: &Bench<'_>) -> Result<Vec<Row>, String> {
    let mut large = Vec::new();
    let mut small = Vec::new();
    let ratio = median(bench.scale.rounds.min(3), || {
        let (few, many) = (associate_micros(SMALL), associate_micros(bench.scale.large));
        small.push(few);
        large.push(many);
        Ok(many / few)
    })?;
    let least = |values: &[f64]| values.iter().copied().fold(f64::INFINITY, f64::min);
    Ok(vec![
        Row::plain("decision of AssociateConnectionWithLag, 1,000 connections", format!("{:.1} µs", least(&small))),
        Row::plain(
            &format!("decision of AssociateConnectionWithLag, {} connections", bench.scale.large),
            format!("{:.1} µs", least(&large)),
        ),
        Row::at_most("the larger against the smaller", ratio, 1.3, " ×"),
    ])
}

/// Microseconds, the median of many decisions on a state of `connections` records. Every decision is made on the same
/// snapshot and dropped, so that only the size differs.
fn associate_micros(connections: usize) -> f64 {
    let mut random = Random::new(7);
    let mut state = filled(connections, &mut random);
    let caller = context(0);
    let lag = call(&mut state, caller, &mut random, &Request::CreateLag(lag_order()));
    let crossconnect_api::Response::CreateLag(lag) = lag else { unreachable!("CreateLag answers CreateLag") };
    let order = shapes::CreateConnectionRequest {
        location: "EqDC2".to_owned(),
        bandwidth: "10Gbps".to_owned(),
        connection_name: "c1".to_owned(),
        ..shapes::CreateConnectionRequest::default()
    };
    let connection = call(&mut state, caller, &mut random, &Request::CreateConnection(order));
    let crossconnect_api::Response::CreateConnection(connection) = connection else {
        unreachable!("CreateConnection answers CreateConnection")
    };
    let request = Request::AssociateConnectionWithLag(shapes::AssociateConnectionWithLagRequest {
        connection_id: connection.connection_id.unwrap_or_default(),
        lag_id: lag.lag_id.unwrap_or_default(),
    });
    let mut samples: Vec<f64> = (0..DECISIONS).map(|_| decide(&state, caller, &mut random, &request)).collect();
    samples.sort_by(f64::total_cmp);
    samples[DECISIONS / 2]
}

/// A state of so many connections, for measuring what size costs.
pub(super) fn filled(connections: usize, random: &mut Random) -> State {
    let mut loader = Loader::default();
    let template = template(&mut State::default(), random);
    for number in 0..connections {
        let mut connection = Connection::clone(&template);
        connection.id = ConnectionId::draw(&mut |bytes| random.fill(bytes));
        connection.owner = account(1 + number / PER_ACCOUNT);
        connection.location = LocationCode::new("EqDA2").expect("a short code");
        connection.port.device = (number / PER_DEVICE) as u16;
        connection.port.number = (number % PER_DEVICE) as u16;
        connection.name = format!("connection {number}").into();
        loader.add(Record::Connection(Arc::new(connection)));
    }
    loader.finish(Timestamp::default())
}

/// A connection as the service makes one.
fn template(state: &mut State, random: &mut Random) -> Arc<Connection> {
    let order = shapes::CreateConnectionRequest {
        location: "EqDC2".to_owned(),
        bandwidth: Bandwidth::Gbps10.as_str().to_owned(),
        connection_name: "template".to_owned(),
        ..shapes::CreateConnectionRequest::default()
    };
    call(state, context(0), random, &Request::CreateConnection(order));
    let made = state.records().find_map(|record| match record {
        Record::Connection(connection) => Some(connection),
        _ => None,
    });
    made.expect("it was just created")
}

fn lag_order() -> shapes::CreateLagRequest {
    shapes::CreateLagRequest {
        number_of_connections: 1,
        location: "EqDC2".to_owned(),
        connections_bandwidth: "10Gbps".to_owned(),
        lag_name: "g1".to_owned(),
        ..shapes::CreateLagRequest::default()
    }
}

fn account(number: usize) -> AccountId {
    AccountId::new(&format!("{number:012}")).expect("twelve digits")
}

pub(super) fn context(number: usize) -> Context {
    let region = Region::new("us-east-1").expect("a short name");
    Context { account: account(number), region, system_time: Timestamp::MANUAL_START }
}

pub(super) fn call(
    state: &mut State,
    context: Context,
    random: &mut Random,
    request: &Request,
) -> crossconnect_api::Response {
    let mut fill = |bytes: &mut [u8]| random.fill(bytes);
    let base = state.clone();
    let mut tx = Tx::new(&base, context, &mut fill);
    let response = run(&mut tx, request).expect("the workload keeps the rules");
    if let Some((_, after)) = tx.finish() {
        *state = after;
    }
    response
}

fn decide(state: &State, context: Context, random: &mut Random, request: &Request) -> f64 {
    let mut fill = |bytes: &mut [u8]| random.fill(bytes);
    let began = Instant::now();
    let mut tx = Tx::new(state, context, &mut fill);
    let response = run(&mut tx, request).expect("the workload keeps the rules");
    let finished = tx.finish();
    let micros = began.elapsed().as_secs_f64() * 1e6;
    assert!(finished.is_some(), "an association changes something: {:?}", response.operation());
    micros
}
