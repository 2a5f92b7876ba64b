//! A trail whose disk fails for a moment, and one under a flood.

use super::*;
use crate::audit::query::{Cursor, Query, page};
use crate::audit::{draft, notices};
use serde_json::json;

fn open(directory: &Path) -> Arc<Trail> {
    Arc::new(Trail::open(directory, ChainKey::derive(b"key"), 0).unwrap())
}

fn record(name: &str) -> Vec<u8> {
    notices::said(name, &json!({}))
}

fn names(directory: &Path) -> Vec<String> {
    let page = page(directory, &Query::default(), Cursor::After(0), 1000, u64::MAX).unwrap();
    page.records.iter().map(|record| record["eventName"].as_str().unwrap().to_owned()).collect()
}

fn write(trail: &Trail, name: &str) -> Result<Written, String> {
    let record = record(name);
    trail.write(std::iter::once((0, &*record)))
}

#[tokio::test]
async fn a_failed_sync_refuses_records_until_the_log_is_recovered() {
    let folder = tempfile::tempdir().unwrap();
    let trail = open(folder.path());
    trail.shared.fails.store(true, Relaxed);
    let before = write(&trail, "Before").unwrap();
    trail.want(before);
    let refused = trail.wait(before).unwrap_err();
    assert!(refused.contains("cannot sync"), "{refused}");
    assert_eq!(trail.failure().as_ref(), Some(&refused));
    assert_eq!(write(&trail, "Refused").unwrap_err(), refused);
    assert_eq!(trail.gather(|bytes| bytes.extend(record("Refused"))).await, Err(refused));
    trail.throttled([127, 0, 0, 1].into(), |_| unreachable!("it is counted"));
    // It comes back by itself, and what was written is there.
    let after = loop {
        match write(&trail, "After") {
            Ok(written) => break written,
            Err(_) => std::thread::yield_now(),
        }
    };
    trail.want(after);
    trail.wait(after).unwrap();
    trail.wait(before).unwrap();
    assert!(trail.has(before) && trail.failure().is_none());
    trail.close().unwrap();
    assert_eq!(names(folder.path()), ["Before", "TrailRecovered", "After", "CallsThrottled"]);
    let verified = crossconnect_audit::verify(folder.path(), &ChainKey::derive(b"key"), None, &mut |_, _| {});
    assert_eq!(verified.unwrap().unwrap().last, 4);
}

#[test]
fn a_disk_that_is_back_is_noticed_though_nobody_has_anything_to_write() {
    let folder = tempfile::tempdir().unwrap();
    let trail = open(folder.path());
    trail.shared.says(Some("the disk was full"));
    while trail.failure().is_some() {
        std::thread::yield_now();
    }
    trail.close().unwrap();
    assert_eq!(names(folder.path()), ["TrailRecovered"]);
}

#[test]
fn a_record_that_was_lost_is_not_taken_for_the_one_that_has_its_number() {
    let progress = Progress { lost_after: vec![7, 5], durable: 9, ..Progress::default() };
    for (sequence, losses, is_there) in [(5, 0, true), (6, 0, false), (8, 0, false), (6, 1, false), (9, 2, true)] {
        assert_eq!(progress.has(Written { sequence, losses }), is_there, "{sequence} {losses}");
    }
}

#[test]
fn of_many_throttled_calls_the_first_have_records_and_the_others_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let trail = open(folder.path());
    for number in 0..1000 {
        let address = [127, 0, 0, u8::from(number % 4 == 0)];
        trail.throttled(address.into(), |bytes| {
            bytes.extend(record("Throttled"));
            draft::outcome(0, None, None).put(bytes);
        });
    }
    trail.close().unwrap();
    let page = page(folder.path(), &Query::default(), Cursor::After(0), 1000, u64::MAX).unwrap();
    let named = page.records.iter().filter(|record| record["eventName"] == "Throttled").count() as u64;
    assert!((1..100).contains(&named), "{named}");
    let summary = &page.records.last().unwrap()["serviceEventDetails"];
    assert_eq!(summary["calls"], json!(1000 - named));
    let by_address = summary["addresses"].as_object().unwrap();
    assert_eq!(by_address.values().map(|calls| calls.as_u64().unwrap()).sum::<u64>(), 1000 - named);
    assert_eq!(by_address.len(), 2);
}
