//! Writes a proposal as a configuration file: the evidence as comments, then `[layout]`.

use std::fmt::{self, Write};

use crate::infer::proposal::{Edges, HashEvidence, Proposal};
use crate::infer::recipe_match::RecipeMatch;
use crate::infer::recipe_text::write_recipe;
use crate::infer::search::{MAX_DIGESTS_PER_FILE, MIN_AGREEING_FILES};
use crate::infer::toml_text;
use crate::layout::definition::{BylineForm, LayoutField, ValueForm};
use crate::layout::recipe::Spaces;
use crate::record::content_hash::algorithm::Algorithm;
use crate::text::escape::{escape, quote};

/// Maximum number of keys that are listed.
const MAX_LISTED_KEYS: usize = 60;

impl fmt::Display for Proposal {
    /// Writes the configuration file, with the evidence as comments.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write(self, f)
    }
}

fn write(proposal: &Proposal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Proposal { read, unread, .. } = proposal;
    writeln!(f, "# Proposed by `ingest infer`, of {read} {}.", if *read == 1 { "file" } else { "files" })?;
    if *unread > 0 {
        writeln!(f, "# {unread} more {} no front matter that can be read.", has(*unread))?;
    }
    writeln!(f, "#")?;
    write_keys(proposal, f)?;
    writeln!(f, "#")?;
    if proposal.is_built_in {
        return writeln!(f, "# The built-in layout reads these files: no `[layout]` is needed.");
    }
    write_form(proposal, f)?;
    write_hash(proposal, f)?;
    for key in proposal.fields.remarks.iter().take(MAX_LISTED_KEYS) {
        let key = quote(key);
        writeln!(f, "# {key} is a time too, of which its name does not say enough: it stays in `extra`.")?;
    }
    writeln!(f)?;
    write_layout(proposal, f)
}

fn write_keys(proposal: &Proposal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    writeln!(f, "# Keys, the files that have them, and their values:")?;
    let keys = &proposal.keys;
    for stats in keys.all.iter().take(MAX_LISTED_KEYS) {
        let mut kinds = String::new();
        for (index, (kind, count)) in stats.kinds.iter().enumerate() {
            let separator = if index > 0 { ", " } else { "" };
            match stats.kinds.len() {
                1 => write!(kinds, "{kind}")?,
                _ => write!(kinds, "{separator}{kind} ({count})")?,
            }
        }
        let empty = stats.files - stats.filled;
        if empty > 0 {
            let separator = if kinds.is_empty() { "" } else { ", " };
            write!(kinds, "{separator}empty ({empty})")?;
        }
        writeln!(f, "#   {:<24} {:>6}  {kinds}", quote(&stats.name).to_string(), stats.files)?;
    }
    let more = keys.all.len().saturating_sub(MAX_LISTED_KEYS);
    match (more, keys.uncounted) {
        (0, 0) => {}
        (more, 0) => writeln!(f, "#   and {more} others")?,
        (more, _) => writeln!(f, "#   and {more} or more others")?,
    }
    Ok(())
}

fn write_form(proposal: &Proposal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let form = &proposal.form;
    let path = |index: usize| quote(proposal.paths.get(index).map_or("", |path| path)).to_string();
    if let Some((index, message)) = &form.refused {
        let (count, path) = (form.refused_count, path(*index));
        writeln!(
            f,
            "# YAML refuses the front matter of {count} of them, such as {path}: {}",
            escape(message)
        )?;
    }
    if let Some((index, key)) = &form.misread {
        let (count, path) = (form.misread_count, path(*index));
        writeln!(
            f,
            "# YAML misreads the front matter of {count} of them, such as {} in {path}.",
            quote(key)
        )?;
    }
    match form.form {
        ValueForm::Lines => writeln!(f, "# So a template printed it: each line is taken as it stands."),
        ValueForm::Yaml if form.refused_count + form.misread_count > 0 => {
            writeln!(f, "# More of them only YAML can read: these are rejected.")
        }
        ValueForm::Yaml => Ok(()),
    }
}

fn write_hash(proposal: &Proposal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match &proposal.hash {
        HashEvidence::Absent => {
            writeln!(
                f,
                "# No key holds a hash: nothing proves the texts. To write records all the same, with"
            )?;
            writeln!(f, "# `\"verified\":false`, lower the rule `hash-missing`:")?;
            writeln!(f, "# warn = [\"hash-missing\"]")
        }
        HashEvidence::Similarity(key) => {
            writeln!(
                f,
                "# {} is a similarity hash, which similar texts share: nothing proves the texts.",
                quote(key)
            )?;
            writeln!(
                f,
                "# To write records all the same, with `\"verified\":false`, lower the rule `hash-missing`:"
            )?;
            writeln!(f, "# warn = [\"hash-missing\"]")
        }
        HashEvidence::Unproven { key, stated } => {
            let key = quote(key);
            writeln!(
                f,
                "# 0 of {}: {key} is no hash of the text by any recipe that was tried",
                files_verify(*stated)
            )?;
            writeln!(
                f,
                "# (up to {MAX_DIGESTS_PER_FILE} digests a file). To write records all the same, with"
            )?;
            writeln!(f, "# `\"verified\":false`, lower the rule `hash-mismatch`:")?;
            writeln!(f, "# warn = [\"hash-mismatch\"]")
        }
        HashEvidence::Found { found, edges, traits, examples } => {
            write_found(found, *edges, f)?;
            if examples.is_empty() {
                return Ok(());
            }
            let failing = found.stated - found.verified();
            let examples: Vec<String> = examples.iter().map(|path| quote(path).to_string()).collect();
            writeln!(
                f,
                "# {failing} {} not, such as {}.",
                if failing == 1 { "does" } else { "do" },
                examples.join(", ")
            )?;
            for common in traits {
                writeln!(
                    f,
                    "# In common: {} ({} of {failing}; {} of the {} that verify).",
                    common.description,
                    common.failing,
                    common.verified,
                    found.verified()
                )?;
            }
            writeln!(
                f,
                "# To write records of them all the same, with `\"verified\":false`, lower `hash-mismatch`:"
            )?;
            writeln!(f, "# warn = [\"hash-mismatch\"]")
        }
    }
}

fn write_found(found: &RecipeMatch, edges: Edges, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (verified, stated) = (found.verified(), found.stated);
    writeln!(
        f,
        "# {verified} of {}: {} is {}.",
        files_verify(stated),
        quote(&found.key),
        found.description()
    )?;
    if stated < MIN_AGREEING_FILES {
        writeln!(
            f,
            "# Fewer than {MIN_AGREEING_FILES} files state a hash: more of them would be better evidence."
        )?;
    }
    if found.recipe.spaces == Spaces::Collapsed {
        writeln!(f, "# It proves the words, not the white space between them.")?;
    } else {
        let counts = [
            (edges.trimmed, "trimmed"),
            (edges.line_feed, "with a final line feed"),
            (edges.other, "with other white space at the edges"),
        ];
        let counts: Vec<String> = counts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, form)| format!("{form} in {count}"))
            .collect();
        writeln!(f, "# The hash decides what is trimmed: the text is {}.", counts.join(", "))?;
    }
    let is_weak = |algorithm| matches!(algorithm, Algorithm::Md5 | Algorithm::Sha1);
    if found.proofs.iter().flatten().any(|proof| is_weak(proof.algorithm)) {
        writeln!(
            f,
            "# It proves that no accident changed a text; whoever wants to can make another with that hash."
        )?;
    }
    Ok(())
}

fn write_layout(proposal: &Proposal, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let layout = &proposal.layout;
    writeln!(f, "[layout]")?;
    for (field, name) in LayoutField::ALL {
        let keys = match field {
            LayoutField::Hash => layout.keys(LayoutField::Hash),
            field => proposal.fields.of(field),
        };
        if !keys.is_empty() {
            writeln!(f, "{name} = {}", toml_text::one_or_more(keys))?;
        }
    }
    write_recipe(layout, f)?;
    if layout.bylines == BylineForm::Korean {
        writeln!(f, "bylines = \"{}\"", layout.bylines.name())?;
    }
    if !layout.required.is_empty() {
        let names: Vec<String> = layout.required.iter().map(|field| field.name().to_owned()).collect();
        writeln!(f, "required = {}", toml_text::array(&names))?;
    }
    writeln!(f, "values = \"{}\"", layout.values.name())?;
    if proposal.fields.needs_zone {
        writeln!(f, "# Some times state no zone; UTC is assumed.")?;
        writeln!(f, "zone = \"+00:00\"")?;
    }
    Ok(())
}

fn files_verify(count: usize) -> String {
    format!("{count} {}", if count == 1 { "file verifies" } else { "files verify" })
}

fn has(count: usize) -> &'static str {
    if count == 1 { "file has" } else { "files have" }
}
