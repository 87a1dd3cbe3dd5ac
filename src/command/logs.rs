//! The log: a file a day in the state folder, never the terminal.
//!
//! `TIAM_LOG` sets how much of tiam's own doings is written: `error`, `warn`, `info` (the default), `debug`, `trace` or `off`.
//! Of the libraries below only warnings are written, since what they tell at length may hold what is secret.

use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::places;
use crate::store::files::create_folder;

/// Days that are kept.
const FILES_MAX: usize = 7;
/// Lines that wait to be written; room for them is taken at start.
const LINES_WAITING_MAX: usize = 4096;

/// Starts the log; it is written to its end when the guard is dropped. A machine where no log can be kept gets none.
pub(super) fn open() -> Option<WorkerGuard> {
    let level = std::env::var("TIAM_LOG").ok().and_then(|text| text.parse().ok()).unwrap_or(LevelFilter::INFO);
    if level == LevelFilter::OFF {
        return None;
    }
    let folder = places::logs()?;
    create_folder(&folder).ok()?;
    let files = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("tiam")
        .filename_suffix("log")
        .max_log_files(FILES_MAX)
        .build(folder)
        .ok()?;
    let (writer, guard) = NonBlockingBuilder::default().buffered_lines_limit(LINES_WAITING_MAX).finish(files);
    let lines = tracing_subscriber::fmt::layer().with_ansi(false).with_writer(writer);
    let filter = Targets::new().with_default(LevelFilter::WARN).with_target("tiam", level);
    tracing_subscriber::registry().with(lines).with(filter).try_init().ok()?;
    Some(guard)
}
