//! Who makes a request.

use crate::policy::wildcard::{Case, matches};

/// What sort of principal makes a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PrincipalKind {
    /// The root user of an account.
    Root,
    /// An IAM user.
    User,
    /// A role, asked about without a session.
    Role,
    /// A session of a role.
    AssumedRole,
    /// A session made by GetFederationToken.
    FederatedUser,
    /// A web or SAML identity, named by its provider, before it has assumed a role.
    Federated,
    /// An AWS service.
    Service,
    /// Nobody known.
    Anonymous,
}

/// Who makes a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// What sort of principal.
    pub kind: PrincipalKind,
    /// The ARN; the name of a service or provider; `anonymous`.
    pub name: String,
    /// The account, of those that have one.
    account: Option<Box<str>>,
    /// The role's name, of sessions.
    role: Option<Box<str>>,
    /// The ARN of the user whose session it is, where that is known.
    user: Option<Box<str>>,
}

impl Principal {
    /// Nobody known.
    pub fn anonymous() -> Self {
        Self { kind: PrincipalKind::Anonymous, name: "anonymous".to_owned(), account: None, role: None, user: None }
    }

    /// Reads a principal: an ARN of IAM or STS, a service principal, a web identity provider, an account id for its root
    /// user, or `anonymous`.
    pub fn parse(text: &str) -> Self {
        let is_account = text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit());
        let of = |kind, account: Option<&str>, role: Option<&str>| Self {
            kind,
            name: text.to_owned(),
            account: account.filter(|account| !account.is_empty()).map(Into::into),
            role: role.map(Into::into),
            user: None,
        };
        if is_account {
            return Self { name: format!("arn:aws:iam::{text}:root"), ..of(PrincipalKind::Root, Some(text), None) };
        }
        if matches!(text, "anonymous" | "*" | "") {
            return Self::anonymous();
        }
        let mut parts = text.splitn(6, ':');
        let (Some("arn"), Some(account), Some(id)) = (parts.next(), parts.nth(3), parts.next()) else {
            let is_service = text.contains(".amazonaws.com") && !text.starts_with("cognito-identity.");
            return of(if is_service { PrincipalKind::Service } else { PrincipalKind::Federated }, None, None);
        };
        let (sort, rest) = id.split_once('/').unwrap_or((id, ""));
        let (kind, role) = match sort {
            "root" => (PrincipalKind::Root, None),
            "role" => (PrincipalKind::Role, rest.rsplit('/').next()),
            "assumed-role" => (PrincipalKind::AssumedRole, rest.split('/').next()),
            "federated-user" => (PrincipalKind::FederatedUser, None),
            "saml-provider" | "oidc-provider" => (PrincipalKind::Federated, None),
            _ => (PrincipalKind::User, None),
        };
        of(kind, Some(account), role)
    }

    /// Says which user made a session by GetFederationToken. Its ARN does not: the caller names the session at will.
    #[must_use]
    pub fn federated_by(self, user: &str) -> Self {
        Self { user: (self.kind == PrincipalKind::FederatedUser).then(|| user.into()), ..self }
    }

    /// The ARN of the user who made the session, if that is known.
    pub fn federated_user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    /// The account it belongs to.
    pub fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    /// The name of the role, of roles and their sessions.
    pub fn role_name(&self) -> Option<&str> {
        self.role.as_deref()
    }

    /// Whether it has policies of its own: users, roles and their sessions.
    pub fn has_identity(&self) -> bool {
        !matches!(self.kind, PrincipalKind::Federated | PrincipalKind::Service | PrincipalKind::Anonymous)
    }

    /// The global condition keys that follow from who it is (IAM User Guide, "AWS global condition context keys"). Of a
    /// session, `aws:PrincipalArn` is the role's ARN, whose path the session does not tell: set it where it is known.
    pub fn context(&self) -> Vec<(&'static str, String)> {
        let mut keys = vec![("aws:PrincipalType", self.type_name().to_owned())];
        keys.extend(self.account().map(|account| ("aws:PrincipalAccount", account.to_owned())));
        match (self.kind, self.account(), self.role_name()) {
            (PrincipalKind::AssumedRole, Some(account), Some(role)) => {
                let partition = self.name.split(':').nth(1).unwrap_or("aws");
                keys.push(("aws:PrincipalArn", format!("arn:{partition}:iam::{account}:role/{role}")));
            }
            _ if self.has_identity() => keys.push(("aws:PrincipalArn", self.name.clone())),
            _ => {}
        }
        if self.kind == PrincipalKind::User {
            keys.push(("aws:username", self.name.rsplit('/').next().unwrap_or_default().to_owned()));
        }
        keys.push(("aws:PrincipalIsAWSService", (self.kind == PrincipalKind::Service).to_string()));
        keys
    }

    /// The value of `aws:PrincipalType`.
    fn type_name(&self) -> &'static str {
        match self.kind {
            PrincipalKind::Root => "Account",
            PrincipalKind::User => "User",
            PrincipalKind::Role | PrincipalKind::AssumedRole | PrincipalKind::Federated => "AssumedRole",
            PrincipalKind::FederatedUser => "FederatedUser",
            PrincipalKind::Service => "Service",
            PrincipalKind::Anonymous => "Anonymous",
        }
    }

    /// Whether it is a service-linked role, which no control policy limits (Organizations User Guide, "Service control
    /// policies"). A session does not carry the role's path, but only such roles may have such names.
    pub fn is_service_linked(&self) -> bool {
        self.role_name().is_some_and(|name| matches("AWSServiceRoleFor*", name, Case::Sensitive))
            || self.name.contains(":role/aws-service-role/")
    }
}

#[cfg(test)]
mod tests {
    use super::{Principal, PrincipalKind};

    #[test]
    fn principals_are_told_apart() {
        let cases = [
            ("arn:aws:iam::123456789012:root", PrincipalKind::Root),
            ("123456789012", PrincipalKind::Root),
            ("arn:aws:iam::123456789012:user/a/b", PrincipalKind::User),
            ("arn:aws:iam::123456789012:role/a/b", PrincipalKind::Role),
            ("arn:aws:sts::123456789012:assumed-role/b/s", PrincipalKind::AssumedRole),
            ("arn:aws:sts::123456789012:federated-user/b", PrincipalKind::FederatedUser),
            ("arn:aws:iam::123456789012:saml-provider/x", PrincipalKind::Federated),
            ("accounts.google.com", PrincipalKind::Federated),
            ("cognito-identity.amazonaws.com", PrincipalKind::Federated),
            ("ec2.amazonaws.com", PrincipalKind::Service),
            ("anonymous", PrincipalKind::Anonymous),
        ];
        for (text, kind) in cases {
            assert_eq!(Principal::parse(text).kind, kind, "{text}");
        }
        let session = Principal::parse("arn:aws:sts::123456789012:assumed-role/b/s");
        assert_eq!((session.account(), session.role_name()), (Some("123456789012"), Some("b")));
        assert!(session.context().contains(&("aws:PrincipalArn", "arn:aws:iam::123456789012:role/b".to_owned())));
        assert!(Principal::parse(cases[2].0).context().contains(&("aws:username", "b".to_owned())));
        assert!(Principal::parse("arn:aws:sts::1:assumed-role/AWSServiceRoleForECS/s").is_service_linked());
    }
}
