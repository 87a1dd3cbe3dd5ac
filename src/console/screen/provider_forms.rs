//! What is done to identity providers: made, changed, deleted.

use serde_json::json;

use super::delete;
use super::members::several;
use super::provider::{about, is_saml, name_of};
use crate::console::action::Kind;
use crate::console::acts::{Change, call, commit, perform};
use crate::console::check;
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::files;
use crate::console::place::Place;
use crate::console::task::{Commit, Done};
use crate::console::widget::{Choice, Field, Form, Pick, Values};

/// Where thumbprints may be left out, IAM finds them itself (IAM User Guide, "Create an OpenID Connect identity provider").
const THUMBPRINTS: &str = "SHA-1 of the certificate, 40 hex digits, separated by spaces; empty: IAM finds it.";
/// The client id with which AWS's own tools ask.
const CLIENT_ID: &str = "sts.amazonaws.com";

/// Asks which sort of provider, then for its values.
pub fn create(cx: &Context) -> Effect {
    let choices = vec![
        Choice::new("OpenID Connect", "web identity: GitHub Actions, GitLab, EKS, your own"),
        Choice::new("SAML", "sign-in through the directory of your organization"),
    ];
    let then = |sort: String, _: &Context| if sort == "SAML" { create_saml() } else { create_oidc() };
    Effect::open(Pick::new("Create identity provider", Box::pin(async { Ok(choices) }), cx, then))
}

/// The words of a field that holds several.
fn words(text: &str) -> Vec<&str> {
    text.split([' ', ',']).filter(|word| !word.is_empty()).collect()
}

fn is_thumbprints(text: &str) -> Result<(), String> {
    let fits = |word: &&str| word.len() == 40 && word.bytes().all(|b| b.is_ascii_hexdigit());
    if words(text).iter().all(fits) { Ok(()) } else { Err("Each has 40 hex digits.".to_owned()) }
}

fn create_oidc() -> Effect {
    let fields = vec![
        Field::text("Provider URL", "https://").help("As https://token.actions.githubusercontent.com").check(|text| {
            let fits = text.strip_prefix("https://").is_some_and(|host| !host.is_empty());
            if fits { Ok(()) } else { Err("A URL that begins with https://".to_owned()) }
        }),
        Field::text("Client ids", CLIENT_ID).help("Who the tokens are for, separated by spaces."),
        Field::text("Thumbprints", "").help(THUMBPRINTS).check(is_thumbprints),
    ];
    let form = Form::new("Create OpenID Connect provider", fields, |values: &Values, cx: &Context| {
        let url = values.get("Provider URL").trim();
        let (clients, thumbprints) = (words(values.get("Client ids")), words(values.get("Thumbprints")));
        let input = match thumbprints.as_slice() {
            [] => json!({"Url": url, "ClientIDList": clients}),
            thumbprints => json!({"Url": url, "ClientIDList": clients, "ThumbprintList": thumbprints}),
        };
        let name = url.trim_start_matches("https://").trim_end_matches('/');
        let arn = cx.account.info().arn(&format!("oidc-provider/{name}"));
        let change = Change::new(
            format!("Creating identity provider {name}"),
            format!("Created identity provider {name}"),
            vec![call("CreateOpenIDConnectProvider", input)],
        );
        change.to(Place::Thing(Kind::Provider, arn)).effect(cx)
    });
    Effect::open(form.saying("create"))
}

/// A field for a document: the file that holds it, or the document itself.
fn document(label: &'static str, help: &'static str) -> Field {
    let needed = |text: &str| if text.trim().is_empty() { Err("Name a file.".to_owned()) } else { Ok(()) };
    Field::text(label, "").help(help).check(needed)
}

const METADATA: &str = "The XML that your directory gives you: its file, or the text itself.";

fn create_saml() -> Effect {
    let rule = "Letters, digits and ._- only.";
    let fields = vec![
        Field::text("Name", "").help(rule).check(check::of("CreateSAMLProvider", "Name", "A provider name", rule)),
        document("Metadata", METADATA),
    ];
    let form = Form::new("Create SAML provider", fields, |values: &Values, cx: &Context| {
        let (name, metadata) = (values.get("Name").to_owned(), values.get("Metadata").to_owned());
        let (account, arn) = (cx.account.clone(), cx.account.info().arn(&format!("saml-provider/{name}")));
        Effect::Commit(Commit::new(&cx.tasks, format!("Creating identity provider {name}"), async move {
            let document = files::document(&metadata).await?;
            let input = json!({"Name": name, "SAMLMetadataDocument": document});
            perform(&account, vec![call("CreateSAMLProvider", input)?]).await?;
            let done = Done::new(format!("Created identity provider {name}"));
            Ok(done.and_then(move || Effect::Go(Place::Thing(Kind::Provider, arn))))
        }))
    });
    Effect::open(form.saying("create"))
}

/// A form of one document, which goes into a member of `UpdateSAMLProvider`.
fn update_saml(title: String, arn: &str, (label, member): (&'static str, &'static str), help: &'static str) -> Effect {
    let arn = arn.to_owned();
    let form = Form::new(title, vec![document(label, help)], move |values: &Values, cx: &Context| {
        let (account, arn, text) = (cx.account.clone(), arn.clone(), values.get(label).to_owned());
        Effect::Commit(Commit::new(&cx.tasks, format!("Changing {}", name_of(&arn)), async move {
            let document = files::document(&text).await?;
            perform(&account, vec![about("Update", &arn, json!({(member): document}))?]).await?;
            Ok(Done::new(format!("Changed {}", name_of(&arn))))
        }))
    });
    Effect::open(form)
}

/// Asks for another metadata document.
pub fn metadata(arn: &str) -> Effect {
    update_saml(
        format!("Replace the metadata of {}", name_of(arn)),
        arn,
        ("Metadata", "SAMLMetadataDocument"),
        METADATA,
    )
}

/// Asks for a private key to decrypt assertions with.
pub fn add_private_key(arn: &str) -> Effect {
    let help = "A PEM file; assertions that are encrypted are read with it.";
    update_saml(format!("Add a private key to {}", name_of(arn)), arn, ("Private key", "AddPrivateKey"), help)
}

/// Asks, then takes a private key away.
pub fn remove_private_key(arn: &str, id: &str, cx: &Context) -> Effect {
    let calls = vec![about("Update", arn, json!({"RemovePrivateKey": id}))];
    delete::part(format!("Delete private key {id} of {}?", name_of(arn)), "by adding its file again", cx, calls)
}

/// Asks for a client id.
pub fn add_client_id(arn: &str) -> Effect {
    let rule = "1 to 255 characters.";
    let operation = "AddClientIDToOpenIDConnectProvider";
    let field = Field::text("Client id", "").help("Also called audience.").check(check::of(
        operation,
        "ClientID",
        "A client id",
        rule,
    ));
    let arn = arn.to_owned();
    let form = Form::new(format!("Add a client id to {}", name_of(&arn)), vec![field], move |values, cx| {
        let id = values.get("Client id");
        let input = json!({"OpenIDConnectProviderArn": arn, "ClientID": id});
        commit(cx, format!("Adding client id {id}"), format!("Added client id {id}"), vec![call(operation, input)])
    });
    Effect::open(form.saying("add"))
}

/// Removes a client id. Adding it again takes it back, so nothing is asked.
pub fn remove_client_id(arn: &str, id: &str, cx: &Context) -> Effect {
    let input = json!({"OpenIDConnectProviderArn": arn, "ClientID": id});
    let calls = vec![call("RemoveClientIDFromOpenIDConnectProvider", input)];
    commit(cx, format!("Removing client id {id}"), format!("Removed client id {id}"), calls)
}

/// Asks for other thumbprints; they stand in place of all those before.
pub fn thumbprints(arn: &str, now: &[String]) -> Effect {
    let field = Field::text("Thumbprints", now.join(" ")).help(THUMBPRINTS).check(|text| {
        if words(text).is_empty() { Err("At least one is needed.".to_owned()) } else { is_thumbprints(text) }
    });
    let arn = arn.to_owned();
    let form = Form::new(format!("Thumbprints of {}", name_of(&arn)), vec![field], move |values, cx| {
        let input = json!({"OpenIDConnectProviderArn": arn, "ThumbprintList": words(values.get("Thumbprints"))});
        let (doing, done) = ("Changing the thumbprints", format!("Changed the thumbprints of {}", name_of(&arn)));
        commit(cx, doing, done, vec![call("UpdateOpenIDConnectProviderThumbprint", input)])
    });
    Effect::open(form)
}

/// Asks for the name, then deletes providers.
pub fn delete(arns: &[String], cx: &Context) -> Effect {
    let names: Vec<String> = arns.iter().map(|arn| name_of(arn).to_owned()).collect();
    let what = several(&names, "identity providers");
    let sort = match arns {
        [arn] if is_saml(arn) => "SAML provider",
        [_] => "OpenID Connect provider",
        _ => "",
    };
    let (title, calls) = (format!("{sort} {what}"), arns.iter().map(|arn| about("Delete", arn, json!({}))).collect());
    let facts = [
        ("What follows", "whoever signs in through it no longer can; roles keep naming it in their trust policies"),
        ("Can be undone", "by making it again: it has the same ARN"),
    ];
    delete::named(title.trim(), &facts, cx, calls)
}
