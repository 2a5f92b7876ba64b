//! How many connections each peer has.

use super::peer::network;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// The connections of all peers.
pub(super) struct Crowd {
    counts: Arc<Mutex<HashMap<IpAddr, usize>>>,
    each_max: usize,
}

/// One connection of a peer's, which ends with this value.
pub(super) struct Place {
    counts: Arc<Mutex<HashMap<IpAddr, usize>>>,
    address: IpAddr,
}

impl Crowd {
    /// Up to so many of each peer.
    pub(super) fn new(each_max: usize) -> Self {
        Crowd { counts: Arc::default(), each_max }
    }

    /// A place for one more connection, unless its peer has as many as it may.
    pub(super) fn enter(&self, address: IpAddr) -> Option<Place> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(network(address)).or_default();
        if *count >= self.each_max {
            return None;
        }
        *count += 1;
        drop(counts);
        Some(Place { counts: self.counts.clone(), address })
    }
}

impl Place {
    /// Whose connection it is.
    pub(super) fn address(&self) -> IpAddr {
        self.address
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let network = network(self.address);
        if let Some(count) = counts.get_mut(&network) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_peer_has_places_of_its_own() {
        let crowd = Crowd::new(2);
        let [one, other] = ["192.0.2.1", "192.0.2.2"].map(|text| text.parse::<IpAddr>().unwrap());
        let first = crowd.enter(one).unwrap();
        let _second = crowd.enter(one).unwrap();
        assert!(crowd.enter(one).is_none());
        assert!(crowd.enter(other).is_some());
        drop(first);
        assert!(crowd.enter(one).is_some(), "a place that was given back");
        assert_eq!(crowd.counts.lock().unwrap().len(), 1, "who has none is forgotten");
    }
}
