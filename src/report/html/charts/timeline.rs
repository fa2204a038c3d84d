//! Chart of articles over time: publications above, crawls below, on one axis.

use crate::report::html::charts::columns::{Band, push};
use crate::report::html::numbers::with_separators;
use crate::report::html::strings::Strings;
use crate::report::html::time_axis;
use crate::report::html::time_axis::{DaySpan, Unit};

/// Counts of one unit of time.
#[derive(Debug, Clone, Copy)]
pub struct Bin {
    pub span: DaySpan,
    /// Articles published in the span.
    pub published: u64,
    /// Articles crawled in the span.
    pub crawled: u64,
    /// Days of the span that are between the first and the last publication, both included.
    pub observed_days: u64,
    /// Watched days without an article.
    pub empty_days: u64,
    /// Marks a bin with far more empty days than the average.
    pub is_gap: bool,
}

/// Draws the chart.
pub fn draw(bins: &[Bin], unit: Unit, strings: &Strings) -> String {
    let most = |count: fn(&Bin) -> u64| bins.iter().map(count).max().unwrap_or_default();
    let columns = bins.len();
    let published = Band { top: 22, height: 170, most: most(|bin| bin.published), columns };
    let crawled = Band { top: 244, height: 64, most: most(|bin| bin.crawled), columns };
    let mut svg = format!(
        r#"<svg class="chart" id="timeline" height="340" role="img" aria-label="{}">"#,
        strings.chart_days
    );
    for (column, bin) in bins.iter().enumerate().filter(|(_, bin)| bin.is_gap) {
        if unit == Unit::Day {
            published.field(&mut svg, column, "gap", &format!("{}: 0", time_axis::date(bin.span.first)));
        }
        published.tick(&mut svg, column, "gap-tick");
    }
    for (band, class, label) in
        [(&published, "published", strings.published), (&crawled, "crawled", strings.crawled)]
    {
        band.grid(&mut svg);
        push(
            &mut svg,
            format_args!(
                r#"<text class="band" x="100%" y="{}" text-anchor="end">{label}</text>"#,
                band.top - 9
            ),
        );
        for (column, bin) in bins.iter().enumerate() {
            let number = if class == "published" { bin.published } else { bin.crawled };
            if number == 0 {
                continue;
            }
            let [from, to] = [bin.span.first, bin.span.last].map(time_axis::date);
            let name = if unit == Unit::Day { from.clone() } else { format!("{from} – {to}") };
            let attributes = format!(r#"class="{class}" data-from="{from}" data-to="{to}""#);
            band.column(
                &mut svg,
                column,
                number,
                &attributes,
                &format!("{name}: {}", with_separators(number)),
            );
        }
    }
    for (column, class) in labels(columns) {
        let name = time_axis::name(bins[column].span.first, unit);
        crawled.label(&mut svg, crawled.x(column as f64 + 0.5), 20, class, &name);
    }
    svg + "</svg>"
}

/// Columns to label: both ends and the middle, and with enough room the quarters.
fn labels(columns: usize) -> Vec<(usize, &'static str)> {
    let last = columns.saturating_sub(1);
    let places = [
        (0, "tick"),
        (last / 4, "tick wide"),
        (last / 2, "tick"),
        (last * 3 / 4, "tick wide"),
        (last, "tick"),
    ];
    let mut labels: Vec<(usize, &str)> = match columns {
        0 => Vec::new(),
        1..=4 => vec![(0, "tick")],
        5..=14 => vec![(0, "tick"), (last, "tick")],
        _ => places.into(),
    };
    labels.dedup_by_key(|(column, _)| *column);
    labels
}
