//! The page of one thing in words: tabs, sections, lines, and what a deed on a line is done to. [`super::detail`] shows it.

use super::listing::Reading;
use super::source::Look;
use crate::console::action::{Deed, Kind, Offer};
use crate::console::context::Context;
use crate::console::effect::Effect;
use crate::console::place::Place;
use crate::console::widget::Cell;
use crate::store::view::CredentialKind;

/// What a deed on a line is done to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// Nothing of its own: the thing itself.
    #[default]
    Whole,
    /// An attached policy, by its ARN.
    Attached(String),
    /// An inline policy, by its name.
    Inline(String),
    /// A user group one is in, or that has the user.
    Group(String),
    /// A user of the group.
    Member(String),
    /// An access key, by its id.
    Key(String),
    /// The console password.
    Password,
    /// A tag: key and value.
    Tag(String, String),
    /// The boundary.
    Boundary,
    /// A version of a policy: its id, and whether it is in force.
    Version(String, bool),
    /// Who has a policy: kind and name.
    Holder(Kind, String),
    /// An MFA device, by its serial number; none for the place where one would be.
    Mfa(Option<String>),
    /// Another credential, by its id; none for the place where one would be.
    Credential(CredentialKind, Option<String>),
    /// A client id of an identity provider.
    ClientId(String),
    /// A thumbprint of an identity provider.
    Thumbprint,
    /// A private key of an identity provider, by its id.
    PrivateKey(String),
}

/// A line of a page.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// The values, one under the other with those of other lines.
    pub cells: Vec<Cell>,
    /// Where it leads.
    pub place: Option<Place>,
    /// What a deed on it is done to.
    pub part: Part,
}

impl Line {
    /// A line that says something.
    pub fn new(cells: impl IntoIterator<Item = Cell>) -> Self {
        Self { cells: cells.into_iter().collect(), ..Self::default() }
    }

    /// The same line, leading somewhere.
    #[must_use]
    pub fn to(self, place: Place) -> Self {
        Self { place: Some(place), ..self }
    }

    /// The same line, standing for a part.
    #[must_use]
    pub fn part(self, part: Part) -> Self {
        Self { part, ..self }
    }
}

/// Lines under a heading.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// The lines; when there are none, that is said.
    pub lines: Vec<Line>,
    /// A document, shown below the lines.
    pub document: Option<Document>,
}

/// A document on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Document {
    /// JSON, in colours.
    Policy(String),
    /// Anything else, as it is.
    Text(String),
}

impl Document {
    /// Its text.
    pub fn text(&self) -> &str {
        let (Self::Policy(text) | Self::Text(text)) = self;
        text
    }
}

impl Section {
    /// Lines under a heading.
    pub fn new(title: impl Into<String>, lines: Vec<Line>) -> Self {
        Self { title: title.into(), lines, document: None }
    }

    /// A policy document under a heading.
    pub fn document(title: impl Into<String>, document: String) -> Self {
        Self { title: title.into(), lines: Vec::new(), document: Some(Document::Policy(document)) }
    }

    /// A text under a heading.
    pub fn text(title: impl Into<String>, text: String) -> Self {
        Self { title: title.into(), lines: Vec::new(), document: Some(Document::Text(text)) }
    }
}

/// A tab of a page.
#[derive(Clone, Debug, Default)]
pub struct Tab {
    /// Its title.
    pub title: &'static str,
    /// How many there are.
    pub count: Option<usize>,
    /// What it says.
    pub sections: Vec<Section>,
}

/// A page.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// The tabs.
    pub tabs: Vec<Tab>,
    /// ARN, unique id, when it was made: the last line.
    pub facts: String,
    /// What is wrong with the thing.
    pub finding: Option<String>,
}

/// What is put into a page once it is known.
pub type Amendment<P> = Box<dyn Fn(&mut P) + Send>;

/// What is particular to the page of one kind.
pub trait Subject: 'static {
    /// What is read from the store.
    type Page: Send + 'static;

    /// Where this is.
    fn place(&self) -> Place;

    /// The breadcrumb.
    fn crumbs(&self) -> Vec<String>;

    /// Reads the page; `None` when the thing is gone.
    fn read(&self, cx: &Context) -> Reading<Option<Self::Page>>;

    /// What the store does not hold is asked for at the door, behind the page; the answer amends what the store said.
    fn amend(&self, _cx: &Context) -> Option<Reading<Amendment<Self::Page>>> {
        None
    }

    /// The page in words.
    fn sheet(&self, page: &Self::Page, look: &Look) -> Sheet;

    /// What can be done on a tab, to the part that is selected.
    fn offers(&self, page: &Self::Page, tab: &str, part: &Part) -> Vec<Offer>;

    /// Does one of them.
    fn act(&self, deed: Deed, page: &Self::Page, at: (&str, &Part), cx: &Context) -> Effect;
}
