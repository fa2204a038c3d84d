//! Compares heading, bold line and footer with the front matter.

use std::borrow::Cow;

use crate::crawl::body::frame;
use crate::crawl::body::frame::{Frame, Located};
use crate::crawl::body::layout::BodyLayout;
use crate::crawl::collector::FindingCollector;
use crate::crawl::escaping::Escaping;
use crate::crawl::front_matter::{Field, FrontMatter};
use crate::findings::rule::Rule;
use crate::record::datetime::{Published, UtcTime};
use crate::text::escape::quote;

/// A frame, and the front matter that it is compared with.
pub struct FrameChecker<'f, 'a> {
    /// The front matter, not decoded.
    pub front_matter: &'f FrontMatter<'a>,
    pub body: &'f str,
    /// Byte offset of the body in the source.
    pub body_at: usize,
    /// Layout of the body.
    pub cut: &'f BodyLayout,
    /// Escaping of the fields.
    pub escaping: Escaping,
}

impl FrameChecker<'_, '_> {
    /// Reports the differences between the frame and the front matter.
    ///
    /// A byte-for-byte match with the template is accepted without parsing Markdown.
    pub fn check(&self, report: &mut FindingCollector<'_>) {
        let printed_category = self.category_if_header_is_printed();
        let footer_is_printed = self.footer_is_printed();
        if let Some(category) = printed_category {
            self.check_category(category, report);
        }
        if printed_category.is_some() && footer_is_printed {
            return;
        }
        let frame = frame::read(self.body, self.cut);
        if printed_category.is_none() {
            self.check_header(&frame, report);
        }
        if !footer_is_printed {
            self.check_footer(&frame, report);
        }
    }

    fn check_header(&self, frame: &Frame<'_>, report: &mut FindingCollector<'_>) {
        let place = |part: Option<Located<'_>>| self.body_at + part.map_or(0, |part| part.at);
        match frame.heading {
            None => report.add(Rule::HeadingDiffers, self.body_at, "the body has no heading"),
            Some(heading) if !self.says_the_same(heading, Field::Title) => {
                let message = format_args!(
                    "the heading is {}, the title {}",
                    self.show(heading),
                    self.value(Field::Title)
                );
                report.add(Rule::HeadingDiffers, place(frame.heading), message);
            }
            Some(_) => {}
        }
        let Some(publisher) = frame.publisher else {
            report.add(
                Rule::HeaderDiffers,
                self.body_at,
                "the body has no bold line with publisher and date",
            );
            return;
        };
        if !self.says_the_same(publisher, Field::Publisher) {
            let value = self.value(Field::Publisher);
            let message = format_args!(
                "the bold line's publisher is {}, the front matter's {value}",
                self.show(publisher)
            );
            report.add(Rule::HeaderDiffers, place(frame.publisher), message);
        }
        let date = frame.published_at.unwrap_or(publisher);
        if !self.says_the_same(date, Field::PublishedAt)
            && !self.is_the_same::<Published>(date, Field::PublishedAt)
        {
            let value = self.value(Field::PublishedAt);
            let message =
                format_args!("the bold line's date is {}, the front matter's {value}", self.show(date));
            report.add(Rule::HeaderDiffers, place(Some(date)), message);
        }
        self.check_category(
            frame.category.unwrap_or(Located { text: "", at: date.at + date.text.len() }),
            report,
        );
    }

    fn check_category(&self, category: Located<'_>, report: &mut FindingCollector<'_>) {
        if report.levels.is_on(Rule::CategoryDiffers) && !self.says_the_same(category, Field::Category) {
            let value = self.value(Field::Category);
            let message = format_args!(
                "the bold line's category is {}, the front matter's {value}",
                self.show(category)
            );
            report.add(Rule::CategoryDiffers, self.body_at + category.at, message);
        }
    }

    fn check_footer(&self, frame: &Frame<'_>, report: &mut FindingCollector<'_>) {
        let footer_at = self.body_at + self.cut.footer.start;
        let (Some(crawled_at), Some(url)) = (frame.crawled_at, frame.url) else {
            let lack = match (frame.crawled_at, frame.url) {
                (None, None) => "the body ends without a footer",
                (None, _) => "the footer names no crawl time",
                (_, _) => "the footer links no source",
            };
            report.add(Rule::FooterDiffers, footer_at, lack);
            return;
        };
        if !self.says_the_same(crawled_at, Field::CrawledAt)
            && !self.is_the_same::<UtcTime>(crawled_at, Field::CrawledAt)
        {
            let value = self.value(Field::CrawledAt);
            let message = format_args!(
                "the footer's crawl time is {}, the front matter's {value}",
                self.show(crawled_at)
            );
            report.add(Rule::FooterDiffers, self.body_at + crawled_at.at, message);
        }
        if !self.says_the_same(url, Field::Url) {
            let value = self.value(Field::Url);
            let message = format_args!("the footer's URL is {}, the front matter's {value}", self.show(url));
            report.add(Rule::FooterDiffers, self.body_at + url.at, message);
        }
    }

    fn says_the_same(&self, part: Located<'_>, field: Field) -> bool {
        let value = self.front_matter.text(field);
        part.text == value.trim()
            || self.decoded(part.text).split_whitespace().eq(self.decoded(&value).split_whitespace())
    }

    fn is_the_same<T: std::str::FromStr + PartialEq>(&self, part: Located<'_>, field: Field) -> bool {
        let value = self.front_matter.text(field).parse::<T>();
        part.text.parse::<T>().is_ok_and(|said| value.is_ok_and(|value| value == said))
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
    fn category_if_header_is_printed(&self) -> Option<Located<'_>> {
        let said = |field| self.front_matter.text(field);
        let header = self.body[self.cut.header.clone()].trim_start_matches('\n');
        let behind_publisher =
            after(header, &["# ", &said(Field::Title), "\n\n**", &said(Field::Publisher), "** | "])?;
        let category = after(behind_publisher, &[&said(Field::PublishedAt), " | "])?;
        let at = self.cut.header.end - category.len();
        let category = category.trim_end_matches('\n');
        (!category.contains('\n')).then_some(Located { text: category, at })
    }

    /// Returns whether the footer matches the template byte for byte.
    fn footer_is_printed(&self) -> bool {
        let said = |field| self.front_matter.text(field);
        let footer = self.body[self.cut.footer.clone()].trim_start_matches('\n');
        let link = [&said(Field::CrawledAt), "*\n*Source: [원문 보기](", &said(Field::Url), ")*"];
        let behind_link = after(footer, &["*Crawled at: "]).and_then(|rest| after(rest, &link));
        behind_link.is_some_and(|rest| rest.trim_end_matches('\n').is_empty())
    }
}

fn after<'t>(text: &'t str, parts: &[&str]) -> Option<&'t str> {
    parts.iter().try_fold(text, |text, part| text.strip_prefix(part))
}
