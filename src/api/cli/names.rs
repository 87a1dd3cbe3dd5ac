//! How the `aws` command spells the API's names: `CreateUser` is `create-user`.
//!
//! The rule is `xform_name` of botocore, which splits before a capital with lowercase after it, between a lowercase
//! letter or digit and a capital, and before a plural acronym at the end.

use crate::api::{Model, Service, operations};

/// The name as the command line spells it, without dashes before it.
pub fn kebab(name: &str) -> String {
    let chars: Vec<char> = plural(name).chars().collect();
    between(&before_words(&chars)).to_ascii_lowercase()
}

/// The operation that the command line names, in its own spelling or the API's.
pub fn find(service: Service, name: &str) -> Option<&'static Model> {
    operations().filter(|m| m.service == service).find(|m| m.name == name || kebab(m.name) == name)
}

/// A plural acronym at the end, split off: `ListARNs` becomes `List-arns`.
fn plural(name: &str) -> String {
    let Some(stem) = name.strip_suffix('s') else { return name.to_owned() };
    let head = stem.trim_end_matches(|c: char| c.is_ascii_uppercase());
    let acronym = stem.strip_prefix(head).unwrap_or_default();
    if acronym.len() < 2 { name.to_owned() } else { format!("{head}-{}s", acronym.to_ascii_lowercase()) }
}

/// A dash before every capital that a lowercase letter follows, unless it stands first.
fn before_words(mut rest: &[char]) -> Vec<char> {
    let mut out = Vec::with_capacity(rest.len() + 8);
    loop {
        match rest {
            [before, capital, tail @ ..] if capital.is_ascii_uppercase() && starts_lower(tail) => {
                let end = tail.iter().position(|c| !c.is_ascii_lowercase()).unwrap_or(tail.len());
                let (word, after) = tail.split_at(end);
                out.extend([*before, '-', *capital]);
                out.extend(word);
                rest = after;
            }
            [first, tail @ ..] => {
                out.push(*first);
                rest = tail;
            }
            [] => return out,
        }
    }
}

fn starts_lower(chars: &[char]) -> bool {
    chars.first().is_some_and(char::is_ascii_lowercase)
}

/// A dash between a lowercase letter or digit and a capital.
fn between(chars: &[char]) -> String {
    let mut out = String::with_capacity(chars.len() + 4);
    let mut last = '-';
    for &c in chars {
        if c.is_ascii_uppercase() && (last.is_ascii_lowercase() || last.is_ascii_digit()) {
            out.push('-');
        }
        out.push(c);
        last = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{find, kebab};
    use crate::api::Service;

    #[test]
    fn names_are_spelled_as_botocore_does() {
        for (name, spelled) in [
            ("CreateUser", "create-user"),
            ("ListMFADevices", "list-mfa-devices"),
            ("CreateOpenIDConnectProvider", "create-open-id-connect-provider"),
            ("ClientIDList", "client-id-list"),
            ("AWSServiceName", "aws-service-name"),
            ("AuthenticationCode1", "authentication-code1"),
            ("AssumeRoleWithSAML", "assume-role-with-saml"),
            ("PolicyARNs", "policy-arns"),
            ("SSHPublicKeyId", "ssh-public-key-id"),
        ] {
            assert_eq!(kebab(name), spelled);
        }
    }

    #[test]
    fn an_operation_is_found_by_either_name() {
        assert_eq!(find(Service::Iam, "list-mfa-devices").unwrap().name, "ListMFADevices");
        assert_eq!(find(Service::Sts, "GetCallerIdentity").unwrap().name, "GetCallerIdentity");
        assert!(find(Service::Sts, "create-user").is_none());
    }
}
