//! Access keys and passwords: made, switched off, deleted.

use secrecy::SecretString;
use serde_json::{Value, json};

use super::members::{names, names_like};
use super::{Reading, delete, loading};
use crate::console::acts::{call, commit};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::moment;
use crate::console::task::{Commit, Done, Failure};
use crate::console::widget::{Field, Form, Pick, Secret};
use crate::store::view::{KeyRow, Last, Pane};

/// Asks whose key is to be made.
pub fn choose_user_for_key(cx: &Context) -> Effect {
    let pick = Pick::new("Create an access key for", names(cx, Pane::Users), cx, |user, cx| create_key(&user, cx));
    let again = |part: String, cx: &Context| names_like(cx, Pane::Users, part);
    Effect::open(pick.asking(again).when_empty("There are no users yet."))
}

/// Makes an access key and shows its secret, once.
pub fn create_key(user: &str, cx: &Context) -> Effect {
    let (account, user) = (cx.account.clone(), user.to_owned());
    let doing = format!("Creating an access key for {user}");
    Effect::Commit(Commit::new(&cx.tasks, doing, async move {
        let output = account.call(call("CreateAccessKey", json!({"UserName": user}))?).await?;
        let member = |name: &str| {
            let text = output.get("AccessKey").and_then(|key| key.get(name)).and_then(Value::as_str);
            text.unwrap_or_default().to_owned()
        };
        let (id, secret) = (member("AccessKeyId"), member("SecretAccessKey"));
        Ok(Done::new(format!("Created access key {id} for {user}")).and_then(move || show(&user, &id, &secret)))
    }))
}

/// The secret, with the file that the IAM console offers for download.
fn show(user: &str, id: &str, secret: &str) -> Effect {
    let csv = format!("Access key ID,Secret access key\n{id},{secret}\n");
    let shown = Secret::new(format!("Access key of {user}"), "Secret access key", SecretString::from(secret));
    Effect::open(shown.fact("Access key id", id).csv(format!("{user}_accessKeys.csv"), SecretString::from(csv)))
}

fn read_keys(ids: &[String], cx: &Context) -> Reading<Vec<KeyRow>> {
    let (account, ids) = (cx.account.clone(), ids.to_vec());
    Box::pin(async move {
        let read = move |store: &crate::store::Store, account: &crate::store::Account| {
            let view = store.view(account);
            ids.iter().map(|id| view.key(id)).collect::<crate::store::Result<Vec<_>>>()
        };
        Ok(account.read(read).await?.into_iter().flatten().collect())
    })
}

fn owner(key: &KeyRow) -> Value {
    match &key.owner {
        Some(user) => json!({"UserName": user, "AccessKeyId": key.id}),
        None => json!({"AccessKeyId": key.id}),
    }
}

/// Switches keys off, or on again. It can be taken back at once, so nothing is asked.
pub fn toggle(ids: &[String], cx: &Context) -> Effect {
    loading::then(cx, read_keys(ids, cx), |keys: Vec<KeyRow>, cx| {
        let off = keys.iter().any(|key| key.is_active);
        let status = if off { "Inactive" } else { "Active" };
        let update = |key: &KeyRow| {
            let mut input = owner(key);
            if let Value::Object(input) = &mut input {
                input.insert("Status".to_owned(), json!(status));
            }
            call("UpdateAccessKey", input)
        };
        let done =
            format!("{} {} now {}", ids_of(&keys), if keys.len() == 1 { "is" } else { "are" }, status.to_lowercase());
        commit(cx, "Changing access keys", done, keys.iter().map(update).collect())
    })
}

fn ids_of(keys: &[KeyRow]) -> String {
    match keys {
        [one] => one.id.clone(),
        all => format!("{} access keys", all.len()),
    }
}

/// Asks, then deletes keys.
pub fn delete_keys(ids: &[String], cx: &Context) -> Effect {
    loading::then(cx, read_keys(ids, cx), |keys: Vec<KeyRow>, cx| {
        let used = keys.iter().map(|key| key.used).max().unwrap_or(Last::Unknown);
        let fact = format!("no; last used: {}", moment::last_date(cx.now, used));
        let calls = keys.iter().map(|key| call("DeleteAccessKey", owner(key))).collect();
        delete::part(format!("Delete {}?", ids_of(&keys)), &fact, cx, calls)
    })
}

/// Asks for a console password. `has_one` tells setting from changing.
pub fn password(user: &str, has_one: bool) -> Effect {
    let user = user.to_owned();
    let fields = vec![
        Field::secret("New password")
            .help("As long as the account's password policy asks for.")
            .check(|text| if text.is_empty() { Err("A password is needed.".to_owned()) } else { Ok(()) }),
        Field::flag("Must be changed", true),
    ];
    let title = format!("{} the console password of {user}", if has_one { "Change" } else { "Set" });
    let form = Form::new(title, fields, move |values, cx| {
        let operation = if has_one { "UpdateLoginProfile" } else { "CreateLoginProfile" };
        let input = json!({
            "UserName": user, "Password": values.get("New password"),
            "PasswordResetRequired": values.is_on("Must be changed"),
        });
        commit(
            cx,
            format!("Setting the password of {user}"),
            format!("Set the password of {user}"),
            vec![call(operation, input)],
        )
    });
    Effect::open(form)
}

/// Asks, then takes the console password away.
pub fn delete_password(user: &str, cx: &Context) -> Effect {
    let calls: Vec<Result<_, Failure>> = vec![call("DeleteLoginProfile", json!({"UserName": user}))];
    delete::part(format!("Delete the console password of {user}?"), "by setting a new one", cx, calls)
}
