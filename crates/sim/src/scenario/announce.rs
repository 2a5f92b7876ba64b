//! What the customer announces, as scenarios write it: `10.0.0.0/8 via 65001,65002 with 7224:7100; 3*10.1.0.0/24`.

use crossconnect_core::control::Announcement;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Reads routes between semicolons; `nothing` is none. A route is taken as it is written: the service says what is
/// wrong with it.
pub(super) fn parse(text: &str) -> Result<Vec<Announcement>, String> {
    if text.trim() == "nothing" {
        return Ok(Vec::new());
    }
    let routes: Vec<_> = text.split(';').map(|route| routes(route.trim())).collect::<Result<_, _>>()?;
    Ok(routes.into_iter().flatten().collect())
}

fn routes(text: &str) -> Result<Vec<Announcement>, String> {
    let mut words = text.split_whitespace();
    let first = words.next().ok_or("expected announce $v 10.0.0.0/8 via 65001 with 7224:7100")?;
    let (mut as_path, mut communities) = (Vec::new(), Vec::new());
    while let Some(word) = words.next() {
        let list = words.next().ok_or_else(|| format!("{word} wants a list"))?.split(',');
        match word {
            "via" => {
                let asn = |text: &str| text.parse().map_err(|_| format!("{text} is no ASN"));
                as_path = list.map(asn).collect::<Result<_, _>>()?;
            }
            "with" => communities = list.map(str::to_owned).collect(),
            other => return Err(format!("{other}: expected via or with")),
        }
    }
    let cidrs = match first.split_once('*') {
        None => vec![first.to_owned()],
        Some((count, first)) => successive(count, first)?,
    };
    let route = |cidr| Announcement { cidr, as_path: as_path.clone(), communities: communities.clone() };
    Ok(cidrs.into_iter().map(route).collect())
}

/// `3*10.0.0.0/24`: so many prefixes of one length, one after the other.
fn successive(count: &str, first: &str) -> Result<Vec<String>, String> {
    let malformed = || format!("{count}*{first}: expected 3*10.0.0.0/24");
    let count: u128 = count.parse().map_err(|_| malformed())?;
    let (address, length) = first.split_once('/').ok_or_else(malformed)?;
    let address: IpAddr = address.parse().map_err(|_| malformed())?;
    let bits: u32 = length.parse().map_err(|_| malformed())?;
    let (start, width) = match address {
        IpAddr::V4(address) => (u128::from(u32::from(address)), 32),
        IpAddr::V6(address) => (u128::from(address), 128),
    };
    let step = 1_u128.checked_shl(width - bits.min(width)).ok_or_else(malformed)?;
    let at = |place: u128| match address {
        IpAddr::V4(_) => format!("{}/{length}", Ipv4Addr::from((start + place * step) as u32)),
        IpAddr::V6(_) => format!("{}/{length}", Ipv6Addr::from(start + place * step)),
    };
    Ok((0..count).map(at).collect())
}
