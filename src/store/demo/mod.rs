//! The demo account: Example Corp, as the IAM User Guide tells of it, two and a half years into its life.
//!
//! It is made in memory by real operations, each at its own time: `assets/demo.jsonl` says how many days ago it was, and the
//! clock is set there. So ages stay true whenever the demo is opened, and every pane and finding has something to show. What
//! no operation does (passwords that are quick to make, last uses, devices switched on without a code) is in `deeds.rs`.

mod clock;
mod deeds;

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::account::Account;
use super::error::{Error, Result};
use super::open::Store;
use crate::api::{Call, Service, find};
use crate::iam::{Caller, Partition};
use crate::world::World;

use clock::Clock;

/// What happened, oldest first.
const SCRIPT: &str = include_str!("../../../assets/demo.jsonl");
/// The account's id, that of the User Guide's examples.
const ACCOUNT: &str = "123456789012";

/// One line of the script.
#[derive(Deserialize)]
struct Line {
    /// Days ago.
    ago: i64,
    /// An operation, or one of the deeds.
    #[serde(rename = "do")]
    name: String,
    /// Its input; documents as JSON.
    with: Map<String, Value>,
}

impl Store {
    /// The demo account in a store in memory. Ids are the same each time, and its secrets no secrets.
    pub fn demo(world: Arc<dyn World>) -> Result<(Self, Account)> {
        let clock = Arc::new(Clock::new(world));
        let store = Self::in_memory(Arc::clone(&clock) as Arc<dyn World>)?;
        let id = ACCOUNT.parse().map_err(|e| Error::Corrupt(format!("{e}")))?;
        let account = store.ensure_account(&id, Partition::Aws)?;
        for line in SCRIPT.lines() {
            let line: Line = serde_json::from_str(line)?;
            clock.go_back(line.ago);
            store.act(&account, line)?;
        }
        clock.run();
        let account = store.account(ACCOUNT)?.unwrap_or(account);
        Ok((store, account))
    }

    fn act(&self, account: &Account, line: Line) -> Result<()> {
        let Some(model) = find(Service::Iam, &line.name) else { return self.deed(account, &line.name, &line.with) };
        let input = line.with.into_iter().map(as_text).collect::<Result<_>>()?;
        self.perform_call(account, &Caller::Root, &Call::new(model, input))?;
        Ok(())
    }
}

/// Documents are written as people write them, in lines.
fn as_text((member, value): (String, Value)) -> Result<(String, Value)> {
    if member.ends_with("Document") {
        let text = serde_json::to_string_pretty(&value)?;
        return Ok((member, Value::String(text)));
    }
    Ok((member, value))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::Arc;

    use jiff::SignedDuration;

    use crate::iam::Kind;
    use crate::store::Store;
    use crate::store::view::{Finding, List, Mfa, Pane, Row, Whose};
    use crate::world::{Seeded, World};

    fn world() -> Arc<dyn World> {
        let start = "2026-11-22T12:00:00Z".parse().unwrap();
        Arc::new(Seeded::new(7, start, SignedDuration::ZERO))
    }

    #[test]
    fn every_pane_of_the_console_has_something_to_show() {
        let (store, account) = Store::demo(world()).unwrap();
        let view = store.view(&account);
        for (pane, count) in view.counts().unwrap() {
            let shown = pane == Pane::ServerCertificates || count > 0;
            assert!(shown, "{pane:?} is empty");
        }
        assert_eq!(account.alias.as_deref(), Some("example-corp"));
        assert!(view.dashboard().unwrap().recommendations.len() >= 4);
    }

    #[test]
    fn the_people_are_as_their_stories_say() {
        let (store, account) = Store::demo(world()).unwrap();
        let view = store.view(&account);
        let nikki = view.user("nikki").unwrap().unwrap();
        assert_eq!((nikki.row.mfa, nikki.row.groups), (Mfa::None, 2));
        let sentences: Vec<_> = nikki.findings().iter().map(Finding::sentence).collect();
        assert_eq!(sentences.len(), 2, "{sentences:?}");
        assert!(sentences[1].ends_with("is 391 days old"), "{sentences:?}");
        let paulo = view.user("paulo").unwrap().unwrap();
        assert_eq!(paulo.findings(), [Finding::Inactive { days: 94, never: false }]);
        assert!(view.user("mateo").unwrap().unwrap().findings().is_empty());
    }

    #[test]
    fn every_finding_is_met() {
        let (store, account) = Store::demo(world()).unwrap();
        let view = store.view(&account);
        let mut met = HashSet::new();
        for pane in [Pane::Users, Pane::Roles, Pane::AccessKeys] {
            for row in view.list(&List::of(pane, 500)).unwrap().rows {
                let findings = match row {
                    Row::User(row) => row.findings,
                    Row::Role(row) => row.findings,
                    Row::Key(row) => row.findings,
                    other => panic!("{other:?}"),
                };
                met.extend(findings.iter().map(std::mem::discriminant));
            }
        }
        // No root key: the account is not that careless.
        assert_eq!(met.len(), 7);
    }

    #[test]
    fn it_is_the_same_each_time() {
        let ids = || {
            let (store, account) = Store::demo(world()).unwrap();
            let head = store.view(&account).head(Kind::User, "shirley").unwrap().unwrap();
            let own = store.view(&account).list(&List::of(Pane::Policies(Whose::Customer), 50)).unwrap();
            (head.id, head.created, own.rows)
        };
        assert_eq!(ids(), ids());
    }
}
