//! Other services that know something better than we do: one signed request to an endpoint, and its answer, within a
//! limit of time and size. They are asked before a call is decided; the decision is the core's.

use crate::{Failure, clock, tls};
use crossconnect_auth::signature::sign::{self, Signing};
use crossconnect_auth::signature::{self, Secret};
use crossconnect_core::ids::Region;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use hyper::{Method, Request, Uri};
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use std::path::Path;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// What stands in an address for the Region.
const REGION: &str = "{region}";
/// The largest answer that is read, in bytes.
const ANSWER_MAX: usize = 8 << 20;
/// What names the operation of a JSON service.
const TARGET: &str = "x-amz-target";

/// Why there is no answer: one line that says who was asked what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AskError(pub(crate) String);

/// Where a service is.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    url: String,
    /// Whom its certificate must come from, where it speaks TLS.
    trust: Option<Arc<ClientConfig>>,
}

/// With whose key it is asked.
pub(crate) struct Asker {
    pub(crate) access_key_id: String,
    pub(crate) secret: Secret,
}

/// A question as it is sent. What it says is never logged.
pub(crate) struct Message {
    /// The service's name in signatures.
    pub(crate) service: &'static str,
    pub(crate) content_type: &'static str,
    /// The operation of a JSON service.
    pub(crate) target: Option<&'static str>,
    pub(crate) body: String,
}

impl Address {
    /// Reads `http://host:port/path` or the same with `https`, in which `{region}` may stand for the Region of a call.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let address = Address { url: text.trim_end_matches('/').to_owned(), trust: None };
        let uri: Uri = address.in_region("us-east-1").parse().ok()?;
        let is_fine = matches!(uri.scheme_str(), Some("http" | "https"));
        let has_host = uri.host().is_some_and(|host| !host.is_empty());
        (is_fine && has_host && uri.query().is_none()).then_some(address)
    }

    /// The same, which then believes what these authorities have signed: those of a file, or those of the machine; and is
    /// shown a certificate, with its key, if there is one.
    ///
    /// # Errors
    /// A file cannot be read, or there are no authorities.
    pub(crate) fn trusting(self, authorities: Option<&Path>, shown: Option<(&Path, &Path)>) -> Result<Self, Failure> {
        if !self.url.starts_with("https:") {
            return Ok(self);
        }
        Ok(Address { trust: Some(Arc::new(tls::client(authorities, shown)?)), ..self })
    }

    /// Whether TLS is spoken there.
    pub(crate) fn is_secure(&self) -> bool {
        self.trust.is_some()
    }

    /// The same for one Region.
    pub(crate) fn in_region(&self, region: &str) -> String {
        self.url.replace(REGION, region)
    }
}

/// The status and body of the answer, or why there is none.
pub(crate) async fn post(
    address: &Address,
    message: Message,
    region: Region,
    asker: &Asker,
) -> Result<(u16, String), String> {
    let uri: Uri = address.in_region(region.as_str()).parse().map_err(|error| format!("no such address: {error}"))?;
    let mut sender = connect(address, &uri).await?;
    let request = signed(&uri, message, region, asker).ok_or("the request could not be signed")?;
    let answer = sender.send_request(request).await.map_err(|error| error.to_string())?;
    let status = answer.status().as_u16();
    let body = Limited::new(answer.into_body(), ANSWER_MAX).collect().await.map_err(|error| error.to_string())?;
    Ok((status, String::from_utf8_lossy(&body.to_bytes()).into_owned()))
}

/// A connection to an address, of which `uri` is the form for a Region.
pub(crate) async fn connect(address: &Address, uri: &Uri) -> Result<SendRequest<Full<Bytes>>, String> {
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    let default_port = if address.trust.is_some() { 443 } else { 80 };
    let stream = TcpStream::connect((host, uri.port_u16().unwrap_or(default_port)));
    let stream = stream.await.map_err(|error| error.to_string())?;
    match &address.trust {
        None => sender(stream).await,
        Some(trust) => {
            let name = ServerName::try_from(host.to_owned()).map_err(|error| error.to_string())?;
            let stream = TlsConnector::from(trust.clone()).connect(name, stream).await;
            sender(stream.map_err(|error| error.to_string())?).await
        }
    }
}

async fn sender(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
) -> Result<SendRequest<Full<Bytes>>, String> {
    let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(|error| error.to_string())?;
    // It ends with the sender, or with the peer; its errors reach whoever waits for the answer.
    tokio::spawn(connection);
    Ok(sender)
}

fn signed(uri: &Uri, message: Message, region: Region, asker: &Asker) -> Option<Request<Full<Bytes>>> {
    let Message { service, content_type, target, body } = message;
    let stamp = sign::stamp(clock::wall().0.div_euclid(1000));
    let authority = uri.authority()?.as_str();
    let mut headers = vec![
        (CONTENT_TYPE.as_str(), content_type.as_bytes()),
        (HOST.as_str(), authority.as_bytes()),
        ("x-amz-date", stamp.as_bytes()),
    ];
    headers.extend(target.map(|target| (TARGET, target.as_bytes())));
    let names = headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");
    let path = uri.path();
    let built = Request::builder().method(Method::POST).uri(path);
    let built = headers.iter().fold(built, |built, (name, value)| built.header(*name, *value));
    let headers = headers.iter().copied();
    let head = signature::Request { method: "POST", path, query: "", authority: None, headers };
    let signing = Signing {
        access_key_id: &asker.access_key_id,
        secret: &asker.secret,
        region: region.as_str(),
        service,
        stamp: &stamp,
    };
    let authorization = sign::authorization(signing, &head, &names, body.as_bytes())?;
    built.header(AUTHORIZATION, authorization).body(Full::new(Bytes::from(body))).ok()
}
