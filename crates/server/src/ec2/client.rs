//! One question to the endpoint as EC2's query API spells it, and its answer.

use super::xml::Item;
use crate::asking::{Address, AskError, Asker, Message, post};
use crossconnect_core::ids::Region;
use std::time::Duration;

/// The version of EC2's API.
const VERSION: &str = "2016-11-15";
/// How its questions are written.
const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";
/// What EC2 says of ids that name nothing: `InvalidVpnGatewayID.NotFound` and the like.
const ABSENT: [&str; 2] = [".NotFound", ".Malformed"];

pub(super) struct Client {
    address: Address,
    timeout: Duration,
}

impl Client {
    pub(super) fn new(address: Address, timeout: Duration) -> Self {
        Client { address, timeout }
    }

    /// The items of the answer's list; `None` when EC2 knows none of the ids.
    pub(super) async fn items(
        &self,
        action: &'static str,
        set: &'static str,
        members: &[(&str, &str)],
        region: Region,
        asker: &Asker,
    ) -> Result<Option<Vec<Item>>, AskError> {
        let url = self.address.in_region(region.as_str());
        let failed = |text: String| {
            tracing::warn!(url, action, "{text}");
            AskError(format!("EC2 at {url} {text}; nothing was changed."))
        };
        let body = written(action, members);
        let message = Message { service: "ec2", content_type: FORM, target: None, body };
        let answered = tokio::time::timeout(self.timeout, post(&self.address, message, region, asker)).await;
        let late = |_| failed(format!("did not answer {action} within {} ms", self.timeout.as_millis()));
        let (status, text) =
            answered.map_err(late)?.map_err(|text| failed(format!("did not answer {action}: {text}")))?;
        let answer = Item::read(&text)
            .map_err(|error| failed(format!("answered {action} with {status} and no XML: {error}")))?;
        if status == 200 {
            return Ok(Some(answer.list(set).into_iter().cloned().collect()));
        }
        let error = answer.list("Errors").first().copied().cloned().unwrap_or_default();
        let (code, message) = (error.text("Code").unwrap_or_default(), error.text("Message").unwrap_or_default());
        if ABSENT.iter().any(|absent| code.ends_with(absent)) {
            return Ok(None);
        }
        let message: String = message.chars().filter(|one| !one.is_control()).take(200).collect();
        Err(failed(format!("refused {action} with {status} {code}: {message}")))
    }
}

fn written(action: &str, members: &[(&str, &str)]) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("Action", action).append_pair("Version", VERSION).extend_pairs(members);
    form.finish()
}
