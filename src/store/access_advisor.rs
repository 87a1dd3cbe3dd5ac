//! The access advisor: which services an entity may use, and when it last did.
//!
//! What an entity may use follows from its policies; when it did, from what is noted of its keys and sessions. A job is
//! done as soon as it is asked for. A job of the granularity `ACTION_LEVEL` tells of the actions of IAM and STS too, whose
//! calls pass here.
//!
//! The API reference leaves open which actions are listed. Of a service of which a tracked action was used, it is all that
//! the policies grant, those that were not used by name alone; of any other service it is none ("this field is null if
//! … the principal did not use the tracked actions within the tracking period", `ServiceLastAccessed`).

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::params;

use super::error::Result;
use super::page::Page;
use super::perform::Perform;
use super::tx::{ENTITY, Entity, Tx, time};
use crate::api::{
    EntityDetails, EntityInfo, ErrorDetails, GenerateOrganizationsAccessReport,
    GenerateOrganizationsAccessReportOutput, GenerateServiceLastAccessedDetails,
    GenerateServiceLastAccessedDetailsOutput, GetOrganizationsAccessReport, GetOrganizationsAccessReportOutput,
    GetServiceLastAccessedDetails, GetServiceLastAccessedDetailsOutput, GetServiceLastAccessedDetailsWithEntities,
    GetServiceLastAccessedDetailsWithEntitiesOutput, ServiceLastAccessed, TrackedActionLastAccessed,
};
use crate::iam::{Error, Kind};
use crate::policy::catalog::{self, Service, managed};
use crate::policy::compiled::Compiled;
use crate::policy::effective::{grants_action, grants_service, tracked_actions};

/// Granularity unless the call says.
const BY_SERVICE: &str = "SERVICE_LEVEL";
/// The granularity of reports that tell of actions.
const BY_ACTION: &str = "ACTION_LEVEL";
/// The tracking period: of what was used before it nothing is told (IAM User Guide, "Refine permissions in AWS using last
/// accessed information").
const TRACKED_SECONDS: i64 = 400 * 86_400;
/// The granularity under which jobs on an organization are kept.
const ORGANIZATION: &str = "ORGANIZATION";

/// A job that was asked for.
struct Job {
    arn: String,
    granularity: String,
    created: i64,
}

/// When, where and by whom a service was last used.
#[derive(Clone)]
struct Use {
    at: i64,
    region: Option<String>,
    by: String,
    /// How many users and roles used it.
    entities: i64,
}

impl Perform for GenerateServiceLastAccessedDetails {
    fn perform(&self, tx: &Tx<'_>) -> Result<GenerateServiceLastAccessedDetailsOutput> {
        tx.advised(&self.arn)?;
        let id = tx.new_job(&self.arn, self.granularity.as_deref().unwrap_or(BY_SERVICE))?;
        Ok(GenerateServiceLastAccessedDetailsOutput { job_id: Some(id) })
    }
}

impl Perform for GetServiceLastAccessedDetails {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetServiceLastAccessedDetailsOutput> {
        let job = tx.job(&self.job_id)?;
        let page = Page::new(self.marker.as_deref(), self.max_items)?;
        let policies = tx.advised(&job.arn)?;
        let entities = tx.users_of(&job.arn)?;
        let uses = tx.uses(&entities)?;
        let actions = if job.granularity == BY_ACTION { tx.actions(&entities)? } else { BTreeMap::new() };
        let services = catalog::services().iter().filter(|service| service.prefix > page.after.as_str());
        let granted = services.filter(|service| policies.iter().any(|policy| grants_service(policy, service)));
        let rows = granted.map(|service| ServiceLastAccessed {
            tracked_actions_last_accessed: tracked(service, &policies, &actions),
            ..last_accessed(service.name, service.prefix, uses.get(service.prefix))
        });
        let rows = rows.take(usize::try_from(page.limit).unwrap_or(0)).collect();
        let (rows, more, marker) = page.cut(rows, |row: &ServiceLastAccessed| row.service_namespace.clone());
        Ok(GetServiceLastAccessedDetailsOutput {
            job_status: "COMPLETED".into(),
            job_type: Some(job.granularity),
            job_creation_date: time(job.created),
            services_last_accessed: rows,
            job_completion_date: time(job.created),
            is_truncated: Some(more),
            marker,
            error: None,
        })
    }
}

fn last_accessed(name: &str, namespace: &str, used: Option<&Use>) -> ServiceLastAccessed {
    ServiceLastAccessed {
        service_name: name.to_owned(),
        service_namespace: namespace.to_owned(),
        last_authenticated: used.map(|used| time(used.at)),
        last_authenticated_entity: used.map(|used| used.by.clone()),
        last_authenticated_region: used.and_then(|used| used.region.clone()),
        total_authenticated_entities: Some(used.map_or(0, |used| used.entities)),
        tracked_actions_last_accessed: None,
    }
}

/// The tracked actions that policies grant, by name; none where none was used.
fn tracked(
    service: &Service,
    policies: &[Arc<Compiled>],
    calls: &BTreeMap<(String, String), Use>,
) -> Option<Vec<TrackedActionLastAccessed>> {
    calls.keys().find(|(called, _)| called == service.prefix)?;
    let granted = tracked_actions(service).filter(|action| policies.iter().any(|policy| grants_action(policy, action)));
    let mut rows: Vec<TrackedActionLastAccessed> = granted
        .map(|action| {
            let used = calls.get(&(service.prefix.to_owned(), action.name.to_owned()));
            TrackedActionLastAccessed {
                action_name: Some(action.name.to_owned()),
                last_accessed_entity: used.map(|used| used.by.clone()),
                last_accessed_time: used.map(|used| time(used.at)),
                last_accessed_region: used.and_then(|used| used.region.clone()),
            }
        })
        .collect();
    rows.sort_by(|a, b| a.action_name.cmp(&b.action_name));
    Some(rows).filter(|rows| rows.iter().any(|row| row.last_accessed_time.is_some()))
}

impl Perform for GetServiceLastAccessedDetailsWithEntities {
    /// The most recent access comes first (API reference).
    fn perform(&self, tx: &Tx<'_>) -> Result<GetServiceLastAccessedDetailsWithEntitiesOutput> {
        let job = tx.job(&self.job_id)?;
        let page = Page::new(self.marker.as_deref(), self.max_items)?;
        let mut rows = Vec::new();
        for entity in tx.users_of(&job.arn)? {
            let latest = tx.uses(std::slice::from_ref(&entity))?;
            let info = EntityInfo {
                arn: entity.arn,
                name: entity.name,
                r#type: entity.kind.arn_type().to_uppercase(),
                id: entity.uid,
                path: Some(entity.path),
            };
            let last_authenticated = latest.get(self.service_namespace.as_str()).map(|one| time(one.at));
            rows.push(EntityDetails { entity_info: info, last_authenticated });
        }
        let key = |row: &EntityDetails| {
            let at = row.last_authenticated.map_or(0, jiff::Timestamp::as_second);
            format!("{:020} {}", i64::MAX - at, row.entity_info.arn)
        };
        rows.sort_by_cached_key(key);
        let (rows, more, marker) = page.pick(rows, key);
        Ok(GetServiceLastAccessedDetailsWithEntitiesOutput {
            job_status: "COMPLETED".into(),
            job_creation_date: time(job.created),
            job_completion_date: time(job.created),
            entity_details_list: rows,
            is_truncated: Some(more),
            marker,
            error: None,
        })
    }
}

impl Perform for GenerateOrganizationsAccessReport {
    fn perform(&self, tx: &Tx<'_>) -> Result<GenerateOrganizationsAccessReportOutput> {
        Ok(GenerateOrganizationsAccessReportOutput { job_id: Some(tx.new_job(&self.entity_path, ORGANIZATION)?) })
    }
}

impl Perform for GetOrganizationsAccessReport {
    /// The job of an account in no organization fails.
    fn perform(&self, tx: &Tx<'_>) -> Result<GetOrganizationsAccessReportOutput> {
        let job = tx.job(&self.job_id)?;
        let message = "The account is not the management account of an organization.".to_owned();
        Ok(GetOrganizationsAccessReportOutput {
            job_status: "FAILED".into(),
            job_creation_date: time(job.created),
            job_completion_date: Some(time(job.created)),
            is_truncated: Some(false),
            error_details: Some(ErrorDetails { message, code: "AccessDenied".into() }),
            ..GetOrganizationsAccessReportOutput::default()
        })
    }
}

impl Tx<'_> {
    fn new_job(&self, arn: &str, granularity: &str) -> Result<String> {
        let id = self.uuid();
        self.execute(
            "INSERT INTO advisor_job (id, account, arn, granularity, created) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id, self.account.row, arn, granularity, self.seconds()],
        )?;
        Ok(id)
    }

    fn job(&self, id: &str) -> Result<Job> {
        let sql = "SELECT arn, granularity, created FROM advisor_job WHERE id = ?1 AND account = ?2";
        let found = self.one(sql, params![id, self.account.row], |row| {
            Ok(Job { arn: row.get(0)?, granularity: row.get(1)?, created: row.get(2)? })
        })?;
        Ok(found.ok_or_else(|| Error::no_such_entity(format!("Job {id} cannot be found.")))?)
    }

    /// The policies that say which services the ARN's entity may use: its own, or of a policy itself.
    ///
    /// # Errors
    /// `NoSuchEntity`, or `InvalidInput` for what is no user, group, role or policy.
    fn advised(&self, arn: &str) -> Result<Vec<Arc<Compiled>>> {
        if let Some(text) = managed::document(arn) {
            return Ok(vec![self.store.compiled.get(text)]);
        }
        let entity = self.find_arn(arn)?.ok_or_else(|| Error::no_such_entity(format!("ARN {arn} cannot be found.")))?;
        match entity.kind {
            Kind::User | Kind::Group | Kind::Role => {
                let found = self.principal_policies(&entity)?;
                Ok(found.policies.identity.into_iter().map(|attached| attached.policy).collect())
            }
            Kind::Policy => {
                let text = self.policy_document(arn)?.unwrap_or_default();
                Ok(vec![self.store.compiled.get(&text)])
            }
            _ => Err(Error::invalid_input(format!("Invalid ARN: {arn}")).into()),
        }
    }

    /// The users and roles that the ARN stands for: itself, a group's members, or those that a policy is attached to.
    fn users_of(&self, arn: &str) -> Result<Vec<Entity>> {
        let itself = self.find_arn(arn)?;
        match itself {
            Some(entity) if matches!(entity.kind, Kind::User | Kind::Role) => Ok(vec![entity]),
            Some(entity) if entity.kind == Kind::Group => self.all(
                &format!("SELECT {ENTITY} FROM membership m JOIN entity e ON e.id = m.user WHERE m.grp = ?1"),
                [entity.id],
                Entity::read,
            ),
            _ => self.all(
                &format!(
                    "SELECT DISTINCT {ENTITY} FROM attachment a LEFT JOIN membership m ON m.grp = a.entity
                     JOIN entity e ON e.id = ifnull(m.user, a.entity)
                     WHERE a.policy_arn = ?1 AND e.account = ?2 AND e.kind IN (1, 3)"
                ),
                params![arn, self.account.row],
                Entity::read,
            ),
        }
    }

    /// When users and roles last used which services, by namespace.
    fn uses(&self, entities: &[Entity]) -> Result<BTreeMap<String, Use>> {
        let mut latest = BTreeMap::<String, Use>::new();
        for entity in entities {
            let sql = "SELECT service, last_used, region FROM service_use WHERE entity = ?1 AND last_used >= ?2";
            let found = self.all(sql, [entity.id, self.seconds() - TRACKED_SECONDS], |row| {
                let one = Use { at: row.get(1)?, region: row.get(2)?, by: entity.arn.clone(), entities: 1 };
                Ok((row.get::<_, String>(0)?, one))
            })?;
            for (service, one) in found {
                take_in(&mut latest, service, one);
            }
        }
        Ok(latest)
    }

    /// When users and roles last called which actions, by service and name.
    fn actions(&self, entities: &[Entity]) -> Result<BTreeMap<(String, String), Use>> {
        let mut latest = BTreeMap::new();
        for entity in entities {
            let sql = "SELECT service, action, last_used, region FROM action_use WHERE entity = ?1 AND last_used >= ?2
                       AND action <> '*'";
            let found = self.all(sql, [entity.id, self.seconds() - TRACKED_SECONDS], |row| {
                let one = Use { at: row.get(2)?, region: row.get(3)?, by: entity.arn.clone(), entities: 1 };
                Ok(((row.get::<_, String>(0)?, row.get::<_, String>(1)?), one))
            })?;
            for (action, one) in found {
                take_in(&mut latest, action, one);
            }
        }
        Ok(latest)
    }
}

/// Keeps the latest use, and counts.
fn take_in<K: Ord>(latest: &mut BTreeMap<K, Use>, key: K, one: Use) {
    let known = latest.entry(key).or_insert_with(|| Use { entities: 0, ..one.clone() });
    let count = known.entities + 1;
    if one.at > known.at {
        *known = one;
    }
    known.entities = count;
}

#[cfg(test)]
mod tests;
