//! Pre-scan that rejects YAML that would be expensive to parse.
//!
//! The block is split into tokens as the parser would split it, in one pass that stores no token. Where the parser
//! is sure to stop with an error, the scan stops, too.

use std::iter;
use std::ops::Range;

use crate::crawl::front_matter::yaml::scanner::{Cursor, is_blank_or_end, is_tag_char, is_word_char};
use crate::crawl::front_matter::yaml::{MAX_DEPTH, YamlError};

/// Maximum number of brackets, keys, values and list marks; the parser keeps about 150 bytes for each.
const MAX_TOKENS: usize = 100_000;
/// Maximum number of lines that begin with `%`; the parser compares each one with all others.
const MAX_DIRECTIVES: usize = 16;
/// Maximum length of a run of blanks in bytes; the parser clears a buffer of that size after every word that follows.
const MAX_BLANKS: usize = 1024;

/// Rejects a block that would be too expensive to parse.
///
/// # Errors
/// The block nests too deep, contains an alias, or exceeds another limit.
pub fn check(block: &str) -> Result<(), YamlError> {
    if block.split(|c: char| !c.is_whitespace()).any(|blanks| blanks.len() > MAX_BLANKS) {
        return Err(too_much(&format!("more than {MAX_BLANKS} blanks in a row")));
    }
    let mut pass = PreScan::new(block);
    for _ in 0..MAX_TOKENS {
        match pass.token() {
            Ok(()) => {}
            Err(ScanEnd::Costly(refusal)) => return Err(refusal),
            Err(ScanEnd::EndOrError) => return Ok(()),
        }
        if pass.columns.len() + pass.brackets > MAX_DEPTH {
            return Err(YamlError::TooDeep);
        }
    }
    Err(too_much("too many values"))
}

/// Returns the byte ranges of the texts in duplicate quotes, quotes included, of a block that was [checked](check).
pub fn double_quoted(block: &str) -> impl Iterator<Item = Range<usize>> {
    let mut pass = PreScan::new(block);
    iter::from_fn(move || {
        loop {
            pass.skip_to_token();
            let start = pass.cursor.offset();
            let is_quoted = pass.cursor.peek() == Some(b'"');
            pass.token().ok()?;
            if is_quoted {
                return Some(start..pass.cursor.offset());
            }
        }
    })
}

fn too_much(what: &str) -> YamlError {
    YamlError::NotYaml { place: None, message: format!("it holds {what}") }
}

/// Reason for which the scan ends.
enum ScanEnd {
    /// The end of the block, or an error at which the parser would stop.
    EndOrError,
    /// An expensive construct.
    Costly(YamlError),
}

struct PreScan<'a> {
    cursor: Cursor<'a>,
    /// Columns of the open lists and maps without brackets, in ascending order.
    columns: Vec<usize>,
    /// Number of open brackets.
    brackets: usize,
    /// Line start and column of the last token that a `:` can turn into a key.
    key: Option<(usize, usize)>,
    /// True if a key without brackets may begin here.
    key_may_begin: bool,
    directives: usize,
}

impl<'a> PreScan<'a> {
    fn new(block: &'a str) -> Self {
        let cursor = Cursor::new(block);
        PreScan { cursor, columns: Vec::new(), brackets: 0, key: None, key_may_begin: true, directives: 0 }
    }

    fn token(&mut self) -> Result<(), ScanEnd> {
        self.skip_to_token();
        let first = self.cursor.peek().ok_or(ScanEnd::EndOrError)?;
        let column = self.cursor.column();
        if self.brackets == 0 {
            let open = self.columns.iter().take_while(|&&of_open| of_open <= column).count();
            self.columns.truncate(open);
        }
        let blank_follows = is_blank_or_end(self.cursor.rest(1));
        match first {
            b'%' if column == 0 => return self.directive(),
            _ if self.cursor.is_at_document_mark() => {
                self.cursor.advance(3);
                self.columns.clear();
                self.key_may_begin = false;
            }
            b'[' | b'{' => {
                self.begin_key();
                self.brackets += 1;
                self.cursor.advance(1);
            }
            b']' | b'}' => {
                self.brackets = self.brackets.saturating_sub(1);
                self.key_may_begin = false;
                self.cursor.advance(1);
            }
            b',' => {
                self.key_may_begin = true;
                self.cursor.advance(1);
            }
            b'-' if blank_follows => self.mark()?,
            b'?' if blank_follows || self.brackets > 0 => self.mark()?,
            b':' if blank_follows || self.brackets > 0 => self.colon()?,
            b'*' | b'&' => self.anchor_or_alias(first)?,
            b'!' => self.tag()?,
            b'|' | b'>' if self.brackets == 0 => self.block_scalar()?,
            b'"' | b'\'' => {
                self.begin_key();
                self.cursor.skip_quoted(first);
            }
            b'#' | b'|' | b'>' | b'%' | b'@' | b'`' | b'\t' => return Err(ScanEnd::EndOrError),
            _ => self.plain()?,
        }
        Ok(())
    }

    fn skip_to_token(&mut self) {
        loop {
            self.cursor.skip_byte_order_mark();
            let tabs_too = self.brackets > 0 || !self.key_may_begin;
            self.cursor.skip_while(|byte| byte == b' ' || byte == b'\t' && tabs_too);
            if self.cursor.peek() == Some(b'#') {
                self.cursor.skip_line();
            }
            if !self.cursor.skip_break() {
                return;
            }
            self.key_may_begin |= self.brackets == 0;
        }
    }

    /// Notes that the token which begins here can be a key, and that no key begins after it.
    fn begin_key(&mut self) {
        if self.brackets == 0 {
            if self.key_may_begin {
                self.key = Some((self.cursor.line_start(), self.cursor.column()));
            }
            self.key_may_begin = false;
        }
    }

    fn open_at(&mut self, column: usize) {
        if self.columns.last().is_none_or(|&of_last| of_last < column) {
            self.columns.push(column);
        }
    }

    /// Reads `-`, `?`, or a `:` without a key before it, each of which may open a collection.
    fn mark(&mut self) -> Result<(), ScanEnd> {
        if self.brackets == 0 {
            if !self.key_may_begin {
                return Err(ScanEnd::EndOrError);
            }
            self.open_at(self.cursor.column());
            self.key = None;
            self.key_may_begin = true;
        }
        self.cursor.advance(1);
        Ok(())
    }

    fn colon(&mut self) -> Result<(), ScanEnd> {
        match self.key {
            Some((line, column)) if self.brackets == 0 && line == self.cursor.line_start() => {
                self.key = None;
                self.open_at(column);
                self.key_may_begin = false;
                self.cursor.advance(1);
                Ok(())
            }
            _ => self.mark(),
        }
    }

    fn anchor_or_alias(&mut self, first: u8) -> Result<(), ScanEnd> {
        self.begin_key();
        self.cursor.advance(1);
        let name = self.cursor.skip_while(is_word_char);
        let ends = is_blank_or_end(self.cursor.rest(0))
            || self.cursor.peek().is_some_and(|behind| b"?:,]}%@`".contains(&behind));
        match first {
            _ if name == 0 || !ends => Err(ScanEnd::EndOrError),
            b'*' => Err(ScanEnd::Costly(YamlError::Alias)),
            _ => Ok(()),
        }
    }

    fn tag(&mut self) -> Result<(), ScanEnd> {
        self.begin_key();
        self.cursor.advance(1);
        if self.cursor.peek() == Some(b'<') {
            self.cursor.advance(1);
            self.cursor.skip_while(|byte| is_tag_char(byte) || b",[]".contains(&byte));
            if self.cursor.peek() != Some(b'>') {
                return Err(ScanEnd::EndOrError);
            }
            self.cursor.advance(1);
        } else {
            self.cursor.skip_while(is_tag_char);
        }
        let ends =
            is_blank_or_end(self.cursor.rest(0)) || self.brackets > 0 && self.cursor.peek() == Some(b',');
        if ends { Ok(()) } else { Err(ScanEnd::EndOrError) }
    }

    fn directive(&mut self) -> Result<(), ScanEnd> {
        self.directives += 1;
        if self.directives > MAX_DIRECTIVES {
            return Err(ScanEnd::Costly(too_much("too many directives")));
        }
        self.columns.clear();
        self.key_may_begin = false;
        self.cursor.skip_line();
        Ok(())
    }

    fn block_scalar(&mut self) -> Result<(), ScanEnd> {
        self.key = None;
        self.key_may_begin = true;
        self.cursor.advance(1);
        let mut indent = None;
        for _ in 0..2 {
            match self.cursor.peek() {
                Some(b'+' | b'-') => self.cursor.advance(1),
                Some(digit @ b'1'..=b'9') => {
                    indent = Some(self.columns.last().unwrap_or(&0) + usize::from(digit - b'0'));
                    self.cursor.advance(1);
                }
                _ => {}
            }
        }
        self.cursor.skip_while(|byte| byte == b' ' || byte == b'\t');
        if self.cursor.peek() == Some(b'#') {
            self.cursor.skip_line();
        }
        if !self.cursor.skip_break() {
            return Err(ScanEnd::EndOrError);
        }
        let least = self.columns.last().map_or(1, |column| column + 1);
        self.cursor.skip_indented(indent, least);
        Ok(())
    }

    fn plain(&mut self) -> Result<(), ScanEnd> {
        self.begin_key();
        let indent = self.columns.last().map_or(0, |column| column + 1);
        loop {
            if self.cursor.is_at_document_mark() || self.cursor.peek() == Some(b'#') {
                return Ok(());
            }
            self.cursor.skip_plain_word(self.brackets > 0);
            self.key_may_begin = false;
            let mut is_blank = false;
            loop {
                if self.cursor.skip_break() {
                    self.key_may_begin = true;
                } else if !self.cursor.skip_blank() {
                    break;
                }
                is_blank = true;
            }
            if !is_blank || self.brackets == 0 && self.cursor.column() < indent {
                return Ok(());
            }
        }
    }
}
