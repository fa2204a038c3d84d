//! What the words of a byline can be, by list: titles, labels, fields, outlets, teams and places.

/// What a listed word, or a word with a listed ending, is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// A title that may be written without a space after the name: `홍길동기자`.
    PressTitle,
    /// Any other title.
    Title,
    /// What a person did for the article; stands before the name or after it.
    Label,
    /// Says who supplied a picture: what follows is a person only where a title says so.
    Credit,
    /// What a journalist covers, or how: part of the title before a title, otherwise nobody.
    Field,
    /// A town: nobody, except where nothing else can be the name (`정선 기자`).
    Town,
    /// A team, an outlet, a region, a country, a word about the page: nobody.
    Nobody,
    /// A team after a field (`편집국`), otherwise nothing (`김동국` is a name).
    TeamAfterField,
    /// Joins two persons.
    Conjunction,
}

/// Journalists, and who else is printed like them.
const PRESS_TITLES: &str = "기자 인턴기자 수습기자 전문기자 선임기자 객원기자 시민기자 사진기자 영상기자 명예기자 \
     학생기자 취재기자 편집기자 대기자 여행기자 촬영기자 그래픽기자 특파원 순회특파원 통신원 \
     리포터 앵커 아나운서 캐스터 기상캐스터 논설위원 칼럼니스트 에디터 피디 프로듀서 PD VJ 記者 \
     特派員 인턴PD 인턴피디 변호사 교수 객원논설위원 수석논설위원 리서처";

/// Who leads a newsroom, and guests.
const TITLES: &str = "부장 차장 팀장 국장 부국장 실장 본부장 부본부장 센터장 소장 부소장 데스크 대표 대표이사 \
     발행인 편집인 편집장 편집위원 해설위원 전문위원 자문위원 객원위원 심의위원 연구위원 위원 \
     위원장 주필 주간 논설고문 고문 주재기자 이사 사장 부사장 회장 부회장 총장 부총장 원장 부원장 \
     이사장 관장 교장 학장 처장 의장 단장 장관 차관 의원 대사 명예교수 석좌교수 초빙교수 겸임교수 \
     특임교수 부교수 조교수 연구교수 선임연구원 수석연구원 책임연구원 전임연구원 박사 의사 전문의 \
     한의사 약사 수의사 세무사 회계사 변리사 노무사 감정평가사 건축가 건축사 시인 소설가 화가 \
     만화가 번역가 수필가 문학가 활동가 연구가 전문가 여행가 음악가 평론가 비평가 사진가 작가 \
     감독 코치 배우 가수 신부 목사 스님 수녀 크리에이터 디자이너 디렉터 애널리스트 컨설턴트 \
     큐레이터 셰프 소믈리에 해설가 저널리스트 팀원 연구소장 사무총장 사무국장 협회장 교사 강사 \
     대학원생 선수 변호인 회원 기획자 번역자 편집자 개발자 기고가 기고자 비서관 보좌관 행정관 \
     상임위원 부위원장 부총리 총리 프리랜서 엔지니어 오피니언리더 뉴스캐스터 유튜버 논설실장 \
     논설주간 논설주필 편집국장 에세이스트 이코노미스트 임상강사 수석 스페셜리스트 부국장대우 부장대우 차장대우 국장대우";

/// Whole words. Where a word stands in two lists, the first says what it is.
pub(super) const WORDS: &[(Sense, &str)] = &[
    (Sense::PressTitle, PRESS_TITLES),
    (Sense::Title, TITLES),
    // Titles as a whole word alone: as an ending they also name a place of work.
    (Sense::Title, "연구원 원장 학생 대학생 주부 농부 시장 군수 도지사 지사 씨 님"),
    (Sense::Conjunction, "와 과 및 그리고 and AND And with"),
    (
        Sense::Label,
        "글 사진 그림 영상 그래픽 정리 취재 촬영 편집 번역 구성 영상편집 영상취재 영상제작 영상촬영 \
         영상기자 디자인 일러스트 삽화 인터뷰 진행 연출 제작 기획 대담 녹취 자막 웹디자인 인포그래픽 \
         카드뉴스 동영상 취재기자 인턴 취재지원 자료조사 편집디자인 글씨 만화 만평 드론 드론촬영 음악 \
         내레이션 CG 작성 글쓴이 기사 기고 원고 편집구성 사진촬영 화면 감수 출연",
    ),
    (
        Sense::Credit,
        "사진제공 제공 출처 자료 자료제공 사진출처 자료사진 영상제공 화면제공 화면출처 영상출처 \
         자료출처 그래픽제공 이미지제공 이미지출처 캡처 화면캡처 도움말 도움 협찬 자료화면 \
         후원",
    ),
    // Regions and the largest cities, which no reader takes for a name.
    (
        Sense::Nobody,
        "서울 부산 대구 인천 광주 대전 울산 세종 경기 강원 충북 충남 전북 전남 경북 경남 제주 충청 \
         전라 경상 호남 영남 영동 영서 수도권 서울시 부산시 대구시 인천시 광주시 대전시 울산시 세종시 \
         경기도 강원도 충청도 충청북도 충청남도 전라도 전라북도 전라남도 경상도 경상북도 경상남도 \
         제주도 제주시 서귀포 서귀포시 내포 무안 수원 성남 용인 창원 청주 전주 포항 천안 안양 부천 \
         평양 개성 판문점 여의도 독도 울릉도 백령도 연평도 경기남부 경기북부 경기북 경기남 광주전남 \
         전북전남 대구경북 부산경남 대전충남 대전세종 세종충북 충북세종 대전충청 강원영동 제주본부 \
         금강산 임진각 도라산 지리산 설악산 한라산 백두산 남북 고척 잠실 목동 상암 사직 태릉 장충 계양 인천공항 김포공항 북한산 경인 영종도 송도 판교 분당 일산 \
         과천청사 세종청사 국회 청와대 용산 대통령실 대법원 검찰",
    ),
    (
        Sense::Field,
        "인턴 수습 선임 전문 객원 수석 책임 시민 명예 상임 전임 대학생 청년 청소년 어린이 사진 영상 \
         취재 편집 논설 보도 의학 의료 건강 보건 군사 국방 외교 안보 통일 북한 과학 환경 기후 생태 \
         종교 음식 여행 산업 부동산 건설 자동차 항공 해양 우주 유통 패션 뷰티 게임 재테크 재계 중기 \
         벤처 창업 주식 증권 금융 경제 정치 사회 문화 국제 체육 연예 스포츠 골프 야구 축구 농구 배구 \
         당구 바둑 미술 음악 영화 방송 출판 문학 공연 무용 연극 클래식 대중음악 역사 민속 고고학 노동 \
         법조 교육 복지 여성 인권 젠더 데이터 탐사 기획 특집 온라인 디지털 모바일 뉴스 미디어 콘텐츠 \
         바이오 에너지 헬스 푸드 라이프 주말 한방 반려동물 동물 도시 건축 교통 특별 순회 전담 지역 \
         전국 주재 현장 로봇 농업 농촌 수산 식품 레저 등산 캠핑 여론조사 선거 행정 지방자치 정책 \
         사진영상 디지털뉴스 IT AI ICT 중국 일본 미국 국방전문 의학전문 전략 그래픽 글로벌 시사 \
         경제전문 영문 국문 시각 비주얼 뉴미디어 탐사보도 사건 경찰 법률 과학기술 정보통신 통신 \
         반도체 전자 조선 철강 생활 생활경제 소비자 유아 가족 인구 세종 동북아 아시아 유럽 중동 소셜 \
         소셜미디어 독자 오피니언 여론 심층 기동 사회정책 산업경제 부국 지방 수도권 영남 호남 충청 \
         제2사회 교열 조사 총괄 담당 신문 언론 제작 경영 광고 사업 판매",
    ),
    // Outlets and universities that no ending tells.
    (
        Sense::Nobody,
        "한겨레 한겨레21 경향 조선 동아 중앙 매경 한경 연합 뉴시스 뉴스1 뉴스핌 뉴스엔 노컷 프레시안 \
         오마이 시사인 시사IN 블로터 더팩트 팩트 엑스포츠 스포티비 텐아시아 위키트리 인사이트 \
         디스패치 데일리안 이투데이 조선비즈 비즈워치 씨네21 레이디경향 신동아 월간산 주간조선 \
         월간조선 주간동아 주간경향 여성동아 우먼센스 헬스조선 코메디닷컴 동아사이언스 인터풋볼 \
         풋볼리스트 베스트일레븐 점프볼 루키 더스파이크 더스쿠프 뉴스타파 채널에이 조이뉴스 아이뉴스 \
         조이뉴스24 아이뉴스24 문화방송 공감언론 스포츠동아 스포츠조선 스포츠경향 스포츠서울 \
         일간스포츠 스포츠한국 스포츠월드 스포츠투데이 스포츠춘추 골프한국 로이터 블룸버그 신화통신 \
         신화 교도 타스 게티이미지 게티이미지코리아 게티이미지뱅크 게티 픽사베이 셔터스톡 \
         클립아트코리아 유튜브 페이스북 인스타그램 트위터 네이버 카카오 다음 머니S 더벨 딜사이트 \
         인베스트조선 뉴스토마토 아주경제 법률신문 소년조선 소년한국 어린이동아 농민신문 국악신문 \
         르몽드 디플로마티크 매일노동뉴스 평화신문 가톨릭신문 교수신문 본보 본지 자사 서울대 고려대 \
         연세대 한양대 성균관대 이화여대 서강대 중앙대 경희대 한국외대 외대 건국대 동국대 홍익대 \
         숙명여대 국민대 숭실대 세종대 단국대 인하대 아주대 명지대 조선대 영남대 계명대 동아대 동의대 \
         한림대 카이스트 포스텍 한동대 원광대 한예종 상명대 가천대 광운대 한신대 덕성여대 동덕여대 \
         성신여대 서울시립대 시립대 한성대 가톨릭대 경기대 경성대 동서대 한남대 배재대 목원대 호서대 \
         순천향대 을지대 차의과대 한밭대 방송대 방통대",
    ),
    // Words about an address, a page or a right.
    (
        Sense::Nobody,
        "이메일 메일 전자우편 제보 문의 관리자 운영자 편집자주 독자 외 외부 등 겸 무단전재 무단 전재 \
         재배포 금지 저작권자 저작권 종합 속보 단독 공동취재 공동 사설 칼럼 기고문 익명 무명 필자 \
         저자 기자수첩 특별기고 입력 수정 전화 연락처 홈페이지 블로그 카페 기타 없음 미상 작성자 \
         보도자료 자료실 대변인실 시론 본사 웹 네티즌 누리꾼 외신 종합보도 한국 대한민국 북한 중국 \
         일본 미국 영국 유럽 아시아 남한 바이라인 구독 이름 성명",
    ),
    // Cities and countries abroad.
    (
        Sense::Nobody,
        "베이징 북경 상하이 상해 홍콩 선양 심양 광저우 선전 칭다오 청두 충칭 옌볜 연변 옌지 단둥 다롄 \
         하얼빈 창춘 톈진 난징 항저우 우한 시안 마카오 타이베이 타이완 대만 도쿄 동경 오사카 교토 \
         나고야 후쿠오카 삿포로 요코하마 고베 히로시마 나가사키 센다이 오키나와 워싱턴 뉴욕 \
         로스앤젤레스 엘에이 LA 샌프란시스코 실리콘밸리 새너제이 시카고 보스턴 시애틀 애틀랜타 휴스턴 \
         댈러스 필라델피아 디트로이트 라스베이거스 마이애미 하와이 호놀룰루 샌디에이고 덴버 피닉스 \
         올랜도 템파 더니든 투손 서프라이즈 밴쿠버 토론토 오타와 몬트리올 멕시코 멕시코시티 아바나 \
         상파울루 리우데자네이루 리우 브라질리아 부에노스아이레스 산티아고 리마 보고타 카라카스 런던 \
         파리 베를린 프랑크푸르트 뮌헨 함부르크 본 브뤼셀 제네바 취리히 다보스 로마 밀라노 바티칸 \
         마드리드 바르셀로나 리스본 암스테르담 헤이그 빈 비엔나 프라하 부다페스트 바르샤바 크라쿠프 \
         스톡홀름 오슬로 코펜하겐 헬싱키 더블린 에든버러 맨체스터 아테네 이스탄불 앙카라 모스크바 \
         상트페테르부르크 블라디보스토크 하바롭스크 키이우 키예프 르비우 민스크 부쿠레슈티 소피아 \
         베오그라드 자그레브 사라예보 카이로 예루살렘 텔아비브 가자 베이루트 다마스쿠스 암만 바그다드 \
         테헤란 두바이 아부다비 도하 리야드 쿠웨이트 사나 나이로비 요하네스버그 케이프타운 라고스 \
         아디스아바바 하노이 호찌민 호치민 다낭 방콕 치앙마이 싱가포르 쿠알라룸푸르 자카르타 발리 \
         마닐라 세부 프놈펜 비엔티안 양곤 네피도 뉴델리 델리 뭄바이 콜카타 다카 카트만두 콜롬보 \
         이슬라마바드 카불 타슈켄트 알마티 아스타나 울란바토르 시드니 멜버른 캔버라 브리즈번 오클랜드 \
         웰링턴 괌 사이판 팔렘방 소치 평화동 유엔본부 유엔 캔자스시티 신시내티 클리블랜드 피츠버그 \
         볼티모어 밀워키 세인트루이스 알링턴 애너하임 인디애나폴리스 오거스타 롤랑가로스 윔블던 니스 \
         칸 칸영화제 베니스 베네치아 피렌체 볼로냐 나폴리 토리노 리옹 마르세유 스트라스부르 \
         룩셈부르크 라이프치히 드레스덴 쾰른 뒤셀도르프 슈투트가르트 하노버 잘츠부르크 모나코 \
         도르트문트 리버풀 카타르 베트남 태국 인도 인도네시아 말레이시아 필리핀 러시아 우크라이나 \
         독일 프랑스 이탈리아 스페인 스위스 오스트리아 네덜란드 벨기에 스웨덴 노르웨이 덴마크 핀란드 \
         폴란드 체코 헝가리 그리스 터키 튀르키예 이집트 이스라엘 이라크 시리아 사우디 사우디아라비아 \
         아랍에미리트 호주 뉴질랜드 캐나다 브라질 아르헨티나 칠레 쿠바 몽골 네팔 미얀마 캄보디아 \
         라오스 카자흐스탄 우즈베키스탄 東京 北京 上海 台北 香港 ソウル",
    ),
    // Cities, counties and districts of Korea.
    (
        Sense::Town,
        "고양 의정부 광명 평택 동두천 안산 과천 구리 남양주 오산 시흥 군포 의왕 하남 파주 이천 안성 \
         김포 화성 양주 포천 여주 연천 가평 양평 춘천 원주 강릉 동해 태백 속초 삼척 홍천 횡성 영월 \
         평창 정선 철원 화천 양구 인제 고성 양양 충주 제천 보은 옥천 영동 증평 진천 괴산 음성 단양 \
         공주 보령 아산 서산 논산 계룡 당진 금산 부여 서천 청양 홍성 예산 태안 군산 익산 정읍 남원 \
         김제 완주 진안 무주 장수 임실 순창 고창 부안 목포 여수 순천 나주 광양 담양 곡성 구례 고흥 \
         보성 화순 장흥 강진 해남 영암 함평 영광 장성 완도 진도 신안 경주 김천 안동 구미 영주 영천 \
         상주 문경 경산 군위 의성 청송 영양 영덕 청도 고령 성주 칠곡 예천 봉화 울진 울릉 진주 통영 \
         사천 김해 밀양 거제 양산 의령 함안 창녕 남해 하동 산청 함양 거창 합천 마산 진해 강화 옹진 \
         기장 달성 울주 강남 강북 송파 마포 종로 영등포 광화문 동탄 위례 연평 백령 흑산도 거문도",
    ),
];

/// Endings of words. The longest that fits says what the word is.
pub(super) const ENDINGS: &[(Sense, &str)] = &[
    (Sense::PressTitle, PRESS_TITLES),
    (Sense::Title, TITLES),
    // Outlets, companies and other bodies.
    (
        Sense::Nobody,
        "제공 캡처 신문 일보 뉴스 방송 경제 타임스 타임즈 데일리 투데이 미디어 저널 헤럴드 스포츠 코리아 통신 \
         언론 매거진 웹진 비즈 프레스 리뷰 포스트 닷컴 이데일리 라디오 티비 텔레비전 채널 도민일보 \
         이코노미 이코노믹 비즈니스 사이언스 위클리 월드 뉴스룸 스튜디오 엔터테인먼트 이미지 그룹 \
         재단 협회 학회 연합회 연맹 위원회 연구소 연구센터 연구회 대학교 대학원 대학 병원 의료원 은행 \
         증권 법인 로펌 주식회사 공사 공단 조합 출판사 통신사 신문사 방송국 언론사 아카데미 박물관 \
         미술관 도서관 기념관 네트워크 컴퍼니 프로덕션 닷넷 진흥원 정책원 개발원 경영원 학교 여대 \
         미디어랩 에이전시 컨설팅 성당 교회 생명 화재 카드 투자 자산운용 TV ニュース 新聞 日報 通信 \
         通信社 新聞社",
    ),
    // Teams and departments.
    (
        Sense::Nobody,
        "팀 부 센터 본부 취재단 기자단 취재진 사업단 추진단 총국 지국 지사 취재본부 부문 편집국 \
         보도국 논설실 보도본부 사업부 제작국 기획실 데스크팀 랩 파트 콘텐츠실 뉴스룸국 논설위원실 \
         위원실 독자부 담당 총괄 사업국 편성국 기자실 주재 자문단 평가단 모니터단",
    ),
    (Sense::TeamAfterField, "국 실 과 단"),
];

/// Words in Latin letters, in lower case.
pub(super) const LATIN_WORDS: &[(Sense, &str)] = &[
    (
        Sense::Title,
        "reporter correspondent writer editor columnist contributor photographer journalist anchor \
         professor",
    ),
    (
        Sense::Field,
        "staff contributing intern senior junior guest chief managing deputy photo sports political \
         business culture",
    ),
    (
        Sense::Nobody,
        "ap afp epa upi reuters yonhap xinhua newsis news news1 times herald daily post press photo \
         photos image images pool getty gettyimages tv usa magazine journal media bloomberg tass \
         kyodo dpa sipa zuma team desk bureau osen network agency korea joongang chosun donga hankook \
         ilbo hankyoreh nytimes cbs nbc abc cnn bbc kbs mbc sbs ytn jtbc mbn bloter zdnet zdnetkorea \
         biz sports sport online digital entertainment inc co ltd corp company group university \
         institute center office studio newsroom editorial staffs wire services service associated \
         washington york london paris tokyo beijing seoul",
    ),
];

/// Surnames of one syllable.
pub(super) const SURNAMES: &str = "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현\
함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용예경봉사부가복태목형계피두감음빈동온호범좌팽승간상갈\
나라단당견리림량로시화후";

/// Surnames of two syllables.
pub(super) const LONG_SURNAMES: &[&str] =
    &["남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방", "망절"];

/// Syllables that Korean given names do not have, but transcribed foreign names do.
pub(super) const FOREIGN_SYLLABLES: &str = "킴스트크프르드즈츠브그므흐카타코토포쇼케테페메베데게바클틀플블킨틴핀캐패맥잭톰팀빌밥닉릭딕텐펜벤켄멘센첸\
펠벨델멜헬넬켈텔첼셀엘웰알퍼터커버퀴쿼콰튜퓨뮤큐듀쉬슈쥬챠샤랴뱌먀냐샌핸앤밴캔팬랜맨댄롭폴콜톨볼톡펀던턴컨썬션캘탈팔칼";
