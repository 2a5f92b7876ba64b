//! The table of cases, read.

use crossconnect_auth::policy::{Context, Decision, Match, Policy, PrincipalFacts, Request, decide};

/// What the policies of a case hang on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Identity,
    Trust,
}

/// Documents, and what they say.
#[derive(Debug)]
pub(crate) struct Case {
    line: usize,
    pub(crate) kind: Kind,
    pub(crate) documents: Vec<String>,
    requests: Vec<Row>,
    /// Why the last document is refused.
    refused: Option<String>,
}

#[derive(Debug)]
struct Row {
    line: usize,
    /// The answer, as the table writes it.
    answer: String,
    action: String,
    resource: String,
    given: Vec<(String, Vec<String>)>,
    caller: Option<String>,
}

/// Reads a table; mistakes name their line.
pub(crate) fn parse(source: &str) -> Result<Vec<Case>, String> {
    let mut cases: Vec<Case> = Vec::new();
    for (at, text) in source.lines().enumerate() {
        let line = at + 1;
        if text.trim().is_empty() || text.starts_with('#') {
            continue;
        }
        let last = cases.last_mut();
        let is_open = last.as_ref().is_some_and(|case| case.requests.is_empty() && case.refused.is_none());
        match (text, last) {
            ("policy" | "trust", Some(case)) if is_open => case.documents.push(String::new()),
            ("policy" | "trust", _) => {
                let kind = if text == "trust" { Kind::Trust } else { Kind::Identity };
                cases.push(Case { line, kind, documents: vec![String::new()], requests: Vec::new(), refused: None });
            }
            (_, None) => return Err(format!("{line}: no policy stands above")),
            (inner, Some(case)) if inner.starts_with("  ") && is_open => {
                case.documents.last_mut().expect("a case has a document").push_str(inner.trim());
            }
            (_, Some(case)) => match text.strip_prefix("! ") {
                Some(reason) => case.refused = Some(reason.to_owned()),
                None => case.requests.push(Row::parse(text, line).ok_or(format!("{line}: not understood: {text}"))?),
            },
        }
    }
    match cases.iter().find(|case| case.requests.is_empty() && case.refused.is_none()) {
        Some(case) => Err(format!("{}: has no request", case.line)),
        None => Ok(cases),
    }
}

impl Case {
    /// What is not as the table says.
    pub(crate) fn mistake(&self) -> Option<String> {
        let read = match self.kind {
            Kind::Identity => Policy::identity,
            Kind::Trust => Policy::trust,
        };
        let policies: Result<Vec<Policy>, _> = self.documents.iter().map(|text| read(text)).collect();
        match (policies, &self.refused) {
            (Ok(policies), None) => self.requests.iter().find_map(|row| row.mistake(&policies)),
            (Err(error), Some(reason)) if error.to_string() == *reason => None,
            (Err(error), _) => Some(format!("{}: refused with: {error}", self.line)),
            (Ok(_), Some(reason)) => Some(format!("{}: accepted, expected {reason}", self.line)),
        }
    }
}

impl Row {
    fn parse(text: &str, line: usize) -> Option<Self> {
        let mut words = text.split_whitespace();
        let answer = match words.next()? {
            "none" => "none".to_owned(),
            verdict @ ("allow" | "deny" | "account") => format!("{verdict} {}", words.next()?),
            _ => return None,
        };
        let (action, resource) = (words.next()?.to_owned(), words.next()?.to_owned());
        let (mut given, mut caller) = (Vec::new(), None);
        while let Some(word) = words.next() {
            match word {
                "as" => caller = Some(words.next()?.to_owned()),
                // What moto answers is no concern of ours.
                "moto" => return words.next().map(|_| Row { line, answer, action, resource, given, caller }),
                pair => {
                    let (key, values) = pair.split_once('=')?;
                    given.push((key.to_lowercase(), values.split('|').map(str::to_owned).collect()));
                }
            }
        }
        Some(Row { line, answer, action, resource, given, caller })
    }

    fn mistake(&self, policies: &[Policy]) -> Option<String> {
        let principal = self.caller.as_deref().map(|arn| PrincipalFacts {
            arn,
            account: arn.split(':').nth(4).unwrap_or_default(),
            kind: "User",
            id: "AIDA",
            user_name: arn.split_once("user/").map(|(_, name)| name),
        });
        let context = Context { principal, given: &self.given, ..Context::default() };
        let request = Request { action: &self.action, resource: &self.resource, context: &context };
        let decision = match decide(policies, &request) {
            Decision::Allowed { by, matched: Match::Itself } => format!("allow {}.{}", by.policy, by.statement),
            Decision::Allowed { by, matched: Match::ItsAccount } => format!("account {}.{}", by.policy, by.statement),
            Decision::Denied { by } => format!("deny {}.{}", by.policy, by.statement),
            Decision::Unmentioned => "none".to_owned(),
        };
        (decision != self.answer).then(|| format!("{}: {decision}, expected {}", self.line, self.answer))
    }
}
