//! Members that are away for a while and come back: what a node has missed meanwhile, and whom it asks instead.

use crate::node::{Answer, Ask, NOW, ask, at, connections, open, wait};
use crate::{cluster, options};
use crossconnect_store_etcd::{Options, Reads};
use serde_json::json;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A cable to a member, which can be pulled.
struct Cable {
    address: String,
    is_pulled: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Cable {
    fn new(member: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (is_pulled, open) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
        let cable = Cable { address, is_pulled: is_pulled.clone(), open: open.clone() };
        let member = member.to_owned();
        // It ends with the test's process.
        std::thread::spawn(move || {
            for from in listener.incoming().flatten().filter(|_| !is_pulled.load(Relaxed)) {
                let Ok(to) = TcpStream::connect(&member) else { continue };
                open.lock().unwrap().extend([from.try_clone().unwrap(), to.try_clone().unwrap()]);
                for (mut from, mut to) in [(from.try_clone().unwrap(), to.try_clone().unwrap()), (to, from)] {
                    std::thread::spawn(move || {
                        let mut bytes = [0; 65536];
                        while let Ok(read @ 1..) = from.read(&mut bytes) {
                            if to.write_all(&bytes[..read]).is_err() {
                                break;
                            }
                        }
                        // It may have ended already.
                        let _ = to.shutdown(Shutdown::Both);
                    });
                }
            }
        });
        cable
    }

    fn pull(&self, is_pulled: bool) {
        self.is_pulled.store(is_pulled, Relaxed);
        for stream in self.open.lock().unwrap().drain(..).filter(|_| is_pulled) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

#[test]
fn what_is_compacted_while_a_node_is_cut_off_is_loaded_anew() {
    let Some(mut cluster) = cluster(1, &[]) else { return };
    let cable = Cable::new(cluster.members()[0].client());
    let there = options(&cluster, "compacted");
    let behind_cable = Options { endpoints: vec![cable.address.clone()], ..there.clone() };
    let [here, away] = [there, behind_cable].map(|place| open(place, Reads::Linearizable, at(NOW)));
    assert_eq!(ask(&here, 1, Ask::Quota(1000)), Answer::Done);
    assert_eq!(ask(&away, 2, Ask::Order), Answer::Done);
    cable.pull(true);
    for name in 10..14 {
        assert_eq!(ask(&here, name, Ask::Order), Answer::Done);
    }
    wait("the silence is noticed", || away.refusal().is_some());
    assert_eq!((connections(&away.published().state), away.figures().loads.load(Relaxed)), (1, 1));
    let head = cluster.ask("kv/range", &json!({"key": "AA=="}), None).unwrap();
    cluster.ask("kv/compaction", &json!({"revision": head["header"]["revision"], "physical": true}), None).unwrap();
    cable.pull(false);
    wait("everything is loaded anew", || away.figures().loads.load(Relaxed) == 2);
    wait("changes are taken again", || away.refusal().is_none());
    assert_eq!(ask(&away, 3, Ask::Order), Answer::Done);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let [one, other] = [&here, &away].map(|node| runtime.block_on(node.current()));
    assert_eq!((connections(&one.state), &one.state, one.last), (6, &other.state, other.last));
    assert_eq!(here.figures().loads.load(Relaxed), 1, "who was there has followed");
    [here, away].iter().for_each(|node| node.shutdown().unwrap());
}

#[test]
fn a_paused_member_is_left_and_a_paused_leader_is_replaced() {
    let Some(mut cluster) = cluster(3, &[]) else { return };
    let node = open(options(&cluster, "paused"), Reads::Linearizable, at(NOW));
    assert_eq!(ask(&node, 1, Ask::Quota(1000)), Answer::Done);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut made = 0;
    for member in 0..3 {
        cluster.members()[member].pause(true).unwrap();
        let began = Instant::now();
        // A client that repeats its call, as SDKs do: nobody may be able to tell at first what became of it.
        let name = 100 + member as u64;
        wait("a change is made without the member", || ask(&node, name, Ask::Order).is_done());
        made += 1;
        assert_eq!(connections(&runtime.block_on(node.current()).state), made, "it is made once");
        assert!(began.elapsed() < Duration::from_secs(15), "the member was missed for long");
        cluster.members()[member].pause(false).unwrap();
        wait("the member is back", || cluster.members()[member].is_healthy());
    }
    node.shutdown().unwrap();
}
