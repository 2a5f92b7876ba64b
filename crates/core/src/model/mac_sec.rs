//! MACsec keys: their names, their states, and what the far end of a link has of them.
//!
//! A pair is a name, the CKN, and a key, the CAK. The CAK is checked by the call that brings it and is never part of a
//! record: which pair both ends have in common is decided by the name alone.

mod secret;

use crate::steps::Steps;
use crate::time::{Duration, Timestamp};
use crossconnect_api::shapes;
use minicbor::data::Type;
use minicbor::decode::{self, Decoder};
use minicbor::encode::{self, Encoder, Write};
use minicbor::{Decode, Encode};
use std::fmt;
use strum::VariantArray;

pub use secret::{MacSecSecret, SecretAnswer};

/// How many keys a connection or LAG has at most: one in use, the others for rotation [guide].
pub const KEYS_MAX: usize = 3;

/// The name of a pair: 64 hexadecimal digits, the same name in either case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct Ckn(#[cbor(n(0), with = "minicbor::bytes")] [u8; 32]);

impl Ckn {
    /// Comes before every name: where a scan begins.
    pub const LEAST: Self = Ckn([0; 32]);

    /// Reads 64 hexadecimal digits; anything else is no name.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
            let digit = |at: usize| char::from(pair[at]).to_digit(16);
            *byte = u8::try_from(digit(0)? * 16 + digit(1)?).ok()?;
        }
        Some(Ckn(bytes))
    }
}

/// In lower case.
impl fmt::Display for Ckn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The state of a key that a caller sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, VariantArray)]
#[cbor(index_only)]
#[expect(missing_docs, reason = "the wire's own words: State of the model's MacSecKey")]
pub enum KeyState {
    #[n(0)]
    Associating,
    #[n(1)]
    Associated,
    #[n(2)]
    Disassociating,
    #[n(3)]
    Disassociated,
}

impl KeyState {
    /// Which state may follow which (reference §3.7).
    pub fn may_follow(self, before: KeyState) -> bool {
        use KeyState::{Associated, Associating, Disassociated, Disassociating};
        matches!(
            (before, self),
            (Associating, Associated) | (Associating | Associated, Disassociating) | (Disassociating, Disassociated)
        )
    }

    /// As the wire spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            KeyState::Associating => "associating",
            KeyState::Associated => "associated",
            KeyState::Disassociating => "disassociating",
            KeyState::Disassociated => "disassociated",
        }
    }
}

/// One key of a connection or LAG.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Key {
    /// Its name.
    #[n(0)]
    pub ckn: Ckn,
    /// The name as the caller wrote it.
    #[n(1)]
    pub spelled: Box<str>,
    /// The ARN of the secret that holds the pair.
    #[n(2)]
    pub secret: Box<str>,
    /// When it was associated.
    #[n(3)]
    pub start_on: Timestamp,
    /// What was seen of it and will be.
    #[n(4)]
    pub state: Steps<KeyState>,
}

impl Key {
    /// The plan of a new key.
    pub fn plan(now: Timestamp, delay: Duration) -> Steps<KeyState> {
        let mut state = Steps::new(now, KeyState::Associating);
        state.push(now + delay, KeyState::Associated);
        state
    }

    /// Whether it is there at `now`, be it on its way in, and not on its way out. That its end is planned does not matter.
    pub fn is_lasting(&self, now: Timestamp) -> bool {
        matches!(self.state.at(now), KeyState::Associating | KeyState::Associated)
    }

    /// When it will begin to go, if that is planned.
    pub fn planned_end(&self, now: Timestamp) -> Option<Timestamp> {
        let end = self.state.iter().find(|(_, state)| *state == KeyState::Disassociating);
        end.map(|(at, _)| at).filter(|at| *at > now)
    }

    /// Whether answers show it at `now`.
    pub fn is_present(&self, now: Timestamp) -> bool {
        self.state.at(now) != KeyState::Disassociated
    }

    /// What a caller sees of it in state `state`. `startOn` is a text of the API, not a moment.
    pub fn to_wire(&self, state: KeyState) -> shapes::MacSecKey {
        let whole_seconds = Timestamp(self.start_on.0 - self.start_on.0.rem_euclid(1000));
        shapes::MacSecKey {
            secret_arn: Some(self.secret.to_string()),
            ckn: Some(self.spelled.to_string()),
            state: Some(state.as_str().to_owned()),
            start_on: Some(whole_seconds.to_string()),
        }
    }

    fn end(&mut self, now: Timestamp, delay: Duration) {
        self.state.set(now, KeyState::Disassociating);
        self.state.push(now + delay, KeyState::Disassociated);
    }

    /// It will go at `at`, unless something is done about it before.
    fn end_at(&mut self, at: Timestamp, delay: Duration) {
        let at = at.max(self.state.last().0);
        self.state.push(at, KeyState::Disassociating);
        self.state.push(at + delay, KeyState::Disassociated);
    }
}

/// The keys of a connection or LAG, in the order in which they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys(Vec<Key>);

impl Keys {
    /// Every key that the record still holds.
    pub fn iter(&self) -> std::slice::Iter<'_, Key> {
        self.0.iter()
    }

    /// Those that are there at `now` and not on their way out.
    pub fn lasting(&self, now: Timestamp) -> impl Iterator<Item = &Key> {
        self.0.iter().filter(move |key| key.is_lasting(now))
    }

    /// When the last of them will begin to go, if the end of every one is planned.
    pub fn planned_end(&self, now: Timestamp) -> Option<Timestamp> {
        self.lasting(now).map(|key| key.planned_end(now)).collect::<Option<Vec<_>>>()?.into_iter().max()
    }

    /// Adds a key. One of its name that is on its way out gives place to it.
    pub fn add(&mut self, key: Key) {
        self.0.retain(|known| known.ckn != key.ckn);
        self.0.push(key);
    }

    /// Takes away the lasting keys that `which` says.
    pub fn end(&mut self, now: Timestamp, delay: Duration, which: impl Fn(&Key) -> bool) {
        self.0.iter_mut().filter(|key| key.is_lasting(now) && which(key)).for_each(|key| key.end(now, delay));
    }

    /// The key of this name will go at `at`, if it is there and its end is not planned yet.
    pub fn end_at(&mut self, ckn: Ckn, now: Timestamp, at: Timestamp, delay: Duration) {
        let stays = |key: &&mut Key| key.ckn == ckn && key.is_lasting(now) && key.planned_end(now).is_none();
        self.0.iter_mut().filter(stays).for_each(|key| key.end_at(at, delay));
    }

    /// The key of this name stays after all.
    pub fn keep(&mut self, ckn: Ckn, now: Timestamp) {
        for key in self.0.iter_mut().filter(|key| key.ckn == ckn) {
            if let Some(end) = key.planned_end(now) {
                key.state.cancel_from(end);
            }
        }
    }

    /// The keys as a new member takes them over from its LAG at `now`: those that stay.
    pub fn inherited(&self, now: Timestamp) -> Self {
        let mut keys = Keys(self.lasting(now).cloned().collect());
        keys.settle(now);
        keys
    }

    /// Lets the keys start anew from what they are at `now`; those that have gone are forgotten.
    pub fn settle(&mut self, now: Timestamp) {
        self.0.retain(|key| key.is_present(now));
        self.0.iter_mut().for_each(|key| key.state.forget_until(now));
    }

    /// Ends now whatever is under way. The planned end of a key that is in use is not.
    pub fn hasten(&mut self, now: Timestamp) {
        let is_on_its_way = |key: &&mut Key| key.state.at(now) != KeyState::Associated;
        self.0.iter_mut().filter(is_on_its_way).for_each(|key| key.state.hasten_next(now));
    }

    /// What a caller sees of them at `now`.
    pub fn to_wire(&self, now: Timestamp) -> Vec<shapes::MacSecKey> {
        let present = self.0.iter().filter(|key| key.is_present(now));
        present.map(|key| key.to_wire(key.state.at(now))).collect()
    }

    /// Whether one of them is associated at `now` and the far end has it too. The newest is tried first, then those
    /// before it [guide], so any of them will do.
    pub fn work_with(&self, far_end: FarEnd, now: Timestamp) -> bool {
        self.0.iter().any(|key| key.state.at(now) == KeyState::Associated && far_end.has(key.ckn))
    }

    /// The later moments at which one of them changes.
    pub fn changes(&self) -> impl Iterator<Item = Timestamp> + '_ {
        self.0.iter().flat_map(|key| key.state.iter().skip(1).map(|(at, _)| at))
    }
}

/// Records without keys are stored as they were before there were any.
impl<C> Encode<C> for Keys {
    fn encode<W: Write>(&self, e: &mut Encoder<W>, ctx: &mut C) -> Result<(), encode::Error<W::Error>> {
        self.0.encode(e, ctx)
    }

    fn is_nil(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'b, C> Decode<'b, C> for Keys {
    fn decode(d: &mut Decoder<'b>, ctx: &mut C) -> Result<Self, decode::Error> {
        if d.datatype()? == Type::Null {
            d.null()?;
            return Ok(Keys::default());
        }
        Ok(Keys(Vec::decode(d, ctx)?))
    }

    fn nil() -> Option<Self> {
        Some(Keys::default())
    }
}

/// Which keys the customer's end of a link has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub enum FarEnd {
    /// Whatever the connection has: what it does unless somebody says otherwise.
    #[n(0)]
    Match,
    /// None that the connection could have.
    #[n(1)]
    Mismatch,
    /// The one of this name.
    #[n(2)]
    Holds(#[n(0)] Ckn),
}

impl FarEnd {
    fn has(self, ckn: Ckn) -> bool {
        match self {
            FarEnd::Match => true,
            FarEnd::Mismatch => false,
            FarEnd::Holds(held) => held == ckn,
        }
    }
}
