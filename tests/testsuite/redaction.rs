//! What an e-mail address is, where addresses are taken out of records.

use news_ingest::personal::redactor::Redactor;
use news_ingest::personal::{Kind, Kinds};

#[track_caller]
fn becomes(text: &str, expected: &str) {
    let redactor = Redactor { kinds: Kinds::NONE.with(Kind::Email), ..Redactor::default() };
    let redacted = redactor.redact(text, &mut |_| {});
    // Looking for numbers too changes nothing here.
    let all = Redactor { kinds: Kinds::ALL, ..Redactor::default() };
    assert_eq!(all.redact(text, &mut |_| {}), redacted);
    assert_eq!(redacted.as_deref().unwrap_or(text), expected);
    assert_eq!(redacted.is_some(), text != expected);
}

#[test]
fn addresses_are_replaced() {
    becomes("", "");
    becomes("본문이다.", "본문이다.");
    becomes("hong@example.com", "[email]");
    becomes("홍길동 기자 hong@example.com", "홍길동 기자 [email]");
    becomes("홍길동기자hong@example.com입니다", "홍길동기자[email]입니다");
    becomes("(a.b_c%d+e-f@news.example.co.kr)", "([email])");
    becomes("<hong@example.com>, <kim@example.com>.", "<[email]>, <[email]>.");
    becomes("hong@example.com.", "[email].");
    becomes("hong@example.com...끝", "[email]...끝");
    becomes("hong@example.com-끝", "[email]-끝");
    becomes("HONG＠EXAMPLE.COM", "[email]");
    becomes("a@b.kr\nc@d.kr", "[email]\n[email]");
    becomes("a@b@example.com", "a@[email]");
    becomes("a@example.com@b.kr", "[email]@b.kr");
    becomes("..hong@example.com", "..[email]");
    // Rather too much than too little.
    becomes("hong@example.com2", "[email]2");
    becomes("hong@example.com.2024", "[email].2024");
    becomes("hong@example.com-kim", "[email]-kim");
}

#[test]
fn addresses_of_every_make_are_replaced() {
    becomes("제보 o'neil@example.com 끝", "제보 [email] 끝");
    becomes("제보 o’neil@example.com 끝", "제보 [email] 끝");
    becomes("'hong@example.com'", "'[email]'");
    becomes("hong+news@example.com", "[email]");
    becomes("hong@예시.한국 끝", "[email] 끝");
    becomes("hong@예시.한국으로", "[email]으로");
    becomes("hong@example.한국에", "[email]에");
    becomes("hong@example.com.그리고", "[email].그리고");
    becomes("hong@예시.테스트", "[email]");
    becomes("길동@example.com", "[email]");
    becomes("hong@xn--o79a.xn--3e0b707e 끝", "[email] 끝");
    becomes("josé@example.com", "[email]");
    becomes("jose\u{301}@exámple.com", "[email]");
    becomes("\"hong kim\"@example.com", "[email]");
    becomes("hong\u{200b}@example.com", "[email]");
    becomes("ho\u{ad}ng@\u{200d}exam\u{feff}ple.c\u{2060}om\u{200b} 끝", "[email]\u{200b} 끝");
    becomes("hong﹫example.com", "[email]");
    becomes("ｈｏｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ", "[email]");
    becomes("hong@mail_2.example.com", "[email]");
    becomes("hong·garam@example.com", "[email]");
    becomes("기자·hong@example.com·garam@example.com", "기자·[email]·[email]");
    becomes("hong@mail.예시.한국", "[email]");
    becomes("hong@例え.テスト", "[email]");
    becomes("문의=hong@example.com|kim@example.com", "문의=[email]|[email]");
}

#[test]
fn other_signs_are_not() {
    for text in [
        "@hong",
        "hong@",
        "@",
        "＠",
        "3@1000",
        "hong@example",
        "hong@127.0.0.1",
        "hong @example.com",
        "hong@.com",
        "hong@example.c",
        "hong@example..com",
        "-@example.com",
    ] {
        becomes(text, text);
    }
}
