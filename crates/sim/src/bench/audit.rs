//! What the audit trail costs: the same loads on two servers, one that keeps a trail and one that does not.

use super::http::{Api, create, describe};
use super::{Bench, Row, load, median};
use std::cell::Cell;

/// Connections of the reads, as where they are measured alone.
const READERS: usize = 32;
/// Clients that change something at once.
const WRITERS: usize = 64;

pub(super) fn rows(bench: &Bench<'_>) -> Result<Vec<Row>, String> {
    let [with, without] = [("with", "--audit=on"), ("without", "--audit=off")].map(|(name, flag)| {
        let store = bench.folder.join(name);
        Api::start(bench, &["--store".as_ref(), store.as_os_str(), flag.as_ref()])
    });
    let (with, without) = (with?, without?);
    let reads = compared(bench, (&with, &without), &|api| {
        let made = api.call("CreateConnection", &create(1))?;
        let input = describe(made["connectionId"].as_str().unwrap_or_default());
        let request = api.request("DescribeConnections", &input);
        Ok(load::run(api.address, READERS, bench.scale.load, &|_| request.clone())?.per_second)
    })?;
    let number = Cell::new(0);
    let next = |api: &Api| {
        number.set(number.get() + 1);
        api.order(number.get())
    };
    let writes = |clients| {
        compared(bench, (&with, &without), &|api| {
            Ok(load::run(api.address, clients, bench.scale.load, &|_| next(api))?.per_second)
        })
    };
    let (one, many) = (writes(1)?, writes(WRITERS)?);
    let row = |name: &str, (ratio, rate): (f64, f64), least| {
        [Row::plain(name, format!("{rate:.0}/s")), Row::at_least(&format!("{name}, against without"), ratio, least, "")]
    };
    Ok([
        row("signed DescribeConnections by id with the audit trail", reads, 0.9),
        row("durable CreateConnection with the audit trail, one client", one, 0.8),
        row("durable CreateConnection with the audit trail, 64 clients", many, 0.8),
    ]
    .into_iter()
    .flatten()
    .collect())
}

/// The rate with the trail against the rate without, and the former. Who comes first alternates.
fn compared(
    bench: &Bench<'_>,
    (with, without): (&Api, &Api),
    rate: &dyn Fn(&Api) -> Result<f64, String>,
) -> Result<(f64, f64), String> {
    let (mut rates, mut round) = (Vec::new(), 0);
    let ratio = median(bench.scale.rounds, || {
        round += 1;
        let (kept, plain) = if round % 2 == 0 {
            (rate(with)?, rate(without)?)
        } else {
            let plain = rate(without)?;
            (rate(with)?, plain)
        };
        rates.push(kept);
        Ok(kept / plain)
    })?;
    rates.sort_by(f64::total_cmp);
    Ok((ratio, rates[rates.len() / 2]))
}
