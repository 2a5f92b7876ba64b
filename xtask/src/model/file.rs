//! The model file, typed: operations and shapes of `model/directconnect.json`.
//!
//! Unknown keys are refused, so that a trait which a newer model brings is noticed instead of lost.

use indexmap::IndexMap;
use serde::Deserialize;

/// The whole file. Operations and shapes keep the order in which they stand there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Model {
    #[serde(rename = "version")]
    _version: String,
    #[serde(rename = "metadata")]
    _metadata: serde_json::Value,
    pub(crate) operations: IndexMap<String, Operation>,
    pub(crate) shapes: IndexMap<String, Shape>,
}

/// One operation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Operation {
    #[serde(rename = "name")]
    _name: String,
    #[serde(rename = "http")]
    _http: serde_json::Value,
    pub(crate) input: Option<Reference>,
    pub(crate) output: Option<Reference>,
    #[serde(default)]
    pub(crate) errors: Vec<Reference>,
    #[serde(default)]
    pub(crate) deprecated: bool,
}

/// A mention of a shape by its name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reference {
    pub(crate) shape: String,
}

/// One shape: a structure, a list or a scalar with its constraints.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shape {
    #[serde(rename = "type")]
    pub(crate) kind: Kind,
    #[serde(default)]
    pub(crate) members: IndexMap<String, Reference>,
    #[serde(default)]
    pub(crate) required: Vec<String>,
    pub(crate) member: Option<Reference>,
    #[serde(default, rename = "enum")]
    pub(crate) values: Vec<String>,
    pub(crate) min: Option<i64>,
    pub(crate) max: Option<i64>,
    pub(crate) pattern: Option<String>,
    #[serde(default)]
    pub(crate) exception: bool,
    pub(crate) error: Option<ErrorTrait>,
    #[serde(default)]
    pub(crate) deprecated: bool,
    #[serde(default, rename = "box")]
    _boxed: bool,
}

/// The kinds of shape that the service has; another one would need a codec first.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Structure,
    List,
    String,
    Integer,
    Long,
    Boolean,
    Timestamp,
    Blob,
}

/// What the model says about an exception's HTTP status.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ErrorTrait {
    pub(crate) http_status_code: u16,
}

impl Model {
    /// Reads a model from its text.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| format!("the model cannot be read: {error}"))
    }

    /// The shape of that name.
    pub(crate) fn shape(&self, name: &str) -> &Shape {
        self.shapes.get(name).unwrap_or_else(|| panic!("the model mentions the shape {name} and does not have it"))
    }

    /// The structures that are not exceptions.
    pub(crate) fn structures(&self) -> impl Iterator<Item = (&str, &Shape)> {
        self.shapes
            .iter()
            .filter(|(_, shape)| shape.kind == Kind::Structure && !shape.exception)
            .map(|(name, shape)| (name.as_str(), shape))
    }

    /// The exceptions.
    pub(crate) fn exceptions(&self) -> impl Iterator<Item = (&str, &Shape)> {
        self.shapes.iter().filter(|(_, shape)| shape.exception).map(|(name, shape)| (name.as_str(), shape))
    }
}

impl Shape {
    /// Whether a structure requires that member.
    pub(crate) fn requires(&self, member: &str) -> bool {
        self.required.iter().any(|name| name == member)
    }

    /// Whether this is a string with a closed set of values.
    pub(crate) fn is_enum(&self) -> bool {
        !self.values.is_empty()
    }

    /// The constraints in words, empty if there are none.
    pub(crate) fn constraints(&self) -> String {
        let mut parts = Vec::new();
        let unit = match self.kind {
            Kind::String => " characters",
            Kind::List => " elements",
            _ => "",
        };
        match (self.min, self.max) {
            (Some(min), Some(max)) => parts.push(format!("{min} to {max}{unit}")),
            (Some(min), None) => parts.push(format!("at least {min}{unit}")),
            (None, Some(max)) => parts.push(format!("at most {max}{unit}")),
            (None, None) => {}
        }
        if let Some(pattern) = &self.pattern {
            parts.push(format!("pattern `{pattern}`"));
        }
        parts.join(", ")
    }
}
