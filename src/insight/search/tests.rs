//! The documented phrases, names with mistakes, ids, tags and texts, over a small account.

use std::sync::Arc;

use jiff::SignedDuration;
use serde_json::json;

use super::{Found, Search, Target, What, documented};
use crate::api::{Call, Service, find};
use crate::iam::{Caller, Kind, Partition};
use crate::store::{Account, Store};
use crate::world::Seeded;

struct Kit {
    store: Store,
    account: Account,
}

impl Kit {
    fn new() -> Self {
        let start = "2026-01-02T03:04:05Z".parse().unwrap();
        let store = Store::in_memory(Arc::new(Seeded::new(1, start, SignedDuration::from_secs(1)))).unwrap();
        let account = store.ensure_account(&"123456789012".parse().unwrap(), Partition::Aws).unwrap();
        let kit = Self { store, account };
        for (name, path) in [("nikki", "/"), ("mateo", "/division_abc/"), ("Nick.Long-Name", "/"), ("user1", "/")] {
            let tags = json!([{"Key": "cost-center", "Value": format!("cc-{name}")}]);
            kit.call("CreateUser", json!({"UserName": name, "Path": path, "Tags": tags}));
        }
        kit
    }

    fn call(&self, name: &str, input: serde_json::Value) {
        let serde_json::Value::Object(input) = input else { panic!("no object") };
        let call = Call::new(find(Service::Iam, name).unwrap(), input);
        self.store.perform_call(&self.account, &Caller::Root, &call).unwrap();
    }

    fn find(&self, query: &str) -> Found {
        let view = self.store.view(&self.account);
        Search::new(&view, documented()).unwrap().find(&view, query, 20).unwrap()
    }

    /// The texts of the answers that are of this sort.
    fn texts(&self, query: &str) -> Vec<String> {
        self.find(query).hits.into_iter().map(|hit| hit.text).collect()
    }
}

fn task(id: &str, name: Option<&str>) -> Target {
    Target::Task { id: id.into(), kind: name.map(|_| Kind::User), name: name.map(str::to_owned) }
}

#[test]
fn names_come_first_with_their_letters_marked() {
    let kit = Kit::new();
    let hit = kit.find("nikki").hits.remove(0);
    assert_eq!((hit.what, hit.text.as_str(), hit.matched), (What::User, "nikki", vec![0, 1, 2, 3, 4]));
    assert_eq!(hit.detail, "no groups, never active");
    assert_eq!(hit.target, Target::Open { kind: Kind::User, name: "nikki".into(), arn: None });
}

#[test]
fn order_of_words_and_small_mistakes_do_not_matter() {
    let kit = Kit::new();
    assert_eq!(kit.texts("mateq")[0], "mateo");
    assert_eq!(kit.texts("name nick")[0], "Nick.Long-Name");
    assert_eq!(kit.find("atach polcy").hits[0].what, What::Task);
}

#[test]
fn every_documented_phrase_leads_where_it_says() {
    let kit = Kit::new();
    for (query, id, name) in [
        ("add user nikki to groups", "add-user-to-groups", Some("nikki")),
        ("remove user nikki from groups", "remove-user-from-groups", Some("nikki")),
        ("delete nikki", "delete-user", Some("nikki")),
        ("manage access keys nikki", "manage-access-keys", Some("nikki")),
        ("manage signing certificates nikki", "manage-signing-certificates", Some("nikki")),
        ("manage MFA for nikki", "manage-mfa", Some("nikki")),
        ("nikki password manage", "manage-password", Some("nikki")),
        ("create role", "create-role", None),
        ("create user", "create-user", None),
        ("create group", "create-group", None),
        ("create managed policy", "create-policy", None),
        ("password policy", "password-policy", None),
        ("edit trust policy for role", "edit-trust-policy", None),
        ("show policy document for role", "show-policy-document", None),
        ("attach policy to role", "attach-policy-to-role", None),
        ("attach policy to group", "attach-policy-to-group", None),
        ("attach entities to", "attach-entities", None),
        ("detach entities from", "detach-entities", None),
        ("users", "users", None),
    ] {
        let found = kit.find(query);
        assert_eq!(found.hits[0].target, task(id, name), "{query}: {:#?}", &found.hits[..3.min(found.hits.len())]);
    }
    assert_eq!(kit.find("delete user nikki").hits[0].what, What::Delete);
}

#[test]
fn ids_arns_paths_and_tags_are_found() {
    let kit = Kit::new();
    let view = kit.store.view(&kit.account);
    let head = view.head(Kind::User, "mateo").unwrap().unwrap();
    for query in [
        head.id.as_str(),
        &head.id[..12],
        &head.arn,
        "/division_abc/",
        "cc-mateo",
        "arn:aws:iam::aws:policy/IAMFullAccess",
    ] {
        let first = kit.find(query).hits.remove(0);
        let expected = if query.contains("Full") { "IAMFullAccess" } else { "mateo" };
        assert_eq!(first.text, expected, "{query}");
    }
    assert_eq!(kit.find("cc-mateo").hits[0].detail, "tag: cost-center=cc-mateo");
}

#[test]
fn nothing_typed_finds_nothing_and_strange_signs_do_no_harm() {
    let kit = Kit::new();
    assert!(kit.find("  ").hits.is_empty());
    for query in ["\"", "' OR 1=1", "%_", "!", "^$", "\u{202e}\u{0}", "é\u{1f980}", "*", "a\"b*c AND NOT"] {
        kit.find(query);
    }
}
