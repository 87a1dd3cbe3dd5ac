//! `ListPolicies`: the account's own policies by name, then those of AWS in the order in which AWS made them (recorded).

use rusqlite::params;

use super::error::Result;
use super::page::Page;
use super::perform::Perform;
use super::policy_of::{POLICY, PolicyRow, aws_policy, in_listing_order, own_policy};
use super::tx::{ENTITY, Entity, Tx, fold};
use crate::api::{ListPolicies, ListPoliciesOutput, Policy};
use crate::iam::Kind;

/// What the page key of an own policy starts with.
const OWN: char = '1';
/// What the page key of an AWS managed policy starts with.
const AWS: char = '2';

/// The uses that a listing can ask for, by the numbers that its query knows them by.
#[derive(Clone, Copy)]
enum Use {
    None,
    Any,
    Attached,
    Boundary,
}

/// A policy with its page key.
type Keyed = (String, Policy);

impl Perform for ListPolicies {
    fn perform(&self, tx: &Tx<'_>) -> Result<ListPoliciesOutput> {
        let page = Page::new(self.marker.as_deref(), self.max_items)?;
        let scope = self.scope.as_deref().unwrap_or("All");
        let mut rows = Vec::new();
        if scope != "AWS" && !page.after.starts_with(AWS) {
            rows = self.own(tx, &page)?;
        }
        if scope != "Local" {
            self.add_aws(tx, &page, &mut rows)?;
        }
        let (rows, more, marker) = page.cut(rows, |(key, _)| key.clone());
        let policies = rows.into_iter().map(|(_, policy)| policy).collect();
        Ok(ListPoliciesOutput { policies: Some(policies), is_truncated: Some(more), marker })
    }
}

impl ListPolicies {
    fn own(&self, tx: &Tx<'_>, page: &Page) -> Result<Vec<Keyed>> {
        tx.all(
            &format!(
                "SELECT {ENTITY}, {POLICY} FROM entity e JOIN policy p ON p.entity = e.id
                 WHERE e.account = ?1 AND e.kind = ?2 AND e.name_key > ?3 AND substr(e.path, 1, length(?4)) = ?4
                   AND CASE ?5 WHEN 0 THEN 1 WHEN 1 THEN p.attachments + p.boundaries
                       WHEN 2 THEN p.attachments ELSE p.boundaries END
                 ORDER BY e.name_key LIMIT ?6"
            ),
            params![
                tx.account.row,
                Kind::Policy.number(),
                page.after.strip_prefix(OWN).unwrap_or_default(),
                self.path_prefix(),
                self.use_asked() as u8,
                page.limit
            ],
            |row| {
                let entity = Entity::read(row)?;
                Ok((format!("{OWN}{}", fold(&entity.name)), own_policy(&entity, &PolicyRow::read_at(row, 9)?)))
            },
        )
    }

    /// Adds policies of AWS until the page is full.
    fn add_aws(&self, tx: &Tx<'_>, page: &Page, rows: &mut Vec<Keyed>) -> Result<()> {
        let room = usize::try_from(page.limit).unwrap_or(usize::MAX);
        let uses = tx.aws_policy_uses()?;
        for (n, policy) in in_listing_order().iter().enumerate() {
            let key = format!("{AWS}{n:05}");
            if key <= page.after || !policy.path.starts_with(self.path_prefix()) {
                continue;
            }
            if rows.len() >= room {
                break;
            }
            let arn = tx.aws_policy_arn(policy);
            let counts = uses.get(&arn).copied().unwrap_or_default();
            if self.wants(counts) {
                rows.push((key, aws_policy(policy, arn, counts)));
            }
        }
        Ok(())
    }

    fn path_prefix(&self) -> &str {
        self.path_prefix.as_deref().unwrap_or("/")
    }

    /// Which uses a policy must have. The usage filter only counts among those that are in use (observed on AWS).
    fn use_asked(&self) -> Use {
        match (self.only_attached, self.policy_usage_filter.as_deref()) {
            (Some(true), Some("PermissionsBoundary")) => Use::Boundary,
            (Some(true), Some(_)) => Use::Attached,
            (Some(true), None) => Use::Any,
            _ => Use::None,
        }
    }

    fn wants(&self, (attachments, boundaries): (i64, i64)) -> bool {
        match self.use_asked() {
            Use::None => true,
            Use::Any => attachments + boundaries > 0,
            Use::Attached => attachments > 0,
            Use::Boundary => boundaries > 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::api::{AttachUserPolicy, CreatePolicy, CreateUser, ListPolicies, PutUserPermissionsBoundary};
    use crate::store::kit::{ALLOW, Kit};

    fn kit() -> Kit {
        let kit = Kit::new();
        for (name, path) in [("b", "/"), ("a", "/eng/"), ("c", "/")] {
            kit.ok(&CreatePolicy {
                policy_name: name.into(),
                path: Some(path.into()),
                policy_document: ALLOW.into(),
                ..CreatePolicy::default()
            });
        }
        kit.ok(&CreateUser { user_name: "ann".into(), ..CreateUser::default() });
        kit
    }

    fn names(kit: &Kit, list: &ListPolicies) -> Vec<String> {
        kit.ok(list).policies.unwrap().into_iter().filter_map(|policy| policy.policy_name).collect()
    }

    fn local() -> ListPolicies {
        ListPolicies { scope: Some("Local".into()), ..ListPolicies::default() }
    }

    #[test]
    fn own_policies_come_first_then_those_of_aws_as_they_were_made() {
        let kit = kit();
        let all = ListPolicies { max_items: Some(5), ..ListPolicies::default() };
        assert_eq!(names(&kit, &all), ["a", "b", "c", "AdministratorAccess", "PowerUserAccess"]);
        let marker = kit.ok(&all).marker;
        assert_eq!(names(&kit, &ListPolicies { marker, ..all })[0], "ReadOnlyAccess");
        assert_eq!(names(&kit, &ListPolicies { path_prefix: Some("/eng/".into()), ..local() }), ["a"]);
        let jobs = ListPolicies { path_prefix: Some("/job-function/".into()), ..ListPolicies::default() };
        assert!(names(&kit, &jobs).contains(&"Billing".to_owned()));
    }

    #[test]
    fn every_policy_is_listed_once() {
        let kit = kit();
        let (mut seen, mut marker) = (Vec::new(), None);
        loop {
            let page = kit.ok(&ListPolicies { marker, max_items: Some(400), ..ListPolicies::default() });
            seen.extend(page.policies.unwrap().into_iter().filter_map(|policy| policy.arn));
            marker = page.marker;
            if marker.is_none() {
                break;
            }
        }
        let count = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!((seen.len(), count), (count, crate::policy::catalog::managed::all().len() + 3));
    }

    #[test]
    fn what_is_attached_or_a_boundary_can_be_asked_for() {
        let kit = kit();
        let attach = |arn: &str| AttachUserPolicy { user_name: "ann".into(), policy_arn: arn.into() };
        kit.ok(&attach("arn:aws:iam::123456789012:policy/b"));
        kit.ok(&attach("arn:aws:iam::aws:policy/job-function/Billing"));
        let boundary = "arn:aws:iam::123456789012:policy/c".to_owned();
        kit.ok(&PutUserPermissionsBoundary { user_name: "ann".into(), permissions_boundary: boundary });
        let attached = ListPolicies { only_attached: Some(true), ..ListPolicies::default() };
        assert_eq!(names(&kit, &attached), ["b", "c", "Billing"]);
        let used_as = |usage: &str| ListPolicies { policy_usage_filter: Some(usage.into()), ..attached.clone() };
        assert_eq!(names(&kit, &used_as("PermissionsBoundary")), ["c"]);
        assert_eq!(names(&kit, &used_as("PermissionsPolicy")), ["b", "Billing"]);
        let any = ListPolicies { policy_usage_filter: Some("PermissionsBoundary".into()), ..local() };
        assert_eq!(names(&kit, &any), ["a", "b", "c"], "the filter is only for what is in use");
    }
}
