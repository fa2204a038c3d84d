//! Whom a byline names: every shape that Korean newspapers print, with invented names.

use news_ingest::crawl::byline::{authors, normalize};

#[track_caller]
fn reads(byline: &str, expected: &[(&str, &str, &str)]) {
    let read: Vec<_> = authors(byline, "").into_iter().map(|who| (who.name, who.role, who.email)).collect();
    assert_eq!(read, expected, "{byline:?}");
}

#[track_caller]
fn names(byline: &str, expected: &[&str]) {
    let read: Vec<_> = authors(byline, "").into_iter().map(|who| who.name).collect();
    assert_eq!(read, expected, "{byline:?}");
}

#[test]
fn a_name_a_title_an_address() {
    let all = [("홍길동", "기자", "hong@example.com")];
    reads("홍길동 기자(hong@example.com)", &all);
    reads("홍길동 기자 hong@example.com", &all);
    reads("홍길동 기자 (hong@example.com)", &all);
    reads("홍길동 기자 [hong@example.com]", &all);
    reads("홍길동 기자 <hong@example.com>", &all);
    reads("홍길동 기자hong@example.com", &all);
    reads("홍길동기자 hong@example.com", &all);
    reads("홍길동기자hong@example.com", &all);
    reads("홍길동(hong@example.com) 기자", &all);
    reads("홍길동 기자 = hong@example.com", &all);
    reads("홍길동 기자, hong@example.com", &all);
    reads("홍길동 기자 / hong@example.com", &all);
    reads("홍길동 기자 | hong@example.com", &all);
    reads("홍길동 기자 (이메일: hong@example.com)", &all);
    reads("홍길동 기자 ( hong@example.com )", &all);
    reads("홍길동 기자(hong@example.com", &all);
    reads("홍길동 기자 hong@example.com.", &all);
    reads("/홍길동 기자 hong@example.com", &all);
    reads("[홍길동 기자 hong@example.com]", &all);
    reads("기자 홍길동 hong@example.com", &all);
    reads("홍길동 기자\nhong@example.com", &all);
    reads("hong@example.com 홍길동 기자", &all);
    reads("홍길동(洪吉童) 기자 hong@example.com", &all);
    reads("홍길동 기자(honggd) hong@example.com", &all);
    reads("홍길동 기자 (서울) hong@example.com", &all);
}

#[test]
fn parts_that_are_missing() {
    reads("", &[]);
    reads("홍길동", &[("홍길동", "", "")]);
    reads("홍길동 기자", &[("홍길동", "기자", "")]);
    reads("홍길동(hong@example.com)", &[("홍길동", "", "hong@example.com")]);
    reads("홍길동 hong@example.com", &[("홍길동", "", "hong@example.com")]);
    reads("홍길동 (hong@example.com)", &[("홍길동", "", "hong@example.com")]);
    reads("홍길동hong@example.com", &[("홍길동", "", "hong@example.com")]);
    reads("hong@example.com", &[]);
    reads("기자 hong@example.com", &[]);
    reads("기자", &[]);
    reads("홍길동 @hong", &[("홍길동", "", "")]);
    reads("홍길동 hong@", &[("홍길동", "", "")]);
    reads("홍길동 기자 hong@example", &[("홍길동", "기자", "")]);
    reads("빛나(bitna@example.com)", &[("빛나", "", "bitna@example.com")]);
    reads("김정부기자", &[("김정부", "기자", "")]);
}

#[test]
fn titles() {
    for title in [
        "기자",
        "특파원",
        "인턴기자",
        "인턴 기자",
        "전문기자",
        "의학전문기자",
        "의학 전문기자",
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
        "경제부장",
        "논설위원실장",
        "정치팀장",
        "편집위원",
        "문학평론가",
        "아나운서",
        "시민기자",
        "사진기자",
        "영상 기자",
        "인턴PD",
        "부장",
        "소설가",
        "작가",
        "명예교수",
        "선임 기자",
        "대표",
        "연구위원",
    ] {
        reads(&format!("홍길동 {title}"), &[("홍길동", title, "")]);
        reads(&format!("허준 {title} hj@example.com"), &[("허준", title, "hj@example.com")]);
        reads(&format!("남궁민수 {title}(ms@example.com)"), &[("남궁민수", title, "ms@example.com")]);
    }
    for title in ["기자", "특파원", "인턴기자", "선임기자", "PD", "논설위원", "앵커"] {
        reads(&format!("홍길동{title}"), &[("홍길동", title, "")]);
        reads(&format!("허준{title}"), &[("허준", title, "")]);
    }
    reads("홍길동 베이징 특파원", &[("홍길동", "특파원", "")]);
    reads("홍길동 베이징특파원", &[("홍길동", "베이징특파원", "")]);
    reads("홍길동 경제부 기자", &[("홍길동", "기자", "")]);
    reads("홍길동 산업1부 차장", &[("홍길동", "차장", "")]);
    reads("홍길동 기자(경제부)", &[("홍길동", "기자", "")]);
    reads("홍길동(소설가)", &[("홍길동", "소설가", "")]);
    reads("홍길동 | 변호사", &[("홍길동", "변호사", "")]);
    reads("홍길동 논설위원 겸 선임기자", &[("홍길동", "논설위원", "")]);
    reads("홍길동 한양대 교수", &[("홍길동", "교수", "")]);
    reads("홍길동 (주)누리 대표", &[("홍길동", "대표", "")]);
    reads("홍길동 건강의학 전문기자", &[("홍길동", "건강의학 전문기자", "")]);
    reads("가나대 명예교수 홍길동", &[("홍길동", "명예교수", "")]);
    reads("홍길동 법무법인 누리 변호사", &[("홍길동", "변호사", "")]);
    reads("홍길동 소방기자", &[("홍길동", "소방기자", "")]);
    reads("홍길동 총감독", &[("홍길동", "총감독", "")]);
    reads("홍길동 인턴 사진 영상 취재 기자", &[("홍길동", "인턴 사진 영상 취재 기자", "")]);
    reads("홍길동 의학 담당 기자", &[("홍길동", "의학 담당 기자", "")]);
    reads("신문기자 홍길동", &[("홍길동", "신문기자", "")]);
}

#[test]
fn names_of_every_make() {
    names("남궁민수 기자", &["남궁민수"]);
    names("황보 관 기자", &["황보 관"]);
    names("허 준 기자", &["허 준"]);
    names("홍 길동 기자", &["홍 길동"]);
    names("홍 길 동 기자", &["홍 길 동"]);
    names("홍 길동 성춘향 기자", &["홍 길동", "성춘향"]);
    names("홍 길 성춘향 기자", &["홍 길", "성춘향"]);
    names("홍… 길동 기자", &["길동"]);
    names("선우 기자", &["선우"]);
    names("이미지 기자", &["이미지"]);
    names("한경실 기자", &["한경실"]);
    names("정방송 기자", &["정방송"]);
    names("수지 킴(sj@example.com)", &["수지 킴"]);
    names("HONG GILDONG", &["HONG GILDONG"]);
    names("존 스미스 기자", &["존 스미스"]);
    names("마이클 김 특파원", &["마이클 김"]);
    names("존 스미스(js@example.com)", &["존 스미스"]);
    names("빛나 기자", &["빛나"]);
    names("정선 기자", &["정선"]);
    names("여객선안전기획단 정선 기자", &["정선"]);
    names("팀 스미스 기자", &["팀 스미스"]);
    names("김동국 기자", &["김동국"]);
    names("홍은실(hong@example.com)", &["홍은실"]);
    names("박태부 기자", &["박태부"]);
    names("정시인 기자", &["정시인"]);
    names("洪吉童 記者", &["洪吉童"]);
    names("タロー 記者", &["タロー"]);
    names("Kim-허준 기자", &["허준"]);
    names("허준-Kim 기자", &["허준"]);
    names("Kim.허준 기자", &["허준"]);
    names("Étienne Dupré", &["Étienne Dupré"]);
    names(
        "\u{1112}\u{1169}\u{11bc}\u{1100}\u{1175}\u{11af}\u{1103}\u{1169}\u{11bc}",
        &["\u{1112}\u{1169}\u{11bc}\u{1100}\u{1175}\u{11af}\u{1103}\u{1169}\u{11bc}"],
    );
    reads("BY HONG GIL-DONG [hong@example.com]", &[("HONG GIL-DONG", "", "hong@example.com")]);
    reads("BY LEE SU [lee@example.com]", &[("LEE SU", "", "lee@example.com")]);
    names("BY HONG GIL-DONG, LEE MONG-RYONG [hong@example.com]", &["HONG GIL-DONG", "LEE MONG-RYONG"]);
    names("BY HONG GIL-DONG AND LEE MONG-RYONG", &["HONG GIL-DONG", "LEE MONG-RYONG"]);
    names("BY HONG GIL-DONG, YONHAP", &["HONG GIL-DONG"]);
    names("BY LEE SU", &["LEE SU"]);
    reads("By Hong Gil-dong", &[("Hong Gil-dong", "", "")]);
    reads("Hong Gil-dong Staff Reporter", &[("Hong Gil-dong", "Staff Reporter", "")]);
    reads("John A. O'Neil (jo@example.com)", &[("John A. O'Neil", "", "jo@example.com")]);
}

#[test]
fn decomposed_hangul_is_read_like_composed() {
    // `홍길동기자`, as macOS writes it.
    let name = "\u{1112}\u{1169}\u{11bc}\u{1100}\u{1175}\u{11af}\u{1103}\u{1169}\u{11bc}";
    let role = "\u{1100}\u{1175}\u{110c}\u{1161}";
    reads(&format!("{name}{role}(hong@example.com)"), &[(name, role, "hong@example.com")]);
    reads(&format!("{name}기자(hong@example.com)"), &[(name, "기자", "hong@example.com")]);
    reads(&format!("홍길동{role}(hong@example.com)"), &[("홍길동", role, "hong@example.com")]);
    reads(&format!("{name} {role}"), &[(name, role, "")]);
    let role = "\u{1110}\u{1173}\u{11a8}\u{1111}\u{1161}\u{110b}\u{116f}\u{11ab}";
    reads(&format!("{name}{role}"), &[(name, role, "")]);
    // No syllable has two tails.
    reads("홍길동\u{11bc} 기자", &[]);
}

#[test]
fn nobody() {
    for byline in [
        "IP SM",
        "ap",
        "AP",
        "KGM",
        "KGHO SM",
        "kjy kmh",
        "sh kim",
        "연합뉴스",
        "뉴스1",
        "디지털뉴스팀",
        "온라인뉴스부",
        "편집국",
        "경제부 기자",
        "서울",
        "서울=연합뉴스",
        "(서울=뉴스1)",
        "[세종=뉴시스]",
        "사진=게티이미지뱅크",
        "REUTERS",
        "Yonhap News",
        "Getty Images",
        "AP/뉴시스",
        "영상편집",
        "무단전재 및 재배포 금지",
        "사진제공=예시기획",
        "010-1234-5678",
        "@hong",
        "·",
        "=",
        "(()",
        "BY YONHAP",
        "[베이징=신화/뉴시스]",
        "The Gildong Times",
        "Gildong",
        "honggd gildong",
        "빛나",
        "홍 서울 기자",
        "누리21 기자",
        "평양과 기자",
        "데일리뉴스기자",
        "의학 담당 기자",
        "신문 기자",
        ".@example.com",
        "O'Neil@example.com",
        "피플팀 (피플팀(team@example.com))",
        "디지털뉴스팀 team@example.com",
        "예시일보(desk@example.com)",
        "hong@example.c",
        "hong@example.c0",
    ] {
        reads(byline, &[]);
    }
}

#[test]
fn the_publisher_is_no_person() {
    assert_eq!(authors("한결(desk@example.com)", "한결"), []);
    assert_eq!(authors("한결 홍길동 기자", "한결").len(), 1);
}

#[test]
fn outlets_before_the_name() {
    let all = [("홍길동", "기자", "hong@example.com")];
    for outlet in [
        "CBS노컷뉴스",
        "스포츠동아",
        "OSEN",
        "동아닷컴",
        "뉴스1",
        "디지털뉴스팀",
        "예시일보",
        "MBN",
        "한겨레21",
        "씨네21",
        "스포츠팀",
        "경제부",
        "서울",
        "헤럴드경제",
    ] {
        reads(&format!("{outlet} 홍길동 기자 hong@example.com"), &all);
        reads(&format!("[{outlet}=홍길동 기자] hong@example.com"), &all);
        reads(&format!("[{outlet} 홍길동 기자] hong@example.com"), &all);
        reads(&format!("{outlet} = 홍길동 기자(hong@example.com)"), &all);
    }
    reads("스포츠동아 허준 기자", &[("허준", "기자", "")]);
    reads("누리마루 허준 기자", &[("허준", "기자", "")]);
}

#[test]
fn places() {
    let all = [("홍길동", "기자", "hong@example.com")];
    for byline in [
        "세종=홍길동 기자(hong@example.com)",
        "세종 = 홍길동 기자(hong@example.com)",
        "(서울=뉴스1) 홍길동 기자 hong@example.com",
        "[서울=뉴시스]홍길동 기자 = hong@example.com",
        "[서울=뉴시스] 홍길동 기자 hong@example.com",
        "(서울=연합뉴스) 홍길동 기자 = hong@example.com",
        "홍길동 기자(=여수)(hong@example.com)",
        "홍길동 기자 (=여수) hong@example.com",
        "홍길동 기자 = 서울 hong@example.com",
        "홍길동 기자(hong@example.com)=서울",
        "서울·세종=홍길동 기자 hong@example.com",
        "홍성·예산=홍길동 기자 hong@example.com",
        "뭇별마을=홍길동 기자 hong@example.com",
        "인천/홍길동 기자 hong@example.com",
        "【서울=뉴시스】홍길동 기자 = hong@example.com",
        "[인천=예시일보 홍길동 기자] hong@example.com",
        "[예시경제 부산=홍길동 기자] hong@example.com",
        "서울 홍길동 기자 hong@example.com",
    ] {
        reads(byline, &all);
    }
    reads("[OSEN=고척, 홍길동 기자] hong@example.com", &all);
    reads("김해=김해진 기자", &[("김해진", "기자", "")]);
    reads("홍길동 기자·김해=성춘향 기자", &[("홍길동", "기자", ""), ("성춘향", "기자", "")]);
    reads("뉴욕=홍길동, 서울=성춘향 기자", &[("홍길동", "기자", ""), ("성춘향", "기자", "")]);
    reads("워싱턴·베이징=홍길동·성춘향 특파원", &[("홍길동", "특파원", ""), ("성춘향", "특파원", "")]);
    reads("강릉(강원)=홍길동", &[("홍길동", "", "")]);
    reads("솔마루(강원)=빛나", &[("빛나", "", "")]);
    reads("강릉=홍길동 hong@example.com", &[("홍길동", "", "hong@example.com")]);
    reads("베이징 | 홍길동 특파원", &[("홍길동", "특파원", "")]);
    reads("베이징=홍길동 특파원", &[("홍길동", "특파원", "")]);
    reads("도쿄/홍길동 특파원", &[("홍길동", "특파원", "")]);
    reads("솔마루 | 홍길동 특파원", &[("홍길동", "특파원", "")]);
    reads("도쿄ㅣ홍길동 특파원 hong@example.com", &[("홍길동", "특파원", "hong@example.com")]);
    reads("워싱턴 홍길동 특파원", &[("홍길동", "특파원", "")]);
    reads("(솔마루) 홍길동", &[("홍길동", "", "")]);
    reads("(홍길동) 성춘향", &[("성춘향", "", "")]);
    reads("[홍길동] 기자", &[("홍길동", "기자", "")]);
}

#[test]
fn several_persons() {
    let two = [("홍길동", "기자", ""), ("성춘향", "기자", "")];
    for joint in ["·", "ㆍ", ",", ", ", "/", " / ", " & ", "와 ", " 및 ", " ", "・", "\u{119e}", " | "] {
        if joint != "와 " && joint != " | " {
            reads(&format!("홍길동{joint}성춘향 기자"), &two);
        }
        reads(&format!("홍길동 기자{}성춘향 기자", joint.replace('와', " 와")), &two);
    }
    let both = [("홍길동", "기자", "hong@example.com"), ("성춘향", "기자", "sung@example.com")];
    for byline in [
        "홍길동 기자 hong@example.com, 성춘향 기자 sung@example.com",
        "홍길동 기자(hong@example.com), 성춘향 기자(sung@example.com)",
        "홍길동 기자(hong@example.com)·성춘향 기자(sung@example.com)",
        "홍길동(hong@example.com)·성춘향(sung@example.com) 기자",
        "홍길동·성춘향 기자 hong@example.com sung@example.com",
        "홍길동·성춘향 기자 hong@example.com·sung@example.com",
        "홍길동·성춘향 기자(hong@example.com, sung@example.com)",
        "홍길동 기자, 성춘향 기자 hong@example.com, sung@example.com",
        "홍길동 기자 hong@example.com 성춘향 기자 sung@example.com",
        "홍길동 기자(hong@example.com)성춘향 기자(sung@example.com)",
        "홍길동 기자 (hong@example.com)\n성춘향 기자 (sung@example.com)",
        "홍길동 기자\nhong@example.com\n성춘향 기자\nsung@example.com",
        "홍길동 기자\n성춘향 기자\nhong@example.com\nsung@example.com",
        "세종=홍길동 기자(hong@example.com), 서울=성춘향 기자(sung@example.com)",
    ] {
        reads(byline, &both);
    }
    reads(
        "홍길동(hong@example.com), 성춘향(sung@example.com)",
        &[("홍길동", "", "hong@example.com"), ("성춘향", "", "sung@example.com")],
    );
    reads(
        "홍길동·성춘향 기자 hong@example.com",
        &[("홍길동", "기자", "hong@example.com"), ("성춘향", "기자", "")],
    );
    reads(
        "홍길동 기자, 성춘향 기자 sung@example.com",
        &[("홍길동", "기자", ""), ("성춘향", "기자", "sung@example.com")],
    );
    reads("홍길동, 성춘향(sung@example.com)", &[("홍길동", "", ""), ("성춘향", "", "sung@example.com")]);
    reads("홍길동 기자·성춘향 인턴기자", &[("홍길동", "기자", ""), ("성춘향", "인턴기자", "")]);
    reads("홍길동 작가 교수, 성춘향", &[("홍길동", "작가", ""), ("성춘향", "", "")]);
    reads(
        "홍길동·성춘향 기자, 이몽룡 특파원",
        &[("홍길동", "기자", ""), ("성춘향", "기자", ""), ("이몽룡", "특파원", "")],
    );
    let shared = "hong·sung@example.com";
    reads(
        "홍길동·성춘향 기자 hong·sung@example.com",
        &[("홍길동", "기자", shared), ("성춘향", "기자", shared)],
    );
    names("홍길동, 허준, 남궁민수 기자", &["홍길동", "허준", "남궁민수"]);
    names("홍길동 성춘향 이몽룡 기자", &["홍길동", "성춘향", "이몽룡"]);
    names("홍길동 기자 외 2명", &["홍길동"]);
    reads("홍길동 기자 a@example.com b@example.com", &[("홍길동", "기자", "a@example.com")]);
}

#[test]
fn labels() {
    reads(
        "홍길동(hong@example.com) 영상편집 : 성춘향",
        &[("홍길동", "", "hong@example.com"), ("성춘향", "", "")],
    );
    reads("홍길동 기자 영상편집 : 성춘향", &[("홍길동", "기자", ""), ("성춘향", "", "")]);
    reads(
        "홍길동(hong@example.com)\n영상편집 : 성춘향",
        &[("홍길동", "", "hong@example.com"), ("성춘향", "", "")],
    );
    reads("글·사진=홍길동 기자", &[("홍길동", "기자", "")]);
    reads("글·사진 홍길동 기자 hong@example.com", &[("홍길동", "기자", "hong@example.com")]);
    reads("글·사진=홍길동", &[("홍길동", "", "")]);
    reads("글·사진 홍길동", &[("홍길동", "", "")]);
    reads("글 홍길동 기자 / 사진 성춘향 기자", &[("홍길동", "기자", ""), ("성춘향", "기자", "")]);
    reads("글 홍길동 사진 성춘향", &[("홍길동", "", ""), ("성춘향", "", "")]);
    reads("글=홍길동 기자, 사진=성춘향", &[("홍길동", "기자", ""), ("성춘향", "", "")]);
    reads("정리=홍길동", &[("홍길동", "", "")]);
    reads("정리 | 홍길동 기자", &[("홍길동", "기자", "")]);
    reads(
        "영상취재: 홍길동, 성춘향 / 영상편집: 이몽룡",
        &[("홍길동", "", ""), ("성춘향", "", ""), ("이몽룡", "", "")],
    );
    reads("홍길동 기자·사진=예시일보", &[("홍길동", "기자", "")]);
    reads("홍길동 기자 사진=게티이미지뱅크", &[("홍길동", "기자", "")]);
    reads("홍길동 그래픽", &[("홍길동", "그래픽", "")]);
    reads("홍길동 | 사진", &[("홍길동", "사진", "")]);
    reads("홍길동 사진 편집", &[("홍길동", "사진 편집", "")]);
    reads("사진제공=예시기획 홍길동 기자", &[("홍길동", "기자", "")]);
    reads("성춘향 PD\n글 desk@example.com 홍길동 기자", &[("성춘향", "PD", ""), ("홍길동", "기자", "")]);
    reads("홍길동 선임기자, 사진=예시제공", &[("홍길동", "선임기자", "")]);
    reads("홍길동 기자(글·사진)", &[("홍길동", "기자", "")]);
    reads("홍길동 인턴 (hong@example.com)", &[("홍길동", "인턴", "hong@example.com")]);
    reads("그래픽=홍길동 디자이너", &[("홍길동", "디자이너", "")]);
    reads("세종=글·사진 홍길동 기자", &[("홍길동", "기자", "")]);
}

#[test]
fn one_person_twice() {
    reads("홍길동 기자\n홍길동(hong@example.com)", &[("홍길동", "기자", "hong@example.com")]);
    reads("홍길동 기자\n홍길동 기자 (hong@example.com)", &[("홍길동", "기자", "hong@example.com")]);
    reads(
        "홍길동 기자\n홍길동(hong@example.com)\n성춘향 기자",
        &[("홍길동", "기자", "hong@example.com"), ("성춘향", "기자", "")],
    );
    reads("홍길동 (홍길동(hong@example.com))", &[("홍길동", "", "hong@example.com")]);
    reads("홍길동 기자\n홍길동 작가", &[("홍길동", "기자", ""), ("홍길동", "작가", "")]);
    reads(
        "홍길동(a@example.com)\n홍길동(b@example.com)",
        &[("홍길동", "", "a@example.com"), ("홍길동", "", "b@example.com")],
    );
}

#[test]
fn normalized() {
    for (raw, expected) in [
        ("", ""),
        (" \n\t\n ", ""),
        ("\n\t\t\n\t\t\t홍길동 기자\n\t\t\n\t", "홍길동 기자"),
        ("\t홍길동\u{a0}\u{3000} 기자  \n\n\t성춘향\r\n", "홍길동 기자\n성춘향"),
        ("BY NAME    [e@example.com]", "BY NAME [e@example.com]"),
        ("a\rb\u{2028}c\u{85}d", "a b c d"),
        ("a\u{200b} b", "a\u{200b} b"),
    ] {
        let mut into = String::from("|");
        normalize(raw, &mut into);
        assert_eq!(into, format!("|{expected}"), "{raw:?}");
    }
}

#[test]
fn a_bare_name_in_brackets_is_none_unless_it_begins_the_line() {
    reads("홍길동 기자(김나라)", &[("홍길동", "기자", "")]);
    reads("홍길동 기자<김나라>", &[("홍길동", "기자", "")]);
    reads("홍길동 기자((김나라))", &[("홍길동", "기자", "")]);
    reads("사진 (김가람) 홍길동 기자", &[("김가람", "", ""), ("홍길동", "기자", "")]);
    reads("글 (박하) 홍길동", &[("박하", "", ""), ("홍길동", "", "")]);
    reads("[사진 (김가람)] 홍길동", &[("김가람", "", ""), ("홍길동", "", "")]);
    reads("홍길동 기자 (김나라) 김가람 PD", &[("홍길동", "기자", ""), ("김가람", "PD", "")]);
}

#[test]
fn a_bare_name_before_a_sign_is_none_if_a_name_follows() {
    reads("이나래 | 김가람", &[("김가람", "", "")]);
    reads("이나래=김가람 기자", &[("김가람", "기자", "")]);
    reads("이나래: 김가람", &[("김가람", "", "")]);
    reads(
        "이나래, 박하늘, 김가람(garam@example.com) | 홍길동",
        &[("이나래", "", ""), ("박하늘", "", ""), ("김가람", "", "garam@example.com"), ("홍길동", "", "")],
    );
    reads("이나래 |", &[("이나래", "", "")]);
    let titled = [("이나래", "기자", ""), ("김가람", "기자", ""), ("박하늘", "", "")];
    reads("이나래, 김가람 기자 = 박하늘", &titled);
    reads(
        "홍길동 기자 | 김가람 PD | 이나래 | 박하늘",
        &[("홍길동", "기자", ""), ("김가람", "PD", ""), ("박하늘", "", "")],
    );
    reads("글 = 논설위원 홍길동", &[("홍길동", "논설위원", "")]);
    reads("사진 = 영상 김가람", &[("김가람", "", "")]);
}

#[test]
fn an_address_that_begins_the_line_is_that_of_who_follows() {
    reads("hong@example.com | 홍길동", &[("홍길동", "", "hong@example.com")]);
    reads("hong@example.com·PD 홍길동", &[("홍길동", "PD", "hong@example.com")]);
    reads("hong@example.com (hong@example.com) 홍길동", &[("홍길동", "", "hong@example.com")]);
    reads("홍길동 hong@example.com\nhong@example.com", &[("홍길동", "", "hong@example.com")]);
    // That of an outlet is nobody's.
    reads("홍길동 기자\n경제부 desk@example.com", &[("홍길동", "기자", "")]);
    reads("가나일보 hong@example.com, 김가람", &[("김가람", "", "")]);
}

#[test]
fn a_title_goes_no_farther_than_its_line_and_the_next_title() {
    reads("홍길동\n김가람 기자", &[("홍길동", "", ""), ("김가람", "기자", "")]);
    reads("홍길동 앵커 기자 김가람", &[("홍길동", "앵커", ""), ("김가람", "기자", "")]);
    reads("홍길동 영상|앵커 이나래", &[("홍길동", "영상", ""), ("이나래", "앵커", "")]);
    // A title that reaches nobody leaves the label before it.
    reads("홍길동 PD | 글 | 기자 | 성춘향", &[("홍길동", "PD", ""), ("성춘향", "", "")]);
    reads("사진 BY Hong", &[("Hong", "", "")]);
    names("Anna Maria Rosa Luca", &["Anna Maria Rosa Luca"]);
    names("Anna Maria Rosa Luca Bianchi", &["Anna Maria Rosa Luca Bianchi"]);
    names("Anna Maria Rosa Luca Bianchi Verdi", &[]);
    names("베이징와 강릉", &[]);
}
