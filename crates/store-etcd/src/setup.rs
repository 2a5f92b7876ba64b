//! What a start finds out and writes before anything else, and how errors of calls become errors of a store.

use crate::client::{Client, op};
use crate::grpc::CallError;
use crate::keys::{FORMAT, Keys};
use crate::messages::{CompareResult, Op, RangeRequest, TxnRequest};
use crate::options::Options;
use crate::transaction::{encode_time, one, put, version};
use crossconnect_store::StoreError;
use std::path::PathBuf;
use std::time::Instant;

/// How many operations one transaction should be allowed to have; etcd's own default is 128.
const OPERATIONS_WANTED: usize = 1024;

/// A name that no other node has.
pub(crate) fn new_name() -> String {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).expect("the operating system has randomness");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Marks an empty place as a store, and tries how large a transaction may be.
pub(crate) async fn prepare(client: &Client, keys: &Keys, deadline: Instant) -> Result<(), StoreError> {
    mark(client, keys, deadline).await?;
    try_size(client, keys).await;
    Ok(())
}

/// Marks an empty place as a store.
pub(crate) async fn mark(client: &Client, keys: &Keys, deadline: Instant) -> Result<(), StoreError> {
    let options = client.options();
    let failed = |error: CallError| match error {
        // A member that speaks TLS alone ends the connection without a word.
        CallError::Lost(text) if options.tls.is_none() && client.is_unheard() => {
            engine(options, format!("{text}; etcd:// speaks without TLS, etcds:// with it"))
        }
        error => call(options, &error),
    };
    client.range(&one(keys.format()), deadline).await.map_err(failed)?;
    let mark = TxnRequest {
        compare: vec![version(&keys.format(), CompareResult::Equal, 0)],
        success: vec![put(keys.format(), FORMAT.to_string().into_bytes(), 0), put(keys.time(), encode_time(0), 0)],
        failure: Vec::new(),
    };
    // Repeating it does no harm: the second one finds the mark.
    loop {
        match client.txn(&mark).await {
            Ok(_) => return Ok(()),
            Err(error) if error.may_pass() && Instant::now() < deadline => {
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
            Err(error) => return Err(failed(error)),
        }
    }
}

/// Warns where a transaction may not be as large as it should.
async fn try_size(client: &Client, keys: &Keys) {
    let read = || op(Op::Range(RangeRequest { count_only: true, ..one(keys.format()) }));
    let many = TxnRequest { success: (0..OPERATIONS_WANTED).map(|_| read()).collect(), ..TxnRequest::default() };
    match client.txn(&many).await {
        Err(error) if error.is_too_many_operations() => tracing::warn!(
            "etcd takes fewer than {OPERATIONS_WANTED} operations in one transaction, and larger changes are refused: \
             start its members with --max-txn-ops={OPERATIONS_WANTED} or more"
        ),
        // What else it may be is met again by whoever has something to write.
        Ok(_) | Err(_) => {}
    }
}

/// An error of the engine's.
pub(crate) fn engine(options: &Options, reason: String) -> StoreError {
    StoreError::Engine { path: PathBuf::from(options.to_string()), reason }
}

/// What a call's error means for a store.
pub(crate) fn call(options: &Options, error: &CallError) -> StoreError {
    if error.is_full() {
        return StoreError::Full { place: options.to_string() };
    }
    engine(options, error.to_string())
}
