//! The values of condition keys: that they are what the operator compares, and what the key can hold.

use std::net::IpAddr;

use base64::Engine as _;

use super::checks::{error, suggestion, warning};
use super::condition::Test;
use super::{Check, Edit, Finding, Linter, meant};
use crate::policy::catalog::{self, ValueType};
use crate::policy::condition::Comparison;
use crate::policy::document::Item;

pub(super) fn check(linter: &mut Linter<'_>, test: &Test<'_>) {
    for item in test.key.values.items.iter().filter(|item| !item.text.contains("${")) {
        if let Some(finding) = of_operator(test, item).or_else(|| of_key(test, item)) {
            linter.push(finding);
        }
    }
    if is_address(test.comparison()) {
        private(linter, test);
    }
    limits(linter, test);
}

/// What one value is to an operator.
fn of_operator(test: &Test<'_>, item: &Item) -> Option<Finding> {
    let name = test.comparison().name();
    let wrong = |check| Some(Finding::new(check, item.span));
    match test.comparison() {
        Comparison::Bool | Comparison::Null => {
            let lower = item.text.to_ascii_lowercase();
            (!matches!(lower.as_str(), "true" | "false"))
                .then(|| Finding::new(&warning::TYPE_MISMATCH_BOOLEAN, item.span))
        }
        Comparison::BinaryEquals => {
            let decoded = base64::engine::general_purpose::STANDARD.decode(&item.text);
            decoded.is_err().then(|| Finding::new(&warning::TYPE_MISMATCH_STRING, item.span))
        }
        Comparison::IpAddress | Comparison::NotIpAddress => match Range::parse(&item.text) {
            None => wrong(&error::TYPE_MISMATCH_IP_RANGE),
            Some(range) => range.improve(item),
        },
        _ if name.starts_with("Numeric") => {
            item.text.trim().parse::<f64>().is_err().then(|| Finding::new(&warning::TYPE_MISMATCH_NUMBER, item.span))
        }
        _ if name.starts_with("Date") => {
            date(test, item).map(|check| Finding::new(check, item.span).noted("write it as 2026-01-31T12:00:00Z"))
        }
        _ => None,
    }
}

/// Whether a value can be one of a type.
pub(super) fn suits(value_type: ValueType, text: &str) -> bool {
    match value_type {
        ValueType::Bool => text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false"),
        ValueType::Numeric => text.trim().parse::<f64>().is_ok(),
        ValueType::Date => is_date(text),
        ValueType::IpAddress => Range::parse(text).is_some(),
        ValueType::Arn => text.starts_with("arn:") || text == "*",
        ValueType::String | ValueType::Binary => true,
    }
}

/// Dates are W3C profiles of ISO 8601, or seconds since 1970, which only aws:EpochTime is meant for.
fn date(test: &Test<'_>, item: &Item) -> Option<&'static Check> {
    if !item.text.is_empty() && item.text.bytes().all(|byte| byte.is_ascii_digit()) && item.text.len() > 4 {
        return (!test.is_key(&["aws:EpochTime"])).then_some(&warning::INVALID_DATE_VALUE);
    }
    (!is_date(&item.text)).then_some(&warning::TYPE_MISMATCH_DATE)
}

fn is_date(text: &str) -> bool {
    let day = text.split('T').next().unwrap_or_default();
    let digits = |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = day.split('-');
    let whole_day = match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), Some(day), None) => digits(year, 4) && digits(month, 2) && digits(day, 2),
        (Some(year), Some(month), None, None) => digits(year, 4) && digits(month, 2),
        (Some(year), None, None, None) => digits(year, 4),
        _ => false,
    };
    let Some((_, time)) = text.split_once('T') else { return whole_day };
    let time_like = |byte: u8| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'Z' | b'+' | b'-');
    whole_day && time.len() >= 5 && time.bytes().all(time_like)
}

fn is_address(comparison: Comparison) -> bool {
    matches!(comparison, Comparison::IpAddress | Comparison::NotIpAddress)
}

/// An address and how many bits of it count.
struct Range {
    address: IpAddr,
    bits: u32,
}

impl Range {
    fn parse(text: &str) -> Option<Self> {
        let (address, length) = text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
        let address: IpAddr = address.parse().ok()?;
        let max = if address.is_ipv4() { 32 } else { 128 };
        let bits = length.map_or(Some(max), |length| length.parse().ok())?;
        (bits <= max).then_some(Self { address, bits })
    }

    /// The address with the bits beyond the length cleared.
    fn first(&self) -> IpAddr {
        match self.address {
            IpAddr::V4(address) => {
                let mask = u32::MAX.checked_shl(32 - self.bits).unwrap_or(0);
                IpAddr::V4((address.to_bits() & mask).into())
            }
            IpAddr::V6(address) => {
                let mask = u128::MAX.checked_shl(128 - self.bits).unwrap_or(0);
                IpAddr::V6((address.to_bits() & mask).into())
            }
        }
    }

    fn improve(&self, item: &Item) -> Option<Finding> {
        let first = self.first();
        if first == self.address {
            return None;
        }
        let better = format!("{first}/{}", self.bits);
        let finding = Finding::new(&suggestion::IMPROVE_IP_RANGE, item.span);
        Some(finding.fixed(format!("Use {better}"), vec![Edit::string(item.span, &better)]))
    }

    /// Whether none of it is on the internet.
    fn is_private(&self) -> bool {
        match self.address {
            IpAddr::V4(address) => {
                let wide = self.bits < 8;
                !wide && (address.is_private() || address.is_loopback() || address.is_link_local())
            }
            IpAddr::V6(address) => {
                address.is_unique_local() || address.is_unicast_link_local() || address.is_loopback()
            }
        }
    }
}

/// aws:SourceIp is never private: requests over a VPC endpoint carry aws:VpcSourceIp.
fn private(linter: &mut Linter<'_>, test: &Test<'_>) {
    if !test.is_key(&["aws:SourceIp"]) {
        return;
    }
    let items = &test.key.values.items;
    let count = items.iter().filter_map(|item| Range::parse(&item.text)).filter(Range::is_private).count();
    let not = test.comparison() == Comparison::NotIpAddress;
    let check = match (count, not) {
        (0, _) => return,
        (count, false) if count == items.len() => &error::PRIVATE_IP_ADDRESS,
        (count, true) if count == items.len() => &error::PRIVATE_NOT_IP_ADDRESS,
        (_, false) => &suggestion::PRIVATE_IP_ADDRESS_SUBSET,
        (_, true) => &suggestion::PRIVATE_NOT_IP_ADDRESS_SUBSET,
    };
    linter.find(check, test.key.span);
}

/// Several limits of one ordered comparison: any one suffices, so the widest counts.
fn limits(linter: &mut Linter<'_>, test: &Test<'_>) {
    let less = match test.comparison() {
        Comparison::NumericLessThan | Comparison::NumericLessThanEquals => true,
        Comparison::NumericGreaterThan | Comparison::NumericGreaterThanEquals => false,
        _ => return,
    };
    let items = &test.key.values.items;
    let numbers: Vec<(f64, &Item)> =
        items.iter().filter_map(|item| Some((item.text.trim().parse().ok()?, item))).collect();
    if items.len() < 2 || numbers.len() < items.len() {
        return;
    }
    let by = |a: &&(f64, &Item), b: &&(f64, &Item)| a.0.total_cmp(&b.0);
    let widest = if less { numbers.iter().max_by(by) } else { numbers.iter().min_by(by) };
    let Some((_, item)) = widest else { return };
    let finding = Finding::new(&suggestion::REDUNDANT_CONDITION_VALUE_NUM, test.key.span);
    linter.push(finding.fixed(format!("Keep {}", item.text), vec![Edit::string(test.key.span, &item.text)]));
}

/// Keys that hold a Region.
const REGIONS: [&str; 3] = ["aws:RequestedRegion", "ec2:Region", "s3:destinationRegion"];
/// Keys that hold the ARN of a KMS key.
const KMS_KEYS: [&str; 1] = ["s3:x-amz-server-side-encryption-aws-kms-key-id"];
/// Keys that hold a service principal of one label, `athena.amazonaws.com`.
const CALLED_VIA: [&str; 3] = ["aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"];
/// Keys that hold a service principal of any number of labels.
const SERVICES: [&str; 4] =
    ["iam:PassedToService", "iam:AWSServiceName", "aws:PrincipalServiceName", "aws:PrincipalServiceNamesList"];
/// The hosts of service principals.
const HOSTS: [&str; 3] = [".amazonaws.com", ".amazonaws.com.cn", ".amazon.com"];

/// What one value is to the key.
fn of_key(test: &Test<'_>, item: &Item) -> Option<Finding> {
    let name = test.comparison().name();
    let wild = item.text.contains(['*', '?']);
    if !(name.starts_with("String") || name.starts_with("Arn")) || item.text.is_empty() {
        return None;
    }
    let wrong = |bad: bool, check| bad.then(|| Finding::new(check, item.span));
    let value = item.text.as_str();
    if test.is_key(&CALLED_VIA) || test.is_key(&SERVICES) || test.is_key(&["kms:ViaService"]) {
        return wrong(!wild && !is_principal(test, value), &error::INVALID_SERVICE_PRINCIPAL_FORMAT);
    }
    if test.is_key(&REGIONS) {
        let finding = wrong(!wild && !catalog::is_region(value), &error::INVALID_REGION)?;
        let Some(meant) = meant::region(value) else { return Some(finding) };
        let edit = Edit::string(item.span, meant);
        return Some(finding.noted(format!("did you mean {meant}?")).fixed(format!("Use {meant}"), vec![edit]));
    }
    if test.is_key(&["aws:SourceVpc"]) {
        let finding = wrong(!wild && !is_id(value, "vpc-"), &error::INVALID_VPC_FORMAT)?;
        if !is_id(value, "vpce-") || test.key.values.items.len() > 1 || test.has("aws:SourceVpce") {
            return Some(finding);
        }
        let edit = Edit::string(test.key.key.span, "aws:SourceVpce");
        return Some(finding.noted("it is the id of an endpoint").fixed("Use aws:SourceVpce", vec![edit]));
    }
    if test.is_key(&["aws:SourceVpce"]) {
        return wrong(!wild && !is_id(value, "vpce-"), &error::INVALID_VPCE_FORMAT);
    }
    if test.is_key(&KMS_KEYS) {
        let is_arn = value.starts_with("arn:") && value.split(':').nth(2) == Some("kms");
        return wrong(!wild && !is_arn, &error::INVALID_KMS_KEY_VALUE);
    }
    None
}

fn is_id(text: &str, prefix: &str) -> bool {
    let rest = text.strip_prefix(prefix).unwrap_or_default();
    matches!(rest.len(), 8 | 17) && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_principal(test: &Test<'_>, value: &str) -> bool {
    let Some(name) = HOSTS.iter().find_map(|host| value.strip_suffix(host)) else { return false };
    let labels = name.split('.').count();
    let words = name.split('.').all(|label| !label.is_empty());
    let count = if test.is_key(&["kms:ViaService"]) {
        labels == 2 && name.split('.').nth(1).is_some_and(catalog::is_region)
    } else {
        labels == 1 || !test.is_key(&CALLED_VIA)
    };
    words && count
}
