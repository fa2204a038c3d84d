//! The template of what a hash covers: `{text}`, `{title}\n{url}\n{text}`.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// Placeholder of the text.
const TEXT: &str = "text";

/// Maximum length of a template in bytes.
pub const MAX_TEMPLATE_BYTES: usize = 1024;
/// Maximum number of keys in a template, which bounds what is hashed for one file.
pub const MAX_TEMPLATE_KEYS: usize = 16;

/// Returns the value of a key that a template names; `""` is hashed for `None`.
pub type ValueLookup<'v> = dyn Fn(&str) -> Option<Cow<'v, str>> + 'v;

/// What a hash covers: the text, with values and literal text before and after it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Covers {
    before: Vec<TemplatePiece>,
    after: Vec<TemplatePiece>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum TemplatePiece {
    Literal(String),
    Key(String),
}

impl Covers {
    /// Returns whether the hash covers the text and nothing else.
    pub fn is_text_alone(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }

    /// Returns the keys that the template names, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.before.iter().chain(&self.after).filter_map(|piece| match piece {
            TemplatePiece::Key(key) => Some(key.as_str()),
            TemplatePiece::Literal(_) => None,
        })
    }

    /// Returns what is hashed before and after the text.
    pub fn fill(&self, values: &ValueLookup<'_>) -> (String, String) {
        (fill(&self.before, values), fill(&self.after, values))
    }
}

fn fill(pieces: &[TemplatePiece], values: &ValueLookup<'_>) -> String {
    let mut filled = String::new();
    for piece in pieces {
        match piece {
            TemplatePiece::Literal(text) => filled.push_str(text),
            TemplatePiece::Key(key) => filled.push_str(&values(key).unwrap_or_default()),
        }
    }
    filled
}

/// Error: the template cannot be read; the message says why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidCovers(String);

impl fmt::Display for InvalidCovers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidCovers {}

impl FromStr for Covers {
    type Err = InvalidCovers;

    /// Parses a template. `{{` and `}}` are braces; any other `{…}` names a key, and `{text}` stands in it once.
    ///
    /// # Errors
    /// A brace is alone, `{text}` is absent or repeated, or the template is too long.
    fn from_str(template: &str) -> Result<Self, InvalidCovers> {
        let wrong = |message: &str| Err(InvalidCovers(message.to_owned()));
        if template.len() > MAX_TEMPLATE_BYTES {
            return wrong("the template has more than 1024 bytes");
        }
        let mut covers = Covers::default();
        let mut pieces = Vec::new();
        let mut has_text = false;
        let mut rest = template;
        while let Some(brace) = rest.find(['{', '}']) {
            push_literal(&mut pieces, &rest[..brace]);
            rest = &rest[brace..];
            if let Some(after) = rest.strip_prefix("{{").or_else(|| rest.strip_prefix("}}")) {
                push_literal(&mut pieces, &rest[..1]);
                rest = after;
                continue;
            }
            let Some((key, after)) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) else {
                return wrong("a brace is alone; `{{` and `}}` are braces");
            };
            match key {
                "" => return wrong("`{}` names no key"),
                TEXT if has_text => return wrong("`{text}` stands in it twice"),
                TEXT => {
                    has_text = true;
                    covers.before = std::mem::take(&mut pieces);
                }
                key => pieces.push(TemplatePiece::Key(key.to_owned())),
            }
            rest = after;
        }
        push_literal(&mut pieces, rest);
        if !has_text {
            return wrong("`{text}` is not in it: the hash must cover the text");
        }
        covers.after = pieces;
        if covers.keys().count() > MAX_TEMPLATE_KEYS {
            return wrong("the template names more than 16 keys");
        }
        Ok(covers)
    }
}

fn push_literal(pieces: &mut Vec<TemplatePiece>, text: &str) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(TemplatePiece::Literal(literal)) => literal.push_str(text),
        _ => pieces.push(TemplatePiece::Literal(text.to_owned())),
    }
}

impl fmt::Display for Covers {
    /// Writes the template, which parses to this value again.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let write = |pieces: &[TemplatePiece], f: &mut fmt::Formatter<'_>| {
            pieces.iter().try_for_each(|piece| match piece {
                TemplatePiece::Literal(text) => f.write_str(&text.replace('{', "{{").replace('}', "}}")),
                TemplatePiece::Key(key) => write!(f, "{{{key}}}"),
            })
        };
        write(&self.before, f)?;
        write!(f, "{{{TEXT}}}")?;
        write(&self.after, f)
    }
}
