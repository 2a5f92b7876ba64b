//! What can be decided: calls of accounts, calls of the operator, and what a start brings with it.

use crate::audit::Filed;
use crate::authority::Authority;
use crate::clock;
use crate::replay::Repeatable;
use crate::seal::Seal;
use crate::turns::{LaneKey, OPERATOR};
use crossconnect_api::Request;
use crossconnect_core::Context;
use crossconnect_core::control::{self, ClockKind};
use crossconnect_core::ids::{AccountId, Region};
use crossconnect_core::model::account::Account;
use crossconnect_core::model::auth_key::Sealer;
use crossconnect_core::model::gateway::Ec2Answer;
use crossconnect_core::model::mac_sec::SecretAnswer;
use crossconnect_core::settings::Settings;
use crossconnect_wire::Protocol;
use std::sync::Arc;

/// What can be decided.
#[derive(Debug)]
pub(crate) enum Job {
    /// A call of the API.
    Call(Box<Call>),
    /// A call of the operator's.
    Control(Box<control::Request>),
    /// The settings and accounts of this start.
    Start(Box<Start>),
    /// A fault of ours.
    #[cfg(test)]
    Panic,
}

/// A call of the API, decoded.
#[derive(Debug)]
pub(crate) struct Call {
    /// Whose it is.
    pub(crate) account: AccountId,
    /// The Region of the endpoint.
    pub(crate) region: Region,
    /// In which protocol the answer goes back.
    pub(crate) protocol: Protocol,
    /// What is asked.
    pub(crate) request: Request,
    /// Whose policies count; nobody's where all is allowed.
    pub(crate) authority: Option<Authority>,
    /// What an EC2 endpoint said when it was asked for this call.
    pub(crate) ec2_answer: Option<Ec2Answer>,
    /// What a Secrets Manager said of the secret that it gives or names.
    pub(crate) secret_answer: Option<SecretAnswer>,
    /// How the answer is kept for clients that repeat the call.
    pub(crate) replay: Option<Repeatable>,
    /// The call as it is put on record, where that is done.
    pub(crate) filed: Option<Arc<Filed>>,
    /// What seals keys that it gives, and opens those that it is shown.
    pub(crate) sealer: Option<Arc<Seal>>,
}

/// What a start brings with it.
#[derive(Debug, Clone)]
pub(crate) struct Start {
    /// All settings: what the store holds, changed by what was given.
    pub(crate) settings: Settings,
    /// The clock, if one was given.
    pub(crate) clock: Option<ClockKind>,
    /// The accounts of the configuration.
    pub(crate) accounts: Vec<Account>,
}

impl Job {
    /// In which lane it waits for the writer.
    pub(crate) fn lane(&self) -> LaneKey {
        match self {
            Job::Call(call) => call.account.number(),
            Job::Control(_) | Job::Start(_) => OPERATOR,
            #[cfg(test)]
            Job::Panic => OPERATOR,
        }
    }

    /// Who acts, where and when.
    pub(super) fn context(&self) -> Context {
        let (account, region) = match self {
            Job::Call(call) => (call.account, call.region),
            Job::Control(_) | Job::Start(_) => operator(),
            #[cfg(test)]
            Job::Panic => operator(),
        };
        Context { account, region, system_time: clock::wall() }
    }

    /// The call as it is put on record.
    pub(super) fn filed(&self) -> Option<(&Call, &Arc<Filed>)> {
        match self {
            Job::Call(call) => call.filed.as_ref().map(|filed| (&**call, filed)),
            Job::Control(_) | Job::Start(_) => None,
            #[cfg(test)]
            Job::Panic => None,
        }
    }

    /// What seals keys, and opens them.
    pub(super) fn sealer(&self) -> Option<&dyn Sealer> {
        match self {
            Job::Call(call) => call.sealer.as_deref().map(|sealer| sealer as &dyn Sealer),
            Job::Control(_) | Job::Start(_) => None,
            #[cfg(test)]
            Job::Panic => None,
        }
    }

    /// How its answer is kept.
    pub(super) fn replay(&self) -> Option<&Repeatable> {
        match self {
            Job::Call(call) => call.replay.as_ref(),
            Job::Control(_) | Job::Start(_) => None,
            #[cfg(test)]
            Job::Panic => None,
        }
    }
}

/// The operator is no account and nowhere, and none of their rules asks.
fn operator() -> (AccountId, Region) {
    let account = AccountId::new("000000000000").expect("these are twelve digits");
    (account, Region::new("us-east-1").expect("this is a short name"))
}
