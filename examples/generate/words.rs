//! Invented Korean words, names and sentences.

use crate::random::Random;

const INITIALS: [u32; 12] = [0, 2, 3, 5, 6, 7, 9, 11, 12, 14, 16, 18];
const MEDIALS: [u32; 10] = [0, 1, 4, 5, 6, 8, 12, 13, 18, 20];
const FINALS: [u32; 10] = [0, 0, 0, 0, 1, 4, 8, 16, 17, 21];
const PARTICLES: [&str; 14] =
    ["은", "는", "이", "가", "을", "를", "의", "에", "에서", "으로", "와", "과", "도", "까지"];
const FAMILY_NAMES: [&str; 12] = ["김", "이", "박", "최", "정", "강", "조", "윤", "장", "임", "남궁", "제갈"];
const VOCABULARY: usize = 4096;

/// The words of one archive.
pub struct Words(Vec<(String, usize)>);

impl Words {
    pub fn new(seed: u64) -> Self {
        let mut random = Random::of_file(seed, u64::MAX);
        Words((0..VOCABULARY).map(|_| word_with_length(&mut random)).collect())
    }

    pub fn word(&self, random: &mut Random) -> &str {
        &self.0[random.below(VOCABULARY)].0
    }

    /// Several words with a space between them.
    pub fn phrase(&self, random: &mut Random, count: usize) -> String {
        (0..count).map(|_| self.word(random)).collect::<Vec<_>>().join(" ")
    }

    /// Appends sentences of about `characters` characters; `spice` is asked for something odd now and then.
    pub fn sentences(
        &self,
        out: &mut String,
        characters: usize,
        random: &mut Random,
        spice: impl Fn(&mut Random) -> String,
    ) {
        let mut written = 0;
        let mut since_stop = 0;
        while written < characters {
            let (word, length) = &self.0[random.below(VOCABULARY)];
            out.push_str(word);
            written += length + 1;
            since_stop += 1;
            if random.one_in(24) {
                let odd = spice(random);
                written += odd.chars().count();
                out.push_str(&odd);
            }
            if since_stop > 8 && random.one_in(6) {
                out.push_str(" 말했다.");
                written += 5;
                since_stop = 0;
            }
            out.push(' ');
        }
        out.pop();
    }

    pub fn person(&self, random: &mut Random) -> String {
        let family = random.pick(&FAMILY_NAMES);
        format!("{family}{}{}", syllable(random), syllable(random))
    }

    pub fn publisher(&self, random: &mut Random) -> String {
        // Few publishers write most articles: the number makes the name.
        let mut named = Random::of_file(random.below(60) as u64, 7);
        let name: String = (0..named.between(2, 3)).map(|_| syllable(&mut named)).collect();
        format!("{name}{}", named.pick(&["신문", "일보", "뉴스", "경제", "TV", "방송", " 투데이", "N"]))
    }
}

fn word_with_length(random: &mut Random) -> (String, usize) {
    let mut word = String::new();
    for _ in 0..random.between(1, 4) {
        word.push(syllable(random));
    }
    if random.one_in(2) {
        word.push_str(random.pick(&PARTICLES));
    }
    if random.one_in(30) {
        word = format!("{}", random.between(1, 9999));
    }
    let length = word.chars().count();
    (word, length)
}

fn syllable(random: &mut Random) -> char {
    let initial = INITIALS[random.below(INITIALS.len())];
    let medial = MEDIALS[random.below(MEDIALS.len())];
    let last = FINALS[random.below(FINALS.len())];
    char::from_u32(0xac00 + (initial * 21 + medial) * 28 + last).unwrap_or('가')
}
