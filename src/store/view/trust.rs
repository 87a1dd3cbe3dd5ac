//! Whom a trust policy lets in, in the short words of the IAM console's list of roles.

use std::fmt;

use crate::iam::Arn;
use crate::policy::document::{Document, Effect, PrincipalEntry, Principals, Statement};

/// Someone whom a role trusts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Trusted {
    /// An AWS service, by its short name: `ec2`.
    Service(String),
    /// Another account, or this one.
    Account {
        /// Its id.
        id: String,
        /// Whether it is the role's own.
        own: bool,
    },
    /// A user, by name, with the account if it is another.
    User(String),
    /// A role, by name, with the account if it is another.
    Role(String),
    /// A SAML provider, by name.
    Saml(String),
    /// An OpenID Connect provider, by host.
    WebIdentity(String),
    /// A user or role that was deleted: only its unique id is left.
    Deleted(String),
    /// Anyone at all.
    Anyone {
        /// Whether a condition narrows it.
        conditional: bool,
    },
    /// Something else, as it is written.
    Other(String),
}

impl fmt::Display for Trusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Service(name) => write!(f, "AWS service: {name}"),
            Self::Account { own: true, .. } => f.write_str("This account"),
            Self::Account { id, own: false } => write!(f, "Account: {id}"),
            Self::User(name) => write!(f, "User: {name}"),
            Self::Role(name) => write!(f, "Role: {name}"),
            Self::Saml(name) => write!(f, "SAML: {name}"),
            Self::WebIdentity(name) => write!(f, "Web identity: {name}"),
            Self::Deleted(id) => write!(f, "Deleted: {id}"),
            Self::Anyone { .. } => f.write_str("Anyone"),
            Self::Other(text) => f.write_str(text),
        }
    }
}

/// Everyone whom the trust policy lets in, in its order, each once. `account` is the role's own.
pub fn trusted(document: &str, account: &str) -> Vec<Trusted> {
    let document = Document::parse(document);
    let mut all = Vec::new();
    for statement in document.statements().iter().filter(|s| s.effect() == Some(Effect::Allow)) {
        for one in of_statement(statement, account) {
            if !all.contains(&one) {
                all.push(one);
            }
        }
    }
    all
}

fn of_statement(statement: &Statement, account: &str) -> Vec<Trusted> {
    let conditional = !statement.conditions().is_empty();
    match statement.principal.as_ref().map(|field| &field.value) {
        None => Vec::new(),
        Some(Principals::Single(_)) => vec![Trusted::Anyone { conditional }],
        Some(Principals::Typed(entries)) => {
            let of_entry = |entry: &PrincipalEntry| {
                entry.values.texts().map(|text| principal(&entry.kind.text, text, account, conditional)).collect()
            };
            entries.iter().flat_map(|entry| -> Vec<Trusted> { of_entry(entry) }).collect()
        }
    }
}

fn principal(kind: &str, text: &str, account: &str, conditional: bool) -> Trusted {
    match kind {
        "Service" => Trusted::Service(text.split(".amazonaws.com").next().unwrap_or(text).to_owned()),
        "Federated" => federated(text),
        "AWS" if text == "*" => Trusted::Anyone { conditional },
        "AWS" => aws(text, account),
        _ => Trusted::Other(text.to_owned()),
    }
}

fn federated(text: &str) -> Trusted {
    match text.parse::<Arn>() {
        Ok(arn) if arn.resource_parts().0 == "saml-provider" => Trusted::Saml(arn.resource_parts().1.to_owned()),
        Ok(arn) => Trusted::WebIdentity(arn.resource_parts().1.to_owned()),
        Err(_) => Trusted::WebIdentity(text.to_owned()),
    }
}

fn aws(text: &str, account: &str) -> Trusted {
    let is_account = |id: &str| id.len() == 12 && id.bytes().all(|b| b.is_ascii_digit());
    if is_account(text) {
        return Trusted::Account { id: text.to_owned(), own: text == account };
    }
    let Ok(arn) = text.parse::<Arn>() else {
        let deleted = ["AIDA", "AROA"].iter().any(|prefix| text.starts_with(prefix));
        return if deleted { Trusted::Deleted(text.to_owned()) } else { Trusted::Other(text.to_owned()) };
    };
    let own = arn.account == account;
    let name = if own { arn.name().to_owned() } else { format!("{} in {}", arn.name(), arn.account) };
    match arn.resource_parts().0 {
        "root" => Trusted::Account { id: arn.account, own },
        "user" => Trusted::User(name),
        "role" => Trusted::Role(name),
        _ => Trusted::Other(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Trusted, trusted};

    fn words(principal: &str) -> Vec<String> {
        let text =
            format!(r#"{{"Statement":[{{"Effect":"Allow","Principal":{principal},"Action":"sts:AssumeRole"}}]}}"#);
        trusted(&text, "123456789012").iter().map(ToString::to_string).collect()
    }

    #[test]
    fn everyone_has_short_words() {
        assert_eq!(words(r#"{"Service": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"]}"#), ["AWS service: ec2"]);
        assert_eq!(
            words(
                r#"{"AWS": ["111122223333", "arn:aws:iam::123456789012:root", "arn:aws:iam::123456789012:user/x/ann"]}"#
            ),
            ["Account: 111122223333", "This account", "User: ann"]
        );
        assert_eq!(words(r#"{"AWS": "arn:aws:iam::111122223333:role/r"}"#), ["Role: r in 111122223333"]);
        assert_eq!(words(r#"{"Federated": "arn:aws:iam::123456789012:saml-provider/Corp"}"#), ["SAML: Corp"]);
        assert_eq!(
            words(r#"{"Federated": ["cognito-identity.amazonaws.com", "arn:aws:iam::1:oidc-provider/a.b/c"]}"#),
            ["Web identity: cognito-identity.amazonaws.com", "Web identity: a.b/c"]
        );
        assert_eq!(words(r#"{"AWS": "AROADBQP57FF2AEXAMPLE"}"#), ["Deleted: AROADBQP57FF2AEXAMPLE"]);
    }

    #[test]
    fn a_condition_narrows_anyone_and_a_deny_lets_nobody_in() {
        assert_eq!(words("\"*\""), ["Anyone"]);
        let text = r#"{"Statement":[{"Effect":"Allow","Principal":"*","Condition":{"Bool":{"a:b":"true"}}},
                                    {"Effect":"Deny","Principal":{"AWS":"111122223333"}}]}"#;
        assert_eq!(trusted(text, "1"), [Trusted::Anyone { conditional: true }]);
    }
}
