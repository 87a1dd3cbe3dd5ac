//! How the layers come together, and the rules that particular services and principals have.

use super::{Decision, Layer, Layers, Outcome, PrincipalKind, Request, Verdict};
use crate::policy::compiled::Named;

/// What each layer says.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Verdicts {
    denied: Layers,
    /// Layers that every request must pass, and that this one does not.
    blocked: Layers,
    pub(super) resource: Verdict,
    pub(super) identity: Verdict,
    pub(super) boundary: Option<Verdict>,
    pub(super) session: Option<Verdict>,
}

impl Verdicts {
    /// Takes in a layer that every request must pass, one level at a time.
    pub(super) fn pass(&mut self, layer: Layer, verdict: Verdict) {
        if verdict.denies {
            self.denied.insert(layer);
        } else if verdict.allows.is_none() {
            self.blocked.insert(layer);
        }
    }
}

/// Service-linked roles are limited by no control policy (Organizations User Guide, "Tasks and entities not restricted by
/// SCPs", "Resources and entities not restricted by RCPs").
pub(super) fn is_limited_by_control_policies(request: &Request) -> bool {
    !request.principal.is_service_linked()
}

/// Whether this is a role to be assumed. Its trust policy must allow it (IAM User Guide, "IAM roles", trust policy).
pub(super) fn is_role_trust(request: &Request) -> bool {
    let action = request.action.as_str();
    let assumes = action.starts_with("sts:assumerole") || matches!(action, "sts:tagsession" | "sts:setsourceidentity");
    assumes && resource_is(request, "iam", "role/")
}

/// Whether the policy of the resource must allow it, though principal and resource share an account: role trust policies,
/// and KMS key policies (KMS Developer Guide, "Key policies": no one, the root user included, may use a key that its
/// policy does not open to them).
fn needs_resource_policy(request: &Request) -> bool {
    is_role_trust(request) || (request.action.service() == "kms" && resource_is(request, "kms", "key/"))
}

fn resource_is(request: &Request, service: &str, start: &str) -> bool {
    let mut parts = request.resource.splitn(6, ':').skip(2);
    parts.next() == Some(service) && parts.nth(2).is_some_and(|id| id.starts_with(start))
}

/// The layer that a resource's policy is for this request.
pub(super) fn resource_layer(request: &Request) -> Layer {
    if is_role_trust(request) { Layer::RoleTrust } else { Layer::Resource }
}

/// What comes of what the layers say.
pub(super) fn combine(request: &Request, verdicts: &Verdicts) -> Decision {
    let mut denied = verdicts.denied;
    let mut deny = |verdict: Option<Verdict>, layer| {
        if verdict.is_some_and(|verdict| verdict.denies) {
            denied.insert(layer);
        }
    };
    deny(Some(verdicts.resource), resource_layer(request));
    deny(Some(verdicts.identity), Layer::Identity);
    deny(verdicts.boundary, Layer::Boundary);
    deny(verdicts.session, Layer::Session);
    if !denied.is_empty() {
        return Decision { outcome: Outcome::ExplicitDeny, blocked_by: denied };
    }
    let mut blocked_by = verdicts.blocked;
    granted(request, verdicts).into_iter().flatten().for_each(|layer| blocked_by.insert(layer));
    let outcome = if blocked_by.is_empty() { Outcome::Allowed } else { Outcome::ImplicitDeny };
    Decision { outcome, blocked_by }
}

/// The layers that lack an allow, where no layer denies.
///
/// In one account, a resource policy that names the principal itself, or anyone, needs nothing else: not even a boundary or
/// session policy limits it. One that names the role or the user of a session grants within its boundary and session
/// policies. One that names the account leaves it to identity policies. Between accounts, both sides must allow.
fn granted(request: &Request, verdicts: &Verdicts) -> [Option<Layer>; 4] {
    let resource = verdicts.resource.allows;
    let lacks = |lacks: bool, layer: Layer| lacks.then_some(layer);
    if !request.principal.has_identity() {
        return [lacks(resource.is_none(), resource_layer(request)), None, None, None];
    }
    let is_root = request.principal.kind == PrincipalKind::Root;
    let is_same = request.is_same_account();
    let needs_resource = !is_same || needs_resource_policy(request);
    // The root user cannot assume a role (STS API reference, "AssumeRole").
    let barred = is_root && is_role_trust(request);
    if is_same && resource == Some(Named::Directly) && !barred {
        return [None; 4];
    }
    // The root user may do all that its account may, without a policy.
    let identity =
        (is_root && !barred) || verdicts.identity.allows.is_some() || (is_same && resource == Some(Named::Parent));
    let passes = |verdict: Option<Verdict>| verdict.is_none_or(|verdict| verdict.allows.is_some());
    [
        lacks(needs_resource && resource.is_none(), resource_layer(request)),
        lacks(!identity || barred, Layer::Identity),
        lacks(!passes(verdicts.boundary), Layer::Boundary),
        lacks(!passes(verdicts.session), Layer::Session),
    ]
}
