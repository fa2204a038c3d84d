//! Divides a span of days into as many days, weeks, months or years as fit into a drawing.

use crate::record::datetime::CalendarDate;

/// Unit of the time axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Day,
    /// Monday to Sunday.
    Week,
    Month,
    /// Number of calendar years.
    Years(i16),
}

/// Consecutive days, in days since 1970-01-01; both ends are included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaySpan {
    /// First day.
    pub first: i32,
    /// Last day.
    pub last: i32,
}

impl DaySpan {
    /// Number of days.
    pub fn days(self) -> u64 {
        (i64::from(self.last) - i64::from(self.first) + 1).max(0) as u64
    }

    /// Divides the span into whole units: the finest of which at most `most` are needed.
    pub fn divided(self, most: u64) -> (Unit, Vec<DaySpan>) {
        let years = (self.days() / 365 + 1).div_ceil(most.saturating_sub(2).max(1)) as i16;
        let unit = match self.days() {
            days if days <= most => Unit::Day,
            days if days / 7 + 2 <= most => Unit::Week,
            days if days / 28 + 2 <= most => Unit::Month,
            _ => Unit::Years(years),
        };
        let mut spans = Vec::new();
        let mut first = unit.first(self.first);
        while first <= self.last {
            let next = unit.next(first);
            spans.push(DaySpan { first, last: next - 1 });
            first = next;
        }
        (unit, spans)
    }
}

impl Unit {
    /// Returns the first day of the unit that contains `day`.
    fn first(self, day: i32) -> i32 {
        let (year, month, _) = year_month_day(day);
        match self {
            Unit::Day => day,
            // 1970-01-01 was a Thursday.
            Unit::Week => day - (day + 3).rem_euclid(7),
            Unit::Month => day_of(year, month),
            Unit::Years(years) => day_of(year - (year - 1).rem_euclid(years), 1),
        }
    }

    /// Returns the first day of the next unit.
    fn next(self, first: i32) -> i32 {
        let (year, month, _) = year_month_day(first);
        match self {
            Unit::Day => first + 1,
            Unit::Week => first + 7,
            Unit::Month if month == 12 => day_of(year + 1, 1),
            Unit::Month => day_of(year, month + 1),
            Unit::Years(years) => day_of(year + years, 1),
        }
    }
}

/// Formats a day; `–` outside the years 1 to 9999.
pub fn date(day: i32) -> String {
    CalendarDate::of_days(day).map_or_else(|| "–".to_owned(), |date| date.to_string())
}

/// Formats as `2024-09-01`, `2024-09` or `2024`, depending on the unit.
pub fn name(first: i32, unit: Unit) -> String {
    let mut name = date(first);
    name.truncate(match unit {
        Unit::Day | Unit::Week => 10,
        Unit::Month => 7,
        Unit::Years(_) => 4,
    });
    name
}

fn year_month_day(day: i32) -> (i16, i8, i8) {
    CalendarDate::of_days(day).map_or((1970, 1, 1), CalendarDate::year_month_day)
}

/// Returns the first day of a month; `i32::MAX` after the year 9999.
fn day_of(year: i16, month: i8) -> i32 {
    let date = format!("{year:04}-{month:02}-01").parse::<crate::record::datetime::Published>();
    date.map_or(i32::MAX, |date| date.on.days_since_epoch())
}

#[cfg(test)]
mod tests {
    use crate::record::datetime::Published;
    use crate::report::html::time_axis::{DaySpan, Unit, date};

    fn day(text: &str) -> i32 {
        text.parse::<Published>().unwrap().on.days_since_epoch()
    }

    #[track_caller]
    fn divided(first: &str, last: &str, most: u64, unit: Unit, expected: &[&str]) {
        let (found, spans) = DaySpan { first: day(first), last: day(last) }.divided(most);
        assert_eq!(found, unit);
        assert_eq!(spans.iter().map(|span| date(span.first)).collect::<Vec<_>>(), expected);
        assert!(spans.windows(2).all(|pair| pair[0].last + 1 == pair[1].first));
    }

    #[test]
    fn days_become_weeks_months_and_years() {
        divided("2024-09-01", "2024-09-03", 5, Unit::Day, &["2024-09-01", "2024-09-02", "2024-09-03"]);
        // `cal` says that 2024-09-01 was a Sunday.
        let weeks = ["2024-08-26", "2024-09-02", "2024-09-09"];
        divided("2024-09-01", "2024-09-10", 5, Unit::Week, &weeks);
        divided("2023-12-31", "2024-02-01", 5, Unit::Month, &["2023-12-01", "2024-01-01", "2024-02-01"]);
        divided("2019-05-05", "2021-01-01", 5, Unit::Years(1), &["2019-01-01", "2020-01-01", "2021-01-01"]);
        divided("0001-01-01", "9999-12-31", 3, Unit::Years(10_006), &["0001-01-01"]);
        assert_eq!(date(i32::MAX), "–");
    }
}
