//! Writes compact JSON.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crossconnect_api::Timestamp;
use crossconnect_api::codec::Writer;

/// A document under way.
#[derive(Default)]
pub(super) struct JsonWriter {
    out: Vec<u8>,
}

impl JsonWriter {
    /// The bytes of the document.
    pub(super) fn finish(self) -> Vec<u8> {
        self.out
    }

    /// A comma, unless the first part of a structure or list follows. No value ends in an opening bracket:
    /// text ends in its quote.
    fn separate(&mut self) {
        if !matches!(self.out.last(), Some(b'{' | b'[')) {
            self.out.push(b',');
        }
    }

    fn plain(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }
}

impl Writer for JsonWriter {
    fn begin_structure(&mut self) {
        self.out.push(b'{');
    }

    fn member(&mut self, name: &'static str) {
        self.separate();
        self.string(name);
        self.out.push(b':');
    }

    fn end_structure(&mut self) {
        self.out.push(b'}');
    }

    fn begin_list(&mut self, _len: usize) {
        self.out.push(b'[');
    }

    fn element(&mut self) {
        self.separate();
    }

    fn end_list(&mut self) {
        self.out.push(b']');
    }

    fn string(&mut self, value: &str) {
        serde_json::to_writer(&mut self.out, value).expect("writing text into memory cannot fail");
    }

    fn integer(&mut self, value: i32) {
        self.plain(&value.to_string());
    }

    fn long(&mut self, value: i64) {
        self.plain(&value.to_string());
    }

    fn boolean(&mut self, value: bool) {
        self.plain(if value { "true" } else { "false" });
    }

    /// Epoch seconds, with a fraction only where they are not whole.
    fn timestamp(&mut self, value: Timestamp) {
        let sign = if value.millis < 0 { "-" } else { "" };
        let (seconds, millis) = (value.millis.unsigned_abs() / 1000, value.millis.unsigned_abs() % 1000);
        let fraction = match millis {
            0 => String::new(),
            _ => format!(".{millis:03}").trim_end_matches('0').to_owned(),
        };
        self.plain(&format!("{sign}{seconds}{fraction}"));
    }

    fn blob(&mut self, value: &[u8]) {
        self.out.push(b'"');
        self.plain(&STANDARD.encode(value));
        self.out.push(b'"');
    }
}
