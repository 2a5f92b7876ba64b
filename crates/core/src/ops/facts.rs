//! What is known about an operation besides its rules: who may call it, what IAM sees, what must not be shown.

/// What kind of access an operation needs [guide].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Looks at resources, writes nothing.
    Read,
    /// Lists, writes nothing.
    List,
    /// Changes resources.
    Write,
    /// Changes tags.
    Tagging,
}

/// Who may call an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Callers {
    /// Any account.
    Anyone,
    /// Registered Direct Connect partners.
    Partners,
}

/// A resource that IAM evaluates, and the member of the input that names it [guide].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resource {
    /// The resource types that the member may name, as ARNs spell them.
    pub types: &'static [&'static str],
    /// The member of the input.
    pub member: &'static str,
    /// Whether the operation always has it.
    pub required: bool,
}

impl Resource {
    pub(crate) const fn required(types: &'static [&'static str], member: &'static str) -> Self {
        Resource { types, member, required: true }
    }

    pub(crate) const fn optional(types: &'static [&'static str], member: &'static str) -> Self {
        Resource { types, member, required: false }
    }
}

/// The facts of one operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// What kind of access it needs.
    pub access: Access,
    /// Whether it writes, though the access that it needs is to look.
    pub leaves_a_trace: bool,
    /// Who may call it.
    pub callers: Callers,
    /// What IAM evaluates; empty for all resources (`*`).
    pub resources: &'static [Resource],
    /// The type of the resource that the operation creates, if it takes tags for it.
    pub creates: Option<&'static str>,
    /// Members of input or output whose values no text, log or record may show; the audit trail has `[PROTECTED]` there.
    pub redacted: &'static [&'static str],
}

impl Facts {
    pub(crate) const fn new(access: Access, resources: &'static [Resource]) -> Self {
        let callers = Callers::Anyone;
        Facts { access, leaves_a_trace: false, callers, resources, creates: None, redacted: &[] }
    }

    pub(crate) const fn of_partners(access: Access, resources: &'static [Resource]) -> Self {
        Facts { callers: Callers::Partners, ..Facts::new(access, resources) }
    }

    /// Whether the operation may write: such a call goes through the writer.
    pub fn writes(&self) -> bool {
        match self.access {
            Access::Read | Access::List => self.leaves_a_trace,
            Access::Write | Access::Tagging => true,
        }
    }
}
