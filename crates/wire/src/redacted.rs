//! Requests and answers as records show them: JSON without what must not be shown. No bytes of a client's go in as they
//! came, so that a member which the model does not know cannot bring a secret along.

use crossconnect_api::codec::Writer;
use crossconnect_api::{Request, Response, Timestamp};

use crate::json::writer::JsonWriter;

/// What stands in place of a text, a list or a structure, and of a number. [guide]
const PROTECTED: &str = "[PROTECTED]";
const PROTECTED_NUMBER: i32 = -1;

/// A request's members, those of these names protected wherever they stand; nothing if it has none.
pub fn redacted_request(request: &Request, protected: &[&[&str]]) -> Option<String> {
    written(protected, |writer| request.write(writer))
}

/// The same of an answer.
pub fn redacted_response(response: &Response, protected: &[&[&str]]) -> Option<String> {
    written(protected, |writer| response.write(writer))
}

/// The values of a request's members of these names, texts and numbers, wherever they stand.
pub fn protected_of_request(request: &Request, protected: &[&[&str]]) -> Vec<String> {
    let mut writer =
        Redacting { out: JsonWriter::default(), protected, is_protected: false, within: 0, kept: Some(Vec::new()) };
    request.write(&mut writer);
    writer.kept.unwrap_or_default()
}

fn written(protected: &[&[&str]], write: impl FnOnce(&mut dyn Writer)) -> Option<String> {
    let mut writer = Redacting { out: JsonWriter::default(), protected, is_protected: false, within: 0, kept: None };
    write(&mut writer);
    let text = writer.out.finish();
    let text = String::from_utf8(text).expect("JSON is text");
    (text != "{}").then_some(text)
}

/// Passes on what may be shown.
struct Redacting<'a> {
    out: JsonWriter,
    protected: &'a [&'a [&'a str]],
    /// Whether the value that comes next is that of a protected member.
    is_protected: bool,
    /// How deep the document is within a protected value.
    within: usize,
    /// What was replaced, where that is asked for.
    kept: Option<Vec<String>>,
}

impl Redacting<'_> {
    /// Writes a value, or what stands in its place; nothing within a value that was replaced.
    fn value(&mut self, place: impl FnOnce(&mut JsonWriter), write: impl FnOnce(&mut JsonWriter)) {
        match (self.within > 0, std::mem::take(&mut self.is_protected)) {
            (true, _) => {}
            (false, true) => place(&mut self.out),
            (false, false) => write(&mut self.out),
        }
    }

    /// Keeps a value that is replaced.
    fn keep(&mut self, value: impl ToString) {
        if let Some(kept) = self.kept.as_mut().filter(|_| self.within > 0 || self.is_protected) {
            kept.push(value.to_string());
        }
    }

    fn begin(&mut self, write: impl FnOnce(&mut JsonWriter)) {
        let is_protected = self.is_protected;
        self.value(|out| out.string(PROTECTED), write);
        if self.within > 0 || is_protected {
            self.within += 1;
        }
    }

    fn end(&mut self, write: impl FnOnce(&mut JsonWriter)) {
        match self.within {
            0 => write(&mut self.out),
            _ => self.within -= 1,
        }
    }
}

impl Writer for Redacting<'_> {
    fn begin_structure(&mut self, len: usize) {
        self.begin(|out| out.begin_structure(len));
    }

    fn member(&mut self, name: &'static str) {
        if self.within == 0 {
            self.out.member(name);
            self.is_protected = self.protected.iter().any(|names| names.contains(&name));
        }
    }

    fn end_structure(&mut self) {
        self.end(Writer::end_structure);
    }

    fn begin_list(&mut self, len: usize) {
        self.begin(|out| out.begin_list(len));
    }

    fn element(&mut self) {
        if self.within == 0 {
            self.out.element();
        }
    }

    fn end_list(&mut self) {
        self.end(Writer::end_list);
    }

    fn string(&mut self, value: &str) {
        self.keep(value);
        self.value(|out| out.string(PROTECTED), |out| out.string(value));
    }

    fn integer(&mut self, value: i32) {
        self.keep(value);
        self.value(|out| out.integer(PROTECTED_NUMBER), |out| out.integer(value));
    }

    fn long(&mut self, value: i64) {
        self.keep(value);
        self.value(|out| out.integer(PROTECTED_NUMBER), |out| out.long(value));
    }

    fn boolean(&mut self, value: bool) {
        self.value(|out| out.string(PROTECTED), |out| out.boolean(value));
    }

    fn timestamp(&mut self, value: Timestamp) {
        self.value(|out| out.string(PROTECTED), |out| out.timestamp(value));
    }

    fn blob(&mut self, value: &[u8]) {
        self.value(|out| out.string(PROTECTED), |out| out.blob(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossconnect_api::Operation;

    fn shown(operation: Operation, body: &str, protected: &[&str]) -> Option<String> {
        let request = crate::Protocol::Json.decode(operation, body.as_bytes()).unwrap();
        redacted_request(&request, &[protected])
    }

    #[test]
    fn protected_members_are_replaced_wherever_they_stand() {
        let body = r#"{"virtualInterfaceId":"dxvif-1","newBGPPeer":{"asn":65001,"asnLong":65001,"authKey":"secret","addressFamily":"ipv4"},"unknown":"secret"}"#;
        let expected = r#"{"virtualInterfaceId":"dxvif-1","newBGPPeer":{"asn":-1,"asnLong":-1,"authKey":"[PROTECTED]","addressFamily":"ipv4"}}"#;
        assert_eq!(shown(Operation::CreateBGPPeer, body, &["asn", "asnLong", "authKey"]).as_deref(), Some(expected));
        let expected = r#"{"virtualInterfaceId":"dxvif-1","newBGPPeer":"[PROTECTED]"}"#;
        assert_eq!(shown(Operation::CreateBGPPeer, body, &["newBGPPeer"]).as_deref(), Some(expected));
    }

    #[test]
    fn what_is_protected_can_be_told() {
        let body =
            r#"{"virtualInterfaceId":"dxvif-1","newBGPPeer":{"asn":65001,"authKey":"secret","addressFamily":"ipv4"}}"#;
        let request = crate::Protocol::Json.decode(Operation::CreateBGPPeer, body.as_bytes()).unwrap();
        let told = |names: &[&str]| protected_of_request(&request, &[names]);
        assert_eq!(told(&["asn", "authKey"]), ["65001", "secret"]);
        assert_eq!(told(&["newBGPPeer"]), ["65001", "secret", "ipv4"]);
        assert_eq!(told(&[]), [""; 0]);
    }

    #[test]
    fn a_list_is_replaced_whole() {
        let body = r#"{"resourceArns":["a","b"]}"#;
        let expected = r#"{"resourceArns":"[PROTECTED]"}"#;
        assert_eq!(shown(Operation::DescribeTags, body, &["resourceArns"]).as_deref(), Some(expected));
        assert_eq!(shown(Operation::DescribeTags, body, &[]).as_deref(), Some(body));
    }

    #[test]
    fn a_request_without_members_shows_nothing() {
        assert_eq!(shown(Operation::DescribeLocations, "{}", &[]), None);
    }
}
