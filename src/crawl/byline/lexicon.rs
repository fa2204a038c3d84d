//! Word lists for bylines: titles, labels, qualifiers, organisations and places.
//!
//! The form of a byline decides first; a list decides only what the form leaves open.

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};

/// Class of a listed word, or of a word with a listed ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// A title that several persons share, and that may follow a name without a space: `홍길동기자`.
    PressTitle,
    /// Any other title.
    Title,
    /// A person's contribution to the article; before or after the name.
    Label,
    /// A picture credit: the words after it are a person only if they have a title.
    Credit,
    /// Part of the title after it (`인턴 기자`); otherwise not a person.
    Qualifier,
    /// A town: not a person, unless nothing else can be the name (`정선 기자`).
    Town,
    /// A team, an outlet, a region, a country, a word about the page: not a person.
    Nobody,
    /// A kind of magazine; with the word after it, an outlet.
    Periodical,
    /// Joins two persons.
    Conjunction,
    /// A particle inside a name in Latin letters: `de`.
    Particle,
    /// `by`: a name in Latin letters follows.
    By,
}

/// Journalists, and others who are printed like them.
const PRESS_TITLES: &str = "기자 특파원 통신원 리포터 앵커 아나운서 캐스터 논설위원 칼럼니스트 에디터 피디 프로듀서 PD VJ \
     記者 特派員 변호사 교수 리서처";

/// Managers of a newsroom, and guests.
const TITLES: &str = "부장 차장 팀장 국장 실장 본부장 센터장 소장 데스크 대표 이사 발행인 편집인 편집장 위원 위원장 \
     주필 주간 고문 사장 회장 총장 학장 처장 의장 단장 장관 차관 의원 대사 연구원 박사 의사 전문의 약사 세무사 \
     회계사 노무사 건축가 시인 소설가 화가 작가 감독 코치 배우 가수 신부 목사 스님 크리에이터 디자이너 \
     애널리스트 평론가 전문가 활동가 강사 팀원 편집자 기획자 번역가 관장 교장 수석 이사장 평론 프리랜서 부국장대우 \
     부장대우 차장대우";

/// Whole words. If a word is in two lists, the first one counts.
const WORDS: &[(Sense, &str)] = &[
    (Sense::PressTitle, PRESS_TITLES),
    (Sense::Title, TITLES),
    // Titles only as a whole word: as an ending they also name a place of work.
    (Sense::Title, "원장 학생 주부 농부 시장 군수 지사 씨 님"),
    (Sense::Conjunction, "와 과 및 그리고 and with"),
    (
        Sense::Label,
        "글 사진 그림 영상 그래픽 정리 취재 촬영 편집 번역 구성 영상편집 영상취재 디자인 일러스트 삽화 \
         인터뷰 진행 연출 제작 기획 대담 인포그래픽 인턴 만평 드론 내레이션 CG 작성 글쓴이 원고 사진촬영 감수 \
         출연 원문 대표집필",
    ),
    (Sense::Credit, "사진제공 제공 출처 자료 자료사진 영상제공 캡처 도움말 협찬 후원"),
    (
        Sense::Qualifier,
        "대학생 수습 선임 전문 객원 책임 시민 명예 상임 전임 전담 담당 의학 의료 건강 보건 군사 국방 외교 안보 통일 과학 환경 \
         종교 여행 산업 부동산 자동차 유통 게임 증권 금융 경제 정치 사회 문화 국제 체육 연예 스포츠 골프 야구 축구 \
         미술 음악 영화 방송 출판 문학 공연 역사 노동 법조 교육 복지 여성 데이터 탐사 특집 온라인 디지털 모바일 \
         뉴스 미디어 콘텐츠 바이오 논설 보도 지역 전국 현장 농업 식품 정책 디지털뉴스 IT AI 신문 교열 조사 총괄 \
         글로벌 사건 비주얼 부국",
    ),
    // Regions and the largest cities.
    (
        Sense::Nobody,
        "서울 부산 대구 인천 광주 대전 울산 세종 경기 강원 충북 충남 전북 전남 경북 경남 제주 수도권 강원도 경기도 \
         제주도 서귀포 수원 성남 창원 청주 전주 포항 천안 평양 개성 여의도 독도 국회 청와대 용산 대통령실 대법원 검찰 \
         고척 잠실 남북",
    ),
    // Outlets without a listed ending.
    (
        Sense::Nobody,
        "한겨레 경향 조선 동아 중앙 매경 한경 연합 뉴시스 노컷 프레시안 오마이 블로터 더팩트 인사이트 신동아 월간산 \
         로이터 블룸버그 신화 교도 타스 게티이미지뱅크 게티 유튜브 네이버 카카오 본보 본지 자사 카이스트 포스텍 외대 뉴스핌 뉴스엔 더벨 한예종 점프볼",
    ),
    (Sense::Periodical, "월간 주간지 계간 격월간 무크 잡지 매거진 프로그램"),
    // Words about an address, a page or a right.
    (
        Sense::Nobody,
        "이메일 메일 제보 문의 관리자 운영자 독자 외 등 겸 무단전재 무단 전재 재배포 금지 저작권자 저작권 종합 속보 단독 \
         공동취재 공동 사설 칼럼 기고문 익명 필자 저자 입력 수정 전화 홈페이지 블로그 카페 기타 없음 작성자 보도자료 \
         본사 네티즌 외신 이름 성명 기자명 승인 송고 오전 오후 조회수 공유 인쇄 추천 지면 등록 게재 발행 댓글 스크랩 \
         기사 페이지 전 현 대학 박사과정생 공용",
    ),
    // Cities and countries abroad.
    (
        Sense::Nobody,
        "베이징 상하이 홍콩 선양 옌지 단둥 타이베이 대만 도쿄 오사카 워싱턴 뉴욕 로스앤젤레스 샌프란시스코 런던 파리 \
         베를린 브뤼셀 제네바 로마 모스크바 카이로 하노이 방콕 싱가포르 자카르타 뉴델리 시드니 유엔 두바이 이스탄불 \
         마드리드 한국 북한 중국 일본 미국 영국 유럽 아시아 독일 프랑스 이탈리아 스페인 스위스 러시아 베트남 태국 인도 \
         호주 캐나다 브라질 칠레 우크라이나 이스라엘 東京 北京 上海 台北 香港",
    ),
    // Towns and islands that look like names.
    (
        Sense::Town,
        "정선 남양주 하남 이천 안성 양주 원주 홍천 양구 고성 진천 서천 홍성 남원 김제 진안 장수 고창 나주 고흥 장흥 강진 장성 \
         진도 신안 김천 안동 문경 성주 진주 김해 남해 하동 진해 강화 강남 송도 백령도 연평도 전라도 경상도 조치원 주문진 \
         정동진 이태원 하와이 우한",
    ),
];

/// Endings of words. The longest match counts.
const ENDINGS: &[(Sense, &str)] = &[
    (Sense::PressTitle, PRESS_TITLES),
    (Sense::Title, TITLES),
    (Sense::Qualifier, "전문"),
    // Outlets, companies and other bodies.
    (
        Sense::Nobody,
        "제공 캡처 신문 일보 뉴스 방송 경제 타임스 타임즈 데일리 투데이 미디어 저널 헤럴드 스포츠 코리아 통신 언론 \
         매거진 비즈 프레스 리뷰 포스트 닷컴 라디오 티비 텔레비전 채널 이코노미 이코노믹 비즈니스 사이언스 위클리 \
         위크 월드 스튜디오 이미지 그룹 재단 협회 학회 연합회 연맹 위원회 연구소 연구회 대학교 대학원 대학 병원 의료원 \
         은행 법인 주식회사 공사 공단 조합 출판사 통신사 신문사 방송국 언론사 아카데미 박물관 미술관 네트워크 \
         컴퍼니 진흥원 학교 여대 성당 교회 TV ニュース 新聞 日報 通信 通信社 新聞社 쇼",
    ),
    // Teams and departments.
    (
        Sense::Nobody,
        "센터 본부 취재단 기자단 취재진 사업단 추진단 총국 지국 지사 부문 편집국 보도국 논설실 사업부 제작국 랩 파트 \
         위원실 독자부 필진 공용",
    ),
];

/// Words in Latin letters, in lower case.
const LATIN_WORDS: &[(Sense, &str)] = &[
    (
        Sense::PressTitle,
        "reporter correspondent writer editor columnist contributor photographer journalist anchor professor",
    ),
    (Sense::Qualifier, "staff contributing intern senior junior guest chief managing deputy"),
    (Sense::Conjunction, "and with"),
    (Sense::By, "by"),
    (Sense::Particle, "de da di do dos du del della la le van von der den ter bin binti ibn al el e y"),
    (
        Sense::Nobody,
        "ap afp epa upi reuters yonhap xinhua newsis news news1 times herald daily post press photo photos image \
         images pool getty gettyimages tv usa magazine journal media bloomberg tass kyodo dpa team desk bureau osen \
         network agency korea ilbo nytimes cbs nbc abc cnn bbc kbs mbc sbs ytn jtbc mbn sports online digital \
         entertainment inc ltd university institute office studio newsroom service associated the",
    ),
];

/// Whole words and endings with their class.
#[derive(Debug)]
pub(super) struct Lexicon {
    words: HashMap<&'static str, Sense>,
    endings: HashMap<&'static str, Sense>,
    /// Index by [`end_of`] that rules out most words before the hash map is searched.
    ends: Box<[bool; ENDS]>,
    latin: HashMap<&'static str, Sense>,
}

impl Lexicon {
    /// Returns the lexicon with every word.
    pub(super) fn full() -> &'static Lexicon {
        static FULL: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::with(|_| true));
        &FULL
    }

    /// Builds the lexicon of the words that `keep` accepts.
    pub(super) fn with(keep: impl Fn(&str) -> bool) -> Self {
        let map = |lists: &[(Sense, &'static str)]| {
            let mut senses = HashMap::new();
            for (sense, words) in lists {
                for word in words.split(' ').filter(|word| keep(word)) {
                    senses.entry(word).or_insert(*sense);
                }
            }
            senses
        };
        let endings = map(ENDINGS);
        let mut ends = Box::new([false; ENDS]);
        for ending in endings.keys() {
            ends[end_of(ending)] = true;
        }
        Lexicon { words: map(WORDS), endings, ends, latin: map(LATIN_WORDS) }
    }

    /// Returns the class of a whole word, if it is listed.
    pub(super) fn word(&self, text: &str) -> Option<Sense> {
        self.words.get(text).copied()
    }

    /// Returns the class of a word in Latin letters, in capitals or not, if it is listed.
    pub(super) fn latin(&self, text: &str) -> Option<Sense> {
        let mut lower_case = [0; MAX_LATIN_BYTES];
        let lower_case = lower_case.get_mut(..text.len())?;
        lower_case.copy_from_slice(text.as_bytes());
        lower_case.make_ascii_lowercase();
        self.latin.get(str::from_utf8(lower_case).ok()?).copied()
    }

    /// Returns the class and the byte offset of a word's longest listed ending; 0 if it is the whole word.
    pub(super) fn ending(&self, text: &str) -> Option<(Sense, usize)> {
        if !self.ends[end_of(text)] {
            return None;
        }
        let mut starts = [0; MAX_ENDING_CHARS];
        let mut known = 0;
        for (at, _) in text.char_indices().rev().take(MAX_ENDING_CHARS) {
            starts[known] = at;
            known += 1;
        }
        starts[..known].iter().rev().find_map(|&at| self.endings.get(&text[at..]).map(|&sense| (sense, at)))
    }
}

/// More than any listed word in Latin letters has; those are of ASCII.
const MAX_LATIN_BYTES: usize = 16;
const MAX_ENDING_CHARS: usize = 6;
const ENDS: usize = 1 << 12;

/// Combines the last two bytes of a text, which differ for most of its last characters.
fn end_of(text: &str) -> usize {
    text.bytes().rev().take(2).fold(0, |end, byte| end << 6 | usize::from(byte & 0x3f))
}

/// Returns every listed word with its class. A word that is also an ending is returned twice.
pub fn listed_words() -> impl Iterator<Item = (Sense, &'static str)> {
    [WORDS, ENDINGS, LATIN_WORDS]
        .into_iter()
        .flatten()
        .flat_map(|(sense, words)| words.split(' ').map(|word| (*sense, word)))
}
