//! `tiam import FILE`: an account from what `aws iam get-account-authorization-details` prints.

use std::process::ExitCode;
use std::sync::Arc;

use crate::account::details::{self, Details, DetailsError};
use crate::iam::AccountId;
use crate::policy::catalog::managed;
use crate::text::visible;
use crate::world::Real;

use super::args::{Import as Args, Select};
use super::layout::count;
use super::{Failure, select, terminal};

/// Imports. The store is opened once the file has been read whole.
pub(super) fn run(args: &Args, options: &Select) -> Result<ExitCode, Failure> {
    if options.demo || options.read_only || options.profile.is_some() || options.endpoint_url.is_some() {
        return Err(Failure::Usage("an import goes into a store: only --store and --account go with it"));
    }
    let file = args.file.display().to_string();
    let wrong = |error| Failure::Details { file: file.clone(), error };
    if options.account.as_ref().is_some_and(|named| named.parse::<AccountId>().is_err()) {
        return Err(Failure::Usage("an account to import is named by its id of twelve digits"));
    }
    let text = terminal::read(&args.file).map_err(Failure::NoImport)?;
    let found = details::read(&text).map_err(wrong)?;
    let id = account_id(&found, options.account.as_deref()).map_err(wrong)?;
    let store = select::open_store(options, Arc::new(Real))?;
    store.import(&id, &found.partition, &found.whole)?;
    terminal::say(&told(&found, &id))?;
    for arn in &found.unknown_policies {
        let date = managed::date();
        terminal::complain(
            &format!("{arn} is not among AWS's policies of {date}: it counts as allowing nothing"),
            None,
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// The account of the file, which must be the one that was named if one was.
fn account_id(found: &Details, named: Option<&str>) -> Result<AccountId, DetailsError> {
    let named: Option<AccountId> = named.and_then(|named| named.parse().ok());
    match (&found.id, named) {
        (Some(id), Some(named)) if *id != named => {
            Err(DetailsError::Several(vec![id.to_string(), format!("{named} (--account)")]))
        }
        (Some(id), _) => Ok(id.clone()),
        (None, Some(named)) => Ok(named),
        (None, None) => {
            Err(DetailsError::Partial("nothing is in it; --account would say which account is empty".into()))
        }
    }
}

fn told(found: &Details, id: &AccountId) -> String {
    let whole = &found.whole;
    let parts = [
        count(whole.users.len(), "user"),
        count(whole.groups.len(), "user group"),
        count(whole.roles.len(), "role"),
        count(whole.policies.len(), "policy"),
    ];
    let text = format!("Imported account {id}: {}.", parts.join(", "));
    visible(&text).into_owned()
}
