//! Runs `ingest explain`: files and rules in order, as pages for people or as JSON.

use std::borrow::Cow;
use std::io::{self, Write};
use std::iter;
use std::path::PathBuf;

use serde::Serialize;

use crate::explain::{Explanation, json, text};
use crate::findings::docs;
use crate::findings::finding::Finding;
use crate::findings::policy::Policy;
use crate::findings::rule::Rule;
use crate::input::Source;
use crate::input::named::Named;
use crate::input::opener::CachedDirOpener;
use crate::input::reader::ReadBuffer;
use crate::input::selection::Selection;
use crate::input::source::ReadError;
use crate::layout::Layouts;
use crate::text::escape::escape;
use crate::text::suggest::unknown;

/// Subject of an explanation.
#[derive(Debug)]
pub enum ExplainTarget {
    /// A crawl file, and how it is read.
    File(Source),
    /// A rule, and its meaning.
    Rule(Rule),
}

/// Output format of explanations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExplainFormat {
    /// Pages for people.
    Text,
    /// One JSON array.
    Json,
}

/// Options of a run.
#[derive(Debug)]
pub struct Explainer {
    /// Rule levels for each file.
    pub policy: Policy,
    /// Layouts for each file.
    pub layouts: Layouts,
    /// Maximum size of a file in bytes; larger ones are not read.
    pub max_file_size: usize,
    /// Output format.
    pub format: ExplainFormat,
}

impl ExplainTarget {
    /// Resolves `arguments`.
    ///
    /// # Errors
    /// A message for each argument that names nothing.
    pub fn all(arguments: Vec<PathBuf>, max_file_size: usize) -> Result<Vec<ExplainTarget>, Vec<String>> {
        let mut targets = Vec::new();
        let mut wrong = Vec::new();
        for argument in arguments {
            let shown = escape(&argument.to_string_lossy()).to_string();
            match ExplainTarget::parse(argument, max_file_size) {
                Ok(more) => targets.extend(more),
                Err(why) => wrong.push(format!("{shown}: {why}")),
            }
        }
        if wrong.is_empty() { Ok(targets) } else { Err(wrong) }
    }

    /// Resolves `argument`: a rule by its code, `-` for the standard input, or a file, also a member of an archive, as
    /// findings name it. An archive may have several members of one name.
    ///
    /// # Errors
    /// The reason for which it names nothing, for the user.
    pub fn parse(argument: PathBuf, max_file_size: usize) -> Result<Vec<ExplainTarget>, String> {
        if let Some(rule) = argument.to_str().and_then(|code| code.parse().ok()) {
            return Ok(vec![ExplainTarget::Rule(rule)]);
        }
        let source = match argument.metadata() {
            _ if argument.as_os_str() == "-" => Source::Stdin,
            Ok(metadata) if metadata.is_dir() => return Err("is a folder; name the files in it".to_owned()),
            Ok(metadata) if !metadata.is_file() => Source::Stream(argument),
            Err(error) if error.kind() != io::ErrorKind::PermissionDenied => {
                return ExplainTarget::printed(argument, &error, max_file_size);
            }
            _ => Source::File(argument),
        };
        Ok(vec![ExplainTarget::File(source)])
    }

    /// Resolves `argument`, which is no file as it stands, but may be what a finding names. `error` is the system's.
    fn printed(argument: PathBuf, error: &io::Error, max_file_size: usize) -> Result<Vec<Self>, String> {
        match Named::find(&argument) {
            Some(Named::File(found)) => ExplainTarget::parse(found, max_file_size),
            Some(Named::Member(member)) => {
                let selection = Selection::new(Vec::new(), Vec::new()).map_err(|error| error.to_string())?;
                member.check(&selection, max_file_size).map_err(|error| error.to_string())?;
                let mut archive = member.open(max_file_size).map_err(|error| error.to_string())?;
                let sources = iter::from_fn(|| archive.next(&selection, max_file_size));
                Ok(sources.map(ExplainTarget::File).collect())
            }
            None => match argument.to_str().filter(|name| names_no_file(name)) {
                Some(name) => Err(unknown("file and no rule", name, Rule::codes())),
                None => Err(error.to_string()),
            },
        }
    }
}

/// Returns whether `argument` looks like a rule's code rather than a file's name.
fn names_no_file(argument: &str) -> bool {
    argument.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[derive(Serialize)]
#[serde(untagged)]
enum Element {
    File(Box<Explanation>),
    Rule(docs::RuleDoc),
}

impl Explainer {
    /// Explains `targets`, and returns whether every file among them would be accepted.
    ///
    /// # Errors
    /// The stream cannot be written.
    pub fn run(&self, targets: Vec<ExplainTarget>, to: &mut dyn Write) -> io::Result<bool> {
        let mut all_accepted = true;
        let mut array = json::Array::default();
        let mut buffer = ReadBuffer::default();
        for (at, target) in targets.into_iter().enumerate() {
            let element = match target {
                ExplainTarget::File(source) => {
                    buffer.shrink_to(0);
                    Element::File(Box::new(self.explain(&source, &mut buffer)))
                }
                ExplainTarget::Rule(rule) => Element::Rule(docs::RuleDoc::new(rule)),
            };
            all_accepted &= !matches!(&element, Element::File(file) if !file.accepted);
            match (self.format, &element) {
                (ExplainFormat::Json, _) => array.add(&element, to)?,
                (ExplainFormat::Text, Element::File(explanation)) => {
                    begin_page(at, to)?;
                    text::write(explanation, to)?;
                }
                (ExplainFormat::Text, Element::Rule(text)) => {
                    begin_page(at, to)?;
                    text.write(to)?;
                }
            }
        }
        if self.format == ExplainFormat::Json {
            array.end(to)?;
        }
        to.flush()?;
        Ok(all_accepted)
    }

    fn explain(&self, source: &Source, buffer: &mut ReadBuffer) -> Explanation {
        let path = source.display_path();
        let (rule, message) =
            match buffer.read(source, self.max_file_size, &mut CachedDirOpener::default(), |_| true) {
                Ok(bytes) => {
                    let levels = self.policy.levels_for(|| Cow::Borrowed(&path));
                    return match self.layouts.layout_for(|| Cow::Borrowed(&path)) {
                        Some(layout) => Explanation::under_layout(&path, bytes, layout, &levels),
                        None => Explanation::new(&path, bytes, &levels),
                    };
                }
                Err(ReadError::Unreadable(error)) => (Rule::Unreadable, error.to_string()),
                Err(ReadError::TooLarge | ReadError::NoRoom) => {
                    (Rule::TooLarge, format!("the file has more than {} bytes", self.max_file_size))
                }
            };
        Explanation::refused(&path, Finding::error(rule, message))
    }
}

fn begin_page(at: usize, to: &mut dyn Write) -> io::Result<()> {
    if at > 0 { writeln!(to) } else { Ok(()) }
}
