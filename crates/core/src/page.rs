//! Pages of a list: `maxResults`, and a `nextToken` that says where the next page begins.
//!
//! A token is opaque to the caller and bound to the operation, the account and the Region that it was given to, and to the
//! filters of the list.
//! It holds a position, not a snapshot: what was created or deleted meanwhile is seen or not seen on later pages.

use crate::ids::{AccountId, Region};
use crate::rejection::PageRejection;
use crate::time::Timestamp;
use std::fmt::Write;

/// More than this many results a page count as this many [model].
pub(crate) const PAGE_MAX: usize = 100;

/// Whose list it is: a token given for one list opens no other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope {
    /// The operation's name.
    pub(crate) operation: &'static str,
    /// Who lists.
    pub(crate) account: AccountId,
    /// Where.
    pub(crate) region: Region,
}

/// The part of a list that was asked for.
#[derive(Debug)]
pub(crate) struct Page {
    scope: Scope,
    /// A number for what the list is filtered by.
    filters: u64,
    size: Option<usize>,
    after: Option<(Timestamp, String)>,
}

impl Page {
    /// Reads `maxResults` and `nextToken`. Without `maxResults` a page holds everything, since clients written before
    /// these lists had pages never follow a token [inferred].
    ///
    /// # Errors
    /// `maxResults` below 1; a token that this list never gave.
    pub(crate) fn requested(
        scope: Scope,
        max_results: Option<i32>,
        next_token: Option<&str>,
    ) -> Result<Self, PageRejection> {
        Self::filtered(scope, &[], max_results, next_token)
    }

    /// The same of a list that shows less where one of `filters` is given: its tokens open no list with others.
    pub(crate) fn filtered(
        scope: Scope,
        filters: &[Option<&str>],
        max_results: Option<i32>,
        next_token: Option<&str>,
    ) -> Result<Self, PageRejection> {
        let filters = if filters.iter().any(Option::is_some) { number_of(&format!("{filters:?}")) } else { 0 };
        let size = match max_results {
            None => None,
            Some(size) if size < 1 => return Err(PageRejection::MaxResults { value: size }),
            Some(size) => Some((size as usize).min(PAGE_MAX)),
        };
        let read = |token| read_token(scope, filters, token).ok_or(PageRejection::Token { value: token.to_owned() });
        Ok(Page { scope, filters, size, after: next_token.map(read).transpose()? })
    }

    /// Where the page begins: after the item with this creation time and id.
    pub(crate) fn after(&self) -> Option<(Timestamp, &str)> {
        self.after.as_ref().map(|(created, id)| (*created, id.as_str()))
    }

    /// Takes one page of `items`, which begin right after [`Page::after`], and the token of the next page if there is one.
    pub(crate) fn take<T>(
        &self,
        items: impl Iterator<Item = T>,
        position: impl Fn(&T) -> (Timestamp, String),
    ) -> (Vec<T>, Option<String>) {
        let Some(size) = self.size else {
            return (items.collect(), None);
        };
        let mut items = items.peekable();
        let page: Vec<T> = items.by_ref().take(size).collect();
        let more = items.peek().is_some();
        let token = page.last().filter(|_| more).map(|last| write_token(self.scope, self.filters, &position(last)));
        (page, token)
    }
}

/// Hexadecimal of `<checksum><created><id>`.
fn write_token(scope: Scope, filters: u64, (created, id): &(Timestamp, String)) -> String {
    let mut token = String::new();
    write!(token, "{:016x}{:016x}", checksum(scope, filters, *created, id), created.0)
        .expect("writing to a string cannot fail");
    for byte in id.bytes() {
        write!(token, "{byte:02x}").expect("writing to a string cannot fail");
    }
    token
}

fn read_token(scope: Scope, filters: u64, token: &str) -> Option<(Timestamp, String)> {
    if !token.bytes().all(|byte| byte.is_ascii_hexdigit()) || token.len() % 2 == 1 {
        return None;
    }
    let number = |part: &str| u64::from_str_radix(part, 16).ok();
    let sum = number(token.get(..16)?)?;
    let created = Timestamp(number(token.get(16..32)?)? as i64);
    let bytes = (32..token.len()).step_by(2).map(|at| u8::from_str_radix(&token[at..at + 2], 16).ok());
    let id = String::from_utf8(bytes.collect::<Option<_>>()?).ok()?;
    (sum == checksum(scope, filters, created, &id)).then_some((created, id))
}

/// Tells tokens of other lists and mistyped ones apart; it guards against confusion, not against forgery: a position
/// reveals nothing that the list would not show.
fn checksum(scope: Scope, filters: u64, created: Timestamp, id: &str) -> u64 {
    let filters = if filters == 0 { String::new() } else { format!("/{filters}") };
    number_of(&format!("{}/{}/{}/{}/{id}{filters}", scope.operation, scope.account, scope.region, created.0))
}

fn number_of(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
