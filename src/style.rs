//! The colours of what people read; a stream that does not want them strips them.

use anstyle::AnsiColor;
pub use anstyle::Style;

use crate::finding::Level;

/// A heading, or the name of what is spoken of.
pub const STRONG: Style = Style::new().bold();
/// What stands beside.
pub const FAINT: Style = Style::new().dimmed();
/// What is as it should be.
pub const GOOD: Style = AnsiColor::Green.on_default().bold();
/// What is wrong.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// What is doubtful.
pub const DOUBTFUL: Style = AnsiColor::Yellow.on_default().bold();

/// The colour of a level.
pub fn of(level: Level) -> Style {
    if level == Level::Error { BAD } else { DOUBTFUL }
}
