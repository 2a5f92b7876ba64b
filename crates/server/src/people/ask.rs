//! Calls of a server's control API, with the operator's token.

use crate::Failure;
use serde_json::Value;
use std::path::PathBuf;
use std::time::Duration;
use ureq::http::Response;
use ureq::{Agent, Body};
use zeroize::Zeroizing;

/// How long a server may take until it begins to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server, and where its operator's token is.
pub(super) struct Server {
    pub(super) url: String,
    pub(super) token_file: Option<PathBuf>,
}

impl Server {
    pub(super) fn get(&self, path: &str) -> Result<Value, Failure> {
        self.accepted(self.send("GET", path, None)?)
    }

    /// The same of what need not be there.
    pub(super) fn find(&self, path: &str) -> Result<Option<Value>, Failure> {
        let answer = self.send("GET", path, None)?;
        if answer.0 == 404 { Ok(None) } else { self.accepted(answer).map(Some) }
    }

    pub(super) fn put(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        self.accepted(self.send("PUT", path, Some(body))?)
    }

    pub(super) fn post(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        self.accepted(self.send("POST", path, Some(body))?)
    }

    pub(super) fn delete(&self, path: &str) -> Result<Value, Failure> {
        self.accepted(self.send("DELETE", path, Some(&Value::Object(serde_json::Map::new())))?)
    }

    fn accepted(&self, (status, answer): (u16, Value)) -> Result<Value, Failure> {
        if status == 200 {
            return Ok(answer);
        }
        let message = answer["error"]["message"].as_str().unwrap_or("no such answer of a control API was expected");
        let hint = match (status, &self.token_file) {
            (401, None) => "; --token-file FILE names the file with the operator's token",
            _ => "",
        };
        Err(Failure::Failed(format!("{} answers {status}: {message}{hint}", self.url)))
    }

    fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Result<(u16, Value), Failure> {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(PATIENCE))
            .timeout_recv_response(Some(PATIENCE));
        let agent = config.build().new_agent();
        let url = format!("{}/_crossconnect/{path}", self.url.trim_end_matches('/'));
        let bearer = self.bearer()?;
        let json = "application/json";
        let answered = match (method, body) {
            ("PUT" | "POST" | "DELETE", Some(body)) => {
                let request = match method {
                    "PUT" => agent.put(url),
                    "POST" => agent.post(url),
                    _ => agent.delete(url).force_send_body(),
                };
                let request = request.header("content-type", json);
                let request = match &bearer {
                    Some(bearer) => request.header("authorization", bearer.as_str()),
                    None => request,
                };
                request.send(body.to_string())
            }
            _ => {
                let request = agent.get(url);
                match &bearer {
                    Some(bearer) => request.header("authorization", bearer.as_str()),
                    None => request,
                }
                .call()
            }
        };
        let unreachable = |error| {
            let text = format!("cannot reach {}: {error}; the server must run, and --server URL says where", self.url);
            Failure::Failed(text)
        };
        Ok(read(answered.map_err(unreachable)?))
    }

    fn bearer(&self) -> Result<Option<Zeroizing<String>>, Failure> {
        let Some(path) = &self.token_file else { return Ok(None) };
        let token = std::fs::read_to_string(path)
            .map(Zeroizing::new)
            .map_err(|error| Failure::Usage(format!("cannot read the operator's token {}: {error}", path.display())))?;
        Ok(Some(Zeroizing::new(format!("Bearer {}", token.trim_end()))))
    }
}

fn read(mut answer: Response<Body>) -> (u16, Value) {
    let text = answer.body_mut().read_to_string().unwrap_or_default();
    (answer.status().as_u16(), serde_json::from_str(&text).unwrap_or_default())
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
