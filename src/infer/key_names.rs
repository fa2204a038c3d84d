//! Names that writers give to the keys of a field, in several languages, the most certain first.

use crate::layout::definition::LayoutField;

/// Returns the rank of `key` among the usual names of a field, 0 for the most certain; `None` if it is none of them.
pub fn rank(field: LayoutField, key: &str) -> Option<usize> {
    let name = normalize(key);
    names(field).iter().position(|usual| *usual == name)
}

/// Returns whether `key` is named like the time of a crawl: `page_fetched`, `scrapeTime`.
pub fn speaks_of_a_crawl(key: &str) -> bool {
    const STEMS: [&str; 9] =
        ["crawl", "fetch", "scrape", "retriev", "download", "captur", "clipped", "archived", "collected"];
    let name = normalize(key);
    STEMS.iter().any(|stem| name.contains(stem))
}

/// Returns whether `key` is named like the time of publication: `datePublished`.
pub fn speaks_of_publication(key: &str) -> bool {
    let name = normalize(key);
    ["publish", "pubdate", "발행", "发布", "發布"].iter().any(|stem| name.contains(stem))
}

/// Returns whether `key` is named like the address of something else than the page: an image, a feed, a next page.
pub fn speaks_of_another_page(key: &str) -> bool {
    const OTHERS: [&str; 20] = [
        "image", "img", "icon", "thumb", "logo", "cover", "avatar", "video", "audio", "feed", "rss",
        "sitemap", "json", "next", "prev", "parent", "author", "home", "api", "license",
    ];
    let name = normalize(key);
    OTHERS.iter().any(|other| name.contains(other))
}

/// Returns whether `key` is named like a digest: `content_hash`, `sha256`.
pub fn speaks_of_a_digest(key: &str) -> bool {
    let name = normalize(key);
    ["hash", "sha1", "sha2", "sha5", "md5", "digest", "checksum", "blake", "해시", "哈希", "校验"]
        .iter()
        .any(|stem| name.contains(stem))
}

/// Returns whether `key` is named like the digest of a text: `content_hash`, `text_sha256`.
pub fn speaks_of_the_text(key: &str) -> bool {
    let name = normalize(key);
    ["content", "text", "body", "markdown", "본문"].iter().any(|stem| name.contains(stem))
}

/// Returns whether `key` is named like a similarity hash, which similar texts share: `fingerprint`, `simhash`.
pub fn speaks_of_similarity(key: &str) -> bool {
    let name = normalize(key);
    ["fingerprint", "simhash", "minhash", "phash", "nilsimsa", "tlsh", "ssdeep"]
        .iter()
        .any(|stem| name.contains(stem))
}

/// Removes case and what separates words.
fn normalize(key: &str) -> String {
    let is_kept = |c: &char| c.is_alphanumeric();
    key.chars().filter(is_kept).flat_map(char::to_lowercase).take(64).collect()
}

fn names(field: LayoutField) -> &'static [&'static str] {
    match field {
        LayoutField::Id => &[
            "id",
            "articleid",
            "uid",
            "uuid",
            "guid",
            "docid",
            "documentid",
            "postid",
            "itemid",
            "pageid",
            "기사id",
            "기사번호",
            "文章id",
            "記事id",
        ],
        LayoutField::Title => &[
            "title",
            "headline",
            "articletitle",
            "pagetitle",
            "ogtitle",
            "doctitle",
            "subject",
            "name",
            "제목",
            "기사제목",
            "표제",
            "标题",
            "標題",
            "题目",
            "題名",
            "タイトル",
            "見出し",
            "titre",
            "titel",
            "titulo",
            "título",
            "titolo",
            "tytuł",
            "başlık",
            "заголовок",
            "название",
            "tiêuđề",
            "judul",
            "τίτλος",
            "العنوان",
            "शीर्षक",
        ],
        LayoutField::Url => &[
            "url",
            "sourceurl",
            "articleurl",
            "pageurl",
            "originalurl",
            "source",
            "link",
            "permalink",
            "weburl",
            "canonicalurl",
            "canonical",
            "href",
            "uri",
            "originallink",
            "주소",
            "링크",
            "원문링크",
            "원문",
            "출처",
            "网址",
            "網址",
            "链接",
            "連結",
            "原文链接",
            "来源",
            "來源",
            "リンク",
            "lien",
            "enlace",
            "ссылка",
        ],
        LayoutField::Publisher => &[
            "publisher",
            "site",
            "sitename",
            "ogsitename",
            "outlet",
            "publication",
            "newspaper",
            "website",
            "media",
            "press",
            "source",
            "언론사",
            "매체",
            "매체명",
            "신문사",
            "발행처",
            "출처",
            "媒体",
            "媒體",
            "出版社",
            "来源",
            "來源",
            "サイト",
            "媒体名",
            "éditeur",
            "herausgeber",
            "издатель",
        ],
        LayoutField::Category => &[
            "category",
            "categories",
            "카테고리",
            "분류",
            "섹션",
            "分类",
            "分類",
            "类别",
            "カテゴリ",
            "カテゴリー",
            "catégorie",
            "kategorie",
            "categoría",
            "категория",
        ],
        LayoutField::Byline => &[
            "byline",
            "author",
            "authors",
            "articleauthor",
            "creator",
            "dccreator",
            "writer",
            "reporter",
            "by",
            "기자",
            "기자명",
            "저자",
            "글쓴이",
            "작성자",
            "作者",
            "著者",
            "記者",
            "记者",
            "執筆者",
            "auteur",
            "autor",
            "autora",
            "autore",
            "автор",
            "yazar",
            "tácgiả",
            "penulis",
        ],
        LayoutField::Published => &[
            "publishedat",
            "published",
            "publishedtime",
            "articlepublishedtime",
            "datepublished",
            "publisheddate",
            "publishdate",
            "publicationdate",
            "publishtime",
            "publishedon",
            "pubdate",
            "postedat",
            "posted",
            "dateposted",
            "issued",
            "발행일",
            "발행일시",
            "발행시각",
            "게재일",
            "등록일",
            "작성일",
            "입력",
            "날짜",
            "发布时间",
            "发布日期",
            "發布時間",
            "发表时间",
            "公開日",
            "公開日時",
            "投稿日",
            "veröffentlicht",
            "fechadepublicación",
            "date",
            "datum",
            "fecha",
            "дата",
            "日期",
            "日付",
        ],
        LayoutField::Crawled => &[
            "crawledat",
            "fetchedat",
            "scrapedat",
            "lastcrawledat",
            "lastfetchedat",
            "lastscrapedat",
            "retrievedat",
            "downloadedat",
            "capturedat",
            "archivedat",
            "collectedat",
            "clippedat",
            "savedat",
            "datesaved",
            "accessedat",
            "crawltime",
            "fetchtime",
            "scrapetime",
            "crawldate",
            "crawled",
            "fetched",
            "scraped",
            "retrieved",
            "수집일시",
            "수집일",
            "수집시각",
            "크롤링일시",
            "저장일시",
            "抓取时间",
            "采集时间",
            "爬取时间",
            "抓取時間",
            "取得日時",
            "収集日時",
            "created",
            "createdat",
        ],
        LayoutField::Hash => &[],
    }
}
