//! `tiam search PHRASE`: what the console's search finds, a line each.

use std::process::ExitCode;

use crate::api::cli::escape_json;
use crate::insight::search::{Found, Search, documented};
use crate::text::visible;

use super::args::{Find, Select};
use super::{Failure, select, terminal};

/// Answers of one search.
const HITS_MAX: usize = 50;

/// Searches; the status is 1 where nothing is found.
pub(super) fn run(args: &Find, select: &Select) -> Result<ExitCode, Failure> {
    let account = select::open_to_read(select)?;
    let info = account.info();
    let view = account.store().view(&info);
    let search = Search::new(&view, documented())?;
    let found = search.find(&view, &args.phrase.join(" "), HITS_MAX)?;
    let text = if args.json { escape_json(&serde_json::to_string(&found.hits)?) } else { lines(&found) };
    terminal::say(&text)?;
    Ok(ExitCode::from(u8::from(found.hits.is_empty())))
}

fn lines(found: &Found) -> String {
    let line = |hit: &crate::insight::search::Hit| {
        let (text, detail) = (visible(&hit.text), visible(&hit.detail));
        format!("{} {:<11} {text}  {detail}", hit.what.icon(), hit.what.word()).trim_end().to_owned()
    };
    found.hits.iter().map(line).collect::<Vec<_>>().join("\n")
}
