//! The question before something is deleted, with everything that goes with it, and the chain that deletes it all.

use super::members::several;
use super::{Reading, loading};
use crate::console::action::{Danger, Kind};
use crate::console::acts::{Change, commit};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::moment;
use crate::console::place::{Pane, Place};
use crate::console::task::Failure;
use crate::console::widget::Confirm;
use crate::iam;
use crate::store::view::{Deletion, Last, Part};

/// The store's word for a kind.
pub fn of_iam(kind: Kind) -> iam::Kind {
    match kind {
        Kind::Group => iam::Kind::Group,
        Kind::Role => iam::Kind::Role,
        Kind::Policy => iam::Kind::Policy,
        _ => iam::Kind::User,
    }
}

/// Looks up what goes with the things, then asks.
pub fn ask(kind: Kind, targets: &[String], cx: &Context) -> Effect {
    let (account, targets) = (cx.account.clone(), targets.to_vec());
    let read: Reading<Vec<Deletion>> = Box::pin(async move {
        let read = move |store: &crate::store::Store, account: &crate::store::Account| {
            let view = store.view(account);
            targets.iter().map(|name| view.deletion(of_iam(kind), name)).collect::<crate::store::Result<Vec<_>>>()
        };
        Ok(account.read(read).await?.into_iter().flatten().collect())
    });
    loading::then(cx, read, move |deletions: Vec<Deletion>, cx| question(kind, deletions, cx))
}

fn question(kind: Kind, deletions: Vec<Deletion>, cx: &Context) -> Effect {
    let blocked = deletions.iter().find_map(|one| Some((one.name.clone(), one.blockers.first()?.clone())));
    if let Some((name, why)) = blocked {
        let told = format!("{name} cannot be deleted: {why}.");
        return Effect::Fail(Failure::new(told).with_remedy("Take it away there first."));
    }
    let names: Vec<String> = deletions.iter().map(|one| one.name.clone()).collect();
    let (typed, title) = match names.as_slice() {
        [] => return Effect::Fail(Failure::new("It is not there any more.").with_remedy("r reads the list again.")),
        [one] => (one.clone(), format!("Delete {} {one}?", kind.word())),
        all => (format!("{} {}", all.len(), kind.words()), format!("Delete {} {}?", all.len(), kind.words())),
    };
    let mut question = Confirm::new(title, Danger::Destroy);
    for (label, text) in facts(kind, &deletions, cx) {
        question = question.fact(label, text);
    }
    let cx = cx.clone();
    let delete = move || {
        let what = several(&names, kind.words());
        let calls = deletions.iter().flat_map(|one| one.calls.clone()).map(Ok).collect();
        let (doing, done) = (format!("Deleting {} {what}", kind.word()), format!("Deleted {} {what}", kind.word()));
        Change::new(doing, done, calls).to(Place::Pane(Pane::showing(kind))).effect(&cx)
    };
    Effect::open(question.typing(typed).choice("delete", delete))
}

/// What the question says: what goes with it, when it was last used, whether it can be undone.
fn facts(kind: Kind, deletions: &[Deletion], cx: &Context) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    if deletions.len() > 1 {
        let names: Vec<&str> = deletions.iter().map(|one| one.name.as_str()).collect();
        facts.push(("These are".to_owned(), names.join(", ")));
    }
    let parts: Vec<&Part> = deletions.iter().flat_map(|one| &one.parts).collect();
    let gone: Vec<String> = parts.iter().filter_map(|part| deleted(part, cx)).collect();
    if !gone.is_empty() {
        facts.push(("This also deletes".to_owned(), gone.join(", ")));
    }
    let removed: Vec<String> = parts.iter().filter_map(|part| removed(part)).collect();
    if !removed.is_empty() {
        facts.push(("and removes".to_owned(), removed.join(", ")));
    }
    if kind != Kind::Group && kind != Kind::Policy {
        let latest = deletions.iter().map(|one| one.activity).max().unwrap_or(Last::Unknown);
        facts.push(("Last activity".to_owned(), moment::last_date(cx.now, latest)));
    }
    let undone = match kind {
        Kind::Policy => "no: its versions are gone for good",
        _ => "nearly: one made again has another unique id",
    };
    facts.push(("Can be undone".to_owned(), undone.to_owned()));
    facts
}

fn deleted(part: &Part, cx: &Context) -> Option<String> {
    Some(match part {
        Part::Password => "the console password".to_owned(),
        Part::AccessKey(key) => match key.used {
            Last::At(at) => format!("access key {} (last used {} ago)", key.id, moment::ago(cx.now, at)),
            Last::Never => format!("access key {} (never used)", key.id),
            Last::Unknown => format!("access key {}", key.id),
        },
        Part::Inline(name) => format!("inline policy {name}"),
        Part::Version(id) => format!("version {id}"),
        _ => return None,
    })
}

fn removed(part: &Part) -> Option<String> {
    Some(match part {
        Part::Attached { name, .. } => format!("the attachment of {name}"),
        Part::Membership(group) => format!("membership in {group}"),
        Part::Member(user) => format!("{user} from it"),
        Part::AttachedTo { kind, name } => format!("the attachment to {} {name}", kind.noun()),
        _ => return None,
    })
}

/// The question before something is deleted that `kind` has no chain for; `what` is its sort and name, whose last word has
/// to be typed.
pub fn named(
    what: &str,
    facts: &[(&str, &str)],
    cx: &Context,
    calls: Vec<Result<crate::api::Call, Failure>>,
) -> Effect {
    let mut question = Confirm::new(format!("Delete {what}?"), Danger::Destroy);
    for (label, text) in facts {
        question = question.fact(*label, *text);
    }
    let (cx, doing, done) = (cx.clone(), format!("Deleting {what}"), format!("Deleted {what}"));
    let typed = what.rsplit(' ').next().unwrap_or(what).to_owned();
    let place = Place::Pane(Pane::Providers);
    let change = move || Change::new(doing.clone(), done.clone(), calls.clone()).to(place.clone()).effect(&cx);
    Effect::open(question.typing(typed).choice("delete", change))
}

/// A small question before something that belongs to a thing is deleted.
pub fn part(question: String, fact: &str, cx: &Context, calls: Vec<Result<crate::api::Call, Failure>>) -> Effect {
    let (cx, done) = (cx.clone(), question.replace("Delete ", "Deleted ").replace('?', ""));
    let doing = question.replace("Delete ", "Deleting ").replace('?', "");
    let confirm = Confirm::new(question, Danger::Destroy).fact("Can be undone", fact);
    Effect::open(confirm.choice("delete", move || commit(&cx, doing.clone(), done.clone(), calls.clone())))
}
