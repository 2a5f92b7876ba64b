//! What goes on beside requests: files are read again when the server is told to, and uses of keys are written.

use super::{Directory, INTERVAL};
use crate::config::{Config, ConfigError, Layers};
use crate::decide::{Job, Outcome};
use crate::service::Service;
use crossconnect_core::control::Request;
use crossconnect_core::control::registry::Change;
use crossconnect_core::model::account::Account;
use std::sync::Arc;
use tokio::signal::unix::Signal;

/// Reads keys, users and roles again when it is told to. Where they cannot be read, those that are known go on.
pub(crate) async fn reload(mut hangup: Signal, flags: Layers, service: Arc<Service>, directory: Arc<Directory>) {
    while hangup.recv().await.is_some() {
        let read = Config::resolve(flags.clone(), std::env::vars_os());
        let read = read.and_then(|config| {
            directory.declare(config.file.declared)?;
            Ok(config.file.registered)
        });
        match read {
            Ok(registered) => {
                register(&service, registered).await;
                tracing::info!(keys = directory.accounts().keys().len(), "keys, users and roles were read again");
            }
            Err(ConfigError(text)) => tracing::error!("keys, users and roles stay as they are: {text}"),
        }
    }
}

/// Registers accounts that are new in the files. What was said of the others since the start stays.
async fn register(service: &Service, registered: Vec<Account>) {
    let known = service.snapshot().registry();
    for account in registered.into_iter().filter(|account| known.account(account.id).is_none()) {
        let (id, name) = (account.id.to_string(), account.name.map(String::from));
        let change = Request::Registry(Change::PutAccount { id, partner: account.partner, name });
        if !matches!(service.change(Job::Control(Box::new(change))).await, Outcome::Accepted { .. }) {
            tracing::error!(account = %account.id, "an account of the files could not be registered");
        }
    }
}

/// Writes when keys were last used, in blocks.
pub(crate) async fn write_uses(service: Arc<Service>, directory: Arc<Directory>) {
    let mut turns = tokio::time::interval(INTERVAL);
    loop {
        turns.tick().await;
        directory.uses().write(&service).await;
    }
}
