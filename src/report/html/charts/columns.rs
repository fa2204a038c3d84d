//! Columns side by side in a band of a drawing.

use std::fmt::Write;

use crate::report::html::numbers::with_separators;

/// Position and scale of the columns.
pub struct Band {
    /// Upper edge in pixels.
    pub top: u32,
    /// Height of the highest column in pixels.
    pub height: u32,
    /// Number that the highest column represents.
    pub most: u64,
    /// Number of columns.
    pub columns: usize,
}

/// Minimum number of columns that the width is divided by, so that a few columns do not get too wide.
const MIN_COLUMNS: usize = 14;

impl Band {
    /// Position in percent of the left edge of a column, which is the right edge of the one before.
    pub fn x(&self, column: f64) -> f64 {
        let room = self.columns.max(MIN_COLUMNS) as f64;
        (column + (room - self.columns as f64) / 2.0) / room * 100.0
    }

    /// Lower edge in pixels.
    pub fn bottom(&self) -> u32 {
        self.top + self.height
    }

    /// Draws lines at round numbers, each with its number on the left.
    pub fn grid(&self, svg: &mut String) {
        let bottom = self.bottom();
        let step = round_step(self.most);
        let levels = (1..).map(|level| level * step).take_while(|level| *level <= self.most);
        for level in levels {
            let y = f64::from(bottom) - self.pixels(level);
            let label = with_separators(level);
            push(
                svg,
                format_args!(
                    r#"<line class="grid" x1="0" x2="100%" y1="{y:.1}" y2="{y:.1}"/><text class="scale" x="-8" y="{:.1}" text-anchor="end">{label}</text>"#,
                    y + 4.0
                ),
            );
        }
        push(svg, format_args!(r#"<line class="axis" x1="0" x2="100%" y1="{bottom}" y2="{bottom}"/>"#));
    }

    /// Draws a column; `says` is its tooltip.
    pub fn column(&self, svg: &mut String, column: usize, number: u64, attributes: &str, says: &str) {
        let height = self.pixels(number).max(1.5);
        let (x, width) = self.place(column);
        let y = f64::from(self.bottom()) - height;
        push(
            svg,
            format_args!(
                r#"<rect {attributes} data-count="{number}" x="{x:.3}%" y="{y:.2}" width="{width:.3}%" height="{height:.2}"><title>{says}</title></rect>"#,
            ),
        );
    }

    /// Fills the area of a column from the upper edge to the lower edge.
    pub fn field(&self, svg: &mut String, column: usize, class: &str, says: &str) {
        let (x, width) = (self.x(column as f64), 100.0 / self.columns.max(MIN_COLUMNS) as f64);
        push(
            svg,
            format_args!(
                r#"<rect class="{class}" x="{x:.3}%" y="{}" width="{width:.3}%" height="{}"><title>{says}</title></rect>"#,
                self.top, self.height
            ),
        );
    }

    /// Draws a small mark below a column.
    pub fn tick(&self, svg: &mut String, column: usize, class: &str) {
        let (x, width) = self.place(column);
        push(
            svg,
            format_args!(
                r#"<rect class="{class}" x="{x:.3}%" y="{}" width="{width:.3}%" height="4"/>"#,
                self.bottom() + 2
            ),
        );
    }

    /// Draws a label below the columns at a position in percent; CSS hides those of some classes on narrow screens.
    pub fn label(&self, svg: &mut String, x: f64, below: u32, class: &str, label: &str) {
        let anchor = match x {
            ..8.0 => "start",
            92.0.. => "end",
            _ => "middle",
        };
        push(
            svg,
            format_args!(
                r#"<text class="{class}" x="{x:.3}%" y="{}" text-anchor="{anchor}">{label}</text>"#,
                self.bottom() + below
            ),
        );
    }

    fn place(&self, column: usize) -> (f64, f64) {
        let width = 100.0 / self.columns.max(MIN_COLUMNS) as f64;
        (self.x(column as f64) + width * 0.08, width * 0.84)
    }

    fn pixels(&self, number: u64) -> f64 {
        f64::from(self.height) * number as f64 / self.most.max(1) as f64
    }
}

/// Appends to a drawing.
pub fn push(svg: &mut String, piece: std::fmt::Arguments<'_>) {
    // Writing to a `String` never fails.
    let _ = svg.write_fmt(piece);
}

/// Returns a step of 1, 2 or 5 times a power of ten, of which at least two fit into `most`, if any do.
fn round_step(most: u64) -> u64 {
    let aim = (most / 2).max(1);
    let zeros = 10u64.pow(aim.ilog10());
    [5, 2, 1].into_iter().map(|digit| digit * zeros).find(|step| *step <= aim).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use crate::report::html::charts::columns::round_step;

    #[test]
    fn steps_are_round_and_two_to_four_of_them_fit() {
        for (most, step) in
            [(0, 1), (1, 1), (3, 1), (4, 2), (9, 2), (10, 5), (99, 20), (100, 50), (1_234, 500)]
        {
            assert_eq!(round_step(most), step, "up to {most}");
        }
    }
}
