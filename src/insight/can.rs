//! What can somebody do: the IAM console's policy summary tables, and all policies as one.
//!
//! Follows the IAM User Guide, "Policy summary (list of services)": explicit denials first, then what is allowed, then what
//! no service knows. Full and limited speak of the actions of a level, whatever the resources.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::clause::{once, spelled};
use super::{Result, Subject, SubjectKind};
use crate::policy::catalog::Service;
use crate::policy::compiled::{ActionName, Rule};
use crate::policy::condition::Condition;
use crate::policy::decision::{Attached, Source};
use crate::policy::document::{Document, Effect};
use crate::policy::effective::{self, LevelAccess, Reach, ServiceSummary, is_administrator, unknown_actions};
use crate::store::{Account, Store};

/// What somebody can do.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Can {
    /// User, role, group or root.
    pub kind: SubjectKind,
    /// The name.
    pub name: String,
    /// The ARN.
    pub arn: String,
    /// Whether everything is allowed, on everything.
    pub administrator: bool,
    /// The ARN of the permissions boundary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boundary: Option<String>,
    /// Services of which something is denied.
    pub denied: Vec<ServiceRow>,
    /// Services of which something is allowed.
    pub allowed: Vec<ServiceRow>,
    /// Actions that no service knows.
    pub uncategorized: Vec<String>,
}

/// A row of a summary: a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceRow {
    /// `s3`
    pub service: &'static str,
    /// `Amazon S3`
    pub name: &'static str,
    /// The access levels of which something is in it.
    pub levels: Vec<LevelRow>,
    /// Whether all actions of all levels are.
    pub full: bool,
    /// The resources of the statements, as they are written.
    pub resources: Vec<String>,
    /// The condition keys of the statements.
    pub condition_keys: Vec<String>,
    /// The actions.
    pub actions: Vec<ActionRow>,
}

/// An access level of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LevelRow {
    /// `Permissions management`
    pub level: &'static str,
    /// Whether all its actions are meant.
    pub full: bool,
}

/// An action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ActionRow {
    /// `GetObject`
    pub action: &'static str,
    /// `Read`
    pub level: &'static str,
    /// Whether nothing limits it: neither resources, conditions nor denials.
    pub unlimited: bool,
    /// The resources of the statements that allow it.
    pub resources: Vec<String>,
    /// The condition keys of the statements that allow it.
    pub condition_keys: Vec<String>,
}

/// Summarizes what somebody can do.
///
/// # Errors
/// When the store fails.
pub fn can(store: &Store, account: &Account, subject: &Subject) -> Result<Can> {
    let policies = &subject.policies;
    let summary = effective::summary(policies);
    let denying: Vec<&Rule> = rules(policies.identity.iter().chain(policies.boundary.iter().flatten()), Effect::Deny);
    let mut uncategorized = Vec::new();
    for (_, text) in texts(store, account, subject)? {
        let document = Document::parse(text);
        uncategorized.extend(unknown_actions(&document).into_iter().map(str::to_owned));
    }
    Ok(Can {
        kind: subject.kind,
        name: subject.name.clone(),
        arn: subject.arn.clone(),
        administrator: subject.kind == SubjectKind::Root || is_administrator(policies),
        boundary: policies.boundary.iter().flatten().map(|policy| policy.source.name.clone()).next(),
        denied: summary.denied.iter().map(|one| ServiceRow::denied(one, &denying)).collect(),
        allowed: summary.allowed.iter().map(ServiceRow::allowed).collect(),
        uncategorized: once(uncategorized),
    })
}

fn rules<'p>(policies: impl Iterator<Item = &'p Attached>, effect: Effect) -> Vec<&'p Rule> {
    policies.flat_map(|policy| policy.policy.rules()).filter(|rule| rule.effect == effect).collect()
}

/// The texts of the identity policies.
fn texts(store: &Store, account: &Account, subject: &Subject) -> Result<Vec<(Source, String)>> {
    let Some(kind) = subject.kind.kind() else { return Ok(Vec::new()) };
    let one = |policy: &Attached| {
        let source = policy.source.as_ref().clone();
        let text = store.policy_text(account, kind, &subject.name, &source)?;
        Ok((source, text))
    };
    subject.policies.identity.iter().map(one).collect()
}

impl ServiceRow {
    fn allowed(summary: &ServiceSummary) -> Self {
        let mut row = Self::new(summary);
        row.resources = once(row.actions.iter().flat_map(|action| action.resources.clone()));
        row.condition_keys = once(row.actions.iter().flat_map(|action| action.condition_keys.clone()));
        row
    }

    fn denied(summary: &ServiceSummary, denying: &[&Rule]) -> Self {
        let mut row = Self::new(summary);
        let names: Vec<ActionName> =
            summary.actions.iter().map(|one| ActionName::new(&one.action.full_name())).collect();
        let ours: Vec<_> = denying.iter().filter(|rule| names.iter().any(|name| rule.actions.matches(name))).collect();
        let except = |rule: &Rule| if rule.resources.is_negated() { "all but " } else { "" };
        let written =
            |rule: &&&Rule| rule.resources.written().map(|text| format!("{}{text}", except(rule))).collect::<Vec<_>>();
        row.resources = once(ours.iter().flat_map(written));
        let keys: Vec<String> =
            ours.iter().flat_map(|rule| &rule.conditions).map(|one| Condition::key(one).to_owned()).collect();
        row.condition_keys = spelled(&keys);
        for action in &mut row.actions {
            (action.resources, action.condition_keys) = (row.resources.clone(), row.condition_keys.clone());
        }
        row
    }

    fn new(summary: &ServiceSummary) -> Self {
        let levels = summary.levels.iter().filter(|(_, access)| *access != LevelAccess::None);
        let action = |one: &effective::ActionSummary| ActionRow {
            action: one.action.name,
            level: one.action.level.as_str(),
            unlimited: one.reach == Reach::Full,
            resources: one.resources.clone(),
            condition_keys: spelled(&one.condition_keys),
        };
        Self {
            service: summary.service.prefix,
            name: summary.service.name,
            levels: levels
                .map(|(level, access)| LevelRow { level: level.as_str(), full: *access == LevelAccess::Full })
                .collect(),
            full: summary.levels.iter().all(|(_, access)| *access == LevelAccess::Full),
            resources: Vec::new(),
            condition_keys: Vec::new(),
            actions: summary.actions.iter().map(action).collect(),
        }
    }

    /// The column "access level" of the console: `Full access`, `Full: List, Read  Limited: Write`.
    pub fn access(&self) -> String {
        if self.full {
            return "Full access".into();
        }
        let of = |full: bool| {
            self.levels.iter().filter(|one| one.full == full).map(|one| one.level).collect::<Vec<_>>().join(", ")
        };
        match (of(true), of(false)) {
            (full, limited) if limited.is_empty() => format!("Full: {full}"),
            (full, limited) if full.is_empty() => format!("Limited: {limited}"),
            (full, limited) => format!("Full: {full}  Limited: {limited}"),
        }
    }

    /// The column "resource" of the console.
    pub fn resource(&self) -> String {
        match self.resources.as_slice() {
            [] => "All resources".into(),
            [one] if one == "*" => "All resources".into(),
            [one] => one.clone(),
            _ => "Multiple".into(),
        }
    }

    /// The column "request condition" of the console.
    pub fn condition(&self) -> String {
        match self.condition_keys.as_slice() {
            [] => "None".into(),
            [one] => one.clone(),
            _ => "Multiple".into(),
        }
    }

    /// What it says of its service, whichever that is.
    fn says(&self) -> (bool, String, Vec<String>, Vec<String>) {
        (self.full, self.access(), self.resources.clone(), self.condition_keys.clone())
    }

    /// What the catalog knows of the service.
    pub fn known(&self) -> Option<&'static Service> {
        crate::policy::catalog::service(self.service)
    }
}

/// Services that say the same from which on they are told as one.
const SAME_MIN: usize = 8;

/// The rows of a table, each with how many services it speaks for: many that say the same are told once, by the first.
pub fn grouped(rows: &[ServiceRow]) -> Vec<(&ServiceRow, usize)> {
    let mut counts = HashMap::new();
    for row in rows {
        *counts.entry(row.says()).or_insert(0) += 1;
    }
    let told = |row| match counts.get_mut(&ServiceRow::says(row)) {
        Some(0) => None,
        Some(count) if *count >= SAME_MIN => Some((row, std::mem::take(count))),
        _ => Some((row, 1)),
    };
    rows.iter().filter_map(told).collect()
}

/// All identity policies as one document within the boundary, and whether it says exactly the same: a boundary that
/// limits resources or sets conditions cannot be turned into a denial.
///
/// # Errors
/// When the store fails.
pub fn effective_policy(store: &Store, account: &Account, subject: &Subject) -> Result<(Value, bool)> {
    let mut all = Vec::new();
    for (_, text) in texts(store, account, subject)? {
        all.extend(statements(&text));
    }
    let mut is_exact = true;
    for policy in subject.policies.boundary.iter().flatten() {
        let text = match subject.kind.kind() {
            Some(kind) => store.policy_text(account, kind, &subject.name, &policy.source)?,
            None => String::new(),
        };
        let (allows, denies): (Vec<_>, Vec<_>) =
            statements(&text).into_iter().partition(|one| one["Effect"] == "Allow");
        all.extend(denies);
        match everything_but(&allows) {
            Some(denial) => all.push(denial),
            None => is_exact = false,
        }
    }
    unique_sids(&mut all);
    Ok((json!({"Version": "2012-10-17", "Statement": all}), is_exact))
}

fn statements(text: &str) -> Vec<Value> {
    let document: Value = serde_json::from_str(text).unwrap_or_default();
    match document.get("Statement") {
        Some(Value::Array(all)) => all.clone(),
        Some(one @ Value::Object(_)) => vec![one.clone()],
        _ => Vec::new(),
    }
}

/// The denial of all that these statements of a boundary do not allow, if they allow it wherever it is.
fn everything_but(allows: &[Value]) -> Option<Value> {
    let mut actions = Vec::new();
    for one in allows {
        let is_everywhere = one.get("Condition").is_none() && one.get("Resource").is_some_and(is_star);
        match one.get("Action").filter(|_| is_everywhere)? {
            Value::Array(some) => actions.extend(some.iter().cloned()),
            one => actions.push(one.clone()),
        }
    }
    Some(json!({"Sid": "OutsideTheBoundary", "Effect": "Deny", "NotAction": actions, "Resource": "*"}))
}

fn is_star(value: &Value) -> bool {
    value == "*" || value.as_array().is_some_and(|all| all.iter().any(|one| one == "*"))
}

/// Statement ids stay where nobody else has them.
fn unique_sids(statements: &mut [Value]) {
    let mut seen = std::collections::HashSet::new();
    for one in statements.iter_mut().filter_map(Value::as_object_mut) {
        let sid = one.get("Sid").and_then(Value::as_str).unwrap_or_default().to_owned();
        if !sid.is_empty() && !seen.insert(sid) {
            Map::shift_remove(one, "Sid");
        }
    }
}
