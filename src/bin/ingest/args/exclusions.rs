//! Arguments for articles that are left out, and the lists that they name.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::args::{Args, Error, ErrorKind, wrong};
use crate::config_file::ExclusionFiles;
use news_ingest::exclusions::Exclusions;
use news_ingest::exclusions::list::{ListError, ListKind};
use news_ingest::output::sink::name_of;
use news_ingest::sys::compression::Codec;

/// Arguments for articles that are left out.
#[derive(Debug, Args)]
#[command(next_help_heading = "Inputs")]
pub struct ExclusionArgs {
    /// Leave out the articles whose ids FILE lists, one a line: `001_0123456789`, or `001` for all of that `oid`
    ///
    /// A `#` at the start of a line or after a space begins a comment. `-` means stdin. Articles that are left out are
    /// counted as excluded, and are neither records nor findings.
    #[arg(long, value_name = "FILE")]
    exclude_ids: Option<PathBuf>,

    /// Leave out the articles whose URLs or hosts FILE lists, one a line
    ///
    /// Schemes, fragments, `www.` and `m.` are not compared. An address of an article of Naver stands for all its
    /// addresses.
    #[arg(long, value_name = "FILE")]
    exclude_urls: Option<PathBuf>,
}

impl ExclusionArgs {
    /// Reads the lists; arguments take precedence over `beside`, those of the configuration file.
    ///
    /// # Errors
    /// A list cannot be read, has a line that can match nothing, or is on the standard input, which is taken.
    pub fn over(
        self,
        beside: ExclusionFiles,
        is_stdin_taken: bool,
    ) -> Result<Option<Arc<Exclusions>>, Error> {
        let on_stdin = [&self.exclude_ids, &self.exclude_urls].into_iter().flatten();
        let on_stdin = on_stdin.filter(|path| is_stdin(path)).count();
        if on_stdin + usize::from(is_stdin_taken) > 1 {
            let message = "the standard input can be read only once\n";
            return Err(Error::raw(ErrorKind::ArgumentConflict, message));
        }
        let lists = [
            (ListKind::Ids, self.exclude_ids, beside.ids),
            (ListKind::Addresses, self.exclude_urls, beside.urls),
        ];
        let mut exclusions = None;
        for (kind, given, configured) in lists {
            // A file of the configuration may be called `-`.
            let opened = match (given, configured) {
                (Some(path), _) if is_stdin(&path) => Some((path, Ok(Box::new(io::stdin()) as _))),
                (Some(path), _) | (None, Some(path)) => {
                    let file = File::open(&path).map(|file| Box::new(file) as _);
                    Some((path, file))
                }
                (None, None) => None,
            };
            if let Some((path, file)) = opened {
                let read = file.and_then(decoded).map_err(ListError::Unreadable);
                let set: &mut Exclusions = exclusions.get_or_insert_default();
                read.and_then(|list| set.read(kind, list)).map_err(|error| refusal(&path, error))?;
            }
        }
        Ok(exclusions.map(Arc::new))
    }
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Decodes a list that is compressed.
fn decoded(file: Box<dyn Read + Send>) -> io::Result<Box<dyn BufRead>> {
    let mut file = BufReader::new(file);
    Ok(match Codec::detect(file.fill_buf()?) {
        Some(codec) => Box::new(BufReader::new(codec.decoder(file, usize::MAX)?)),
        None => Box::new(file),
    })
}

fn refusal(path: &Path, error: ListError) -> Error {
    let name = name_of(path);
    let message = match error {
        ListError::Unreadable(error) => format!("cannot read the list {name}: {error}"),
        ListError::Line { number, message } => format!("line {number} of {name}: {message}"),
    };
    wrong(ErrorKind::ValueValidation, message)
}
