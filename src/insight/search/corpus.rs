//! What a search keeps from keystroke to keystroke: the names of an account of ordinary size, its tags and documents.

use memchr::memmem::Finder;

use crate::iam::Kind;
use crate::store::Result;
use crate::store::view::{Named, Text, View};

/// Names that are kept; above, the store's index narrows them at each keystroke.
const NAMES_MAX: usize = 200_000;
/// Bytes of tags and documents that are kept.
const TEXT_BYTES_MAX: usize = 32 << 20;

/// What a search keeps.
#[derive(Debug)]
pub(super) struct Corpus {
    /// In the order of kinds; `None` when there are too many.
    names: Option<Vec<Named>>,
    texts: Vec<(Text, String)>,
    is_complete: bool,
}

impl Corpus {
    pub(super) fn read(view: &View<'_>) -> Result<Self> {
        let (texts, is_complete) = view.texts(TEXT_BYTES_MAX)?;
        let lower = |text: Text| {
            let lower = text.text.to_ascii_lowercase();
            (text, lower)
        };
        Ok(Self { names: view.names(NAMES_MAX)?, texts: texts.into_iter().map(lower).collect(), is_complete })
    }

    /// Whether every tag and document is looked at.
    pub(super) fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// The names of a kind, or of all; `None` when they are not kept.
    pub(super) fn names(&self, kind: Option<Kind>) -> Option<&[Named]> {
        let names = self.names.as_deref()?;
        let Some(kind) = kind else { return Some(names) };
        let from = names.partition_point(|named| named.kind < kind);
        let to = names.partition_point(|named| named.kind <= kind);
        names.get(from..to)
    }

    /// Texts that hold what was typed as it stands, and where; it takes three letters.
    pub(super) fn texts<'a>(&'a self, query: &str, limit: usize) -> impl Iterator<Item = (&'a Text, usize)> + use<'a> {
        let finder = Finder::new(query.to_ascii_lowercase().as_bytes()).into_owned();
        let texts = if query.len() < 3 { &[][..] } else { &self.texts };
        texts.iter().filter_map(move |(text, lower)| Some((text, finder.find(lower.as_bytes())?))).take(limit)
    }
}
