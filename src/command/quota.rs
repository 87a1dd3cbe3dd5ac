//! `tiam quota`: the quotas of a local account, shown and set.

use std::process::ExitCode;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::iam::quota::{QuotaName, Quotas};
use crate::world::Real;

use super::args::{Quota, QuotaValue, Select};
use super::{Failure, select, terminal};

/// Shows the account's quotas, or sets one.
pub(super) fn run(quota: &Quota, select: &Select) -> Result<ExitCode, Failure> {
    if select.read_only && quota.value.is_some() {
        return Err(Failure::Usage("no quota can be set with --read-only"));
    }
    let account = select::open_local(select, Arc::new(Real))?;
    let info = match (quota.name, quota.value) {
        (Some(name), Some(QuotaValue::Own(value))) => account.store().set_quota(&account.info(), name, Some(value))?,
        (Some(name), Some(QuotaValue::Default)) => account.store().set_quota(&account.info(), name, None)?,
        _ => account.info(),
    };
    let shown: Vec<_> = QuotaName::all().filter(|name| quota.name.is_none_or(|one| one == *name)).collect();
    terminal::say(&lines(&info.quotas, &shown).join("\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// A line for each quota: its name, its figure, and AWS's default where that is another.
fn lines(quotas: &Quotas, names: &[QuotaName]) -> Vec<String> {
    let (own, default) = (json!(quotas), json!(Quotas::default()));
    let figure = |of: &Value, name: QuotaName| of.get(name.as_str()).and_then(Value::as_u64).unwrap_or_default();
    let line = |name: &QuotaName| {
        let (own, default) = (figure(&own, *name), figure(&default, *name));
        let remark = if own == default { String::new() } else { format!("  (AWS: {default})") };
        format!("{:<40} {own}{remark}", name.as_str())
    };
    names.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::lines;
    use crate::iam::quota::{QuotaName, Quotas};

    #[test]
    fn a_quota_that_is_not_aws_s_says_so() {
        let quotas = Quotas { groups: 500, ..Quotas::default() };
        let names: Vec<QuotaName> = ["users", "groups"].iter().map(|name| name.parse().unwrap()).collect();
        let shown = lines(&quotas, &names);
        assert_eq!(
            shown.iter().map(|line| line.split_whitespace().collect()).collect::<Vec<Vec<_>>>(),
            [vec!["users", "5000"], vec!["groups", "500", "(AWS:", "300)"]]
        );
    }
}
