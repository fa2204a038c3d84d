//! Terminal styles. The stream strips them if colour is off.

use anstyle::AnsiColor;
pub use anstyle::Style;

use crate::findings::rule::Level;

/// Headings and names.
pub const STRONG: Style = Style::new().bold();
/// Secondary text.
pub const DIM: Style = Style::new().dimmed();
/// Success.
pub const SUCCESS: Style = AnsiColor::Green.on_default().bold();
/// Errors.
pub const ERROR: Style = AnsiColor::Red.on_default().bold();
/// Warnings and doubtful values.
pub const WARNING: Style = AnsiColor::Yellow.on_default().bold();

/// Returns the style of a level.
pub fn for_level(level: Level) -> Style {
    if level == Level::Error { ERROR } else { WARNING }
}
