//! The keys of the record: their order, their names and the kind of each value.
//!
//! Every format of records follows [`Key::ALL`] and matches on [`KeyValue`] or [`KeyKind`] without a wildcard. A field that
//! [`Article`] has and this list lacks does not compile.

use std::borrow::Cow;

use crate::record::article::{Article, Author};
use crate::record::datetime::{CalendarDate, KoreanTime, UtcTime};

/// Declares the keys from the fields of [`Article`], in the order of the record, with the kind of each.
macro_rules! keys {
    ($($key:ident = $field:ident: $kind:ident,)*) => {
        /// A key of the record.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Key {
            $(#[doc = concat!("`", stringify!($field), "`")] $key,)*
        }

        impl Key {
            /// Every key, in the order of the record.
            pub const ALL: &[Key] = &[$(Key::$key),*];

            /// Name of the key in every format.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Key::$key => stringify!($field),)*
                }
            }

            /// The name as the key of a JSON object, quoted and followed by a colon.
            pub(crate) const fn json_key(self) -> &'static str {
                match self {
                    $(Key::$key => concat!("\"", stringify!($field), "\":"),)*
                }
            }

            /// Kind of the key's values.
            pub const fn kind(self) -> KeyKind {
                match self {
                    $(Key::$key => KeyKind::$kind,)*
                }
            }
        }

        impl Article<'_> {
            /// Returns the value of a key.
            #[inline]
            pub fn value(&self, key: Key) -> KeyValue<'_> {
                let Article { $($field),* } = self;
                match key {
                    $(Key::$key => KeyValue::$kind($field),)*
                }
            }

            /// Passes every key with its value to `visitor`, in the order of the record.
            ///
            /// Unlike a loop over [`Key::ALL`], this is compiled for each key by itself.
            pub(crate) fn visit(&self, visitor: &mut impl VisitKey) {
                let Article { $($field),* } = self;
                $(visitor.visit(Key::$key, KeyValue::$kind($field));)*
            }
        }
    };
}

keys! {
    Id = id: Text,
    Oid = oid: Text,
    Aid = aid: Text,
    Title = title: Text,
    Text = text: Text,
    Publisher = publisher: Text,
    Category = category: Text,
    Byline = byline: Text,
    Authors = authors: Authors,
    PublishedOn = published_on: Date,
    PublishedAt = published_at: KoreanTime,
    CrawledAt = crawled_at: UtcTime,
    Url = url: Text,
    ContentHash = content_hash: Text,
    Verified = verified: Bool,
    CommentCount = comment_count: Count,
    Extra = extra: Extra,
    Path = path: Text,
}

/// Receiver of the keys of an article.
pub(crate) trait VisitKey {
    /// Receives a key with its value.
    fn visit(&mut self, key: Key, value: KeyValue<'_>);
}

/// Declares the kinds of values and the values themselves.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident($value:ty),)*) => {
        /// Kind of the values of a key.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum KeyKind {
            $($(#[$doc])* $kind,)*
        }

        /// Value of a key in one article.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum KeyValue<'a> {
            $($(#[$doc])* $kind(&'a $value),)*
        }
    };
}

kinds! {
    /// A string, never null.
    Text(str),
    /// The persons of the byline.
    Authors([Author<'a>]),
    /// A Korean calendar date.
    Date(Option<CalendarDate>),
    /// A time with the offset of Korea.
    KoreanTime(Option<KoreanTime>),
    /// A time in UTC.
    UtcTime(Option<UtcTime>),
    /// True or false.
    Bool(bool),
    /// A number of things.
    Count(u64),
    /// Front matter keys and their values.
    Extra([(Cow<'a, str>, Cow<'a, str>)]),
}
