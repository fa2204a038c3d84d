//! Histogram of text lengths on a log scale, with a line at each quantile.

use crate::report::html::charts::columns::{Band, push};
use crate::report::html::numbers::with_separators;
use crate::report::html::strings::Strings;

/// A label and the length to mark.
pub type Mark<'w> = (&'w str, usize);

/// Draws `steps`, each with its lower edge and number of texts.
pub fn draw(steps: &[(usize, u64)], marks: &[Mark<'_>], strings: &Strings) -> String {
    let most = steps.iter().map(|(_, count)| *count).max().unwrap_or_default();
    let band = Band { top: 66, height: 150, most, columns: steps.len() };
    let mut svg = format!(
        r#"<svg class="chart" id="histogram" height="246" role="img" aria-label="{}">"#,
        strings.chart_lengths
    );
    band.grid(&mut svg);
    for (column, (from, count)) in steps.iter().enumerate().filter(|(_, (_, count))| *count > 0) {
        let name = match steps.get(column + 1) {
            Some((next, _)) => {
                format!("{}–{}", with_separators(*from as u64), with_separators(*next as u64 - 1))
            }
            None => format!("{}–", with_separators(*from as u64)),
        };
        let attributes = format!(r#"class="texts" data-from="{from}""#);
        band.column(&mut svg, column, *count, &attributes, &format!("{name}: {}", with_separators(*count)));
    }
    for (row, (name, length)) in marks.iter().enumerate() {
        let x = band.x(column_of(steps, *length));
        let (anchor, dx) = if x > 50.0 { ("end", -5) } else { ("start", 5) };
        // The leftmost label is the lowest, so that no line crosses another label.
        let y = 12 + 17 * (marks.len() - 1 - row);
        push(
            &mut svg,
            format_args!(
                r#"<line class="mark" x1="{x:.3}%" x2="{x:.3}%" y1="{}" y2="{}"/><text class="mark" x="{x:.3}%" dx="{dx}" y="{y}" text-anchor="{anchor}">{name} {}</text>"#,
                y - 10,
                band.bottom(),
                with_separators(*length as u64)
            ),
        );
    }
    for (column, label) in labels(steps) {
        band.label(&mut svg, band.x(column as f64), 20, "tick", &with_separators(label as u64));
    }
    svg + "</svg>"
}

/// Position of a length among the columns, interpolated by its logarithm.
fn column_of(steps: &[(usize, u64)], length: usize) -> f64 {
    let column = steps.partition_point(|(from, _)| *from <= length).saturating_sub(1);
    let from = steps.get(column).map_or(1, |(from, _)| *from).max(1) as f64;
    let next = steps.get(column + 1).map_or(from * 1.25, |(next, _)| *next as f64);
    column as f64 + (length.max(1) as f64 / from).ln() / (next / from).ln().max(f64::EPSILON)
}

/// Edges to label: the powers of ten, or both ends if there are fewer than two.
fn labels(steps: &[(usize, u64)]) -> Vec<(usize, usize)> {
    let edges = steps.iter().map(|(from, _)| *from).enumerate();
    let powers: Vec<_> =
        edges.clone().filter(|(_, from)| *from > 0 && 10usize.pow(from.ilog10()) == *from).collect();
    match powers.len() {
        2.. => powers,
        _ => edges.clone().take(1).chain(edges.skip(1).last()).collect(),
    }
}
