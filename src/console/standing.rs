//! Who and where one is: read from the account, with the counts of the panes.

use jiff::Timestamp;

use super::context::Standing;
use super::moment;
use super::place::Pane;
use super::screen::listing::Reading;
use crate::account::{Account, Mode};
use crate::iam::Caller;
use crate::store::view;

/// Who and where one is, as far as the account itself knows.
pub fn of(account: &Account, now: Timestamp) -> Standing {
    let info = account.info();
    let whereabouts = match &info.mirror {
        None if account.store().path().is_none() => "in memory".to_owned(),
        None => "local".to_owned(),
        Some(mirror) => mirror.endpoint.url.clone().unwrap_or_else(|| "AWS".to_owned()),
    };
    let who = match account.caller() {
        Caller::Root => "owner".to_owned(),
        other => other.arn(&info.partition, info.id.as_str()).rsplit(':').next().unwrap_or_default().to_owned(),
    };
    let mut badges = if account.mode() == Mode::ReadOnly { vec!["read-only".to_owned()] } else { Vec::new() };
    badges.extend(info.imported.map(|then| format!("imported {}", moment::age(now, then))));
    if let Some(mirror) = &info.mirror {
        badges.push(match mirror.refreshed {
            Some(then) => format!("mirror {}", moment::age(now, then)),
            None => "never read to the end".to_owned(),
        });
    }
    Standing { alias: info.alias, account_id: info.id.to_string(), whereabouts, who, badges, counts: Vec::new() }
}

/// The same with how many things each pane shows.
pub fn read(account: &Account, now: Timestamp) -> Reading<Standing> {
    let account = account.clone();
    Box::pin(async move {
        let is_local = account.info().mirror.is_none();
        let counts = account.read(|store, account| store.view(account).counts()).await?;
        let count = |pane: Pane| {
            let shows = |of: &view::Pane| match of {
                view::Pane::Users => pane == Pane::Users,
                view::Pane::Groups => pane == Pane::Groups,
                view::Pane::Roles => pane == Pane::Roles,
                view::Pane::Policies(_) => pane == Pane::Policies,
                view::Pane::AccessKeys => pane == Pane::Keys,
                // A mirror does not hold them: nothing there proves nothing.
                view::Pane::Providers => pane == Pane::Providers && is_local,
                _ => false,
            };
            counts.iter().find(|(of, _)| shows(of)).map(|(_, count)| *count as u64)
        };
        Ok(Standing { counts: Pane::ALL.into_iter().map(count).collect(), ..of(&account, now) })
    })
}
