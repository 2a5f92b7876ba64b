//! The reader of every protocol: walks over a document by the schema and checks the model's constraints on the way.
//!
//! A wrong type ends the reading at once; a broken constraint is noted, so that the answer names all of them.

mod frame;

use crossconnect_api::codec::{ReadError, Reader};
use crossconnect_api::schema::{Kind, Shape, Structure};
use crossconnect_api::{Exception, Timestamp};

use crate::constraints::{self, Violations};
use crate::excerpt;
use crate::node::{Found, Node};
use crate::{ErrorKind, WireError};
use frame::{Frame, Step, path};

/// Reads a request from its root and answers what was read, unless the document breaks a constraint.
pub(crate) fn read_request<'d, N: Node<'d>, T>(
    root: N,
    read: impl FnOnce(&mut dyn Reader) -> Result<T, ReadError>,
) -> Result<T, WireError> {
    Checked::new(root, true).read(read)
}

/// Reads an answer from its root. The service's answers are not held to the model's bounds, as it sends empty lists
/// where the model wants at least one element; but what is required must be there, and an enum's value be known.
pub(crate) fn read_answer<'d, N: Node<'d>, T>(
    root: N,
    read: impl FnOnce(&mut dyn Reader) -> Result<T, ReadError>,
) -> Result<T, WireError> {
    Checked::new(root, false).read(read)
}

struct Checked<'d, N: Node<'d>> {
    /// Where the reader stands.
    frame: Frame<'d, N>,
    /// The places through which it came, from the root on.
    outer: Vec<Frame<'d, N>>,
    /// The members of the open structures, each where its schema has it; those of the innermost stand last.
    members: Vec<Option<N>>,
    violations: Violations,
    /// Whether lengths, sizes, values and patterns count.
    bounded: bool,
}

impl<'d, N: Node<'d>> Checked<'d, N> {
    fn new(root: N, bounded: bool) -> Self {
        let frame = Frame::new(root, Step::Root, None);
        let (outer, members, violations) = (Vec::new(), Vec::new(), Violations::default());
        Self { frame, outer, members, violations, bounded }
    }

    fn read<T>(mut self, read: impl FnOnce(&mut dyn Reader) -> Result<T, ReadError>) -> Result<T, WireError> {
        let value = read(&mut self)?;
        match self.violations.message() {
            None => Ok(value),
            Some(message) => Err(WireError::new(ErrorKind::Exception(Exception::DirectConnectClient), message)),
        }
    }

    /// The shape to whose constraints the value here is held.
    fn binding_shape(&self) -> Option<&'static Shape> {
        self.frame.shape.filter(|shape| self.bounded || matches!(shape.kind, Kind::Enum(_)))
    }

    fn step_into(&mut self, frame: Frame<'d, N>) {
        self.outer.push(std::mem::replace(&mut self.frame, frame));
    }

    /// The steps from the root to here, and one more if there is one.
    fn steps(&self, next: Option<Step>) -> impl Iterator<Item = Step> {
        self.outer.iter().chain([&self.frame]).map(|frame| frame.step).chain(next)
    }

    fn is_secret(&self) -> bool {
        self.steps(None).any(|step| matches!(step, Step::Member(name) if excerpt::is_secret(name)))
    }

    /// Notes that the value here breaks a constraint.
    fn note(&mut self, constraint: &str) {
        let mut violations = std::mem::take(&mut self.violations);
        violations.note(|| {
            let value = match self.is_secret() {
                true => String::new(),
                false => format!("{} ", excerpt::quoted(self.frame.node)),
            };
            format!("Value {value}at '{}' failed to satisfy constraint: {constraint}", path(self.steps(None)))
        });
        self.violations = violations;
    }

    /// Notes that a part of the value here is absent and must not be.
    fn note_absent(&mut self, part: Step) {
        let mut violations = std::mem::take(&mut self.violations);
        violations.note(|| {
            let path = path(self.steps(Some(part)));
            format!("Value null at '{path}' failed to satisfy constraint: Member must not be null")
        });
        self.violations = violations;
    }

    /// The value here has the wrong type: AWS's words, then where, what was found and what was expected.
    fn mismatch(&self, target: &str, expected: &str) -> ReadError {
        let found = self.frame.node.found();
        let lead = match found {
            Found::List => "Start of list found where not expected.".to_owned(),
            Found::Structure => "Start of structure or map found where not expected.".to_owned(),
            Found::Null => format!("NULL_VALUE can not be converted to {target}."),
            Found::Boolean(true) => format!("TRUE_VALUE can not be converted to {target}."),
            Found::Boolean(false) => format!("FALSE_VALUE can not be converted to {target}."),
            Found::Number => format!("NUMBER_VALUE can not be converted to {target}."),
            Found::String => format!("STRING_VALUE can not be converted to {target}."),
            Found::Bytes => format!("BINARY_VALUE can not be converted to {target}."),
            Found::Tagged => format!("TAGGED_VALUE can not be converted to {target}."),
        };
        let path = path(self.steps(None));
        let place = if path.is_empty() { "The body".to_owned() } else { format!("Member '{path}'") };
        let shown = match found {
            Found::List => "a list".to_owned(),
            Found::Structure => "a structure".to_owned(),
            Found::Null => "null".to_owned(),
            Found::Bytes => "bytes".to_owned(),
            Found::Tagged => "a tagged value".to_owned(),
            Found::Boolean(_) | Found::Number | Found::String if self.is_secret() => "of another type".to_owned(),
            Found::Boolean(_) | Found::Number | Found::String => excerpt::quoted(self.frame.node),
        };
        ReadError(format!("{lead} {place} is {shown}, expected {expected}."))
    }

    /// Reads a number within the bounds of its type, then checks those of its shape.
    fn number<T: TryFrom<i64>>(&mut self, target: &str, expected: &str) -> Result<T, ReadError> {
        let whole = self.frame.node.whole();
        let (Some(value), Some(number)) = (whole, whole.and_then(|value| T::try_from(value).ok())) else {
            return Err(self.mismatch(target, expected));
        };
        if let Some(broken) = self.binding_shape().and_then(|shape| constraints::of_number(shape, value)) {
            self.note(&broken);
        }
        Ok(number)
    }
}

impl<'d, N: Node<'d>> Reader for Checked<'d, N> {
    fn structure(&mut self, structure: &'static Structure) -> Result<(), ReadError> {
        let members = self.frame.node.members().ok_or_else(|| self.mismatch("a structure", "a structure"))?;
        self.frame.open(structure, members, &mut self.members);
        Ok(())
    }

    fn enter(&mut self, index: usize) -> bool {
        let (member, node) = self.frame.member(index, &self.members);
        let step = Step::Member(member.name);
        match node.filter(|node| node.found() != Found::Null) {
            Some(node) => {
                self.step_into(Frame::new(node, step, Some(member.shape)));
                true
            }
            None => {
                if member.required {
                    self.note_absent(step);
                }
                false
            }
        }
    }

    fn list(&mut self) -> Result<usize, ReadError> {
        let (len, elements) = self.frame.node.elements().ok_or_else(|| self.mismatch("a list", "a list"))?;
        self.frame.elements = Some(elements);
        if let Some(broken) = self.binding_shape().and_then(|shape| constraints::of_length(shape, len)) {
            self.note(&broken);
        }
        Ok(len)
    }

    fn element(&mut self, index: usize) -> bool {
        let elements = self.frame.elements.as_mut().expect("a list is opened before its elements are entered");
        let node = elements.next().expect("elements are entered in order, and no more than the list has");
        let step = Step::Element(index);
        if node.found() == Found::Null {
            self.note_absent(step);
            return false;
        }
        let shape = self.frame.shape.and_then(Shape::element);
        self.step_into(Frame::new(node, step, shape));
        true
    }

    fn leave(&mut self) {
        self.frame.close(&mut self.members);
        self.frame = self.outer.pop().expect("each leave has its enter");
    }

    fn string(&mut self) -> Result<String, ReadError> {
        let text = self.frame.node.text().ok_or_else(|| self.mismatch("a String", "text"))?;
        for broken in self.binding_shape().into_iter().flat_map(|shape| constraints::of_text(shape, &text)) {
            self.note(&broken);
        }
        Ok(text.into_owned())
    }

    fn integer(&mut self) -> Result<i32, ReadError> {
        self.number("an Integer", "a whole number from -2147483648 to 2147483647")
    }

    fn long(&mut self) -> Result<i64, ReadError> {
        self.number("a Long", "a whole number of 64 bits")
    }

    fn boolean(&mut self) -> Result<bool, ReadError> {
        match self.frame.node.found() {
            Found::Boolean(value) => Ok(value),
            _ => Err(self.mismatch("a Boolean", "true or false")),
        }
    }

    fn timestamp(&mut self) -> Result<Timestamp, ReadError> {
        let moment = self.frame.node.timestamp();
        moment.ok_or_else(|| self.mismatch("a Timestamp", N::TIMESTAMP))
    }

    fn blob(&mut self) -> Result<Vec<u8>, ReadError> {
        self.frame.node.blob().ok_or_else(|| self.mismatch("a Blob", N::BLOB))
    }
}

#[cfg(test)]
mod tests {
    use crossconnect_api::schema::Member;
    use serde_json::json;

    use super::*;

    /// The model gives no secret a constraint today; one that it may give tomorrow must not show the value.
    #[test]
    fn a_secret_that_breaks_a_constraint_is_not_shown() {
        static SHORT: Shape = Shape { name: "Short", kind: Kind::String, min: None, max: Some(3), pattern: None };
        static KEYS: Structure = Structure {
            name: "Keys",
            members: &[
                Member { name: "cak", required: true, shape: &SHORT },
                Member { name: "ckn", required: true, shape: &SHORT },
            ],
        };
        let body = json!({"cak": "hidden", "ckn": "shown"});
        let outcome = read_request(&body, |reader| {
            reader.structure(&KEYS)?;
            for index in 0..KEYS.members.len() {
                assert!(reader.enter(index));
                reader.string()?;
                reader.leave();
            }
            Ok(())
        });
        let text = "2 validation errors detected: \
             Value at 'cak' failed to satisfy constraint: Member must have length less than or equal to 3; \
             Value 'shown' at 'ckn' failed to satisfy constraint: Member must have length less than or equal to 3";
        assert_eq!(outcome.map_err(|error| error.message), Err(text.to_owned()));
    }
}
