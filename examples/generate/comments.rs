//! The section of comments between the text and the footer.

use std::fmt::Write as _;

use crate::random::Random;
use crate::words::Words;

/// The comments of one article; none is a section too.
pub struct Comments(Vec<Comment>);

struct Comment {
    /// 0 for a comment, 1 for a reply, 2 for a reply's reply.
    depth: usize,
    best: bool,
    header: String,
    /// None once it is deleted.
    text: Option<String>,
}

impl Comments {
    pub fn invent(words: &Words, random: &mut Random) -> Self {
        let count = if random.one_in(3) { 0 } else { random.between(1, 9) };
        let mut comments: Vec<Comment> = Vec::with_capacity(count);
        for _ in 0..count {
            let deepest = comments.last().map_or(0, |before| (before.depth + 1).min(3));
            let depth = random.between(0, deepest);
            comments.push(Comment::invent(depth, words, random));
        }
        Comments(comments)
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The section as the file prints it; `escape` prints what readers wrote.
    pub fn print(&self, escape: impl Fn(&str) -> String) -> String {
        let count = self.count();
        if count == 0 {
            return "*댓글이 없습니다.*".to_owned();
        }
        let top = self.0.iter().filter(|comment| comment.depth == 0).count();
        let best = self.0.iter().filter(|comment| comment.best).count();
        let deepest = self.0.iter().map(|comment| comment.depth + 1).max().unwrap_or(1);
        let replies = count - top;
        let mut out = format!(
            "📊 **댓글 통계**: 총 {count} 개 (최상위 {top} | 답글 {replies} | BEST {best}) | \
             최대 깊이: {deepest}\n\n## 댓글 ({count} 개)"
        );
        for (index, comment) in self.0.iter().enumerate() {
            let gap = if index > 0 && comment.depth == 0 { "\n\n---\n\n" } else { "\n\n" };
            out.push_str(gap);
            comment.print(&mut out, &escape);
        }
        out
    }
}

impl Comment {
    fn invent(depth: usize, words: &Words, random: &mut Random) -> Self {
        if random.one_in(8) {
            return Comment { depth, best: false, header: String::new(), text: None };
        }
        let best = depth == 0 && random.one_in(5);
        let mut header = format!("**{}**", words.person(random));
        if random.one_in(3) {
            header.push_str(" (abcd****)");
        }
        if best {
            header.push_str(" | ⭐ **BEST**");
        }
        if !random.one_in(10) {
            let _ = write!(header, " | 2025-12-{:02} 09:48", random.between(1, 31));
        }
        if !random.one_in(10) {
            let _ = write!(header, " | 👍 {}", random.below(500));
        }
        if !random.one_in(10) {
            let _ = write!(header, " | 👎 {}", random.below(50));
        }
        let count = random.between(1, 9);
        let mut text = words.phrase(random, count);
        text.push_str(random.pick(&[
            "",
            "",
            "",
            " ㅋㅋ",
            " \"인용\" & <끝>",
            "\n둘째 줄",
            "\n\n---\n\n다시",
        ]));
        Comment { depth, best, header, text: Some(text) }
    }

    fn print(&self, out: &mut String, escape: impl Fn(&str) -> String) {
        let block = match &self.text {
            Some(text) => format!("{}\n\n{}", self.header, escape(text)),
            None => "*[삭제된 댓글입니다]*".to_owned(),
        };
        let quote = ">".repeat(self.depth);
        for (index, line) in block.lines().enumerate() {
            if index > 0 {
                out.push('\n');
            }
            out.push_str(&quote);
            if !quote.is_empty() && !line.is_empty() {
                out.push(' ');
            }
            out.push_str(line);
        }
    }
}
