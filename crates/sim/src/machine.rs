//! One service in memory, decided by the core alone, and looked over after every decision.
//!
//! Every accepted decision is written out as bytes, read back and applied to the state before it, as an engine would;
//! every refused one must leave no trace. What is found wrong is collected as faults, not thrown, so that a test can
//! say at which step it happened.

use crate::random::Random;
use crossconnect_core::control::{self, ClockKind};
use crossconnect_core::settings::Settings;
use crossconnect_core::{
    Batch, Context, Key, Moment, Record, Rejection, STEPS_MAX, State, Timestamp, Tx, housekeeping, invariants, timeline,
};

/// How many records one sweep takes away at most.
const SWEEP_LIMIT: usize = 100;

/// A state and everything that decisions on it need.
pub struct Machine {
    state: State,
    random: Random,
    /// What the node's own clock shows; it stands still, as the tests' clock is the manual one.
    system_time: Timestamp,
    faults: Vec<String>,
}

/// What came of one call.
#[derive(Debug)]
pub struct Decision<T> {
    /// The answer, or the rule that was broken.
    pub outcome: Result<T, Rejection>,
    /// The ids of what the call interrupts.
    pub interrupts: Vec<String>,
    /// Whether it wrote anything.
    pub wrote: bool,
}

impl Machine {
    /// An empty store under a manual clock; `seed` decides the ids that are drawn.
    pub fn new(seed: u64) -> Self {
        let mut machine = Machine {
            state: State::default(),
            random: Random::new(seed),
            system_time: Timestamp::MANUAL_START,
            faults: Vec::new(),
        };
        let start = control::Request::Configure { settings: Settings::default(), clock: Some(ClockKind::Manual) };
        let started = machine.control(&start);
        assert!(started.outcome.is_ok(), "an empty store takes the default settings: {:?}", started.outcome);
        machine
    }

    /// The state as it is.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// What time it is.
    pub fn now(&self) -> Timestamp {
        self.state.now(self.system_time)
    }

    /// What has been found wrong since this was last asked.
    pub fn take_faults(&mut self) -> Vec<String> {
        std::mem::take(&mut self.faults)
    }

    /// One of the operator's calls.
    pub fn control(&mut self, request: &control::Request) -> Decision<()> {
        self.decide(operator(), false, |tx| control::run(tx, request))
    }

    /// Takes away what no answer shows any more.
    pub fn sweep(&mut self) {
        let swept = self.decide(operator(), false, |tx| {
            housekeeping::sweep(tx, SWEEP_LIMIT);
            Ok(())
        });
        assert!(swept.outcome.is_ok(), "sweeping is never refused");
    }

    /// Decides one call, and commits it unless it is refused or only rehearsed.
    pub fn decide<T>(
        &mut self,
        context: Context,
        dry: bool,
        run: impl FnOnce(&mut Tx<'_>) -> Result<T, Rejection>,
    ) -> Decision<T> {
        let before = self.state.clone();
        let context = Context { system_time: self.system_time, ..context };
        let random = &mut self.random;
        let mut fill = |bytes: &mut [u8]| random.fill(bytes);
        let mut tx = Tx::new(&before, context, &mut fill);
        let outcome = run(&mut tx);
        let interrupts = tx.interrupts().to_vec();
        let written = if outcome.is_ok() && !dry { tx.finish() } else { None };
        let wrote = written.is_some();
        if let Some((batch, after)) = written {
            self.replay(&batch, &after);
            self.faults.extend(changed_past(&self.state, &after, self.now()));
            self.state = after;
        }
        let found = invariants::check(&self.state, self.now());
        self.faults.extend(found.iter().map(|violation| format!("invariant {}: {}", violation.name, violation.text)));
        Decision { outcome, interrupts, wrote }
    }

    /// What an engine keeps of a batch makes the same state out of the one before.
    fn replay(&mut self, batch: &Batch, after: &State) {
        let mut replayed = self.state.clone();
        for (key, record) in &batch.writes {
            let stored = record.as_ref().map(|record| (key.encode(), record.encode()));
            let read = stored.map(|(key, bytes)| {
                let key = Key::decode(&key).map_err(|error| format!("key: {error}"))?;
                Record::decode(&key, &bytes).map_err(|error| format!("record: {error}"))
            });
            match read.transpose() {
                Ok(read) => replayed.write(key, read),
                Err(error) => self.faults.push(format!("{key:?} cannot be read back: {error}")),
            }
        }
        replayed.committed(batch.at);
        if replayed != *after {
            self.faults.push("the batch, replayed from its bytes, makes another state than the call did".to_owned());
        }
    }
}

/// What was seen until `now` stays as it was: only the beginning of a long history may be lost.
pub(crate) fn changed_past(before: &State, after: &State, now: Timestamp) -> Vec<String> {
    let mut changed = Vec::new();
    for id in before.records().filter_map(|record| resource_id(&record)) {
        let past = |state: &State| -> Option<Vec<Moment>> {
            let moments = timeline(state, &id)?;
            Some(moments.into_iter().filter(|moment| moment.at <= now).collect())
        };
        let (Some(old), Some(new)) = (past(before), past(after)) else { continue };
        let is_cut = |lost: &usize| *lost == 0 || new.len() >= STEPS_MAX;
        if !(0..=old.len() / 2).filter(is_cut).any(|lost| new.starts_with(&old[lost..])) {
            changed.push(format!("the past of {id} has changed from {old:?} to {new:?}"));
        }
    }
    changed
}

fn resource_id(record: &Record) -> Option<String> {
    match record {
        Record::Connection(connection) => Some(connection.id.to_string()),
        Record::HostedConnection(hosted) => Some(hosted.id.to_string()),
        Record::Lag(lag) => Some(lag.id.to_string()),
        Record::VirtualInterface(interface) => Some(interface.id.to_string()),
        Record::Gateway(gateway) => Some(gateway.id.to_string()),
        Record::Association(association) => Some(association.id.to_string()),
        Record::ResiliencyGroup(group) => Some(group.id.to_string()),
        Record::Settings(_)
        | Record::Clock(_)
        | Record::Account(_)
        | Record::Device(_)
        | Record::Replay(_)
        | Record::Proposal(_)
        | Record::FailoverTest(_)
        | Record::GroupAssociation(_)
        | Record::ClientToken(_)
        | Record::Ec2Gateway(_)
        | Record::MacSecSecret(_)
        | Record::Principal(_)
        | Record::AccessKey(_)
        | Record::KeyUse(_) => None,
    }
}

/// The operator acts for no account in no Region: a context wants some.
fn operator() -> Context {
    let account = crossconnect_core::ids::AccountId::new("000000000000").expect("twelve digits");
    let region = crossconnect_core::ids::Region::new("us-east-1").expect("a short name");
    Context { account, region, system_time: Timestamp::MANUAL_START }
}
