//! What people see where there is no page to show.

use super::frame::{Frame, Way};
use crate::http::Problem;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;

/// A problem as a page.
pub(super) struct Failure(Problem);

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = self.0.status();
        let (title, lead) = match status {
            StatusCode::NOT_FOUND => ("Not found", "There is nothing here."),
            StatusCode::SERVICE_UNAVAILABLE => ("Too busy", "The server could not answer in time."),
            StatusCode::TOO_MANY_REQUESTS => ("Too many requests", "That was too much at once."),
            status if status.is_client_error() => {
                ("Not understood", "Something in the address cannot be used.")
            }
            _ => ("Failed", "The server could not answer."),
        };
        let main = html! {
            div.wide {
                div.card.failure {
                    h1 { (lead) }
                    p { (self.0.detail()) }
                    p { a.button.main href="/" { "Search all roles" } }
                }
            }
        };
        let mut response = Frame { title, here: Way::Role, q: "", described: None, main }.respond(status);
        self.0.mark(&mut response);
        response
    }
}
