//! The recipes that a search tries, those that change the text least first.

use std::collections::HashMap;

use crate::layout::covers::Covers;
use crate::layout::part::TextPart;
use crate::layout::recipe::{Entities, Recipe, Spaces};

/// Maximum number of lines that are tried as the one before the text.
const MAX_LINES_BEFORE: usize = 8;
/// Maximum length of such a line in bytes.
const MAX_LINE_BYTES: usize = 100;

/// What writers print between the values that they hash.
const SEPARATORS: [&str; 13] = ["\n", "", " ", "\n\n", "|", "\t", ":", ": ", "-", ",", "::", "||", "\r\n"];
/// What they print between three values or more.
const USUAL_SEPARATORS: [&str; 5] = ["\n", "", " ", "|", "\n\n"];
/// Maximum number of keys that are tried alone beside the text.
const MAX_SINGLE_KEYS: usize = 12;
/// Maximum number of keys that are tried in pairs beside the text.
const MAX_PAIRED_KEYS: usize = 6;

/// Returns the parts of `bodies` that may hold the text.
pub fn parts(bodies: &[&str]) -> Vec<TextPart> {
    let mut parts = vec![TextPart::Body, TextPart::BelowHeading];
    if bodies.iter().any(|body| !TextPart::BetweenRules.ranges(body).is_empty()) {
        parts.push(TextPart::BetweenRules);
    }
    parts.extend(common_headings(bodies).into_iter().map(TextPart::After));
    parts
}

/// Returns the headings below the first line that at least half of the bodies have, the most frequent first.
fn common_headings(bodies: &[&str]) -> Vec<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for body in bodies {
        let headings = body.lines().map(str::trim);
        let headings = headings.filter(|line| line.starts_with('#') && line.len() <= MAX_LINE_BYTES);
        let mut of_body: Vec<&str> = headings.take(1000).collect();
        of_body.sort_unstable();
        of_body.dedup();
        for heading in of_body {
            *counts.entry(heading).or_default() += 1;
        }
    }
    let mut common: Vec<(&str, usize)> =
        counts.into_iter().filter(|(_, count)| count * 2 >= bodies.len()).collect();
    common.sort_by(|(a, of_a), (b, of_b)| of_b.cmp(of_a).then(a.cmp(b)));
    common.into_iter().take(MAX_LINES_BEFORE).map(|(heading, _)| heading.to_owned()).collect()
}

/// Returns the recipes that cover the text alone.
pub fn of_text_alone(parts: &[TextPart]) -> Vec<Recipe> {
    let forms = [
        (Spaces::Kept, Entities::Kept),
        (Spaces::Kept, Entities::Decoded),
        (Spaces::Collapsed, Entities::Kept),
        (Spaces::Collapsed, Entities::Decoded),
    ];
    let of_form = |(spaces, entities)| {
        parts.iter().map(move |part| Recipe {
            part: part.clone(),
            covers: Covers::default(),
            spaces,
            entities,
        })
    };
    forms.into_iter().flat_map(of_form).collect()
}

/// Returns the recipes that cover the values of `keys` too, the most probable keys first.
pub fn with_values(keys: &[String]) -> impl Iterator<Item = Recipe> {
    let templates: Vec<Covers> =
        templates(keys).iter().filter_map(|template| template.parse().ok()).collect();
    let forms = [
        (Spaces::Kept, TextPart::Body),
        (Spaces::Kept, TextPart::BelowHeading),
        (Spaces::Collapsed, TextPart::Body),
    ];
    forms.into_iter().flat_map(move |(spaces, part)| {
        let of_covers = move |covers| Recipe { part: part.clone(), covers, spaces, entities: Entities::Kept };
        templates.clone().into_iter().map(of_covers)
    })
}

fn templates(keys: &[String]) -> Vec<String> {
    // A key with a brace cannot stand in a template.
    let keys: Vec<&String> = keys.iter().filter(|key| !key.contains(['{', '}'])).collect();
    let mut templates = Vec::new();
    for key in keys.iter().take(MAX_SINGLE_KEYS) {
        for separator in SEPARATORS {
            templates.push(format!("{{{key}}}{separator}{{text}}"));
            templates.push(format!("{{text}}{separator}{{{key}}}"));
        }
    }
    if let Some(title) = keys.iter().find(|key| **key == "title") {
        templates.extend(["\n\n", "\n"].map(|lines| format!("# {{{title}}}{lines}{{text}}")));
    }
    let paired = &keys[..keys.len().min(MAX_PAIRED_KEYS)];
    for (at, one) in paired.iter().enumerate() {
        for (_, other) in paired.iter().enumerate().filter(|(other, _)| *other != at) {
            for separator in USUAL_SEPARATORS {
                templates.push(format!("{{{one}}}{separator}{{{other}}}{separator}{{text}}"));
                templates.push(format!("{{{one}}}{separator}{{text}}{separator}{{{other}}}"));
            }
        }
    }
    let triple = &keys[..keys.len().min(4)];
    for one in triple {
        for other in triple.iter().filter(|other| *other != one) {
            for third in triple.iter().filter(|third| *third != one && *third != other) {
                for separator in ["\n", "", "|"] {
                    let before = [*one, *other, *third].map(|key| format!("{{{key}}}{separator}"));
                    templates.push(before.concat() + "{text}");
                }
            }
        }
    }
    templates
}
