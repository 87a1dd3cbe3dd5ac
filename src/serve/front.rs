//! The front of AWS's Query services: from an HTTP request to a call, and from an outcome to an answer.
//!
//! Follows what AWS's IAM and STS endpoints do with odd requests; pure, so that every oddity has a test without a socket.

use serde_json::{Map, Value};

use super::sigv4::Request;
use crate::api::{Call, Model, Service, query, xml};
use crate::iam::Error;

/// Where a request without an action is sent.
const HOME: &str = "https://aws.amazon.com/iam";

/// An answer, before it becomes HTTP.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub status: u16,
    pub body: String,
    /// `Location`, of a redirect.
    pub location: Option<&'static str>,
}

impl Answer {
    /// What IAM answers to a request that is no API request.
    pub(super) fn redirect() -> Self {
        Self { status: 302, body: String::new(), location: Some(HOME) }
    }

    /// A status and nothing else.
    pub(super) fn empty(status: u16) -> Self {
        Self { status, body: String::new(), location: None }
    }

    /// The outcome of a call.
    pub(super) fn of(model: &Model, outcome: Result<Map<String, Value>, Error>, request_id: &str) -> Self {
        match outcome {
            Ok(output) => Self { status: 200, body: xml::render(model, &output, request_id), location: None },
            Err(error) => Self::error(model.service, &error, request_id),
        }
    }

    /// An error.
    pub(super) fn error(service: Service, error: &Error, request_id: &str) -> Self {
        Self { status: error.status, body: xml::render_error(service, error, request_id), location: None }
    }
}

/// What a request asks for.
#[derive(Debug)]
pub(super) enum Asked {
    /// A call, to be authenticated.
    Call(Box<Call>),
    /// Nothing that an API could answer.
    Nothing,
}

/// Reads the call out of a request: a form in the body of a POST, or the query string of a GET.
///
/// # Errors
/// `InvalidAction`, or `MalformedInput` for a value that cannot be read.
pub(super) fn read(request: &Request<'_>) -> Result<Asked, Error> {
    let form = match request.method {
        "GET" => query::pairs(request.query),
        "POST" if is_form(request.header("content-type")) => {
            let body = String::from_utf8_lossy(request.body);
            // Parameters of the query string count before those of the body.
            query::pairs(request.query).into_iter().chain(query::pairs(&body)).collect()
        }
        _ => return Ok(Asked::Nothing),
    };
    if form.iter().all(|(key, value)| key != "Action" || value.is_empty()) {
        return Ok(Asked::Nothing);
    }
    Ok(Asked::Call(Box::new(query::decode(&form)?)))
}

/// Whether the content type is a form's, whatever follows the semicolon.
fn is_form(content_type: Option<&str>) -> bool {
    let kind = content_type.unwrap_or_default().split(';').next().unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

#[cfg(test)]
mod tests {
    use super::{Asked, read};
    use crate::iam::Error;
    use crate::serve::sigv4::Request;

    fn ask(method: &str, query: &str, kind: &str, body: &str) -> Result<Option<String>, Error> {
        let headers = [("content-type".to_owned(), kind.to_owned())];
        let asked = read(&Request { method, path: "/", query, headers: &headers, body: body.as_bytes() })?;
        Ok(match asked {
            Asked::Call(call) => Some(format!("{call:?}")),
            Asked::Nothing => None,
        })
    }

    const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";

    #[test]
    fn a_call_comes_by_post_or_get() {
        let expected = Some(r#"GetUser {"UserName":"ann"}"#.to_owned());
        let form = "Action=GetUser&Version=2010-05-08&UserName=ann";
        assert_eq!(ask("POST", "", FORM, form).unwrap(), expected);
        assert_eq!(ask("GET", form, "", "").unwrap(), expected);
    }

    #[test]
    fn of_two_parameters_the_first_counts() {
        let form = "Action=GetUser&Version=2010-05-08&UserName=ann&UserName=bob&Action=DeleteUser";
        assert_eq!(ask("POST", "", FORM, form).unwrap().unwrap(), r#"GetUser {"UserName":"ann"}"#);
    }

    #[test]
    fn what_is_no_api_request_is_sent_home() {
        assert_eq!(ask("GET", "", "", "").unwrap(), None);
        assert_eq!(ask("PUT", "Action=GetUser&Version=2010-05-08", FORM, "").unwrap(), None);
        assert_eq!(ask("POST", "", "application/json", r#"{"Action":"GetUser"}"#).unwrap(), None);
        assert_eq!(ask("POST", "", FORM, "Action=&Version=2010-05-08").unwrap(), None);
    }

    #[test]
    fn an_unknown_action_is_named_with_its_version() {
        let message = |form: &str| ask("POST", "", FORM, form).unwrap_err().message;
        assert_eq!(message("Action=Nope&Version=2010-05-08"), "Could not find operation Nope for version 2010-05-08");
        assert_eq!(message("Action=GetUser"), "Could not find operation GetUser for version NO_VERSION_SPECIFIED");
        assert_eq!(message("Action=GetUser&Version=1999"), "Could not find operation GetUser for version 1999");
    }
}
