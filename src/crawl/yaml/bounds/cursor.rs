//! A place in a block of YAML, and the ways to move on from it.

const LINE_BREAKS: [&[u8]; 6] =
    [b"\r\n", b"\n", b"\r", "\u{85}".as_bytes(), "\u{2028}".as_bytes(), "\u{2029}".as_bytes()];
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A place in a block.
pub struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    line_start: usize,
}

impl<'a> Cursor<'a> {
    /// The start of `block`.
    pub fn new(block: &'a str) -> Self {
        Cursor { bytes: block.as_bytes(), at: 0, line_start: 0 }
    }

    /// The byte that stands here.
    pub fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// What stands `ahead` of the place, to the end.
    pub fn rest(&self, ahead: usize) -> &'a [u8] {
        self.bytes.get(self.at + ahead..).unwrap_or_default()
    }

    /// Where it is, in bytes of the block.
    pub fn offset(&self) -> usize {
        self.at
    }

    /// Where the line begins.
    pub fn line_start(&self) -> usize {
        self.line_start
    }

    /// The column in bytes; what stands before a key or a mark is ASCII.
    pub fn column(&self) -> usize {
        self.at - self.line_start
    }

    /// Whether `---` or `...` stands here alone, which ends a document.
    pub fn is_at_document_mark(&self) -> bool {
        let rest = self.rest(0);
        self.column() == 0
            && (rest.starts_with(b"---") || rest.starts_with(b"..."))
            && is_blank_or_end(self.rest(3))
    }

    /// Moves on by bytes of the line.
    pub fn advance(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.bytes.len());
    }

    /// Moves over every byte that is `wanted`, and says how many there are.
    pub fn skip_while(&mut self, wanted: impl Fn(u8) -> bool) -> usize {
        let rest = self.rest(0);
        let length = rest.iter().position(|&byte| !wanted(byte)).unwrap_or(rest.len());
        self.at += length;
        length
    }

    /// Moves over a space or tab, if one stands here.
    pub fn skip_blank(&mut self) -> bool {
        let is_blank = matches!(self.peek(), Some(b' ' | b'\t'));
        self.at += usize::from(is_blank);
        is_blank
    }

    /// Moves over a line break, if one stands here.
    pub fn skip_break(&mut self) -> bool {
        let length = break_length(self.rest(0));
        if length > 0 {
            self.at += length;
            self.line_start = self.at;
        }
        length > 0
    }

    /// Moves to the line's end.
    pub fn skip_line(&mut self) {
        while self.peek().is_some() && break_length(self.rest(0)) == 0 {
            self.at += 1;
        }
    }

    /// Moves over a byte order mark at the line's start, which the parser counts as one column.
    pub fn skip_byte_order_mark(&mut self) {
        if self.column() == 0 && self.rest(0).starts_with(BYTE_ORDER_MARK) {
            self.at += BYTE_ORDER_MARK.len();
            self.line_start = self.at - 1;
        }
    }

    /// Moves over a text in quotes.
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

    /// Moves over what a plain text holds up to a blank, or to what ends the text.
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
            self.at += 1;
        }
    }

    /// Moves over the lines of a block scalar, to the first one that is not indented as its first one is.
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
                self.at += 1;
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

/// Whether a space, a tab, a line break or nothing stands at the start.
pub fn is_blank_or_end(rest: &[u8]) -> bool {
    matches!(rest.first(), None | Some(b' ' | b'\t')) || break_length(rest) > 0
}

/// Whether names of anchors may hold `byte`.
pub fn is_word_char(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// Whether tags may hold `byte`.
pub fn is_tag_char(byte: u8) -> bool {
    is_word_char(byte) || b";/?:@&=+$.%!~*'()".contains(&byte)
}

fn break_length(rest: &[u8]) -> usize {
    let may_begin = matches!(rest.first(), Some(b'\n' | b'\r' | 0xc2 | 0xe2));
    let found = LINE_BREAKS.iter().find(|line_break| may_begin && rest.starts_with(line_break));
    found.map_or(0, |line_break| line_break.len())
}
