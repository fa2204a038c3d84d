//! Scores how much a word of syllables looks like a Korean name, by a small model of surnames and given names.
//!
//! The scores rank words that compete for one name. The model was made for this parser from general knowledge of
//! the language, syllable by syllable; it contains no person's name.

use std::sync::LazyLock;

use crate::crawl::byline::lexer::{is_han, is_kana};

/// Form of a word that can be a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A surname and a given name of two or more syllables, or a surname of two and a given name.
    Full,
    /// A surname and a given name of one syllable.
    Short,
    /// A surname alone.
    Surname,
    /// A single syllable that is not a surname.
    Syllable,
    /// Syllables of a transcribed foreign name.
    Foreign,
    /// Han characters or kana.
    Cjk,
    /// Any other syllables.
    Other,
}

/// Form of a word, and its likeness to a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) shape: Shape,
    pub(super) score: i32,
}

/// Score of a name in any context: a frequent surname with a frequent given name.
pub(super) const STRONG: i32 = 4;
/// Minimum score of a name without other evidence.
pub(super) const PLAIN: i32 = 3;
/// Maximum length of a name of one word, in characters.
const MAX_NAME_CHARS: usize = 8;

/// Scores a word in Hangul, or in Han and kana; `None` for any other word.
pub(super) fn look(word: &str) -> Option<Look> {
    let table = Table::get();
    let mut buffer = [Syllable::default(); MAX_NAME_CHARS];
    let mut length = 0;
    let mut common = HANGUL | CJK;
    for character in word.chars() {
        let syllable = Syllable { character, traits: table.traits(character) };
        common &= syllable.traits;
        *buffer.get_mut(length)? = syllable;
        length += 1;
    }
    match length {
        0 => None,
        _ if common & HANGUL != 0 => Some(look_of(&buffer[..length], &table.native)),
        1..=5 if common & CJK != 0 => Some(Look { shape: Shape::Cjk, score: 2 }),
        _ => None,
    }
}

fn look_of(syllables: &[Syllable], native: &[[char; 2]]) -> Look {
    let (first, rest) = (syllables[0], &syllables[1..]);
    let is_foreign = syllables.iter().any(|syllable| syllable.is(FOREIGN));
    if let [second, given @ ..] = rest
        && LONG_SURNAMES.contains(&[first.character, second.character])
    {
        return match given {
            [] => Look { shape: Shape::Surname, score: 1 },
            [_] | [_, _] => Look { shape: Shape::Full, score: STRONG + given_score(given, false).max(0) },
            _ => Look { shape: Shape::Other, score: -1 },
        };
    }
    let surname = surname_score(first);
    if rest.is_empty() {
        return match (surname, is_foreign) {
            (Some(score), _) => Look { shape: Shape::Surname, score: score - 2 },
            (None, true) => Look { shape: Shape::Foreign, score: 0 },
            (None, false) => Look { shape: Shape::Syllable, score: -1 },
        };
    }
    // A word of the language that is used as a given name: after a surname, or as a pen name.
    let has_native = is_native(rest, native);
    if let Some(surname) = surname
        && (has_native || !rest.iter().any(|syllable| syllable.is(FOREIGN)))
    {
        match rest.len() {
            1 => return Look { shape: Shape::Short, score: surname - 1 + given_score(rest, false) },
            2 => return Look { shape: Shape::Full, score: surname + given_score(rest, has_native) },
            3 | 4 if has_native => return Look { shape: Shape::Full, score: surname + 2 },
            _ => {}
        }
    }
    let score = match syllables.len() {
        2..=4 if is_native(syllables, native) => 2,
        2 if !is_foreign => 1,
        2 | 3 => 0,
        4 if surname.is_some_and(|score| score > 0) => 0,
        _ => -1,
    };
    Look { shape: if is_foreign { Shape::Foreign } else { Shape::Other }, score }
}

fn surname_score(syllable: Syllable) -> Option<i32> {
    match syllable.traits & (COMMON_SURNAME | SURNAME | RARE_SURNAME) {
        0 => None,
        traits if traits & COMMON_SURNAME != 0 => Some(3),
        traits => Some(i32::from(traits & SURNAME != 0)),
    }
}

/// Scores the last one or two syllables of a name.
fn given_score(given: &[Syllable], is_native: bool) -> i32 {
    match given {
        _ if is_native => 2,
        [first, last] => given_at(*first, GIVEN_FIRST) + given_at(*last, GIVEN_LAST),
        [only] => given_at(*only, GIVEN_LAST),
        _ => -2,
    }
}

fn given_at(syllable: Syllable, frequent: u16) -> i32 {
    if syllable.is(frequent) {
        1
    } else if syllable.is(INSTITUTIONAL | FOREIGN) {
        -2
    } else {
        -1
    }
}

/// Returns whether the syllables are a sequence of words of the language that are used as given names.
fn is_native(syllables: &[Syllable], words: &[[char; 2]]) -> bool {
    fn is_made_of_words(syllables: &[Syllable], words: &[[char; 2]]) -> bool {
        match syllables {
            [] => true,
            [first, second, rest @ ..] if first.is(NATIVE_FIRST) => {
                words.contains(&[first.character, second.character])
                    && (is_made_of_words(rest, words) || matches!(rest, [last] if last.is(NATIVE_ALONE)))
            }
            _ => false,
        }
    }
    match syllables {
        [] | [_] => false,
        [first, rest @ ..] => {
            is_made_of_words(syllables, words)
                || rest.len() > 1 && first.is(NATIVE_ALONE) && is_made_of_words(rest, words)
        }
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Syllable {
    character: char,
    traits: u16,
}

impl Syllable {
    fn is(self, traits: u16) -> bool {
        self.traits & traits != 0
    }
}

/// Traits of each Hangul syllable.
struct Table {
    traits: Box<[u16; HANGUL_COUNT]>,
    native: Vec<[char; 2]>,
}

/// Number of Hangul syllables, which are consecutive in Unicode.
const HANGUL_COUNT: usize = 11_172;

impl Table {
    fn get() -> &'static Table {
        static TABLE: LazyLock<Table> = LazyLock::new(Table::new);
        &TABLE
    }

    fn new() -> Self {
        let mut traits = Box::new([HANGUL; HANGUL_COUNT]);
        let mut add = |syllable: char, more: u16| traits[hangul_number(syllable)] |= more;
        for (more, syllables) in TRAITS {
            syllables.chars().for_each(|syllable| add(syllable, *more));
        }
        let mut native = Vec::new();
        for word in NATIVE.split(' ') {
            let mut syllables = word.chars();
            if let (Some(first), Some(second)) = (syllables.next(), syllables.next()) {
                add(first, NATIVE_FIRST);
                native.push([first, second]);
            }
        }
        Table { traits, native }
    }

    fn traits(&self, character: char) -> u16 {
        match self.traits.get(hangul_number(character)) {
            Some(traits) => *traits,
            None if is_han(character) || is_kana(character) => CJK,
            None => 0,
        }
    }
}

fn hangul_number(syllable: char) -> usize {
    u32::from(syllable).wrapping_sub(u32::from('가')) as usize
}

const HANGUL: u16 = 1;
const CJK: u16 = 1 << 1;
const COMMON_SURNAME: u16 = 1 << 2;
const SURNAME: u16 = 1 << 3;
const RARE_SURNAME: u16 = 1 << 4;
const GIVEN_FIRST: u16 = 1 << 5;
const GIVEN_LAST: u16 = 1 << 6;
const INSTITUTIONAL: u16 = 1 << 7;
const NATIVE_FIRST: u16 = 1 << 8;
const NATIVE_ALONE: u16 = 1 << 9;
const FOREIGN: u16 = 1 << 10;

/// Syllables by trait.
const TRAITS: &[(u16, &str)] = &[
    // Surnames of nine in ten Koreans, other surnames, and rare ones with which many other words begin.
    (
        COMMON_SURNAME,
        "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우민진나지엄원",
    ),
    (
        SURNAME,
        "구채천방공현함변염여추도소석선설마길연위표명기반왕금옥인맹제모탁은용예봉사부가복태목계피두감편경라",
    ),
    (RARE_SURNAME, "육국어형음빈동온호범좌팽승간상갈단당견리림량로시화후"),
    // Frequent syllables of given names.
    (
        GIVEN_FIRST,
        "가강건겸경광교규근금기길나남다단대덕도동두라래령명모무문미민병보복봉상새서석선설성세소송솔수숙\
순슬승시신아안애양연영예오옥완용우운원유윤은을의이인일임자재정제종주준중지진찬창채철초춘충치태평필하한해행향혁\
현형혜호홍화환효훈휘희몽",
    ),
    (
        GIVEN_LAST,
        "강건걸겸경곤관광교구국권규균근기길나남녀덕도동라란람랑래련렬룡리린림만명모묵미민배범별병복봉빈빛\
상서석선섭성솔수숙순슬승식신심아안애연열엽영예옥온완용우욱운웅원월유윤율은을의이익인일임자재정제조종주준중지진찬\
창채천철춘출태택특표필하학한해향혁현협형혜호홍화환효훈휘흠흥희",
    ),
    // Last syllables of bodies, offices and places.
    (INSTITUTIONAL, "과팀당시군읍면부실단대도국장사관가역항청원회로"),
    // Single syllables that are combined with the words of `NATIVE`.
    (NATIVE_ALONE, "솔별봄빛온한새샘들결찬슬달해늘참"),
    // Syllables of transcribed foreign names that Korean given names do not contain.
    (
        FOREIGN,
        "킴스트크프르드즈츠브그므흐카타코토포쇼케테페메베데게바클틀플블킨틴핀캐패맥잭톰팀빌밥닉릭딕텐펜벤켄멘센\
첸펠벨델멜헬넬켈텔첼셀엘웰알퍼터커버퀴쿼콰튜퓨뮤큐듀쉬슈쥬챠샤랴뱌먀냐샌핸앤밴캔팬랜맨댄롭폴콜톨볼톡펀던턴컨썬션캘탈팔\
칼쿠루레네티파키니디피비위워웨투푸응밍랑롱잉",
    ),
];

/// Surnames of two syllables.
const LONG_SURNAMES: [[char; 2]; 9] = [
    ['남', '궁'],
    ['황', '보'],
    ['제', '갈'],
    ['사', '공'],
    ['선', '우'],
    ['서', '문'],
    ['독', '고'],
    ['동', '방'],
    ['망', '절'],
];

/// Words of the language that are given names.
const NATIVE: &str = "가람 가온 겨레 고운 그루 그린 나라 나래 나루 누리 다솜 다온 다운 다슬 단비 도담 두리 드림 라온 마루 마음 미르 믿음 바다 \
     바람 버들 벼리 별하 보람 보라 보슬 빛나 사랑 산들 새롬 새봄 샛별 소담 소라 솔잎 송이 슬기 시내 아람 아름 아라 여울 예슬 \
     온유 우람 으뜸 은솔 이슬 초롱 푸름 푸른 하늘 하람 한결 한별 한울 해솔";
