//! The definition of a layout: which keys hold which field, and how values and text are read.

use std::collections::HashMap;
use std::fmt;

use foldhash::fast::RandomState;
use smallvec::SmallVec;

use crate::layout::recipe::Recipe;

/// Maximum number of keys that one field can have.
pub const MAX_KEYS_PER_FIELD: usize = 32;
/// Maximum length of a key in bytes.
pub const MAX_KEY_BYTES: usize = 1024;
/// The title's name for the first heading of the body.
pub const HEADING: &str = "#";

/// A field of the record that a layout takes from a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LayoutField {
    /// `id`; without a value the URL, then the path.
    Id,
    /// `title`
    Title,
    /// `url`
    Url,
    /// `publisher`
    Publisher,
    /// `category`
    Category,
    /// `byline`
    Byline,
    /// Time of publication.
    Published,
    /// Time of the crawl.
    Crawled,
    /// Content hash.
    Hash,
}

impl LayoutField {
    /// Every field with its name in a layout.
    pub const ALL: [(LayoutField, &str); 9] = [
        (LayoutField::Id, "id"),
        (LayoutField::Title, "title"),
        (LayoutField::Url, "url"),
        (LayoutField::Publisher, "publisher"),
        (LayoutField::Category, "category"),
        (LayoutField::Byline, "byline"),
        (LayoutField::Published, "published"),
        (LayoutField::Crawled, "crawled"),
        (LayoutField::Hash, "hash"),
    ];

    /// Returns the field's name in a layout.
    pub fn name(self) -> &'static str {
        LayoutField::ALL[self as usize].1
    }

    /// Returns the field with this name.
    pub fn from_name(name: &str) -> Option<LayoutField> {
        LayoutField::ALL.into_iter().find(|(_, known)| *known == name).map(|(field, _)| field)
    }

    /// Keys that a layout without an entry for the field takes it from.
    fn default_keys(self) -> &'static [&'static str] {
        match self {
            LayoutField::Title => &["title", HEADING],
            LayoutField::Url => &["url"],
            LayoutField::Category => &["category"],
            _ => &[],
        }
    }
}

/// Form of the values in the front matter.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum ValueForm {
    /// By a YAML writer.
    #[default]
    Yaml,
    /// By a template: a line for each key, taken as it stands.
    Lines,
}

impl ValueForm {
    /// Every form with its name in a layout.
    pub const ALL: [(ValueForm, &str); 2] = [(ValueForm::Yaml, "yaml"), (ValueForm::Lines, "lines")];

    /// Returns the form's name in a layout.
    pub fn name(self) -> &'static str {
        ValueForm::ALL[self as usize].1
    }
}

/// Form of the bylines.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum BylineForm {
    /// One person for each line, list item, or part between semicolons.
    #[default]
    Items,
    /// Korean bylines, as the built-in layout reads them.
    Korean,
}

impl BylineForm {
    /// Every form with its name in a layout.
    pub const ALL: [(BylineForm, &str); 2] = [(BylineForm::Items, "items"), (BylineForm::Korean, "korean")];

    /// Returns the form's name in a layout.
    pub fn name(self) -> &'static str {
        BylineForm::ALL[self as usize].1
    }
}

/// Place of a key among those of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KeyUse {
    pub field: LayoutField,
    /// Index among the keys of the field: the first present one is taken.
    pub rank: usize,
}

/// Layout of the files of one writer.
#[derive(Debug, Clone)]
pub struct Layout {
    keys: [Vec<String>; LayoutField::ALL.len()],
    uses: HashMap<String, SmallVec<[KeyUse; 1]>, RandomState>,
    /// Fields without which a file is rejected.
    pub required: Vec<LayoutField>,
    /// Form of the values.
    pub values: ValueForm,
    /// Form of the bylines.
    pub bylines: BylineForm,
    /// Zone of times that state none, in seconds ahead of UTC.
    pub zone: i64,
    /// Minimum number of hex digits of a truncated hash; `None` if no hash is truncated.
    pub digits: Option<usize>,
    /// Text, and what the hash covers.
    pub recipe: Recipe,
}

/// Error: keys cannot be those of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvalidKeys {
    /// There is none.
    Empty,
    /// There are more than [`MAX_KEYS_PER_FIELD`].
    TooMany,
    /// A key is empty.
    EmptyKey,
    /// A key has more than [`MAX_KEY_BYTES`] bytes.
    TooLong,
    /// A key occurs twice.
    Repeated(String),
    /// `#` is a key of a field other than the title.
    Heading,
}

impl fmt::Display for InvalidKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InvalidKeys::Empty => f.write_str("not a key or a list of keys: the list is empty"),
            InvalidKeys::TooMany => write!(f, "more than {MAX_KEYS_PER_FIELD} keys for one field"),
            InvalidKeys::EmptyKey => f.write_str("not a key: it is empty"),
            InvalidKeys::TooLong => write!(f, "not a key: it has more than {MAX_KEY_BYTES} bytes"),
            InvalidKeys::Repeated(key) => {
                write!(f, "the key {} stands here a second time", crate::text::escape::quote(key))
            }
            InvalidKeys::Heading => f.write_str("`#` is the body's first heading, which only `title` can be"),
        }
    }
}

impl std::error::Error for InvalidKeys {}

impl Default for Layout {
    fn default() -> Self {
        Layout::new(Recipe::default())
    }
}

impl Layout {
    /// Creates a layout with the default keys.
    pub fn new(recipe: Recipe) -> Self {
        let keys = LayoutField::ALL
            .map(|(field, _)| field.default_keys().iter().map(|key| (*key).to_owned()).collect());
        let mut layout = Layout {
            keys,
            uses: HashMap::default(),
            required: Vec::new(),
            values: ValueForm::default(),
            bylines: BylineForm::default(),
            zone: 0,
            digits: None,
            recipe,
        };
        layout.index();
        layout
    }

    /// Sets the keys of a field; the first present one is taken.
    ///
    /// # Errors
    /// See [`InvalidKeys`].
    pub fn set_keys(&mut self, field: LayoutField, keys: Vec<String>) -> Result<(), InvalidKeys> {
        if keys.is_empty() {
            return Err(InvalidKeys::Empty);
        }
        if keys.len() > MAX_KEYS_PER_FIELD {
            return Err(InvalidKeys::TooMany);
        }
        for (index, key) in keys.iter().enumerate() {
            if key.is_empty() {
                return Err(InvalidKeys::EmptyKey);
            }
            if key.len() > MAX_KEY_BYTES {
                return Err(InvalidKeys::TooLong);
            }
            if keys[..index].contains(key) {
                return Err(InvalidKeys::Repeated(key.clone()));
            }
            if key == HEADING && field != LayoutField::Title {
                return Err(InvalidKeys::Heading);
            }
        }
        self.keys[field as usize] = keys;
        self.index();
        Ok(())
    }

    /// Keys of a field, in the order in which they are looked for; empty if no key holds it.
    pub fn keys(&self, field: LayoutField) -> &[String] {
        &self.keys[field as usize]
    }

    /// Fields that a key can hold.
    pub(super) fn uses_of(&self, key: &str) -> &[KeyUse] {
        self.uses.get(key).map_or(&[], |uses| uses)
    }

    /// Rank of the first heading among the keys of the title.
    pub(super) fn heading_rank(&self) -> Option<usize> {
        self.keys(LayoutField::Title).iter().position(|key| key == HEADING)
    }

    fn index(&mut self) {
        self.uses.clear();
        for (field, _) in LayoutField::ALL {
            for (rank, key) in self.keys[field as usize].iter().enumerate().filter(|(_, key)| *key != HEADING)
            {
                self.uses.entry(key.clone()).or_default().push(KeyUse { field, rank });
            }
        }
    }
}

/// Parses the offset of a zone, such as `+09:00` or `Z`, to seconds ahead of UTC; `None` if it is none.
pub fn parse_zone(zone: &str) -> Option<i64> {
    if zone == "Z" {
        return Some(0);
    }
    let (sign, rest) = match zone.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':')?;
    let number = |text: &str, limit| {
        let is_valid = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<i64>().ok().filter(|number| is_valid && *number < limit)
    };
    Some(sign * (number(hours, 24)? * 60 + number(minutes, 60)?) * 60)
}
