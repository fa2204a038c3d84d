//! Every form of address that names an article.

use crate::random::Random;

/// An address of the article; most have the common form.
pub fn invent(oid: &str, aid: &str, random: &mut Random) -> String {
    let common = format!("https://n.news.naver.com/mnews/article/{oid}/{aid}");
    if !random.one_in(5) {
        return common;
    }
    let read = "https://news.naver.com/main/read";
    let bare = match random.below(10) {
        0 => common,
        1 => format!("https://n.news.naver.com/article/{oid}/{aid}"),
        2 => return format!("https://n.news.naver.com/article/newspaper/{oid}/{aid}?date=20251230"),
        3 => return format!("{read}.naver?mode=LSD&mid=shm&sid1=101&oid={oid}&aid={aid}"),
        4 => return format!("{read}.naver?aid={aid}&oid={oid}"),
        5 => return format!("{read}.nhn?oid={oid}&sid1=100&aid={aid}&copy=2"),
        6 => format!("https://m.news.naver.com/article/{oid}/{aid}"),
        7 => format!("https://m.entertain.naver.com/article/{oid}/{aid}"),
        8 => format!("https://m.sports.naver.com/kbaseball/article/{oid}/{aid}"),
        _ => format!("http://n.news.naver.com/mnews/article/{oid}/{aid}"),
    };
    let query = ["", "?sid=101", "?a=1&copy=2", "?type=main&lt=3", "?rc=N&ntype=RANKING"];
    format!("{bare}{}", random.pick(&query))
}
