//! What the server prints when it is ready: where it listens, what it stores where, and the lines to try.

use crate::clock::wall;
use crate::config::{Auth, Config, StoreAt};
use crossconnect_core::State;
use crossconnect_core::settings::{Clock, Delays, Lifecycle};
use std::net::SocketAddr;

/// The lines. The first one is what tests wait for.
pub(crate) fn text(address: SocketAddr, config: &Config, state: &State, keys: usize) -> String {
    let scheme = if config.tls.is_some() { "https" } else { "http" };
    let url = format!("{scheme}://{address}");
    let near = match address {
        SocketAddr::V4(v4) if v4.ip().is_unspecified() => format!("{scheme}://127.0.0.1:{}", v4.port()),
        SocketAddr::V6(v6) if v6.ip().is_unspecified() => format!("{scheme}://[::1]:{}", v6.port()),
        _ => url.clone(),
    };
    let names = match config.host_names.as_slice() {
        [] => "loopback addresses and localhost; --host-name adds others".to_owned(),
        names => format!("loopback addresses, localhost, {}", names.join(", ")),
    };
    let store = match &config.store {
        StoreAt::Memory => "memory: nothing outlives this process".to_owned(),
        StoreAt::Directory(path) => std::path::absolute(path).unwrap_or_else(|_| path.clone()).display().to_string(),
        StoreAt::Cluster(cluster) => cluster.options.to_string(),
    };
    let clock = match state.clock() {
        Clock::System => "system".to_owned(),
        Clock::Manual { .. } => format!("manual, at {}", state.now(wall())),
    };
    let presets = [("instant", Lifecycle::Instant), ("brisk", Lifecycle::Brisk), ("realistic", Lifecycle::Realistic)];
    let delays = &state.settings().delays;
    let preset = presets.into_iter().find(|(_, preset)| Delays::preset(*preset) == *delays);
    let lifecycle = preset.map_or("of its own", |(name, _)| name);
    let (accounts, key) = match config.auth {
        Auth::Open => (
            "open: any signature is accepted, and an access key of twelve digits is the account".to_owned(),
            "AWS_ACCESS_KEY_ID=123456789012 AWS_SECRET_ACCESS_KEY=any",
        ),
        Auth::SigV4 => {
            let text = match keys {
                0 => "sigv4: signatures are verified; there is no access key yet, crossconnect key create makes one"
                    .to_owned(),
                1 => "sigv4: signatures are verified; 1 access key is known".to_owned(),
                keys => format!("sigv4: signatures are verified; {keys} access keys are known"),
            };
            (text, "AWS_ACCESS_KEY_ID=... AWS_SECRET_ACCESS_KEY=...")
        }
    };
    let operator = match (config.token_file(), config.auth) {
        (Some(path), _) => format!("the control API wants the token in {}", path.display()),
        (None, Auth::SigV4) => "the control API is closed; --token-file opens it".to_owned(),
        (None, Auth::Open) => "the control API needs no token".to_owned(),
    };
    format!(
        "listening on {url}\n\
         store      {store}\n\
         clock      {clock}\n\
         lifecycle  {lifecycle}\n\
         accounts   {accounts}\n\
         operator   {operator}\n\
         served as  {names}\n\
         try        export AWS_ENDPOINT_URL_DIRECT_CONNECT={near} AWS_ENDPOINT_URL_STS={near}\n           \
         export {key} AWS_DEFAULT_REGION=us-east-1\n           \
         aws directconnect describe-locations\n"
    )
}
