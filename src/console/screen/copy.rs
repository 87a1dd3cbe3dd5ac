//! The copy menu: name, ARN, unique id, JSON, the `aws` command.

use super::{Reading, delete, loading, provider};
use crate::console::action::Kind;
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::widget::{Choice, Pick};

/// Offers what can be copied of the things.
pub fn menu(kind: Kind, targets: &[String], cx: &Context) -> Effect {
    match kind {
        Kind::Key => return Effect::Copy { what: "access key id".to_owned(), text: targets.join("\n") },
        Kind::Provider => return of_providers(targets, cx),
        _ => {}
    }
    let (account, targets) = (cx.account.clone(), targets.to_vec());
    let read: Reading<Vec<Choice>> = Box::pin(async move {
        let read = move |store: &crate::store::Store, account: &crate::store::Account| {
            let view = store.view(account);
            let mut all = Vec::new();
            for target in &targets {
                let name = target.rsplit('/').next().unwrap_or(target);
                if kind == Kind::Policy {
                    all.extend(view.policy(target)?.map(|page| (page.head, page.versions)));
                } else {
                    all.extend(view.head(delete::of_iam(kind), name)?.map(|head| (head, Vec::new())));
                }
            }
            Ok(all)
        };
        let things = account.read(read).await?;
        let column = |value: fn(&crate::store::view::Head) -> String| {
            things.iter().map(|(head, _)| value(head)).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
        };
        let documents = things.iter().filter_map(|(_, versions)| versions.iter().find(|version| version.is_default));
        let document: Vec<String> = documents.map(|version| version.document.clone()).collect();
        let commands: Vec<String> = things.iter().map(|(head, _)| command(kind, &head.name, &head.arn)).collect();
        let rows = [
            ("name", column(|head| head.name.clone())),
            ("ARN", column(|head| head.arn.clone())),
            ("unique id", column(|head| head.id.clone())),
            ("JSON", document.join("\n")),
            ("command", commands.join("\n")),
        ];
        Ok(rows.into_iter().filter(|(_, text)| !text.is_empty()).map(|(what, text)| Choice::new(what, text)).collect())
    });
    loading::then(cx, read, offer)
}

/// Asks which of the texts to copy. They are shown made visible, and copied as they are.
fn offer(choices: Vec<Choice>, cx: &Context) -> Effect {
    let texts = choices.clone();
    let then = move |what: String, _: &Context| {
        let text = texts.iter().find(|choice| choice.id == what).map(|choice| choice.detail.clone());
        Effect::Copy { what, text: text.unwrap_or_default() }
    };
    Effect::open(Pick::new("Copy", Box::pin(async { Ok(choices) }), cx, then))
}

/// What can be copied of identity providers: all of it stands in their ARNs.
fn of_providers(arns: &[String], cx: &Context) -> Effect {
    let names: Vec<&str> = arns.iter().map(|arn| provider::name_of(arn)).collect();
    let commands: Vec<String> = arns
        .iter()
        .map(|arn| {
            let call = provider::about("Get", arn, serde_json::json!({}));
            call.as_ref().map(crate::api::cli::print).unwrap_or_default()
        })
        .collect();
    let rows = [("name", names.join("\n")), ("ARN", arns.join("\n")), ("command", commands.join("\n"))];
    offer(rows.map(|(what, text)| Choice::new(what, text)).to_vec(), cx)
}

/// The command that shows the thing.
fn command(kind: Kind, name: &str, arn: &str) -> String {
    let (operation, member, value) = match kind {
        Kind::Group => ("GetGroup", "GroupName", name),
        Kind::Role => ("GetRole", "RoleName", name),
        Kind::Policy => ("GetPolicy", "PolicyArn", arn),
        _ => ("GetUser", "UserName", name),
    };
    let call = crate::console::acts::call(operation, serde_json::json!({ member: value }));
    call.as_ref().map(crate::api::cli::print).unwrap_or_default()
}
