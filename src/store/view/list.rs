//! Lists: which pane, in which order, from where to where. The machinery under it is `order.rs` and `filter.rs`.

use super::{Anchor, EntityRow, GroupRow, KeyRow, PolicyRow, Read, RoleRow, UserRow, View};
use crate::iam::Kind;
use crate::store::error::Result;

/// Which managed policies a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Whose {
    /// All of them in one list.
    #[default]
    All,
    /// The account's own.
    Customer,
    /// Those that AWS manages.
    Aws,
    /// Those of AWS's that are for a job function.
    JobFunction,
}

/// What a list is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pane {
    /// Users.
    Users,
    /// User groups.
    Groups,
    /// Roles.
    Roles,
    /// Managed policies.
    Policies(Whose),
    /// Access keys of all users and of the root user.
    AccessKeys,
    /// Instance profiles.
    InstanceProfiles,
    /// SAML and OpenID Connect providers.
    Providers,
    /// Virtual MFA devices.
    MfaDevices,
    /// Server certificates.
    ServerCertificates,
}

impl Pane {
    /// Every pane once; of policies, the account's own.
    pub const ALL: [Self; 9] = [
        Self::Users,
        Self::Groups,
        Self::Roles,
        Self::Policies(Whose::Customer),
        Self::AccessKeys,
        Self::InstanceProfiles,
        Self::Providers,
        Self::MfaDevices,
        Self::ServerCertificates,
    ];

    /// The columns that it can be sorted by, its default order first. Any other column sorts like the first.
    pub fn sorts(self) -> &'static [Column] {
        match self {
            Self::Users => &[
                Column::Name,
                Column::Groups,
                Column::Activity,
                Column::Mfa,
                Column::Password,
                Column::Key,
                Column::Created,
            ],
            Self::Groups => &[Column::Name, Column::Users, Column::Created],
            Self::Roles => &[Column::Name, Column::Activity, Column::Created],
            Self::Policies(_) => &[Column::Name, Column::Attachments, Column::Updated],
            Self::AccessKeys => &[Column::Owner, Column::Name, Column::Status, Column::Created, Column::Activity],
            Self::InstanceProfiles | Self::Providers | Self::MfaDevices | Self::ServerCertificates => {
                &[Column::Name, Column::Created]
            }
        }
    }

    /// The pane that shows the things of a kind.
    pub fn of(kind: Kind) -> Self {
        match kind {
            Kind::User => Self::Users,
            Kind::Group => Self::Groups,
            Kind::Role => Self::Roles,
            Kind::Policy => Self::Policies(Whose::All),
            Kind::InstanceProfile => Self::InstanceProfiles,
            Kind::ServerCertificate => Self::ServerCertificates,
            Kind::SamlProvider | Kind::OidcProvider => Self::Providers,
            Kind::MfaDevice => Self::MfaDevices,
        }
    }

    /// The kinds of entity in it; none for access keys.
    pub fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Users => &[Kind::User],
            Self::Groups => &[Kind::Group],
            Self::Roles => &[Kind::Role],
            Self::Policies(_) => &[Kind::Policy],
            Self::AccessKeys => &[],
            Self::InstanceProfiles => &[Kind::InstanceProfile],
            Self::Providers => &[Kind::SamlProvider, Kind::OidcProvider],
            Self::MfaDevices => &[Kind::MfaDevice],
            Self::ServerCertificates => &[Kind::ServerCertificate],
        }
    }
}

/// A column, to sort by or to hang a finding on. Times sort from the earliest; what never happened comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// The name; of an access key its id.
    Name,
    /// A user's groups, how many.
    Groups,
    /// When it was last used.
    Activity,
    /// A user's MFA devices, how many.
    Mfa,
    /// When the password was set.
    Password,
    /// When the oldest active access key was made.
    Key,
    /// When it was made.
    Created,
    /// A group's users, how many.
    Users,
    /// A policy's uses, how many.
    Attachments,
    /// When a policy's default version was made.
    Updated,
    /// The user whose access key it is.
    Owner,
    /// Whether an access key is active.
    Status,
    /// Whom a role trusts.
    Trusted,
}

/// A question for rows.
#[derive(Clone, Debug)]
pub struct List {
    /// Of what.
    pub pane: Pane,
    /// Only names that hold this, whatever the case; all of them when empty. Access keys match by id or owner.
    pub filter: String,
    /// By which column; equal ones by name.
    pub sort: Column,
    /// Turned round.
    pub descending: bool,
    /// The first row wanted. Past the end, the last rows are given; `usize::MAX` is the way to the end.
    pub start: usize,
    /// How many rows.
    pub limit: usize,
    /// The anchor of the window before, which makes a window in the middle of a very long list as quick as the first.
    pub near: Option<Anchor>,
}

impl List {
    /// The first rows of a pane in its own order.
    pub fn of(pane: Pane, limit: usize) -> Self {
        let sort = pane.sorts().first().copied().unwrap_or(Column::Name);
        Self { pane, filter: String::new(), sort, descending: false, start: 0, limit, near: None }
    }
}

/// How many rows the whole list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// So many.
    Exact(usize),
    /// So many at least: nobody counted further.
    AtLeast(usize),
}

impl Total {
    /// The number, exact or not.
    pub fn number(self) -> usize {
        let (Self::Exact(number) | Self::AtLeast(number)) = self;
        number
    }
}

impl std::fmt::Display for Total {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Exact(number) => write!(f, "{number}"),
            Self::AtLeast(number) => write!(f, "{number}+"),
        }
    }
}

/// Rows, and where in the list they stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// The rows.
    pub rows: Vec<Row>,
    /// The place of the first of them.
    pub start: usize,
    /// How many there are in all.
    pub total: Total,
    /// Where this window stands, for the next question.
    pub anchor: Option<Anchor>,
}

/// One row of a list.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A user.
    User(UserRow),
    /// A user group.
    Group(GroupRow),
    /// A role.
    Role(RoleRow),
    /// A managed policy.
    Policy(PolicyRow),
    /// An access key.
    Key(KeyRow),
    /// Anything else.
    Other(EntityRow),
}

impl Row {
    /// The name; of an access key its id.
    pub fn name(&self) -> &str {
        match self {
            Self::User(row) => &row.name,
            Self::Group(row) => &row.name,
            Self::Role(row) => &row.name,
            Self::Policy(row) => &row.name,
            Self::Key(row) => &row.id,
            Self::Other(row) => &row.name,
        }
    }

    /// By what selection and marks know it: the ARN; of an access key its id.
    pub fn id(&self) -> &str {
        match self {
            Self::User(row) => &row.arn,
            Self::Group(row) => &row.arn,
            Self::Role(row) => &row.arn,
            Self::Policy(row) => &row.arn,
            Self::Key(row) => &row.id,
            Self::Other(row) => &row.arn,
        }
    }
}

impl View<'_> {
    /// A window over a pane.
    pub fn list(&self, list: &List) -> Result<Window> {
        self.read(|read| match list.pane {
            Pane::Policies(whose) => read.policies(list, whose),
            _ => read.window(list),
        })
    }

    /// The place in a list of the thing with that ARN, name or access key id; `None` when the list does not show it.
    pub fn position(&self, list: &List, id: &str) -> Result<Option<usize>> {
        self.read(|read| match list.pane {
            Pane::Policies(whose) => read.policy_position(list, whose, id),
            _ => read.position(list, id),
        })
    }
}

impl Read<'_> {
    fn window(&self, list: &List) -> Result<Window> {
        let order = list.order();
        let found = self.find(&order, list)?;
        let rows = found.ids.iter().filter_map(|id| self.row(list.pane, *id).transpose()).collect::<Result<_>>()?;
        Ok(Window { rows, start: found.start, total: found.total, anchor: found.anchor })
    }

    pub(super) fn row(&self, pane: Pane, id: i64) -> Result<Option<Row>> {
        Ok(match pane {
            Pane::Users => self.user_row(id)?.map(Row::User),
            Pane::Groups => self.group_row(id)?.map(Row::Group),
            Pane::Roles => self.role_row(id)?.map(Row::Role),
            Pane::Policies(_) => self.policy_row(id)?.map(Row::Policy),
            Pane::AccessKeys => self.key_row(id)?.map(Row::Key),
            _ => self.entity_row(id)?.map(Row::Other),
        })
    }

    /// How many rows a pane has without a filter.
    pub(super) fn size(&self, pane: Pane) -> Result<usize> {
        let sql = "SELECT ifnull(sum(count), 0) FROM tally WHERE account = ?1 AND kind BETWEEN ?2 AND ?3";
        let first = pane.kinds().first().map_or(0, |kind| kind.number());
        let last = pane.kinds().last().map_or(0, |kind| kind.number());
        self.count(sql, (self.account.row, first, last))
    }
}
