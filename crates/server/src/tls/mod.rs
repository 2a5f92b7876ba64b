//! TLS: what the server shows of itself, and whom it lets in. Files are read when the server starts and again when they
//! change; what is bad is refused, and at a running server what was good before stays.

mod follow;

pub(crate) use follow::follow;

use crate::Failure;
use crate::private_file::PrivateFile;
use arc_swap::ArcSwap;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerifier;
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is spoken behind TLS, the better one first.
const PROTOCOLS: [&[u8]; 2] = [b"h2", b"http/1.1"];
/// The longest file of a key, in bytes.
const KEY_LENGTH_MAX: u64 = 64 << 10;

/// Whether a client must show a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClientAuth {
    /// One that the authorities have signed, or there is no connection.
    Required,
    /// One that they have signed, or none.
    Optional,
}

/// Where everything stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Files {
    /// The certificate and those between it and its authority.
    pub(crate) certificate: PathBuf,
    /// Its key.
    pub(crate) key: PathBuf,
    /// The authorities of clients' certificates.
    pub(crate) client_ca: Option<(PathBuf, ClientAuth)>,
}

/// A file of certificates, which anybody may read.
#[derive(Clone, Copy)]
struct Public<'a> {
    path: &'a Path,
    /// The flag that names it.
    setting: &'static str,
}

/// What connections are accepted with from now on. Those that are there keep what they began with.
pub(crate) type Shown = Arc<ArcSwap<ServerConfig>>;

impl Files {
    /// Reads and checks all of it.
    ///
    /// # Errors
    /// A file cannot be read or holds something else, others may read the key, or it is another certificate's.
    pub(crate) fn load(&self) -> Result<ServerConfig, Failure> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let certificate = Public { path: &self.certificate, setting: "--tls-certificate" };
        let (chain, key) = pair(certificate, &self.key, "--tls-key")?;
        let builder = ServerConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions();
        let builder = builder.map_err(|error| certificate.refused(error))?;
        let builder = match &self.client_ca {
            None => builder.with_no_client_auth(),
            Some((path, auth)) => {
                let authorities = Public { path, setting: "--tls-client-ca" };
                let roots = authorities.roots()?;
                let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
                let verifier = match auth {
                    ClientAuth::Required => verifier,
                    ClientAuth::Optional => verifier.allow_unauthenticated(),
                };
                let verifier: Arc<dyn ClientCertVerifier> =
                    verifier.build().map_err(|error| authorities.refused(error))?;
                builder.with_client_cert_verifier(verifier)
            }
        };
        let mut config = builder.with_single_cert(chain, key).map_err(|error| {
            let key = self.key.display();
            certificate.refused(format!("does not go with {key} (--tls-key): {error}"))
        })?;
        config.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).to_vec();
        Ok(config)
    }

    /// The paths of all files.
    fn paths(&self) -> impl Iterator<Item = &Path> {
        let authorities = self.client_ca.as_ref().map(|(path, _)| path);
        [&self.certificate, &self.key].into_iter().chain(authorities).map(PathBuf::as_path)
    }
}

/// A certificate with those between it and its authority, and its key.
fn pair(
    certificate: Public<'_>,
    key: &Path,
    setting: &'static str,
) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), Failure> {
    let chain = certificate.certificates("a certificate")?;
    let file = PrivateFile { path: key, what: "the key of the certificate", setting };
    let text = file.read(KEY_LENGTH_MAX)?;
    let key = PrivateKeyDer::from_pem_slice(text.as_bytes())
        .map_err(|error| file.refused(format!("holds no key in PEM: {error}")))?;
    Ok((chain, key))
}

/// What is spoken with a server whose certificate these authorities have signed: those of a file, or those of the machine.
/// It is shown a certificate, with its key, if there is one to show.
///
/// # Errors
/// A file cannot be read or holds something else, or there are no authorities.
pub(crate) fn client(authorities: Option<&Path>, shown: Option<(&Path, &Path)>) -> Result<ClientConfig, Failure> {
    let roots = match authorities {
        Some(path) => Public { path, setting: "--endpoint-ca" }.roots()?,
        None => {
            let mut roots = RootCertStore::empty();
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            if roots.is_empty() {
                let text =
                    "this machine trusts no authority, so nobody can be asked over https; --endpoint-ca names one";
                return Err(Failure::Usage(text.to_owned()));
            }
            roots
        }
    };
    let builder = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| Failure::Failed(format!("TLS cannot be spoken: {error}")))?;
    let builder = builder.with_root_certificates(roots);
    let Some((certificate, key)) = shown else { return Ok(builder.with_no_client_auth()) };
    let certificate = Public { path: certificate, setting: "--client-certificate" };
    let (chain, secret) = pair(certificate, key, "--client-key")?;
    let unfit = |error| certificate.refused(format!("does not go with {} (--client-key): {error}", key.display()));
    builder.with_client_auth_cert(chain, secret).map_err(unfit)
}

impl Public<'_> {
    /// The authorities in it.
    fn roots(self) -> Result<RootCertStore, Failure> {
        let mut roots = RootCertStore::empty();
        for certificate in self.certificates("a certificate of an authority")? {
            roots.add(certificate).map_err(|error| self.refused(format!("holds no authority: {error}")))?;
        }
        Ok(roots)
    }

    fn certificates(self, what: &str) -> Result<Vec<CertificateDer<'static>>, Failure> {
        let Public { path, setting } = self;
        let bytes = std::fs::read(path).map_err(|error| {
            Failure::Usage(format!("cannot read {what} from {} ({setting}): {error}", path.display()))
        })?;
        let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&bytes).collect();
        match found {
            Ok(found) if found.is_empty() => Err(self.refused(format!("holds no {}", what.trim_start_matches("a ")))),
            Ok(found) => Ok(found),
            Err(error) => Err(self.refused(format!("is not PEM: {error}"))),
        }
    }

    fn refused(self, text: impl Display) -> Failure {
        Failure::Usage(format!("{} ({}) {text}", self.path.display(), self.setting))
    }
}
