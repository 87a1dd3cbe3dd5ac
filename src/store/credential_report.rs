//! The credential report: generate, get.
//!
//! Columns and words follow the User Guide, "Generate credential reports for your AWS account", and recorded answers. A
//! report is made while the first call waits; it says STARTED nevertheless, as AWS does, and lasts four hours.

use rusqlite::{Row, params};

use super::error::Result;
use super::perform::Perform;
use super::tx::{Tx, time};
use crate::api::{
    Blob, GenerateCredentialReport, GenerateCredentialReportOutput, GetCredentialReport, GetCredentialReportOutput,
};
use crate::iam::Error;

/// How long a report lasts.
const LIFE_SECONDS: i64 = 4 * 3600;
const DAY_SECONDS: i64 = 86_400;
const HEADER: &str = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,\
    password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,\
    access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,\
    access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,\
    cert_1_last_rotated,cert_2_active,cert_2_last_rotated";
const NOT_APPLICABLE: &str = "N/A";
const UNKNOWN: &str = "no_information";
const UNSUPPORTED: &str = "not_supported";

impl Perform for GenerateCredentialReport {
    fn perform(&self, tx: &Tx<'_>) -> Result<GenerateCredentialReportOutput> {
        let generated = tx.report()?.map(|(generated, _)| generated);
        if generated.is_some_and(|at| tx.seconds() - at < LIFE_SECONDS) {
            return Ok(GenerateCredentialReportOutput { state: Some("COMPLETE".into()), description: None });
        }
        tx.execute(
            "INSERT INTO credential_report (account, generated, content) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET generated = excluded.generated, content = excluded.content",
            params![tx.account.row, tx.seconds(), tx.write_report()?.into_bytes()],
        )?;
        Ok(GenerateCredentialReportOutput {
            state: Some("STARTED".into()),
            description: Some("No report exists. Starting a new report generation task".into()),
        })
    }
}

impl Perform for GetCredentialReport {
    fn perform(&self, tx: &Tx<'_>) -> Result<GetCredentialReportOutput> {
        let Some((generated, content)) = tx.report()? else { return Err(Error::report_not_present("").into()) };
        if tx.seconds() - generated >= LIFE_SECONDS {
            return Err(Error::report_expired("").into());
        }
        Ok(GetCredentialReportOutput {
            content: Some(Blob(content)),
            report_format: Some("text/csv".into()),
            generated_time: Some(time(generated)),
        })
    }
}

/// A moment as the report writes it.
fn moment(seconds: Option<i64>) -> String {
    seconds.map_or_else(|| NOT_APPLICABLE.into(), |seconds| time(seconds).to_string())
}

/// A user's row, as far as one look-up gives it.
struct Line {
    id: i64,
    name: String,
    arn: String,
    created: i64,
    has_password: bool,
    password_used: Option<i64>,
    password_changed: Option<i64>,
    mfa_devices: i64,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Line> {
    Ok(Line {
        id: row.get(0)?,
        name: row.get(1)?,
        arn: row.get(2)?,
        created: row.get(3)?,
        password_used: row.get(4)?,
        mfa_devices: row.get(5)?,
        password_changed: row.get(6)?,
        has_password: row.get(7)?,
    })
}

impl Tx<'_> {
    fn report(&self) -> Result<Option<(i64, Vec<u8>)>> {
        let sql = "SELECT generated, content FROM credential_report WHERE account = ?1";
        self.one(sql, [self.account.row], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// The report as CSV. No field can hold a comma but a user's name and ARN, which are quoted then.
    fn write_report(&self) -> Result<String> {
        let mut out = HEADER.to_owned();
        add_line(&mut out, &self.root_line()?);
        let lines = self.all(
            "SELECT e.id, e.name, e.arn, e.created, u.password_last_used, u.mfa_devices, l.changed, l.user IS NOT NULL
             FROM entity e JOIN user u ON u.entity = e.id LEFT JOIN login_profile l ON l.user = e.id
             WHERE e.account = ?1 AND e.kind = 1 ORDER BY e.name_key",
            [self.account.row],
            read,
        )?;
        let age = self.password_policy()?.and_then(|policy| policy.max_password_age);
        for line in lines {
            let mut fields = vec![quoted(&line.name), quoted(&line.arn), moment(Some(line.created))];
            fields.extend(password_fields(&line, age));
            fields.push((line.mfa_devices > 0).to_string());
            fields.extend(self.key_fields(Some(line.id))?);
            fields.extend(self.certificate_fields(line.id)?);
            add_line(&mut out, &fields);
        }
        Ok(out)
    }

    fn root_line(&self) -> Result<Vec<String>> {
        let created = self.one("SELECT created FROM account WHERE id = ?1", [self.account.row], |row| row.get(0))?;
        let mfa = "SELECT count(*) FROM mfa_device m JOIN entity e ON e.id = m.entity WHERE e.account = ?1 AND m.root";
        let mut fields = vec!["<root_account>".into(), self.account.arn("root"), moment(created)];
        fields.extend([UNSUPPORTED, UNKNOWN, UNSUPPORTED, UNSUPPORTED].map(str::to_owned));
        fields.push((self.count(mfa, [self.account.row])? > 0).to_string());
        fields.extend(self.key_fields(None)?);
        fields.extend(pad(Vec::new(), 2, &["false", NOT_APPLICABLE]));
        Ok(fields)
    }

    /// The two keys of a user, or with `None` of the root user.
    fn key_fields(&self, user: Option<i64>) -> Result<Vec<String>> {
        let or_none = |text: Option<String>| text.unwrap_or_else(|| NOT_APPLICABLE.into());
        let keys = self.all(
            "SELECT status, created, last_used, last_used_region, last_used_service FROM access_key
             WHERE account = ?1 AND user IS ?2 ORDER BY id LIMIT 2",
            params![self.account.row, user],
            |row| {
                let active = row.get::<_, String>(0)? == "Active";
                let (rotated, last_use) = (moment(row.get(1)?), moment(row.get(2)?));
                Ok(vec![active.to_string(), rotated, last_use, or_none(row.get(3)?), or_none(row.get(4)?)])
            },
        )?;
        Ok(pad(keys, 2, &["false", NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE]))
    }

    fn certificate_fields(&self, user: i64) -> Result<Vec<String>> {
        let certificates = self.all(
            "SELECT status, uploaded FROM signing_certificate WHERE user = ?1 ORDER BY status = 'Active', uploaded, id LIMIT 2",
            [user],
            |row| Ok(vec![(row.get::<_, String>(0)? == "Active").to_string(), moment(row.get(1)?)]),
        )?;
        Ok(pad(certificates, 2, &["false", NOT_APPLICABLE]))
    }
}

fn add_line(out: &mut String, fields: &[String]) {
    out.push('\n');
    out.push_str(&fields.join(","));
}

fn password_fields(line: &Line, age_days: Option<i64>) -> [String; 4] {
    if !line.has_password {
        return ["false", NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE].map(str::to_owned);
    }
    let used = line.password_used.map_or_else(|| UNKNOWN.to_owned(), |at| moment(Some(at)));
    let next = line.password_changed.zip(age_days).map(|(changed, days)| changed + days * DAY_SECONDS);
    ["true".to_owned(), used, moment(line.password_changed), moment(next)]
}

/// The groups of fields one after the other, filled up to the count with empty ones.
fn pad(groups: Vec<Vec<String>>, count: usize, empty: &[&str]) -> Vec<String> {
    let missing = count.saturating_sub(groups.len());
    let filler = std::iter::repeat_n(empty, missing).flatten().map(|field| (*field).to_owned());
    groups.into_iter().flatten().chain(filler).collect()
}

fn quoted(text: &str) -> String {
    if text.contains(',') { format!("\"{text}\"") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use crate::api::{CreateUser, GenerateCredentialReport, GetCredentialReport, UploadSigningCertificate};
    use crate::store::kit::Kit;
    use crate::store::samples::LEAF;

    #[test]
    fn there_is_no_report_before_one_is_asked_for() {
        let kit = Kit::new();
        let error = kit.refused(&GetCredentialReport {});
        assert_eq!((error.code.as_ref(), error.status, error.message.as_str()), ("ReportNotPresent", 410, ""));
        let first = kit.ok(&GenerateCredentialReport {});
        assert_eq!(first.state.as_deref(), Some("STARTED"));
        assert_eq!(first.description.as_deref(), Some("No report exists. Starting a new report generation task"));
        let second = kit.ok(&GenerateCredentialReport {});
        assert_eq!((second.state.as_deref(), second.description), (Some("COMPLETE"), None));
        kit.store
            .write(|sql| Ok(sql.execute("UPDATE credential_report SET generated = generated - 14400", [])?))
            .unwrap();
        assert_eq!(kit.refused(&GetCredentialReport {}).code, "ReportExpired");
        assert_eq!(kit.ok(&GenerateCredentialReport {}).state.as_deref(), Some("STARTED"));
    }

    #[test]
    fn the_report_has_a_line_a_user_and_one_for_the_root_user() {
        let kit = Kit::new();
        for name in ["ann", "b,c"] {
            kit.ok(&CreateUser { user_name: name.into(), ..CreateUser::default() });
        }
        kit.ok(&UploadSigningCertificate { user_name: Some("ann".into()), certificate_body: LEAF.into() });
        let sql = "INSERT INTO login_profile (user, password, created, changed) SELECT id, '', 1, 86400 FROM entity WHERE name = 'ann';
                   INSERT INTO access_key (id, account, user, status, created, last_used, last_used_region, last_used_service)
                   SELECT 'AKIA1', 1, id, 'Active', 5, 60, 'us-east-1', 'iam' FROM entity WHERE name = 'ann';
                   UPDATE account SET password_policy = '{\"MaxPasswordAge\":2}'";
        kit.store.write(|db| Ok(db.execute_batch(sql)?)).unwrap();
        kit.ok(&GenerateCredentialReport {});
        let report = kit.ok(&GetCredentialReport {});
        assert_eq!(report.report_format.as_deref(), Some("text/csv"));
        let text = String::from_utf8(report.content.unwrap().0).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.headers().unwrap().len(), 22);
        let rows: Vec<Vec<String>> =
            reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        assert_eq!(rows.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), ["<root_account>", "ann", "b,c"]);
        assert_eq!(
            rows[0][1..8],
            [
                "arn:aws:iam::123456789012:root",
                &rows[0][2],
                "not_supported",
                "no_information",
                "not_supported",
                "not_supported",
                "false"
            ]
        );
        assert_eq!(
            rows[1][3..13],
            [
                "true",
                "no_information",
                "1970-01-02T00:00:00Z",
                "1970-01-04T00:00:00Z",
                "false",
                "true",
                "1970-01-01T00:00:05Z",
                "1970-01-01T00:01:00Z",
                "us-east-1",
                "iam"
            ]
        );
        assert_eq!(rows[1][13..15], ["false", "N/A"]);
        assert_eq!((rows[1][18].as_str(), rows[1][20].as_str()), ("true", "false"));
        assert_eq!(rows[2][3..8], ["false", "N/A", "N/A", "N/A", "false"]);
    }
}
