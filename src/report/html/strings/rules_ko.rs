//! Conditions of the rules in Korean.

use crate::findings::finding::Rule;

/// Condition of a rule, as a fragment of a sentence.
pub const fn when(rule: Rule) -> &'static str {
    match rule {
        Rule::Unreadable => "파일을 읽을 수 없음",
        Rule::TooLarge => "파일이 `--max-file-size`보다 큼",
        Rule::EmptyFile => "파일에 공백이나 NUL밖에 없음",
        Rule::NotUtf8 => "올바른 UTF-8이 아님",
        Rule::NoFrontMatter => "첫 줄이 `---`이 아님",
        Rule::UnclosedFrontMatter => "머리말을 닫는 `---`이 없음",
        Rule::FrontMatterTooLarge => {
            "머리말이 64 KiB를 넘거나, YAML로만 읽을 수 있는데 32단계보다 깊거나 별칭이 있음"
        }
        Rule::InvalidFrontMatter => "머리말을 어느 방식으로도 읽을 수 없음",
        Rule::DuplicateKey => "머리말에 같은 키가 두 번 나옴",
        Rule::MissingField => {
            "`id`, `oid`, `aid`, `title`, `url`, `crawled_at` 가운데 없거나 비었거나 공백뿐인 것이 있음"
        }
        Rule::InvalidField => "값이 필드의 형식에 맞지 않음: 날짜, ID 숫자, URL",
        Rule::IdentityConflict => "`id`가 `oid_aid`가 아니거나 URL이 다른 기사를 가리킴",
        Rule::NoContent => "본문을 둘러쌀 한 쌍의 구분선이 없음",
        Rule::HashMissing => "`content_hash`가 없거나 비어 있음",
        Rule::HashMalformed => "`content_hash`가 16진수 64자리가 아님",
        Rule::HashMismatch => "어떤 방식으로 읽어도 적힌 해시와 다름",
        Rule::Internal => "이 프로그램의 버그(그 파일에만 영향)",
        Rule::IdConflict => "앞선 파일과 ID는 같고 해시는 다름",
        Rule::Duplicate => "앞선 파일과 ID도 해시도 같음",
        Rule::HeadingDiffers => "본문의 제목 줄이 제목과 다름",
        Rule::HeaderDiffers => "굵은 줄의 언론사나 날짜가 머리말과 다름",
        Rule::FooterDiffers => "꼬리말의 수집 시각이나 URL이 머리말과 다르거나 꼬리말이 없음",
        Rule::CategoryDiffers => "굵은 줄의 분류가 머리말과 다름",
        Rule::YamlDiffers => "YAML로 읽으면 아는 필드의 값이 달라짐",
        Rule::NotYaml => "엄격한 YAML 파서라면 머리말을 거부함",
        Rule::LineEndings => "CR LF를 LF로 읽음",
        Rule::ByteOrderMark => "바이트 순서 표식을 버림",
        Rule::EmptyText => "본문이 비어 있음",
        Rule::ControlCharacter => "필드에 제어 문자나 양방향 제어 문자가 있음",
        Rule::ReplacementCharacter => "본문에 U+FFFD가 있음",
        Rule::UnknownField => "머리말에 모르는 키가 있음",
        Rule::KeyOrder => "아는 키 하나가 템플릿의 순서에서 벗어남",
    }
}
