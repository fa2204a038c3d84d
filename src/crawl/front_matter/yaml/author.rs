//! Converts authors as YAML writers give them: a list of bylines, or a map for each person.

use crate::crawl::front_matter::yaml::YamlValue;

/// Keys of a person's map, in the order of a byline; each with its synonyms.
const PARTS: [&[&str]; 3] = [&["name"], &["role", "title", "position", "job"], &["email", "e-mail", "mail"]];

/// Converts a list to a text with a line for each byline, and a person's map to a text with name, role and address,
/// and its other values in brackets. Any other map is kept.
pub fn byline(author: YamlValue) -> YamlValue {
    match author {
        YamlValue::List(bylines) => {
            let line = |byline: YamlValue| person(&byline).unwrap_or_else(|| byline.into_text());
            YamlValue::Text(bylines.into_iter().map(line).collect::<Vec<_>>().join("\n"))
        }
        author => person(&author).map_or(author, YamlValue::Text),
    }
}

/// Returns whether the author is a map that names a person, or a list that contains one.
pub fn names_a_person(author: &YamlValue) -> bool {
    match author {
        YamlValue::List(bylines) => bylines.iter().any(|line| person(line).is_some()),
        author => person(author).is_some(),
    }
}

fn person(value: &YamlValue) -> Option<String> {
    let YamlValue::Map(entries) = value else { return None };
    let part_of =
        |key: &str| PARTS.iter().position(|names| names.iter().any(|name| key.eq_ignore_ascii_case(name)));
    let mut parts: [Option<&str>; PARTS.len()] = [None; PARTS.len()];
    let mut others = Vec::new();
    for (key, value) in entries {
        match (part_of(key), value) {
            (Some(part), YamlValue::Text(text)) if parts[part].is_none() => parts[part] = Some(text),
            (_, value) => others.push(value.clone().into_text()),
        }
    }
    parts[0].filter(|name| !name.trim().is_empty())?;
    let mut line: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    others.retain(|other| !other.is_empty());
    let others = format!("({})", others.join(", "));
    line.extend((others.len() > 2).then_some(others.as_str()));
    Some(line.join(" "))
}
