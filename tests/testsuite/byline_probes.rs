//! Bylines of words that the reader does not know: every list is split in two by a seed, one half for the reader, the
//! other for the bylines.

use std::collections::BTreeMap;
use std::fmt::Write;

use news_ingest::crawl::byline::{Reader, Sense, listed_words};

/// Bylines of each form and seed.
const COUNT: usize = 40;
const SEEDS: u64 = 4;
/// Of all bylines, in percent.
const MIN_RIGHT: usize = 97;

/// What no reader of bylines goes without.
const CORE: &str = "기자 특파원 교수 와 과 및 by and de da di do dos du del della la le van von der den ter bin binti ibn al el e y";

const SURNAMES: &str =
    "김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 홍 고 문 손 배 백 허 유 남 심 노 하 남궁 선우";
const GIVEN_NAMES: &str = "길동 춘향 몽룡 가람 나래 하늘 민수 서연 지훈 하은 도윤 예준 수빈 현우 지민 은지 성호 미경 영희 상철 \
     재윤 다솜 보람 슬기 준호 태영 소희 진아 유진 혜원";
/// Places near and far, in the lists or not.
const PLACES: &str = "예레반 트빌리시 바쿠 키갈리 루사카 아크라 다카르 리가 빌뉴스 탈린 헤이그 라파스 키토 마나과 하라레 \
     정저우 쑤저우 지난 구이양 양저우 사포로 니가타 가나자와 조치원 왜관 벌교 주문진읍 안면도 구례읍 화개 동탄 광교 미사 \
     위례 운정 마곡 청라 배곧 검단 옥정 다산 별내 고덕 고산 탄현";
const OUTLETS: &str = "누리마당 다온위키 코인나라 가나포인트 한빛센스 테크엠엔 골프앤라이프 메디파나 비건타운 오토카포 \
     더나은미래 펫플래닛 스타엔 시그널랩 라이프인사이드 파이낸스인 그린포스 에듀플러스 머니플러스 아트인컬처 무비스트 \
     가나나루비즈";
const TITLES: &str = "국악인 지사장 하우스노미스트 언론인 역사학자 박사과정 스페셜리스트 대변인 당협위원장 지휘자 소방관 \
     플로리스트 쇼호스트 조향사 바리스타 큐레이터 서예가 도예가 훈련사 커뮤니케이터 성악가 조각가 정치학자 사서 \
     해녀 셰프 동화구연가 물리치료사 임상심리사 요리연구가 여행작가 천문학자 경제학자 심리상담사 농부 목수 \
     기획관 주무관 연구관 조련사 성우 안무가 작곡가 연주자 피아니스트 첼리스트 무용가 연출가 방송인 정원사 문화기획자 등반가 \
     탐험가 곤충학자 고생물학자 사회학자 철학자 헤어디자이너 스타일리스트 변리사";
const AFFILIATIONS: &str = "가나대 한솔대 나래대 누리연구소 가나병원 푸른재단 법무법인 경영학과 신경외과 신문방송학과 가나증권 \
     나래투자증권 다라은행 동남아 가나당 시민모임 경영대학원 사회학과";
const LATIN: [&str; 14] = [
    "Jane Doe",
    "Bob Lee",
    "Kim Min Ji",
    "John A. Doe",
    "J.K. Doe",
    "Oscar de la Cruz",
    "Anna O'Neil",
    "Lê Thị Hồng",
    "Étienne Dupré",
    "Maria von Doe",
    "Hong Gil-dong",
    "José García",
    "Ali bin Doe",
    "Ann-Marie Roe",
];
const FOREIGN: &str = "존+스미스 마이클+김 사라+김 수지+킴 응오+티+란 다나베+신지로 존+F.+스미스 마리아+로페스 카를로스+페레스 \
     山田+太郎";

struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % end
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }
}

fn hash(word: &str, seed: u64) -> u64 {
    let mixed = word.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    mixed ^ mixed >> 29
}

/// Whether the reader knows a word.
fn is_known(word: &str, seed: u64) -> bool {
    CORE.split(' ').any(|core| core == word) || hash(word, seed).is_multiple_of(2)
}

/// The words of one seed that the reader does not know.
struct Words {
    places: Vec<&'static str>,
    outlets: Vec<&'static str>,
    titles: Vec<&'static str>,
    qualifiers: Vec<&'static str>,
    affiliations: Vec<&'static str>,
    labels: Vec<&'static str>,
    foreign: Vec<String>,
    names: Vec<String>,
}

impl Words {
    fn new(seed: u64) -> Self {
        let unknown = |words: &'static str| -> Vec<&str> {
            words.split_whitespace().filter(|word| !is_known(word, seed)).collect()
        };
        let listed = |sense: Sense| {
            listed_words()
                .filter(move |(other, word)| *other == sense && !is_known(word, seed))
                .map(|(_, word)| word)
        };
        let is_hangul = |word: &&str| word.chars().all(|c| ('가'..='힣').contains(&c));
        let long = |word: &&str| word.chars().count() > 2;
        let titles = unknown(TITLES).into_iter().chain(listed(Sense::Title).filter(is_hangul).filter(long));
        Words {
            places: unknown(PLACES).into_iter().chain(listed(Sense::Town)).collect(),
            outlets: unknown(OUTLETS),
            titles: titles.collect(),
            qualifiers: listed(Sense::Qualifier).filter(is_hangul).collect(),
            affiliations: unknown(AFFILIATIONS),
            labels: listed_words()
                .filter(|(sense, word)| *sense == Sense::Label && is_known(word, seed))
                .map(|(_, word)| word)
                .collect(),
            foreign: FOREIGN.split_whitespace().map(|name| name.replace('+', " ")).collect(),
            names: SURNAMES
                .split_whitespace()
                .flat_map(|surname| {
                    GIVEN_NAMES.split_whitespace().map(move |given| format!("{surname}{given}"))
                })
                .collect(),
        }
    }
}

type Person = (String, String, String);

/// A byline with the persons whom it names.
struct Probe {
    form: &'static str,
    byline: String,
    persons: Vec<Person>,
}

/// The forms of a byline, `N` a name, `T` a title, `E` an address.
const FORMS: [&str; 48] = [
    "N 기자(E)",
    "N 기자 E",
    "N(E)",
    "N 기자 (E)",
    "N E",
    "N (E)",
    "N 기자",
    "N기자 E",
    "outlet N 기자 E",
    "[outlet N 기자] E",
    "place=N 기자(E)",
    "[place=outlet] N 기자 E",
    "place | N 특파원",
    "place N 기자 E",
    "place N 특파원",
    "N 기자(=place)(E)",
    "N·N 기자",
    "N·N 기자 E E",
    "N 기자, N 기자 E",
    "N 기자(E)·N 기자(E)",
    "N(E) label : N",
    "BY NAME [E]",
    "Latin (E)",
    "Latin",
    "outlet(E)",
    "outlet팀 기자(E)",
    "N title",
    "N title E",
    "N(title) E",
    "N affiliation title",
    "N 기자와 N PD",
    "title-first N",
    "N qualifier 전문기자(E)",
    "foreign 기자",
    "foreign 특파원 (E)",
    "outlet=N 기자 E",
    "place·place=N·N 기자",
    "N place 특파원",
    "affiliation N 교수",
    "N affiliation 교수",
    "outlet N E",
    "place N E",
    "N outlet 기자 E",
    "outlet",
    "place=outlet",
    "N qualifier기자 E",
    "qualifier기자 N",
    "outlet E",
];

fn probe(form: &'static str, words: &Words, random: &mut Random) -> Probe {
    let mut name = || {
        let at = random.below(words.names.len());
        words.names[at].clone()
    };
    let (name, mut other) = (name(), name());
    if other == name {
        other = "홍길동".to_owned();
    }
    let (place, outlet) = (random.pick(&words.places), random.pick(&words.outlets));
    let (title, affiliation) = (random.pick(&words.titles), random.pick(&words.affiliations));
    let place_two = random.pick(&words.places);
    let qualifier = random.pick(&words.qualifiers);
    let label = random.pick(&words.labels);
    let latin = LATIN[random.below(LATIN.len())];
    let foreign = words.foreign[random.below(words.foreign.len())].as_str();
    let email = format!("writer{}@example.com", random.below(1000));
    let email_two = format!("other{}@example.com", random.below(1000));
    let person = |name: &str, role: &str, email: &str| (name.to_owned(), role.to_owned(), email.to_owned());
    let one = |role: &str, email: &str| vec![person(&name, role, email)];
    let (byline, persons) = match form {
        "N 기자(E)" => (format!("{name} 기자({email})"), one("기자", &email)),
        "N 기자 E" => (format!("{name} 기자 {email}"), one("기자", &email)),
        "N(E)" => (format!("{name}({email})"), one("", &email)),
        "N 기자 (E)" => (format!("{name} 기자 ({email})"), one("기자", &email)),
        "N E" => (format!("{name} {email}"), one("", &email)),
        "N (E)" => (format!("{name} ({email})"), one("", &email)),
        "N 기자" => (format!("{name} 기자"), one("기자", "")),
        "N기자 E" => (format!("{name}기자 {email}"), one("기자", &email)),
        "outlet N 기자 E" => (format!("{outlet} {name} 기자 {email}"), one("기자", &email)),
        "[outlet N 기자] E" => (format!("[{outlet} {name} 기자] {email}"), one("기자", &email)),
        "outlet=N 기자 E" => (format!("[{outlet}={name} 기자] {email}"), one("기자", &email)),
        "place=N 기자(E)" => (format!("{place}={name} 기자({email})"), one("기자", &email)),
        "[place=outlet] N 기자 E" => {
            (format!("[{place}={outlet}] {name} 기자 {email}"), one("기자", &email))
        }
        "place | N 특파원" => (format!("{place} | {name} 특파원"), one("특파원", "")),
        "place N 기자 E" => (format!("{place} {name} 기자 {email}"), one("기자", &email)),
        "place N 특파원" => (format!("{place} {name} 특파원"), one("특파원", "")),
        "N place 특파원" => (format!("{name} {place} 특파원"), one("특파원", "")),
        "N 기자(=place)(E)" => (format!("{name} 기자(={place})({email})"), one("기자", &email)),
        "N·N 기자" => {
            (format!("{name}·{other} 기자"), vec![person(&name, "기자", ""), person(&other, "기자", "")])
        }
        "N·N 기자 E E" => (
            format!("{name}·{other} 기자 {email} {email_two}"),
            vec![person(&name, "기자", &email), person(&other, "기자", &email_two)],
        ),
        "N 기자, N 기자 E" => (
            format!("{name} 기자, {other} 기자 {email}"),
            vec![person(&name, "기자", ""), person(&other, "기자", &email)],
        ),
        "N 기자(E)·N 기자(E)" => (
            format!("{name} 기자({email})·{other} 기자({email_two})"),
            vec![person(&name, "기자", &email), person(&other, "기자", &email_two)],
        ),
        "place·place=N·N 기자" => (
            format!("{place}·{place_two}={name}·{other} 기자"),
            vec![person(&name, "기자", ""), person(&other, "기자", "")],
        ),
        "N(E) label : N" => (
            format!("{name}({email}) {label} : {other}"),
            vec![person(&name, "", &email), person(&other, "", "")],
        ),
        "N 기자와 N PD" => (
            format!("{name} 기자와 {other} 기자"),
            vec![person(&name, "기자", ""), person(&other, "기자", "")],
        ),
        "BY NAME [E]" => {
            let latin = latin.to_uppercase();
            (format!("BY {latin} [{email}]"), vec![person(&latin, "", &email)])
        }
        "Latin (E)" => (format!("{latin} ({email})"), vec![person(latin, "", &email)]),
        "Latin" => (latin.to_owned(), vec![person(latin, "", "")]),
        "outlet(E)" => (format!("{outlet}({email})"), vec![]),
        "outlet팀 기자(E)" => (format!("{outlet}팀 기자({email})"), vec![]),
        "N title" => (format!("{name} {title}"), one(title, "")),
        "N title E" => (format!("{name} {title} {email}"), one(title, &email)),
        "N(title) E" => (format!("{name}({title}) {email}"), one(title, &email)),
        "N affiliation title" => (format!("{name} {affiliation} {title}"), one(title, "")),
        "title-first N" => (format!("기자 {name}({email})"), one("기자", &email)),
        "N qualifier 전문기자(E)" => {
            (format!("{name} {qualifier} 전문기자({email})"), one(&format!("{qualifier} 전문기자"), &email))
        }
        "foreign 기자" => (format!("{foreign} 기자"), vec![person(foreign, "기자", "")]),
        "foreign 특파원 (E)" => {
            (format!("{foreign} 특파원 ({email})"), vec![person(foreign, "특파원", &email)])
        }
        "affiliation N 교수" => (format!("{affiliation} {name} 교수"), one("교수", "")),
        "N affiliation 교수" => (format!("{name} {affiliation} 교수"), one("교수", "")),
        "outlet N E" => (format!("{outlet} {name} {email}"), one("", &email)),
        "place N E" => (format!("{place} {name} {email}"), one("", &email)),
        "N outlet 기자 E" => (format!("{name} {outlet} 기자 {email}"), one("기자", &email)),
        "outlet" => (outlet.to_owned(), vec![]),
        "outlet E" => (format!("{outlet} {email}"), vec![]),
        "place=outlet" => (format!("{place}={outlet}"), vec![]),
        "N qualifier기자 E" => {
            (format!("{name} {qualifier}기자 {email}"), one(&format!("{qualifier}기자"), &email))
        }
        "qualifier기자 N" => (format!("{qualifier}기자 {name}"), one(&format!("{qualifier}기자"), "")),
        _ => unreachable!("{form}"),
    };
    Probe { form, byline, persons }
}

#[test]
fn words_that_no_list_holds_are_read_by_their_place() {
    let mut right_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = String::new();
    for seed in 1..=SEEDS {
        let reader = Reader::with_words(|word| is_known(word, seed));
        let words = Words::new(seed);
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        for form in FORMS {
            for _ in 0..COUNT {
                let Probe { form, byline, persons } = probe(form, &words, &mut random);
                let read = reader.authors(&byline, "예시일보");
                let read = read.iter().map(|who| (who.name, who.role, who.email));
                let is_right =
                    read.clone().eq(persons.iter().map(|(name, role, email)| (&**name, &**role, &**email)));
                *right_of.entry(form).or_default() += usize::from(is_right);
                if !is_right {
                    let _ = writeln!(wrong, "{form}: {byline:?} {:?}", read.collect::<Vec<_>>());
                }
            }
        }
    }
    let all = FORMS.len() * COUNT * SEEDS as usize;
    let right: usize = right_of.values().sum();
    assert!(right * 100 >= all * MIN_RIGHT, "{right} of {all}: {right_of:?}\n{wrong}");
}
