//! Article texts: prose of the lengths of a real archive, with whatever real texts hold that looks like structure.

use crate::args::Sizes;
use crate::random::Random;
use crate::words::Words;

/// Characters of a text: the share of texts, in ten thousandths, that are no longer than that.
const LENGTHS: [(usize, usize); 17] = [
    (0, 2),
    (75, 50),
    (500, 170),
    (1000, 240),
    (2000, 356),
    (3000, 480),
    (4000, 617),
    (5000, 780),
    (6000, 988),
    (7000, 1270),
    (8000, 1706),
    (9000, 2570),
    (9500, 3600),
    (9800, 5270),
    (9900, 6790),
    (9990, 13_800),
    (10_000, 29_000),
];

/// Characters of the longest text of a real archive.
const LONGEST: usize = 29_500;

/// What stands inside a line.
const IN_LINE: [&str; 40] = [
    " '작은따옴표'",
    " \"큰따옴표\"",
    " “둥근 따옴표”",
    "'",
    "\"",
    " don't",
    " R&D",
    " & ",
    " <b>굵게</b>",
    " a < b",
    " x = 1",
    " ==",
    " `명령`",
    " https://example.com/?a=1&copy=2",
    " ?id=1&lt=2&amp=3",
    " &nbsp;",
    " &copy;",
    " &#39;",
    " &hellip;",
    " &AMP;",
    " &#x3d;",
    " A.I.",
    " Lorem ipsum dolor",
    " テスト記事",
    " 漢字中文",
    "\u{f914}\u{f9e0}",
    "\u{a0}",
    "\u{a0}\u{a0}",
    "\u{3000}",
    " soft\u{ad}hyphen",
    " 😀",
    " 👨\u{200d}👩\u{200d}👧",
    "\u{e000}",
    " \u{1112}\u{1161}\u{11ab}",
    " cafe\u{301}",
    "·",
    "…",
    " C:\\new\\table",
    "  ",
    " △항목",
];

/// What an article about HTML spells out.
const SPELLED: [&str; 6] = [" &lt;p&gt;", " &amp;", " &amp;lt;", " &quot;인용&quot;", " &#x27;", " &#x3D;"];

/// What stands between paragraphs.
const BLOCKS: [&str; 36] = [
    "---",
    "--------------------",
    "# 제목처럼 보이는 줄",
    "## 댓글 (2 개)",
    "* 항목 하나\n* 항목 둘",
    "*강조로 시작하는 줄",
    "> 인용으로 시작하는 줄",
    "```rust\nlet x = 1;",
    "~~~",
    "<!-- 닫히지 않는 주석",
    "<pre>",
    "<script>",
    "</div>",
    "<![CDATA[",
    "<?php",
    "밑줄 제목\n===",
    "밑줄 제목\n---",
    "---\n바로 이어지는 줄",
    "[참조]: https://example.com/ \"제목\"",
    "[^1]: 각주",
    "*Crawled at: 2024-01-01 00:00:00*",
    "---\n\n*Crawled at: 2024-01-01 00:00:00*\n*Source: [원문 보기](https://example.com/)*",
    "---\n\n*댓글이 없습니다.*",
    "---\n\n📊 **댓글 통계**: 총 1 개 (최상위 1 | 답글 0 | BEST 0) | 최대 깊이: 1",
    "**굵은 줄** | 2025-12-30 00:00 | ",
    "content_hash: 0000",
    "id: 014_0000000001",
    "| 가 | 나 |\n|---|---|",
    "    들여쓴 코드",
    "\t탭으로 시작하는 줄",
    "- - -",
    "***",
    " ---",
    "--- ",
    "줄 하나\n줄 둘\n줄 셋",
    "\n빈 줄 여럿\n",
];

/// An invented text: trimmed, never empty.
pub fn invent(words: &Words, sizes: Sizes, random: &mut Random) -> String {
    let characters = length(sizes, random);
    let spells = random.one_in(40);
    let spice = |random: &mut Random| -> String {
        let choices: &[&str] = if spells && random.one_in(2) { &SPELLED } else { &IN_LINE };
        random.pick(choices).to_owned()
    };
    let mut text = String::with_capacity(characters * 3);
    if random.one_in(2) {
        words.sentences(&mut text, characters, random, spice);
    } else {
        let oddities = if random.one_in(6) { random.between(1, 4) } else { 0 };
        let mut left = characters;
        while left > 0 {
            let paragraph = random.between(40, 400).min(left);
            words.sentences(&mut text, paragraph, random, spice);
            text.push_str("\n\n");
            left -= paragraph;
        }
        for _ in 0..oddities {
            insert_block(&mut text, random);
        }
    }
    let text = text.trim();
    if text.is_empty() { words.word(random).to_owned() } else { text.to_owned() }
}

/// A text of three plain paragraphs, with nothing in it that could be taken for something else.
pub fn plain(words: &Words, random: &mut Random) -> String {
    let paragraphs: Vec<String> = (0..3).map(|_| format!("{} 말했다.", words.phrase(random, 12))).collect();
    paragraphs.join("\n\n")
}

fn length(sizes: Sizes, random: &mut Random) -> usize {
    if sizes == Sizes::Tiny {
        return random.between(2, 60);
    }
    let rank = random.below(10_000);
    let above = LENGTHS.iter().position(|(share, _)| *share > rank).unwrap_or(LENGTHS.len() - 1);
    let (low_rank, low) = LENGTHS[above - 1];
    let (high_rank, high) = LENGTHS[above];
    let characters = low + (high - low) * (rank - low_rank) / (high_rank - low_rank);
    let scale = if sizes == Sizes::Speed { 122 } else { 108 };
    (characters * scale / 100).min(LONGEST)
}

/// Puts a block before, between or after the paragraphs.
fn insert_block(text: &mut String, random: &mut Random) {
    let mut places: Vec<usize> = text.match_indices("\n\n").map(|(at, gap)| at + gap.len()).collect();
    places.push(0);
    let place = places[random.below(places.len())];
    text.insert_str(place, &format!("{}\n\n", random.pick(&BLOCKS)));
}
