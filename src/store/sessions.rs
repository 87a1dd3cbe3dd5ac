//! Temporary credentials: made, kept sealed until they expire, found again by their access key id.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::SignedDuration;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::account::Account;
use super::credentials::{Credential, Token};
use super::error::Result;
use super::open::Store;
use super::tx::{ENTITY, Entity, Tx};
use crate::api::sts::Credentials;
use crate::iam::{Caller, Kind, Session, access_key_id, secret_access_key};

/// How long expired credentials are remembered, so that they are refused as expired and not as unknown.
const REMEMBERED_SECONDS: i64 = 86_400;
/// Random bytes of a session token.
const TOKEN_BYTES: usize = 192;

/// What is kept of temporary credentials.
#[derive(Serialize, Deserialize)]
struct Kept {
    secret: String,
    /// SHA-256 of the token, base 64.
    token: String,
    who: Caller,
    session: Session,
}

fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

impl Tx<'_> {
    /// Makes temporary credentials of that account for somebody, good for so many seconds from now.
    pub(super) fn mint(&self, account: &Account, who: Caller, session: Session, seconds: i64) -> Result<Credentials> {
        let expires = self.moment().saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(self.moment());
        let id = access_key_id(true, account.id.as_str(), self.random());
        let secret = secret_access_key(self.random());
        let token = BASE64.encode(self.random::<TOKEN_BYTES>());
        let session = Session { issued: self.moment(), expires, ..session };
        let kept = Kept { secret: secret.clone(), token: BASE64.encode(digest(&token)), who, session };
        let text = Zeroizing::new(serde_json::to_string(&kept)?);
        self.execute("DELETE FROM session WHERE expires < ?1", [self.seconds() - REMEMBERED_SECONDS])?;
        self.execute(
            "INSERT INTO session (id, account, sealed, expires) VALUES (?1, ?2, ?3, ?4)",
            params![id, account.row, self.seal(&id, &text)?, expires.as_second()],
        )?;
        Ok(Credentials { access_key_id: id, secret_access_key: secret, session_token: token, expiration: expires })
    }
}

impl Store {
    /// The temporary credentials with that access key id; `None` if there are none, or whose they were is gone.
    pub(super) fn session(&self, sql: &Connection, account: &Account, id: &str) -> Result<Option<Credential>> {
        let text = "SELECT sealed FROM session WHERE id = ?1 AND account = ?2";
        let sealed: Option<Vec<u8>> =
            sql.prepare_cached(text)?.query_row(params![id, account.row], |row| row.get(0)).optional()?;
        let Some(sealed) = sealed else { return Ok(None) };
        let kept: Kept = serde_json::from_slice(&self.vault.unseal(id, &sealed)?)?;
        let Some(who) = as_of_now(sql, account, kept.who, &kept.session)? else { return Ok(None) };
        let expired = kept.session.expires <= self.now();
        let token = BASE64.decode(&kept.token).ok().and_then(|bytes| bytes.try_into().ok()).unwrap_or_default();
        Ok(Some(Credential {
            caller: Caller::Temporary { who: Box::new(who), session: Box::new(kept.session) },
            secret: Zeroizing::new(kept.secret.into_bytes()),
            active: true,
            token: Some(Token { digest: token, expired }),
        }))
    }
}

/// The user or role behind a session as it is called now; `None` if it was deleted.
fn as_of_now(sql: &Connection, account: &Account, who: Caller, session: &Session) -> Result<Option<Caller>> {
    if session.holder.is_empty() {
        return Ok(Some(who));
    }
    let text = format!("SELECT {ENTITY} FROM entity e WHERE e.uid = ?1 AND e.account = ?2");
    let holder = params![session.holder, account.row];
    let Some(entity) = sql.prepare_cached(&text)?.query_row(holder, Entity::read).optional()? else {
        return Ok(None);
    };
    Ok(Some(match who {
        Caller::User { .. } if entity.kind == Kind::User => {
            Caller::User { name: entity.name, arn: entity.arn, id: entity.uid }
        }
        who => who,
    }))
}

impl Token {
    /// Whether this is the token, compared in constant time.
    pub fn is(&self, token: &str) -> bool {
        subtle::ConstantTimeEq::ct_eq(&self.digest[..], &digest(token)[..]).into()
    }
}
