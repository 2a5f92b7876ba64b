//! Log lines to standard error.

use crate::config::LogFormat;
use std::panic::PanicHookInfo;
use tracing_subscriber::filter::LevelFilter;

/// Sends log lines of that level and above to standard error, panics among them.
pub(crate) fn start(level: LevelFilter, format: LogFormat) {
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_ansi(false)
        .log_internal_errors(false)
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Compact => subscriber.compact().init(),
        LogFormat::Json => subscriber.json().flatten_event(true).init(),
    }
    std::panic::set_hook(Box::new(panicked));
}

/// A panic is logged with its place. Its text is only repeated where it is a constant: others may show what a caller sent.
fn panicked(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map_or_else(|| "unknown".to_owned(), ToString::to_string);
    let text = panic.payload().downcast_ref::<&str>().copied().unwrap_or("(the text is not shown)");
    tracing::error!(%place, text, "panicked");
}
