//! Compares heading, bold line and footer with the front matter.

use std::borrow::Cow;

use crate::crawl::body::frame;
use crate::crawl::body::frame::{Frame, Located};
use crate::crawl::body::layout::BodyLayout;
use crate::crawl::collector::FindingCollector;
use crate::crawl::escaping::Escaping;
use crate::crawl::fields::is_blank;
use crate::crawl::front_matter::{Field, FrontMatter};
use crate::crawl::template::FrameValues;
use crate::findings::rule::Rule;
use crate::record::datetime::{Published, UtcTime};
use crate::text::escape::quote;

/// A frame, and the front matter that it is compared with.
pub struct FrameChecker<'f, 'a> {
    /// The front matter, not decoded.
    pub front_matter: &'f FrontMatter<'a>,
    pub body: &'f str,
    /// Byte offset of the body in the source.
    pub body_offset: usize,
    /// Layout of the body.
    pub layout: &'f BodyLayout,
    /// Escaping of the fields.
    pub escaping: Escaping,
}

impl FrameChecker<'_, '_> {
    /// Reports the differences between the frame and the front matter.
    ///
    /// A byte-for-byte match with the template is accepted without parsing Markdown.
    pub fn check(&self, report: &mut FindingCollector<'_>) {
        let values = self.front_matter.frame_values();
        let category = self.header_category_if_verbatim(&values);
        let is_footer_verbatim = self.is_footer_verbatim(&values);
        if let Some(category) = category {
            self.check_category(category, report);
        }
        if category.is_some() && is_footer_verbatim {
            return;
        }
        let frame = frame::read(self.body, self.layout);
        if category.is_none() {
            self.check_header(&frame, report);
        }
        if !is_footer_verbatim {
            self.check_footer(&frame, report);
        }
    }

    fn check_header(&self, frame: &Frame<'_>, report: &mut FindingCollector<'_>) {
        let place = |part: Option<Located<'_>>| self.body_offset + part.map_or(0, |part| part.at);
        match frame.heading {
            // The finding about the title says all there is.
            _ if self.is_missing(Field::Title, report) => {}
            None => report.add(Rule::HeadingDiffers, self.body_offset, "the body has no heading"),
            Some(heading) if !self.matches_field(heading, Field::Title) => {
                let message = format_args!(
                    "the heading is {}, the title {}",
                    self.show(heading),
                    self.value(Field::Title)
                );
                report.add_over(Rule::HeadingDiffers, place(frame.heading), heading.text.len(), message);
            }
            Some(_) => {}
        }
        let Some(publisher) = frame.publisher else {
            report.add(
                Rule::HeaderDiffers,
                self.body_offset,
                "the body has no bold line with publisher and date",
            );
            return;
        };
        if !self.matches_field(publisher, Field::Publisher) {
            let value = self.value(Field::Publisher);
            let message = format_args!(
                "the bold line's publisher is {}, the front matter's {value}",
                self.show(publisher)
            );
            report.add_over(Rule::HeaderDiffers, place(frame.publisher), publisher.text.len(), message);
        }
        let date = frame.published_at.unwrap_or(publisher);
        if !self.matches_field(date, Field::PublishedAt)
            && !self.matches_parsed::<Published>(date, Field::PublishedAt)
        {
            let value = self.value(Field::PublishedAt);
            let message =
                format_args!("the bold line's date is {}, the front matter's {value}", self.show(date));
            report.add_over(Rule::HeaderDiffers, place(Some(date)), date.text.len(), message);
        }
        self.check_category(
            frame.category.unwrap_or(Located { text: "", at: date.at + date.text.len() }),
            report,
        );
    }

    fn check_category(&self, category: Located<'_>, report: &mut FindingCollector<'_>) {
        if report.levels.is_on(Rule::CategoryDiffers) && !self.matches_field(category, Field::Category) {
            let value = self.value(Field::Category);
            let message = format_args!(
                "the bold line's category is {}, the front matter's {value}",
                self.show(category)
            );
            let at = self.body_offset + category.at;
            report.add_over(Rule::CategoryDiffers, at, category.text.len(), message);
        }
    }

    fn check_footer(&self, frame: &Frame<'_>, report: &mut FindingCollector<'_>) {
        let footer_at = self.body_offset + self.layout.footer.start;
        let (Some(crawled_at), Some(url)) = (frame.crawled_at, frame.url) else {
            let lack = match (frame.crawled_at, frame.url) {
                (None, None) => "the body ends without a footer; the file looks cut off here",
                (None, _) => "the footer names no crawl time",
                (_, _) => "the footer links no source; the file looks cut off after it",
            };
            report.add(Rule::FooterDiffers, footer_at, lack);
            return;
        };
        if !self.is_missing(Field::CrawledAt, report)
            && !self.matches_field(crawled_at, Field::CrawledAt)
            && !self.matches_parsed::<UtcTime>(crawled_at, Field::CrawledAt)
        {
            let value = self.value(Field::CrawledAt);
            let message = format_args!(
                "the footer's crawl time is {}, the front matter's {value}",
                self.show(crawled_at)
            );
            let at = self.body_offset + crawled_at.at;
            report.add_over(Rule::FooterDiffers, at, crawled_at.text.len(), message);
        }
        if !self.is_missing(Field::Url, report) && !self.matches_field(url, Field::Url) {
            let value = self.value(Field::Url);
            let message = format_args!("the footer's URL is {}, the front matter's {value}", self.show(url));
            report.add_over(Rule::FooterDiffers, self.body_offset + url.at, url.text.len(), message);
        }
    }

    /// Returns whether a finding says that the front matter lacks `field`, so that a difference follows from it.
    fn is_missing(&self, field: Field, report: &FindingCollector<'_>) -> bool {
        report.levels.is_on(Rule::MissingField) && is_blank(&self.front_matter.text(field))
    }

    fn matches_field(&self, part: Located<'_>, field: Field) -> bool {
        let value = self.front_matter.text(field);
        part.text == value.trim()
            || self.decoded(part.text).split_whitespace().eq(self.decoded(&value).split_whitespace())
    }

    fn matches_parsed<T: std::str::FromStr + PartialEq>(&self, part: Located<'_>, field: Field) -> bool {
        let value = self.front_matter.text(field).parse::<T>();
        part.text.parse::<T>().is_ok_and(|value_of| value.is_ok_and(|value| value == value_of))
    }

    fn decoded<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.escaping.decode(Cow::Borrowed(text))
    }

    fn show(&self, part: Located<'_>) -> String {
        quote(&self.decoded(part.text)).to_string()
    }

    fn value(&self, field: Field) -> String {
        quote(&self.decoded(&self.front_matter.text(field))).to_string()
    }

    /// Returns the bold line's category, if heading and bold line match the template byte for byte up to it.
    fn header_category_if_verbatim(&self, values: &FrameValues<Cow<'_, str>>) -> Option<Located<'_>> {
        let header = self.body[self.layout.header.clone()].trim_start_matches('\n');
        let category = values.strip_header(header)?;
        let at = self.layout.header.end - category.len();
        let category = category.trim_end_matches('\n');
        (!category.contains('\n')).then_some(Located { text: category, at })
    }

    /// Returns whether the footer matches the template byte for byte.
    fn is_footer_verbatim(&self, values: &FrameValues<Cow<'_, str>>) -> bool {
        let footer = self.body[self.layout.footer.clone()].trim_start_matches('\n');
        values.strip_footer(footer).is_some_and(|rest| rest.trim_end_matches('\n').is_empty())
    }
}
