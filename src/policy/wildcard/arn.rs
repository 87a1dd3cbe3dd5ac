//! Wildcards in ARNs.
//!
//! Two rules, for two places. In `Resource`, a wildcard stays within its segment, the part between two colons, but a `*`
//! at the end of a segment may reach beyond (IAM User Guide, "IAM JSON policy elements: Resource"). In `ArnEquals` and
//! `ArnLike`, each of the six parts is matched by itself ("Amazon Resource Name (ARN) condition operators").
//!
//! The documentation does not say whether the colons inside the sixth part are boundaries. Here they are not: an object
//! key may hold any number of them, and `bucket/*.jpg` means all keys that end so.

use super::{Builder, Case, Kind, Pattern, STAR, WITHIN, glob};

/// How many colons separate the parts of an ARN.
const COLONS: usize = 5;

/// Where the last of the first [`COLONS`] colons ends.
fn bound(text: &[u8]) -> usize {
    memchr::memchr_iter(b':', text).nth(COLONS - 1).map_or(text.len(), |at| at + 1)
}

/// A pattern of `Resource`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourcePattern(Pattern);

impl ResourcePattern {
    /// Takes a pattern by the rule of `Resource`.
    pub fn new(text: &str) -> Self {
        Self::from(Pattern::new(text))
    }

    /// Whether it fits everything.
    pub fn is_any(&self) -> bool {
        self.0.is_any()
    }

    /// Whether a resource fits. Case counts.
    pub fn matches(&self, resource: &str) -> bool {
        match &self.0.0 {
            Kind::General(bytes) => glob::<false>(bytes, resource.as_bytes(), bound(resource.as_bytes())),
            _ => self.0.matches(resource, Case::Sensitive),
        }
    }
}

impl From<Pattern> for ResourcePattern {
    fn from(mut pattern: Pattern) -> Self {
        if let Kind::General(bytes) = &mut pattern.0 {
            confine(bytes, COLONS);
        }
        Self(pattern)
    }
}

/// Keeps each star before the last of so many colons in its segment, unless it ends the segment.
fn confine(bytes: &mut [u8], colons: usize) {
    let mut seen = 0;
    for at in 0..bytes.len() {
        let next = bytes.get(at + 1).copied();
        match bytes.get_mut(at) {
            Some(b':') => seen += 1,
            Some(byte) if *byte == STAR && seen < colons && !matches!(next, None | Some(b':')) => *byte = WITHIN,
            _ => {}
        }
    }
}

/// A pattern of the ARN condition operators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArnPattern(Box<[u8]>);

impl From<Builder> for ArnPattern {
    fn from(builder: Builder) -> Self {
        Self(builder.bytes.into_boxed_slice())
    }
}

impl ArnPattern {
    /// Whether an ARN fits part by part. What has not six parts fits nothing, and nothing fits it.
    pub fn matches(&self, arn: &str) -> bool {
        let is_colon = |byte: &u8| *byte == b':';
        let mut patterns = self.0.splitn(COLONS + 1, is_colon);
        let mut parts = arn.as_bytes().splitn(COLONS + 1, is_colon);
        let mut count = 0;
        loop {
            match (patterns.next(), parts.next()) {
                (Some(pattern), Some(part)) if glob::<false>(pattern, part, 0) => count += 1,
                (None, None) => return count == COLONS + 1,
                _ => return false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::texts;
    use super::super::{Builder, Kind, Pattern, STAR, glob};
    use super::{ArnPattern, ResourcePattern, confine};

    #[test]
    fn a_star_reaches_beyond_its_segment_only_at_the_end_of_it() {
        let fits = |pattern: &str, resource: &str| ResourcePattern::new(pattern).matches(resource);
        assert!(fits("arn:aws:sns:*", "arn:aws:sns:us-east-1:123456789012:topic"));
        assert!(fits("arn:aws:sns:us-*:topic", "arn:aws:sns:us-east-1:123456789012:topic"));
        assert!(!fits("arn:aws:sns:u*t-1:topic", "arn:aws:sns:us-east-1:123456789012:topic"));
        assert!(!fits("arn:aws:s*s:us-east-1:1:x", "arn:aws:s3:::s:us-east-1:1:x"));
        assert!(fits("arn:aws:s3:::b/*.jpg", "arn:aws:s3:::b/a:b.jpg"));
        assert!(fits("arn:aws:iam::*:user/*/x", "arn:aws:iam::123456789012:user/a/b/x"));
        assert!(!fits("arn:aws:s3::?:x", "arn:aws:s3:::::x"));
        assert!(fits("*", "arn:aws:s3:::b") && fits("*", "*") && !fits("arn:aws:s3:::*", "*"));
    }

    /// What a confined pattern means: `colons` boundaries, no wildcard but a free star takes one.
    fn naive(pattern: &[u8], text: &[u8], colons: usize) -> bool {
        let bound = colons > 0 && text.first() == Some(&b':');
        let left = colons - usize::from(bound);
        let taken = |pattern| !text.is_empty() && naive(pattern, &text[1..], left);
        match pattern {
            [] => text.is_empty(),
            [super::STAR, rest @ ..] => naive(rest, text, colons) || taken(pattern),
            [super::WITHIN, rest @ ..] => naive(rest, text, colons) || (!bound && taken(pattern)),
            [super::super::ONE, rest @ ..] => !bound && taken(rest),
            [byte, rest @ ..] => text.first() == Some(byte) && taken(rest),
        }
    }

    #[test]
    fn confined_stars_agree_with_a_naive_matcher_on_all_short_texts() {
        let subjects = texts(&['a', 'b', ':'], 6);
        for pattern in texts(&['a', ':', '*', '?'], 5) {
            let mut builder = Builder::default();
            builder.wild(&pattern);
            let mut bytes = builder.bytes;
            bytes.dedup_by(|next, before| *next == STAR && *before == STAR);
            confine(&mut bytes, 2);
            for subject in &subjects {
                let bound = subject.match_indices(':').nth(1).map_or(subject.len(), |(at, _)| at + 1);
                let fits = glob::<false>(&bytes, subject.as_bytes(), bound);
                assert_eq!(fits, naive(&bytes, subject.as_bytes(), 2), "{pattern} on {subject}");
            }
        }
    }

    #[test]
    fn conditions_match_arns_part_by_part() {
        let arn_like = |pattern: &str, arn: &str| {
            let mut builder = Builder::default();
            builder.wild(pattern);
            ArnPattern::from(builder).matches(arn)
        };
        assert!(arn_like("arn:aws:sns:*:*:a*", "arn:aws:sns:us-east-1:123456789012:ab:c"));
        assert!(!arn_like("arn:aws:sns:*", "arn:aws:sns:us-east-1:123456789012:ab"));
        assert!(!arn_like("arn:aws:sns:*:x", "arn:aws:sns:us-east-1:123456789012:x"));
        assert!(!arn_like("*", "no arn"));
    }

    #[test]
    fn a_pattern_without_inner_wildcards_is_left_alone() {
        assert!(matches!(Pattern::new("arn:aws:s3:::b/*").0, Kind::Prefix(_)));
    }
}
