//! One line of an answer: what it is, its text with the letters that matched, what helps to decide, and where it leads.

use serde::Serialize;

use super::rank;
use super::task::Task;
use crate::iam::Kind;
use crate::policy::catalog::managed::ManagedPolicy;
use crate::store::view::{EntityRow, KeyRow, Named, Origin, Text, View};

/// The score of an answer found by its id or ARN: above every name.
pub(super) const BY_ID: u32 = 1000;
/// What every answer starts from.
const BASE: u32 = 10;
/// What a letter found in a tag or document is worth: less than one in a name.
const LETTER_OF_TEXT: u32 = 13;
/// What a task is ahead, once a word was typed that is the task's own.
pub(super) const TASK_AHEAD: u32 = 30;
/// What an own policy is ahead of AWS's of the same fit.
const OWN_AHEAD: u32 = 8;
/// Bytes of a document shown on each side of what was found.
const SNIPPET_BYTES: usize = 24;

/// What a keystroke found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Found {
    /// The answers, best first.
    pub hits: Vec<Hit>,
    /// Whether every tag and document was looked at; an account may hold too many.
    pub is_complete: bool,
}

/// What an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// A user.
    User,
    /// A user group.
    Group,
    /// A role.
    Role,
    /// A managed policy, the account's or AWS's.
    Policy,
    /// An identity provider.
    Provider,
    /// An instance profile.
    InstanceProfile,
    /// A server certificate.
    Certificate,
    /// A virtual MFA device.
    MfaDevice,
    /// An access key.
    AccessKey,
    /// Something to do.
    Task,
    /// Something to do that destroys.
    Delete,
}

impl What {
    /// The word before the line.
    pub fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Group => "group",
            Self::Role => "role",
            Self::Policy => "policy",
            Self::Provider => "provider",
            Self::InstanceProfile => "profile",
            Self::Certificate => "certificate",
            Self::MfaDevice => "MFA device",
            Self::AccessKey => "access key",
            Self::Task => "task",
            Self::Delete => "delete",
        }
    }

    /// The sign before the word.
    pub fn icon(self) -> char {
        match self {
            Self::User => '◆',
            Self::Group => '◈',
            Self::Role => '▲',
            Self::Policy => '■',
            Self::Provider | Self::InstanceProfile | Self::Certificate | Self::MfaDevice => '□',
            Self::AccessKey => '◇',
            Self::Task => '●',
            Self::Delete => '×',
        }
    }

    fn of(kind: Kind) -> Self {
        match kind {
            Kind::User => Self::User,
            Kind::Group => Self::Group,
            Kind::Role => Self::Role,
            Kind::Policy => Self::Policy,
            Kind::InstanceProfile => Self::InstanceProfile,
            Kind::ServerCertificate => Self::Certificate,
            Kind::SamlProvider | Kind::OidcProvider => Self::Provider,
            Kind::MfaDevice => Self::MfaDevice,
        }
    }
}

/// Where an answer leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case", tag = "do")]
pub enum Target {
    /// To the page of a thing.
    Open {
        /// Its kind.
        #[serde(serialize_with = "kind_word")]
        kind: Kind,
        /// Its name.
        name: String,
        /// Its ARN where the name is not enough: of a managed policy.
        #[serde(skip_serializing_if = "Option::is_none")]
        arn: Option<String>,
    },
    /// To the credentials of an access key's user.
    Credentials {
        /// The key.
        key: String,
        /// Its user; none for the root user.
        user: Option<String>,
    },
    /// To the page that does a task.
    Task {
        /// The task's id.
        id: String,
        /// The kind of what it is done to.
        #[serde(serialize_with = "maybe_kind_word", skip_serializing_if = "Option::is_none")]
        kind: Option<Kind>,
        /// The name of what it is done to; without one the page asks.
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn kind_word<S: serde::Serializer>(kind: &Kind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.noun())
}

#[expect(clippy::trivially_copy_pass_by_ref, clippy::ref_option, reason = "serde calls it so")]
fn maybe_kind_word<S: serde::Serializer>(kind: &Option<Kind>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.map_or("", Kind::noun))
}

/// One line of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// What it is.
    pub what: What,
    /// Its text.
    pub text: String,
    /// The bytes of the text that matched, ascending.
    pub matched: Vec<usize>,
    /// What helps to decide: a user's groups, a policy's uses, a task's sentence.
    pub detail: String,
    /// How good it is; comparable within one answer.
    pub score: u32,
    /// Where it leads.
    pub target: Target,
}

impl Hit {
    /// A thing found by its name.
    pub(super) fn of_thing(view: &View<'_>, named: &Named, query: &str, score: u32) -> Self {
        let own_policy = named.kind == Kind::Policy;
        Self {
            what: What::of(named.kind),
            text: named.name.clone(),
            matched: matched(query, &named.name),
            detail: String::new(),
            score: BASE + score + if own_policy { OWN_AHEAD } else { 0 },
            target: open(view, named.kind, &named.name),
        }
    }

    pub(super) fn of_aws_policy(policy: &ManagedPolicy, query: &str, score: u32) -> Self {
        let target = Target::Open { kind: Kind::Policy, name: policy.name.to_owned(), arn: Some(policy.arn.clone()) };
        Self {
            what: What::Policy,
            text: policy.name.to_owned(),
            matched: matched(query, policy.name),
            detail: Origin::of(policy).word().to_owned(),
            score: BASE + score,
            target,
        }
    }

    /// A task, with the name that completes it.
    pub(super) fn of_task(task: &Task, named: Option<&Named>, query: &str, score: u32) -> Self {
        let text = task.text(named);
        Self {
            what: if task.destroys { What::Delete } else { What::Task },
            matched: matched(query, &text),
            text,
            detail: task.says.clone(),
            score: BASE + score,
            target: Target::Task {
                id: task.id.clone(),
                kind: named.map(|named| named.kind),
                name: named.map(|named| named.name.clone()),
            },
        }
    }

    pub(super) fn of_key(key: &KeyRow, part: &str) -> Self {
        let whole = key.id.eq_ignore_ascii_case(part);
        let status = if key.is_active { "active" } else { "inactive" };
        let owner = key.owner.as_deref().unwrap_or("the root user");
        let from = key.id.to_ascii_lowercase().find(&part.to_ascii_lowercase()).unwrap_or(0);
        Self {
            what: What::AccessKey,
            text: key.id.clone(),
            matched: (from..from + part.len()).collect(),
            detail: format!("{status}, of {owner}"),
            score: if whole { BY_ID } else { BASE + length(part) * 8 },
            target: Target::Credentials { key: key.id.clone(), user: key.owner.clone() },
        }
    }

    /// A thing found by its unique id, ARN or path.
    pub(super) fn of_mark(row: &EntityRow, mark: &str) -> Self {
        let by_path = !row.arn.starts_with(mark) && row.path.contains(mark);
        let exact = row.arn == mark || mark.len() > 20;
        let arn = (row.kind == Kind::Policy).then(|| row.arn.clone());
        Self {
            what: What::of(row.kind),
            text: row.name.clone(),
            matched: Vec::new(),
            detail: if by_path { row.path.clone() } else { row.arn.clone() },
            score: if exact { BY_ID } else { BASE + if by_path { 0 } else { length(mark) } },
            target: Target::Open { kind: row.kind, name: row.name.clone(), arn },
        }
    }

    /// A thing found by a tag, or by what stands in one of its documents.
    pub(super) fn of_text(view: &View<'_>, text: &Text, at: usize, query: &str) -> Self {
        Self {
            what: What::of(text.of.kind),
            text: text.of.name.clone(),
            matched: Vec::new(),
            detail: format!("{}: {}", text.what, snippet(&text.text, at, query.len())),
            score: BASE + length(query) * LETTER_OF_TEXT,
            target: open(view, text.of.kind, &text.of.name),
        }
    }
}

fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

fn matched(query: &str, text: &str) -> Vec<usize> {
    if let Some((_, at)) = rank::marks(query, text) {
        return at;
    }
    // A task found by a word that its phrase does not hold: mark the words that it does hold.
    let words = query.split_whitespace().filter_map(|word| rank::marks(word, text));
    let mut at: Vec<usize> = words.flat_map(|(_, at)| at).collect();
    at.sort_unstable();
    at.dedup();
    at
}

fn open(view: &View<'_>, kind: Kind, name: &str) -> Target {
    let arn = (kind == Kind::Policy).then(|| view.head(kind, name).ok().flatten().map(|head| head.arn)).flatten();
    Target::Open { kind, name: name.to_owned(), arn }
}

/// The piece of a document around what was found, in one line.
fn snippet(text: &str, at: usize, length: usize) -> String {
    let from = (0..=at.saturating_sub(SNIPPET_BYTES)).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let end = (at + length + SNIPPET_BYTES).min(text.len());
    let to = (end..=text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len());
    let piece: Vec<&str> = text.get(from..to).unwrap_or_default().split_whitespace().collect();
    let dots = |is: bool| if is { "…" } else { "" };
    format!("{}{}{}", dots(from > 0), piece.join(" "), dots(to < text.len()))
}
