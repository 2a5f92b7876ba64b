//! Writes a letter to the file that is named, for looking at it.

use crossconnect_papers::Moment;
use crossconnect_papers::loa::{Letter, Port, pdf};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or_else(|| "letter.pdf".to_owned());
    let name = arguments.next().unwrap_or_else(|| "Frankfurt backbone, east".to_owned());
    let ports = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(1);
    let port = |number: usize| Port {
        connection: format!("dxcon-fh9yptf{number}"),
        device: "EqFR5-1bwfvazist2k0".to_owned(),
        rack: "R1".to_owned(),
        panel: "B1".to_owned(),
        strands: format!("{} and {}", 2 * number + 1, 2 * number + 2),
    };
    let letter = Letter {
        account: "111122223333".to_owned(),
        provider: Some(if name.len() > 30 { name.clone() } else { "Equinix, Inc.".to_owned() }),
        kind: "Connection",
        id: "dxcon-fh9yptf0".to_owned(),
        name,
        location: "Equinix FR5, Frankfurt, DEU".to_owned(),
        location_code: "EqFR5".to_owned(),
        region: "eu-central-1".to_owned(),
        speed: "10 Gbps",
        optics: "10GBASE-LR, 1310 nm",
        ports: (0..ports).map(port).collect(),
        issued: Moment { year: 2026, month: 1, day: 1, hour: 8, minute: 30, second: 0 },
        expires: Moment { year: 2026, month: 4, day: 1, hour: 8, minute: 30, second: 0 },
    };
    std::fs::write(path, pdf(&letter))
}
