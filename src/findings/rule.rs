//! Rules and their levels.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

/// Severity of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The rule is not checked.
    Off,
    /// Reported; the file still yields a record.
    Warning,
    /// Reported; the file yields no record.
    Error,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Level::Off => "off",
            Level::Warning => "warning",
            Level::Error => "error",
        })
    }
}

/// The levels that a finding can have: a rule that is off has no findings.
impl JsonSchema for Level {
    fn schema_name() -> Cow<'static, str> {
        "Level".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": [Level::Warning.to_string(), Level::Error.to_string()] })
    }
}

/// Declares the rules. An entry has the variant, the code, the default level, `configurable` or `fixed`, and the
/// condition under which the rule is broken, in English and in Korean. The rule's page is `rules/CODE.md`.
macro_rules! rules {
    ($($variant:ident $code:literal $level:ident $configurable:ident $english:literal $korean:literal,)*) => {
        /// A rule for crawl files. The codes are public and stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = $english] $variant,)*
        }

        impl Rule {
            /// Every rule, in the order of the documentation.
            pub const ALL: &[Rule] = &[$(Rule::$variant,)*];

            /// Public name, such as `hash-mismatch`.
            pub const fn code(self) -> &'static str {
                match self { $(Rule::$variant => $code,)* }
            }

            /// Level unless the user sets another.
            pub const fn default_level(self) -> Level {
                match self { $(Rule::$variant => Level::$level,)* }
            }

            /// Returns `true` if a file that breaks the rule can still yield a record, so that the level can be
            /// lowered.
            pub const fn is_configurable(self) -> bool {
                match self { $(Rule::$variant => rules!(@$configurable),)* }
            }

            /// Condition under which the rule is broken, as a fragment of a sentence.
            pub const fn summary(self) -> &'static str {
                match self { $(Rule::$variant => $english,)* }
            }

            /// The [`summary`](Rule::summary) in Korean.
            pub const fn korean_summary(self) -> &'static str {
                match self { $(Rule::$variant => $korean,)* }
            }

            /// Page of the rule, in Markdown.
            pub(super) const fn page(self) -> &'static str {
                match self { $(Rule::$variant => include_str!(concat!("rules/", $code, ".md")),)* }
            }
        }
    };
    (@fixed) => { false };
    (@configurable) => { true };
}

rules! {
    Unreadable "unreadable" Error fixed
        "the file or member could not be read"
        "파일을 읽을 수 없음",
    TooLarge "too-large" Error fixed
        "the file is over `--max-file-size`"
        "파일이 `--max-file-size`보다 큼",
    EmptyFile "empty-file" Error fixed
        "the file holds nothing but white space or NUL"
        "파일에 공백이나 NUL밖에 없음",
    NotUtf8 "not-utf8" Error fixed
        "the file is not valid UTF-8"
        "올바른 UTF-8이 아님",
    NoFrontMatter "no-front-matter" Error fixed
        "the first line is not `---`"
        "첫 줄이 `---`이 아님",
    UnclosedFrontMatter "unclosed-front-matter" Error fixed
        "the front matter has no closing `---`"
        "머리말을 닫는 `---`이 없음",
    FrontMatterTooLarge "front-matter-too-large" Error configurable
        "the front matter is over 64 KiB, or only YAML could read it and it nests deeper than 32 or holds an alias"
        "머리말이 64 KiB를 넘거나, YAML로만 읽을 수 있는데 32단계보다 깊거나 별칭이 있음",
    InvalidFrontMatter "invalid-front-matter" Error fixed
        "neither reading makes sense of the front matter"
        "머리말을 어느 방식으로도 읽을 수 없음",
    DuplicateKey "duplicate-key" Error configurable
        "a front matter key occurs twice"
        "머리말에 같은 키가 두 번 나옴",
    MissingField "missing-field" Error configurable
        "`id`, `oid`, `aid`, `title`, `url` or `crawled_at` is absent, empty or blank"
        "`id`, `oid`, `aid`, `title`, `url`, `crawled_at` 가운데 없거나 비었거나 공백뿐인 것이 있음",
    InvalidField "invalid-field" Error configurable
        "a value is not of its field's type: a date, an id's digits, a URL"
        "값이 필드의 형식에 맞지 않음: 날짜, ID 숫자, URL",
    IdentityConflict "identity-conflict" Error configurable
        "`id` is not `oid_aid`, or the URL names another pair"
        "`id`가 `oid_aid`가 아니거나 URL이 다른 기사를 가리킴",
    NoContent "no-content" Error fixed
        "the body has no pair of rules for the text to stand between"
        "본문을 둘러쌀 한 쌍의 구분선이 없음",
    HashMissing "hash-missing" Error configurable
        "`content_hash` is absent or empty"
        "`content_hash`가 없거나 비어 있음",
    HashMalformed "hash-malformed" Error configurable
        "`content_hash` is not 64 hex digits"
        "`content_hash`가 16진수 64자리가 아님",
    HashMismatch "hash-mismatch" Error configurable
        "no reading of the body has the stated hash"
        "어떤 방식으로 읽어도 적힌 해시와 다름",
    Internal "internal" Error fixed
        "a bug of this program, contained to one file"
        "이 프로그램의 버그(그 파일에만 영향)",
    IdConflict "id-conflict" Error configurable
        "an earlier file of this run has the same id and another hash"
        "앞선 파일과 ID는 같고 해시는 다름",
    Duplicate "duplicate" Warning configurable
        "an earlier file of this run has the same id and the same hash"
        "앞선 파일과 ID도 해시도 같음",
    HeadingDiffers "heading-differs" Warning configurable
        "the body's heading is not the title"
        "본문의 제목 줄이 제목과 다름",
    HeaderDiffers "header-differs" Warning configurable
        "the bold line's publisher or date is not the front matter's"
        "굵은 줄의 언론사나 날짜가 머리말과 다름",
    FooterDiffers "footer-differs" Warning configurable
        "the footer's crawl time or URL is not the front matter's, or there is no footer"
        "꼬리말의 수집 시각이나 URL이 머리말과 다르거나 꼬리말이 없음",
    CategoryDiffers "category-differs" Off configurable
        "the bold line's category is not the front matter's"
        "굵은 줄의 분류가 머리말과 다름",
    YamlDiffers "yaml-differs" Warning configurable
        "YAML reads a known field otherwise"
        "YAML로 읽으면 아는 필드의 값이 달라짐",
    NotYaml "not-yaml" Off configurable
        "a strict YAML parser would reject the front matter"
        "엄격한 YAML 파서라면 머리말을 거부함",
    LineEndings "line-endings" Warning configurable
        "CR LF was read as LF"
        "CR LF를 LF로 읽음",
    ByteOrderMark "byte-order-mark" Warning configurable
        "a byte order mark was dropped"
        "바이트 순서 표식을 버림",
    EmptyText "empty-text" Warning configurable
        "the text is empty"
        "본문이 비어 있음",
    ControlCharacter "control-character" Warning configurable
        "a field holds a control character or a bidi control"
        "필드에 제어 문자나 양방향 제어 문자가 있음",
    ReplacementCharacter "replacement-character" Off configurable
        "the text holds U+FFFD"
        "본문에 U+FFFD가 있음",
    UnknownField "unknown-field" Off configurable
        "a front matter key is not known"
        "머리말에 모르는 키가 있음",
    KeyOrder "key-order" Warning configurable
        "a known key is out of the template's order, among others that are in it"
        "아는 키 하나가 템플릿의 순서에서 벗어남",
    PersonalEmail "personal-email" Off configurable
        "an e-mail address stands in the file"
        "이메일 주소가 있음",
    PersonalPhone "personal-phone" Off configurable
        "a telephone number stands in the file"
        "전화번호가 있음",
    PersonalRrn "personal-rrn" Off configurable
        "a resident or foreigner registration number stands in the file"
        "주민등록번호나 외국인등록번호가 있음",
    PersonalCard "personal-card" Off configurable
        "a number of a payment card stands in the file"
        "카드 번호가 있음",
    PersonalAccount "personal-account" Off configurable
        "a bank account stands in the file, near a word that names it"
        "계좌 번호가 있음(가리키는 낱말 가까이)",
    PersonalPassport "personal-passport" Off configurable
        "a passport number stands in the file, after a word that names it"
        "여권 번호가 있음(가리키는 낱말 뒤)",
    PersonalPlate "personal-plate" Off configurable
        "a licence plate stands in the file, near a word that names a vehicle"
        "차량 번호가 있음(차를 가리키는 낱말 가까이)",
    StaleArchive "stale-archive" Error configurable
        "the newest article is older than `[expect]` allows"
        "가장 새로운 기사가 `[expect]`의 기한보다 오래됨",
    MissingDay "missing-day" Error configurable
        "a day of the archive has no article"
        "기사가 하나도 없는 날이 있음",
    DayCount "day-count" Error configurable
        "the number of articles of a day is outside its range"
        "하루의 기사 수가 범위를 벗어남",
    FallingCount "falling-count" Error configurable
        "a publisher's day has far fewer articles than its weekday usually has"
        "언론사의 하루 기사 수가 같은 요일의 평소보다 크게 적음",
    MissingPublisher "missing-publisher" Error configurable
        "an expected publisher has no article"
        "있어야 할 언론사의 기사가 하나도 없음",
    ShareLimit "share-limit" Error configurable
        "a share of the articles, such as the verified ones, is outside its limit"
        "검증된 기사 등의 비율이 한도를 벗어남",
}

impl Rule {
    /// The codes of all rules.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        Rule::ALL.iter().map(|rule| rule.code())
    }

    /// Returns whether the rule looks for personal data, which no message or snippet may repeat whole.
    pub fn is_about_personal_data(self) -> bool {
        self.code().starts_with("personal-")
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

impl JsonSchema for Rule {
    fn schema_name() -> Cow<'static, str> {
        "Rule".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let codes: Vec<&str> = Rule::ALL.iter().map(|rule| rule.code()).collect();
        json_schema!({ "description": "The rule's code.", "type": "string", "enum": codes })
    }
}

/// Error for a code that no rule has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRule;

impl fmt::Display for UnknownRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no rule has this code")
    }
}

impl std::error::Error for UnknownRule {}

impl FromStr for Rule {
    type Err = UnknownRule;

    fn from_str(code: &str) -> Result<Rule, UnknownRule> {
        Rule::ALL.iter().copied().find(|rule| rule.code() == code).ok_or(UnknownRule)
    }
}

/// Level of every rule for one file.
// Boxed because every file carries a reference or a copy: a move of the array would copy its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Levels(Box<[Level; Rule::ALL.len()]>);

impl Default for Levels {
    fn default() -> Self {
        let mut levels = Box::new([Level::Off; Rule::ALL.len()]);
        for rule in Rule::ALL {
            levels[*rule as usize] = rule.default_level();
        }
        Levels(levels)
    }
}

/// Error for a rule whose level is fixed: a file that breaks it has no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FixedLevel(pub Rule);

impl fmt::Display for FixedLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is always an error: a file that breaks it has no record to give", self.0)
    }
}

impl std::error::Error for FixedLevel {}

impl Levels {
    /// Returns the level of `rule`.
    pub fn level(&self, rule: Rule) -> Level {
        self.0[rule as usize]
    }

    /// Returns `true` if `rule` is checked.
    pub fn is_on(&self, rule: Rule) -> bool {
        self.level(rule) != Level::Off
    }

    /// Sets the level of `rule`.
    ///
    /// # Errors
    /// The level of the rule is fixed at [`Level::Error`].
    pub fn set(&mut self, rule: Rule, level: Level) -> Result<(), FixedLevel> {
        if level < Level::Error && !rule.is_configurable() {
            return Err(FixedLevel(rule));
        }
        self.0[rule as usize] = level;
        Ok(())
    }

    /// Raises every warning to an error.
    pub fn deny_warnings(&mut self) {
        for level in &mut *self.0 {
            if *level == Level::Warning {
                *level = Level::Error;
            }
        }
    }
}
