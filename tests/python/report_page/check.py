"""Checks of a report in a real browser: `check.py CHECK PAGE [RECORDS]`. Fails with what is wrong."""

import re
import sys

import duckdb

from browser import Browser


def opens(browser, page, _):
    """It opens at every width, in both themes, without an error, a request, or a sideways scroll bar."""
    for width in (320, 400, 768, 1600):
        for dark in (False, True):
            browser.open(page, width=width, dark=dark)
            assert browser.run("return document.readyState") == "complete"
            wide = browser.run("return document.documentElement.scrollWidth")
            assert wide <= width, f"{wide} pixels at {width}"
    assert browser.console() == []
    assert all(address.startswith("file:") for address in browser.requests())
    policy = browser.run("return document.querySelector('meta[http-equiv]').content")
    assert policy.startswith("default-src 'none'; ") and "unsafe" not in policy and "http" not in policy, policy
    # The policy is in force: what is added later does not run, load or apply.
    browser.run(
        "const add = (name, set) => document.body.append(Object.assign(document.createElement(name), set));"
        "add('script', {textContent: 'window.ran = 1'}); add('img', {src: 'http://127.0.0.1:9/x.png'});"
        "add('style', {textContent: 'h1 { color: rgb(1, 2, 3) !important }'})"
    )
    assert browser.run("return window.ran") is None
    assert browser.run("return getComputedStyle(document.querySelector('h1')).color") != "rgb(1, 2, 3)"
    said = [entry["message"] for entry in browser.console()]
    assert len(said) == 3 and all("violates the following Content Security Policy" in line for line in said), said


COLUMN = """
const table = document.getElementById(arguments[0]);
return [...table.tBodies[0].rows].filter(row => !row.hidden).map(row => {
  const cell = row.cells[arguments[1]];
  return cell.classList.contains('number') ? Number(cell.dataset.value ?? cell.textContent.replaceAll(',', '')) : cell.textContent;
});
"""


def sorts(browser, page, _):
    """A click on a head sorts by its column, another one the other way round; the keyboard does too."""
    browser.open(page)
    table = "publishers-table"
    head = f"#{table} thead th:nth-child"
    everything = browser.run(f"return document.querySelector('#{table}').tBodies[0].rows.length")
    assert everything > 15
    assert len(browser.run(COLUMN, table, 0)) == 12, "the tail is folded"
    browser.click("#publishers .more")
    assert len(browser.run(COLUMN, table, 0)) == everything
    for column in (1, 6, 4):
        for order, is_reversed in (("descending", True), ("ascending", False)):
            browser.click(f"{head}({column + 1}) button")
            values = browser.run(COLUMN, table, column)
            assert values == sorted(values, reverse=is_reversed) and len(set(values)) > 2, (column, values)
            assert browser.run(f"return document.querySelector('{head}({column + 1})').ariaSort") == order
    browser.run(f"document.querySelector('{head}(1) button').focus()")
    browser.press("\ue007")
    names = browser.run(COLUMN, table, 0)
    assert names == browser.run("return arguments[0].toSorted((a, b) => a.localeCompare(b, 'en'))", names)
    assert browser.run(f"return document.querySelectorAll('#{table} [aria-sort]').length") == 1


def filters(browser, page, _):
    """The filter keeps the rows that hold its words, folded ones too, and says how many."""
    browser.open(page)
    everything = browser.run("return document.querySelector('#publishers-table').tBodies[0].rows.length")
    browser.type("#publishers input", "신문 1")
    names = browser.run(COLUMN, "publishers-table", 0)
    all_names = browser.run(
        "return [...document.querySelectorAll('#publishers-table tbody tr')].map(row => row.textContent)"
    )
    assert len(names) == sum("신문 1" in name for name in all_names) > 2, names
    status = browser.run("return document.querySelector('#publishers [role=status]').textContent")
    assert status == f"{len(names)} of {everything} rows", status
    browser.type("#publishers input", "x")
    assert browser.run(COLUMN, "publishers-table", 0) == []


def without_script(browser, page, _):
    """Without script, every row is there, and nothing that would need one."""
    browser.open(page, scripts=False)
    hidden = "return [...document.querySelectorAll('tr, section, figure')].filter(part => part.hidden).length"
    assert browser.run(hidden) == 0
    assert browser.run("return document.querySelectorAll('button, input').length") == 0
    assert browser.run("return document.querySelectorAll('#publishers-table tbody tr').length") > 15
    assert browser.run("return document.querySelector('#publishers-table tbody tr:last-child').offsetHeight") > 0


def readable(browser, page, _):
    """Landmarks, heads, names and keys are there for those who do not see the page or use no mouse."""
    browser.open(page)
    faults = browser.run("""
const faults = [];
const all = selector => [...document.querySelectorAll(selector)];
const fault = (is, what) => { if (is) faults.push(what); };
fault(all('h1').length !== 1 || all('main').length !== 1, 'one h1 and one main');
let level = 1;
for (const heading of all('h1, h2, h3')) {
  const own = Number(heading.tagName[1]);
  fault(own > level + 1, 'a level is left out at ' + heading.textContent);
  level = own;
}
for (const table of all('table')) {
  fault(!table.caption?.textContent, 'no caption: ' + table.id);
  for (const head of table.tHead.rows[0].cells) {
    fault(head.ariaHidden !== 'true' && head.scope !== 'col', 'no scope: ' + head.textContent);
  }
}
for (const chart of all('svg')) {
  fault(chart.ariaHidden !== 'true' && !(chart.role === 'img' && chart.ariaLabel), 'a chart without words');
}
for (const chart of all('figure svg')) {
  fault(!chart.closest('figure').nextElementSibling?.querySelector('table'), 'a chart without a table');
}
for (const scroll of all('.scroll')) fault(scroll.tabIndex !== 0 || !scroll.ariaLabel, 'a region without a name');
for (const input of all('input')) fault(!input.labels.length, 'an input without a label');
const ids = all('[id]').map(part => part.id);
fault(new Set(ids).size !== ids.length, 'an id twice');
for (const link of all('a')) fault(!document.getElementById(link.hash.slice(1)), 'a link to nowhere: ' + link.hash);
return faults;
""")
    assert faults == [], faults
    browser.press("\ue004")
    assert browser.run("return document.activeElement.className") == "skip", "the first key reaches the skip link"
    browser.press("\ue007")
    assert browser.run("return location.hash") == "#content"


CONTRAST = """
const numbers = color => { const [r, g, b, a = 1] = color.match(/[0-9.]+/g).map(Number); return [r, g, b, a]; };
const over = ([r, g, b, a], below) => [r, g, b].map((part, at) => part * a + below[at] * (1 - a));
const light = color => {
  const [r, g, b] = color.map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const behind = element => {
  const layers = [];
  for (let part = element; part; part = part.parentElement) layers.push(numbers(getComputedStyle(part).backgroundColor));
  return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
};
for (const details of document.querySelectorAll('details')) details.open = true;
const poor = [];
let seen = 0;
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || ['SCRIPT', 'STYLE', 'title'].includes(element.tagName)) continue;
  if (!element.getClientRects().length) continue;
  const style = getComputedStyle(element);
  const below = behind(element.ownerSVGElement ?? element);
  const [a, b] = [light(over(numbers(element.ownerSVGElement ? style.fill : style.color), below)), light(below)];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const size = parseFloat(style.fontSize);
  const least = size >= 24 || size >= 18.66 && Number(style.fontWeight) >= 700 ? 3 : 4.5;
  seen += 1;
  if (ratio < least) poor.push([element.tagName, element.className.baseVal ?? element.className, walker.currentNode.data, ratio]);
}
// Of bars, 3 is asked for, against the paper.
for (const bar of document.querySelectorAll('.bar rect, rect.published, rect.crawled, rect.texts')) {
  const below = behind(bar.ownerSVGElement);
  const [a, b] = [light(over(numbers(getComputedStyle(bar).fill), below)), light(below)];
  if ((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 3) poor.push(['bar', getComputedStyle(bar).fill]);
}
return [seen, poor];
"""


def contrast(browser, page, _):
    """Every word stands out from what is behind it as WCAG's level AA asks: in light, in dark, on paper."""
    for dark, media in ((False, "screen"), (True, "screen"), (False, "print")):
        browser.open(page, dark=dark, media=media)
        seen, poor = browser.run(CONTRAST)
        assert seen > 300 and poor == [], (dark, media, poor[:5])
    browser.open(page, dark=True)
    red, green, blue = map(int, re.findall(r"\d+", browser.run("return getComputedStyle(document.body).backgroundColor"))[:3])
    assert red + green + blue < 150, "dark is dark"


BARS = """
return [...document.querySelectorAll(arguments[0])].map(bar => ({
  from: bar.dataset.from, to: bar.dataset.to, count: Number(bar.dataset.count), height: bar.getBBox().height,
  says: bar.querySelector('title').textContent,
}));
"""


def charts(browser, page, records):
    """Bars and numbers are those that DuckDB computes from the records."""
    browser.open(page)
    database = duckdb.connect()
    database.execute("set timezone = 'UTC'")
    database.execute(
        "create table articles as select * from read_json(?, format = 'newline_delimited', columns = {"
        "id: 'varchar', text: 'varchar', publisher: 'varchar', category: 'varchar', byline: 'varchar',"
        "authors: 'struct(name varchar, role varchar, email varchar)[]', published_on: 'date',"
        "crawled_at: 'timestamptz', verified: 'boolean'})",
        [records],
    )

    def rows(query):
        return database.execute(query).fetchall()

    def heights_fit(bars):
        highest = max(bars, key=lambda bar: bar["count"])
        scale = highest["height"] / highest["count"]
        assert all(abs(bar["height"] - max(bar["count"] * scale, 1.5)) < 0.02 for bar in bars), bars

    korean = "(crawled_at at time zone 'UTC' + interval 9 hour)::date"
    for kind, day in (("published", "published_on"), ("crawled", korean)):
        bars = browser.run(BARS, f"#timeline rect.{kind}")
        heights_fit(bars)
        expected = dict(rows(f"select ({day})::varchar, count(*) from articles where {day} is not null group by all"))
        assert sum(bar["count"] for bar in bars) == sum(expected.values()) > 100
        for bar in bars:
            within = sum(count for date, count in expected.items() if bar["from"] <= date <= bar["to"])
            assert bar["count"] == within, bar
    empty = rows(
        "select count(*) from (select unnest(generate_series(min(published_on), max(published_on), interval 1 day)) as day"
        " from articles) where day::date not in (select published_on from articles where published_on is not null)"
    )[0][0]
    assert empty > 0 and f"without an article: {empty}." in browser.run("return document.querySelector('#time').textContent")

    bars = browser.run(BARS, "#histogram rect.texts")
    heights_fit(bars)
    edges = browser.run(COLUMN, "lengths-table", 0) + [10**9]
    drawn = {int(bar["from"]): bar["count"] for bar in bars}
    for start, end in zip(edges, edges[1:]):
        count = rows(f"select count(*) from articles where length(text) >= {start} and length(text) < {end}")[0][0]
        assert drawn.get(start, 0) == count, (start, end)
    assert sum(drawn.values()) == rows("select count(*) from articles")[0][0]
    sentence = browser.run("return document.querySelector('#lengths p').textContent")
    shown = [int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d(?!%)\b", sentence) if number not in ("90", "99")]
    quantiles = rows("select unnest(quantile_disc(length(text), [0.5, 0.9, 0.99])) from articles")
    for number, (exact,) in zip(shown, quantiles, strict=True):
        assert number == exact if exact < 2048 else exact * 0.999 <= number <= exact, (sentence, quantiles)

    for table, key in (("publishers-table", "publisher"), ("categories-table", "category")):
        browser.open(page, scripts=False)
        names, counts, medians = (browser.run(COLUMN, table, column) for column in (0, 1, 6))
        expected = {
            name or "(none given)": (count, median)
            for name, count, median in rows(
                f"select {key}, count(*), quantile_disc(length(text), 0.5) from articles group by 1"
            )
        }
        found = {name: (count, median) for name, count, median in zip(names, counts, medians) if count > 0}
        assert found.keys() == expected.keys() and len(found) > 2, (found, expected)
        for name, (count, median) in expected.items():
            assert found[name][0] == count and median * 0.999 <= found[name][1] <= median, (name, found[name], median)
        widths = browser.run(
            f"return [...document.querySelectorAll('#{table} .bar rect')].map(bar => parseFloat(bar.getAttribute('width')))"
        )
        pairs = list(zip(widths, counts, strict=True))
        assert all(abs(width - 100 * count / max(counts)) < 0.01 for width, count in pairs), pairs

    lags = dict(zip(browser.run(COLUMN, "lags", 0), browser.run(COLUMN, "lags", 1)))
    for name, within in (("before publication", "< 0"), ("same day", "= 0"), ("1", "= 1"), ("2", "= 2"), ("3–6", "between 3 and 6")):
        assert lags[name] == rows(f"select count(*) from articles where {korean} - published_on {within}")[0][0], name

    roles = dict(zip(browser.run(COLUMN, "roles", 0), browser.run(COLUMN, "roles", 1)))
    assert roles == dict(rows(
        "select role, count(*) from (select unnest(authors, recursive := true) from articles) where role <> '' group by 1"
    )) and len(roles) > 1, roles
    bylines = browser.run(COLUMN, "bylines-table", 1)
    assert bylines == list(rows(
        "select count(*) filter (byline <> ''), count(*) filter (len(list_filter(authors, lambda a: a.name <> '')) > 0),"
        "count(*) filter (len(list_filter(authors, lambda a: a.email <> '')) > 0) from articles"
    )[0]), bylines
    addresses = browser.run("return Number(document.querySelector('#addresses').textContent.replaceAll(',', ''))")
    assert addresses == rows("select sum(len(list_filter(authors, lambda a: a.email <> '')))::int from articles")[0][0]

    groups = rows("select count(*) c from articles where text <> '' group by text having c > 1 order by c desc")
    assert browser.run(COLUMN, "same-text", 0) == [count for (count,) in groups][:10] and len(groups) > 1
    copies = sum(count - 1 for (count,) in groups)
    assert f"as wire copies have: {copies}. Groups, the first ones included: {len(groups)}." in browser.run("return document.querySelector('#duplicates').textContent")


def hostile(browser, page, _):
    """What strangers wrote is read, and does nothing."""
    for width, dark in ((1600, False), (400, True)):
        browser.open(page, width=width, dark=dark)
        assert browser.run("return window.pwned") is None
        assert browser.run("return document.documentElement.scrollWidth") <= width
        assert browser.run("return document.querySelectorAll('script').length") == 1
        assert browser.run("return document.querySelectorAll('style').length") == 1
        strange = "img, iframe, object, embed, form, base, b, i, marquee, [onerror], [onclick], [onload], [style]"
        assert browser.run("return document.querySelectorAll(arguments[0]).length", strange) == 0
        assert browser.run("return [...document.links].every(link => link.getAttribute('href').startsWith('#'))")
    assert browser.console() == []
    assert all(address.startswith("file:") for address in browser.requests())
    text = browser.run("return document.documentElement.textContent")
    for written in ("<script>window.pwned = 1</script>", "</style><script>window.pwned = 2</script>", "<img src=x onerror="):
        assert written in text, written
    assert not re.search("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f]", text)
    assert r"\u{202e}" in text
    longest = browser.run("return Math.max(...[...document.querySelectorAll('bdi')].map(part => part.textContent.length))")
    assert longest < 600, longest


def main():
    check, page, *records = sys.argv[1:]
    with Browser() as browser:
        globals()[check](browser, page, records[0] if records else None)


main()
