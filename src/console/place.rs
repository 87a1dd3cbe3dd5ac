//! Where one can be: the panes and the things, and the history of having been there.

use super::action::{Deed, Kind};

/// A pane: one of the tabs along the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Pane {
    /// The account at a glance.
    Dashboard,
    /// The users.
    Users,
    /// The user groups.
    Groups,
    /// The roles.
    Roles,
    /// The managed policies.
    Policies,
    /// The access keys of all users.
    Keys,
    /// The identity providers.
    Providers,
}

impl Pane {
    /// Every pane, in the order of the digits.
    pub const ALL: [Self; 7] =
        [Self::Dashboard, Self::Users, Self::Groups, Self::Roles, Self::Policies, Self::Keys, Self::Providers];

    /// Its title in the tab.
    pub fn title(self) -> &'static str {
        match self {
            Self::Dashboard => "Dashboard",
            Self::Users => "Users",
            Self::Groups => "Groups",
            Self::Roles => "Roles",
            Self::Policies => "Policies",
            Self::Keys => "Keys",
            Self::Providers => "Providers",
        }
    }

    /// The deed that goes there.
    pub fn deed(self) -> Deed {
        match self {
            Self::Dashboard => Deed::Dashboard,
            Self::Users => Deed::Users,
            Self::Groups => Deed::Groups,
            Self::Roles => Deed::Roles,
            Self::Policies => Deed::Policies,
            Self::Keys => Deed::Keys,
            Self::Providers => Deed::Providers,
        }
    }

    /// The pane that a deed goes to.
    pub fn of(deed: Deed) -> Option<Self> {
        Self::ALL.into_iter().find(|pane| pane.deed() == deed)
    }

    /// The pane that shows the things of a kind.
    pub fn showing(kind: Kind) -> Self {
        match kind {
            Kind::Account => Self::Dashboard,
            Kind::User => Self::Users,
            Kind::Group => Self::Groups,
            Kind::Role => Self::Roles,
            Kind::Policy => Self::Policies,
            Kind::Key => Self::Keys,
            Kind::Provider => Self::Providers,
        }
    }

    /// The pane beside this one, `by` tabs to the right, around the end.
    #[must_use]
    pub fn beside(self, by: isize) -> Self {
        let here = Self::ALL.iter().position(|pane| *pane == self).unwrap_or(0);
        let count = Self::ALL.len().cast_signed();
        let there = (here.cast_signed() + by).rem_euclid(count);
        Self::ALL.get(there.unsigned_abs()).copied().unwrap_or(self)
    }
}

/// A place one can go to, and come back to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// A pane.
    Pane(Pane),
    /// A thing: the name of a user, group or role, the ARN of a policy or provider, the id of a key.
    Thing(Kind, String),
}

impl Place {
    /// The place in a word, to be written down: `users`, `user group:SysAdmins`.
    pub fn spelled(&self) -> String {
        match self {
            Self::Pane(pane) => pane.deed().entry().id.to_owned(),
            Self::Thing(kind, id) => format!("{}:{id}", kind.word()),
        }
    }

    /// Reads it again.
    pub fn read(spelled: &str) -> Option<Self> {
        if let Some((word, id)) = spelled.split_once(':') {
            let kind = Kind::ALL.into_iter().find(|kind| kind.word() == word)?;
            return Some(Self::Thing(kind, id.to_owned()));
        }
        Pane::ALL.into_iter().find(|pane| pane.deed().entry().id == spelled).map(Self::Pane)
    }
}

/// How many places are remembered.
const PLACES_MAX: usize = 100;

/// The places one has been to, and which of them is now.
#[derive(Debug, Default)]
pub struct History {
    places: Vec<Place>,
    now: usize,
}

impl History {
    /// One is here now. What lay ahead is forgotten, unless this is where the history already stands.
    pub fn arrive(&mut self, place: Place) {
        if self.places.get(self.now) == Some(&place) {
            return;
        }
        self.places.truncate(self.now + 1);
        self.places.push(place);
        if self.places.len() > PLACES_MAX {
            self.places.remove(0);
        }
        self.now = self.places.len() - 1;
    }

    /// Steps through the history and gives the place there, if there is one.
    pub fn step(&mut self, by: isize) -> Option<Place> {
        let there = self.now.checked_add_signed(by)?;
        let place = self.places.get(there)?.clone();
        self.now = there;
        Some(place)
    }

    /// The place before this one, which is then the newest, so that the same step goes back and forth.
    pub fn last(&self) -> Option<Place> {
        self.places.get(self.now.checked_sub(1)?).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::{History, Pane, Place};

    #[test]
    fn history_goes_both_ways_and_forgets_what_lay_ahead() {
        let [a, b, c] = [Pane::Users, Pane::Roles, Pane::Keys].map(Place::Pane);
        let mut history = History::default();
        history.arrive(a.clone());
        history.arrive(b.clone());
        assert_eq!(history.last(), Some(a.clone()));
        assert_eq!(history.step(-1), Some(a.clone()));
        assert_eq!(history.step(-1), None);
        assert_eq!(history.step(1), Some(b.clone()));
        assert_eq!(history.step(-1), Some(a));
        history.arrive(c);
        assert_eq!(history.step(1), None);
    }

    #[test]
    fn panes_go_round() {
        assert_eq!(Pane::Dashboard.beside(-1), Pane::Providers);
        assert_eq!(Pane::Providers.beside(1), Pane::Dashboard);
        assert!(Pane::ALL.into_iter().all(|pane| Pane::of(pane.deed()) == Some(pane)));
    }
}
