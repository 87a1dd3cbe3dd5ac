//! Widgets: each draws itself from its own state and the theme, and knows nothing of IAM or of the screen it is on.

pub mod confirm;
pub mod cursor;
pub mod dialog;
pub mod diff;
pub mod field;
pub mod finder;
pub mod form;
pub mod pick;
pub mod qr;
pub mod saving;
pub mod secret;
pub mod table;
pub mod text_field;

pub use confirm::Confirm;
pub use cursor::Cursor;
pub use field::{Field, Values};
pub use finder::{Asked, Finder, put_matched};
pub use form::Form;
pub use pick::{CHOICES_MAX, Choice, Pick};
pub use qr::Qr;
pub use saving::Saving;
pub use secret::Secret;
pub use table::{Cell, Column, Row, Tone, Widths};
pub use text_field::{TextField, Typed};
