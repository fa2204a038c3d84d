//! Lists the files of a run without reading them.

use std::path::Path;

use crate::input::archive::Opened;
use crate::input::leads::Lead;
use crate::input::listed_file::{FoundKind, ListedFile};
use crate::input::{Source, Sources, file_name_or_self};
use crate::store;

/// Iterator over the files of a run, in their order.
pub struct Files<'w>(Sources<'w>);

impl<'w> Files<'w> {
    /// Creates a lister of the files that `sources` would read.
    pub fn new(sources: Sources<'w>) -> Self {
        Files(sources)
    }

    fn list(&mut self, lead: Lead) -> Option<ListedFile> {
        let Files(sources) = self;
        match lead {
            Lead::Source(source) => {
                let relative =
                    |path| sources.folder.as_ref().map_or(Path::new(""), |walk| walk.relative(path));
                match &source {
                    Source::Unreadable(path, error) => {
                        Some(ListedFile::unreadable(path, relative(path), error))
                    }
                    Source::File(path) | Source::Found(path) => {
                        Some(ListedFile::new(path, relative(path), FoundKind::File, size(path)))
                    }
                    _ => None,
                }
            }
            Lead::File { path, relative } => {
                let kind = match sources.look(&path, &relative)? {
                    Ok(Opened::Plain(_)) => FoundKind::File,
                    Ok(Opened::Compressed(_)) => FoundKind::Compressed,
                    Ok(Opened::Archive(_)) => FoundKind::Archive,
                    Err(error) => return Some(ListedFile::unreadable(&path, &relative, &error)),
                };
                Some(ListedFile::new(&path, &relative, kind, size(&path)))
            }
            Lead::Listed(file) => Some(file),
            Lead::Member(member) => self.list_stream(&member.display_path()),
            Lead::Stdin => self.list_stream(Path::new("-")),
            Lead::Stream(path) => self.list_stream(&path),
            Lead::Url(url, _) => self.list_stream(&store::shown(&url)),
            Lead::Object(_) => None,
        }
    }

    fn list_stream(&self, path: &Path) -> Option<ListedFile> {
        let has = self.0.selection.in_shard(file_name_or_self(path));
        has.then(|| ListedFile::new(path, Path::new(""), FoundKind::Stream, None))
    }
}

impl Iterator for Files<'_> {
    type Item = ListedFile;

    fn next(&mut self) -> Option<ListedFile> {
        loop {
            let lead = self.0.next_lead()?;
            let listed = self.list(lead);
            if listed.is_some() {
                return listed;
            }
        }
    }
}

fn size(path: &Path) -> Option<u64> {
    path.metadata().ok().map(|metadata| metadata.len())
}
