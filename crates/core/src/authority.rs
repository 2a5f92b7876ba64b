//! What policies are asked about a call: on which resources it is, with their tags, and which tags it names.
//!
//! The resources are those of the operation's own facts, named in its input. An ARN is put together as the caller means
//! it, whether or not there is such a resource: who may not ask is not told.

use crate::arn::{Arn, partition};
use crate::ids::{AccountId, ConnectionId, Uuid, VirtualInterfaceId};
use crate::ops::facts;
use crate::ops::facts::{Access, Resource};
use crate::ops::tagged::Tagged;
use crate::tags::Tags;
use crate::tx::Tx;
use crossconnect_api::codec::Writer;
use crossconnect_api::{Operation, Request, Timestamp};

/// The members that list tags, at the top or further down.
const TAGS: [&str; 2] = ["tags", "childConnectionTags"];

/// The member that names an association, and by it a gateway.
const ASSOCIATION: &str = "associationId";

/// What policies are asked about one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// One after the other; all must be allowed.
    pub questions: Vec<Question>,
    /// The tags that the call sets, in order; those that it takes away have no value.
    pub tags: Vec<(String, Option<String>)>,
}

/// One action on one resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The operation whose right is needed: the call's own, or TagResource for what is created with tags.
    pub operation: Operation,
    /// An ARN; its last part may be `*` where the call names none. `*` alone where the operation is on no resource.
    pub resource: String,
    /// The tags of the resource, if it is there and the caller's.
    pub tags: Tags,
}

/// What policies are asked about a call.
///
/// A call that looks and names nothing is on every resource of the kind, `type/*`; one that changes something, and does
/// without a resource that it could name, is on no resource in particular, `*` [inferred].
pub fn asked(tx: &mut Tx<'_>, request: &Request) -> Asked {
    let operation = request.operation();
    let facts = facts(operation);
    let named = Named::of(request);
    let mut questions = Vec::new();
    for resource in facts.resources {
        for text in named.under(resource.member) {
            questions.push(about(tx, operation, resource, text));
        }
    }
    if questions.is_empty() {
        let looks = matches!(facts.access, Access::Read | Access::List);
        let kind = facts.resources.first().filter(|resource| looks || resource.required);
        let any = kind.and_then(|resource| resource.types.first()).map_or_else(|| "*".to_owned(), |kind| any(tx, kind));
        questions.push(Question { operation, resource: any, tags: Tags::default() });
    }
    // Who creates something with tags needs the right to tag it, too [guide].
    if let Some(kind) = facts.creates.filter(|_| !named.tags.is_empty()) {
        let resource = any(tx, kind);
        questions.push(Question { operation: Operation::TagResource, resource, tags: Tags::default() });
    }
    Asked { questions, tags: named.tags }
}

/// A resource that the input names, by its ARN, by its id, or by that of an association, which stands for its gateway.
fn about(tx: &mut Tx<'_>, operation: Operation, resource: &Resource, text: &str) -> Question {
    let named = if text.starts_with("arn:") {
        text.to_owned()
    } else if resource.member == ASSOCIATION {
        let found = Uuid::parse(text).and_then(|id| tx.association(id));
        let gateway = found.filter(|association| association.is_party(tx.caller())).map(|found| found.gateway);
        arn(tx, "dx-gateway", &gateway.map_or_else(|| "*".to_owned(), |gateway| gateway.to_string()))
    } else {
        let is_prefix = |kind: &&&str| text.strip_prefix(**kind).is_some_and(|rest| rest.starts_with('-'));
        let kind = resource.types.iter().find(is_prefix).or(resource.types.first()).copied().unwrap_or("*");
        let owner = owner_known_to_caller(tx, text);
        arn_of(tx, owner, kind, text)
    };
    // Of all spellings of an ARN one counts, so that none passes by a policy that names another.
    let resource = Arn::parse(&named, tx.caller()).map_or(named, |arn| arn.to_string());
    let tags = Tagged::find(tx, &resource).map(|tagged| tagged.tags().clone()).unwrap_or_default();
    Question { operation, resource, tags }
}

/// In an ARN stands the account that owns the resource [guide/model]. Where that is another's, the caller may know whose it
/// is as the other party: the partner of a hosted connection, or the owner of what a virtual interface sits on. Everything
/// else is named as the caller's own, whoever has it, so that a refusal tells nobody whose it is.
fn owner_known_to_caller(tx: &mut Tx<'_>, text: &str) -> AccountId {
    let caller = tx.caller();
    let hosted = ConnectionId::parse(text).ok().flatten().and_then(|id| tx.hosted_connection(id));
    if let Some(hosted) = hosted.filter(|hosted| hosted.partner == caller) {
        return hosted.owner;
    }
    let interface = VirtualInterfaceId::parse(text).ok().flatten().and_then(|id| tx.virtual_interface(id));
    interface.filter(|interface| interface.parent_owner == caller).map_or(caller, |interface| interface.owner)
}

fn any(tx: &Tx<'_>, kind: &str) -> String {
    arn(tx, kind, "*")
}

fn arn(tx: &Tx<'_>, kind: &str, id: &str) -> String {
    arn_of(tx, tx.caller(), kind, id)
}

/// Gateways and resiliency groups belong to no Region; the partition of the former is fixed, as in their own ARNs.
fn arn_of(tx: &Tx<'_>, account: AccountId, kind: &str, id: &str) -> String {
    let region = tx.region();
    let partition = partition(region.as_str());
    match kind {
        "dx-gateway" => format!("arn:aws:directconnect::{account}:{kind}/{id}"),
        "dx-resiliency-group" => format!("arn:{partition}:directconnect::{account}:{kind}/{id}"),
        _ => format!("arn:{partition}:directconnect:{region}:{account}:{kind}/{id}"),
    }
}

/// What of an input names resources and tags.
#[derive(Debug, Default)]
struct Named {
    /// Texts, and texts of lists, under the members at the top.
    texts: Vec<(&'static str, String)>,
    tags: Vec<(String, Option<String>)>,
    /// The members that lead to where the writer is.
    path: Vec<&'static str>,
    /// Which list is open, from its member.
    lists: Vec<&'static str>,
}

impl Named {
    fn of(request: &Request) -> Self {
        let mut named = Named::default();
        request.write(&mut named);
        named
    }

    fn under<'n>(&'n self, member: &'n str) -> impl Iterator<Item = &'n str> {
        self.texts.iter().filter(move |(name, _)| *name == member).map(|(_, text)| text.as_str())
    }
}

/// Every value ends the member that it is the value of.
impl Writer for Named {
    fn begin_structure(&mut self, _: usize) {
        self.path.push("");
    }

    fn member(&mut self, name: &'static str) {
        if let Some(last) = self.path.last_mut() {
            *last = name;
        }
    }

    fn end_structure(&mut self) {
        self.path.pop();
    }

    fn begin_list(&mut self, _: usize) {
        self.lists.push(self.path.last().copied().unwrap_or_default());
    }

    fn element(&mut self) {}

    fn end_list(&mut self) {
        self.lists.pop();
    }

    fn string(&mut self, value: &str) {
        let is_tag = self.lists.last().is_some_and(|list| TAGS.contains(list));
        match self.path.as_slice() {
            [.., "key"] if is_tag => self.tags.push((value.to_owned(), None)),
            [.., "value"] if is_tag => {
                // The model has the key first.
                if let Some(tag) = self.tags.last_mut() {
                    tag.1 = Some(value.to_owned());
                }
            }
            ["tagKeys"] => self.tags.push((value.to_owned(), None)),
            [member] => self.texts.push((member, value.to_owned())),
            _ => {}
        }
    }

    fn integer(&mut self, _: i32) {}

    fn long(&mut self, _: i64) {}

    fn boolean(&mut self, _: bool) {}

    fn timestamp(&mut self, _: Timestamp) {}

    fn blob(&mut self, _: &[u8]) {}
}
