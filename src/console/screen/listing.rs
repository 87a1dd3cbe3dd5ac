//! A list in words: which rows it wants, the rows it gets, and what is particular to the list of one kind.
//! [`super::browse`] shows it.

use std::future::Future;
use std::pin::Pin;

use crate::console::action::{Deed, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::place::{Pane, Place};
use crate::console::task::Failure;
use crate::console::widget::{Column, Row};
use crate::store::view::{self, Anchor};

/// Which rows a list wants.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Only rows with this in them; empty for all.
    pub filter: String,
    /// Sorted by this column.
    pub sort: usize,
    /// Downwards.
    pub descending: bool,
    /// The first row, counted from 0.
    pub start: usize,
    /// How many.
    pub count: usize,
    /// Where this row now is, if it still is.
    pub seek: Option<String>,
    /// Where the window before stood, which makes this one quick.
    pub near: Option<Anchor>,
}

/// Rows of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The rows, from `start` on.
    pub rows: Vec<Row>,
    /// The index of the first of them in the whole list.
    pub start: usize,
    /// How many rows the whole list has.
    pub total: usize,
    /// Whether that was counted; else there are at least so many.
    pub is_counted: bool,
    /// The index in the whole list of the row that was sought.
    pub sought: Option<usize>,
    /// Where this window stands, for the next question.
    pub anchor: Option<Anchor>,
}

/// A read under way.
pub type Reading<T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send>>;

/// What is particular to the list of one kind.
pub trait Listing: 'static {
    /// The pane it stands in.
    fn pane(&self) -> Pane;

    /// Its columns; the first is the name.
    fn columns(&self) -> &'static [Column];

    /// Reads rows.
    fn read(&self, query: Query, cx: &Context) -> Reading<Page>;

    /// What can be done, most useful first; `targets` are the ids of the marked rows, else of the selected one.
    fn offers(&self, targets: &[String]) -> Vec<Offer>;

    /// Does one of them.
    fn act(&mut self, deed: Deed, targets: &[String], cx: &Context) -> Effect;

    /// The number of the column that shows what the store sorts by that, if one does.
    fn column_of(&self, _by: view::Column) -> Option<usize> {
        None
    }

    /// Where a row leads.
    fn place(&self, row: &Row) -> Option<Place>;

    /// What to say when the account has none.
    fn when_empty(&self) -> &'static str;
}
