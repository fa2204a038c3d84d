//! From a sample to the layout that is proposed for it.

use crate::crawl::MAX_FRONT_MATTER_BYTES;
use crate::crawl::decode;
use crate::crawl::split::{self, Sections};
use crate::infer::common::{self, CommonTrait};
use crate::infer::fields::Fields;
use crate::infer::key_names;
use crate::infer::keys::{KeyStats, Keys};
use crate::infer::part::{self, TitledBody};
use crate::infer::recipe_match::RecipeMatch;
use crate::infer::recipe_text;
use crate::infer::search::{self, SearchedFile};
use crate::infer::toml_text;
use crate::infer::value_form::FormEvidence;
use crate::infer::value_kind::ValueKind;
use crate::layout::definition::{BylineForm, Layout, LayoutField};
use crate::layout::part::{TextPart, first_heading};
use crate::layout::stated_hash::StatedHash;
use crate::layout::values::Values;

/// Maximum number of keys whose digests are searched.
const MAX_SEARCHED_KEYS: usize = 6;
/// Number of traits' examples that are named.
const MAX_EXAMPLES: usize = 3;

/// A file of the sample.
#[derive(Debug, Clone, Copy)]
pub struct SampleFile<'s> {
    /// Path, as findings show it.
    pub path: &'s str,
    /// Content.
    pub bytes: &'s [u8],
}

/// The layout that is proposed for a sample, with its evidence.
#[derive(Debug)]
pub struct Proposal {
    /// Number of files that were read.
    pub read: usize,
    /// Number of files without front matter that can be read.
    pub unread: usize,
    /// True if the built-in layout reads the files.
    pub is_built_in: bool,
    /// The layout.
    pub layout: Layout,
    /// Form of the front matter.
    pub form: FormEvidence,
    /// The keys, and how often each occurs.
    pub(super) keys: Keys,
    /// The keys of each field.
    pub(super) fields: Fields,
    /// The hash.
    pub hash: HashEvidence,
    /// Paths of the files that [`form`](Self::form) names, by their index.
    pub(super) paths: Vec<String>,
}

/// The hash of a sample's files.
#[derive(Debug)]
pub enum HashEvidence {
    /// No key holds a digest.
    Absent,
    /// The only digest is a similarity hash, which proves nothing.
    Similarity(String),
    /// No recipe that was tried gives the digest.
    Unproven {
        /// Key of the digest.
        key: String,
        /// Number of files that state it.
        stated: usize,
    },
    /// A recipe gives it.
    Found {
        /// The recipe, and the proofs.
        found: Box<RecipeMatch>,
        /// Counts of the edges of the proven texts.
        edges: Edges,
        /// Traits of those that do not verify.
        traits: Vec<CommonTrait>,
        /// Paths of some that do not verify.
        examples: Vec<String>,
    },
}

/// What the proven texts have at their edges.
#[derive(Debug, Default, Clone, Copy)]
pub struct Edges {
    /// Number of texts that are trimmed.
    pub trimmed: usize,
    /// Number of texts that are trimmed but for a final line feed.
    pub line_feed: usize,
    /// Number of texts with other white space at an edge.
    pub other: usize,
}

/// A file whose front matter was split off.
struct SplitFile<'s> {
    path: &'s str,
    sections: Sections<'s>,
}

impl Proposal {
    /// Proposes a layout for `files`; `None` if none of them has front matter that can be read.
    pub fn new(files: &[SampleFile<'_>]) -> Option<Self> {
        let split: Vec<SplitFile<'_>> = files.iter().filter_map(split_file).collect();
        let split_paths = split.iter().map(|file| file.path.to_owned()).collect();
        let form = FormEvidence::new(split.iter().map(|file| file.sections.front_matter));
        let mut layout = Layout::default();
        layout.values = form.form;
        let mut readable = read(split, &layout);
        if readable.is_empty() {
            return None;
        }
        let count = readable.len();
        let keys = Keys::count(readable.iter().map(|(_, values)| values));
        let headings =
            readable.iter().filter(|(file, _)| first_heading(file.sections.body).is_some()).count();
        let fields = Fields::choose(&keys, count, headings);
        for (field, of_field) in &fields.keys {
            // The keys are those of files, of which each is different and few are taken.
            let _ = layout.set_keys(*field, of_field.clone());
        }
        layout.bylines = byline_form(&readable, &fields);
        layout.required = required(&keys, &fields, count);
        // The fields take their values by the layout's keys, which are known only now.
        readable = read(readable.into_iter().map(|(file, _)| file), &layout);
        let searched: Vec<SearchedFile<'_, '_>> =
            readable.iter().map(|(file, values)| SearchedFile { body: file.sections.body, values }).collect();
        let paths: Vec<String> = readable.iter().map(|(file, _)| file.path.to_owned()).collect();
        let hash = hash_evidence(&searched, &paths, &keys, &fields, &layout);
        match &hash {
            HashEvidence::Found { found, .. } => {
                let _ = layout.set_keys(LayoutField::Hash, vec![found.key.clone()]);
                layout.recipe = found.recipe.clone();
                layout.digits = found.digits;
            }
            HashEvidence::Unproven { key, .. } => {
                let _ = layout.set_keys(LayoutField::Hash, vec![key.clone()]);
                layout.digits = truncated_digits(&searched, key);
                layout.recipe.part = guess_part(&searched, &layout);
            }
            HashEvidence::Absent | HashEvidence::Similarity(_) => {
                layout.recipe.part = guess_part(&searched, &layout);
            }
        }
        let is_built_in = ["oid", "aid", "content_hash"]
            .iter()
            .all(|key| keys.named(key).is_some_and(|stats| stats.filled * 2 > count));
        let unread = files.len() - count;
        Some(Proposal {
            read: count,
            unread,
            is_built_in,
            layout,
            form,
            keys,
            fields,
            hash,
            paths: split_paths,
        })
    }

    /// Returns the entries of `[layout]` that state the hash and its recipe.
    pub fn recipe_entries(&self) -> String {
        let mut entries = String::new();
        if let Some(found) = self.found() {
            entries = format!("hash = {}\n", toml_text::string(&found.key));
            // Writing to a string cannot fail.
            let _ = recipe_text::write_recipe(&self.layout, &mut entries);
        }
        entries
    }

    /// Returns the recipe that was found, if there is one.
    pub fn found(&self) -> Option<&RecipeMatch> {
        match &self.hash {
            HashEvidence::Found { found, .. } => Some(found),
            _ => None,
        }
    }
}

fn split_file<'s>(file: &SampleFile<'s>) -> Option<SplitFile<'s>> {
    let decoded = decode::decode(file.bytes).ok()?;
    let sections = split::split(decoded.text).ok()?;
    (sections.front_matter.len() <= MAX_FRONT_MATTER_BYTES).then_some(SplitFile { path: file.path, sections })
}

/// Reads the front matter of `files`; drops those without any.
fn read<'s>(
    files: impl IntoIterator<Item = SplitFile<'s>>,
    layout: &Layout,
) -> Vec<(SplitFile<'s>, Values<'s>)> {
    let read = files.into_iter().filter_map(|file| {
        let values = Values::read(file.sections.front_matter, layout).ok()?;
        (!values.entries.is_empty()).then_some((file, values))
    });
    read.collect()
}

/// Returns the form of the bylines: Korean, if half of them are written in Hangul.
fn byline_form(files: &[(SplitFile<'_>, Values<'_>)], fields: &Fields) -> BylineForm {
    let is_hangul = |c: char| ('가'..='힣').contains(&c);
    let (mut korean, mut count) = (0, 0);
    for (_, values) in files {
        let bylines = fields.of(LayoutField::Byline).iter().find_map(|key| values.named(key));
        let Some(text) = bylines.map(|entry| entry.text()).filter(|text| !text.trim().is_empty()) else {
            continue;
        };
        count += 1;
        korean += usize::from(text.contains(is_hangul));
    }
    if korean > 0 && korean * 2 >= count { BylineForm::Korean } else { BylineForm::Items }
}

/// Returns the fields that a file must have: its URL, if all have one. More would reject the first file that a sample does
/// not have.
fn required(keys: &Keys, fields: &Fields, files: usize) -> Vec<LayoutField> {
    let url = fields.of(LayoutField::Url).first().and_then(|key| keys.named(key));
    if url.is_some_and(|stats| stats.filled == files) { vec![LayoutField::Url] } else { Vec::new() }
}

fn guess_part(files: &[SearchedFile<'_, '_>], layout: &Layout) -> TextPart {
    let titles = files.iter().map(|file| {
        let is_stated = file.values.entry(LayoutField::Title).is_some();
        let title = file.values.title(layout, "").filter(|_| is_stated);
        TitledBody { body: file.body, title: title.map(|(title, _)| title.into_owned()) }
    });
    part::guess(&titles.collect::<Vec<_>>())
}

/// Returns the number of digits that a layout must allow for the digests at `key`; `None` if they are whole.
fn truncated_digits(files: &[SearchedFile<'_, '_>], key: &str) -> Option<usize> {
    let stated = files.iter().filter_map(|file| search::stated_hash(file, key));
    let truncated = stated.filter(|stated| StatedHash::parse(&stated.to_string(), None).is_err());
    truncated.map(|stated| stated.digits()).min()
}

fn hash_evidence(
    files: &[SearchedFile<'_, '_>],
    paths: &[String],
    keys: &Keys,
    fields: &Fields,
    layout: &Layout,
) -> HashEvidence {
    let digests = || {
        let named = keys.all.iter().map(|stats| stats.name.as_str());
        named.filter(|name| files.iter().any(|file| search::stated_hash(file, name).is_some()))
    };
    let (similarity, mut candidates): (Vec<&str>, Vec<&str>) =
        digests().partition(|name| key_names::speaks_of_similarity(name));
    candidates.sort_by_key(|name| {
        let speaks = [key_names::speaks_of_a_digest(name), key_names::speaks_of_the_text(name)];
        std::cmp::Reverse(speaks.into_iter().filter(|speaks| *speaks).count())
    });
    candidates.truncate(MAX_SEARCHED_KEYS);
    let candidates: Vec<String> = candidates.into_iter().map(str::to_owned).collect();
    let covered = covered_names(keys, fields, &candidates);
    if let Some(found) = search::find(files, layout, &candidates, &covered) {
        return with_evidence(found, files, paths, keys);
    }
    let is_digest = |name: &&String| {
        let is_typed = |stats: &KeyStats| stats.are_all(|kind| kind == ValueKind::Digest);
        key_names::speaks_of_a_digest(name) && keys.named(name).is_some_and(is_typed)
    };
    match (candidates.iter().find(is_digest), similarity.first()) {
        (Some(key), _) => {
            let stated = files.iter().filter(|file| search::stated_hash(file, key).is_some()).count();
            HashEvidence::Unproven { key: key.clone(), stated }
        }
        (None, Some(key)) => HashEvidence::Similarity((*key).to_owned()),
        (None, None) => HashEvidence::Absent,
    }
}

/// Returns the names that a template may have, the most probable first: fields by their own names, then other keys.
fn covered_names(keys: &Keys, fields: &Fields, digests: &[String]) -> Vec<String> {
    let usual = [
        LayoutField::Title,
        LayoutField::Url,
        LayoutField::Published,
        LayoutField::Byline,
        LayoutField::Id,
        LayoutField::Publisher,
        LayoutField::Category,
        LayoutField::Crawled,
    ];
    let of_fields =
        usual.into_iter().filter(|field| !fields.of(*field).is_empty()).map(|field| field.name().to_owned());
    let is_free = |name: &&String| {
        fields.field_of(name).is_none() && !digests.contains(name) && LayoutField::from_name(name).is_none()
    };
    let others = keys.all.iter().map(|stats| &stats.name).filter(is_free).cloned();
    of_fields.chain(others).collect()
}

fn with_evidence(
    found: RecipeMatch,
    files: &[SearchedFile<'_, '_>],
    paths: &[String],
    keys: &Keys,
) -> HashEvidence {
    let mut edges = Edges::default();
    for (file, proof) in files.iter().zip(&found.proofs) {
        let Some(proof) = proof else { continue };
        let text = proof.reading.extract(file.body);
        match text.trim() {
            trimmed if trimmed == text => edges.trimmed += 1,
            trimmed if text.strip_suffix('\n') == Some(trimmed) => edges.line_feed += 1,
            _ => edges.other += 1,
        }
    }
    let with_hash: Vec<usize> =
        (0..files.len()).filter(|index| search::stated_hash(&files[*index], &found.key).is_some()).collect();
    let stating: Vec<SearchedFile<'_, '_>> = with_hash.iter().map(|index| files[*index]).collect();
    let is_verified: Vec<bool> = with_hash.iter().map(|index| found.proofs[*index].is_some()).collect();
    let names: Vec<&str> =
        keys.all.iter().map(|stats| stats.name.as_str()).filter(|name| *name != found.key).take(64).collect();
    let failing = with_hash.iter().zip(&is_verified).filter(|(_, is_verified)| !**is_verified);
    let examples: Vec<String> = failing.map(|(index, _)| paths[*index].clone()).take(MAX_EXAMPLES).collect();
    let traits = if examples.is_empty() { Vec::new() } else { common::find(&stating, &is_verified, &names) };
    HashEvidence::Found { found: Box::new(found), edges, traits, examples }
}
