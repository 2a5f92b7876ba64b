//! Changes that are on the disk before they are answered: one client, and many.

use super::http::Api;
use super::{Bench, Row, disk, load, median};
use std::cell::Cell;

/// The many.
const CLIENTS: usize = 64;

pub(super) fn rows(bench: &Bench<'_>) -> Result<Vec<Row>, String> {
    let store = bench.folder.join("durable");
    let api = Api::start(bench, &["--store".as_ref(), store.as_os_str()])?;
    let number = Cell::new(0);
    let next = |_| {
        number.set(number.get() + 1);
        api.order(number.get())
    };
    let (mut rates, mut many) = (Vec::new(), Vec::new());
    let one = median(bench.scale.rounds, || {
        let rate = load::run(api.address, 1, bench.scale.load, &next)?;
        rates.push(rate.per_second);
        many.push(load::run(api.address, CLIENTS, bench.scale.load, &next)?.per_second);
        // In the same round, so that both see the disk in the same mood.
        Ok(rate.median_micros / disk::sync_micros(bench.folder)?)
    })?;
    let sync = disk::sync_micros(bench.folder)?;
    let [rate, many] = [rates, many].map(|mut rates| {
        rates.sort_by(f64::total_cmp);
        rates[rates.len() / 2]
    });
    Ok(vec![
        Row::plain("append and fdatasync, median", format!("{sync:.0} µs")),
        Row::at_most("durable CreateConnection, one client, against fdatasync", one, 2.5, " ×"),
        Row::plain("durable CreateConnection, one client", format!("{rate:.0}/s")),
        Row::plain("durable CreateConnection, 64 clients", format!("{many:.0}/s")),
        Row::at_least("64 clients against one", many / rate, 6.0, " ×"),
    ])
}
