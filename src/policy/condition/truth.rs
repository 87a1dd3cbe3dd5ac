//! True, false, or not known yet.

/// The outcome of a test on a request of which something may be unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Truth {
    /// It does not hold.
    No,
    /// It depends on a context key whose value is unknown.
    Unknown,
    /// It holds.
    Yes,
}

impl Truth {
    /// Both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::Unknown,
        }
    }

    /// One holds.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }

    /// It does not hold.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "beside `and` and `or`, a `!` reads worse")]
    pub fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
            Self::Yes => Self::No,
        }
    }

    /// Whether one of them holds.
    pub fn any(truths: impl IntoIterator<Item = Self>) -> Self {
        let mut found = Self::No;
        for truth in truths {
            found = found.or(truth);
            if found == Self::Yes {
                break;
            }
        }
        found
    }

    /// Whether all of them hold.
    pub fn all(truths: impl IntoIterator<Item = Self>) -> Self {
        let mut found = Self::Yes;
        for truth in truths {
            found = found.and(truth);
            if found == Self::No {
                break;
            }
        }
        found
    }
}

impl From<bool> for Truth {
    fn from(truth: bool) -> Self {
        if truth { Self::Yes } else { Self::No }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, No, Unknown, Yes};

    #[test]
    fn what_is_unknown_stays_so_unless_it_cannot_matter() {
        assert_eq!((No.and(Unknown), Yes.and(Unknown), Yes.or(Unknown), No.or(Unknown)), (No, Unknown, Yes, Unknown));
        assert_eq!((Truth::any([No, Unknown, Yes]), Truth::all([Yes, Unknown, No])), (Yes, No));
        assert_eq!((Truth::any([]), Truth::all([])), (No, Yes));
    }
}
