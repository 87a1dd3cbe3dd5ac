//! Documents in the editor: where each kind of policy is read from, and which call saves it.

use serde_json::{Value, json};

use super::policies_of::{about, word};
use super::{Reading, loading};
use crate::account::Account;
use crate::api::Call;
use crate::console::action::Kind;
use crate::console::acts::{call, perform};
use crate::console::context::Context;
use crate::console::editor::{Draft, Editor, Target};
use crate::console::effect::Effect;
use crate::console::place::Place;
use crate::console::task::{Done, Failure, Work};
use crate::console::widget::Choice;
use crate::iam;
use crate::insight::Site;
use crate::policy::PolicyType;
use crate::store::view::{Inline, PolicyPage};

/// What a new policy begins with: nothing is allowed until something is written.
const TEMPLATE: &str = r#"{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": [],
            "Resource": "*"
        }
    ]
}"#;

/// Stands for the document in a command.
const DOCUMENT: &str = "POLICY-DOCUMENT";

/// Where a document goes.
#[derive(Clone)]
enum Goal {
    /// A managed policy that is made; the other members of the call.
    NewPolicy { input: Value, arn: String },
    /// A new version of a managed policy.
    Version { arn: String },
    /// An inline policy.
    Inline { kind: Kind, of: String, name: String },
    /// A role's trust policy.
    Trust { role: String },
}

/// A goal in an account.
struct ToAccount {
    account: Account,
    goal: Goal,
}

impl ToAccount {
    fn calls(&self, document: &str, dropped: Option<&str>) -> Vec<Result<Call, Failure>> {
        match &self.goal {
            Goal::NewPolicy { input, .. } => {
                let mut input = input.clone();
                if let Value::Object(input) = &mut input {
                    input.insert("PolicyDocument".to_owned(), json!(document));
                }
                vec![call("CreatePolicy", input)]
            }
            Goal::Version { arn } => {
                let drop = dropped.map(|id| call("DeletePolicyVersion", json!({"PolicyArn": arn, "VersionId": id})));
                let input = json!({"PolicyArn": arn, "PolicyDocument": document, "SetAsDefault": true});
                drop.into_iter().chain([call("CreatePolicyVersion", input)]).collect()
            }
            Goal::Inline { kind, of, name } => {
                vec![about("Put{}Policy", *kind, of, json!({"PolicyName": name, "PolicyDocument": document}))]
            }
            Goal::Trust { role } => {
                vec![call("UpdateAssumeRolePolicy", json!({"RoleName": role, "PolicyDocument": document}))]
            }
        }
    }

    fn says(&self) -> String {
        match &self.goal {
            Goal::NewPolicy { arn, .. } => format!("Created policy {}", last_part(arn)),
            Goal::Version { arn } => format!("Saved {}", last_part(arn)),
            Goal::Inline { of, name, .. } => format!("Saved {name} of {of}"),
            Goal::Trust { role } => format!("Saved the trust policy of {role}"),
        }
    }
}

fn last_part(arn: &str) -> &str {
    arn.rsplit('/').next().unwrap_or(arn)
}

impl Target for ToAccount {
    fn command(&self, dropped: Option<&str>) -> String {
        // The document itself would fill the screen; a file is how one would send it.
        crate::console::acts::lines(&self.calls(DOCUMENT, dropped)).replace(DOCUMENT, "file://policy.json")
    }

    fn save(&self, document: String, dropped: Option<String>) -> Work {
        let (account, says) = (self.account.clone(), self.says());
        let calls = self.calls(&document, dropped.as_deref());
        let made = match &self.goal {
            Goal::NewPolicy { arn, .. } => Some(Place::Thing(Kind::Policy, arn.clone())),
            _ => None,
        };
        Box::pin(async move {
            perform(&account, calls.into_iter().collect::<Result<_, _>>()?).await?;
            let done = Done::new(says);
            Ok(match made {
                Some(place) => done.and_then(move || Effect::Go(place)),
                None => done,
            })
        })
    }

    fn current(&self, _cx: &Context) -> Reading<String> {
        let (account, goal) = (self.account.clone(), self.goal.clone());
        Box::pin(async move {
            let read = move |store: &crate::store::Store, account: &crate::store::Account| {
                let view = store.view(account);
                Ok(match &goal {
                    Goal::NewPolicy { .. } => None,
                    Goal::Version { arn } => view.policy(arn)?.and_then(|page| in_force(&page)),
                    Goal::Trust { role } => view.role(role)?.map(|page| page.trust),
                    Goal::Inline { kind, of, name } => {
                        inlines(&view, *kind, of)?.into_iter().find(|one| one.name == *name).map(|one| one.document)
                    }
                })
            };
            Ok(account.read(read).await?.unwrap_or_default())
        })
    }
}

/// The inline policies of a user, group or role.
fn inlines(view: &crate::store::view::View<'_>, kind: Kind, of: &str) -> crate::store::Result<Vec<Inline>> {
    Ok(match kind {
        Kind::Group => view.group(of)?.map(|page| page.inline),
        Kind::Role => view.role(of)?.map(|page| page.inline),
        _ => view.user(of)?.map(|page| page.inline),
    }
    .unwrap_or_default())
}

fn in_force(page: &PolicyPage) -> Option<String> {
    page.versions.iter().find(|version| version.is_default).map(|version| version.document.clone())
}

fn draft(cx: &Context, goal: Goal, crumbs: &[&str], kind: PolicyType, document: String) -> Draft {
    let quotas = cx.account.info().quotas;
    let quota = match kind {
        PolicyType::InlineUser => quotas.user_policy_size,
        PolicyType::InlineGroup => quotas.group_policy_size,
        PolicyType::InlineRole => quotas.role_policy_size,
        PolicyType::RoleTrust => quotas.assume_role_policy_size,
        _ => quotas.policy_size,
    };
    let site = match &goal {
        Goal::NewPolicy { .. } => Site::New,
        Goal::Version { arn } => Site::Managed(arn.clone()),
        Goal::Trust { role } => Site::Trust(role.clone()),
        Goal::Inline { kind, of, name } => {
            Site::Inline { kind: inline_kind(*kind), of: of.clone(), name: name.clone() }
        }
    };
    Draft {
        site,
        crumbs: crumbs.iter().map(|crumb| (*crumb).to_owned()).collect(),
        kind,
        document,
        template: None,
        quota,
        taken: 0,
        saves: "ctrl-s shows what changes before it is saved".to_owned(),
        droppable: Vec::new(),
        target: Box::new(ToAccount { account: cx.account.clone(), goal }),
    }
}

/// Opens the editor on a policy that is to be made.
pub fn new_policy(name: &str, path: &str, input: Value, cx: &Context) -> Effect {
    let arn = cx.account.info().arn(&format!("policy{}{name}", if path.is_empty() { "/" } else { path }));
    let goal = Goal::NewPolicy { input, arn };
    let draft = draft(cx, goal, &["Policies", name, "new"], PolicyType::Identity, String::new());
    Effect::open(Editor::new(
        Draft { template: Some(TEMPLATE.to_owned()), saves: format!("creates {name}"), ..draft },
        cx,
    ))
}

/// Opens the editor on an inline policy that is to be made.
pub fn new_inline(kind: Kind, of: &str, name: &str, cx: &Context) -> Effect {
    let goal = Goal::Inline { kind, of: of.to_owned(), name: name.to_owned() };
    let draft = draft(cx, goal, &[title(kind), of, name, "new"], inline_type(kind), String::new());
    Effect::open(Editor::new(
        Draft { template: Some(TEMPLATE.to_owned()), saves: format!("creates {name}"), ..draft },
        cx,
    ))
}

fn title(kind: Kind) -> &'static str {
    crate::console::place::Pane::showing(kind).title()
}

fn inline_kind(kind: Kind) -> iam::Kind {
    match kind {
        Kind::Group => iam::Kind::Group,
        Kind::Role => iam::Kind::Role,
        _ => iam::Kind::User,
    }
}

fn inline_type(kind: Kind) -> PolicyType {
    match word(kind) {
        "Group" => PolicyType::InlineGroup,
        "Role" => PolicyType::InlineRole,
        _ => PolicyType::InlineUser,
    }
}

/// Opens the editor on the version of a policy that is in force, at a statement if one is meant, counted from 1.
pub fn edit_policy(arn: &str, statement: Option<usize>, cx: &Context) -> Effect {
    let (account, id) = (cx.account.clone(), arn.to_owned());
    let read: Reading<Option<PolicyPage>> =
        Box::pin(async move { Ok(account.read(move |store, account| store.view(account).policy(&id)).await?) });
    let arn = arn.to_owned();
    loading::then(cx, read, move |page: Option<PolicyPage>, cx| {
        let Some(page) = page else { return gone() };
        if page.row.origin != crate::store::view::Origin::Customer {
            let told = Failure::new(format!("{} is AWS's: only AWS can change it.", page.head.name));
            return Effect::Fail(told.with_remedy("Copy its JSON and create a policy of your own from it."));
        }
        let quotas = cx.account.info().quotas;
        let version =
            page.versions.iter().find(|version| version.is_default).map_or("v1", |version| version.id.as_str());
        let goal = Goal::Version { arn };
        let document = in_force(&page).unwrap_or_default();
        let draft = draft(cx, goal, &["Policies", &page.head.name, version], PolicyType::Identity, document);
        let is_full = page.versions.len() >= quotas.versions_per_policy as usize;
        let old = page.versions.iter().rev().filter(|version| is_full && !version.is_default);
        let droppable =
            old.map(|version| Choice::new(version.id.clone(), crate::console::moment::date(version.created)));
        let next =
            page.versions.iter().filter_map(|version| version.id.get(1..)?.parse::<u32>().ok()).max().unwrap_or(0) + 1;
        let saves = format!("saves as v{next}, the default version");
        Effect::open(Editor::new(Draft { droppable: droppable.collect(), saves, ..draft }, cx).at(statement))
    })
}

/// Opens the editor on an inline policy, as [`edit_policy`] does.
pub fn edit_inline(kind: Kind, of: &str, name: &str, statement: Option<usize>, cx: &Context) -> Effect {
    let (account, whose) = (cx.account.clone(), of.to_owned());
    let read: Reading<Vec<Inline>> =
        Box::pin(
            async move { Ok(account.read(move |store, account| inlines(&store.view(account), kind, &whose)).await?) },
        );
    let (of, name) = (of.to_owned(), name.to_owned());
    loading::then(cx, read, move |all: Vec<Inline>, cx| {
        let Some(document) = all.iter().find(|one| one.name == name).map(|one| one.document.clone()) else {
            return gone();
        };
        let others = all.iter().filter(|one| one.name != name);
        let taken = others.map(|one| crate::iam::quota::document_size(&one.document)).sum();
        let goal = Goal::Inline { kind, of: of.clone(), name: name.clone() };
        let draft = draft(cx, goal, &[title(kind), &of, &name], inline_type(kind), document);
        Effect::open(Editor::new(Draft { taken, ..draft }, cx).at(statement))
    })
}

/// Opens the editor on a role's trust policy, as [`edit_policy`] does.
pub fn edit_trust(role: &str, statement: Option<usize>, cx: &Context) -> Effect {
    let (account, name) = (cx.account.clone(), role.to_owned());
    let read: Reading<Option<String>> = Box::pin(async move {
        Ok(account.read(move |store, account| Ok(store.view(account).role(&name)?.map(|page| page.trust))).await?)
    });
    let role = role.to_owned();
    loading::then(cx, read, move |trust: Option<String>, cx| {
        let Some(document) = trust else { return gone() };
        let goal = Goal::Trust { role: role.clone() };
        let crumbs = ["Roles", role.as_str(), "trust policy"];
        Effect::open(Editor::new(draft(cx, goal, &crumbs, PolicyType::RoleTrust, document), cx).at(statement))
    })
}

fn gone() -> Effect {
    Effect::Fail(Failure::new("It is not there any more.").with_remedy("Go back and read again with r."))
}
