//! The caller's Secrets Manager, where one is configured: it is given the pairs of MACsec keys to hold, and asked for the
//! secrets that calls name, and for those that may have been deleted since. What it holds is never kept, and neither what it
//! is given nor what it says is logged.

use crate::asking::{Address, AskError, Asker, Message, post};
use crate::clock;
use crossconnect_core::SecretQuestion;
use crossconnect_core::ids::{Region, Uuid};
use crossconnect_core::model::mac_sec::SecretAnswer;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// How long an answer is waited for.
const TIMEOUT: Duration = Duration::from_secs(5);

/// How long a secret that was asked for is not asked for again, unless a call gives or names it.
const KEPT: Duration = Duration::from_secs(10);
/// How many are remembered to have been asked for.
const KEPT_MAX: usize = 1024;

const CREATE: &str = "secretsmanager.CreateSecret";
const PUT: &str = "secretsmanager.PutSecretValue";
const DESCRIBE: &str = "secretsmanager.DescribeSecret";
const DELETE: &str = "secretsmanager.DeleteSecret";
const MOVE: &str = "secretsmanager.UpdateSecretVersionStage";
/// The stages of the value that counts, and of the one before it.
const CURRENT: &str = "AWSCURRENT";
const PREVIOUS: &str = "AWSPREVIOUS";

/// A Secrets Manager.
pub(crate) struct SecretsManager {
    address: Address,
    /// When a secret was last asked for, by its ARN.
    asked: Mutex<BTreeMap<String, Instant>>,
    /// The secrets that calls are about to change.
    taken: Mutex<BTreeSet<String>>,
    freed: Notify,
}

/// The right to change a secret, until it is dropped.
pub(crate) struct Turn<'a> {
    secrets: &'a SecretsManager,
    name: String,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.secrets.taken.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.name);
        self.secrets.freed.notify_waiters();
    }
}

/// How to take back that a pair is held.
pub(crate) enum Undo {
    /// The secret was made for it.
    Delete { arn: String },
    /// The secret had another value before.
    Return { arn: String, version: String },
}

/// An answer as it was read: the document, or the name of an exception.
type Answered = Result<Value, String>;

impl SecretsManager {
    pub(crate) fn new(address: Address) -> Self {
        let (asked, taken, freed) = (Mutex::default(), Mutex::default(), Notify::new());
        SecretsManager { address, asked, taken, freed }
    }

    /// Waits until no other call changes the secret of this name.
    pub(crate) async fn turn(&self, name: String) -> Turn<'_> {
        loop {
            // From here on it hears of turns that end, and so of one that ends between the look and the wait.
            let freed = self.freed.notified();
            if self.taken.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone()) {
                return Turn { secrets: self, name };
            }
            freed.await;
        }
    }

    /// Whether the secret of this ARN was not asked for of late.
    pub(crate) fn is_due(&self, arn: &str) -> bool {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.get(arn).is_none_or(|at| at.elapsed() >= KEPT)
    }

    /// Remembers that the secret of this ARN is asked for.
    pub(crate) fn asked(&self, arn: &str) {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.len() >= KEPT_MAX {
            asked.retain(|_, at| at.elapsed() < KEPT);
        }
        if asked.len() < KEPT_MAX {
            asked.insert(arn.to_owned(), Instant::now());
        }
    }

    /// Has a pair held, or looks for a secret. What was held can be taken back.
    pub(crate) async fn ask(
        &self,
        question: &SecretQuestion,
        region: Region,
        asker: &Asker,
    ) -> Result<(SecretAnswer, Option<Undo>), AskError> {
        match question {
            SecretQuestion::Hold { name, ckn, cak } => {
                let pair = json!({"ckn": ckn, "cak": cak}).to_string();
                let token = || Uuid::draw(&mut clock::random).to_string();
                let new = json!({"Name": name, "SecretString": pair, "ClientRequestToken": token()});
                let made = self.call(CREATE, &new, region, asker).await?;
                if !matches!(&made, Err(exception) if exception == "ResourceExistsException") {
                    let answer = self.read(CREATE, made, region)?;
                    let undo = answer.arn().map(|arn| Undo::Delete { arn: arn.to_owned() });
                    return Ok((answer, undo));
                }
                // The token is the name of the new version.
                let version = token();
                let changed = json!({"SecretId": name, "SecretString": pair, "ClientRequestToken": version});
                let answer = self.read(PUT, self.call(PUT, &changed, region, asker).await?, region)?;
                let undo = answer.arn().map(|arn| Undo::Return { arn: arn.to_owned(), version });
                Ok((answer, undo))
            }
            SecretQuestion::Find { arn } => {
                let found = self.call(DESCRIBE, &json!({"SecretId": arn}), region, asker).await?;
                Ok((self.read(DESCRIBE, found, region)?, None))
            }
        }
    }

    /// Takes back that a pair is held: the secret is as it was before.
    pub(crate) async fn undo(&self, undo: &Undo, region: Region, asker: &Asker) -> Result<(), AskError> {
        let (action, input) = match undo {
            Undo::Delete { arn } => (DELETE, json!({"SecretId": arn, "ForceDeleteWithoutRecovery": true})),
            Undo::Return { arn, version } => {
                let found = self.call(DESCRIBE, &json!({"SecretId": arn}), region, asker).await?;
                let versions = found.ok().and_then(|secret| secret.get("VersionIdsToStages")?.as_object().cloned());
                let is_previous = |stages: &Value| stages.as_array().is_some_and(|all| all.contains(&json!(PREVIOUS)));
                let versions = versions.unwrap_or_default();
                let previous = versions.iter().find(|(_, stages)| is_previous(stages)).map(|(id, _)| id);
                let previous = previous.ok_or_else(|| self.failed(region, "knows no earlier value to go back to"))?;
                let stage = json!({
                    "SecretId": arn, "VersionStage": CURRENT, "MoveToVersionId": previous, "RemoveFromVersionId": version,
                });
                (MOVE, stage)
            }
        };
        let answered = self.call(action, &input, region, asker).await?;
        answered.map(drop).map_err(|exception| self.failed(region, &format!("refused {action} with {exception}")))
    }

    fn read(&self, action: &str, answered: Answered, region: Region) -> Result<SecretAnswer, AskError> {
        match answered {
            Ok(document) if document.get("DeletedDate").is_some_and(|date| !date.is_null()) => Ok(SecretAnswer::Ending),
            Ok(document) => match document.get("ARN").and_then(Value::as_str) {
                Some(arn) => Ok(SecretAnswer::Held { arn: arn.to_owned() }),
                None => Err(self.failed(region, &format!("answered {action} without an ARN"))),
            },
            Err(exception) => match exception.as_str() {
                "ResourceNotFoundException" => Ok(SecretAnswer::Missing),
                // A secret that is scheduled for deletion cannot be made or changed.
                "InvalidRequestException" => Ok(SecretAnswer::Ending),
                other => Err(self.failed(region, &format!("refused {action} with {other}"))),
            },
        }
    }

    async fn call(
        &self,
        action: &'static str,
        input: &Value,
        region: Region,
        asker: &Asker,
    ) -> Result<Answered, AskError> {
        const JSON: &str = "application/x-amz-json-1.1";
        let body = input.to_string();
        let message = Message { service: "secretsmanager", content_type: JSON, target: Some(action), body };
        let answered = tokio::time::timeout(TIMEOUT, post(&self.address, message, region, asker)).await;
        let late = |_| self.failed(region, &format!("did not answer {action} within {} s", TIMEOUT.as_secs()));
        let unreachable = |text| self.failed(region, &format!("did not answer {action}: {text}"));
        let (status, text) = answered.map_err(late)?.map_err(unreachable)?;
        let strange = |_| self.failed(region, &format!("answered {action} with {status} and no JSON"));
        let document: Value = serde_json::from_str(&text).map_err(strange)?;
        if status == 200 {
            return Ok(Ok(document));
        }
        let named = document.get("__type").and_then(Value::as_str).unwrap_or_default();
        let name: String = named.rsplit('#').next().unwrap_or_default().chars().take(64).collect();
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        Ok(Err(if is_name { name } else { format!("{status}") }))
    }

    fn failed(&self, region: Region, text: &str) -> AskError {
        let url = self.address.in_region(region.as_str());
        tracing::warn!(url, "{text}");
        AskError(format!("Secrets Manager at {url} {text}; no key was changed."))
    }
}
