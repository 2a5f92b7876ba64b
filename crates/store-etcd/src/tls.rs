//! TLS to etcd: which authorities are believed, and what this node shows of itself.

use crate::grpc::Stream;
use rustls::AlertDescription;
use rustls::ClientConfig;
use rustls::RootCertStore;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// The settings that name the files, for those who read what is wrong with one.
const CA: &str = "--etcd-ca";
const CERTIFICATE: &str = "--etcd-certificate";
const KEY: &str = "--etcd-key";
/// Alerts about the certificate of a client [RFC 8446 section 6.2].
const ABOUT_US: [AlertDescription; 8] = [
    AlertDescription::CertificateRequired,
    AlertDescription::BadCertificate,
    AlertDescription::UnsupportedCertificate,
    AlertDescription::CertificateRevoked,
    AlertDescription::CertificateExpired,
    AlertDescription::CertificateUnknown,
    AlertDescription::UnknownCA,
    AlertDescription::AccessDenied,
];

/// How connections are secured.
#[derive(Clone)]
pub struct Tls(Arc<ClientConfig>);

impl Tls {
    /// Believes the authorities of the file `ca`, or those of the machine, and shows the certificate of `identity`: a file
    /// of certificates and one of their key.
    ///
    /// # Errors
    /// One line that names the file.
    pub fn new(ca: Option<&Path>, identity: Option<(&Path, &Path)>) -> Result<Self, String> {
        let mut roots = RootCertStore::empty();
        match ca {
            Some(path) => {
                for certificate in certificates(CA, path)? {
                    roots.add(certificate).map_err(|error| told(CA, path, &error))?;
                }
            }
            None => {
                roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            }
        }
        if roots.is_empty() {
            return Err(format!("no certificate authority is known on this machine: name a file of them with {CA}"));
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .with_root_certificates(roots);
        let mut config = match identity {
            None => builder.with_no_client_auth(),
            Some((chain, key)) => {
                let certificates = certificates(CERTIFICATE, chain)?;
                let key_der = PrivateKeyDer::from_pem_file(key).map_err(|error| told(KEY, key, &error))?;
                builder.with_client_auth_cert(certificates, key_der).map_err(|error| {
                    format!("{KEY} {} is not that of {CERTIFICATE} {}: {error}", key.display(), chain.display())
                })?
            }
        };
        config.alpn_protocols = vec![b"h2".to_vec()];
        Ok(Tls(Arc::new(config)))
    }

    /// Secures a connection to `endpoint`, which must prove that this is its name.
    pub(crate) async fn wrap(&self, endpoint: &str, stream: TcpStream) -> std::io::Result<Box<dyn Stream>> {
        let host = endpoint.rsplit_once(':').map_or(endpoint, |(host, _)| host);
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let name = ServerName::try_from(host).map_err(std::io::Error::other)?;
        Ok(Box::new(TlsConnector::from(self.0.clone()).connect(name, stream).await?))
    }
}

/// Whether a connection failed because the other side did not prove who it is.
pub(crate) fn is_untrusted(error: &std::io::Error) -> bool {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    matches!(inner, Some(rustls::Error::InvalidCertificate(_)))
}

/// Whether a connection ended, with these words, because the other side does not believe who we are, or wants to know
/// it. Under HTTP/2 only the words of a failed stream are left of its error.
pub(crate) fn is_refusal(words: &str) -> bool {
    let alert = words.split_once("received fatal alert: ").map(|(_, alert)| alert);
    alert.is_some_and(|alert| ABOUT_US.iter().any(|of| alert.starts_with(&format!("{of:?}"))))
}

fn certificates(setting: &str, path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let read = CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    match read {
        Ok(certificates) if certificates.is_empty() => Err(told(setting, path, &"it holds no certificate")),
        Ok(certificates) => Ok(certificates),
        Err(error) => Err(told(setting, path, &error)),
    }
}

fn told(setting: &str, path: &Path, error: &dyn fmt::Display) -> String {
    format!("{setting} {}: {error}", path.display())
}

/// What is in it is nobody's business.
impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tls")
    }
}
