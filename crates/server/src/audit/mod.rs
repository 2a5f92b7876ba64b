//! The audit trail: a record of each call, accepted or refused, in a log that shows when somebody has changed it.
//!
//! The record of a change is durable before its answer; other records are gathered and written off the request's path.
//! No secret is ever part of a record: what a call says goes through the facts of its operation.

mod block;
mod cloud_trail;
pub(crate) mod command;
pub(crate) mod draft;
pub(crate) mod event;
mod kept;
mod notices;
mod query;
mod reconcile;
mod shown;
mod throttled;
mod trail;
mod witness;

pub(crate) use draft::{Came, Filed, Notes};
pub(crate) use event::Source;
pub(crate) use query::{Cursor, NAMES, PAGE_MAX, Page, Query, page};
pub(crate) use reconcile::announce;
pub(crate) use shown::{protected, shown_document, shown_message, shown_request, shown_response};
pub(crate) use trail::Trail;
pub(crate) use witness::{Tells, Told, witness};

use crate::Failure;
use crate::config::{Config, StoreAt};
use crate::key_file;
use crossconnect_audit::{ChainKey, LogError};
use std::sync::Arc;

/// Its directory in that of a store.
pub(crate) const DIRECTORY: &str = "audit";

impl From<LogError> for Failure {
    fn from(error: LogError) -> Self {
        Failure::Failed(error.to_string())
    }
}

/// The trail that a server is to keep, if any.
pub(crate) fn open(config: &Config) -> Result<Option<Arc<Trail>>, Failure> {
    let (Some(directory), Some(key)) = (config.audit(), config.key_file()) else { return Ok(None) };
    let key = ChainKey::derive(&*key_file::load(&key)?);
    Ok(Some(Arc::new(Trail::open(&directory, key, config.audit_size)?)))
}

/// Whether what a store holds outlives the process.
pub(crate) fn keeps(store: &StoreAt) -> bool {
    match store {
        StoreAt::Memory => false,
        StoreAt::Directory(_) | StoreAt::Cluster(_) => true,
    }
}
