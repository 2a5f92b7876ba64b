//! Values of a JSON document.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crossconnect_api::Timestamp;
use serde_json::{Number, Value};

use crate::node::{Found, Node};

impl<'d> Node<'d> for &'d Value {
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

    fn member(self, name: &str) -> Option<Self> {
        self.as_object()?.get(name)
    }

    fn elements(self) -> Option<usize> {
        self.as_array().map(Vec::len)
    }

    fn element(self, index: usize) -> Self {
        &self[index]
    }

    fn text(self) -> Option<&'d str> {
        self.as_str()
    }

    fn whole(self) -> Option<i64> {
        let number = self.as_number()?;
        number.as_i64().or_else(|| whole_float(number))
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
        self.as_number().map(Number::to_string).unwrap_or_default()
    }
}

/// `5.0` and `1e3` are whole numbers too. Beyond 2^53 a float no longer tells which number was meant.
fn whole_float(number: &Number) -> Option<i64> {
    const EXACT_MAX: f64 = 9_007_199_254_740_992.0;
    let float = number.as_f64().filter(|_| number.is_f64())?;
    (float.fract() == 0.0 && float.abs() <= EXACT_MAX).then_some(float as i64)
}
