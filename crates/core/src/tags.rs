//! Tags of a resource and their rules.

use crate::rejection::TagRejection;
use crate::settings::Quota;
use crate::tx::Tx;
use crossconnect_api::shapes;
use minicbor::{Decode, Encode};
use std::collections::BTreeSet;

/// One tag.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Tag {
    /// 1 to 128 characters, unique on its resource; case matters.
    #[n(0)]
    pub key: Box<str>,
    /// Up to 256 characters; empty when none was given.
    #[n(1)]
    pub value: Box<str>,
}

/// The tags of a resource, in the order in which their keys were first set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(transparent)]
pub struct Tags(#[n(0)] Vec<Tag>);

impl Tags {
    /// The tags of a resource about to be created.
    ///
    /// # Errors
    /// A key given twice, one that begins with `aws:`, or more tags than the quota allows.
    pub fn requested(tx: &mut Tx<'_>, wanted: Option<&[shapes::Tag]>) -> Result<Self, TagRejection> {
        let mut tags = Tags::default();
        tags.merge(tx, wanted.unwrap_or_default())?;
        Ok(tags)
    }

    /// Adds tags, or sets the values of those that are there.
    ///
    /// # Errors
    /// As for [`Tags::requested`], counted after the merge; the tags are then in an unspecified state.
    pub fn merge(&mut self, tx: &mut Tx<'_>, wanted: &[shapes::Tag]) -> Result<(), TagRejection> {
        let mut keys = BTreeSet::new();
        for tag in wanted {
            if !keys.insert(tag.key.as_str()) {
                return Err(TagRejection::DuplicateKey { key: tag.key.clone() });
            }
            if tag.key.to_ascii_lowercase().starts_with("aws:") {
                return Err(TagRejection::ReservedKey { key: tag.key.clone() });
            }
        }
        for tag in wanted {
            let value = tag.value.as_deref().unwrap_or_default().into();
            match self.0.iter_mut().find(|held| *held.key == *tag.key) {
                Some(held) => held.value = value,
                None => self.0.push(Tag { key: tag.key.as_str().into(), value }),
            }
        }
        let limit = tx.quota(Quota::TagsPerResource);
        if self.0.len() > limit {
            return Err(TagRejection::TooMany { count: self.0.len(), limit });
        }
        Ok(())
    }

    /// Takes tags away; keys that are not there are ignored [inferred].
    pub fn remove(&mut self, keys: &[String]) {
        self.0.retain(|tag| !keys.iter().any(|key| *key == *tag.key));
    }

    /// Every tag.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Tag> {
        self.0.iter()
    }

    /// As the wire shows them: an empty list when there are none [observed].
    pub fn to_wire(&self) -> Vec<shapes::Tag> {
        let wire = |tag: &Tag| shapes::Tag { key: tag.key.to_string(), value: Some(tag.value.to_string()) };
        self.0.iter().map(wire).collect()
    }
}
