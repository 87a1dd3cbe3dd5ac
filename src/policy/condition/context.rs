//! What is known of a request: condition keys and their values.

/// The condition keys of a request. Keys are compared without regard to case, tag keys in them included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// Keys in lower case.
    entries: Vec<(Box<str>, Entry)>,
    /// Whether what is not listed is unknown, and not absent.
    open: bool,
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
        Self { entries: Vec::new(), open: true }
    }

    /// Sets a key to values, in place of what it had.
    pub fn set(&mut self, key: &str, values: impl IntoIterator<Item = impl Into<String>>) {
        self.put(key, Entry::Values(values.into_iter().map(Into::into).collect()));
    }

    /// Says that a key is unknown.
    pub fn set_unknown(&mut self, key: &str) {
        self.put(key, Entry::Unknown);
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
            None if self.open => Lookup::Unknown,
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
