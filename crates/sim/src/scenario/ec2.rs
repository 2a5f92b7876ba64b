//! The operator's lines about gateways of EC2.

use super::control::{Control, Setting};
use crossconnect_core::control::Registration;
use crossconnect_core::settings::Ec2Gateways;

/// `trusted`, `registered`, or a gateway: `vgw-… of 111122223333 in us-east-1 asn=64512 cidrs=10.0.0.0/16,10.1.0.0/16`.
pub(super) fn parse(rest: &str) -> Result<Control, String> {
    let usage = || format!("ec2 {rest}: expected trusted, registered or vgw-12345678 of 111122223333 in us-east-1");
    let set = |ec2_gateways| Ok(Control::Set(vec![Setting::Ec2Gateways(ec2_gateways)]));
    let mut words = rest.split_whitespace();
    let (id, owner, region) = match (words.next(), words.next(), words.next(), words.next(), words.next()) {
        (Some("trusted"), None, ..) => return set(Ec2Gateways::Trusted),
        (Some("registered"), None, ..) => return set(Ec2Gateways::Registered),
        (Some(id), Some("of"), Some(owner), Some("in"), Some(region)) => (id, owner, region),
        _ => return Err(usage()),
    };
    let (id, owner, region) = (id.to_owned(), owner.to_owned(), region.to_owned());
    let mut registration = Registration { id, owner, region, amazon_side_asn: None, cidrs: Vec::new() };
    for word in words {
        match word.split_once('=') {
            Some(("asn", asn)) => registration.amazon_side_asn = Some(asn.parse().map_err(|_| usage())?),
            Some(("cidrs", cidrs)) => registration.cidrs = cidrs.split(',').map(str::to_owned).collect(),
            _ => return Err(usage()),
        }
    }
    Ok(Control::Gateway(registration))
}
