//! A decision in the words of an AccessDenied answer (IAM User Guide, "Troubleshoot access denied error messages").

use super::{Decision, Layer, Outcome, Request};

impl Decision {
    /// The layer that AWS blames, of those that deny; none if the request is allowed.
    ///
    /// If several kinds of policy deny, AWS names one and does not say which it picks. Here it is the first in the order in
    /// which the guide's flow chart meets them.
    pub fn blamed(self) -> Option<Layer> {
        self.blocked_by.iter().next()
    }

    /// Why a request is denied: `because no identity-based policy allows the iam:CreateUser action`, or `with an explicit
    /// deny in a service control policy`. None if it is allowed.
    pub fn reason(self, request: &Request) -> Option<String> {
        let layer = self.blamed()?;
        let title = layer.title();
        Some(match self.outcome {
            Outcome::Allowed => return None,
            Outcome::ImplicitDeny => format!("because no {title} allows the {} action", request.action()),
            Outcome::ExplicitDeny => format!("with an explicit deny in {} {title}", article(layer)),
        })
    }

    /// The whole message of an AccessDenied answer; none if the request is allowed.
    pub fn access_denied(self, request: &Request) -> Option<String> {
        let reason = self.reason(request)?;
        let Request { principal, resource, .. } = request;
        let name = &principal.name;
        Some(format!(
            "User: {name} is not authorized to perform: {} on resource: {resource} {reason}",
            request.action()
        ))
    }
}

fn article(layer: Layer) -> &'static str {
    if layer == Layer::Identity { "an" } else { "a" }
}
