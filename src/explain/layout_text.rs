//! Writes the steps of reading a file under a layout, for people.

use std::io::{self, Write};

use crate::explain::layout::{EntryExplanation, LayoutExplanation, RecipeExplanation, TrialExplanation};
use crate::explain::lines::{aside, heading, preview, row};
use crate::findings::render::style::{ERROR, SUCCESS};

/// Writes keys and values.
pub(super) fn write_entries(layout: &LayoutExplanation, to: &mut (impl Write + ?Sized)) -> io::Result<()> {
    let how = match layout.values.as_str() {
        "lines" => "a line for each key, as it stands",
        _ => "by YAML",
    };
    heading("Front matter", format_args!("under `[layout]`, {how}"), to)?;
    for EntryExplanation { key, line, value, fields, .. } in &layout.entries {
        row(*line, key, preview(value), to)?;
        if !fields.is_empty() {
            aside(format_args!("{}", fields.join(", ")), to)?;
        }
    }
    Ok(())
}

/// Writes the recipe and its digests.
pub(super) fn write_recipe(recipe: &RecipeExplanation, to: &mut (impl Write + ?Sized)) -> io::Result<()> {
    let RecipeExplanation { text, covers, spaces, entities, stated, trials, further_trials } = recipe;
    heading("Recipe", "what the hash covers", to)?;
    for (name, value) in [("text", text), ("covers", covers), ("spaces", spaces), ("entities", entities)] {
        writeln!(to, "  {name:8} {}", preview(value))?;
    }
    match stated.as_str() {
        "" => writeln!(to, "  {ERROR}no hash{ERROR:#} is stated")?,
        stated => writeln!(to, "  stated   {}", preview(stated))?,
    }
    for TrialExplanation { reading, algorithm, digest, matches } in trials {
        let (style, mark) = if *matches { (SUCCESS, "✓") } else { (ERROR, "✗") };
        writeln!(to, "  {style}{mark}{style:#} {digest} {algorithm}, {reading}")?;
    }
    if *further_trials > 0 {
        writeln!(to, "  and {further_trials} more that do not match")?;
    }
    Ok(())
}
