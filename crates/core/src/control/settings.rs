//! Settings at a start: what differs is written, what cannot change is refused.

use super::ClockKind;
use crate::rejection::ControlRejection;
use crate::settings::{Clock, Plant, Settings};
use crate::time::{Duration, Timestamp};
use crate::tx::Tx;

/// How far the last commit may lie ahead of the system's clock.
const AHEAD_MAX: Duration = Duration::from_seconds(5);
/// The largest plant: so many devices at a location, so many ports of a speed on each.
const PLANT_MAX: u16 = 4096;

pub(super) fn configure(tx: &mut Tx<'_>, wanted: &Settings, clock: Option<ClockKind>) -> Result<(), ControlRejection> {
    let in_force = tx.settings();
    if in_force.plant != wanted.plant {
        fits(tx, wanted.plant)?;
    }
    let now = tx.now();
    let kept = tx.clock();
    match (kept, clock) {
        (Clock::System, None | Some(ClockKind::System)) => is_not_ahead(tx)?,
        (Clock::Manual { .. }, Some(ClockKind::System)) => {
            let last = tx.last_commit();
            is_not_ahead(tx)?;
            tx.put_clock(Clock::System);
            debug_assert!(tx.now() >= last, "time does not go back");
        }
        (Clock::System, Some(ClockKind::Manual)) => {
            let start = Timestamp::MANUAL_START.max(tx.last_commit());
            tx.put_clock(Clock::Manual { now: start });
        }
        (Clock::Manual { .. }, None | Some(ClockKind::Manual)) => debug_assert_eq!(now, tx.now(), "it stands still"),
    }
    if *in_force != *wanted {
        tx.put_settings(wanted.clone());
    }
    Ok(())
}

fn is_not_ahead(tx: &Tx<'_>) -> Result<(), ControlRejection> {
    let (last, system) = (tx.last_commit(), tx.system_time());
    if last > system + AHEAD_MAX {
        return Err(ControlRejection::ClockAhead { last, system });
    }
    Ok(())
}

/// The plant has at least one of everything, and all that is in use.
fn fits(tx: &mut Tx<'_>, plant: Plant) -> Result<(), ControlRejection> {
    let (device, port) = tx.plant_in_use();
    let counts = [
        ("devices_per_location", plant.devices_per_location, device),
        ("ports_per_speed", plant.ports_per_speed, port),
    ];
    for (setting, wanted, held) in counts {
        if !(1..=PLANT_MAX).contains(&wanted) {
            return Err(ControlRejection::Setting { setting, value: i64::from(wanted), expected: "1 to 4096" });
        }
        // Numbers begin at 0.
        if let Some(held) = held.filter(|held| *held >= wanted) {
            return Err(ControlRejection::PlantInUse { what: setting, wanted, held });
        }
    }
    Ok(())
}
