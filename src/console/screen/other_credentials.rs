//! Credentials beside password and access keys: signing certificates, SSH public keys, service-specific credentials.
//!
//! A mirror does not hold them: they are asked for at the door, behind the user's page.

use jiff::Timestamp;
use secrecy::SecretString;
use serde_json::{Map, Value, json};

use super::delete;
use super::listing::Reading;
use super::sheet::{Amendment, Line, Part, Section};
use super::source::Look;
use super::user::UserSheet;
use crate::account::Account;
use crate::api::{
    Call, ListSSHPublicKeys, ListServiceSpecificCredentials, ListSigningCertificates, ServiceSpecificCredential,
};
use crate::console::acts::{call, commit, perform};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::files;
use crate::console::moment;
use crate::console::task::{Commit, Done, Failure};
use crate::console::widget::{Cell, Choice, Field, Form, Pick, Secret, Values};
use crate::store::view::CredentialKind;

/// A credential.
#[derive(Clone, Debug)]
pub struct Other {
    /// Its sort.
    pub kind: CredentialKind,
    /// Its id.
    pub id: String,
    /// Whether it works.
    pub is_active: bool,
    made: Option<Timestamp>,
    /// For which service, and the name to sign in with there.
    about: String,
}

/// What is known of a user's other credentials: `None` until the answer is there, else the answer or why there is none.
pub type Known = Option<Result<Vec<Other>, String>>;

/// The sorts, in the order of the page.
pub const SORTS: [CredentialKind; 3] =
    [CredentialKind::SigningCertificate, CredentialKind::SshPublicKey, CredentialKind::ServiceSpecific];

/// The heading of a sort.
pub fn title(kind: CredentialKind) -> &'static str {
    match kind {
        CredentialKind::SigningCertificate => "Signing certificates",
        CredentialKind::SshPublicKey => "SSH public keys",
        CredentialKind::ServiceSpecific => "Service-specific credentials",
    }
}

/// One of a sort, in a sentence.
fn word(kind: CredentialKind) -> &'static str {
    match kind {
        CredentialKind::SigningCertificate => "signing certificate",
        CredentialKind::SshPublicKey => "SSH public key",
        CredentialKind::ServiceSpecific => "service-specific credential",
    }
}

/// What making one is called.
pub fn making(kind: CredentialKind) -> &'static str {
    match kind {
        CredentialKind::SigningCertificate => "upload certificate",
        CredentialKind::SshPublicKey => "upload SSH key",
        CredentialKind::ServiceSpecific => "create credential",
    }
}

/// Reads them, to be put into the user's page.
pub fn read(user: &str, cx: &Context) -> Reading<Amendment<UserSheet>> {
    let (account, user) = (cx.account.clone(), user.to_owned());
    Box::pin(async move {
        let known = Box::pin(all(&account, &user)).await.map_err(|failure| failure.to_string());
        let amend: Amendment<UserSheet> = Box::new(move |sheet: &mut UserSheet| sheet.others = Some(known.clone()));
        Ok(amend)
    })
}

async fn all(account: &Account, user: &str) -> Result<Vec<Other>, Failure> {
    let user = Some(user.to_owned());
    let certificates = ListSigningCertificates { user_name: user.clone(), ..Default::default() };
    let keys = ListSSHPublicKeys { user_name: user.clone(), ..Default::default() };
    let services = ListServiceSpecificCredentials { user_name: user, ..Default::default() };
    let (certificates, keys, services) =
        tokio::try_join!(account.send(&certificates), account.send(&keys), account.send(&services))?;
    let other = |kind, id, status: &str, made, about| Other { kind, id, is_active: status == "Active", made, about };
    let certificate = |one: crate::api::SigningCertificate| {
        other(CredentialKind::SigningCertificate, one.certificate_id, &one.status, one.upload_date, String::new())
    };
    let key = |one: crate::api::SSHPublicKeyMetadata| {
        other(CredentialKind::SshPublicKey, one.ssh_public_key_id, &one.status, Some(one.upload_date), String::new())
    };
    let service = |one: crate::api::ServiceSpecificCredentialMetadata| {
        let name = one.service_user_name.or(one.service_credential_alias).unwrap_or_default();
        let about = format!("{} as {name}", one.service_name);
        let id = one.service_specific_credential_id;
        other(CredentialKind::ServiceSpecific, id, &one.status, Some(one.create_date), about)
    };
    let mut all: Vec<Other> = certificates.certificates.into_iter().map(certificate).collect();
    all.extend(keys.ssh_public_keys.unwrap_or_default().into_iter().map(key));
    all.extend(services.service_specific_credentials.unwrap_or_default().into_iter().map(service));
    Ok(all)
}

/// The section of a sort. Where there is none, a line stands for the place where one would be.
pub fn section(kind: CredentialKind, known: &Known, look: &Look) -> Section {
    let alone = |cell| vec![Line::new([cell]).part(Part::Credential(kind, None))];
    let lines = match known {
        None => alone(Cell::dim(format!("reading{}", look.theme.glyph.cut))),
        Some(Err(failure)) => alone(Cell::dim(format!("{} not read: {failure}", look.theme.glyph.unknown))),
        Some(Ok(all)) => {
            let of_kind: Vec<Line> = all.iter().filter(|one| one.kind == kind).map(|one| line(one, look)).collect();
            if of_kind.is_empty() { alone(Cell::dim("none")) } else { of_kind }
        }
    };
    Section::new(title(kind), lines)
}

fn line(one: &Other, look: &Look) -> Line {
    let status = if one.is_active { Cell::new("active") } else { Cell::dim("inactive") };
    let made = one.made.map_or(Cell::none(&look.theme), |at| Cell::new(format!("made {}", moment::date(at))));
    let line = Line::new([Cell::new(one.id.clone()), status, made, Cell::new(one.about.clone())]);
    line.part(Part::Credential(one.kind, Some(one.id.clone())))
}

/// A call about one of a user's credentials.
fn about(verb: &str, user: &str, (kind, id): (CredentialKind, &str), rest: Value) -> Result<Call, Failure> {
    let (noun, member) = match kind {
        CredentialKind::SigningCertificate => ("SigningCertificate", "CertificateId"),
        CredentialKind::SshPublicKey => ("SSHPublicKey", "SSHPublicKeyId"),
        CredentialKind::ServiceSpecific => ("ServiceSpecificCredential", "ServiceSpecificCredentialId"),
    };
    let mut input = Map::from_iter([("UserName".to_owned(), json!(user)), (member.to_owned(), json!(id))]);
    if let Value::Object(rest) = rest {
        input.extend(rest);
    }
    call(&format!("{verb}{noun}"), Value::Object(input))
}

/// Makes one: asks for its file, or for the service.
pub fn create(user: &str, kind: CredentialKind, cx: &Context) -> Effect {
    match kind {
        CredentialKind::SigningCertificate => {
            upload(user, kind, ("UploadSigningCertificate", "CertificateBody"), "A PEM file, or the text itself.")
        }
        CredentialKind::SshPublicKey => {
            let help = "As ~/.ssh/id_rsa.pub, RSA of 2048 bits or more; or the text itself.";
            upload(user, kind, ("UploadSSHPublicKey", "SSHPublicKeyBody"), help)
        }
        CredentialKind::ServiceSpecific => create_for_service(user, cx),
    }
}

fn upload(user: &str, kind: CredentialKind, (operation, member): (&'static str, &'static str), help: &str) -> Effect {
    let needed = |text: &str| if text.trim().is_empty() { Err("Name a file.".to_owned()) } else { Ok(()) };
    let (user, title) = (user.to_owned(), format!("Upload {} {} for {user}", article(kind), word(kind)));
    let form = Form::new(title, vec![Field::text("File", "").help(help).check(needed)], move |values, cx| {
        let (account, user, file) = (cx.account.clone(), user.clone(), values.get("File").to_owned());
        Effect::Commit(Commit::new(&cx.tasks, format!("Uploading the {}", word(kind)), async move {
            let body = files::document(&file).await?;
            perform(&account, vec![call(operation, json!({"UserName": user, (member): body}))?]).await?;
            Ok(Done::new(format!("Uploaded the {} for {user}", word(kind))))
        }))
    });
    Effect::open(form.saying("upload"))
}

fn article(kind: CredentialKind) -> &'static str {
    if kind == CredentialKind::SshPublicKey { "an" } else { "a" }
}

/// The services that have credentials of their own (IAM User Guide, "Service-specific credentials").
const SERVICES: [(&str, &str); 4] = [
    ("codecommit.amazonaws.com", "Git over HTTPS: user name and password"),
    ("cassandra.amazonaws.com", "Amazon Keyspaces: user name and password"),
    ("bedrock.amazonaws.com", "Amazon Bedrock: an API key"),
    ("logs.amazonaws.com", "CloudWatch Logs: an API key"),
];

fn create_for_service(user: &str, cx: &Context) -> Effect {
    let choices = SERVICES.map(|(service, about)| Choice::new(service, about)).to_vec();
    let (title, user) = (format!("Create a credential of {user} for"), user.to_owned());
    let then = move |service: String, cx: &Context| {
        if service.starts_with("bedrock") || service.starts_with("logs") {
            return expiring(&user, &service);
        }
        secret(cx, &user, "CreateServiceSpecificCredential", json!({"UserName": user, "ServiceName": service}))
    };
    Effect::open(Pick::new(title, Box::pin(async { Ok(choices) }), cx, then))
}

/// An API key may expire; how soon is asked.
fn expiring(user: &str, service: &str) -> Effect {
    let rule = "1 to 36600 days; empty: it does not expire.";
    let fits = move |text: &str| {
        let fits = text.is_empty() || text.parse::<i64>().is_ok_and(|days| (1..=36600).contains(&days));
        if fits { Ok(()) } else { Err(rule.to_owned()) }
    };
    let field = Field::text("Expires after days", "90").help(rule).check(fits);
    let (user, service) = (user.to_owned(), service.to_owned());
    let form = Form::new(format!("API key of {user} for {service}"), vec![field], move |values: &Values, cx| {
        let mut input = json!({"UserName": user, "ServiceName": service});
        if let (Value::Object(input), Ok(days)) = (&mut input, values.get("Expires after days").parse::<i64>()) {
            input.insert("CredentialAgeDays".to_owned(), json!(days));
        }
        secret(cx, &user, "CreateServiceSpecificCredential", input)
    });
    Effect::open(form.saying("create"))
}

/// Makes a call that answers with a new secret, and shows that once.
fn secret(cx: &Context, user: &str, operation: &'static str, input: Value) -> Effect {
    let (account, user) = (cx.account.clone(), user.to_owned());
    Effect::Commit(Commit::new(&cx.tasks, format!("Making a credential of {user}"), async move {
        let mut output = account.call(call(operation, input)?).await?;
        let made = output.remove("ServiceSpecificCredential").unwrap_or_default();
        let made: ServiceSpecificCredential = serde_json::from_value(made)
            .map_err(|error| Failure::new(format!("The answer cannot be read: {error}")))?;
        let id = made.service_specific_credential_id.clone();
        Ok(Done::new(format!("Made credential {id} of {user}")).and_then(move || show(&user, made)))
    }))
}

fn show(user: &str, made: ServiceSpecificCredential) -> Effect {
    let (label, name, value) = match (made.service_password, made.service_credential_secret) {
        (Some(password), _) => ("Password", made.service_user_name, password),
        (None, secret) => ("API key", made.service_credential_alias, secret.unwrap_or_default()),
    };
    let (name, service) = (name.unwrap_or_default(), made.service_name);
    let csv = format!("User name,{label}\n{name},{value}\n");
    let file = format!("{user}_{}_credentials.csv", service.split('.').next().unwrap_or("service"));
    let shown = Secret::new(format!("Credential of {user}"), label, SecretString::from(value));
    Effect::open(shown.fact("Service", service).fact("User name", name).csv(file, SecretString::from(csv)))
}

/// Gives a service-specific credential a new password, and shows it once.
pub fn reset(user: &str, id: &str, cx: &Context) -> Effect {
    let input = json!({"UserName": user, "ServiceSpecificCredentialId": id});
    secret(cx, user, "ResetServiceSpecificCredential", input)
}

/// Switches one off, or on again. It can be taken back at once, so nothing is asked.
pub fn toggle(user: &str, one: &Other, cx: &Context) -> Effect {
    let status = if one.is_active { "Inactive" } else { "Active" };
    let calls = vec![about("Update", user, (one.kind, &one.id), json!({"Status": status}))];
    let what = format!("{} {}", word(one.kind), one.id);
    commit(cx, format!("Changing {what}"), format!("{} is now {}", one.id, status.to_lowercase()), calls)
}

/// Asks, then deletes one.
pub fn delete(user: &str, (kind, id): (CredentialKind, &str), cx: &Context) -> Effect {
    let calls = vec![about("Delete", user, (kind, id), json!({}))];
    let undone = match kind {
        CredentialKind::ServiceSpecific => "no: one made again has another name and password",
        _ => "by uploading it again",
    };
    delete::part(format!("Delete {} {id} of {user}?", word(kind)), undone, cx, calls)
}
