//! Values of a JSON document.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crossconnect_api::Timestamp;
use serde_json::{Number, Value};

use crate::node::{Found, Node, float_digits, whole_float};

/// The members of an object.
pub(crate) struct Members<'d>(serde_json::map::Iter<'d>);

impl<'d> Iterator for Members<'d> {
    type Item = (Cow<'d, str>, &'d Value);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(name, value)| (Cow::Borrowed(name.as_str()), value))
    }
}

impl<'d> Node<'d> for &'d Value {
    type Members = Members<'d>;
    type Elements = std::slice::Iter<'d, Value>;

    const TIMESTAMP: &'static str = "seconds since 1970 in the years 1 to 9999";
    const BLOB: &'static str = "bytes in base64";

    fn found(self) -> Found {
        match self {
            Value::Null => Found::Null,
            Value::Bool(value) => Found::Boolean(*value),
            Value::Number(_) => Found::Number,
            Value::String(_) => Found::String,
            Value::Array(_) => Found::List,
            Value::Object(_) => Found::Structure,
        }
    }

    fn members(self) -> Option<Self::Members> {
        self.as_object().map(|members| Members(members.iter()))
    }

    fn elements(self) -> Option<(usize, Self::Elements)> {
        self.as_array().map(|elements| (elements.len(), elements.iter()))
    }

    fn text(self) -> Option<Cow<'d, str>> {
        self.as_str().map(Cow::Borrowed)
    }

    fn whole(self) -> Option<i64> {
        let number = self.as_number()?;
        number.as_i64().or_else(|| number.as_f64().filter(|_| number.is_f64()).and_then(whole_float))
    }

    fn timestamp(self) -> Option<Timestamp> {
        let number = self.as_number()?;
        match number.as_i64() {
            Some(seconds) => Timestamp::from_seconds(seconds),
            None => Timestamp::from_fractional_seconds(number.as_f64()?),
        }
    }

    fn blob(self) -> Option<Vec<u8>> {
        STANDARD.decode(self.as_str()?).ok()
    }

    fn digits(self) -> String {
        let float = self.as_number().filter(|number| number.is_f64()).and_then(Number::as_f64);
        float.map(float_digits).or_else(|| self.as_number().map(Number::to_string)).unwrap_or_default()
    }
}
