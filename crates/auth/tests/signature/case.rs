//! A request with the key that it should be signed with, and the tables in which such requests are kept.

use crossconnect_auth::signature::{
    AccessKey, Endpoint, Payload, Presigned, Regions, Request, Secret, SignatureError, SigningKeys, check,
};

pub(crate) const ACCOUNT: &str = "111122223333";

/// A signed request, the key that is on record for it, and the endpoint that it reaches.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) is_accepted: bool,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) authority: Option<String>,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
    pub(crate) id: String,
    pub(crate) key: AccessKey,
    pub(crate) services: Vec<String>,
    pub(crate) regions: Vec<String>,
    pub(crate) now: i64,
}

/// Who signed, in words that can be compared.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Signer {
    pub(crate) access_key_id: String,
    pub(crate) account: String,
    pub(crate) user: Option<String>,
    pub(crate) region: String,
    pub(crate) service: String,
}

impl Case {
    pub(crate) fn verify(&self, keys: &SigningKeys) -> Result<Signer, SignatureError> {
        let services: Vec<&str> = self.services.iter().map(String::as_str).collect();
        let regions: Vec<&str> = self.regions.iter().map(String::as_str).collect();
        let endpoint = Endpoint { services: &services, regions: Regions::Among(&regions) };
        let request = Request {
            method: &self.method,
            path: &self.path,
            query: &self.query,
            authority: self.authority.as_deref(),
            headers: self.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())),
        };
        let lookup = |id: &str| (id == self.id).then_some(&self.key);
        // As the server does it: what stands in the header comes first.
        let has_header = self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        let presigned = if has_header { None } else { Presigned::read(&self.query)? };
        let verified = check(&request, presigned.as_ref(), self.now, &endpoint, lookup)?
            .verify(Payload::Bytes(&self.body), keys)?;
        Ok(Signer {
            access_key_id: verified.access_key_id.to_owned(),
            account: verified.key.principal.account.clone(),
            user: verified.key.principal.label().strip_prefix("user/").map(str::to_owned),
            region: verified.region.to_owned(),
            service: verified.service.to_owned(),
        })
    }

    /// Verifies with a cache of its own.
    pub(crate) fn verdict(&self) -> Result<Signer, SignatureError> {
        self.verify(&SigningKeys::default())
    }

    pub(crate) fn header(&self, name: &str) -> &[u8] {
        let is_it = |(known, _): &&(String, Vec<u8>)| known.eq_ignore_ascii_case(name);
        &self.headers.iter().find(is_it).unwrap_or_else(|| panic!("{}: no header {name}", self.name)).1
    }

    /// Sets a header, instead of one of the same name.
    pub(crate) fn set(&mut self, name: &str, value: impl AsRef<[u8]>) {
        self.remove(name);
        self.headers.push((name.to_owned(), value.as_ref().to_vec()));
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    }

    /// Replaces a text in the `Authorization` header, which must be there once.
    pub(crate) fn edit(&mut self, from: &str, to: &str) {
        let before = String::from_utf8(self.header("authorization").to_vec()).unwrap();
        assert_eq!(before.matches(from).count(), 1, "{from} in {before}");
        self.set("authorization", before.replace(from, to));
    }
}

pub(crate) fn key(id: &str, secret: &str, token: Option<&str>) -> AccessKey {
    let session_token = token.map(Secret::new);
    AccessKey { session_token, ..AccessKey::lasting(id, ACCOUNT, false, Some(Secret::new(secret))) }
}

/// Seconds since 1970 of `YYYYMMDDTHHMMSSZ`.
pub(crate) fn epoch(stamp: &str) -> i64 {
    let civil = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", stamp).unwrap();
    jiff::tz::Offset::UTC.to_timestamp(civil).unwrap().as_second()
}

/// Reads a table of cases; its own first lines say how it is written.
pub(crate) fn table(text: &str) -> Vec<Case> {
    let start = text.find("\n@ ").expect("a table has cases") + 3;
    text[start..].split("\n@ ").map(case).collect()
}

fn case(text: &str) -> Case {
    let (facts, rest) = text.split_once('\n').unwrap();
    let (head, body) = rest.split_once("\n\n").unwrap();
    let mut words = facts.split(' ');
    let [name, verdict] = [words.next().unwrap(), words.next().unwrap()];
    let facts: Vec<(&str, &str)> = words.map(|word| word.split_once('=').unwrap()).collect();
    let fact = |wanted: &str| facts.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value);
    let mut lines = head.lines();
    let line = lines.next().unwrap();
    let (method, target) = line.strip_suffix(" HTTP/1.1").unwrap_or(line).split_once(' ').unwrap();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut headers: Vec<(String, Vec<u8>)> = Vec::new();
    for line in lines {
        if line.starts_with(' ') {
            let last = headers.last_mut().unwrap();
            last.1.extend([b"\n", line.as_bytes()].concat());
        } else {
            let (name, value) = line.split_once(':').unwrap();
            headers.push((name.to_owned(), unescaped(value)));
        }
    }
    Case {
        name: name.to_owned(),
        is_accepted: match verdict {
            "accepted" => true,
            "refused" => false,
            other => panic!("{name}: {other}"),
        },
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        authority: None,
        headers,
        body: unescaped(body.strip_suffix('\n').unwrap_or(body)),
        id: fact("id").unwrap().to_owned(),
        key: key(fact("id").unwrap(), fact("secret").unwrap(), fact("token")),
        services: vec![fact("service").unwrap().to_owned()],
        regions: vec![fact("region").unwrap().to_owned()],
        now: epoch(fact("now").unwrap()),
    }
}

fn unescaped(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(&part.as_bytes()[2..]);
    }
    bytes
}
