//! What stands in the path of a control call.

use super::problem::Problem;
use axum::extract::{FromRequestParts, Path};
use hyper::StatusCode;
use hyper::http::request::Parts;

/// The one variable segment of a path.
pub(super) struct Name(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for Name {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(name) = Path::<String>::from_request_parts(parts, state)
            .await
            .map_err(|refused| Problem::new(StatusCode::BAD_REQUEST, "BadRequest", refused.body_text()))?;
        Ok(Name(name))
    }
}

/// Both variable segments of a path that has two.
pub(super) struct Names(pub(super) String, pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for Names {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path((first, second)) = Path::<(String, String)>::from_request_parts(parts, state)
            .await
            .map_err(|refused| Problem::new(StatusCode::BAD_REQUEST, "BadRequest", refused.body_text()))?;
        Ok(Names(first, second))
    }
}
