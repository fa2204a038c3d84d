//! A recipe in words, and as entries of `[layout]`.

use std::fmt::{self, Write};

use crate::infer::recipe_match::RecipeMatch;
use crate::infer::toml_text;
use crate::layout::definition::Layout;
use crate::layout::part::TextPart;
use crate::layout::recipe::{Entities, Recipe, Spaces};

impl RecipeMatch {
    /// Describes what the hash is, such as `the SHA-256 of the body`.
    pub fn description(&self) -> String {
        let mut algorithms: Vec<String> = Vec::new();
        for proof in self.proofs.iter().flatten() {
            let name = proof.algorithm.to_string();
            if !algorithms.contains(&name) {
                algorithms.push(name);
            }
        }
        let Recipe { part, covers, spaces, entities } = &self.recipe;
        let part = match part {
            TextPart::Body => "the body".to_owned(),
            TextPart::BelowHeading => "the body below its heading".to_owned(),
            TextPart::BetweenRules => "the body between its rules".to_owned(),
            TextPart::After(line) => format!("the body after the line {}", toml_text::string(line)),
        };
        let mut description = match self.digits {
            Some(digits) => format!("the first {digits} digits of the {} of ", algorithms.join(" or ")),
            None => format!("the {} of ", algorithms.join(" or ")),
        };
        match covers.is_text_alone() {
            true => description.push_str(&part),
            false => description
                .push_str(&format!("{}, whose text is {part}", toml_text::string(&covers.to_string()))),
        }
        if *entities == Entities::Decoded {
            description.push_str(", with its entities decoded");
        }
        if *spaces == Spaces::Collapsed {
            description.push_str(", with each run of white space as one space");
        }
        description
    }
}

/// Writes the entries that say which text the hash covers, and how.
pub fn write_recipe(layout: &Layout, f: &mut dyn Write) -> fmt::Result {
    let Recipe { part, covers, spaces, entities } = &layout.recipe;
    if let Some(digits) = layout.digits {
        writeln!(f, "digits = {digits}")?;
    }
    match part {
        TextPart::After(line) => writeln!(f, "text = {{ after = {} }}", toml_text::string(line))?,
        part => writeln!(f, "text = \"{}\"", part.name().unwrap_or_default())?,
    }
    if !covers.is_text_alone() {
        writeln!(f, "covers = {}", toml_text::string(&covers.to_string()))?;
    }
    if *spaces == Spaces::Collapsed {
        writeln!(f, "spaces = \"{}\"", spaces.name())?;
    }
    if *entities == Entities::Decoded {
        writeln!(f, "entities = \"{}\"", entities.name())?;
    }
    Ok(())
}
