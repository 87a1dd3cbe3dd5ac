//! Which policies users, groups and roles have: attached, detached, set as their boundary.

use serde_json::{Map, Value, json};

use super::listing::Reading;
use super::members::{names, names_like, several};
use crate::api::Call;
use crate::console::action::Kind;
use crate::console::acts::{call, commit};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::task::Failure;
use crate::console::widget::{Choice, Pick};
use crate::iam;
use crate::store::view::{EntityRow, Pane, Whose};

/// The word for a kind in the names of operations and members.
pub fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Group => "Group",
        Kind::Role => "Role",
        _ => "User",
    }
}

/// A call about one entity, as `AttachUserPolicy` with `UserName`; `{}` in the operation stands for the kind.
pub fn about(operation: &str, kind: Kind, name: &str, rest: Value) -> Result<Call, Failure> {
    let mut input = Map::from_iter([(format!("{}Name", word(kind)), json!(name))]);
    if let Value::Object(rest) = rest {
        input.extend(rest);
    }
    call(&operation.replace("{}", word(kind)), Value::Object(input))
}

fn policy_name(arn: &str) -> String {
    arn.rsplit('/').next().unwrap_or(arn).to_owned()
}

/// Asks for policies and attaches them.
pub fn attach(kind: Kind, to: &[String], cx: &Context) -> Effect {
    let (names_of, title) = (to.to_vec(), format!("Attach policies to {}", several(to, kind.words())));
    let then = move |arns: Vec<String>, cx: &Context| {
        let pairs = names_of.iter().flat_map(|name| arns.iter().map(move |arn| (name, arn)));
        let calls = pairs.map(|(name, arn)| about("Attach{}Policy", kind, name, json!({"PolicyArn": arn}))).collect();
        let what = several(&arns.iter().map(|arn| policy_name(arn)).collect::<Vec<_>>(), "policies");
        let whom = several(&names_of, kind.words());
        commit(cx, format!("Attaching {what} to {whom}"), format!("Attached {what} to {whom}"), calls)
    };
    let pane = Pane::Policies(Whose::All);
    let pick = Pick::several(title, names(cx, pane), cx, then);
    Effect::open(pick.asking(move |part, cx| names_like(cx, pane, part)))
}

/// Users, groups and roles whose names hold a text.
fn entities_like(part: &str, cx: &Context) -> Reading<Vec<Choice>> {
    let panes = [(Kind::Group, Pane::Groups), (Kind::Role, Pane::Roles), (Kind::User, Pane::Users)];
    let reads = panes.map(|(kind, pane)| (kind, names_like(cx, pane, part.to_owned())));
    Box::pin(async move {
        let mut all = Vec::new();
        for (kind, read) in reads {
            let of_kind = |choice: Choice| {
                let id = format!("{} {}", word(kind), choice.text);
                Choice::new(choice.text, kind.word()).known_as(id)
            };
            all.extend(read.await?.into_iter().map(of_kind));
        }
        Ok(all)
    })
}

/// Asks for users, groups and roles, and attaches the policies to them.
pub fn attach_to(arns: &[String], cx: &Context) -> Effect {
    let what = several(&arns.iter().map(|arn| policy_name(arn)).collect::<Vec<_>>(), "policies");
    let arns = arns.to_vec();
    let title = format!("Attach {what} to");
    let then = move |ids: Vec<String>, cx: &Context| {
        let whom: Vec<(Kind, String)> = ids.iter().filter_map(|id| holder(id)).collect();
        let pairs = whom.iter().flat_map(|one| arns.iter().map(move |arn| (one, arn)));
        let attach = |((kind, name), arn): (&(Kind, String), &String)| {
            about("Attach{}Policy", *kind, name, json!({"PolicyArn": arn}))
        };
        let calls = pairs.map(attach).collect();
        let names: Vec<String> = whom.iter().map(|(_, name)| name.clone()).collect();
        let whom = several(&names, "entities");
        commit(cx, format!("Attaching {what} to {whom}"), format!("Attached {what} to {whom}"), calls)
    };
    let pick = Pick::several(title, entities_like("", cx), cx, then);
    Effect::open(pick.asking(|part, cx| entities_like(&part, cx)))
}

/// Asks from which of the users, groups and roles that have a policy it is to be detached.
pub fn detach_from(arn: &str, cx: &Context) -> Effect {
    let (account, id) = (cx.account.clone(), arn.to_owned());
    let holders = Box::pin(async move {
        let page = account.read(move |store, account| store.view(account).policy(&id)).await?;
        let choice = |row: &EntityRow| {
            let kind = kind_of(row.kind)?;
            Some(Choice::new(&row.name, kind.word()).known_as(format!("{} {}", word(kind), row.name)))
        };
        Ok(page.iter().flat_map(|page| &page.attached).filter_map(choice).collect())
    });
    let (title, arn) = (format!("Detach {} from", policy_name(arn)), arn.to_owned());
    let then = move |ids: Vec<String>, cx: &Context| {
        let whom: Vec<(Kind, String)> = ids.iter().filter_map(|id| holder(id)).collect();
        let detach = |(kind, name): &(Kind, String)| about("Detach{}Policy", *kind, name, json!({"PolicyArn": arn}));
        let (names, what): (Vec<String>, _) = (whom.iter().map(|(_, name)| name.clone()).collect(), policy_name(&arn));
        let from = several(&names, "entities");
        let calls = whom.iter().map(detach).collect();
        commit(cx, format!("Detaching {what} from {from}"), format!("Detached {what} from {from}"), calls)
    };
    Effect::open(Pick::several(title, holders, cx, then).when_empty("It is attached to nobody."))
}

/// The console's word for the kinds that can have a policy.
pub fn kind_of(kind: iam::Kind) -> Option<Kind> {
    Some(match kind {
        iam::Kind::User => Kind::User,
        iam::Kind::Group => Kind::Group,
        iam::Kind::Role => Kind::Role,
        _ => return None,
    })
}

/// Kind and name in `Role UpdateApp`.
fn holder(id: &str) -> Option<(Kind, String)> {
    let (word, name) = id.split_once(' ')?;
    let kind = match word {
        "Group" => Kind::Group,
        "Role" => Kind::Role,
        _ => Kind::User,
    };
    Some((kind, name.to_owned()))
}

/// Detaches a policy. Attaching it again takes it back, so nothing is asked.
pub fn detach(cx: &Context, kind: Kind, name: &str, arn: &str) -> Effect {
    let policy = policy_name(arn);
    let calls = vec![about("Detach{}Policy", kind, name, json!({"PolicyArn": arn}))];
    commit(cx, format!("Detaching {policy} from {name}"), format!("Detached {policy} from {name}"), calls)
}

/// Asks for the policy that is to bound users or roles, or for none.
pub fn boundary(kind: Kind, of: &[String], cx: &Context) -> Effect {
    let (names_of, title) = (of.to_vec(), format!("Permissions boundary of {}", several(of, kind.words())));
    let then = move |arn: String, cx: &Context| {
        let whom = several(&names_of, kind.words());
        let one = |name: &String| match arn.as_str() {
            "" => about("Delete{}PermissionsBoundary", kind, name, json!({})),
            arn => about("Put{}PermissionsBoundary", kind, name, json!({"PermissionsBoundary": arn})),
        };
        let calls = names_of.iter().map(one).collect();
        commit(cx, format!("Setting the boundary of {whom}"), format!("Set the boundary of {whom}"), calls)
    };
    let pick = Pick::new(title, boundaries_like(String::new(), cx), cx, then);
    Effect::open(pick.asking(boundaries_like))
}

/// Policies whose names hold a text, and before them none.
fn boundaries_like(part: String, cx: &Context) -> Reading<Vec<Choice>> {
    let policies = names_like(cx, Pane::Policies(Whose::All), part);
    Box::pin(async move {
        let mut all = vec![Choice::new("no boundary", "remove it").known_as("")];
        all.extend(policies.await?);
        Ok(all)
    })
}
