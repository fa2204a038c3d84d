"""Prints labelled texts with invented personal data, one JSON line each.

    python3 generate.py SEED COUNT

`kind` is the set that a text belongs to, `spans` the personal data in it: start, end (in characters) and kind. For each
kind, COUNT texts hold one, and COUNT texts hold what only looks like one. Every number is made at random; the texts are
put together from parts, and none of them comes from a real article.
"""

import json
import random
import sys

FAMILY = "김이박최정강조윤장임한오서신권황안송류홍"
GIVEN = "가나다라민서준지우현도윤하은수아영진호성"
PARTICLES = ["", "으로", "로", "입니다", "이다", "에", "를", "은", "이고", "(직통)", ".", ",", "!", " 입니다.", "번으로"]
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
FILLER = [
    "행사는 2024년 3월 14일 열렸다.", "참가자는 1만2345명이었다.", "가격은 1,250,000원이다.", "코스피는 2,654.31로 마감했다.",
    "관계자는 \"문제없다\"고 말했다.", "올해 예산은 12조 3456억 원이다.", "", "", "", "지난 2019-2023년 자료다.", "경기는 3-1로 끝났다.",
]


class Text:
    """A text that grows by parts, with the spans of the personal data."""

    def __init__(self, kind):
        self.kind, self.text, self.spans = kind, "", []

    def add(self, part):
        self.text += part
        return self

    def data(self, part, kind=None):
        self.spans.append([len(self.text), len(self.text) + len(part), kind or self.kind])
        return self.add(part)

    def print(self):
        print(json.dumps({"kind": self.kind, "text": self.text, "spans": self.spans}, ensure_ascii=False))


def digits(r, count):
    return "".join(r.choice("0123456789") for _ in range(count))


def name(r):
    return r.choice(FAMILY) + r.choice(GIVEN) + r.choice(GIVEN)


def filler(r):
    part = r.choice(FILLER)
    return part + r.choice([" ", "\n"]) if part else ""


def join(r, groups, signs):
    return r.choice(signs).join(groups)


SIGNS = ["-"] * 12 + [".", " ", " - ", "–", "‑", "·", "ㆍ", "—", "−", "－", "ㅡ", "\u00a0"]


def mobile(r):
    prefix = r.choice(["010"] * 12 + ["011", "016", "017", "018", "019"])
    middle = r.choice("23456789") + digits(r, 3 if prefix == "010" else r.choice([2, 3]))
    return [prefix, middle, digits(r, 4)]


def landline(r):
    area = r.choice(["02"] * 6 + "031 032 033 041 042 043 044 051 052 053 054 055 061 062 063 064".split())
    return [area, r.choice("23456789") + digits(r, r.choice([2, 3])), digits(r, 4)]


def personal(r):
    prefix = r.choice("0502 0503 0504 0505 0506 0507 0508 070".split())
    return [prefix, r.choice("123456789") + digits(r, 3 if prefix == "070" else r.choice([2, 3])), digits(r, 4)]


def phone(r):
    """A number, and whether it stands without any sign."""
    form = r.random()
    groups = r.choice([mobile, mobile, mobile, landline, landline, personal])(r)
    if form < 0.10:
        return "".join(mobile(r)), False
    if form < 0.14:
        return "".join(landline(r)), True
    if form < 0.19:
        return r.choice(["({0}){1}-{2}", "({0}) {1}-{2}", "{0}){1}-{2}", "{0}) {1}-{2}"]).format(*groups), False
    if form < 0.29:
        groups[0] = groups[0][1:]
        return r.choice(["+82-{0}-{1}-{2}", "+82 {0} {1} {2}", "+82 {0}-{1}-{2}", "+82{0}{1}{2}", "82-{0}-{1}-{2}",
                         "+82 (0){0}-{1}-{2}", "+82.{0}.{1}.{2}", "+82-(0){0}-{1}-{2}"]).format(*groups), False
    if form < 0.34:
        groups = mobile(r)
        return r.choice(["{0}-{1}{2}", "{0} {1}{2}", "{0}{1}-{2}"]).format(*groups), False
    number = join(r, groups, SIGNS)
    return (number.translate(FULL_WIDTH) if r.random() < 0.08 else number), False


def phones(r):
    text = Text("phone").add(filler(r))
    number, needs_cue = phone(r)
    cue = r.choice(["전화 ", "문의 ", "☎", "문의:", "연락처는 ", "TEL ", "Tel. ", "팩스 ", "(전화 ", "상담전화 "])
    if not needs_cue:
        cue = r.choice([cue, f"{name(r)} ", f"{name(r)}(", f"휴대전화 ", "핸드폰:", "H.P ", "제보는 ", "", "번호 ", "A씨는 ", "문자("])
    if ")" in number and "(" not in number:
        cue = cue.replace("(", " ")
    text.add(cue).data(number)
    if r.random() < 0.15:
        other, bare = phone(r)
        if not bare:
            text.add(r.choice([", ", "/", " 또는 ", "나 ", "\n", "·" if " " in cue else ", "])).data(other)
    return text.add(r.choice(PARTICLES)).add(" ").add(filler(r))


def rrn(r):
    century, sex = r.choice([(1900, "1256"), (1900, "1256"), (1900, "1256"), (2000, "3478")])
    year = r.randint(1925, 1999) if century == 1900 else r.randint(2000, 2025)
    month = r.randint(1, 12)
    day = r.randint(1, [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1])
    return f"{year % 100:02}{month:02}{day:02}", r.choice(sex) + digits(r, 6)


def rrns(r):
    sign = r.choice(["-"] * 8 + ["", "", "", " ", " - ", "–", "－", "―"])
    number = sign.join(rrn(r))
    number = number.translate(FULL_WIDTH) if r.random() < 0.08 else number
    cue = r.choice(["주민등록번호 ", "주민번호:", "외국인등록번호 ", f"{name(r)}(", f"{name(r)} ", "", "생년월일·번호 ", "신분증에는 "])
    return Text("rrn").add(filler(r)).add(cue).data(number).add(r.choice(PARTICLES)).add(" ").add(filler(r))


def luhn(r, prefix, length):
    body = prefix + digits(r, length - len(prefix) - 1)
    values = [int(d) for d in body[::-1]]
    total = sum(v if i % 2 else v * 2 - 9 * (v > 4) for i, v in enumerate(values))
    return body + str(-total % 10)


def card(r):
    length, prefix = r.choice([(16, "4"), (16, "4"), (16, r.choice(["51", "52", "53", "54", "55"])), (16, "9"),
                               (16, r.choice(["2221", "2500", "2720"])), (16, "3528"), (16, "62"), (16, "6011"),
                               (15, r.choice(["34", "37"])), (14, r.choice(["36", "38", "300", "305"]))])
    number = luhn(r, prefix, length)
    cuts = {16: [4, 8, 12, 16], 15: [4, 10, 15], 14: [4, 10, 14]}[length]
    groups = [number[a:b] for a, b in zip([0] + cuts, cuts)]
    return r.choice(["-", "-", " ", "", " - ", "–"]).join(groups)


def cards(r):
    number = card(r)
    number = number.translate(FULL_WIDTH) if r.random() < 0.06 else number
    cue = r.choice(["카드번호 ", "카드 ", "결제 카드(", "신용카드 번호는 ", f"{name(r)} ", "", "체크카드:"])
    return Text("card").add(filler(r)).add(cue).data(number).add(r.choice(PARTICLES)).add(" ").add(filler(r))


ACCOUNTS = {
    "국민은행": ["6-2-6", "3-2-4-3"], "KB국민": ["6-2-6"], "신한은행": ["3-3-6", "3-2-6"], "우리은행": ["4-3-6", "3-6-2-3"],
    "하나은행": ["3-6-5"], "농협": ["3-4-4-2", "3-2-6", "3-6-2-1"], "기업은행": ["3-6-2-3"], "카카오뱅크": ["4-2-7"],
    "토스뱅크": ["4-4-4"], "케이뱅크": ["3-3-6"], "새마을금고": ["4-4-4-1"], "우체국": ["6-2-6"], "수협": ["4-4-4"],
    "신협": ["3-3-6"], "SC제일은행": ["3-2-6"], "부산은행": ["3-4-4-2"], "대구은행": ["3-2-6-1"], "씨티은행": ["3-6-3"],
}


def account(r):
    bank = r.choice(list(ACCOUNTS))
    groups = [digits(r, int(n)) for n in r.choice(ACCOUNTS[bank]).split("-")]
    groups[0] = r.choice("1234567") + groups[0][1:]
    return bank, r.choice(["-", "-", "-", "-", " ", "–", ""]).join(groups)


def accounts(r):
    bank, number = account(r)
    text = Text("account").add(filler(r))
    form = r.randrange(4)
    if form == 0:
        return text.add(f"{bank} ").data(number).add(f" (예금주 {name(r)}) ").add(filler(r))
    if form == 1:
        return text.add(f"계좌번호: ").data(number).add(f" {bank} {name(r)} ").add(filler(r))
    if form == 2:
        return text.add(f"후원은 {bank} 계좌(").data(number).add(")로 하면 된다. ").add(filler(r))
    return text.add(f"{name(r)} 씨는 {bank} ").data(number).add(r.choice(["로 입금을 요구했다. ", "에 보냈다. ", " "])).add(filler(r))


def passports(r):
    number = r.choice("MSRD") + (digits(r, 8) if r.random() < 0.5 else digits(r, 3) + r.choice("ABCDEFGHJKL") + digits(r, 4))
    cue = r.choice(["여권번호 ", "여권 번호는 ", f"{name(r)}의 여권(", "passport no. ", "Passport: ", "여권번호:", "여권 사본에는 "])
    return Text("passport").add(filler(r)).add(cue).data(number).add(r.choice(PARTICLES)).add(" ").add(filler(r))


PLATE_LETTERS = "가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주바사아자허하호"


def plates(r):
    middle = r.choice(PLATE_LETTERS)
    number = digits(r, r.choice([2, 2, 3])) + r.choice(["", "", " "]) + middle + r.choice(["", " ", " "]) + digits(r, 4)
    number = number.translate(FULL_WIDTH) if r.random() < 0.04 else number
    form = r.randrange(4)
    text = Text("plate").add(filler(r))
    region = r.choice(["", "", "서울 ", "경기 ", "부산"])
    after = r.choice([" ", "을 ", ") ", ". ", "이었다. ", "\n"])
    if form == 0:
        return text.add(f"차량번호 {region}").data(number).add(after).add(filler(r))
    if form == 1:
        return text.add(f"번호판이 {region}").data(number).add("인 ").add(r.choice(["승용차가", "트럭이", "차가"])).add(" 달아났다.")
    if form == 2:
        return text.add(f"{name(r)} 씨의 {r.choice(['SUV', '택시', '승용차', '화물차', '오토바이'])}(").data(number).add(") 를 찾는다.")
    return text.add(f"{region}").data(number).add(r.choice([" 차량이 멈췄다.", " 택시 기사는", " 승용차 운전자가", " 차량에서"]))


def emails(r):
    local = r.choice(["hong", "gildong.kim", "k_min", "abc123", "news-desk", "o'neil", "hong+news", "01012345678", "h" + digits(r, 6)])
    domain = r.choice(["example.com", "news.example.co.kr", "example.kr", "예시.한국", "mail2.example.org"])
    at = r.choice(["@"] * 12 + ["＠", "﹫"])
    cue = r.choice([f"{name(r)} 기자 ", f"{name(r)} 기자", "(", "<", "제보: ", "이메일 ", "", "문의="])
    after = r.choice(["", "입니다", "으로", ")", ">", ".", ", ", " ", "\n"])
    if not domain.isascii():
        after = r.choice(["", ")", ">", ", ", " ", "\n"])
    return Text("email").add(filler(r)).add(cue).data(f"{local}{at}{domain}").add(after).add(" ").add(filler(r))


def none(kind, parts):
    """A text that holds nothing."""

    def make(r):
        return Text(kind).add(filler(r)).add(r.choice(parts)(r)).add(r.choice(["", ".", " 이다.", "\n"])).add(" ").add(filler(r))

    return make


def date(r, sign="-"):
    return sign.join([str(r.randint(1950, 2026)), f"{r.randint(1, 12):02}", f"{r.randint(1, 28):02}"])


def isbn13(r):
    body = r.choice(["97889", "97911"]) + digits(r, 7)
    return body + str(-sum(int(d) * (1 if i % 2 == 0 else 3) for i, d in enumerate(body)) % 10)


def barcode(r):
    body = "880" + digits(r, 9)
    return body + str(-sum(int(d) * (1 if i % 2 == 0 else 3) for i, d in enumerate(body)) % 10)


def aid(r):
    return f"{r.randint(0, 20_000_000):010}"


def oid(r):
    return r.choice("001 003 005 009 011 014 020 023 025 028 031 032 081 092 277 421 901".split())


COMMON = [
    lambda r: f"기사 {oid(r)}_{aid(r)}",
    lambda r: f"https://n.news.naver.com/mnews/article/{oid(r)}/{aid(r)}",
    lambda r: f"https://news.naver.com/main/read.naver?oid={oid(r)}&aid={aid(r)}",
    lambda r: f"oid {oid(r)}, aid {aid(r)}",
    lambda r: f"기사번호 {aid(r)}",
    lambda r: f"https://img.example.com/{digits(r, 4)}/{digits(r, 13)}.jpg",
    lambda r: f"https://www.example.com/news/articleView.html?idxno={digits(r, 11)}",
    lambda r: f"삼성전자({digits(r, 6)})는 {r.randint(1, 99)},{digits(r, 3)}원에 거래를 마쳤다",
    lambda r: f"종목코드 {digits(r, 6)}",
    lambda r: f"{r.randint(1, 999)}억 {r.randint(1, 9999)}만 원",
    lambda r: f"{r.randint(1, 999)},{digits(r, 3)},{digits(r, 3)},{digits(r, 3)}원",
    lambda r: f"{digits(r, 11)}원",
    lambda r: f"매출은 {r.randint(1, 99)}조{digits(r, 4)}억원",
    lambda r: date(r),
    lambda r: date(r, "."),
    lambda r: date(r, ". "),
    lambda r: f"{date(r)} {r.randint(0, 23):02}:{r.randint(0, 59):02}:{r.randint(0, 59):02}",
    lambda r: f"{date(r, '')}{digits(r, 6)}",
    lambda r: f"{r.randint(1990, 2020)}-{r.randint(2021, 2026)}",
    lambda r: f"ISBN {isbn13(r)}",
    lambda r: (lambda n: f"ISBN {n[:3]}-{n[3:5]}-{n[5:9]}-{n[9:12]}-{n[12]}")(isbn13(r)),
    lambda r: f"ISBN 89-{digits(r, 4)}-{digits(r, 3)}-{digits(r, 1)}",
    lambda r: f"바코드 {barcode(r)}",
    lambda r: f"{r.choice(['1588', '1544', '1577', '1600', '1661', '1800', '1899'])}-{digits(r, 4)}",
    lambda r: f"☎080-{r.randint(200, 999)}-{digits(r, 4)}",
    lambda r: r.choice(["국번 없이 112", "119", "120 다산콜센터", "1339", "☎ 114"]),
    lambda r: f"사업자등록번호 {r.randint(101, 899)}-{digits(r, 2)}-{digits(r, 5)}",
    lambda r: f"법인등록번호 {r.choice(['110111', '110112', '131111', '180111'])}-{r.randint(0, 7)}{digits(r, 6)}",
    lambda r: f"{r.randint(2000, 2025)}고단{digits(r, 4)}",
    lambda r: f"{r.randint(2000, 2025)}가합{digits(r, 6)} 판결",
    lambda r: f"제{r.randint(2000, 2025)}-{digits(r, 4)}호",
    lambda r: f"특허 제10-{digits(r, 7)}호",
    lambda r: f"10-{r.randint(2000, 2025)}-{digits(r, 7)}",
    lambda r: f"{r.randint(1, 255)}.{r.randint(0, 255)}.{r.randint(0, 255)}.{r.randint(0, 255)}",
    lambda r: f"(우){digits(r, 5)}",
    lambda r: f"위도 37.{digits(r, 6)}, 경도 126.{digits(r, 6)}",
    lambda r: f"모델 SM-G{digits(r, 3)}N, 일련번호 R{digits(r, 2)}M{digits(r, 6)}",
    lambda r: f"a{digits(r, 4)}f{digits(r, 11)}b{digits(r, 5)}",
    lambda r: f"운송장 {digits(r, 4)}-{digits(r, 4)}-{digits(r, 4)}",
    lambda r: f"{digits(r, 3)}만 {digits(r, 4)}명",
    lambda r: f"010-****-{digits(r, 4)}",
    lambda r: f"{rrn(r)[0]}-1******",
    lambda r: f"{r.randint(1, 9)}-{r.randint(0, 9)}, {r.randint(20, 99)}-{r.randint(20, 99)}",
    lambda r: f"{digits(r, 9)}주를 {digits(r, 8)}원에",
    lambda r: f"DOI 10.{digits(r, 4)}/j.{digits(r, 4)}.{digits(r, 2)}.{digits(r, 3)}",
    lambda r: f"국제표준번호 {digits(r, 4)}-{digits(r, 4)}",
    lambda r: f"+1-{r.randint(200, 999)}-{r.randint(200, 999)}-{digits(r, 4)}",
]

AMOUNTS = [
    lambda r: f"{r.choice(['국민은행', '신한은행', '농협'])}은 {r.randint(1, 99)}조 {digits(r, 4)}억 원을",
    lambda r: f"{r.choice(['우리은행', '하나은행'])} 고객센터 {r.choice(['1588', '1599'])}-{digits(r, 4)}",
    lambda r: f"은행 대출 {r.randint(100, 999)},{digits(r, 3)},{digits(r, 3)}원",
    lambda r: f"계좌 {r.randint(1000, 99999)}개",
    lambda r: f"{r.choice(['신한은행', '국민은행'])} {date(r)} 기준",
    lambda r: f"우리 {r.randint(1990, 2025)}년 {r.randint(1, 12)}월",
    lambda r: f"은행 사업자번호 {r.randint(101, 899)}-{digits(r, 2)}-{digits(r, 5)}",
    lambda r: f"입금액 {digits(r, 10)}원",
]

CARDS = [
    lambda r: f"주문번호 {r.choice('1378')}{digits(r, 15)}",
    lambda r: f"카드 {digits(r, 4)}-****-****-{digits(r, 4)}",
    lambda r: f"{date(r, '')}{digits(r, 8)}",
    lambda r: f"카드 발급 {digits(r, 4)}만 장",
    lambda r: f"{r.randint(1000, 3000)} {r.randint(1000, 3000)} {r.randint(1000, 3000)} {r.randint(10, 99)}",
]

PASSPORTS = [
    lambda r: f"모델 {r.choice('MSRD')}{digits(r, 8)}",
    lambda r: f"여권 발급 {digits(r, 8)}건",
    lambda r: f"여권 유효기간 {date(r, '')}",
    lambda r: f"버스 M{digits(r, 4)}번",
    lambda r: f"부품 M{digits(r, 3)}A{digits(r, 4)}",
]

PLATES = [
    lambda r: f"차량 수출 {r.randint(10, 99)}조 {digits(r, 4)}억 원",
    lambda r: f"자동차 {r.randint(10, 99)}만 {digits(r, 4)}대",
    lambda r: f"제{r.randint(10, 99)}호 {r.randint(1990, 2025)}년",
    lambda r: f"버스 {r.randint(10, 99)}대 {digits(r, 4)}명",
    lambda r: f"{r.randint(10, 99)}조 {digits(r, 4)}억",
    lambda r: f"택시 {r.randint(1, 12)}월 {r.randint(1990, 2025)}년",
    lambda r: f"{r.randint(10, 99)}도 {digits(r, 4)}",
    lambda r: f"{r.randint(10, 99)}호 {digits(r, 4)}㎡",
]

HANDLES = [
    lambda r: f"트위터 @{r.choice(['hong', 'news', 'k_min'])}{digits(r, 2)}",
    lambda r: f"{r.randint(1, 9)}@{digits(r, 4)}",
    lambda r: f"user@127.0.0.{r.randint(1, 9)}",
    lambda r: f"{r.choice(['hong', 'kim'])} @ 서울",
]

SETS = {
    "email": (emails, COMMON + HANDLES * 5),
    "phone": (phones, COMMON),
    "rrn": (rrns, COMMON),
    "card": (cards, COMMON + CARDS * 4),
    "account": (accounts, COMMON + AMOUNTS * 4),
    "passport": (passports, COMMON + PASSPORTS * 5),
    "plate": (plates, COMMON + PLATES * 4),
}


def main():
    seed, count = sys.argv[1:]
    r = random.Random(int(seed))
    for kind, (positive, negatives) in SETS.items():
        for _ in range(int(count)):
            positive(r).print()
        for _ in range(int(count)):
            none(kind, negatives)(r).print()


if __name__ == "__main__":
    main()
