//! JSON Schemas of the output, generated from the serialized types and their docstrings.
//!
//! They describe a run with the default levels. If a rule is lowered, a record has the value that the file states.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{Schema, json_schema};

use crate::explain::Explanation;
use crate::findings::render::FindingJson;
use crate::manifest::ManifestLine;
use crate::manifest::difference::Difference;
use crate::output::json::comments;
use crate::record::article::Article;

/// Subject of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaKind {
    /// A line of the records.
    Record,
    /// A line of the comments.
    Comment,
    /// A finding in the JSON formats.
    Finding,
    /// A line of a manifest.
    Manifest,
    /// A difference in the JSON formats of `diff`.
    Difference,
    /// An element of the output of `explain --format json` for files.
    Explanation,
}

/// Returns the schema of `subject` as JSON text that ends with a newline.
pub fn json_schema(subject: SchemaKind) -> String {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let generator = settings.with_transform(RecursiveTransform(without_rust_formats)).into_generator();
    let (title, description, schema) = match subject {
        SchemaKind::Record => {
            let schema = generator.into_root_schema_for::<Article<'_>>();
            ("Record", RECORD, schema)
        }
        SchemaKind::Comment => {
            ("Comment", COMMENT, generator.into_root_schema_for::<comments::CommentRecord>())
        }
        SchemaKind::Finding => {
            let schema = generator.into_root_schema_for::<FindingJson<'_>>();
            ("Finding", "A fault at one location of a file.", schema)
        }
        SchemaKind::Manifest => ("Manifest", MANIFEST, generator.into_root_schema_for::<ManifestLine<'_>>()),
        SchemaKind::Difference => {
            let schema = generator.into_root_schema_for::<Difference>();
            (
                "Difference",
                "A difference between two dumps: one line of `ingest diff --format jsonl`.",
                schema,
            )
        }
        SchemaKind::Explanation => {
            let schema = generator.into_root_schema_for::<Explanation>();
            ("Explanation", EXPLANATION, schema)
        }
    };
    let mut head = json_schema!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": description,
    });
    for (key, value) in schema.as_object().into_iter().flatten() {
        if head.get(key).is_none() {
            head.insert(key.clone(), value.clone());
        }
    }
    format!("{:#}\n", head.as_value())
}

const RECORD: &str = "\
One news article: one line of what `ingest` writes with the default levels. The keys are in this order. A string is \
never null: an empty value is \"\". If a rule is lowered, a value can be one that the rule would have refused.";

const COMMENT: &str = "\
One reader's comment on an article: one line of what `ingest --comments` writes. The keys are in this order. A value \
that the file does not state is \"\" if it is a string, null if it is a time or a number.";

const MANIFEST: &str = "\
One line of what `ingest --manifest` writes: a file, or the last line. The keys are in this order.";

const EXPLANATION: &str = "\
The reading of one crawl file: one element of the output of `ingest explain --format json` for files. A step that was \
not reached is null. Strings from the file are verbatim; messages are escaped.";

/// Removes `uint64` and similar formats, which only Rust knows.
fn without_rust_formats(schema: &mut Schema) {
    if schema
        .get("format")
        .and_then(|format| format.as_str())
        .is_some_and(|format| format.starts_with("uint"))
    {
        schema.remove("format");
    }
}
