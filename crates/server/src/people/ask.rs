//! Calls of a server's control API, with the operator's token.

use crate::Failure;
use crate::operator::Server;
use hyper::Method;
use serde_json::Value;

/// Calls of registries, whose answers are documents.
pub(super) struct Registry(pub(super) Server);

impl Registry {
    pub(super) fn get(&self, path: &str) -> Result<Value, Failure> {
        self.accepted(self.send(&Method::GET, path, None)?)
    }

    /// The same of what need not be there.
    pub(super) fn find(&self, path: &str) -> Result<Option<Value>, Failure> {
        let answer = self.send(&Method::GET, path, None)?;
        if answer.0 == 404 { Ok(None) } else { self.accepted(answer).map(Some) }
    }

    pub(super) fn put(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        self.accepted(self.send(&Method::PUT, path, Some(body))?)
    }

    pub(super) fn post(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        self.accepted(self.send(&Method::POST, path, Some(body))?)
    }

    pub(super) fn delete(&self, path: &str) -> Result<Value, Failure> {
        self.accepted(self.send(&Method::DELETE, path, Some(&Value::Object(serde_json::Map::new())))?)
    }

    fn accepted(&self, (status, answer): (u16, Value)) -> Result<Value, Failure> {
        if status == 200 {
            return Ok(answer);
        }
        let message = answer["error"]["message"].as_str().unwrap_or("no such answer of a control API was expected");
        let hint = match (status, &self.0.token_file) {
            (401, None) => "; --token-file FILE names the file with the operator's token",
            _ => "",
        };
        Err(Failure::Failed(format!("{} answers {status}: {message}{hint}", self.0.url)))
    }

    fn send(&self, method: &Method, path: &str, body: Option<&Value>) -> Result<(u16, Value), Failure> {
        let answer = self.0.send(method, &format!("/_crossconnect/{path}"), body.map(Value::to_string))?;
        let status = answer.status();
        Ok((status, serde_json::from_str(&answer.text().unwrap_or_default()).unwrap_or_default()))
    }
}

/// A name as it may stand in a path.
pub(super) fn encoded(name: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+=,.@_-".contains(&byte);
    let each =
        name.bytes().map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_one_segment() {
        assert_eq!(encoded("a+b=c,d.e@f_g-h"), "a+b=c,d.e@f_g-h");
        assert_eq!(encoded("../x y?"), "..%2Fx%20y%3F");
    }
}
