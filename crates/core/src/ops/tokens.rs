//! Client tokens: a call that is repeated with its token gets the answer that it got, and changes nothing again. The
//! same token with other parameters is refused.

use crate::model::client_token::{ClientToken, TokenAnswer};
use crate::rejection::ResiliencyGroupRejection;
use crate::tx::Tx;
use sha2::{Digest, Sha256};

/// A token as it is used by one call.
pub(super) struct Token {
    id: [u8; 32],
    asked: [u8; 32],
}

/// The token of a call, if it has one, and the answer that it stands for already. `asked` is everything else.
pub(super) fn used(
    tx: &mut Tx<'_>,
    operation: &'static str,
    token: Option<&str>,
    asked: &[&str],
) -> Result<(Option<Token>, Option<TokenAnswer>), ResiliencyGroupRejection> {
    let Some(text) = token else { return Ok((None, None)) };
    let id = hash(&[&tx.caller().to_string(), operation, text]);
    let token = Token { id, asked: hash(asked) };
    let Some(known) = tx.client_token(id).filter(|known| known.is_kept(tx.now())) else {
        return Ok((Some(token), None));
    };
    let reused = || ResiliencyGroupRejection::TokenReused { token: text.to_owned(), operation };
    super::require(known.asked == token.asked, reused)?;
    Ok((None, Some(known.answer.clone())))
}

/// Keeps what the token stands for from now on.
pub(super) fn keep(tx: &mut Tx<'_>, token: Option<Token>, answer: impl FnOnce() -> TokenAnswer) {
    if let Some(Token { id, asked }) = token {
        tx.put_client_token(ClientToken { id, asked, used: tx.now(), answer: answer() });
    }
}

/// Of texts with their lengths, so that none can be taken for two.
fn hash(texts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    hash.finalize().into()
}
