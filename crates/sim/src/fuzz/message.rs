//! A request as text: `METHOD target`, a header a line, an empty line, the body.

/// Such a request, taken apart as it comes; what is not UTF-8 where it must be is no request.
pub(super) struct Message<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) query: &'a str,
    pub(super) headers: Vec<(&'a str, &'a [u8])>,
    pub(super) body: &'a [u8],
}

impl<'a> Message<'a> {
    pub(super) fn read(input: &'a [u8]) -> Option<Self> {
        let (first, mut rest) = line(input);
        let (method, target) = str::from_utf8(first).ok()?.split_once(' ')?;
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut headers = Vec::with_capacity(8);
        loop {
            let (header, after) = line(rest);
            rest = after;
            if header.is_empty() {
                return Some(Message { method, path, query, headers, body: rest });
            }
            let colon = header.iter().position(|byte| *byte == b':')?;
            headers.push((str::from_utf8(&header[..colon]).ok()?, header[colon + 1..].trim_ascii_start()));
        }
    }

    /// The value of a header, if it is text.
    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        let (_, value) = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        str::from_utf8(value).ok()
    }
}

fn line(bytes: &[u8]) -> (&[u8], &[u8]) {
    match bytes.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, b""),
    }
}
