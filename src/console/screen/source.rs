//! How lists are read from the store: a console query into the store's, its rows into the list's.

use jiff::Timestamp;

use super::listing::{Page, Query, Reading};
use crate::console::context::Context;
use crate::console::theme::Theme;
use crate::console::widget::{Cell, Row, Tone};
use crate::store::view::{self, Column, Finding, List, Pane, Total};

/// What rows are made with: the glyphs for what is unknown, and the time.
#[derive(Clone, Debug)]
pub struct Look {
    /// The theme.
    pub theme: Theme,
    /// The time now.
    pub now: Timestamp,
}

impl Look {
    /// As things look now.
    pub fn of(cx: &Context) -> Self {
        Self { theme: cx.theme.clone(), now: cx.now }
    }
}

/// Reads the rows of a pane. `columns` are the store's, in the order of the list's own.
pub fn read(
    cx: &Context,
    pane: Pane,
    columns: &'static [Column],
    query: Query,
    row: fn(&view::Row, &Look) -> Option<Row>,
) -> Reading<Page> {
    let (account, look) = (cx.account.clone(), Look::of(cx));
    let list = List {
        pane,
        filter: query.filter,
        sort: columns.get(query.sort).copied().unwrap_or(Column::Name),
        descending: query.descending,
        start: query.start,
        limit: query.count,
        near: query.near,
    };
    Box::pin(async move {
        let read = move |store: &crate::store::Store, account: &crate::store::Account| {
            let view = store.view(account);
            let sought = query.seek.as_deref().map(|id| view.position(&list, id)).transpose()?.flatten();
            Ok((view.list(&list)?, sought))
        };
        let (window, sought) = account.read(read).await?;
        let rows: Vec<Row> = window.rows.iter().filter_map(|one| row(one, &look)).collect();
        let end = window.start + rows.len();
        let (total, is_counted) = match window.total {
            Total::Exact(total) => (total, true),
            // Nobody counted to the end: there is at least one more than is here, until the end is met.
            Total::AtLeast(total) => (total.max(end + usize::from(!rows.is_empty())), false),
        };
        Ok(Page { rows, start: window.start, total, is_counted, sought, anchor: window.anchor })
    })
}

/// Marks the cells of a row that findings are about, and puts the findings into one sentence.
pub fn with_findings(mut row: Row, name: &str, findings: &[Finding], columns: &[Column]) -> Row {
    for finding in findings {
        let at = columns.iter().position(|column| *column == finding.column());
        if let Some(cell) = at.and_then(|at| row.cells.get_mut(at)) {
            cell.tone = Tone::Finding;
        }
    }
    if !findings.is_empty() {
        let sentences: Vec<String> = findings.iter().map(Finding::sentence).collect();
        row.finding = Some(format!("{name}: {}", sentences.join(" · ")));
    }
    row
}

/// A number, in the background when there is none.
pub fn number(count: usize, look: &Look) -> Cell {
    if count == 0 { Cell::none(&look.theme) } else { Cell::new(count.to_string()) }
}
