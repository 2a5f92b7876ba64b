//! Random calls on a core in memory: several accounts and Regions, ids that exist, a clock that jumps, fibres that are
//! cut, a small plant and small quotas, so that every rule is met. A seed decides everything.

mod gateways;
mod groups;
mod hosted;
mod inputs;
mod interconnects;
mod interface_orders;
mod interfaces;
mod mac_sec;
pub(crate) mod operator;
mod registry;
mod sessions;
mod stale;

use crate::machine::Machine;
use crate::random::Random;
use crossconnect_api::{Operation, Request};
use crossconnect_core::ids::{AccountId, Region};
use crossconnect_core::model::connection::Connection;
use crossconnect_core::model::failover_test::FailoverTest;
use crossconnect_core::model::gateway::{Association, DirectConnectGateway, Ec2Answer, Ec2Gateway, Proposal};
use crossconnect_core::model::hosted_connection::HostedConnection;
use crossconnect_core::model::lag::Lag;
use crossconnect_core::model::mac_sec::MacSecSecret;
use crossconnect_core::model::resiliency_group::{GroupAssociation, ResiliencyGroup};
use crossconnect_core::model::virtual_interface::VirtualInterface;
use crossconnect_core::prefix::Prefix;
use crossconnect_core::{Context, Ec2Question, Record, State, Timestamp, ec2_question, facts, run};
pub(crate) use inputs::Inputs;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Who calls.
pub(crate) const ACCOUNTS: [&str; 3] = ["111122223333", "444455556666", "555555555555"];
/// Where: Regions, each with some of its locations; few calls go to the last, which offers less.
const REGIONS: [(&str, &[&str]); 3] =
    [("us-east-1", &["EqDC2", "CSVA1", "EQMI1"]), ("us-west-1", &["CSSV2", "EqSV5"]), ("us-gov-west-1", &["EqSV5"])];

/// One service under random calls.
pub struct Workload {
    machine: Machine,
    random: Random,
    /// How often each operation succeeded.
    pub succeeded: BTreeMap<Operation, usize>,
    /// How often each rule was broken.
    pub rejected: BTreeMap<String, usize>,
    /// How many stale decisions were found to hold, and how many had to be made again.
    pub stale: (usize, usize),
    /// What is wrong, with the step at which it was found.
    pub faults: Vec<String>,
    steps: usize,
}

/// What there is, as callers could know it.
pub(crate) struct Known {
    connections: Vec<Arc<Connection>>,
    hosted: Vec<Arc<HostedConnection>>,
    lags: Vec<Arc<Lag>>,
    gateways: Vec<Arc<DirectConnectGateway>>,
    associations: Vec<Arc<Association>>,
    proposals: Vec<Arc<Proposal>>,
    registered: Vec<Arc<Ec2Gateway>>,
    interfaces: Vec<Arc<VirtualInterface>>,
    tests: Vec<Arc<FailoverTest>>,
    secrets: Vec<Arc<MacSecSecret>>,
    groups: Vec<Arc<ResiliencyGroup>>,
    in_groups: Vec<Arc<GroupAssociation>>,
}

impl Workload {
    /// An empty service with a small plant and small quotas.
    pub fn new(seed: u64) -> Self {
        let mut workload = Workload {
            machine: Machine::new(seed),
            random: Random::new(seed),
            succeeded: BTreeMap::new(),
            rejected: BTreeMap::new(),
            stale: (0, 0),
            faults: Vec::new(),
            steps: 0,
        };
        let start = operator::start(&mut workload.random);
        workload.control(&start);
        workload.control(&operator::partner());
        workload.control(&operator::holder());
        workload
    }

    /// The state as it is.
    pub fn state(&self) -> &State {
        self.machine.state()
    }

    /// One random step.
    pub fn step(&mut self) {
        self.steps += 1;
        if self.random.one_in(4) {
            self.operate();
        } else {
            self.call();
        }
        let (step, faults) = (self.steps, self.machine.take_faults());
        self.faults.extend(faults.into_iter().map(|fault| format!("step {step}: {fault}")));
    }

    fn call(&mut self) {
        let known = self.known();
        let (context, request) = Inputs { random: &mut self.random, known: &known }.call();
        if self.random.one_in(2) {
            let (other_context, other) = Inputs { random: &mut self.random, known: &known }.call();
            self.compare_stale((context, &request), (other_context, &other));
        }
        let (operation, dry) = (request.operation(), self.random.one_in(10));
        let told = self.told(context, &request);
        let decision = self.machine.decide(context, dry, |tx| {
            if let Some(answer) = told {
                tx.hear_of_ec2(answer);
            }
            run(tx, &request)
        });
        match decision.outcome {
            Ok(_) => *self.succeeded.entry(operation).or_default() += 1,
            Err(rejection) => *self.rejected.entry(rejection.name()).or_default() += 1,
        }
        if decision.wrote && !facts(operation).writes() {
            self.faults.push(format!("step {}: {operation} only reads, and has written", self.steps));
        }
    }

    /// What an EC2 endpoint says of the gateway that a call names, now and then.
    fn told(&mut self, context: Context, request: &Request) -> Option<Ec2Answer> {
        told(&mut self.random, (self.machine.state(), self.machine.now()), (context, request))
    }

    fn known(&self) -> Known {
        Known::of(self.machine.state())
    }
}

impl Known {
    /// All that is in a state.
    pub(crate) fn of(state: &State) -> Known {
        let mut known = Known {
            connections: Vec::new(),
            hosted: Vec::new(),
            lags: Vec::new(),
            gateways: Vec::new(),
            associations: Vec::new(),
            proposals: Vec::new(),
            registered: Vec::new(),
            interfaces: Vec::new(),
            tests: Vec::new(),
            secrets: Vec::new(),
            groups: Vec::new(),
            in_groups: Vec::new(),
        };
        for record in state.records() {
            match record {
                Record::Connection(connection) => known.connections.push(connection),
                Record::Lag(lag) => known.lags.push(lag),
                Record::Gateway(gateway) => known.gateways.push(gateway),
                Record::Association(association) => known.associations.push(association),
                Record::Proposal(proposal) => known.proposals.push(proposal),
                Record::Ec2Gateway(gateway) => known.registered.push(gateway),
                Record::VirtualInterface(interface) => known.interfaces.push(interface),
                Record::FailoverTest(test) => known.tests.push(test),
                Record::HostedConnection(hosted) => known.hosted.push(hosted),
                Record::MacSecSecret(secret) => known.secrets.push(secret),
                Record::ResiliencyGroup(group) => known.groups.push(group),
                Record::GroupAssociation(association) => known.in_groups.push(association),
                Record::Settings(_)
                | Record::Clock(_)
                | Record::Account(_)
                | Record::Device(_)
                | Record::Replay(_)
                | Record::ClientToken(_)
                | Record::Principal(_)
                | Record::AccessKey(_)
                | Record::KeyUse(_) => {}
            }
        }
        known
    }
}

/// What an EC2 endpoint says of the gateway that a call names, now and then.
pub(crate) fn told(
    random: &mut Random,
    (state, now): (&State, Timestamp),
    (context, request): (Context, &Request),
) -> Option<Ec2Answer> {
    let Some(Ec2Question::Gateway(said)) = ec2_question(state, context, request) else {
        return None;
    };
    match random.below(8) {
        0 => Some(Ec2Answer::Absent(said.id)),
        1 | 2 => {
            let count = random.below(3);
            let networks = ["10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/16", "fd00::/56"];
            let network = |_| Prefix::parse(networks[random.below(networks.len())]).expect("a prefix");
            let cidrs = (0..count).map(network).collect();
            let amazon_side_asn = [None, Some(64512), Some(65000)][random.below(3)];
            Some(Ec2Answer::Present(Ec2Gateway { target: said, amazon_side_asn, cidrs, told: Some(now) }))
        }
        _ => None,
    }
}

pub(crate) fn account(text: &str) -> AccountId {
    AccountId::new(text).expect("twelve digits")
}

pub(crate) fn region(text: &str) -> Region {
    Region::new(text).expect("a short name")
}

fn context(account: AccountId, region: Region) -> Context {
    Context { account, region, system_time: Timestamp::MANUAL_START }
}
