//! Bylines of kinds that readers by word lists get wrong, each with the readings that count as right.

use news_ingest::crawl::byline::authors;

type Persons = &'static [(&'static str, &'static str, &'static str)];

/// A byline with its readings.
type Case = (&'static str, &'static [Persons]);

/// Bylines by kind.
const KINDS: &[(&str, &[Case])] = &[
    (
        "mailbox of a team or an outlet told as a nameless author",
        &[
            ("사진부공용(photo@example.com)", &[&[]]),
            ("가나비즈 온라인뉴스팀 기자(news@example.com)", &[&[]]),
            (
                "한별 기자 byul@example.com\n다온팀 기자 daon@example.com",
                &[&[("한별", "기자", "byul@example.com")]],
            ),
        ],
    ),
    ("mailbox of a program that writes (AI) told as an author", &[("AI 에디터 (media@example.com)", &[&[]])]),
    (
        "title of a programme, a magazine or a section told as a person",
        &[
            ("CBS 홍길동의 아침쇼 morning@example.com", &[&[]]),
            ("CBS 나무로운 경제생활 owl@example.com", &[&[]]),
            ("월간 옥빛네", &[&[]]),
        ],
    ),
    (
        "specialist title in two words cut to its last",
        &[
            (
                "홍길동 관광전문 기자(gd@example.com)\n박도담 인턴 기자(dodam@example.com)",
                &[&[
                    ("홍길동", "관광전문 기자", "gd@example.com"),
                    ("박도담", "인턴 기자", "dodam@example.com"),
                ]],
            ),
            ("홍길동 미술전문 기자(gd@example.com)", &[&[("홍길동", "미술전문 기자", "gd@example.com")]]),
        ],
    ),
    (
        "qualifier before the title told as the title",
        &[(
            "가나방송 홍길동 대학생 인턴기자 news@example.com",
            &[
                &[("홍길동", "대학생 인턴기자", "news@example.com")],
                &[("홍길동", "인턴기자", "news@example.com")],
            ],
        )],
    ),
    (
        "transcribed foreign name of several words cut",
        &[
            ("응오 티 란 통신원 (lan@example.com)", &[&[("응오 티 란", "통신원", "lan@example.com")]]),
            ("도 티 응안 통신원 (ngan@example.com)", &[&[("도 티 응안", "통신원", "ngan@example.com")]]),
            (
                "고든 탁 과학 칼럼니스트 gordon@example.com",
                &[
                    &[("고든 탁", "과학 칼럼니스트", "gordon@example.com")],
                    &[("고든 탁", "칼럼니스트", "gordon@example.com")],
                ],
            ),
        ],
    ),
    (
        "Latin name not seen or not ended",
        &[
            ("Doe, Jane", &[&[("Doe, Jane", "", "")]]),
            ("Jane.Q.Doe", &[&[("Jane.Q.Doe", "", "")]]),
            ("Janella Doemann ASE", &[&[("Janella Doemann", "", "")]]),
        ],
    ),
    (
        "Latin pen name of one word with an address not seen",
        &[("Narae news@example.com", &[&[("Narae", "", "news@example.com")]])],
    ),
    (
        "name with a Latin letter that tells namesakes apart lost",
        &[
            ("홍길동M(gd@example.com)", &[&[("홍길동M", "", "gd@example.com")]]),
            (
                "홍길동M(gd@example.com) 영상편집 : 박도담",
                &[&[("홍길동M", "", "gd@example.com"), ("박도담", "", "")]],
            ),
        ],
    ),
    (
        "unlisted word of three syllables told as a second person",
        &[
            ("홍길동 동남아 통신원 gd@example.com", &[&[("홍길동", "통신원", "gd@example.com")]]),
            ("<가나 필진> 홍길동 법무법인 태평양 변호사", &[&[("홍길동", "변호사", "")]]),
            ("예레반 홍길동 기자 gd@example.com", &[&[("홍길동", "기자", "gd@example.com")]]),
        ],
    ),
    (
        "unlisted title told as a second person (who takes the address)",
        &[
            ("홍길동 국악인(gd@example.com)", &[&[("홍길동", "국악인", "gd@example.com")]]),
            ("홍길동 가나포인트 지사장", &[&[("홍길동", "지사장", "")]]),
        ],
    ),
    (
        "what qualifies a title told as a person",
        &[(
            "홍길동 군사 및 방산 스페셜리스트 gd@example.com",
            &[
                &[("홍길동", "군사 및 방산 스페셜리스트", "gd@example.com")],
                &[("홍길동", "스페셜리스트", "gd@example.com")],
            ],
        )],
    ),
    (
        "second title after a comma or in brackets told as a person",
        &[
            (
                "홍길동 피아니스트, 가나사이버대 피아노과 교수",
                &[&[("홍길동", "피아니스트, 가나사이버대 피아노과 교수", "")], &[("홍길동", "교수", "")]],
            ),
            (
                "홍길동 가나당 전 대변인, 현 서울 나다갑 당협위원장",
                &[&[("홍길동", "전 대변인, 현 당협위원장", "")], &[("홍길동", "당협위원장", "")]],
            ),
            ("홍길동 미국 가나대 철학과 교수(풍수학 박사)", &[&[("홍길동", "교수", "")]]),
        ],
    ),
    (
        "long transcribed name lost, label and university told as persons",
        &[(
            "원문 에밀데 바르손 모랄레타 코스탄사 칠레 역사학자·번역 홍길동 가나대 박사과정",
            &[&[("에밀데 바르손 모랄레타 코스탄사", "역사학자", ""), ("홍길동", "박사과정", "")]],
        )],
    ),
    (
        "unlisted title lost",
        &[
            ("홍길동(언론인) news@example.com", &[&[("홍길동", "언론인", "news@example.com")]]),
            ("홍길동 역사학자", &[&[("홍길동", "역사학자", "")]]),
            ("홍길동 하우스노미스트 gd@example.com", &[&[("홍길동", "하우스노미스트", "gd@example.com")]]),
        ],
    ),
    (
        "one address of several persons given to the wrong one",
        &[
            (
                "BY HONG GIL-DONG, PARK DO-DAM [hong.gildong@example.com]",
                &[&[("HONG GIL-DONG", "", "hong.gildong@example.com"), ("PARK DO-DAM", "", "")]],
            ),
            (
                "홍성·청주=박도담·홍길동 기자 hong.gildong@example.com",
                &[&[("박도담", "기자", ""), ("홍길동", "기자", "hong.gildong@example.com")]],
            ),
            (
                "사진 신나래·글 홍길동 기자 snr@example.com",
                &[&[("신나래", "기자", "snr@example.com"), ("홍길동", "기자", "")]],
            ),
        ],
    ),
    (
        "place before = told as a person where an agency follows",
        &[("이비=AP 뉴시스", &[&[]]), ("나루=뉴스1", &[&[]])],
    ),
    (
        "plain name of four syllables without title or address missed",
        &[("홍나래솔", &[&[("홍나래솔", "", "")]])],
    ),
    (
        "names, lists and page words of every form",
        &[
            ("최드림\ndream@example.com", &[&[("최드림", "", "dream@example.com")]]),
            ("김온누리 | 기자", &[&[("김온누리", "기자", "")]]),
            ("최드림", &[&[("최드림", "", "")]]),
            ("최드림(경제부) 기자", &[&[("최드림", "기자", "")]]),
            ("홍길동 기자 입력 2024.01.02. 오전 10:00", &[&[("홍길동", "기자", "")]]),
            ("기자명 홍길동 기자 (hong@example.com)", &[&[("홍길동", "기자", "hong@example.com")]]),
            ("[변호사 상담] 홍길동 변호사", &[&[("홍길동", "변호사", "")]]),
            ("허준 서울대병원 신경외과 교수", &[&[("허준", "교수", "")]]),
            ("홍길동 서울대 신경과 교수", &[&[("홍길동", "교수", "")]]),
            ("왕샤오밍(王小明) 기자", &[&[("왕샤오밍", "기자", "")]]),
            ("사라 김 기자", &[&[("사라 김", "기자", "")]]),
            ("존 F. 스미스 기자", &[&[("존 F. 스미스", "기자", "")]]),
            ("다나베 신지로 기자", &[&[("다나베 신지로", "기자", "")]]),
            ("김온누리기자 onnuri@example.com", &[&[("김온누리", "기자", "onnuri@example.com")]]),
            ("山田 太郎 記者", &[&[("山田 太郎", "記者", "")]]),
            ("기자명 디지털뉴스팀", &[&[]]),
            (
                "Jose\u{301} Garci\u{301}a (jose@example.com)",
                &[&[("Jose\u{301} Garci\u{301}a", "", "jose@example.com")]],
            ),
            ("Kim Min Ji", &[&[("Kim Min Ji", "", "")]]),
            ("Oscar de la Cruz (oscar@example.com)", &[&[("Oscar de la Cruz", "", "oscar@example.com")]]),
            ("Bob Lee", &[&[("Bob Lee", "", "")]]),
            (
                "최드림·홍길동 기자 dream@example.com hong@example.com",
                &[&[("최드림", "기자", "dream@example.com"), ("홍길동", "기자", "hong@example.com")]],
            ),
            ("王小明·陳大文 記者", &[&[("王小明", "記者", ""), ("陳大文", "記者", "")]]),
            (
                "박하늘·최드림·이그린 기자 sky@example.com dream@example.com green@example.com",
                &[&[
                    ("박하늘", "기자", "sky@example.com"),
                    ("최드림", "기자", "dream@example.com"),
                    ("이그린", "기자", "green@example.com"),
                ]],
            ),
            ("[누리위크 허준 기자]", &[&[("허준", "기자", "")]]),
            ("보도에 홍길동 기자입니다.", &[&[("홍길동", "기자", "")]]),
            ("홍길동 기자와 김가람 PD", &[&[("홍길동", "기자", ""), ("김가람", "PD", "")]]),
            (
                "홍길동 기자 hong@xn--o79a.xn--3e0b707e",
                &[&[("홍길동", "기자", "hong@xn--o79a.xn--3e0b707e")]],
            ),
            ("KBS 뉴스 홍길동입니다.", &[&[("홍길동", "", "")]]),
            ("최드림 이그린 기자", &[&[("최드림", "기자", ""), ("이그린", "기자", "")]]),
            (
                "기자 홍길동(hong@example.com) 앵커 김가람(garam@example.com)",
                &[&[("홍길동", "기자", "hong@example.com"), ("김가람", "앵커", "garam@example.com")]],
            ),
            ("앵커 홍길동 / 기자 김가람", &[&[("홍길동", "앵커", ""), ("김가람", "기자", "")]]),
            ("기자 홍길동, 기자 김가람", &[&[("홍길동", "기자", ""), ("김가람", "기자", "")]]),
            ("허준 육아 칼럼니스트", &[&[("허준", "칼럼니스트", "")]]),
            ("홍길동(경북대 교수)", &[&[("홍길동", "교수", "")]]),
            ("부산대 교수 홍길동", &[&[("홍길동", "교수", "")]]),
            ("Lê Thị Hồng 기자", &[&[("Lê Thị Hồng", "기자", "")]]),
            ("Trần Văn Hòa (hoa@example.com)", &[&[("Trần Văn Hòa", "", "hoa@example.com")]]),
            ("홍\u{200b}길동 기자", &[&[("홍\u{200b}길동", "기자", "")]]),
        ],
    ),
];

#[test]
fn every_kind_is_read() {
    for (kind, bylines) in KINDS {
        for (byline, readings) in *bylines {
            let read: Vec<_> = authors(byline, "테스트신문")
                .into_iter()
                .map(|who| (who.name, who.role, who.email))
                .collect();
            assert!(readings.iter().any(|reading| read == *reading), "{kind}: {byline:?}: {read:?}");
        }
    }
}
