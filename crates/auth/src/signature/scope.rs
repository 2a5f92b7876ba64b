//! What a signature is good for: a day, a Region, a service.

use super::SignatureError;
use super::authorization::Credential;
use super::error::shown;
use super::stamp::Stamp;
use crate::REGION_MAX;

/// What signatures must be made for to be accepted here.
#[derive(Debug, Clone, Copy)]
pub struct Endpoint<'a> {
    /// The signing names of the services, none for any. The first is the one that a refusal names.
    pub services: &'a [&'a str],
    /// The Regions.
    pub regions: Regions<'a>,
}

/// The Regions that signatures may be for.
#[derive(Debug, Clone, Copy)]
pub enum Regions<'a> {
    /// Any name that a Region could have: 1 to [`REGION_MAX`] characters of `a-z`, `0-9` and `-`.
    WellFormed,
    /// These alone.
    Among(&'a [&'a str]),
}

impl Endpoint<'_> {
    /// Requires the credential's scope to be for this endpoint and for the day of the signature, if that counts. All
    /// that is wrong is said at once. [observed]
    pub(crate) fn require_scope(
        &self,
        credential: &Credential<'_>,
        stamp: Option<&Stamp<'_>>,
    ) -> Result<(), SignatureError> {
        let is_region = self.regions.contains(credential.region);
        // An endpoint without services is for any.
        let is_service = self.services.is_empty() || self.services.contains(&credential.service);
        let other_day = stamp.filter(|stamp| credential.date != stamp.day());
        if is_region && is_service && other_day.is_none() && credential.is_terminated() {
            return Ok(());
        }
        let mut wrong = String::new();
        if !is_region {
            let got = shown(credential.region.as_bytes());
            wrong.push_str(&format!("Credential should be scoped to a valid region, not '{got}'. "));
        }
        if !is_service {
            let expected = self.services.first().copied().unwrap_or_default();
            wrong.push_str(&format!("Credential should be scoped to correct service: '{expected}'. "));
        }
        if !credential.is_terminated() {
            let got = shown(credential.terminator.as_bytes());
            wrong.push_str(&format!(
                "Credential should be scoped with a valid terminator: 'aws4_request', not '{got}'. "
            ));
        }
        if let Some(stamp) = other_day {
            let [got, day, from] = [&*shown(credential.date.as_bytes()), stamp.day(), stamp.text];
            wrong.push_str(&format!(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: \
                 '{got}' != '{day}', from '{from}'."
            ));
        }
        Err(SignatureError::Scope { wrong })
    }
}

impl Regions<'_> {
    fn contains(&self, region: &str) -> bool {
        match self {
            Self::Among(names) => names.contains(&region),
            Self::WellFormed => {
                (1..=REGION_MAX).contains(&region.len())
                    && region.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
            }
        }
    }
}
