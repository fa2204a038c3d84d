//! Cursor over a block of YAML.

const LINE_BREAKS: [&[u8]; 6] =
    [b"\r\n", b"\n", b"\r", "\u{85}".as_bytes(), "\u{2028}".as_bytes(), "\u{2029}".as_bytes()];
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A position in a block.
pub struct Cursor<'a> {
    bytes: &'a [u8],
    offset: usize,
    line_start: usize,
}

impl<'a> Cursor<'a> {
    /// Creates a cursor at the start of `block`.
    pub fn new(block: &'a str) -> Self {
        Cursor { bytes: block.as_bytes(), offset: 0, line_start: 0 }
    }

    /// Returns the byte at the cursor.
    pub fn peek(&self) -> Option<u8> {
        self.bytes.get(self.offset).copied()
    }

    /// Returns the bytes from `ahead` bytes after the cursor to the end.
    pub fn rest(&self, ahead: usize) -> &'a [u8] {
        self.bytes.get(self.offset + ahead..).unwrap_or_default()
    }

    /// Returns the position in bytes of the block.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Returns the byte offset at which the line begins.
    pub fn line_start(&self) -> usize {
        self.line_start
    }

    /// Returns the column in bytes; only ASCII precedes a key or a mark.
    pub fn column(&self) -> usize {
        self.offset - self.line_start
    }

    /// Returns whether the line begins here with `---` or `...` before a blank, which ends a document.
    pub fn is_at_document_mark(&self) -> bool {
        let rest = self.rest(0);
        self.column() == 0
            && (rest.starts_with(b"---") || rest.starts_with(b"..."))
            && is_blank_or_end(self.rest(3))
    }

    /// Advances by some bytes of the line.
    pub fn advance(&mut self, bytes: usize) {
        self.offset = (self.offset + bytes).min(self.bytes.len());
    }

    /// Skips every byte that is `wanted`, and returns their number.
    pub fn skip_while(&mut self, wanted: impl Fn(u8) -> bool) -> usize {
        let rest = self.rest(0);
        let length = rest.iter().position(|&byte| !wanted(byte)).unwrap_or(rest.len());
        self.offset += length;
        length
    }

    /// Skips a space or tab, if there is one; returns whether there is.
    pub fn skip_blank(&mut self) -> bool {
        let is_blank = matches!(self.peek(), Some(b' ' | b'\t'));
        self.offset += usize::from(is_blank);
        is_blank
    }

    /// Skips a line break, if there is one; returns whether there is.
    pub fn skip_break(&mut self) -> bool {
        let length = break_length(self.rest(0));
        if length > 0 {
            self.offset += length;
            self.line_start = self.offset;
        }
        length > 0
    }

    /// Skips to the end of the line.
    pub fn skip_line(&mut self) {
        while self.peek().is_some() && break_length(self.rest(0)) == 0 {
            self.offset += 1;
        }
    }

    /// Skips a byte order mark at the line's start, which the parser counts as one column.
    pub fn skip_byte_order_mark(&mut self) {
        if self.column() == 0 && self.rest(0).starts_with(BYTE_ORDER_MARK) {
            self.offset += BYTE_ORDER_MARK.len();
            self.line_start = self.offset - 1;
        }
    }

    /// Skips a text in quotes.
    pub fn skip_quoted(&mut self, quote: u8) {
        self.advance(1);
        while let Some(byte) = self.peek() {
            if self.skip_break() {
                continue;
            }
            self.advance(1);
            match byte {
                b'\\' if quote == b'"' && break_length(self.rest(0)) == 0 => self.advance(1),
                _ if byte != quote => {}
                b'\'' if self.peek() == Some(quote) => self.advance(1),
                _ => return,
            }
        }
    }

    /// Skips bytes of a plain text, up to a blank or its end.
    pub fn skip_plain_word(&mut self, in_brackets: bool) {
        while let Some(byte) = self.peek() {
            let ends = match byte {
                b':' => is_blank_or_end(self.rest(1)),
                b',' | b'[' | b']' | b'{' | b'}' => in_brackets,
                _ => is_blank_or_end(self.rest(0)),
            };
            if ends {
                break;
            }
            self.offset += 1;
        }
    }

    /// Skips the lines of a block scalar, to the first one that is indented less than its first one.
    pub fn skip_indented(&mut self, indent: Option<usize>, least: usize) {
        let indent = indent.unwrap_or_else(|| {
            let mut deepest = least;
            loop {
                self.skip_while(|byte| byte == b' ');
                deepest = deepest.max(self.column());
                if !self.skip_break() {
                    return deepest;
                }
            }
        });
        loop {
            while self.column() < indent && self.peek() == Some(b' ') {
                self.offset += 1;
            }
            if self.column() == indent {
                self.skip_line();
            }
            if !self.skip_break() {
                return;
            }
        }
    }
}

/// Returns whether `rest` is empty, or begins with a space, a tab or a line break.
pub fn is_blank_or_end(rest: &[u8]) -> bool {
    matches!(rest.first(), None | Some(b' ' | b'\t')) || break_length(rest) > 0
}

/// Returns whether the name of an anchor may contain `byte`.
pub fn is_word_char(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// Returns whether a tag may contain `byte`.
pub fn is_tag_char(byte: u8) -> bool {
    is_word_char(byte) || b";/?:@&=+$.%!~*'()".contains(&byte)
}

fn break_length(rest: &[u8]) -> usize {
    let may_begin = matches!(rest.first(), Some(b'\n' | b'\r' | 0xc2 | 0xe2));
    let found = LINE_BREAKS.iter().find(|line_break| may_begin && rest.starts_with(line_break));
    found.map_or(0, |line_break| line_break.len())
}
