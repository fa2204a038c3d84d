//! Which file is what, where it stands, and the files themselves.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Serialize;

use crate::args::Args;
use crate::article::Article;
use crate::faults::{self, Fault, Step};
use crate::page::Page;
use crate::random::Random;
use crate::truth::Truth;
use crate::words::Words;

/// One line of the manifest.
#[derive(Serialize)]
struct Expected<'a> {
    /// Relative to the archive's folder.
    path: &'a str,
    fault: &'a str,
    rule: &'a str,
    level: &'a str,
}

/// An archive on its way to the disk.
pub struct Archive<'a> {
    args: &'a Args,
    words: Words,
    /// Files without a fault, by index.
    good: Vec<u64>,
    faults_made: usize,
    faults: Vec<&'static Fault>,
    truth: Option<BufWriter<fs::File>>,
    manifest: Option<BufWriter<fs::File>>,
}

impl<'a> Archive<'a> {
    pub fn new(args: &'a Args) -> Result<Self> {
        fs::create_dir_all(&args.folder).with_context(|| format!("`{}`", args.folder.display()))?;
        if fs::read_dir(&args.folder)?.next().is_some() {
            bail!("`{}` is not empty", args.folder.display());
        }
        Ok(Archive {
            args,
            words: Words::new(args.seed),
            good: Vec::new(),
            faults_made: 0,
            faults: faults::all().collect(),
            truth: args.truth.as_deref().map(create).transpose()?,
            manifest: args.manifest.as_deref().map(create).transpose()?,
        })
    }

    /// Writes all files and lists; the number of files with a fault.
    pub fn write(mut self) -> Result<usize> {
        for index in 0..self.args.files {
            self.write_file(index)?;
        }
        for list in [&mut self.truth, &mut self.manifest].into_iter().flatten() {
            list.flush()?;
        }
        Ok(self.faults_made)
    }

    fn write_file(&mut self, index: u64) -> Result<()> {
        // What a file is, is drawn apart from what it says, so that an earlier file can be made again.
        let mut chance = Random::of_file(!self.args.seed, index);
        let path = self.path(index, &mut chance);
        if chance.share(self.args.faults) {
            return self.write_fault(index, &path, &mut chance);
        }
        let mut article = self.article(index);
        if !self.good.is_empty() && chance.share(self.args.duplicates) {
            article = self.article(self.good[chance.below(self.good.len())]);
            let copy = Expected { path: &path, fault: "copy", rule: "duplicate", level: "warning" };
            write_line(&mut self.manifest, &copy)?;
        } else {
            self.good.push(index);
        }
        write_line(&mut self.truth, &Truth::new(&path, &article))?;
        self.write_bytes(&path, Page::new(&article).print().as_bytes())
    }

    fn write_fault(&mut self, index: u64, path: &str, chance: &mut Random) -> Result<()> {
        let fault = self.next_fault();
        let random = &mut Random::of_file(self.args.seed, index);
        let mut article = Article::plain(index, self.args, &self.words, random);
        for step in fault.steps {
            match step {
                Step::Article(change) => change(&mut article),
                Step::Again(change) => {
                    let earlier = self.article(self.good[chance.below(self.good.len())]);
                    change(&earlier, &mut article);
                }
                Step::Page(_) | Step::File(_) => {}
            }
        }
        let mut page = Page::new(&article);
        for step in fault.steps {
            if let Step::Page(change) = step {
                change(&mut page);
            }
        }
        let mut file = page.print().into_bytes();
        for step in fault.steps {
            if let Step::File(change) = step {
                file = change(page.print());
            }
        }
        if fault.is_accepted() {
            write_line(&mut self.truth, &Truth::new(path, &article))?;
        }
        let expected = Expected { path, fault: fault.name, rule: fault.rule, level: fault.level };
        write_line(&mut self.manifest, &expected)?;
        self.write_bytes(path, &file)
    }

    /// Each fault in turn; the largest file is made once, and a repetition needs something to repeat.
    fn next_fault(&mut self) -> &'static Fault {
        let turn = self.faults_made;
        self.faults_made += 1;
        if turn == self.faults.len() {
            return &faults::TOO_LARGE;
        }
        let turn = if turn > self.faults.len() { turn - 1 } else { turn };
        let fault = self.faults[turn % self.faults.len()];
        if fault.repeats() && self.good.is_empty() { self.faults[0] } else { fault }
    }

    fn article(&self, index: u64) -> Article {
        let mut article =
            Article::invent(index, self.args, &self.words, &mut Random::of_file(self.args.seed, index));
        if self.args.patched {
            article.patch(&mut Random::of_file(self.args.seed, !index));
        }
        article
    }

    /// Paths ascend in the order in which folders are read: by the bytes of each name, depth first.
    fn path(&self, index: u64, random: &mut Random) -> String {
        let ending = random.pick(&["md", "md", "md", "md", "md", "md", "txt", "markdown"]);
        let name = format!("{index:07}_{:016x}.{ending}", random.next());
        if self.args.folders == 0 {
            return name;
        }
        let per_folder = self.args.files.div_ceil(self.args.folders);
        let folder = format!("{:04}", index / per_folder);
        if (index + 1).is_multiple_of(per_folder) {
            // A file beside the folder, named like it: after it by name, before it by path.
            return format!("{folder}-{name}");
        }
        if index % per_folder > per_folder / 2 {
            format!("{folder}/later/{name}")
        } else {
            format!("{folder}/{name}")
        }
    }

    fn write_bytes(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let path = self.args.folder.join(path);
        if let Err(error) = fs::write(&path, bytes) {
            if error.kind() != std::io::ErrorKind::NotFound {
                return Err(error).with_context(|| format!("`{}`", path.display()));
            }
            fs::create_dir_all(path.parent().unwrap_or(&self.args.folder))?;
            fs::write(&path, bytes).with_context(|| format!("`{}`", path.display()))?;
        }
        Ok(())
    }
}

fn create(path: &Path) -> Result<BufWriter<fs::File>> {
    let file = fs::File::create(path).with_context(|| format!("`{}`", path.display()))?;
    Ok(BufWriter::new(file))
}

fn write_line(list: &mut Option<BufWriter<fs::File>>, line: &impl Serialize) -> Result<()> {
    if let Some(list) = list {
        serde_json::to_writer(&mut *list, line)?;
        list.write_all(b"\n")?;
    }
    Ok(())
}
