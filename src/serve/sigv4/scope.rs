//! Whether a signature is about this service and this moment.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::Claim;
use super::claim::incomplete;
use crate::iam::Error;

/// How far a request's clock may be from ours.
const SKEW_MAX: SignedDuration = SignedDuration::from_mins(5);

impl Claim {
    /// Whether the claim is about this service, today.
    ///
    /// # Errors
    /// `SignatureDoesNotMatch`, saying what is off.
    pub(in crate::serve) fn check_scope(&self, service: &str, now: Timestamp) -> Result<(), Error> {
        if self.service != service {
            return Err(Error::signature_does_not_match(format!(
                "Credential should be scoped to correct service: '{service}'. "
            )));
        }
        let at = moment(&self.stamp)
            .ok_or_else(|| incomplete(format!("Date must be in ISO-8601 'basic format'. Got '{}'.", self.stamp)))?;
        let day = self.stamp.get(..8).unwrap_or_default();
        if self.date != day {
            return Err(Error::signature_does_not_match(format!(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{}' != \
                 '{day}', from '{}'.",
                self.date, self.stamp
            )));
        }
        let (early, late) = (now - SKEW_MAX, now + SKEW_MAX);
        if at < early {
            return Err(Error::signature_does_not_match(format!(
                "Signature expired: {} is now earlier than {} ({} - 5 min.)",
                self.stamp,
                stamp(early),
                stamp(now)
            )));
        }
        if at > late {
            return Err(Error::signature_does_not_match(format!(
                "Signature not yet current: {} is still later than {} ({} + 5 min.)",
                self.stamp,
                stamp(late),
                stamp(now)
            )));
        }
        Ok(())
    }
}

/// `20260102T030405Z`, the basic form of ISO 8601.
fn moment(stamp: &str) -> Option<Timestamp> {
    jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", stamp).ok()?.to_zoned(TimeZone::UTC).ok().map(|z| z.timestamp())
}

fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}
