//! What is asked.

use super::Principal;
use crate::policy::compiled::ActionName;
use crate::policy::condition::Context;

/// A request to be decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Who asks.
    pub principal: Principal,
    pub(crate) action: ActionName,
    /// The action as it was given, for messages.
    action_text: Box<str>,
    /// The ARN, or `*` for actions that have none.
    pub resource: String,
    /// The account of the resource, where that is known.
    pub resource_account: Option<String>,
    /// The condition keys.
    pub context: Context,
}

impl Request {
    /// A request with no context on a resource whose account its ARN names, or else the principal's.
    pub fn new(principal: Principal, action: &str, resource: impl Into<String>) -> Self {
        let resource = resource.into();
        let account = resource.split(':').nth(4).filter(|account| !account.is_empty()).map(str::to_owned);
        Self {
            principal,
            action: ActionName::new(action),
            action_text: action.into(),
            resource,
            resource_account: account,
            context: Context::new(),
        }
    }

    /// Asks for another action.
    pub fn set_action(&mut self, action: &str) {
        self.action = ActionName::new(action);
        self.action_text = action.into();
    }

    /// The action, as it was given.
    pub fn action(&self) -> &str {
        &self.action_text
    }

    /// Whether principal and resource belong to the same account, as far as is known.
    pub fn is_same_account(&self) -> bool {
        match (self.principal.account(), &self.resource_account) {
            (Some(ours), Some(theirs)) => ours == theirs,
            _ => true,
        }
    }
}
