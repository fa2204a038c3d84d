//! Terminal styles. The stream strips them if colour is off.

use anstyle::AnsiColor;
pub use anstyle::Style;

use crate::finding::Level;

/// Headings and names.
pub const STRONG: Style = Style::new().bold();
/// Secondary text.
pub const FAINT: Style = Style::new().dimmed();
/// Success.
pub const GOOD: Style = AnsiColor::Green.on_default().bold();
/// Errors.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// Warnings and doubtful values.
pub const DOUBTFUL: Style = AnsiColor::Yellow.on_default().bold();

/// Returns the style of a level.
pub fn of(level: Level) -> Style {
    if level == Level::Error { BAD } else { DOUBTFUL }
}
