//! The customer's router, its keys, and the gateways of EC2: what stands at the two ends of a virtual interface, or of a
//! link.

use super::body::read;
use super::path::Name;
use super::problem::Problem;
use super::{Shared, json};
use axum::body::Body;
use axum::extract::State;
use crossconnect_core::control::{Announcement, Peer, Registration, Request, Secret, Session};
use hyper::body::Bytes;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SessionChange {
    session: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MacSecChange {
    peer: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct SecretChange {
    owner_account: String,
    region: String,
    deletion: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoutesChange {
    announced: Vec<RouteGiven>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct RouteGiven {
    cidr: String,
    #[serde(default)]
    as_path: Vec<u32>,
    #[serde(default)]
    communities: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct GatewayChange {
    owner_account: String,
    region: String,
    amazon_side_asn: Option<i64>,
    #[serde(default)]
    cidrs: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SessionShown<'a> {
    bgp_peer_id: &'a str,
    session: &'a str,
    interrupts: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MacSecShown<'a> {
    connection_id: &'a str,
    peer: &'a str,
    interrupts: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SecretShown<'a> {
    ckn: &'a str,
    owner_account: &'a str,
    region: &'a str,
    deletion: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RoutesShown<'a> {
    virtual_interface_id: &'a str,
    announced: usize,
    interrupts: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GatewayShown<'a> {
    id: &'a str,
    owner_account: &'a str,
    region: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    amazon_side_asn: Option<i64>,
    cidrs: &'a [String],
}

/// Reads a body as that of one of these calls.
pub(super) fn readable(body: &[u8]) -> Result<(), Problem> {
    let is_read = read::<SessionChange>(body).is_ok() || read::<MacSecChange>(body).is_ok();
    if is_read || read::<GatewayChange>(body).is_ok() {
        return Ok(());
    }
    read::<RoutesChange>(body).map(|RoutesChange { announced }| drop(announced))
}

pub(super) async fn session(
    State(shared): State<Arc<Shared>>,
    Name(bgp_peer_id): Name,
    body: Bytes,
) -> Result<Body, Problem> {
    let SessionChange { session: word } = read(&body)?;
    let session = match word.as_str() {
        "up" => Session::Up,
        "down" => Session::Down,
        "auto" => Session::Auto,
        other => return Err(Problem::value("session", other, "up, down or auto")),
    };
    let interrupts = shared.change(Request::SetSession { bgp_peer_id: bgp_peer_id.clone(), session }).await?;
    Ok(json(&SessionShown { bgp_peer_id: &bgp_peer_id, session: &word, interrupts }))
}

pub(super) async fn mac_sec(
    State(shared): State<Arc<Shared>>,
    Name(connection_id): Name,
    body: Bytes,
) -> Result<Body, Problem> {
    let MacSecChange { peer: word } = read(&body)?;
    let peer = match word.as_str() {
        "match" => Peer::Match,
        "mismatch" => Peer::Mismatch,
        ckn => Peer::Holds(ckn.to_owned()),
    };
    let interrupts = shared.change(Request::SetMacSecPeer { connection_id: connection_id.clone(), peer }).await?;
    Ok(json(&MacSecShown { connection_id: &connection_id, peer: &word, interrupts }))
}

pub(super) async fn secret(State(shared): State<Arc<Shared>>, Name(ckn): Name, body: Bytes) -> Result<Body, Problem> {
    let SecretChange { owner_account, region, deletion } = read(&body)?;
    let is_ending = match deletion.as_str() {
        "scheduled" => true,
        "cancelled" => false,
        other => return Err(Problem::value("deletion", other, "scheduled or cancelled")),
    };
    let secret = Secret { ckn: ckn.clone(), owner: owner_account.clone(), region: region.clone() };
    shared.change(Request::SetSecret { secret, is_ending }).await?;
    Ok(json(&SecretShown { ckn: &ckn, owner_account: &owner_account, region: &region, deletion: &deletion }))
}

pub(super) async fn routes(
    State(shared): State<Arc<Shared>>,
    Name(virtual_interface_id): Name,
    body: Bytes,
) -> Result<Body, Problem> {
    let RoutesChange { announced } = read(&body)?;
    let announced: Vec<_> = announced
        .into_iter()
        .map(|route| Announcement { cidr: route.cidr, as_path: route.as_path, communities: route.communities })
        .collect();
    let count = announced.len();
    let request = Request::SetRoutes { virtual_interface_id: virtual_interface_id.clone(), announced };
    let interrupts = shared.change(request).await?;
    Ok(json(&RoutesShown { virtual_interface_id: &virtual_interface_id, announced: count, interrupts }))
}

pub(super) async fn gateway(State(shared): State<Arc<Shared>>, Name(id): Name, body: Bytes) -> Result<Body, Problem> {
    let GatewayChange { owner_account, region, amazon_side_asn, cidrs } = read(&body)?;
    let registration = Registration {
        id: id.clone(),
        owner: owner_account.clone(),
        region: region.clone(),
        amazon_side_asn,
        cidrs: cidrs.clone(),
    };
    shared.change(Request::PutGateway(registration)).await?;
    Ok(json(&GatewayShown { id: &id, owner_account: &owner_account, region: &region, amazon_side_asn, cidrs: &cidrs }))
}
