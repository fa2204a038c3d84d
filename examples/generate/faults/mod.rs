//! What can be wrong with a crawl file: each fault by name, with the rule that must find it.

mod body;
mod bytes;
mod fields;
mod front_matter;
mod hash;

use crate::article::Article;
use crate::page::Page;

/// One way in which a file can be wrong.
pub struct Fault {
    pub name: &'static str,
    /// The code of the rule that must report it.
    pub rule: &'static str,
    /// The rule's level by default.
    pub level: &'static str,
    pub steps: &'static [Step],
}

/// Where on its way to the disk a file goes wrong.
pub enum Step {
    /// In the values: what a record says changes with them.
    Article(fn(&mut Article)),
    /// In the values, which repeat an earlier article's.
    Again(fn(&Article, &mut Article)),
    /// In one of the printed parts.
    Page(fn(&mut Page)),
    /// In the file as a whole.
    File(fn(String) -> Vec<u8>),
}

impl Fault {
    /// Whether the file gives a record all the same.
    pub fn is_accepted(&self) -> bool {
        self.level != "error"
    }

    /// Whether there must be an earlier article.
    pub fn repeats(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::Again(_)))
    }
}

/// All faults, but for the one that is too large to be made more than once.
pub fn all() -> impl Iterator<Item = &'static Fault> {
    [front_matter::FAULTS, fields::FAULTS, hash::FAULTS, body::FAULTS, bytes::FAULTS].into_iter().flatten()
}

pub use bytes::TOO_LARGE;

const fn error(name: &'static str, rule: &'static str, steps: &'static [Step]) -> Fault {
    Fault { name, rule, level: "error", steps }
}

const fn warning(name: &'static str, rule: &'static str, steps: &'static [Step]) -> Fault {
    Fault { name, rule, level: "warning", steps }
}

const fn off(name: &'static str, rule: &'static str, steps: &'static [Step]) -> Fault {
    Fault { name, rule, level: "off", steps }
}
