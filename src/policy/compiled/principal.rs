//! `Principal` and `NotPrincipal`: who is named, and how directly (IAM User Guide, "AWS JSON policy elements: Principal").
//!
//! Where the documentation leaves a point open, for `NotPrincipal`: it spares a principal that is named itself. Naming only
//! the account spares none but the account's root user, naming only the role does not spare its sessions, since the
//! guide asks for account, role and session all three.

use crate::policy::decision::{Principal, PrincipalKind};
use crate::policy::document::{self, Statement};

/// Whom a statement of a policy at a resource speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Principals {
    /// All but these.
    negated: bool,
    who: Vec<Who>,
}

/// How directly a principal is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Named {
    /// By its account, which leaves it to the account's own policies.
    Account,
    /// A session, by the role or the user it is made of: within the boundary and the session policies.
    Parent,
    /// By its own name, or as anyone.
    Directly,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Who {
    /// `*`.
    Anyone,
    /// `{"AWS": …}`: an account id, or the ARN of its root.
    Account(Box<str>),
    /// `{"AWS": …}`: an ARN.
    Arn(Box<str>),
    /// `{"AWS": …}`: a role, by account and name. Sessions do not carry the role's path.
    Role { arn: Box<str>, account: Box<str>, name: Box<str> },
    /// `{"Service": …}`.
    Service(Box<str>),
    /// `{"Federated": …}`.
    Federated(Box<str>),
    /// `{"CanonicalUser": …}`.
    Canonical(Box<str>),
}

impl Principals {
    /// None if the statement names no principal.
    pub(crate) fn new(statement: &Statement) -> Option<Self> {
        let (field, negated) = match (&statement.principal, &statement.not_principal) {
            (Some(field), _) => (field, false),
            (None, not_principal) => (not_principal.as_ref()?, true),
        };
        let who = match &field.value {
            document::Principals::Single(item) if item.is_star() => vec![Who::Anyone],
            document::Principals::Single(_) => Vec::new(),
            document::Principals::Typed(entries) => {
                let one = |entry: &document::PrincipalEntry| {
                    entry.values.texts().filter_map(|text| Who::new(&entry.kind.text, text)).collect::<Vec<_>>()
                };
                entries.iter().flat_map(one).collect()
            }
        };
        Some(Self { negated, who })
    }

    /// How it names a principal, if it does.
    pub(crate) fn name(&self, principal: &Principal) -> Option<Named> {
        let named = self.who.iter().filter_map(|who| who.names(principal)).max();
        if self.negated {
            return if named == Some(Named::Directly) { None } else { Some(Named::Directly) };
        }
        named
    }
}

impl Who {
    fn new(kind: &str, text: &str) -> Option<Self> {
        match kind {
            "AWS" => Some(Self::aws(text)),
            "Service" => Some(Self::Service(text.into())),
            "Federated" => Some(Self::Federated(text.into())),
            "CanonicalUser" => Some(Self::Canonical(text.into())),
            _ => None,
        }
    }

    fn aws(text: &str) -> Self {
        let mut parts = text.splitn(6, ':').skip(2);
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            _ if text == "*" => Self::Anyone,
            _ if text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) => Self::Account(text.into()),
            (Some("iam"), _, Some(account), Some("root")) => Self::Account(account.into()),
            (Some("iam"), _, Some(account), Some(id)) if id.starts_with("role/") => {
                let name = id.rsplit('/').next().unwrap_or_default();
                Self::Role { arn: text.into(), account: account.into(), name: name.into() }
            }
            _ => Self::Arn(text.into()),
        }
    }

    fn names(&self, principal: &Principal) -> Option<Named> {
        let is_service = principal.kind == PrincipalKind::Service;
        match self {
            Self::Anyone => Some(Named::Directly),
            Self::Account(account) if principal.account() != Some(account) => None,
            // An identity provider belongs to an account and is not its user.
            Self::Account(_) if principal.kind == PrincipalKind::Federated => None,
            Self::Account(_) if principal.kind == PrincipalKind::Root => Some(Named::Directly),
            Self::Account(_) => Some(Named::Account),
            Self::Arn(arn) if principal.federated_user() == Some(arn) => Some(Named::Parent),
            Self::Arn(arn) => (!is_service && **arn == *principal.name).then_some(Named::Directly),
            Self::Role { arn, .. } if principal.kind == PrincipalKind::Role => {
                (**arn == *principal.name).then_some(Named::Parent)
            }
            Self::Role { account, name, .. } => {
                let is_ours = principal.account() == Some(account) && principal.role_name() == Some(name);
                is_ours.then_some(Named::Parent)
            }
            Self::Service(service) => (is_service && **service == *principal.name).then_some(Named::Directly),
            Self::Federated(provider) => {
                let is_ours = principal.kind == PrincipalKind::Federated && **provider == *principal.name;
                is_ours.then_some(Named::Directly)
            }
            Self::Canonical(id) => (**id == *principal.name).then_some(Named::Directly),
        }
    }
}
