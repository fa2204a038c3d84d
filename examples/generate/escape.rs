//! The seven HTML entities of the escaped era.

/// A character and the way an escaped crawl file writes it.
pub const ENTITIES: [(char, &str); 7] = [
    ('&', "&amp;"),
    ('<', "&lt;"),
    ('>', "&gt;"),
    ('"', "&quot;"),
    ('\'', "&#x27;"),
    ('`', "&#x60;"),
    ('=', "&#x3D;"),
];

/// The text as an escaped crawl file writes it.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'', '`', '=']) {
        out.push_str(&rest[..at]);
        let special = rest[at..].chars().next();
        let entity = ENTITIES.iter().find(|(char, _)| Some(*char) == special);
        out.push_str(entity.map_or("", |(_, entity)| entity));
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out
}

/// Whether the text spells out one of the entities, so that decoding it would change it.
pub fn spells_an_entity(text: &str) -> bool {
    text.contains('&') && ENTITIES.iter().any(|(_, entity)| text.contains(entity))
}
