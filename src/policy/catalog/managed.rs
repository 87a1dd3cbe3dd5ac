//! The policies that AWS manages: names, versions and dates at hand, documents unpacked only when one is asked for.
//!
//! `managed_policies.tsv.zst`: a line with the date, then a policy a line in the order of names: name, path, default
//! version, creation and update in seconds since 1970. `managed_documents.jsonl.zst`: a document a line, in the same
//! order. All of them are attachable; AWS's own ids for them are in no registry, so ours are derived from the name.

use std::sync::OnceLock;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::iam::{IdKind, unique_id};

/// One AWS managed policy, without its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManagedPolicy {
    /// `AdministratorAccess`; the slice of [`all`] is sorted by it.
    pub name: &'static str,
    /// `/`, `/service-role/`, `/job-function/`, `/aws-service-role/`, `/root-task/`.
    pub path: &'static str,
    /// `arn:aws:iam::aws:policy/…`
    pub arn: String,
    /// `ANPA…`, always the same for a name, but not the id that AWS shows.
    pub id: String,
    /// `v4`; the only version that is known here.
    pub default_version: &'static str,
    /// When AWS made the policy.
    pub create_date: Timestamp,
    /// When AWS made the default version.
    pub update_date: Timestamp,
    line: usize,
}

impl ManagedPolicy {
    /// Whether users, groups and roles can have it attached: IAM says so of every AWS managed policy.
    pub fn attachable(&self) -> bool {
        true
    }

    /// Whether it is one of the policies for a job function (IAM User Guide, "AWS managed policies for job functions").
    pub fn is_job_function(&self) -> bool {
        self.path == "/job-function/"
    }

    /// The document in one line of JSON. The first call unpacks all documents, which takes a few milliseconds.
    pub fn document(&self) -> &'static str {
        static TEXT: OnceLock<String> = OnceLock::new();
        static LINES: OnceLock<Vec<&'static str>> = OnceLock::new();
        let open = || super::unpack(include_bytes!("../../../assets/managed_documents.jsonl.zst"));
        let lines = LINES.get_or_init(|| TEXT.get_or_init(open).lines().collect());
        lines.get(self.line).copied().unwrap_or_default()
    }
}

struct Asset {
    date: &'static str,
    policies: Vec<ManagedPolicy>,
}

fn asset() -> &'static Asset {
    static TEXT: OnceLock<String> = OnceLock::new();
    static ASSET: OnceLock<Asset> = OnceLock::new();
    ASSET.get_or_init(|| {
        let open = || super::unpack(include_bytes!("../../../assets/managed_policies.tsv.zst"));
        let mut lines = TEXT.get_or_init(open).lines();
        let date = lines.next().and_then(|head| head.split('\t').nth(1)).unwrap_or_default();
        Asset { date, policies: lines.enumerate().filter_map(|(n, line)| read(n, line)).collect() }
    })
}

fn read(line: usize, text: &'static str) -> Option<ManagedPolicy> {
    let mut fields = text.split('\t');
    let mut next = || fields.next();
    let (name, path, default_version) = (next()?, next()?, next()?);
    let mut date = || Timestamp::from_second(next()?.parse().ok()?).ok();
    let (create_date, update_date) = (date()?, date()?);
    let arn = format!("arn:aws:iam::aws:policy{path}{name}");
    Some(ManagedPolicy { name, path, arn, id: derived_id(name), default_version, create_date, update_date, line })
}

fn derived_id(name: &str) -> String {
    let hash: [u8; 32] = Sha256::digest(name.as_bytes()).into();
    let mut seed = [0; 17];
    seed.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    unique_id(IdKind::ManagedPolicy, seed)
}

/// All of them, sorted by name.
pub fn all() -> &'static [ManagedPolicy] {
    &asset().policies
}

/// The day of the newest update among them, `2026-10-27`.
pub fn date() -> &'static str {
    asset().date
}

/// The policy of that name or ARN. Names and ARNs are compared as IAM does here, exactly.
pub fn find(name_or_arn: &str) -> Option<&'static ManagedPolicy> {
    let name = name_or_arn.rsplit('/').next().unwrap_or(name_or_arn);
    let at = all().binary_search_by(|policy| policy.name.cmp(name)).ok()?;
    all().get(at).filter(|policy| name == name_or_arn || policy.arn == name_or_arn)
}

/// The document of the policy of that name or ARN.
pub fn document(name_or_arn: &str) -> Option<&'static str> {
    find(name_or_arn).map(ManagedPolicy::document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_policy_has_its_own_document() {
        assert_eq!(all().len(), 1582);
        assert!(all().is_sorted_by(|a, b| a.name < b.name));
        for policy in all() {
            let document: serde_json::Value = serde_json::from_str(policy.document()).unwrap();
            assert!(document["Statement"].is_array(), "{}", policy.name);
            assert!(policy.create_date <= policy.update_date, "{}", policy.name);
        }
        assert!(document("AdministratorAccess").unwrap().contains(r#""Action":"*""#));
    }

    #[test]
    fn a_policy_is_found_by_name_and_by_arn_only() {
        let policy = find("arn:aws:iam::aws:policy/job-function/Billing").unwrap();
        assert_eq!((policy.name, policy.is_job_function(), policy.id.len()), ("Billing", true, 21));
        assert_eq!(find("Billing"), Some(policy));
        assert_eq!(find("arn:aws:iam::aws:policy/Billing"), None);
        assert_eq!(find("arn:aws:iam::123456789012:policy/job-function/Billing"), None);
        assert_eq!(find("NoSuchPolicy"), None);
        assert_eq!(date().len(), 10);
    }
}
