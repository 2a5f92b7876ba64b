//! Inputs and answers as documents, read and written without any protocol.
//!
//! A scenario holds documents; the core wants a `Request` and gives a `Response`. Going between them by way of the
//! shapes alone, with no line shared with the wire, lets the wire be compared with it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crossconnect_api::codec::{ReadError, Reader, Writer};
use crossconnect_api::schema::Structure;
use crossconnect_api::{Operation, Request, Response, Timestamp};
use serde_json::{Map, Number, Value};

/// The request that a document describes. The caller has seen to it that the document keeps the model's constraints.
pub(crate) fn request(operation: Operation, document: &Value) -> Result<Request, ReadError> {
    Request::read(operation, &mut DocumentReader { places: vec![document], structures: vec![] })
}

/// The document of an answer.
pub(crate) fn of_response(response: &Response) -> Value {
    let mut writer = DocumentWriter::default();
    response.write(&mut writer);
    writer.done.expect("a response is one value")
}

struct DocumentReader<'d> {
    /// From the root to where the reader stands.
    places: Vec<&'d Value>,
    /// The structure that each place was opened as.
    structures: Vec<(usize, &'static Structure)>,
}

impl<'d> DocumentReader<'d> {
    fn here(&self) -> &'d Value {
        self.places.last().expect("a reader stands somewhere")
    }

    fn wanted<T>(&self, value: Option<T>, what: &str) -> Result<T, ReadError> {
        value.ok_or_else(|| ReadError(format!("{} is not {what}", self.here())))
    }
}

impl Reader for DocumentReader<'_> {
    fn structure(&mut self, structure: &'static Structure) -> Result<(), ReadError> {
        self.wanted(self.here().as_object(), "a structure")?;
        self.structures.push((self.places.len(), structure));
        Ok(())
    }

    fn enter(&mut self, index: usize) -> bool {
        // Structures that were opened further in are done with.
        self.structures.retain(|(depth, _)| *depth <= self.places.len());
        let (_, structure) = self.structures.last().expect("a structure is opened before its members are entered");
        let member = self.here().get(structure.members[index].name).filter(|value| !value.is_null());
        self.places.extend(member);
        member.is_some()
    }

    fn list(&mut self) -> Result<usize, ReadError> {
        Ok(self.wanted(self.here().as_array(), "a list")?.len())
    }

    fn element(&mut self, index: usize) -> bool {
        self.places.push(&self.here()[index]);
        true
    }

    fn leave(&mut self) {
        self.places.pop();
    }

    fn string(&mut self) -> Result<String, ReadError> {
        self.wanted(self.here().as_str().map(str::to_owned), "text")
    }

    fn integer(&mut self) -> Result<i32, ReadError> {
        self.wanted(self.here().as_i64().and_then(|value| value.try_into().ok()), "a number of 32 bits")
    }

    fn long(&mut self) -> Result<i64, ReadError> {
        self.wanted(self.here().as_i64(), "a number of 64 bits")
    }

    fn boolean(&mut self) -> Result<bool, ReadError> {
        self.wanted(self.here().as_bool(), "true or false")
    }

    fn timestamp(&mut self) -> Result<Timestamp, ReadError> {
        self.wanted(self.here().as_f64().and_then(Timestamp::from_fractional_seconds), "a moment")
    }

    fn blob(&mut self) -> Result<Vec<u8>, ReadError> {
        self.wanted(self.here().as_str().and_then(|text| STANDARD.decode(text).ok()), "base64")
    }
}

/// A value under way: what is open around the next value.
enum Open {
    Structure(Map<String, Value>, Option<&'static str>),
    List(Vec<Value>),
}

#[derive(Default)]
struct DocumentWriter {
    open: Vec<Open>,
    done: Option<Value>,
}

impl DocumentWriter {
    fn value(&mut self, value: Value) {
        match self.open.last_mut() {
            None => self.done = Some(value),
            Some(Open::List(list)) => list.push(value),
            Some(Open::Structure(members, name)) => {
                let name = name.take().expect("a member's name comes before its value");
                members.insert(name.to_owned(), value);
            }
        }
    }

    fn close(&mut self) {
        match self.open.pop().expect("every end has its beginning") {
            Open::Structure(members, _) => self.value(Value::Object(members)),
            Open::List(list) => self.value(Value::Array(list)),
        }
    }
}

impl Writer for DocumentWriter {
    fn begin_structure(&mut self, _len: usize) {
        self.open.push(Open::Structure(Map::new(), None));
    }

    fn member(&mut self, name: &'static str) {
        if let Some(Open::Structure(_, next)) = self.open.last_mut() {
            *next = Some(name);
        }
    }

    fn end_structure(&mut self) {
        self.close();
    }

    fn begin_list(&mut self, _len: usize) {
        self.open.push(Open::List(Vec::new()));
    }

    fn element(&mut self) {}

    fn end_list(&mut self) {
        self.close();
    }

    fn string(&mut self, value: &str) {
        self.value(value.into());
    }

    fn integer(&mut self, value: i32) {
        self.value(value.into());
    }

    fn long(&mut self, value: i64) {
        self.value(value.into());
    }

    fn boolean(&mut self, value: bool) {
        self.value(value.into());
    }

    fn timestamp(&mut self, value: Timestamp) {
        let seconds = match value.millis % 1000 {
            0 => Number::from(value.millis / 1000),
            _ => Number::from_f64(value.millis as f64 / 1000.0).expect("a moment is a finite number"),
        };
        self.value(seconds.into());
    }

    fn blob(&mut self, value: &[u8]) {
        self.value(STANDARD.encode(value).into());
    }
}
