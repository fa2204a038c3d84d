//! Arguments for personal data, and the files that they name.

use std::io::{self, BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::args::{Args, Error, ErrorKind, ValueEnum, wrong};
use news_ingest::output::sink::name_of;
use news_ingest::personal::redactor::{KEY_BYTES, PhoneList, PseudonymKey, Redactor};
use news_ingest::personal::{Kind, Kinds};
use news_ingest::sys::{Links, open_file};
use news_ingest::text::escape::quote;

/// Arguments for personal data.
#[derive(Debug, Args)]
pub struct RedactionArgs {
    /// Replace personal data in text, title, byline, authors, `extra` and comments: by `[email]`, `[phone]` and so on
    ///
    /// Several KINDS are separated by commas. A record whose text had some says `"verified":false`, since the hash no
    /// longer covers its text; its `content_hash` is still that of the text in the file. URLs, paths and publishers are
    /// not changed.
    #[arg(long, value_name = "KINDS", value_enum, value_delimiter = ',')]
    redact: Vec<RedactKind>,

    /// Replace by pseudonyms of the key in FILE: 32 bytes that only you can read
    ///
    /// `[phone:…]` with 16 hex digits, the same for each spelling of a number, in every run with that key.
    #[arg(long, value_name = "FILE", requires = "redact")]
    redact_key: Option<PathBuf>,

    /// Keep the telephone numbers of FILE, one a line
    #[arg(long, value_name = "FILE", requires = "redact")]
    keep_phones: Option<PathBuf>,

    /// List in FILE where personal data was replaced, one JSON line each, without the data
    #[arg(long, value_name = "FILE", requires = "redact")]
    redactions: Option<PathBuf>,
}

/// Kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RedactKind {
    /// Every kind
    All,
    /// E-mail addresses
    Emails,
    /// Telephone numbers of Korea
    Phones,
    /// Resident and foreigner registration numbers
    Rrn,
    /// Numbers of payment cards
    Cards,
    /// Bank accounts near a word that names them
    Accounts,
    /// Passport numbers after a word that names them
    Passports,
    /// Licence plates near a word that names a vehicle
    Plates,
}

impl RedactKind {
    fn kinds(self) -> Kinds {
        let kind = match self {
            RedactKind::All => return Kinds::ALL,
            RedactKind::Emails => Kind::Email,
            RedactKind::Phones => Kind::Phone,
            RedactKind::Rrn => Kind::Rrn,
            RedactKind::Cards => Kind::Card,
            RedactKind::Accounts => Kind::Account,
            RedactKind::Passports => Kind::Passport,
            RedactKind::Plates => Kind::Plate,
        };
        Kinds::NONE.with(kind)
    }
}

impl RedactionArgs {
    /// Reads the files that the arguments name; returns what replaces personal data, and the file for its places.
    ///
    /// # Errors
    /// The key or the list of numbers cannot be read, others may read the key, or one of them is malformed.
    pub fn resolve(self) -> Result<(Option<Redactor>, Option<PathBuf>), Error> {
        let RedactionArgs { redact, redact_key, keep_phones, redactions } = self;
        if redact.is_empty() {
            return Ok((None, redactions));
        }
        let kinds = redact.into_iter().map(RedactKind::kinds).fold(Kinds::NONE, Kinds::and);
        let refuse = |message| wrong(ErrorKind::ValueValidation, message);
        let key = redact_key.as_deref().map(read_key).transpose().map_err(refuse)?;
        let kept_phones = keep_phones.as_deref().map(read_phones).transpose().map_err(refuse)?;
        Ok((Some(Redactor { kinds, key, kept_phones: kept_phones.unwrap_or_default() }), redactions))
    }
}

/// Reads a key that nobody but its owner may read.
fn read_key(path: &Path) -> Result<PseudonymKey, String> {
    let name = name_of(path);
    let cannot = |error: io::Error| format!("cannot read the key {name}: {error}");
    // A pipe is not waited for.
    let file = open_file(path, Links::Follow).map_err(cannot)?;
    let metadata = file.metadata().map_err(cannot)?;
    if !metadata.is_file() {
        return Err(format!("the key {name} is not a regular file"));
    }
    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(format!("others may read the key {name}: its mode is {mode:04o}, not 0600"));
    }
    let mut key = Vec::new();
    file.take(KEY_BYTES as u64 + 1).read_to_end(&mut key).map_err(cannot)?;
    let key = <[u8; KEY_BYTES]>::try_from(key).map_err(|key| {
        let count =
            if key.len() > KEY_BYTES { "more bytes".to_owned() } else { format!("{} bytes", key.len()) };
        format!("the key {name} has {count}, not {KEY_BYTES}: `head -c {KEY_BYTES} /dev/urandom` makes one")
    })?;
    Ok(PseudonymKey(key))
}

/// Reads a list of telephone numbers, with comments after `#`.
fn read_phones(path: &Path) -> Result<PhoneList, String> {
    let name = name_of(path);
    let cannot = |error: io::Error| format!("cannot read the telephone numbers in {name}: {error}");
    let file = open_file(path, Links::Follow).map_err(cannot)?;
    let mut phones = PhoneList::default();
    for (index, line) in BufReader::new(file).lines().enumerate() {
        let line = line.map_err(cannot)?;
        let number = line.split('#').next().unwrap_or_default().trim();
        if !number.is_empty() && !phones.add(number) {
            return Err(format!("line {} of {name}: {} is not a telephone number", index + 1, quote(number)));
        }
    }
    Ok(phones)
}
