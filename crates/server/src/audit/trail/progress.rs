//! How far the trail has come, and which of what was written is still there.

/// A record that was written. It is this one as long as nothing was lost that came before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Written {
    /// Its number.
    pub(crate) sequence: u64,
    /// How often records had been lost by then.
    pub(super) losses: usize,
}

impl Written {
    /// Another record of the same write.
    pub(crate) fn with(self, sequence: u64) -> Self {
        Written { sequence, ..self }
    }
}

/// How far the trail is durable, and how far somebody wants it to be.
#[derive(Debug, Default)]
pub(super) struct Progress {
    pub(super) wanted: u64,
    pub(super) durable: u64,
    /// Why records cannot be written now.
    pub(super) failure: Option<String>,
    /// A sync has failed, and the log is to be recovered.
    pub(super) is_broken: bool,
    /// After which record others were lost, each time that a failed sync cost some.
    pub(super) lost_after: Vec<u64>,
    pub(super) is_ending: bool,
}

impl Progress {
    /// Whether a record was not lost, as far as is known.
    pub(super) fn has(&self, written: Written) -> bool {
        self.lost_after[written.losses..].iter().all(|kept| written.sequence <= *kept)
    }
}
