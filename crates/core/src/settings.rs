//! Settings that every decision rests on. They are one row of the store, so that every node decides alike.

use crate::time::{Duration, Timestamp};
use minicbor::decode::{self, Decoder};
use minicbor::encode::{self, Encoder, Write};
use minicbor::{Decode, Encode};

mod generated;
pub use generated::{Delay, Quota};

/// A ready set of delays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lifecycle {
    /// Everything is over before the next call, but for gateway associations.
    Instant,
    /// A second or two: every state can be seen, nobody waits.
    #[default]
    Brisk,
    /// As long as the real service takes.
    Realistic,
}

/// The delays in force, one for each [`Delay`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delays([Duration; Delay::ALL.len()]);

impl Delays {
    /// The delays of a preset.
    pub fn preset(lifecycle: Lifecycle) -> Self {
        Delays(Delay::ALL.map(|delay| match lifecycle {
            Lifecycle::Instant => delay.instant(),
            Lifecycle::Brisk => delay.brisk(),
            Lifecycle::Realistic => delay.realistic(),
        }))
    }

    /// How long `delay` takes.
    pub fn get(&self, delay: Delay) -> Duration {
        self.0[delay as usize]
    }

    /// Sets one delay alone.
    pub fn set(&mut self, delay: Delay, length: Duration) {
        self.0[delay as usize] = length;
    }
}

/// The quotas in force, one for each [`Quota`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotas([u32; Quota::ALL.len()]);

impl Quotas {
    /// What `quota` allows.
    pub fn get(&self, quota: Quota) -> usize {
        self.0[quota as usize] as usize
    }

    /// Sets one quota alone.
    pub fn set(&mut self, quota: Quota, value: u32) {
        self.0[quota as usize] = value;
    }
}

impl Default for Quotas {
    fn default() -> Self {
        Quotas(Quota::ALL.map(Quota::default_value))
    }
}

/// How many devices and ports there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct Plant {
    /// AWS devices at each location of each Region.
    #[n(0)]
    pub devices_per_location: u16,
    /// Ports of each speed on each device.
    #[n(1)]
    pub ports_per_speed: u16,
}

impl Default for Plant {
    fn default() -> Self {
        Plant { devices_per_location: 2, ports_per_speed: 48 }
    }
}

/// Which device gets the next port.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Placement {
    /// A location's first device until its ports run out.
    #[default]
    #[n(0)]
    Pack,
    /// Devices in turn: the one with the most free ports.
    #[n(1)]
    Spread,
}

/// Which gateways of EC2 an account may name as its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Ec2Gateways {
    /// Those registered for it, and any well-formed id that is neither registered nor in use by another account.
    #[default]
    #[n(0)]
    Trusted,
    /// Those registered for it.
    #[n(1)]
    Registered,
}

/// How large the IPv4 blocks are that the service assigns to BGP peers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Ipv4Blocks {
    /// /29, of which the first and the sixth address are used [observed].
    #[default]
    #[n(0)]
    OfEight,
    /// /30, of which both addresses are used [model].
    #[n(1)]
    OfFour,
}

/// Everything that decisions rest on and that an operator sets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
pub struct Settings {
    /// How long things take.
    #[n(0)]
    pub delays: Delays,
    /// How much an account may have.
    #[n(1)]
    pub quotas: Quotas,
    /// How many devices and ports there are.
    #[n(2)]
    pub plant: Plant,
    /// Which device gets the next port.
    #[n(3)]
    pub placement: Placement,
    /// Which gateways of EC2 an account may name.
    #[n(4)]
    #[cbor(default)]
    pub ec2_gateways: Ec2Gateways,
    /// How large assigned IPv4 blocks are.
    #[n(5)]
    #[cbor(default)]
    pub ipv4_blocks: Ipv4Blocks,
}

impl Default for Delays {
    fn default() -> Self {
        Delays::preset(Lifecycle::default())
    }
}

/// What time it is: the node's clock, or one that moves by commits alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Encode, Decode)]
pub enum Clock {
    /// The node's own clock.
    #[default]
    #[n(0)]
    System,
    /// A clock that stands still until it is moved.
    #[n(1)]
    Manual {
        /// What it shows.
        #[n(0)]
        now: Timestamp,
    },
}

/// Writes values by name, so that a release with other settings can read them.
fn encode_named<W: Write>(
    e: &mut Encoder<W>,
    values: impl ExactSizeIterator<Item = (&'static str, i64)>,
) -> Result<(), encode::Error<W::Error>> {
    e.map(values.len() as u64)?;
    for (name, value) in values {
        e.str(name)?.i64(value)?;
    }
    Ok(())
}

fn decode_named(d: &mut Decoder<'_>, mut set: impl FnMut(&str, i64)) -> Result<(), decode::Error> {
    for _ in 0..d.map()?.unwrap_or(0) {
        let name = d.str()?;
        set(name, d.i64()?);
    }
    Ok(())
}

impl<C> Encode<C> for Delays {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
        encode_named(e, Delay::ALL.into_iter().map(|delay| (delay.name(), self.get(delay).0)))
    }
}

impl<'b, C> Decode<'b, C> for Delays {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        let mut delays = Delays::default();
        decode_named(d, |name, millis| {
            if let Some(delay) = Delay::ALL.into_iter().find(|delay| delay.name() == name) {
                delays.set(delay, Duration(millis));
            }
        })?;
        Ok(delays)
    }
}

impl<C> Encode<C> for Quotas {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, _: &mut C) -> Result<(), encode::Error<W::Error>> {
        encode_named(e, Quota::ALL.into_iter().map(|quota| (quota.name(), i64::from(self.0[quota as usize]))))
    }
}

impl<'b, C> Decode<'b, C> for Quotas {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        let mut quotas = Quotas::default();
        decode_named(d, |name, value| {
            let known = Quota::ALL.into_iter().find(|quota| quota.name() == name);
            if let (Some(quota), Ok(value)) = (known, u32::try_from(value)) {
                quotas.set(quota, value);
            }
        })?;
        Ok(quotas)
    }
}
