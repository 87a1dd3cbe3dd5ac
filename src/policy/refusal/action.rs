//! The names of actions, as far as IAM looks at them: a service, a colon, and the rest.

use super::{Checked, Refusal};
use crate::policy::document::{Document, Item, ItemKind};

/// All of `Action` first, then all of `NotAction`.
pub(super) fn check(document: &Document) -> Checked {
    let actions = document.statements().iter().filter_map(|statement| statement.action.as_ref());
    let not_actions = document.statements().iter().filter_map(|statement| statement.not_action.as_ref());
    let items = actions.chain(not_actions).flat_map(|field| &field.value.items);
    items.filter(|item| item.kind == ItemKind::String).try_for_each(action)
}

fn action(item: &Item) -> Checked {
    let refused = |message: &str| Err(Refusal::new(message, Some(item.span)));
    if item.text == "*" {
        return Ok(());
    }
    let Some((vendor, name)) = item.text.split_once(':') else {
        return refused("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
    };
    if name.contains(':') {
        return refused("Actions/Condition can contain only one colon.");
    }
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    if vendor != "*" && !vendor.chars().all(fits) {
        return refused(&format!("Vendor {vendor} is not valid"));
    }
    Ok(())
}
