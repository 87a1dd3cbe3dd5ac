//! What is known of a request: condition keys and their values.

/// The condition keys of a request. Keys are compared without regard to case, tag keys in them included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// Keys in lower case.
    entries: Vec<(Box<str>, Entry)>,
    /// Whether what is not listed is unknown, and not absent.
    open: bool,
    /// Beginnings of keys of which the list is whole even so, in lower case.
    closed: Vec<Box<str>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Entry {
    Values(Vec<String>),
    Unknown,
}

/// What a context says of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup<'c> {
    /// The request has these values, perhaps none.
    Values(&'c [String]),
    /// The request does not have the key.
    Absent,
    /// The request may or may not have it.
    Unknown,
}

impl Context {
    /// A context in which every key that is not set is absent.
    pub fn new() -> Self {
        Self::default()
    }

    /// A context in which every key that is not set is unknown.
    pub fn open() -> Self {
        Self { open: true, ..Self::default() }
    }

    /// Sets a key to values, in place of what it had.
    pub fn set(&mut self, key: &str, values: impl IntoIterator<Item = impl Into<String>>) {
        self.put(key, Entry::Values(values.into_iter().map(Into::into).collect()));
    }

    /// Says that a key is unknown.
    pub fn set_unknown(&mut self, key: &str) {
        self.put(key, Entry::Unknown);
    }

    /// Says that the request has no other key with that beginning than those that are set.
    pub fn close(&mut self, prefix: &str) {
        self.closed.push(prefix.to_ascii_lowercase().into());
    }

    /// Sets a key to one value, and gives the context back.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.set(key, [value]);
        self
    }

    fn put(&mut self, key: &str, entry: Entry) {
        let key = key.to_ascii_lowercase();
        match self.entries.iter_mut().find(|(known, _)| **known == *key) {
            Some((_, old)) => *old = entry,
            None => self.entries.push((key.into(), entry)),
        }
    }

    /// What it says of a key, which is given in lower case.
    pub fn lookup(&self, lower_key: &str) -> Lookup<'_> {
        match self.entries.iter().find(|(known, _)| **known == *lower_key) {
            Some((_, Entry::Values(values))) => Lookup::Values(values),
            Some((_, Entry::Unknown)) => Lookup::Unknown,
            None if self.open && !self.closed.iter().any(|prefix| lower_key.starts_with(&**prefix)) => Lookup::Unknown,
            None => Lookup::Absent,
        }
    }

    /// The keys that are set, in lower case, with their values.
    pub fn values(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.entries.iter().filter_map(|(key, entry)| match entry {
            Entry::Values(values) => Some((&**key, values.as_slice())),
            Entry::Unknown => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Context, Lookup};

    #[test]
    fn a_closed_beginning_is_known_to_the_end() {
        let mut context = Context::open();
        context.set("aws:PrincipalTag/team", ["a"]);
        context.close("aws:PrincipalTag/");
        assert_eq!(context.lookup("aws:principaltag/team"), Lookup::Values(&["a".to_owned()]));
        assert_eq!(context.lookup("aws:principaltag/cost"), Lookup::Absent);
        assert_eq!(context.lookup("aws:sourceip"), Lookup::Unknown);
    }
}
