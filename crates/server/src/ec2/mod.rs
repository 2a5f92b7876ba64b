//! An EC2 endpoint that knows gateways better than we do. It is asked before a call is decided; the decision is the
//! core's, which gets the answer as one more fact.
//!
//! It is asked as the account whose gateway it is, and never about gateways that the operator has registered. What is in
//! service is not asked about again for some seconds; what is absent or on its way is asked about every time.

mod client;
mod xml;

use crate::asking::{Address, AskError, Asker};
use crate::clock;
use client::Client;
use crossconnect_core::Ec2Question;
use crossconnect_core::ids::{AccountId, Ec2GatewayId, Region};
use crossconnect_core::model::gateway::{Ec2Answer, Ec2Gateway, Target, TargetKind};
use crossconnect_core::prefix::Prefix;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use xml::Item;

/// How long what is in service is taken to stay so.
const KEPT: Duration = Duration::from_secs(5);
/// How many answers are kept.
const KEPT_MAX: usize = 1024;
/// How many networks a VPC may have for a gateway: those of a registration.
const NETWORKS_MAX: usize = 50;

/// Whether a text is an answer at all.
pub(crate) fn is_readable(text: &str) -> bool {
    Item::read(text)
        .is_ok_and(|item| item.list("vpnGatewaySet").iter().all(|item| item.number("amazonSideAsn") != Some(0)))
}

/// The endpoint, and what it has said of late.
pub(crate) struct Ec2 {
    client: Client,
    kept: Mutex<BTreeMap<(Target, AccountId), (Instant, Ec2Gateway)>>,
}

impl Ec2 {
    /// Asks at `address`, and waits for each answer for at most `timeout`.
    pub(crate) fn new(address: Address, timeout: Duration) -> Self {
        Ec2 { client: Client::new(address, timeout), kept: Mutex::default() }
    }

    /// The answer to a question of `account` in `region`, asked with the key of whose gateways it is about.
    pub(crate) async fn ask(
        &self,
        question: Ec2Question,
        account: AccountId,
        region: Region,
        asker: &Asker,
    ) -> Result<Ec2Answer, AskError> {
        match question {
            Ec2Question::VirtualPrivate => self.virtual_private(region, asker).await,
            Ec2Question::Gateway(said) => {
                let key = (said, account);
                if let Some(kept) = self.kept(key) {
                    return Ok(Ec2Answer::Present(kept));
                }
                let found = match said.kind {
                    TargetKind::VirtualPrivate => self.virtual_private_gateway(said, asker).await?,
                    TargetKind::Transit => self.transit_gateway(said, asker).await?,
                };
                if let Some(gateway) = found.as_ref().filter(|gateway| !gateway.is_detached()) {
                    self.keep(key, gateway);
                }
                Ok(found.map_or(Ec2Answer::Absent(said.id), Ec2Answer::Present))
            }
        }
    }

    fn kept(&self, key: (Target, AccountId)) -> Option<Ec2Gateway> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&key).filter(|(at, _)| at.elapsed() < KEPT).map(|(_, gateway)| gateway.clone())
    }

    fn keep(&self, key: (Target, AccountId), gateway: &Ec2Gateway) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT_MAX {
            kept.retain(|_, (at, _)| at.elapsed() < KEPT);
        }
        if kept.len() < KEPT_MAX {
            kept.insert(key, (Instant::now(), gateway.clone()));
        }
    }

    async fn virtual_private(&self, region: Region, asker: &Asker) -> Result<Ec2Answer, AskError> {
        let items = self.client.items("DescribeVpnGateways", "vpnGatewaySet", &[], region, asker).await?;
        let gateway = |item: &Item| {
            let (id, kind) = TargetKind::of(item.text("vpnGatewayId")?)?;
            (kind == TargetKind::VirtualPrivate).then(|| (id, item.text("state").unwrap_or_default().to_owned()))
        };
        Ok(Ec2Answer::VirtualPrivate(items.unwrap_or_default().iter().filter_map(gateway).collect()))
    }

    /// EC2 does not say whose a virtual private gateway is: whoever sees it owns it.
    async fn virtual_private_gateway(&self, said: Target, asker: &Asker) -> Result<Option<Ec2Gateway>, AskError> {
        let Some(item) =
            self.one("DescribeVpnGateways", "vpnGatewaySet", "VpnGatewayId.1", said.id, said.region, asker).await?
        else {
            return Ok(None);
        };
        let attached = item.list("attachments").into_iter().find(|one| one.text("state") == Some("attached"));
        let cidrs = match attached.and_then(|one| one.text("vpcId").map(str::to_owned)) {
            None => Vec::new(),
            Some(vpc) => self.networks(&vpc, said.region, asker).await?,
        };
        Ok(Some(Ec2Gateway {
            target: said,
            amazon_side_asn: item.number("amazonSideAsn"),
            cidrs,
            told: Some(clock::wall()),
        }))
    }

    async fn transit_gateway(&self, said: Target, asker: &Asker) -> Result<Option<Ec2Gateway>, AskError> {
        let item = self.one(
            "DescribeTransitGateways",
            "transitGatewaySet",
            "TransitGatewayIds.1",
            said.id,
            said.region,
            asker,
        );
        let Some(item) = item.await? else { return Ok(None) };
        let owner = item.text("ownerId").and_then(AccountId::new).unwrap_or(said.owner);
        let amazon_side_asn = item.child("options").and_then(|options| options.number("amazonSideAsn"));
        let target = Target { owner, ..said };
        Ok(Some(Ec2Gateway { target, amazon_side_asn, cidrs: Vec::new(), told: Some(clock::wall()) }))
    }

    /// One gateway by its id, unless it is gone.
    async fn one(
        &self,
        action: &'static str,
        set: &'static str,
        member: &'static str,
        id: Ec2GatewayId,
        region: Region,
        asker: &Asker,
    ) -> Result<Option<Item>, AskError> {
        let items = self.client.items(action, set, &[(member, id.as_str())], region, asker).await?;
        let is_there = |item: &Item| !matches!(item.text("state"), Some("deleting" | "deleted"));
        Ok(items.unwrap_or_default().into_iter().find(is_there))
    }

    async fn networks(&self, vpc: &str, region: Region, asker: &Asker) -> Result<Vec<Prefix>, AskError> {
        let items = self.client.items("DescribeVpcs", "vpcSet", &[("VpcId.1", vpc)], region, asker).await?;
        let Some(vpc) = items.unwrap_or_default().into_iter().next() else { return Ok(Vec::new()) };
        let associated = |set: &str, state: &str, block: &str| {
            let list = vpc
                .list(set)
                .into_iter()
                .filter(|one| one.child(state).is_some_and(|state| state.text("state") == Some("associated")));
            list.filter_map(|one| one.text(block).and_then(Prefix::parse)).collect::<Vec<_>>()
        };
        let mut networks: Vec<Prefix> = vpc.text("cidrBlock").and_then(Prefix::parse).into_iter().collect();
        let others = associated("cidrBlockAssociationSet", "cidrBlockState", "cidrBlock");
        let ipv6 = associated("ipv6CidrBlockAssociationSet", "ipv6CidrBlockState", "ipv6CidrBlock");
        for network in others.into_iter().chain(ipv6) {
            if !networks.contains(&network) {
                networks.push(network);
            }
        }
        networks.truncate(NETWORKS_MAX);
        Ok(networks)
    }
}
