//! Whether a caller's policies allow a call, decided on the same state as the call itself, since tags decide.

use crate::clock;
use crate::http::Peer;
use crossconnect_api::Request;
use crossconnect_auth::policy::{self, Context};
use crossconnect_auth::principal::{Principal, Shown, context};
use crossconnect_core::Tx;
use crossconnect_core::arn::partition;
use crossconnect_core::authority::asked;
use std::sync::Arc;

/// Whose policies count for a call, and from where it came.
#[derive(Debug, Clone)]
pub(crate) struct Authority {
    /// Who calls.
    pub(crate) principal: Arc<Principal>,
    /// From where.
    pub(crate) peer: Peer,
    /// When its temporary key was made, in seconds since 1970.
    pub(crate) issued_at: Option<i64>,
}

impl Authority {
    /// What conditions may ask, apart from tags.
    pub(crate) fn context<'a>(&'a self, shown: &'a Shown, region: &'a str) -> Context<'a> {
        Context {
            source_ip: Some(self.peer.address),
            now: Some(clock::wall().0),
            region: Some(region),
            secure_transport: Some(self.peer.tls.is_some()),
            token_issue_time: self.issued_at.map(|seconds| seconds.saturating_mul(1000)),
            ..context(&self.principal, shown)
        }
    }

    /// Requires the policies to allow a call.
    ///
    /// # Errors
    /// They do not: the text of the refusal.
    pub(crate) fn require(&self, tx: &mut Tx<'_>, request: &Request) -> Result<(), String> {
        let region = tx.region();
        let shown = self.principal.shown(partition(region.as_str()));
        let asked = asked(tx, request);
        let tags: Vec<_> = asked.tags.iter().map(|(key, value)| (key.as_str(), value.as_deref())).collect();
        let base = self.context(&shown, region.as_str());
        for question in &asked.questions {
            let resource_tags: Vec<_> = question.tags.iter().map(|tag| (&*tag.key, &*tag.value)).collect();
            let context = Context { request_tags: &tags, resource_tags: &resource_tags, ..base.clone() };
            let action = format!("directconnect:{}", question.operation);
            let request = policy::Request { action: &action, resource: &question.resource, context: &context };
            if let Err(denial) = self.principal.may(&request) {
                return Err(refusal(&shown.arn, &request, &denial.reason(&action)));
            }
        }
        Ok(())
    }
}

/// A refusal as AWS words it. [observed]
pub(crate) fn refusal(arn: &str, request: &policy::Request<'_>, reason: &str) -> String {
    let policy::Request { action, resource, .. } = request;
    format!("User: {arn} is not authorized to perform: {action} on resource: {resource} {reason}")
}
