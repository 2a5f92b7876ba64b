//! MACsec keys, those who have them, and the secrets that hold them.

use super::{at, connection, lag, owner, region};
use crossconnect_core::model::connection::Connection;
use crossconnect_core::model::lag::Lag;
use crossconnect_core::model::mac_sec::{Ckn, FarEnd, Key, KeyState, Keys, MacSecSecret};
use crossconnect_core::{Record, Steps};
use std::sync::Arc;

pub(super) fn records() -> Vec<(&'static str, Record)> {
    vec![
        ("connection-keys", Record::Connection(Arc::new(with_keys()))),
        ("connection-far-end", Record::Connection(Arc::new(with_far_end()))),
        ("lag-keys", Record::Lag(Arc::new(Lag { keys: keys(), ..lag() }))),
        ("lag-keys-ending", Record::Lag(Arc::new(Lag { encryption_ends: Some(at(9)), ..lag() }))),
        ("mac-sec-secret", Record::MacSecSecret(Arc::new(secret()))),
        ("mac-sec-secret-ending", Record::MacSecSecret(Arc::new(MacSecSecret { ending: Some(at(4)), ..secret() }))),
    ]
}

fn ckn(digit: &str) -> Ckn {
    Ckn::parse(&digit.repeat(64)).expect("64 digits")
}

fn arn(digit: &str) -> Box<str> {
    let name = format!("directconnect!prod/us-east-1/directconnect/{}", digit.repeat(64));
    format!("arn:aws:secretsmanager:us-east-1:000022223333:secret:{name}-aB3dE9").into()
}

/// One in every state, and one that is spelled in capitals.
fn keys() -> Keys {
    let mut leaving = Steps::new(at(5), KeyState::Associating);
    leaving.push(at(6), KeyState::Associated);
    leaving.push(at(7), KeyState::Disassociating);
    leaving.push(at(8), KeyState::Disassociated);
    let mut keys = Keys::default();
    for (digit, state) in [("1", leaving), ("A", Steps::new(at(5), KeyState::Associated))] {
        let (ckn, spelled, secret) = (ckn(digit), digit.repeat(64).into(), arn(digit));
        keys.add(Key { ckn, spelled, secret, start_on: at(5), state });
    }
    keys
}

fn with_keys() -> Connection {
    let mut far_end = Steps::new(at(0), FarEnd::Match);
    far_end.push(at(9), FarEnd::Mismatch);
    far_end.push(at(10), FarEnd::Holds(ckn("a")));
    Connection { mac_sec: true, keys: keys(), far_end: Some(Box::new(far_end)), ..connection() }
}

/// Without keys: they stand before the far end in what is stored.
fn with_far_end() -> Connection {
    Connection { mac_sec: true, far_end: Some(Box::new(Steps::new(at(0), FarEnd::Mismatch))), ..connection() }
}

fn secret() -> MacSecSecret {
    MacSecSecret {
        owner: owner(),
        region: region(),
        ckn: ckn("b"),
        spelled: "B".repeat(64).into(),
        arn: arn("B"),
        ending: None,
    }
}
