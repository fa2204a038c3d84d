//! Author values of every shape, with invented names and addresses that no one owns.

use crate::random::Random;
use crate::words::Words;

const ROLES: [&str; 18] = [
    "기자",
    "특파원",
    "인턴기자",
    "인턴 기자",
    "전문기자",
    "선임기자",
    "객원기자",
    "수습기자",
    "수습 기자",
    "PD",
    "칼럼니스트",
    "대기자",
    "통신원",
    "앵커",
    "변호사",
    "교수",
    "논설위원",
    "기상캐스터",
];

/// The author value of a crawl file.
pub enum Byline {
    Empty,
    /// After the colon, on the key's own line.
    OnTheKeyLine(String),
    /// On lines of their own, indented as the crawled page was.
    Indented(Vec<String>),
}

impl Byline {
    pub fn invent(words: &Words, random: &mut Random) -> Self {
        match random.below(100) {
            0..4 => Byline::Empty,
            4..10 => Byline::OnTheKeyLine(one(words, random)),
            10..13 => Byline::Indented((0..random.between(2, 9)).map(|_| one(words, random)).collect()),
            _ => Byline::Indented(vec![one(words, random)]),
        }
    }

    /// The lines as a record joins them.
    pub fn record(&self) -> String {
        match self {
            Byline::Empty => String::new(),
            Byline::OnTheKeyLine(line) => single_spaced(line),
            Byline::Indented(lines) => {
                lines.iter().map(|line| single_spaced(line)).collect::<Vec<_>>().join("\n")
            }
        }
    }
}

fn single_spaced(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn one(words: &Words, random: &mut Random) -> String {
    let name = words.person(random);
    let other = words.person(random);
    let place = words.word(random);
    let role = if random.one_in(5) { random.pick(&ROLES) } else { "기자" };
    let email = address(random);
    match random.below(27) {
        0..4 => format!("{name} {role}({email})"),
        4..8 => format!("{name} {role} {email}"),
        8..11 => format!("{name}({email})"),
        11..13 => format!("{name} {role} ({email})"),
        13 => format!("{name} {email}"),
        14 => random.pick(&["IP SM", "ap", "AP/뉴스 사진"]).to_owned(),
        15 => format!("{name} ({email})"),
        16 => format!("{name} {role}"),
        17 => format!("{}뉴스 {name} {role} {email}", words.word(random)),
        18 => format!("{place}={name} {role}({email})"),
        19 => format!("{place}(강변)={name}"),
        20 => format!("{place} | {name} 특파원"),
        21 => format!("{name} {role}(={place})({email})"),
        22 => format!("{name} {role}({email}), {other} {role}({})", address(random)),
        23 => format!("{name}·{other} {role}"),
        24 => format!("BY JANE DOE    [{email}]"),
        25 => format!("모래팀 (모래팀({email}))"),
        _ => format!("{name}({email}) 영상편집 : {other}"),
    }
}

fn address(random: &mut Random) -> String {
    let name = random.pick(&["jane.doe", "minsu_k", "reporter7", "a-b", "news+tip", "z"]);
    let host = random.pick(&["example.com", "example.org", "mail.example.net", "example.co.kr.example"]);
    format!("{name}@{host}")
}
