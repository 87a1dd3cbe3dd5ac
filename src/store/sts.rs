//! STS for whoever has credentials: who am I, whose key is this, session and federation tokens, decoded messages.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;

use super::error::Result;
use super::perform::Perform;
use super::session_policies::Limits;
use super::tx::Tx;
use crate::api::sts::{
    AssumeRoot, AssumeRootOutput, DecodeAuthorizationMessage, DecodeAuthorizationMessageOutput, FederatedUser,
    GetAccessKeyInfo, GetAccessKeyInfoOutput, GetCallerIdentity, GetCallerIdentityOutput, GetDelegatedAccessToken,
    GetDelegatedAccessTokenOutput, GetFederationToken, GetFederationTokenOutput, GetSessionToken,
    GetSessionTokenOutput,
};
use crate::iam::{self, Caller, Error, Session};

/// How long session and federation tokens last unless the call says.
const TWELVE_HOURS: i64 = 43_200;
/// How long they last at most for the root user.
const ROOT_SECONDS_MAX: i64 = 3600;
/// Under which name authorization messages are sealed.
const MESSAGE: &str = "authorization message";

impl Perform for GetCallerIdentity {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetCallerIdentityOutput> {
        let account = tx.account.id.to_string();
        let user_id = match tx.caller.who() {
            Caller::User { id, .. } | Caller::AssumedRole { id, .. } | Caller::Federated { id, .. } => id.clone(),
            Caller::Root | Caller::Anonymous | Caller::Temporary { .. } => account.clone(),
        };
        Ok(GetCallerIdentityOutput { user_id: Some(user_id), account: Some(account), arn: Some(tx.caller_arn()) })
    }
}

impl Perform for GetAccessKeyInfo {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetAccessKeyInfoOutput> {
        let key = "SELECT a.account_id FROM access_key k JOIN account a ON a.id = k.account WHERE k.id = ?1";
        let stored = tx.one(key, [&self.access_key_id], |row| row.get(0))?;
        let account = stored.or_else(|| iam::account_id(&self.access_key_id));
        let invalid = || Error::validation("The access key ID is not valid.");
        Ok(GetAccessKeyInfoOutput { account: Some(account.ok_or_else(invalid)?) })
    }
}

impl Perform for GetSessionToken {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetSessionTokenOutput> {
        tx.check_long_term("GetSessionToken")?;
        let mfa = tx.shown_mfa(self.serial_number.as_deref(), self.token_code.as_deref())?;
        let session = Session { mfa: mfa.then(|| tx.moment()), holder: tx.holder(), ..Session::default() };
        let seconds = tx.token_seconds(self.duration_seconds);
        let credentials = tx.mint(tx.account, tx.caller.clone(), session, seconds)?;
        Ok(GetSessionTokenOutput { credentials: Some(credentials), ..GetSessionTokenOutput::default() })
    }
}

impl Perform for GetFederationToken {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetFederationTokenOutput> {
        tx.check_long_term("GetFederationToken")?;
        let limits = Limits {
            policy: self.policy.as_deref(),
            policy_arns: self.policy_arns.as_deref().unwrap_or_default(),
            tags: self.tags.as_deref().unwrap_or_default(),
            transitive: &[],
        };
        let packed = tx.check_limits(&limits)?;
        let (account, partition) = (&tx.account.id, &tx.account.partition);
        let arn = format!("arn:{partition}:sts::{account}:federated-user/{}", self.name);
        let id = format!("{account}:{}", self.name);
        let who = Caller::Federated { arn: arn.clone(), id: id.clone() };
        let session = Session { holder: tx.holder(), ..limits.session() };
        let credentials = tx.mint(tx.account, who, session, tx.token_seconds(self.duration_seconds))?;
        Ok(GetFederationTokenOutput {
            credentials: Some(credentials),
            federated_user: Some(FederatedUser { federated_user_id: id, arn }),
            packed_policy_size: Some(packed.unwrap_or(0)),
            ..GetFederationTokenOutput::default()
        })
    }
}

impl Perform for AssumeRoot {
    /// Only for the management account of an organization, which no account of the store is.
    fn perform(&self, tx: &Tx<'_>) -> Result<AssumeRootOutput> {
        let target = &self.target_principal;
        let message =
            format!("User: {} is not authorized to perform: sts:AssumeRoot on resource: {target}", tx.caller_arn());
        Err(Error::access_denied(message).into())
    }
}

impl Perform for GetDelegatedAccessToken {
    /// Trade-in tokens come from AWS Partners by way of AWS; none can be good here.
    fn perform(&self, _: &Tx<'_>) -> Result<GetDelegatedAccessTokenOutput> {
        Err(Error::expired_trade_in_token("The trade-in token is not valid or has expired.").into())
    }
}

impl Perform for DecodeAuthorizationMessage {
    fn perform(&self, tx: &Tx<'_>) -> Result<DecodeAuthorizationMessageOutput> {
        let invalid = || Error::invalid_authorization_message("Message is not valid");
        let sealed = BASE64.decode(&self.encoded_message).map_err(|_| invalid())?;
        let opened = tx.store.vault.unseal(MESSAGE, &sealed).map_err(|_| invalid())?;
        let message = String::from_utf8(opened.to_vec()).map_err(|_| invalid())?;
        Ok(DecodeAuthorizationMessageOutput { decoded_message: Some(message) })
    }
}

impl Tx<'_> {
    /// Refuses credentials that were themselves made by STS.
    fn check_long_term(&self, operation: &str) -> Result<()> {
        match self.caller {
            Caller::Root | Caller::User { .. } => Ok(()),
            _ => Err(Error::access_denied(format!("Cannot call {operation} with session credentials")).into()),
        }
    }

    /// The unique id of the user or role whose policies the caller has; empty for the root user.
    pub(super) fn holder(&self) -> String {
        match (self.caller.session(), self.caller.who()) {
            (Some(session), _) => session.holder.clone(),
            (None, Caller::User { id, .. }) => id.clone(),
            (None, Caller::AssumedRole { id, .. }) => id.split(':').next().unwrap_or_default().to_owned(),
            _ => String::new(),
        }
    }

    fn token_seconds(&self, asked: Option<i64>) -> i64 {
        let seconds = asked.unwrap_or(TWELVE_HOURS);
        if *self.caller == Caller::Root { seconds.min(ROOT_SECONDS_MAX) } else { seconds }
    }

    /// Whether MFA was shown with the call. The code is then spent.
    ///
    /// # Errors
    /// `AccessDenied` for one of serial number and code without the other, and for a wrong code.
    pub(super) fn shown_mfa(&self, serial: Option<&str>, code: Option<&str>) -> Result<bool> {
        let (serial, code) = match (serial, code) {
            (None, None) => return Ok(false),
            (Some(serial), Some(code)) => (serial, code),
            _ => {
                let message =
                    "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.";
                return Err(Error::access_denied(message).into());
            }
        };
        let owner = match self.caller.user_name() {
            Some(name) => Some(self.user(name)?.id),
            None if *self.caller.who() == Caller::Root => None,
            None => return Err(unknown_device().into()),
        };
        self.mfa_device(serial).map_err(|error| error.refused_as(unknown_device))?;
        if self.spend_code(owner, serial, code)? {
            return Ok(true);
        }
        Err(Error::access_denied("MultiFactorAuthentication failed with invalid MFA one time pass code. ").into())
    }
}

fn unknown_device() -> Error {
    Error::access_denied(
        "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid \
         and associated with this user.",
    )
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use serde_json::json;

    use super::{BASE64, MESSAGE};
    use crate::api::sts::{DecodeAuthorizationMessage, GetCallerIdentity, GetFederationToken, GetSessionToken};
    use crate::api::{CreateUser, CreateVirtualMFADevice, EnableMFADevice};
    use crate::iam::{Caller, Error};
    use crate::store::kit::Kit;
    use crate::store::totp::{code, from_base32, step};
    use crate::store::{Credential, Perform};

    /// A store with the user ann, and ann.
    fn kit() -> (Kit, Caller) {
        let kit = Kit::new();
        let ann = kit.ok(&CreateUser { user_name: "ann".into(), ..CreateUser::default() }).user.unwrap();
        (kit, Caller::User { name: ann.user_name, arn: ann.arn, id: ann.user_id })
    }

    fn by<O: Perform>(kit: &Kit, caller: &Caller, call: &O) -> Result<O::Output, Error> {
        kit.store.perform(&kit.account, caller, call).map_err(|e| e.iam().unwrap().clone())
    }

    fn credential(kit: &Kit, id: &str) -> Credential {
        kit.store.credential(&kit.account, id).unwrap().unwrap()
    }

    #[test]
    fn everybody_may_ask_who_they_are() {
        let (kit, ann) = kit();
        let root = kit.ok(&GetCallerIdentity {});
        assert_eq!(root.user_id.as_deref(), Some("123456789012"));
        assert_eq!(root.arn.as_deref(), Some("arn:aws:iam::123456789012:root"));
        let known = by(&kit, &ann, &GetCallerIdentity {}).unwrap();
        assert!(known.user_id.unwrap().starts_with("AIDA"));
    }

    #[test]
    fn a_session_token_opens_what_its_user_may_do_until_it_expires() {
        let (kit, ann) = kit();
        let made = by(&kit, &ann, &GetSessionToken { duration_seconds: Some(900), ..Default::default() }).unwrap();
        let made = made.credentials.unwrap();
        assert!(made.access_key_id.starts_with("ASIA"));
        let info = kit.call("GetAccessKeyInfo", json!({"AccessKeyId": made.access_key_id})).unwrap();
        assert_eq!(info["Account"], "123456789012");
        let found = credential(&kit, &made.access_key_id);
        assert_eq!(found.secret.as_slice(), made.secret_access_key.as_bytes());
        let token = found.token.unwrap();
        assert!(token.is(&made.session_token) && !token.is("other") && !token.expired);
        assert_eq!((found.caller.user_name(), found.caller.session().unwrap().mfa), (Some("ann"), None));
        assert_eq!(
            by(&kit, &found.caller, &GetSessionToken::default()).unwrap_err().message,
            "Cannot call GetSessionToken with session credentials"
        );
        // The kit's clock moves on by a second at each look.
        for _ in 0..900 {
            kit.store.world.now();
        }
        assert!(credential(&kit, &made.access_key_id).token.unwrap().expired);
        let sealed: Vec<u8> =
            kit.store.read(|sql| Ok(sql.query_row("SELECT sealed FROM session", [], |row| row.get(0))?)).unwrap();
        let secret = made.secret_access_key.as_bytes();
        assert!(!sealed.windows(secret.len()).any(|window| window == secret));
    }

    #[test]
    fn mfa_is_shown_by_device_and_code_together() {
        let (kit, ann) = kit();
        let create = CreateVirtualMFADevice { virtual_mfa_device_name: "a".into(), ..Default::default() };
        let device = kit.ok(&create).virtual_mfa_device;
        let seed = from_base32(&device.base32_string_seed.unwrap().0).unwrap();
        let now = || step(kit.store.world.now().as_second());
        kit.ok(&EnableMFADevice {
            user_name: "ann".into(),
            serial_number: device.serial_number.clone(),
            authentication_code1: code(&seed, now() - 2),
            authentication_code2: code(&seed, now() - 1),
        });
        let ask = |token: Option<String>| {
            let call = GetSessionToken {
                serial_number: Some(device.serial_number.clone()),
                token_code: token,
                ..GetSessionToken::default()
            };
            by(&kit, &ann, &call)
        };
        assert!(ask(None).unwrap_err().message.contains("must provide both"));
        assert!(ask(Some("000000".into())).unwrap_err().message.contains("invalid MFA one time pass code"));
        let good = code(&seed, now());
        let made = ask(Some(good.clone())).unwrap().credentials.unwrap();
        assert!(credential(&kit, &made.access_key_id).caller.session().unwrap().mfa.is_some());
        assert!(ask(Some(good)).is_err(), "a code is spent once");
    }

    #[test]
    fn a_federated_user_has_a_name_of_its_own() {
        let (kit, ann) = kit();
        let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}"#;
        let call = GetFederationToken { name: "Bob".into(), policy: Some(policy.into()), ..Default::default() };
        let made = by(&kit, &ann, &call).unwrap();
        let user = made.federated_user.unwrap();
        assert_eq!(user.arn, "arn:aws:sts::123456789012:federated-user/Bob");
        assert_eq!(user.federated_user_id, "123456789012:Bob");
        assert!(made.packed_policy_size.unwrap() > 0);
        let plain = GetFederationToken { policy: None, ..call };
        assert_eq!(by(&kit, &ann, &plain).unwrap().packed_policy_size, Some(0));
        let bad = GetFederationToken { policy: Some("{".into()), ..plain };
        assert_eq!(by(&kit, &ann, &bad).unwrap_err().code, "MalformedPolicyDocument");
    }

    #[test]
    fn a_store_that_fails_is_no_unknown_device() {
        let (kit, _) = kit();
        kit.store.write(|sql| Ok(sql.execute_batch("ALTER TABLE mfa_device RENAME TO gone")?)).unwrap();
        let (serial_number, token_code) = (Some("GAHT12345678".to_owned()), Some("123456".to_owned()));
        let call = GetSessionToken { serial_number, token_code, ..GetSessionToken::default() };
        let error = kit.store.perform(&kit.account, &Caller::Root, &call).unwrap_err();
        assert!(error.iam().is_none(), "{error}");
    }

    #[test]
    fn only_messages_of_this_store_are_decoded() {
        let (kit, _) = kit();
        let sealed = kit.store.vault.seal(kit.store.world.as_ref(), MESSAGE, br#"{"allowed":false}"#).unwrap();
        let encoded_message = BASE64.encode(sealed);
        let decoded = kit.ok(&DecodeAuthorizationMessage { encoded_message });
        assert_eq!(decoded.decoded_message.as_deref(), Some(r#"{"allowed":false}"#));
        let other = DecodeAuthorizationMessage { encoded_message: "bm90IG91cnM".into() };
        assert_eq!(kit.refused(&other).code, "InvalidAuthorizationMessageException");
    }
}
