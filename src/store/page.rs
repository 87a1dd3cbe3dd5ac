//! Pages: `MaxItems`, `Marker` and `IsTruncated`, the same for every listing.
//!
//! A marker is the key of the last row of the page before it, encoded, so that a page costs the same wherever it starts
//! and rows that come or go in between are neither repeated nor skipped.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::error::Result;
use crate::iam::Error;

/// Items in a page when the call does not say.
const ITEMS_DEFAULT: i64 = 100;
/// What a marker starts with before it is encoded.
const MARK: &str = "tiam:";

/// Where a page starts and how long it is.
#[derive(Debug)]
pub(super) struct Page {
    /// Rows whose key comes after this; empty for the first page.
    pub after: String,
    /// One row more than the page holds, to see whether there are more.
    pub limit: i64,
}

impl Page {
    /// The page that a call asks for.
    ///
    /// # Errors
    /// `ValidationError` for a marker that no page ended with.
    pub(super) fn new(marker: Option<&str>, max_items: Option<i64>) -> Result<Self> {
        let after = match marker {
            None => String::new(),
            Some(marker) => read(marker).ok_or_else(|| Error::validation("Invalid Marker."))?,
        };
        Ok(Self { after, limit: max_items.unwrap_or(ITEMS_DEFAULT) + 1 })
    }

    /// The page out of all rows there are, which stand in the order of their keys: for lists that a quota keeps short.
    pub(super) fn pick<T>(&self, rows: Vec<T>, key: impl Fn(&T) -> String) -> (Vec<T>, bool, Option<String>) {
        let later = rows.into_iter().filter(|row| self.after.is_empty() || key(row) > self.after);
        self.cut(later.collect(), key)
    }

    /// Cuts the rows to the page: the items, whether there are more, and the marker for them.
    pub(super) fn cut<T>(&self, mut rows: Vec<T>, key: impl Fn(&T) -> String) -> (Vec<T>, bool, Option<String>) {
        let size = usize::try_from(self.limit - 1).unwrap_or(0);
        let more = rows.len() > size;
        rows.truncate(size);
        let marker = rows.last().filter(|_| more).map(|last| STANDARD.encode(format!("{MARK}{}", key(last))));
        (rows, more, marker)
    }
}

fn read(marker: &str) -> Option<String> {
    let text = String::from_utf8(STANDARD.decode(marker).ok()?).ok()?;
    text.strip_prefix(MARK).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::Page;

    #[test]
    fn pages_follow_each_other() {
        let rows = |page: &Page| {
            let all = ["a", "b", "c", "d", "e"].map(str::to_owned);
            let after = all.into_iter().filter(|r| *r > page.after);
            after.take(usize::try_from(page.limit).unwrap()).collect::<Vec<_>>()
        };
        let (mut seen, mut marker) = (Vec::new(), None::<String>);
        loop {
            let page = Page::new(marker.as_deref(), Some(2)).unwrap();
            let (items, more, next) = page.cut(rows(&page), Clone::clone);
            seen.extend(items);
            assert_eq!(more, next.is_some());
            marker = next;
            if !more {
                break;
            }
        }
        assert_eq!(seen, ["a", "b", "c", "d", "e"]);
    }

    #[test]
    fn a_strange_marker_is_refused() {
        assert!(Page::new(Some("bm90IG91cnM="), None).is_err());
        assert!(Page::new(Some("%%%"), None).is_err());
    }
}
