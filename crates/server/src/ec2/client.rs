//! One signed request to the endpoint, and its answer, within a limit of time and size.

use super::AskError;
use super::xml::Item;
use crate::clock;
use crossconnect_auth::signature::sign::{self, Signing};
use crossconnect_auth::signature::{self, Secret};
use crossconnect_core::ids::Region;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use hyper::{Method, Request, Uri};
use hyper_util::rt::TokioIo;
use std::time::Duration;
use tokio::net::TcpStream;

/// The version of EC2's API.
const VERSION: &str = "2016-11-15";
/// What stands in an address for the Region.
const REGION: &str = "{region}";
/// The largest answer that is read, in bytes.
const ANSWER_MAX: usize = 8 << 20;
/// What EC2 says of ids that name nothing: `InvalidVpnGatewayID.NotFound` and the like.
const ABSENT: [&str; 2] = [".NotFound", ".Malformed"];

/// Where EC2 is. Without TLS, which its own endpoints want: a proxy adds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address(String);

/// With whose key it is asked.
pub(crate) struct Asker {
    pub(crate) access_key_id: String,
    pub(crate) secret: Secret,
}

pub(super) struct Client {
    address: Address,
    timeout: Duration,
}

impl Address {
    /// Reads `http://host:port/path`, in which `{region}` may stand for the Region of a call.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let address = Address(text.trim_end_matches('/').to_owned());
        let uri: Uri = address.in_region("us-east-1").parse().ok()?;
        let is_fine = uri.scheme_str() == Some("http") && uri.host().is_some_and(|host| !host.is_empty());
        (is_fine && uri.query().is_none()).then_some(address)
    }

    fn in_region(&self, region: &str) -> String {
        self.0.replace(REGION, region)
    }
}

impl Client {
    pub(super) fn new(address: Address, timeout: Duration) -> Self {
        Client { address, timeout }
    }

    /// The items of the answer's list; `None` when EC2 knows none of the ids.
    pub(super) async fn items(
        &self,
        action: &'static str,
        set: &'static str,
        members: &[(&str, &str)],
        region: Region,
        asker: &Asker,
    ) -> Result<Option<Vec<Item>>, AskError> {
        let url = self.address.in_region(region.as_str());
        let failed = |text: String| {
            tracing::warn!(url, action, "{text}");
            AskError(format!("EC2 at {url} {text}; nothing was changed."))
        };
        let form = written(action, members);
        let answered = tokio::time::timeout(self.timeout, post(&url, form, region, asker)).await;
        let late = |_| failed(format!("did not answer {action} within {} ms", self.timeout.as_millis()));
        let (status, text) =
            answered.map_err(late)?.map_err(|text| failed(format!("did not answer {action}: {text}")))?;
        let answer = Item::read(&text)
            .map_err(|error| failed(format!("answered {action} with {status} and no XML: {error}")))?;
        if status == 200 {
            return Ok(Some(answer.list(set).into_iter().cloned().collect()));
        }
        let error = answer.list("Errors").first().copied().cloned().unwrap_or_default();
        let (code, message) = (error.text("Code").unwrap_or_default(), error.text("Message").unwrap_or_default());
        if ABSENT.iter().any(|absent| code.ends_with(absent)) {
            return Ok(None);
        }
        let message: String = message.chars().filter(|one| !one.is_control()).take(200).collect();
        Err(failed(format!("refused {action} with {status} {code}: {message}")))
    }
}

fn written(action: &str, members: &[(&str, &str)]) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("Action", action).append_pair("Version", VERSION).extend_pairs(members);
    form.finish()
}

/// The status and body of the answer, or why there is none.
async fn post(url: &str, form: String, region: Region, asker: &Asker) -> Result<(u16, String), String> {
    let uri: Uri = url.parse().map_err(|error| format!("no such address: {error}"))?;
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    let stream = TcpStream::connect((host, uri.port_u16().unwrap_or(80))).await.map_err(|error| error.to_string())?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(|error| error.to_string())?;
    // It ends with the sender, or with the peer; its errors reach whoever waits for the answer.
    tokio::spawn(connection);
    let request = signed(&uri, form, region, asker).ok_or("the request could not be signed")?;
    let answer = sender.send_request(request).await.map_err(|error| error.to_string())?;
    let status = answer.status().as_u16();
    let body = Limited::new(answer.into_body(), ANSWER_MAX).collect().await.map_err(|error| error.to_string())?;
    Ok((status, String::from_utf8_lossy(&body.to_bytes()).into_owned()))
}

fn signed(uri: &Uri, form: String, region: Region, asker: &Asker) -> Option<Request<Full<Bytes>>> {
    const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";
    let stamp = sign::stamp(clock::wall().0.div_euclid(1000));
    let authority = uri.authority()?.as_str();
    let headers = [("content-type", FORM.as_bytes()), ("host", authority.as_bytes()), ("x-amz-date", stamp.as_bytes())];
    let path = uri.path();
    let head = signature::Request { method: "POST", path, query: "", authority: None, headers: headers.into_iter() };
    let signing = Signing {
        access_key_id: &asker.access_key_id,
        secret: &asker.secret,
        region: region.as_str(),
        service: "ec2",
        stamp: &stamp,
    };
    let authorization = sign::authorization(signing, &head, "content-type;host;x-amz-date", form.as_bytes())?;
    let request = Request::builder().method(Method::POST).uri(path).header(CONTENT_TYPE, FORM).header(HOST, authority);
    let request = request.header("x-amz-date", &stamp).header(AUTHORIZATION, authorization);
    request.body(Full::new(Bytes::from(form))).ok()
}
