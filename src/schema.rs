//! JSON Schemas of the output, generated from the serialized types and their docstrings.
//!
//! They describe a run with the default levels. If a rule is lowered, a record has the value that the file states.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{Schema, json_schema};

use crate::explain::Explanation;
use crate::findings::render::FindingJson;
use crate::layout::Layouts;
use crate::layout::definition::LayoutField;
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

/// Returns the schema of `subject` as JSON text that ends with a newline. Records have the patterns of `layouts`.
pub fn json_schema(subject: SchemaKind, layouts: &Layouts) -> String {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let generator = settings.with_transform(RecursiveTransform(without_rust_formats)).into_generator();
    let (title, description, schema) = match subject {
        SchemaKind::Record => {
            let mut schema = generator.into_root_schema_for::<Article<'_>>();
            follow_layouts(&mut schema, layouts);
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

/// Patterns of the keys whose values depend on the layout: where every file is of another one, and where some are.
const PATTERNS_BY_LAYOUT: [(&str, &str, &str); 4] = [
    ("id", "", ""),
    ("oid", "^$", "^([0-9]{3})?$"),
    ("aid", "^$", "^([0-9]{10})?$"),
    ("content_hash", "^([0-9a-f]{16,128})?$", "^([0-9a-f]{16,128})?$"),
];

/// Replaces the patterns of a record of the built-in layout by those of `layouts`.
fn follow_layouts(record: &mut Schema, layouts: &Layouts) {
    if layouts.are_built_in() {
        return;
    }
    let has_built_in = layouts.all().any(|layout| layout.is_none());
    let has_title = layouts.all().flatten().all(|layout| layout.required.contains(&LayoutField::Title));
    let Some(properties) = record.get_mut("properties").and_then(|it| it.as_object_mut()) else { return };
    for (key, of_others, of_some) in PATTERNS_BY_LAYOUT {
        let Some(property) = properties.get_mut(key).and_then(|it| it.as_object_mut()) else { continue };
        match if has_built_in { of_some } else { of_others } {
            "" => drop(property.remove("pattern")),
            pattern => drop(property.insert("pattern".to_owned(), pattern.into())),
        }
        if !has_built_in && matches!(key, "oid" | "aid") {
            property.insert("description".to_owned(), "Empty under the layout of another writer.".into());
        }
    }
    let hash = "Hash that the file states, in lowercase hex digits: what it covers is the layout's.";
    let verified = "True if the layout's recipe, applied to the record, gives `content_hash`.";
    for (key, description) in [("id", "The identity."), ("content_hash", hash), ("verified", verified)] {
        if let Some(property) = properties.get_mut(key).and_then(|it| it.as_object_mut()) {
            property.insert("description".to_owned(), description.into());
        }
    }
    if let Some(title) = properties.get_mut("title").and_then(|it| it.as_object_mut()).filter(|_| !has_title)
    {
        title.remove("minLength");
    }
}

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
