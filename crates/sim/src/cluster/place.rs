//! Where the processes of a cluster run: each in a network namespace of its own, on one bridge, where the machine allows
//! that; otherwise side by side on the loopback, where nothing can be cut off.

use crate::process::bound;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::Command;

/// What the names of bridges begin with; the number of the process that has laid them follows.
const BRIDGE: &str = "ccb";

/// A network of namespaces, or the loopback.
pub(super) struct Network {
    /// The bridge and the third part of its addresses; none on the loopback.
    bridge: Option<(String, u8)>,
    hosts: Vec<Host>,
}

/// Where one process runs.
#[derive(Debug, Clone)]
pub(super) struct Host {
    pub(super) address: Ipv4Addr,
    /// Its namespace, and the end of its cable that is in ours.
    namespace: Option<(String, String)>,
}

impl Network {
    /// Lays so many cables.
    pub(super) fn new(hosts: usize) -> Self {
        clear_abandoned();
        let number = std::process::id();
        let parts = (0..=u8::MAX).map(|part| part.wrapping_add(number as u8));
        let part = parts.into_iter().find(|part| is_free(*part)).unwrap_or_default();
        let mut network = Network { bridge: Some((format!("{BRIDGE}{number}"), part)), hosts: Vec::new() };
        if network.lay(hosts).is_err() {
            network.clear();
            let host = Host { address: Ipv4Addr::LOCALHOST, namespace: None };
            return Network { bridge: None, hosts: vec![host; hosts] };
        }
        network
    }

    fn lay(&mut self, hosts: usize) -> Result<(), String> {
        let Some((bridge, part)) = self.bridge.clone() else { return Ok(()) };
        ip(&["link", "add", &bridge, "type", "bridge"])?;
        ip(&["addr", "add", &format!("10.213.{part}.1/24"), "dev", &bridge])?;
        ip(&["link", "set", &bridge, "up"])?;
        for at in 0..hosts {
            let address = Ipv4Addr::new(10, 213, part, 10 + at as u8);
            let (namespace, cable) = (format!("{bridge}n{at}"), format!("{bridge}c{at}"));
            self.hosts.push(Host { address, namespace: Some((namespace.clone(), cable.clone())) });
            ip(&["netns", "add", &namespace])?;
            ip(&["link", "add", &cable, "type", "veth", "peer", "name", "eth0", "netns", &namespace])?;
            ip(&["link", "set", &cable, "master", &bridge, "up"])?;
            ip(&["-n", &namespace, "addr", "add", &format!("{address}/24"), "dev", "eth0"])?;
            ip(&["-n", &namespace, "link", "set", "eth0", "up"])?;
            ip(&["-n", &namespace, "link", "set", "lo", "up"])?;
        }
        Ok(())
    }

    pub(super) fn hosts(&self) -> &[Host] {
        &self.hosts
    }

    /// Whether hosts can be cut off.
    pub(super) fn has_cables(&self) -> bool {
        self.bridge.is_some()
    }

    fn clear(&mut self) {
        for (namespace, _) in self.hosts.drain(..).filter_map(|host| host.namespace) {
            // Its cable goes with it.
            let _ = ip(&["netns", "del", &namespace]);
        }
        if let Some((bridge, _)) = self.bridge.take() {
            let _ = ip(&["link", "del", &bridge]);
        }
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.clear();
    }
}

impl Host {
    /// How a program is started here.
    pub(super) fn command(&self, binary: &std::path::Path) -> Command {
        match &self.namespace {
            None => bound(binary),
            Some((namespace, _)) => {
                // It becomes the program, under the same number of process.
                let mut command = bound("ip");
                command.args(["netns", "exec", namespace]).arg(binary);
                command
            }
        }
    }

    /// A port that is free here.
    pub(super) fn port(&self, usual: u16) -> Result<u16, String> {
        if self.namespace.is_some() {
            return Ok(usual);
        }
        let listener = TcpListener::bind((self.address, 0)).and_then(|listener| listener.local_addr());
        listener.map(|address| address.port()).map_err(|error| error.to_string())
    }

    /// Pulls the cable, or puts it back.
    pub(super) fn connect(&self, is_connected: bool) -> Result<(), String> {
        match &self.namespace {
            None => Err("there is no cable on the loopback".to_owned()),
            Some((_, cable)) => ip(&["link", "set", cable, if is_connected { "up" } else { "down" }]),
        }
    }
}

/// Whether nobody has these addresses.
fn is_free(part: u8) -> bool {
    asked(&["-o", "-4", "addr", "show", "to", &format!("10.213.{part}.0/24")]).is_ok_and(|told| told.is_empty())
}

/// Takes away what processes have laid that were killed, and could not do so themselves.
fn clear_abandoned() {
    let is_abandoned = |name: &str| {
        let number = name.strip_prefix(BRIDGE).unwrap_or_default();
        number.parse::<u32>().is_ok_and(|number| !Path::new(&format!("/proc/{number}")).exists())
    };
    // What cannot be asked cannot have been laid; what another one clears at the same time is gone as well.
    for line in asked(&["netns", "list"]).unwrap_or_default().lines() {
        let name = line.split_whitespace().next().unwrap_or_default();
        if name.rsplit_once('n').is_some_and(|(bridge, _)| is_abandoned(bridge)) {
            let _ = ip(&["netns", "del", name]);
        }
    }
    for line in asked(&["-o", "link", "show", "type", "bridge"]).unwrap_or_default().lines() {
        let name = line.split(": ").nth(1).unwrap_or_default();
        if is_abandoned(name) {
            let _ = ip(&["link", "del", name]);
        }
    }
}

fn ip(arguments: &[&str]) -> Result<(), String> {
    asked(arguments).map(drop)
}

fn asked(arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("ip").args(arguments).output().map_err(|error| format!("ip: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(format!("ip {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr).trim()))
}
