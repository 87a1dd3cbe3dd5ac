//! Principals of trust policies: they must exist, and are kept by their unique ids.
//!
//! When a trust policy is saved, each user and role of the account that it names is looked up, and its id noted. When the
//! policy is shown, a principal that was renamed has its new ARN, and one that was deleted has its id in its place, even
//! when somebody else has its name by then (IAM User Guide, "AWS JSON policy elements: Principal"). An account given by its
//! digits is shown as the ARN of its root user.

use std::collections::BTreeMap;

use rusqlite::params;

use super::error::Result;
use super::service_principals;
use super::tx::Tx;
use crate::iam::{Arn, Error, Kind};
use crate::policy::document::{Document, Item, PrincipalEntry, Principals};

/// The length of an account's id.
const ACCOUNT_DIGITS: usize = 12;

/// Principals as the text names them, and what they are kept by: their unique ids, of accounts the ARN.
pub(super) type Trusted = BTreeMap<String, String>;

/// What statements say of principals by their types.
fn typed(document: &Document) -> impl Iterator<Item = &Vec<PrincipalEntry>> {
    let fields = document.statements().iter().flat_map(|one| one.principal.iter().chain(&one.not_principal));
    fields.filter_map(|field| match &field.value {
        Principals::Typed(entries) => Some(entries),
        Principals::Single(_) => None,
    })
}

/// The principals of one type in the document.
fn principals<'d>(document: &'d Document, kind: &'static str) -> impl Iterator<Item = &'d Item> {
    typed(document).flatten().filter(move |entry| entry.kind.text == kind).flat_map(|entry| &entry.values.items)
}

fn invalid(kind: &str, principal: &str) -> Error {
    Error::malformed_policy_document(format!("Invalid principal in policy: \"{kind}\":\"{principal}\""))
}

/// Refuses a statement that speaks to nobody, in the words that come through from inside AWS.
fn check_somebody(document: &Document) -> Result<()> {
    if typed(document).all(|entries| entries.iter().any(|entry| !entry.values.items.is_empty())) {
        return Ok(());
    }
    let message = "Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: The passed in policy has \
                   a statement with no principals!";
    Err(Error::malformed_policy_document(message).into())
}

/// Whether the text has the form of a unique id of a user or role.
fn is_unique_id(text: &str) -> bool {
    let of_kind = |kind: Kind| kind.id_kind().is_some_and(|id| text.starts_with(id.prefix()));
    of_kind(Kind::User) || of_kind(Kind::Role)
}

impl Tx<'_> {
    /// What the principals that a trust policy names are kept by, of all that are not kept as they are.
    ///
    /// # Errors
    /// `MalformedPolicyDocument` for no principal, a service that does not exist, or a user or role of this account that
    /// does not exist. Other accounts are not known here.
    pub(super) fn trusted(&self, document: &Document) -> Result<Trusted> {
        check_somebody(document)?;
        let mut services = principals(document, "Service");
        if let Some(service) = services.find(|item| !service_principals::exists(&item.text, &self.account.partition)) {
            return Err(invalid("SERVICE", &service.text).into());
        }
        let mut trusted = Trusted::new();
        for Item { text, .. } in principals(document, "AWS") {
            if text.len() == ACCOUNT_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit()) {
                trusted.insert(text.clone(), format!("arn:{}:iam::{text}:root", self.account.partition));
            } else if let Some(id) = self.principal_id(text)? {
                trusted.insert(text.clone(), id);
            }
        }
        Ok(trusted)
    }

    /// The unique id of a principal, if it has one to be kept by.
    fn principal_id(&self, text: &str) -> Result<Option<String>> {
        if is_unique_id(text) {
            let known = self.arn_of_id(text)?.map(|_| text.to_owned());
            return Ok(Some(known.ok_or_else(|| invalid("AWS", text))?));
        }
        let Ok(arn) = text.parse::<Arn>() else { return Ok(None) };
        if arn.account != self.account.id.as_str() || arn.resource == "root" {
            return Ok(None);
        }
        let id = match (arn.service.as_str(), arn.resource_parts()) {
            ("iam", ("user" | "role", _)) => self.find_arn(text)?.map(|entity| Some(entity.uid)),
            ("sts", ("assumed-role", session)) => {
                let role = session.split('/').next().unwrap_or_default();
                self.find(Kind::Role, role)?.map(|_| None)
            }
            ("sts", ("federated-user", _)) => Some(None),
            _ => None,
        };
        Ok(id.ok_or_else(|| invalid("AWS", text))?)
    }

    fn arn_of_id(&self, id: &str) -> Result<Option<String>> {
        self.one(
            "SELECT arn FROM entity WHERE uid = ?1 AND uid <> '' AND account = ?2",
            params![id, self.account.row],
            |row| row.get(0),
        )
    }

    /// A trust policy as IAM shows it now: as it was sent, but for principals that were renamed or deleted.
    pub(super) fn shown_trust(&self, text: String, trusted: &str) -> Result<String> {
        as_shown(text, trusted, |id| self.arn_of_id(id))
    }
}

/// A trust policy as IAM shows it; `arn_of` knows whom a unique id stands for now.
pub(super) fn as_shown(text: String, trusted: &str, arn_of: impl Fn(&str) -> Result<Option<String>>) -> Result<String> {
    if trusted == "{}" {
        return Ok(text);
    }
    let mut changed = Trusted::new();
    for (principal, id) in serde_json::from_str::<Trusted>(trusted)? {
        let now = arn_of(&id)?.unwrap_or(id);
        if now != principal {
            changed.insert(principal, now);
        }
    }
    Ok(if changed.is_empty() { text } else { with_principals(text, &changed) })
}

/// The text with principals replaced; from the end, so that the places of those before stay right.
fn with_principals(mut text: String, changed: &Trusted) -> String {
    let document = Document::parse(text.as_str());
    let mut places: Vec<_> =
        principals(&document, "AWS").filter_map(|item| Some((item.span, changed.get(&item.text)?))).collect();
    places.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    for (span, now) in places {
        if text.get(span.start..span.end).is_some() {
            text.replace_range(span.start..span.end, &format!("\"{now}\""));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use crate::api::{CreateRole, CreateUser, DeleteUser, GetRole, UpdateAssumeRolePolicy, UpdateUser};
    use crate::store::kit::Kit;

    const ANN: &str = "arn:aws:iam::123456789012:user/ann";

    fn kit() -> Kit {
        let kit = Kit::new();
        kit.ok(&CreateUser { user_name: "ann".into(), ..CreateUser::default() });
        kit
    }

    fn trust(principal: &str) -> String {
        format!(
            r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Principal": {{"AWS": ["{principal}", "210987654321"]}},
                "Action": "sts:AssumeRole", "Condition": {{"StringEquals": {{"aws:PrincipalArn": "{principal}"}}}}}}]}}"#
        )
    }

    /// The policy as it is shown later, with the other account by its ARN.
    fn kept(principal: &str) -> String {
        trust(principal).replace("\"210987654321\"", "\"arn:aws:iam::210987654321:root\"")
    }

    fn create(principal: &str) -> CreateRole {
        CreateRole { role_name: "r".into(), assume_role_policy_document: trust(principal), ..CreateRole::default() }
    }

    fn shown(kit: &Kit) -> String {
        kit.ok(&GetRole { role_name: "r".into() }).role.assume_role_policy_document.unwrap()
    }

    #[test]
    fn a_principal_of_the_account_must_exist() {
        let kit = kit();
        for principal in [
            "arn:aws:iam::123456789012:user/bob",
            "arn:aws:iam::123456789012:user/Ann",
            "arn:aws:iam::123456789012:group/devs",
            "arn:aws:sts::123456789012:assumed-role/none/session",
            "AIDAAAAAAAAAAAAAAAAAA",
        ] {
            let error = kit.refused(&create(principal));
            assert_eq!(error.code, "MalformedPolicyDocument");
            assert_eq!(error.message, format!("Invalid principal in policy: \"AWS\":\"{principal}\""));
        }
        kit.ok(&create("arn:aws:iam::123456789012:root"));
        let others = "arn:aws:iam::210987654321:user/whoever";
        kit.ok(&UpdateAssumeRolePolicy { role_name: "r".into(), policy_document: trust(others) });
        assert_eq!(shown(&kit), kept(others));
    }

    #[test]
    fn a_statement_speaks_to_somebody_and_services_exist() {
        let kit = kit();
        let message = |principal: &str| {
            let document = format!(
                r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Principal": {principal}, "Action": "sts:AssumeRole"}}}}"#
            );
            let call =
                CreateRole { role_name: "r".into(), assume_role_policy_document: document, ..CreateRole::default() };
            let error = kit.refused(&call);
            assert_eq!(error.code, "MalformedPolicyDocument");
            error.message
        };
        for principal in [r#"{"AWS": []}"#, "{}"] {
            assert_eq!(
                message(principal),
                "Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: The passed in policy has a \
                 statement with no principals!"
            );
        }
        assert_eq!(
            message(r#"{"Service": ["ec2.amazonaws.com", "nope.amazonaws.com"]}"#),
            r#"Invalid principal in policy: "SERVICE":"nope.amazonaws.com""#
        );
        assert_eq!(
            message(r#"{"Federated": "https://oidc.eks.us-east-1.amazonaws.com/id/A1"}"#),
            "Federated principals must be valid domain names or SAML metadata ARNs"
        );
    }

    #[test]
    fn a_user_made_again_is_somebody_else() {
        let kit = kit();
        let made = kit.ok(&create(ANN)).role;
        assert_eq!(made.assume_role_policy_document, Some(trust(ANN)));
        let id = kit.ok(&crate::api::GetUser { user_name: Some("ann".into()) }).user.user_id;
        kit.ok(&DeleteUser { user_name: "ann".into() });
        kit.ok(&CreateUser { user_name: "ann".into(), ..CreateUser::default() });
        assert_eq!(shown(&kit), kept(ANN).replacen(ANN, &id, 1));
        let again = UpdateAssumeRolePolicy { role_name: "r".into(), policy_document: shown(&kit) };
        assert_eq!(kit.refused(&again).code, "MalformedPolicyDocument");
        kit.ok(&UpdateAssumeRolePolicy { role_name: "r".into(), policy_document: trust(ANN) });
        assert_eq!(shown(&kit), kept(ANN));
    }

    #[test]
    fn a_renamed_user_is_shown_under_its_new_name() {
        let kit = kit();
        kit.ok(&create(ANN));
        kit.ok(&UpdateUser { user_name: "ann".into(), new_user_name: Some("anna".into()), ..UpdateUser::default() });
        assert_eq!(shown(&kit), kept(ANN).replacen("user/ann", "user/anna", 1));
    }
}
