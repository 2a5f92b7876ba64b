//! The caller's Secrets Manager, where one is configured: it is given the pairs of MACsec keys to hold, and asked for the
//! secrets that calls name. What it holds is never kept, and neither what it is given nor what it says is logged.

use crate::asking::{Address, AskError, Asker, Message, post};
use crate::clock;
use crossconnect_core::SecretQuestion;
use crossconnect_core::ids::{Region, Uuid};
use crossconnect_core::model::mac_sec::SecretAnswer;
use serde_json::{Value, json};
use std::time::Duration;

/// How long an answer is waited for.
const TIMEOUT: Duration = Duration::from_secs(5);

const CREATE: &str = "secretsmanager.CreateSecret";
const PUT: &str = "secretsmanager.PutSecretValue";
const DESCRIBE: &str = "secretsmanager.DescribeSecret";

/// A Secrets Manager.
pub(crate) struct SecretsManager {
    address: Address,
}

/// An answer as it was read: the document, or the name of an exception.
type Answered = Result<Value, String>;

impl SecretsManager {
    pub(crate) fn new(address: Address) -> Self {
        SecretsManager { address }
    }

    /// Has a pair held, or looks for a secret.
    pub(crate) async fn ask(
        &self,
        question: &SecretQuestion,
        region: Region,
        asker: &Asker,
    ) -> Result<SecretAnswer, AskError> {
        match question {
            SecretQuestion::Hold { name, ckn, cak } => {
                let pair = json!({"ckn": ckn, "cak": cak}).to_string();
                let token = || Uuid::draw(&mut clock::random).to_string();
                let new = json!({"Name": name, "SecretString": pair, "ClientRequestToken": token()});
                let held = match self.call(CREATE, &new, region, asker).await? {
                    Err(exception) if exception == "ResourceExistsException" => {
                        let changed = json!({"SecretId": name, "SecretString": pair, "ClientRequestToken": token()});
                        self.call(PUT, &changed, region, asker).await?
                    }
                    answered => answered,
                };
                self.read(CREATE, held, region)
            }
            SecretQuestion::Find { arn } => {
                let found = self.call(DESCRIBE, &json!({"SecretId": arn}), region, asker).await?;
                self.read(DESCRIBE, found, region)
            }
        }
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
